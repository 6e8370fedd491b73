//! Short texts of every genre and region, with what a careful reader marks in them: the files of `texts/`.
//! A text passes when every mention is found to the letter, is placed right, and nothing else is marked.
//!
//! A text ends at an empty line; `# ` begins a comment. Below a text, a line for each mention in its order:
//!
//! ```text
//! Police in Paris, Ky., and Sydney Smith of Sydney marched down Park Street.
//!   Paris > Paris, Kentucky, United States | name literal
//!   Ky. > Kentucky, United States
//!   Sydney#2 > -33.87,151.21
//!   ? Park Street > -33.87,151.21
//! ```
//!
//! The words (`#2`: where they stand for the second time), the place, and kind and sense where they matter. A
//! place is a name with what contains it, the country last; or a point, from which it lies no farther than 161 km,
//! or as many as follow it. What stands behind `?` a reader may mark or not.
//!
//! `texts/known_misses` holds those that do not pass, under the cause. One that passes belongs elsewhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dateline::gazetteer::{Gazetteer, fold};
use dateline::geoparse::Geoparser;
use dateline::model::{Article, Mention, Place, Span};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/headless/texts");
const NEAR_KM: f64 = 161.0;

/// A text, and what it mentions.
struct Sample {
    /// The last comment before it.
    heading: String,
    text: String,
    expected: Vec<Expected>,
}

struct Expected {
    span: Span,
    meant: Meant,
    sorts: Vec<String>,
    optional: bool,
}

enum Meant {
    Anything,
    /// A name, what it lies in, and the country.
    Named(Vec<String>),
    Near {
        lat: f64,
        lon: f64,
        km: f64,
    },
}

impl Sample {
    fn read(folder: &str) -> Vec<(String, Self)> {
        let mut paths: Vec<_> = fs::read_dir(Path::new(FOLDER).join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.retain(|path| path.is_file());
        paths.sort();
        let mut samples = Vec::new();
        for path in paths {
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let mut heading = String::new();
            for block in fs::read_to_string(&path).unwrap().split("\n\n") {
                let (comments, lines): (Vec<&str>, Vec<&str>) =
                    block.lines().filter(|line| !line.is_empty()).partition(|line| line.starts_with("# "));
                if let Some(comment) = comments.last() {
                    heading = comment[2..].to_owned();
                }
                if !lines.is_empty() {
                    samples.push((file.clone(), Self::parse(&heading, &lines)));
                }
            }
        }
        samples
    }

    fn parse(heading: &str, lines: &[&str]) -> Self {
        let (expected, text): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| line.starts_with("  "));
        let text = text.join("\n");
        let mut from = 0;
        let expected = expected
            .into_iter()
            .map(|line| match line.strip_prefix("  ? ") {
                Some(line) => Expected::parse(line, true, &text, 0),
                None => {
                    let expected = Expected::parse(line.trim_start(), false, &text, from);
                    from = expected.span.end;
                    expected
                }
            })
            .collect();
        Self { heading: heading.to_owned(), text, expected }
    }

    /// What is wrong with these mentions, a line each; nothing where all is well.
    fn faults(&self, gazetteer: &Gazetteer, mentions: &[Mention]) -> String {
        let mut faults = String::new();
        let shown = |mention: &Mention| {
            let place = mention.place().map_or("unresolved".to_owned(), |place| {
                format!("{} ({:.2},{:.2})", place.label(), place.lat, place.lon)
            });
            format!("{} {} > {place}", mention.kind.as_str(), mention.sense.as_str())
        };
        for expected in &self.expected {
            let words = expected.span.of(&self.text);
            let mention = mentions.iter().find(|mention| mention.span == expected.span);
            match mention.map(|mention| (mention, expected.fault(gazetteer, mention))) {
                Some((mention, Some(fault))) => {
                    writeln!(faults, "  {fault}: {words}: {}", shown(mention)).unwrap();
                }
                None if !expected.optional => writeln!(faults, "  missed: {words}").unwrap(),
                _ => {}
            }
        }
        for mention in mentions {
            if !self.expected.iter().any(|expected| expected.span == mention.span) {
                writeln!(faults, "  no place: {}: {}", mention.span.of(&self.text), shown(mention)).unwrap();
            }
        }
        faults
    }
}

