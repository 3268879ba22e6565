//! A drawing in SVG → a picture in PNG, the same one on every machine: nothing in it comes from elsewhere, and no letters, which each
//! machine would set in fonts of its own.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::roxmltree::Node;
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::syntax::xml::{self, Unread};

/// Elements that no picture can show, and why.
const UNFIT: [(&str, &str); 4] = [
    ("text", "the letters of a `text` would look different on every machine"),
    ("image", "an `image` is not read from elsewhere"),
    ("feImage", "a `feImage` is not read from elsewhere"),
    ("foreignObject", "a `foreignObject` is no shape"),
];

/// The picture, in its middle the whole drawing, on white.
///
/// # Errors
/// Why there is none, in words that follow a colon.
pub(super) fn draw(svg: &str, width: u16, height: u16) -> Result<Vec<u8>, String> {
    let document = xml::read(svg).map_err(|unread| match unread {
        Unread::Broken(at) => {
            let line = svg[..at].lines().last().unwrap_or_default();
            format!("what it gives is no XML from here on: `{}`", line.chars().take(60).collect::<String>())
        }
        Unread::TooLarge => "it has too many parts".to_owned(),
    })?;
    let unfit = |node: Node| UNFIT.iter().find(|(name, _)| node.tag_name().name() == *name);
    if let Some((_, why)) = document.descendants().find_map(unfit) {
        return Err((*why).to_owned());
    }
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options).map_err(|error| error.to_string())?;
    let mut pixmap = Pixmap::new(width.into(), height.into()).ok_or("it has no size")?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, centred(&tree, f32::from(width), f32::from(height)), &mut pixmap.as_mut());
    encode(&pixmap).map_err(|error| error.to_string())
}

/// Makes the drawing as large as the picture has room for, and puts it in the middle.
fn centred(tree: &Tree, width: f32, height: f32) -> Transform {
    let size = tree.size();
    let scale = (width / size.width()).min(height / size.height());
    let [left, top] = [width - size.width() * scale, height - size.height() * scale].map(|rest| rest / 2.0);
    Transform::from_row(scale, 0.0, 0.0, scale, left, top)
}

/// The pixels, which all cover what is below them, as PNG. `Up` and `Fast` take a fifth of the time of the smallest file.
fn encode(pixmap: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let colours: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::draw;

    const SQUARE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><rect width=\"10\" height=\"10\" fill=\"#0a0b0c\"/></svg>";

    #[test]
    fn the_whole_drawing_stands_in_the_middle_on_white() {
        let bytes = draw(SQUARE, 20, 10).expect("a drawing");
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
        let mut pixels = vec![0; 20 * 10 * 3];
        let frame = reader.next_frame(&mut pixels).expect("its pixels");
        assert_eq!((frame.width, frame.height), (20, 10));
        let row = &pixels[5 * 60..6 * 60];
        assert_eq!(row[..3], [255, 255, 255], "left of it");
        assert_eq!(row[30..33], [10, 11, 12], "in the middle");
        assert_eq!(row[57..], [255, 255, 255], "right of it");
    }

    #[test]
    fn what_depends_on_the_machine_or_on_other_files_is_no_picture() {
        for (inner, why) in [
            ("<text>a</text>", "letters"),
            ("<image href=\"/etc/hostname\"/>", "elsewhere"),
            ("<filter><feImage href=\"x.svg\"/></filter>", "elsewhere"),
            ("<foreignObject/>", "no shape"),
            ("<g>", "XML"),
        ] {
            let svg = SQUARE.replace("</svg>", &format!("{inner}</svg>"));
            let error = draw(&svg, 20, 10).expect_err(inner);
            assert!(error.contains(why), "{inner}: {error}");
        }
        assert!(draw("a page", 20, 10).is_err());
    }
}
