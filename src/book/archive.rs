//! Files → one archive, in the order in which e-books want them; the same files give the same bytes.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What the first file of an e-book says, by which it is known.
const MEDIA_TYPE: &[u8] = b"application/epub+zip";

/// The archive of these files, after the one that says what it is.
pub fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let first = ("mimetype".to_owned(), MEDIA_TYPE.to_vec());
    for (name, bytes) in std::iter::once(&first).chain(files) {
        // Readers look for the first one's bytes at a fixed place. No file has a time of its own.
        let method = if *name == first.0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        let written = archive.start_file(name.as_str(), options).map(|()| archive.write_all(bytes));
        assert!(
            matches!(written, Ok(Ok(()))),
            "memory takes what is written, and the names are short and all different"
        );
    }
    archive.finish().expect("memory takes what is written").into_inner()
}
