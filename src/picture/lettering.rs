//! Which names stand where on a picture: those of marks first, then countries, seas, divisions and towns, none over
//! another and none cut.
//! All that might be named is measured at once; what finds no room is left out.

use std::collections::HashMap;

use super::fonts::{Fonts, Measured};
use super::marks::Placed;
use super::svg::{Align, Line, Svg, Type, fill};
use super::view::Frame;
use crate::basemap::labels::{Area, BESIDE, Sheet, Side, Wanted};
use crate::basemap::toponyms::{self, Sort, Toponym};
use crate::basemap::{Basemap, Hand, Ink, Rgb, Style, mercator};
use crate::gazetteer::Gazetteer;

/// Least distance between two names, points.
const GAP: f32 = 3.0;
/// The same between a town's name and any other: towns are ground to the marks and not a crowd.
const TOWN_ROOM: f32 = 22.0;
/// From the map's sides, points.
const EDGE: f32 = 5.0;
/// Marks that are named at most on a map of the usual size.
const NAMED_MARKS: f64 = 160.0;
/// Within this distance a name is written once, points.
const ONCE_WITHIN: f64 = 240.0;
/// Over what is named, or just above or below.
const OVER: [Side; 3] = [Side::Middle, Side::Below, Side::Above];
/// A country of islands may be named beside them.
const AROUND: [Side; 5] = [Side::Middle, Side::Below, Side::Above, Side::Left, Side::Right];

/// A name that wants a place.
struct Wish {
    at: [f64; 2],
    name: String,
    hand: Hand,
    clear: f32,
    room: f32,
    sides: &'static [Side],
    /// Radius of its dot, where it has one.
    dot: f32,
    /// The share of its width that what it names must have, and what it has, points.
    across: Option<(f32, f32)>,
}

/// What names are chosen among.
pub(super) struct Named<'a> {
    pub basemap: &'a Basemap,
    pub gazetteer: Option<&'a Gazetteer>,
    /// The marks, those with most first, each with its radius.
    pub marks: &'a [(Placed<'a>, f64)],
    /// Whether the ground is named, too.
    pub ground: bool,
}

/// Draws all names that find room; nothing is drawn where `stop` says so.
pub(super) fn draw(
    svg: &mut Svg,
    fonts: &Fonts,
    frame: &Frame,
    named: &Named<'_>,
    (ink, style): (&Ink, &Style),
    stop: &dyn Fn() -> bool,
) {
    let mut wishes = of_marks(frame, named.marks);
    if named.ground {
        wishes.extend(of_ground(frame, named));
    }
    if stop() {
        return;
    }
    let written: Vec<String> = wishes.iter().map(|wish| wish.hand.manner().written(&wish.name)).collect();
    let texts: Vec<(&str, Type)> =
        wishes.iter().zip(&written).map(|(wish, text)| (&**text, wish.letters())).collect();
    let measured = fonts.measure(&texts);
    let mut layer = Layer { frame, sheet: sheet(frame), standing: HashMap::new(), placed: Vec::new() };
    for (placed, radius) in named.marks {
        layer.sheet.occupy(square(placed.at, *radius as f32));
    }
    for (number, (wish, measured)) in wishes.iter().zip(&measured).enumerate() {
        layer.put(number, wish, measured);
    }
    svg.open("names");
    // Marks are named over what lies under them.
    for &(number, area) in layer.placed.iter().rev() {
        let wish = &wishes[number];
        wish.draw(svg, area, &written[number], (ink, style));
    }
    svg.close();
}

impl Wish {
    fn letters(&self) -> Type {
        let manner = self.hand.manner();
        Type { points: manner.points, semibold: manner.semibold, spacing: manner.apart(&self.name) }
    }

    fn draw(&self, svg: &mut Svg, area: Area, text: &str, (ink, style): (&Ink, &Style)) {
        let (colour, ground) = colours(self.hand, ink, style);
        let letters = self.letters();
        let middle = f64::from(area.min[1] + area.max[1]) / 2.0;
        if self.dot > 0.0 {
            svg.circle(self.at, f64::from(self.dot) + 1.0, &fill(ground));
            svg.circle(self.at, self.dot.into(), &fill(colour));
        }
        let at = [f64::from(area.min[0]), middle + f64::from(letters.points) * 0.36];
        let slanted = self.hand.manner().slanted;
        svg.text(&Line { at, text, letters, align: Align::Start, ink: colour, halo: Some(ground), slanted });
    }
}

