//! The one flat row that every table of mentions is made of: a row per mention.
//! What is not known is null, never left out, so all rows have the same columns.

use serde::Serialize;

use super::quote::Sentences;
use crate::model::record::{known, rounded_metres, rounded_point, rounded_score};
use crate::model::{Article, CharIndex, Kind, Mention, PartialDate, Precision, Role, Sense};

/// A mention with its place and its article. The fields are the columns, in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Stable and unique in a collection: the article's id and the code points as a text fragment
    /// (RFC 5147), `derna.txt#char=120,125`.
    pub id: String,
    /// The words, with runs of white space made one space.
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
    /// Who settled the place: `auto` is the program.
    pub status: &'static str,
    /// The program and its version.
    pub decided_by: &'static str,
    /// What the mention does in its article.
    pub role: Option<Role>,
    /// What sort of event happened there.
    pub event_type: Option<String>,
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
    /// The sentence up to the mention; at most 240 code points and an ellipsis.
    pub quote_before: String,
    /// The mention in it: the three parts read on from one another.
    pub quote: String,
    /// The rest of the sentence, as long at most.
    pub quote_after: String,
    /// First code point of the mention in the article's text.
    pub char_start: usize,
    /// One past the last code point.
    pub char_end: usize,
    /// Language of the article, BCP 47.
    pub lang: Option<String>,
    /// What a person noted.
    pub note: Option<String>,
}

/// Makes the rows of one article; what they share is worked out once.
pub(crate) struct ArticleRows<'a> {
    article: &'a Article,
    /// What row ids begin with: the article's id, made unique.
    key: &'a str,
    index: CharIndex,
    sentences: Sentences<'a>,
}

impl<'a> ArticleRows<'a> {
    pub(crate) fn new(article: &'a Article, key: &'a str) -> Self {
        let (index, sentences) = (CharIndex::new(&article.text), Sentences::of(&article.text));
        Self { article, key, index, sentences }
    }

    pub(crate) fn row(&self, mention: &Mention) -> Row {
        let chars = self.index.chars(mention.span);
        let quote = self.sentences.around(mention.span);
        let article = self.article;
        let row = Row {
            id: format!("{}#char={},{}", self.key, chars.start, chars.end),
            mention: quote.exact.clone(),
            kind: Some(mention.kind),
            sense: Some(mention.sense),
            status: "auto",
            decided_by: concat!("dateline ", env!("CARGO_PKG_VERSION")),
            role: Some(mention.role),
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
        dated(placed(row, mention), article.date)
    }
}

/// Fills in the place, where the mention was resolved to one.
fn placed(row: Row, mention: &Mention) -> Row {
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

/// Fills in the publication date: a whole one as a timestamp, a partial one as the days it may be.
fn dated(row: Row, date: Option<PartialDate>) -> Row {
    let Some(date) = date else { return row };
    if let PartialDate { year: Some(year), month: Some(month), day: Some(day) } = date
        && let Some(published) = timestamp(year, month, day)
    {
        return Row { published: Some(published), ..row };
    }
    let date_text = Some(date.to_string());
    let (Some(year), None) = (date.year, date.day) else {
        return Row { date_text, ..row };
    };
    let (first, last) = date.month.map_or((1, 12), |month| (month, month));
    let last_day = jiff::civil::Date::new(year, last.cast_signed(), 1).map(|day| day.last_of_month());
    Row {
        date_start: timestamp(year, first, 1),
        date_end: last_day.ok().and_then(|day| timestamp(year, last, day.day().cast_unsigned())),
        date_text,
        ..row
    }
}

/// The first second of a day in UTC: programs that play back time want a time of day. `None` for a
/// day that the calendar does not have.
fn timestamp(year: i16, month: u8, day: u8) -> Option<String> {
    let day = jiff::civil::Date::new(year, month.cast_signed(), day.cast_signed()).ok()?;
    Some(format!("{day}T00:00:00Z"))
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
