//! The one flat row that every table is made of: a row per mention, or a row per event.
//! What is not known is null, never left out, so all rows have the same columns.

use serde::Serialize;

use super::quote::{Sentences, even};
use crate::model::record::{Settled, known, rounded_metres, rounded_point, rounded_score};
use crate::model::{
    CharIndex, Days, Decided, Event, EventType, Geoparsed, How, Kind, Mention, Part, PartialDate, Polarity,
    Precision, Role, Sense, Span,
};

/// A mention with its place and its article. The fields are the columns, in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Stable and unique in a collection: the article's id and the code points as a text fragment
    /// (RFC 5147), `derna.txt#char=120,125`.
    pub id: String,
    /// The place's words, with runs of white space made one space; empty for an event without a place.
    pub mention: String,
    /// What sort of words.
    pub kind: Option<Kind>,
    /// Literal or associative.
    pub sense: Option<Sense>,
    /// The place's name in the gazetteer.
    pub place_name: Option<String>,
    /// The place's identifier with its gazetteer's prefix.
    pub place_id: Option<String>,
    /// That prefix: `geonames`.
    pub gazetteer: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// GeoNames feature class.
    pub feature_class: Option<String>,
    /// GeoNames feature code.
    pub feature_code: Option<String>,
    /// How exactly the place says where.
    pub precision: Option<Precision>,
    /// Radius of a circle that covers most of the place, metres.
    pub radius_m: Option<u64>,
    /// WGS 84 degrees.
    pub latitude: Option<f64>,
    /// WGS 84 degrees.
    pub longitude: Option<f64>,
    /// How likely the place is the one meant, 0 to 1.
    pub score: Option<f64>,
    /// Which of the candidates was taken; 1 is the best.
    pub rank: Option<u32>,
    /// How it was settled which place it is: `auto` by the program, `confirmed`, `corrected` or `added` by a person. In
    /// a row of an event, how the event was; where nobody decided about that, its place.
    pub status: How,
    /// The program with its version, or the person; null where that is not known.
    pub decided_by: Option<String>,
    /// What the mention does in its article.
    pub role: Option<Role>,
    /// What sort of event happened there: of several the likeliest that is no background. In a row of its own, the
    /// event itself.
    pub event_type: Option<EventType>,
    /// More closely, where the words tell it.
    pub event_subtype: Option<String>,
    /// Whether the text says that it happened.
    pub event_polarity: Option<Polarity>,
    /// Whether it explains the news and is none.
    pub event_background: Option<bool>,
    /// The words that tell it.
    pub event_trigger: Option<String>,
    /// When it happened, EDTF.
    pub event_date: Option<String>,
    /// First day on which it may have happened, as a timestamp.
    pub event_start: Option<String>,
    /// Last day of it, as a timestamp.
    pub event_end: Option<String>,
    /// Who did it, parted by semicolons.
    pub event_actors: Option<String>,
    /// To whom or with whom, parted by semicolons.
    pub event_targets: Option<String>,
    /// How likely the words tell it, 0 to 1.
    pub event_score: Option<f64>,
    /// The article's id.
    pub doc_id: String,
    /// Its headline.
    pub doc_title: Option<String>,
    /// Its outlet.
    pub doc_source: Option<String>,
    /// Its address.
    pub doc_url: Option<String>,
    /// When it was published, as a timestamp; null where the day is not known.
    pub published: Option<String>,
    /// First day of what is known of a partial date, as a timestamp.
    pub date_start: Option<String>,
    /// Last day of it, as a timestamp.
    pub date_end: Option<String>,
    /// The partial date itself, EDTF: `2016-10`.
    pub date_text: Option<String>,
    /// The sentence up to the mention, or the words that tell the event; at most 240 code points and an ellipsis.
    pub quote_before: String,
    /// Those words: the three parts read on from one another.
    pub quote: String,
    /// The rest of the sentence, as long at most.
    pub quote_after: String,
    /// First code point of those words in the article's text.
    pub char_start: usize,
    /// One past the last code point.
    pub char_end: usize,
    /// Language of the article, BCP 47.
    pub lang: Option<String>,
    /// What a person noted of what the status is of.
    pub note: Option<String>,
    /// A person's tags of it, parted by semicolons.
    pub tags: Option<String>,
}

