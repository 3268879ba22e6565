//! A sorted map in pieces that its clones share: to change a clone copies one piece, and what two maps have in common is
//! seen by the addresses of their pieces.
//!
//! Where a piece begins is told by the key alone. So equal maps have equal pieces, however they came about.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

/// About how many entries a piece has.
const PIECE: u64 = 64;

/// A stretch of a map, sorted by key and never empty.
pub type Piece<K, V> = Arc<Vec<(K, V)>>;

/// A map, sorted by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted<K, V> {
    /// In order. Each begins with a key that begins pieces, save the first; no other key in them does.
    pieces: Vec<Piece<K, V>>,
    len: usize,
}

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self { pieces: Vec::new(), len: 0 }
    }
}

/// Does a piece begin with this key?
fn begins_piece(key: &impl AsRef<str>) -> bool {
    xxh3_64(key.as_ref().as_bytes()).is_multiple_of(PIECE)
}

impl<K: Ord + AsRef<str> + Clone, V: Clone> Sorted<K, V> {
    /// The map of a sorted list without doubles.
    pub fn from_sorted(entries: Vec<(K, V)>) -> Self {
        debug_assert!(entries.windows(2).all(|pair| pair[0].0 < pair[1].0), "the list is sorted");
        let len = entries.len();
        let mut pieces: Vec<Vec<(K, V)>> = Vec::new();
        for entry in entries {
            match pieces.last_mut() {
                Some(piece) if !begins_piece(&entry.0) => piece.push(entry),
                _ => pieces.push(vec![entry]),
            }
        }
        Self { pieces: pieces.into_iter().map(Arc::new).collect(), len }
    }

    /// The value of `key`.
    pub fn get(&self, key: &K) -> Option<&V> {
        let piece = self.pieces.get(self.piece_of(key))?;
        let index = find(piece, key).ok()?;
        Some(&piece[index].1)
    }

    /// Puts a value in, in place of the one that stood there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let at = self.piece_of(&key);
        let Some(piece) = self.pieces.get_mut(at) else {
            self.pieces.push(Arc::new(vec![(key, value)]));
            self.len = 1;
            return None;
        };
        let piece = Arc::make_mut(piece);
        let index = match find(piece, &key) {
            Ok(index) => return Some(std::mem::replace(&mut piece[index].1, value)),
            Err(index) => index,
        };
        piece.insert(index, (key, value));
        self.len += 1;
        // Before the first of all keys any other may stand; a key that begins pieces begins one wherever it stands.
        let cut = index.max(1);
        if cut < piece.len() && begins_piece(&piece[cut].0) {
            let rest = piece.split_off(cut);
            self.pieces.insert(at + 1, Arc::new(rest));
        }
        None
    }

    /// Takes an entry out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.piece_of(key);
        let piece = self.pieces.get_mut(at)?;
        let index = find(piece, key).ok()?;
        let piece = Arc::make_mut(piece);
        let (_, value) = piece.remove(index);
        self.len -= 1;
        if piece.is_empty() {
            self.pieces.remove(at);
        } else if index == 0 && at > 0 {
            // The key that began the piece is gone.
            let rest = self.pieces.remove(at);
            Arc::make_mut(&mut self.pieces[at - 1]).extend(Arc::unwrap_or_clone(rest));
        }
        Some(value)
    }

    /// All entries from `start` on, sorted.
    pub fn from<'s>(&'s self, start: &K) -> impl Iterator<Item = (&'s K, &'s V)> + use<'s, K, V> {
        let pieces = self.pieces.get(self.piece_of(start)..).unwrap_or_default();
        let skipped = pieces.first().map_or(0, |piece| find(piece, start).unwrap_or_else(|index| index));
        pieces.iter().flat_map(|piece| piece.iter()).skip(skipped).map(|(key, value)| (key, value))
    }

    /// The entries in pieces that `other` does not share, sorted, each with the value that it has there: all that differ are
    /// among them. A piece at the same address is not looked into.
    pub fn apart_from<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = (&'s K, &'s V, Option<&'s V>)> {
        let (mut own, mut foreign) = (Vec::new(), Vec::new());
        let mut others = other.pieces.iter().peekable();
        for piece in &self.pieces {
            // Both are sorted by their first keys.
            foreign.extend(std::iter::from_fn(|| {
                others.next_if(|other| !Arc::ptr_eq(other, piece) && other[0].0 < piece[0].0)
            }));
            if others.next_if(|other| Arc::ptr_eq(other, piece)).is_none() {
                own.push(piece);
            }
        }
        foreign.extend(others);
        let mut foreign = foreign.into_iter().flat_map(|piece| piece.iter()).peekable();
        own.into_iter().flat_map(|piece| piece.iter()).map(move |(key, value)| {
            while foreign.next_if(|(other, _)| other < key).is_some() {}
            (key, value, foreign.next_if(|(other, _)| other == key).map(|(_, value)| value))
        })
    }

    /// The index of the piece that has the key, or would have it.
    fn piece_of(&self, key: &K) -> usize {
        self.pieces.partition_point(|piece| piece[0].0 <= *key).saturating_sub(1)
    }
}

