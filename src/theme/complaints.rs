//! What can be wrong with a theme; the doc comments are what `betwixt explain` prints.

use std::collections::BTreeSet;

use crate::base::{Diagnostic, Place, in_backticks, nearest};

/// The configured theme does not exist.
///
/// A theme is a folder below `themes`, or `hearth`, which comes with Betwixt.
///
/// Wrong:
/// ```toml
/// theme = "plian"
/// ```
/// Right:
/// ```toml
/// theme = "plain"
/// ```
pub(crate) fn unknown_theme(place: Place, name: &str, known: &[String]) -> Diagnostic {
    let list = in_backticks(known, ", ");
    Diagnostic::error("unknown-theme", place, format!("there is no theme `{name}`"))
        .suggest(nearest(name, known.iter().map(String::as_str)))
        .help(format!("the themes are {list}; put another into the folder `themes/{name}`"))
}

/// A theme extends itself, perhaps by way of others.
///
/// `extends` names the theme that this one is laid over.
///
/// Wrong, in `themes/plain/theme.toml`:
/// ```toml
/// extends = "plain"
/// ```
/// Right, in `themes/plain/theme.toml`:
/// ```toml
/// extends = "hearth"
/// ```
pub(crate) fn extends_itself(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error("extends-itself", place, format!("the theme `{name}` extends itself"))
        .help("take out one `extends`")
}

/// A file of a theme could not be read, or leads out of the site.
///
/// Wrong, where `themes/plain/templates/home.html` is a link:
/// ```link
/// /home/ada/home.html
/// ```
/// Right, in `themes/plain/templates/home.html`:
/// ```html
/// {% extends "page.html" %}
/// ```
pub(crate) fn unreadable_theme_file(place: Place, why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-theme-file", place, format!("this file of the theme cannot be read: {why}"))
        .help("mend or remove it, then build again")
}

/// A template, style sheet or word list of a theme is not UTF-8 text.
///
/// In the wrong example, `\xe9` stands for one byte: the letter é as Latin-1 has it.
///
/// Wrong:
/// ```html
/// <p>Caf\xe9</p>
/// ```
/// Right:
/// ```html
/// <p>Café</p>
/// ```
pub(crate) fn theme_not_text(place: Place) -> Diagnostic {
    Diagnostic::error("theme-not-text", place, "this file of the theme is not UTF-8 text")
        .help("save it with the encoding UTF-8")
}

/// `theme.toml` or a word list is not written as it must be.
///
/// Wrong, in `themes/plain/theme.toml`:
/// ```toml
/// name = Plain
/// ```
/// Right, in `themes/plain/theme.toml`:
/// ```toml
/// name = "Plain"
/// ```
pub(crate) fn broken_theme_file(place: Place, message: &str) -> Diagnostic {
    let complaint = Diagnostic::error("broken-theme-file", place, "this file of the theme cannot be read from here on");
    match message {
        "" => complaint
            .help("a line of it reads `name = \"Plain\"`: a name, `=`, and text in quotes; each name stands once"),
        message => complaint.label(message.to_owned()),
    }
}

/// A key in `theme.toml` that Betwixt does not know.
///
/// The keys are `name`, `description`, `extends`, `license` and `version`.
///
/// Wrong, in `themes/plain/theme.toml`:
/// ```toml
/// extend = "hearth"
/// ```
/// Right, in `themes/plain/theme.toml`:
/// ```toml
/// extends = "hearth"
/// ```
pub(crate) fn unknown_theme_key(place: Place, key: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("unknown-theme-key", place, format!("a theme has no key `{key}`"))
        .suggest(near)
        .help("its keys are `name`, `description`, `extends`, `license` and `version`")
}

/// A template is not written as Tera's templates are.
///
/// Templates are HTML with `{{ page.title }}` for values and `{% if … %} … {% endif %}` for choices.
///
/// Wrong:
/// ```html
/// {% if page.toc %}<p>{{ page.title }}</p>
/// ```
/// Right:
/// ```html
/// {% if page.toc %}<p>{{ page.title }}</p>{% endif %}
/// ```
pub(crate) fn broken_template(place: Place, message: &str) -> Diagnostic {
    Diagnostic::error("broken-template", place, format!("this template cannot be read: {}", plain(message)))
        .help("values stand in `{{ … }}`, choices and loops in `{% … %}`")
}

/// A sign of a template that begins something, and nothing ends it.
pub(crate) fn unclosed_sign(place: Place, open: &str, close: &str) -> Diagnostic {
    Diagnostic::error("broken-template", place, format!("this `{open}` is never closed"))
        .help(format!("write `{close}` where it ends"))
}

