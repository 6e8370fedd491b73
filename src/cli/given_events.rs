//! `dateline geoparse --given-events`: for each line's event, the places where it happened, and nothing else.
//! Answers stream in the order of the lines, so that another program can ask and read in turn.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::geoparse::GRACE;
use super::interrupt;
use super::progress::Progress;
use crate::events;
use crate::geoparse::Geoparser;
use crate::jobs::{Finds, Pipeline, inputs};
use crate::model::{CharIndex, CharSpan, Geoparsed, Problem};

/// Where one event happened.
#[derive(Serialize)]
struct Answer {
    id: String,
    /// The main place first; empty where the text does not say.
    locations: Vec<CharSpan>,
}

/// Answers for every article of the inputs; how many were answered, and how many inputs held no event to answer for.
pub(super) fn tell(
    geoparser: &Geoparser,
    threads: NonZeroUsize,
    paths: &[PathBuf],
    options: &crate::ingest::Options,
    output: &mut impl Write,
    progress: &mut Progress,
) -> io::Result<(usize, usize)> {
    let meter = Arc::default();
    let inputs = inputs(paths, options, &meter, geoparser, false);
    let pipeline = Pipeline { geoparser, threads, given_spans: false, finds: Finds::PLACES };
    let (mut answered, mut failed) = (0, 0);
    let prepare = |geoparsed: Box<Geoparsed>| answer(geoparser, &geoparsed);
    let broken = pipeline.run_with(inputs, interrupt::wanted(GRACE), prepare, |outcome| {
        match outcome.and_then(|answer| answer) {
            Ok(answer) => {
                answered += 1;
                progress.article();
                if let Err(error) = write(output, &answer) {
                    return ControlFlow::Break(error);
                }
            }
            Err(problem) => {
                failed += 1;
                progress.problem(&problem);
            }
        }
        ControlFlow::Continue(())
    });
    progress.passed_over(&meter);
    broken.map_or(Ok((answered, failed)), Err)
}

fn answer(geoparser: &Geoparser, geoparsed: &Geoparsed) -> Result<Answer, Problem> {
    let article = &geoparsed.article;
    let Some(trigger) = article.event else {
        let reason = "it has no “event” with “start” and “end” in its text".to_owned();
        return Err(Problem { place: article.id.clone(), reason });
    };
    let index = CharIndex::new(&article.text);
    let scenes = events::scenes(geoparser, geoparsed, trigger);
    Ok(Answer {
        id: article.id.clone(),
        locations: scenes.into_iter().map(|scene| index.chars(scene)).collect(),
    })
}

fn write(output: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let line = serde_json::to_string(answer)?;
    writeln!(output, "{line}")?;
    // Whoever reads the pipe gets each answer as soon as it is there.
    output.flush()
}
