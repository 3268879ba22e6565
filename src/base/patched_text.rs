//! A text that is mended step by step → the text, and where each of its bytes stands in the author's.

use std::ops::Range;

use super::{Diagnostic, Edit, Span};

/// A text that was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatchedText {
    text: String,
    /// Where each byte of the text stands in the author's, and where its end does.
    origins: Vec<usize>,
}

impl PatchedText {
    /// A text in which nothing is mended yet, and that begins at the byte `first` of the author's.
    #[must_use]
    pub fn new(text: String, first: usize) -> Self {
        let origins = (first..=first + text.len()).collect();
        Self { text, origins }
    }

    /// The text as it is.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of it stands in the author's.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let origin = |at: usize| self.origins.get(at).or(self.origins.last()).copied().unwrap_or(at);
        Span::new(origin(range.start), origin(range.end))
    }

    /// A complaint about it as one about the author's.
    #[must_use]
    pub fn traced(&self, mut complaint: Diagnostic) -> Diagnostic {
        let original = |span: &mut Span| *span = self.span(span.start..span.end);
        complaint.place.span.iter_mut().for_each(original);
        complaint.notes.iter_mut().flat_map(|note| &mut note.place.span).for_each(original);
        complaint.fix.iter_mut().map(|edit| &mut edit.span).for_each(original);
        complaint
    }

    /// Makes the edits; of two that overlap, the first.
    pub fn apply(&mut self, mut edits: Vec<Edit>) {
        edits.sort();
        let (mut text, mut origins) = (String::with_capacity(self.text.len()), Vec::with_capacity(self.origins.len()));
        let mut done = 0;
        for Edit { span, text: new } in edits.into_iter().filter(|edit| edit.span.end <= self.text.len()) {
            if span.start < done {
                continue;
            }
            text.push_str(&self.text[done..span.start]);
            origins.extend_from_slice(&self.origins[done..span.start]);
            text.push_str(&new);
            // What is taken out keeps its places, so that others in its line do not move.
            let is_as_long = new.len() == span.end - span.start;
            let is_place = |at: usize| is_as_long && self.text.is_char_boundary(at);
            let of_new = |i: usize| if is_place(span.start + i) { span.start + i } else { span.start };
            origins.extend((0..new.len()).map(|i| self.origins[of_new(i)]));
            done = span.end;
        }
        text.push_str(&self.text[done..]);
        origins.extend_from_slice(&self.origins[done..]);
        (self.text, self.origins) = (text, origins);
    }
}
