//! Sentences with places said by other places. Anchors stand in brackets, with what they mean where it is
//! not what they say: “the [Yemeni=Yemen] coast”.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::{Arc, LazyLock};

use geo::{Distance, Haversine, Point};

use super::*;
use crate::model::{Candidate, Role};

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::embedded().expect("the gazetteer inside the program"));

/// The text without its brackets, and a mention for each.
fn read(marked: &str) -> (String, Vec<Mention>) {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, from)) = rest.split_once('[') {
        let (inside, after) = from.split_once(']').expect("a bracket that closes");
        let (words, name) = inside.split_once('=').unwrap_or((inside, inside));
        text.push_str(before);
        let span = Span::new(text.len(), text.len() + words.len());
        text.push_str(words);
        let hits = GAZETTEER.lookup(name);
        let place = Arc::new(GAZETTEER.place(hits[0].row).expect("a place"));
        let kind = if inside.contains('=') { Kind::Demonym } else { Kind::Name };
        let candidates = vec![Candidate { place, score: 1.0, reasons: Vec::new() }];
        mentions.push(Mention {
            span,
            kind,
            sense: Sense::Literal,
            role: Role::Mention,
            candidates,
            resolved: true,
            decided: None,
        });
        rest = after;
    }
    text.push_str(rest);
    (text, mentions)
}

/// The numbers of a line as [`told`] writes it, and its words.
fn figures(line: &str) -> (&str, [f64; 3]) {
    let (words, rest) = line.rsplit_once(": ").expect("words and figures");
    let mut numbers = rest.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|n| n.parse().ok());
    (words, std::array::from_fn(|_| numbers.next().expect("three figures")))
}

/// The one area of a sentence. Figures may be a tenth off, since places and their extents are mended at times.
fn check(marked: &str, expected: &str) {
    let found = told(marked);
    assert_eq!(found.len(), 1, "{marked}: {found:?}");
    let ((words, [km, towards, radius]), (expected_words, [far, bearing, wide])) =
        (figures(&found[0]), figures(expected));
    let turn = ((towards - bearing + 540.0).rem_euclid(360.0) - 180.0).abs();
    let near = (km - far).abs() <= 1.0 + far / 10.0 && (radius - wide).abs() <= wide / 8.0 && turn <= 10.0;
    assert!(words == expected_words && near, "{marked}: {found:?}, expected {expected}");
}

