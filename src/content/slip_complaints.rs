//! What makes a front matter no YAML, or another than was meant.

use crate::base::{Code, Diagnostic, Edit, Place, SourcePath, Span, in_quotes};

/// The same key stands twice.
pub(crate) fn duplicate_key(path: &SourcePath, key: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, Place::at(path, second), format!("the key `{key}` stands here a second time"))
        .help("keep one of the two lines and delete the other")
        .note(Place::at(path, first), "here it stands first")
}

/// A line of the front matter is indented with a tab.
pub(crate) fn tab_indent(place: Place, cure: Option<Vec<Edit>>) -> Diagnostic {
    Diagnostic::new(Code::TabIndent, place, "this line begins with a tab, and only spaces may stand there")
        .help("put spaces in place of the tab: as many as the lines around it begin with")
        .fixes(cure.into_iter().flatten())
}

/// A line of the front matter is indented with something that only looks like a space.
pub(crate) fn odd_space(place: Place, cure: Option<Vec<Edit>>) -> Diagnostic {
    Diagnostic::new(Code::OddSpace, place, "this line begins with something that only looks like a space")
        .help("delete it, and type plain spaces with the space bar")
        .fixes(cure.into_iter().flatten())
}

/// A text with a colon in it needs quotes.
pub(crate) fn colon_in_text(place: Place, key: &str, value: &str) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    Diagnostic::new(Code::ColonInText, place, format!("the text of `{key}` holds a colon, so it needs quotes"))
        .help("put the text in straight quotes")
        .fix(span, in_quotes(value))
}

/// A text that begins with a sign that means something in a front matter.
pub(crate) fn sign_at_start(place: Place, value: &str) -> Diagnostic {
    let sign = value.chars().next().unwrap_or_default();
    let sign = if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") };
    let span = place.span.unwrap_or_default();
    Diagnostic::new(Code::SignAtStart, place, format!("a text that begins with {sign} needs quotes"))
        .help("put the text in straight quotes")
        .fix(span, in_quotes(value))
}

/// Another form of the same: what follows `!` would be taken for a name.
pub(crate) fn tagged_value(place: Place, tag: &str) -> Diagnostic {
    Diagnostic::new(Code::SignAtStart, place, format!("a text that begins with `!`, such as `{tag}`, needs quotes"))
        .help("put the whole text in straight quotes, or take the `!` out")
}

/// An `@` before the name of a source in the front matter.
pub(crate) fn sign_of_citation(place: Place, cure: Vec<Edit>) -> Diagnostic {
    Diagnostic::new(
        Code::SignAtStart,
        place,
        "`sources` takes names without an `@`; only in the text one stands before them",
    )
    .help("take the `@` away")
    .fixes(cure)
}

/// A text in quotes that holds the same quotes.
pub(crate) fn quote_in_quotes(place: Place, value: Span, mended: String) -> Diagnostic {
    Diagnostic::new(Code::QuoteInQuotes, place, "this quote ends the text, and more follows")
        .help("put quotes around the whole text, of the kind that it does not hold")
        .fix(value, mended)
}

/// Curly quotes around a text that needs straight ones.
pub(crate) fn curly_quotes(place: Place, bare: &str) -> Diagnostic {
    let span = place.span.unwrap_or_default();
    Diagnostic::new(Code::CurlyQuotes, place, "curly quotes are no quotes here, and this text needs quotes")
        .help("put the text in straight quotes")
        .fix(span, in_quotes(bare))
}

/// A key without a space after its colon.
pub(crate) fn space_after_colon(place: Place, colon: Span) -> Diagnostic {
    Diagnostic::new(Code::SpaceAfterColon, place, "a space is missing after the colon")
        .help("put a space after the colon")
        .fix(colon, ": ")
}

/// A line of the front matter has no colon.
pub(crate) fn no_colon(place: Place, first: &str, gap: Option<Span>) -> Diagnostic {
    let complaint = Diagnostic::new(Code::NoColon, place, "this line has no key with a colon after it");
    match gap {
        Some(gap) => complaint.help(format!("put a colon and a space after `{first}`")).fix(gap, ": "),
        None => complaint.help(
            "write a key, a colon, a space and a value, such as `title: We do not listen`; text for readers stands below the second `---`",
        ),
    }
}

