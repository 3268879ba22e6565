//! What can be wrong in a page's text: one function for each code, whose comment is the code's page in the manual.

use super::raw_html;
use crate::base::{Diagnostic, Place, Severity};

/// The longest name that is repeated in a message, in characters.
const LONGEST_NAME: usize = 60;

/// A character that cannot be seen stands in the text.
///
/// Control characters come from copying out of other programs. They mean nothing on a page, and some programs that
/// read the site stop at them. Delete the character; if you cannot see it, type the line anew.
///
/// Wrong:
/// ```markdown
/// Listening is &#8;hard.
/// ```
/// Right:
/// ```markdown
/// Listening is hard.
/// ```
pub(crate) fn control_character(place: Place) -> Diagnostic {
    Diagnostic::error("control-character", place, "there is an invisible control character in the text")
        .label("invisible character")
        .help("delete it; if you cannot see it, type the line anew")
}

/// A heading in the text is as large as the page's title.
///
/// The title in the front matter is the page's first heading, and each page has one only: readers who listen to the
/// page find their way by it. Begin with `##`.
///
/// Wrong:
/// ```markdown
/// # Why it helps
/// ```
/// Right:
/// ```markdown
/// ## Why it helps
/// ```
pub(crate) fn heading_one(place: Place) -> Diagnostic {
    Diagnostic::warning("heading-one", place, "the title is the page's first heading, and this one is as large")
        .label("a second title")
        .help("start at `##`")
}

/// A heading skips a level.
///
/// Readers who listen to a page take headings for the chapters of a book: under `##` comes `###`, not `####`. Do not
/// choose a heading for its size.
///
/// Wrong:
/// ```markdown
/// ## Why it helps
/// #### At home
/// ```
/// Right:
/// ```markdown
/// ## Why it helps
/// ### At home
/// ```
pub(crate) fn heading_skip(place: Place, deepest: u8) -> Diagnostic {
    let level = "#".repeat(usize::from(deepest));
    Diagnostic::warning("heading-skip", place, "this heading skips a level")
        .label("too deep")
        .help(format!("write `{level}` here, or put a heading of that level before it"))
}

/// Two headings of a page were given the same id.
///
/// An id is the part of an address after `#`. A link to it can lead to one place only.
///
/// Wrong:
/// ```markdown
/// ## At home {#try}
/// ## At work {#try}
/// ```
/// Right:
/// ```markdown
/// ## At home {#try-at-home}
/// ## At work {#try-at-work}
/// ```
pub(crate) fn duplicate_id(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::error("duplicate-id", place, format!("the id `{}` is given twice on this page", short(id)))
        .label("the second time")
        .help("give one of the two headings another id")
        .note(first, "the first time")
}

/// A heading was given an id that is made by Betwixt itself.
///
/// Footnotes, citations, sources and callouts get ids such as `fn-1`, `cite-1-1`, `source-1` and `callout-1`, and
/// the page's text is `main`. A heading with the same id would catch their links.
///
/// Wrong:
/// ```markdown
/// ## Sources {#source-1}
/// ```
/// Right:
/// ```markdown
/// ## Sources {#our-sources}
/// ```
pub(crate) fn reserved_id(place: Place, id: &str) -> Diagnostic {
    Diagnostic::error("reserved-id", place, format!("the id `{}` is used by the page itself", short(id)))
        .help("give the heading another id")
}

/// A heading has something in its braces that is neither an id nor a class.
///
/// In braces after a heading may stand `#id` and `.class`, nothing else; a class has letters, digits, `-` and `_`.
///
/// Wrong:
/// ```markdown
/// ## At home {style=red}
/// ```
/// Right:
/// ```markdown
/// ## At home {#at-home .quiet}
/// ```
pub(crate) fn heading_attribute(place: Place, attribute: &str) -> Diagnostic {
    Diagnostic::error("heading-attribute", place, format!("a heading cannot have `{}`", short(attribute)))
        .help("only `#id` and `.class` may stand in the braces; a class has letters, digits, `-` and `_`")
}

