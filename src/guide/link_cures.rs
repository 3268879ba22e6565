//! A name that leads nowhere → the page or file that was surely meant by it: moved, or written with other letters.
//!
//! A slip of the finger is not mended here: the wrong page would be worse than none.

use std::sync::Arc;

use super::renaming::{escape, relative};
use crate::base::{Edit, SourcePath, Span, decode_path, slugify};
use crate::content::Page;
use crate::site::CONTENT;

/// A destination as it is written in a page's text.
#[derive(Clone, Copy)]
pub struct Written<'w> {
    /// The page's file.
    pub from: &'w SourcePath,
    /// Its text.
    pub text: &'w str,
    /// Where the destination stands.
    pub span: Span,
}

impl Written<'_> {
    fn destination(&self) -> &str {
        self.text.get(self.span.start..self.span.end).unwrap_or_default()
    }

    /// The destination without what follows its `#` or `?`.
    fn path(&self) -> &str {
        self.destination().split(['#', '?']).next().unwrap_or_default()
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
        let is_pointed = self.text[..self.span.start].ends_with('<');
        let way = if is_pointed { way.replace('%', "%25").replace('#', "%23") } else { escape(&way) };
        Edit { span: Span::new(self.span.start, self.span.start + self.path().len()), text: way }
    }

    /// The edit that writes `anchor` in the place of the one that stands there.
    pub fn with_anchor(&self, anchor: &str) -> Option<Edit> {
        let destination = self.destination();
        let start = self.span.start + destination.find('#')? + 1;
        let length = destination[start - self.span.start..].find(['|', ']', ')']).unwrap_or(self.span.end - start);
        Some(Edit { span: Span::new(start, start + length), text: anchor.to_owned() })
    }

    /// The edit that writes `meant` in the place of the name `name`.
    pub fn with_name(&self, name: &str, meant: &str) -> Option<Edit> {
        let start = self.span.start + self.destination().find(name)?;
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

/// The edit that makes a link to `target`, which is not there, lead to the only page of that name.
pub fn page(written: Written, target: &SourcePath, pages: &[Arc<Page>]) -> Option<Edit> {
    if !written.leads_to(target) {
        return None;
    }
    let name = plain_name(&target.as_str().replace('\\', "/"));
    let to = only(pages.iter().filter(|page| plain_name(page.path.as_str()) == name))?;
    // Who names a folder that is there means a page of its kind, and no other that has the same name.
    let is_there = || pages.iter().any(|page| page.path.folder() == target.folder());
    let top = |path: &SourcePath| path.below(CONTENT).and_then(|below| Some(below.split_once('/')?.0.to_owned()));
    let is_another =
        written.destination().contains('/') && top(target).is_some() && top(target) != top(&to.path) && is_there();
    // A page that is not understood, such as one in the wrong folder, may have to move itself.
    (!name.0.is_empty() && to.matter.is_whole && !is_another).then(|| written.towards(&to.path))
}

/// Is this the end of a picture's or document's name, such as `2x.png`?
fn is_file(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "zip", "html"].contains(&&*ending)
}

/// What an address that was taken for a file surely is, and how it is written.
pub fn address(written: Written, pages: &[Arc<Page>]) -> Option<(Edit, &'static str)> {
    let destination = written.destination();
    let edit = |text: String| Edit { span: written.span, text };
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
    let name = ["_index.md", "index.md"].into_iter().find(|name| {
        let index = format!("{folder}/{name}");
        pages.iter().any(|page| page.path.as_str() == index)
    })?;
    Some((edit(format!("{path}{name}{anchor}")), "name the file of the folder's page"))
}

/// The edit that makes a link to the file `target`, which is not there, lead to the only file of that name; or to the only
/// page, if only its `.md` is missing.
pub fn file<'f>(
    written: Written,
    target: &SourcePath,
    pages: &[Arc<Page>],
    mut files: impl Iterator<Item = &'f SourcePath>,
) -> Option<Edit> {
    let name = target.file_name();
    if name.rsplit_once('.').is_none_or(|(_, end)| end == "html") {
        return page(written, target, pages);
    }
    if !written.leads_to(target) {
        return None;
    }
    let wanted = target.as_str().replace('\\', "/").rsplit('/').next().unwrap_or_default().to_lowercase();
    let is_meant = |path: &&SourcePath| path.below(CONTENT).is_some() && path.file_name().to_lowercase() == wanted;
    let to = only(files.by_ref().filter(is_meant))?;
    Some(written.towards(to))
}

/// The only one of `names` that is plainly the same as `name`, such as `ten-minutes` for `Ten minutes` or
/// `practices/ten-minutes.md`.
pub fn name<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let bare = name.strip_suffix(".md").unwrap_or(name);
    let whole = slugify(bare);
    let last = slugify(bare.rsplit('/').next().unwrap_or_default());
    only(names.filter(|known| [&whole, &last].contains(&&slugify(known)) && !whole.is_empty()))
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
