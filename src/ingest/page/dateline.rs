//! The dateline at the head of a story: "CAIRO (Reuters) - ", "NAIROBI, 12 March 2019 (IRIN) – ".
//! Nothing is looked up: a dateline is known by its capitals, its agency, its date or its dash, and
//! a name without any of these only if the text says elsewhere that something is *in* it.

use super::cues::{AGENCIES, NOT_PLACES};
use super::date;
use super::lines::{Line, key};
use super::noise::is_section_name;
use crate::model::{Dateline, PartialDate, Span};

/// How a story opens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Opening {
    /// Its dateline.
    pub dateline: Option<Dateline>,
    /// The agency, also where no place stands with it: "(CNN) -- ".
    pub agency: Option<String>,
}

/// Longest opening, in bytes, in which a dateline is looked for.
const REACH: usize = 140;

/// The dateline at the beginning of a line.
pub(super) fn at_start(text: &str, line: &Line<'_>) -> Opening {
    read(text, line.span)
}

/// How far into a line a headline may reach that runs on into the story, bytes.
const HEADLINE: usize = 300;

/// A dateline after the first sentences of a line, as feeds have it that put headline and story in
/// one: "Man found in stolen car sunk in lake. HUDSON -- Officials …". Only capitals or an agency
/// are sign enough there.
pub(super) fn after_headline(text: &str, line: &Line<'_>) -> Option<Dateline> {
    let breaks = line.text.match_indices([' ', '\n']).map(|(at, _)| at).take_while(|&at| at < HEADLINE);
    let mut starts = breaks.filter(|&at| {
        let before = line.text.get(..at).unwrap_or("");
        let after = line.text.get(at + 1..).unwrap_or("");
        before.ends_with(['.', '?', '!', '"', '”', '’', '\'', ')']) && after.starts_with(char::is_uppercase)
    });
    starts.find_map(|at| {
        let dateline = read(text, Span::new(line.span.start + at + 1, line.span.end)).dateline?;
        let place = dateline.place.of(text);
        let capitals = !place.chars().any(char::is_lowercase) && place.chars().count() > 2;
        let wire = dateline.agency.as_deref().is_some_and(is_agency);
        (capitals || wire).then_some(dateline)
    })
}

/// The opening with which a part of the text begins.
fn read(text: &str, part: Span) -> Opening {
    let inner = part.of(text);
    for (before, after) in separators(inner) {
        let rest = inner.get(after..).unwrap_or("");
        // "Chennai, Nov 24 (PTI) Heavy rain …": nothing divides them but the agency's bracket.
        let unmarked = before == after && before < inner.len();
        let colon = inner.get(before..after).is_some_and(|mark| mark.trim() == ":");
        let Some(parts) = Parts::read(text, Span::new(part.start, part.start + before)) else {
            continue;
        };
        let known = parts.agency.as_deref().is_some_and(is_agency);
        if parts.place.is_empty() && parts.agency.is_some() {
            return Opening { dateline: None, agency: parts.agency };
        }
        if parts.place.is_empty() || unmarked && !known || !parts.is_convincing(text, rest, colon) {
            continue;
        }
        let (mut span, mut date) = (without_stop(text, parts.span), parts.date);
        if date.is_none()
            && let Some((found, end)) = date_after(rest)
        {
            date = Some(found);
            span.end = part.start + after + end;
        }
        let dateline = Dateline { span, place: parts.place, date, agency: parts.agency.clone() };
        return Opening { dateline: Some(dateline), agency: parts.agency };
    }
    Opening::default()
}

/// Where the opening may end: `(end of what is before, start of what is after)`, in order.
fn separators(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut previous = ' ';
    for (at, c) in text.char_indices().take_while(|&(at, _)| at < REACH) {
        let after = at + c.len_utf8();
        let next = text.get(after..).and_then(|rest| rest.chars().next()).unwrap_or('\n');
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                if next == ' ' {
                    found.push((after, after));
                }
            }
            _ if depth > 0 => {}
            '—' | '–' | '―' | '\u{97}' => found.push((at, after)),
            '-' if next == '-' => found.push((at, after + 1)),
            '-' if previous == '-' => {}
            '-' if previous.is_whitespace() || next.is_whitespace() => found.push((at, after)),
            ':' if next.is_whitespace() => found.push((at, after)),
            // "MOSCOW, October 17. /TASS/. The ministry …"
            '/' if next.is_whitespace() || next == '.' => {
                found.push((after, after + usize::from(next == '.')))
            }
            _ => {}
        }
        previous = c;
    }
    if text.len() < REACH {
        found.push((text.len(), text.len()));
    }
    found
}

