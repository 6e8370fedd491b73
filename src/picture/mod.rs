//! The map as a picture: SVG, or PNG of any size, with title, legend, scale and credit.
//! One image is drawn, as SVG, and a PNG is that image in pixels. Nothing of a person's own tiles or layers is in it:
//! the ground is the basemap inside the program.

mod fonts;
mod ground;
mod legend;
mod lettering;
mod marks;
mod page;
mod png;
mod size;
mod svg;
mod symbols;
mod tally;
mod theme;
mod view;

use std::io::{self, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::basemap::{Basemap, BasemapError};
use crate::export::{ATTRIBUTION, GENERATOR};
use crate::gazetteer::Gazetteer;

pub use fonts::Fonts;
pub(crate) use fonts::{REGULAR, SEMIBOLD};
pub use marks::{Counting, Form, Mark, Marks};
pub use size::Size;
pub use tally::Tally;
pub use theme::Theme;
pub use view::View;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It would be too large, or too small.
    #[error("{width}×{height} is no size for a picture: {why}")]
    Size {
        /// Points.
        width: u32,
        /// Points.
        height: u32,
        /// The limit.
        why: &'static str,
    },
    /// It was told to stop.
    #[error("the picture was stopped")]
    Stopped,
    /// It cannot be drawn.
    #[error("the picture cannot be drawn: {0}")]
    Failed(String),
    /// It cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What pictures are drawn of.
#[derive(Clone, Debug)]
pub struct Atlas {
    /// The ground.
    pub basemap: Basemap,
    /// What names the ground beyond countries; without it, countries alone are named.
    pub gazetteer: Option<Gazetteer>,
    /// The letters.
    pub fonts: Fonts,
}

impl Atlas {
    /// The basemap and the fonts inside the program.
    ///
    /// # Errors
    ///
    /// [`BasemapError::Format`] if the program was built with an asset of another version.
    pub fn new(gazetteer: Option<Gazetteer>) -> Result<Atlas, BasemapError> {
        Ok(Atlas { basemap: Basemap::embedded()?, gazetteer, fonts: Fonts::default() })
    }
}

/// What is to be drawn.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// How large.
    pub size: Size,
    /// Which part of the world.
    pub view: View,
    /// In which colours.
    pub theme: Theme,
    /// Above the map; may be empty.
    pub title: &'a str,
    /// Below the title; may be empty.
    pub subtitle: &'a str,
    /// What is marked.
    pub marks: &'a Marks,
    /// Whether the ground is named; the marks are in any case.
    pub labels: bool,
    /// Whether there is a legend.
    pub legend: bool,
    /// Whom the map is owed to beside GeoNames and Natural Earth: the attributions of gazetteers in use.
    pub owed: &'a [String],
}

impl<'a> Plan<'a> {
    /// A picture of these marks as they come: 1600 by 1000 points, all of them in view, in the light theme, with
    /// names and a legend.
    pub fn new(marks: &'a Marks) -> Plan<'a> {
        Plan {
            size: Size::default(),
            view: View::Fit,
            theme: Theme::Light,
            title: "",
            subtitle: "",
            marks,
            labels: true,
            legend: true,
            owed: &[],
        }
    }

    /// Whom the picture is owed to.
    fn credit(&self) -> String {
        self.credit_with(ATTRIBUTION, "Made with ")
    }

    /// The same where there is little room.
    fn short_credit(&self) -> String {
        self.credit_with("Places: GeoNames, CC BY 4.0; Natural Earth", "")
    }

    fn credit_with(&self, attribution: &str, made: &str) -> String {
        let own = self.owed.iter().map(|name| format!("; {name}"));
        format!("{attribution}{}. {made}{GENERATOR}", own.collect::<String>())
    }
}

/// A picture as it was drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    svg: svg::Drawn,
    size: Size,
    fonts: Fonts,
    title: String,
    credit: String,
}

/// Draws a picture. The same plan and atlas always give the same picture; `stop` is asked now and then whether it is
/// still wanted.
///
/// ```
/// use dateline::picture::{Atlas, Mark, Marks, Plan, draw};
/// let cairo = Mark {
///     at: dateline::model::mercator::project(30.06, 31.25),
///     name: "Cairo".to_owned(),
///     count: 3,
///     ..Mark::default()
/// };
/// let marks = Marks { all: vec![cairo], ..Marks::default() };
/// let picture = draw(&Atlas::new(None)?, &Plan { title: "Cairo", ..Plan::new(&marks) }, &|| false)?;
/// assert!(picture.svg().contains(">Cairo</text>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`PictureError::Stopped`] where `stop` said so.
pub fn draw(atlas: &Atlas, plan: &Plan<'_>, stop: &dyn Fn() -> bool) -> Result<Picture, PictureError> {
    let drawn = page::draw(atlas, plan, stop).ok_or(PictureError::Stopped)?;
    let svg = drawn.whole(plan.size.pixels().map(f64::from), plan.size.page(), &page::head(plan));
    let (title, credit) = (plan.title.chars().take(300).collect(), plan.credit());
    Ok(Picture { svg, size: plan.size, fonts: atlas.fonts.clone(), title, credit })
}

impl Picture {
    /// Width and height, pixels.
    pub fn pixels(&self) -> [u32; 2] {
        self.size.pixels()
    }

    /// The image as SVG with its fonts in it, so that a browser shows it as it was laid out.
    pub fn svg(&self) -> String {
        let face = |family: &str, weight: u16, font: &[u8]| {
            let font = BASE64_STANDARD.encode(font);
            format!(
                "@font-face{{font-family:'{family}';font-weight:{weight};\
                 src:url(data:font/otf;base64,{font}) format('opentype')}}\n"
            )
        };
        let faces = [face(svg::REGULAR, 400, REGULAR), face(svg::SEMIBOLD, 600, SEMIBOLD)].concat();
        self.svg.with(&format!("<style>\n{faces}</style>\n"))
    }

    /// Writes the image as SVG.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_svg(&self, mut out: impl Write) -> io::Result<()> {
        out.write_all(self.svg().as_bytes())
    }

    /// Writes the image as PNG: opaque, 8 bits a channel, in bands of some ten million pixels.
    ///
    /// # Errors
    ///
    /// [`PictureError::Stopped`] where `stop` said so, which leaves an unfinished file; [`PictureError::Io`] those of
    /// `out`.
    pub fn write_png(&self, out: impl Write, stop: &dyn Fn() -> bool) -> Result<(), PictureError> {
        let drawn = "an image that was drawn cannot be read";
        let tree = self.fonts.tree(&self.svg.with("")).ok_or(PictureError::Failed(drawn.to_owned()))?;
        let told = [("Title", self.title.as_str()), ("Software", GENERATOR), ("Copyright", &self.credit)];
        match png::write(&tree, self.pixels(), &told, out, stop)? {
            true => Ok(()),
            false => Err(PictureError::Stopped),
        }
    }
}

/// Whether the fonts of a picture have letters for all of a text; what is missing is drawn as boxes in a PNG.
pub fn has_letters(fonts: &Fonts, text: &str) -> bool {
    let letters = svg::Type { points: 10.0, semibold: true, spacing: 0.0 };
    let text: String = text.chars().take(1000).collect();
    fonts.measure(&[(text.as_str(), letters)]).iter().all(|measured| !measured.missing)
}
