//! A picture whose size is not known before it is loaded.

use crate::base::{Code, Diagnostic, Place};
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
fn missing_dimensions(place: Place, name: &str) -> Diagnostic {
    let complaint =
        Diagnostic::new(Code::MissingDimensions, place, format!("the size of the picture `{name}` cannot be read"));
    if name.to_lowercase().ends_with(".svg") {
        return complaint.help("give its first element a `viewBox`, such as `viewBox=\"0 0 640 480\"`");
    }
    complaint.help("open it in a program for pictures, and save it again")
}

/// A file that is shown as a picture and is none.
fn not_a_picture(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::NotAPicture, place, format!("`{name}` is no picture that browsers can show"))
        .help("save it as PNG, JPEG, WebP or SVG; to offer a file for reading, write the link without `!`")
}
