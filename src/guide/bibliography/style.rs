//! A style's name → something that writes out entries.
//!
//! Only what the list of sources needs is kept of a style: no numbering, no sorting, no citations in the text.

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::{
    Choose, IndependentStyle, LayoutRenderingElement, Locale, LocaleCode, Name, NamesChild, Style as CslStyle,
};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Entry};

use super::markup::{self, Written};

/// The language of last resort, which styles lean on too.
const AMERICAN: &str = "en-US";

/// Writes `[Kuh18]` beside a citation, but no list of sources.
const WITHOUT_LIST: &str = "alphanumeric";

/// A citation style in one language.
pub(super) struct Style {
    rules: IndependentStyle,
    language: LocaleCode,
    locales: Vec<Locale>,
}

/// The names by which styles are known, in the archive's order.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ArchivedStyle::all().iter().flat_map(|style| style.names()).copied().filter(|name| *name != WITHOUT_LIST)
}

impl Style {
    /// The style with this name in Hayagriva's archive, if it writes lists of sources.
    pub(super) fn named(name: &str, language: &str) -> Option<Self> {
        let archived = ArchivedStyle::by_name(name).filter(|_| name != WITHOUT_LIST)?;
        let CslStyle::Independent(style) = archived.get() else { return None };
        let code = nearest_locale(language);
        let mut locales: Vec<Locale> = locale(code).into_iter().collect();
        if code != AMERICAN {
            locales.extend(locale(AMERICAN));
        }
        Some(Self { rules: trimmed(style), language: LocaleCode(code.to_owned()), locales })
    }

    /// The style that stands in for an unknown one.
    pub(super) fn fallback(language: &str) -> Self {
        Self::named("apa", language).expect("the archive has had this style from its beginning")
    }

    /// The entry's line in the list of sources.
    ///
    /// A driver of its own for each entry: among others, styles would write a dash in place of an author named
    /// before, or `2010a`, and each page shows only some of the sources.
    pub(super) fn write(&self, entry: &Entry) -> Written {
        let mut driver = BibliographyDriver::new();
        let items = vec![CitationItem::with_entry(entry)];
        let language = Some(self.language.clone());
        driver.citation(CitationRequest::new(items, &self.rules, language.clone(), &self.locales, None));
        let request = BibliographyRequest::new(&self.rules, language, &self.locales);
        let list = driver.finish(request).bibliography.map(|list| list.items).unwrap_or_default();
        // The first field is the number in numeric styles; sources here are known by their keys.
        list.first().map(|item| markup::write(&item.content)).unwrap_or_default()
    }
}

/// The style without its citations, which take two thirds of the time, and with one fault of Hayagriva mended.
fn trimmed(mut style: IndependentStyle) -> IndependentStyle {
    style.citation.layout.elements.clear();
    style.citation.sort = None;
    style.citation.collapse = None;
    for part in &mut style.macros {
        name_names(&mut part.children);
    }
    if let Some(list) = &mut style.bibliography {
        list.sort = None;
        name_names(&mut list.layout.elements);
    }
    style
}

/// Puts in the `name` element that CSL implies.
///
/// Where a `names` element has other children but this one, Hayagriva 0.10.1 leaves the people out altogether:
/// `vancouver` would name no authors.
fn name_names(elements: &mut [LayoutRenderingElement]) {
    for element in elements {
        match element {
            LayoutRenderingElement::Names(names) if !names.children.iter().any(is_name) => {
                names.children.insert(0, NamesChild::Name(Name::default()));
            }
            LayoutRenderingElement::Group(group) => name_names(&mut group.children),
            LayoutRenderingElement::Choose(Choose { if_, else_if, otherwise }) => {
                name_names(&mut if_.children);
                for branch in else_if {
                    name_names(&mut branch.children);
                }
                if let Some(branch) = otherwise {
                    name_names(&mut branch.children);
                }
            }
            _ => {}
        }
    }
}

fn is_name(child: &NamesChild) -> bool {
    matches!(child, NamesChild::Name(_))
}

/// The code of the locale that serves `language` best.
fn nearest_locale(language: &str) -> &'static str {
    let known = |wanted: &str| codes().find(|code| code.eq_ignore_ascii_case(wanted));
    let base = language.split('-').next().unwrap_or_default();
    known(language)
        .or_else(|| known(&LocaleCode(base.to_lowercase()).fallback()?.0))
        .or_else(|| known(base))
        .unwrap_or(AMERICAN)
}

/// The archive's locale with this code. The others stay packed: to unpack all of them takes 45 ms.
fn locale(code: &str) -> Option<Locale> {
    let packed = LOCALES.iter().find(|packed| packed_code(packed) == Some(code))?;
    ciborium::from_reader(*packed).ok()
}

fn codes() -> impl Iterator<Item = &'static str> {
    LOCALES.iter().filter_map(|packed| packed_code(packed))
}

/// The code of a packed locale, which is its first value: a map's head, the field's name, a text of under 24 bytes.
fn packed_code(packed: &[u8]) -> Option<&str> {
    let (_map, rest) = packed.split_first()?;
    let (head, rest) = rest.strip_prefix(b"\x69@xml:lang")?.split_first()?;
    let length = usize::from(head.checked_sub(0x60).filter(|length| *length < 24)?);
    std::str::from_utf8(rest.get(..length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_that_is_offered_writes_lists() {
        for name in names() {
            let style = Style::named(name, AMERICAN).expect(name);
            assert!(style.rules.bibliography.is_some(), "{name}");
        }
        assert!(Style::named(WITHOUT_LIST, AMERICAN).is_none());
    }

    #[test]
    fn every_locale_has_a_code_and_unpacks() {
        assert_eq!(codes().count(), LOCALES.len());
        assert!(codes().all(|code| locale(code).is_some_and(|locale| locale.lang.is_some_and(|lang| lang.0 == code))));
    }

    #[test]
    fn a_language_finds_its_nearest_locale() {
        let found = ["en-US", "en-gb", "en", "de", "de-LU", "pt", "zh-Hant", "eu", "tlh", ""].map(nearest_locale);
        assert_eq!(found, ["en-US", "en-GB", "en-US", "de-DE", "de-DE", "pt-PT", "zh-CN", "eu", "en-US", "en-US"]);
    }
}
