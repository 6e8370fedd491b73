//! The page: title above, the map in its frame, legend, scale and credit below.
//! Everything beside the map has its room before the map has the rest.

use super::fonts::Fonts;
use super::legend::Legend;
use super::lettering::{self, Named};
use super::marks::{Placed, Sizes, placed};
use super::svg::{Align, Line, Svg, Type, escaped, fill, stroke};
use super::view::Frame;
use super::{Atlas, Plan, ground, symbols};
use crate::basemap::{Ink, Rgb, mercator, scale_bar};
use crate::model::words::grouped;

/// Lines that a title has at most.
const TITLE_LINES: usize = 3;
/// Letters of a title or of another text at most; what is longer ends in an ellipsis.
const LONGEST: usize = 600;
/// Longest that the scale bar becomes, points.
const BAR: f64 = 130.0;
const CREDIT: Type = Type { points: 9.5, semibold: false, spacing: 0.0 };
const SCALE: Type = Type { points: 10.5, semibold: false, spacing: 0.0 };

/// A block of text in lines.
struct Block {
    lines: Vec<String>,
    letters: Type,
    leading: f64,
}

impl Block {
    fn new(fonts: &Fonts, text: &str, letters: Type, wide: f64, most: usize) -> Block {
        let lines = broken(fonts, text, letters, wide, most);
        Block { lines, letters, leading: f64::from(letters.points) * 1.28 }
    }

    fn height(&self) -> f64 {
        self.leading * self.lines.len() as f64
    }

    fn draw(&self, svg: &mut Svg, [left, right]: [f64; 2], top: f64, ink: Rgb) {
        for (number, text) in self.lines.iter().enumerate() {
            let base = top + self.leading * number as f64 + f64::from(self.letters.points) * 0.97;
            // What is read from the right begins at the right.
            let leftward = unicode_bidi::get_base_direction(text.as_str()) == unicode_bidi::Direction::Rtl;
            let (x, align) = if leftward { (right, Align::End) } else { (left, Align::Start) };
            let letters = self.letters;
            svg.text(&Line { at: [x, base], text, letters, align, ink, halo: None, slanted: false });
        }
    }
}

