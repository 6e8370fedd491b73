//! Groups places that would lie on one another, for every whole zoom.
//! It clusters places, not mentions, bottom up and into flat arrays; every place is in exactly one
//! node of each zoom, so the counts of a zoom always add up to all places.

/// The zoom from which every place stands alone, unless two share one point.
pub const MAX_ZOOM: u8 = 12;

/// A place as the clusters need it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Place on the Mercator unit square.
    pub at: [f64; 2],
    /// How much it draws others to itself: its articles.
    pub weight: u32,
}

/// A place or a group of places at one zoom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Middle of its places on the Mercator unit square; a single place's own point.
    pub at: [f64; 2],
    /// Number of places.
    pub places: u32,
    /// Index of its weightiest place among the spots given.
    pub leader: u32,
    /// Sum of its places' weights.
    pub weight: u64,
    first: u32,
}

impl Node {
    /// A single spot, by its index among the spots given.
    pub fn alone(index: u32, spot: &Spot) -> Node {
        Node { at: spot.at, places: 1, leader: index, weight: u64::from(spot.weight), first: index }
    }
}

/// The groups for every zoom from 0 to [`MAX_ZOOM`].
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    /// Nodes by zoom.
    levels: Vec<Vec<Node>>,
    /// For each level the nodes of the level below (at the last, the spots), grouped by parent.
    children: Vec<Vec<u32>>,
}

impl Clusters {
    /// Builds the groups. `radius` is in points, on a map whose world is 256 points wide at zoom 0:
    /// no two nodes of a zoom lie nearer to each other's leader than that, as far as one pass can tell.
    ///
    /// ```
    /// use dateline::explore::clusters::{Clusters, Spot};
    /// let spots = [Spot { at: [0.5, 0.5], weight: 3 }, Spot { at: [0.501, 0.5], weight: 1 }];
    /// let clusters = Clusters::build(&spots, 30.0);
    /// assert_eq!(clusters.nodes(2.0).len(), 1);
    /// assert_eq!(clusters.nodes(9.0).len(), 2);
    /// ```
    pub fn build(spots: &[Spot], radius: f64) -> Clusters {
        let mut levels = Vec::new();
        let mut below: Vec<Node> =
            (0u32..).zip(spots).map(|(index, spot)| Node::alone(index, spot)).collect();
        below.sort_by_key(|node| std::cmp::Reverse(node.weight));
        let mut children = Vec::new();
        for zoom in (0..=MAX_ZOOM).rev() {
            let (nodes, mut order) = merge(&below, radius / (256.0 * f64::from(zoom).exp2()));
            if zoom == MAX_ZOOM {
                // The lowest level's children are the spots themselves, not their places by weight.
                order.iter_mut().for_each(|index| *index = below[*index as usize].leader);
            }
            levels.push(nodes.clone());
            children.push(order);
            below = nodes;
        }
        levels.reverse();
        children.reverse();
        Clusters { levels, children }
    }

    fn level(&self, zoom: f64) -> usize {
        (zoom.max(0.0) as usize).min(usize::from(MAX_ZOOM))
    }

    /// The nodes to show at a zoom. Their order is fixed: the weightiest first.
    pub fn nodes(&self, zoom: f64) -> &[Node] {
        self.levels.get(self.level(zoom)).map_or(&[], Vec::as_slice)
    }

    /// The spots in a node of [`Clusters::nodes`] at that zoom, the weightiest first.
    pub fn spots(&self, zoom: f64, node: &Node) -> Vec<u32> {
        let mut spots = Vec::new();
        self.collect(self.level(zoom), node, &mut spots);
        spots
    }

    fn collect(&self, level: usize, node: &Node, spots: &mut Vec<u32>) {
        let Some(children) = self.children.get(level) else {
            return;
        };
        let below = self.levels.get(level + 1);
        let mut left = node.places;
        for &child in &children[node.first as usize..] {
            if left == 0 {
                break;
            }
            match below.and_then(|below| below.get(child as usize)) {
                Some(node) => {
                    self.collect(level + 1, node, spots);
                    left -= node.places.min(left);
                }
                None => {
                    spots.push(child);
                    left -= 1;
                }
            }
        }
    }
}

/// One zoom's nodes from those of the zoom below it, and the order that groups the latter by parent.
/// Nodes come in by weight and go out by weight: the first to come takes its neighbours, so the result
/// is always the same.
fn merge(below: &[Node], radius: f64) -> (Vec<Node>, Vec<u32>) {
    let grid = Grid::over(below, radius);
    let mut taken = vec![false; below.len()];
    let mut nodes = Vec::new();
    let mut order: Vec<u32> = Vec::with_capacity(below.len());
    for (seed, start) in (0u32..).zip(below) {
        if taken[seed as usize] {
            continue;
        }
        taken[seed as usize] = true;
        let first = order.len();
        order.push(seed);
        for &index in grid.around(start.at) {
            let other = below[index as usize].at;
            let distance = (other[0] - start.at[0]).hypot(other[1] - start.at[1]);
            if !taken[index as usize] && distance < radius {
                taken[index as usize] = true;
                order.push(index);
            }
        }
        order[first..].sort_unstable();
        nodes.push(joined(&order[first..], below, first as u32));
    }
    (nodes, order)
}

