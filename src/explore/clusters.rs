//! Groups places that would lie on one another, for every whole zoom.
//! It clusters places, not mentions, each zoom straight from the places, round the globe: every place is in exactly
//! one node of each zoom, so the counts of a zoom always add up to all places, and Fiji's halves are one.

use std::ops::Range;
use std::sync::OnceLock;

use crate::model::EventClass;

/// The zoom from which every place stands alone, unless two share one point.
pub const MAX_ZOOM: u8 = 12;
const LEVELS: usize = MAX_ZOOM as usize + 1;
/// Places from one look at whether a zoom is still wanted to the next.
const STRIDE: u32 = 4096;

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
    level: u8,
    shares: Shares,
}

impl Node {
    /// A single spot, by its index among the spots given.
    pub fn alone(index: u32, spot: &Spot) -> Node {
        let weight = u64::from(spot.weight);
        // Of no level: its spots are asked for by nobody.
        Node {
            at: spot.at,
            places: 1,
            leader: index,
            weight,
            first: index,
            level: u8::MAX,
            shares: [0; CLASSES],
        }
    }

    /// The same of events by class.
    #[must_use]
    pub fn with_classes(self, classes: &Classes) -> Node {
        Node { shares: shares(&classes.map(u64::from)), ..self }
    }

    /// The share of each class in its events, 0 to 1, in the order of [`EventClass::ALL`]; all are 0 where there are
    /// no events. Exact to half a hundredth.
    pub fn shares(&self) -> [f32; CLASSES] {
        self.shares.map(|share| f32::from(share) / 255.0)
    }

    /// The class that most of its events are of; of equals, the first.
    pub fn leading(&self) -> Option<EventClass> {
        let of = EventClass::ALL.into_iter().zip(self.shares);
        let (class, share) = of.rev().max_by_key(|&(_, share)| share)?;
        (share > 0).then_some(class)
    }
}

const CLASSES: usize = EventClass::ALL.len();
/// Events by class.
type Classes = [u32; CLASSES];
/// Parts of 255.
type Shares = [u8; CLASSES];

fn shares(counts: &[u64; CLASSES]) -> Shares {
    let total: u64 = counts.iter().sum();
    counts.map(|count| (count * 255 + total / 2).checked_div(total).unwrap_or(0) as u8)
}

/// The groups for every zoom from 0 to [`MAX_ZOOM`].
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    spots: Vec<Spot>,
    /// Events at each spot, where they are events.
    classes: Vec<Classes>,
    /// The spots by weight, the weightiest first.
    order: Vec<u32>,
    radius: f64,
    levels: [OnceLock<Level>; LEVELS],
    /// Whether a zoom that is not worked out yet is shown as another one that is.
    patient: bool,
}

/// The groups of one zoom.
#[derive(Clone, Debug, Default)]
struct Level {
    nodes: Vec<Node>,
    /// The spots of each node, the weightiest first, node by node.
    members: Vec<u32>,
    /// Every node by the map tile of that zoom that it lies on, row by row, sorted.
    tiles: Vec<(u32, u32)>,
}

