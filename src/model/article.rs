//! An article, and what the geoparser made of it.

use serde::{Deserialize, Serialize};

use super::{Area, DateMention, Event, Mention, PartialDate, Span};

/// A text with what is known about it. `text` is exactly what was read: boilerplate is marked,
/// never cut, so every span refers to the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Unique in its collection; for a file, its path relative to the argument it was found under.
    pub id: String,
    /// The whole text.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Where the headline stands in `text`, when it does.
    pub title_span: Option<Span>,
    /// Publication date.
    pub date: Option<PartialDate>,
    /// What the publication date was taken from; `None` where there is none, or nothing tells.
    pub date_evidence: Option<DateEvidence>,
    /// Outlet: "The Moscow Times".
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// BCP 47 code of the language, when known.
    pub language: Option<String>,
    /// The dateline as printed, when the text has one.
    pub dateline: Option<Dateline>,
    /// Menus, appeals, share buttons, bylines, media ids: shown dimmed, not searched for places.
    /// Sorted, not overlapping.
    pub boilerplate: Vec<Span>,
    /// Spans that the caller wants placed: exactly these, and nothing else is looked for
    /// (`--given-spans`). `None`: mentions are to be recognised.
    pub given: Option<Vec<Span>>,
    /// The words that tell the one event whose places the caller wants (`--given-events`).
    pub event: Option<Span>,
}

impl Article {
    /// An article of nothing but a text.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), ..Self::default() }
    }

    /// The day that the text speaks from: its publication's, or its dateline's.
    pub fn day(&self) -> Option<PartialDate> {
        let printed = self.dateline.as_ref().and_then(|dateline| dateline.date);
        self.date.or(printed)
    }

    /// The page, from 1, on which the byte at `offset` of the text stands; `None` where the text has no pages. Pages end
    /// with a form feed, as those of a PDF file do.
    ///
    /// ```
    /// use dateline::model::Article;
    /// let article = Article::from_text("a.pdf", "The road to\u{c}Derna is closed.");
    /// assert_eq!(article.page_of(4), Some(1));
    /// assert_eq!(article.page_of(12), Some(2));
    /// assert_eq!(Article::from_text("a.txt", "Derna").page_of(0), None);
    /// ```
    pub fn page_of(&self, offset: usize) -> Option<usize> {
        let mut ends = memchr::memchr_iter(b'\x0c', self.text.as_bytes()).peekable();
        ends.peek()?;
        Some(ends.take_while(|end| *end < offset).count() + 1)
    }

    /// The title, or the first words of the text where there is none, or the id.
    pub fn heading(&self) -> &str {
        self.title
            .as_deref()
            .or_else(|| self.text.lines().map(str::trim).find(|line| !line.is_empty()))
            .unwrap_or(&self.id)
    }
}

/// What an article's date was taken from, the best first. Spans are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateEvidence {
    /// What came with the text: front matter, a field beside it.
    Metadata,
    /// The page prints it: "Published: 3 May 2019", beside the byline, in the headline.
    Printed(Span),
    /// The story's dateline has it.
    Dateline(Span),
    /// The text of the story tells it.
    Text(Span),
    /// A person set it.
    Set,
}

impl DateEvidence {
    /// The words that give the date, where words of the text do.
    pub const fn span(self) -> Option<Span> {
        match self {
            Self::Metadata | Self::Set => None,
            Self::Printed(span) | Self::Dateline(span) | Self::Text(span) => Some(span),
        }
    }

    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Printed(_) => "printed",
            Self::Dateline(_) => "dateline",
            Self::Text(_) => "text",
            Self::Set => "set",
        }
    }
}

/// "CAIRO (Reuters) - " at the head of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    /// The whole dateline, with agency and date, without the dash.
    pub span: Span,
    /// The place's name within it.
    pub place: Span,
    /// The date printed in it.
    pub date: Option<PartialDate>,
    /// The agency printed in it.
    pub agency: Option<String>,
}

/// What an article is about: place identifiers with a share of its attention, best first.
///
/// A share is the place's part of the evidence for all places of its level, 0 to 1, those that are not kept among
/// them: 1 where the article speaks of no other. Every mention is evidence for its country, its division and its
/// town, more near the beginning and where the title has it, less as a people, within another name, or in an
/// agency's dateline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Focus {
    /// Countries: `(place id, name, share 0 to 1)`.
    pub countries: Vec<(String, String, f32)>,
    /// First-level divisions.
    pub divisions: Vec<(String, String, f32)>,
    /// Towns and other small places.
    pub places: Vec<(String, String, f32)>,
}

/// Something that could not be read or worked out. Nothing else is lost by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file (with line, where it has lines) or article concerned.
    pub place: String,
    /// What went wrong, as a sentence for a person.
    pub reason: String,
}

/// An article with its mentions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Geoparsed {
    /// The article itself.
    pub article: Article,
    /// Every mention, in text order, not overlapping.
    pub mentions: Vec<Mention>,
    /// Areas described relative to a mention.
    pub areas: Vec<Area>,
    /// What the article is about.
    pub focus: Focus,
    /// Every date in the text, in text order, not overlapping.
    pub dates: Vec<DateMention>,
    /// Every event, in text order of their triggers.
    pub events: Vec<Event>,
    /// What could not be worked out.
    pub problems: Vec<Problem>,
    /// Whether all this was read with the article, from JSON Lines: somebody may have corrected it, so it is
    /// not worked out anew with other gazetteers.
    pub as_read: bool,
}
