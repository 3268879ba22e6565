//! The pages that are the server's own: what is wrong while there is nothing else to show, and what is not there.
//!
//! Whatever stands in an author's files, all of it is text here. The policy is that of built pages.

use std::fmt::Write;

use super::problem_report::{ProblemReport, describe_repeats, listed_places, select_shown};
use crate::base::escape_html;
use crate::report::{MarkedLine, Problem, SourceLocation};
use crate::views::CSP;

/// The address of the script that is put into pages.
pub(super) const SCRIPT: &str = "/__betwixt/live.js";

/// The address of what these pages look like.
pub(super) const STYLE: &str = "/__betwixt/live.css";

/// The page that every address gives while there is nothing to show.
pub(super) fn write_problems_page(report: &ProblemReport, problems: &[Problem]) -> Vec<u8> {
    let mut list = String::new();
    for problem in select_shown(problems) {
        write_problem(&mut list, problem);
    }
    let list = if list.is_empty() { list } else { format!("<ol>\n{list}</ol>\n") };
    let more = write_paragraph("more", &report.more);
    write_document(
        "problems",
        &report.heading,
        &format!("{}{list}{more}", write_paragraph("explanation", &report.explanation)),
    )
    .into_bytes()
}

/// The page for what is not there, where the site has none of its own.
pub(super) fn write_not_found_page() -> String {
    write_document("missing", "There is no page at this address.", "")
}

/// The page that leads elsewhere, for those who do not follow by themselves.
pub(super) fn write_redirect_page() -> String {
    write_document("moved", "This page is at another address.", "")
}

/// `name` tells the script which page it is on.
fn write_document(name: &str, heading: &str, content: &str) -> String {
    let heading = escape_html(heading);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{CSP}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{heading}</title>\n\
         <link rel=\"stylesheet\" href=\"{STYLE}\">\n</head>\n<body data-betwixt=\"{name}\">\n<main class=\"sheet\">\n\
         <h1 class=\"heading\">{heading}</h1>\n{content}</main>\n</body>\n</html>\n"
    )
}

fn write_problem(out: &mut String, problem: &Problem) {
    let severity = problem.severity.name();
    let message = mark_code(&problem.message);
    let _ = writeln!(out, "<li class=\"problem {severity}\">");
    let _ = writeln!(out, "<p class=\"message\"><strong class=\"severity\">{severity}:</strong> {message}</p>");
    let _ = writeln!(out, "<p>{}</p>", write_place(&problem.place));
    if let (Some(line), Some((number, _))) = (&problem.excerpt, problem.place.at) {
        let _ = writeln!(out, "<pre><span class=\"number\">{number}</span>{}</pre>", mark_line(line));
    }
    out.push_str(&write_paragraph("label", &problem.label));
    if !problem.help.is_empty() {
        let _ = writeln!(out, "<p class=\"help\"><strong>Help:</strong> {}</p>", mark_code(&problem.help));
    }
    if let Some(line) = &problem.mended {
        let _ = writeln!(out, "<pre class=\"mended\">{}</pre>", mark_line(line));
    }
    for note in &problem.notes {
        let _ = writeln!(out, "<p class=\"note\">{} {}</p>", mark_code(&note.label), write_place(&note.place));
    }
    out.push_str(&write_paragraph("note", &describe_repeats(problem)));
    for spot in listed_places(problem) {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", write_place(spot));
    }
    let _ = writeln!(out, "<p class=\"code\">{}</p>\n</li>", escape_html(problem.code));
}

fn mark_line(line: &MarkedLine) -> String {
    let [before, marked, after] = [&line.before, &line.marked, &line.after].map(|text| escape_html(text));
    format!("<code>{before}<mark>{marked}</mark>{after}</code>")
}

fn write_paragraph(class: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<p class=\"{class}\">{}</p>\n", mark_code(text)) }
}

/// What stands between backticks is to be written letter for letter; nobody is to write the backticks.
fn mark_code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, code, after)) = split_code(rest) {
        let _ = write!(out, "{}<code>{}</code>", escape_html(before), escape_html(code));
        rest = after;
    }
    out + &escape_html(rest)
}

/// The first text between backticks, with what stands before and after it.
fn split_code(text: &str) -> Option<(&str, &str, &str)> {
    let starts = text.match_indices('`').map(|(at, _)| at);
    starts.into_iter().find_map(|start| {
        let (code, after) = text[start + 1..].split_once('`')?;
        (!code.is_empty()).then_some((&text[..start], code, after))
    })
}

fn write_place(spot: &SourceLocation) -> String {
    let path = escape_html(&spot.path);
    match spot.at {
        Some((line, column)) => format!("<bdi class=\"place\">{path}:{line}:{column}</bdi>"),
        None => format!("<bdi class=\"place\">{path}</bdi>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Severity;
    use crate::report::ProblemNote;
    use crate::serve::Preview;

    #[test]
    fn what_is_to_be_written_stands_apart() {
        for (text, expected) in [
            ("did you mean `energy`?", "did you mean <code>energy</code>?"),
            ("`a<b` and `&`", "<code>a&lt;b</code> and <code>&amp;</code>"),
            ("a ` alone", "a ` alone"),
            ("`` `a``", "`<code> </code>a``"),
            ("", ""),
        ] {
            assert_eq!(mark_code(text), expected);
        }
    }

    #[test]
    fn whatever_an_author_writes_is_text() {
        let hostile = "</pre><script>alert(1)</script>\"'&";
        let text = || hostile.to_owned();
        let place = SourceLocation { path: text(), at: Some((1, 2)) };
        let problem = Problem {
            severity: Severity::Error,
            code: "unknown-page",
            message: text(),
            place: place.clone(),
            excerpt: Some(MarkedLine { before: text(), marked: text(), after: text() }),
            label: text(),
            help: text(),
            mended: None,
            notes: vec![ProblemNote { place: place.clone(), label: text() }],
            others: vec![place],
        };
        let preview = Preview { problems: vec![problem].into(), ..Preview::default() };
        let page = String::from_utf8(write_problems_page(&ProblemReport::new(&preview), &preview.problems)).unwrap();
        assert!(!page.contains("<script"), "{page}");
        assert_eq!(page.matches(&*escape_html(hostile)).count(), 10, "{page}");
        assert!(crate::theme::find_policy(page.as_bytes()).is_some());
    }
}
