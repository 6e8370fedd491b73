//! A text out of quotes: every quote stands where it stood, and every sentence begins and ends where it did.
//! Quotes have one space where the text may have had several, or a line's end. Where the next words say that there was
//! room for more, it goes into such a space, so that offsets are true; where a quote was cut, dots stand for what is not
//! known of the sentence, so that it is cut there again.

use std::ops::Range;

use super::row::{Real, Row};

/// The most letters that a text is rebuilt with.
pub(super) const LONGEST: usize = 16 << 20;
/// As many blanks a text may have for each byte that is known of it.
pub(super) const BLANKS_A_BYTE: usize = 32;

/// Marks where a quote was cut, and stands for what was cut off.
const CUT: char = '…';
/// A sentence is cut if it goes on for more than this on one side of the words.
const REACH: usize = 240;
/// No more of a sentence is looked at, however long a file says it is.
const MOST: usize = 4 * REACH;

/// Words with their sentence, at a place of the text.
#[derive(Debug)]
struct Quote {
    start: usize,
    end: usize,
    before: Vec<char>,
    /// Whether something was cut off before that.
    begins_cut: bool,
    words: Vec<char>,
    /// The words as a sentence quotes them: with single spaces.
    evened: Vec<char>,
    after: Vec<char>,
    ends_cut: bool,
    /// What really stands before and behind the words, white space and all, as far as that is known.
    real_before: Vec<char>,
    real_after: Vec<char>,
}

impl Quote {
    fn of(row: &Row) -> Quote {
        let mut before: Vec<char> = row.before.chars().collect();
        let mut after: Vec<char> = row.after.chars().collect();
        // Only of what is too long is anything cut off, and then next to nothing.
        let (begins_cut, ends_cut) = (is_cut(&row.before, before.first()), is_cut(&row.after, after.last()));
        if begins_cut {
            before.remove(0);
        }
        if ends_cut {
            after.pop();
        }
        before.drain(..before.len().saturating_sub(MOST));
        after.truncate(MOST);
        let evened: Vec<char> = row.quote.chars().collect();
        let words = fitted(evened.clone(), row.end - row.start);
        let (start, end, real) = (row.start, row.end, real(row));
        let real_before = real.map_or_else(Vec::new, |real| real.before.chars().collect());
        let real_after = real.map_or_else(Vec::new, |real| real.after.chars().collect());
        Quote { start, end, before, begins_cut, words, evened, after, ends_cut, real_before, real_after }
    }
}

/// What is real around a row's words. A file that contradicts itself is believed about places, which all its rows share.
fn real(row: &Row) -> Option<&Real> {
    let fits = |real: &&Real| {
        real.before.chars().count() <= row.start && real.words.chars().count() == row.end - row.start
    };
    row.real.as_ref().filter(fits)
}

/// Whether a quote was cut: it has the sign, and is as long as what is cut at the end of a word. A sentence may begin
/// with "…" by itself.
fn is_cut(quote: &str, sign: Option<&char>) -> bool {
    sign == Some(&CUT) && quote.chars().count() > REACH / 3
}

/// Words as wide as they were: a space is made wider.
fn fitted(mut words: Vec<char>, width: usize) -> Vec<char> {
    if words.len() < width {
        let space = words.iter().position(|&c| c == ' ').unwrap_or(words.len());
        let missing = width - words.len();
        words.splice(space..space, std::iter::repeat_n(' ', missing));
    }
    words.truncate(width);
    words
}

/// A text while it grows.
pub(super) struct Rebuilt {
    pub text: Vec<char>,
    /// Where blanks may still be had for words that stand nowhere: where it is told what the text ends with, nothing can
    /// be added to it.
    room: Option<usize>,
}

impl Rebuilt {
    /// The text of an article's rows, in order of where they stand.
    pub(super) fn of(rows: &[Row]) -> Rebuilt {
        let room = rows.iter().any(|row| row.real.is_some()).then_some(0);
        let mut rebuilt = Rebuilt { text: Vec::new(), room };
        let mut last: Option<(Quote, Option<usize>)> = None;
        for row in rows {
            let quote = Quote::of(row);
            rebuilt.go_on(last.as_ref(), &quote, row.page);
            if last.as_ref().is_none_or(|(last, _)| last.end < quote.end) {
                last = Some((quote, row.page));
            }
        }
        if let Some((quote, page)) = last {
            rebuilt.end(&quote);
            // A text without a form feed has no pages.
            if page.is_some() && !rebuilt.text.contains(&PAGE) {
                rebuilt.text.push(PAGE);
            }
        }
        for row in rows {
            rebuilt.overlay(row);
        }
        rebuilt
    }

