//! `atom.xml`: the pages that changed last, as RFC 4287 writes them.

use std::fmt::Write;

use jiff::civil::Date;

use crate::base::{UrlPath, escape_html};
use crate::content::Page;
use crate::guide::Book;
use crate::site::Site;

/// The feed, if any page has a date.
pub fn feed(book: Book, site: &Site) -> Option<String> {
    let pages = latest(book, site.feed_limit);
    let newest = pages.first()?.1;
    let base = &site.rules.base;
    let (home, own) = (base.permalink(&UrlPath::new("/")), base.permalink(&UrlPath::new("/atom.xml")));
    let (home, own) = (escape_html(&home), escape_html(&own));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{home}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n<updated>{newest}T00:00:00Z</updated>\n\
         <author><name>{}</name></author>\n<generator>Betwixt</generator>\n",
        escape_html(&site.language),
        escape_html(&site.title),
        escape_html(&site.author),
    );
    for (page, updated) in pages {
        let address = base.permalink(&page.url);
        let address = escape_html(&address);
        let published = page.matter.date.unwrap_or(updated);
        let _ = write!(
            out,
            "<entry>\n<title>{}</title>\n<id>{address}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n\
             <published>{published}T00:00:00Z</published>\n<updated>{updated}T00:00:00Z</updated>\n<summary>{}</summary>\n</entry>\n",
            escape_html(page.title()),
            escape_html(&page.matter.description),
        );
    }
    out.push_str("</feed>\n");
    Some(out)
}

/// The dated pages, newest first; those of one day in the order of their paths.
fn latest(book: Book<'_>, limit: usize) -> Vec<(&Page, Date)> {
    let dated = |page: &Page| page.matter.updated.max(page.matter.date);
    let mut pages: Vec<(&Page, Date)> = book
        .iter()
        .filter(|(id, page, _)| book.guide.special.not_found != Some(*id) && page.held.is_none())
        .filter_map(|(_, page, _)| Some((page, dated(page)?)))
        .collect();
    let order = |a: &(&Page, Date), b: &(&Page, Date)| (b.1, &a.0.path).cmp(&(a.1, &b.0.path));
    if pages.len() > limit {
        pages.select_nth_unstable_by(limit, order);
        pages.truncate(limit);
    }
    pages.sort_by(order);
    pages
}
