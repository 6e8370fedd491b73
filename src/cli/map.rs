//! `dateline map`: files in, a picture of the map out, without a window.
//! Articles are counted as they are read and not kept.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::error::SOME_FAILED;
use super::gazetteer::Which;
use super::geoparse::{GRACE, Kinds, kinds, nothing_found};
use super::homes::Told;
use super::narrow::Narrow;
use super::progress::Progress;
use super::reading::Reading;
use super::{CliError, interrupt, settled, target};
use crate::export::{Options, Rows, Summary};
use crate::gazetteer::Gazetteer;
use crate::geoparse::Geoparser;
use crate::jobs::{Finds, Pipeline, inputs, is_svg, write_picture};
use crate::model::Bbox;
use crate::picture::{self, Atlas, Fonts, Picture, PictureError, Plan, Size, Tally, Theme, View};

const EXAMPLES: &str = "\
Examples:
  dateline map articles/ -o map.png
  dateline map articles/ -o map.svg --title \"Floods in the papers\" --theme print
  dateline map derna.dateline -o poster.png --size 1600x1200 --scale 4
  dateline map articles/ -o events.png --rows events --from 2016-10 --to 2016-12
  dateline map articles/ -o fiji.png --bbox 176,-21,-177,-12
  cat articles.jsonl | dateline map - -o map.png --size 800x500 --no-labels --no-legend
";

const AFTER: &str = "\
Marks are places; their area tells how often a place is mentioned, or with --rows events how much happened there. Places
that would lie on one another are one mark, under the name of the one with most. The ground is the map inside the program:
tiles and layers that were added in the window are not drawn.

The same articles always give the same picture. A PNG has the letters of the fonts inside the program (Latin, Greek and
Cyrillic) and of those told with --font; an SVG has its fonts in it, and other letters are those of who opens it.

Exit codes: 0 all inputs were read, 1 some could not be read or the picture not be written, 2 the command makes no sense,
130 interrupted.";

/// Draws a map of the places in articles, as PNG or SVG
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = super::TEMPLATE)]
pub(super) struct Args {
    /// Files and folders of articles, and projects (.dateline); `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// Writes to this file: .png or .svg
    #[arg(short, long, value_name = "FILE", required = true)]
    output: PathBuf,

    /// Width and height, points; letters and lines grow with them, at half their pace
    #[arg(long, value_name = "WxH", default_value = "1600x1000", value_parser = sides)]
    size: Sides,

    /// Pixels along a point: the same picture, finer
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    scale: f64,

    /// Written above the map
    #[arg(long, value_name = "TEXT", default_value = "")]
    title: String,

    /// Written below the title, in place of the number of articles, their period, and how much is marked
    #[arg(long, value_name = "TEXT")]
    subtitle: Option<String>,

    /// Colours: light, dark, or print with a faint ground
    #[arg(long, value_name = "THEME", value_parser = themes(), default_value = "light")]
    theme: Theme,

    /// Shows this box in degrees, whole; across the antimeridian where W is greater than E. All marks, unless told
    #[arg(long, value_name = "W,S,E,N", value_parser = bbox, allow_hyphen_values = true)]
    bbox: Option<Bbox>,

    /// What marks count: mentions of places, or events
    #[arg(long, value_name = "ROWS", value_parser = rows(), default_value = "mentions")]
    rows: Rows,

    /// Kinds of mentions to count, separated by commas: name, demonym, embedded, coordinate, or all
    /// [default: name,coordinate; events: all]
    #[arg(long, value_name = "KINDS", value_parser = kinds)]
    kinds: Option<Kinds>,

    /// Names no countries, towns and seas, but what is marked
    #[arg(long)]
    no_labels: bool,

    /// Draws the legend; it is drawn unless told
    #[arg(long, overrides_with = "no_legend")]
    legend: bool,

    /// Leaves out the legend
    #[arg(long, overrides_with = "legend")]
    no_legend: bool,

    /// Takes letters that the fonts inside the program lack from this font file; repeatable
    #[arg(long = "font", value_name = "FILE")]
    fonts: Vec<PathBuf>,

    #[command(flatten)]
    narrow: Narrow,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    homes: Told,

    /// Articles to work on at once; all processors unless told
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// Width and height as one argument.
#[derive(Clone, Copy, Debug)]
struct Sides(u32, u32);

fn sides(text: &str) -> Result<Sides, String> {
    let (width, height) = text.split_once(['x', '×', 'X']).ok_or("write it as 1600x1000")?;
    let side = |text: &str| u32::from_str(text.trim()).map_err(|_| "write it as 1600x1000".to_owned());
    Ok(Sides(side(width)?, side(height)?))
}

fn bbox(text: &str) -> Result<Bbox, String> {
    let degrees: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    let Some([west, south, east, north]) = degrees.ok().and_then(|all| <[f64; 4]>::try_from(all).ok()) else {
        return Err("write it as W,S,E,N in degrees: 34,29,43,38".to_owned());
    };
    let right = |degrees: f64, most: f64| (-most..=most).contains(&degrees);
    if !right(west, 180.0) || !right(east, 180.0) || !right(south, 90.0) || !right(north, 90.0) {
        return Err("longitudes go from -180 to 180, latitudes from -90 to 90".to_owned());
    }
    if south >= north || west == east {
        return Err("the box is empty: its south is less than its north".to_owned());
    }
    Ok(Bbox { west, south, east, north })
}

fn themes() -> impl TypedValueParser<Value = Theme> {
    let named =
        |name: String| Theme::ALL.into_iter().find(|theme| theme.as_str() == name).ok_or("no such theme");
    PossibleValuesParser::new(Theme::ALL.map(Theme::as_str)).try_map(named)
}

fn rows() -> impl TypedValueParser<Value = Rows> {
    let counted = [Rows::Mentions, Rows::Events];
    let named =
        move |name: String| counted.into_iter().find(|rows| rows.as_str() == name).ok_or("no such rows");
    PossibleValuesParser::new(counted.map(Rows::as_str)).try_map(named)
}

impl Args {
    fn options(&self) -> Result<Options, CliError> {
        let kinds = self.kinds.clone().map(|kinds| kinds.0).or_else(|| settled::settings().kinds.clone());
        Ok(Options { rows: self.rows, kinds, only: self.narrow.only()?, ..Options::default() })
    }

