//! What the network sees of a name in its text: the words around it, how it is written, what the gazetteer
//! and the rest of the article say.

use super::super::learn::vectors::{self, Vectors};
use super::super::learn::{Signs, both, sign};
use super::super::tokens::{Form, Text};
use super::super::words::{FUNCTION_WORDS, ORG_HEADS, STREET_HEADS, TYPE_WORDS};
use super::clues::{Clue, Clues};
use super::scan::Match;
use crate::gazetteer::Gazetteer;

/// Reads the signs of an article's matches.
pub(crate) struct SignReader<'a> {
    text: &'a Text<'a>,
    gazetteer: &'a Gazetteer,
    vectors: &'a Vectors,
    matches: &'a [Match],
    /// For each match, its chance by its clues alone.
    first: &'a [f32],
    /// For each token, the hash of its word.
    hashes: Vec<u64>,
    /// For each token, the best chance of a match that covers it.
    covered: Vec<f32>,
    /// For each name, the sum of its chances and their number.
    names: std::collections::HashMap<&'a str, (f32, f32)>,
}

impl<'a> SignReader<'a> {
    pub(crate) fn new(
        text: &'a Text<'a>,
        gazetteer: &'a Gazetteer,
        vectors: &'a Vectors,
        matches: &'a [Match],
        first: &'a [f32],
    ) -> Self {
        let hash = |i: usize| match text.tokens[i].form {
            Form::Number => vectors::hash("0"),
            Form::Possessive => vectors::hash("'s"),
            Form::Punct => vectors::hash(text.str(i)),
            _ => vectors::hash(text.folded(i)),
        };
        let hashes = (0..text.tokens.len()).map(hash).collect();
        let mut covered = vec![0.0f32; text.tokens.len()];
        let mut names: std::collections::HashMap<&str, (f32, f32)> = std::collections::HashMap::new();
        for (m, &chance) in matches.iter().zip(first) {
            covered[m.first..m.end].iter_mut().for_each(|c| *c = c.max(chance));
            let name = names.entry(m.name.as_str()).or_default();
            *name = (name.0 + chance, name.1 + 1.0);
        }
        Self { text, gazetteer, vectors, matches, first, hashes, covered, names }
    }

    fn word(&self, i: Option<usize>) -> u64 {
        i.map_or(1, |i| self.hashes[i])
    }

