//! Letters that no font of this computer has: they show as boxes, and what the boxes are is said in words.

use std::collections::{BTreeSet, HashSet};

use egui::{FontId, Ui};

/// What has been asked of the fonts, and what they lack.
#[derive(Debug, Default)]
pub(super) struct Missing {
    asked: HashSet<char>,
    scripts: BTreeSet<&'static str>,
}

impl Missing {
    /// Looks whether there is a font for every letter of a text.
    pub(super) fn look(&mut self, ui: &Ui, text: &str, font: &FontId) {
        // The faces inside the program have all before these.
        for c in text.chars().filter(|&c| c >= '\u{250}' && c.is_alphabetic()) {
            if self.asked.insert(c) && !ui.ctx().fonts_mut(|fonts| fonts.has_glyph(font, c)) {
                self.scripts.insert(script(c));
            }
        }
    }

    /// What the boxes stand for, where there are any.
    pub(super) fn words(&self) -> Option<String> {
        let scripts: Vec<&str> = self.scripts.iter().copied().collect();
        let (last, others) = scripts.split_last()?;
        let all =
            if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
        Some(format!(
            "The boxes are {all} letters, for which this computer has no font. Install one, such as Noto Sans, and start again."
        ))
    }
}

/// The script of a letter, by the blocks in which scripts lie.
fn script(c: char) -> &'static str {
    let after = SCRIPTS.partition_point(|&(first, _)| first <= c);
    after.checked_sub(1).and_then(|at| SCRIPTS.get(at)).map_or("rare", |&(_, name)| name)
}

/// Where each block begins.
const SCRIPTS: &[(char, &str)] = &[
    ('\u{250}', "phonetic"),
    ('\u{370}', "Greek"),
    ('\u{400}', "Cyrillic"),
    ('\u{530}', "Armenian"),
    ('\u{590}', "Hebrew"),
    ('\u{600}', "Arabic"),
    ('\u{700}', "Syriac"),
    ('\u{750}', "Arabic"),
    ('\u{780}', "Thaana"),
    ('\u{7c0}', "N’Ko"),
    ('\u{800}', "rare"),
    ('\u{8a0}', "Arabic"),
    ('\u{900}', "Devanagari"),
    ('\u{980}', "Bengali"),
    ('\u{a00}', "Gurmukhi"),
    ('\u{a80}', "Gujarati"),
    ('\u{b00}', "Odia"),
    ('\u{b80}', "Tamil"),
    ('\u{c00}', "Telugu"),
    ('\u{c80}', "Kannada"),
    ('\u{d00}', "Malayalam"),
    ('\u{d80}', "Sinhala"),
    ('\u{e00}', "Thai"),
    ('\u{e80}', "Lao"),
    ('\u{f00}', "Tibetan"),
    ('\u{1000}', "Burmese"),
    ('\u{10a0}', "Georgian"),
    ('\u{1100}', "Korean"),
    ('\u{1200}', "Ethiopic"),
    ('\u{13a0}', "rare"),
    ('\u{1780}', "Khmer"),
    ('\u{1800}', "Mongolian"),
    ('\u{18b0}', "rare"),
    ('\u{1c80}', "rare"),
    ('\u{2c00}', "rare"),
    ('\u{2d80}', "Ethiopic"),
    ('\u{2de0}', "Cyrillic"),
    ('\u{2e80}', "Chinese"),
    ('\u{3040}', "Japanese"),
    ('\u{3100}', "Chinese"),
    ('\u{3130}', "Korean"),
    ('\u{3190}', "Chinese"),
    ('\u{a000}', "rare"),
    ('\u{ac00}', "Korean"),
    ('\u{e000}', "rare"),
    ('\u{f900}', "Chinese"),
    ('\u{fb00}', "rare"),
    ('\u{fb1d}', "Hebrew"),
    ('\u{fb50}', "Arabic"),
    ('\u{fe00}', "rare"),
    ('\u{fe70}', "Arabic"),
    ('\u{ff00}', "Chinese"),
    ('\u{10000}', "rare"),
    ('\u{20000}', "Chinese"),
    ('\u{40000}', "rare"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_named() {
        let check = |letters: &str, expected: &str| {
            for c in letters.chars() {
                assert_eq!(script(c), expected, "{c:?}");
            }
        };
        check("ابگ", "Arabic");
        check("שלם", "Hebrew");
        check("普京𠀀", "Chinese");
        check("プはひ", "Japanese");
        check("푸틴", "Korean");
        check("पुत", "Devanagari");
        check("กขค", "Thai");
        check("ፑቲን", "Ethiopic");
        check("Жя", "Cyrillic");
        assert!(SCRIPTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn what_is_missing_is_said() {
        let say = |scripts: &[&'static str]| {
            Missing { scripts: scripts.iter().copied().collect(), ..Missing::default() }.words()
        };
        assert_eq!(say(&[]), None);
        assert!(say(&["Thai"]).is_some_and(|words| words.starts_with("The boxes are Thai letters")));
        assert!(say(&["Thai", "Lao", "Khmer"]).is_some_and(|words| words.contains("Khmer, Lao and Thai")));
    }
}
