//! How large a picture is, and what is too large or too small to be drawn.
//! Letters and lines grow with the picture, at half its pace: a poster is read from further away than a thumbnail.

use super::PictureError;

/// The longest side, pixels.
const LONGEST: f64 = 20_000.0;
/// The most pixels.
const MOST: f64 = 200e6;
/// The shortest side, points: below it there is no room for a map.
const SHORTEST: u32 = 160;

/// Width, height and scale of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    width: u32,
    height: u32,
    scale: f64,
}

impl Default for Size {
    /// 1600 by 1000 points, a pixel to the point.
    fn default() -> Self {
        Size { width: 1600, height: 1000, scale: 1.0 }
    }
}

impl Size {
    /// A picture of `width` by `height` points, with `scale` pixels along each point.
    ///
    /// ```
    /// use dateline::picture::Size;
    /// assert_eq!(Size::new(800, 500, 2.0)?.pixels(), [1600, 1000]);
    /// assert!(Size::new(90_000, 500, 1.0).is_err());
    /// # Ok::<(), dateline::picture::PictureError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PictureError::Size`] where a side is shorter than 160 points or longer than 20,000 pixels, or there are more
    /// than 200 million pixels.
    pub fn new(width: u32, height: u32, scale: f64) -> Result<Size, PictureError> {
        let refused = |why: &'static str| Err(PictureError::Size { width, height, why });
        if !(0.1..=16.0).contains(&scale) {
            return refused("the scale must be between 0.1 and 16");
        }
        if width.min(height) < SHORTEST {
            return refused("a picture is at least 160 points wide and high");
        }
        let [across, down] = [width, height].map(|side| f64::from(side) * scale);
        if across.max(down) > LONGEST || across * down > MOST {
            return refused("a picture has at most 20,000 pixels a side and 200 million in all");
        }
        Ok(Size { width, height, scale })
    }

    /// Width and height in pixels.
    pub fn pixels(&self) -> [u32; 2] {
        [self.width, self.height].map(|side| (f64::from(side) * self.scale).round().max(1.0) as u32)
    }

    /// How much larger than at the usual size letters and lines are.
    fn growth(&self) -> f64 {
        (f64::from(self.width.min(self.height)) / 1000.0).sqrt().clamp(0.75, 3.0)
    }

    /// Width and height of the page in the points that it is laid out in.
    pub(super) fn page(&self) -> [f64; 2] {
        [self.width, self.height].map(|side| f64::from(side) / self.growth())
    }

    /// Pixels along a point of the page.
    pub(super) fn density(&self) -> f64 {
        self.scale * self.growth()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_bounded() {
        let check = |width, height, scale, right: bool| {
            assert_eq!(Size::new(width, height, scale).is_ok(), right, "{width}×{height}, {scale}");
        };
        check(1600, 1000, 1.0, true);
        check(8000, 6000, 1.0, true);
        check(4000, 3000, 4.0, true);
        check(20_000, 10_000, 1.0, true);
        check(20_000, 10_001, 1.0, false);
        check(20_001, 500, 1.0, false);
        check(u32::MAX, u32::MAX, 16.0, false);
        check(0, 0, 1.0, false);
        check(800, 600, f64::NAN, false);
        check(800, 600, f64::INFINITY, false);
        check(800, 600, 0.0, false);
    }

    #[test]
    fn letters_grow_with_the_picture_at_half_its_pace() {
        let density = |width, height| Size::new(width, height, 1.0).unwrap().density();
        assert!((density(1600, 1000) - 1.0).abs() < 1e-9);
        assert!((density(6000, 4000) - 2.0).abs() < 1e-9);
        assert!((density(400, 300) - 0.75).abs() < 1e-9);
    }
}
