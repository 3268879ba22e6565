//! A folder whose pages have the keys of a kind, though it is not the kind's.

use std::collections::BTreeSet;

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Subject};
use crate::site::Kind;

/// Asks every page that lies in no kind's folder; what is wrong with a folder is said once.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let mut told = BTreeSet::new();
    for page in context.book.pages {
        if let Some((kind, key)) = &page.matter.misplaced
            && told.insert((page.path.folder(), kind))
        {
            let about = About::part(&page.path, Subject::KeyName(key.clone()));
            found.push(wrong_folder(about, &context.site.rules.kinds[*kind]));
        }
    }
}

/// A page with the keys of a kind lies outside of the kind's folder.
fn wrong_folder(about: About, kind: &Kind) -> Complaint {
    let folder = about.path.folder();
    let message = format!("`{folder}` is not the folder of the {}, so pages in it cannot have their keys", kind.other);
    Diagnostic::new(Code::WrongFolder, about, message)
        .help(format!("move the pages to `content/{}`, or the folder out of `content`, if it is a copy", kind.folder))
}