impl Clusters {
    /// The groups of these spots, worked out zoom by zoom as they are asked for. `radius` is in points, on a map
    /// whose world is 256 points wide at zoom 0: nothing in a node lies further from its weightiest place than
    /// that, and no two nodes' weightiest places lie nearer to each other.
    ///
    /// ```
    /// use dateline::explore::clusters::{Clusters, Spot};
    /// let spots = [Spot { at: [0.5, 0.5], weight: 3 }, Spot { at: [0.501, 0.5], weight: 1 }];
    /// let clusters = Clusters::build(&spots, 30.0);
    /// assert_eq!(clusters.nodes(2.0).len(), 1);
    /// assert_eq!(clusters.nodes(9.0).len(), 2);
    /// ```
    pub fn build(spots: &[Spot], radius: f64) -> Clusters {
        let mut order: Vec<u32> = (0..spots.len() as u32).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(spots[index as usize].weight));
        Clusters { spots: spots.to_vec(), order, radius, ..Clusters::default() }
    }

    /// The same for a window that does not wait: a zoom that [`Clusters::make`] has not worked out yet is shown as
    /// the nearest one that it has.
    pub(super) fn patient(spots: &[Spot], radius: f64) -> Clusters {
        Clusters { patient: true, ..Clusters::build(spots, radius) }
    }

    /// The same where each spot stands for events by class, in the order of [`EventClass::ALL`].
    #[must_use]
    pub fn with_classes(self, classes: Vec<Classes>) -> Clusters {
        Clusters { classes, ..self }
    }

    /// The whole zoom that stands for a zoom.
    pub(super) fn level(zoom: f64) -> u8 {
        (zoom.max(0.0) as usize).min(usize::from(MAX_ZOOM)) as u8
    }

    /// Works out a whole zoom, unless it is there, or it is stopped.
    pub(super) fn make(&self, level: u8, stopped: &dyn Fn() -> bool) {
        if let Some(slot) = self.levels.get(usize::from(level)).filter(|slot| slot.get().is_none())
            && let Some(made) = Level::new(self, level, stopped)
        {
            // Where another thread was first, it made the same.
            let _ = slot.set(made);
        }
    }

    /// The groups that stand for a zoom.
    fn at(&self, zoom: f64) -> Option<&Level> {
        let wanted = Self::level(zoom);
        if !self.patient {
            self.make(wanted, &|| false);
        }
        let wanted = usize::from(wanted);
        // Further out rather than nearer: a crowd of nodes takes longer to draw than a few.
        let mut levels = (0..=wanted).rev().chain(wanted + 1..LEVELS);
        levels.find_map(|level| self.levels.get(level)?.get())
    }

    /// The nodes to show at a zoom. Their order is fixed: the weightiest place first.
    pub fn nodes(&self, zoom: f64) -> &[Node] {
        self.at(zoom).map_or(&[], |level| &level.nodes)
    }

    /// The nodes of a zoom that lie in a box of the Mercator plane, which may reach beyond the unit square to the
    /// west and the east; in the order of [`Clusters::nodes`]. Some that lie near to it come along.
    pub fn within(&self, zoom: f64, min: [f64; 2], max: [f64; 2]) -> Vec<&Node> {
        let Some(level) = self.at(zoom) else { return Vec::new() };
        let mut numbers: Vec<u32> = Vec::new();
        level.in_box(min, max, |number| numbers.push(number));
        numbers.sort_unstable();
        numbers.into_iter().filter_map(|number| level.nodes.get(number as usize)).collect()
    }

    /// Whether a spot is a node by itself at a zoom.
    pub fn is_alone(&self, zoom: f64, spot: u32) -> bool {
        let place = self.at(zoom).zip(self.spots.get(spot as usize));
        place.is_some_and(|(level, &Spot { at, .. })| {
            let mut alone = false;
            level.in_box(at, at, |number| {
                let node = level.nodes.get(number as usize);
                alone |= node.is_some_and(|node| node.places == 1 && node.leader == spot);
            });
            alone
        })
    }

    /// The spots in a node of [`Clusters::nodes`], the weightiest first.
    pub fn members(&self, node: &Node) -> &[u32] {
        let level = self.levels.get(usize::from(node.level)).and_then(OnceLock::get);
        let first = node.first as usize;
        level.and_then(|level| level.members.get(first..first + node.places as usize)).unwrap_or(&[])
    }

    /// The spots in a node of [`Clusters::nodes`] at that zoom, the weightiest first.
    pub fn spots(&self, _zoom: f64, node: &Node) -> Vec<u32> {
        self.members(node).to_vec()
    }
}