/// A date that goes on after the dash: "CAIRO - 26 December 2021: ".
fn date_after(rest: &str) -> Option<(PartialDate, usize)> {
    let indent = rest.len() - rest.trim_start().len();
    let found = date::find(rest.get(..rest.floor_char_boundary(60))?).into_iter().next()?;
    let tail = rest.get(found.span.end..)?.trim_start();
    let ends = tail.starts_with([':', '-', '–', '—']);
    (found.span.start == indent && ends).then_some((found.date, found.span.end))
}

/// An opening taken apart.
#[derive(Debug)]
struct Parts {
    span: Span,
    /// Empty where the opening holds no place.
    place: Span,
    /// How many names stand one after the other: "KABUL, Afghanistan" are two.
    names: usize,
    date: Option<PartialDate>,
    agency: Option<String>,
}

impl Parts {
    /// Reads from the end: agencies and dates first, then names, and nothing else may be left.
    fn read(text: &str, prefix: Span) -> Option<Parts> {
        let mut rest = trimmed(text, prefix);
        let span = rest;
        let (mut date, mut agency) = (None, None);
        loop {
            if agency.is_none()
                && let Some((before, name)) = agency_at_end(text, rest)
            {
                (rest, agency) = (before, Some(name));
            } else if date.is_none()
                && let Some((before, found)) = date_at_end(text, rest)
            {
                (rest, date) = (before, Some(found));
            } else {
                break;
            }
        }
        let bracketless = rest.of(text).split(['[', '(']).next().unwrap_or("").trim_end().len();
        rest.end = rest.start + bracketless;
        let place_text = rest.of(text);
        if place_text.is_empty() {
            return Some(Parts { span, place: Span::new(span.start, span.start), names: 0, date, agency });
        }
        let names: Vec<&str> = place_text.split([',', '/', ';']).map(str::trim).collect();
        if names.len() > 3 || !names.iter().all(|name| is_name(name)) {
            return None;
        }
        let first = names.first()?;
        // "NUR-SULTAN. KAZAKHSTAN": a stop divides names too, unless it shortens a word ("ST. LOUIS").
        let stop =
            first.find(". ").filter(|&at| first.get(..at).is_some_and(|name| name.chars().count() > 3));
        let length = stop.unwrap_or(first.len());
        let place = without_stop(text, Span::new(rest.start, rest.start + length));
        Some(Parts { span, place, names: names.len(), date, agency })
    }

    /// Whether it is a dateline, given what follows it.
    fn is_convincing(&self, text: &str, rest: &str, colon: bool) -> bool {
        let place = self.place.of(text);
        let words = place.split_whitespace().count();
        if self.agency.is_some() || self.date.is_some() {
            return true;
        }
        if rest.trim().is_empty() {
            return false;
        }
        let starts_anew = rest.trim_start().starts_with(|c: char| {
            c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '‘' | '\'' | '«')
        });
        let capitals =
            !place.chars().any(char::is_lowercase) && place.chars().filter(|c| c.is_uppercase()).count() > 2;
        match (capitals, colon) {
            (true, _) => words <= 2 || self.names > 1 || something_is_in(text, place),
            // "Beirut – The …" opens a story; "Sisi: the …" quotes a man.
            (false, false) => starts_anew && (words == 1 || self.names > 1 || something_is_in(text, place)),
            (false, true) => starts_anew && something_is_in(text, place),
        }
    }
}

/// Without the full stop of "ASUNCIÓN.-" and "June 1.—"; that of "FAIRFIELD, Conn." stays.
fn without_stop(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let last = words.trim_end_matches('.').rsplit([' ', ',', '.']).next().unwrap_or("");
    let capitals = !last.chars().any(char::is_lowercase) && last.chars().count() > 3;
    let full = capitals || last.starts_with(|c: char| c.is_ascii_digit());
    if words.ends_with('.') && full { Span::new(span.start, span.end - 1) } else { span }
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    let kept = inner.trim_start().trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|'));
    Span::new(start, start + kept.len())
}

