//! The one flat row that every table is made of: a row per mention, or a row per event.
//! What is not known is null, never left out, so all rows have the same columns.

use super::chosen::Chosen;
use super::quote::{Sentences, even};
use super::spot::Spot;
use super::table::row;
use crate::model::record::{Settled, rounded_score};
use crate::model::{
    CharIndex, Days, Decided, Event, EventType, Geoparsed, How, Kind, Mention, Part, PartialDate, Polarity,
    Precision, Role, Sense, Span,
};

row! {
    /// A mention with its place and its article. The fields are the columns, in their order.
    pub struct Row {
        /// Stable and unique in a collection: that of the article and the code points as a text fragment
        /// (RFC 5147), `derna.txt#char=120,125`.
        pub id: String as Text,
        /// The place's words, with runs of white space made one space; empty for an event without a place.
        pub mention: String as Text,
        /// What sort of words.
        pub kind: Option<Kind> as Text,
        /// Literal or associative.
        pub sense: Option<Sense> as Text,
        /// The place's name in the gazetteer.
        pub place_name: Option<String> as Text,
        /// The place's identifier with its gazetteer's prefix.
        pub place_id: Option<String> as Text,
        /// That prefix: `geonames`.
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
        /// How likely the place is the one meant, 0 to 1.
        pub score: Option<f64> as Real,
        /// Which of the candidates was taken, the program's first being 1; null where a person chose another place.
        pub rank: Option<u32> as Integer,
        /// How it was settled which place it is: `auto` by the program, `confirmed`, `corrected` or `added` by a person. In
        /// a row of an event, how the event was; where nobody decided about that, its place.
        pub status: How as Text,
        /// The program with its version, or the person; null where that is not known.
        pub decided_by: Option<String> as Text,
        /// What the mention does in its article.
        pub role: Option<Role> as Text,
        /// What sort of event happened there: of several the likeliest that is no background. In a row of its own, the
        /// event itself.
        pub event_type: Option<EventType> as Text,
        /// More closely, where the words tell it.
        pub event_subtype: Option<String> as Text,
        /// Whether the text says that it happened.
        pub event_polarity: Option<Polarity> as Text,
        /// Whether it explains the news and is none.
        pub event_background: Option<bool> as Boolean,
        /// The words that tell it.
        pub event_trigger: Option<String> as Text,
        /// When it happened, EDTF.
        pub event_date: Option<String> as Text,
        /// First day on which it may have happened, as a timestamp.
        pub event_start: Option<String> as Timestamp,
        /// Last day of it, as a timestamp.
        pub event_end: Option<String> as Timestamp,
        /// Who did it, parted by semicolons.
        pub event_actors: Option<String> as Text,
        /// To whom or with whom, parted by semicolons.
        pub event_targets: Option<String> as Text,
        /// How likely the words tell it, 0 to 1.
        pub event_score: Option<f64> as Real,
        /// The article's id, made unique: where several articles have one id, `a`, `a~2`, `a~3`.
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
        /// The sentence up to the mention, or the words that tell the event; at most 240 code points and an ellipsis.
        pub quote_before: String as Text,
        /// Those words: the three parts read on from one another.
        pub quote: String as Text,
        /// The rest of the sentence, as long at most.
        pub quote_after: String as Text,
        /// First code point of those words in the article's text.
        pub char_start: usize as Integer,
        /// One past the last code point.
        pub char_end: usize as Integer,
        /// The page that those words begin on, from 1; null where the article has no pages.
        pub page: Option<usize> as Integer,
        /// Language of the article, BCP 47.
        pub lang: Option<String> as Text,
        /// What a person noted of what the status is of.
        pub note: Option<String> as Text,
        /// A person's tags of it, parted by semicolons.
        pub tags: Option<String> as Text,
    }
}

/// Makes the rows of one article; what they share is worked out once.
pub(crate) struct ArticleRows<'a> {
    geoparsed: &'a Geoparsed,
    /// The article's id, made unique.
    key: &'a str,
    index: CharIndex,
    sentences: Sentences<'a>,
    /// Bytes at which its pages end.
    page_ends: Vec<usize>,
}

impl<'a> ArticleRows<'a> {
    pub(crate) fn new(geoparsed: &'a Geoparsed, key: &'a str) -> Self {
        let text = &geoparsed.article.text;
        let (index, sentences) = (CharIndex::new(text), Sentences::of(text));
        let page_ends = text.match_indices(PAGE_BREAK).map(|(end, _)| end).collect();
        Self { geoparsed, key, index, sentences, page_ends }
    }

    /// The row of a mention, with the event that happened there.
    pub(crate) fn mention(&self, number: usize) -> Option<Row> {
        let mention = self.geoparsed.mentions.get(number).filter(|mention| !mention.is_rejected())?;
        let row = settled(placed(self.about(mention.span), mention), mention.decided.as_deref());
        let row = Row { mention: even(mention.span.of(&self.geoparsed.article.text)), ..row };
        let row = match self.main_event(number) {
            Some(event) => self.happened(row, event),
            None => row,
        };
        Some(row.clean())
    }

