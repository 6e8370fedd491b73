//! The way of a line from the words of an event to those that say where or when.
//! It runs in the white between lines of text and along the margin, never through words.

use egui::{Pos2, Rangef, pos2};

use super::paragraph::Piece;

/// Rows whose edges are nearer than this are neighbours, points.
const NEAR: f32 = 3.0;
/// From the baseline to where a line leaves the words, points: under their own line.
const UNDER: f32 = 6.0;
/// From the top of a row to the letters on it, points.
const OVER: f32 = 6.0;
/// Radius of corners, points.
const CORNER: f32 = 4.0;

/// The corners of a line from some words to others; `margin` is where it goes up or down past other rows, `down` how
/// far under the edges of rows it runs.
pub(super) fn way(from: &Piece, to: &Piece, margin: f32, down: f32) -> Vec<Pos2> {
    let (x, other) = nearest(from.rect.x_range(), to.rect.x_range());
    let (below, above) = (pos2(x, from.baseline + UNDER), pos2(x, from.rect.top() + OVER));
    let (foot, head) = (pos2(other, to.baseline + UNDER), pos2(other, to.rect.top() + OVER));
    let level =
        |start: Pos2, y: f32, end: Pos2| vec![start, pos2(start.x, y + down), pos2(end.x, y + down), end];
    let (from, to) = (from.rect, to.rect);
    if (from.bottom() - to.bottom()).abs() < NEAR {
        level(below, from.bottom(), foot)
    } else if (to.top() - from.bottom()).abs() < NEAR {
        level(below, from.bottom(), head)
    } else if (from.top() - to.bottom()).abs() < NEAR {
        level(above, to.bottom(), foot)
    } else {
        let (here, there) = (from.bottom() + down, to.bottom() + down);
        vec![below, pos2(x, here), pos2(margin, here), pos2(margin, there), pos2(other, there), foot]
    }
}

/// Where to leave one stretch and where to enter another: their middles, so that no end stands between letters of
/// other words.
fn nearest(from: Rangef, to: Rangef) -> (f32, f32) {
    (from.center().round(), to.center().round())
}

/// The same line with round corners.
pub(super) fn rounded(way: &[Pos2]) -> Vec<Pos2> {
    let mut points = Vec::with_capacity(way.len() * 4);
    for (number, &corner) in way.iter().enumerate() {
        let (Some(&before), Some(&after)) =
            (number.checked_sub(1).and_then(|before| way.get(before)), way.get(number + 1))
        else {
            points.push(corner);
            continue;
        };
        let (back, on) = (before - corner, after - corner);
        let radius = CORNER.min(back.length() / 2.0).min(on.length() / 2.0);
        let (start, end) = (corner + back.normalized() * radius, corner + on.normalized() * radius);
        let bent = |t: f32| {
            let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            pos2(a * start.x + b * corner.x + c * end.x, a * start.y + b * corner.y + c * end.y)
        };
        points.extend([0.0, 0.33, 0.67, 1.0].map(bent));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Rect, vec2};

    fn piece(x: f32, row: f32) -> Piece {
        let rect = Rect::from_min_size(pos2(x, row * 26.0), vec2(40.0, 26.0));
        Piece { rect, baseline: rect.top() + 19.0 }
    }

    /// No part of the way crosses the letters of a row, which stand from 7 points under its top to the line under
    /// them, but where it leaves or enters its own words.
    fn check(from: Piece, to: Piece, corners: usize) {
        let way = way(&from, &to, -3.0, 2.5);
        assert_eq!(way.len(), corners, "{way:?}");
        for ends in way.windows(2) {
            let (a, b) = (ends[0], ends[1]);
            let level = a.y == b.y;
            assert!(level || a.x == b.x, "{way:?}");
            if level {
                let within = a.y.rem_euclid(26.0);
                assert!(!(6.5..24.5).contains(&within), "through words at {within}: {way:?}");
            } else {
                assert!(a.x == -3.0 || (a.y - b.y).abs() < 10.0, "{way:?}");
            }
        }
    }

    #[test]
    fn lines_run_between_rows_and_along_the_margin() {
        check(piece(100.0, 2.0), piece(300.0, 2.0), 4);
        check(piece(100.0, 2.0), piece(10.0, 3.0), 4);
        check(piece(100.0, 2.0), piece(300.0, 1.0), 4);
        check(piece(100.0, 2.0), piece(300.0, 7.0), 6);
        check(piece(100.0, 9.0), piece(300.0, 7.0), 6);
    }

    #[test]
    fn corners_are_round_and_the_ends_stay() {
        let way = way(&piece(100.0, 2.0), &piece(300.0, 7.0), -3.0, 0.0);
        let round = rounded(&way);
        assert_eq!((round.first(), round.last()), (way.first(), way.last()));
        assert!(round.len() > way.len());
    }
}
