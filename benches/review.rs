//! What a decision reaches and what is to be looked at, in a collection of two million mentions.
//!
//!     cargo bench --no-default-features --bench review -- [ARTICLES] [MENTIONS OF EACH]
//!
//! Names and places are as frequent as those of news are: the second half as frequent as the first, and so on. Each
//! question is asked many times; its median and its slowest time are told.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::explore::{
    Collection, Filter, HowSet, MentionRef, Queue, Sample, Scope, View, accept, at_place, reaches,
};
use dateline::model::{
    Article, Candidate, Geoparsed, How, Kind, Mention, Place, Precision, Role, Sense, Span,
};

/// Different places there are, each with a name of its own.
const PLACES: usize = 50_000;
/// How often each question is asked.
const TIMES: usize = 20;

/// Numbers by a fixed rule.
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A place: the commoner, the lower its number (Zipf's law).
    fn place(&mut self) -> usize {
        ((PLACES as f64).powf(self.share()) - 1.0) as usize
    }
}

fn place(number: usize) -> Arc<Place> {
    Arc::new(Place {
        id: format!("made:{number}"),
        name: format!("Town{number}"),
        lat: (number % 170) as f64 - 85.0,
        lon: (number % 359) as f64 - 179.0,
        country_code: "LY".to_owned(),
        country: "Libya".to_owned(),
        admin1: String::new(),
        feature_class: 'P',
        feature_code: "PPL".to_owned(),
        population: 1000,
        precision: Precision::Settlement,
        radius_m: 5000.0,
        bbox: None,
    })
}

fn article(number: usize, mentions: usize, places: &[Arc<Place>], dice: &mut Dice) -> Geoparsed {
    let (mut text, mut found) = (String::new(), Vec::new());
    for _ in 0..mentions {
        let place = &places[dice.place()];
        let start = text.len();
        text.push_str(&place.name);
        found.push(Mention {
            span: Span::new(start, text.len()),
            kind: Kind::Name,
            sense: Sense::Literal,
            role: Role::Mention,
            candidates: vec![Candidate {
                place: Arc::clone(place),
                score: dice.share().sqrt() as f32,
                reasons: Vec::new(),
            }],
            resolved: dice.share() < 0.9,
            decided: None,
        });
        text.push(' ');
    }
    Geoparsed {
        article: Article::from_text(format!("n{number}"), text),
        mentions: found,
        ..Geoparsed::default()
    }
}

fn tell(what: &str, mut ask: impl FnMut() -> String) {
    let (mut times, mut said) = (Vec::new(), String::new());
    for _ in 0..TIMES {
        let begun = Instant::now();
        said = ask();
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let (middle, slowest): (Duration, Duration) = (times[TIMES / 2], times[TIMES - 1]);
    println!("{what:36} {middle:>10.2?} {slowest:>10.2?}  {said}");
}

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let articles = numbers.first().copied().unwrap_or(100_000);
    let mentions = numbers.get(1).copied().unwrap_or(20);
    let places: Vec<Arc<Place>> = (0..PLACES).map(place).collect();
    let (mut dice, mut collection) = (Dice(7), Collection::default());
    for number in 0..articles {
        collection.add(Arc::new(article(number, mentions, &places, &mut dice)));
    }
    println!("{articles} articles, {} mentions", collection.mention_count());
    println!("{:36} {:>10} {:>10}", "question", "median", "slowest");
    let copy = collection.snapshot();
    let at = |name: &str| {
        let name = collection.name_key(name);
        let glances = (0..articles).flat_map(|article| {
            collection
                .glances(article)
                .iter()
                .enumerate()
                .map(move |(mention, glance)| (MentionRef { article, mention }, glance.name))
        });
        glances.into_iter().find(|(_, other)| Some(*other) == name).map(|(at, _)| at)
    };
    for name in ["town0", "town3", "town2000"] {
        let Some(at) = at(name) else { continue };
        tell(&format!("all scopes of {name}"), || {
            let all = reaches(&copy, at);
            format!("{} everywhere", all[Scope::Everywhere as usize].mentions.len())
        });
    }
    tell("a place by its names", || format!("{} mentions", at_place(&copy, 0).all.mentions.len()));
    tell("all above 0.9", || format!("{} mentions", accept(&copy, None, 0.9).reach.mentions.len()));
    let mut view = View::default();
    view.refresh(&collection, &Filter::default());
    tell("all above 0.9 that is shown", || {
        format!("{} mentions", accept(&copy, Some(&view), 0.9).reach.mentions.len())
    });
    tell("the queue, least certain first", || format!("{} entries", Queue::of(&copy, Some(&view)).len()));
    let mut queue = Queue::of(&copy, Some(&view));
    tell("a thousand articles looked at again", || {
        queue.look_again(&copy, 0..1000);
        format!("{} left", queue.progress().left)
    });
    tell("a sample of 200", || {
        let sample = Sample::draw(&copy, Some(&view), 200, 7);
        format!("of {}, {} to be judged", sample.of, sample.judged(&copy).left)
    });
    let mut tagged = View::default();
    tell("a view by name of who settled it", || {
        let settled = HowSet::default().toggled(How::Auto);
        tagged.refresh(&collection, &Filter { settled, ..Filter::default() });
        format!("{} mentions", tagged.mentions)
    });
}
