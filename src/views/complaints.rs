//! What can be wrong when files are planned.

use super::View;
use crate::base::{About, Code, Complaint, Diagnostic, OutPath, SourcePath, Spanned, in_backticks, nearest};

/// Two things would be published under one address.
pub(crate) fn same_address(place: About, out: &OutPath, first: &View) -> Complaint {
    let other = &first.origin.path;
    let message = if first.out == *out {
        format!("`{}` and `{other}` would both be published as `{out}`", place.path)
    } else {
        format!("macOS and Windows take the addresses of `{}` and `{other}` for one, `{out}`", place.path)
    };
    Diagnostic::new(Code::SameAddress, place, message)
        .help("give one of them another name, `slug` or alias")
        .note(first.origin.clone(), "this one has the address already")
}

/// A file would stand where another needs a folder.
pub(crate) fn file_and_folder(place: About, out: &OutPath, inside: &View) -> Complaint {
    let message = format!("`{out}` would be a file, and `{}` needs a folder of that name", inside.out);
    Diagnostic::new(Code::FileAndFolder, place, message)
        .help("give one of them another name")
        .note(inside.origin.clone(), "this one needs the folder")
}

/// A page asks for a template that the theme does not have.
pub(crate) fn unknown_template(place: About, wanted: &str, offered: &[&str], theme: &str) -> Complaint {
    Diagnostic::new(Code::UnknownTemplate, place, format!("the theme `{theme}` has no template `{wanted}`"))
        .suggest(nearest(wanted, offered.iter().copied()))
        .help(format!("take the line out, or name one of {}", list(offered)))
}

/// A page asks for a template that no page like it can be made with.
pub(crate) fn unfit_template(place: About, wanted: &str, offered: &[&str], theme: &str) -> Complaint {
    let message = format!("the template `{wanted}` of the theme `{theme}` is not for pages like this one");
    Diagnostic::new(Code::UnfitTemplate, place, message)
        .suggest(nearest(wanted, offered.iter().copied()))
        .help(format!("take the line out, or name one of {}", list(offered)))
}

fn list(names: &[&str]) -> String {
    in_backticks(names, ", ")
}

/// The theme lacks the template that every page can fall back on, or that the configuration asks for.
pub(crate) fn no_template(place: About, theme: &str, template: &str) -> Complaint {
    Diagnostic::new(Code::NoTemplate, place, format!("the theme `{theme}` has no template `{template}`"))
        .help(template_help(template))
}

/// A page has older addresses, and the theme has no template for them.
pub(crate) fn no_redirect_template(place: About, theme: &str) -> Complaint {
    Diagnostic::new(
        Code::NoRedirectTemplate,
        place,
        format!("the theme `{theme}` has no template `redirect.html` for `aliases`"),
    )
    .help(template_help("redirect.html"))
}

fn template_help(template: &str) -> String {
    format!("add `templates/{template}` to the theme, or let it extend one that has it: `extends = \"hearth\"`")
}

/// The configuration words anew what the theme does not say.
pub(crate) fn unknown_word(path: &SourcePath, name: &Spanned<Box<str>>, known: &[&str], theme: &str) -> Complaint {
    let message = format!("the theme `{theme}` has no word `{}`", name.value);
    let complaint = Diagnostic::new(Code::UnknownWord, About::at(path, name.span), message);
    match nearest(&name.value, known.iter().copied()) {
        Some(near) => complaint.suggest(Some(near)).help("write the name as the theme has it"),
        None => complaint.help("the names of its words stand in its `strings/en.toml`"),
    }
}

/// The configuration words anew what the theme says, with something that nobody fills in.
pub(crate) fn unknown_placeholder(
    path: &SourcePath,
    name: &Spanned<Box<str>>,
    placeholder: &str,
    known: &[&str],
) -> Complaint {
    let message = format!("nothing is filled in for `{{{placeholder}}}` in the word `{}`", name.value);
    let known: Vec<String> = known.iter().map(|known| format!("{{{known}}}")).collect();
    let help = if known.is_empty() {
        "write the word without it".to_owned()
    } else {
        format!("what is filled in here is {}", in_backticks(&known, ", "))
    };
    Diagnostic::new(Code::UnknownWord, About::at(path, name.span), message).help(help)
}

/// A kind asks for a colour or figure that the theme does not have.
pub(crate) fn unknown_accent(path: &SourcePath, accent: &Spanned<Box<str>>, known: &[&str], theme: &str) -> Complaint {
    let message = format!("the theme `{theme}` has no accent `{}`", accent.value);
    let complaint = Diagnostic::new(Code::UnknownAccent, About::at(path, accent.span), message);
    let help =
        if known.is_empty() { "it has none: take the line out".to_owned() } else { format!("it has {}", list(known)) };
    complaint.suggest(nearest(&accent.value, known.iter().copied())).help(help)
}
