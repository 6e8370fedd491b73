//! Writes a dump in GeoNames' own format, as large as the real one, to measure an import with:
//! `cargo run --release --example geonames-dump -- OUT_DIR [--places N] [--names M]`.
//!
//! The places inside the program come first, with their own numbers; the others are made up from their
//! names, countries and surroundings. Same numbers of rows, same bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use dateline::gazetteer::{Gazetteer, Row};

/// Rows of the real dump's tables, about.
const PLACES: u64 = 13_000_000;
const NAMES: u64 = 15_000_000;
/// Numbers of made-up places begin here, beyond all real ones.
const FIRST: u64 = 20_000_000;

/// Features in a thousand, about as in GeoNames, with a word that such places are called by.
const FEATURES: [(u64, &str, &str, &str); 24] = [
    (390, "P", "PPL", ""),
    (85, "H", "STM", "River"),
    (75, "T", "MT", "Mount"),
    (65, "T", "HLL", "Hill"),
    (60, "S", "SCH", "School"),
    (45, "S", "CH", "Church"),
    (40, "S", "FRM", "Farm"),
    (35, "H", "LK", "Lake"),
    (30, "S", "HTL", "Hotel"),
    (25, "H", "STMI", "Wadi"),
    (20, "L", "LCTY", ""),
    (20, "T", "ISL", "Island"),
    (18, "S", "BLDG", "House"),
    (16, "H", "SPNG", "Spring"),
    (14, "S", "CMTY", "Cemetery"),
    (12, "V", "FRST", "Forest"),
    (10, "H", "WLL", "Well"),
    (10, "T", "VAL", "Valley"),
    (8, "L", "AREA", ""),
    (6, "S", "RSTN", "Station"),
    (5, "H", "RSV", "Reservoir"),
    (4, "L", "PRK", "Park"),
    (4, "T", "PK", "Peak"),
    (3, "R", "RD", "Road"),
];

const LANGUAGES: [&str; 16] =
    ["", "", "", "en", "en", "es", "fr", "de", "ru", "ar", "zh", "fa", "pt", "pl", "link", "wkdt"];

/// A place that made-up ones are like.
struct Model {
    name: String,
    words: Vec<String>,
    lat: f64,
    lon: f64,
    country: String,
    admin1: String,
    admin2: String,
}

/// Numbers without pattern, the same every time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: u64) -> u64 {
        self.next() % count.max(1)
    }

    /// Between -1 and 1, mostly near 0.
    fn about_zero(&mut self) -> f64 {
        let part = |value: u64| value as f64 / u64::MAX as f64;
        part(self.next()) + part(self.next()) - 1.0
    }
}

/// Every number below `count` once, in no helpful order.
struct Shuffled {
    count: u64,
    step: u64,
}

impl Shuffled {
    fn new(count: u64) -> Self {
        let gcd = |mut a: u64, mut b: u64| {
            while b != 0 {
                (a, b) = (b, a % b);
            }
            a
        };
        let start = (count as f64 * 0.618_034) as u64 | 1;
        let step = (start..).step_by(2).find(|&step| gcd(step, count) == 1).unwrap_or(1);
        Self { count, step }
    }

    fn at(&self, index: u64) -> u64 {
        (u128::from(index) * u128::from(self.step) % u128::from(self.count.max(1))) as u64
    }
}

fn main() -> io::Result<()> {
    let (folder, places, names) = arguments().map_err(io::Error::other)?;
    std::fs::create_dir_all(&folder)?;
    let gazetteer = Gazetteer::embedded().map_err(io::Error::other)?;
    let world = World::of(&gazetteer);
    world.divisions(&folder)?;
    let real = world.places(&folder, places)?;
    world.names(&folder, real, places, names)?;
    world.hierarchy(&folder)
}

fn arguments() -> Result<(PathBuf, u64, u64), String> {
    let usage = "geonames-dump OUT_DIR [--places N] [--names M]";
    let (mut folder, mut places, mut names) = (None, PLACES, NAMES);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut count = || {
            let text = arguments.next().unwrap_or_default();
            text.parse::<u64>().map_err(|_| format!("“{text}” is no number: {usage}"))
        };
        match argument.as_str() {
            "--places" => places = count()?,
            "--names" => names = count()?,
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    Ok((folder.ok_or(usage)?, places, names))
}

fn table(folder: &Path, name: &str) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 20, File::create(folder.join(name))?))
}

/// The places inside the program, with codes of divisions made for the dump.
struct World<'g> {
    gazetteer: &'g Gazetteer,
    /// Places with numbers of GeoNames.
    rows: Vec<(u64, Row)>,
    /// The part after the last dot of a division's code.
    codes: BTreeMap<Row, String>,
    models: Vec<Model>,
}

