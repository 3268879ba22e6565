//! The pictures that other sites show beside a link to a page. No letters stand in them, so that one picture is for all pages of a kind
//! that have the same place in its order.

use std::collections::BTreeSet;

use super::data::Writer;
use super::page::Subject;
use super::plan::Planner;
use super::{View, complaints};
use crate::base::{About, Complaint, Digest, OutPath, UrlPath, encode_path};
use crate::content::Page;

/// The template of these pictures.
pub const SOCIAL_CARD_TEMPLATE: &str = "social-card.svg";

/// Their width and height in pixels, which the sites that show them agree on.
pub const SOCIAL_CARD_SIZE: (u16, u16) = (1200, 630);

/// The folder that they lie in.
const FOLDER: &str = "assets/social";

/// What templates call the kind of pages that are of none of the guide's own.
const PLAIN: &str = "page";

/// What a picture is drawn for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SocialCard {
    /// The kind of its pages, as templates name it.
    kind: Box<str>,
    /// Their place in the order of their kind, from 0, if it is one of the guide's own.
    order: Option<i64>,
}

impl SocialCard {
    /// The file; `None` if a kind's name is too long for one.
    fn out(&self) -> Option<OutPath> {
        let kind = &self.kind;
        // A name of its own before that of the kind, which could be one that some systems keep for themselves.
        let name = self.order.map_or_else(|| format!("of-{kind}"), |order| format!("of-{kind}/{order}"));
        OutPath::new(&format!("{FOLDER}/{name}.png")).ok()
    }
}

impl Planner<'_> {
    /// Are there such pictures?
    fn has_social_cards(&self) -> bool {
        self.context.site.social_cards && self.has(SOCIAL_CARD_TEMPLATE)
    }

    /// The picture of a page, or of what no page stands behind.
    fn social_card(&self, page: Option<&Page>) -> SocialCard {
        let kinds = &self.context.site.rules.kinds;
        let own = page.and_then(|page| Some((&kinds[page.kind?], page.matter.order)));
        match own.filter(|(kind, _)| !kind.is_plain()) {
            Some((kind, order)) => SocialCard { kind: kind.name.clone(), order: order.filter(|order| *order >= 0) },
            None => SocialCard { kind: PLAIN.into(), order: None },
        }
    }

    /// The pictures of all pages; complains if the theme cannot draw them.
    pub fn social_cards(&self, found: &mut Vec<Complaint>) -> Vec<View> {
        let context = self.context;
        if !self.has_social_cards() {
            if context.site.social_cards && !context.theme_manifest.is_broken {
                let (theme, place) = context.site.theme();
                found.push(complaints::no_template(
                    About::at(context.configuration, place),
                    theme,
                    SOCIAL_CARD_TEMPLATE,
                ));
            }
            return Vec::new();
        }
        let pages = self.book().pages.iter().map(|page| Some(&**page));
        let cards: BTreeSet<SocialCard> = pages.chain([None]).map(|page| self.social_card(page)).collect();
        let mut digest = Digest::default();
        let view = |card: SocialCard| {
            let out = card.out()?;
            let view = self.view(SOCIAL_CARD_TEMPLATE, Subject::SocialCard(card), &mut digest);
            Some(View::page(out, About::file(context.configuration), view))
        };
        cards.into_iter().filter_map(view).collect()
    }

    /// The picture of a page: its whole address, and its size; nothing where there is none.
    pub fn write_social_card(&self, w: &mut impl Writer, page: Option<&Page>) {
        let Some(out) = self.has_social_cards().then(|| self.social_card(page).out()).flatten() else {
            return w.key("social_card").none();
        };
        let url = UrlPath::new(&format!("/{}", encode_path(out.as_str())));
        w.key("social_card").map(|w| {
            w.key("url").text(&self.context.site.rules.base.permalink(&url));
            w.key("width").count(SOCIAL_CARD_SIZE.0.into());
            w.key("height").count(SOCIAL_CARD_SIZE.1.into());
        });
    }

    /// What the template of a picture sees of its pages.
    pub fn write_pictured(w: &mut impl Writer, card: &SocialCard) {
        w.key("kind").text(&card.kind);
        w.key("order").maybe_number(card.order);
    }
}