/// A footnote is written, but nothing in the text leads to it.
///
/// It is left out of the page, as no reader would know what it belongs to.
///
/// Wrong:
/// ```markdown
/// Ten minutes are enough.
///
/// [^1]: In our experience.
/// ```
/// Right:
/// ```markdown
/// Ten minutes are enough.[^1]
///
/// [^1]: In our experience.
/// ```
pub(crate) fn unused_footnote(place: Place, label: &str) -> Diagnostic {
    let label = short(label);
    Diagnostic::warning("unused-footnote", place, format!("nothing in the text leads to the footnote `{label}`"))
        .help(format!("write `[^{label}]` where it belongs, or delete it"))
}

/// The text leads to a footnote that is not there.
///
/// Each `[^name]` needs a line that begins with `[^name]:` and says what the footnote says.
///
/// Wrong:
/// ```markdown
/// Ten minutes are enough.[^kuhn]
/// ```
/// Right:
/// ```markdown
/// Ten minutes are enough.[^kuhn]
///
/// [^kuhn]: In our experience.
/// ```
pub(crate) fn unknown_footnote(place: Place, label: &str, nearest: Option<&str>) -> Diagnostic {
    let label = short(label);
    Diagnostic::error("unknown-footnote", place, format!("there is no footnote `{label}`"))
        .label("not written yet")
        .suggest(nearest)
        .help(format!("write it on a line of its own: `[^{label}]: …`"))
}

/// Two footnotes have the same name.
///
/// Only the first is shown.
///
/// Wrong:
/// ```markdown
/// Ten minutes are enough.[^1]
///
/// [^1]: In our experience.
/// [^1]: Every day.
/// ```
/// Right:
/// ```markdown
/// Ten minutes are enough,[^1] or twenty.[^2]
///
/// [^1]: In our experience.
/// [^2]: Every day.
/// ```
pub(crate) fn duplicate_footnote(place: Place, label: &str, first: Place) -> Diagnostic {
    Diagnostic::error("duplicate-footnote", place, format!("there are two footnotes `{}`", short(label)))
        .label("this one is never shown")
        .help("give one of the two another name")
        .note(first, "the first one")
}

/// The text holds HTML.
///
/// Pages are written in Markdown, so that a slip cannot break a page and nothing foreign can run on it. Write it in
/// Markdown. A comment such as `<!-- later -->` is allowed, and never published. Who knows HTML well may allow it for the
/// whole site with `unsafe_html = true` under `[markdown]` in `site.toml`.
///
/// Wrong:
/// ```markdown
/// This is <b>important</b>.
/// ```
/// Right:
/// ```markdown
/// This is **important**.
/// ```
pub(crate) fn raw_html(place: Place, html: &str) -> Diagnostic {
    let element = raw_html::element(html.trim_start_matches(['<', '/'])).to_ascii_lowercase();
    let instead = match element.as_str() {
        _ if html.contains("<!--") => {
            "put the note on a line of its own, from `<!--` to `-->`, and write the rest in Markdown"
        }
        "b" | "strong" => "write `**words**`",
        "i" | "em" | "u" => "write `*words*`",
        "s" | "del" | "strike" => "write `~~words~~`",
        "a" => "write `[words](address)`; for a place to link to, write `{#name}` behind a heading",
        "img" => "write `![what it shows](file.jpg)`",
        "br" => "take it out: an empty line begins a paragraph, and a `\\` at the end of a line begins a line",
        "hr" => "write `---` between two empty lines",
        "ul" | "ol" | "li" => "begin each line of the list with `- ` or `1. `",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write `## ` before the heading",
        "blockquote" => "begin each line with `> `",
        "code" | "kbd" | "tt" => "put it between backticks",
        "p" | "div" | "span" | "center" | "font" | "small" | "big" => {
            "take it out, and leave an empty line between paragraphs: how pages look is for the theme to say"
        }
        _ => "write it in Markdown, or write `\\<` if the character `<` is meant",
    };
    Diagnostic::error("raw-html", place, "there is HTML in the text").label("HTML").help(instead)
}