impl Level {
    /// Spots come by weight, and the first to come takes those around it that are not taken: so the result is
    /// always the same. `None` where it was stopped.
    fn new(clusters: &Clusters, level: u8, stopped: &dyn Fn() -> bool) -> Option<Level> {
        let Clusters { spots, classes, order, .. } = clusters;
        let radius = clusters.radius / (256.0 * f64::from(level).exp2());
        let grid = Grid::over(spots, order, radius);
        let mut taken = vec![false; order.len()];
        let mut nodes = Vec::new();
        let mut members: Vec<u32> = Vec::with_capacity(order.len());
        for (rank, &index) in (0u32..).zip(order) {
            if rank % STRIDE == 0 && stopped() {
                return None;
            }
            if std::mem::replace(&mut taken[rank as usize], true) {
                continue;
            }
            let first = members.len();
            members.push(rank);
            let leader = spots[index as usize].at;
            grid.around(leader, |item| {
                let taken = &mut taken[item.rank as usize];
                if !*taken && is_within(radius, leader, item.at) {
                    *taken = true;
                    members.push(item.rank);
                }
            });
            let group = &mut members[first..];
            group.sort_unstable();
            group.iter_mut().for_each(|rank| *rank = order[*rank as usize]);
            nodes.push(Node { first: first as u32, level, ..joined(group, spots, classes) });
        }
        let mut tiles: Vec<(u32, u32)> = (0u32..)
            .zip(&nodes)
            .map(|(number, node)| (tile(level, column(level, node.at[0]), row(level, node.at[1])), number))
            .collect();
        tiles.sort_unstable_by_key(|&(tile, number)| u64::from(tile) << 32 | u64::from(number));
        nodes.shrink_to_fit();
        Some(Level { nodes, members, tiles })
    }

    /// The nodes on the tiles that a box touches.
    fn in_box(&self, min: [f64; 2], max: [f64; 2], mut each: impl FnMut(u32)) {
        let Some(level) = self.nodes.first().map(|node| node.level) else { return };
        let last = (1u32 << level) - 1;
        let (west, east) = (column(level, min[0]), column(level, max[0]));
        let crosses = min[0].floor() != max[0].floor();
        let spans = if max[0] - min[0] >= 1.0 || crosses && east >= west {
            [Some((0, last)), None]
        } else if crosses {
            [Some((west, last)), Some((0, east))]
        } else {
            [Some((west, east)), None]
        };
        for row in row(level, min[1])..=row(level, max[1]) {
            for (from, to) in spans.into_iter().flatten() {
                let start = self.tiles.partition_point(|&(other, _)| other < tile(level, from, row));
                let in_row = self.tiles[start..].iter();
                in_row
                    .take_while(|&&(other, _)| other <= tile(level, to, row))
                    .for_each(|&(_, node)| each(node));
            }
        }
    }
}

/// Column of the tile of a zoom that an x lies on.
fn column(level: u8, x: f64) -> u32 {
    let count = 1u32 << level;
    ((round(x) * f64::from(count)) as u32).min(count - 1)
}

/// Row of the tile of a zoom that a y lies on.
fn row(level: u8, y: f64) -> u32 {
    let count = 1u32 << level;
    ((y.max(0.0) * f64::from(count)) as u32).min(count - 1)
}

fn tile(level: u8, column: u32, row: u32) -> u32 {
    (row << level) | column
}

/// An x on the first round of the globe.
fn round(x: f64) -> f64 {
    x - x.floor()
}

fn is_within(radius: f64, from: [f64; 2], to: [f64; 2]) -> bool {
    let (across, down) = (across(from[0], to[0]), to[1] - from[1]);
    across * across + down * down < radius * radius
}

/// From one x to another the short way round the globe.
fn across(from: f64, to: f64) -> f64 {
    let way = to - from;
    if way > 0.5 {
        way - 1.0
    } else if way < -0.5 {
        way + 1.0
    } else {
        way
    }
}

/// A spot in the grid.
#[derive(Clone, Copy, Default)]
struct Item {
    at: [f64; 2],
    rank: u32,
}

/// Spots by cells that are no smaller than the radius, so that neighbours lie in the nine around. Cells share
/// buckets by hash: however dense a town is on an empty globe, there are as many buckets as spots.
struct Grid {
    /// Cells round the globe, and from pole to pole.
    side: u64,
    mask: u64,
    /// Where the items of each bucket begin.
    starts: Vec<u32>,
    items: Vec<Item>,
}

impl Grid {
    fn over(spots: &[Spot], order: &[u32], radius: f64) -> Grid {
        let buckets = order.len().next_power_of_two();
        let side = ((1.0 / radius) as u64).max(1);
        let mut grid =
            Grid { side, mask: buckets as u64 - 1, starts: vec![0; buckets + 1], items: Vec::new() };
        let of: Vec<u32> = order
            .iter()
            .map(|&index| {
                let [x, y] = grid.cell(spots[index as usize].at);
                grid.bucket(x, y)
            })
            .collect();
        of.iter().for_each(|&bucket| grid.starts[bucket as usize + 1] += 1);
        for bucket in 0..buckets {
            grid.starts[bucket + 1] += grid.starts[bucket];
        }
        let mut next = grid.starts.clone();
        grid.items = vec![Item::default(); order.len()];
        for ((rank, &index), &bucket) in (0u32..).zip(order).zip(&of) {
            let next = &mut next[bucket as usize];
            grid.items[*next as usize] = Item { at: spots[index as usize].at, rank };
            *next += 1;
        }
        grid
    }

