//! The words by which a page's furniture is known; the tables themselves are in `cues.txt`.
//! A cue is compared with a line's key (lower-case words), never with its text.

use std::collections::HashSet;
use std::sync::LazyLock;

/// One table of phrases. Only membership is asked, so its order shows nowhere.
pub(super) struct Cues {
    phrases: HashSet<&'static str>,
    /// Their first words, so that most texts are done with after one look.
    firsts: HashSet<&'static str>,
}

impl Cues {
    fn load(table: &str) -> Self {
        let lines = include_str!("cues.txt").lines().filter(|line| !line.starts_with(';'));
        let heading = format!("[{table}]");
        let own = lines.skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with('['));
        let phrases: HashSet<_> =
            own.flat_map(|line| line.split('|')).map(str::trim).filter(|cue| !cue.is_empty()).collect();
        let firsts = phrases.iter().filter_map(|cue| cue.split(' ').next()).collect();
        Self { phrases, firsts }
    }

    /// Whether the phrase is one of them.
    pub fn has(&self, phrase: &str) -> bool {
        self.phrases.contains(phrase)
    }

    /// Whether one of them is the beginning of the key, whole words; then how long it is.
    pub fn begin(&self, key: &str) -> Option<usize> {
        if !self.firsts.contains(key.split(' ').next()?) {
            return None;
        }
        let words = key.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).chain([key.len()]);
        words.take(6).find(|&end| key.get(..end).is_some_and(|start| self.has(start)))
    }

    /// Whether one of them is the end of the key, with words before it.
    pub fn end(&self, key: &str) -> bool {
        key.match_indices(' ').any(|(at, _)| key.get(at + 1..).is_some_and(|end| self.has(end)))
    }

    /// Whether one of them stands anywhere in the key, whole words.
    pub fn within(&self, key: &str) -> bool {
        let mut starts = std::iter::once(0).chain(key.match_indices(' ').map(|(at, _)| at + 1));
        starts.any(|start| key.get(start..).is_some_and(|rest| self.begin(rest).is_some()))
    }
}

/// Whole lines: buttons, menus, headings of lists.
pub(super) static WHOLE: LazyLock<Cues> = LazyLock::new(|| Cues::load("whole"));
/// Beginnings of lines that stand by themselves; only lines of at most [`SHORT`] words.
pub(super) static STARTS: LazyLock<Cues> = LazyLock::new(|| Cues::load("starts"));
/// A line that begins so and goes on after `:` or a dash points to another story.
pub(super) static POINTERS: LazyLock<Cues> = LazyLock::new(|| Cues::load("pointers"));
/// Beginnings of a credit to journalists.
pub(super) static CREDITS: LazyLock<Cues> = LazyLock::new(|| Cues::load("credits"));
/// Anywhere in a line that is no longer than [`LONG`] words: the page speaks of itself to its reader.
pub(super) static ADDRESS: LazyLock<Cues> = LazyLock::new(|| Cues::load("address"));
/// Anywhere in a line: the small print, which no story holds.
pub(super) static LEGAL: LazyLock<Cues> = LazyLock::new(|| Cues::load("legal"));
/// Words of a line that says, with a colon and a date, when something was published.
pub(super) static STAMPED: LazyLock<Cues> = LazyLock::new(|| Cues::load("stamped"));
/// Beginnings of a line that says who published something, with a date.
pub(super) static POSTED: LazyLock<Cues> = LazyLock::new(|| Cues::load("posted"));
/// Verbs that ask a reader for something, as first word of a short cry: "Stand with The Daily Teller!".
pub(super) static ASKING: LazyLock<Cues> = LazyLock::new(|| Cues::load("asking"));
/// Words of which section names and menus are made.
pub(super) static SECTION_WORDS: LazyLock<Cues> = LazyLock::new(|| Cues::load("section_words"));
/// Words that may join section names.
pub(super) static JOINTS: LazyLock<Cues> = LazyLock::new(|| Cues::load("joints"));
/// A word by which the name of a newspaper, a broadcaster or an agency is known.
pub(super) static OUTLET_WORDS: LazyLock<Cues> = LazyLock::new(|| Cues::load("outlet_words"));
/// Wire agencies as datelines and bylines print them.
pub(super) static AGENCIES: LazyLock<Cues> = LazyLock::new(|| Cues::load("agencies"));
/// A label or a cry that stands where a dateline's place would.
pub(super) static NOT_PLACES: LazyLock<Cues> = LazyLock::new(|| Cues::load("not_places"));
/// Words by which a line under or over a picture is known.
pub(super) static CAPTION_WORDS: LazyLock<Cues> = LazyLock::new(|| Cues::load("caption_words"));
/// By these a page speaks to its reader.
pub(super) static READER: LazyLock<Cues> = LazyLock::new(|| Cues::load("reader"));
/// Words of which a newsroom's plea about itself is full.
pub(super) static TRADE: LazyLock<Cues> = LazyLock::new(|| Cues::load("trade"));
/// Headings under which other people's words or other stories follow.
pub(super) static COMMENTS: LazyLock<Cues> = LazyLock::new(|| Cues::load("comments"));
/// Headings of lists of other stories.
pub(super) static LISTS: LazyLock<Cues> = LazyLock::new(|| Cues::load("lists"));
/// What follows a name in a byline.
pub(super) static STAFF: LazyLock<Cues> = LazyLock::new(|| Cues::load("staff"));
/// What follows a name in a byline, after a comma.
pub(super) static STAFF_AFTER_COMMA: LazyLock<Cues> = LazyLock::new(|| Cues::load("staff_after_comma"));

/// Longest line, in words, that [`STARTS`] judges.
pub(super) const SHORT: usize = 14;
/// Longest line, in words, that [`ADDRESS`] judges.
pub(super) const LONG: usize = 60;
