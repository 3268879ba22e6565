//! Problems → what browsers are told of them: a heading in plain words, and each problem as the terminal shows it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Preview;
use super::opener::Key;
use crate::base::Severity;
use crate::report::{Problem, SourceLocation, plural};

/// How many problems a page shows: more than a person reads before mending the first.
const MOST: usize = 50;

/// How many of the other places of one problem a page names.
const PLACES: usize = 10;

/// What browsers are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProblemReport {
    /// What is the matter, in one sentence.
    pub(super) heading: String,
    /// What that means, and what to do.
    pub(super) explanation: String,
    /// That there are more problems than are shown, or nothing.
    pub(super) more: String,
    /// All of it as a JSON object, without its last brace.
    json: String,
}

/// The form in which browsers are told.
#[derive(Serialize)]
struct ReportJson<'n> {
    heading: &'n str,
    explanation: &'n str,
    more: &'n str,
    /// The heading in a word or two.
    short: &'n str,
    has_errors: bool,
    problems: Vec<ProblemJson<'n>>,
}

/// One problem.
#[derive(Serialize)]
struct ProblemJson<'n> {
    #[serde(flatten)]
    problem: &'n Problem,
    others: &'n [SourceLocation],
    /// That the same is wrong at other places, or nothing.
    same: String,
}

impl<'n> ProblemJson<'n> {
    fn of(problem: &'n Problem) -> Self {
        Self { problem, others: listed_places(problem), same: describe_repeats(problem) }
    }
}

impl ProblemReport {
    pub(super) fn new(preview: &Preview) -> Self {
        let count = Count::of(&preview.problems);
        let heading = count.heading();
        let explanation = explanation(&count, preview);
        let hidden = preview.problems.len().saturating_sub(MOST);
        let more = if hidden > 0 { format!("… and {hidden} more; the terminal shows all.") } else { String::new() };
        let told = ReportJson {
            heading: &heading,
            explanation: &explanation,
            more: &more,
            short: &count.short(),
            has_errors: count.errors > 0,
            problems: select_shown(&preview.problems).map(ProblemJson::of).collect(),
        };
        let mut json = serde_json::to_string(&told).expect("text and numbers can be written as JSON");
        json.pop();
        Self { heading, explanation, more, json }
    }

    /// The object that browsers are told; with `key`, they may ask for a source to be opened.
    pub(super) fn json(&self, key: Option<&Key>) -> String {
        match key {
            Some(Key { secret, endings }) => {
                format!("{},\"key\":\"{secret}\",\"endings\":{}}}", self.json, serde_json::json!(endings))
            }
            None => format!("{}}}", self.json),
        }
    }
}

/// The problems that are shown: errors before warnings, and no more than a person reads.
pub(super) fn select_shown(problems: &[Problem]) -> impl Iterator<Item = &Problem> {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors.chain(problems.iter().filter(|problem| problem.severity == Severity::Warning)).take(MOST)
}

/// The first of the other places of a problem.
pub(super) fn listed_places(problem: &Problem) -> &[SourceLocation] {
    &problem.others[..problem.others.len().min(PLACES)]
}

/// That the same is wrong at other places, or nothing.
pub(super) fn describe_repeats(problem: &Problem) -> String {
    match problem.others.len() {
        0 => String::new(),
        1 => "The same at 1 more place:".to_owned(),
        count if count > PLACES => format!("The same at {count} more places, among them:"),
        count => format!("The same at {count} more places:"),
    }
}

/// How much is wrong.
struct Count {
    errors: usize,
    warnings: usize,
    /// In how many files the worst of it is.
    files: usize,
}

impl Count {
    fn of(problems: &[Problem]) -> Self {
        let worst = problems.iter().map(|problem| problem.severity).min();
        let places = problems
            .iter()
            .filter(|problem| Some(problem.severity) == worst)
            .flat_map(|problem| std::iter::once(&problem.place).chain(&problem.others));
        let files: BTreeSet<&str> = places.map(|spot| &*spot.path).collect();
        let (errors, warnings) = (count_places(problems, Severity::Error), count_places(problems, Severity::Warning));
        Self { errors, warnings, files: files.len() }
    }

