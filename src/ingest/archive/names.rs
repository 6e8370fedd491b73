//! What an archive calls the files in it, as names and never as paths: nothing is ever written to one.
//! Two files of one name are told apart by a number, so that every article has an id of its own.

use std::collections::HashSet;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252};
use xxhash_rust::xxh3::xxh3_64;

/// Longest name that is shown, in characters.
const LONGEST: usize = 400;

/// The names that an archive gave out.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<u64>);

impl Names {
    /// The name of a file, unlike any before it.
    pub(super) fn unique(&mut self, path: &str) -> String {
        let name = tidied(path);
        if self.0.insert(xxh3_64(name.as_bytes())) {
            return name;
        }
        let numbered = (2u64..).map(|number| format!("{name}#{number}"));
        numbered.take(1 << 20).find(|name| self.0.insert(xxh3_64(name.as_bytes()))).unwrap_or(name)
    }
}

/// The parts of a path that name something, with `/` between them: "/a/../b.txt" and "C:\a\b.txt" are "a/b.txt".
pub(in crate::ingest) fn tidied(path: &str) -> String {
    let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let parts = parts.enumerate().filter(|(at, part)| *at > 0 || !is_drive(part)).map(|(_, part)| part);
    let name: String = parts.collect::<Vec<_>>().join("/").chars().filter(|c| !c.is_control()).collect();
    match name.char_indices().nth_back(LONGEST) {
        // The end has the extension.
        Some((at, _)) => format!("…{}", name.get(at..).unwrap_or_default()),
        None => name,
    }
}

fn is_drive(part: &str) -> bool {
    part.len() == 2 && part.ends_with(':')
}

/// Whether nobody would look for articles in it: hidden files, what a Mac keeps beside each file.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split(['/', '\\'])
        .any(|part| part == "__MACOSX" || part.starts_with('.') && !matches!(part, "." | ".."))
}

/// The encoding of names that are not UTF-8, by all of them; `None` where they are what DOS wrote.
pub(super) fn encoding<'a>(names: impl Iterator<Item = &'a [u8]>) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut any = false;
    for name in names.filter(|name| std::str::from_utf8(name).is_err()).take(10_000) {
        any = true;
        detector.feed(name, false);
        detector.feed(b"\n", false);
    }
    detector.feed(b"", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    (any && guess != WINDOWS_1252).then_some(guess)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GBK, IBM866, SHIFT_JIS};

    use super::*;

    #[test]
    fn a_path_is_only_a_name() {
        let check = |path: &str, expected: &str| assert_eq!(tidied(path), expected);
        check("a/b.txt", "a/b.txt");
        check("../../etc/passwd", "etc/passwd");
        check("/a//./b.txt", "a/b.txt");
        check("C:\\news\\b.txt", "news/b.txt");
        check("a\nb.txt", "ab.txt");
        check(&"x/".repeat(900), &format!("…{}", &"/x".repeat(201)[1..]));
    }

    #[test]
    fn names_are_unlike() {
        let mut names = Names::default();
        let given = ["a.txt", "../a.txt", "b.txt", "a.txt"].map(|path| names.unique(path));
        assert_eq!(given, ["a.txt", "a.txt#2", "b.txt", "a.txt#3"]);
    }

    #[test]
    fn what_is_hidden_is_passed_over() {
        let check = |path: &str, expected: bool| assert_eq!(is_hidden(path), expected, "{path}");
        check("news/a.txt", false);
        check("./news/a.txt", false);
        check("../a.txt", false);
        check(".git/config", true);
        check("__MACOSX/news/._a.txt", true);
        check("news/.DS_Store", true);
    }

    #[test]
    fn old_names_are_decoded() {
        let check = |encoding: &'static Encoding, names: &[&str]| {
            let bytes: Vec<Vec<u8>> = names.iter().map(|name| encoding.encode(name).0.into_owned()).collect();
            assert_eq!(self::encoding(bytes.iter().map(Vec::as_slice)), Some(encoding));
        };
        check(IBM866, &["новости/пожар в казани.txt", "новости/выборы в самаре.txt"]);
        check(SHIFT_JIS, &["新聞/大阪の工場.txt", "新聞/東京の選挙.txt"]);
        check(GBK, &["新闻/北京的会议.txt", "新闻/上海港口.txt"]);
        assert_eq!(encoding([b"a.txt".as_slice(), "é.txt".as_bytes()].into_iter()), None);
    }
}
