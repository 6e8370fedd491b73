//! How much room each area gets: what a person gave it, within what the window has.
//! The shares of the tree are points, and nothing but the map grows with the window.

use egui::{Vec2, vec2};
use egui_tiles::{Container, LinearDir, Tile, TileId, Tiles};

use super::Area;

/// Between two areas, points.
pub(super) const GAP: f32 = 1.0;
/// Height of a bar of tabs, points.
pub(super) const TAB_BAR: f32 = 32.0;
/// Shares below this are no sizes that anybody gave: the tree's own first value for a newcomer.
const NO_SIZE: f32 = 16.0;

/// The smallest size at which an area is worth having, points.
pub(super) const fn least(area: Area) -> Vec2 {
    match area {
        Area::Map => vec2(320.0, 160.0),
        Area::Article => vec2(340.0, 160.0),
        Area::Lists => vec2(220.0, 160.0),
        Area::Timeline => vec2(220.0, 72.0),
    }
}

/// The size of an area that nobody gave another, points.
const fn usual(area: Area) -> Vec2 {
    match area {
        Area::Map => vec2(640.0, 400.0),
        Area::Article => vec2(440.0, 360.0),
        Area::Lists => vec2(264.0, 300.0),
        Area::Timeline => vec2(400.0, 152.0),
    }
}

/// The children of a container that have room, of which there may be none.
pub(super) fn visible(tiles: &Tiles<Area>, container: &Container) -> Vec<TileId> {
    container.children().copied().filter(|&child| tiles.is_visible_in_layout(child)).collect()
}

/// The area that a tile is, or the first in the order of areas that it holds.
pub(super) fn foremost(tiles: &Tiles<Area>, id: TileId) -> Option<Area> {
    match tiles.get(id)? {
        Tile::Pane(area) => Some(*area),
        Tile::Container(container) => {
            visible(tiles, container).into_iter().filter_map(|child| foremost(tiles, child)).min()
        }
    }
}

/// The least length of a tile along a row or a column.
pub(super) fn least_along(tiles: &Tiles<Area>, id: TileId, along: LinearDir) -> f32 {
    measure(tiles, id, along, least)
}

fn measure(tiles: &Tiles<Area>, id: TileId, along: LinearDir, of: fn(Area) -> Vec2) -> f32 {
    match tiles.get(id) {
        None => 0.0,
        Some(Tile::Pane(area)) => length(of(*area), along),
        Some(Tile::Container(container)) => {
            let children = visible(tiles, container);
            let sizes = children.iter().map(|&child| measure(tiles, child, along, of));
            match container {
                Container::Linear(linear) if linear.dir == along => {
                    sizes.sum::<f32>() + GAP * children.len().saturating_sub(1) as f32
                }
                Container::Tabs(_) => sizes.fold(0.0, f32::max) + length(bar(children.len()), along),
                _ => sizes.fold(0.0, f32::max),
            }
        }
    }
}

/// What a bar of so many tabs takes.
fn bar(tabs: usize) -> Vec2 {
    vec2(0.0, if tabs > 1 { TAB_BAR } else { 0.0 })
}

/// How long a size is along a row or a column.
pub(super) fn length(size: Vec2, along: LinearDir) -> f32 {
    match along {
        LinearDir::Horizontal => size.x,
        LinearDir::Vertical => size.y,
    }
}

/// Gives a tile this much room, and the tiles in it theirs.
pub(super) fn give(tiles: &mut Tiles<Area>, id: TileId, size: Vec2) {
    let Some(Tile::Container(container)) = tiles.get(id) else {
        return;
    };
    let children = visible(tiles, container);
    match container {
        Container::Linear(linear) => {
            let along = linear.dir;
            let claims: Vec<Claim> = children
                .iter()
                .filter_map(|&child| claim(tiles, child, linear.shares[child], along))
                .collect();
            let room = length(size, along) - GAP * children.len().saturating_sub(1) as f32;
            let sizes = divide(room, &claims);
            if let Some(Tile::Container(Container::Linear(linear))) = tiles.get_mut(id) {
                for (&child, &long) in children.iter().zip(&sizes) {
                    linear.shares.set_share(child, long);
                }
            }
            for (child, long) in children.into_iter().zip(sizes) {
                let size = match along {
                    LinearDir::Horizontal => vec2(long, size.y),
                    LinearDir::Vertical => vec2(size.x, long),
                };
                give(tiles, child, size);
            }
        }
        _ => {
            let size = size - bar(children.len());
            children.into_iter().for_each(|child| give(tiles, child, size));
        }
    }
}

/// What a tile asks for along a row or a column.
#[derive(Clone, Copy)]
struct Claim {
    wish: f32,
    least: f32,
    area: Area,
}

fn claim(tiles: &Tiles<Area>, id: TileId, share: f32, along: LinearDir) -> Option<Claim> {
    let given = (share.is_finite() && share >= NO_SIZE).then(|| share.round());
    Some(Claim {
        wish: given.unwrap_or_else(|| measure(tiles, id, along, usual)),
        least: least_along(tiles, id, along),
        area: foremost(tiles, id)?,
    })
}

/// Divides a length: the foremost takes what the others leave. Where that is less than its least, they give
/// way to theirs, the article before the lists; where even that is too much, all shrink alike.
fn divide(room: f32, claims: &[Claim]) -> Vec<f32> {
    let room = room.max(0.0);
    let least: f32 = claims.iter().map(|claim| claim.least).sum();
    if least > room {
        return claims.iter().map(|claim| claim.least * room / least).collect();
    }
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&index| claims[index].area);
    let mut sizes: Vec<f32> = claims.iter().map(|claim| claim.wish.max(claim.least)).collect();
    let Some((&foremost, others)) = order.split_first() else {
        return sizes;
    };
    let taken: f32 = others.iter().map(|&other| sizes[other]).sum();
    let mut short = claims[foremost].least - (room - taken);
    for &other in others {
        let gives = (sizes[other] - claims[other].least).min(short).max(0.0);
        sizes[other] -= gives;
        short -= gives;
    }
    sizes[foremost] = room - others.iter().map(|&other| sizes[other]).sum::<f32>();
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_divided() {
        use Area::{Article, Lists, Map, Timeline};
        let check = |room: f32, claims: &[(Area, f32)], expected: &[f32]| {
            let claims: Vec<Claim> =
                claims.iter().map(|&(area, wish)| Claim { wish, least: least(area).x, area }).collect();
            assert_eq!(divide(room, &claims), expected, "{room}");
        };
        let all = [(Lists, 264.0), (Map, 1.0), (Article, 440.0)];
        check(1280.0, &all, &[264.0, 576.0, 440.0]);
        check(2560.0, &all, &[264.0, 1856.0, 440.0]);
        // The article gives way before the lists do.
        check(1000.0, &all, &[264.0, 320.0, 416.0]);
        check(900.0, &all, &[240.0, 320.0, 340.0]);
        check(440.0, &all, &[110.0, 160.0, 170.0]);
        // Without a map the article takes what is left.
        check(1280.0, &[(Lists, 264.0), (Article, 440.0)], &[264.0, 1016.0]);
        check(1280.0, &[(Map, 900.0), (Article, 440.0)], &[840.0, 440.0]);
        check(500.0, &[(Timeline, 400.0), (Lists, 100.0)], &[280.0, 220.0]);
        check(500.0, &[(Timeline, 9.0)], &[500.0]);
        check(500.0, &[], &[]);
    }
}