/// The areas of a sentence, each as “words: kilometres from its anchor, towards degrees, radius in kilometres”.
fn told(marked: &str) -> Vec<String> {
    let (text, mentions) = read(marked);
    let areas = areas(&Text::new(&text, &[]), &GAZETTEER, &mentions);
    let line = |area: &Area| {
        let anchor = mentions.iter().find(|mention| mention.span == area.anchor).expect("its anchor");
        let place = anchor.place().expect("a place");
        let (from, to) = (Point::new(place.lon, place.lat), Point::new(area.lon, area.lat));
        let km = Haversine.distance(from, to) / 1_000.0;
        let towards = if km < 0.05 { 0.0 } else { shape::bearing(from, to) };
        let radius = area.radius_m / 1_000.0;
        format!("{}: {km:.0} km to {towards:.0}°, radius {radius:.1}", area.span.of(&text))
    };
    areas.iter().map(line).collect()
}
#[test]
fn areas_by_their_words() {
    check("a camp 12 km north of [Derna] was hit", "12 km north of Derna: 12 km to 0°, radius 2.0");
    check("a camp 12km north of [Derna]", "12km north of Derna: 12 km to 0°, radius 2.0");
    check(
        "some 1,200 kilometres south-west of [Derna]",
        "1,200 kilometres south-west of Derna: 1200 km to 225°, radius 200.0",
    );
    check(
        "about 30 miles (48 km) southwest of [Derna]",
        "30 miles (48 km) southwest of Derna: 48 km to 225°, radius 8.0",
    );
    check(
        "a 30-kilometer drive north of [Derna]",
        "30-kilometer drive north of Derna: 30 km to 0°, radius 5.0",
    );
    check("five miles outside [Derna]", "five miles outside Derna: 0 km to 0°, radius 8.0");
    check("2.5 km from [Derna]", "2.5 km from Derna: 0 km to 0°, radius 2.5");
    check("12 km to the north of [Derna]", "12 km to the north of Derna: 12 km to 0°, radius 2.0");
    check("12 km due north of [Derna]", "12 km due north of Derna: 12 km to 0°, radius 2.0");
    check("twelve miles east of [Derna]", "twelve miles east of Derna: 19 km to 90°, radius 3.2");
    check("twenty-five miles east of [Derna]", "twenty-five miles east of Derna: 40 km to 90°, radius 6.7");
    check("half a mile east of [Derna]", "half a mile east of Derna: 1 km to 90°, radius 0.5");
    check(
        "one and a half miles east of [Derna]",
        "one and a half miles east of Derna: 2 km to 90°, radius 0.5",
    );
    check("a few kilometres from [Derna]", "a few kilometres from Derna: 0 km to 0°, radius 6.0");
    check("several miles west of [Derna]", "several miles west of Derna: 9 km to 270°, radius 4.0");
    check("10-15 km south of [Derna]", "10-15 km south of Derna: 12 km to 180°, radius 2.5");
    check(
        "between 10 and 15 km south of [Derna]",
        "between 10 and 15 km south of Derna: 12 km to 180°, radius 2.5",
    );
    check("12 nautical miles north of [Derna]", "12 nautical miles north of Derna: 22 km to 0°, radius 3.7");
    check("300 metres from [Derna]", "300 metres from Derna: 0 km to 0°, radius 0.5");
    check("500 yards from [Derna]", "500 yards from Derna: 0 km to 0°, radius 0.5");
    check("within 20 km of [Derna]", "within 20 km of Derna: 0 km to 0°, radius 20.0");
    check(
        "within a 20-kilometre radius of [Derna]",
        "within a 20-kilometre radius of Derna: 0 km to 0°, radius 20.0",
    );
    check("12 km away from [Derna]", "12 km away from Derna: 0 km to 0°, radius 12.0");
    check("20 km from the city of [Derna]", "20 km from the city of Derna: 0 km to 0°, radius 20.0");
    check(
        "40 km east of the coastal Libyan city of [Derna]",
        "40 km east of the coastal Libyan city of Derna: 40 km to 90°, radius 6.7",
    );
    check("40 km east of central [Damascus]", "40 km east of central Damascus: 40 km to 90°, radius 6.7");
    check(
        "40 km east of the Syrian capital, [Damascus], on Friday",
        "40 km east of the Syrian capital, Damascus: 40 km to 90°, radius 6.7",
    );
    check(
        "40 km north-northeast of [Damascus]",
        "40 km north-northeast of Damascus: 40 km to 22°, radius 6.7",
    );
    check("dozens of kilometres from [Derna]", "dozens of kilometres from Derna: 0 km to 0°, radius 90.0");
    check("north of [Derna]", "north of Derna: 18 km to 0°, radius 15.0");
    check("just north of [Derna]", "just north of Derna: 8 km to 0°, radius 5.0");
    check("to the north of [Derna]", "to the north of Derna: 18 km to 0°, radius 15.0");
    check("north of [Syria]", "north of Syria: 420 km to 13°, radius 150.8");
    check("in the north of [Syria]", "the north of Syria: 154 km to 39°, radius 204.9");
    check("in the far north of [Mali]", "the far north of Mali: 421 km to 330°, radius 601.0");
    check("in northern [Syria]", "northern Syria: 154 km to 39°, radius 204.9");
    check("in north-eastern [Syria]", "north-eastern Syria: 265 km to 63°, radius 204.9");
    check("in southeastern [Turkey]", "southeastern Turkey: 287 km to 130°, radius 376.2");
    check("in central [Syria]", "central Syria: 100 km to 101°, radius 150.8");
    check("in southern [Thailand]", "southern Thailand: 670 km to 189°, radius 430.3");
    check("in northern [Chile]", "northern Chile: 305 km to 4°, radius 347.2");
    check("in western [Texas]", "western Texas: 384 km to 265°, radius 430.4");
    check("in eastern [Aleppo]", "eastern Aleppo: 6 km to 90°, radius 8.6");
    check("in central [Damascus]", "central Damascus: 0 km to 0°, radius 5.2");
    check("in downtown [Cairo]", "downtown Cairo: 0 km to 0°, radius 12.7");
    check("in the northern part of [Mali]", "the northern part of Mali: 421 km to 330°, radius 601.0");
    check("at the southern tip of [India]", "the southern tip of India: 1223 km to 176°, radius 381.1");
    check("in the heart of [Damascus]", "the heart of Damascus: 0 km to 0°, radius 5.2");
    check("near [Derna]", "near Derna: 0 km to 0°, radius 13.1");
    check("just outside [Derna]", "just outside Derna: 0 km to 0°, radius 6.1");
    check("outside [Derna]", "outside Derna: 0 km to 0°, radius 13.1");
    check("close to [Derna]", "close to Derna: 0 km to 0°, radius 13.1");
    check("not far from [Derna]", "not far from Derna: 0 km to 0°, radius 13.1");
    check("on the outskirts of [Damascus]", "the outskirts of Damascus: 0 km to 0°, radius 14.1");
    check(
        "in the southern outskirts of [Damascus]",
        "the southern outskirts of Damascus: 10 km to 180°, radius 5.2",
    );
    check(
        "in the eastern suburbs of [Damascus]",
        "the eastern suburbs of Damascus: 11 km to 90°, radius 5.2",
    );
    check("in the vicinity of [Damascus]", "the vicinity of Damascus: 0 km to 0°, radius 20.5");
    check("near the town of [Derna]", "near the town of Derna: 0 km to 0°, radius 13.1");
    check("off the coast of [Yemen]", "off the coast of Yemen: 50 km to 49°, radius 660.7");
    check("off [Yemen]", "off Yemen: 50 km to 49°, radius 660.7");
    check("12 miles off [Yemen]", "12 miles off Yemen: 50 km to 49°, radius 580.0");
    check("off the eastern coast of [Yemen]", "off the eastern coast of Yemen: 649 km to 87°, radius 177.8");
    check("off the [Yemeni=Yemen] coast", "off the Yemeni coast: 50 km to 49°, radius 660.7");
    check("off [Yemen]'s coast", "off Yemen's coast: 50 km to 49°, radius 660.7");
    check(
        "off the western [Libyan=Libya] coast",
        "off the western Libyan coast: 843 km to 256°, radius 373.9",
    );
    check("off [Derna]", "off Derna: 0 km to 0°, radius 43.1");
    check("20 km off the coast of [Derna]", "20 km off the coast of Derna: 0 km to 0°, radius 23.1");
    check("upstream of [Derna]", "upstream of Derna: 0 km to 0°, radius 13.1");
    check("10 km upstream of [Derna]", "10 km upstream of Derna: 0 km to 0°, radius 10.0");
    check("50 km inland from [Derna]", "50 km inland from Derna: 0 km to 0°, radius 50.0");
    check("on the road from [Homs] to [Hama]", "road from Homs to Hama: 23 km to 4°, radius 22.7");
    check("on the road between [Homs] and [Hama]", "road between Homs and Hama: 23 km to 4°, radius 22.7");
    check("the [Homs]-[Hama] highway was cut", "Homs-Hama highway: 23 km to 4°, radius 22.7");
    check("halfway between [Homs] and [Hama]", "halfway between Homs and Hama: 23 km to 4°, radius 5.7");
    check("a train derailed between [Homs] and [Hama]", "between Homs and Hama: 23 km to 4°, radius 22.7");
    check("in the area between [Homs] and [Hama]", "between Homs and Hama: 23 km to 4°, radius 22.7");
    check(
        "somewhere between [Homs] and the city of [Hama]",
        "between Homs and the city of Hama: 23 km to 4°, radius 22.7",
    );
    check(
        "on the border between [Syria] and [Turkey]",
        "border between Syria and Turkey: 189 km to 29°, radius 286.0",
    );
    check(
        "the [Syrian=Syria]-[Turkish=Turkey] border was shut",
        "Syrian-Turkish border: 189 km to 29°, radius 286.0",
    );
    check("the [Turkey]–[Syria] border", "Turkey–Syria border: 460 km to 125°, radius 295.7");
    check("[Syria]'s border with [Turkey]", "Syria's border with Turkey: 189 km to 29°, radius 286.0");
    check("along the [US=United States]-[Mexico] border", "US-Mexico border: 1412 km to 217°, radius 1007.5");
    check(
        "on the border of [India] and [Pakistan]",
        "border of India and Pakistan: 1228 km to 341°, radius 298.3",
    );
    check(
        "the border between [Kansas] and [Missouri]",
        "border between Kansas and Missouri: 290 km to 88°, radius 172.2",
    );
    check("in north-central [Texas]", "north-central Texas: 268 km to 345°, radius 430.4");
    check("in north central [Texas]", "north central Texas: 268 km to 345°, radius 430.4");
    check("1/2 mile west of [Derna]", "1/2 mile west of Derna: 1 km to 270°, radius 0.5");
    check(
        "a couple of hundred metres from the port of [Derna]",
        "a couple of hundred metres from the port of Derna: 0 km to 0°, radius 0.5",
    );
    check(
        "a hundred kilometres west of the besieged city of [Aleppo]",
        "a hundred kilometres west of the besieged city of Aleppo: 100 km to 270°, radius 16.7",
    );
    check("12 km (7.5 miles) away from the centre of [Derna]", "the centre of Derna: 0 km to 0°, radius 1.6");
    check(
        "the highway from [Damascus] to [Aleppo]",
        "highway from Damascus to Aleppo: 155 km to 15°, radius 154.8",
    );
    check("[Damascus]–[Aleppo] road", "Damascus–Aleppo road: 155 km to 15°, radius 154.8");
    check("upriver of [Derna]", "upriver of Derna: 0 km to 0°, radius 13.1");
    check(
        "about two hundred and fifty miles west of [Cairo]",
        "two hundred and fifty miles west of Cairo: 402 km to 270°, radius 67.1",
    );
}

