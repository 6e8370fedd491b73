//! The reports of the event that is selected, as the card shows them: one a text, whoever has copied it.
//! Until the articles have been looked through for others, the selected report stands alone.

use crate::app::words;
use crate::explore::{EventRef, Explorer, Quote, StoryCard, Telling};
use crate::model::Geoparsed;

/// Most reports that are shown.
pub(super) const MOST: usize = 40;

/// A report, and who has the same text.
pub(super) struct Report {
    pub at: EventRef,
    /// Outlet, or headline for want of one, and date.
    pub source: String,
    /// The sentence, parted around the words that tell the event.
    pub quote: Quote,
    /// Who else has it.
    pub copies: Vec<String>,
    /// Whether it is the selected one.
    pub here: bool,
}

/// The reports of the event that is selected.
#[derive(Default)]
pub(super) struct Reports {
    /// The event, the collection's revision, and how many reports were known.
    of: Option<(EventRef, u64, usize)>,
    list: Vec<Report>,
}

impl Reports {
    /// The reports of an event, its own first.
    pub fn of(&mut self, explorer: &Explorer, at: EventRef, geoparsed: &Geoparsed) -> &[Report] {
        let story = explorer.story();
        let known = story.map_or(0, |story| story.reports.len());
        let asked = (at, explorer.collection.revision(), known);
        if self.of != Some(asked) {
            self.of = Some(asked);
            self.list = match story {
                Some(story) => gathered(story, at),
                None => Telling::of(geoparsed, at, None).iter().map(|own| report(own, at)).collect(),
            };
        }
        &self.list
    }
}

/// The reports of a story, copies of one text together, the selected one first.
fn gathered(story: &StoryCard, at: EventRef) -> Vec<Report> {
    let text = |telling: &Telling| telling.copy_of.unwrap_or(telling.at.article);
    let mut order: Vec<&Telling> = story.reports.iter().collect();
    order.sort_by_key(|telling| telling.at != at);
    let mut list: Vec<(usize, Report)> = Vec::new();
    for telling in order {
        // A text may tell it in several sentences, and a sentence in several words.
        let sentence = whole(&telling.quote);
        let same =
            |(own, report): &&mut (usize, Report)| *own == text(telling) && whole(&report.quote) == sentence;
        match list.iter_mut().find(same) {
            Some((_, report)) => {
                let name = outlet(telling);
                if telling.at.article != report.at.article && !report.copies.contains(&name) {
                    report.copies.push(name);
                }
            }
            None => list.push((text(telling), report(telling, at))),
        }
    }
    list.into_iter().map(|(_, report)| report).collect()
}

/// A sentence that was parted.
fn whole(quote: &Quote) -> String {
    [quote.before.as_str(), &quote.words, &quote.after].concat()
}

fn report(telling: &Telling, at: EventRef) -> Report {
    let published = telling.published.map(words::date);
    let source: Vec<String> = [Some(outlet(telling)), published].into_iter().flatten().collect();
    Report {
        at: telling.at,
        source: source.join(" · "),
        quote: telling.quote.clone(),
        copies: Vec::new(),
        here: telling.at == at,
    }
}

/// Who says it: the outlet, or the headline for want of one.
pub(super) fn outlet(telling: &Telling) -> String {
    telling.source.clone().unwrap_or_else(|| telling.heading.clone())
}
