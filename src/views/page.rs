//! A page as its template sees it: what it says itself, and what the guide adds.

use std::fmt::Write;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use tera::{Context, Map, Value};

use super::data::{Data, Shared};
use super::frame::Frame;
use crate::base::escape_html;
use crate::content::Page;
use crate::content::body::Piece;

/// One page through one template.
#[derive(Debug, Clone, Hash)]
pub struct PageView {
    /// The template's file name.
    pub template: Box<str>,
    /// Which line asked for the template, if the author named it; `None` if the page's kind chose it.
    pub own: Shared,
    /// The text, with its holes filled.
    pub body: Filling,
    /// What the guide knows of the page: relations, neighbours, sources.
    pub around: Vec<(&'static str, Data)>,
    /// What else stands beside `page` for this template.
    pub beside: Vec<(&'static str, Data)>,
}

/// A body and what goes into its holes.
#[derive(Debug, Clone)]
pub struct Filling {
    /// The page whose body it is.
    pub page: Arc<Page>,
    /// For each link of the body: the address without anchor, and the title of the page there.
    pub holes: Vec<(Arc<str>, Arc<str>)>,
}

impl Hash for Filling {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.page.fingerprint.hash(state);
        self.holes.hash(state);
    }
}

impl Filling {
    /// The finished HTML.
    #[must_use]
    pub fn html(&self) -> String {
        let length =
            self.page.body.pieces.iter().map(|piece| if let Piece::Html(html) = piece { html.len() } else { 48 }).sum();
        let mut out = String::with_capacity(length);
        for piece in &self.page.body.pieces {
            match piece {
                Piece::Html(html) => out.push_str(html),
                Piece::Title(link) => out.push_str(&escape_html(&self.holes[*link].1)),
                Piece::Address(link) => self.write_address(&mut out, *link),
            }
        }
        out
    }

    fn write_address(&self, out: &mut String, link: usize) {
        let address = &self.holes[link].0;
        let anchor = self.page.body.links[link].anchor.as_deref();
        let is_own =
            anchor.is_some() && matches!(self.page.body.links[link].target, crate::content::body::Target::Anchor);
        if !is_own {
            out.push_str(&escape_html(address));
        }
        if let Some(anchor) = anchor {
            let _ = write!(out, "#{}", escape_html(anchor));
        }
    }
}

impl PageView {
    /// What the template sees: `page`, what stands beside it, and nothing else but the frame.
    #[must_use]
    pub fn context(&self, frame: &Frame) -> Context {
        let mut page: Map = self.own.value().as_map().cloned().unwrap_or_default();
        for (name, data) in &self.around {
            page.insert((*name).into(), data.value());
        }
        page.insert("html".into(), Value::safe_string(&self.body.html()));
        page.insert("json_ld".into(), Value::safe_string(&frame.json_ld(&page)));
        let mut context = Context::new();
        for (name, data) in &self.beside {
            context.insert_value(*name, data.value());
        }
        context.insert_value("page", Value::from(page));
        context
    }
}