    /// The signs of one match.
    pub(crate) fn read(&self, number: usize, clues: &Clues) -> Signs {
        let text = self.text;
        let m = &self.matches[number];
        let last = m.end - 1;
        let before = text.before(m.first);
        let before2 = before.and_then(|i| text.before(i));
        let before3 = before2.and_then(|i| text.before(i));
        let after = text.after(last);
        let after2 = after.and_then(|i| text.after(i));
        let after3 = after2.and_then(|i| text.after(i));
        let (b1, b2, b3) = (self.word(before), self.word(before2), self.word(before3));
        let (a1, a2, a3) = (self.word(after), self.word(after2), self.word(after3));
        let (from, to) = self.run(m);
        let verb = self.content(text.after(to), true);
        let lead = self.content(text.before(from), false);
        let fame = m.hits.first().map_or(0, |hit| 1 + (hit.score * 7.99) as u64);
        let class = m.hits.first().map_or(0, |hit| class(self.gazetteer, hit.row));
        let kind = m.hits.first().map_or(9, |hit| hit.name as u64);
        let known = both(class, both(fame.div_ceil(2), kind));
        let case = text.case(m.first) as u64;
        let form = |i: Option<usize>| {
            i.map_or(7, |i| text.tokens[i].form as u64 + if text.tokens[i].space { 8 } else { 0 })
        };
        let shape = both(form(before), both(form(after), case));
        let flags = [Clue::Common, Clue::Given, Clue::Surname, Clue::Opens, Clue::IsSurname, Clue::InPerson]
            .iter()
            .enumerate()
            .fold(0u64, |flags, (i, &clue)| flags | (u64::from(clues.get(clue) > 0.0) << i));
        let words = m.end - m.first;
        let mut s = Vec::with_capacity(72);
        let mut put = |template: u32, filling: u64| s.push(sign(template, filling));
        put(1, b1);
        put(2, b2);
        put(3, both(b2, b1));
        put(4, a1);
        put(5, a2);
        put(6, both(a1, a2));
        put(7, both(b1, a1));
        for w in [b2, b3] {
            put(8, w);
        }
        for w in [a2, a3] {
            put(9, w);
        }
        put(10, both(b1, known));
        put(11, both(a1, known));
        put(12, both(b1, class));
        put(13, both(a1, class));
        put(14, shape);
        put(15, both(shape, known));
        put(16, both(flags, fame));
        put(17, both(flags, both(form(before), form(after))));
        put(18, self.word(verb));
        put(19, self.word(lead));
        put(20, both(self.word(verb), class));
        put(21, both(self.word(lead), class));
        put(22, known);
        put(23, both(words as u64, fame));
        // The run of capitals that it stands in.
        let (left, right) = ((m.first - from) as u64, (to + 1 - m.end) as u64);
        put(24, both(left.min(3), right.min(3)));
        put(25, both(both(left.min(2), right.min(2)), known));
        let head = self.hashes[to];
        if right > 0 {
            put(26, head);
            put(27, both(head, fame));
            put(28, self.hashes[m.end.min(to)]);
        }
        if left > 0 {
            put(29, self.hashes[from]);
            put(30, both(self.hashes[m.first - 1], fame));
        }
        let role = |i: usize| {
            let folded = text.folded(i);
            u64::from(STREET_HEADS.has(folded))
                | (u64::from(ORG_HEADS.has(folded)) << 1)
                | (u64::from(TYPE_WORDS.has(folded)) << 2)
                | (u64::from(FUNCTION_WORDS.has(folded)) << 3)
        };
        put(31, both(role(last), both(fame, role(to))));
        put(32, both(role(last), both(b1, u64::from(fame > 0))));
        // Neighbours in a list, and what they are by their clues.
        let bin = |chance: f32| (chance * 4.99) as u64;
        let beside = |at: Option<usize>, over: Option<usize>| {
            let near = at.map_or(6, |i| bin(self.covered[i]));
            let far = over.map_or(6, |i| bin(self.covered[i]));
            both(near, far)
        };
        let (left_beside, right_beside) = (beside(before, before2), beside(after, after2));
        let mark = |at: Option<usize>, word: u64| {
            if at.is_some_and(|i| text.tokens[i].form == Form::Punct) { word } else { 0 }
        };
        put(33, both(left_beside, mark(before, b1)));
        put(34, both(right_beside, mark(after, a1)));
        put(35, both(left_beside, b1 & 0xffff));
        put(36, both(right_beside, a1 & 0xffff));
        // The article's other mentions of the name.
        let own = self.first[number];
        let (sum, count) = self.names.get(m.name.as_str()).copied().unwrap_or((own, 1.0));
        let others = if count > 1.5 { 1 + bin((sum - own) / (count - 1.0)) } else { 0 };
        put(37, both(others, bin(own)));
        put(38, both(others, both(class, shape)));
        put(39, bin(own) + 16 * u64::from(own > 0.97));
        let length = text.folded(last).chars().count() as u64;
        put(53, both(text.tokens[m.first].form as u64, both(words as u64, length)));
        put(54, both(text.tokens[last].form as u64, u64::from(text.tokens[last].dot)));
        put(55, both(form(before), b1));
        put(56, both(case, known));
        put(57, both(u64::from(text.tokens[m.first].opens_line), shape));
        let named = s.len();
        // What it is written like.
        let name = vectors::hash(&m.name);
        s.push(sign(40, name));
        s.push(sign(41, self.hashes[last]));
        s.push(sign(42, self.hashes[m.first]));
        for i in m.first..m.end {
            s.push(sign(43, self.hashes[i]));
        }
        let letters: Vec<char> = text.folded(last).chars().collect();
        for n in 2..=4usize {
            if letters.len() > n {
                s.push(sign(
                    43 + n as u32,
                    letters[letters.len() - n..].iter().fold(7, |h, &c| both(h, c as u64)),
                ));
                s.push(sign(47 + n as u32, letters[..n].iter().fold(7, |h, &c| both(h, c as u64))));
            }
        }
        let row = |i: Option<usize>| i.map_or(vectors::NONE, |i| self.vectors.row(self.hashes[i]));
        let inside = if words > 1 || fame == 0 { Some(last) } else { None };
        let mut numbers = clues.0.to_vec();
        let odds = (own.clamp(0.001, 0.999) / (1.0 - own.clamp(0.001, 0.999))).ln();
        numbers.push(odds / 4.0);
        numbers.push(if count > 1.5 { (sum - own) / (count - 1.0) } else { 0.0 });
        Signs {
            sparse: s,
            named,
            numbers,
            words: vec![
                row(before),
                row(before2),
                row(after),
                row(after2),
                row(inside),
                row(verb),
                row(lead),
                row((right > 0).then_some(to)),
                row((left > 0).then_some(from)),
            ],
        }
    }

    /// First and last token of the run of capitals around a match.
    fn run(&self, m: &Match) -> (usize, usize) {
        let text = self.text;
        let (mut from, mut to) = (m.first, m.end - 1);
        while let Some(i) = text.before(from).filter(|&i| text.tokens[i].is_capital() && m.first - i < 6) {
            from = i;
        }
        while let Some(i) = text.after(to).filter(|&i| text.tokens[i].is_capital() && i - m.end < 6) {
            to = i;
        }
        (from, to)
    }

    /// The nearest word in lower case that is no small word, up to six tokens off.
    fn content(&self, mut at: Option<usize>, ahead: bool) -> Option<usize> {
        for _ in 0..6 {
            let i = at?;
            let token = &self.text.tokens[i];
            if token.form == Form::Lower && !FUNCTION_WORDS.has(&token.folded) && token.folded.len() > 2 {
                return Some(i);
            }
            at = if ahead { self.text.after(i) } else { self.text.before(i) };
        }
        None
    }
}

/// What sort of place a row is.
fn class(gazetteer: &Gazetteer, row: crate::gazetteer::Row) -> u64 {
    let (class, code) = gazetteer.feature(row);
    match (class, code) {
        ('A', code) if code.starts_with("PCL") => 1,
        ('A', "ADM1") => 2,
        ('A', _) => 3,
        ('P', "PPLC") => 4,
        ('P', _) => 5,
        ('H', _) => 6,
        ('T', _) => 7,
        ('L', _) => 8,
        ('S', _) => 9,
        _ => 10,
    }
}
