//! Which names stand where: marks first, then countries, seas, divisions and towns, none over another.
//! They are placed for a box wider than the view and kept until the view leaves it, the zoom changes, or other
//! marks come into view: names do not jump while the map pans, and a frame only moves them.

mod of_tiles;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use egui::{Align2, Context, FontId, Painter, Pos2, Rect, Vec2, pos2, vec2};

use super::camera::Camera;
use super::globe;
use super::labels::{self, halo, haloed};
use super::pin::{MapPin, ShownPin};
use super::places::{Shown, ShownMark};
use super::toponyms::Toponyms;
use crate::app::theme::{Tokens, space};
use crate::basemap::labels::{Area, BESIDE, Sheet, Side, Wanted};
use crate::basemap::toponyms::{self, Sort, Toponym};
use crate::basemap::{Basemap, Hand, TileLabel, endonym, mercator};
use crate::explore::Scene;
use crate::model::Precision;

/// Least distance between two names, points.
const GAP: f32 = 3.0;
/// The same between a town's name and any other, so that towns are ground to the marks and not a crowd.
const TOWN_ROOM: f32 = 22.0;
/// How much of the view's size names are placed beyond each of its sides.
const BEYOND: f32 = 0.35;
/// How far the zoom moves before names are placed anew.
const ZOOM_STEP: f64 = 0.07;
/// Nearer to the view's edge, or to what lies over the map, no name is shown: one that is cut is not read, but
/// misread.
const EDGE: f32 = 4.0;
/// Marks that are named at most.
const NAMED_MARKS: usize = 160;
/// Within this distance a name is written once, points.
const ONCE_WITHIN: f32 = 240.0;

/// What a label belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Owner {
    Pin,
    /// A mark, by the key of its place, or of the first of its places.
    Mark(u32),
    Country(usize),
    Toponym(u32),
    /// A name of a vector tile.
    Tile(u64),
}

/// A name in its place.
struct Label {
    owner: Owner,
    /// Place on the unit square.
    anchor: [f64; 2],
    /// From there to its left upper corner, points.
    offset: Vec2,
    size: Vec2,
    name: String,
    hand: Hand,
    strength: f32,
    /// Radius of its dot, where it has one.
    dot: f32,
}

/// What the names were placed for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Laid {
    zoom: f64,
    /// Corners on the unit square.
    low: [f64; 2],
    high: [f64; 2],
    /// Everything else that they hang on.
    state: u64,
}

