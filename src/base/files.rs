//! A finished site: its files by path.

use std::sync::Arc;

use super::OutPath;
use super::sorted::Sorted;

/// The files of a site, sorted by path. To clone them copies no bytes, and to change a clone a few paths at most.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files(Sorted<OutPath, Arc<[u8]>>);

impl Files {
    /// The files of a sorted list without doubles.
    #[must_use]
    pub fn from_sorted(files: Vec<(OutPath, Arc<[u8]>)>) -> Self {
        Self(Sorted::from_sorted(files))
    }

    /// The bytes of a file.
    #[must_use]
    pub fn get(&self, path: &OutPath) -> Option<&Arc<[u8]>> {
        self.0.get(path)
    }

    /// Puts a file in, in place of the one that stood there.
    pub fn insert(&mut self, path: OutPath, bytes: Arc<[u8]>) -> Option<Arc<[u8]>> {
        self.0.insert(path, bytes)
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &OutPath) -> Option<Arc<[u8]>> {
        self.0.remove(path)
    }

    /// All files, sorted by path.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&OutPath, &Arc<[u8]>)> {
        self.0.iter()
    }

    /// All paths, sorted.
    #[must_use]
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &OutPath> {
        self.0.iter().map(|(path, _)| path)
    }

    /// The files that `before` does not have, or has with other bytes, sorted by path.
    pub fn changed_since<'f>(&'f self, before: &'f Self) -> impl Iterator<Item = &'f OutPath> {
        let changed = self
            .0
            .apart_from(&before.0)
            .filter(|(_, bytes, former)| former.is_none_or(|former| !Arc::ptr_eq(former, bytes) && former != *bytes));
        changed.map(|(path, ..)| path)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.len() == 0
    }
}

impl Extend<(OutPath, Arc<[u8]>)> for Files {
    fn extend<T: IntoIterator<Item = (OutPath, Arc<[u8]>)>>(&mut self, files: T) {
        for (path, bytes) in files {
            self.insert(path, bytes);
        }
    }
}

impl FromIterator<(OutPath, Arc<[u8]>)> for Files {
    fn from_iter<T: IntoIterator<Item = (OutPath, Arc<[u8]>)>>(files: T) -> Self {
        let mut all = Self::default();
        all.extend(files);
        all
    }
}

impl IntoIterator for Files {
    type Item = (OutPath, Arc<[u8]>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        let files: Vec<_> = self.iter().map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).collect();
        files.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_changed_is_what_differs(edits in prop::collection::vec((0..300u16, any::<Option<bool>>()), 0..40)) {
            let path = |number: u16| OutPath::new(&format!("page-{number}.html")).expect("plain");
            let before: Files = (0..200).map(|number| (path(number), Arc::from([u8::from(number % 2 == 0)]))).collect();
            let mut after = before.clone();
            for (number, byte) in edits {
                match byte {
                    Some(byte) => drop(after.insert(path(number), Arc::from([u8::from(byte)]))),
                    None => drop(after.remove(&path(number))),
                }
            }
            let plain = after.iter().filter(|(path, bytes)| before.get(path) != Some(*bytes)).map(|(path, _)| path);
            prop_assert!(after.changed_since(&before).eq(plain));
        }
    }
}
