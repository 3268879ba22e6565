//! A file's name → what it is, in words that browsers know.

/// What a file is when nothing better is known: nothing that a browser would run.
const UNKNOWN: &str = "application/octet-stream";

/// The media type of each ending, sorted by ending.
const TYPES: [(&str, &str); 43] = [
    ("apng", "image/apng"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("avif", "image/avif"),
    ("bib", "text/plain; charset=utf-8"),
    ("bmp", "image/bmp"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("epub", "application/epub+zip"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("jxl", "image/jxl"),
    ("m4a", "audio/mp4"),
    ("map", "application/json; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("ogv", "video/ogg"),
    ("opus", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml; charset=utf-8"),
];

/// The media type of a file, by the ending of its name.
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    TYPES.binary_search_by(|(known, _)| (*known).cmp(&ending)).map_or(UNKNOWN, |at| TYPES[at].1)
}

/// The same without what is said of its letters.
#[must_use]
pub fn bare_media_type(path: &str) -> &'static str {
    media_type(path).split(';').next().unwrap_or_default()
}

/// Is this the media type of a page?
#[must_use]
pub fn is_page_type(media_type: &str) -> bool {
    media_type.starts_with("text/html")
}

/// Can a page show or run this file, so that an open page must load it again when it changes?
#[must_use]
pub fn is_loaded_by_pages(path: &str) -> bool {
    let kinds = ["image/", "audio/", "video/", "text/css", "text/javascript"];
    kinds.iter().any(|kind| media_type(path).starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_sorted_and_found() {
        assert!(TYPES.is_sorted());
        assert_eq!(media_type("signs/listening/index.HTML"), "text/html; charset=utf-8");
        assert_eq!(media_type("atom.xml"), "application/xml; charset=utf-8");
        assert_eq!(media_type("a.sh"), UNKNOWN);
        assert_eq!(media_type("CNAME"), UNKNOWN);
    }
}