    /// Adds what lies between two quotes, and the words of the second.
    fn go_on(&mut self, last: Option<&(Quote, Option<usize>)>, quote: &Quote, page: Option<usize>) {
        let from = last.map_or(0, |(last, _)| last.end);
        if quote.start < from {
            // The same words again, or words within words.
            let beyond = quote.end.saturating_sub(from);
            let skipped = quote.words.len().saturating_sub(beyond);
            self.text.extend(quote.words.iter().skip(skipped));
            return;
        }
        let width = quote.start - from;
        let between = last.and_then(|(last, _)| same_sentence(last, quote, width));
        let mut words = quote.words.clone();
        if let Some((between, (last, _))) = between.as_ref().zip(last) {
            break_within(&mut words, last, quote, between.len());
            let known = quote.before.len() - between.len();
            if known < last.evened.len() && !quote.begins_cut {
                self.break_at(from.checked_sub(known + 1));
            }
        }
        let gap = match between {
            Some(words) => {
                let head = last.map_or(&[][..], |(last, _)| &last.real_after);
                laid(&words, width, head, &quote.real_before)
            }
            None => {
                let gap = parted(last.map(|(last, _)| last), quote, width);
                // What the sentence has of the words before is no part of their sentence.
                if quote.before.len() > width && !quote.begins_cut {
                    self.break_at((from + width).checked_sub(quote.before.len() + 1));
                }
                gap
            }
        };
        let at = self.text.len();
        self.text.extend(gap);
        let turned = page.unwrap_or(1).saturating_sub(last.and_then(|(_, page)| *page).unwrap_or(1));
        self.turn(at, turned);
        self.text.extend(words);
    }

    /// Ends a sentence at a space.
    fn break_at(&mut self, at: Option<usize>) {
        if let Some(c) = at.and_then(|at| self.text.get_mut(at)).filter(|c| **c == ' ') {
            *c = '\n';
        }
    }

    /// Ends so many pages behind `from`: between lines where there is room, or else between words.
    fn turn(&mut self, from: usize, pages: usize) {
        let mut left = pages;
        // The first line's end of a gap ends the sentence before it, if nothing else does.
        let mut ended = false;
        for c in self.text.iter_mut().skip(from) {
            if left > 0 && *c == '\n' && std::mem::replace(&mut ended, true) {
                *c = PAGE;
                left -= 1;
            }
        }
        let between = self.text.iter_mut().skip(from).filter(|c| **c == ' ' || **c == '\n');
        between.take(left).for_each(|c| *c = PAGE);
    }

    /// Adds the end of the last sentence.
    fn end(&mut self, quote: &Quote) {
        let (begun, used) = told(quote.after.iter(), quote.real_after.iter());
        self.text.extend(&quote.real_after[..used]);
        self.text.extend(&quote.after[begun..]);
        if quote.ends_cut {
            self.text.push(' ');
            let missing = (REACH + 1).saturating_sub(quote.after.len() - begun + used + 1);
            self.text.extend(std::iter::repeat_n(CUT, missing));
        }
    }

    /// Puts real words where they stood.
    fn overlay(&mut self, row: &Row) {
        let Some(real) = real(row) else { return };
        let before = real.before.chars().count();
        let chars = real.before.chars().chain(real.words.chars()).chain(real.after.chars());
        for (at, c) in (row.start - before..).zip(chars) {
            if at == self.text.len() {
                self.text.push(c);
            } else if let Some(known) = self.text.get_mut(at) {
                *known = c;
            }
        }
    }

    /// The words that are known by themselves alone, as near to `near` as they stand in `within`; with single spaces for
    /// whatever parts them there.
    pub(super) fn find(&self, words: &str, within: Range<usize>, near: usize) -> Option<Range<usize>> {
        let words: Vec<char> = words.chars().take(REACH + 1).collect();
        if words.is_empty() || words.len() > REACH {
            return None;
        }
        let within = within.start..within.end.min(self.text.len());
        let found = within.filter_map(|start| {
            let end = self.matches(&words, start)?;
            let apart = |at: Option<&char>| at.is_none_or(|c| !c.is_alphanumeric());
            let whole =
                apart(start.checked_sub(1).and_then(|at| self.text.get(at))) && apart(self.text.get(end));
            Some((!whole, start.abs_diff(near), start..end))
        });
        found.min_by_key(|(within, distance, _)| (*within, *distance)).map(|(.., range)| range)
    }

