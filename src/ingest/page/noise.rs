//! Which lines are the page's and not the story's: menus, appeals, share buttons, bylines, links.
//! A paragraph of running text is marked only where it speaks to the reader about the outlet itself.

use std::ops::Range;

use super::cues::*;
use super::lines::{Line, key};
use super::{date, dateline};
use crate::model::Span;

/// Whether a line is furniture wherever it stands.
pub(super) fn anywhere(line: &Line<'_>) -> bool {
    is_whole_cue(line)
        || line.words <= LONG && LEGAL.within(&line.unquoted)
        || is_appeal(line)
        || is_credit(line)
        || is_copyright(line)
        || is_link(line.text)
        || is_time(line)
        || is_stamp(line)
        || begins_with_by(line)
        || date::is_date_line(line)
}

/// Whether a line is furniture given that it stands before or after the running text.
pub(super) fn outside_body(line: &Line<'_>) -> bool {
    is_byline(line) || is_section(line) || is_menu(line) || is_cry(line) || starts_as_furniture(line)
}

/// Whether a line that points to another story, or is a short label, stands within the text.
pub(super) fn is_pointer(line: &Line<'_>) -> bool {
    let Some((label, rest)) = split_label(line.text) else {
        return false;
    };
    let label = key(label);
    let picture = ["photo", "image", "picture", "photograph", "graphic", "photos by", "photos", "credit"]
        .contains(&label.as_str());
    // "Photo: Ferries wait in the port of Derna" is a caption and tells of a place.
    let room = if picture { 4 } else { 25 };
    POINTERS.has(&label)
        && key(rest).split(' ').count() <= room
        && (!line.is_prose() || matches!(label.as_str(), "read more" | "also read" | "read also" | "related"))
}

/// "ALSO READ: …", "Related – …".
fn split_label(text: &str) -> Option<(&str, &str)> {
    let at = text.find([':', '|', '–', '—'])?;
    let label = text.get(..at)?.trim();
    let rest = text.get(at..)?.trim_start_matches([':', '|', '–', '—', ' ']);
    (!label.is_empty() && label.split_whitespace().count() <= 3).then_some((label, rest))
}

/// A button or a heading, with or without a number: "Share", "12 Comments", "1.2K shares".
fn is_whole_cue(line: &Line<'_>) -> bool {
    if line.words == 0 || line.words > 7 {
        return false;
    }
    is_one_of(&line.key, &WHOLE) || is_run_of_buttons(line)
}

/// Whether a key is one of the cues once its numbers are taken away.
pub(super) fn is_one_of(key: &str, cues: &Cues) -> bool {
    if cues.has(key) {
        return true;
    }
    let words: Vec<&str> = key.split(' ').filter(|word| !is_count(word)).collect();
    !words.is_empty() && cues.has(&words.join(" "))
}

/// "12", "2k", "3m".
fn is_count(word: &str) -> bool {
    let digits = word.trim_end_matches(['k', 'm']);
    !digits.is_empty() && digits.len() <= 6 && digits.chars().all(|c| c.is_ascii_digit())
}

/// "Facebook Twitter WhatsApp Email": every word a button of its own.
fn is_run_of_buttons(line: &Line<'_>) -> bool {
    let mut words = line.key.split(' ');
    line.words >= 2
        && !line.ends_sentence()
        && words.clone().any(|word| WHOLE.has(word))
        && words.all(|word| is_count(word) || WHOLE.has(word))
}

/// The page speaks of itself to its reader.
pub(super) fn is_appeal(line: &Line<'_>) -> bool {
    if line.words > LONG {
        return false;
    }
    let cue = ADDRESS.within(&line.unquoted);
    cue && (!line.is_prose() || speaks_to_reader(line))
}

fn speaks_to_reader(line: &Line<'_>) -> bool {
    line.unquoted.split(' ').any(|word| READER.has(word))
}

/// "Support The Daily Teller!"
pub(super) fn is_cry(line: &Line<'_>) -> bool {
    line.text.ends_with('!') && !line.has_quote() && line.words <= 10 && ASKING.begin(&line.key).is_some()
}

