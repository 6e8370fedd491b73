//! Rows of articles, each at the place that it is about most.
//! That is the first town that the geoparser says it is about and that one of its mentions stands for; failing that the
//! first division, then the first country; failing all, the place that it mentions most often, and of several the one it
//! mentions first.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::chosen::Chosen;
use super::quote::even;
use super::row::Published;
use super::spot::Spot;
use super::table::row;
use crate::model::record::rounded_score;
use crate::model::{Geoparsed, How, Precision};

row! {
    /// An article with its main place. Only what was to be written counts.
    pub struct ArticleRow {
        /// Unique in a collection: the article's id, with a number where it came before.
        pub id: String as Text,
        /// The same, as rows of mentions and of events have it.
        pub doc_id: String as Text,
        /// Its headline.
        pub doc_title: Option<String> as Text,
        /// Its outlet.
        pub doc_source: Option<String> as Text,
        /// Its address.
        pub doc_url: Option<String> as Text,
        /// When it was published, as a timestamp; null where the day is not known.
        pub published: Option<String> as Timestamp,
        /// First day of what is known of a partial date, as a timestamp.
        pub date_start: Option<String> as Timestamp,
        /// Last day of it, as a timestamp.
        pub date_end: Option<String> as Timestamp,
        /// The partial date itself, EDTF: `2016-10`.
        pub date_text: Option<String> as Text,
        /// What the date was taken from: `metadata`, `printed`, `dateline`, `text`, or `set` by a person.
        pub date_evidence: Option<String> as Text,
        /// Language, BCP 47.
        pub lang: Option<String> as Text,
        /// Pages; null where it has none.
        pub pages: Option<usize> as Integer,
        /// Length of the text, code points.
        pub characters: usize as Integer,
        /// The dateline as printed.
        pub dateline: Option<String> as Text,
        /// The name in it.
        pub dateline_place: Option<String> as Text,
        /// Mentions.
        pub mentions: usize as Integer,
        /// Those of them that have a place.
        pub placed: usize as Integer,
        /// Those of them that a person confirmed, corrected or added.
        pub settled: usize as Integer,
        /// Different places.
        pub places: usize as Integer,
        /// Events.
        pub events: usize as Integer,
        /// The country that it is about most.
        pub focus_country: Option<String> as Text,
        /// That country's share of what the article speaks of, 0 to 1.
        pub focus_share: Option<f64> as Real,
        /// The main place's name in the gazetteer.
        pub place_name: Option<String> as Text,
        /// The place's identifier with its gazetteer's prefix.
        pub place_id: Option<String> as Text,
        /// That prefix.
        pub gazetteer: Option<String> as Text,
        /// ISO 3166-1 alpha-2.
        pub country_code: Option<String> as Text,
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
    }
}

impl ArticleRow {
    /// The row of an article of which some is chosen; `key` is its id made unique.
    pub(crate) fn new(geoparsed: &Geoparsed, key: &str, chosen: &Chosen) -> Self {
        let article = &geoparsed.article;
        let spots: Vec<Spot> =
            chosen.mentions_of(geoparsed).filter_map(|(_, mention)| Spot::of(mention)).collect();
        let settled = |how: How| how != How::Auto;
        let Published { whole, first, last, text } = Published::of(article.date);
        let focus = geoparsed.focus.countries.first();
        let row = Self {
            id: key.to_owned(),
            doc_id: key.to_owned(),
            doc_title: article.title.clone(),
            doc_source: article.source.clone(),
            doc_url: article.url.clone(),
            published: whole,
            date_start: first,
            date_end: last,
            date_text: text,
            date_evidence: article.date_evidence.map(|evidence| evidence.as_str().to_owned()),
            lang: article.language.clone(),
            pages: article.page_of(article.text.len().saturating_sub(1)),
            characters: article.text.chars().count(),
            dateline: article.dateline.as_ref().map(|dateline| even(dateline.span.of(&article.text))),
            dateline_place: article.dateline.as_ref().map(|dateline| even(dateline.place.of(&article.text))),
            mentions: chosen.mentions_of(geoparsed).count(),
            placed: spots.len(),
            settled: chosen.mentions_of(geoparsed).filter(|(_, mention)| settled(mention.how())).count(),
            places: spots.iter().map(Spot::key).collect::<HashSet<_>>().len(),
            events: chosen.events_of(geoparsed).count(),
            focus_country: focus.map(|(_, name, _)| name.clone()),
            focus_share: focus.map(|&(_, _, share)| rounded_score(share)),
            ..Self::default()
        };
        match main_place(geoparsed, spots) {
            Some(spot) => row.at(spot).clean(),
            None => row.clean(),
        }
    }

    fn at(self, spot: Spot) -> Self {
        Self {
            place_name: spot.name,
            place_id: spot.id,
            gazetteer: spot.gazetteer,
            country_code: spot.country_code,
            admin1: spot.admin1,
            feature_class: Some(spot.feature_class),
            feature_code: spot.feature_code,
            precision: Some(spot.precision),
            radius_m: Some(spot.radius_m),
            latitude: Some(spot.latitude),
            longitude: Some(spot.longitude),
            ..self
        }
    }
}

/// Of the places of an article's mentions the one that it is about most.
fn main_place(geoparsed: &Geoparsed, spots: Vec<Spot>) -> Option<Spot> {
    let focus = &geoparsed.focus;
    for (id, _, _) in focus.places.iter().chain(&focus.divisions).chain(&focus.countries) {
        if let Some(spot) = spots.iter().find(|spot| spot.id.as_ref() == Some(id)) {
            return Some(spot.clone());
        }
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    let mut by_times = BTreeMap::new();
    for (number, spot) in spots.iter().enumerate().rev() {
        let times = times.entry(spot.key()).or_insert(0);
        *times += 1;
        by_times.insert(*times, number);
    }
    let (_, number) = by_times.pop_last()?;
    spots.into_iter().nth(number)
}
