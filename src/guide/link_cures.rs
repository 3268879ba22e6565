//! A name that leads nowhere → the page or file that was surely meant by it: moved, or written with other letters.
//!
//! A slip of the finger is not mended here: the wrong page would be worse than none.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::names::{Meaning, Names, wiki_names};
use super::renaming::{escape, relative};
use crate::base::{Edit, SourcePath, Span, decode_path, encode_path, slugify};
use crate::content::Page;
use crate::site::CONTENT;

/// A destination as it is written in a page's text. Edits are counted from its start.
#[derive(Clone, Copy)]
pub struct Written<'w> {
    /// The page's file.
    pub from: &'w SourcePath,
    /// What is written.
    pub destination: &'w str,
    /// Whether it stands in `<…>`.
    pub is_pointed: bool,
}

impl Written<'_> {
    /// The destination without what follows its `#` or `?`.
    fn path(&self) -> &str {
        self.destination.split(['#', '?']).next().unwrap_or_default()
    }

    /// Is it written out as the way to `target`?
    fn leads_to(&self, target: &SourcePath) -> bool {
        let decoded = decode_path(self.path());
        let whole = match decoded.strip_prefix("@/") {
            Some(below) => SourcePath::new(&format!("{CONTENT}/_")).join_relative(below),
            None => self.from.join_relative(&decoded),
        };
        whole.is_some_and(|whole| whole == *target)
    }

    /// The edit that makes it lead to `to`.
    fn towards(&self, to: &SourcePath) -> Edit {
        let is_from_top = self.path().starts_with("@/");
        let below = to.below(CONTENT).filter(|_| is_from_top);
        let way = below.map_or_else(|| relative(self.from.folder(), to.as_str()), |below| format!("@/{below}"));
        let way = if self.is_pointed { way.replace('%', "%25").replace('#', "%23") } else { escape(&way) };
        Edit { span: Span::new(0, self.path().len()), text: way }
    }

    /// The edit that writes `anchor` in the place of the one that stands there.
    pub fn with_anchor(&self, anchor: &str) -> Option<Edit> {
        let start = self.destination.find('#')? + 1;
        let end = self.destination[start..].find(['|', ']', ')']).map_or(self.destination.len(), |end| start + end);
        Some(Edit { span: Span::new(start, end), text: anchor.to_owned() })
    }

    /// The edit that writes `meant` in the place of the name `name`.
    pub fn with_name(&self, name: &str, meant: &str) -> Option<Edit> {
        let start = self.destination.find(name)?;
        Some(Edit { span: Span::new(start, start + name.len()), text: meant.to_owned() })
    }
}

/// What a page's file is known by wherever it lies: its plain name, or that of its folder.
fn plain_name(path: &str) -> (String, Option<&'static str>) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = folder.rsplit('/').next().unwrap_or_default();
    let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name);
    match stem {
        "_index" => (slugify(folder), Some("_index")),
        "index" => (slugify(folder), None),
        _ => (slugify(stem), None),
    }
}

/// Everything that a dead link may mean, by its plain name. It is gathered once, however many links are dead.
pub struct Meanings<'m> {
    pages: &'m [&'m Page],
    by_name: FxHashMap<(String, Option<&'static str>), Vec<&'m Page>>,
    wiki: FxHashMap<String, BTreeSet<&'m str>>,
    files: FxHashMap<String, Vec<&'m SourcePath>>,
}

