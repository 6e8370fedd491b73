//! A gazetteer file whose header is whole and whose sections hold anything: every look-up answers.
//! A damaged header is refused at once and would hide the rest, so the input goes behind a good one.

#![no_main]

use std::sync::OnceLock;

use dateline::gazetteer::{About, Gazetteer, NameKind, NewName, NewPlace, write};
use dateline::model::Bbox;
use libfuzzer_sys::fuzz_target;

/// A small gazetteer, and where its header ends.
fn whole() -> &'static (Vec<u8>, usize) {
    static WHOLE: OnceLock<(Vec<u8>, usize)> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let place = |number: u32, name: &str, code: &str, parent: &str| NewPlace {
            id: if number % 3 == 0 { format!("own:{number}") } else { format!("geonames:{number}") },
            name: name.to_owned(),
            lat: f64::from(number),
            lon: f64::from(number) * 7.0 - 90.0,
            country_code: "EG".to_owned(),
            feature_class: code.chars().next().unwrap_or('P'),
            feature_code: code.to_owned(),
            bbox: (number % 2 == 0).then_some(Bbox { west: 25.0, south: 22.0, east: 36.0, north: 31.5 }),
            parent: parent.to_owned(),
            names: [name, "Minya", "the Great Minya"]
                .map(|text| NewName { text: text.to_owned(), kind: NameKind::Alternate, usual: true })
                .to_vec(),
            loose: true,
            ..NewPlace::default()
        };
        let places = [
            place(1, "Egypt", "PCLI", ""),
            place(2, "Al Minyā", "ADM1", "geonames:1"),
            place(3, "Al Minya", "PPLA", "geonames:2"),
            place(4, "Minyat an Naşr", "PPL", "geonames:1"),
            place(5, "Mit Ghamr", "PPL", "own:3"),
        ];
        let bytes = write(About::default(), &places).expect("places that can be written");
        let sections = u32::from_le_bytes(bytes[32..36].try_into().expect("four bytes")) as usize;
        (bytes, 40 + sections * 32)
    })
}

fuzz_target!(|data: &[u8]| {
    let (whole, header) = whole();
    // The first two bytes say where the others go.
    let [a, b, patch @ ..] = data else { return };
    let start = header + usize::from(u16::from_le_bytes([*a, *b])) % (whole.len() - header);
    let mut bytes = whole.clone();
    for (old, new) in bytes[start..].iter_mut().zip(patch) {
        *old = *new;
    }
    let _ = Gazetteer::from_bytes(data.to_vec());
    let Ok(damaged) = Gazetteer::from_bytes(bytes) else { return };
    let embedded = Gazetteer::from_bytes(whole.clone()).expect("a whole file");
    for gazetteer in [damaged.clone(), Gazetteer::stack(vec![damaged, embedded]).expect("two gazetteers")] {
        for name in ["Al Minya", "minyah", "the great minya", "Mit Gamr", "Egypt Minya Institute", "m", ""] {
            for hit in gazetteer.lookup(name).into_iter().chain(gazetteer.prefix(name, 5)) {
                let _ = gazetteer.place(hit.row);
                let _ = gazetteer.children(hit.row, 9);
            }
        }
        gazetteer.names_at(&["al", "minya"]);
        gazetteer.within(Bbox { west: 179.0, south: -80.0, east: 31.0, north: 80.0 }, 9);
        gazetteer.nearest(27.0, 30.0, 9);
        for id in ["geonames:2", "own:3", ""] {
            gazetteer.by_id(id);
        }
        gazetteer.country_by_code("EG");
        gazetteer.about();
    }
});