    /// Where words that begin at `start` end.
    fn matches(&self, words: &[char], start: usize) -> Option<usize> {
        let mut at = start;
        for &word in words {
            let c = *self.text.get(at)?;
            if word != ' ' {
                if c != word {
                    return None;
                }
                at += 1;
            } else if c.is_whitespace() {
                at += self.text.iter().skip(at).take_while(|c| c.is_whitespace()).count();
            } else {
                return None;
            }
        }
        Some(at)
    }

    /// Adds words of which nobody knows where they stand, on a line of their own: behind everything else, or among blank
    /// lines.
    pub(super) fn add(&mut self, words: &str) -> Range<usize> {
        let words: Vec<char> = words.chars().collect();
        if let Some(start) = self.blanks(words.len()) {
            self.text.splice(start..start + words.len(), words.iter().copied());
            return start..start + words.len();
        }
        self.text.extend(['\n', '\n']);
        let start = self.text.len();
        self.text.extend(words);
        start..self.text.len()
    }

    /// Where so many blanks are, and some more before and behind.
    fn blanks(&mut self, count: usize) -> Option<usize> {
        const APART: usize = 40;
        let from = self.room?;
        let wanted = count + 2 * APART;
        let mut blank = 0;
        for (at, &c) in self.text.iter().enumerate().skip(from) {
            blank = if c == '\n' { blank + 1 } else { 0 };
            if blank == wanted {
                self.room = Some(at + 1 - APART);
                return Some(at + 1 - wanted + APART);
            }
        }
        self.room = Some(self.text.len());
        None
    }
}

/// What parts the pages of a text.
const PAGE: char = '\u{c}';

/// The words between two quotes of one sentence; `None` where they are of two, or neither tells.
fn same_sentence(last: &Quote, quote: &Quote, width: usize) -> Option<Vec<char>> {
    let longest = width.min(quote.before.len());
    (0..=longest).rev().find_map(|length| {
        let (known, between) = quote.before.split_at(quote.before.len() - length);
        // Of a sentence that was cut on both sides, anything may be the words between.
        if length < width && (!between.contains(&' ') || (quote.begins_cut && last.ends_cut)) {
            return None;
        }
        // The sentence may begin within the words before, which may be of two; at their very beginning it would be theirs.
        let within = (1..last.evened.len()).contains(&known.len())
            && !quote.begins_cut
            && last.evened.ends_with(known);
        let before = known.strip_suffix(last.evened.as_slice());
        let after = last.after.strip_prefix(between);
        let ends = match after {
            Some(after) => begins_alike(after, last.ends_cut, quote),
            None => last.ends_cut && between.starts_with(&last.after),
        };
        let begins = before
            .is_some_and(|before| end_alike((before, quote.begins_cut), (&last.before, last.begins_cut)));
        (ends && (begins || within)).then(|| between.to_vec())
    })
}

/// Ends the sentence of `last` within the next words, where its rest says that it ends there.
fn break_within(words: &mut [char], last: &Quote, quote: &Quote, between: usize) {
    let rest = last.after.len().saturating_sub(between);
    if !last.ends_cut && (1..quote.evened.len()).contains(&rest) {
        // A space that was made wider may stand before it.
        let wider = words.len().saturating_sub(quote.evened.len());
        let space = words.iter_mut().skip(rest).take(wider + 1).find(|c| **c == ' ');
        space.into_iter().for_each(|c| *c = '\n');
    }
}

/// Whether two beginnings of a sentence may be one, either of which may have been cut.
fn end_alike((one, one_cut): (&[char], bool), (other, other_cut): (&[char], bool)) -> bool {
    let shared = one.len().min(other.len());
    let alike = one[one.len() - shared..] == other[other.len() - shared..];
    alike && (one.len() == shared || other_cut) && (other.len() == shared || one_cut)
}

/// Whether the rest of a sentence may be a quote's words and what follows them; it may end within the words, which may
/// be of two sentences.
fn begins_alike(rest: &[char], cut: bool, quote: &Quote) -> bool {
    let told: Vec<char> = quote.evened.iter().chain(&quote.after).copied().collect();
    let shared = rest.len().min(told.len());
    let alike = rest[..shared] == told[..shared];
    let within = rest.len() < quote.evened.len();
    alike && (rest.len() == shared || quote.ends_cut) && (told.len() == shared || cut || within)
}

