//! Lines of an export, and the labels that begin some of them: "LENGTH: 512 words".

use crate::ingest::page;
use crate::model::{PartialDate, Span};

/// A line that is not blank, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub span: Span,
    pub text: &'a str,
    /// Whether a blank line stands before it.
    pub apart: bool,
}

/// The lines of a text; pages end lines.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut from, mut apart) = (0, true);
    for line in text.split(['\n', '\u{c}']) {
        let words = line.trim();
        if words.is_empty() {
            apart = true;
        } else {
            let start = from + (line.len() - line.trim_start().len());
            lines.push(Line { span: Span::new(start, start + words.len()), text: words, apart });
            apart = false;
        }
        from += line.len() + 1;
    }
    lines
}

impl<'a> Line<'a> {
    /// What stands before a colon, and where in the text the rest of the line does.
    pub fn label(&self) -> Option<(&'a str, Span)> {
        let (label, value) = self.text.split_once(':')?;
        let letters = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '/');
        if label.is_empty() || label.len() > 40 || !label.chars().all(letters) {
            return None;
        }
        let start = self.span.end - value.trim_start().len();
        Some((label.trim_end(), Span::new(start, self.span.end)))
    }

    /// Whether its label is one of these, which are in lower case; and its value.
    pub fn labelled(&self, labels: &[&str]) -> Option<Span> {
        let (label, value) = self.label()?;
        labels.contains(&label.to_lowercase().as_str()).then_some(value)
    }

    /// The day that the line gives, if it gives little else: "October 17, 2016 Monday 8:00 AM GMT".
    pub fn day(&self) -> Option<PartialDate> {
        let short = self.text.len() <= 80 && self.text.split_whitespace().count() <= 9;
        (short && self.label().is_none())
            .then(|| page::read_date(self.text).filter(|date| date.is_whole()))?
    }

    /// Whether it says whose the article is: "Copyright 2016 Fjord Media", "© Fjord Media 2016", "All Rights Reserved";
    /// not "Copyright law of 1968 was debated in Bergen".
    pub fn is_copyright(&self) -> bool {
        if self.text.len() > 250 {
            return false;
        }
        let lower = self.text.to_lowercase();
        let whole = lower.trim_end_matches(['.', ' ']);
        let (whole, reserved) =
            whole.strip_suffix("all rights reserved").map_or((whole, false), |whole| (whole, true));
        let mut owner = whole.trim_end_matches(['.', ',', ' ']);
        let all = owner.len();
        while let Some(rest) = ["copyright", "(c)", "©"].iter().find_map(|sign| owner.strip_prefix(sign)) {
            owner = rest.trim_start_matches([' ', ',', ':', '\u{a0}']);
        }
        let signed = owner.len() < all;
        let owner = owner.strip_prefix("by ").unwrap_or(owner);
        let capital =
            self.text.get(all - owner.len()..).is_some_and(|owner| owner.starts_with(char::is_uppercase));
        let year_last = capital && is_year(owner.rsplit(' ').next().unwrap_or_default());
        signed && (is_year(owner) || year_last) || reserved && lower.len() <= 120
    }

    /// Whether it ends as a sentence does, which what follows a label seldom does: "FJORD MEDIA INC." has no small
    /// words.
    pub fn is_sentence(&self) -> bool {
        let words = self.text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」', '』']);
        if words.ends_with(['。', '！', '？']) {
            return true;
        }
        words.ends_with(['.', '!', '?', '…', '؟', '।'])
            && self.text.split_whitespace().nth(2).is_some()
            && self.small_words() > 0
    }

    /// Whether it is to be read where nothing says what it is; a list of the articles of an export and what was searched
    /// for are not.
    pub fn is_prose(&self) -> bool {
        let listed = self.text.trim_start_matches(|c: char| c.is_ascii_digit());
        let listed = listed.len() < self.text.len() && listed.starts_with(". ");
        let long = || self.label().is_none() && self.small_words() >= 6;
        !listed && !self.is_copyright() && (self.is_sentence() || long())
    }

    /// How many words begin with a letter that is no capital, in scripts without any: how many words.
    fn small_words(&self) -> usize {
        let words = self.text.split_whitespace().filter_map(|word| word.chars().next());
        words.filter(|first| first.is_alphabetic() && !first.is_uppercase()).count()
    }
}

/// "2016", "2016, Fjord Media", "2016-2018".
fn is_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && (text.starts_with("19") || text.starts_with("20"))
}

/// What a line may be among the labels that an article ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A label that a story may have as well, "NOTES: the storm moved on.": not with a sentence.
    Label,
    /// What no story has, whatever stands behind it; the lines below that go on from it are no sentences.
    Sure,
    /// A label of a form that others have, too: one that is known stands above it.
    Unknown,
    /// A label with captions.
    Caption,
    /// Paragraphs below belong to it.
    Heading,
    /// A line that is drawn, or a heading of labels: paragraphs below belong to it as long as they are no sentences.
    Rule,
    Words,
}

/// The longest value of a label, in bytes.
const LONGEST_VALUE: usize = 2000;

/// The first of the lines with labels that an article ends with. They are looked for from its end, as a story has such
/// lines, too: what has a sentence of the story below it is no such label.
pub(super) fn ending(lines: &[Line<'_>], story: usize, part: impl Fn(&Line<'_>) -> Part) -> usize {
    // Where nothing is blank, a line is a paragraph.
    let wrapped = lines.iter().skip(story + 1).any(|line| line.apart);
    let (mut end, mut reach) = (lines.len(), lines.len());
    // Of the lines between this one and what is known to be a label's.
    let (mut sentence, mut apart, mut bytes) = (false, false, 0);
    for (at, line) in lines.iter().enumerate().skip(story).rev() {
        let part = part(line);
        let joined = at + 1 == reach || wrapped && !apart;
        let fits = match part {
            Part::Label | Part::Unknown => joined && !sentence && !line.is_sentence(),
            Part::Sure => joined && !sentence,
            Part::Caption => joined,
            Part::Heading => true,
            Part::Rule => !sentence,
            Part::Words => false,
        };
        if fits {
            reach = at;
            (sentence, apart, bytes) = (false, false, 0);
            if part != Part::Unknown {
                end = at;
            }
            continue;
        }
        (sentence, apart) = (sentence || line.is_sentence(), apart || line.apart);
        bytes += line.text.len();
        if bytes > LONGEST_VALUE {
            break;
        }
    }
    end
}

/// From the first of these lines to the last; nothing where there are none.
pub(super) fn united(lines: &[Line<'_>]) -> Option<Span> {
    Some(Span::new(lines.first()?.span.start, lines.last()?.span.end))
}
