//! The arrangement of the areas, as it is kept and as it is fitted to the window.
//! A person arranges one for wide windows; a narrow one always has the map and one area beside it.

use egui::{Id, Vec2};
use egui_tiles::{Container, Linear, LinearDir, SimplificationOptions, Tile, TileId, Tiles, Tree};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Area, Shown, fit};

/// No tree of four areas that anybody arranged has more tiles.
const MOST_TILES: usize = 16;

/// A side of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Over its height, at the left.
    Left,
    /// Over its height, at the right.
    Right,
    /// Over its width, at the top.
    Top,
    /// Over its width, at the bottom.
    Bottom,
}

impl Side {
    /// Every side, with what a menu calls it.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Left, "Left"), (Self::Right, "Right"), (Self::Top, "Top"), (Self::Bottom, "Bottom")];
}

/// How the areas lie. Sizes are points, and what is hidden keeps its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    #[serde(deserialize_with = "tree_or_first")]
    wide: Tree<Area>,
    #[serde(deserialize_with = "tree_or_first")]
    narrow: Tree<Area>,
}

impl Default for Layout {
    fn default() -> Self {
        Self { wide: first(), narrow: first() }
    }
}

impl Layout {
    /// The arrangement in a window of this size, of the areas that are to be shown. `reading` says whether the
    /// article matters more than the lists, where there is room for one.
    pub fn fitted(&mut self, size: Vec2, wanted: impl Fn(Area) -> bool, reading: bool) -> Shown {
        let (narrow, areas) = in_sight(size.x, wanted, reading);
        let tree = if narrow { &mut self.narrow } else { &mut self.wide };
        tree.simplify(&SimplificationOptions::default());
        let mut tree = tree.clone();
        for (id, area) in panes(&tree.tiles) {
            tree.set_visible(id, areas.contains(&area));
        }
        if let Some(root) = tree.root {
            fit::give(&mut tree.tiles, root, size);
        }
        Shown::new(tree, narrow)
    }

    /// Keeps what was rearranged while it was shown.
    pub fn keep(&mut self, shown: Shown) {
        let tree = if shown.narrow { &mut self.narrow } else { &mut self.wide };
        if shown.changed {
            let before = std::mem::replace(tree, shown.tree);
            resize_new(tree, &before);
            return;
        }
        for (container, child, long) in shown.moved {
            if let Some(Tile::Container(Container::Linear(linear))) = tree.tiles.get_mut(container) {
                linear.shares.set_share(child, long);
            }
        }
    }

    /// Whether a window of this width has room for an area among those that are to be shown.
    pub fn has_room(area: Area, width: f32, wanted: impl Fn(Area) -> bool, reading: bool) -> bool {
        in_sight(width, wanted, reading).1.contains(&area)
    }

    /// Turns an area's tab to the front.
    pub fn bring(&mut self, area: Area) {
        self.wide.make_active(|_, tile| matches!(tile, Tile::Pane(other) if *other == area));
    }

    /// Lays an area along a side of the window.
    pub fn dock(&mut self, area: Area, side: Side) {
        if let Some((id, _)) = panes(&self.wide.tiles).into_iter().find(|&(_, other)| other == area) {
            for (_, tile) in self.wide.tiles.iter_mut() {
                if let Tile::Container(container) = tile {
                    container.remove_child(id);
                }
            }
            lay(&mut self.wide, id, side);
        }
    }
}

/// A row or column that a drop has made took over the size of the one area that was there; it is to have what
/// the areas in it ask for.
fn resize_new(tree: &mut Tree<Area>, before: &Tree<Area>) {
    for tile in tree.tiles.tiles_mut() {
        if let Tile::Container(Container::Linear(linear)) = tile {
            for &child in linear.children.iter().filter(|&&child| before.tiles.get(child).is_none()) {
                linear.shares.set_share(child, 1.0);
            }
        }
    }
}

/// Lays a tile that is in no container along a side of the tree.
fn lay(tree: &mut Tree<Area>, id: TileId, side: Side) {
    let Some(root) = tree.root.filter(|&root| root != id) else {
        tree.root = Some(id);
        return;
    };
    let dir = match side {
        Side::Left | Side::Right => LinearDir::Horizontal,
        Side::Top | Side::Bottom => LinearDir::Vertical,
    };
    let first = matches!(side, Side::Left | Side::Top);
    if let Some(Tile::Container(Container::Linear(linear))) = tree.tiles.get_mut(root)
        && linear.dir == dir
    {
        let at = if first { 0 } else { linear.children.len() };
        linear.children.insert(at, id);
        return;
    }
    let children = if first { vec![id, root] } else { vec![root, id] };
    tree.root = Some(tree.tiles.insert_container(Linear::new(dir, children)));
}