/// "(Reuters)", "/TASS/", "(AFP/File)" at the end.
fn agency_at_end(text: &str, span: Span) -> Option<(Span, String)> {
    let inner = span.of(text).trim_end_matches(['.', ' ']);
    let (open, close) = if inner.ends_with(')') { ('(', ')') } else { ('/', '/') };
    let body = inner.strip_suffix(close)?;
    let start = body.rfind(open)?;
    let name = body.get(start + open.len_utf8()..)?.trim();
    let words = name.split_whitespace().count();
    let fits = (1..=5).contains(&words) && !name.chars().any(|c| c.is_ascii_digit());
    if !fits || !(open == '(' || is_agency(name)) || !name.starts_with(char::is_uppercase) {
        return None;
    }
    let before = trimmed(text, Span::new(span.start, span.start + start));
    let before_text = before.of(text).trim_end_matches('.');
    Some((Span::new(before.start, before.start + before_text.len()), name.to_owned()))
}

/// Whether a name is a wire agency's.
pub(super) fn is_agency(name: &str) -> bool {
    AGENCIES.has(&key(name))
}

/// A date at the end, with the weekday before it and the comma between.
fn date_at_end(text: &str, span: Span) -> Option<(Span, PartialDate)> {
    let inner = span.of(text).trim_end_matches(['.', ' ', ',']);
    let found = date::find(inner).pop()?;
    if found.span.end != inner.len() {
        return None;
    }
    let mut before = inner.get(..found.span.start)?.trim_end_matches([',', ' ', '.', '-', '–']);
    if let Some(last) = date::tokens(before).pop()
        && date::weekday(last.text).is_some()
    {
        before = before.get(..last.span.start)?.trim_end_matches([',', ' ']);
    }
    Some((Span::new(span.start, span.start + before.len()), found.date))
}

/// Small words within names: "Rio de Janeiro", "Sharm el-Sheikh", "St. Petersburg" has none.
const JOINERS: [&str; 15] =
    ["de", "del", "da", "do", "la", "le", "las", "los", "al", "el", "sur", "of", "the", "upon", "am"];

/// Whether this could be the name of a place: a few capitalised words.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’');
    (1..=4).contains(&words.len())
        && name.chars().count() <= 34
        && !NOT_PLACES.has(&key(name))
        && !is_section_name(&key(name))
        && !ends_within(name)
        // "The Hague", but not "The World Health Organization (WHO)".
        && (words.first() != Some(&"The") || words.len() == 2 && words.get(1) == Some(&"Hague"))
        && words.iter().all(|word| {
            word.chars().all(letters)
                && (word.starts_with(char::is_uppercase)
                    || JOINERS
                        .iter()
                        .any(|joiner| word.split(['-', '\'', '’']).next() == Some(joiner)))
        })
        && words
            .iter()
            .any(|word| word.starts_with(char::is_uppercase))
        && name.chars().any(char::is_alphabetic)
}

/// Whether a sentence ends within the words: "Patrick's Day. INDIANAPOLIS". "St. Petersburg" and
/// "NUR-SULTAN. KAZAKHSTAN" are names.
fn ends_within(name: &str) -> bool {
    let Some((before, _)) = name.split_once(". ") else {
        return false;
    };
    let word = before.rsplit(' ').next().unwrap_or("");
    word.chars().count() > 2 && word.chars().any(char::is_lowercase)
}

/// How much of a text is searched for what would confirm a dateline, bytes.
const SEARCHED: usize = 8_000;