impl<'m> Meanings<'m> {
    /// Of these pages and files.
    pub fn new(pages: &'m [&'m Page], files: impl Iterator<Item = &'m SourcePath>) -> Self {
        let mut meanings =
            Self { pages, by_name: FxHashMap::default(), wiki: FxHashMap::default(), files: FxHashMap::default() };
        for page in pages {
            meanings.by_name.entry(plain_name(page.path.as_str())).or_default().push(page);
            for name in wiki_names(page) {
                meanings.wiki.entry(slugify(name)).or_default().insert(name);
            }
        }
        for path in files.filter(|path| path.below(CONTENT).is_some()) {
            meanings.files.entry(path.file_name().to_lowercase()).or_default().push(path);
        }
        meanings
    }

    /// The edit that makes a link to `target`, which is not there, lead to the only page of that name.
    pub fn page(&self, written: Written, target: &SourcePath) -> Option<Edit> {
        if !written.leads_to(target) || target.below(CONTENT).is_none() {
            return None;
        }
        let name = plain_name(&target.as_str().replace('\\', "/"));
        let [to] = self.by_name.get(&name)?[..] else { return None };
        // Who names a folder that is there means a page of its kind, and no other that has the same name.
        let is_there = || self.pages.iter().any(|page| page.path.folder() == target.folder());
        let top = |path: &SourcePath| path.below(CONTENT).and_then(|below| Some(below.split_once('/')?.0.to_owned()));
        let is_another =
            written.destination.contains('/') && top(target).is_some() && top(target) != top(&to.path) && is_there();
        // A page that is not understood, such as one in the wrong folder, may have to move itself.
        (!name.0.is_empty() && to.matter.is_address_known() && !is_another).then(|| written.towards(&to.path))
    }

    /// The edit that makes a link to the file `target`, which is not there, lead to the only file of that name; or to the
    /// only page, if only its `.md` is missing.
    pub fn file(&self, written: Written, target: &SourcePath) -> Option<Edit> {
        if target.file_name().rsplit_once('.').is_none_or(|(_, end)| end == "html") {
            return self.at_address(written, target).or_else(|| self.page(written, target));
        }
        if !written.leads_to(target) {
            return None;
        }
        let wanted = target.as_str().replace('\\', "/").rsplit('/').next().unwrap_or_default().to_lowercase();
        let [to] = self.files.get(&wanted)?[..] else { return None };
        Some(written.towards(to))
    }

    /// The edit that names the file of the page to which `written` leads in a browser, as seen from the page's own address, if
    /// it leads to no other when it is read as the way to a file.
    fn at_address(&self, written: Written, target: &SourcePath) -> Option<Edit> {
        let own = self.pages.iter().find(|page| page.path == *written.from)?;
        let folder = SourcePath::new(&format!("{}_", own.url.as_str().trim_start_matches('/')));
        let url = format!("/{}/", encode_path(folder.join_relative(&decode_path(written.path()))?.as_str()));
        let to = self.pages.iter().find(|page| page.url.as_str() == url)?;
        let is_file = |page: &Page| page.path.as_str().strip_suffix(".md") == Some(target.as_str());
        let is_another = self.pages.iter().any(|page| is_file(page) && page.path != to.path);
        let is_plain = !written.path().starts_with(['@', '/']) && to.matter.is_address_known();
        (is_plain && !is_another).then(|| written.towards(&to.path))
    }

    /// The only name of a wiki link that is plainly the same as `name`.
    pub fn wiki(&self, name: &str) -> Option<&'m str> {
        let [whole, last] = plain_forms(name);
        let same = |form: &String| self.wiki.get(form).into_iter().flatten().copied();
        let others = (last != whole).then(|| same(&last)).into_iter().flatten();
        if whole.is_empty() { None } else { only(same(&whole).chain(others)) }
    }
}

/// Is this the end of a picture's or document's name, such as `2x.png`?
fn is_file(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "zip", "html"].contains(&&*ending)
}

/// What an address that was taken for a file surely is, and how it is written.
pub fn address(written: Written, names: &Names) -> Option<(Edit, &'static str)> {
    let destination = written.destination;
    let edit = |text: String| Edit { span: Span::WHOLE, text };
    let bare = destination.trim_matches(['“', '”', '„', '‘', '’']);
    if bare != destination && !bare.is_empty() {
        return Some((edit(bare.to_owned()), "write the address without quotes"));
    }
    let (path, anchor) = destination.split_at(written.path().len());
    let is_plain = !path.contains(|c: char| c.is_whitespace() || "<>()[]\\".contains(c));
    if is_plain && path.starts_with("www.") && path[4..].contains('.') {
        return Some((edit(format!("https://{destination}")), "write `https://` before the address of another site"));
    }
    if let Some((name, host)) = path.split_once('@').filter(|_| is_plain && !path.contains('/')) {
        let is_mail = !name.is_empty() && host.contains('.') && !host.contains('@') && !is_file(host);
        return is_mail.then(|| (edit(format!("mailto:{destination}")), "write `mailto:` before a mail address"));
    }
    let folder = SourcePath::new(&format!("{}/_", written.from.folder())).join_relative(path.strip_suffix('/')?)?;
    let is_page = |path: &SourcePath| matches!(names.path(path), Some(Meaning::Page(_)));
    let name =
        ["_index.md", "index.md"].into_iter().find(|name| is_page(&SourcePath::new(&format!("{folder}/{name}"))))?;
    Some((edit(format!("{path}{name}{anchor}")), "name the file of the folder's page"))
}

/// The only one of `names` that is plainly the same as `name`, such as `other-page` for `Other page` or
/// `folder/other-page.md`.
pub fn name<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let forms = plain_forms(name);
    if forms[0].is_empty() { None } else { only(names.filter(|known| forms.contains(&slugify(known)))) }
}

/// What a name is plainly: as a whole, and without its folders.
fn plain_forms(name: &str) -> [String; 2] {
    let bare = name.strip_suffix(".md").unwrap_or(name);
    [slugify(bare), slugify(bare.rsplit('/').next().unwrap_or_default())]
}

fn only<T>(mut several: impl Iterator<Item = T>) -> Option<T> {
    let first = several.next()?;
    several.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn ways_go_up_no_further_than_they_must() {
        assert_eq!(relative("content/signs", "content/practices/walking.md"), "../practices/walking.md");
        assert_eq!(relative("content", "content/signs/silence.md"), "signs/silence.md");
        assert_eq!(relative("content/signs", "content/signs/silence.md"), "silence.md");
        assert_eq!(relative("content/a/b", "content/_index.md"), "../../_index.md");
    }
}