/// Lists, the map over the timeline, the article.
fn first() -> Tree<Area> {
    let mut tiles = Tiles::default();
    let [lists, map, timeline, article] =
        [Area::Lists, Area::Map, Area::Timeline, Area::Article].map(|area| tiles.insert_pane(area));
    let middle = tiles.insert_vertical_tile(vec![map, timeline]);
    let root = tiles.insert_horizontal_tile(vec![lists, middle, article]);
    Tree::new(id(), root, tiles)
}

fn id() -> Id {
    Id::unique("areas")
}

/// The areas of a tree, in no order.
fn panes(tiles: &Tiles<Area>) -> Vec<(TileId, Area)> {
    let pane = |(id, tile): (&TileId, &Tile<Area>)| match tile {
        Tile::Pane(area) => Some((*id, *area)),
        Tile::Container(_) => None,
    };
    tiles.iter().filter_map(pane).collect()
}

/// Whether a window of this width is narrow, and what it has room for of what is wanted. A narrow one has the
/// map and one area beside it, or that area alone; none is empty.
fn in_sight(width: f32, wanted: impl Fn(Area) -> bool, reading: bool) -> (bool, Vec<Area>) {
    let mut areas: Vec<Area> = Area::ALL.into_iter().filter(|&area| wanted(area)).collect();
    let wide = |area: Area| fit::least(area).x;
    let narrow = width < wide(Area::Lists) + wide(Area::Map) + wide(Area::Article) + 2.0 * fit::GAP;
    if narrow {
        if areas.contains(&Area::Lists) && areas.contains(&Area::Article) {
            let other = if reading { Area::Lists } else { Area::Article };
            areas.retain(|&area| area != other);
        }
        let beside = areas.iter().find(|area| matches!(area, Area::Lists | Area::Article));
        if beside.is_some_and(|&area| width - wide(area) < wide(Area::Map) / 2.0) {
            areas.retain(|area| matches!(area, Area::Lists | Area::Article));
        }
    }
    if areas.is_empty() {
        areas.push(Area::Map);
    }
    (narrow, areas)
}

/// A saved tree, put right where it is odd; the first one where it is no tree at all.
fn tree_or_first<'de, D: Deserializer<'de>>(from: D) -> Result<Tree<Area>, D::Error> {
    let saved = serde_json::Value::deserialize(from)?;
    let tree: Option<Tree<Area>> = serde_json::from_value(saved).ok();
    Ok(tree.and_then(mended).unwrap_or_else(first))
}

/// The tree with every area in it once and nothing else; none where it hangs together in another way.
fn mended(tree: Tree<Area>) -> Option<Tree<Area>> {
    let mut tiles = tree.tiles;
    let root = tree.root?;
    let mut met = Vec::new();
    walk(&tiles, root, &mut met)?;
    let stray: Vec<TileId> = tiles.tile_ids().filter(|id| !met.contains(id)).collect();
    stray.into_iter().for_each(|id| drop(tiles.remove(id)));
    let mut found: Vec<Area> = panes(&tiles).into_iter().map(|(_, area)| area).collect();
    let many = found.len();
    found.sort();
    found.dedup();
    if found.len() < many {
        return None;
    }
    for tile in tiles.tiles_mut() {
        if let Tile::Container(Container::Linear(linear)) = tile {
            for &child in &linear.children {
                let share = linear.shares[child];
                if !(0.0..=10_000.0).contains(&share) {
                    linear.shares.set_share(child, 1.0);
                }
            }
        }
    }
    let mut tree = Tree::new(id(), root, tiles);
    for area in Area::ALL.into_iter().filter(|area| !found.contains(area)) {
        let id = tree.tiles.insert_pane(area);
        lay(&mut tree, id, Side::Bottom);
    }
    Some(tree)
}

