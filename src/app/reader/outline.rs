//! What of an article hangs neither on width nor on type: its paragraphs, the mentions in each, and which
//! menus fold away. Worked out behind the window where the article is long.

use std::ops::Range;

use crate::explore::{Paragraph, ParagraphRole, paragraphs};
use crate::model::{Geoparsed, Span};

use super::pages::beginnings;

/// So many lines of menus in a row fold away.
const FOLDED: usize = 4;

/// The paragraphs of an article.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub blocks: Vec<Block>,
    /// Runs of menus that fold away, as ranges of blocks.
    pub folds: Vec<Range<usize>>,
    /// Characters in a byte of the text, about.
    pub density: f32,
    /// How many places the article mentions.
    pub places: usize,
    /// Numbers of the events, by where their triggers stand.
    pub events: Vec<usize>,
    /// The bytes of the text at which pages begin; none where it has no pages.
    pub pages: Vec<usize>,
}

/// A paragraph with the mentions in it.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub paragraph: Paragraph,
    /// Numbers of the mentions that begin in it.
    pub mentions: Range<usize>,
    /// Those of the dates.
    pub dates: Range<usize>,
    /// The events whose triggers begin in it, as places in [`Outline::events`].
    pub events: Range<usize>,
    /// The pages that begin in it, or between it and the one before, as places in [`Outline::pages`].
    pub pages: Range<usize>,
    /// The fold that it is in.
    pub fold: Option<usize>,
}

impl Outline {
    pub(super) fn of(geoparsed: &Geoparsed) -> Self {
        let mentions = &geoparsed.mentions;
        let before = |at: usize| mentions.partition_point(|mention| mention.span.start < at);
        let dates = &geoparsed.dates;
        let dates_before = |at: usize| dates.partition_point(|date| date.span.start < at);
        let trigger = |event: usize| geoparsed.events[event].trigger.start;
        let mut events: Vec<usize> = (0..geoparsed.events.len()).collect();
        events.sort_by_key(|&event| trigger(event));
        let events_before = |at: usize| events.partition_point(|&event| trigger(event) < at);
        let pages = beginnings(&geoparsed.article.text);
        let pages_before = |at: usize| pages.partition_point(|&start| start < at);
        let mut blocks: Vec<Block> = paragraphs(&geoparsed.article)
            .into_iter()
            .map(|paragraph| Block {
                paragraph,
                mentions: before(paragraph.span.start)..before(paragraph.span.end),
                dates: dates_before(paragraph.span.start)..dates_before(paragraph.span.end),
                events: events_before(paragraph.span.start)..events_before(paragraph.span.end),
                pages: 0..0,
                fold: None,
            })
            .collect();
        // In the order of the text, which a headline that leads stands out of.
        let mut order: Vec<usize> = (0..blocks.len()).collect();
        order.sort_by_key(|&index| blocks[index].paragraph.span.start);
        let mut begun = 0;
        for index in order {
            let now = pages_before(blocks[index].paragraph.span.end);
            blocks[index].pages = begun..now;
            begun = now;
        }
        let folds = folds(&blocks);
        for (number, fold) in folds.iter().enumerate() {
            blocks[fold.clone()].iter_mut().for_each(|block| block.fold = Some(number));
        }
        let text = &geoparsed.article.text;
        let start = &text[..text.floor_char_boundary(4000)];
        let density = start.chars().count().max(1) as f32 / start.len().max(1) as f32;
        let mut places: Vec<&str> =
            mentions.iter().filter_map(|mention| Some(&*mention.place()?.id)).collect();
        places.sort_unstable();
        places.dedup();
        Self { blocks, folds, density, places: places.len(), events, pages }
    }

    /// The block that a byte of the text stands in.
    pub(super) fn find(&self, at: usize) -> Option<usize> {
        let holds = |block: &Block| {
            let Span { start, end } = block.paragraph.span;
            start <= at && at < end
        };
        // All but a headline that leads stand in the order of the text.
        if self.blocks.first().is_some_and(holds) {
            return Some(0);
        }
        let rest = self.blocks.get(1..)?;
        let index = rest.partition_point(|block| block.paragraph.span.end <= at);
        rest.get(index).filter(|block| holds(block)).map(|_| index + 1)
    }
}

fn folds(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut folds = Vec::new();
    let mut start = 0;
    for run in blocks.chunk_by(|a, b| is_menu(a) == is_menu(b)) {
        if is_menu(&run[0]) && run.len() >= FOLDED {
            folds.push(start..start + run.len());
        }
        start += run.len();
    }
    folds
}

fn is_menu(block: &Block) -> bool {
    block.paragraph.role == ParagraphRole::Boilerplate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Article;

    fn outline(lines: &[(&str, bool)], title: &str) -> (String, Outline) {
        let mut article = Article::default();
        for (line, menu) in lines {
            let start = article.text.len();
            article.text.push_str(line);
            if *menu {
                article.boilerplate.push(Span::new(start, article.text.len()));
            }
            article.text.push('\n');
        }
        let at = article.text.find(title).filter(|_| !title.is_empty());
        article.title_span = at.map(|at| Span::new(at, at + title.len()));
        let text = article.text.clone();
        (text, Outline::of(&Geoparsed { article, ..Geoparsed::default() }))
    }

    #[test]
    fn long_menus_fold() {
        let menu = |line| (line, true);
        let (_, outline) = outline(
            &[menu("Home"), menu("News"), ("Story", false), menu("a"), menu("b"), menu("c"), menu("d")],
            "",
        );
        assert_eq!(outline.folds, vec![3..7; 1]);
        let folds: Vec<_> = outline.blocks.iter().map(|block| block.fold).collect();
        assert_eq!(folds, [None, None, None, Some(0), Some(0), Some(0), Some(0)]);
    }

    #[test]
    fn every_byte_is_found_in_its_paragraph() {
        let (text, outline) = outline(&[("Menu", true), ("Headline", false), ("First", false)], "Headline");
        for (at, _) in text.char_indices() {
            let expected = outline
                .blocks
                .iter()
                .position(|block| (block.paragraph.span.start..block.paragraph.span.end).contains(&at));
            assert_eq!(outline.find(at), expected, "{at}");
        }
        assert_eq!(outline.find(9999), None);
    }
}