    fn cell(&self, [x, y]: [f64; 2]) -> [u64; 2] {
        let side = self.side as f64;
        let cell = |at: f64| ((at * side) as u64).min(self.side - 1);
        [cell(round(x)), cell(y.max(0.0))]
    }

    /// The cells of a row lie side by side, wherever it begins.
    fn bucket(&self, x: u64, y: u64) -> u32 {
        let row = y.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        ((row + x) & self.mask) as u32
    }

    /// The spots in the cells around a point, and some that share a bucket with them; none is left out.
    fn around(&self, at: [f64; 2], mut each: impl FnMut(&Item)) {
        let [x, y] = self.cell(at);
        let mut look = |buckets: Range<usize>| {
            let items = self.starts[buckets.start] as usize..self.starts[buckets.end] as usize;
            self.items[items].iter().for_each(&mut each);
        };
        for y in y.saturating_sub(1)..=(y + 1).min(self.side - 1) {
            let middle = self.bucket(x, y) as usize;
            let inside = x > 0 && x + 1 < self.side && middle > 0 && (middle as u64) < self.mask;
            if inside {
                look(middle - 1..middle + 2);
                continue;
            }
            for step in 0..self.side.min(3) {
                let bucket = self.bucket((x + self.side + step - 1) % self.side, y) as usize;
                look(bucket..bucket + 1);
            }
        }
    }
}

