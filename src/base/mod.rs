//! Words that every room uses: places, paths, complaints, fingerprints and the sources themselves.
//!
//! Knows nothing of sites, pages or themes.

mod address;
mod characters;
mod code;
mod diagnostic;
mod files;
mod fingerprint;
mod finite;
mod key_path;
mod known;
pub mod media;
mod nearest;
mod patched_text;
mod path;
mod sorted;
mod sources;
mod spanned;
mod text;

pub use address::{Disguise, decode_bytes, decode_entities, disguise, is_mail_address, near_host, runs, scheme};
pub use characters::{Unseen, has_forbidden, is_blank, is_forbidden, is_harmful, is_stray, steers, unseen};
pub use code::{Code, Occasion};
pub use diagnostic::{About, Complaint, Diagnostic, Edit, Note, Place, Severity, Span, Subject, sort_and_dedup};
pub use files::Files;
pub use fingerprint::{Digest, Fingerprint};
pub use finite::Finite;
pub use key_path::{KeyPath, Step};
pub use known::{Known, KnownList};
pub use nearest::{nearest, same_but_for_case, surely};
pub use patched_text::PatchedText;
pub use path::{BadOutPath, OutPath, SourcePath, UrlPath, address_of, is_page};
pub(crate) use sorted::{Piece, Sorted};
pub(crate) use sources::SourcePiece;
pub use sources::{Drafts, Hosting, Request, Source, SourceContent, Sources, URL_LOCK};
pub use spanned::Spanned;
pub use text::{
    LineColumn, all_bytes, byte_at, capitalize, decode_path, encode_path, encode_query, escape_html, floor,
    in_backticks, in_quotes, line_column, line_start, nfc, quoted, read_truth, slugify, smart, sort_key,
};