/// What names are chosen among, in one frame.
pub(super) struct Named<'a> {
    pub basemap: &'a Basemap,
    pub toponyms: &'a mut Toponyms,
    pub scene: &'a Scene,
    pub shown: &'a Shown,
    pub pin: Option<(ShownPin, &'a MapPin)>,
    /// Index of the selected place.
    pub selected: Option<usize>,
    /// Whether countries are called as they call themselves.
    pub local: bool,
    /// The names of vector tiles, and the how manieth they are: they take the place of the gazetteer's.
    pub tiles: Option<(u64, &'a [TileLabel])>,
    /// What lies over the map: the search, the buttons, the scale, the credit.
    pub covered: &'a [Rect],
    /// Without towns, borders' countries and all else that is no mark.
    pub plain: bool,
}

/// The names on the map.
#[derive(Default)]
pub(super) struct Lettering {
    laid: Option<Laid>,
    labels: Vec<Label>,
    /// The view of the last frame, and the last that came to rest.
    last: Option<Camera>,
    rested: Option<Camera>,
    /// Where each label last stood beside its anchor, so that it stays there while the zoom changes.
    sides: HashMap<Owner, Side>,
    /// Where the middle of a view without a name lies, and for which middle that was found out.
    whereabouts: Option<([f64; 2], String)>,
}

impl Lettering {
    /// Draws every name in view.
    pub fn show(&mut self, painter: &Painter, camera: &Camera, named: &mut Named<'_>, tokens: &Tokens) {
        named.toponyms.look(painter.ctx(), camera);
        let state = state(named);
        if !self.laid.is_some_and(|laid| laid.holds(camera, state))
            || self.comes_to_rest(painter.ctx(), camera, named.covered)
        {
            self.lay(painter, camera, named, state);
        }
        self.last = Some(*camera);
        let hovered = named.shown.marks.iter().filter(|mark| mark.strong).map(|mark| mark.leader);
        let strong: Vec<u32> = hovered.filter_map(|index| Some(named.scene.points.get(index)?.key)).collect();
        let mut any = false;
        for label in &self.labels {
            any |= label.draw(painter, camera, named.covered, &strong, tokens);
        }
        if !any && camera.zoom > 5.0 && !named.plain {
            self.tell_where(painter, camera, named.toponyms, tokens);
        }
    }

    /// What is said where no name is in view, for tests.
    #[cfg(test)]
    pub fn whereabouts(&self) -> Option<&str> {
        self.whereabouts.as_ref().map(|(_, text)| text.as_str())
    }

    /// Every name with where it stands, for tests.
    #[cfg(test)]
    pub fn stands(&self, camera: &Camera) -> Vec<(&str, Pos2)> {
        self.labels
            .iter()
            .map(|label| (label.name.as_str(), camera.to_screen(label.anchor) + label.offset))
            .collect()
    }

    /// Whether the view has just come to rest with a mark in it whose name the edge cuts: another side may have room.
    fn comes_to_rest(&mut self, ctx: &Context, camera: &Camera, covered: &[Rect]) -> bool {
        if self.rested == Some(*camera) {
            return false;
        }
        let cut = self.labels.iter().any(|label| {
            let at = camera.to_screen(label.anchor);
            let rect = Rect::from_min_size(at + label.offset, label.size);
            label.is_of_mark() && camera.rect.contains(at) && free(rect, camera.rect, covered) < EDGE
        });
        if !cut {
            return false;
        }
        let rests = self.last == Some(*camera);
        if rests {
            self.rested = self.last;
        } else {
            // With the next frame it is known whether the map moves on.
            ctx.request_repaint();
        }
        rests
    }

    fn lay(&mut self, painter: &Painter, camera: &Camera, named: &mut Named<'_>, state: u64) {
        let wide = camera.rect.expand2(camera.rect.size() * BEYOND);
        self.laid = Some(Laid {
            zoom: camera.zoom,
            low: camera.to_world(wide.min),
            high: camera.to_world(wide.max),
            state,
        });
        let mut layer = Layer {
            painter,
            camera: *camera,
            wide,
            covered: named.covered,
            sheet: Sheet::new(area(wide), GAP),
            labels: Vec::new(),
            sides: std::mem::take(&mut self.sides),
            standing: HashMap::new(),
        };
        layer.pin(named);
        let countries = layer.marks(named);
        if let Some((_, labels)) = named.tiles {
            layer.of_tiles(labels, named.local);
        } else if !named.plain {
            layer.ground(named, &countries);
        }
        self.sides = layer.labels.iter().map(|(side, label)| (label.owner, *side)).collect();
        self.labels = layer.labels.into_iter().map(|(_, label)| label).collect();
    }

    /// Says where the middle lies where no name is in view: by the nearest town, however far.
    fn tell_where(&mut self, painter: &Painter, camera: &Camera, toponyms: &Toponyms, tokens: &Tokens) {
        let Some(gazetteer) = toponyms.gazetteer() else {
            return;
        };
        let near = 24.0 / camera.world();
        let known = self.whereabouts.as_ref().is_some_and(|(at, _)| {
            (at[0] - camera.centre[0]).abs() < near && (at[1] - camera.centre[1]).abs() < near
        });
        if !known {
            let (lat, lon) = mercator::unproject(camera.centre);
            let around = gazetteer.nearest(lat, lon, 8).into_iter();
            let town = around.map(|(row, _)| row).find(|&row| gazetteer.feature(row).0 == 'P');
            let text = town.map(|row| {
                let country = gazetteer.country(row).map_or("", |country| gazetteer.name(country));
                let said = globe::from_place(gazetteer.point(row), gazetteer.name(row), (lat, lon));
                if country.is_empty() { said } else { format!("{said}, {country}") }
            });
            self.whereabouts = Some((camera.centre, text.unwrap_or_default()));
        }
        if let Some((_, text)) = &self.whereabouts {
            let at = camera.rect.center_bottom() - vec2(0.0, 44.0 + space::M);
            let font = FontId::proportional(12.0);
            haloed(painter, at, Align2::CENTER_BOTTOM, text, font, tokens.map_label, tokens.land);
        }
    }
}

impl Laid {
    /// Whether the names stand for this view, too.
    fn holds(&self, camera: &Camera, state: u64) -> bool {
        // The middle may have gone round the world since.
        let shift = (camera.centre[0] - (self.low[0] + self.high[0]) / 2.0).round();
        let (low, high) = (camera.to_world(camera.rect.min), camera.to_world(camera.rect.max));
        self.state == state
            && (self.zoom - camera.zoom).abs() < ZOOM_STEP
            && (0..2).all(|axis| {
                let shift = if axis == 0 { shift } else { 0.0 };
                low[axis] >= self.low[axis] + shift && high[axis] <= self.high[axis] + shift
            })
    }
}

/// What the choice of names hangs on beside the view: the same whatever the order of the marks, and whatever
/// the pointer is over.
fn state(named: &Named<'_>) -> u64 {
    let hash = |value: &dyn Fn(&mut DefaultHasher)| {
        let mut hasher = DefaultHasher::new();
        value(&mut hasher);
        hasher.finish()
    };
    let marks = named.shown.marks.iter().map(|mark| hash(&|hasher| (mark.leader, mark.point).hash(hasher)));
    let marks = marks.fold(0u64, u64::wrapping_add);
    let pin = named.pin.as_ref().map(|(_, pin)| (pin.name.as_str(), pin.lat.to_bits(), pin.lon.to_bits()));
    hash(&|hasher| {
        (marks, named.scene.revision, named.selected, pin, named.toponyms.revision, named.plain, named.local)
            .hash(hasher);
        named.tiles.map(|(revision, _)| revision).hash(hasher);
    })
}

/// The names as they are placed, the most important first.
struct Layer<'a> {
    painter: &'a Painter,
    camera: Camera,
    wide: Rect,
    covered: &'a [Rect],
    sheet: Sheet,
    labels: Vec<(Side, Label)>,
    sides: HashMap<Owner, Side>,
    /// Where names stand already, by name.
    standing: HashMap<String, Vec<Pos2>>,
}

