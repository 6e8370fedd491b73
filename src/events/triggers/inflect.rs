//! The forms of a verb and of a noun.
//! Odd ones come from the language's table; the rest follow the spelling.

use std::collections::HashMap;

/// What form of which part of speech a word may be: a set of the bits below.
pub(super) type Forms = u8;
/// `attack`
pub(super) const BASE: Forms = 1;
/// `attacks`
pub(super) const THIRD: Forms = 2;
/// `attacked`, `fought`
pub(super) const PAST: Forms = 4;
/// `attacked`, `broken`
pub(super) const PARTICIPLE: Forms = 8;
/// `attacking`
pub(super) const ING: Forms = 16;
/// A noun, one or many.
pub(super) const NOUN: Forms = 32;

/// Verbs with forms of their own: base to pairs of past and participle.
#[derive(Debug, Default)]
pub(super) struct Odd(HashMap<String, Vec<(String, String)>>);

impl Odd {
    /// Reads "fight fought fought; shoot shot shot".
    pub(super) fn read(list: &str) -> Self {
        let mut odd = Self::default();
        for verb in list.split(';') {
            let mut words = verb.split_whitespace().map(str::to_owned);
            if let (Some(base), Some(past), Some(participle)) = (words.next(), words.next(), words.next()) {
                odd.0.entry(base).or_default().push((past, participle));
            }
        }
        odd
    }

    /// Every form of a verb.
    pub(super) fn verb(&self, base: &str) -> Vec<(String, Forms)> {
        let mut forms = vec![(base.to_owned(), BASE), (plural(base), THIRD), (self.ing(base), ING)];
        match self.0.get(base) {
            Some(odd) => {
                for (past, participle) in odd {
                    forms.push((past.clone(), PAST));
                    forms.push((participle.clone(), PARTICIPLE));
                }
            }
            None => forms.push((past(base), PAST | PARTICIPLE)),
        }
        forms
    }

    fn ing(&self, base: &str) -> String {
        let stem = base.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y'])).unwrap_or(base);
        // "stopping" as "stopped", and "begin", "set", "hit", whose past does not tell.
        let past = self.0.get(base).and_then(|odd| odd.first()).map(|(past, _)| past.as_str());
        let last = base.chars().next_back().unwrap_or_default();
        let doubled = past.is_some_and(|past| past.strip_prefix(base) == Some(&format!("{last}ed")));
        let short = past.is_some_and(|past| !past.ends_with("ed")) && doubles(base);
        if doubled || short { format!("{base}{last}ing") } else { format!("{stem}ing") }
    }
}

/// One vowel before one consonant at the end, as in "set", "hit", "begin", "cut".
fn doubles(base: &str) -> bool {
    let vowel = |c: char| "aeiou".contains(c);
    let mut back = base.chars().rev();
    let (last, middle, before) = (back.next(), back.next(), back.next());
    last.is_some_and(|c| !vowel(c) && !"wxy".contains(c))
        && middle.is_some_and(vowel)
        && before.is_some_and(|c| !vowel(c))
}

fn past(base: &str) -> String {
    if let Some(stem) = base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        format!("{stem}ied")
    } else if base.ends_with('e') {
        format!("{base}d")
    } else {
        format!("{base}ed")
    }
}

/// The plural of a noun, and the third person of a verb.
pub(super) fn plural(word: &str) -> String {
    if let Some(stem) = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        format!("{stem}ies")
    } else if word.ends_with("man") && word.len() > 3 {
        format!("{}men", word.strip_suffix("man").unwrap_or(word))
    } else if word.ends_with(['s', 'x', 'z'])
        || word.ends_with("ch")
        || word.ends_with("sh")
        || word == "veto"
    {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let odd = Odd::read("stop stopped stopped; hit hit hit; fight fought fought; hold held held");
        let check = |base: &str, expected: &str| {
            let forms: Vec<String> = odd.verb(base).into_iter().map(|(form, _)| form).collect();
            assert_eq!(forms.join(" "), expected);
        };
        check("attack", "attack attacks attacking attacked");
        check("accuse", "accuse accuses accusing accused");
        check("rally", "rally rallies rallying rallied");
        check("deploy", "deploy deploys deploying deployed");
        check("agree", "agree agrees agreeing agreed");
        check("clash", "clash clashes clashing clashed");
        check("stop", "stop stops stopping stopped stopped");
        check("hit", "hit hits hitting hit hit");
        check("fight", "fight fights fighting fought fought");
        check("hold", "hold holds holding held held");
        assert_eq!(plural("gunman"), "gunmen");
        assert_eq!(plural("supply"), "supplies");
    }
}