/// The tiles from the root on; none where one is missing, is met twice, or is of a kind that is not made here.
fn walk(tiles: &Tiles<Area>, id: TileId, met: &mut Vec<TileId>) -> Option<()> {
    if met.contains(&id) || met.len() >= MOST_TILES {
        return None;
    }
    met.push(id);
    match tiles.get(id)? {
        Tile::Pane(_) => Some(()),
        Tile::Container(Container::Grid(_)) => None,
        Tile::Container(container) => container.children().try_for_each(|&child| walk(tiles, child, met)),
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    fn restored(text: &str) -> Layout {
        serde_json::from_str(text).unwrap()
    }

    /// The areas in sight with their sizes across the window.
    fn sizes(layout: &mut Layout, width: f32, areas: &[Area], reading: bool) -> Vec<(Area, f32)> {
        let shown = layout.fitted(vec2(width, 600.0), |area| areas.contains(&area), reading);
        let mut all = Vec::new();
        let root = shown.tree.root.unwrap();
        let Some(Tile::Container(Container::Linear(linear))) = shown.tree.tiles.get(root) else {
            return all;
        };
        for &child in &linear.children {
            if shown.tree.is_visible_in_layout(child) {
                all.push((fit::foremost(&shown.tree.tiles, child).unwrap(), linear.shares[child]));
            }
        }
        all
    }

    #[test]
    fn windows_of_every_width_are_filled() {
        use Area::{Article, Lists, Map};
        let check = |width: f32, areas: &[Area], reading: bool, expected: &[(Area, f32)]| {
            assert_eq!(sizes(&mut Layout::default(), width, areas, reading), expected, "{width}");
        };
        let all = Area::ALL;
        check(1282.0, &all, false, &[(Lists, 264.0), (Map, 576.0), (Article, 440.0)]);
        check(1281.0, &[Map, Article], true, &[(Map, 840.0), (Article, 440.0)]);
        check(1002.0, &all, true, &[(Lists, 264.0), (Map, 320.0), (Article, 416.0)]);
        check(801.0, &all, true, &[(Map, 360.0), (Article, 440.0)]);
        check(801.0, &all, false, &[(Lists, 264.0), (Map, 536.0)]);
        check(480.0, &all, true, &[(Article, 480.0)]);
        check(480.0, &[Map], true, &[(Map, 480.0)]);
        check(480.0, &[], true, &[(Map, 480.0)]);
        check(1280.0, &[], true, &[(Map, 1280.0)]);
    }

    #[test]
    fn what_is_docked_elsewhere_is_kept_and_a_narrow_window_does_not_care() {
        let mut layout = Layout::default();
        layout.dock(Area::Lists, Side::Right);
        let order = |layout: &mut Layout, width: f32| -> Vec<Area> {
            sizes(layout, width, &Area::ALL, true).into_iter().map(|(area, _)| area).collect()
        };
        assert_eq!(order(&mut layout, 1280.0), [Area::Map, Area::Article, Area::Lists]);
        assert_eq!(order(&mut layout, 800.0), [Area::Map, Area::Article]);
        let mut again = restored(&serde_json::to_string(&layout).unwrap());
        assert_eq!(order(&mut again, 1280.0), [Area::Map, Area::Article, Area::Lists]);
        layout.dock(Area::Timeline, Side::Top);
        layout.dock(Area::Timeline, Side::Bottom);
        assert_eq!(panes(&layout.wide.tiles).len(), 4);
        assert_eq!(restored(&serde_json::to_string(&layout).unwrap()), layout);
    }

    #[test]
    fn odd_layouts_are_put_right() {
        let text = serde_json::to_string(&Layout::default()).unwrap();
        let check = |from: &str, to: &str| {
            let odd = text.replace(from, to);
            assert_ne!(odd, text, "{from}");
            assert_eq!(restored(&odd), Layout::default(), "{from} to {to}");
        };
        check("\"Lists\"", "\"Globe\"");
        check("\"Lists\"", "\"Map\"");
        check("\"root\":6", "\"root\":60");
        check("\"root\":6", "\"root\":null");
        check("\"Horizontal\"", "\"Diagonal\"");
        assert_eq!(restored("{}"), Layout::default());
        assert_eq!(restored(r#"{"wide": [], "narrow": "?"}"#), Layout::default());
    }

    #[test]
    fn an_area_that_is_missing_is_laid_below_and_sizes_out_of_range_are_forgotten() {
        let mut tiles = Tiles::default();
        let children: Vec<TileId> =
            [Area::Lists, Area::Map, Area::Article].map(|area| tiles.insert_pane(area)).into();
        let mut row = Linear::new(LinearDir::Horizontal, children.clone());
        row.shares.set_share(children[0], -8.0);
        row.shares.set_share(children[2], f32::NAN);
        let root = tiles.insert_container(row);
        let tree = mended(Tree::new(id(), root, tiles)).unwrap();
        assert_eq!(panes(&tree.tiles).len(), 4);
        let mut layout = Layout { wide: tree, narrow: first() };
        let shown = layout.fitted(vec2(1282.0, 700.0), |_| true, true);
        let below =
            shown.tree.root.and_then(|root| shown.tree.tiles.get_container(root)).unwrap().children_vec();
        assert_eq!(fit::foremost(&shown.tree.tiles, below[1]), Some(Area::Timeline));
        let Some(Container::Linear(row)) = shown.tree.tiles.get_container(below[0]) else { panic!() };
        assert_eq!(
            children.iter().map(|&child| row.shares[child]).collect::<Vec<_>>(),
            [264.0, 576.0, 440.0]
        );
    }
}