/// A name that wants a place.
struct Wish<'a> {
    owner: Owner,
    anchor: [f64; 2],
    name: &'a str,
    hand: Hand,
    strength: f32,
    clear: f32,
    room: f32,
    sides: &'a [Side],
    dot: f32,
}

impl Layer<'_> {
    fn pin(&mut self, named: &Named<'_>) {
        if let Some((shown, pin)) = &named.pin {
            self.sheet.occupy(area(shown.rect));
            self.put(
                Wish {
                    owner: Owner::Pin,
                    anchor: self.camera.to_world(shown.head),
                    name: &pin.name,
                    hand: Hand::Mark { strong: true },
                    strength: 1.0,
                    clear: ShownPin::CLEAR,
                    room: 0.0,
                    sides: &BESIDE,
                    dot: 0.0,
                },
                None,
            );
        }
    }

    /// Names the marks, what is selected first; answers which countries are named by it.
    fn marks(&mut self, named: &Named<'_>) -> Vec<String> {
        let is_selected = |mark: &ShownMark| mark.point.is_some() && mark.point == named.selected;
        let mut marks: Vec<&ShownMark> = named.shown.marks.iter().collect();
        marks.sort_by_key(|mark| (!is_selected(mark), mark.leader));
        let chosen = marks.iter().filter(|mark| is_selected(mark)).count();
        marks[..chosen].iter().for_each(|mark| self.keep_off(mark));
        let mut countries = Vec::new();
        for (order, mark) in marks.iter().enumerate().take(NAMED_MARKS) {
            // What is selected keeps its name even over the group that it is part of.
            if order == chosen {
                marks[chosen..].iter().for_each(|mark| self.keep_off(mark));
            }
            let Some(point) = named.scene.points.get(mark.leader) else {
                continue;
            };
            let group = format!("{} +{}", point.place.name, mark.places.saturating_sub(1));
            let single = mark.point.is_some();
            self.put(
                Wish {
                    owner: Owner::Mark(point.key),
                    anchor: self.camera.to_world(mark.at),
                    name: if single { &point.place.name } else { &group },
                    hand: if single { Hand::Mark { strong: order < chosen } } else { Hand::Group },
                    strength: mark.strength,
                    // The ring round a selected mark is wider than the mark.
                    clear: mark.radius + if order < chosen { 7.0 } else { 4.0 },
                    room: 0.0,
                    sides: &BESIDE,
                    dot: 0.0,
                },
                None,
            );
            if single && point.place.precision == Precision::Country {
                countries.push(point.place.country_code.clone());
            }
        }
        countries
    }

    fn keep_off(&mut self, mark: &ShownMark) {
        self.sheet.occupy(area(Rect::from_center_size(mark.at, Vec2::splat(mark.radius * 2.0))));
    }

    /// Names what lies under the marks.
    fn ground(&mut self, named: &mut Named<'_>, marked: &[String]) {
        self.countries(named.basemap, marked, named.local);
        let zoom = self.camera.zoom;
        let great = 4 * toponyms::least_population(zoom + 0.5);
        let areas = &mut self.in_sight(&mut named.toponyms.areas);
        let near = &mut self.in_sight(&mut named.toponyms.near);
        self.areas(areas, |toponym, across| toponym.sort == Sort::Sea && across > 260.0);
        self.spots(near, |toponym| match toponym.sort {
            Sort::Capital => true,
            Sort::Town => toponym.population >= great,
            _ => false,
        });
        self.areas(areas, |toponym, across| match toponym.sort {
            Sort::Division => zoom > 3.7,
            Sort::Sea => across <= 260.0,
            _ => false,
        });
        self.areas(areas, |toponym, _| matches!(toponym.sort, Sort::Lake | Sort::Land));
        self.spots(near, |toponym| toponym.sort == Sort::Town);
        self.areas(near, |toponym, _| toponym.sort == Sort::District);
        self.spots(near, |toponym| matches!(toponym.sort, Sort::Quarter | Sort::Site));
    }

    /// Those that may have a name here, each with its width on the screen: for what has a shape neither too small
    /// for three letters, nor so large that its name could be anywhere.
    fn in_sight<'a>(&self, toponyms: &'a mut [Toponym]) -> Vec<(&'a mut Toponym, f32)> {
        let world = self.camera.world();
        let most = self.camera.rect.size().max_elem() * 2.4;
        let seen = toponyms.iter_mut().filter_map(|toponym| {
            let across = (toponym.width * world) as f32;
            let sized = !toponym.sort.is_area() || (24.0..most).contains(&across);
            (sized && self.wide.contains(self.camera.to_screen(toponym.at))).then_some((toponym, across))
        });
        seen.collect()
    }

    /// Names the countries in view, but those that a mark already names.
    fn countries(&mut self, basemap: &Basemap, marked: &[String], local: bool) {
        let zoom = self.camera.zoom;
        for (number, label) in basemap.country_labels().enumerate() {
            if f64::from(label.min_zoom) > zoom + 0.4 || f64::from(label.max_zoom) < zoom - 1.0 {
                continue;
            }
            if !label.code.is_empty() && marked.iter().any(|code| code == label.code) {
                continue;
            }
            let large = label.min_zoom < 2.8 && zoom > 2.6;
            let own = local.then(|| self.own_name(label.code)).flatten();
            let wish = Wish {
                owner: Owner::Country(number),
                anchor: mercator::project(label.lat, label.lon),
                name: own.unwrap_or(label.name),
                hand: Hand::Country { large },
                strength: 1.0,
                clear: 9.0,
                room: 2.0,
                // A country of islands may be named beside them.
                sides: &[Side::Middle, Side::Below, Side::Above, Side::Left, Side::Right]
                    [..if label.min_zoom < 4.0 { 3 } else { 5 }],
                dot: 0.0,
            };
            self.put(wish, None);
        }
    }

    /// What a country calls itself, where there are letters for it.
    fn own_name(&self, code: &str) -> Option<&'static str> {
        let name = endonym(code)?;
        let there = self.painter.fonts_mut(|fonts| fonts.has_glyphs(&FontId::proportional(12.0), name));
        there.then_some(name)
    }

    /// Names what has a shape, where it is large enough for its name.
    fn areas(&mut self, toponyms: &mut [(&mut Toponym, f32)], wanted: impl Fn(&Toponym, f32) -> bool) {
        for (toponym, across) in toponyms {
            let across = *across;
            if !wanted(toponym, across) {
                continue;
            }
            let hand = Hand::of(toponym, across);
            let size = self.measure(toponym, hand);
            let share = match toponym.sort {
                Sort::Division => 1.15,
                // A strait is named beyond its shores.
                Sort::Sea => 0.6,
                _ => 0.8,
            };
            if across < size.x * share {
                continue;
            }
            let wish = Wish {
                owner: Owner::Toponym(toponym.row.0),
                anchor: toponym.at,
                name: &toponym.name,
                hand,
                strength: 1.0,
                clear: 6.0,
                room: if toponym.sort == Sort::District { 12.0 } else { 6.0 },
                sides: &[Side::Middle, Side::Below, Side::Above],
                dot: 0.0,
            };
            self.put(wish, Some(size));
        }
    }

    /// Names what has a point, with a dot at it.
    fn spots(&mut self, toponyms: &mut [(&mut Toponym, f32)], wanted: impl Fn(&Toponym) -> bool) {
        for (toponym, _) in toponyms {
            if !wanted(toponym) {
                continue;
            }
            let at = self.camera.to_screen(toponym.at);
            let dot = area(Rect::from_center_size(at, Vec2::splat(6.0)));
            if !self.sheet.is_clear(&dot) {
                continue;
            }
            let hand = Hand::of(toponym, 0.0);
            let size = self.measure(toponym, hand);
            let (dot_radius, sides): (f32, &[Side]) = match toponym.sort {
                Sort::Capital => (2.3, &BESIDE),
                Sort::Quarter => (0.0, &[Side::Middle, Side::Below, Side::Above]),
                _ => (1.6, &BESIDE),
            };
            let wish = Wish {
                owner: Owner::Toponym(toponym.row.0),
                anchor: toponym.at,
                name: &toponym.name,
                hand,
                strength: 1.0,
                clear: 4.5,
                room: if toponym.sort == Sort::Capital { 3.0 } else { TOWN_ROOM },
                sides,
                dot: dot_radius,
            };
            if self.put(wish, Some(size)) {
                self.sheet.occupy(dot);
            }
        }
    }

    fn measure(&self, toponym: &mut Toponym, hand: Hand) -> Vec2 {
        let size = || labels::set(hand, self.painter, &toponym.name).size();
        (*toponym.size.get_or_insert_with(|| size().into())).into()
    }

    /// Places a name where there is room for it and it does not stand yet; whether it did.
    fn put(&mut self, wish: Wish<'_>, size: Option<Vec2>) -> bool {
        let at = self.camera.to_screen(wish.anchor);
        let said = self.standing.get(wish.name);
        if said.is_some_and(|others| others.iter().any(|other| other.distance(at) < ONCE_WITHIN)) {
            return false;
        }
        let size = size.unwrap_or_else(|| labels::set(wish.hand, self.painter, wish.name).size());
        let mut sides: Vec<Side> = wish.sides.to_vec();
        if let Some(last) = self.sides.get(&wish.owner) {
            // Where it stood it stays, if it can.
            sides.sort_by_key(|side| side != last);
        }
        let (anchor, size_of) = ([at.x, at.y], [size.x, size.y]);
        let mut wanted = Wanted { anchor, size: size_of, clear: wish.clear, room: wish.room, sides: &[] };
        if self.camera.rect.contains(at) {
            let (view, covered) = (self.camera.rect, self.covered);
            sides.sort_by_key(|&side| free(rect(wanted.stand(side)), view, covered) < EDGE);
        }
        wanted.sides = &sides;
        let Some((side, placed)) = self.sheet.place(&wanted) else {
            return false;
        };
        self.standing.entry(wish.name.to_owned()).or_default().push(at);
        let label = Label {
            owner: wish.owner,
            anchor: wish.anchor,
            offset: pos2(placed.min[0], placed.min[1]) - at,
            size,
            name: wish.name.to_owned(),
            hand: wish.hand,
            strength: wish.strength,
            dot: wish.dot,
        };
        self.labels.push((side, label));
        true
    }
}