/// A comment begins and never ends.
///
/// It would hide the rest of the page.
///
/// Wrong:
/// ```markdown
/// <!-- to be written
/// ```
/// Right:
/// ```markdown
/// <!-- to be written -->
/// ```
pub(crate) fn open_comment(place: Place) -> Diagnostic {
    Diagnostic::error("open-comment", place, "this comment never ends, and hides all that follows")
        .help("write `-->` at its end")
}

/// A link leads to something that is neither a page nor a mail address nor a telephone number.
///
/// Links may begin with `https://`, `http://`, `mailto:` and `tel:`, or lead to something within the guide. All
/// else, such as `javascript:` or `data:`, could run as a program in the reader's browser.
///
/// Wrong:
/// ```markdown
/// [our friends](//friends.example)
/// ```
/// Right:
/// ```markdown
/// [our friends](https://friends.example)
/// ```
pub(crate) fn link_scheme(place: Place, scheme: Option<&str>) -> Diagnostic {
    // There is none in `//host`, and no host in `https:`.
    let Some(scheme) = scheme.map(short) else {
        let message = "this link to another site does not begin with `https://` and a name";
        return Diagnostic::error("link-scheme", place, message).help("write `https://` and the name of the site");
    };
    let message = match scheme.as_str() {
        "http" | "https" | "mailto" | "tel" => format!("`{scheme}:` is not written plainly here, or cannot stand here"),
        _ => format!("a link cannot begin with `{scheme}:`"),
    };
    Diagnostic::error("link-scheme", place, message)
        .help("links may begin with `https://`, `http://`, `mailto:` or `tel:`, or lead to a page of the guide")
}

/// A picture lies on another site.
///
/// Pages ask nobody but their own site for anything, so that nobody else learns who reads them; the picture would
/// not be shown. Put it beside the page. Mind whose picture it is.
///
/// Wrong:
/// ```markdown
/// ![A laid table](https://pictures.example/table.jpg)
/// ```
/// Right:
/// ```markdown
/// ![Two people on a bench](bench.jpg)
/// ```
pub(crate) fn external_image(place: Place) -> Diagnostic {
    Diagnostic::error("external-image", place, "this picture lies on another site")
        .help("put the picture beside the page and write its file name")
}

/// A link climbs out of the site's folder.
///
/// Each `../` goes one folder up, and these are more than there are.
///
/// Wrong:
/// ```markdown
/// [notes](../../../notes.md)
/// ```
/// Right:
/// ```markdown
/// [notes](../notes.md)
/// ```
pub(crate) fn link_outside(place: Place) -> Diagnostic {
    Diagnostic::error("link-outside", place, "this link leads out of the site's folder")
        .help("each `../` goes one folder up: take some away, or begin with `@/`, which is the content folder")
}

/// A link has words, but leads nowhere.
///
/// Wrong:
/// ```markdown
/// [ten minutes]()
/// ```
/// Right:
/// ```markdown
/// [ten minutes](ten-minutes.md)
/// ```
pub(crate) fn empty_link(place: Place) -> Diagnostic {
    Diagnostic::error("empty-link", place, "this link leads nowhere")
        .help("write between the round brackets where it leads, such as `ten-minutes.md`")
}

/// A link names a destination that is not written on the page.
///
/// `[words][name]` needs a line `[name]: destination`. Without it the brackets are shown as they are.
///
/// Wrong:
/// ```markdown
/// Try [ten minutes][ten].
/// ```
/// Right:
/// ```markdown
/// Try [ten minutes][ten].
///
/// [ten]: ten-minutes.md
/// ```
pub(crate) fn unknown_reference(place: Place, label: &str, nearest: Option<&str>) -> Diagnostic {
    let label = short(label);
    Diagnostic::warning("unknown-reference", place, format!("there is no line that says where `[{label}]` leads"))
        .label("shown as it is written")
        .suggest(nearest)
        .help(format!("add a line `[{label}]: destination`, or write `\\[` if the brackets are meant"))
}

