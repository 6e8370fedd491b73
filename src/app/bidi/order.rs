//! Which words of a line stand where, once some of its letters run from right to left: the Unicode
//! bidirectional algorithm, in steps as large as what is shaped at one go.
//! Letters that join stay together in the order they are read in; whoever shapes them turns them round.

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// A stretch of text that is shaped at one go: a word, a sign, or the space between words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    pub bytes: Range<usize>,
    pub level: Level,
    /// Whether it is white space at which a line may end.
    pub space: bool,
    /// Whether a line may end after it although there is no space.
    pub breaks: bool,
}

impl Atom {
    pub(super) fn leftward(&self) -> bool {
        self.level.is_rtl()
    }

    /// Its text as it is to be shaped: a bracket that runs from right to left is its own mirror image.
    pub(super) fn shown<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = text.get(self.bytes.clone()).unwrap_or("");
        if self.leftward() && text.chars().any(|c| mirrored(c) != c) {
            return text.chars().map(mirrored).collect::<String>().into();
        }
        text.into()
    }
}

/// Whether any part of a text runs from right to left, so that its lines need to be put in order.
pub(crate) fn is_mixed(text: &str) -> bool {
    text.chars().any(|c| {
        use BidiClass::{AL, AN, FSI, LRI, PDF, R, RLE, RLI, RLO};
        c >= '\u{590}' && matches!(bidi_class(c), R | AL | AN | RLE | RLO | RLI | LRI | FSI | PDF)
    })
}

/// Whether a text as a whole runs from right to left: its first letter with a direction says so.
pub(crate) fn is_leftward(text: &str) -> bool {
    unicode_bidi::get_base_direction(text) == unicode_bidi::Direction::Rtl
}

/// The atoms of a paragraph as it is read, and the level of the paragraph itself. `cuts` are bytes at which
/// an atom ends at the latest, since the type changes there.
pub(super) fn atoms(text: &str, cuts: &[usize]) -> (Vec<Atom>, Level) {
    let info = BidiInfo::new(text, None);
    let base = info.paragraphs.first().map_or(Level::ltr(), |paragraph| paragraph.level);
    let mut atoms: Vec<Atom> = Vec::new();
    let mut before = Sort::Sign;
    for (at, c) in text.char_indices() {
        let level = info.levels.get(at).copied().unwrap_or(base);
        let sort = Sort::of(c, level);
        let bytes = at..at + c.len_utf8();
        let goes_on = before.goes_on_with(sort) && !cuts.contains(&at);
        match atoms.last_mut().filter(|atom| goes_on && atom.level == level) {
            Some(atom) => atom.bytes.end = bytes.end,
            None => {
                if let Some(last) = atoms.last_mut() {
                    last.breaks |= sort == Sort::Ideograph || before == Sort::Ideograph && !closes(c);
                }
                atoms.push(Atom { bytes, level, space: sort == Sort::Space, breaks: false });
            }
        }
        // A mark belongs to the letter that it stands on.
        before = if sort == Sort::Mark { before } else { sort };
    }
    (atoms, base)
}

/// The atoms of one line in the order in which they stand from left to right. Spaces at the end of the line
/// go where the paragraph goes.
pub(super) fn visual(line: &[Atom], base: Level) -> Vec<usize> {
    let words = line.iter().rposition(|atom| !atom.space).map_or(0, |last| last + 1);
    let level = |(at, atom): (usize, &Atom)| if at < words { atom.level } else { base };
    let levels: Vec<Level> = line.iter().enumerate().map(level).collect();
    BidiInfo::reorder_visual(&levels)
}

/// What may stand in one atom with what comes before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A letter that runs, and may join, from right to left.
    Leftward,
    /// A letter, figure or sign within text that runs from left to right.
    Rightward,
    /// What stands on the letter before it.
    Mark,
    Space,
    /// A letter that is a word.
    Ideograph,
    /// Anything else stands alone, so that no shaper guesses at its direction.
    Sign,
}

impl Sort {
    fn of(c: char, level: Level) -> Sort {
        let class = bidi_class(c);
        let joins = matches!(c, '\u{200c}' | '\u{200d}');
        match class {
            BidiClass::NSM => Sort::Mark,
            _ if joins => Sort::Mark,
            _ if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' => Sort::Space,
            BidiClass::R | BidiClass::AL if level.is_rtl() => Sort::Leftward,
            // Eastern figures run rightward, but a shaper takes some of them for letters.
            BidiClass::R | BidiClass::AL | BidiClass::AN => Sort::Sign,
            BidiClass::EN if ('\u{590}'..='\u{8ff}').contains(&c) => Sort::Sign,
            _ if level.is_rtl() => Sort::Sign,
            _ if is_ideograph(c) => Sort::Ideograph,
            _ => Sort::Rightward,
        }
    }

