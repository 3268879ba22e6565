//! The pictures that texts show → how large they are, read from the first bytes of each file.

use std::collections::BTreeMap;

use imagesize::{ImageError, ImageType, blob_size, image_type};
use roxmltree::Node;

use super::{Destination, PublishedFile};
use crate::base::{Sources, UrlPath};
use crate::content::Page;
use crate::content::body::LinkRole;
use crate::syntax::xml;

/// What a file turned out to be that a text shows as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// A picture of this size.
    Sized(Size),
    /// A picture whose size cannot be read.
    Unsized,
    /// No picture.
    Other,
}

/// How large a picture is, in its own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: usize,
    /// From top to bottom.
    pub height: usize,
}

/// The files that texts show as pictures, by address.
pub(super) fn measure(
    pages: &[&Page],
    links: &[Vec<Destination>],
    files: &[PublishedFile],
    sources: &Sources,
) -> BTreeMap<UrlPath, Picture> {
    let mut pictures = BTreeMap::new();
    let shown = pages.iter().zip(links).flat_map(|(page, links)| page.body.links.iter().zip(links));
    for (_, destination) in shown.filter(|(link, _)| link.role == LinkRole::Image) {
        if let Destination::File(url) = destination {
            pictures.entry(url.clone()).or_insert(Picture::Other);
        }
    }
    for file in files {
        if let Some(picture) = pictures.get_mut(&file.url)
            && let Some(bytes) = sources.get(&file.path).and_then(|source| source.as_bytes())
        {
            *picture = look(bytes);
        }
    }
    pictures
}

fn look(bytes: &[u8]) -> Picture {
    match image_type(bytes) {
        // Browsers show AVIF, and nothing else of that family.
        Ok(ImageType::Heif(_)) if !is_avif(bytes) => Picture::Other,
        Ok(_) => match blob_size(bytes) {
            Ok(size) => sized(size.width, size.height),
            Err(ImageError::NotSupported) => Picture::Other,
            Err(_) => Picture::Unsized,
        },
        Err(_) => std::str::from_utf8(bytes).map_or(Picture::Other, look_at_svg),
    }
}

fn is_avif(bytes: &[u8]) -> bool {
    bytes.get(8..12).is_some_and(|brand| brand == b"avif" || brand == b"avis")
}

fn sized(width: usize, height: usize) -> Picture {
    if width == 0 || height == 0 { Picture::Unsized } else { Picture::Sized(Size { width, height }) }
}

/// An SVG, by its outermost element: both `width` and `height` in pixels, or else the last two numbers of `viewBox`.
fn look_at_svg(text: &str) -> Picture {
    let Ok(document) = xml::read(text) else { return Picture::Other };
    let svg = document.root_element();
    if svg.tag_name().name() != "svg" {
        return Picture::Other;
    }
    if let (Some(width), Some(height)) = (length(svg, "width"), length(svg, "height")) {
        return sized(width, height);
    }
    let view = svg.attribute("viewBox").unwrap_or_default();
    let numbers = view.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty());
    match numbers.skip(2).map(pixels).collect::<Vec<_>>()[..] {
        [Some(width), Some(height)] => sized(width, height),
        _ => Picture::Unsized,
    }
}

fn length(svg: Node<'_, '_>, name: &str) -> Option<usize> {
    pixels(svg.attribute(name)?.trim().trim_end_matches("px"))
}

/// A length in whole pixels, as `width` and `height` of an element are.
fn pixels(text: &str) -> Option<usize> {
    let number: f64 = text.parse().ok()?;
    let digits = format!("{:.0}", number.ceil());
    digits.parse().ok().filter(|_| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: usize, height: usize) -> Picture {
        Picture::Sized(Size { width, height })
    }

    #[test]
    fn pictures_are_measured_by_their_first_bytes() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10\x08\x02\0\0\0";
        assert_eq!(look(png), size(32, 16));
        assert_eq!(look(&png[..16]), Picture::Unsized);
        assert_eq!(look(b"GIF89a\x05\0\x07\0\0\0\0"), size(5, 7));
        assert_eq!(look(b"just words"), Picture::Other);
        assert_eq!(look(b""), Picture::Other);
        assert_eq!(look(b"\xff\xfe\0\0"), Picture::Other);
    }

    #[test]
    fn an_svg_says_its_size_itself() {
        let check =
            |attributes: &str| look(format!("<?xml version=\"1.0\"?>\n<!-- x -->\n<svg {attributes}/>").as_bytes());
        assert_eq!(check("width=\"20\" height=\"10px\" viewBox=\"0 0 1 1\""), size(20, 10));
        assert_eq!(check("viewBox=\"0,0 12.5 8\""), size(13, 8));
        assert_eq!(check("width=\"100%\" height=\"100%\""), Picture::Unsized);
        assert_eq!(check(""), Picture::Unsized);
        assert_eq!(look(b"<p>words</p>"), Picture::Other);
    }
}
