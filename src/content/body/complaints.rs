//! What can be wrong in a page's text: one function for each code, whose comment is the code's page in the manual.

use super::raw_html;
use crate::base::{Code, Diagnostic, Edit, Place};

/// The longest name that is repeated in a message, in characters.
const LONGEST_NAME: usize = 60;

/// A character that cannot be seen stands in the text.
pub(crate) fn control_character(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ControlCharacter, place, "there is an invisible control character in the text")
        .label("invisible character")
        .help("delete it; if you cannot see it, type the line anew")
}

/// A heading in the text is as large as the page's title.
pub(crate) fn heading_one(place: Place) -> Diagnostic {
    Diagnostic::new(Code::HeadingOne, place, "the title is the page's first heading, and this one is as large")
        .label("a second title")
        .help("start at `##`")
}

/// A heading skips a level.
pub(crate) fn heading_skip(place: Place, deepest: u8) -> Diagnostic {
    let level = "#".repeat(usize::from(deepest));
    Diagnostic::new(Code::HeadingSkip, place, "this heading skips a level")
        .label("too deep")
        .help(format!("write `{level}` here, or put a heading of that level before it"))
}

/// Two headings of a page were given the same id.
pub(crate) fn duplicate_id(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, place, format!("the id `{}` is given twice on this page", short(id)))
        .label("the second time")
        .help("give one of the two headings another id")
        .note(first, "the first time")
}

/// A heading was given an id that is made by Betwixt itself.
pub(crate) fn reserved_id(place: Place, id: &str) -> Diagnostic {
    Diagnostic::new(Code::ReservedId, place, format!("the id `{}` is used by the page itself", short(id)))
        .help("give the heading another id")
}

/// A heading has something in its braces that is neither an id nor a class.
pub(crate) fn heading_attribute(place: Place, attribute: &str) -> Diagnostic {
    Diagnostic::new(Code::HeadingAttribute, place, format!("a heading cannot have `{}`", short(attribute)))
        .help("only `#id` and `.class` may stand in the braces; a class has letters, digits, `-` and `_`")
}

/// A footnote is written, but nothing in the text leads to it.
pub(crate) fn unused_footnote(place: Place, label: &str) -> Diagnostic {
    let label = short(label);
    Diagnostic::new(Code::UnusedFootnote, place, format!("nothing in the text leads to the footnote `{label}`"))
        .help(format!("write `[^{label}]` where it belongs, or delete it"))
}

/// The text leads to a footnote that is not there.
pub(crate) fn unknown_footnote(place: Place, label: &str, nearest: Option<&str>) -> Diagnostic {
    let label = short(label);
    Diagnostic::new(Code::UnknownFootnote, place, format!("there is no footnote `{label}`"))
        .label("not written yet")
        .suggest(nearest)
        .help(format!("write it on a line of its own: `[^{label}]: …`"))
}

/// Two footnotes have the same name.
pub(crate) fn duplicate_footnote(place: Place, label: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::DuplicateFootnote, place, format!("there are two footnotes `{}`", short(label)))
        .label("this one is never shown")
        .help("give one of the two another name")
        .note(first, "the first one")
}

/// The text holds HTML.
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
    Diagnostic::new(Code::RawHtml, place, "there is HTML in the text").label("HTML").help(instead)
}

/// A comment begins and never ends.
pub(crate) fn open_comment(place: Place) -> Diagnostic {
    Diagnostic::new(Code::OpenComment, place, "this comment never ends, and hides all that follows")
        .help("write `-->` at its end")
}

/// A link leads to something that is neither a page nor a mail address nor a telephone number.
pub(crate) fn link_scheme(place: Place, scheme: Option<&str>) -> Diagnostic {
    // There is none in `//host`, and no host in `https:`.
    let Some(scheme) = scheme.map(short) else {
        let message = "this link to another site does not begin with `https://` and a name";
        return Diagnostic::new(Code::LinkScheme, place, message).help("write `https://` and the name of the site");
    };
    let message = match scheme.as_str() {
        "http" | "https" | "mailto" | "tel" => format!("`{scheme}:` is not written plainly here, or cannot stand here"),
        _ => format!("a link cannot begin with `{scheme}:`"),
    };
    Diagnostic::new(Code::LinkScheme, place, message)
        .help("links may begin with `https://`, `http://`, `mailto:` or `tel:`, or lead to a page of the guide")
}

