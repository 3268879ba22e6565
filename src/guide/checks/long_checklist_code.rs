//! A checklist for two whose code nobody would type.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic};
use crate::guide::checklist::{Checklist, LONGEST};

/// Asks how long the code is by which two people compare on two devices.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let CheckContext { book, site, configuration, .. } = context;
    let Some((rules, checklist)) = site.checklist.as_ref().zip(Checklist::of(book, site)) else { return };
    let length = checklist.needed_length();
    if checklist.people == 2 && length > LONGEST {
        found.push(long_checklist_code(About::at(configuration, rules.items.span), length));
    }
}

/// Two people would have to type too many characters to compare what they noticed.
fn long_checklist_code(place: About, length: usize) -> Complaint {
    let message =
        format!("on two devices, this checklist takes a code of {length} characters, and {LONGEST} is the most");
    Diagnostic::new(Code::LongChecklistCode, place, message)
        .help("ask fewer lines, or fewer `wishes`; as it is, two people can compare on one device and on paper alone")
}