/// A group of spots as one node.
fn joined(members: &[u32], spots: &[Spot], classes: &[Classes]) -> Node {
    let leader = members[0];
    let from = spots[leader as usize].at;
    let (mut sum, mut weight, mut events) = ([0.0; 2], 0, [0; CLASSES]);
    for &member in members {
        let Spot { at, weight: own } = spots[member as usize];
        sum = [sum[0] + across(from[0], at[0]), sum[1] + at[1] - from[1]];
        weight += u64::from(own);
        if let Some(classes) = classes.get(member as usize) {
            events.iter_mut().zip(classes).for_each(|(sum, &own)| *sum += u64::from(own));
        }
    }
    let count = members.len() as f64;
    let at = match members {
        [_] => from,
        _ => [(from[0] + sum[0] / count).rem_euclid(1.0), from[1] + sum[1] / count],
    };
    Node { at, places: members.len() as u32, leader, weight, first: 0, level: 0, shares: shares(&events) }
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
    fn a_node_knows_the_share_of_each_class() {
        let spots = [
            Spot { at: [0.5, 0.5], weight: 4 },
            Spot { at: [0.501, 0.5], weight: 4 },
            Spot { at: [0.1, 0.1], weight: 1 },
        ];
        let classes = vec![[3, 0, 1, 0, 0, 0], [0, 0, 0, 0, 4, 0], [0, 1, 0, 0, 0, 1]];
        let check = |node: &Node, leading, shares: [f32; 6]| {
            assert_eq!(node.leading(), leading);
            let near = node.shares().into_iter().zip(shares).all(|(own, share)| (own - share).abs() < 0.005);
            assert!(near, "{:?}", node.shares());
        };
        let clusters = Clusters::build(&spots, 30.0).with_classes(classes.clone());
        let nodes = clusters.nodes(2.0);
        check(&nodes[0], Some(EventClass::Violence), [0.375, 0.0, 0.125, 0.0, 0.5, 0.0]);
        check(&nodes[1], Some(EventClass::Help), [0.0, 0.5, 0.0, 0.0, 0.0, 0.5]);
        check(
            &Node::alone(2, &spots[2]).with_classes(&classes[2]),
            Some(EventClass::Help),
            nodes[1].shares(),
        );
        check(&Clusters::build(&spots, 30.0).nodes(2.0)[0], None, [0.0; 6]);
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
    fn leaders_keep_their_distance_and_members_stay_near() {
        let spots = strewn(3000);
        let clusters = Clusters::build(&spots, 30.0);
        let distance = |a: u32, b: u32| {
            let (a, b) = (spots[a as usize].at, spots[b as usize].at);
            across(a[0], b[0]).hypot(b[1] - a[1])
        };
        for zoom in [0, 3, 6] {
            let radius = 30.0 / (256.0 * f64::from(zoom).exp2());
            let nodes = clusters.nodes(f64::from(zoom));
            for (number, node) in nodes.iter().enumerate() {
                let near = |&spot: &u32| distance(node.leader, spot) < radius;
                assert!(clusters.members(node).iter().all(near));
                assert!(nodes[..number].iter().all(|other| distance(node.leader, other.leader) >= radius));
            }
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
        let alone = |spot: u32| clusters.is_alone(20.0, spot);
        assert_eq!([0, 1, 2, 3].map(alone), [true, false, false, false]);
    }

    #[test]
    fn no_places_no_nodes() {
        assert!(Clusters::build(&[], 30.0).nodes(3.0).is_empty());
        assert!(Clusters::default().nodes(3.0).is_empty());
        assert!(Clusters::default().within(3.0, [0.0; 2], [1.0; 2]).is_empty());
    }

    #[test]
    fn the_halves_of_fiji_are_one() {
        let spots = [0.999, 0.001, 0.002].map(|x| Spot { at: [x, 0.55], weight: 1 });
        let clusters = Clusters::build(&spots, 30.0);
        let [fiji] = clusters.nodes(2.0) else { panic!("{:?}", clusters.nodes(2.0)) };
        assert_eq!(fiji.places, 3);
        assert!((fiji.at[0] - 0.002 / 3.0).abs() < 1e-9, "{fiji:?}");
        assert_eq!(clusters.nodes(9.0).len(), 3);
    }

    #[test]
    fn what_lies_in_a_box_is_found_round_the_globe() {
        let clusters = Clusters::build(&strewn(3000), 30.0);
        let check = |min: [f64; 2], max: [f64; 2]| {
            for zoom in [0.0, 1.0, 2.7, 5.0, 9.0, 15.0] {
                let found = clusters.within(zoom, min, max);
                let inside = |node: &&Node| {
                    let x = min[0] + (node.at[0] - min[0]).rem_euclid(1.0);
                    x <= max[0] && min[1] <= node.at[1] && node.at[1] <= max[1]
                };
                let wanted: Vec<&Node> = clusters.nodes(zoom).iter().filter(inside).collect();
                let sifted: Vec<&Node> = found.iter().copied().filter(|node| inside(node)).collect();
                assert_eq!(sifted, wanted, "zoom {zoom}, {min:?} to {max:?}");
                let mut leaders: Vec<u32> = found.iter().map(|node| node.leader).collect();
                leaders.sort_unstable();
                leaders.dedup();
                assert_eq!(leaders.len(), found.len(), "none twice: zoom {zoom}, {min:?} to {max:?}");
            }
        };
        check([0.2, 0.1], [0.4, 0.6]);
        check([0.9, 0.0], [1.05, 1.0]);
        check([-0.1, 0.2], [0.02, 0.3]);
        check([-0.1, 0.2], [0.85, 0.3]);
        check([-0.3, -0.2], [0.9, 1.3]);
        check([0.01, 0.01], [0.0102, 0.0102]);
        check([1.2, 0.4], [1.3, 0.5]);
    }

    #[test]
    fn a_zoom_that_is_awaited_is_shown_as_another() {
        let spots = strewn(300);
        let clusters = Clusters::patient(&spots, 30.0);
        assert!(clusters.nodes(4.0).is_empty());
        clusters.make(3, &|| false);
        let three = clusters.nodes(3.0).to_vec();
        assert_eq!((clusters.nodes(1.0), clusters.nodes(8.0)), (three.as_slice(), three.as_slice()));
        let group = three.iter().find(|node| node.places > 1).unwrap();
        clusters.make(8, &|| false);
        assert!(clusters.nodes(8.0).len() > three.len());
        // What was shown as another zoom is still known for what it is.
        assert_eq!(clusters.spots(8.0, group).len(), group.places as usize);
    }
}
