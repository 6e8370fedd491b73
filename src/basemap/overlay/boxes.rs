//! Boxes packed so that those at a point are found without a look at every one.
//! Boxes near one another are packed together, and packs in packs: the tree is a few flat lists, and never grows.

use crate::basemap::clip::{Rect, Xy};

/// Boxes, or packs, to a pack.
const PACK: usize = 16;

/// Many boxes, numbered from 0.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// The boxes' numbers, neighbours together.
    numbers: Vec<usize>,
    /// The boxes in that order, the packs of them, the packs of these, up to one that holds all.
    levels: Vec<Vec<Rect>>,
}

impl Boxes {
    pub(super) fn of(boxes: &[Rect]) -> Boxes {
        let mut numbers: Vec<usize> = (0..boxes.len()).collect();
        numbers.sort_by_cached_key(|&number| along(&boxes[number]));
        let mut levels = vec![numbers.iter().map(|&number| boxes[number]).collect::<Vec<_>>()];
        while let Some(last) = levels.last().filter(|last| last.len() > 1) {
            let next = last.chunks(PACK).map(around).collect();
            levels.push(next);
        }
        Boxes { numbers, levels }
    }

    /// The box around all of them, which is nowhere where there are none.
    pub(super) fn bounds(&self) -> Rect {
        around(self.levels.last().map_or(&[], Vec::as_slice))
    }

    /// Puts the numbers of the boxes that touch this one behind others, in no order.
    pub(super) fn touching(&self, wanted: &Rect, found: &mut Vec<usize>) {
        let mut open: Vec<(usize, usize)> = Vec::new();
        if let Some(top) = self.levels.len().checked_sub(1) {
            open.extend((0..self.levels[top].len()).map(|at| (top, at)));
        }
        while let Some((level, at)) = open.pop() {
            if !self.levels[level][at].touches(wanted) {
                continue;
            }
            match level.checked_sub(1) {
                None => found.push(self.numbers[at]),
                Some(below) => {
                    let end = self.levels[below].len().min((at + 1) * PACK);
                    open.extend((at * PACK..end).map(|at| (below, at)));
                }
            }
        }
    }
}

/// The box around boxes.
fn around(boxes: &[Rect]) -> Rect {
    boxes.iter().fold(Rect::of(&[]), |all, one| Rect::of(&[all.min, all.max, one.min, one.max]))
}

/// Where a box's middle stands on a line that runs through the world square by square (Morton, 1966): what is near on
/// the line is near in the world.
fn along(one: &Rect) -> u64 {
    let spread = |axis: usize| {
        let middle: Xy = [(one.min[0] + one.max[0]) / 2.0, (one.min[1] + one.max[1]) / 2.0];
        // Shapes over 180° have their middle up to a world beyond.
        let place = ((middle[axis] + 1.0) / 3.0 * f64::from(u32::MAX)) as u32;
        (0..32).fold(0, |bits, bit| bits | u64::from(place >> bit & 1) << (2 * bit))
    };
    spread(0) | spread(1) << 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxes() -> impl Strategy<Value = Vec<Rect>> {
        let one = (-1.0..2.0, 0.0..1.0, 0.0..0.2, 0.0..0.2);
        let rect = one.prop_map(|(x, y, wide, high): (f64, f64, f64, f64)| Rect {
            min: [x, y],
            max: [x + wide, y + high],
        });
        prop::collection::vec(rect, 0..400)
    }

    proptest! {
        #[test]
        fn boxes_are_found_as_by_a_look_at_every_one(boxes in boxes(), x in -1.0..2.0, y in 0.0..1.0) {
            let wanted = Rect { min: [x, y], max: [x + 0.01, y + 0.01] };
            let mut found = Vec::new();
            Boxes::of(&boxes).touching(&wanted, &mut found);
            found.sort_unstable();
            let looked: Vec<usize> = (0..boxes.len()).filter(|&at| boxes[at].touches(&wanted)).collect();
            prop_assert_eq!(found, looked);
        }
    }
}
