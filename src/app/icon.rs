//! The program's icon: a globe's outline and the line where the date changes, in the accent.
//! Worked out from distances, so that there is no picture to keep.

use egui::IconData;

use super::theme::Tokens;

/// Width and height, pixels.
const SIDE: u32 = 128;

/// Draws the icon.
pub fn icon() -> IconData {
    let tokens = Tokens::light();
    let mut rgba = Vec::with_capacity((SIDE * SIDE * 4) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let at = |v: u32| (v as f32 + 0.5) / SIDE as f32 * 2.0 - 1.0;
            let (ground, mark) = coverage(at(x), at(y));
            let mixed = tokens.accent.lerp_to_gamma(tokens.on_accent, mark);
            rgba.extend([mixed.r(), mixed.g(), mixed.b(), (ground * 255.0).round() as u8]);
        }
    }
    IconData { rgba, width: SIDE, height: SIDE }
}

/// How much of the pixel at `(x, y)`, from -1 to 1, the ground and the mark on it cover.
fn coverage(x: f32, y: f32) -> (f32, f32) {
    let pixel = 2.0 / SIDE as f32;
    let soft = |distance: f32| (0.5 - distance / pixel).clamp(0.0, 1.0);
    // A square of side 1.84 with corners of radius 0.4.
    let corner = |v: f32| (v.abs() - 0.52).max(0.0);
    let ground = soft(corner(x).hypot(corner(y)) - 0.40);
    let from_centre = x.hypot(y);
    let globe = soft((from_centre - 0.56).abs() - 0.07);
    // A meridian: the arc of an ellipse, with the place it passes.
    let meridian = soft(((x / 0.42).hypot(y / 1.0) * 0.56 - 0.56 * 0.56).abs() - 0.05);
    let within = soft(from_centre - 0.56);
    let place = soft((x - 0.22).hypot(y + 0.06) - 0.17);
    (ground, globe.max(meridian * within).max(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_whole_and_its_corners_are_clear() {
        let icon = icon();
        assert_eq!(icon.rgba.len(), (SIDE * SIDE * 4) as usize);
        let alpha = |x: u32, y: u32| icon.rgba[((y * SIDE + x) * 4 + 3) as usize];
        assert_eq!((alpha(0, 0), alpha(SIDE / 2, SIDE / 2)), (0, 255));
    }

    /// What menus and file managers show is drawn by others, from a file that must not go its own way.
    #[test]
    fn the_packaged_icon_is_the_same_to_the_eye() {
        let svg = include_str!("../../assets/packaging/icons/hicolor/scalable/apps/dateline.svg");
        let tree = resvg::usvg::Tree::from_str(svg, &resvg::usvg::Options::default()).unwrap();
        let mut drawn = resvg::tiny_skia::Pixmap::new(SIDE, SIDE).unwrap();
        resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut drawn.as_mut());
        let icon = icon();
        let differences = drawn.pixels().iter().zip(icon.rgba.chunks(4)).map(|(pixel, of_icon)| {
            // Edges are softened otherwise; what lies between them is not.
            let alpha = u32::from(of_icon[3]);
            let light = |red: u32| (red * alpha / 255) as i32;
            (i32::from(pixel.red()) - light(u32::from(of_icon[0])))
                .abs()
                .max(i32::from(pixel.alpha()) - alpha as i32)
        });
        let differences: Vec<i32> = differences.collect();
        let far = differences.iter().filter(|&&difference| difference > 64).count();
        let mean = differences.iter().sum::<i32>() as f32 / differences.len() as f32;
        assert!(far < 100 && mean < 3.0, "{far} pixels far off, {mean} on average");
    }
}
