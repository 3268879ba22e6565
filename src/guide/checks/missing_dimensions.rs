//! A picture whose size is not known before it is loaded.

use crate::base::{Diagnostic, Place};
use crate::content::body::{LinkRole, Target};
use crate::guide::pictures::Picture;
use crate::guide::{Destination, Guide};

/// Asks every picture that a text shows.
pub(super) fn check(guide: &Guide, found: &mut Vec<Diagnostic>) {
    for entry in &guide.entries {
        for (link, destination) in entry.page.body.links.iter().zip(&entry.links) {
            let (LinkRole::Image, Destination::File(url)) = (link.role, destination) else { continue };
            let name = match &link.target {
                Target::File(path) => path.file_name(),
                _ => url.as_str(),
            };
            let place = Place::at(&entry.page.path, link.span);
            match guide.pictures.get(url) {
                Some(Picture::Sized(_)) => {}
                Some(Picture::Unsized) => found.push(missing_dimensions(place, name)),
                Some(Picture::Other) | None => found.push(not_a_picture(place, name)),
            }
        }
    }
}

/// A picture that does not say how large it is.
///
/// Each picture gets its width and height on the page, so that the text below does not jump when it is loaded. They are
/// read from the file. An SVG says them as `width` and `height` or as `viewBox`; where another picture does not, the file
/// is most likely cut off.
///
/// In both, `content/practices/keep-a-date.md` holds:
/// ```markdown
/// ![A bench](bench.svg)
/// ```
///
/// Wrong, in `content/practices/bench.svg`:
/// ```text
/// <svg xmlns="http://www.w3.org/2000/svg"><path d="M0 4h9"/></svg>
/// ```
/// Right, in `content/practices/bench.svg`:
/// ```text
/// <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 4h9"/></svg>
/// ```
fn missing_dimensions(place: Place, name: &str) -> Diagnostic {
    let complaint =
        Diagnostic::warning("missing-dimensions", place, format!("the size of the picture `{name}` cannot be read"));
    if name.to_lowercase().ends_with(".svg") {
        return complaint.help("give its first element a `viewBox`, such as `viewBox=\"0 0 640 480\"`");
    }
    complaint.help("open it in a program for pictures, and save it again")
}

/// A file that is shown as a picture and is none.
///
/// Pictures are PNG, JPEG, GIF, WebP, AVIF, BMP, ICO and SVG, whatever their names end with.
///
/// In both, `content/practices/list.txt` holds:
/// ```text
/// Candles, bread, an hour.
/// ```
///
/// Wrong, in `content/practices/keep-a-date.md`:
/// ```markdown
/// ![What to bring](list.txt)
/// ```
/// Right, in `content/practices/keep-a-date.md`:
/// ```markdown
/// [What to bring](list.txt)
/// ```
fn not_a_picture(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error("not-a-picture", place, format!("`{name}` is no picture that browsers can show"))
        .help("save it as PNG, JPEG, WebP or SVG; to offer a file for reading, write the link without `!`")
}