/// A tag of a template that needs an end and has none.
pub(crate) fn unclosed_tag(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error("broken-template", place, format!("this `{name}` is never ended"))
        .help(format!("write `{{% end{name} %}}` where it ends"))
}

/// A tag of a template that ends nothing.
pub(crate) fn stray_end(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error("broken-template", place, format!("this ends no `{name}`"))
        .help(format!("take it out, or write `{{% {name} … %}}` before it"))
}

/// A template takes the place of one whose blocks others fill, and does not have them.
///
/// `base.html` is the frame of all pages: the other templates fill its blocks. One that takes its place needs the same blocks.
pub(crate) fn lost_blocks(place: Place, own: &str, blocks: &BTreeSet<&str>) -> Diagnostic {
    let list = in_backticks(blocks, ", ");
    let first = blocks.first().copied().unwrap_or_default();
    let message = format!("your `{own}` has not all the blocks that templates of the theme below it fill: {list}");
    Diagnostic::error("broken-template", place, message)
        .help(format!("put `{{% block {first} %}}{{% endblock %}}` where its text is to stand, and so for the others"))
}

/// A template asks for a function, a filter, a test or a component that does not exist.
pub(crate) fn unknown_in_template(place: Place, what: &str, name: &str, near: Option<&str>) -> Diagnostic {
    let help = match what {
        "function" => "the functions are `range`, `super` and `throw`",
        "filter" => "some filters are `default`, `join`, `length`, `lower`, `replace`, `title`, `truncate` and `upper`",
        "test" => "some tests are `defined`, `containing`, `starting_with`, `odd` and `even`",
        _ => "check its spelling, or take it out",
    };
    Diagnostic::error("broken-template", place, format!("templates have no {what} `{name}`")).suggest(near).help(help)
}

/// A template fills a block that none of those that it extends has.
pub(crate) fn unknown_block(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("broken-template", place, format!("no template that this one extends has a block `{name}`"))
        .suggest(near)
        .help("take the name of a block of the template that is named behind `extends`")
}

/// A template extends or includes one that does not exist.
///
/// Wrong:
/// ```html
/// {% include "foot.html" %}
/// ```
/// Right, in `themes/plain/templates/foot.html`:
/// ```html
/// <p>{{ site.title }}</p>
/// ```
/// And in `themes/plain/templates/page.html`:
/// ```html
/// <meta http-equiv="Content-Security-Policy" content="{{ csp }}">
/// {% include "foot.html" %}
/// ```
pub(crate) fn missing_template(place: Place, current: &str, wanted: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "missing-template",
        place,
        format!("the template `{current}` asks for `{wanted}`, which does not exist"),
    )
    .suggest(near)
    .help("put a file of that name into the theme's `templates`, or write the name of one that is there")
}

/// Templates that extend or include each other in a circle.
///
/// Wrong:
/// ```html
/// {% include "page.html" %}
/// ```
/// Right:
/// ```html
/// <h1>{{ page.title }}</h1>
/// ```
pub(crate) fn template_circle(place: Place, row: &[String]) -> Diagnostic {
    let row = in_backticks(row, " → ");
    Diagnostic::error("template-circle", place, format!("templates ask for each other in a circle: {row}"))
        .help("take one of them out of the circle")
}

/// A template asks for something that its page does not have.
///
/// A template sees `page`, `site`, `assets`, `t` and what belongs to its part; a name that does not exist is a
/// mistake and never an empty place. Ask with `is defined` where a name may be missing.
///
/// Wrong:
/// ```html
/// <h1>{{ page.titel }}</h1>
/// ```
/// Right:
/// ```html
/// <h1>{{ page.title }}</h1>
/// ```
pub(crate) fn template_failed(place: Place, message: &str, near: Option<&str>) -> Diagnostic {
    let complaint =
        Diagnostic::error("template-failed", place, format!("this template stops here: {}", plain(message)))
            .suggest(near);
    complaint.help(if message.contains("not defined") || message.contains("undefined") {
        "every template sees `page`, `site`, `assets` and `t`; where something may be missing, ask first with `is defined`"
    } else if message.contains("`range`") {
        "let it end earlier"
    } else {
        "check the names; where one may be missing, ask first with `is defined`"
    })
}