impl<'g> World<'g> {
    fn of(gazetteer: &'g Gazetteer) -> Self {
        let number = |row| gazetteer.place(row)?.id.strip_prefix("geonames:")?.parse().ok();
        let all = (0..gazetteer.len() as u32).map(Row);
        let mut rows: Vec<(u64, Row)> = all.filter_map(|row| Some((number(row)?, row))).collect();
        rows.sort_unstable();
        let (mut codes, mut counts) = (BTreeMap::new(), BTreeMap::new());
        for &(_, row) in &rows {
            let (class, code) = gazetteer.feature(row);
            if class == 'A' && (code == "ADM1" || code == "ADM2") {
                let around = if code == "ADM1" { gazetteer.country(row) } else { gazetteer.admin1(row) };
                let count: &mut u32 = counts.entry((code.to_owned(), around)).or_default();
                *count += 1;
                codes.insert(row, if code == "ADM1" { format!("{count:02}") } else { format!("{count:03}") });
            }
        }
        let mut world = Self { gazetteer, rows, codes, models: Vec::new() };
        let towns = world.rows.iter().filter(|(_, row)| gazetteer.feature(*row).0 == 'P');
        world.models = towns.map(|&(_, row)| world.model(row)).collect();
        world
    }

    fn model(&self, row: Row) -> Model {
        let (lat, lon) = self.gazetteer.point(row);
        let name = self.gazetteer.name(row).replace(['\t', '\n'], " ");
        let code = |division: Option<Row>| {
            division.and_then(|row| self.codes.get(&row)).cloned().unwrap_or_default()
        };
        Model {
            words: name
                .split([' ', '-'])
                .filter(|word| word.chars().count() > 2)
                .map(str::to_owned)
                .collect(),
            name,
            lat,
            lon,
            country: self.gazetteer.country_code(row).to_owned(),
            admin1: code(self.gazetteer.admin1(row)),
            admin2: code(self.gazetteer.admin2(row)),
        }
    }

    fn divisions(&self, folder: &Path) -> io::Result<()> {
        let mut first = table(folder, "admin1CodesASCII.txt")?;
        let mut second = table(folder, "admin2Codes.txt")?;
        for &(number, row) in self.rows.iter().filter(|(_, row)| self.codes.contains_key(row)) {
            let model = self.model(row);
            let name = &model.name;
            let (country, admin1) = (&model.country, &model.admin1);
            if self.gazetteer.feature(row).1 == "ADM1" {
                writeln!(first, "{country}.{admin1}\t{name}\t{name}\t{number}")?;
            } else if !admin1.is_empty() {
                writeln!(second, "{country}.{admin1}.{}\t{name}\t{name}\t{number}", model.admin2)?;
            }
        }
        first.flush()?;
        second.flush()
    }

    /// Real places, then made-up ones; how many are real.
    fn places(&self, folder: &Path, count: u64) -> io::Result<u64> {
        let mut out = table(folder, "allCountries.txt")?;
        let real = (self.rows.len() as u64).min(count);
        let order = Shuffled::new(real);
        for at in 0..real {
            let (number, row) = self.rows[order.at(at) as usize];
            let (class, code) = self.gazetteer.feature(row);
            let model = self.model(row);
            let population = self.gazetteer.population(row);
            write_place(
                &mut out,
                number,
                &model.name,
                &model,
                (model.lat, model.lon),
                (class.encode_utf8(&mut [0; 4]), code),
                population,
            )?;
        }
        let made = Shuffled::new(count - real);
        for at in 0..count - real {
            let number = FIRST + made.at(at);
            let mut chance = Chance(number);
            let (name, model, (class, code)) = self.invented(&mut chance);
            let lat = (model.lat + 1.5 * chance.about_zero()).clamp(-89.9, 89.9);
            let lon = (model.lon + 1.5 * chance.about_zero()).clamp(-179.9, 179.9);
            let settled = class == "P" && chance.below(8) == 0;
            let population = if settled { 1 << chance.below(14) } else { 0 };
            write_place(&mut out, number, &name, model, (lat, lon), (class, code), population)?;
        }
        out.flush()?;
        Ok(real)
    }