/// The colours of a name and of what is around its letters.
fn colours(hand: Hand, ink: &Ink, style: &Style) -> (Rgb, Rgb) {
    match hand {
        Hand::Mark { .. } => (ink.text, style.land),
        Hand::Sea { .. } => (ink.sea_label, style.sea),
        Hand::Lake => (ink.sea_label, style.land),
        _ => (ink.label, style.land),
    }
}

fn sheet(frame: &Frame) -> Sheet {
    let [left, top] = frame.corner.map(|side| side as f32);
    let [width, height] = frame.size.map(|side| side as f32);
    let bounds = Area { min: [left + EDGE, top + EDGE], max: [left + width - EDGE, top + height - EDGE] };
    Sheet::new(bounds, GAP)
}

fn square(at: [f64; 2], half: f32) -> Area {
    let at = at.map(|axis| axis as f32);
    Area { min: at.map(|axis| axis - half), max: at.map(|axis| axis + half) }
}

/// The names as they are placed.
struct Layer<'a> {
    frame: &'a Frame,
    sheet: Sheet,
    /// Where names stand already, by name.
    standing: HashMap<String, Vec<[f64; 2]>>,
    /// By number of the wish.
    placed: Vec<(usize, Area)>,
}

impl Layer<'_> {
    /// Places a name where there is room for it and it does not stand yet.
    fn put(&mut self, number: usize, wish: &Wish, measured: &Measured) {
        // Boxes in place of letters tell nobody anything.
        if measured.missing || measured.width <= 0.0 || !self.frame.shows(wish.at, 0.0) {
            return;
        }
        if wish.across.is_some_and(|(share, across)| across < measured.width * share) {
            return;
        }
        let near = |other: &[f64; 2]| (other[0] - wish.at[0]).hypot(other[1] - wish.at[1]) < ONCE_WITHIN;
        if self.standing.get(&wish.name).is_some_and(|others| others.iter().any(near)) {
            return;
        }
        let dot = square(wish.at, 3.0);
        if wish.dot > 0.0 && !self.sheet.is_clear(&dot) {
            return;
        }
        let letters = wish.letters();
        let wanted = Wanted {
            anchor: wish.at.map(|axis| axis as f32),
            // The space after the last letter is nobody's.
            size: [measured.width - letters.spacing, letters.points * 1.16],
            clear: wish.clear,
            room: wish.room,
            sides: wish.sides,
        };
        if let Some((_, area)) = self.sheet.place(&wanted) {
            if wish.dot > 0.0 {
                self.sheet.occupy(dot);
            }
            self.standing.entry(wish.name.clone()).or_default().push(wish.at);
            self.placed.push((number, area));
        }
    }
}

