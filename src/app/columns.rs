//! How wide the panes are in a window of a given width.
//! A narrow window keeps the map and one side pane: the article once something is selected, the
//! lists before.

/// Narrowest widths at which a pane is worth having, points.
const LISTS: f32 = 220.0;
const READER: f32 = 340.0;
const MAP: f32 = 320.0;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Width of the lists, or none where they are hidden.
    pub lists: Option<f32>,
    /// Width of the article, or none where it is hidden.
    pub reader: Option<f32>,
    /// Whether the article matters more than the lists, where there is room for one.
    pub reading: bool,
}

/// Widths of the three columns; 0 where one is hidden.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    /// Lists.
    pub lists: f32,
    /// Map.
    pub map: f32,
    /// Article.
    pub reader: f32,
}

/// Divides a window's width.
pub fn divide(width: f32, wish: Wish) -> Columns {
    let mut lists = wish.lists.map_or(0.0, |wide| wide.max(LISTS));
    let mut reader = wish.reader.map_or(0.0, |wide| wide.max(READER));
    if lists > 0.0 && reader > 0.0 && LISTS + READER + MAP > width {
        if wish.reading { lists = 0.0 } else { reader = 0.0 }
    }
    // Too wide together: the article gives way to its least width, then the lists to theirs.
    let room = width - MAP;
    let least = |wide: f32, least: f32| if wide > 0.0 { least.min(wide) } else { 0.0 };
    reader = reader.min((room - lists).max(least(reader, READER)));
    lists = lists.min((room - reader).max(least(lists, LISTS)));
    // Not even one beside a map worth the name: the side pane has the window to itself.
    if lists + reader > 0.0 && width - lists - reader < MAP / 2.0 {
        let side = |wide: f32| if wide > 0.0 { width } else { 0.0 };
        (lists, reader) = (side(lists), side(reader));
    }
    Columns { lists, map: (width - lists - reader).max(0.0), reader }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_divided() {
        let check =
            |width: f32, lists: Option<f32>, reader: Option<f32>, reading, expected: (f32, f32, f32)| {
                let found = divide(width, Wish { lists, reader, reading });
                let (lists, map, reader) = expected;
                assert_eq!(found, Columns { lists, map, reader }, "{width}");
            };
        let (some, none) = (|wide| Some(wide), None);
        check(1280.0, some(264.0), some(440.0), false, (264.0, 576.0, 440.0));
        check(2560.0, some(264.0), some(440.0), true, (264.0, 1856.0, 440.0));
        check(1280.0, none, some(440.0), true, (0.0, 840.0, 440.0));
        check(1000.0, some(264.0), some(440.0), true, (264.0, 320.0, 416.0));
        check(800.0, some(264.0), some(440.0), true, (0.0, 360.0, 440.0));
        check(800.0, some(264.0), some(440.0), false, (264.0, 536.0, 0.0));
        check(480.0, some(264.0), some(440.0), true, (0.0, 0.0, 480.0));
        check(480.0, none, none, true, (0.0, 480.0, 0.0));
    }
}
