//! Writes the one image that everything is drawn into: SVG 1.1 as browsers, editors and resvg all read it.
//! No clip paths, filters or groups with opacity: they cost a layer of the whole picture each.

use std::fmt::Write;

use crate::basemap::{Path, Rgb, Xy, leaves_straight};

/// What the fonts inside the program call themselves.
pub(super) const REGULAR: &str = "Inter";
/// The same of the semibold one.
pub(super) const SEMIBOLD: &str = "Inter Semi Bold";

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    /// Size of the letters, points.
    pub points: f32,
    pub semibold: bool,
    /// Between letters, points.
    pub spacing: f32,
}

/// Where the given point of a text lies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    End,
}

/// A text in its place: a line of it, with the given point on its base line.
pub(super) struct Line<'a> {
    pub at: Xy,
    pub text: &'a str,
    pub letters: Type,
    pub align: Align,
    pub ink: Rgb,
    /// Around the letters, for those that stand on a map.
    pub halo: Option<Rgb>,
    /// Whether they slant.
    pub slanted: bool,
}

/// What was written so far.
#[derive(Default)]
pub(super) struct Svg(String);

/// A whole image.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    open: String,
    body: String,
}

impl Drawn {
    /// The image with something between its head and what was drawn.
    pub fn with(&self, between: &str) -> String {
        [&self.open, between, &self.body].concat()
    }
}

