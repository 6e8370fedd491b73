//! What is told of an article's words beside them: the places, the events, and what people noted.
//! Identifiers begin with the number of the article, so that they are unique in the corpus.

use super::super::xml::{attribute, text};
use super::form::is_blank;
use super::head::{element, iso};
use super::marks::Mark;
use super::{Settled, Spot, Wanted, Written};
use crate::export::iri;
use crate::model::record::rounded_score;
use crate::model::{DateKind, DateMention, Days, Decided, Event, How, PartialDate, Span};

/// What is written of an article beside its words.
pub(super) struct Notes<'a> {
    wanted: &'a Wanted<'a>,
    /// The number of the article in the corpus.
    article: usize,
    /// Sorted as [`super::marks`] wants them.
    pub marks: Vec<Mark>,
    /// Whoever settled something beside the program.
    pub people: Vec<String>,
    places: Vec<Spot>,
    events: Vec<usize>,
    /// What people noted, and their tags: the sort, what it is about, the words.
    said: Vec<(&'static str, String, String)>,
    pub written: Written,
}

impl<'a> Notes<'a> {
    pub(super) fn of(wanted: &'a Wanted<'a>, article: usize, unresolved: bool) -> Self {
        let mut notes = Self {
            wanted,
            article,
            marks: Vec::new(),
            people: Vec::new(),
            places: Vec::new(),
            events: Vec::new(),
            said: Vec::new(),
            written: Written::default(),
        };
        for skipped in &wanted.article.article.boilerplate {
            notes.mark(*skipped, 0, "seg", None, vec![("type", "boilerplate".to_owned())]);
        }
        for &number in &wanted.chosen.mentions {
            notes.mention(number, unresolved);
        }
        for (number, date) in wanted.article.dates.iter().enumerate() {
            let id = notes.id('d', number);
            notes.mark(date.span, 2, "date", Some(id), when(date));
        }
        for (number, event) in wanted.chosen.events_of(wanted.article) {
            notes.event(number, event);
        }
        notes.marks.sort();
        notes
    }

    fn id(&self, sort: char, number: usize) -> String {
        format!("a{}-{sort}{}", self.article, number + 1)
    }

    /// What a person is called in the file.
    pub(super) fn person(&self, number: usize) -> String {
        self.id('r', number)
    }

