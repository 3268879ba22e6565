//! What can be wrong with a theme.

use std::collections::BTreeSet;
use std::time::Duration;

use super::safety::SafetyNote;
use crate::base::{Code, Diagnostic, Place, SourcePath, in_backticks, nearest};
use crate::syntax::active::Act;

/// The configured theme does not exist.
pub(crate) fn unknown_theme(place: Place, name: &str, known: &[String]) -> Diagnostic {
    let list = in_backticks(known, ", ");
    Diagnostic::new(Code::UnknownTheme, place, format!("there is no theme `{name}`"))
        .suggest(nearest(name, known.iter().map(String::as_str)))
        .help(format!("the themes are {list}; put another into the folder `themes/{name}`"))
}

/// A theme extends itself, perhaps by way of others.
pub(crate) fn extends_itself(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::ExtendsItself, place, format!("the theme `{name}` extends itself"))
        .help("take out one `extends`")
}

/// A file of a theme could not be read, or leads out of the site.
pub(crate) fn unreadable_theme_file(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableThemeFile, place, format!("this file of the theme cannot be read: {why}"))
        .help("mend or remove it, then build again")
}

/// A template, style sheet or word list of a theme is not UTF-8 text.
pub(crate) fn theme_not_text(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ThemeNotText, place, "this file of the theme is not UTF-8 text")
        .help("save it with the encoding UTF-8")
}

/// `theme.toml` or a word list is not written as it must be.
pub(crate) fn broken_theme_file(place: Place, message: &str) -> Diagnostic {
    let complaint = Diagnostic::new(Code::BrokenThemeFile, place, "this file of the theme cannot be read from here on");
    match message {
        "" => complaint
            .help("a line of it reads `name = \"Plain\"`: a name, `=`, and text in quotes; each name stands once"),
        message => complaint.label(message.to_owned()),
    }
}

/// A key in `theme.toml` that Betwixt does not know.
pub(crate) fn unknown_theme_key(place: Place, key: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::new(Code::UnknownThemeKey, place, format!("a theme has no key `{key}`"))
        .suggest(near)
        .help("its keys are `name`, `description`, `extends`, `accents`, `scripts`, `sheets`, `license` and `version`")
}

/// A template is not written as Tera's templates are.
pub(crate) fn broken_template(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::BrokenTemplate, place, format!("this template cannot be read: {}", first_sentence(message)))
        .help("values stand in `{{ … }}`, choices and loops in `{% … %}`")
}

/// A template takes the place of one whose blocks others fill, and does not have them.
pub(crate) fn lost_blocks(place: Place, own: &str, blocks: &BTreeSet<&str>) -> Diagnostic {
    let list = in_backticks(blocks, ", ");
    let first = blocks.first().copied().unwrap_or_default();
    let message = format!("your `{own}` has not all the blocks that templates of the theme below it fill: {list}");
    Diagnostic::new(Code::BrokenTemplate, place, message)
        .help(format!("put `{{% block {first} %}}{{% endblock %}}` where its text is to stand, and so for the others"))
}

/// A template asks for a function, a filter, a test or a component that does not exist.
pub(crate) fn unknown_in_template(place: Place, what: &str, name: &str, near: Option<&str>) -> Diagnostic {
    let help = match what {
        "function" | "filter" | "test" => "those that there are stand at https://keats.github.io/tera/",
        _ => "check its spelling, or take it out",
    };
    Diagnostic::new(Code::BrokenTemplate, place, format!("templates have no {what} `{name}`")).suggest(near).help(help)
}

/// A template fills a block that none of those that it extends has.
pub(crate) fn unknown_block(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::new(Code::BrokenTemplate, place, format!("no template that this one extends has a block `{name}`"))
        .suggest(near)
        .help("take the name of a block of the template that is named behind `extends`")
}