/// Nodes by cells that are no smaller than the radius, so that neighbours lie in the nine around.
struct Grid {
    low: [f64; 2],
    /// Cells to a unit.
    per_unit: f64,
    side: usize,
    /// Where the items of each cell begin, row by row.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Grid {
    fn over(nodes: &[Node], radius: f64) -> Grid {
        let ends = |axis: usize| {
            let fold =
                |(low, high): (f64, f64), node: &Node| (low.min(node.at[axis]), high.max(node.at[axis]));
            nodes.iter().fold((f64::INFINITY, f64::NEG_INFINITY), fold)
        };
        let (x, y) = (ends(0), ends(1));
        let span = (x.1 - x.0).max(y.1 - y.0).max(radius);
        // No more cells than a few to a node, however small the radius.
        let side = ((span / radius).min(2.0 * (nodes.len() as f64).sqrt()) as usize).max(1);
        let mut grid = Grid {
            low: [x.0, y.0],
            per_unit: side as f64 / span,
            side,
            starts: Vec::new(),
            items: Vec::new(),
        };
        let cells: Vec<usize> = nodes.iter().map(|node| grid.index(grid.cell(node.at))).collect();
        grid.starts = vec![0; side * side + 1];
        cells.iter().for_each(|&cell| grid.starts[cell + 1] += 1);
        for cell in 0..side * side {
            grid.starts[cell + 1] += grid.starts[cell];
        }
        let mut next = grid.starts.clone();
        grid.items = vec![0; nodes.len()];
        for (node, &cell) in (0u32..).zip(&cells) {
            grid.items[next[cell] as usize] = node;
            next[cell] += 1;
        }
        grid
    }

    fn cell(&self, at: [f64; 2]) -> [usize; 2] {
        [0, 1].map(|axis| (((at[axis] - self.low[axis]) * self.per_unit) as usize).min(self.side - 1))
    }

    fn index(&self, [column, row]: [usize; 2]) -> usize {
        row * self.side + column
    }

    /// The nodes in the cells around a point.
    fn around(&self, at: [f64; 2]) -> impl Iterator<Item = &u32> {
        let [column, row] = self.cell(at);
        let last = self.side - 1;
        (row.saturating_sub(1)..=(row + 1).min(last)).flat_map(move |row| {
            let from = self.index([column.saturating_sub(1), row]);
            let to = self.index([(column + 1).min(last), row]);
            self.items[self.starts[from] as usize..self.starts[to + 1] as usize].iter()
        })
    }
}

fn joined(members: &[u32], below: &[Node], first: u32) -> Node {
    let mut node =
        Node { at: [0.0; 2], places: 0, leader: below[members[0] as usize].leader, weight: 0, first };
    for &member in members {
        let child = &below[member as usize];
        node.places += child.places;
        node.weight += child.weight;
        for axis in 0..2 {
            node.at[axis] += child.at[axis] * f64::from(child.places);
        }
    }
    node.at = node.at.map(|axis| axis / f64::from(node.places));
    if let [only] = members {
        node.at = below[*only as usize].at;
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spots strewn by a fixed rule, thick in one corner.
    fn strewn(count: u32) -> Vec<Spot> {
        let mut state = 7u64;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / (1u64 << 24) as f64
        };
        (0..count)
            .map(|index| {
                let spread = if index % 2 == 0 { 1.0 } else { 0.05 };
                Spot { at: [next() * spread, next() * spread], weight: 1 + index % 17 }
            })
            .collect()
    }

    #[test]
    fn every_place_is_in_one_node_of_every_zoom() {
        let spots = strewn(3000);
        let clusters = Clusters::build(&spots, 30.0);
        for zoom in 0..=MAX_ZOOM {
            let nodes = clusters.nodes(f64::from(zoom));
            let mut seen = Vec::new();
            for node in nodes {
                let members = clusters.spots(f64::from(zoom), node);
                assert_eq!(members.len(), node.places as usize, "zoom {zoom}");
                assert_eq!(members.first(), Some(&node.leader), "zoom {zoom}");
                let weight: u64 = members.iter().map(|&spot| u64::from(spots[spot as usize].weight)).sum();
                assert_eq!(weight, node.weight, "zoom {zoom}");
                seen.extend(members);
            }
            seen.sort_unstable();
            assert!(seen.iter().copied().eq(0..3000), "zoom {zoom}");
        }
    }

    #[test]
    fn nearer_maps_show_no_fewer_nodes() {
        let clusters = Clusters::build(&strewn(2000), 30.0);
        let counts: Vec<usize> = (0..=MAX_ZOOM).map(|zoom| clusters.nodes(f64::from(zoom)).len()).collect();
        assert!(counts.is_sorted(), "{counts:?}");
        assert!(counts[0] < 100 && counts[12] > 1500, "{counts:?}");
    }

    #[test]
    fn a_place_alone_keeps_its_point_and_one_point_stays_together() {
        let spot = |x: f64| Spot { at: [x, 0.5], weight: 1 };
        let clusters = Clusters::build(&[spot(0.123_456), spot(0.9), spot(0.9)], 30.0);
        let near = clusters.nodes(20.0);
        assert_eq!(near.iter().map(|node| node.places).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(near[0].at, [0.123_456, 0.5]);
    }

    #[test]
    fn no_places_no_nodes() {
        assert!(Clusters::build(&[], 30.0).nodes(3.0).is_empty());
        assert!(Clusters::default().nodes(3.0).is_empty());
    }
}
