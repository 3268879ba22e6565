//! A stable 128-bit, non-cryptographic digest of a whole value; kept in memory only.

use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// 128 bits that stand for a value: equal values have equal fingerprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of a value, from its derived [`Hash`].
    pub fn of<T: Hash + ?Sized>(value: &T) -> Self {
        let mut hasher = Feed(Xxh3::new());
        value.hash(&mut hasher);
        Self(hasher.0.digest128())
    }

    /// The fingerprint of raw bytes.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The first eight hexadecimal digits: short enough for a file name.
    #[must_use]
    pub fn short(self) -> String {
        format!("{:032x}", self.0)[..8].to_owned()
    }
}

/// Feeds derived hashes into the 128-bit digest.
struct Feed(Xxh3);

impl Hasher for Feed {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.digest()
    }
}