/// A template extends or includes one that does not exist.
pub(crate) fn missing_template(place: Place, current: &str, wanted: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::new(
        Code::MissingTemplate,
        place,
        format!("the template `{current}` asks for `{wanted}`, which does not exist"),
    )
    .suggest(near)
    .help("put a file of that name into the theme's `templates`, or write the name of one that is there")
}

/// Templates that extend or include each other in a circle.
pub(crate) fn template_circle(place: Place, row: &[String]) -> Diagnostic {
    let row = in_backticks(row, " → ");
    Diagnostic::new(Code::TemplateCircle, place, format!("templates ask for each other in a circle: {row}"))
        .help("take one of them out of the circle")
}

/// Templates that extend or include each other in too long a row, or whose blocks lie too deeply in each other.
pub(crate) fn template_row(place: Place, row: &[&str]) -> Diagnostic {
    let more = if row.len() > 3 { " → …" } else { "" };
    let row = in_backticks(row.iter().take(3), " → ");
    Diagnostic::new(Code::TemplateCircle, place, format!("templates ask for each other too deeply: {row}{more}"))
        .help("put some of them into one, and fewer blocks into each other")
}

/// A template asks for something that its page does not have.
pub(crate) fn template_failed(place: Place, message: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::new(Code::TemplateFailed, place, format!("this template stops here: {}", first_sentence(message)))
        .suggest(near)
        .help("check what stands there; every template sees `page`, `site`, `assets` and `t`; where something may be missing, ask first with `is defined`")
}

/// A template that does not come to an end.
pub(crate) fn endless_template(place: Place, most: usize) -> Diagnostic {
    Diagnostic::new(Code::EndlessTemplate, place, format!("this template wrote more than {most} MiB for one page"))
        .help("look for a loop that goes on too long")
}

/// A template that is still at work when its time is over.
pub(crate) fn hung_template(place: Place, limit: Duration) -> Diagnostic {
    let seconds = limit.as_secs();
    let unit = if seconds == 1 { "second" } else { "seconds" };
    let message = format!("this template has not come to an end after {seconds} {unit} for one page");
    Diagnostic::new(Code::EndlessTemplate, place, message)
        .help("look for loops and lists within each other, and let each go over less")
}

/// All pages together are too large.
pub(crate) fn too_large(place: Place, most: usize) -> Diagnostic {
    Diagnostic::new(Code::TooLarge, place, format!("the theme makes pages of more than {most} GiB together"))
        .help("let its templates show less on each page")
}

/// A template for pictures whose text is no drawing.
pub(super) fn no_picture(place: Place, template: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::TemplateFailed, place, format!("`{template}` gives no picture: {why}"))
        .help("its text is a drawing in SVG, made of shapes alone; letters are drawn as paths")
}