/// Makes the rows of one article; what they share is worked out once.
pub(crate) struct ArticleRows<'a> {
    geoparsed: &'a Geoparsed,
    /// What row ids begin with: the article's id, made unique.
    key: &'a str,
    index: CharIndex,
    sentences: Sentences<'a>,
}

impl<'a> ArticleRows<'a> {
    pub(crate) fn new(geoparsed: &'a Geoparsed, key: &'a str) -> Self {
        let text = &geoparsed.article.text;
        let (index, sentences) = (CharIndex::new(text), Sentences::of(text));
        Self { geoparsed, key, index, sentences }
    }

    /// The row of a mention, with the event that happened there.
    pub(crate) fn mention(&self, number: usize) -> Option<Row> {
        let mention = self.geoparsed.mentions.get(number).filter(|mention| !mention.is_rejected())?;
        let row = settled(placed(self.about(mention.span), mention), mention.decided.as_deref());
        let row = Row { mention: even(mention.span.of(&self.geoparsed.article.text)), ..row };
        Some(match self.main_event(number) {
            Some(event) => self.happened(row, event),
            None => row,
        })
    }

    /// The rows of an event: one for each place where it happened, or one without a place.
    pub(crate) fn event(&self, number: usize) -> Vec<Row> {
        let told = self.geoparsed.events.get(number).filter(|event| !event.is_rejected());
        let Some(event) = told else { return Vec::new() };
        let row = || self.happened(self.about(event.trigger), event);
        let decided = event.decided.as_deref();
        let places = event.places.iter().filter_map(|&place| self.geoparsed.mentions.get(place));
        let mut rows: Vec<Row> = places
            .filter(|mention| !mention.is_rejected())
            .map(|mention| {
                let words = even(mention.span.of(&self.geoparsed.article.text));
                let row = settled(row(), decided.or(mention.decided.as_deref()));
                Row { mention: words, ..placed(row, mention) }
            })
            .collect();
        for (row, times) in rows.iter_mut().skip(1).zip(2..) {
            row.id = format!("{}&place={times}", row.id);
        }
        if rows.is_empty() {
            rows.push(settled(row(), decided));
        }
        rows
    }

    /// Of the events at a mention the likeliest that is no background.
    fn main_event(&self, mention: usize) -> Option<&Event> {
        let told = self.geoparsed.events.iter().filter(|event| !event.is_rejected());
        let here = told.filter(|event| event.places.contains(&mention));
        let better = |a: &&Event, b: &&Event| {
            b.background.cmp(&a.background).then(a.score.total_cmp(&b.score)).then(b.trigger.cmp(&a.trigger))
        };
        here.max_by(better)
    }

    /// Fills in an event.
    fn happened(&self, row: Row, event: &Event) -> Row {
        let text = &self.geoparsed.article.text;
        let who = |part: Part| {
            let phrases = event.actors.iter().filter(|actor| actor.part == part);
            let phrases: Vec<String> = phrases.map(|actor| even(actor.span.of(text))).collect();
            (!phrases.is_empty()).then(|| phrases.join("; "))
        };
        let days = self.geoparsed.days_of(event);
        Row {
            event_type: Some(event.kind),
            event_subtype: event.subtype.clone(),
            event_polarity: Some(event.polarity),
            event_background: Some(event.background),
            event_trigger: Some(even(event.trigger.of(text))),
            event_date: self.geoparsed.edtf_of(event),
            event_start: days.and_then(|days| timestamp(days.first)),
            event_end: days.and_then(|days| timestamp(days.last)),
            event_actors: who(Part::Source),
            event_targets: who(Part::Target),
            event_score: Some(rounded_score(event.score)),
            ..row
        }
    }

