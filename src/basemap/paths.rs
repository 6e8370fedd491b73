//! The basemap as outlines in the words of SVG, for maps that are drawn by somebody else: a browser.
//! Steps are whole numbers, counted from the last point; a cell's content reaches a little over its sides, as in the
//! pack, so that neighbours leave no seam.

use std::fmt::Write;

use super::clip::Xy;
use super::pack::{Basemap, LEVEL, LEVELS, Layer, to_world};

/// How a level of detail is cut up, and how finely its paths count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detail {
    /// Cells along each side of the world.
    pub grid: u32,
    /// Steps of its paths along each side of the world.
    pub steps: u32,
    /// The zoom (world 256 points wide at 0) up to which it is looked at: what is not drawn by then is left out.
    pub zoom: f32,
}

/// The levels, coarse to fine. Half a step is no more than the simplification of the level moved the line.
pub const DETAILS: [Detail; LEVELS] = [
    Detail { grid: LEVEL[0].grid, steps: 4096, zoom: 3.0 },
    Detail { grid: LEVEL[1].grid, steps: 16_384, zoom: 5.5 },
    Detail { grid: LEVEL[2].grid, steps: 131_072, zoom: 12.0 },
];

/// The path data (`d`) of what one cell shows, empty where it has nothing of a sort. Rings are closed, and are filled by
/// the rule that says nonzero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellPaths {
    /// Dry land.
    pub land: String,
    /// Lakes.
    pub lakes: String,
    /// Borders of countries.
    pub borders: String,
    /// Borders that are not agreed on.
    pub disputed: String,
}

impl CellPaths {
    /// Bytes of all its paths.
    pub fn len(&self) -> usize {
        self.land.len() + self.lakes.len() + self.borders.len() + self.disputed.len()
    }

    /// Whether it shows nothing but sea.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Basemap {
    /// The paths of a cell of a level of [`DETAILS`]; none beyond the levels and the grid.
    ///
    /// ```
    /// use dateline::basemap::Basemap;
    /// let world = Basemap::embedded()?.cell_paths(0, 0, 0);
    /// assert!(world.land.starts_with('M') && world.land.ends_with('z'));
    /// # Ok::<(), dateline::basemap::BasemapError>(())
    /// ```
    pub fn cell_paths(&self, level: usize, column: u32, row: u32) -> CellPaths {
        let mut paths = CellPaths::default();
        let Some(detail) = DETAILS.get(level).filter(|detail| column < detail.grid && row < detail.grid)
        else {
            return paths;
        };
        let mut pens = [Pen::default(); 4];
        for feature in self.cell(level, column, row).filter(|feature| feature.min_zoom <= detail.zoom) {
            let (path, pen, closed) = match feature.layer {
                Layer::Land => (&mut paths.land, &mut pens[0], true),
                Layer::Lake => (&mut paths.lakes, &mut pens[1], true),
                Layer::Border => (&mut paths.borders, &mut pens[2], false),
                Layer::Disputed => (&mut paths.disputed, &mut pens[3], false),
                Layer::River | Layer::Division => continue,
            };
            let step = |axis: f64| (axis * f64::from(detail.steps)).round() as i64;
            let place = |&point: &[i32; 2]| -> Xy { to_world(&LEVEL[level], column, row, point) };
            let points = feature.points.iter().map(place).map(|at| at.map(step));
            pen.run(path, points, closed);
        }
        paths
    }
}

/// Where a path has got to.
#[derive(Clone, Copy, Default)]
struct Pen {
    at: [i64; 2],
}

impl Pen {
    /// Adds a ring or a line: an absolute start where the path begins, steps from there on.
    fn run(&mut self, path: &mut String, points: impl Iterator<Item = [i64; 2]>, closed: bool) {
        let mut run: Vec<[i64; 2]> = points.collect();
        run.dedup();
        if closed && run.first() == run.last() {
            run.pop();
        }
        if run.len() < if closed { 3 } else { 2 } {
            return;
        }
        let start = run[0];
        path.push(if path.is_empty() { 'M' } else { 'm' });
        self.step(path, start, true);
        path.push('l');
        for (number, &point) in run[1..].iter().enumerate() {
            self.step(path, point, number == 0);
        }
        if closed {
            path.push('z');
            // What follows a closed ring is counted from its beginning.
            self.at = start;
        }
    }

