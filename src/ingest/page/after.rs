//! What comes after a story on its page: pleas, lists of other stories, readers' comments.
//! Only what a heading or a plea gives away is marked; a paragraph that merely comes late is not.

use super::cues::{COMMENTS, LISTS, TRADE};
use super::lines::Line;
use super::noise::{is_appeal, is_one_of};

/// Marks what follows the headings of lists of other stories, and pleas at the end.
pub(super) fn mark(lines: &[Line<'_>], marked: &mut [bool]) {
    let prose = Prose::of(lines, marked);
    lists(lines, &prose, marked);
    plea(lines, &prose, marked);
    rest(lines, marked);
}

/// How much of the running text lies before each line.
struct Prose {
    /// Bytes before the line; one more entry for the whole.
    before: Vec<usize>,
}

impl Prose {
    fn of(lines: &[Line<'_>], marked: &[bool]) -> Self {
        let mut before = vec![0];
        let mut sum = 0;
        for (line, &marked) in lines.iter().zip(marked) {
            sum += if line.is_prose() && !marked { line.span.len() } else { 0 };
            before.push(sum);
        }
        Self { before }
    }

    fn before(&self, at: usize) -> usize {
        self.before.get(at).copied().unwrap_or(0)
    }

    /// Whether at least half of the running text comes before the line.
    fn is_late(&self, at: usize) -> bool {
        let before = self.before(at);
        before > 0 && before * 2 >= self.before.last().copied().unwrap_or(0)
    }
}

/// Everything after the heading of the comments, unless it is a button above the story.
pub(super) fn mark_comments(lines: &[Line<'_>], marked: &mut [bool]) {
    let prose = Prose::of(lines, marked);
    let heading = |at: &usize| {
        let key = &lines[*at].key;
        (is_one_of(key, &COMMENTS) || counts_comments(key)) && prose.is_late(*at)
    };
    if let Some(heading) = (0..lines.len()).find(heading) {
        marked[heading..].fill(true);
    }
}

/// "2 responses to …", "14 thoughts on …".
fn counts_comments(key: &str) -> bool {
    let mut words = key.split(' ');
    let count = words.next().is_some_and(|word| word == "one" || word.chars().all(|c| c.is_ascii_digit()));
    let what = words.next().unwrap_or("");
    count
        && matches!(
            what,
            "response" | "responses" | "thought" | "thoughts" | "comment" | "comments" | "replies"
        )
        && matches!(words.next(), Some("to" | "on"))
}

/// Most links that one heading may stand over where the story goes on after them.
const LINKS: usize = 12;

/// The links under a heading; where the text goes on after them, it is the story's.
fn lists(lines: &[Line<'_>], prose: &Prose, marked: &mut [bool]) {
    let teasers = teasers_from(lines, marked);
    for at in 0..lines.len() {
        if !is_one_of(&lines[at].key, &LISTS) || prose.before(at) == 0 {
            continue;
        }
        if prose.is_late(at) && at + 1 >= teasers {
            marked[at..].fill(true);
            return;
        }
        let below = (at + 1..lines.len()).take(LINKS);
        let links = below.take_while(|&next| marked[next] || is_link_like(&lines[next])).count();
        marked[at + 1..at + 1 + links].fill(true);
    }
}

fn is_link_like(line: &Line<'_>) -> bool {
    !line.is_statement() && line.words <= 25
}

/// The line after which nothing comes but titles with at most a short sentence or two under each.
fn teasers_from(lines: &[Line<'_>], marked: &[bool]) -> usize {
    let story = |at: &usize| {
        let line = &lines[*at];
        let under_title = *at > 0 && is_link_like(&lines[*at - 1]);
        !(marked[*at] || is_link_like(line) || line.words <= 40 && under_title)
    };
    (0..lines.len()).rev().find(story).map_or(0, |last| last + 1)
}

/// A plea in several paragraphs: a heading or a button, sentences about the trade, and at the end
/// the words to the reader. "Independent outlets have been blocked" is part of it, although it
/// names no reader.
fn plea(lines: &[Line<'_>], prose: &Prose, marked: &mut [bool]) {
    let Some(last) = (0..lines.len()).rev().find(|&at| is_appeal(&lines[at])) else {
        return;
    };
    if !prose.is_late(last) {
        return;
    }
    let of_trade = |at: &usize| !marked[*at] && lines[*at].unquoted.split(' ').any(|word| TRADE.has(word));
    let above = (0..last).rev().take_while(of_trade).take(5).count();
    let top = last - above;
    if top > 0 && marked[top - 1] {
        marked[top..=last].fill(true);
    }
}

/// After the last sentence of the story, whatever short lines come after furniture belong to it.
fn rest(lines: &[Line<'_>], marked: &mut [bool]) {
    let story = |at: &usize| !marked[*at] && lines[*at].is_statement();
    let Some(end) = (0..lines.len()).rev().find(story) else {
        return;
    };
    if let Some(first) = (end + 1..lines.len()).find(|&at| marked[at]) {
        marked[first..].fill(true);
    }
}