#[test]
fn words_that_say_no_area() {
    for marked in [
        "two hours' drive north of [Derna]",
        "talks between [Cairo] and [Moscow]",
        "relations between [Syria] and [Turkey]",
        "flights between [Homs] and [Hama]",
        "a match between [Homs] and [Hama]",
        "trade between [Homs] and the port of [Hama]",
        "they cut off [Yemen] from the world",
        "the plane took off from [Derna]",
        "12 km from the [Turkish=Turkey] border",
        "near the [Syrian=Syria] border",
        "in the northern [Syrian=Syria] city",
        "outside [Syria]",
        "near [Russia]",
        "8 sq km of [Derna]",
        "he won 12 games in [Derna]",
        "the people of [Derna]",
        "the city of [Derna]",
        "two hours from [Derna]",
        "lost 50 km of [Derna]",
        "they live far from [Derna]",
        "from [Homs] to [Hama]",
        "[Derna]",
        "in [Derna]",
        "[Homs] and [Hama]",
        "he paid off [Derna]",
        "the war between [Syria] and [Turkey]",
        "a stage of 109 miles from [Homs] to [Hama]",
        "off [Homs] 95",
        "the road between [Cairo] and [Beijing]",
        "they held off [Derna]",
    ] {
        assert_eq!(told(marked), [""; 0], "{marked}");
    }
}