/// Draws the page of a plan; `None` where it was stopped.
pub(super) fn draw(atlas: &Atlas, plan: &Plan<'_>, stop: &dyn Fn() -> bool) -> Option<Svg> {
    let (ink, style) = (plan.theme.ink(), plan.theme.style());
    let [width, height] = plan.size.page();
    let margin = (width.min(height) * 0.03).clamp(10.0, 28.0);
    let wide = width - 2.0 * margin;
    let fonts = &atlas.fonts;
    let points = (wide / 48.0).clamp(14.0, 26.0) as f32;
    let title = Type { points, semibold: true, spacing: 0.0 };
    let title = Block::new(fonts, plan.title, title, wide, TITLE_LINES);
    let subtitle = Type { points: (points * 0.55).clamp(10.0, 13.0), semibold: false, spacing: 0.0 };
    let subtitle = Block::new(fonts, plan.subtitle, subtitle, wide, 2);
    let credit = match Block::new(fonts, &plan.credit(), CREDIT, wide, 3) {
        long if long.lines.len() > 1 => Block::new(fonts, &plan.short_credit(), CREDIT, wide, 3),
        short => short,
    };
    let above = title.height() + subtitle.height();
    let top = margin + above + if above > 0.0 { margin * 0.4 } else { 0.0 };
    let below =
        |legend: f64| height - margin - credit.height() - 5.0 - legend - if legend > 0.0 { 8.0 } else { 0.0 };
    let framed = |bottom: f64| {
        let room = [wide, (bottom - top).max(40.0)];
        Frame::new(&plan.view, &plan.marks.all, [margin, top], room)
    };
    // The legend's sizes are those of the map, which has the room that the legend leaves.
    let rough = framed(below(30.0));
    let marks = placed(plan.marks, &rough);
    let sizes = Sizes::new(&marks, &rough, plan.marks.counting);
    let bar = (wide * 0.12).clamp(48.0, BAR);
    let wanted = plan.legend && !marks.is_empty();
    let legend = wanted.then(|| Legend::new(fonts, plan.marks, &marks, &sizes, wide - bar - 100.0));
    let legend_height = legend.as_ref().map_or(0.0, Legend::height).max(15.0);
    let frame = framed(below(legend_height));
    let marks: Vec<(Placed<'_>, f64)> = placed(plan.marks, &frame)
        .into_iter()
        .map(|placed| (placed.clone(), sizes.radius(placed.count)))
        .collect();
    if stop() {
        return None;
    }
    let mut svg = Svg::default();
    ground::draw(&mut svg, &atlas.basemap, &frame, plan.size.density(), &style);
    svg.open("marks");
    // Rings of countries lie under all discs, the largest of each below.
    let (areas, spots): (Vec<_>, Vec<_>) = marks.iter().partition(|(placed, _)| placed.mark.wide);
    for (placed, radius) in areas.into_iter().chain(spots) {
        svg.open_titled(&told(placed, plan));
        symbols::mark(&mut svg, placed, *radius, &ink, style.land);
        svg.close();
    }
    svg.close();
    let gazetteer = atlas.gazetteer.as_ref();
    let named = Named { basemap: &atlas.basemap, gazetteer, marks: &marks, ground: plan.labels };
    lettering::draw(&mut svg, fonts, &frame, &named, (&ink, &style), stop);
    mat(&mut svg, [width, height], &frame, &ink);
    svg.open("margin");
    title.draw(&mut svg, [margin, width - margin], margin, ink.text);
    subtitle.draw(&mut svg, [margin, width - margin], margin + title.height(), ink.quiet);
    let foot = height - margin - credit.height();
    credit.draw(&mut svg, [margin, width - margin], foot, ink.quiet);
    if let Some(legend) = &legend {
        legend.draw(&mut svg, [margin, foot - 5.0 - legend_height], (&ink, &style));
    }
    let middle = legend.as_ref().map_or(7.5, |legend| legend.first() / 2.0);
    let right = frame.corner[0] + frame.size[0];
    scale(&mut svg, &frame, [right, foot - 5.0 - legend_height + middle + 4.0], bar as f32, &ink);
    svg.close();
    (!stop()).then_some(svg)
}

/// What a browser tells of a mark under the pointer.
fn told(placed: &Placed<'_>, plan: &Plan<'_>) -> String {
    let others = match placed.places {
        0 | 1 => String::new(),
        2 => " and a place nearby".to_owned(),
        places => format!(" and {} places nearby", places - 1),
    };
    let what = match (plan.marks.counting, placed.count) {
        (super::Counting::Mentions, 1) => "mention",
        (super::Counting::Mentions, _) => "mentions",
        (super::Counting::Events, 1) => "event",
        (super::Counting::Events, _) => "events",
    };
    format!("{}{others}: {} {what}", placed.mark.name, grouped(placed.count))
}

/// The paper around the map, which covers what reaches over its sides, and the line between the two.
fn mat(svg: &mut Svg, [width, height]: [f64; 2], frame: &Frame, ink: &Ink) {
    let [x, y, across, down] =
        [frame.corner[0], frame.corner[1], frame.size[0], frame.size[1]].map(super::svg::number);
    let [width, height] = [width, height].map(super::svg::number);
    svg.open("paper");
    let data = format!("M0 0H{width}V{height}H0zM{x} {y}h{across}v{down}h-{across}z");
    svg.path(&data, &format!("{} fill-rule=\"evenodd\"", fill(ink.paper)));
    svg.rect(frame.corner, frame.size, &stroke(ink.hairline, 1.0));
    svg.close();
}

/// Draws the scale bar, its right end at a point. It holds at the map's middle; where the map's top and bottom differ
/// from that by more than a twentieth, the latitude is told.
fn scale(svg: &mut Svg, frame: &Frame, [right, y]: [f64; 2], longest: f32, ink: &Ink) {
    let metres = |y: f64| mercator::metres(y.clamp(0.0, 1.0)) / frame.world;
    let middle = metres(frame.centre[1]);
    let (length, name) = scale_bar(middle, longest);
    let half = frame.size[1] / 2.0 / frame.world;
    let differs = [-half, half].iter().any(|far| (metres(frame.centre[1] + far) / middle - 1.0).abs() > 0.05);
    let (lat, _) = mercator::unproject(frame.centre);
    let side = if lat < 0.0 { "S" } else { "N" };
    let name = match differs {
        true if lat.abs() < 0.5 => format!("{name} at the equator"),
        true => format!("{name} at {:.0}° {side}", lat.abs()),
        false => name,
    };
    let left = right - f64::from(length);
    let [l, r, top, base] = [left, right, y - 5.0, y].map(super::svg::number);
    svg.open("scale");
    svg.path(&format!("M{l} {top}V{base}H{r}V{top}"), &stroke(ink.quiet, 1.2));
    let at = [left - 7.0, y];
    svg.text(&Line {
        at,
        text: &name,
        letters: SCALE,
        align: Align::End,
        ink: ink.quiet,
        halo: None,
        slanted: false,
    });
    svg.close();
}

/// A text in lines of a width, `most` at most; what does not fit ends in an ellipsis.
fn broken(fonts: &Fonts, text: &str, letters: Type, wide: f64, most: usize) -> Vec<String> {
    let text: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let pieces: Vec<(bool, String)> = text.split_whitespace().flat_map(pieces).collect();
    let texts: Vec<(&str, Type)> = pieces.iter().map(|(_, piece)| (piece.as_str(), letters)).collect();
    let widths = fonts.measure(&texts);
    let (mut lines, mut used): (Vec<String>, f64) = (Vec::new(), 0.0);
    for ((begins, piece), measured) in pieces.iter().zip(widths) {
        let width = f64::from(measured.width);
        let space = if *begins { f64::from(letters.points) * 0.28 } else { 0.0 };
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if used + space + width <= wide => {
                line.push_str(if *begins { " " } else { "" });
                line.push_str(piece);
                used += space + width;
            }
            Some(line) if full => {
                line.push('…');
                break;
            }
            _ => {
                lines.push(piece.clone());
                used = width;
            }
        }
    }
    lines
}

