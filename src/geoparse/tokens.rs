//! Words, punctuation and sentences of a text, by byte offsets into it.
//! "U.S." and "St." are one word with their periods; "Egypt's" is two; hyphens separate words, since
//! "Russian-backed" and "Deir ez-Zor" both must be found.

use super::words::{CALENDAR, DOTTED, FUNCTION_WORDS};
use crate::gazetteer::fold;
use crate::model::Span;

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `city`, and words of scripts without case.
    Lower,
    /// `Cairo`, `McDonald`.
    Capital,
    /// `CAIRO`, `U.S.`; two letters at least.
    Upper,
    /// `26`.
    Number,
    /// `'s` after a word.
    Possessive,
    /// One other visible character.
    Punct,
}

/// How a sentence or headline is written as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Ordinary.
    Sentence,
    /// A headline with most words capitalised: capitals tell nothing.
    Title,
    /// All in capitals.
    Upper,
}

/// A word or a punctuation mark.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Where it stands, with the period of an abbreviation.
    pub(crate) span: Span,
    /// How it is written.
    pub(crate) form: Form,
    /// Whether the span ends in the period of an abbreviation.
    pub(crate) dot: bool,
    /// Whether white space precedes it.
    pub(crate) space: bool,
    /// Whether it opens a sentence.
    pub(crate) opens: bool,
    /// Whether it opens a paragraph.
    pub(crate) opens_line: bool,
    /// Number of its sentence.
    pub(crate) sentence: usize,
    /// Folded for look-up; empty for punctuation.
    pub(crate) folded: String,
}

impl Token {
    /// Whether it is a word that starts with a capital letter.
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.form, Form::Capital | Form::Upper)
    }

    /// Whether it is a word of letters.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.form, Form::Capital | Form::Upper | Form::Lower)
    }
}

/// A text in tokens. Boilerplate has none.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    /// The text itself.
    pub(crate) text: &'a str,
    /// Its tokens in order.
    pub(crate) tokens: Vec<Token>,
    /// For each sentence, how it is written.
    pub(crate) cases: Vec<Case>,
}

impl<'a> Text<'a> {
    /// Reads a text without its boilerplate spans.
    pub(crate) fn new(text: &'a str, boilerplate: &[Span]) -> Self {
        let mut this = Self { text, tokens: Vec::with_capacity(text.len() / 5), cases: Vec::new() };
        let mut at = 0;
        for skip in boilerplate {
            this.read(at, skip.start);
            at = at.max(skip.end);
        }
        this.read(at, text.len());
        this.split_sentences();
        this
    }

