//! What can be wrong when files are planned; the doc comments are what `betwixt explain` prints.

use super::View;
use crate::base::{Diagnostic, OutPath, Place, in_backticks, nearest};

/// Two things would be published under one address.
///
/// It may be two pages with the same slug, an older address (`aliases`) that a page has again, a file below
/// `static` beside a page, or two names that differ only in capital letters, which macOS and Windows cannot tell apart.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Keep a date
/// slug: ten-minutes
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// slug: keep-a-date
/// ---
/// ```
pub(crate) fn same_address(place: Place, out: &OutPath, first: &View) -> Diagnostic {
    let other = &first.origin.path;
    let message = if first.out == *out {
        format!("`{}` and `{other}` would both be published as `{out}`", place.path)
    } else {
        format!("macOS and Windows take the addresses of `{}` and `{other}` for one, `{out}`", place.path)
    };
    Diagnostic::error("same-address", place, message)
        .help("give one of them another name, `slug` or alias")
        .note(first.origin.clone(), "this one has the address already")
}

/// A file would stand where another needs a folder.
///
/// Wrong, in `static/practices`:
/// ```text
/// A list of all practices.
/// ```
/// Right, in `static/practices.txt`:
/// ```text
/// A list of all practices.
/// ```
pub(crate) fn file_and_folder(place: Place, out: &OutPath, inside: &View) -> Diagnostic {
    let message = format!("`{out}` would be a file, and `{}` needs a folder of that name", inside.out);
    Diagnostic::error("file-and-folder", place, message)
        .help("give one of them another name")
        .note(inside.origin.clone(), "this one needs the folder")
}

/// A page asks for a template that the theme does not have.
///
/// Wrong:
/// ```markdown
/// ---
/// title: Keep a date
/// template: pgae.html
/// ---
/// ```
/// Right:
/// ```markdown
/// ---
/// title: Keep a date
/// template: page.html
/// ---
/// ```
pub(crate) fn unknown_template(place: Place, wanted: &str, offered: &[&str], theme: &str) -> Diagnostic {
    Diagnostic::error("unknown-template", place, format!("the theme `{theme}` has no template `{wanted}`"))
        .suggest(nearest(wanted, offered.iter().copied()))
        .help(format!("take the line out, or name one of {}", list(offered)))
}

/// A page asks for a template that no page like it can be made with.
///
/// Some templates are parts of others: what they include or extend, components, and all whose name begins with `_`.
/// Others belong to one page, such as the checklist, or to what Betwixt makes by itself, such as the pages of tags.
///
/// Wrong, in `themes/plain/templates/_foot.html`:
/// ```html
/// <p>{{ site.title }}</p>
/// ```
/// And in `content/practices/keep-a-date.md`:
/// ```markdown
/// ---
/// title: Keep a date
/// template: _foot.html
/// ---
/// ```
/// Right, in `content/practices/keep-a-date.md`:
/// ```markdown
/// ---
/// title: Keep a date
/// template: page.html
/// ---
/// ```
pub(crate) fn unfit_template(place: Place, wanted: &str, offered: &[&str], theme: &str) -> Diagnostic {
    let message = format!("the template `{wanted}` of the theme `{theme}` is not for pages like this one");
    Diagnostic::error("unfit-template", place, message)
        .suggest(nearest(wanted, offered.iter().copied()))
        .help(format!("take the line out, or name one of {}", list(offered)))
}

fn list(names: &[&str]) -> String {
    in_backticks(names, ", ")
}

/// The theme lacks the template that every page can fall back on.
///
/// Wrong, in `themes/plain/templates/pages.html`:
/// ```html
/// <h1>{{ page.title }}</h1>
/// ```
/// And without `themes/plain/templates/page.html`:
///
/// Right, in `themes/plain/theme.toml`:
/// ```toml
/// extends = "hearth"
/// ```
pub(crate) fn no_template(place: Place, theme: &str) -> Diagnostic {
    Diagnostic::error("no-template", place, format!("the theme `{theme}` has no template `page.html`"))
        .help("add `templates/page.html` to the theme, or let it extend one that has it: `extends = \"hearth\"`")
}

/// A page has older addresses, and the theme has no template for them.
///
/// In both, `content/practices/keep-a-date.md` holds:
/// ```markdown
/// ---
/// title: Keep a date
/// aliases: [/dates/]
/// ---
/// ```
///
/// Wrong, without `themes/plain/templates/redirect.html`:
///
/// Right, in `themes/plain/templates/redirect.html`:
/// ```html
/// <meta http-equiv="Content-Security-Policy" content="{{ csp }}">
/// <meta http-equiv="refresh" content="0; url={{ redirect.url }}">
/// <a href="{{ redirect.url }}">{{ redirect.title }}</a>
/// ```
pub(crate) fn no_redirect_template(place: Place, theme: &str) -> Diagnostic {
    Diagnostic::error(
        "no-redirect-template",
        place,
        format!("the theme `{theme}` has no template `redirect.html` for `aliases`"),
    )
    .help("add `templates/redirect.html` to the theme, or let it extend one that has it: `extends = \"hearth\"`")
}