/// Whether the text says "in X", "from X", … anywhere, in any case.
fn something_is_in(text: &str, place: &str) -> bool {
    let place = key(place);
    let start = text.get(..text.floor_char_boundary(SEARCHED)).unwrap_or(text);
    let text = format!(" {} ", key(start));
    ["in", "from", "at", "near", "to", "outside", "of"]
        .iter()
        .any(|word| text.contains(&format!(" {word} {place} ")))
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    fn opening(text: &str) -> Opening {
        split(text).first().map(|line| at_start(text, line)).unwrap_or_default()
    }

    #[test]
    fn datelines_are_found() {
        let check = |text: &str, span: &str, place: &str, date: &str, agency: &str| {
            let dateline = opening(text).dateline.unwrap_or_else(|| panic!("no dateline: {text}"));
            assert_eq!(dateline.span.of(text), span);
            assert_eq!(dateline.place.of(text), place);
            assert_eq!(dateline.date.map(|date| date.to_string()).unwrap_or_default(), date);
            assert_eq!(dateline.agency.unwrap_or_default(), agency);
        };
        check("CAIRO — United they stood.", "CAIRO", "CAIRO", "", "");
        check("CAIRO (Reuters) - The minister", "CAIRO (Reuters)", "CAIRO", "", "Reuters");
        check("CAIRO - 26 December 2021:  The envoy", "CAIRO - 26 December 2021", "CAIRO", "2021-12-26", "");
        check("KABUL, Afghanistan (AP) — A bomb", "KABUL, Afghanistan (AP)", "KABUL", "", "AP");
        check(
            "NAIROBI, 12 March 2019 (IRIN) - Floods",
            "NAIROBI, 12 March 2019 (IRIN)",
            "NAIROBI",
            "2019-03-12",
            "IRIN",
        );
        check(
            "BEIJING, Oct. 17 (Xinhua) -- China",
            "BEIJING, Oct. 17 (Xinhua)",
            "BEIJING",
            "XXXX-10-17",
            "Xinhua",
        );
        check(
            "MOSCOW, October 17. /TASS/. The ministry",
            "MOSCOW, October 17. /TASS/",
            "MOSCOW",
            "XXXX-10-17",
            "TASS",
        );
        check(
            "New Delhi [India], May 3 (ANI): The court",
            "New Delhi [India], May 3 (ANI)",
            "New Delhi",
            "XXXX-05-03",
            "ANI",
        );
        check("Beirut, Lebanon – Rescuers dug", "Beirut, Lebanon", "Beirut", "", "");
        check("Juba, Monday, 4 March 2019 – Rains", "Juba, Monday, 4 March 2019", "Juba", "2019-03-04", "");
        check(
            "SHARM EL-SHEIKH, Egypt, Nov 3 (Reuters) - Hotels",
            "SHARM EL-SHEIKH, Egypt, Nov 3 (Reuters)",
            "SHARM EL-SHEIKH",
            "XXXX-11-03",
            "Reuters",
        );
        check("St. Petersburg (AFP) – Ice", "St. Petersburg (AFP)", "St. Petersburg", "", "AFP");
        check("BAGHDAD/ERBIL (Reuters) - Iraqi", "BAGHDAD/ERBIL (Reuters)", "BAGHDAD", "", "Reuters");
        check("LAHORE: Police said", "LAHORE", "LAHORE", "", "");
        check("Lucknow: The river rose, and schools in Lucknow closed.", "Lucknow", "Lucknow", "", "");
    }

    #[test]
    fn other_openings_are_no_datelines() {
        let check = |text: &str| assert_eq!(opening(text).dateline, None, "{text}");
        check("BREAKING: The minister has resigned.");
        check("Editor’s note: This story was changed.");
        check("The minister – who denies it – left.");
        check("Putin: the talks were useful.");
        check("Three people - two of them children - died.");
        check("FIRE KILLS THREE — A fire broke out in the night.");
        check("Putin Visits Cairo - The president landed on Monday.");
        check("(CNN) -- The storm turned north.");
        check("Update 1 - Shares rose.");
        check("The World Health Organization (WHO) said on Monday that the outbreak was over.");
        check("");
        assert_eq!(opening("(CNN) -- The storm turned north.").agency.as_deref(), Some("CNN"));
    }

    #[test]
    fn a_dateline_may_follow_a_headline_on_the_same_line() {
        let check = |text: &str, expected: Option<&str>| {
            let line = &split(text)[0];
            let dateline = after_headline(text, line);
            assert_eq!(dateline.map(|dateline| dateline.span.of(text)), expected, "{text}");
        };
        check("Car sunk in lake. HUDSON -- Divers found it.", Some("HUDSON"));
        check("A bad night . ST. PARIS — The mill burned.", Some("ST. PARIS"));
        check("Judge rules in S.C. today. AIKEN, S.C. (AP) - The case", Some("AIKEN, S.C. (AP)"));
        check("Is it over? Paris (AFP) – Nobody knew.", Some("Paris (AFP)"));
        check("He knew her well. Paris – she said – was home.", None);
        check("He came on St. Patrick's Day. INDIANAPOLIS (AP) — Snow fell.", Some("INDIANAPOLIS (AP)"));
        check("They met. The mayor - who came late - was silent.", None);
    }
}
