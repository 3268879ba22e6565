//! A finished site: its files by path.

use std::sync::Arc;

use super::OutPath;

/// The files of a site, sorted by path. To clone them copies no bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files(Vec<(OutPath, Arc<[u8]>)>);

impl Files {
    /// The files of a sorted list without doubles.
    #[must_use]
    pub fn from_sorted(files: Vec<(OutPath, Arc<[u8]>)>) -> Self {
        debug_assert!(files.windows(2).all(|pair| pair[0].0 < pair[1].0), "the list is sorted");
        Self(files)
    }

    /// The bytes of a file.
    #[must_use]
    pub fn get(&self, path: &OutPath) -> Option<&Arc<[u8]>> {
        let index = self.find(path).ok()?;
        Some(&self.0[index].1)
    }

    /// Puts a file in, in place of the one that stood there.
    pub fn insert(&mut self, path: OutPath, bytes: Arc<[u8]>) -> Option<Arc<[u8]>> {
        match self.find(&path) {
            Ok(index) => Some(std::mem::replace(&mut self.0[index].1, bytes)),
            Err(index) => {
                self.0.insert(index, (path, bytes));
                None
            }
        }
    }

    /// All files, sorted by path.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&OutPath, &Arc<[u8]>)> {
        self.0.iter().map(|(path, bytes)| (path, bytes))
    }

    /// All paths, sorted.
    #[must_use]
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &OutPath> {
        self.0.iter().map(|(path, _)| path)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn find(&self, path: &OutPath) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(path))
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
        self.0.into_iter()
    }
}
