//! The forms of events by class, so that colour is never the only sign of what happened.
//! They are about equally large, so that none looks like more than another.

use std::f32::consts::TAU;

use crate::model::EventClass;

/// The corners of a class's form about the origin, y down, of about the area of a disc of radius 1; none for a disc.
pub(crate) fn corners(class: EventClass) -> Option<Vec<[f32; 2]>> {
    let polygon = |sides: u32, turn: f32, radius: f32| {
        let corner = |n: u32| {
            let angle = (n as f32 / sides as f32 + turn) * TAU;
            [radius * angle.sin(), -radius * angle.cos()]
        };
        Some((0..sides).map(corner).collect())
    };
    match class {
        EventClass::Diplomacy => None,
        EventClass::Help => polygon(4, 0.125, 1.26),
        EventClass::Dispute => polygon(6, 0.0, 1.12),
        EventClass::Pressure => polygon(5, 0.0, 1.18),
        EventClass::Violence => polygon(4, 0.0, 1.32),
        EventClass::Misfortune => polygon(3, 0.0, 1.42),
    }
}