fn of_marks(frame: &Frame, marks: &[(Placed<'_>, f64)]) -> Vec<Wish> {
    let room = frame.size[0] * frame.size[1] / (1600.0 * 1000.0);
    let most = (NAMED_MARKS * room.clamp(0.1, 4.0)) as usize;
    let greatest = marks.first().map_or(1, |(placed, _)| placed.count).max(2);
    let wish = |(placed, radius): &(Placed<'_>, f64)| Wish {
        at: placed.at,
        name: placed.mark.name.clone(),
        hand: Hand::Mark { strong: placed.count * 4 >= greatest },
        clear: *radius as f32 + 3.0,
        room: 0.0,
        sides: &BESIDE,
        dot: 0.0,
        across: None,
    };
    marks.iter().take(most).map(wish).collect()
}

/// What lies under the marks, in the order in which the window names it.
fn of_ground(frame: &Frame, named: &Named<'_>) -> Vec<Wish> {
    let mut wishes = of_countries(frame, named);
    let Some(gazetteer) = named.gazetteer else { return wishes };
    let zoom = frame.zoom();
    let areas = of_areas(frame, toponyms::areas(gazetteer));
    let near = toponyms::near(gazetteer, frame.bbox(), (zoom * 2.0).floor() / 2.0);
    let districts =
        of_areas(frame, near.iter().filter(|toponym| toponym.sort == Sort::District).cloned().collect());
    let great = toponyms::least_population(zoom + 0.5).saturating_mul(4);
    let over = |toponyms: &[(Toponym, f32)], wanted: &dyn Fn(Sort, f32) -> bool| -> Vec<Wish> {
        let wanted = toponyms.iter().filter(|(toponym, across)| wanted(toponym.sort, *across));
        wanted.map(|(toponym, across)| over(frame, toponym, *across)).collect()
    };
    let beside = |wanted: &dyn Fn(&Toponym) -> bool| -> Vec<Wish> {
        near.iter().filter(|toponym| wanted(toponym)).map(|toponym| beside(frame, toponym)).collect()
    };
    wishes.extend(over(&areas, &|sort, across| sort == Sort::Sea && across > 260.0));
    wishes.extend(beside(&|toponym| match toponym.sort {
        Sort::Capital => true,
        Sort::Town => toponym.population >= great,
        _ => false,
    }));
    wishes.extend(over(&areas, &|sort, across| match sort {
        Sort::Division => zoom > 3.7,
        Sort::Sea => across <= 260.0,
        _ => false,
    }));
    wishes.extend(over(&areas, &|sort, _| matches!(sort, Sort::Lake | Sort::Land)));
    wishes.extend(beside(&|toponym| toponym.sort == Sort::Town));
    wishes.extend(over(&districts, &|_, _| true));
    wishes.extend(beside(&|toponym| matches!(toponym.sort, Sort::Quarter | Sort::Site)));
    wishes
}

/// The countries in view, but those that a mark already names.
fn of_countries(frame: &Frame, named: &Named<'_>) -> Vec<Wish> {
    let zoom = frame.zoom() as f32;
    let marked = |code: &str| {
        !code.is_empty()
            && named.marks.iter().any(|(placed, _)| placed.mark.wide && placed.mark.country == code)
    };
    let labels = named
        .basemap
        .country_labels()
        .filter(|label| label.min_zoom <= zoom + 0.4 && label.max_zoom >= zoom - 1.0 && !marked(label.code));
    let wish = |label: crate::basemap::CountryLabel<'_>| Wish {
        at: frame.place(mercator::project(label.lat, label.lon)),
        name: label.name.to_owned(),
        hand: Hand::Country { large: label.min_zoom < 2.8 && zoom > 2.6 },
        clear: 9.0,
        room: 2.0,
        sides: if label.min_zoom < 4.0 { &AROUND[..3] } else { &AROUND },
        dot: 0.0,
        across: None,
    };
    labels.map(wish).collect()
}

/// Those whose middle is in view, each with its width on the page: neither too small for three letters, nor so large
/// that its name could be anywhere.
fn of_areas(frame: &Frame, toponyms: Vec<Toponym>) -> Vec<(Toponym, f32)> {
    let most = (frame.size[0].max(frame.size[1]) * 2.4) as f32;
    let seen = toponyms.into_iter().filter_map(|toponym| {
        let across = (toponym.width * frame.world) as f32;
        let seen = (24.0..most).contains(&across) && frame.shows(frame.place(toponym.at), 0.0);
        seen.then_some((toponym, across))
    });
    seen.collect()
}

/// A name over what has a shape.
fn over(frame: &Frame, toponym: &Toponym, across: f32) -> Wish {
    let share = match toponym.sort {
        Sort::Division => 1.15,
        // A strait is named beyond its shores.
        Sort::Sea => 0.6,
        _ => 0.8,
    };
    Wish {
        at: frame.place(toponym.at),
        name: toponym.name.clone(),
        hand: Hand::of(toponym, across),
        clear: 6.0,
        room: if toponym.sort == Sort::District { 12.0 } else { 6.0 },
        sides: &OVER,
        dot: 0.0,
        across: Some((share, across)),
    }
}

/// A name beside what has a point, with a dot at it.
fn beside(frame: &Frame, toponym: &Toponym) -> Wish {
    let (dot, sides): (f32, &'static [Side]) = match toponym.sort {
        Sort::Capital => (2.3, &BESIDE),
        Sort::Quarter => (0.0, &OVER),
        _ => (1.6, &BESIDE),
    };
    Wish {
        at: frame.place(toponym.at),
        name: toponym.name.clone(),
        hand: Hand::of(toponym, 0.0),
        clear: 4.5,
        room: if toponym.sort == Sort::Capital { 3.0 } else { TOWN_ROOM },
        sides,
        dot,
        across: None,
    }
}