    /// The name and the feature of a made-up place, and the place that it is like.
    fn invented(&self, chance: &mut Chance) -> (String, &Model, (&'static str, &'static str)) {
        let model = &self.models[chance.below(self.models.len() as u64) as usize];
        let total: u64 = FEATURES.iter().map(|(share, ..)| share).sum();
        let mut at = chance.below(total);
        let feature = FEATURES.iter().find(|(share, ..)| {
            let here = at < *share;
            at = at.wrapping_sub(*share);
            here
        });
        let &(_, class, code, word) = feature.unwrap_or(&FEATURES[0]);
        let name = self.name_like(model, chance);
        let name = match (word, chance.below(3)) {
            ("", _) | (_, 0) => name,
            ("Mount" | "Lake" | "Wadi", _) => format!("{word} {name}"),
            (word, _) => format!("{name} {word}"),
        };
        (name, model, (class, code))
    }

    /// A name of words and syllables that occur near the model: models are in the order of their numbers, and
    /// GeoNames gave those country by country.
    fn name_like(&self, model: &Model, chance: &mut Chance) -> String {
        let near = chance.below(self.models.len() as u64) as usize;
        let other = &self.models[near].words;
        let (Some(first), Some(second)) = (model.words.first(), other.last()) else {
            return model.name.clone();
        };
        let half = |word: &str, start: bool| -> String {
            let middle = word.chars().count().div_ceil(2);
            if start { word.chars().take(middle).collect() } else { word.chars().skip(middle).collect() }
        };
        match chance.below(10) {
            // A third of all places share their name with another.
            0..=2 => model.name.clone(),
            3..=6 => half(first, true) + &half(second, false).to_lowercase(),
            7 => format!("{first} {second}"),
            8 => format!("{} {}", half(first, true) + &half(second, false).to_lowercase(), first),
            _ => format!("{second} {}", half(first, true)),
        }
    }

    fn names(&self, folder: &Path, real: u64, places: u64, count: u64) -> io::Result<()> {
        let mut out = table(folder, "alternateNamesV2.txt")?;
        let order = Shuffled::new(count);
        for at in 0..count {
            let number = order.at(at);
            let mut chance = Chance(number ^ 0x5eed_0000_0000);
            // Well-known places have most of the names.
            let place = if chance.below(10) == 0 && real > 0 {
                self.rows[chance.below(real) as usize].0
            } else {
                FIRST + chance.below((places - real).max(1))
            };
            let language = LANGUAGES[chance.below(LANGUAGES.len() as u64) as usize];
            let text = match language {
                "link" => format!("https://en.wikipedia.org/wiki/{place}"),
                "wkdt" => format!("Q{place}"),
                _ => self.alternate(place, &mut chance),
            };
            let preferred = if chance.below(6) == 0 { "1" } else { "" };
            writeln!(out, "{number}\t{place}\t{language}\t{text}\t{preferred}\t\t\t\t\t")?;
        }
        out.flush()
    }

    /// Another spelling of a place's name.
    fn alternate(&self, place: u64, chance: &mut Chance) -> String {
        let name = match self.rows.binary_search_by_key(&place, |&(number, _)| number) {
            Ok(at) => self.gazetteer.name(self.rows[at].1).to_owned(),
            Err(_) => self.invented(&mut Chance(place)).0,
        };
        match chance.below(6) {
            0 => name,
            1 => format!("{name}a"),
            2 => name.replace('i', "y"),
            3 => name.replace('k', "q").replace('e', "a"),
            4 => format!("Al {name}"),
            _ => format!("{name} {}", self.models[chance.below(self.models.len() as u64) as usize].name),
        }
    }

    fn hierarchy(&self, folder: &Path) -> io::Result<()> {
        let mut out = table(folder, "hierarchy.txt")?;
        let numbers: BTreeMap<Row, u64> = self.rows.iter().map(|&(number, row)| (row, number)).collect();
        for &(number, row) in &self.rows {
            let around = self.gazetteer.parent(row).and_then(|row| numbers.get(&row));
            if let Some(around) = around {
                writeln!(out, "{around}\t{number}\tADM")?;
            }
        }
        out.flush()
    }
}

fn write_place(
    out: &mut impl Write,
    number: u64,
    name: &str,
    model: &Model,
    (lat, lon): (f64, f64),
    (class, code): (&str, &str),
    population: u64,
) -> io::Result<()> {
    let Model { country, admin1, admin2, .. } = model;
    let ascii: String = name.chars().map(|c| if c.is_ascii() { c } else { 'e' }).collect();
    let others = if number.is_multiple_of(3) {
        format!("{ascii} {country}x,{name}y,{}", name.to_lowercase())
    } else {
        String::new()
    };
    writeln!(
        out,
        "{number}\t{name}\t{ascii}\t{others}\t{lat:.5}\t{lon:.5}\t{class}\t{code}\t{country}\t\t{admin1}\t{admin2}\t\t\t\
         {population}\t\t{}\tEtc/UTC\t2024-01-01",
        number % 3000,
    )
}
