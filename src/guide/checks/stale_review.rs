//! A page that nobody has looked at for too long.

use jiff::Span;
use jiff::civil::Date;

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic};
use crate::content::Matter;
use crate::site::Period;

/// Asks every page with a day, in a build that knows what day it is.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    let (Some(after), Some(today)) = (context.site.checks.review_after, context.sources.request.today) else { return };
    for page in context.book.pages {
        if let Some(last) = last_review(&page.matter).filter(|last| is_stale(last.day, after, today)) {
            found.push(stale_review(About::key(&page.path, last.key), last.day, today));
        }
    }
}

/// The day on which a page was last known to hold, and the key that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastReview {
    /// The day.
    pub day: Date,
    /// `reviewed`, else `updated`, else `date`.
    pub key: &'static str,
}

/// When a page was last looked at, if it says so.
#[must_use]
pub fn last_review(matter: &Matter) -> Option<LastReview> {
    let days = [("reviewed", matter.reviewed), ("updated", matter.updated), ("date", matter.date)];
    days.into_iter().find_map(|(key, day)| Some(LastReview { day: day?, key }))
}

/// Is a page that was last looked at on the day `last` to be looked at again?
#[must_use]
pub fn is_stale(last: Date, after: Period, today: Date) -> bool {
    let period = Span::new().months(after.months).days(after.days);
    last.checked_add(period).is_ok_and(|due| due < today)
}

/// A page that is due for a review.
fn stale_review(place: About, last: Date, today: Date) -> Complaint {
    Diagnostic::new(Code::StaleReview, place, format!("nobody has looked at this page since {last}"))
        .help(format!("make sure that all of it still holds, then write the day on which you did: `reviewed: {today}`"))
}
