//! What is known of something that an author wrote.

/// Either a value, or the knowledge that it was complained of. Whoever meets `Reported` says nothing more of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Known<T> {
    /// It was understood.
    Value(T),
    /// It was not, and its author was told.
    Reported,
}

impl<T> Known<T> {
    /// The value, if it was understood.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// Was it complained of?
    #[must_use]
    pub fn is_reported(&self) -> bool {
        matches!(self, Self::Reported)
    }
}

impl<T> Known<Option<T>> {
    /// What is there, if it was understood and there is anything.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.value()?.as_ref()
    }
}
