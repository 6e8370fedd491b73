//! The outlet that published a page, by what the page says of itself.
//! A wire agency is named only where nothing else is: its copy stands on many sites.

use super::cues::{ASKING, OUTLET_WORDS};
use super::lines::{Line, key};
use super::noise::{is_byline, is_cry, is_section_name};
use super::title::is_masthead;

/// The outlet by a site's name as it stands beside a headline.
pub(super) fn from_site(name: &str) -> Option<String> {
    let last = name.split(" | ").last().unwrap_or(name);
    clean(last)
}

/// The outlet by the lines of the page that are not its story.
pub(super) fn from_lines(
    lines: &[Line<'_>],
    furniture: impl Fn(usize) -> bool,
    head_end: usize,
) -> Option<String> {
    let marked = |at: &usize| furniture(*at);
    let all = || (0..lines.len()).filter(marked);
    all()
        .find_map(|at| from_label(&lines[at]))
        .or_else(|| all().find_map(|at| from_plea(&lines[at])))
        .or_else(|| all().filter(|&at| at < head_end).find_map(|at| from_header(&lines[at])))
        .or_else(|| all().find_map(|at| from_copyright(&lines[at])))
        .or_else(|| (0..head_end).find_map(|at| masthead(&lines[at])))
        .or_else(|| (head_end > 0 && furniture(0)).then(|| first_line(lines))?)
}

/// "Source: The Daily Teller", "This article was originally published by The Daily Teller."
fn from_label(line: &Line<'_>) -> Option<String> {
    let lower = line.key.as_str();
    if let Some((label, rest)) = line.text.split_once(':')
        && ["source", "via", "publisher", "publication", "outlet"].contains(&key(label).as_str())
    {
        return clean(rest);
    }
    let first = ["originally published", "first published", "first appeared", "originally appeared"];
    first.iter().any(|cue| lower.contains(cue)).then(|| {
        let after = [" by ", " in ", " on ", " at "].iter().find_map(|word| line.text.split_once(word))?.1;
        clean(names_at_start(after.trim_start_matches("the ")))
    })?
}

/// "Support The Daily Teller!", "The Daily Teller needs your help".
fn from_plea(line: &Line<'_>) -> Option<String> {
    if is_cry(line) {
        let verb = ASKING.begin(&line.key)?;
        let rest = line.text.get(verb..)?.trim_start();
        return clean(names_at_start(rest.trim_end_matches('!'))).filter(|name| name.contains(' '));
    }
    for cue in [" needs your", " need your"] {
        if let Some((before, _)) = line.text.split_once(cue) {
            return clean(before).filter(|name| name.split(' ').count() <= 5);
        }
    }
    for cue in ["Subscribe to ", "Welcome to ", "With your help ", "With your support "] {
        if let Some((_, after)) = line.text.split_once(cue) {
            let name = clean(names_at_start(after));
            return name.filter(|name| is_outlet(name) && name.contains(' '));
        }
    }
    None
}

/// "Opinion | The Daily Teller", a site's header.
fn from_header(line: &Line<'_>) -> Option<String> {
    let parts: Vec<&str> = line.text.split('|').map(str::trim).collect();
    let (first, last) = (parts.first()?, parts.last()?);
    if parts.len() < 2 {
        return None;
    }
    let others_are_sections = is_section_name(&key(first));
    [last, first]
        .into_iter()
        .find(|part| is_outlet(part) || others_are_sections && !is_section_name(&key(part)))
        .and_then(|part| clean(part))
}

/// "© 2021 The Daily Teller. All rights reserved."
fn from_copyright(line: &Line<'_>) -> Option<String> {
    let start = line
        .text
        .find('©')
        .map(|at| at + '©'.len_utf8())
        .or_else(|| line.key.starts_with("copyright").then_some("copyright".len()))?;
    let rest = line.text.get(start..)?.trim_start_matches(|c: char| !c.is_alphabetic());
    let rest = rest.strip_prefix("by ").unwrap_or(rest);
    let rest =
        rest.strip_prefix("Copyright").unwrap_or(rest).trim_start_matches(|c: char| !c.is_alphabetic());
    let name = rest.split(['.', '|', ',']).next()?.split(" All ").next()?;
    clean(name).filter(|name| name.split(' ').count() <= 6)
}

/// The name at the very top of a page, if its article ("THE MERIDIAN") or its return in another line
/// ("Views from Oslo/NTB") tells that it is the site's.
fn first_line(lines: &[Line<'_>]) -> Option<String> {
    let line = lines.first()?;
    let returns = || {
        let mut others = lines.iter().skip(1).filter(|other| other.words <= 12 && other.key != line.key);
        others.any(|other| names(&other.key, &line.key))
    };
    let named = line.words <= 4 && !line.ends_sentence() && line.text.starts_with(char::is_uppercase);
    (named && (line.key.starts_with("the ") || line.words > 1 && returns())).then(|| clean(line.text))?
}

/// Whether a line of furniture names the outlet and hardly more: "Levant Post Staff".
pub(super) fn is_signed(line: &Line<'_>, outlet: &str) -> bool {
    let name = key(outlet);
    let words = name.split(' ').count();
    !line.ends_sentence() && words > 1 && line.words <= words + 2 && names(&line.key, &name)
}

fn names(key: &str, name: &str) -> bool {
    format!(" {key} ").contains(&format!(" {name} "))
}

/// The name of the paper alone on a line.
fn masthead(line: &Line<'_>) -> Option<String> {
    let named = is_masthead(&line.key) && !is_section_name(&line.key) && !line.ends_sentence();
    let capitals = line
        .text
        .split_whitespace()
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '&') || word == "of");
    (named && capitals && !is_byline(line)).then(|| clean(line.text))?
}

