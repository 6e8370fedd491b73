//! `dateline gazetteer info`: what a gazetteer is made of.
//! Every place is counted, which takes a second or two for the whole of GeoNames.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use crate::cli::CliError;
use crate::cli::terminal::Stdout;
use crate::gazetteer::{Gazetteer, Row};

const EXAMPLES: &str = "\
Examples:
  dateline gazetteer info                      the one inside the program
  dateline gazetteer info world.gazetteer --json
";

const AFTER: &str = "\
With --json: an object on one line with \"file\" and \"bytes\" (null for the one inside the program), \"title\",
\"attribution\", \"sources\", \"places\", \"names\", and how many places there are \"by_class\" (of feature, as GeoNames
has it) and \"by_country\" (ISO 3166-1 alpha-2; \"\" for what lies in no one country).";

/// Countries that are printed for a person.
const COUNTRIES: usize = 12;

/// Prints what a gazetteer holds and where it comes from
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    /// A gazetteer file; the one inside the program where none is given
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Info {
    file: Option<String>,
    bytes: Option<u64>,
    title: String,
    attribution: String,
    sources: Vec<String>,
    places: usize,
    names: u64,
    by_class: BTreeMap<char, u64>,
    by_country: BTreeMap<String, u64>,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let gazetteer = match &args.file {
        Some(file) => Gazetteer::open(file),
        None => Gazetteer::embedded(),
    };
    let gazetteer = gazetteer.map_err(|error| CliError::Failed(error.to_string()))?;
    let info = info(args, &gazetteer);
    let mut out = Stdout::open();
    let printed = if args.json {
        serde_json::to_writer(&mut out, &info).map_err(io::Error::from).and_then(|()| writeln!(out))
    } else {
        write(&mut out, &info)
    };
    printed.and_then(|()| out.flush()).map_err(|error| CliError::stdout(&error))?;
    Ok(ExitCode::SUCCESS)
}

fn info(args: &Args, gazetteer: &Gazetteer) -> Info {
    let about = gazetteer.about().into_iter().next().unwrap_or_default();
    let (mut by_class, mut by_country) = (BTreeMap::new(), BTreeMap::new());
    for row in (0..gazetteer.len() as u32).map(Row) {
        *by_class.entry(gazetteer.feature(row).0).or_default() += 1;
        let country = gazetteer.country_code(row);
        match by_country.get_mut(country) {
            Some(count) => *count += 1,
            None => {
                by_country.insert(country.to_owned(), 1);
            }
        }
    }
    Info {
        file: args.file.as_ref().map(|file| file.display().to_string()),
        bytes: args.file.as_ref().and_then(|file| Some(fs::metadata(file).ok()?.len())),
        title: about.title,
        attribution: about.attribution,
        sources: about.sources,
        places: gazetteer.len(),
        names: gazetteer.names(),
        by_class,
        by_country,
    }
}

fn write(out: &mut impl Write, info: &Info) -> io::Result<()> {
    let mut line = |key: &str, value: &str| match value {
        "" => Ok(()),
        value => writeln!(out, "{key:<12} {value}"),
    };
    line("title", &info.title)?;
    line("file", info.file.as_deref().unwrap_or("(inside the program)"))?;
    line("size", &info.bytes.map(|bytes| format!("{bytes} bytes")).unwrap_or_default())?;
    line("attribution", &info.attribution)?;
    line("sources", &info.sources.join(", "))?;
    line("names", &info.names.to_string())?;
    line("places", &info.places.to_string())?;
    for (class, count) in &info.by_class {
        line(&format!("  {class}"), &format!("{count:<10} {}", class_words(*class)))?;
    }
    let mut countries: Vec<(&String, &u64)> = info.by_country.iter().collect();
    countries.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
    let rest: u64 = countries.iter().skip(COUNTRIES).map(|(_, count)| **count).sum();
    line("countries", &info.by_country.keys().filter(|code| !code.is_empty()).count().to_string())?;
    for (code, count) in countries.into_iter().take(COUNTRIES) {
        line(&format!("  {}", if code.is_empty() { "none" } else { code }), &count.to_string())?;
    }
    if rest > 0 {
        line("  others", &rest.to_string())?;
    }
    Ok(())
}

/// What GeoNames means by a class.
fn class_words(class: char) -> &'static str {
    match class {
        'A' => "countries and divisions",
        'H' => "waters",
        'L' => "regions, parks, areas",
        'P' => "cities, towns, villages",
        'R' => "roads, railways",
        'S' => "buildings, farms, spots",
        'T' => "mountains, hills, islands",
        'U' => "under the sea",
        'V' => "forests, heaths",
        _ => "",
    }
}