    fn fonts(&self) -> Result<Fonts, CliError> {
        self.fonts.iter().try_fold(Fonts::default(), |fonts, path| {
            let failed = |reason: String| CliError::Failed(format!("{}: {reason}", path.display()));
            let file = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
            fonts.with(file).map_err(failed)
        })
    }
}

pub(super) fn run(args: Args) -> Result<ExitCode, CliError> {
    let size = Size::new(args.size.0, args.size.1, args.scale)
        .map_err(|error| CliError::Usage(error.to_string()))?;
    let svg = is_svg(&args.output).map_err(CliError::Usage)?;
    let options = args.options()?;
    let read = args.paths.iter().chain(&args.fonts).chain(args.which.files()).chain(args.homes.file());
    target::check(&args.output, read)?;
    let fonts = args.fonts()?;
    let gazetteer = args.which.open()?;
    args.narrow.check(&gazetteer)?;
    let homes = args.homes.read(&gazetteer)?;
    let geoparser = Geoparser::new(gazetteer.clone()).with_homes(homes);
    let mut progress = Progress::start(false);
    if !svg && !picture::has_letters(&fonts, &args.title) {
        progress
            .note("no font has letters for all of the title, and boxes stand for them: name one with --font");
    }
    let mut tally = Tally::new(options).within(args.bbox);
    let (unread, articles) = count(&args, &geoparser, &mut tally, &mut progress);
    if interrupt::came() {
        return Err(CliError::Interrupted);
    }
    let summary = Summary { articles, ..Summary::default() };
    let unread = unread + nothing_found(&args.paths, unread, summary, &mut progress);
    args.narrow.tell(articles > 0 && tally.marks().all.is_empty(), &progress);
    // A picture from another run is worth more than an empty one.
    if unread == 0 || articles > 0 {
        let picture = drawn(&args, size, fonts, gazetteer, &tally)?;
        write_picture(&picture, &args.output, &interrupt::came).map_err(|error| match error {
            Some(error) => CliError::Failed(error.to_string()),
            None => CliError::Interrupted,
        })?;
    }
    progress.finish();
    Ok(if unread == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// Reads, geoparses and counts everything; how many inputs could not be read, and how many articles there were.
fn count(args: &Args, geoparser: &Geoparser, tally: &mut Tally, progress: &mut Progress) -> (usize, usize) {
    let threads = settled::threads(args.threads);
    let finds = Finds { events: args.rows == Rows::Events, ..Finds::ALL };
    let pipeline = Pipeline { geoparser, threads, given_spans: false, finds };
    let (mut unread, mut articles) = (0, 0);
    let meter = Arc::default();
    let inputs = inputs(&args.paths, &args.reading.options(), &meter, geoparser, false);
    pipeline.run(inputs, interrupt::wanted(GRACE), |outcome| {
        match outcome {
            Ok(article) => {
                article.problems.iter().for_each(|problem| progress.problem(problem));
                progress.article_in(&article.article);
                articles += 1;
                tally.add(&article);
            }
            Err(problem) => {
                unread += 1;
                progress.problem(&problem);
            }
        }
        ControlFlow::<()>::Continue(())
    });
    progress.passed_over(&meter);
    (unread, articles)
}

fn drawn(
    args: &Args,
    size: Size,
    fonts: Fonts,
    gazetteer: Gazetteer,
    tally: &Tally,
) -> Result<Picture, CliError> {
    let failed = |error: PictureError| match error {
        PictureError::Stopped => CliError::Interrupted,
        error => CliError::Failed(error.to_string()),
    };
    let owed = gazetteer.owed();
    let atlas = Atlas::new(Some(gazetteer)).map_err(|error| CliError::Failed(error.to_string()))?;
    let marks = tally.marks();
    let told = tally.told();
    let plan = Plan {
        size,
        view: args.bbox.map_or(View::Fit, View::Box),
        theme: args.theme,
        title: &args.title,
        subtitle: args.subtitle.as_deref().unwrap_or(&told),
        labels: !args.no_labels,
        legend: !args.no_legend,
        owed: &owed,
        ..Plan::new(&marks)
    };
    picture::draw(&Atlas { fonts, ..atlas }, &plan, &interrupt::came).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_boxes_are_read() {
        let check = |text: &str, expected: Option<(u32, u32)>| {
            assert_eq!(sides(text).ok().map(|Sides(width, height)| (width, height)), expected, "{text}");
        };
        check("1600x1000", Some((1600, 1000)));
        check("800×500", Some((800, 500)));
        check("800", None);
        check("-1x5", None);
        check("99999999999x5", None);
        let check = |text: &str, right: bool| assert_eq!(bbox(text).is_ok(), right, "{text}");
        check("34,29,43,38", true);
        check("176, -21, -177, -12", true);
        check("34,38,43,29", false);
        check("34,29,43", false);
        check("NaN,29,43,38", false);
        check("-190,29,43,38", false);
    }
}
