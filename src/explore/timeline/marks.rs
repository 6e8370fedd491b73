//! Where the timeline's axis is marked: at whole days, months or years, as far apart as labels need.

use super::Unit;

/// How far one mark is from the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// What is counted.
    pub unit: Unit,
    /// How many of it.
    pub by: i32,
}

impl Marks {
    const ALL: [Marks; 17] = {
        const fn every(unit: Unit, by: i32) -> Marks {
            Marks { unit, by }
        }
        [
            every(Unit::Day, 1),
            every(Unit::Day, 2),
            every(Unit::Week, 1),
            every(Unit::Week, 2),
            every(Unit::Month, 1),
            every(Unit::Month, 3),
            every(Unit::Month, 6),
            every(Unit::Year, 1),
            every(Unit::Year, 2),
            every(Unit::Year, 5),
            every(Unit::Year, 10),
            every(Unit::Year, 20),
            every(Unit::Year, 50),
            every(Unit::Year, 100),
            every(Unit::Year, 200),
            every(Unit::Year, 500),
            every(Unit::Year, 1000),
        ]
    };

    /// The least at which marks are `apart` points from one another, where a day has `per_day`. Marks nearer
    /// than the `bins` they stand under would say nothing.
    pub fn fitting(per_day: f64, apart: f64, bins: Unit) -> Marks {
        let fits = |marks: &Marks| {
            marks.unit.about() * f64::from(marks.by) * per_day >= apart
                && marks.unit.about() * f64::from(marks.by) >= bins.about()
        };
        Marks::ALL.into_iter().find(fits).unwrap_or(Marks { unit: Unit::Year, by: 1000 })
    }

    /// The first days of the marks from the last one before `first` to `last`.
    pub fn between(self, first: i32, last: i32) -> impl Iterator<Item = i32> {
        let start = self.unit.index(first).div_euclid(self.by);
        let end = self.unit.index(last).div_euclid(self.by);
        (start..=end).map(move |number| self.unit.days(number.saturating_mul(self.by)).first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Days, PartialDate};

    #[test]
    fn marks_stand_at_round_dates() {
        let day = |y, m, d| Days::of(PartialDate::ymd(y, m, d)).unwrap().first;
        let check = |per_day: f64, expected: &[(i16, u8, u8)]| {
            let marks = Marks::fitting(per_day, 60.0, Unit::Day);
            let found: Vec<i32> =
                marks.between(day(2016, 10, 12), day(2016, 10, 12) + (200.0 / per_day) as i32).collect();
            assert_eq!(
                found,
                expected.iter().map(|&(y, m, d)| day(y, m, d)).collect::<Vec<_>>(),
                "{marks:?}"
            );
        };
        check(60.0, &[(2016, 10, 12), (2016, 10, 13), (2016, 10, 14), (2016, 10, 15)]);
        check(10.0, &[(2016, 10, 10), (2016, 10, 17), (2016, 10, 24), (2016, 10, 31)]);
        check(2.0, &[(2016, 10, 1), (2016, 11, 1), (2016, 12, 1), (2017, 1, 1)]);
        check(0.7, &[(2016, 10, 1), (2017, 1, 1), (2017, 4, 1), (2017, 7, 1)]);
        check(0.1, &[(2016, 1, 1), (2018, 1, 1), (2020, 1, 1), (2022, 1, 1)]);
    }
}
