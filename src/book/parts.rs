//! The parts of a bound page that an e-book is made of: elements of these ids, and the chapters.

/// The cover.
pub const COVER: &str = "book--cover";
/// The contents: of them the e-book takes the heading alone.
pub const CONTENTS: &str = "book--contents";
/// The sources.
pub const SOURCES: &str = "book--sources";