    fn goes_on_with(self, next: Sort) -> bool {
        next == Sort::Mark || self == next && matches!(self, Sort::Leftward | Sort::Rightward | Sort::Space)
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Signs that no line begins with.
fn closes(c: char) -> bool {
    !c.is_alphanumeric() && !is_ideograph(c) || "、。，．：；？！）］｝」』】〉》〕".contains(c)
}

/// The sign that looks the same from the other side.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 13] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('«', '»'),
        ('‹', '›'),
        ('≤', '≥'),
        ('⟨', '⟩'),
        ('〈', '〉'),
        ('《', '》'),
        ('「', '」'),
        ('『', '』'),
        ('【', '】'),
    ];
    let other = |&(open, close): &(char, char)| match c {
        _ if c == open => Some(close),
        _ if c == close => Some(open),
        _ => None,
    };
    PAIRS.iter().find_map(other).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as it stands on one line from left to right, letter by letter.
    fn seen(text: &str, mirrors: bool) -> String {
        let (atoms, base) = atoms(text, &[]);
        let mut seen = String::new();
        for at in visual(&atoms, base) {
            let atom = &atoms[at];
            let shown = if mirrors { atom.shown(text) } else { text[atom.bytes.clone()].into() };
            if atom.leftward() {
                seen.extend(shown.chars().rev());
            } else {
                seen.push_str(&shown);
            }
        }
        seen
    }

    #[test]
    fn lines_stand_in_order() {
        let check = |text: &str, expected: &str| assert_eq!(seen(text, true), expected, "{text}");
        check("Talks in Geneva", "Talks in Geneva");
        // Hebrew letters, so that no shapes hide the order.
        check("אבג דהו", "והד גבא");
        check("אבג Geneva דהו", "והד Geneva גבא");
        check("In אבג דהו again", "In והד גבא again");
        check("אבג 2016 דהו", "והד 2016 גבא");
        check("אבג (דהו) זח", "חז (והד) גבא");
        check("אבג (BBC) דהו.", ".והד (BBC) גבא");
        // A per cent sign goes with the figures of Hebrew, but not with those of Arabic.
        check("אבג 12.5% דהו", "והד 12.5% גבא");
        check("نسبة 12.5% من", "نم %12.5 ةبسن");
        check("«אבג», דהו", "והד ,«גבא»");
        check("Geneva (אבג)", "Geneva (גבא)");
        check("אבג: New York, Geneva", "New York, Geneva :גבא");
        check("\u{200f}BBC אבג", "גבא BBC\u{200f}");
        // Figures of the East run rightward, too.
        check("سنة ٢٠١٦ م", "م ٢٠١٦ ةنس");
        check("سال ۱۳۹۵ بود", "دوب ۱۳۹۵ لاس");
    }

    #[test]
    fn what_joins_is_shaped_at_one_go() {
        let check = |text: &str, expected: &[&str]| {
            let (atoms, _) = atoms(text, &[]);
            let found: Vec<&str> = atoms.iter().map(|atom| &text[atom.bytes.clone()]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("في القاهرة.", &["في", " ", "القاهرة", "."]);
        check("می\u{200c}خواهد", &["می\u{200c}خواهد"]);
        check("مُحَمَّد", &["مُحَمَّد"]);
        check("سنة ٢٠١٦", &["سنة", " ", "٢", "٠", "١", "٦"]);
        check("قال BBC News إن", &["قال", " ", "BBC", " ", "News", " ", "إن"]);
        check("أ中国。", &["أ", "中", "国", "。"]);
    }

    #[test]
    fn an_atom_ends_where_the_type_changes() {
        let (atoms, _) = atoms("أب تث", &[2]);
        assert_eq!(atoms.iter().map(|atom| atom.bytes.clone()).collect::<Vec<_>>(), [0..2, 2..4, 4..5, 5..9]);
    }

    /// Whatever a line holds, every letter stands on it once, and where the algorithm of the library that works
    /// letter by letter puts it.
    #[test]
    fn every_letter_keeps_a_place_of_its_own() {
        let letters: Vec<char> = "אבגدهو abcXYZ 019 ٢٣۴ .,:;-()[]«»\"%/  \u{200f}\u{200e}".chars().collect();
        let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..3000 {
            let long = next(40);
            let text: String = (0..long).map(|_| letters[next(letters.len())]).collect();
            let (atoms, base) = atoms(&text, &[]);
            assert_eq!(atoms.iter().map(|atom| &text[atom.bytes.clone()]).collect::<String>(), text);
            let mut order = visual(&atoms, base);
            order.sort_unstable();
            assert!(order.into_iter().eq(0..atoms.len()), "{text:?}");
            let info = BidiInfo::new(&text, None);
            if let Some(paragraph) = info.paragraphs.first() {
                let expected = info.reorder_line(paragraph, paragraph.range.clone());
                assert_eq!(seen(&text, false), expected, "{text:?}");
            }
        }
    }

    #[test]
    fn directions_are_known() {
        let check = |text: &str, mixed: bool, leftward: bool| {
            assert_eq!((is_mixed(text), is_leftward(text)), (mixed, leftward), "{text}");
        };
        check("القاهرة تستضيف محادثات", true, true);
        check("«שיחות» בירושלים Tel", true, true);
        check("Talks in Jerusalem (القدس)", true, false);
        check("Переговоры в Каире 中国", false, false);
        check("", false, false);
    }
}
