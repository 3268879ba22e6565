//! The text of a page → the steps of what it says how to do, as search engines take them.

use serde_json::{Map, Value, json};

use crate::content::{FieldValue, Page};
use crate::site::{HowTo, Kind};
use crate::syntax::html::{StartTag, Token, attribute, tokens};

/// The classes of what leads to sources and notes: no word of a step.
const MARKS: [&str; 2] = ["cite", "footnote-ref"];

/// What schema.org's `HowTo` says besides an article; `None` if the page has no steps.
pub fn describe(page: &Page, kind: &Kind, html: &str) -> Option<Map<String, Value>> {
    let HowTo { steps: id, time } = kind.how_to.as_ref()?;
    let steps = steps(html, id);
    if steps.is_empty() {
        return None;
    }
    let minutes = || {
        let field = kind.fields.iter().position(|field| Some(&field.name) == time.as_ref())?;
        match page.matter.fields.get(field)?.get()? {
            FieldValue::Integer(minutes) => Some(*minutes),
            _ => None,
        }
    };
    let mut how_to = Map::new();
    if let Some(minutes) = minutes() {
        how_to.insert("totalTime".into(), json!(format!("PT{minutes}M")));
    }
    let steps = steps.into_iter().map(|text| json!({ "@type": "HowToStep", "text": text }));
    how_to.insert("step".into(), steps.collect());
    Some(how_to)
}

/// The points of the first numbered list below the heading of that id, before the next heading of its level.
fn steps(html: &str, id: &str) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    let (mut level, mut depth, mut skipped) = (None, 0_usize, 0_usize);
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) if skipped > 0 => {
                skipped += usize::from(*tag.name == *b"span" || *tag.name == *b"sup")
            }
            Token::EndTag(tag) if skipped > 0 => skipped -= usize::from(*tag.name == *b"span" || *tag.name == *b"sup"),
            Token::StartTag(tag) => match (heading(&tag), level) {
                (Some(own), None) if attribute(&tag, "id").as_deref() == Some(id) => level = Some(own),
                (Some(own), Some(level)) if own <= level => break,
                (None, Some(_)) if *tag.name == *b"ol" || (*tag.name == *b"ul" && depth > 0) => depth += 1,
                (None, Some(_)) if *tag.name == *b"li" && depth == 1 => steps.push(String::new()),
                _ if depth > 0 && is_mark(&tag) => skipped = 1,
                _ => {}
            },
            Token::EndTag(tag) if depth > 0 && (*tag.name == *b"ol" || *tag.name == *b"ul") => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Token::String(text) if skipped == 0 && depth > 0 => {
                if let Some(step) = steps.last_mut() {
                    step.push_str(&String::from_utf8_lossy(&text));
                }
            }
            _ => {}
        }
    }
    steps
        .iter()
        .map(|step| step.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|step| !step.is_empty())
        .collect()
}

fn is_mark(tag: &StartTag<()>) -> bool {
    attribute(tag, "class").is_some_and(|class| class.split(' ').any(|class| MARKS.contains(&class)))
}

/// The level of a heading.
fn heading(tag: &StartTag<()>) -> Option<u8> {
    match &**tag.name {
        [b'h', level @ b'1'..=b'6'] => Some(*level),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn steps_are_those_of_the_first_list_below_the_heading() {
        let html = "<h2 id=\"why\">Why</h2><ol><li>No.</li></ol><h2 id=\"how\">How</h2><p>First:</p><ol>\n<li><p>Sit <em>down</em>\n\
                    together.<span class=\"cite\">[<a href=\"#s\">1</a>]</span></p></li>\n<li>Listen:<ul><li>long</li></ul></li>\n</ol>\
                    <ol><li>Later.</li></ol><h2 id=\"end\">End</h2>";
        assert_eq!(steps(html, "how"), ["Sit down together.", "Listen:long"]);
        assert_eq!(steps(html, "end"), [""; 0]);
        assert_eq!(steps(html, "nowhere"), [""; 0]);
    }
}