/// An entry of a list that does not begin with a hyphen and a space.
pub(crate) fn list_mark(place: Place, cure: impl IntoIterator<Item = Edit>) -> Diagnostic {
    Diagnostic::new(Code::ListMark, place, "an entry of a list begins with a hyphen and a space, and this one does not")
        .help("begin each entry with `-` and a space")
        .fixes(cure)
}

/// An entry of a relation without the hyphen before its `to`.
pub(crate) fn no_hyphen(place: Place, cure: Vec<Edit>) -> Diagnostic {
    Diagnostic::new(Code::ListMark, place, "an entry begins here, and the hyphen before it is missing")
        .help("write `- to:`, with the hyphen in the column of the other hyphens")
        .fixes(cure)
}

/// An entry of a relation with a reason, and without `to:` before the name.
pub(crate) fn no_to(place: Place, name: &str, cure: Option<Edit>) -> Diagnostic {
    Diagnostic::new(Code::MissingTo, place, format!("`to:` is missing before `{name}`, as more follows below it"))
        .help(format!("write `- to: {name}`"))
        .fixes(cure)
}

/// A line that begins too far to the right or to the left.
pub(crate) fn wrong_indent(place: Place, cure: Vec<Edit>) -> Diagnostic {
    let help = match cure.first().map(|edit| edit.text.len()) {
        None => "begin it in the same column as the key above that it belongs with".to_owned(),
        Some(0) => "begin it at the beginning of the line, without a space".to_owned(),
        Some(1) => "begin it with one space".to_owned(),
        Some(spaces) => format!("begin it with {spaces} spaces"),
    };
    Diagnostic::new(Code::WrongIndent, place, "this line does not begin in the column of those it belongs with")
        .help(help)
        .fixes(cure)
}

/// A quote or bracket in the front matter that is opened and never closed.
pub(crate) fn unclosed(place: Place, opening: char, closing: char, cure: Option<[Edit; 1]>) -> Diagnostic {
    let what = if opening == closing { "quote" } else { "bracket" };
    Diagnostic::new(Code::Unclosed, place, format!("the {what} that opens here is never closed"))
        .help(format!("put a `{closing}` where it ends"))
        .fixes(cure.into_iter().flatten())
}

/// A key stands below the front matter.
pub(crate) fn key_below(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::KeyBelow, place, format!("`{key}` stands below the front matter, where it is only text"))
        .help("move the line above the `---` that ends the front matter")
}

/// The front matter cannot be read.
pub(crate) fn broken_front_matter(place: Place, message: &str) -> Diagnostic {
    let all = "write each line as a key, a colon, a space and a value; a text that holds other signs than letters is safe in straight quotes";
    let known = [
        ("recursion limit", "too many brackets or lists stand within each other", "write it without so many of them"),
        ("repetition limit", "this repeats itself too often", "write out what is meant, without `&` and `*`"),
        ("more than one document", "after a line `...` nothing is read", "take the line `...` out"),
        ("unknown anchor", "nothing has the name after `*`", "put a text that begins with `*` in straight quotes"),
        ("escape", "after a `\\` in double quotes only few letters may stand", "write `\\\\` where a `\\` is meant"),
        ("control characters", "an invisible character stands here", "delete it, or type the line anew"),
        ("quoted scalar", "this quotation never ends", "put the same quote at its end"),
        ("duplicate", "this stands twice", "keep one of the two"),
        ("flow", "a bracket is missing near here, or one is too many", all),
        ("block", "this line does not fit those above it", "begin it in the same column as those it belongs with"),
    ];
    let found = known.iter().find(|(words, ..)| message.contains(words));
    let (label, help) = found.map_or(("", all), |(_, label, help)| (*label, *help));
    Diagnostic::new(Code::BrokenFrontMatter, place, "the front matter cannot be read from here on")
        .label(label)
        .help(help)
}