impl Label {
    fn is_of_mark(&self) -> bool {
        matches!(self.owner, Owner::Mark(_) | Owner::Pin)
    }

    /// Draws it where it is in view; whether it is.
    fn draw(
        &self,
        painter: &Painter,
        camera: &Camera,
        covered: &[Rect],
        strong: &[u32],
        tokens: &Tokens,
    ) -> bool {
        let at = camera.to_screen(self.anchor);
        if !camera.rect.expand(260.0).contains(at) {
            return false;
        }
        let strong = matches!(self.owner, Owner::Mark(key) if strong.contains(&key));
        let hand = match self.hand {
            Hand::Mark { .. } if strong => Hand::Mark { strong },
            hand => hand,
        };
        let galley = labels::set(hand, painter, &self.name);
        let ppp = painter.pixels_per_point();
        let whole = |value: f32| (value * ppp).round() / ppp;
        let mut rect = Rect::from_min_size(at + self.offset, galley.size());
        let meant = matches!(hand, Hand::Mark { strong: true });
        if meant && camera.rect.contains(at) {
            // What is selected or under the pointer is always named.
            rect = within(rect, camera.rect.shrink(EDGE + 0.5));
        }
        let covered = if meant { &[] } else { covered };
        if free(rect, camera.rect, covered) < EDGE {
            return false;
        }
        let (ink, ground) = labels::ink(hand, tokens);
        let strength = if strong { 1.0 } else { self.strength };
        let corner = pos2(whole(rect.min.x), whole(rect.min.y));
        if self.dot > 0.0 {
            painter.circle_filled(at, self.dot + 1.0, ground);
            painter.circle_filled(at, self.dot, ink);
        }
        halo(painter, corner, &galley, ink.gamma_multiply(strength), ground);
        true
    }
}

/// How far something in a view is from the view's edge and from what covers it; less than nothing where it is cut.
fn free(rect: Rect, view: Rect, covered: &[Rect]) -> f32 {
    let inset = (rect.min - view.min).min(view.max - rect.max).min_elem();
    let gaps = covered.iter().map(|over| (over.min - rect.max).max(rect.min - over.max).max_elem());
    gaps.fold(inset, f32::min)
}

/// A rectangle moved into a view as far as it has to be.
fn within(rect: Rect, view: Rect) -> Rect {
    let least = view.min.max(rect.min.min(view.max - rect.size()));
    Rect::from_min_size(least, rect.size())
}

fn rect(area: Area) -> Rect {
    Rect::from_min_max(area.min.into(), area.max.into())
}

fn area(rect: Rect) -> Area {
    Area { min: [rect.min.x, rect.min.y], max: [rect.max.x, rect.max.y] }
}
