//! A flight from one view to another along the path of van Wijk and Nuij ("Smooth and efficient zooming
//! and panning", 2003): out, across, in, at a speed that looks even all the way.

/// How much the path prefers zooming to panning; the paper's own choice.
const RHO: f64 = std::f64::consts::SQRT_2;

/// A flight in progress.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flight {
    from: [f64; 2],
    to: [f64; 2],
    /// Zooms at both ends, told as the view's width on the unit square.
    widths: [f64; 2],
    /// Length of the path, in the paper's measure.
    length: f64,
    start: f64,
    seconds: f64,
}

impl Flight {
    /// `now` in seconds; views are (middle on the unit square, zoom). `span` is the view's width in points.
    pub fn new(from: ([f64; 2], f64), to: ([f64; 2], f64), span: f64, now: f64) -> Flight {
        let width = |zoom: f64| span / (256.0 * zoom.exp2());
        let mut flight = Flight {
            from: from.0,
            to: to.0,
            widths: [width(from.1), width(to.1)],
            length: 0.0,
            start: now,
            seconds: 0.0,
        };
        flight.length = flight.path_length();
        flight.seconds = (0.5 + 0.16 * flight.length).clamp(0.6, 1.2);
        flight
    }

    fn distance(&self) -> f64 {
        (self.to[0] - self.from[0]).hypot(self.to[1] - self.from[1])
    }

    /// The paper's r(i): where on the catenary-like path an end lies.
    fn end(&self, index: usize) -> f64 {
        let [w0, w1] = self.widths;
        let (u, width) = (self.distance(), self.widths[index]);
        let sign = if index == 0 { 1.0 } else { -1.0 };
        let b = (w1 * w1 - w0 * w0 + sign * RHO.powi(4) * u * u) / (2.0 * width * RHO * RHO * u);
        -b.asinh()
    }

    /// Too short a way for the curve to be computed: only the zoom changes.
    fn is_straight(&self) -> bool {
        self.distance() < 1e-6 * self.widths[0].max(self.widths[1])
    }

    fn path_length(&self) -> f64 {
        if self.is_straight() {
            (self.widths[1] / self.widths[0]).ln().abs() / RHO
        } else {
            (self.end(1) - self.end(0)) / RHO
        }
    }

    /// The view at a time, `(middle, zoom)` for a view `span` points wide, and whether it has arrived.
    pub fn at(&self, now: f64, span: f64) -> ([f64; 2], f64, bool) {
        let share = ((now - self.start) / self.seconds).clamp(0.0, 1.0);
        // Ease in and out.
        let eased = share * share * (3.0 - 2.0 * share);
        let (along, width) = self.on_path(eased);
        let along = if share >= 1.0 { 1.0 } else { along };
        let middle = [0, 1].map(|axis| self.from[axis] + (self.to[axis] - self.from[axis]) * along);
        (middle, (span / (256.0 * width)).log2(), share >= 1.0)
    }

    /// Share of the way across, and the view's width.
    fn on_path(&self, share: f64) -> (f64, f64) {
        let [w0, w1] = self.widths;
        if self.is_straight() || share >= 1.0 {
            return (share, w0 * (w1 / w0).powf(share));
        }
        let r0 = self.end(0);
        let s = share * self.length;
        let across = w0 / (RHO * RHO) * (r0.cosh() * (RHO * s + r0).tanh() - r0.sinh());
        (across / self.distance(), w0 * r0.cosh() / (RHO * s + r0).cosh())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flight_begins_and_ends_where_it_should() {
        let check = |from: ([f64; 2], f64), to: ([f64; 2], f64)| {
            let flight = Flight::new(from, to, 800.0, 10.0);
            assert!((0.6..=1.2).contains(&flight.seconds));
            for (now, (middle, zoom), arrived) in [(10.0, from, false), (11.3, to, true)] {
                let (at, at_zoom, at_end) = flight.at(now, 800.0);
                assert_eq!(at_end, arrived);
                assert!((at[0] - middle[0]).abs() < 1e-9 && (at[1] - middle[1]).abs() < 1e-9, "{at:?}");
                assert!((at_zoom - zoom).abs() < 1e-9, "{at_zoom}");
            }
        };
        check(([0.5, 0.4], 3.0), ([0.6, 0.42], 9.0));
        check(([0.5, 0.4], 9.0), ([0.1, 0.6], 9.0));
        check(([0.5, 0.4], 9.0), ([0.5, 0.4], 4.0));
        check(([0.5, 0.4], 9.0), ([0.5, 0.4], 9.0));
    }

    #[test]
    fn a_long_flight_rises_on_its_way() {
        let flight = Flight::new(([0.2, 0.4], 9.0), ([0.8, 0.4], 9.0), 800.0, 0.0);
        let (_, zoom, _) = flight.at(flight.seconds / 2.0, 800.0);
        assert!(zoom < 4.0, "{zoom}");
    }
}