/// A template that does not come to an end.
///
/// For one page, a template may write 16 MiB and take a million steps: each pass of a loop is one, each number of a
/// `range`, and each part that is put in. What it keeps under names of its own may have 64 MiB in all. Most often a loop
/// within a loop goes over more than was meant, or a name takes itself in again and again.
///
/// Wrong:
/// ```html
/// {% for i in range(end=2000) %}{% for j in range(end=2000) %}.{% endfor %}{% endfor %}
/// ```
/// Right:
/// ```html
/// {% for i in range(end=20) %}.{% endfor %}
/// ```
pub(crate) fn endless_template(place: Place, most: usize) -> Diagnostic {
    Diagnostic::error("endless-template", place, format!("this template wrote more than {most} MiB for one page"))
        .help("look for a loop that goes on too long")
}

/// A template that takes too many steps.
pub(crate) fn long_template(place: Place, most: u64) -> Diagnostic {
    Diagnostic::error("endless-template", place, format!("this template took more than {most} steps for one page"))
        .help("look for a loop within a loop, and let each go over less")
}

/// A template that keeps too much under its names.
pub(crate) fn heavy_template(place: Place, most: u64) -> Diagnostic {
    Diagnostic::error(
        "endless-template",
        place,
        format!("this template made more than {most} MiB of values for one page"),
    )
    .help("look for a `set` whose name stands in its own value, within a loop")
}

/// All pages together are too large.
///
/// A site may have 1 GiB of pages. Most often a template shows the whole guide on each of its pages.
///
/// Wrong, on each of twenty thousand pages:
/// ```html
/// {% for page in pages %}<p>{{ page.title }}</p>{% endfor %}
/// ```
/// Right:
/// ```html
/// <p>{{ page.title }}</p>
/// ```
pub(crate) fn too_large(place: Place, most: usize) -> Diagnostic {
    Diagnostic::error("too-large", place, format!("the theme makes pages of more than {most} GiB together"))
        .help("let its templates show less on each page")
}