/// A page without a Content-Security-Policy that binds all of it.
pub(crate) fn no_policy(place: Place, template: &str) -> Diagnostic {
    Diagnostic::new(Code::NoPolicy, place, format!("pages made with `{template}` lack the line that keeps them from loading things from other sites"))
        .help("add `<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">` to the template's `<head>`, before all that loads")
}

/// A page that asks for a note of safety, and does not show it.
pub(super) fn bad_safety_note(place: Place, template: &str, note: &SafetyNote) -> Option<Diagnostic> {
    let message = match note {
        SafetyNote::Shown => return None,
        SafetyNote::Missing => format!("pages made with `{template}` lack the note of safety"),
        SafetyNote::Hidden(what) => {
            format!("pages made with `{template}` hide the note of safety: it stands in `{what}`")
        }
    };
    let help = "put `{{ <safety /> }}`, or an element of the class `safety` with a link to `site.help_url`, where every reader sees it";
    Some(Diagnostic::new(Code::NoSafetyNote, place, message).help(help))
}

/// The theme has no words in the site's language.
pub(crate) fn unknown_language(place: Place, language: &str, known: &BTreeSet<&str>, near: Option<&str>) -> Diagnostic {
    let list = in_backticks(known, ", ");
    let file = near.or(Some(language).filter(|name| !name.is_empty())).unwrap_or("…");
    Diagnostic::new(Code::UnknownLanguage, place, format!("the theme has no words in the language `{language}`"))
        .suggest(near)
        .help(match near {
            Some(near) if known.contains(near) => format!("it has {list}"),
            _ => format!("it has {list}; for another, add `strings/{file}.toml` to a theme that extends it"),
        })
}

/// A translation lacks words that pages of the guide show.
pub(crate) fn missing_words(place: Place, keys: &BTreeSet<&String>) -> Diagnostic {
    let list = in_backticks(keys, ", ");
    Diagnostic::new(Code::MissingWords, place, "words that the theme shows are missing in this language")
        .help(format!("add {list}; `strings/en.toml` of the theme has them in English"))
}

/// A style sheet names a file that the theme does not have.
pub(crate) fn unknown_asset(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::new(Code::UnknownAsset, place, format!("the theme has no asset `{target}`"))
        .suggest(near)
        .help("put the file into the theme's `assets`, or write the name of one that lies there")
}

/// A style sheet asks for something that is no file of the theme.
pub(crate) fn foreign_asset(place: Place, target: &str) -> Diagnostic {
    let short: String = target.chars().take(60).collect();
    Diagnostic::new(Code::ForeignAsset, place, format!("`{short}` is no file of the theme, so pages will not load it"))
        .help("put the file into the theme's `assets`, and write its name")
}

/// The style sheet of the e-book asks for a file.
pub(crate) fn outside_ebook(place: Place, target: &str) -> Diagnostic {
    let short: String = target.chars().take(60).collect();
    Diagnostic::new(Code::ForeignAsset, place, format!("`{short}` is no file of the e-book, which will not load it"))
        .help("take it out: of a theme's files, `epub.css` alone goes into the e-book")
}

/// Style sheets that import each other in a circle, or in too long a row.
pub(crate) fn import_circle(place: Place, row: &[String], wanted: &str) -> Diagnostic {
    let from = row.iter().position(|name| name == wanted).unwrap_or_default();
    let shown = row[from..].iter().map(String::as_str).chain([wanted]);
    let shown = in_backticks(shown, " → ");
    Diagnostic::new(Code::ImportCircle, place, format!("style sheets ask for each other without end: {shown}"))
        .help("take out one `@import`")
}

/// An asset that would run a program by itself, load something from elsewhere, or be a page of its own.
pub(crate) fn active_asset(path: &SourcePath, act: &Act) -> Diagnostic {
    let place = Place { path: path.clone(), span: act.span };
    Diagnostic::new(Code::ActiveAsset, place, format!("this file {}", act.what)).help(
        act.cure.unwrap_or("take out of it what acts; pages of a theme are templates, and its scripts end in `.js`"),
    )
}

/// An asset whose name cannot be published.
pub(crate) fn bad_asset_name(place: Place) -> Diagnostic {
    Diagnostic::new(Code::BadAssetName, place, "this asset's name cannot be published")
        .help("use letters, digits, `-`, `_` and `.`")
}

/// How the template engine begins to say what is often wrong, and plain words for it.
const PLAIN: [(&str, &str); 4] = [
    ("Unexpected end of input", "it ends too early"),
    ("Iteration not possible on type `undefined`", "what stands after `in` does not exist"),
    ("Iteration not possible", "what stands after `in` is no list"),
    ("Tried to render a variable that is undefined", "nothing has the name that stands here"),
];

/// What the template engine says, without the lists that it gives of all that there is.
fn first_sentence(message: &str) -> String {
    if let Some((_, plain)) = PLAIN.iter().find(|(start, _)| message.starts_with(start)) {
        return (*plain).to_owned();
    }
    let line = message.lines().next().unwrap_or_default();
    let sentence = line.split(". ").next().unwrap_or(line).trim_end_matches('.');
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