/// "Reporting by A and B; Editing by C".
fn is_credit(line: &Line<'_>) -> bool {
    CREDITS.begin(&line.key).is_some() && line.words <= 45 && !reads_on(line)
}

/// Whether a line that begins as a credit is a sentence: "Reported by the army as a raid, the …".
fn reads_on(line: &Line<'_>) -> bool {
    let mut words = line.text.split_whitespace().skip_while(|word| !word.eq_ignore_ascii_case("by")).skip(1);
    words.next().is_some_and(|word| word.starts_with(char::is_lowercase))
}

fn is_copyright(line: &Line<'_>) -> bool {
    let text = line.text;
    let sign = text.starts_with('©') || text.starts_with("(c) ") || text.starts_with("(C) ");
    line.words <= LONG
        && (sign || line.key.starts_with("copyright ") && line.key.contains(|c: char| c.is_ascii_digit()))
}

/// Nothing but addresses, handles and tags: "www.example.org", "@teller", "#floods #rescue".
fn is_link(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let link = word.contains("://") || word.starts_with("www.") || word.starts_with(['@', '#']);
        let mail = word.contains('@') && word.contains('.');
        (link || mail) && word.len() > 1
    })
}

/// "5 min read", "2 hours ago".
fn is_time(line: &Line<'_>) -> bool {
    let words: Vec<&str> = line.key.split(' ').collect();
    let units = ["min", "mins", "minute", "minutes", "hour", "hours", "hrs", "day", "days", "week", "weeks"];
    let plain = |word: &str| units.contains(&word) || ["read", "ago", "updated", "published"].contains(&word);
    line.words <= 6
        && words.iter().any(|word| is_count(word))
        && words.iter().any(|word| units.contains(word))
        && words.iter().all(|word| is_count(word) || plain(word))
}

/// Longest line, in words, of who published what when.
const LONGEST_STAMP: usize = 22;

/// "Posted by kea77 on 15 Nov 2016": who and when, over every message of a thread.
pub(super) fn is_stamp(line: &Line<'_>) -> bool {
    if line.words > LONGEST_STAMP || line.is_prose() {
        return false;
    }
    let labelled = line.text.contains(':') && line.key.split(' ').any(|word| STAMPED.has(word));
    (labelled || POSTED.begin(&line.key).is_some()) && !date::find(line.text).is_empty()
}

/// "By Jane Doe", "JANE DOE, Staff Writer", "Reuters".
pub(super) fn is_byline(line: &Line<'_>) -> bool {
    if line.ends_sentence() && !line.text.ends_with("Jr.") || line.words > 16 {
        return false;
    }
    if dateline::is_agency(line.text) || STAFF.has(&line.key) {
        return true;
    }
    let named = line.words <= 10 && line.text.starts_with(char::is_uppercase);
    if named && STAFF.end(&line.key) {
        return true;
    }
    if named && line.text.contains([',', '|', '/']) && STAFF_AFTER_COMMA.end(&line.key) {
        return true;
    }
    ends_in_agencies(line.text)
}

/// "ab/cd (AFP, dpa, Reuters)": the desk's initials and what it drew on.
fn ends_in_agencies(text: &str) -> bool {
    let Some((before, names)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) else {
        return false;
    };
    before.len() <= 16 && names.split([',', '/']).all(dateline::is_agency)
}

/// "By Jane Doe", "By JACK TURNER FOR DAILY LANTERN", "Par Claire Vidal": by, and then names. "By the
/// time the river fell" goes on in small letters, and "By Tuesday" is one word.
pub(super) fn begins_with_by(line: &Line<'_>) -> bool {
    let mut words = line.text.split_whitespace();
    let by = words.next().is_some_and(|word| {
        ["by", "par", "por", "von", "di", "words", "author", "text"].contains(&key(word).as_str())
    });
    let rest: Vec<&str> = words.filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let capitals = rest.iter().filter(|word| capital(word)).count();
    by && (!line.ends_sentence() || line.text.ends_with("Jr."))
        && (2..=14).contains(&rest.len())
        && line.text.starts_with(char::is_uppercase)
        && rest.first().is_some_and(|word| capital(word))
        && capitals * 3 >= rest.len() * 2
}

