//! What the map shows: every place of a view with its counts, grouped for every zoom.
//! It is made with the view, not with a frame, and shared with the map as it is.

use std::sync::Arc;

use crate::model::{EventClass, EventType, How, Place};

use super::clusters::{Clusters, Spot};

/// Least distance between marks at a whole zoom, points.
pub const APART: f64 = 30.0;

/// A place on the map.
#[derive(Clone, Debug)]
pub struct ScenePoint {
    /// Its key in the collection; unique in a scene.
    pub key: u32,
    /// Where it lies on the Mercator unit square.
    pub at: [f64; 2],
    /// The place.
    pub place: Arc<Place>,
    /// How many articles shown mention it.
    pub articles: u32,
    /// How many mentions of it are shown; none where events are.
    pub mentions: u32,
    /// Events there that are shown, by class in the order of [`EventClass::ALL`].
    pub classes: [u32; EventClass::ALL.len()],
    /// What sort of events most of them are, where events are shown.
    pub leading: Option<EventType>,
    /// Whether every mention of it shown is doubtful.
    pub uncertain: bool,
    /// Whether it only stands for something else throughout, as "Washington" for a government.
    pub associative: bool,
    /// Who settled where it is, as a row of places tells it ([`PlaceRow::settled`](super::PlaceRow::settled)).
    pub settled: How,
    /// Whether the search is for its name.
    pub matched: bool,
}

impl ScenePoint {
    /// Events there that are shown.
    pub fn events(&self) -> u32 {
        self.classes.iter().sum()
    }

    /// What its mark says: how many events, or articles where no events are shown.
    pub fn weight(&self) -> u32 {
        if self.leading.is_some() { self.events() } else { self.articles }
    }
}

/// Everything the map shows.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The places as they are ordered.
    pub points: Vec<ScenePoint>,
    /// The same places, grouped.
    pub clusters: Clusters,
    /// Where among the points a place stands, by its key; [`NOWHERE`] for one that is not shown.
    indices: Vec<u32>,
    /// The view's revision.
    pub revision: u64,
}

const NOWHERE: u32 = u32::MAX;

impl Scene {
    /// A scene of these places, the keys of which are not much larger than their number.
    pub fn new(points: Vec<ScenePoint>, revision: u64) -> Scene {
        let clusters = Clusters::build(&spots(&points), APART).with_classes(classes(&points));
        Scene { clusters, ..Scene::ungrouped(points, revision) }
    }

    /// The same for a window that does not wait for the groups of a zoom.
    pub(super) fn patient(points: Vec<ScenePoint>, revision: u64) -> Scene {
        let clusters = Clusters::patient(&spots(&points), APART).with_classes(classes(&points));
        Scene { clusters, ..Scene::ungrouped(points, revision) }
    }

    fn ungrouped(points: Vec<ScenePoint>, revision: u64) -> Scene {
        let count = points.iter().map(|point| point.key as usize + 1).max().unwrap_or(0);
        let mut indices = vec![NOWHERE; count];
        for (index, point) in (0u32..).zip(&points) {
            indices[point.key as usize] = index;
        }
        Scene { points, clusters: Clusters::default(), indices, revision }
    }

    /// Where among the points a place stands.
    pub fn index(&self, key: u32) -> Option<usize> {
        self.indices.get(key as usize).filter(|&&index| index != NOWHERE).map(|&index| index as usize)
    }

    /// A place that is shown.
    pub fn point(&self, key: u32) -> Option<&ScenePoint> {
        self.points.get(self.index(key)?)
    }
}

fn spots(points: &[ScenePoint]) -> Vec<Spot> {
    points.iter().map(|point| Spot { at: point.at, weight: point.weight() }).collect()
}

/// Events at each point, where the points are of events.
fn classes(points: &[ScenePoint]) -> Vec<[u32; EventClass::ALL.len()]> {
    let events = points.iter().filter(|point| point.leading.is_some());
    events.map(|point| point.classes).collect()
}
