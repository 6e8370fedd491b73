//! Text in which the words that a search found are tinted, and where in an article they stand.
//! A passage is looked up when its row comes into sight, and kept while the view is the same.

use std::collections::HashMap;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Pos2, Ui, pos2};

use crate::app::bidi;
use crate::app::theme::Tokens;
use crate::explore::{Explorer, found, passage};

/// Characters of a sentence that are kept before the words that were found: they are to be in sight.
const BEFORE: usize = 22;

/// Text over at most so many rows, cut with an ellipsis, with the words of the query tinted.
pub(super) fn laid_out(
    ui: &Ui,
    (width, rows): (f32, usize),
    text: &str,
    query: &str,
    (font, colour): (FontId, Color32),
) -> Arc<Galley> {
    let tint = Tokens::of(ui.ctx()).found;
    let plain = TextFormat::simple(font, colour);
    let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
    let mut at = 0;
    for span in found(query, text) {
        let start = span.start.max(at);
        if start < span.end {
            job.append(&text[at..start], 0.0, plain.clone());
            let format = TextFormat { background: tint, ..plain.clone() };
            job.append(&text[start..span.end], 0.0, format);
            at = span.end;
        }
    }
    job.append(&text[at..], 0.0, plain);
    job.wrap.max_width = width.max(0.0);
    job.wrap.max_rows = rows;
    job.wrap.break_anywhere = rows == 1;
    ui.painter().layout_job(bidi::in_order(ui.ctx(), job))
}

/// Paints text whose middle on the left is `at`; answers its width and whether some of it was cut off.
pub(super) fn paint(ui: &Ui, at: Pos2, galley: Arc<Galley>) -> (f32, bool) {
    let (size, cut) = (galley.size(), galley.elided);
    ui.painter().galley(pos2(at.x, at.y - size.y / 2.0), galley, Color32::PLACEHOLDER);
    (size.x, cut)
}

/// What rows show of where a search found its words.
#[derive(Default)]
pub(super) struct Passages {
    revision: u64,
    lines: HashMap<usize, Option<String>>,
}

impl Passages {
    /// The sentence of an article where the search found its words, or the names of its places that it found.
    pub fn of(&mut self, explorer: &Explorer, article: usize) -> Option<&str> {
        if self.revision != explorer.view.revision {
            self.revision = explorer.view.revision;
            self.lines.clear();
        }
        let line = self.lines.entry(article).or_insert_with(|| line(explorer, article));
        line.as_deref()
    }
}

fn line(explorer: &Explorer, article: usize) -> Option<String> {
    let query = &explorer.filter.query;
    let geoparsed = explorer.collection.article(article)?;
    if let Some(quote) = passage(query, &geoparsed) {
        return Some(format!("{}{}{}", end_of(&quote.before), quote.words, quote.after));
    }
    let mut names = Vec::new();
    for key in explorer.collection.glances(article).iter().filter_map(|glance| glance.place) {
        let label = explorer.collection.place(key).map(|entry| entry.place.label());
        names.extend(label.filter(|label| !names.contains(label) && !found(query, label).is_empty()));
    }
    (!names.is_empty()).then(|| format!("Mentions {}", names.join(" · ")))
}

/// The last words of a text.
fn end_of(text: &str) -> String {
    match text.char_indices().nth_back(BEFORE) {
        None => text.to_owned(),
        Some((cut, _)) => {
            let rest = &text[cut..];
            format!("… {}", rest.find(' ').map_or(rest, |at| rest[at..].trim_start()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_before_is_cut_between_words() {
        let check = |text: &str, expected: &str| assert_eq!(end_of(text), expected);
        check("In ", "In ");
        check("It was said at noon that water had reached ", "… water had reached ");
        check("Donaudampfschifffahrtsgesellschaft", "… chifffahrtsgesellschaft");
    }
}