/// Whether a name holds a word of outlets' names and is no section.
fn is_outlet(name: &str) -> bool {
    let key = key(name);
    !is_section_name(&key) && key.split(' ').count() <= 6 && key.split(' ').any(|word| OUTLET_WORDS.has(word))
}

/// The capitalised words at the beginning: "The Daily Teller can go on" is "The Daily Teller".
fn names_at_start(text: &str) -> &str {
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim();
        let small = matches!(bare, "of" | "and" | "&" | "de" | "the");
        if !bare.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && !small {
            break;
        }
        end += word.len();
        if bare.ends_with(['.', ',', '!', '|', ';', ':']) {
            break;
        }
    }
    text.get(..end).unwrap_or("").trim_end_matches([' ', '.', ',', '!', '|', ';', ':'])
}

/// A site's name without what sites add to it, in ordinary capitals; `None` where nothing is left.
fn clean(name: &str) -> Option<String> {
    let name = name.trim().trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '('));
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let bare = |word: &str| key(word);
    // "ASHARQ AL-AWSAT English Archive 2005 -2017": the archive is not part of the name.
    if let Some(at) = words
        .iter()
        .position(|word| ["archive", "archives", "archived", "edition"].contains(&bare(word).as_str()))
        && at > 0
    {
        words.truncate(at);
        while words.last().is_some_and(|word| {
            ["english", "online", "digital", "the", "print"].contains(&bare(word).as_str())
        }) {
            words.pop();
        }
    }
    while words.last().is_some_and(|word| bare(word).chars().all(|c| c.is_ascii_digit())) {
        words.pop();
    }
    let name = words.join(" ");
    let name = name.trim_end_matches([',', '-', '–', '.', ':']);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || words.len() > 7 || is_section_name(&key(name)) {
        return None;
    }
    Some(if name.chars().any(char::is_lowercase) { name.to_owned() } else { ordinary_capitals(name) })
}

/// "ASHARQ AL-AWSAT" as "Asharq Al-Awsat"; names of letters ("BBC", "AFP") keep them.
fn ordinary_capitals(name: &str) -> String {
    let letters_only = |word: &str| {
        let vowels = word.chars().filter(|c| "AEIOUY".contains(*c)).count();
        word.chars().count() <= 4 && vowels == 0
            || [
                "ABC", "CNN", "BBC", "NPR", "AFP", "UPI", "AP", "RT", "DW", "VOA", "USA", "UN", "UK", "ITV",
                "CBC", "RTE",
            ]
            .contains(&word)
    };
    if name.chars().filter(|c| c.is_alphabetic()).count() <= 4 {
        return name.to_owned();
    }
    let mut out = String::new();
    let mut word = String::new();
    for c in name.chars().chain([' ']) {
        if c.is_alphanumeric() || matches!(c, '\'' | '’') {
            word.push(c);
            continue;
        }
        if letters_only(&word) {
            out.push_str(&word);
        } else {
            let mut rest = word.chars();
            out.extend(rest.next());
            out.extend(rest.flat_map(char::to_lowercase));
        }
        word.clear();
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out
}
