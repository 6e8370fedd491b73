//! What decisions are worth: of an article whose places are known, one is told, and the others are looked at.
//! Every mention of an article is the one that is told in turn, so that nothing hangs on chance; an article counts
//! the same however long it is.
//!
//! Spans are given, so that resolution alone is measured. A person picks the place of the name that lies nearest to the
//! one meant, and puts a point of their own where none lies near. Of a country or a sea whose point the annotators put
//! elsewhere, nothing is told: it would only teach where they put it.

use std::path::PathBuf;
use std::sync::Arc;

use geo::{Distance, Haversine, Point};
use serde_json::Value;

use super::super::{Geoparser, Ruling, Told, ToldMention};
use super::recognition::MEASURED;
use crate::gazetteer::{Gazetteer, fold};
use crate::model::{Article, CharIndex, CharSpan, Geoparsed, Mention, Place, Precision, Span};

/// Distance within which a place is right, metres.
const RIGHT: f64 = 161_000.0;
/// Distance within which a person finds the place meant among those of its name, metres.
const FOUND: f64 = 40_000.0;
/// Mentions of an article that are told, one by one.
const TOLD: usize = 12;

struct Sheet {
    article: Article,
    /// Where each annotated mention is.
    gold: Vec<(Span, Point)>,
}

fn sheets(corpus: &str) -> Vec<Sheet> {
    let folder = PathBuf::from(std::env::var("DATELINE_GOLD").expect("DATELINE_GOLD names a folder"));
    let text = std::fs::read_to_string(folder.join(format!("{corpus}.jsonl"))).unwrap();
    text.lines().map(|line| sheet(&serde_json::from_str(line).unwrap())).collect()
}

fn sheet(value: &Value) -> Sheet {
    let text = value["text"].as_str().unwrap();
    let index = CharIndex::new(text);
    let toponyms = value["toponyms"].as_array().unwrap().iter();
    let mut gold: Vec<(Span, Point)> = toponyms
        .filter_map(|toponym| {
            let at = |key: &str| toponym[key].as_u64().map(|at| at as usize);
            let span = index.bytes(CharSpan { start: at("start")?, end: at("end")? })?;
            Some((span, Point::new(toponym["lon"].as_f64()?, toponym["lat"].as_f64()?)))
        })
        .collect();
    gold.sort_by_key(|(span, _)| *span);
    gold.dedup_by_key(|(span, _)| *span);
    let own = |key: &str| value[key].as_str().map(str::to_owned);
    let mut article = Article::from_text(value["id"].to_string(), text);
    (article.source, article.url) = (own("source"), own("url"));
    article.given = Some(gold.iter().map(|(span, _)| *span).collect());
    Sheet { article, gold }
}

/// What a person picks: the place of the name that lies nearest, or a point of their own.
fn picked(gazetteer: &Gazetteer, words: &str, meant: Point) -> Option<Arc<Place>> {
    let metres = |place: &Place| Haversine.distance(meant, Point::new(place.lon, place.lat));
    let places = gazetteer.lookup(words).into_iter().filter_map(|hit| gazetteer.place(hit.row));
    let nearest = places
        .min_by(|a, b| metres(a).total_cmp(&metres(b)))
        .filter(|place| metres(place) < FOUND.max(place.radius_m));
    let own = || {
        let around = gazetteer.nearest(meant.y(), meant.x(), 1)[0].0;
        Place {
            id: "own:1".to_owned(),
            name: words.to_owned(),
            lat: meant.y(),
            lon: meant.x(),
            precision: Precision::Point,
            feature_class: 'S',
            feature_code: String::new(),
            ..gazetteer.place(around).unwrap()
        }
    };
    let picked = nearest.unwrap_or_else(own);
    (metres(&picked) < RIGHT).then(|| Arc::new(picked))
}

fn is_right(mention: &Mention, meant: Point) -> bool {
    mention.place().is_some_and(|place| Haversine.distance(meant, Point::new(place.lon, place.lat)) < RIGHT)
}

/// For each annotated mention, whether it is right.
fn right(sheet: &Sheet, geoparsed: &Geoparsed) -> Vec<bool> {
    let find = |span: Span| geoparsed.mentions.iter().find(|mention| mention.span == span);
    sheet
        .gold
        .iter()
        .map(|&(span, meant)| find(span).is_some_and(|mention| is_right(mention, meant)))
        .collect()
}

/// Shares of mentions that are right before and after, each article with the same weight.
#[derive(Default)]
struct Shares {
    weight: f64,
    before: f64,
    after: f64,
    better: usize,
    worse: usize,
    of: usize,
}

impl Shares {
    fn add(&mut self, pairs: &[(bool, bool)], weight: f64) {
        if pairs.is_empty() {
            return;
        }
        let count = |which: &dyn Fn(&(bool, bool)) -> bool| pairs.iter().filter(|pair| which(pair)).count();
        self.weight += weight;
        self.before += weight * count(&|pair| pair.0) as f64 / pairs.len() as f64;
        self.after += weight * count(&|pair| pair.1) as f64 / pairs.len() as f64;
        self.better += count(&|pair| !pair.0 && pair.1);
        self.worse += count(&|pair| pair.0 && !pair.1);
        self.of += pairs.len();
    }

