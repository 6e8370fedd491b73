//! What is shown of the mention that is looked at: its paragraph, its article, the places around it, what an answer
//! reaches. Made once, when something else is looked at or the articles have changed; a frame only draws it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::project::Ruling;
use crate::app::words;
use crate::explore::{Collection, MentionRef, Queue, setting};
use crate::model::{Candidate, How, Mention, Place, Span, one_line};

/// Most other places of an article that the small map shows.
const OTHERS: usize = 60;
/// Most of a paragraph that is shown on either side of its sentence, bytes.
const AROUND: usize = 1200;

/// A paragraph parted around a mention, from its first words to its last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// What comes before the sentence.
    pub before: String,
    /// The sentence up to the mention.
    pub head: String,
    /// The words of the mention.
    pub words: String,
    /// The rest of the sentence.
    pub tail: String,
    /// What comes after the sentence.
    pub after: String,
}

impl Parts {
    fn of(text: &str, span: Span) -> Parts {
        let [paragraph, sentence] = setting(text, span);
        let part = |start: usize, end: usize| even(text.get(start..end).unwrap_or(""));
        let from = text.ceil_char_boundary(paragraph.start.max(sentence.start.saturating_sub(AROUND)));
        let to = text.floor_char_boundary(paragraph.end.min(sentence.end.saturating_add(AROUND)));
        let dots = |cut: bool| if cut { "…" } else { "" };
        Parts {
            before: format!(
                "{}{}",
                dots(from > paragraph.start),
                part(from, sentence.start).trim_start_matches(' ')
            ),
            head: part(sentence.start, span.start),
            words: one_line(span.of(text)),
            tail: part(span.end, sentence.end),
            after: format!("{}{}", part(sentence.end, to).trim_end_matches(' '), dots(to < paragraph.end)),
        }
    }

    /// The whole, as it is read out.
    pub fn sentence(&self) -> String {
        format!("{}{}{}", self.head, self.words, self.tail).trim().to_owned()
    }
}

/// Text with every run of white space as one space, at its ends, too.
fn even(text: &str) -> String {
    let mut evened = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if evened.ends_with(' ') => {}
            true => evened.push(' '),
            false => evened.push(c),
        }
    }
    evened
}

/// What is shown of a mention.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The mention.
    pub at: MentionRef,
    /// The collection's revision that it is shown of.
    pub revision: u64,
    /// Its paragraph.
    pub parts: Parts,
    /// The article's headline.
    pub heading: String,
    /// "The Courier  ·  12 Sep 2023".
    pub meta: String,
    /// The mention itself.
    pub mention: Mention,
    /// Other places of the article, each once.
    pub others: Vec<Arc<Place>>,
    /// The mentions that an answer is good for: itself, and those of the same name in the article for which the
    /// program chose the same.
    pub alike: Vec<MentionRef>,
}

impl Passage {
    /// What is to be shown of a mention; nothing where it is not there.
    pub fn of(collection: &Collection, at: MentionRef) -> Option<Passage> {
        let article = collection.article(at.article)?;
        let mention = article.mentions.get(at.mention)?.clone();
        let card = collection.card(at.article)?;
        let source = collection.source(at.article).map(str::to_owned);
        let date = card.date.map(words::date).filter(|date| !date.is_empty());
        let meta = [source, date].into_iter().flatten().collect::<Vec<_>>().join("  ·  ");
        let mut known: HashSet<&str> =
            mention.candidates.iter().map(|candidate| candidate.place.id.as_str()).collect();
        let others = article.mentions.iter().filter_map(Mention::place);
        let others = others.filter(|place| known.insert(&place.id)).take(OTHERS).cloned().collect();
        Some(Passage {
            at,
            revision: collection.revision(),
            parts: Parts::of(&article.article.text, mention.span),
            heading: card.heading.clone(),
            meta,
            others,
            alike: Queue::alike(collection, at),
            mention,
        })
    }

    /// Whether it is what there is to see of this mention now.
    pub fn holds(&self, collection: &Collection, at: MentionRef) -> bool {
        self.at == at && self.revision == collection.revision()
    }

    /// Its candidates, the best first.
    pub fn candidates(&self) -> &[Candidate] {
        &self.mention.candidates
    }

    /// How many more an answer reaches beside the mention itself.
    pub fn more(&self) -> usize {
        self.alike.len().saturating_sub(1)
    }

    /// Whether people have said just this of it.
    pub fn says(&self, ruling: &Ruling) -> bool {
        match ruling {
            Ruling::Rejected => self.mention.is_rejected(),
            Ruling::Place(place) => {
                let shown = self.mention.place().is_some_and(|shown| shown.id == place.id);
                shown && self.mention.how() != How::Auto
            }
            _ => false,
        }
    }

    /// What people said of it, in words; nothing where nobody said anything.
    pub fn said(&self) -> Option<String> {
        let decided = self.mention.decided.as_ref()?;
        let what = match decided.how {
            How::Auto => return None,
            How::Confirmed => "Confirmed",
            How::Corrected => "Corrected",
            How::Added => "Added",
            How::Rejected => "Not a place",
        };
        let by = if decided.by.is_empty() { String::new() } else { format!(" by {}", decided.by) };
        Some(format!("{what}{by}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::fixture::{place, story};

    #[test]
    fn a_paragraph_is_parted_around_its_mention() {
        let check = |marked: &str, expected: [&str; 5]| {
            let story = story("a", marked, &[]);
            let parts = Parts::of(&story.article.text, story.mentions[0].span);
            let found =
                [&parts.before, &parts.head, &parts.words, &parts.tail, &parts.after].map(String::as_str);
            assert_eq!(found, expected, "{marked:?}");
        };
        check(
            "Rain fell. It reached [Derna] at night. Nobody slept.\nMore",
            ["Rain fell. ", "It reached ", "Derna", " at night. ", "Nobody slept."],
        );
        check("Title\n[Cairo]", ["", "", "Cairo", "", ""]);
        check(
            "All  of\tthe [Sinai\nPeninsula] shook.",
            ["", "All of the ", "Sinai Peninsula", " shook.", ""],
        );
        let long = "Word after word. ".repeat(200);
        let story = story("a", &format!("{long}It reached [Derna]. {long}"), &[]);
        let parts = Parts::of(&story.article.text, story.mentions[0].span);
        assert!(parts.before.starts_with('…') && parts.before.len() < AROUND + 8, "{}", parts.before);
        assert!(parts.after.ends_with('…') && parts.after.len() < AROUND + 8);
        assert_eq!(parts.sentence(), "It reached Derna.");
    }

    #[test]
    fn the_places_around_are_those_that_are_no_candidates() {
        let (derna, lima) = (
            place("geonames:1", "Derna", "LY", 32.76, 22.64),
            place("geonames:2", "Lima", "PE", -12.0, -77.0),
        );
        let mut collection = Collection::default();
        let places = [&derna, &lima, &derna, &lima];
        let mut article = story("a", "[Derna], [Lima], [Derna] and [Lima].", &places);
        article.article.source = Some("The Courier".to_owned());
        collection.add(Arc::new(article));
        let passage = Passage::of(&collection, MentionRef { article: 0, mention: 0 }).unwrap();
        let others: Vec<&str> = passage.others.iter().map(|place| place.name.as_str()).collect();
        assert_eq!((others, passage.more(), passage.said()), (vec!["Lima"], 1, None));
        assert_eq!(passage.meta, "The Courier");
        assert!(passage.holds(&collection, passage.at));
        assert!(Passage::of(&collection, MentionRef { article: 0, mention: 9 }).is_none());
    }
}
