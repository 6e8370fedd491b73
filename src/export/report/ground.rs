//! The map of the report as it stands in the file: the ground as paths, a mark for each of the main places.
//! The world is there coarsely; finer cells come where the marks are, the most mentioned first, until the budget of
//! bytes is spent. A finer cell brings its own sea, so that it covers what is coarser.

use std::collections::HashMap;
use std::fmt::Write;

use super::escape::Html;
use super::known::{Known, Shared};
use crate::basemap::{Basemap, CellPaths, DETAILS};
use crate::model::Bbox;
use crate::model::mercator::{nearest, project};

/// Bytes of all paths, and of those up to the middle level.
const BUDGET: usize = 390_000;
const MIDDLING: usize = 230_000;
/// A cell as near to a mark as this share of its side is wanted for its sake.
const NEAR: f64 = 0.3;
/// Units along the world's side in which the drawing counts; the script knows them too.
const WORLD: f64 = 1024.0;
/// The size of the drawing while no script has said how large its place is.
const FRAME: [f64; 2] = [960.0, 540.0];
/// The widest and narrowest the world is drawn to begin with, pixels.
const WIDEST: f64 = 16_384.0;
const NARROWEST: f64 = 540.0;
/// A box wider than this share of the world shows the world.
const MOST: f64 = 0.65;
/// The most marks that are drawn without a script.
const MARKS: usize = 400;

/// The drawing: an `<svg>` with the ground and the marks.
pub(super) fn map(shared: &Shared) -> String {
    let places = shared.main_places();
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = draw(&mut out, &places, View::of(shared.bounds.bbox()));
    out
}

/// What part of the world is shown to begin with.
struct View {
    /// The middle, on the unit square.
    middle: [f64; 2],
    /// Pixels along the world's side.
    world: f64,
}

impl View {
    /// Around a box, with a margin. The whole world without one, as everybody knows it, and where the box is about as
    /// wide: the smallest box around the news of all continents has the Pacific in its middle.
    fn of(bbox: Option<Bbox>) -> View {
        let whole = View { middle: [0.5, 0.42], world: FRAME[0] };
        let Some(bbox) = bbox else { return whole };
        let [west, north] = project(bbox.north, bbox.west);
        let [east, south] = project(bbox.south, bbox.east);
        let east = if east < west { east + 1.0 } else { east };
        if east - west > MOST {
            return whole;
        }
        let world =
            (FRAME[0] * 0.8 / (east - west).max(1e-6)).min(FRAME[1] * 0.8 / (south - north).max(1e-6));
        View { middle: [(west + east) / 2.0, (north + south) / 2.0], world: world.clamp(NARROWEST, WIDEST) }
    }
}

fn draw(out: &mut String, places: &[&Known], view: View) -> std::fmt::Result {
    let [width, height] = FRAME;
    let shift = [0, 1].map(|axis| FRAME[axis] / 2.0 - view.middle[axis] * view.world);
    let scale = view.world / WORLD;
    write!(out, "<svg id=\"map\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"xMidYMid slice\"")?;
    write!(
        out,
        " role=\"group\" aria-label=\"Map of the places\" data-middle=\"{:.6} {:.6}\"",
        view.middle[0], view.middle[1]
    )?;
    writeln!(out, " data-world=\"{:.1}\">", view.world)?;
    writeln!(out, "<rect class=\"sea\" x=\"-5000\" y=\"-5000\" width=\"15000\" height=\"15000\"/>")?;
    writeln!(
        out,
        "<g id=\"world\" transform=\"translate({:.3} {:.3}) scale({scale:.6})\"><g id=\"ground\">",
        shift[0], shift[1]
    )?;
    if let Ok(basemap) = Basemap::embedded() {
        ground(out, &basemap, &weights(places))?;
    }
    out.push_str("</g>");
    for (id, by) in [("west", -WORLD), ("east", WORLD)] {
        write!(out, "<use id=\"{id}\" href=\"#ground\" transform=\"translate({by} 0)\"/>")?;
    }
    out.push_str("</g>\n<g id=\"labels\"></g><g id=\"marks\">\n");
    marks(out, places, &view, shift)?;
    out.push_str("</g></svg>\n");
    Ok(())
}

/// A disc for each place, the largest first, so that none is hidden whole.
fn marks(out: &mut String, places: &[&Known], view: &View, shift: [f64; 2]) -> std::fmt::Result {
    let most = places.first().map_or(1, |place| place.mentions) as f64;
    for place in places.iter().take(MARKS) {
        let Some((lat, lon)) = place.at else { continue };
        let [x, y] = project(lat, lon);
        let x = nearest(x, view.middle[0]) * view.world + shift[0];
        let y = y * view.world + shift[1];
        let radius = 5.0 + 9.0 * (place.mentions as f64 / most).sqrt();
        write!(out, "<circle class=\"mark\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\">")?;
        writeln!(out, "<title>{}: {} mentions</title></circle>", Html(&place.label), place.mentions)?;
    }
    Ok(())
}

/// How much is mentioned in or near each cell of a level.
type Weights = HashMap<(usize, u32, u32), f64>;