    fn print(&self, what: &str) {
        let share = |sum: f64| sum / self.weight.max(1e-9);
        let (before, after) = (share(self.before), share(self.after));
        let Self { better, worse, of, .. } = self;
        println!(
            "  {what:34} {before:.4} → {after:.4} ({:+.4}); better {better}, worse {worse} of {of}",
            after - before
        );
    }
}

/// The others of an article before and after one is told: of the same name, and of other names, where what the program
/// had for the one was right, and where it was wrong.
#[derive(Default)]
struct Table {
    same: [Shares; 2],
    other: [Shares; 2],
    all: Shares,
}

fn measure(geoparser: &Geoparser, sheet: &Sheet, table: &mut Table) {
    let text = &sheet.article.text;
    let before = right(sheet, &geoparser.geoparse(sheet.article.clone()));
    let name = |i: usize| fold(sheet.gold[i].0.of(text));
    let count = sheet.gold.len();
    let step = count.div_ceil(TOLD).max(1);
    let weight = 1.0 / count.div_ceil(step) as f64;
    for one in (0..count).step_by(step) {
        let (span, meant) = sheet.gold[one];
        let Some(place) = picked(&geoparser.gazetteer, span.of(text), meant) else { continue };
        let decision = ToldMention { span, kind: None, sense: None, ruling: Ruling::Is(place) };
        let told = Told { mentions: vec![decision], ..Told::default() };
        let after = right(sheet, &geoparser.geoparse_told(sheet.article.clone(), &told));
        let others = |same: bool| -> Vec<(bool, bool)> {
            let of_name = (0..count).filter(|&i| i != one && (name(i) == name(one)) == same);
            of_name.map(|i| (before[i], after[i])).collect()
        };
        let wrong = usize::from(!before[one]);
        table.same[wrong].add(&others(true), weight);
        table.other[wrong].add(&others(false), weight);
        table.all.add(&[others(true), others(false)].concat(), weight);
    }
}

/// How often a name means one place in an article; and, where it means several, which of them its other mentions mean:
/// the one that was named last, the nearest in the text, or what the program says.
#[derive(Default)]
struct Senses {
    pairs: usize,
    agree: usize,
    several: usize,
    last: usize,
    nearest: usize,
    free: usize,
}

fn senses(geoparser: &Geoparser, sheet: &Sheet, senses: &mut Senses) {
    let text = &sheet.article.text;
    let near = |a: usize, b: usize| Haversine.distance(sheet.gold[a].1, sheet.gold[b].1) < RIGHT;
    let found = right(sheet, &geoparser.geoparse(sheet.article.clone()));
    let mut names: Vec<(String, usize)> =
        sheet.gold.iter().enumerate().map(|(i, (span, _))| (fold(span.of(text)), i)).collect();
    names.sort();
    for group in names.chunk_by(|a, b| a.0 == b.0) {
        let mentions: Vec<usize> = group.iter().map(|(_, i)| *i).collect();
        // The first mention of each place is the one that is told.
        let mut told: Vec<usize> = Vec::new();
        for &i in &mentions {
            if !told.iter().any(|&other| near(i, other)) {
                told.push(i);
            }
        }
        for &i in mentions.iter().skip(1) {
            senses.pairs += 1;
            senses.agree += usize::from(near(i, mentions[0]));
        }
        for &i in mentions.iter().filter(|&&i| told.len() > 1 && !told.contains(&i)) {
            let distance = |&other: &usize| sheet.gold[i].0.start.abs_diff(sheet.gold[other].0.start);
            let last = told.iter().copied().filter(|&other| other < i).max();
            let nearest = told.iter().copied().min_by_key(distance);
            senses.several += 1;
            senses.last += usize::from(last.is_some_and(|last| near(i, last)));
            senses.nearest += usize::from(nearest.is_some_and(|nearest| near(i, nearest)));
            senses.free += usize::from(found[i]);
        }
    }
}

#[test]
#[ignore = "needs annotated articles"]
fn fit_told() {
    let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
    for corpus in MEASURED {
        let sheets = sheets(corpus);
        let (mut table, mut one_sense) = (Table::default(), Senses::default());
        for sheet in &sheets {
            measure(&geoparser, sheet, &mut table);
            senses(&geoparser, sheet, &mut one_sense);
        }
        println!("{corpus}, {} articles, one mention told:", sheets.len());
        table.all.print("all others");
        table.same[1].print("same name, it was wrong");
        table.same[0].print("same name, it was right");
        table.other[1].print("other names, it was wrong");
        table.other[0].print("other names, it was right");
        let Senses { pairs, agree, several, last, nearest, free } = one_sense;
        println!("  a name means what it meant first: {agree} of {pairs}");
        println!("  of names of several places, {several} more: last {last}, nearest {nearest}, free {free}");
    }
}