    /// The token's text.
    pub(crate) fn str(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| token.span.of(self.text))
    }

    /// The token's folded word; empty outside the text.
    pub(crate) fn folded(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |token| token.folded.as_str())
    }

    /// The token before `token` in the same sentence.
    pub(crate) fn before(&self, token: usize) -> Option<usize> {
        let this = self.tokens.get(token)?;
        let before = token.checked_sub(1)?;
        (!this.opens && self.tokens[before].sentence == this.sentence).then_some(before)
    }

    /// The token after `token` in the same sentence.
    pub(crate) fn after(&self, token: usize) -> Option<usize> {
        let this = self.tokens.get(token)?;
        let next = self.tokens.get(token + 1)?;
        (next.sentence == this.sentence).then_some(token + 1)
    }

    /// How the token's sentence is written.
    pub(crate) fn case(&self, token: usize) -> Case {
        self.tokens
            .get(token)
            .and_then(|token| self.cases.get(token.sentence))
            .copied()
            .unwrap_or(Case::Sentence)
    }

    /// Number of the first token that ends after `byte`.
    pub(crate) fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end <= byte)
    }

    fn read(&mut self, from: usize, to: usize) {
        let (from, to) = (from.min(self.text.len()), to.min(self.text.len()));
        if from >= to || !self.text.is_char_boundary(from) || !self.text.is_char_boundary(to) {
            return;
        }
        let mut at = from;
        let mut space = true;
        while at < to {
            let rest = &self.text[at..to];
            let Some(c) = rest.chars().next() else { break };
            if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
                at += c.len_utf8();
                space = true;
                continue;
            }
            let token = self.token(rest, at, c, space);
            at = token.span.end;
            space = false;
            self.tokens.push(token);
        }
    }

    fn token(&self, rest: &str, at: usize, c: char, space: bool) -> Token {
        let make = |len: usize, form: Form, dot: bool, folded: String| Token {
            span: Span::new(at, at + len),
            form,
            dot,
            space,
            opens: false,
            opens_line: false,
            sentence: 0,
            folded,
        };
        if let Some(len) = possessive(rest).filter(|_| is_apostrophe(c) && !space) {
            return make(len, Form::Possessive, false, String::new());
        }
        if c.is_numeric() {
            let len = length_while(rest, |c| c.is_alphanumeric());
            return make(len, Form::Number, false, rest[..len].to_lowercase());
        }
        if !c.is_alphabetic() {
            return make(c.len_utf8(), Form::Punct, false, String::new());
        }
        if let Some(len) = dotted_acronym(rest) {
            let dot = rest[..len].ends_with('.');
            return make(len, Form::Upper, dot, fold(&rest[..len]));
        }
        let len = word_length(rest);
        let word = &rest[..len];
        let folded = fold_part(word, &rest[len..]);
        let initial = len == c.len_utf8() && c.is_uppercase();
        let dot = rest[len..].starts_with('.') && (initial || (c.is_uppercase() && DOTTED.has(&folded)));
        make(len + usize::from(dot), form(word), dot, folded)
    }

    fn split_sentences(&mut self) {
        let mut sentence = 0;
        let mut line_start = 0;
        for i in 0..self.tokens.len() {
            let (opens, opens_line) = if i == 0 { (true, true) } else { self.boundary(i, line_start) };
            if opens_line {
                line_start = self.tokens[i].span.start;
            }
            if opens && i > 0 {
                sentence += 1;
            }
            let token = &mut self.tokens[i];
            (token.opens, token.opens_line, token.sentence) = (opens, opens_line, sentence);
        }
        self.cases = Vec::with_capacity(sentence + 1);
        let mut from = 0;
        while from < self.tokens.len() {
            let number = self.tokens[from].sentence;
            let to = from + self.tokens[from..].partition_point(|token| token.sentence == number);
            self.cases.push(case(self.text, &self.tokens[from..to]));
            from = to;
        }
    }

    /// Whether token `i` opens a sentence, and whether a paragraph.
    fn boundary(&self, i: usize, line_start: usize) -> (bool, bool) {
        let (before, this) = (&self.tokens[i - 1], &self.tokens[i]);
        let gap = &self.text[before.span.end..this.span.start];
        let ended = |text: &str| text.ends_with(['.', '!', '?', ':', ';']) || text.ends_with(['”', '"', '»']);
        let newlines = gap.matches('\n').count();
        // Hard-wrapped lines run on; short ones and ended ones are lines of their own.
        let short = before.span.end.saturating_sub(line_start) < 48;
        if newlines > 1 || gap.len() > 60 || (newlines == 1 && (short || ended(before.span.of(self.text)))) {
            return (true, true);
        }
        if before.dot {
            // "… in the U.S. The army": an abbreviation ends a sentence only before such a word.
            let function =
                this.form == Form::Capital && this.folded != "new" && FUNCTION_WORDS.has(&this.folded);
            return (function && !before.folded.is_empty() && before.span.len() > 2, false);
        }
        let mut last = i - 1;
        while last > 0 && is_closing(self.str(last)) && !self.tokens[last].space {
            last -= 1;
        }
        if !matches!(self.str(last), "." | "!" | "?" | "…") {
            return (false, false);
        }
        let capital = this.is_capital() || this.form == Form::Number || is_opening(self.str(i));
        // "would return home today.Support The Moscow Times!"
        let glued = last > 0
            && self.tokens[last - 1].form == Form::Lower
            && self.tokens[last - 1].span.len() > 2
            && this.form == Form::Capital;
        (capital && (this.space || glued), false)
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '´' | 'ʻ' | 'ʿ' | 'ʾ')
}

fn is_closing(text: &str) -> bool {
    matches!(text, "\"" | "”" | "’" | "'" | ")" | "]" | "»")
}

fn is_opening(text: &str) -> bool {
    matches!(text, "\"" | "“" | "‘" | "'" | "(" | "[" | "«" | "•" | "-" | "–" | "—" | "*")
}

fn length_while(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.char_indices().find(|&(_, c)| !keep(c)).map_or(text.len(), |(at, _)| at)
}

/// Length of `'s` (or a bare apostrophe after a plural is left to punctuation).
fn possessive(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let apostrophe = chars.next()?;
    let s = chars.next()?;
    let ends = chars.next().is_none_or(|c| !c.is_alphanumeric());
    (matches!(s, 's' | 'S') && ends).then(|| apostrophe.len_utf8() + 1)
}