impl<K, V> Sorted<K, V> {
    /// All entries, sorted.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { pieces: self.pieces.iter(), entries: [].iter(), left: self.len }
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[Piece<K, V>] {
        &self.pieces
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.len
    }
}

fn find<K: Ord, V>(piece: &[(K, V)], key: &K) -> Result<usize, usize> {
    piece.binary_search_by(|(known, _)| known.cmp(key))
}

/// The entries of a map, sorted.
pub struct Iter<'s, K, V> {
    pieces: std::slice::Iter<'s, Piece<K, V>>,
    entries: std::slice::Iter<'s, (K, V)>,
    left: usize,
}

impl<'s, K, V> Iterator for Iter<'s, K, V> {
    type Item = (&'s K, &'s V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.entries.next() {
                self.left -= 1;
                return Some((key, value));
            }
            self.entries = self.pieces.next()?.iter();
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<K, V> ExactSizeIterator for Iter<'_, K, V> {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// The same entries by the shortest way.
    fn built(entries: &BTreeMap<String, u8>) -> Sorted<String, u8> {
        Sorted::from_sorted(entries.iter().map(|(key, value)| (key.clone(), *value)).collect())
    }

    proptest! {
        #[test]
        fn it_is_a_map_and_has_one_form(steps in prop::collection::vec((0..700u16, any::<u8>(), 0..3u8), 0..900)) {
            let mut plain = BTreeMap::new();
            let mut sorted = Sorted::default();
            for (key, value, step) in steps {
                let key = format!("page-{key}");
                if step == 0 {
                    prop_assert_eq!(sorted.remove(&key), plain.remove(&key));
                } else {
                    prop_assert_eq!(sorted.insert(key.clone(), value), plain.insert(key, value));
                }
            }
            prop_assert!(sorted.iter().eq(&plain));
            prop_assert_eq!(sorted.iter().len(), plain.len());
            prop_assert_eq!(&sorted, &built(&plain));
            for start in ["", "page-", "page-3", "page-355", "page-x", "q"].map(String::from) {
                prop_assert!(sorted.from(&start).eq(plain.range(start.clone()..)));
                prop_assert_eq!(sorted.get(&start), plain.get(&start));
            }
        }
    }

    #[test]
    fn a_change_leaves_the_clone_and_all_other_pieces_as_they_are() {
        let entries: BTreeMap<String, u8> = (0..1000).map(|key| (format!("page-{key}"), 1)).collect();
        let before = built(&entries);
        let mut after = before.clone();
        after.insert("page-500".to_owned(), 2);
        assert_eq!(before.get(&"page-500".to_owned()), Some(&1));
        assert!(before.pieces().len() > 4);
        let changed = before.pieces().iter().zip(after.pieces()).filter(|(a, b)| !Arc::ptr_eq(a, b)).count();
        assert_eq!(changed, 1);
    }
}
