//! The HTML of a page → whether it shows its note of safety: an element of the class `safety` with a link to the page of
//! `[help]`, which nothing in the page's structure hides.
//!
//! Style sheets are not looked into.

use crate::syntax::html::{EndTag, StartTag, Token, attribute, tokens};

/// How a page shows its note of safety.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SafetyNote {
    Shown,
    /// It stands in something that may not be seen: a tag, or an attribute.
    Hidden(String),
    Missing,
}

/// The class of the note.
const CLASS: &str = "safety";

/// Elements whose content is not shown, or not before somebody asks for it.
const HIDING_ELEMENTS: [&str; 3] = ["details", "dialog", "template"];

/// Attributes with which an element may not be seen, or not be read aloud.
const HIDING_ATTRIBUTES: [&str; 4] = ["aria-hidden", "hidden", "inert", "style"];

/// Elements without an end tag.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// An element that is open.
struct Open {
    name: String,
    /// What about it hides its content.
    hiding: Option<String>,
    is_note: bool,
}

/// Looks for the note that leads to `help`.
pub(super) fn find_note(html: &str, help: &str) -> SafetyNote {
    let mut open: Vec<Open> = Vec::new();
    let mut note = SafetyNote::Missing;
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) => {
                let element = describe(&tag);
                let leads_there = element.name == "a" && attribute(&tag, "href").is_some_and(|href| href == help);
                let is_void = VOID.contains(&&*element.name) || (tag.self_closing && is_foreign(&open));
                open.push(element);
                if leads_there && open.iter().any(|element| element.is_note) {
                    match open.iter().find_map(|element| element.hiding.clone()) {
                        None => return SafetyNote::Shown,
                        Some(hiding) => note = SafetyNote::Hidden(hiding),
                    }
                }
                if is_void {
                    open.pop();
                }
            }
            Token::EndTag(tag) => close(&mut open, &tag),
            _ => {}
        }
    }
    note
}

fn describe(tag: &StartTag<()>) -> Open {
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    let attributes = HIDING_ATTRIBUTES.into_iter().find(|attribute| tag.attributes.contains_key(attribute.as_bytes()));
    let hiding =
        if HIDING_ELEMENTS.contains(&&*name) { Some(format!("<{name}>")) } else { attributes.map(str::to_owned) };
    let is_note =
        attribute(tag, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(|class| class == CLASS));
    Open { name, hiding, is_note }
}

/// Are we in a drawing or a formula, where a tag may end itself?
fn is_foreign(open: &[Open]) -> bool {
    open.iter().any(|element| matches!(&*element.name, "svg" | "math"))
}

/// Closes an element and all that is still open in it.
fn close(open: &mut Vec<Open>, tag: &EndTag<()>) {
    if let Some(index) = open.iter().rposition(|element| element.name.as_bytes() == &**tag.name) {
        open.truncate(index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let found = match find_note(html, "/help/") {
            SafetyNote::Shown => "shown".to_owned(),
            SafetyNote::Hidden(what) => what,
            SafetyNote::Missing => "missing".to_owned(),
        };
        assert_eq!(found, expected, "{html}");
    }

    const NOTE: &str = "<p class=\"note safety\">If you are afraid, <a href=\"/help/\">find help</a>.</p>";

    #[test]
    fn a_note_is_an_element_of_its_class_that_leads_to_help() {
        check(NOTE, "shown");
        check(&format!("<main><br><img src=x><div>{NOTE}</div></main>"), "shown");
        check("<p class=\"safety\">If you are afraid, find help.</p>", "missing");
        check("<p>If you are afraid, <a href=\"/help/\">find help</a>.</p>", "missing");
        check("<p class=\"safety-line\"><a href=\"/help/\">Help</a></p>", "missing");
        check("<p class=\"safety\">Read.</p><p><a href=\"/help/\">Help</a></p>", "missing");
        check("<p class=\"safety\"><a href=\"/\">Home</a></p>", "missing");
    }

    #[test]
    fn what_stands_in_something_hidden_is_not_shown() {
        for tag in HIDING_ELEMENTS {
            check(&format!("<{tag}><div>{NOTE}</div></{tag}>"), &format!("<{tag}>"));
        }
        for tag in ["noscript", "textarea", "title"] {
            check(&format!("<{tag}>{NOTE}</{tag}>"), "missing");
        }
        check(&format!("<div hidden>{NOTE}</div>"), "hidden");
        check(&format!("<div HIDDEN=until-found><p>Read.</p>{NOTE}</div>"), "hidden");
        check(&NOTE.replace("<p ", "<p style=\"display:none\" "), "style");
        check(&NOTE.replace("<a ", "<a aria-hidden=true "), "aria-hidden");
        check(&format!("<!-- {NOTE} -->"), "missing");
        check(&format!("<script>'{NOTE}'</script>"), "missing");
    }

    #[test]
    fn what_is_hidden_beside_it_does_not_matter() {
        check(&format!("<p hidden>Later.</p><details><summary>More</summary></details>{NOTE}"), "shown");
        check(&format!("<input hidden>{NOTE}"), "shown");
        check(&format!("<svg hidden><path/></svg>{NOTE}"), "shown");
        check(&format!("<div hidden>{NOTE}</div>{NOTE}"), "shown");
        check(&format!("<div hidden/>{NOTE}"), "hidden");
    }
}