impl Expected {
    fn parse(line: &str, optional: bool, text: &str, from: usize) -> Self {
        let (rest, sorts) = line.split_once(" | ").unwrap_or((line, ""));
        let (words, place) = rest.split_once(" > ").unwrap_or((rest, ""));
        let (words, number) = words.split_once('#').unwrap_or((words, ""));
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let ends = words.ends_with(char::is_alphanumeric);
        let stands = |&(at, _): &(usize, &str)| {
            let cut_before = letter(text[..at].chars().next_back());
            let cut_after = ends && letter(text[at + words.len()..].chars().next());
            !cut_before && !cut_after
        };
        let mut found = text.match_indices(words).filter(stands).map(|(at, _)| at);
        let start = match number.parse::<usize>() {
            Ok(number) => found.nth(number - 1),
            Err(_) => found.find(|&at| at >= from),
        };
        let start = start.unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
        Self {
            span: Span::new(start, start + words.len()),
            meant: Meant::parse(place),
            sorts: sorts.split_whitespace().map(str::to_owned).collect(),
            optional,
        }
    }

    /// What is wrong with the mention of these words.
    fn fault(&self, gazetteer: &Gazetteer, mention: &Mention) -> Option<&'static str> {
        let placed = match mention.place() {
            Some(place) => self.meant.fits(gazetteer, place),
            None => self.optional || matches!(self.meant, Meant::Anything),
        };
        let sorts = [mention.kind.as_str(), mention.sense.as_str()];
        let sorted = self.sorts.iter().all(|sort| sorts.contains(&sort.as_str()));
        (!placed).then_some("placed wrong").or((!sorted).then_some("of another sort"))
    }
}

impl Meant {
    fn parse(place: &str) -> Self {
        let numbers: Vec<f64> = place.split([',', ' ']).map_while(|part| part.parse().ok()).collect();
        match numbers[..] {
            [lat, lon] => Self::Near { lat, lon, km: NEAR_KM },
            [lat, lon, km] => Self::Near { lat, lon, km },
            _ if place.is_empty() => Self::Anything,
            _ => Self::Named(place.split(", ").map(fold).collect()),
        }
    }

    fn fits(&self, gazetteer: &Gazetteer, place: &Place) -> bool {
        match self {
            Self::Anything => true,
            Self::Named(parts) => {
                let label: Vec<String> = place.label().split(", ").map(fold).collect();
                let bears = || {
                    let row = gazetteer.by_id(&place.id);
                    gazetteer.lookup(&parts[0]).iter().any(|hit| Some(hit.row) == row)
                };
                // "Washington, United States" is the state: what lies in a state is written with it.
                let whole = parts.len() == label.len() || parts.len() > 1 && place.country_code != "US";
                whole
                    && label.last() == parts.last()
                    && parts[1..].iter().all(|part| label.contains(part))
                    && (parts.len() == 1 || label[0] == parts[0] || bears())
            }
            Self::Near { lat, lon, km } => distance_km(place, *lat, *lon) <= *km,
        }
    }
}

fn distance_km(place: &Place, lat: f64, lon: f64) -> f64 {
    let (a, b) = (place.lat.to_radians(), lat.to_radians());
    let half = |x: f64, y: f64| ((x - y) / 2.0).sin().powi(2);
    let chord = half(a, b) + a.cos() * b.cos() * half(place.lon.to_radians(), lon.to_radians());
    12_742.0 * chord.sqrt().min(1.0).asin()
}

/// Each text of a folder with what is wrong with its mentions.
fn read_all(folder: &str) -> Vec<(String, Sample, String)> {
    let gazetteer = Gazetteer::embedded().unwrap();
    let geoparser = Geoparser::new(gazetteer.clone());
    let judge = |(file, sample): (String, Sample)| {
        let found = geoparser.geoparse(Article::from_text(file.as_str(), sample.text.as_str()));
        let faults = sample.faults(&gazetteer, &found.mentions);
        (file, sample, faults)
    };
    Sample::read(folder).into_iter().map(judge).collect()
}

#[test]
fn each_text_is_read_as_a_careful_reader_would() {
    let all = read_all("");
    let mut report = String::new();
    let mut failed = 0;
    for (file, sample, faults) in &all {
        if !faults.is_empty() {
            failed += 1;
            writeln!(report, "{file}: {}\n{faults}", sample.text).unwrap();
        }
    }
    assert!(failed == 0, "{failed} of {} texts:\n\n{report}", all.len());
    assert!(all.len() >= 300, "{} texts", all.len());
}

#[test]
fn known_misses_still_miss() {
    let mut causes: BTreeMap<String, usize> = BTreeMap::new();
    let mut passing = String::new();
    for (file, sample, faults) in read_all("known_misses") {
        *causes.entry(sample.heading).or_default() += 1;
        println!("{}\n{faults}", sample.text);
        if faults.is_empty() {
            writeln!(passing, "{file}: {}", sample.text).unwrap();
        }
    }
    for (cause, number) in &causes {
        println!("{number:3} {cause}");
    }
    assert!(passing.is_empty(), "these pass now and belong with the others:\n{passing}");
}
