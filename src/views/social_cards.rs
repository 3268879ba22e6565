//! The pictures that other sites show beside a link to a page. No letters stand in them, so that one picture is for all pages of a kind
//! that have the same place in its order.

use std::collections::BTreeSet;

use super::data::Writer;
use super::page::Subject;
use super::plan::Planner;
use super::{View, complaints};
use crate::base::{About, Complaint, Digest, OutPath, SOCIAL_FOLDER, UrlPath, encode_path};
use crate::content::Page;

/// The template of these pictures.
pub const SOCIAL_CARD_TEMPLATE: &str = "social-card.svg";

/// Their width and height in pixels, which the sites that show them agree on.
pub const SOCIAL_CARD_SIZE: (u16, u16) = (1200, 630);

/// What a picture is drawn for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SocialCard {
    /// The kind of its pages, as templates name it.
    kind: Box<str>,
    /// Their place in the order of their kind, if it is one of the guide's own.
    order: Option<i64>,
}

impl SocialCard {
    /// The file.
    fn out(&self) -> OutPath {
        let order = self.order.map_or_else(String::new, |order| format!("-{order}"));
        OutPath::new(&format!("{SOCIAL_FOLDER}{}{order}.png", self.kind)).expect("kinds have plain names")
    }
}

impl Planner<'_> {
    /// Are there such pictures?
    fn has_social_cards(&self) -> bool {
        self.context.site.social_cards && self.has(SOCIAL_CARD_TEMPLATE)
    }

    /// The picture of a page, or of what no page stands behind.
    fn social_card(&self, page: Option<&Page>) -> SocialCard {
        let Some(page) = page else { return SocialCard { kind: "page".into(), order: None } };
        let rules = &self.context.site.rules;
        let own = page.kind.filter(|kind| !rules.kinds[*kind].is_plain());
        SocialCard { kind: page.kind_name(rules).into(), order: own.and(page.matter.order) }
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
            let out = card.out();
            let view = self.view(SOCIAL_CARD_TEMPLATE, Subject::SocialCard(card), &mut digest);
            View::page(out, About::file(context.configuration), view)
        };
        cards.into_iter().map(view).collect()
    }

    /// Where the picture of a page is found, as a whole address; nothing where there is none.
    pub fn write_social_card(&self, w: &mut impl Writer, page: Option<&Page>) {
        let address = self.has_social_cards().then(|| {
            let url = UrlPath::new(&format!("/{}", encode_path(self.social_card(page).out().as_str())));
            self.context.site.rules.base.permalink(&url)
        });
        w.key("social_card").maybe(address.as_deref());
    }

    /// What the template of a picture sees of its pages.
    pub fn write_pictured(w: &mut impl Writer, card: &SocialCard) {
        w.key("kind").text(&card.kind);
        match card.order {
            Some(order) => w.key("order").number(order),
            None => w.key("order").none(),
        }
    }
}
