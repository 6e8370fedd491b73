//! Clipping lines and rings to a rectangle.
//! A clipped ring runs along the rectangle's sides where it left it; whoever strokes it skips those.

/// A point, x to the right and y down.
pub(crate) type Xy = [f64; 2];

/// A rectangle, edges included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rect {
    /// Least x and y.
    pub min: Xy,
    /// Greatest x and y.
    pub max: Xy,
}

impl Rect {
    pub(crate) fn of(points: &[Xy]) -> Rect {
        let mut rect = Rect { min: [f64::INFINITY; 2], max: [f64::NEG_INFINITY; 2] };
        for point in points {
            for (axis, &at) in point.iter().enumerate() {
                rect.min[axis] = rect.min[axis].min(at);
                rect.max[axis] = rect.max[axis].max(at);
            }
        }
        rect
    }

    pub(crate) fn touches(&self, other: &Rect) -> bool {
        (0..2).all(|axis| self.min[axis] <= other.max[axis] && other.min[axis] <= self.max[axis])
    }

    pub(crate) fn within(&self, other: &Rect) -> bool {
        (0..2).all(|axis| other.min[axis] <= self.min[axis] && self.max[axis] <= other.max[axis])
    }

    #[cfg(feature = "assets")]
    pub(crate) fn size(&self) -> f64 {
        (self.max[0] - self.min[0]).max(self.max[1] - self.min[1])
    }
}

/// The part of a closed ring within the rectangle (Sutherland and Hodgman, 1974). The first point is
/// not repeated, neither in nor out. Empty when nothing is left.
pub(crate) fn ring(points: &[Xy], rect: &Rect) -> Vec<Xy> {
    let mut kept = points.to_vec();
    for axis in 0..2 {
        kept = keep(&kept, axis, rect.min[axis], 1.0);
        kept = keep(&kept, axis, rect.max[axis], -1.0);
    }
    if kept.len() < 3 { Vec::new() } else { kept }
}

/// One half-plane's share of a ring: where `sign * (coordinate - limit) >= 0`.
fn keep(points: &[Xy], axis: usize, limit: f64, sign: f64) -> Vec<Xy> {
    let inside = |point: &Xy| sign * (point[axis] - limit) >= 0.0;
    let mut kept = Vec::with_capacity(points.len() + 4);
    let Some(mut before) = points.last().copied() else {
        return kept;
    };
    for &point in points {
        if inside(&point) != inside(&before) {
            let share = (limit - before[axis]) / (point[axis] - before[axis]);
            let other = 1 - axis;
            let mut crossing = [limit; 2];
            crossing[other] = before[other] + share * (point[other] - before[other]);
            kept.push(crossing);
        }
        if inside(&point) {
            kept.push(point);
        }
        before = point;
    }
    kept
}

/// The stretches of an open line within the rectangle, in order.
pub(crate) fn line(points: &[Xy], rect: &Rect) -> Vec<Vec<Xy>> {
    let mut stretches: Vec<Vec<Xy>> = Vec::new();
    let mut current: Vec<Xy> = Vec::new();
    for pair in points.windows(2) {
        let Some((from, to)) = segment(pair[0], pair[1], rect) else {
            flush(&mut current, &mut stretches);
            continue;
        };
        if current.last() != Some(&from) {
            flush(&mut current, &mut stretches);
            current.push(from);
        }
        current.push(to);
    }
    flush(&mut current, &mut stretches);
    stretches
}

fn flush(current: &mut Vec<Xy>, stretches: &mut Vec<Vec<Xy>>) {
    if current.len() > 1 {
        stretches.push(std::mem::take(current));
    } else {
        current.clear();
    }
}

/// The part of a segment within the rectangle (Liang and Barsky, 1984).
fn segment(from: Xy, to: Xy, rect: &Rect) -> Option<(Xy, Xy)> {
    let step = [to[0] - from[0], to[1] - from[1]];
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for axis in 0..2 {
        if step[axis] == 0.0 {
            if from[axis] < rect.min[axis] || from[axis] > rect.max[axis] {
                return None;
            }
            continue;
        }
        let at_min = (rect.min[axis] - from[axis]) / step[axis];
        let at_max = (rect.max[axis] - from[axis]) / step[axis];
        enter = enter.max(at_min.min(at_max));
        leave = leave.min(at_min.max(at_max));
    }
    if enter > leave {
        return None;
    }
    let at = |share: f64| [from[0] + share * step[0], from[1] + share * step[1]];
    Some((if enter > 0.0 { at(enter) } else { from }, if leave < 1.0 { at(leave) } else { to }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Rect = Rect { min: [0.0, 0.0], max: [1.0, 1.0] };

    fn area(ring: &[Xy]) -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
    }

    #[test]
    fn a_ring_keeps_its_share_of_the_rectangle() {
        let check =
            |points: &[Xy], expected: f64| assert!((area(&ring(points, &UNIT)) - expected).abs() < 1e-12);
        check(&[[-1.0, -1.0], [2.0, -1.0], [2.0, 2.0], [-1.0, 2.0]], 1.0);
        check(&[[0.5, 0.5], [2.0, 0.5], [2.0, 2.0], [0.5, 2.0]], 0.25);
        check(&[[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.4]], 0.04);
        check(&[[3.0, 3.0], [4.0, 3.0], [4.0, 4.0]], 0.0);
    }

    #[test]
    fn a_line_that_comes_back_is_two_stretches() {
        let points = [[-1.0, 0.5], [0.5, 0.5], [2.0, 0.5], [2.0, 0.2], [0.5, 0.2]];
        let stretches = line(&points, &UNIT);
        assert_eq!(stretches, vec![vec![[0.0, 0.5], [0.5, 0.5], [1.0, 0.5]], vec![[1.0, 0.2], [0.5, 0.2]]]);
    }

    #[test]
    fn a_line_that_only_passes_by_is_nothing() {
        assert!(line(&[[-1.0, 2.0], [2.0, 2.0]], &UNIT).is_empty());
    }
}
