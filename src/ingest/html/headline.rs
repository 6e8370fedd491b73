//! The headline of a page among what its head says and what its body shows.
//! What the page shows wins over what it says of itself: heads have the name of the site, or a shorter headline for
//! search engines.

use std::collections::BTreeSet;

use super::blocks::{Block, Kind, Page};
use super::facts::Facts;

/// A headline, and the block that shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Headline {
    pub text: String,
    pub block: Option<usize>,
}

/// The headline of a page whose story begins at a block.
pub(super) fn find(page: &Page, facts: &Facts, story: &[usize]) -> Option<Headline> {
    let told: Vec<&str> = facts.titles.iter().chain(&facts.page_title).map(String::as_str).collect();
    // A headline stands above the story's first paragraph, or is its first block.
    let end = story
        .iter()
        .copied()
        .find(|&at| !matches!(page.blocks[at].kind, Kind::Heading(_)))
        .unwrap_or(page.blocks.len());
    let headings = || {
        let level = |block: &Block| match block.kind {
            Kind::Heading(level) => Some(level),
            _ => None,
        };
        page.blocks.iter().enumerate().filter_map(move |(at, block)| Some((at, level(block)?, block)))
    };
    let likeness = |block: &Block| told.iter().map(|title| alike(&block.text, title)).fold(0.0, f32::max);
    let best = headings()
        .filter(|(_, level, block)| {
            likeness(block) >= if *level == 1 { 0.5 } else { 0.6 } && !is_site(&block.text, facts)
        })
        .min_by(|a, b| likeness(b.2).total_cmp(&likeness(a.2)).then(a.0.cmp(&b.0)));
    // Old pages set their headline in bold.
    let line = || {
        let mut above = page.blocks.iter().enumerate().take(end + 1);
        above
            .find(|(_, block)| block.size < 200 && likeness(block) >= 0.8 && !is_site(&block.text, facts))
            .map(|(at, block)| (at, 2, block))
    };
    let first = || {
        let mut h1 = headings().filter(|(at, level, block)| {
            *level == 1 && *at <= end && !page.is_furniture(block) && !is_site(&block.text, facts)
        });
        h1.next_back()
    };
    if let Some((at, _, block)) = best.or_else(line).or_else(first) {
        return Some(Headline { text: block.text.clone(), block: Some(at) });
    }
    let said =
        facts.titles.iter().map(|title| without_site(title, facts)).find(|title| !is_site(title, facts));
    let said = said.or_else(|| {
        facts
            .page_title
            .as_ref()
            .map(|title| without_site(title, facts))
            .filter(|title| !is_site(title, facts))
    });
    said.map(|text| Headline { text, block: None })
}

/// The name of the site that stands beside the headline in `<title>`.
pub(super) fn site(facts: &Facts, headline: &str) -> Option<String> {
    let title = facts.page_title.as_deref()?;
    let (headline, title_key) = (key(headline), key(title));
    if headline.is_empty() || !title_key.contains(&headline) || headline.len() == title_key.len() {
        return None;
    }
    let marks = MARKS.iter().chain(&CLOSE_MARKS);
    let parts = marks.filter_map(|mark| {
        let (last, first) = (title.rsplit_once(mark), title.split_once(mark));
        let after = last.filter(|(before, _)| key(before).contains(&headline)).map(|(_, after)| after);
        after.or(first.filter(|(_, after)| key(after) == headline).map(|(before, _)| before))
    });
    let mut names =
        parts.map(str::trim).filter(|name| !name.is_empty() && name.chars().count() <= LONGEST_NAME);
    names.next().map(str::to_owned)
}

/// Characters of the name of a site.
const LONGEST_NAME: usize = 50;

/// Whether it is the name of the site.
fn is_site(text: &str, facts: &Facts) -> bool {
    let key = key(text);
    key.is_empty() || facts.outlets.iter().any(|outlet| self::key(outlet) == key)
}

fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How much of the words of two lines are the same, 0 to 1: "Bridge reopens" is alike to "Bridge reopens | The Teller"
/// by the words that the shorter has, if they are many enough.
fn alike(shown: &str, told: &str) -> f32 {
    let (shown, told) = (words(shown), words(told));
    let least = shown.len().min(told.len());
    if least == 0 {
        return 0.0;
    }
    let same = shown.intersection(&told).count() as f32;
    // Two words in common with a long headline are chance.
    let of = if least >= 4 { least as f32 } else { shown.len() as f32 };
    let whole = shown.len().max(told.len()) as f32;
    same / of * 0.9 + same / whole * 0.1
}

/// Words in lower case; of writing without spaces, pairs of letters.
fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words: BTreeSet<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let dense = lower
        .chars()
        .filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
        .count();
    if dense * 2 < lower.chars().count() {
        return words;
    }
    let letters: Vec<char> = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// Marks between a headline and the name of a site.
const MARKS: [&str; 9] = [" | ", " :: ", " » ", " « ", " – ", " — ", " - ", " · ", " • "];

/// Marks that also stand within headlines, and count only where the rest of the title is the headline.
const CLOSE_MARKS: [&str; 5] = [": ", "_", "-", "|", "："];

/// A title without the name of the site after or before it.
fn without_site(title: &str, facts: &Facts) -> String {
    for mark in MARKS {
        if let Some((before, after)) = title.rsplit_once(mark)
            && names_site(after, facts, before)
        {
            return without_site(before, facts);
        }
        if let Some((before, after)) = title.split_once(mark)
            && is_site(before, facts)
        {
            return after.trim().to_owned();
        }
    }
    title.trim().to_owned()
}

/// Whether what follows a mark is the name of the site, by what is known of it or by how short it is.
fn names_site(after: &str, facts: &Facts, before: &str) -> bool {
    let words = after.split_whitespace().count();
    let longer = before.split_whitespace().count() >= 2 * words && before.split_whitespace().count() >= 4;
    is_site(after, facts)
        || longer && words <= 4 && after.chars().any(char::is_uppercase)
        || longer && words <= 4 && !after.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_loses_the_name_of_its_site() {
        let check = |title: &str, outlet: &str, expected: &str| {
            let facts = Facts { outlets: vec![outlet.to_owned()], ..Facts::default() };
            assert_eq!(without_site(title, &facts), expected, "{title}");
        };
        check(
            "Bridge reopens in Oslo after a year | World | The Teller",
            "The Teller",
            "Bridge reopens in Oslo after a year",
        );
        check("The Teller - Bridge reopens", "The Teller", "Bridge reopens");
        check("Bridge reopens after a year - The Teller", "", "Bridge reopens after a year");
        check("Berlin - Bridge reopens", "The Teller", "Berlin - Bridge reopens");
    }
}