/// A citation is not written as one.
///
/// A citation is one key with `@` before it, or several with `;` between them, in square brackets. Page numbers
/// and other words stand outside the brackets.
///
/// Wrong:
/// ```markdown
/// Listening calms [@kuhn2018 p. 3].
/// ```
/// Right:
/// ```markdown
/// Listening calms [@kuhn2018] (p. 3), as others found [@bodie2011; @itzchakov2018].
/// ```
pub(crate) fn citation_form(place: Place) -> Diagnostic {
    Diagnostic::error("citation-form", place, "this looks like a citation, but is not written like one")
        .label("neither `[@key]` nor `[@key; @other]`")
        .help("write only keys with `@` in the brackets, or `\\[` if no citation is meant")
}

/// A picture has no words for those who cannot see it.
///
/// They are read aloud, and shown where the picture cannot be.
///
/// Wrong:
/// ```markdown
/// ![](bench.jpg)
/// ```
/// Right:
/// ```markdown
/// ![Two people on a bench, turned to each other](bench.jpg)
/// ```
pub(crate) fn image_alt(place: Place) -> Diagnostic {
    Diagnostic::warning("image-alt", place, "this picture has no words for those who cannot see it")
        .help("say between the square brackets what it shows")
}

/// A callout has a name that is not known.
///
/// There are five: `NOTE`, `TIP`, `IMPORTANT`, `WARNING` and `CAUTION`. All else is shown as a quotation.
///
/// Wrong:
/// ```markdown
/// > [!HINT]
/// > Put the telephone away.
/// ```
/// Right:
/// ```markdown
/// > [!TIP]
/// > Put the telephone away.
/// ```
pub(crate) fn unknown_callout(place: Place, name: &str, nearest: Option<&str>) -> Diagnostic {
    Diagnostic::warning("unknown-callout", place, format!("there is no callout `{}`", short(name)))
        .label("shown as a quotation")
        .suggest(nearest)
        .help("write `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`")
}

/// Lists, quotations or emphasis stand within each other too often.
///
/// A hundred are shown; browsers lose their way in more. Look for a line of many `>`, `-` or `*`.
///
/// Wrong:
/// ```markdown
/// >>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> As she said.
/// ```
/// Right:
/// ```markdown
/// > > As she said.
/// ```
pub(crate) fn deep_nesting(place: Place) -> Diagnostic {
    Diagnostic::error(
        "deep-nesting",
        place,
        "more than a hundred lists, quotations or emphases stand within each other here",
    )
    .help("look for a line of many `>`, `-` or `*`, and take them away")
}

/// A page has more mistakes than are shown.
///
/// Mend those that are shown, and build again. If all that are left out are warnings, the site is published. If there seem
/// to be far too many, the file may be no Markdown at all.
///
/// Wrong:
/// ```markdown
/// [ten minutes]()
/// … (600 times)
/// ```
/// Right:
/// ```markdown
/// [ten minutes](ten-minutes.md)
/// ```
pub(crate) fn many_complaints(place: Place, left_out: usize, severity: Severity) -> Diagnostic {
    let complaint = match severity {
        Severity::Error => {
            Diagnostic::error("many-complaints", place, format!("there are {left_out} more mistakes in this file"))
        }
        Severity::Warning | Severity::Advice => {
            Diagnostic::warning("many-complaints", place, format!("there are {left_out} more warnings in this file"))
        }
    };
    complaint.help("mend those above and build again")
}

/// A name as it is repeated in a message: without characters that a terminal would obey, and not too long.
fn short(name: &str) -> String {
    let mut short: String =
        name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(LONGEST_NAME).collect();
    if name.chars().nth(LONGEST_NAME).is_some() {
        short.push('…');
    }
    short
}
