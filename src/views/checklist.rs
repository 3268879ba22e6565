//! The checklist as templates see it: its items with what may help, all that can be suggested, and the data that scripts take the
//! rule and the code from; and the pages that show it in another form.

use serde_json::{Value, json};

use super::View;
use super::data::Writer;
use super::fields::PageFields;
use super::page::Subject;
use super::page_card::write_card_entries;
use super::plan::Planner;
use crate::base::{About, Digest, OutPath, UrlPath, slugify};
use crate::content::FieldValue;
use crate::guide::PageId;
use crate::guide::checklist::{Checklist, Item, Practice};
use crate::site::ChecklistRules;

/// The checklist in another form, in a folder below its page; made where the theme has the template.
#[derive(Debug, PartialEq, Eq)]
pub struct ChecklistPart {
    /// The template's file name.
    pub template: &'static str,
    /// The folder.
    pub folder: &'static str,
    /// What templates call its address.
    pub url_key: &'static str,
}

/// What may help with what, as a table. Every page knows where it is.
pub const MAP: ChecklistPart = ChecklistPart { template: "map.html", folder: "map", url_key: "map_url" };

/// All of these. Texts may link to them (`can_be_made` in `guide/links.rs`).
pub const CHECKLIST_PARTS: [ChecklistPart; 3] = [
    ChecklistPart { template: "print.html", folder: "sheet", url_key: "sheet_url" },
    ChecklistPart { template: "cards.html", folder: "cards", url_key: "cards_url" },
    MAP,
];

impl Planner<'_> {
    /// The other forms of the checklist.
    pub fn checklist_parts(&self) -> Vec<View> {
        let Some(id) = self.book().guide.special.checklist.filter(|_| self.context.site.checklist.is_some()) else {
            return Vec::new();
        };
        let page = self.book().page(id);
        let above = page.out.as_str().strip_suffix("index.html").unwrap_or_default();
        let mut digest = Digest::default();
        let view = |part: &'static ChecklistPart| {
            let out = OutPath::new(&format!("{above}{}/index.html", part.folder)).ok()?;
            let view = self.view(part.template, Subject::ChecklistPart(id, part), &mut digest);
            Some(View::page(out, About::file(&page.path), view))
        };
        CHECKLIST_PARTS.iter().filter(|part| self.has(part.template)).filter_map(view).collect()
    }

    /// What the page of such a form holds.
    pub fn write_checklist_part(&self, w: &mut impl Writer, id: PageId, part: &ChecklistPart) {
        let page = self.book().page(id);
        let url = UrlPath::new(&format!("{}{}/", page.url, part.folder));
        let section = Some(id);
        self.write_bare(w, page.title(), &url, section, |w| self.write_breadcrumbs(w, section));
        // Paper says when the checklist was last reviewed.
        let matter = &page.matter;
        w.key("date").maybe(matter.date.map(|date| date.to_string()).as_deref());
        w.key("updated").maybe(matter.updated.map(|date| date.to_string()).as_deref());
        w.key("reviewed").maybe(matter.reviewed.map(|date| date.to_string()).as_deref());
        w.key("noindex").flag(true);
    }

    /// The checklist, which stands beside a page.
    pub fn write_checklist(&self, w: &mut impl Writer, id: PageId) {
        let site = self.context.site;
        let Some((rules, checklist)) = site.checklist.as_ref().zip(Checklist::of(self.book(), site)) else { return };
        let href = self.listings.href(id);
        w.key("checklist").map(|w| {
            w.key("items").list(|w| checklist.items.iter().for_each(|item| self.write_item(w, rules, item)));
            w.key("suggested").list(|w| {
                (1..).zip(&checklist.practices).for_each(|(number, practice)| self.write_practice(w, number, practice));
            });
            w.key("people").count(checklist.people);
            w.key("answers").list(|w| rules.answers.iter().for_each(|answer| w.text(answer)));
            w.key("asks_wishes").flag(checklist.wishes > 0);
            w.key("wishes").count(checklist.wishes);
            w.key("rules").text(&data(&checklist, &site.title).to_string());
            w.key("url").text(href);
            for ChecklistPart { template, folder, url_key } in &CHECKLIST_PARTS {
                let url = self.has(template).then(|| format!("{href}{folder}/"));
                w.key(url_key).maybe(url.as_deref());
            }
        });
    }

    /// An item with what may help.
    fn write_item(&self, w: &mut impl Writer, rules: &ChecklistRules, item: &Item) {
        let page = self.book().page(item.page);
        let statement = page.field(&rules.statement, &self.context.site.rules);
        let side = self.book().relations(item.page).find(|(side, _)| side.name == rules.suggest);
        let edges = side.map_or(&[][..], |(_, edges)| edges);
        w.map(|w| {
            w.key("id").text(&item.id);
            w.key("statement").maybe(statement.and_then(FieldValue::as_text));
            self.listings.card(w.key("page"), item.page);
            w.key("suggestions").list(|w| {
                for (edge, lead) in edges.iter().zip(&item.leads) {
                    w.map(|w| {
                        self.listings.edge(w, *edge);
                        w.key("number").count(lead.practice + 1);
                    });
                }
            });
        });
    }

    /// The card of a page that can be suggested, with its number and what the rule knows of it.
    fn write_practice(&self, w: &mut impl Writer, number: usize, practice: &Practice) {
        let (page, href) = (self.book().page(practice.page), self.listings.href(practice.page));
        w.map(|w| {
            write_card_entries(w, page, &self.context.site.rules, href);
            PageFields::of_page(self, practice.page).write_care(w);
            w.key("excerpts").list(|w| {
                for excerpt in &page.body.excerpts {
                    w.map(|w| {
                        w.key("title").text(&excerpt.title);
                        w.key("html").safe(&self.fill_excerpt(practice.page, excerpt));
                    });
                }
            });
            w.key("number").count(number);
            match practice.time {
                Some(time) => w.key("time").number(time),
                None => w.key("time").none(),
            }
            w.key("both").flag(practice.needs_both);
        });
    }
}

/// What scripts take the rule and the code from; `title` is the guide's. No words stand in it.
fn data(checklist: &Checklist, title: &str) -> Value {
    let items = checklist.items.iter().map(|item| {
        let leads = item.leads.iter().map(|lead| json!([lead.practice, lead.weight]));
        json!({ "id": item.id, "leads": leads.collect::<Vec<_>>() })
    });
    let practices = checklist.practices.iter();
    let practices = practices.map(|one| json!({ "id": one.id, "time": one.time, "both": one.needs_both }));
    let order = checklist.order();
    json!({
        "guide": slugify(title),
        "version": checklist.version(),
        "length": checklist.code_length(),
        "people": checklist.people,
        "wishes": checklist.wishes,
        "items": items.collect::<Vec<_>>(),
        "options": practices.collect::<Vec<_>>(),
        "order": { "items": order.items, "options": order.practices },
    })
}