/// How many of `evened` are told by `real`, which begins alike, and by how many of it: a run of white space is one space.
fn told<'c>(evened: impl Iterator<Item = &'c char>, real: impl Iterator<Item = &'c char>) -> (usize, usize) {
    let (mut taken, mut used, mut real) = (0, 0, real.peekable());
    for &c in evened {
        let same = |real: &&char| if c == ' ' { is_space(**real) } else { **real == c };
        if real.next_if(same).is_none() {
            break;
        }
        taken += 1;
        used += 1;
        while c == ' ' && real.next_if(|c| is_space(**c)).is_some() {
            used += 1;
        }
    }
    (taken, used)
}

/// White space within a sentence: a line's end is the end of one.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Words between two quotes, so wide, beginning and ending as is known.
fn laid(evened: &[char], width: usize, head: &[char], tail: &[char]) -> Vec<char> {
    let (ended, tail_used) = told(evened.iter().rev(), tail.iter().rev());
    let tail = &tail[tail.len() - tail_used..];
    if tail_used >= width {
        return tail[tail_used - width..].to_vec();
    }
    let rest = &evened[..evened.len() - ended];
    let (begun, head_used) = told(rest.iter(), head.iter());
    match width.checked_sub(tail_used + head_used) {
        Some(left) => [&head[..head_used], &fitted(rest[begun..].to_vec(), left), tail].concat(),
        None => fitted(evened.to_vec(), width),
    }
}

/// The end of one sentence, the beginning of another, and blank lines between them.
fn parted(last: Option<&Quote>, quote: &Quote, width: usize) -> Vec<char> {
    let (mut end, mut begin) = ends(last, quote, width);
    if last.is_some_and(|last| last.ends_cut) {
        end.push(' ');
        end.extend(std::iter::repeat_n(CUT, (REACH + 1).saturating_sub(end.len())));
    }
    if quote.begins_cut {
        let missing = (REACH + 1).saturating_sub(begin.len() + 1);
        begin.splice(0..0, std::iter::repeat_n(CUT, missing).chain([' ']));
    }
    begin.drain(..begin.len().saturating_sub(width));
    end.truncate(width - begin.len());
    let blank = width - begin.len() - end.len();
    end.extend(std::iter::repeat_n('\n', blank));
    end.extend(begin);
    end
}

/// The rest of one sentence and the beginning of another, as wide as they really are where that is known: what is real
/// around the words of one may reach into the other.
fn ends(last: Option<&Quote>, quote: &Quote, width: usize) -> (Vec<char>, Vec<char>) {
    let (ended, tail_used) = told(quote.before.iter().rev(), quote.real_before.iter().rev());
    let (behind, tail) = quote.real_before.split_at(quote.real_before.len() - tail_used);
    let begin = [&quote.before[..quote.before.len() - ended], tail].concat();
    let Some(last) = last else { return (Vec::new(), begin) };
    let (begun, head_used) = told(last.after.iter(), last.real_after.iter());
    let (head, ahead) = last.real_after.split_at(head_used);
    let end = [head, &last.after[begun..]].concat();
    let blank = |c: &&char| c.is_whitespace();
    if ended == quote.before.len() && !quote.begins_cut && !last.ends_cut {
        let blanks = behind.iter().rev().take_while(blank).count();
        let tail = &behind[..behind.len() - blanks];
        let (of_end, of_tail) = told(last.after.iter().rev(), tail.iter().rev());
        // What stands before may be of a sentence that nobody quotes.
        let meets = of_tail == tail.len() || of_end == last.after.len();
        if let (true, Some(wide)) = (of_end > 0 && meets, width.checked_sub(begin.len() + blanks)) {
            return (laid(&last.after, wide, head, tail), begin);
        }
    }
    if begun == last.after.len() && !quote.begins_cut && !last.ends_cut {
        let blanks = ahead.iter().take_while(blank).count();
        let head = &ahead[blanks..];
        let (of_begin, of_head) = told(quote.before.iter(), head.iter());
        let meets = of_head == head.len() || of_begin == quote.before.len();
        if let (true, Some(wide)) = (of_begin > 0 && meets, width.checked_sub(end.len() + blanks)) {
            return (end, laid(&quote.before, wide, head, tail));
        }
    }
    (end, begin)
}