/// A page without a Content-Security-Policy that binds all of it.
///
/// Every page tells the browser to load and send nothing beyond this site. A theme's base template has the line
/// `<meta http-equiv="Content-Security-Policy" content="{{ csp }}">` early in its head: browsers obey it only there, and
/// only for what follows. Before it may stand the doctype, comments, `<html>`, `<head>`, other `<meta>` and `<title>`.
///
/// Wrong:
/// ```html
/// <head><title>{{ page.title }}</title></head>
/// ```
/// Right:
/// ```html
/// <head><meta http-equiv="Content-Security-Policy" content="{{ csp }}"><title>{{ page.title }}</title></head>
/// ```
pub(crate) fn no_policy(place: Place, template: &str) -> Diagnostic {
    Diagnostic::error("no-policy", place, format!("pages made with `{template}` lack the line that keeps them from loading things from other sites"))
        .help("add `<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">` to the template's `<head>`, before all that loads")
}

/// The theme has no words in the site's language.
///
/// `language` in `site.toml` is a tag such as `en` or `pt-BR`; a theme has its words in `strings/LANGUAGE.toml`.
///
/// Wrong:
/// ```toml
/// language = "eo"
/// theme = "hearth"
/// ```
/// Right:
/// ```toml
/// language = "en"
/// theme = "hearth"
/// ```
pub(crate) fn unknown_language(place: Place, language: &str, known: &BTreeSet<&str>, near: Option<&str>) -> Diagnostic {
    let list = in_backticks(known, ", ");
    let file = near.or(Some(language).filter(|name| !name.is_empty())).unwrap_or("…");
    Diagnostic::error("unknown-language", place, format!("the theme has no words in the language `{language}`"))
        .suggest(near)
        .help(match near {
            Some(near) if known.contains(near) => format!("it has {list}"),
            _ => format!("it has {list}; for another, add `strings/{file}.toml` to a theme that extends it"),
        })
}

/// A translation lacks words that the theme's templates show.
///
/// Every word that the theme has in English (`strings/en.toml`) needs its like in the site's language.
///
/// In both, `themes/plain/strings/en.toml` holds:
/// ```toml
/// next = "next"
/// previous = "previous"
/// ```
/// And `site.toml` holds:
/// ```toml
/// language = "de"
/// ```
///
/// Wrong, in `themes/plain/strings/de.toml`:
/// ```toml
/// next = "weiter"
/// ```
/// And in `themes/plain/templates/page.html`:
/// ```html
/// <meta http-equiv="Content-Security-Policy" content="{{ csp }}">
/// {{ t.next }} {{ t.previous }}
/// ```
/// Right, in `themes/plain/strings/de.toml`:
/// ```toml
/// next = "weiter"
/// previous = "zurück"
/// ```
pub(crate) fn missing_words(place: Place, keys: &BTreeSet<String>) -> Diagnostic {
    let list = in_backticks(keys, ", ");
    Diagnostic::error("missing-words", place, "words that the theme shows are missing in this language")
        .help(format!("add {list}; `strings/en.toml` of the theme has them in English"))
}

/// A style sheet names a file that the theme does not have.
///
/// `url(…)` or `@import "…"` in a style sheet leads to another of the theme's assets: pages load nothing from elsewhere.
///
/// Wrong:
/// ```css
/// body { background: url(papre.png); }
/// ```
/// Right:
/// ```css
/// body { background: ivory; }
/// ```
pub(crate) fn unknown_asset(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error("unknown-asset", place, format!("the theme has no asset `{target}`"))
        .suggest(near)
        .help("put the file into the theme's `assets`, or write the name of one that lies there")
}

/// A style sheet asks for something that is no file of the theme.
///
/// Pages load nothing from elsewhere, so that no one else learns who reads them: fonts and pictures lie in the theme's
/// `assets`. Pictures written into the style sheet itself (`data:`) are not shown either.
///
/// Wrong:
/// ```css
/// @import "https://fonts.example/warm.css";
/// ```
/// Right:
/// ```css
/// body { font-family: Georgia, serif; }
/// ```
pub(crate) fn foreign_asset(place: Place, target: &str) -> Diagnostic {
    let short: String = target.chars().take(60).collect();
    Diagnostic::error("foreign-asset", place, format!("`{short}` is no file of the theme, so pages will not load it"))
        .help("put the file into the theme's `assets`, and write its name")
}

/// Style sheets that import each other in a circle, or in too long a row.
///
/// Wrong:
/// ```css
/// @import "style.css";
/// ```
/// Right:
/// ```css
/// body { background: ivory; }
/// ```
pub(crate) fn import_circle(place: Place, row: &[String], wanted: &str) -> Diagnostic {
    let from = row.iter().position(|name| name == wanted).unwrap_or_default();
    let shown = row[from..].iter().map(String::as_str).chain([wanted]);
    let shown = in_backticks(shown, " → ");
    Diagnostic::error("import-circle", place, format!("style sheets ask for each other without end: {shown}"))
        .help("take out one `@import`")
}

/// An asset that would run a program by itself, load something from elsewhere, or be a page of its own.
///
/// Pictures of a theme only show something, and its pages are its templates. A theme's scripts are files of their own,
/// which its templates name.
///
/// Wrong, in `themes/plain/assets/bench.svg`:
/// ```text
/// <svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>
/// ```
/// Right, in `themes/plain/assets/bench.svg`:
/// ```text
/// <svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9H0z"/></svg>
/// ```
pub(crate) fn active_asset(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error("active-asset", place, format!("this file {what}"))
        .help("take out of it what acts; pages of a theme are templates, and its scripts end in `.js`")
}

/// An asset whose name cannot be published.
///
/// Wrong, in `themes/plain/assets/what now?.css`:
/// ```css
/// body { background: ivory; }
/// ```
/// Right, in `themes/plain/assets/what-now.css`:
/// ```css
/// body { background: ivory; }
/// ```
pub(crate) fn bad_asset_name(place: Place) -> Diagnostic {
    Diagnostic::error("bad-asset-name", place, "this asset's name cannot be published")
        .help("use letters, digits, `-`, `_` and `.`")
}

/// A template engine's message in one line that fits into a sentence, in plain words where it is one that is often met.
fn plain(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let line = line.split(". ").next().unwrap_or(line).trim_end_matches('.');
    let name = line.split('`').nth(1).unwrap_or_default();
    if line.ends_with("is not defined") && !name.is_empty() {
        return format!("nothing here is called `{name}`");
    }
    let range = line.to_lowercase().strip_prefix("function `range` would produce ").and_then(|rest| {
        let (count, most) = rest.split_once(" elements, which exceeds the limit of ")?;
        Some(format!("`range` would count to {count}, and {most} is the most"))
    });
    if let Some(range) = range {
        return range;
    }
    let lower = line.to_lowercase();
    if lower.contains("a variable that is undefined") {
        return "nothing has the name that stands here".to_owned();
    }
    if lower.starts_with("iteration not possible") {
        let what = if lower.contains("undefined") { "does not exist" } else { "is no list" };
        return format!("what stands after `in` {what}");
    }
    if line == "Unexpected end of input" {
        return "it ends too early".to_owned();
    }
    if let Some((found, wanted)) = line.strip_prefix("Found ").and_then(|rest| rest.split_once(" but expected ")) {
        let wanted = wanted.replace(['.', '`'], "").replace("identifier", "a name").replace("string", "text in quotes");
        return format!("here stands {}, and {wanted} must stand here", found.replace("identifier", "the name"));
    }
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