fn weights(places: &[&Known]) -> Weights {
    let mut weights = Weights::new();
    for place in places {
        let Some((lat, lon)) = place.at else { continue };
        let at = project(lat, lon);
        for (level, detail) in DETAILS.iter().enumerate().skip(1) {
            let grid = f64::from(detail.grid);
            let near = |axis: usize| {
                let cells = [-NEAR, 0.0, NEAR].map(|reach| (at[axis] * grid + reach).floor());
                // Across the antimeridian lies the other end of the grid; beyond the poles lies nothing.
                let around = |cell: f64| if axis == 0 { cell.rem_euclid(grid) } else { cell };
                let mut cells: Vec<f64> =
                    cells.map(around).into_iter().filter(|cell| (0.0..grid).contains(cell)).collect();
                cells.dedup();
                cells
            };
            for row in near(1) {
                for column in near(0) {
                    *weights.entry((level, column as u32, row as u32)).or_default() += place.mentions as f64;
                }
            }
        }
    }
    weights
}

/// The ground, level over level.
fn ground(out: &mut String, basemap: &Basemap, weights: &Weights) -> std::fmt::Result {
    let world = basemap.cell_paths(0, 0, 0);
    let mut left = BUDGET.saturating_sub(world.len());
    level(out, 0, &[((0, 0), world)])?;
    for (number, detail) in DETAILS.iter().enumerate().skip(1) {
        let mut wanted: Vec<((u32, u32), f64)> = if number == 1 {
            let all = (0..detail.grid).flat_map(|row| (0..detail.grid).map(move |column| (column, row)));
            all.map(|cell| (cell, weights.get(&(number, cell.0, cell.1)).copied().unwrap_or(0.0))).collect()
        } else {
            let here = weights.iter().filter(|((level, ..), _)| *level == number);
            here.map(|(&(_, column, row), &weight)| ((column, row), weight)).collect()
        };
        wanted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let reserve = if number == 1 { BUDGET - MIDDLING } else { 0 };
        let mut cells = Vec::new();
        for ((column, row), _) in wanted {
            let paths = basemap.cell_paths(number, column, row);
            if paths.len() + reserve > left {
                continue;
            }
            left -= paths.len();
            cells.push(((column, row), paths));
        }
        level(out, number, &cells)?;
    }
    Ok(())
}

/// One level's cells: all sea first, which would otherwise cover what reaches over from a neighbour.
fn level(out: &mut String, number: usize, cells: &[((u32, u32), CellPaths)]) -> std::fmt::Result {
    let detail = DETAILS[number];
    let side = detail.steps / detail.grid;
    write!(
        out,
        "<g class=\"level\" data-level=\"{number}\" transform=\"scale({})\">",
        WORLD / f64::from(detail.steps)
    )?;
    if number > 0 && !cells.is_empty() {
        out.push_str("<path class=\"sea\" d=\"");
        for ((column, row), _) in cells {
            write!(out, "M{} {}h{side}v{side}h-{side}z", column * side, row * side)?;
        }
        out.push_str("\"/>");
    }
    type Part = fn(&CellPaths) -> &str;
    let parts: [(&str, Part); 4] = [
        ("land", |paths| &paths.land),
        ("lake", |paths| &paths.lakes),
        ("border", |paths| &paths.borders),
        ("border disputed", |paths| &paths.disputed),
    ];
    for (class, part) in parts {
        for (_, paths) in cells {
            if !part(paths).is_empty() {
                writeln!(out, "<path class=\"{class}\" d=\"{}\"/>", part(paths))?;
            }
        }
    }
    out.push_str("</g>");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(lat: f64, lon: f64, mentions: usize) -> Known {
        let (id, name, label) = (String::new(), "Here".to_owned(), "Here".to_owned());
        Known { id, name, label, at: Some((lat, lon)), precision: "settlement", mentions, ..Known::default() }
    }

    fn drawn(places: &[Known]) -> String {
        let mut out = String::new();
        draw(&mut out, &places.iter().collect::<Vec<_>>(), View::of(None)).unwrap();
        out
    }

    #[test]
    fn the_ground_keeps_to_its_budget_wherever_the_marks_are() {
        let check = |places: &[Known]| {
            let map = drawn(places);
            assert!(map.len() < BUDGET + 60_000, "{} bytes", map.len());
            assert!(map.matches("data-level").count() == 3);
            map.len()
        };
        let nowhere = check(&[]);
        let one = check(&[known(35.1, 33.4, 5)]);
        assert!(one > nowhere);
        let everywhere: Vec<Known> =
            (0..300).map(|n| known(f64::from(n % 17) * 9.0 - 75.0, f64::from(n) * 1.19 - 178.0, 1)).collect();
        check(&everywhere);
        check(&[known(-17.8, 179.9, 1), known(85.0, -180.0, 1), known(-90.0, 180.0, 1)]);
    }

    #[test]
    fn cells_near_a_mark_are_those_around_it() {
        let near = weights(&[&known(0.0, 180.0, 2)]);
        assert!(near.contains_key(&(1, 0, 4)) && near.contains_key(&(1, 7, 3)), "{near:?}");
        assert!(
            near.keys()
                .all(|&(level, column, row)| column < DETAILS[level].grid && row < DETAILS[level].grid)
        );
    }
}
