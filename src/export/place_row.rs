//! Rows of places, summed up while articles go by.
//! What is kept grows with the number of places, of their outlets and of the words they are mentioned by, never with the
//! number of mentions.

use std::collections::{BTreeSet, HashMap};

use super::chosen::Chosen;
use super::quote::even;
use super::row::timestamp;
use super::spot::Spot;
use super::table::row;
use crate::model::record::rounded_score;
use crate::model::{Days, Geoparsed, How, Mention, Precision};

/// As many different words for one place are listed: texts in many languages have no end of them.
const NAMES: usize = 20;

row! {
    /// A place with what the articles say of it. Only what was to be written counts.
    pub struct PlaceRow {
        /// Unique: the place's identifier, or of a place without one, its point as a `geo:` URI.
        pub id: String as Text,
        /// Its name in the gazetteer.
        pub place_name: Option<String> as Text,
        /// Its identifier with its gazetteer's prefix.
        pub place_id: Option<String> as Text,
        /// That prefix.
        pub gazetteer: Option<String> as Text,
        /// ISO 3166-1 alpha-2.
        pub country_code: Option<String> as Text,
        /// The country's name.
        pub country: Option<String> as Text,
        /// First-level division.
        pub admin1: Option<String> as Text,
        /// GeoNames feature class.
        pub feature_class: Option<String> as Text,
        /// GeoNames feature code.
        pub feature_code: Option<String> as Text,
        /// How exactly the place says where.
        pub precision: Option<Precision> as Text,
        /// Radius of a circle that covers most of the place, metres.
        pub radius_m: Option<u64> as Integer,
        /// WGS 84 degrees.
        pub latitude: Option<f64> as Real,
        /// WGS 84 degrees.
        pub longitude: Option<f64> as Real,
        /// How often it is mentioned.
        pub mentions: usize as Integer,
        /// In how many articles.
        pub articles: usize as Integer,
        /// By how many outlets; articles of none that is known count for none.
        pub sources: usize as Integer,
        /// How many events happened there.
        pub events: usize as Integer,
        /// How many of the mentions a person confirmed, corrected or added.
        pub settled: usize as Integer,
        /// The mean of the mentions' scores.
        pub score: Option<f64> as Real,
        /// The first day on which one of the articles may have been published.
        pub first_published: Option<String> as Timestamp,
        /// The last day of that sort.
        pub last_published: Option<String> as Timestamp,
        /// The words that mention it, in the order they came in, parted by semicolons; after twenty an ellipsis.
        pub names: Option<String> as Text,
    }
}

/// The places of all articles so far, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Places {
    numbers: HashMap<String, usize>,
    tallies: Vec<Tally>,
    outlets: HashMap<String, u32>,
    articles: usize,
}

#[derive(Debug)]
struct Tally {
    spot: Spot,
    mentions: usize,
    articles: usize,
    /// The number of the last article that mentioned it.
    seen: usize,
    outlets: BTreeSet<u32>,
    events: usize,
    settled: usize,
    scores: f64,
    days: Option<Days>,
    names: Vec<String>,
    more: bool,
}

impl Places {
    /// Takes in what is chosen of an article.
    pub(crate) fn add(&mut self, article: &Geoparsed, chosen: &Chosen) {
        self.articles += 1;
        let outlet = article.article.source.as_ref().map(|source| {
            let next = self.outlets.len() as u32;
            *self.outlets.entry(source.clone()).or_insert(next)
        });
        let days = article.article.date.and_then(Days::of);
        let mut numbers = HashMap::new();
        for (number, mention) in chosen.mentions_of(article) {
            let Some(tally) = self.at(mention) else { continue };
            numbers.insert(number, tally);
            let (articles, tally) = (self.articles, &mut self.tallies[tally]);
            tally.mention(mention, even(mention.span.of(&article.article.text)));
            if tally.seen != articles {
                tally.seen = articles;
                tally.article(outlet, days);
            }
        }
        for (_, event) in chosen.events_of(article) {
            let places: BTreeSet<usize> =
                event.places.iter().filter_map(|place| numbers.get(place).copied()).collect();
            places.into_iter().for_each(|place| self.tallies[place].events += 1);
        }
    }

    /// The number of a mention's place.
    fn at(&mut self, mention: &Mention) -> Option<usize> {
        let spot = Spot::of(mention)?;
        let next = self.tallies.len();
        let number = *self.numbers.entry(spot.key()).or_insert(next);
        if number == next {
            self.tallies.push(Tally::new(spot));
        }
        Some(number)
    }

    /// A row for each.
    pub(crate) fn rows(&self) -> impl Iterator<Item = PlaceRow> + '_ {
        self.tallies.iter().map(Tally::row)
    }
}

impl Tally {
    fn new(spot: Spot) -> Self {
        Self {
            spot,
            mentions: 0,
            articles: 0,
            seen: 0,
            outlets: BTreeSet::new(),
            events: 0,
            settled: 0,
            scores: 0.0,
            days: None,
            names: Vec::new(),
            more: false,
        }
    }

    fn mention(&mut self, mention: &Mention, words: String) {
        self.mentions += 1;
        self.settled += usize::from(mention.how() != How::Auto);
        self.scores += mention.chosen().map_or(0.0, |chosen| rounded_score(chosen.score));
        if self.names.contains(&words) {
            return;
        }
        if self.names.len() < NAMES {
            self.names.push(words);
        } else {
            self.more = true;
        }
    }

    fn article(&mut self, outlet: Option<u32>, days: Option<Days>) {
        self.articles += 1;
        self.outlets.extend(outlet);
        self.days = match (self.days, days) {
            (Some(a), Some(b)) => Some(Days { first: a.first.min(b.first), last: a.last.max(b.last) }),
            (a, b) => a.or(b),
        };
    }

    fn row(&self) -> PlaceRow {
        let spot = self.spot.clone();
        let mut names = self.names.join("; ");
        if self.more {
            names.push_str("; …");
        }
        PlaceRow {
            id: spot.key(),
            place_name: spot.name,
            place_id: spot.id,
            gazetteer: spot.gazetteer,
            country_code: spot.country_code,
            country: spot.country,
            admin1: spot.admin1,
            feature_class: Some(spot.feature_class),
            feature_code: spot.feature_code,
            precision: Some(spot.precision),
            radius_m: Some(spot.radius_m),
            latitude: Some(spot.latitude),
            longitude: Some(spot.longitude),
            mentions: self.mentions,
            articles: self.articles,
            sources: self.outlets.len(),
            events: self.events,
            settled: self.settled,
            score: Some(rounded_score((self.scores / self.mentions.max(1) as f64) as f32)),
            first_published: self.days.and_then(|days| timestamp(days.first)),
            last_published: self.days.and_then(|days| timestamp(days.last)),
            names: Some(names),
        }
        .clean()
    }
}
