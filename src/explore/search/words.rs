//! A text as the words that a search compares: capitals, accents and letters' variants made alike.
//! Scripts that put no space between words are taken character by character, so that 开罗 is two words in a row.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use crate::model::Span;

/// Longest word that is told from another, bytes: what is longer is no word.
const LONGEST: usize = 120;

/// The words of a text, one after the other.
///
/// A word is made of each of its characters alone, so the words of a part of a text are those of the whole.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
    /// The word that was come to last, folded.
    pub word: String,
}

impl<'a> Words<'a> {
    pub fn of(text: &'a str) -> Words<'a> {
        Words { text, at: 0, word: String::new() }
    }

    /// Goes on to the next word; answers where it stands.
    pub fn advance(&mut self) -> Option<Span> {
        self.word.clear();
        let mut start = self.at;
        for c in self.text.get(self.at..)?.chars() {
            let (here, wide) = (self.at, c.len_utf8());
            if stands_alone(c) {
                if self.word.is_empty() {
                    self.at += wide;
                    self.push(c);
                    start = here;
                }
                break;
            }
            if !belongs(c) {
                if !self.word.is_empty() {
                    break;
                }
                self.at += wide;
                continue;
            }
            if self.word.is_empty() {
                start = here;
            }
            self.at += wide;
            self.push(c);
        }
        (!self.word.is_empty()).then(|| Span::new(start, self.at))
    }

    fn push(&mut self, c: char) {
        if self.word.len() < LONGEST {
            fold_into(c, &mut self.word);
        }
    }
}

/// Lower case without diacritics; what is not a word becomes one space.
///
/// ```
/// assert_eq!(dateline::explore::fold("Šar  Éire,\nİzmir"), "sar eire izmir");
/// assert_eq!(dateline::explore::fold("Groß-Łódź"), "gross lodz");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut words = Words::of(text);
    while words.advance().is_some() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&words.word);
    }
    folded
}

/// Whether a character is a word by itself: its script puts no space between words, or joins particles to them.
pub(super) const fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{0F40}'..='\u{0FBC}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17D3}' // Tibetan, Burmese, Khmer
        | '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' // Hangul
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}' // Japanese
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}') // Chinese
}

/// Whether a character is part of a word, be it one that leaves no trace.
pub(in crate::explore) fn belongs(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && (is_combining_mark(c) || is_silent(c)))
}

/// Joiners, marks of direction, soft hyphens, signs for a stop or a breath in transcriptions, the Arabic stroke that
/// only stretches.
const fn is_silent(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{640}' | '\u{2B9}'..='\u{2BF}' | '\u{2C8}')
}

/// A mark over or under a letter, as opposed to a vowel of an Indian script.
fn is_diacritic(c: char) -> bool {
    matches!(canonical_combining_class(c), 1 | 7 | 10..=36 | 200..)
}

/// Puts what a character that [`belongs`] to a word is for a search behind others: several letters, one, or none.
pub(in crate::explore) fn fold_into(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    if is_silent(c) {
        return;
    }
    if stands_alone(c) {
        folded.push(c);
        return;
    }
    let plain = std::iter::once(c).nfkd().filter(|&c| !is_diacritic(c)).flat_map(char::to_lowercase);
    for c in plain.filter(|&c| !is_diacritic(c)) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' | 'ǿ' => folded.push('o'),
            'đ' | 'ð' | 'ɖ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ŋ' => folded.push('n'),
            'ə' => folded.push('e'),
            'ς' => folded.push('σ'),
            // Arabic and Persian write some letters in more than one way.
            'ى' | 'ی' => folded.push('ي'),
            'ة' => folded.push('ه'),
            'ک' => folded.push('ك'),
            c if c.is_alphanumeric() || is_combining_mark(c) => folded.push(c),
            // What a sign is made of besides: the brackets of ⑴, the stroke of ½.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_made_alike() {
        let check = |text: &str, expected: &str| assert_eq!(fold(text), expected, "{text:?}");
        check("Sana'a’s  well-known\tgates", "sana a s well known gates");
        check("São Tomé e Príncipe", "sao tome e principe");
        check("Đà Nẵng, İstanbul, Iğdır", "da nang istanbul igdir");
        check("Straße nach Tromsø, Æbelø", "strasse nach tromso aebelo");
        check("Reykjavíkurborg Þingvellir", "reykjavikurborg thingvellir");
        check("Hawaiʻi, Ta‘izz", "hawaii ta izz");
        check("ΑΘΗΝΑΣ Αθήνας", "αθηνασ αθηνασ");
        check("Москва́ и Йошкар-Ола, Ёлкино", "москва и иошкар ола елкино");
        check("القَاهِرَة", "القاهره");
        check("می‌روم", "ميروم");
        check("יְרוּשָׁלַיִם", "ירושלים");
        check("दिल्ली में", "दिल्ली में");
        check("开罗2016年", "开 罗 2016 年");
        check("평양에서", "평 양 에 서");
        check("カイロ", "カ イ ロ");
        check("ＴＯＫＹＯ ﬁre", "tokyo fire");
        check("Cafe\u{301} de\u{AD}mo", "cafe demo");
        check("… — 1,000", "1 000");
    }

    #[test]
    fn a_word_stands_where_it_stands() {
        let text = "  Derna\u{301}, 开罗.";
        let mut words = Words::of(text);
        let spans: Vec<&str> = std::iter::from_fn(|| words.advance()).map(|span| span.of(text)).collect();
        assert_eq!(spans, ["Derna\u{301}", "开", "罗"]);
    }
}
