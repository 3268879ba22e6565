//! A stable 128-bit, non-cryptographic digest of a whole value; kept in memory only.

use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// 128 bits made from a value: equal values have equal fingerprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of a value, from its derived [`Hash`].
    pub fn of<T: Hash + ?Sized>(value: &T) -> Self {
        let mut digest = Digest::default();
        value.hash(&mut digest);
        digest.fingerprint()
    }

    /// The fingerprint of raw bytes.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// All of it, in hexadecimal digits.
    #[must_use]
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }

    /// The first eight hexadecimal digits: short enough for a file name.
    #[must_use]
    pub fn short(self) -> String {
        self.hex()[..8].to_owned()
    }
}

/// Gathers what a fingerprint is made from. Many small pieces are digested at once, which is faster than one by one.
#[derive(Debug)]
pub struct Digest(Vec<u8>);

impl Default for Digest {
    fn default() -> Self {
        Self(Vec::with_capacity(1024))
    }
}

impl Digest {
    /// Forgets what was gathered, and keeps the room for more.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The fingerprint of all that was gathered.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_bytes(&self.0)
    }
}

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }
}
