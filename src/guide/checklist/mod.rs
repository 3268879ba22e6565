//! The checklist as data: its items, the pages that they lead to and how strongly, and what is known of these pages. What two
//! people may say to it, what is suggested to them (`rule.rs`), and how one tells the other (`code.rs`).
//!
//! Holds no words that readers see: titles, statements and reasons stand on the pages.

mod code;
mod rule;
#[cfg(test)]
mod tests;

use super::{Book, Edge, PageId};
use crate::base::slugify;
use crate::content::{FieldValue, Page};
use crate::site::{ChecklistRules, Site};

pub use code::{ALPHABET, LONGEST, Unread};
pub use rule::{MOST, Reason, Suggestion, suggest};

/// A checklist: all that its rule and its code depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// Its items, in the guide's order.
    pub items: Vec<Item>,
    /// The pages that may be suggested, in the guide's order.
    pub practices: Vec<Practice>,
    /// How many people fill it in: 1 or 2.
    pub people: usize,
    /// How many practices each may wish for; 0 if nobody is asked.
    pub wishes: usize,
}

/// A line of the checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its page.
    pub page: PageId,
    /// Its name, which stays when words or the guide's order change.
    pub id: Box<str>,
    /// The practices that it leads to, in the order of its page.
    pub leads: Vec<Lead>,
}

/// The way from an item to a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// The practice, by its index in [`Checklist::practices`].
    pub practice: usize,
    /// How strongly, from 1 to 3.
    pub weight: u8,
}

/// A page that may be suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// The page.
    pub page: PageId,
    /// Its name, like that of an item.
    pub id: Box<str>,
    /// How long it takes, in whatever the guide counts, if the page says so.
    pub time: Option<i64>,
    /// Whether it is suggested only if both wish for it.
    pub needs_both: bool,
}

/// What one person lets the other know. What was skipped or is kept back looks like what was not noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// How often each item was noticed, in the order of [`Checklist::items`].
    pub levels: Vec<Level>,
    /// Whether each practice is wished for, in the order of [`Checklist::practices`].
    pub wishes: Vec<bool>,
}

/// How often something was noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not at all, or nothing is said of it.
    Nothing,
    /// Now and then.
    Sometimes,
    /// Often.
    Often,
}

/// What two people agreed to see of each other's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// What both noticed, and what both wish for.
    Both,
    /// Everything that is not kept back.
    Everything,
}

/// Indices of items and practices sorted by their names' bytes: an order that outlives edits of words and of the guide's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Those of the items.
    pub items: Vec<usize>,
    /// Those of the practices.
    pub practices: Vec<usize>,
}

impl Checklist {
    /// The checklist of a guide, if it has one. A page whose statement could not be read is no item.
    #[must_use]
    pub fn of(book: Book, site: &Site) -> Option<Self> {
        let (rules, kinds) = (site.checklist.as_ref()?, &site.rules.kinds);
        let kind = kinds.iter().position(|kind| kind.name == rules.items.value)?;
        let to = &kinds[kind].relation(&rules.suggest)?.to;
        let suggested = pages_of(book, kinds.iter().position(|kind| kind.name == *to)?);
        let mut numbers = vec![None; book.pages.len()];
        suggested.iter().enumerate().for_each(|(number, page)| numbers[page.index()] = Some(number));
        let item = |page: PageId| {
            book.page(page).field(&rules.statement, &site.rules)?;
            let (_, edges) = book.relations(page).find(|(side, _)| side.name == rules.suggest)?;
            let practice = |edge: &Edge| numbers[edge.to.index()].expect("a relation leads to pages of its kind");
            let leads = edges.iter().map(|edge| Lead { practice: practice(edge), weight: edge.weight });
            Some(Item { page, id: id(book.page(page)), leads: leads.collect() })
        };
        Some(Self {
            items: pages_of(book, kind).into_iter().filter_map(item).collect(),
            practices: suggested.into_iter().map(|page| Practice::of(book, page, site, rules)).collect(),
            people: rules.people,
            wishes: rules.wishes,
        })
    }

    /// The order in which the code takes items and practices; those of one name follow the guide's order.
    #[must_use]
    pub fn order(&self) -> Order {
        let mut order =
            Order { items: (0..self.items.len()).collect(), practices: (0..self.practices.len()).collect() };
        order.items.sort_by_key(|index| &self.items[*index].id);
        order.practices.sort_by_key(|index| &self.practices[*index].id);
        order
    }
}

impl Level {
    /// Does the rule count it? It knows no more than that.
    #[must_use]
    pub fn is_noticed(self) -> bool {
        self > Self::Nothing
    }
}

impl Practice {
    fn of(book: Book, page: PageId, site: &Site, rules: &ChecklistRules) -> Self {
        let value = |name: &Option<Box<str>>| book.page(page).field(name.as_deref()?, &site.rules);
        let time = match value(&rules.time) {
            Some(FieldValue::Integer(time)) => Some(*time),
            _ => None,
        };
        let needs_both = value(&rules.only_if_both_wish) == Some(&FieldValue::Boolean(true));
        Self { page, id: id(book.page(page)), time, needs_both }
    }
}

/// The pages of a kind, in the guide's order.
fn pages_of(book: Book, kind: usize) -> Vec<PageId> {
    let mut ids: Vec<PageId> = book.iter().filter(|(_, page, _)| page.kind == Some(kind)).map(|(id, ..)| id).collect();
    ids.sort_by(|a, b| book.page(*a).order_key().cmp(&book.page(*b).order_key()));
    ids
}

/// The name of a page in the checklist: that of its file, so that it can be part of an `id` in HTML.
fn id(page: &Page) -> Box<str> {
    page.name.split('/').map(slugify).collect::<Vec<_>>().join("--").into()
}
