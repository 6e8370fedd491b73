//! A page's text cut into logical lines: paragraphs that were wrapped at a fixed width are joined.
//! Blank lines are dropped but remembered, because a gap is what sets a button apart from a sentence.

use crate::model::Span;

/// A line that is not blank, or several that are one wrapped paragraph.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Where it stands, without the white space around it.
    pub span: Span,
    /// Its text.
    pub text: &'a str,
    /// Lower-case words joined by one space: what cue words are compared with.
    pub key: String,
    /// The same without what stands in quotation marks: people say what pages also say.
    pub unquoted: String,
    /// Number of words.
    pub words: usize,
    prose: bool,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, span: Span) -> Self {
        let text = span.of(text);
        let key = key(text);
        let unquoted = if text.contains(['"', '“', '«', '„']) {
            self::key(&outside_quotes(text))
        } else {
            key.clone()
        };
        let words = key.split(' ').filter(|word| !word.is_empty()).count();
        let prose = is_prose(text, words);
        Self { span, text, key, unquoted, words, prose }
    }

    /// Whether it ends as a sentence does, closing quotes and brackets aside.
    pub fn ends_sentence(&self) -> bool {
        ends_sentence(self.text)
    }

    /// Whether it is running text.
    pub fn is_prose(&self) -> bool {
        self.prose
    }

    /// Whether it is running text or at least a sentence: "The bridge was built in 1958."
    pub fn is_statement(&self) -> bool {
        let bare = self.text.trim_end_matches(CLOSING);
        self.is_prose()
            || self.words >= 4 && bare.ends_with('.') && self.text.starts_with(|c: char| !c.is_lowercase())
    }

    /// Whether any of its words stands in quotation marks.
    pub fn has_quote(&self) -> bool {
        self.unquoted.len() < self.key.len()
    }
}

/// Whether a line is running text. A headline may be long and may end in a question mark, so a
/// question has to be longer than a statement to count.
fn is_prose(text: &str, words: usize) -> bool {
    let chars = text.chars().take(400).count();
    if chars >= 160 && words >= 12 {
        return true;
    }
    let bare = text.trim_end_matches(CLOSING);
    let (least, room) = if bare.ends_with(['?', '!']) { (25, 150) } else { (9, 60) };
    ends_sentence(text) && (words >= least || chars >= room && !text.is_ascii())
}

/// Marks that may follow the end of a sentence.
const CLOSING: [char; 9] = ['"', '”', '’', '\'', '»', ')', ']', '」', '』'];

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(CLOSING).ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔', '።'])
}

/// Lower-case words joined by single spaces; apostrophes vanish, all other marks divide.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_alphanumeric() || is_combining(c) {
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200d}') {
            gap = true;
        }
    }
    key
}

/// Marks that belong to the letter before them in decomposed Latin, Indic and Arabic text.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{94f}' | '\u{9bc}'..='\u{9d7}')
}

fn outside_quotes(text: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '"' => inside = !inside,
            '“' | '«' | '„' => inside = true,
            '”' | '»' => inside = false,
            _ if !inside => kept.push(c),
            _ => continue,
        }
        if c != ' ' && !c.is_alphanumeric() {
            kept.push(' ');
        }
    }
    kept
}

/// The logical lines of a text.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut block: Vec<Span> = Vec::new();
    let mut start = 0;
    // Old Macintosh files end their lines with the return alone.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    // A page may end in the middle of a sentence; where it does not, a line ends there, too.
    for raw in text.split_inclusive([end, '\u{2028}', '\u{2029}', '\u{85}']) {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            close_block(text, &mut block, &mut lines);
        } else {
            let from = start + (raw.len() - raw.trim_start().len());
            block.push(Span::new(from, from + trimmed.len()));
        }
        start += raw.len();
    }
    close_block(text, &mut block, &mut lines);
    lines
}

/// Columns between which a full line of wrapped text ends.
const WRAPPED: std::ops::RangeInclusive<usize> = 42..=110;

/// Adds a block of lines without a blank one between: joined where they are one paragraph.
fn close_block<'a>(text: &'a str, block: &mut Vec<Span>, lines: &mut Vec<Line<'a>>) {
    let mut pending: Option<Span> = None;
    let mut previous = Span::default();
    for &span in block.iter() {
        pending = match pending {
            Some(open) if continues(previous.of(text), span.of(text)) => {
                Some(Span::new(open.start, span.end))
            }
            Some(open) => {
                lines.push(Line::new(text, open));
                Some(span)
            }
            None => Some(span),
        };
        previous = span;
    }
    lines.extend(pending.map(|span| Line::new(text, span)));
    block.clear();
}

/// Whether `next` goes on with the sentence of `line`: the line is as long as a wrapped one, its
/// sentence is open, and what follows begins in the middle of a sentence. A page's header and the
/// button under it ("… English Archive", "Select Page") begin with capitals and stay apart.
fn continues(line: &str, next: &str) -> bool {
    let length = line.chars().count();
    if !WRAPPED.contains(&length) {
        return false;
    }
    if line.ends_with([',', '-', ';']) || !ends_sentence(line) && next.starts_with(char::is_lowercase) {
        return true;
    }
    // A sentence may end just where the line does, and a name may begin the next: only lines of
    // the same width on both sides tell that this is one paragraph.
    let wide = next.chars().count();
    length >= 60 && (wide >= 60 && WRAPPED.contains(&wide) && wide.abs_diff(length) <= 14)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_paragraphs() {
        let check = |text: &str, expected: &[&str]| {
            let lines: Vec<_> = split(text).iter().map(|line| line.text).collect();
            assert_eq!(lines, expected);
        };
        check("", &[]);
        check(" \n\r\n\t\n", &[]);
        check("World News\r\rA headline\r", &["World News", "A headline"]);
        check("On the road to\u{c}Derna.\n\n\u{c}Next", &["On the road to\u{c}Derna.", "Next"]);
        check("World News\r\n\r\n  A headline \r\n", &["World News", "A headline"]);
        check(
            "Villagers said that the water had come so quickly in the night that\n\
             they had no time to save their animals.\nShare",
            &[
                "Villagers said that the water had come so quickly in the night that\n\
                 they had no time to save their animals.",
                "Share",
            ],
        );
        check(
            "Ministers meet in the capital for talks | THE DAILY TELLER Archive\nSelect Page",
            &["Ministers meet in the capital for talks | THE DAILY TELLER Archive", "Select Page"],
        );
    }

    #[test]
    fn keys_hold_words_alone() {
        let check = |text: &str, expected: &str| assert_eq!(key(text), expected);
        check("Support The Daily Teller!", "support the daily teller");
        check("  Today’s — weather: 5°  ", "todays weather 5");
        check("…", "");
    }
}
