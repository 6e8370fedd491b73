//! Which days the timeline shows, and where they stand: all there are until somebody looks closer.

use crate::explore::Unit;
use crate::model::Days;

/// Least width of a bin, points.
const BIN: f64 = 5.0;
/// Fewest days that are shown.
const LEAST: f64 = 14.0;

/// Days laid out over a width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// The first day, with its share that is out of sight.
    from: f64,
    /// The end of the last.
    to: f64,
    left: f32,
    width: f32,
}

impl Scale {
    /// All of a span, in whole bins, over a width.
    pub(super) fn all(span: Days, left: f32, width: f32) -> Scale {
        let laid = |days: Days| {
            let (from, to) = (f64::from(days.first), f64::from(days.last) + 1.0);
            // Few days stand in the middle.
            let lack = (LEAST - (to - from)).max(0.0) / 2.0;
            Scale { from: from - lack.floor(), to: to + lack.ceil(), left, width: width.max(1.0) }
        };
        laid(laid(span).unit().whole(span))
    }

    /// The same scale over other days, as far as there are any within `all`.
    pub(super) fn within(all: Scale, from: f64, to: f64) -> Scale {
        let length = (to - from).clamp(LEAST.min(all.length()), all.length());
        let from = (from + to - length) / 2.0;
        let from = from.clamp(all.from, all.to - length);
        Scale { from, to: from + length, ..all }
    }

    /// What is in sight, as it can be kept.
    pub(super) fn range(self) -> [f64; 2] {
        [self.from, self.to]
    }

    fn length(self) -> f64 {
        self.to - self.from
    }

    /// Points that a day has.
    pub(super) fn per_day(self) -> f64 {
        f64::from(self.width) / self.length()
    }

    /// The unit of the bins.
    pub(super) fn unit(self) -> Unit {
        Unit::fitting(self.per_day(), BIN)
    }

    /// Where a day begins.
    pub(super) fn x(self, day: i32) -> f32 {
        self.x_of(f64::from(day))
    }

    /// Where a moment is.
    pub(super) fn x_of(self, day: f64) -> f32 {
        self.left + ((day - self.from) * self.per_day()) as f32
    }

    /// The day at a place, within what is in sight.
    pub(super) fn day(self, x: f32) -> i32 {
        let day = self.from + f64::from(x - self.left) / self.per_day();
        day.clamp(self.from, self.to - 1e-6).floor() as i32
    }

    /// The days in sight, in whole or in part.
    pub(super) fn days(self) -> Days {
        Days { first: self.from.floor() as i32, last: (self.to - 1e-6).floor() as i32 }
    }

    /// Looked at closer by a factor; what is at `x` stays there.
    pub(super) fn zoomed(self, all: Scale, x: f32, factor: f64) -> Scale {
        let at = self.from + f64::from(x - self.left) / self.per_day();
        let length = (self.length() / factor).clamp(LEAST.min(all.length()), all.length());
        let from = at - length * f64::from((x - self.left) / self.width);
        Scale::within(all, from, from + length)
    }

    /// Moved by so many points.
    pub(super) fn panned(self, all: Scale, by: f32) -> Scale {
        let days = f64::from(by) / self.per_day();
        Scale::within(all, self.from - days, self.to - days)
    }

    /// Moved no farther than needed for these days to be in sight.
    pub(super) fn showing(self, all: Scale, days: Days) -> Scale {
        let (first, last) = (f64::from(days.first), f64::from(days.last) + 1.0);
        let by = if first < self.from { first - self.from } else { (last - self.to).max(0.0) };
        if by == 0.0 || last - first > self.length() {
            return self;
        }
        Scale::within(all, self.from + by, self.to + by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::fixture::days;

    #[test]
    fn a_span_is_shown_in_whole_bins() {
        let check = |from, to, unit: Unit, shown: Days| {
            let scale = Scale::all(days(from, to), 0.0, 600.0);
            assert_eq!((scale.unit(), scale.days()), (unit, shown));
        };
        check((2016, 10, 17), (2016, 10, 17), Unit::Day, days((2016, 10, 11), (2016, 10, 24)));
        check((2016, 1, 20), (2016, 3, 2), Unit::Day, days((2016, 1, 20), (2016, 3, 2)));
        check((2015, 1, 20), (2016, 12, 14), Unit::Week, days((2015, 1, 19), (2016, 12, 18)));
        check((2010, 1, 20), (2016, 12, 14), Unit::Month, days((2010, 1, 1), (2016, 12, 31)));
        check((1848, 3, 18), (1919, 1, 15), Unit::Year, days((1848, 1, 1), (1919, 12, 31)));
    }

    #[test]
    fn zooming_keeps_the_pointers_day_and_never_leaves_the_span() {
        let all = Scale::all(days((2010, 1, 1), (2019, 12, 31)), 100.0, 600.0);
        let near = all.zoomed(all, 400.0, 8.0);
        assert_eq!(near.day(400.0), all.day(400.0));
        assert_eq!(near.unit(), Unit::Week);
        assert_eq!(near.zoomed(all, 120.0, 1e-3), all);
        assert_eq!(near.panned(all, 1e6).day(100.0), all.day(100.0));
        assert!((all.zoomed(all, 400.0, 1e9).length() - LEAST).abs() < 1e-9);
    }

    #[test]
    fn chosen_days_are_brought_into_sight() {
        let all = Scale::all(days((2010, 1, 1), (2019, 12, 31)), 0.0, 600.0);
        let near = all.zoomed(all, 300.0, 10.0);
        let check = |wanted: Days| {
            let shown = near.showing(all, wanted).days();
            assert!(shown.first <= wanted.first && shown.last >= wanted.last, "{wanted:?} in {shown:?}");
        };
        check(days((2010, 3, 1), (2010, 3, 31)));
        check(days((2019, 12, 1), (2019, 12, 31)));
        assert_eq!(near.showing(all, near.days()).days().first, near.days().first);
    }
}