/// Length of "U.S.", "N.Y.C", "W.Va.": capitals with periods between.
fn dotted_acronym(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 0;
    let mut letters = 0;
    while at < bytes.len() && bytes[at].is_ascii_uppercase() {
        let tail = usize::from(letters > 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase));
        let end = at + 1 + tail;
        if bytes.get(end) == Some(&b'.') {
            letters += 1;
            at = end + 1;
        } else if letters > 0 && !rest[end..].starts_with(char::is_alphanumeric) && tail == 0 {
            return Some(end);
        } else {
            break;
        }
    }
    (letters >= 2).then_some(at)
}

/// Length of a word: letters, digits and marks, with apostrophes inside ("Dara'a", "d'Ivoire").
fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || is_mark(c) {
            end = at + c.len_utf8();
            continue;
        }
        let inner = is_apostrophe(c)
            && possessive(&rest[at..]).is_none()
            && chars.peek().is_some_and(|&(_, next)| next.is_alphabetic());
        if !inner {
            break;
        }
    }
    end.max(rest.chars().next().map_or(0, char::len_utf8))
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{200d}' | '\u{ad}')
}

/// Folds a word as the gazetteer folds it within its hyphenated name: the "ez" of "ez-Zor" is an article.
fn fold_part(word: &str, rest: &str) -> String {
    let joined =
        word.len() <= 3 && rest.strip_prefix('-').is_some_and(|next| next.starts_with(char::is_alphabetic));
    if !joined {
        return fold(word);
    }
    let folded = fold(&format!("{word}-x"));
    folded.strip_suffix(" x").map_or_else(|| fold(word), str::to_owned)
}

fn form(word: &str) -> Form {
    let mut chars = word.chars().filter(|c| c.is_alphabetic());
    match chars.next() {
        Some(first) if first.is_uppercase() => {
            let mut rest = chars.peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) { Form::Upper } else { Form::Capital }
        }
        _ => Form::Lower,
    }
}

fn case(text: &str, tokens: &[Token]) -> Case {
    let (mut words, mut capital, mut upper) = (0, 0, 0);
    for token in tokens.iter().filter(|token| token.is_word()) {
        // Short words stay small in headlines; "met" and "won" would not.
        let small = token.span.len() < 3 || (token.span.len() < 6 && FUNCTION_WORDS.has(&token.folded));
        if small || CALENDAR.has(&token.folded) {
            continue;
        }
        words += 1;
        capital += usize::from(token.is_capital());
        upper += usize::from(token.form == Form::Upper && !token.span.of(text).contains('.'));
    }
    // A sentence of little but names ends in a period; a headline does not.
    let ended = tokens.last().is_some_and(|token| token.span.of(text) == ".");
    if words >= 3 && upper * 10 >= words * 8 {
        Case::Upper
    } else if words >= 4 && capital * 10 >= words * 9 - 3 && !ended {
        Case::Title
    } else {
        Case::Sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let tokens = Text::new(text, &[]);
        let words: Vec<&str> = (0..tokens.tokens.len()).map(|i| tokens.str(i)).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn words_and_marks() {
        check("Egypt's army", &["Egypt", "'s", "army"]);
        check("U.S.-led raids", &["U.S.", "-", "led", "raids"]);
        check("in Charleston, W.Va., on", &["in", "Charleston", ",", "W.Va.", ",", "on"]);
        check("St. Louis, Mo.", &["St.", "Louis", ",", "Mo."]);
        check("Dara’a and Côte d’Ivoire", &["Dara’a", "and", "Côte", "d’Ivoire"]);
        check("Deir ez-Zor", &["Deir", "ez", "-", "Zor"]);
        check("Sheriff’s Office", &["Sheriff", "’s", "Office"]);
        check("", &[]);
    }

    #[test]
    fn sentences() {
        let count = |text: &str| Text::new(text, &[]).cases.len();
        assert_eq!(count("He met Gen. Smith in the U.S. on Monday. It rained."), 2);
        assert_eq!(count("would return home today.Support The Moscow Times!"), 2);
        assert_eq!(count("Headline Here\n\nBody begins. And ends."), 3);
        assert_eq!(count("back in the U.S. The army left."), 2);
    }

    #[test]
    fn cases() {
        let case = |text: &str| Text::new(text, &[]).cases[0];
        assert_eq!(case("Putin and Egypt's Sisi Reaffirm Commitment to Fighting Terrorism"), Case::Title);
        assert_eq!(case("Putin, Sisi agree on close security service cooperation"), Case::Sentence);
        assert_eq!(case("RUSSIA BOMBS ALEPPO AGAIN"), Case::Upper);
    }
}
