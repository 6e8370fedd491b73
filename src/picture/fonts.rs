//! The letters of a picture: the fonts inside the program and those that a caller adds, never the system's, so that
//! the same picture is the same everywhere.
//! What a name takes in width is asked of the very code that draws it.

use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Node, Options, Tree};

use super::svg::{Svg, Type};

/// Inter, regular: an OpenType font of Latin, Greek and Cyrillic.
pub(crate) const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
/// The same, semibold.
pub(crate) const SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");

/// The largest font file that is taken in, bytes: those of all Chinese signs have some twenty million.
const LARGEST: usize = 64 << 20;

/// The fonts that pictures are lettered with.
#[derive(Clone, Debug)]
pub struct Fonts(Arc<Database>);

/// How large a text is as it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Measured {
    /// Points.
    pub width: f32,
    /// Whether there is no letter in any font for a part of it.
    pub missing: bool,
}

impl Default for Fonts {
    fn default() -> Self {
        let mut database = Database::new();
        for face in [REGULAR, SEMIBOLD] {
            database.load_font_source(Source::Binary(Arc::new(face)));
        }
        database.set_sans_serif_family("Inter");
        database.set_serif_family("Inter");
        Fonts(Arc::new(database))
    }
}

impl Fonts {
    /// The same with a font file's faces, from which the letters are taken that the fonts before it lack.
    ///
    /// # Errors
    ///
    /// Why it cannot be taken in, as the end of a sentence that begins with the file's name.
    pub fn with(mut self, file: Vec<u8>) -> Result<Fonts, String> {
        if file.len() > LARGEST {
            return Err(format!("it is larger than {} MB", LARGEST >> 20));
        }
        let database = Arc::make_mut(&mut self.0);
        if database.load_font_source(Source::Binary(Arc::new(file))).is_empty() {
            return Err(
                "it is not a font that can be read (TrueType, OpenType or a collection of them)".to_owned()
            );
        }
        Ok(self)
    }

    /// Reads an image that this room wrote.
    pub(super) fn tree(&self, svg: &str) -> Option<Tree> {
        let options =
            Options { fontdb: Arc::clone(&self.0), font_family: "Inter".to_owned(), ..Options::default() };
        Tree::from_str(svg, &options).ok()
    }

    /// Measures texts, all at once. One that cannot be drawn at all is 0 wide.
    pub(super) fn measure(&self, texts: &[(&str, Type)]) -> Vec<Measured> {
        let mut svg = Svg::default();
        for (number, (text, letters)) in texts.iter().enumerate() {
            svg.measured_text(number, text, letters);
        }
        let mut measured = vec![Measured::default(); texts.len()];
        let Some(tree) = self.tree(&svg.whole([1.0, 1.0], [1.0, 1.0], "").with("")) else { return measured };
        for node in tree.root().children() {
            let Node::Text(text) = node else { continue };
            let slot = text
                .id()
                .strip_prefix('n')
                .and_then(|number| measured.get_mut(number.parse::<usize>().ok()?));
            let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            if let Some(slot) = slot {
                let missing = glyphs.any(|glyph| glyph.id.0 == 0);
                *slot = Measured { width: text.bounding_box().width(), missing };
            }
        }
        measured
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(text: &str, points: f32, semibold: bool) -> Measured {
        Fonts::default().measure(&[(text, Type { points, semibold, spacing: 0.0 })])[0]
    }

    #[test]
    fn texts_are_measured_as_they_are_drawn() {
        let check = |text: &str, from: f32, to: f32| {
            let width = measure(text, 10.0, false).width;
            assert!((from..to).contains(&width), "{text}: {width}");
        };
        check("", 0.0, 0.1);
        check("i", 1.5, 4.0);
        check("Damascus", 45.0, 56.0);
        check("Нижний Новгород", 80.0, 105.0);
        let (plain, bold) = (measure("Cairo", 20.0, false).width, measure("Cairo", 20.0, true).width);
        assert!(bold > plain && (measure("Cairo", 10.0, false).width * 2.0 - plain).abs() < 0.2);
    }

    #[test]
    fn letters_that_no_font_has_are_told() {
        assert!(!measure("Köln, Łódź, Θεσσαλονίκη, Москва — “a” · 1", 10.0, false).missing);
        assert!(measure("القاهرة", 10.0, false).missing && measure("東京", 10.0, true).missing);
    }

    #[test]
    fn what_is_no_font_is_refused() {
        let check = |file: &[u8]| assert!(Fonts::default().with(file.to_vec()).is_err());
        check(b"");
        check(b"OTTO and so on");
        check(&REGULAR[..200]);
    }
}