    /// The row of some words of the article.
    fn about(&self, span: Span) -> Row {
        let chars = self.index.chars(span);
        let quote = self.sentences.around(span);
        let article = &self.geoparsed.article;
        let row = Row {
            id: format!("{}#char={},{}", self.key, chars.start, chars.end),
            doc_id: article.id.clone(),
            doc_title: article.title.clone(),
            doc_source: article.source.clone(),
            doc_url: article.url.clone(),
            quote_before: quote.before,
            quote: quote.exact,
            quote_after: quote.after,
            char_start: chars.start,
            char_end: chars.end,
            lang: article.language.clone(),
            ..Row::default()
        };
        dated(row, article.date)
    }
}

/// Fills in what is said of a mention, and its place where it was resolved to one.
fn placed(row: Row, mention: &Mention) -> Row {
    let (kind, sense, role) = (Some(mention.kind), Some(mention.sense), Some(mention.role));
    let row = Row { kind, sense, role, ..row };
    let Some(chosen) = mention.chosen() else {
        return row;
    };
    let place = &chosen.place;
    let Some((latitude, longitude)) = rounded_point(place.lat, place.lon, mention.kind) else {
        return row;
    };
    Row {
        place_name: known(&place.name),
        place_id: known(&place.id),
        gazetteer: place.id.split_once(':').map(|(gazetteer, _)| gazetteer.to_owned()),
        country_code: known(&place.country_code),
        admin1: known(&place.admin1),
        feature_class: Some(place.feature_class.to_string()),
        feature_code: known(&place.feature_code),
        precision: Some(place.precision),
        radius_m: Some(rounded_metres(place.radius_m)),
        latitude: Some(latitude),
        longitude: Some(longitude),
        score: Some(rounded_score(chosen.score)),
        rank: Some(1),
        ..row
    }
}

/// Fills in who settled it, and what they said beside it.
fn settled(row: Row, decided: Option<&Decided>) -> Row {
    let Settled { status, decided_by, note, tags } = Settled::of(decided);
    Row { status, decided_by, note, tags: (!tags.is_empty()).then(|| tags.join("; ")), ..row }
}

/// Fills in the publication date: a whole one as a timestamp, a partial one as the days it may be.
fn dated(row: Row, date: Option<PartialDate>) -> Row {
    let Some(date) = date else { return row };
    let days = Days::of(date).filter(|_| date.is_whole() || date.day.is_none());
    let (first, last) =
        (days.and_then(|days| timestamp(days.first)), days.and_then(|days| timestamp(days.last)));
    match first {
        Some(published) if date.is_whole() => Row { published: Some(published), ..row },
        first => Row { date_start: first, date_end: last, date_text: Some(date.to_string()), ..row },
    }
}

/// The first second of a day ([`Days`]) in UTC: programs that play back time want a time of day.
fn timestamp(day: i32) -> Option<String> {
    Some(format!("{}T00:00:00Z", Days::date(day)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(date: &str) -> [Option<String>; 4] {
        let row = dated(Row::default(), Some(date.parse().unwrap()));
        [row.published, row.date_start, row.date_end, row.date_text]
    }

    #[test]
    fn dates_are_timestamps_and_partial_dates_are_spans() {
        let check = |date, expected: [&str; 4]| {
            assert_eq!(dates(date).map(|cell| cell.unwrap_or_default()), expected, "{date}");
        };
        check("2016-10-17", ["2016-10-17T00:00:00Z", "", "", ""]);
        check("2016-02", ["", "2016-02-01T00:00:00Z", "2016-02-29T00:00:00Z", "2016-02"]);
        check("2004", ["", "2004-01-01T00:00:00Z", "2004-12-31T00:00:00Z", "2004"]);
        check("XXXX-10-31", ["", "", "", "XXXX-10-31"]);
        check("2015-02-31", ["", "", "", "2015-02-31"]);
    }
}