/// A word in pieces that fit a line, each with whether it begins the word: one without an end is cut.
fn pieces(word: &str) -> Vec<(bool, String)> {
    let signs: Vec<char> = word.chars().collect();
    let pieces = signs.chunks(24).enumerate();
    pieces.map(|(number, piece)| (number == 0, piece.iter().collect())).collect()
}

/// What stands at the head of the image for who cannot see it.
pub(super) fn head(plan: &Plan<'_>) -> String {
    let title = if plan.title.trim().is_empty() { "Map" } else { plan.title };
    let title: String = title.chars().take(LONGEST).collect();
    format!(
        "<title>{}</title>\n<desc>{}</desc>\n",
        escaped(&title),
        escaped(format!("{} {}", plan.subtitle, plan.credit()).trim())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_are_broken_and_cut() {
        let fonts = Fonts::default();
        let letters = Type { points: 20.0, semibold: true, spacing: 0.0 };
        let check = |text: &str, lines: usize| {
            let broken = broken(&fonts, text, letters, 300.0, 3);
            assert_eq!(broken.len(), lines, "{broken:?}");
        };
        check("", 0);
        check(" \n\t ", 0);
        check("Floods", 1);
        check("Floods in Derna and what the papers of three countries wrote", 3);
        check(&"word ".repeat(10_000), 3);
        check(&"x".repeat(100_000), 3);
    }
}
