//! Words that every room uses: places, paths, complaints, fingerprints and the sources themselves.
//!
//! Knows nothing of sites, pages or themes.

mod diagnostic;
mod fingerprint;
mod nearest;
mod path;
mod sources;
mod text;

pub use diagnostic::{Diagnostic, Note, Place, Severity, Span, sort_and_dedup};
pub use fingerprint::Fingerprint;
pub use nearest::nearest;
pub use path::{BadOutPath, OutPath, SourcePath, UrlPath};
pub use sources::{Drafts, Request, Source, SourceContent, Sources};
pub use text::{
    LineColumn, decode_path, encode_path, escape_html, has_control, line_column, quoted, slugify, smart, sort_key,
};
