//! Which languages are read well, and what is said of articles in others: those are read all the same.

use std::collections::BTreeMap;

use crate::model::language_name;

/// Most languages that are named.
const NAMED: usize = 3;

/// Whether names are recognised in texts of this language (BCP 47) as well as they are measured to be. Of other languages,
/// names are found that stand in the gazetteer as they are written, and many are missed. A language that is not known counts
/// as read.
///
/// ```
/// use dateline::geoparse::reads;
/// assert!(reads(Some("en-GB")) && reads(None));
/// assert!(!reads(Some("ar")));
/// ```
pub fn reads(language: Option<&str>) -> bool {
    language.is_none_or(|code| {
        code.split(['-', '_']).next().is_some_and(|base| ["en", "eng"].contains(&&*base.to_lowercase()))
    })
}

/// Articles in languages that are not read well, counted as they come.
///
/// ```
/// use dateline::geoparse::Foreign;
/// let mut foreign = Foreign::default();
/// foreign.note(Some("fr"));
/// foreign.note(None);
/// assert!(foreign.told().unwrap().starts_with("1 of 2 articles is not in English (1 French)"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Foreign {
    articles: usize,
    by_language: BTreeMap<String, usize>,
}

impl Foreign {
    /// Counts an article by its language, BCP 47.
    pub fn note(&mut self, language: Option<&str>) {
        self.articles += 1;
        if let Some(language) = language.filter(|language| !reads(Some(language))) {
            *self.by_language.entry(language_name(language)).or_default() += 1;
        }
    }

    /// A sentence on those that there were, without its full stop.
    pub fn told(&self) -> Option<String> {
        let mut languages: Vec<(&String, usize)> =
            self.by_language.iter().map(|(name, &count)| (name, count)).collect();
        // The commonest first, and by name where they are as many.
        languages.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let all: usize = languages.iter().map(|(_, count)| count).sum();
        let mut named: Vec<String> =
            languages.iter().take(NAMED).map(|(name, count)| format!("{count} {name}")).collect();
        if languages.len() > NAMED {
            let others: usize = languages.iter().skip(NAMED).map(|(_, count)| count).sum();
            named.push(format!("{others} others"));
        }
        let articles = self.articles;
        let which = match (all, articles) {
            (0, _) => return None,
            (1, 1) => "The article is".to_owned(),
            (1, _) => format!("1 of {articles} articles is"),
            _ => format!("{all} of {articles} articles are"),
        };
        Some(format!(
            "{which} not in English ({}): names of places are looked for all the same, and many are missed",
            named.join(", ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_with_the_commonest_first() {
        let check = |languages: &[&str], expected: Option<&str>| {
            let mut foreign = Foreign::default();
            for &language in languages {
                foreign.note(Some(language).filter(|language| !language.is_empty()));
            }
            let told = foreign.told();
            let start = told.as_deref().and_then(|told| told.split(':').next());
            assert_eq!(start, expected, "{languages:?}");
        };
        check(&[], None);
        check(&["en", "", "en-US", "EN_gb", "eng"], None);
        check(&["ar"], Some("The article is not in English (1 Arabic)"));
        check(&["ar", "en", "fr", "fr"], Some("3 of 4 articles are not in English (2 French, 1 Arabic)"));
        check(
            &["ar", "fr", "fr", "de", "es", "tlh"],
            Some("6 of 6 articles are not in English (2 French, 1 Arabic, 1 German, 2 others)"),
        );
    }
}
