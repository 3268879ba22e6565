//! Values of which it is told what they must be → what was meant.

use super::Understood;
use crate::base::{Code, Diagnostic, Edit, Place, in_quotes, nearest, read_truth, same_but_for_case};
use crate::content::{Expected, describe, matter_keys};
use crate::cures::yaml::line::lines;
use crate::cures::yaml::marks;
use crate::site::FieldShape;
use crate::syntax::yaml::{Node, Value};

/// A text that begins with a sign that YAML takes away: `&more`, `!important`.
pub(super) fn sign_at_start(page: &Understood, node: &Node, _: &Diagnostic) -> Option<Diagnostic> {
    let line = page.line(node.key_span().start);
    line.value
        .starts_with(['&', '!'])
        .then(|| marks::sign_at_start(Place::at(page.path, line.value_span()), line.value))
}

/// `tags: #talk #listen`.
pub(super) fn hashtags(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let line = page.line(node.key_span().start);
    let list = list_of_hashtags(line.value).filter(|_| matter_keys::is_list(page.kind, &node.name()))?;
    let told = Diagnostic { place: Place::at(page.path, line.value_span()), ..told.clone() };
    Some(told.help("write the words in square brackets, without `#`").fix(line.value_span(), list))
}

/// `title: Sign #1`, which is a number and no note.
pub(super) fn number(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let line = page.line(node.key_span().start);
    let (_, behind) = line.value.split_once(" #")?;
    let told = || told.clone().help("put the whole text in straight quotes");
    behind.starts_with(|c: char| c.is_ascii_digit()).then(|| told().fix(line.value_span(), in_quotes(line.value)))
}

/// A note that readers must not see, perhaps: nothing else is told of its line.
pub(super) fn perhaps_a_note(_: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    node.key().map(|_| told.clone())
}

/// A text whose lines begin like those of a list.
pub(super) fn list_marks(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    if !matter_keys::is_list(page.kind, &node.name()) {
        return None;
    }
    let span = node.span();
    let start = page.line(span.start).start;
    let marks: Vec<Edit> = lines(page.text, &(start..span.end)).iter().filter_map(marks::list_mark).collect();
    let is_list = marks.first().is_some_and(|mark| mark.span.start <= span.start + 1);
    is_list.then(|| marks::not_an_entry(told.place.clone(), marks))
}

/// A word that is nearly one of the choices.
pub(super) fn choice(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let field = matter_keys::field_at(page.kind, node)?;
    let (FieldShape::Choice(choices), Value::Text(found)) = (&field.shape, node.value()) else { return None };
    let all = || choices.iter().map(|choice| &**choice);
    let same = same_but_for_case(found, all()).map(|same| Edit { span: node.span(), text: same.to_owned() });
    Some(told.clone().suggest(nearest(found, all())).fixes(same))
}

/// A day in another form, if it can mean one only.
pub(super) fn day(_: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let Value::Text(text) = node.value() else { return None };
    super::days::day(text).map(|day| told.clone().fix(node.span(), day.to_string()))
}

/// A value of another type, of which it is certain what was meant.
pub(super) fn meant(page: &Understood, node: &Node, told: &Diagnostic) -> Option<Diagnostic> {
    let span = node.span();
    let (value, written) = (node.value(), &page.text[span.start..span.end]);
    let wanted = matter_keys::expected(page.kind, node)?;
    let meant = of_type(wanted, written, value)?;
    let key = node.name();
    let is_quoted = written.trim_matches(['"', '\'']).trim() == meant;
    let message = match wanted {
        Expected::Number | Expected::Decimal | Expected::Truth if is_quoted => {
            format!("`{key}` must stand without quotes")
        }
        _ => format!("`{key}` must be {}, and here stands {}", wanted.words(), describe(value)),
    };
    let help = match wanted {
        Expected::Number | Expected::Decimal | Expected::Truth if is_quoted => "take the quotes away",
        Expected::Text => "put the text in straight quotes",
        Expected::Texts => "put it in square brackets, so that it is a list of one",
        _ => "write it so",
    };
    Some(Diagnostic::new(Code::WrongValue, told.place.clone(), message).help(help).fix(span, meant))
}

/// What was meant by `value`, which is written as `written`, where something else is `wanted`, if that is certain.
fn of_type(wanted: Expected, written: &str, value: &Value) -> Option<String> {
    let is_line = !written.contains('\n');
    match (wanted, value) {
        (Expected::Truth, Value::Text(text)) => read_truth(text).map(|truth| truth.to_string()),
        (Expected::Number, Value::Text(text)) => text.trim().parse::<i64>().ok().map(|number| number.to_string()),
        (Expected::Decimal, Value::Text(text)) => {
            // Three digits behind a comma may be thousands.
            let is_fraction = text.trim().split_once(',').is_none_or(|(_, digits)| digits.len() != 3);
            let number = text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite())?;
            is_fraction.then(|| number.to_string())
        }
        (Expected::Name, Value::List(_)) if is_line => only(value).map(str::to_owned),
        (Expected::Text, Value::Number(_) | Value::Bool(_)) if is_line => Some(in_quotes(written)),
        (Expected::Texts, Value::Text(text)) if is_line && is_one(text) => Some(format!("[{written}]")),
        _ => None,
    }
}

/// The list that `#talk #listen` means.
fn list_of_hashtags(text: &str) -> Option<String> {
    let words = text.split_whitespace().map(|word| word.trim_end_matches(',').strip_prefix('#'));
    let words: Vec<&str> = words.collect::<Option<_>>()?;
    let is_plain =
        |word: &&str| word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    words.iter().all(is_plain).then(|| format!("[{}]", words.join(", ")))
}

/// The only text in lists within each other.
fn only(value: &Value) -> Option<&str> {
    match value {
        Value::List(items) => items.first().filter(|_| items.len() == 1).and_then(only),
        Value::Text(text) => Some(text).filter(|text| is_one(text)).map(|text| text.trim()),
        _ => None,
    }
}

/// Is this text one entry of a list, and plain enough to stand between brackets as it is? Of several words, nobody knows
/// whether they are one entry.
fn is_one(text: &str) -> bool {
    !text.trim().contains(|c: char| c.is_whitespace() || ",;[]{}:#\"'".contains(c))
}
