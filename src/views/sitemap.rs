//! `sitemap.xml` and `robots.txt`, for search engines.

use std::fmt::Write;

use crate::base::{UrlPath, escape_html};
use crate::guide::Book;
use crate::site::Site;

/// Every page that may be found, those that are `generated` among them, with the day of its last review, as the sitemaps protocol 0.9 writes it.
pub fn sitemap(book: Book, site: &Site, generated: &[UrlPath]) -> String {
    // Growing step by step would copy it again and again.
    let mut out = String::with_capacity(128 * (book.pages.len() + generated.len()));
    out.push_str(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let home = site.rules.base.home();
    let home = escape_html(home.trim_end_matches('/'));
    for (id, page, _) in book.iter() {
        if book.guide.special.not_found == Some(id) || page.held.is_some() {
            continue;
        }
        for part in ["<url><loc>", &home, &escape_html(page.url.as_str()), "</loc>"] {
            out.push_str(part);
        }
        if let Some(day) = page.matter.updated.or(page.matter.date) {
            let _ = write!(out, "<lastmod>{day}</lastmod>");
        }
        out.push_str("</url>\n");
    }
    for url in generated {
        let _ = writeln!(out, "<url><loc>{}</loc></url>", escape_html(&site.rules.base.permalink(url)));
    }
    out.push_str("</urlset>\n");
    out
}

/// Everything may be read; the map lies there.
pub fn robots(site: &Site) -> String {
    let map = site.rules.base.permalink(&UrlPath::new("/sitemap.xml"));
    format!("User-agent: *\nAllow: /\nSitemap: {map}\n")
}
