//! What is shown, made ready for questions: the answer to each address, and what became different since.

use std::sync::Arc;

use axum::http::StatusCode;

use super::Preview;
use super::address::{Prefix, Resolved, resolve, resolve_former};
use super::page;
use super::problem_report::ProblemReport;
use crate::base::media::{is_loaded_by_pages, media_type};
use crate::base::{Files, Fingerprint, OutPath};
use crate::report::Problem;

/// One state of what is shown.
#[derive(Debug)]
pub(super) struct SiteState {
    files: Arc<Files>,
    prefix: Prefix,
    /// Where the site lay before: open pages are led from there to where they are.
    former: Vec<Prefix>,
    pub(super) problems: Arc<[Problem]>,
    /// Whether nothing was to be shown ever: the first build is not done.
    pub(super) is_beginning: bool,
    /// What browsers are told of the problems.
    pub(super) report: Arc<ProblemReport>,
    /// The page that takes the place of every file while there is none.
    bare: Option<Arc<[u8]>>,
    /// Stands for the files that pages load under addresses which stay the same: the server's run, and a count.
    pub(super) stamp: Stamp,
}

/// A state of the files that pages load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    run: Arc<str>,
    count: u64,
}

impl std::fmt::Display for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.run, self.count)
    }
}

/// What is sent for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// The media type.
    pub(super) media_type: &'static str,
    pub(super) bytes: Arc<[u8]>,
    /// Where the page is, if it is elsewhere.
    pub(super) location: Option<String>,
}

impl Answer {
    /// Stands for the bytes.
    pub(super) fn fingerprint(&self) -> String {
        Fingerprint::of_bytes(&self.bytes).short()
    }

    fn page(status: StatusCode, bytes: Arc<[u8]>) -> Self {
        Self { status, media_type: media_type("index.html"), bytes, location: None }
    }
}

impl SiteState {
    /// Nothing at all; `run` names this run of the server.
    pub(super) fn new(run: String) -> Self {
        Self { is_beginning: true, ..Self::of(Preview::default(), Stamp { run: run.into(), count: 0 }) }
    }

    /// What comes after this.
    pub(super) fn next(&self, preview: Preview) -> Self {
        let is_other = changed_files(&self.files, &preview.files).next().is_some();
        let count = self.stamp.count + u64::from(is_other);
        let mut next = Self::of(preview, Stamp { count, ..self.stamp.clone() });
        next.former.clone_from(&self.former);
        if !self.is_beginning && !next.former.contains(&self.prefix) {
            next.former.push(self.prefix.clone());
        }
        next
    }

    fn of(preview: Preview, stamp: Stamp) -> Self {
        let report = ProblemReport::new(&preview);
        Self {
            bare: preview.files.is_empty().then(|| page::write_problems_page(&report, &preview.problems).into()),
            prefix: Prefix::new(&preview.prefix),
            former: Vec::new(),
            files: preview.files,
            problems: preview.problems,
            is_beginning: false,
            report: Arc::new(report),
            stamp,
        }
    }

    /// What is sent for the path of a request.
    pub(super) fn answer(&self, address: &str) -> Answer {
        if let Some(bare) = &self.bare {
            return Answer::page(StatusCode::SERVICE_UNAVAILABLE, Arc::clone(bare));
        }
        let mut resolved = resolve(&self.files, &self.prefix, address);
        if resolved == Resolved::NotFound {
            let mut former = self.former.iter();
            let moved = former.find_map(|former| resolve_former(&self.files, former, &self.prefix, address));
            resolved = moved.map_or(Resolved::NotFound, Resolved::Redirect);
        }
        match resolved {
            Resolved::File(path, bytes) => {
                let media_type = media_type(path.as_str());
                Answer { status: StatusCode::OK, media_type, bytes: Arc::clone(bytes), location: None }
            }
            Resolved::Redirect(address) => Answer {
                location: Some(address),
                ..Answer::page(StatusCode::TEMPORARY_REDIRECT, page::write_redirect_page().as_bytes().into())
            },
            Resolved::NotFound => {
                let own = OutPath::new("404.html").ok().and_then(|path| self.files.get(&path).cloned());
                Answer::page(
                    StatusCode::NOT_FOUND,
                    own.unwrap_or_else(|| page::write_not_found_page().into_bytes().into()),
                )
            }
        }
    }

    /// The addresses of the files that pages load and that were different in `old`.
    pub(super) fn changed_since(&self, old: &Self) -> Vec<String> {
        changed_files(&old.files, &self.files).map(|path| self.prefix.address(path.as_str())).collect()
    }
}

/// The files in both sites, of those that pages load, whose bytes are different.
fn changed_files<'f>(old: &'f Files, new: &'f Files) -> impl Iterator<Item = &'f OutPath> {
    new.changed_since(old).filter(|path| is_loaded_by_pages(path.as_str()) && old.get(path).is_some())
}
