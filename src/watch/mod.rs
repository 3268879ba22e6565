//! Edits of the source folders → the same build again.