#[test]
fn several_areas_of_one_sentence() {
    let found = told("12 km north of [Derna], near [Tobruk], and west of [Benghazi]");
    let words: Vec<&str> = found.iter().map(|line| figures(line).0).collect();
    assert_eq!(words, ["12 km north of Derna", "near Tobruk", "west of Benghazi"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]

    #[test]
    fn any_words_are_read(words in "((12|km|miles|a|few|half|and|-|,|\\(|\\)|north|eastern|of|off|the|coast|from|between|road|within|to|border|with|[.] |\\PC) ?){0,14}") {
        let text = format!("{words} Homs {words} Hama {words}");
        let at = |name: &str| text.rfind(name).unwrap();
        let (_, mut mentions) = read("[Homs] [Hama]");
        mentions[0].span = Span::new(words.len() + 1, words.len() + 5);
        mentions[1].span = Span::new(at("Hama"), at("Hama") + 4);
        for area in areas(&Text::new(&text, &[]), &GAZETTEER, &mentions) {
            proptest::prop_assert!(!area.span.of(&text).is_empty() && area.span.contains(area.anchor));
            proptest::prop_assert!(area.lat.abs() <= 90.0 && area.lon.abs() <= 180.0);
            proptest::prop_assert!(area.radius_m.is_finite() && area.radius_m >= 500.0);
        }
    }
}
