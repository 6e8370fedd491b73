//! What the marks mean: how many each size stands for, and what each form.
//! It stands under the map, where it hides nothing, in as many rows as it needs.

use std::collections::BTreeSet;

use super::fonts::Fonts;
use super::marks::{Counting, Form, Marks, Placed, Sizes};
use super::svg::{Align, Line, Svg, Type, hex};
use super::symbols;
use crate::basemap::{Ink, Style};
use crate::model::EventClass;
use crate::model::words::grouped;

/// Between two entries, points.
const BETWEEN: f64 = 18.0;
/// Between two rows.
const LEADING: f64 = 5.0;
/// Radius of the forms.
const FORM: f64 = 5.5;
const LETTERS: Type = Type { points: 11.5, semibold: false, spacing: 0.0 };
const HEADING: Type = Type { points: 11.5, semibold: true, spacing: 0.0 };

/// What an entry shows before its words.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    Nothing,
    Size(f64),
    Place(Form, bool),
    Class(EventClass),
    Area,
}

struct Entry {
    sign: Sign,
    text: String,
    /// Of the text, points.
    width: f64,
}

/// A legend as it is laid out.
pub(super) struct Legend {
    rows: Vec<Vec<Entry>>,
    /// Of each row.
    heights: Vec<f64>,
}

impl Entry {
    fn reach(&self) -> f64 {
        match self.sign {
            Sign::Nothing => 0.0,
            Sign::Size(radius) => radius,
            Sign::Place(..) | Sign::Class(_) | Sign::Area => FORM * 1.3,
        }
    }

    fn across(&self) -> f64 {
        let sign = if self.sign == Sign::Nothing { 0.0 } else { 2.0 * self.reach() + 5.0 };
        sign + self.width
    }
}

impl Legend {
    /// What these marks need to be told, in rows of a width.
    pub fn new(fonts: &Fonts, marks: &Marks, placed: &[Placed<'_>], sizes: &Sizes, wide: f64) -> Legend {
        let mut told = vec![(Sign::Nothing, heading(marks.counting).to_owned())];
        told.extend(sizes.round().into_iter().map(|count| (Sign::Size(sizes.radius(count)), grouped(count))));
        told.extend(match marks.counting {
            Counting::Mentions => forms(placed),
            Counting::Events => classes(placed),
        });
        let texts: Vec<(&str, Type)> =
            told.iter().map(|(sign, text)| (text.as_str(), letters(*sign))).collect();
        let widths = fonts.measure(&texts);
        let entries = told.into_iter().zip(widths);
        let entries = entries.map(|((sign, text), size)| Entry { sign, text, width: size.width.into() });
        let (mut rows, mut used): (Vec<Vec<Entry>>, f64) = (vec![Vec::new()], 0.0);
        for entry in entries {
            let across = entry.across();
            if used > 0.0 && used + across > wide {
                rows.push(Vec::new());
                used = 0.0;
            }
            used += across + BETWEEN;
            if let Some(row) = rows.last_mut() {
                row.push(entry);
            }
        }
        let height = |row: &Vec<Entry>| row.iter().map(|entry| 2.0 * entry.reach()).fold(15.0, f64::max);
        let heights = rows.iter().map(height).collect();
        Legend { rows, heights }
    }

    pub fn height(&self) -> f64 {
        self.heights.iter().sum::<f64>() + LEADING * (self.heights.len().saturating_sub(1)) as f64
    }

    /// Height of the first row.
    pub fn first(&self) -> f64 {
        self.heights.first().copied().unwrap_or_default()
    }

    pub fn draw(&self, svg: &mut Svg, [left, top]: [f64; 2], (ink, style): (&Ink, &Style)) {
        svg.open("legend");
        let mut y = top;
        for (row, height) in self.rows.iter().zip(&self.heights) {
            let (mut x, middle) = (left, y + height / 2.0);
            for entry in row {
                let reach = entry.reach();
                let at = [x + reach, middle];
                sign(svg, entry.sign, at, (ink, style));
                let start = if entry.sign == Sign::Nothing { x } else { x + 2.0 * reach + 5.0 };
                svg.text(&Line {
                    at: [start, middle + 4.1],
                    text: &entry.text,
                    letters: letters(entry.sign),
                    align: Align::Start,
                    ink: if entry.sign == Sign::Nothing { ink.text } else { ink.quiet },
                    halo: None,
                    slanted: false,
                });
                x += entry.across() + BETWEEN;
            }
            y += height + LEADING;
        }
        svg.close();
    }
}

fn sign(svg: &mut Svg, sign: Sign, at: [f64; 2], (ink, style): (&Ink, &Style)) {
    match sign {
        Sign::Nothing => {}
        Sign::Size(radius) => {
            let paint = format!("fill=\"none\" stroke=\"{}\" stroke-width=\"1\"", hex(ink.quiet));
            svg.circle(at, (radius - 0.5).max(0.5), &paint);
        }
        Sign::Place(form, uncertain) => symbols::place(svg, at, FORM, form, uncertain, ink, style.land),
        Sign::Class(class) => {
            symbols::form(svg, at, FORM, class, (ink.event(class), false), ink, style.land);
        }
        Sign::Area => symbols::form(svg, at, FORM, EventClass::Diplomacy, (ink.quiet, true), ink, style.land),
    }
}

fn letters(sign: Sign) -> Type {
    if sign == Sign::Nothing { HEADING } else { LETTERS }
}

fn heading(counting: Counting) -> &'static str {
    match counting {
        Counting::Mentions => "Mentions",
        Counting::Events => "Events",
    }
}

/// The forms that there are, unless all marks are plain discs.
fn forms(placed: &[Placed<'_>]) -> Vec<(Sign, String)> {
    let there: BTreeSet<(u8, bool)> =
        placed.iter().map(|placed| (placed.mark.form as u8, placed.uncertain)).collect();
    let has = |form: Form| there.iter().any(|&(there, _)| there == form as u8);
    if !has(Form::Area) && !has(Form::Hollow) && there.iter().all(|&(_, uncertain)| !uncertain) {
        return Vec::new();
    }
    let mut told = Vec::new();
    for (form, text) in [
        (Form::Disc, "town or spot"),
        (Form::Area, "region or country"),
        (Form::Hollow, "meant as something else"),
    ] {
        if has(form) {
            told.push((Sign::Place(form, false), text.to_owned()));
        }
    }
    if let Some(&(form, _)) = there.iter().find(|&&(_, uncertain)| uncertain) {
        let form = if form == Form::Disc as u8 { Form::Disc } else { Form::Area };
        told.push((Sign::Place(form, true), "uncertain".to_owned()));
    }
    told
}

/// The classes that there are.
fn classes(placed: &[Placed<'_>]) -> Vec<(Sign, String)> {
    let there = |class: EventClass| placed.iter().any(|placed| placed.shares[class as usize] > 0.0);
    let of = EventClass::ALL.into_iter().filter(|&class| there(class));
    let mut told: Vec<_> = of.map(|class| (Sign::Class(class), class.title().to_owned())).collect();
    if placed.iter().any(|placed| placed.mark.form != Form::Disc) {
        told.push((Sign::Area, "hollow: region or country".to_owned()));
    }
    told
}