/// "World News", "Middle East & Africa": nothing but the names of sections.
pub(super) fn is_section(line: &Line<'_>) -> bool {
    line.words <= 6 && !line.ends_sentence() && is_section_name(&line.key)
}

/// Whether every word of a key belongs to section names.
pub(super) fn is_section_name(key: &str) -> bool {
    let words: Vec<&str> = key.split(' ').collect();
    words.iter().any(|word| SECTION_WORDS.has(word))
        && words.iter().all(|word| SECTION_WORDS.has(word) || JOINTS.has(word))
}

/// "Home > World > Africa", "News | Sport | Weather", or many section names in one line.
fn is_menu(line: &Line<'_>) -> bool {
    if line.ends_sentence() {
        return false;
    }
    let parts: Vec<&str> = line
        .text
        .split(['|', '•', '·', '›', '»', '>', '→'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let short = parts.iter().all(|part| part.split_whitespace().count() <= 3);
    let known = parts.iter().filter(|part| is_furniture_name(&key(part))).count();
    let breadcrumb = line.text.contains(['›', '»', '>', '→']);
    if parts.len() >= 3 && short && known >= 1
        || parts.len() == 2 && (known == 2 || known == 1 && short && breadcrumb)
    {
        return true;
    }
    let sections = line.key.split(' ').filter(|word| SECTION_WORDS.has(word) || WHOLE.has(word)).count();
    line.words >= 4 && sections * 4 >= line.words * 3
}

fn is_furniture_name(key: &str) -> bool {
    WHOLE.has(key) || is_section_name(key)
}

fn starts_as_furniture(line: &Line<'_>) -> bool {
    let cue = STARTS.begin(&line.key).is_some();
    cue && (line.words <= SHORT && !line.is_prose() || line.words <= LONG && speaks_to_reader(line))
}

/// Short lines among the furniture before the text: what is left of a menu whose words are unknown.
pub(super) fn menu_gaps(
    lines: &[Line<'_>],
    marked: &[bool],
    head: Range<usize>,
    title: Option<usize>,
) -> Vec<usize> {
    let small = |at: usize| lines[at].words <= 3 && !lines[at].ends_sentence() && Some(at) != title;
    let marked_at = |at: usize| marked.get(at).copied().unwrap_or(false);
    let mut found = Vec::new();
    let mut at = head.start;
    while at < head.end {
        let run = (at..head.end).take_while(|&at| small(at) && !marked_at(at)).count();
        // "Politics", "Kosovo", headline: the last is the section's own heading.
        let kicker = run == 1 && title == Some(at + 1);
        // The first line is the name of the site or of a section if furniture follows it.
        let first = at == 0 && run == 1 && marked_at(at + run);
        let enclosed = first || at > 0 && marked_at(at - 1) && (marked_at(at + run) || kicker);
        if run >= 3 || run > 0 && enclosed && !is_caption_place(lines, at, run) {
            found.extend(at..at + run);
        }
        at += run.max(1);
    }
    found
}

/// Whether the run stands where captions do, after a line that says "Caption:".
fn is_caption_place(lines: &[Line<'_>], at: usize, run: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| lines.get(before));
    // "The ambassador" under the date of an article is a caption, and so is its copy.
    run == 1 && before.is_some_and(|line| line.key.ends_with("caption") || date::is_date_line(line))
}

/// Credits in brackets at the end of a paragraph: "… said. (Reporting by A; Editing by B)".
pub(super) fn trailing_credit(text: &str, line: &Line<'_>) -> Option<Span> {
    let inner = line.text;
    let open = inner.rfind('(')?;
    let credit = inner.get(open..)?;
    let known = key(credit);
    let fits = CREDITS.begin(&known).is_some() && open > 0;
    fits.then(|| Span::new(line.span.start + open, line.span.end)).filter(|span| !span.of(text).is_empty())
}