    fn heading(&self) -> String {
        let files = plural(self.files, "file", "files");
        match (self.errors, self.warnings) {
            (0, 0) => "Your guide is on its way.".to_owned(),
            (0, 1) => format!("There is something to look at in {files}."),
            (0, warnings) => format!("There are {warnings} things to look at in {files}."),
            (1, _) => format!("There is a mistake in {files}."),
            (errors, _) => format!("There are {errors} mistakes in {files}."),
        }
    }

    fn short(&self) -> String {
        match self.errors {
            0 => plural(self.warnings, "warning", "warnings"),
            errors => plural(errors, "mistake", "mistakes"),
        }
    }
}

/// At how many places something of this severity is wrong.
fn count_places(problems: &[Problem], severity: Severity) -> usize {
    let alike = problems.iter().filter(|problem| problem.severity == severity);
    alike.map(|problem| 1 + problem.others.len()).sum()
}

fn explanation(count: &Count, preview: &Preview) -> String {
    let (it, goes) =
        if count.errors > 1 { ("them", "they go away by themselves") } else { ("it", "this goes away by itself") };
    match count.errors {
        0 if preview.files.is_empty() => "It will be shown here as soon as it is built.".to_owned(),
        0 => "You can go on writing, and look at it when you have time.".to_owned(),
        _ if preview.files.is_empty() => {
            format!("Nothing can be shown yet. Mend {it} and save; your guide will appear here by itself.")
        }
        _ if preview.is_old => {
            format!("This page shows your guide as it last was. Mend {it} and save; {goes}.")
        }
        _ => format!("Mend {it} and save; {goes}."),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::{Files, OutPath};

    fn problem(path: &str, severity: Severity, others: usize) -> Problem {
        let problem = Problem::of_world(path, "there is no page `ten-minuets`");
        Problem { severity, others: vec![problem.place.clone(); others], ..problem }
    }

    fn report(problems: Vec<Problem>) -> ProblemReport {
        let files: Files = [(OutPath::new("index.html").unwrap(), Arc::from(&b"x"[..]))].into_iter().collect();
        ProblemReport::new(&Preview {
            files: Arc::new(files),
            problems: problems.into(),
            is_old: true,
            ..Preview::default()
        })
    }

    #[test]
    fn the_heading_counts_in_plain_words() {
        let (error, warning) = (Severity::Error, Severity::Warning);
        for (problems, expected) in [
            (vec![problem("a.md", error, 0)], "There is a mistake in 1 file."),
            (vec![problem("a.md", error, 0), problem("b.md", warning, 0)], "There is a mistake in 1 file."),
            (vec![problem("a.md", error, 0), problem("b.md", error, 2)], "There are 4 mistakes in 2 files."),
            (vec![problem("a.md", warning, 0)], "There is something to look at in 1 file."),
            (vec![problem("a.md", warning, 1)], "There are 2 things to look at in 1 file."),
            (vec![], "Your guide is on its way."),
        ] {
            assert_eq!(report(problems).heading, expected);
        }
    }

    #[test]
    fn errors_stand_before_warnings() {
        let problems = [problem("a.md", Severity::Warning, 0), problem("b.md", Severity::Error, 0)];
        let paths: Vec<&str> = select_shown(&problems).map(|problem| &*problem.place.path).collect();
        assert_eq!(paths, ["b.md", "a.md"]);
    }

    #[test]
    fn a_long_list_is_cut_and_says_so() {
        let shown = report(vec![problem("a.md", Severity::Error, 30); MOST + 7]);
        assert_eq!(shown.more, "… and 7 more; the terminal shows all.");
        let key = Key { secret: "k3y".to_owned(), endings: &["md"] };
        let json: serde_json::Value = serde_json::from_str(&shown.json(Some(&key))).unwrap();
        assert_eq!(json["problems"].as_array().unwrap().len(), MOST);
        assert_eq!(json["problems"][0]["others"].as_array().unwrap().len(), PLACES);
        assert_eq!((&json["key"], &json["endings"]), (&"k3y".into(), &serde_json::json!(["md"])));
        assert!(serde_json::from_str::<serde_json::Value>(&shown.json(None)).unwrap()["key"].is_null());
    }
}
