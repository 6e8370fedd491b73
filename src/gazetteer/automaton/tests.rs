//! Whatever goes in comes out, least first, and damage never panics.

use std::collections::BTreeMap;

use levenshtein_automata::LevenshteinAutomatonBuilder;
use proptest::prelude::*;

use super::search::Rising;
use super::*;

fn build(names: &BTreeMap<Vec<u8>, u64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut builder = Builder::new(&mut bytes);
    for (name, value) in names {
        builder.insert(name, *value).unwrap();
    }
    assert_eq!(builder.finish().unwrap(), names.len() as u64);
    bytes
}

fn open(bytes: Vec<u8>) -> Automaton {
    Automaton::open(Section::of(bytes))
}

fn some_names() -> BTreeMap<Vec<u8>, u64> {
    ["aleppo", "aleppo city", "alep", "derna", "dernah", "lausanne", "حلب", "sinai", "sirte", "si"]
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_bytes().to_vec(), (at as u64 * 7919) % 23))
        .collect()
}

#[test]
fn misspelt_names_are_found_within_their_distance() {
    let map = open(build(&some_names()));
    let check = |typed: &str, distance: u8, expected: &[(u8, &str)]| {
        let dfa = LevenshteinAutomatonBuilder::new(distance, true).build_dfa(typed);
        let mut found = map.within(&dfa, &typed.as_bytes()[..1]);
        found.sort_unstable();
        let mut expected: Vec<(u8, u64)> =
            expected.iter().map(|(distance, name)| (*distance, some_names()[name.as_bytes()])).collect();
        expected.sort_unstable();
        assert_eq!(found, expected, "{typed}");
    };
    check("derna", 1, &[(0, "derna"), (1, "dernah")]);
    check("lausane", 1, &[(1, "lausanne")]);
    check("lausnane", 1, &[(1, "lausanne")]);
    check("kerna", 2, &[]);
}

#[test]
fn names_must_rise() {
    let mut builder = Builder::new(Vec::new());
    builder.insert(b"b", 1).unwrap();
    assert!(builder.insert(b"a", 1).is_err());
    assert!(builder.insert(b"b", 1).is_err());
}

#[test]
fn an_empty_map_holds_nothing() {
    let map = open(build(&BTreeMap::new()));
    assert_eq!((map.len(), map.get(b""), map.get(b"a")), (0, None, None));
    let nothing = open(Vec::new());
    assert_eq!((nothing.len(), nothing.get(b"a")), (0, None));
}

proptest! {
    #[test]
    fn what_goes_in_comes_out(names in prop::collection::btree_map("[ab]{0,5}|[a-d é]{0,12}", any::<u64>(), 0..60)) {
        let names: BTreeMap<Vec<u8>, u64> = names.into_iter().map(|(name, value)| (name.into_bytes(), value)).collect();
        let map = open(build(&names));
        for (name, value) in &names {
            prop_assert_eq!(map.get(name), Some(*value));
            let mut longer = name.clone();
            longer.push(b'!');
            prop_assert_eq!(map.get(&longer), None);
        }
        for beginning in [&b""[..], b"a", b"ab"] {
            let mut expected: Vec<u64> =
                names.iter().filter(|(name, _)| name.starts_with(beginning)).map(|(_, value)| *value).collect();
            expected.sort_unstable();
            let found: Vec<u64> = map.root().walk(beginning).map_or(Vec::new(), |node| Rising::below(node).collect());
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn damage_never_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let mut bytes = build(&some_names());
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let cut = cut.index(bytes.len() * 2);
        bytes.truncate(cut.max(1));
        let map = open(bytes);
        for name in some_names().keys() {
            map.get(name);
        }
        let _ = Rising::below(map.root()).take(100).count();
        let dfa = LevenshteinAutomatonBuilder::new(2, true).build_dfa("lausanne");
        map.within(&dfa, b"l");
    }
}
