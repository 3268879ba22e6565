//! Rounds of builds → what is shown: the newest sources, but each broken file as it was when it was last whole.
//!
//! So whatever is shown is what a build gives of some sources: a page that is broken stands as it stood, and an edit of
//! another page is seen all the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Preview;
use crate::base::{Files, Source, SourcePath, Sources};
use crate::disk::Changes;
use crate::pipeline::Built;
use crate::report;

/// What was whole when it was last seen.
#[derive(Debug, Default)]
pub struct PreviewBuilder {
    /// The sources with errors in the last round.
    broken: BTreeSet<SourcePath>,
    /// What those of them were that once had none.
    whole: BTreeMap<SourcePath, Source>,
    /// What was last shown, and below which folder of the address.
    files: Arc<Files>,
    folder: Box<str>,
}

impl PreviewBuilder {
    /// Nothing was seen yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What to show after a build of `sources`. `changes` are the sources that differ from those of the build before.
    pub fn show(
        &mut self,
        built: &Built,
        changes: &Changes,
        sources: &Sources,
        build_site: &mut dyn FnMut(&Sources) -> Built,
    ) -> Preview {
        for (path, before) in changes {
            if let Some(before) = before.as_ref().filter(|_| !self.broken.contains(path)) {
                self.whole.insert(path.clone(), before.clone());
            }
        }
        let errors = built.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        self.broken = errors.map(|diagnostic| diagnostic.place.path.clone()).collect();
        self.whole.retain(|path, _| self.broken.contains(path));
        let patched = (!self.whole.is_empty()).then(|| {
            let mut patched = sources.clone();
            for (path, source) in &self.whole {
                patched.insert(path.clone(), source.clone());
            }
            build_site(&patched)
        });
        let shown = patched.as_ref().unwrap_or(built);
        // Where the configuration or the theme is broken there is nothing new to show.
        let is_old = patched.is_some() || shown.files.is_empty() || !shown.failed.is_empty();
        if !shown.files.is_empty() {
            let mut files = Arc::clone(&shown.files);
            // What a new template fails to render stands as it stood.
            for path in &shown.failed {
                if let Some(bytes) = self.files.get(path) {
                    Arc::make_mut(&mut files).insert(path.clone(), Arc::clone(bytes));
                }
            }
            self.files = files;
            self.folder.clone_from(&shown.folder);
        }
        Preview {
            files: Arc::clone(&self.files),
            prefix: format!("{}/", self.folder),
            problems: report::problems(&built.diagnostics, sources).into(),
            is_old,
        }
    }
}

#[cfg(test)]
mod tests;
