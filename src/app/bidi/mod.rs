//! Text with words that run from right to left, set in lines in the order in which they are read.
//! egui shapes every letter right but lays words from left to right; here each line is put in order first,
//! and what stands where is kept, letter by letter.

mod measure;
mod order;
mod set;

pub(crate) use order::{is_leftward, is_mixed};
pub(crate) use set::{Letter, Mixed, nearest};

use egui::Context;
use egui::text::LayoutJob;

/// A job with its words in the order in which they are read, in as many lines of as much room as it asks for,
/// each beginning left. One without words from right to left comes back as it is.
pub(crate) fn in_order(ctx: &Context, mut job: LayoutJob) -> LayoutJob {
    if !is_mixed(&job.text) {
        return job;
    }
    job.text = job.text.replace(['\n', '\r', '\t'], " ");
    let (width, most) = (job.wrap.max_width, job.wrap.max_rows);
    let mixed = Mixed::set(&job, width, most, false, &mut |text, format, leftward| {
        measure::measured(ctx, text, format, leftward)
    });
    LayoutJob::clone(&mixed.job)
}

/// A paragraph that [`is_mixed`] in lines, on the side on which it begins. `job` is as for text from left
/// to right.
pub(crate) fn paragraph(ctx: &Context, job: &LayoutJob, width: f32) -> Mixed {
    Mixed::set(job, width, usize::MAX, true, &mut |text, format, leftward| {
        measure::measured(ctx, text, format, leftward)
    })
}
