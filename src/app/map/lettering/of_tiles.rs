//! The names that vector tiles carry, set in the map's own hands.
//! They take the place of the gazetteer's names, which would say most of them twice.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Layer, Owner, Wish};
use crate::basemap::labels::{BESIDE, Side};
use crate::basemap::{Hand, LabelKind, TileLabel};

/// Over what is named, or just above or below.
const OVER: [Side; 3] = [Side::Middle, Side::Below, Side::Above];

impl Layer<'_> {
    /// Names what the tiles name, the most important first; `local`, as it is called there.
    pub(super) fn of_tiles(&mut self, labels: &[TileLabel], local: bool) {
        for label in labels {
            if !self.wide.contains(self.camera.to_screen(label.at)) {
                continue;
            }
            let (hand, room, dot) = manner(label);
            let sides: &[Side] = if dot > 0.0 { &BESIDE } else { &OVER };
            let wish = Wish {
                owner: Owner::Tile(owner(label)),
                anchor: label.at,
                name: if local { &label.local } else { &label.text },
                hand,
                strength: 1.0,
                clear: if dot > 0.0 { 4.5 } else { 6.0 },
                room,
                sides,
                dot,
            };
            self.put(wish, None);
        }
    }
}

/// How a name is set, the room it has to itself, and the radius of its dot.
fn manner(label: &TileLabel) -> (Hand, f32, f32) {
    match label.kind {
        LabelKind::Country => (Hand::Country { large: label.rank < 3 }, 2.0, 0.0),
        LabelKind::Division => (Hand::Division, 6.0, 0.0),
        LabelKind::Water if label.rank == 0 => (Hand::Sea { large: false }, 6.0, 0.0),
        LabelKind::Water => (Hand::Lake, 6.0, 0.0),
        LabelKind::City => (Hand::Town { points: 12.5, capital: label.rank <= 3 }, 8.0, 1.8),
        LabelKind::Town => (Hand::Town { points: 11.5, capital: false }, 10.0, 1.6),
        LabelKind::Village => (Hand::Quarter, 10.0, 0.0),
        LabelKind::Road => (Hand::Quarter, 24.0, 0.0),
    }
}

/// The same for a name wherever the map looks from.
fn owner(label: &TileLabel) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&label.local, label.kind, label.at.map(f64::to_bits)).hash(&mut hasher);
    hasher.finish()
}
