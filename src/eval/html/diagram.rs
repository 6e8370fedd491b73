//! The calibration diagram: mean score to the right, share right upwards, a dot for each bin.
//! A thin line from each dot to the diagonal is how far its scores are off.

use std::fmt::Write;

use crate::eval::Calibration;

/// Side of the square that holds the dots, in pixels.
const SIDE: f64 = 260.0;
/// Left of and below the square, for the numbers.
const MARGIN: f64 = 44.0;
/// Above and to the right of it.
const EDGE: f64 = 12.0;

fn x(share: f64) -> f64 {
    MARGIN + SIDE * share
}

fn y(share: f64) -> f64 {
    EDGE + SIDE * (1.0 - share)
}

pub(super) fn diagram(calibration: &Calibration) -> String {
    let size = MARGIN + SIDE + EDGE;
    let mut svg = format!(
        "<svg role=\"img\" aria-label=\"Share right by score\" width=\"{size}\" height=\"{size}\" \
         viewBox=\"0 0 {size} {size}\">\n"
    );
    // Nothing can go wrong with writing to a string.
    let _ = axes(&mut svg).and_then(|()| dots(&mut svg, calibration));
    svg.push_str("</svg>\n");
    svg
}

fn axes(svg: &mut String) -> std::fmt::Result {
    let (left, right, top, bottom) = (x(0.0), x(1.0), y(1.0), y(0.0));
    for step in 0..=5 {
        let share = f64::from(step) / 5.0;
        let (across, up) = (x(share), y(share));
        writeln!(svg, "<path class=\"grid\" d=\"M{left} {up}H{right}M{across} {top}V{bottom}\" />")?;
        writeln!(
            svg,
            "<text x=\"{across}\" y=\"{}\" text-anchor=\"middle\">{share:.1}</text>",
            bottom + 16.0
        )?;
        writeln!(svg, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{share:.1}</text>", left - 6.0, up + 4.0)?;
    }
    let (middle, below) = (x(0.5), bottom + 34.0);
    writeln!(svg, "<path class=\"even\" d=\"M{left} {bottom}L{right} {top}\" />")?;
    writeln!(svg, "<text class=\"axis\" x=\"{middle}\" y=\"{below}\" text-anchor=\"middle\">score</text>")?;
    let up = y(0.5);
    writeln!(
        svg,
        "<text class=\"axis\" x=\"10\" y=\"{up}\" text-anchor=\"middle\" transform=\"rotate(-90 10 {up})\">share \
         right</text>"
    )
}

fn dots(svg: &mut String, calibration: &Calibration) -> std::fmt::Result {
    for bin in &calibration.bins {
        let (across, up, even) = (x(bin.score), y(bin.right), y(bin.score));
        writeln!(svg, "<path class=\"off\" d=\"M{across:.1} {up:.1}V{even:.1}\" />")?;
        writeln!(
            svg,
            "<circle cx=\"{across:.1}\" cy=\"{up:.1}\" r=\"4.5\"><title>{} mentions: score {:.3}, {:.3} right</title></circle>",
            bin.mentions, bin.score, bin.right
        )?;
    }
    Ok(())
}