    /// A step; a minus parts numbers as well as a space does.
    fn step(&mut self, path: &mut String, to: [i64; 2], first: bool) {
        for (axis, (to, from)) in to.into_iter().zip(self.at).enumerate() {
            let delta = to - from;
            if delta >= 0 && !(first && axis == 0) {
                path.push(' ');
            }
            // Writing to a string cannot fail.
            let _ = write!(path, "{delta}");
        }
        self.at = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a path back: its runs of points, and whether each is closed.
    fn read(path: &str) -> Vec<(Vec<[i64; 2]>, bool)> {
        let mut runs: Vec<(Vec<[i64; 2]>, bool)> = Vec::new();
        let mut at = [0i64; 2];
        for piece in path.split_inclusive(['M', 'm', 'l', 'z']) {
            let (numbers, command) = piece.split_at(piece.len() - 1);
            let parted = numbers.replace('-', " -");
            let numbers: Vec<i64> = parted.split_whitespace().map(|number| number.parse().unwrap()).collect();
            for pair in numbers.chunks(2) {
                at = [at[0] + pair[0], at[1] + pair[1]];
                if let Some((run, _)) = runs.last_mut() {
                    run.push(at);
                }
            }
            match command {
                "M" | "m" => runs.push((Vec::new(), false)),
                "z" => {
                    let (run, closed) = runs.last_mut().unwrap();
                    *closed = true;
                    at = run[0];
                }
                _ => {}
            }
        }
        runs
    }

    #[test]
    fn a_path_leads_where_the_points_are() {
        let runs = [
            (vec![[5, 7], [9, 7], [9, -3]], true),
            (vec![[100, 100], [90, 100], [90, 80], [100, 80]], true),
            (vec![[-4, 0], [-4, 12]], false),
            (vec![[0, 0], [1, 1]], false),
        ];
        let (mut path, mut pen) = (String::new(), Pen::default());
        for (points, closed) in &runs {
            pen.run(&mut path, points.iter().copied(), *closed);
        }
        assert_eq!(path.matches('M').count(), 1);
        assert!(path.starts_with("M5 7l4 0 0-10zm95 93l-10 0 0-20 10 0z"), "{path}");
        let mut expected: Vec<_> = runs.to_vec();
        // Open runs end where a letter begins or the path does.
        let mut found = read(&format!("{path} m"));
        found.pop();
        expected.iter_mut().for_each(|(points, _)| points.dedup());
        assert_eq!(found, expected);
    }

    #[test]
    fn the_world_is_small_and_cells_lie_in_it() {
        let Ok(basemap) = Basemap::embedded() else { panic!("the embedded basemap opens") };
        let world = basemap.cell_paths(0, 0, 0);
        assert!((20_000..40_000).contains(&world.len()), "{}", world.len());
        assert!(!world.borders.is_empty() && !world.disputed.is_empty() && !world.lakes.is_empty());
        for (level, column, row) in [(1, 4, 3), (2, 38, 26)] {
            let detail = DETAILS[level];
            let side = i64::from(detail.steps / detail.grid);
            let paths = basemap.cell_paths(level, column, row);
            assert!(!paths.is_empty(), "{level}");
            for [x, y] in read(&format!("{}m", paths.land)).into_iter().flat_map(|(points, _)| points) {
                let reach = side / 16;
                let (west, north) = (i64::from(column) * side, i64::from(row) * side);
                assert!(west - reach <= x && x <= west + side + reach, "{level}: {x}");
                assert!(north - reach <= y && y <= north + side + reach, "{level}: {y}");
            }
        }
        assert!(basemap.cell_paths(3, 0, 0).is_empty() && basemap.cell_paths(1, 8, 0).is_empty());
    }
}