/// A link to a mail address that is none.
pub(crate) fn mail_address(place: Place) -> Diagnostic {
    Diagnostic::new(Code::MailAddress, place, "behind `mailto:` stands no mail address")
        .help("write the whole address, such as `mailto:anna@friends.example`")
}

/// A link leads to the reader's own computer or network.
pub(crate) fn near(place: Place, host: &str) -> Diagnostic {
    Diagnostic::new(Code::ExternalNear, place, format!("readers have no `{host}`, or another one"))
        .help("link to a page of the guide or of a public site; if it is meant, put its address into `skip` below `[external]`")
}

/// A cell of a table stands beyond its last column.
pub(crate) fn table_cell(place: Place, columns: usize) -> Diagnostic {
    let columns = if columns == 1 { "one column".to_owned() } else { format!("{columns} columns") };
    Diagnostic::new(Code::TableCell, place, format!("this table has {columns}, and what stands beyond is not shown"))
        .label("readers never see this")
        .help("add the column to the table's first two rows; or write `\\|` if the sign itself is meant")
}

/// A `|` ends a cell within a link or code.
pub(crate) fn parted_cell(place: Place, fix: Vec<Edit>) -> Diagnostic {
    Diagnostic::new(Code::TableCell, place, "a `|` ends the cell here, and takes this apart")
        .help("put a `\\` before the `|`")
        .fixes(fix)
}

/// A picture lies on another site.
pub(crate) fn external_image(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ExternalImage, place, "this picture lies on another site")
        .help("put the picture beside the page and write its file name")
}

/// A link climbs out of the site's folder.
pub(crate) fn link_outside(place: Place) -> Diagnostic {
    Diagnostic::new(Code::LinkOutside, place, "this link leads out of the site's folder")
        .help("each `../` goes one folder up: take some away, or begin with `@/`, which is the content folder")
}

/// A link has words, but leads nowhere.
pub(crate) fn empty_link(place: Place) -> Diagnostic {
    Diagnostic::new(Code::EmptyLink, place, "this link leads nowhere")
        .help("write between the round brackets where it leads, such as `other-page.md`")
}

/// A link names a destination that is not written on the page.
pub(crate) fn unknown_reference(place: Place, label: &str, nearest: Option<&str>) -> Diagnostic {
    let label = short(label);
    Diagnostic::new(Code::UnknownReference, place, format!("there is no line that says where `[{label}]` leads"))
        .label("shown as it is written")
        .suggest(nearest)
        .help(format!("add a line `[{label}]: destination`, or write `\\[` if the brackets are meant"))
}

/// A citation is not written as one.
pub(crate) fn citation_form(place: Place) -> Diagnostic {
    Diagnostic::new(Code::CitationForm, place, "this looks like a citation, but is not written like one")
        .label("neither `[@key]` nor `[@key; @other]`")
        .help("write only keys with `@` in the brackets, or `\\[` if no citation is meant")
}

/// A picture has no words for those who cannot see it.
pub(crate) fn image_alt(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ImageAlt, place, "this picture has no words for those who cannot see it")
        .help("say between the square brackets what it shows")
}

/// A callout has a name that is not known.
pub(crate) fn unknown_callout(place: Place, name: &str, nearest: Option<&str>) -> Diagnostic {
    Diagnostic::new(Code::UnknownCallout, place, format!("there is no callout `{}`", short(name)))
        .label("shown as a quotation")
        .suggest(nearest)
        .help("write `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`")
}

/// Lists, quotations or emphasis stand within each other too often.
pub(crate) fn deep_nesting(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::DeepNesting,
        place,
        "more than a hundred lists, quotations or emphases stand within each other here",
    )
    .help("look for a line of many `>`, `-` or `*`, and take them away")
}

/// A page has more mistakes of one kind than are shown.
pub(crate) fn more(code: Code, place: Place, left_out: usize) -> Diagnostic {
    Diagnostic::new(code, place, format!("there are {left_out} more like these in this file"))
        .help("mend those that are shown, and build again")
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