    /// The rows of an event, each with the number of the mention of its place: one for each place where it happened
    /// that is chosen, or one without a place where it has none.
    pub(crate) fn event(&self, number: usize, chosen: &Chosen) -> Vec<(Option<usize>, Row)> {
        let told = self.geoparsed.events.get(number).filter(|event| !event.is_rejected());
        let Some(event) = told else { return Vec::new() };
        let row = || self.happened(self.about(event.trigger), event);
        let decided = event.decided.as_deref();
        let places =
            event.places.iter().filter_map(|&place| Some((place, self.geoparsed.mentions.get(place)?)));
        let mut rows: Vec<(Option<usize>, Row)> = places
            .filter(|(_, mention)| !mention.is_rejected())
            .map(|(place, mention)| {
                let words = even(mention.span.of(&self.geoparsed.article.text));
                let row = settled(row(), decided.or(mention.decided.as_deref()));
                (Some(place), Row { mention: words, ..placed(row, mention) })
            })
            .collect();
        for ((_, row), times) in rows.iter_mut().skip(1).zip(2..) {
            row.id = format!("{}&place={times}", row.id);
        }
        if rows.is_empty() {
            rows.push((None, settled(row(), decided)));
        }
        rows.retain(|(place, _)| place.is_none_or(|place| chosen.has(place)));
        rows.into_iter().map(|(place, row)| (place, row.clean())).collect()
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
            doc_id: self.key.to_owned(),
            doc_title: article.title.clone(),
            doc_source: article.source.clone(),
            doc_url: article.url.clone(),
            quote_before: quote.before,
            quote: quote.exact,
            quote_after: quote.after,
            char_start: chars.start,
            char_end: chars.end,
            page: self.page(span.start),
            lang: article.language.clone(),
            ..Row::default()
        };
        dated(row, article.date)
    }

    /// [`Article::page_of`](crate::model::Article::page_of), for many bytes of one text.
    fn page(&self, start: usize) -> Option<usize> {
        let before = self.page_ends.partition_point(|&end| end < start);
        (!self.page_ends.is_empty()).then_some(before + 1)
    }
}

/// What parts the pages of a text that has them.
pub(super) const PAGE_BREAK: char = '\u{c}';

/// Fills in what is said of a mention, and its place where it was resolved to one.
fn placed(row: Row, mention: &Mention) -> Row {
    let (kind, sense, role) = (Some(mention.kind), Some(mention.sense), Some(mention.role));
    let row = Row { kind, sense, role, ..row };
    let Some((chosen, spot)) = mention.chosen().zip(Spot::of(mention)) else {
        return row;
    };
    Row {
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
        score: Some(rounded_score(chosen.score)),
        rank: matches!(mention.how(), How::Auto | How::Confirmed).then_some(1),
        ..row
    }
}

/// Fills in who settled it, and what they said beside it.
fn settled(row: Row, decided: Option<&Decided>) -> Row {
    let Settled { status, decided_by, note, tags } = Settled::of(decided);
    Row { status, decided_by, note, tags: (!tags.is_empty()).then(|| tags.join("; ")), ..row }
}

/// Fills in the publication date.
fn dated(row: Row, date: Option<PartialDate>) -> Row {
    let Published { whole, first, last, text } = Published::of(date);
    Row { published: whole, date_start: first, date_end: last, date_text: text, ..row }
}

/// A publication date as columns have it: a whole one as a timestamp, a partial one as the days it may be.
#[derive(Debug, Default)]
pub(super) struct Published {
    pub(super) whole: Option<String>,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    pub(super) text: Option<String>,
}

impl Published {
    pub(super) fn of(date: Option<PartialDate>) -> Self {
        let Some(date) = date else { return Self::default() };
        let days = Days::of(date).filter(|_| date.is_whole() || date.day.is_none());
        let first = days.and_then(|days| timestamp(days.first));
        match first {
            Some(whole) if date.is_whole() => Self { whole: Some(whole), ..Self::default() },
            first => {
                let last = days.and_then(|days| timestamp(days.last));
                Self { whole: None, first, last, text: Some(date.to_string()) }
            }
        }
    }
}

/// The first second of a day ([`Days`]) in UTC: programs that play back time want a time of day. Many know no year 0.
pub(super) fn timestamp(day: i32) -> Option<String> {
    let day = Days::date(day).filter(|day| day.year() > 0)?;
    Some(format!("{day}T00:00:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Article;

    fn dates(date: &str) -> [Option<String>; 4] {
        let row = dated(Row::default(), Some(date.parse().unwrap()));
        [row.published, row.date_start, row.date_end, row.date_text]
    }

    #[test]
    fn pages_are_the_articles_own() {
        for text in ["", "Derna", "a\u{c}b", "a\u{c}\u{c}b\u{c}", "\u{c}"] {
            let geoparsed = Geoparsed { article: Article::from_text("a.pdf", text), ..Geoparsed::default() };
            let rows = ArticleRows::new(&geoparsed, "a.pdf");
            for at in 0..=text.len() {
                assert_eq!(rows.page(at), geoparsed.article.page_of(at), "{text:?} at {at}");
            }
        }
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
        check("0000-05-01", ["", "", "", "0000-05-01"]);
        check("0000", ["", "", "", "0000"]);
        check("0001-01-01", ["0001-01-01T00:00:00Z", "", "", ""]);
    }
}