    fn mark(
        &mut self,
        span: Span,
        layer: u8,
        element: &'static str,
        id: Option<String>,
        attributes: Vec<(&'static str, String)>,
    ) {
        // Nothing is marked between paragraphs.
        let words = span.of(&self.wanted.article.article.text);
        let span =
            Span { start: span.start + words.len() - words.trim_start_matches(is_blank).len(), ..span };
        if !span.is_empty() && !words.is_empty() {
            self.marks.push(Mark { span, layer, element, id, attributes });
        }
    }

    /// Marks a mention.
    fn mention(&mut self, number: usize, unresolved: bool) {
        let article = self.wanted.article;
        let Some(mention) = article.mentions.get(number).filter(|mention| !mention.is_rejected()) else {
            return;
        };
        let spot = Spot::of(mention);
        if spot.is_none() && !unresolved {
            return;
        }
        self.written.rows += 1;
        self.written.placed += usize::from(spot.is_some());
        let id = self.id('m', number);
        let mut attributes = vec![
            ("type", mention.kind.as_str().to_owned()),
            ("subtype", mention.sense.as_str().to_owned()),
            ("role", mention.role.as_str().to_owned()),
        ];
        if let Some((spot, chosen)) = spot.zip(mention.chosen()) {
            let known = self.places.iter().position(|place| place.key() == spot.key());
            let place = known.unwrap_or(self.places.len());
            let mut refers = format!("#{}", self.id('p', place));
            if let Some(id) = &spot.id {
                refers = format!("{refers} {}", iri::of_place(id));
                attributes.push(("key", id.clone()));
            }
            attributes.push(("ref", refers));
            attributes.push(("cert", rounded_score(chosen.score).to_string()));
            if known.is_none() {
                self.places.push(spot);
            }
        }
        self.settled(&mut attributes, &id, mention.decided.as_deref());
        self.mark(mention.span, 3, "placeName", Some(id), attributes);
    }

    /// Marks the words of an event.
    fn event(&mut self, number: usize, event: &Event) {
        let attributes = vec![
            ("type", "event".to_owned()),
            ("subtype", event.kind.as_str().to_owned()),
            ("ref", format!("#{}", self.id('e', number))),
        ];
        self.mark(event.trigger, 1, "rs", Some(self.id('t', number)), attributes);
        self.events.push(number);
    }

    /// Who settled it and how, and what they said of it.
    fn settled(&mut self, attributes: &mut Vec<(&'static str, String)>, id: &str, decided: Option<&Decided>) {
        let Settled { status, decided_by, note, tags } = Settled::of(decided);
        attributes.push(("ana", format!("#{}", status.as_str())));
        match decided_by {
            Some(person) if status != How::Auto => {
                let known = self.people.iter().position(|known| *known == person);
                let number = known.unwrap_or(self.people.len());
                attributes.push(("resp", format!("#{}", self.person(number))));
                if known.is_none() {
                    self.people.push(person);
                }
            }
            _ if status == How::Auto => attributes.push(("resp", "#dateline".to_owned())),
            _ => {}
        }
        self.said.extend(note.map(|note| ("note", format!("#{id}"), note)));
        self.said.extend(tags.into_iter().map(|tag| ("tag", format!("#{id}"), tag)));
    }

    /// Adds what is told beside the text.
    pub(super) fn stand_off(&self, xml: &mut String) {
        if self.places.is_empty() && self.events.is_empty() && self.said.is_empty() {
            return;
        }
        xml.push_str("<standOff>\n");
        if !self.places.is_empty() {
            xml.push_str("<listPlace>\n");
            self.places.iter().enumerate().for_each(|(number, spot)| self.place(xml, number, spot));
            xml.push_str("</listPlace>\n");
        }
        let mut said = self.said.clone();
        if !self.events.is_empty() {
            xml.push_str("<listEvent>\n");
            for &number in &self.events {
                if let Some(event) = self.wanted.article.events.get(number) {
                    self.told(xml, number, event, &mut said);
                }
            }
            xml.push_str("</listEvent>\n");
        }
        for sort in ["note", "tag"] {
            let mut here = said.iter().filter(|(of, ..)| *of == sort).peekable();
            if here.peek().is_none() {
                continue;
            }
            xml.push_str("<spanGrp");
            attribute(xml, "type", sort);
            xml.push_str(">\n");
            for (_, target, words) in here {
                xml.push_str("<span");
                attribute(xml, "target", target);
                xml.push('>');
                text(xml, words);
                xml.push_str("</span>\n");
            }
            xml.push_str("</spanGrp>\n");
        }
        xml.push_str("</standOff>\n");
    }

    fn place(&self, xml: &mut String, number: usize, spot: &Spot) {
        xml.push_str("<place");
        attribute(xml, "xml:id", &self.id('p', number));
        attribute(xml, "type", spot.precision.as_str());
        xml.push('>');
        element(xml, "placeName", spot.name.as_deref().unwrap_or_default());
        if let Some(code) = &spot.country_code {
            xml.push_str("<country");
            attribute(xml, "key", code);
            xml.push('>');
            text(xml, spot.country.as_deref().unwrap_or(code));
            xml.push_str("</country>");
        }
        if let Some(admin1) = &spot.admin1 {
            element(xml, "region", admin1);
        }
        xml.push_str("<location>");
        element(xml, "geo", &format!("{} {}", spot.latitude, spot.longitude));
        xml.push_str("</location>");
        if let Some(id) = &spot.id {
            xml.push_str("<idno type=\"URI\">");
            text(xml, &iri::of_place(id));
            xml.push_str("</idno>");
        }
        xml.push_str("</place>\n");
    }

    /// Adds an event, and to `said` what people said of it.
    fn told(
        &self,
        xml: &mut String,
        number: usize,
        event: &Event,
        said: &mut Vec<(&'static str, String, String)>,
    ) {
        let article = self.wanted.article;
        let id = self.id('e', number);
        xml.push_str("<event");
        attribute(xml, "xml:id", &id);
        attribute(xml, "type", event.kind.as_str());
        attribute(xml, "subtype", event.polarity.as_str());
        let when = article.edtf_of(event);
        for (name, value) in dated(when.as_deref(), article.days_of(event)) {
            attribute(xml, name, &value);
        }
        let places =
            event.places.iter().filter_map(|&place| article.mentions.get(place)).filter_map(Spot::of);
        let known = places.filter_map(|spot| self.places.iter().position(|place| place.key() == spot.key()));
        let known: Vec<String> = known.map(|place| format!("#{}", self.id('p', place))).collect();
        if !known.is_empty() {
            attribute(xml, "where", &known.join(" "));
        }
        attribute(xml, "cert", &rounded_score(event.score).to_string());
        let Settled { status, note, tags, .. } = Settled::of(event.decided.as_deref());
        attribute(xml, "ana", &format!("#{}", status.as_str()));
        xml.push('>');
        let words = event.trigger.of(&article.article.text);
        element(xml, "desc", event.subtype.as_deref().unwrap_or(words));
        if event.background {
            xml.push_str("<note type=\"background\">It explains the news and is none.</note>");
        }
        for actor in &event.actors {
            xml.push_str("<note");
            attribute(xml, "type", actor.part.as_str());
            xml.push('>');
            text(xml, actor.span.of(&article.article.text));
            xml.push_str("</note>");
        }
        xml.push_str("</event>\n");
        said.extend(note.map(|note| ("note", format!("#{id}"), note)));
        said.extend(tags.into_iter().map(|tag| ("tag", format!("#{id}"), tag)));
    }
}

/// A date of the text as attributes.
fn when(date: &DateMention) -> Vec<(&'static str, String)> {
    match date.kind {
        DateKind::Duration if is_duration(&date.edtf) => vec![("dur", date.edtf.clone())],
        DateKind::Duration => Vec::new(),
        DateKind::Date | DateKind::Range => dated(Some(&date.edtf), date.days),
    }
}

/// When something is, as far as XML Schema has words for it: a date, or the days between which it lies.
fn dated(edtf: Option<&str>, days: Option<Days>) -> Vec<(&'static str, String)> {
    let date = edtf.and_then(|edtf| edtf.parse::<PartialDate>().ok());
    if let Some(when) = date.and_then(iso) {
        return vec![("when", when)];
    }
    let day = |number| Days::date(number).filter(|day| day.year() > 0).map(|day| day.to_string());
    let Some((first, last)) = days.and_then(|days| day(days.first).zip(day(days.last))) else {
        return Vec::new();
    };
    let range = edtf.is_some_and(|edtf| edtf.contains('/'));
    match range {
        // An open end is the article's own day, and not the event's.
        true if edtf.is_some_and(|edtf| edtf.ends_with("..")) => vec![("from", first)],
        true if edtf.is_some_and(|edtf| edtf.starts_with("..")) => vec![("to", last)],
        true => vec![("from", first), ("to", last)],
        false => vec![("notBefore", first), ("notAfter", last)],
    }
}

/// Whether XML Schema knows it: `P3D`, and no weeks.
fn is_duration(edtf: &str) -> bool {
    let Some(parts) = edtf.strip_prefix('P') else { return false };
    let pair = |unit| {
        parts.strip_suffix(unit).is_some_and(|n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    pair('Y') || pair('M') || pair('D')
}
