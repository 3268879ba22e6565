//! A picture whose size is not known before it is loaded.

use super::CheckContext;
use crate::base::{About, Code, Complaint, Diagnostic, Subject};
use crate::content::body::{LinkRole, Target};
use crate::guide::Destination;
use crate::guide::pictures::Picture;

/// Asks every picture that a text shows.
pub(super) fn check(context: CheckContext, found: &mut Vec<Complaint>) {
    for (_, page, facts) in context.book.iter() {
        for (number, (link, destination)) in page.body.links.iter().zip(&facts.links).enumerate() {
            let (LinkRole::Image, Destination::File(url)) = (link.role, destination) else { continue };
            let name = match &link.target {
                Target::File(path) => path.file_name(),
                _ => url.as_str(),
            };
            let about = || About::part(&page.path, Subject::Link(number));
            match context.book.guide.pictures.get(url) {
                Some(Picture::Sized(_)) => {}
                Some(Picture::Unsized) => found.push(missing_dimensions(about(), name)),
                Some(Picture::Other) | None => found.push(not_a_picture(about(), name)),
            }
        }
    }
}

/// A picture that does not say how large it is.
fn missing_dimensions(place: About, name: &str) -> Complaint {
    let complaint =
        Diagnostic::new(Code::MissingDimensions, place, format!("the size of the picture `{name}` cannot be read"));
    if name.to_lowercase().ends_with(".svg") {
        return complaint.help("give its first element a `viewBox`, such as `viewBox=\"0 0 640 480\"`");
    }
    complaint.help("open it in a program for pictures, and save it again")
}

/// A file that is shown as a picture and is none.
fn not_a_picture(place: About, name: &str) -> Complaint {
    Diagnostic::new(Code::NotAPicture, place, format!("`{name}` is no picture that browsers can show"))
        .help("save it as PNG, JPEG, WebP or SVG; to offer a file for reading, write the link without `!`")
}
