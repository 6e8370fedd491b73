//! Places labels so that no two overlap and none covers a mark.
//! Greedy, the most important first; a label's fate hangs only on those before it, so nothing flickers
//! while the map pans, apart from what comes in at the edges.

/// A rectangle on the screen, points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left, top.
    pub min: [f32; 2],
    /// Right, bottom.
    pub max: [f32; 2],
}

impl Area {
    /// Whether it lies wholly within another.
    pub fn is_within(&self, other: &Area) -> bool {
        (0..2).all(|axis| self.min[axis] >= other.min[axis] && self.max[axis] <= other.max[axis])
    }

    fn overlaps(&self, other: &Area) -> bool {
        (0..2).all(|axis| self.min[axis] < other.max[axis] && other.min[axis] < self.max[axis])
    }

    fn grown(&self, by: f32) -> Area {
        Area { min: self.min.map(|axis| axis - by), max: self.max.map(|axis| axis + by) }
    }
}

/// Where a label may stand beside its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Over the anchor itself, as a country's name.
    Middle,
    /// To its right.
    Right,
    /// To its left.
    Left,
    /// Above it.
    Above,
    /// Below it.
    Below,
}

/// All sides of a mark, the best first.
pub const BESIDE: [Side; 4] = [Side::Right, Side::Left, Side::Above, Side::Below];

/// A label that wants a place. The order in which labels are given is their order of importance.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The point it belongs to, on the screen.
    pub anchor: [f32; 2],
    /// Width and height of the text.
    pub size: [f32; 2],
    /// Distance to keep from the anchor, where it stands beside.
    pub clear: f32,
    /// Distance that all other labels keep from it, beyond the sheet's gap.
    pub room: f32,
    /// Where it may stand, the best first.
    pub sides: &'a [Side],
}

impl Wanted<'_> {
    /// Where it would stand on one side.
    pub fn stand(&self, side: Side) -> Area {
        let ([x, y], [width, height], clear) = (self.anchor, self.size, self.clear);
        let min = match side {
            Side::Middle => [x - width / 2.0, y - height / 2.0],
            Side::Right => [x + clear, y - height / 2.0],
            Side::Left => [x - clear - width, y - height / 2.0],
            Side::Above => [x - width / 2.0, y - clear - height],
            Side::Below => [x - width / 2.0, y + clear],
        };
        Area { min, max: [min[0] + width, min[1] + height] }
    }
}

/// The labels placed so far and what they must keep off.
#[derive(Clone, Debug)]
pub struct Sheet {
    bounds: Area,
    gap: f32,
    cell: f32,
    columns: usize,
    /// Occupied areas by cells of the screen; most cells hold one or two.
    cells: Vec<Vec<Area>>,
}

impl Sheet {
    /// An empty sheet. Labels stay wholly within `bounds` and `gap` points apart.
    pub fn new(bounds: Area, gap: f32) -> Sheet {
        let cell = 64.0;
        let across =
            |axis: usize| (((bounds.max[axis] - bounds.min[axis]) / cell).clamp(0.0, 512.0)) as usize + 1;
        let columns = across(0);
        Sheet { bounds, gap, cell, columns, cells: vec![Vec::new(); columns * across(1)] }
    }

    /// Keeps labels off an area, such as a mark.
    pub fn occupy(&mut self, area: Area) {
        for cell in self.touched(&area) {
            self.cells[cell].push(area);
        }
    }

    /// Whether nothing stands there yet.
    pub fn is_clear(&self, area: &Area) -> bool {
        !self.touched(area).any(|cell| self.cells[cell].iter().any(|taken| taken.overlaps(area)))
    }

    /// Places a label at the first side where it is free, and occupies it; `None` if there is none.
    pub fn place(&mut self, wanted: &Wanted<'_>) -> Option<(Side, Area)> {
        let stands = wanted.sides.iter().map(|&side| (side, wanted.stand(side)));
        let gap = self.gap + wanted.room;
        let (side, area) = stands.into_iter().find(|(_, area)| self.is_free(area, gap))?;
        self.occupy(area);
        Some((side, area))
    }

    fn is_free(&self, area: &Area, gap: f32) -> bool {
        area.is_within(&self.bounds) && self.is_clear(&area.grown(gap))
    }

    fn touched(&self, area: &Area) -> impl Iterator<Item = usize> + use<> {
        let rows = self.cells.len() / self.columns;
        let index = |axis: usize, at: f32, count: usize| {
            (((at - self.bounds.min[axis]) / self.cell).max(0.0) as usize).min(count - 1)
        };
        let (left, right) = (index(0, area.min[0], self.columns), index(0, area.max[0], self.columns));
        let (top, bottom) = (index(1, area.min[1], rows), index(1, area.max[1], rows));
        let columns = self.columns;
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Area = Area { min: [0.0, 0.0], max: [400.0, 300.0] };

    fn label(x: f32, y: f32) -> Wanted<'static> {
        Wanted { anchor: [x, y], size: [60.0, 14.0], clear: 8.0, room: 0.0, sides: &BESIDE }
    }

    #[test]
    fn a_label_moves_to_the_next_side_that_is_free() {
        let mut sheet = Sheet::new(SCREEN, 2.0);
        let mut check = |x: f32, y: f32, expected: Option<[f32; 2]>| {
            assert_eq!(sheet.place(&label(x, y)).map(|(_, area)| area.min), expected, "at {x}, {y}");
        };
        check(100.0, 100.0, Some([108.0, 93.0]));
        check(100.0, 101.0, Some([32.0, 94.0]));
        check(102.0, 120.0, Some([110.0, 113.0]));
        check(395.0, 200.0, Some([327.0, 193.0]));
        check(-80.0, 200.0, None);
    }

    #[test]
    fn no_two_labels_overlap_and_none_covers_a_mark() {
        let mut sheet = Sheet::new(SCREEN, 0.0);
        let mark = Area { min: [150.0, 100.0], max: [200.0, 150.0] };
        sheet.occupy(mark);
        let mut placed = vec![mark];
        for index in 0..200u32 {
            let wanted = label((index * 37 % 400) as f32, (index * 53 % 300) as f32);
            if let Some((_, area)) = sheet.place(&wanted) {
                assert!(placed.iter().all(|other| !other.overlaps(&area)), "{area:?}");
                placed.push(area);
            }
        }
        assert!(placed.len() > 20, "{}", placed.len());
    }

    #[test]
    fn panning_by_a_point_moves_every_label_by_a_point() {
        let place = |shift: f32| {
            let mut sheet = Sheet::new(Area { min: [-500.0; 2], max: [900.0; 2] }, 2.0);
            (0..60u32)
                .map(|index| {
                    sheet.place(&label((index * 41 % 380) as f32 + shift, (index * 29 % 280) as f32))
                })
                .map(|placed| placed.map(|(_, area)| (area.min[0] - shift).round()))
                .collect::<Vec<_>>()
        };
        assert_eq!(place(0.0), place(1.0));
    }
}