impl Svg {
    /// The whole image: `size` in pixels, `page` in the units that were drawn in; `head` stands before what was drawn.
    pub fn whole(&self, size: Xy, page: Xy, head: &str) -> Drawn {
        let [width, height] = size.map(number);
        let [across, down] = page.map(number);
        let open = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {across} {down}\" role=\"img\">\n{head}"
        );
        Drawn { open, body: format!("{}</svg>\n", self.0) }
    }

    /// Begins a group, which has a name for whoever edits the picture.
    pub fn open(&mut self, id: &str) {
        let _ = writeln!(self.0, "<g id=\"{id}\">");
    }

    /// Begins a group that lies elsewhere.
    pub fn open_at(&mut self, transform: &str) {
        let _ = writeln!(self.0, "<g transform=\"{transform}\">");
    }

    /// Ends a group.
    pub fn close(&mut self) {
        self.0.push_str("</g>\n");
    }

    /// Begins a group that tells what it is when the pointer rests on it.
    pub fn open_titled(&mut self, title: &str) {
        let _ = writeln!(self.0, "<g><title>{}</title>", escaped(title));
    }

    /// A rectangle.
    pub fn rect(&mut self, [x, y]: Xy, [width, height]: Xy, paint: &str) {
        let [x, y, width, height] = [x, y, width, height].map(number);
        let _ = writeln!(self.0, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {paint}/>");
    }

    /// A circle.
    pub fn circle(&mut self, [x, y]: Xy, radius: f64, paint: &str) {
        let [x, y, radius] = [x, y, radius].map(number);
        let _ = writeln!(self.0, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {paint}/>");
    }

    /// A path; nothing where it is empty.
    pub fn path(&mut self, data: &str, paint: &str) {
        if !data.is_empty() {
            let _ = writeln!(self.0, "<path d=\"{data}\" {paint}/>");
        }
    }

    /// A line of text.
    pub fn text(&mut self, line: &Line<'_>) {
        let [x, y] = line.at.map(number);
        let place = if line.slanted {
            format!("transform=\"translate({x} {y}) skewX(-11)\"")
        } else {
            format!("x=\"{x}\" y=\"{y}\"")
        };
        let anchor = match line.align {
            Align::Start => "",
            Align::End => " text-anchor=\"end\"",
        };
        let halo = line.halo.map_or(String::new(), |halo| {
            // As wide as the letters are thick, or a halo would swallow the smallest of them.
            let width = number(f64::from(line.letters.points) * 0.24);
            format!(
                " stroke=\"{}\" stroke-width=\"{width}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
                hex(halo)
            )
        });
        let _ = writeln!(
            self.0,
            "<text {place}{anchor} {} fill=\"{}\"{halo}>{}</text>",
            face(&line.letters),
            hex(line.ink),
            escaped(line.text)
        );
    }

    /// A text to be measured, known by its number.
    pub fn measured_text(&mut self, number: usize, text: &str, letters: &Type) {
        let _ = writeln!(self.0, "<text id=\"n{number}\" {}>{}</text>", face(letters), escaped(text));
    }
}

fn face(letters: &Type) -> String {
    let family = if letters.semibold { SEMIBOLD } else { REGULAR };
    let weight = if letters.semibold { " font-weight=\"600\"" } else { "" };
    let spacing = match letters.spacing {
        0.0 => String::new(),
        spacing => format!(" letter-spacing=\"{}\"", number(f64::from(spacing))),
    };
    let points = number(f64::from(letters.points));
    format!("font-family=\"'{family}', Inter, sans-serif\" font-size=\"{points}\"{weight}{spacing}")
}

/// A fill without a line.
pub(super) fn fill(rgb: Rgb) -> String {
    format!("fill=\"{}\"", hex(rgb))
}

/// A line without a fill.
pub(super) fn stroke(rgb: Rgb, width: f64) -> String {
    format!("fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"", hex(rgb), number(width))
}

pub(super) fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A number to a hundredth, as short as it can be written.
pub(super) fn number(value: f64) -> String {
    let hundredths = (value * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match (part, part % 10) {
        (0, _) => format!("{sign}{whole}"),
        (_, 0) => format!("{sign}{whole}.{}", part / 10),
        _ => format!("{sign}{whole}.{part:02}"),
    }
}

/// Text as an image may hold it: marked-up signs are written out, and what XML 1.0 has no place for is a space.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A path as text, in hundredths of a unit: each point but the first of a line tells how far it is from the one
/// before, which takes half the room.
pub(super) struct Data {
    pub text: String,
    /// Points nearer to the one before than this are left out.
    least: f64,
}

impl Data {
    pub fn new(least: f64) -> Data {
        Data { text: String::new(), least }
    }
}

impl Path for Data {
    fn trace(&mut self, points: &[Xy], closed: bool) {
        let whole = |point: Xy| point.map(|axis| (axis * 100.0).round() as i64);
        let Some(&first) = points.first() else { return };
        let (mut pen, mut drawn) = (whole(first), 0);
        let start = self.text.len();
        let _ = write!(self.text, "M{} {}", hundredth(pen[0]), hundredth(pen[1]));
        let least = (self.least * 100.0) as i64;
        for (index, &point) in points.iter().enumerate().skip(1) {
            let at = whole(point);
            let step = [at[0] - pen[0], at[1] - pen[1]];
            let far = step[0].abs().max(step[1].abs());
            let last = !closed && index + 1 == points.len();
            let needed = last || leaves_straight(points, index, closed, 2.0 * self.least);
            if far == 0 || far < least && !needed {
                continue;
            }
            self.text.push(if drawn == 0 { 'l' } else { ' ' });
            let _ = write!(self.text, "{} {}", hundredth(step[0]), hundredth(step[1]));
            (pen, drawn) = (at, drawn + 1);
        }
        if drawn < if closed { 2 } else { 1 } {
            self.text.truncate(start);
        } else if closed {
            self.text.push('z');
        }
    }
}

fn hundredth(value: i64) -> String {
    number(value as f64 / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let check = |value: f64, expected: &str| assert_eq!(number(value), expected);
        check(0.0, "0");
        check(-0.004, "0");
        check(12.0, "12");
        check(12.3, "12.3");
        check(-0.05, "-0.05");
        check(1999.996, "2000");
    }

    #[test]
    fn whatever_is_written_stays_text() {
        let check = |text: &str, expected: &str| assert_eq!(escaped(text), expected);
        check("A & B", "A &amp; B");
        check("</text><script>alert(1)</script>", "&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
        check("\"quoted\" \u{0}\u{1b}[31m\u{ffff}", "&quot;quoted&quot;   [31m ");
        check("القاهرة 東京", "القاهرة 東京");
    }

    #[test]
    fn lines_are_written_step_by_step() {
        let check = |points: &[Xy], closed: bool, expected: &str| {
            let mut data = Data::new(0.5);
            data.trace(points, closed);
            assert_eq!(data.text, expected);
        };
        check(&[], false, "");
        check(&[[1.0, 1.0]], false, "");
        check(&[[1.0, 1.0], [2.5, 0.0], [2.6, 0.0], [3.0, 2.0]], false, "M1 1l1.5 -1 0.5 2");
        check(&[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.1, 0.1]], true, "M0 0l4 0 0 4 -3.9 -3.9z");
        check(&[[0.0, 0.0], [0.1, 0.0], [0.0, 0.1]], true, "");
        // Out along a cell's side and back: the two stay on one another.
        let spike = [[0.0, 0.0], [4.0, 0.3], [4.1, 0.0], [4.1, -9.0], [4.1, 0.4], [0.0, 2.0]];
        check(&spike, true, "M0 0l4 0.3 0.1 -0.3 0 -9 0 9.4 -4.1 1.6z");
    }
}
