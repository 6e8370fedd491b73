//! Tiles of each schema, drawn, and what can be seen of them.

use super::make::{Make, tile};
use super::*;

fn order(z: u8, x: u32, y: u32) -> Order {
    Order { tile: TileId { z, x, y }, style: Style::LIGHT, pixels: 256, hundredths: 200 }
}

/// The colour at a pixel of a tile that is drawn from one above it.
fn pixel(bytes: &[u8], from: TileId, order: &Order, at: [usize; 2]) -> Rgb {
    let (rgba, _) = draw(bytes, from, order);
    let at = (at[1] * 256 + at[0]) * 4;
    [rgba[at], rgba[at + 1], rgba[at + 2]]
}

const SQUARE: [[i32; 2]; 4] = [[0, 0], [2048, 0], [2048, 2048], [0, 2048]];

#[test]
fn every_schema_is_drawn_alike() {
    let check = |layer: &str, tags: &[(&str, &str)], expected: Rgb| {
        let bytes = tile(&[Make::layer(layer, &[Make::polygon(&[&SQUARE], tags)])]);
        let order = order(14, 5, 5);
        assert_eq!(pixel(&bytes, order.tile, &order, [64, 64]), expected, "{layer} {tags:?}");
        assert_eq!(pixel(&bytes, order.tile, &order, [200, 200]), Style::LIGHT.land);
    };
    // OpenMapTiles.
    check("water", &[("class", "lake")], Style::LIGHT.sea);
    check("landcover", &[("class", "wood")], Style::LIGHT.wood);
    check("landuse", &[("class", "residential")], Style::LIGHT.built);
    check("building", &[], Style::LIGHT.building);
    // Protomaps.
    check("earth", &[], Style::LIGHT.land);
    check("landuse", &[("pmap:kind", "park")], Style::LIGHT.green);
    check("landcover", &[("kind", "glacier")], Style::LIGHT.ice);
    check("buildings", &[("kind", "building")], Style::LIGHT.building);
    // Shortbread.
    check("ocean", &[], Style::LIGHT.sea);
    check("land", &[("kind", "forest")], Style::LIGHT.wood);
    check("land", &[("kind", "beach")], Style::LIGHT.sand);
    // Nobody's.
    check("contours", &[("class", "wood")], Style::LIGHT.land);
}

#[test]
fn roads_are_told_by_their_class() {
    let check = |layer: &str, tags: &[(&str, &str)], expected: Rgb| {
        let bytes = tile(&[Make::layer(layer, &[Make::line(&[[0, 2048], [4096, 2048]], tags)])]);
        let order = order(14, 5, 5);
        assert_eq!(pixel(&bytes, order.tile, &order, [100, 128]), expected, "{layer} {tags:?}");
    };
    check("transportation", &[("class", "motorway")], Style::LIGHT.motorway);
    check("transportation", &[("class", "minor")], Style::LIGHT.road);
    check("roads", &[("kind", "major_road"), ("kind_detail", "tertiary")], Style::LIGHT.road);
    check("streets", &[("kind", "residential")], Style::LIGHT.road);
    check("boundaries", &[("kind", "country")], Style::LIGHT.border);
    check("boundary", &[("admin_level", "2"), ("maritime", "1")], Style::LIGHT.land);
}

#[test]
fn a_level_that_is_not_there_is_drawn_from_the_one_above() {
    let bytes = tile(&[Make::layer("water", &[Make::polygon(&[&SQUARE], &[])])]);
    let from = TileId { z: 3, x: 2, y: 2 };
    let check = |z: u8, x: u32, y: u32, expected: Rgb| {
        assert_eq!(pixel(&bytes, from, &order(z, x, y), [128, 128]), expected, "{z}/{x}/{y}");
    };
    check(4, 4, 4, Style::LIGHT.sea);
    check(4, 5, 4, Style::LIGHT.land);
    check(6, 16 + 3, 16 + 3, Style::LIGHT.sea);
    check(6, 16 + 4, 16 + 3, Style::LIGHT.land);
    check(20, (2 << 17) + 100, (2 << 17) + 100, Style::LIGHT.sea);
}

#[test]
fn names_stand_where_they_belong_and_once() {
    let bytes = tile(&[
        Make::layer(
            "places",
            &[
                Make::point(
                    [2048, 2048],
                    &[("name", "Wien"), ("name:en", "Vienna"), ("kind", "locality"), ("kind_detail", "city")],
                ),
                Make::point([4100, 2048], &[("name", "Next door"), ("kind", "country")]),
                Make::point([2060, 2048], &[("name", "Wien"), ("kind", "locality"), ("kind_detail", "city")]),
                Make::point([100, 100], &[("name", "Hof"), ("kind", "locality"), ("kind_detail", "village")]),
            ],
        ),
        Make::layer(
            "water_name",
            &[Make::line(&[[0, 0], [4000, 0]], &[("name", "Donau"), ("class", "river")])],
        ),
    ]);
    let order = order(4, 8, 5);
    let (_, labels) = draw(&bytes, order.tile, &order);
    let gathered = TileLabel::gather(labels.iter());
    let told: Vec<_> = gathered.iter().map(|label| (label.text.as_str(), label.kind)).collect();
    assert_eq!(told, [("Vienna", LabelKind::City), ("Donau", LabelKind::Water)]);
    assert_eq!(gathered[0].at, [8.5 / 16.0, 5.5 / 16.0]);
    assert_eq!(gathered[0].local, "Wien");
}

#[test]
fn any_bytes_can_be_drawn() {
    let whole = tile(&[
        Make::layer("water", &[Make::polygon(&[&SQUARE], &[("name", "See")])]),
        Make::layer("roads", &[Make::line(&[[0, 0], [4096, 4096]], &[("kind", "highway")])]),
    ]);
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] = damaged[at].wrapping_mul(3).wrapping_add(0x81);
        draw(&damaged, TileId { z: 2, x: 1, y: 1 }, &order(3, 2, 2));
    }
}
