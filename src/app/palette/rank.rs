//! How well a command answers to what was typed.
//! Every word must be met: by the beginning of a word, by letters within one, or by its letters in order.

use crate::app::command::Command;
use crate::explore::fold;

/// What was typed, ready to be held against names.
pub(super) struct Wanted {
    words: Vec<String>,
}

impl Wanted {
    pub fn new(typed: &str) -> Self {
        Self { words: fold(typed).split_whitespace().map(str::to_owned).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a command answers; none where a word is not met at all.
    pub fn of(&self, command: Command, menu: &str) -> Option<i32> {
        let name = fold(command.text());
        let (menu, tooltip) = (fold(menu), fold(command.tooltip()));
        let mut sum = -(name.len() as i32) / 8;
        for word in &self.words {
            let elsewhere = [(&tooltip, 20), (&menu, 15)];
            let elsewhere = elsewhere.into_iter().filter(|(text, _)| begins(text, word).is_some());
            let best = met(&name, word).into_iter().chain(elsewhere.map(|(_, worth)| worth)).max()?;
            sum += best;
        }
        Some(sum)
    }
}

/// Which word of the text begins so.
fn begins(text: &str, word: &str) -> Option<usize> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .position(|part| part.starts_with(word))
}

/// How well a word is met by a name.
fn met(name: &str, word: &str) -> Option<i32> {
    if let Some(at) = begins(name, word) {
        return Some(if at == 0 { 110 } else { 90 });
    }
    if word.chars().count() > 1 && name.contains(word) {
        return Some(60);
    }
    in_order(name, word)
}

/// The letters of the word one after another, the first where a word of the name begins: "fim" meets
/// "fit map". The closer together, the better; letters that are strewn over all of it do not count.
fn in_order(name: &str, word: &str) -> Option<i32> {
    let name: Vec<char> = name.chars().collect();
    let starts = (0..name.len()).filter(|&at| at == 0 || name[at - 1] == ' ');
    let spans = starts.filter_map(|start| {
        let mut at = start;
        let mut letters = word.chars();
        if letters.next() != name.get(at).copied() {
            return None;
        }
        for letter in letters {
            at += 1 + name[at + 1..].iter().position(|&c| c == letter)?;
        }
        Some((at - start) as i32)
    });
    let loose = spans.min()? - word.chars().count() as i32;
    (loose < 10).then_some(40 - 3 * loose)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_a_few_letters() {
        let check = |typed: &str, expected: Command| {
            let wanted = Wanted::new(typed);
            let best = Command::ALL.iter().filter_map(|&command| Some((wanted.of(command, "")?, command)));
            let best = best.max_by_key(|&(score, command)| (score, std::cmp::Reverse(command)));
            assert_eq!(best.map(|(_, command)| command), Some(expected), "{typed}");
        };
        check("dark", Command::ThemeDark);
        check("exp", Command::Export);
        check("fit", Command::FitMap);
        check("ftmp", Command::FitMap);
        check("open folder", Command::OpenFolder);
        check("folder open", Command::OpenFolder);
        check("copy coord", Command::CopyCoordinates);
        check("shortcuts", Command::Shortcuts);
        check("geojson", Command::Export);
        check("NEXT ART", Command::NextArticle);
        let nothing = Wanted::new("zanzibar");
        assert!(Command::ALL.iter().all(|&command| nothing.of(command, "").is_none()));
    }
}
