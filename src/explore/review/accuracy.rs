//! How often something is right, told from a few of which that is known.

use serde::{Deserialize, Serialize};

/// What of some was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accuracy {
    /// How many were right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

impl Accuracy {
    /// The share that was right, 0 to 1; `None` of none.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }

    /// Between which shares the true one lies, of 95 in 100 such samples.
    pub fn interval(self) -> (f64, f64) {
        wilson(self.right, self.of)
    }

    pub(super) fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }
}

/// What 95 of 100 draws from a normal distribution lie within, standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// The score interval for a share of which `right` of `of` were counted, at 95 %, without correction for continuity
/// (Wilson 1927, *Journal of the American Statistical Association* 22, 209–212). It stays between 0 and 1, and says
/// something where all were right, or none; of none it is all there is. That the articles of a collection are not
/// without end is not considered, so that it is rather too wide.
///
/// ```
/// let (low, high) = dateline::explore::wilson(81, 263);
/// assert_eq!((format!("{low:.4}"), format!("{high:.4}")), ("0.2553".into(), "0.3662".into()));
/// ```
pub fn wilson(right: usize, of: usize) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, p, z2) = (of as f64, right.min(of) as f64 / of as f64, Z * Z);
    let centre = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let bound = |sum: f64| (sum / (1.0 + z2 / n)).clamp(0.0, 1.0);
    (bound(centre - half), bound(centre + half))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn intervals_are_those_of_the_literature() {
        let check = |right, of, low: &str, high: &str| {
            let (from, to) = wilson(right, of);
            assert_eq!(
                (format!("{from:.4}"), format!("{to:.4}")),
                (low.to_owned(), high.to_owned()),
                "{right}/{of}"
            );
        };
        // Newcombe 1998, *Statistics in Medicine* 17, 857–872, table I, method 3.
        check(81, 263, "0.2553", "0.3662");
        check(15, 148, "0.0624", "0.1605");
        check(0, 20, "0.0000", "0.1611");
        check(1, 29, "0.0061", "0.1718");
        // All right is none wrong.
        check(20, 20, "0.8389", "1.0000");
        check(50, 100, "0.4038", "0.5962");
        check(0, 0, "0.0000", "1.0000");
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_share(of in 1..5000usize, share in 0.0..=1.0f64) {
            let right = (of as f64 * share) as usize;
            let (low, high) = wilson(right, of);
            let own = right as f64 / of as f64;
            prop_assert!(0.0 <= low && low <= own + 1e-12 && own <= high + 1e-12 && high <= 1.0);
            let (other_low, other_high) = wilson(of - right, of);
            prop_assert!((low + other_high - 1.0).abs() < 1e-9 && (high + other_low - 1.0).abs() < 1e-9);
            let (wider_low, wider_high) = wilson(right * 3, of * 3);
            prop_assert!(wider_high - wider_low < high - low);
        }
    }
}
