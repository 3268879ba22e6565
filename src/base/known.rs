//! What is known of something that an author wrote.

use std::ops::Deref;

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

    /// What `change` makes of the value, if it was understood.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::Value(value) => Known::Value(change(value)),
            Self::Reported => Known::Reported,
        }
    }
}

impl<T> Known<Option<T>> {
    /// What is there, if it was understood and there is anything.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.value()?.as_ref()
    }
}

impl<T: Default> Default for Known<T> {
    fn default() -> Self {
        Self::Value(T::default())
    }
}

impl<T> From<Option<T>> for Known<T> {
    /// A value that was asked for: where there is none, that was complained of.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Reported, Self::Value)
    }
}

/// Several things that an author wrote: those that were understood. If others were complained of, nobody knows what is not
/// among them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KnownList<T> {
    understood: Box<[T]>,
    others: Known<()>,
}

impl<T> KnownList<T> {
    /// Those that were `understood`; and what is known of the `others`, if there are any.
    #[must_use]
    pub fn new(understood: Vec<T>, others: Known<()>) -> Self {
        Self { understood: understood.into(), others }
    }

    /// These, and others that were understood after them.
    #[must_use]
    pub fn followed_by(self, understood: impl IntoIterator<Item = T>) -> Self {
        Self { understood: self.understood.into_iter().chain(understood).collect(), ..self }
    }

    /// Things of which none is known.
    #[must_use]
    pub fn reported() -> Self {
        Self::new(Vec::new(), Known::Reported)
    }

    /// All of them, if all were understood. Only of these can be said that something is missing.
    #[must_use]
    pub fn whole(&self) -> Option<&[T]> {
        self.others.value().map(|()| &*self.understood)
    }
}

impl<T> Default for KnownList<T> {
    fn default() -> Self {
        Self::new(Vec::new(), Known::Value(()))
    }
}

impl<T> FromIterator<Known<T>> for KnownList<T> {
    fn from_iter<I: IntoIterator<Item = Known<T>>>(all: I) -> Self {
        let (mut understood, mut others) = (Vec::new(), Known::Value(()));
        for one in all {
            match one {
                Known::Value(value) => understood.push(value),
                Known::Reported => others = Known::Reported,
            }
        }
        Self::new(understood, others)
    }
}

impl<T> Deref for KnownList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.understood
    }
}

impl<'l, T> IntoIterator for &'l KnownList<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.understood.iter()
    }
}
