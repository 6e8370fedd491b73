//! Marks as shapes: a disc for a town, a ring for a country, dashes for doubt; events in the form of their class.
//! Colour is never the only sign of anything.

use std::f64::consts::TAU;

use super::marks::{Form, Placed};
use super::svg::{Svg, fill, hex, number, stroke};
use crate::basemap::{Ink, Rgb, corners};
use crate::model::EventClass;

/// Draws a mark of a radius.
pub(super) fn mark(svg: &mut Svg, placed: &Placed<'_>, radius: f64, ink: &Ink, land: Rgb) {
    match placed.mark.leading {
        Some(kind) => event(svg, placed, kind.class(), radius, ink, land),
        None => place(svg, placed.at, radius, placed.mark.form, placed.uncertain, ink, land),
    }
}

/// Draws the mark of a place that is mentioned.
pub(super) fn place(
    svg: &mut Svg,
    at: [f64; 2],
    radius: f64,
    form: Form,
    uncertain: bool,
    ink: &Ink,
    land: Rgb,
) {
    // A line lies half on either side of its circle: the radius is that of its outer edge.
    let ring = |svg: &mut Svg, width: f64| {
        svg.circle(at, radius, &format!("{} fill-opacity=\"0.45\"", fill(land)));
        let dashes = if uncertain { dashes(radius - width / 2.0) } else { String::new() };
        svg.circle(at, radius - width / 2.0, &format!("{}{dashes}", stroke(ink.accent, width)));
    };
    match form {
        Form::Disc if uncertain => {
            ring(svg, 1.2);
            svg.circle(at, (radius - 2.6).max(1.0), &format!("{} fill-opacity=\"0.82\"", fill(ink.accent)));
        }
        Form::Disc => {
            let edge = format!("stroke=\"{}\" stroke-width=\"0.9\"", hex(ink.ring));
            svg.circle(at, radius, &format!("{} fill-opacity=\"0.82\" {edge}", fill(ink.accent)));
        }
        Form::Area => ring(svg, (radius * 0.22).clamp(1.3, 2.6)),
        Form::Hollow => ring(svg, 1.0),
    }
}

/// Draws the mark of a place where something happened: the form of the class that most events there are of, in a ring
/// of all classes where there are others.
fn event(svg: &mut Svg, placed: &Placed<'_>, class: EventClass, radius: f64, ink: &Ink, land: Rgb) {
    let mixed = placed.shares.iter().filter(|&&share| share > 0.0).count() > 1 && radius >= 7.0;
    let class = leading(&placed.shares).unwrap_or(class);
    let at = placed.at;
    if !mixed {
        form(svg, at, radius * 0.88, class, (ink.event(class), placed.mark.form != Form::Disc), ink, land);
    } else {
        svg.circle(at, radius + 0.9, &fill(ink.ring));
        let wide = (radius * 0.24).clamp(1.8, 5.0);
        parts(svg, at, radius - wide / 2.0, wide, &placed.shares, ink);
        let inner = (radius - wide - 1.2) * 0.72;
        form(svg, at, inner, class, (ink.event(class), placed.mark.form != Form::Disc), ink, land);
    }
    if placed.uncertain {
        let around = radius + 2.6;
        svg.circle(at, around, &format!("{}{}", stroke(ink.event(class), 1.0), dashes(around)));
    }
}

fn leading(shares: &[f32; EventClass::ALL.len()]) -> Option<EventClass> {
    let of = EventClass::ALL.into_iter().zip(shares);
    let (class, share) = of.rev().max_by(|a, b| a.1.total_cmp(b.1))?;
    (*share > 0.0).then_some(class)
}

/// Draws the form of a class, about as large as a disc of that radius; hollow for what is larger than a town.
pub(super) fn form(
    svg: &mut Svg,
    at: [f64; 2],
    radius: f64,
    class: EventClass,
    (rgb, hollow): (Rgb, bool),
    ink: &Ink,
    land: Rgb,
) {
    let wide = (radius * 0.2).clamp(1.2, 2.4);
    let paint = if hollow {
        format!("{} stroke=\"{}\" stroke-width=\"{}\"", fill(land), hex(rgb), number(wide))
    } else {
        format!("{} fill-opacity=\"0.92\" stroke=\"{}\" stroke-width=\"0.9\"", fill(rgb), hex(ink.ring))
    };
    match corners(class) {
        None => svg.circle(at, radius, &paint),
        Some(corners) => {
            let mut data = String::new();
            for (index, [x, y]) in corners.into_iter().enumerate() {
                let [x, y] = [at[0] + f64::from(x) * radius, at[1] + f64::from(y) * radius].map(number);
                data.push_str(&format!("{}{x} {y}", if index == 0 { "M" } else { "L" }));
            }
            svg.path(&format!("{data}z"), &paint);
        }
    }
}

/// A ring that the classes divide between them, clockwise from the top, the largest share first.
fn parts(
    svg: &mut Svg,
    at: [f64; 2],
    radius: f64,
    wide: f64,
    shares: &[f32; EventClass::ALL.len()],
    ink: &Ink,
) {
    let mut shares: Vec<(EventClass, f64)> =
        EventClass::ALL.into_iter().zip(shares.map(f64::from)).filter(|&(_, share)| share > 0.0).collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let gap = 1.2 / radius;
    let mut from = -TAU / 4.0;
    for (class, share) in shares {
        let to = from + TAU * share;
        // A share too small to be seen is seen all the same.
        let end = (to - gap).max(from + 0.06);
        let [a, b] = [from, end].map(|angle| [at[0] + radius * angle.cos(), at[1] + radius * angle.sin()]);
        let far = u8::from(end - from > TAU / 2.0);
        let [ax, ay, bx, by, r] = [a[0], a[1], b[0], b[1], radius].map(number);
        let data = format!("M{ax} {ay}A{r} {r} 0 {far} 1 {bx} {by}");
        svg.path(&data, &stroke(ink.event(class), wide));
        from = to;
    }
}

/// Whole dashes only, or the last one would stick to the first.
fn dashes(radius: f64) -> String {
    let count = (TAU * radius / 5.0).round().max(5.0);
    let length = TAU * radius / count;
    let [dash, gap] = [length * 0.62, length * 0.38].map(number);
    format!(" stroke-dasharray=\"{dash} {gap}\"")
}
