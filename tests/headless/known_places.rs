//! What the embedded gazetteer must know: each row of the tables, and the names that world news uses.
//! Where a row's shown name is also that of other places, the row's own comes first or the row is named apart.

use std::collections::BTreeMap;

use dateline::gazetteer::{Gazetteer, Hit, Row};
use dateline::model::{Bbox, Place};

use super::tables::{ABBREVIATIONS, ALIASES, DEMONYMS, PLACES, names, number, rows};

fn gazetteer() -> Gazetteer {
    Gazetteer::embedded().unwrap()
}

/// The identifier of the place that a row of the table of places makes or names.
fn id_of(row: &[&str]) -> String {
    match row.get(10) {
        Some(number) => format!("geonames:{number}"),
        None => format!("dateline:{}", row[0]),
    }
}

fn place_of(gazetteer: &Gazetteer, row: &[&str]) -> Place {
    let id = id_of(row);
    let row = gazetteer.by_id(&id).unwrap_or_else(|| panic!("{id} is not there"));
    gazetteer.place(row).unwrap()
}

/// Kilometres between a place and a point.
fn distance_km(place: &Place, lat: f64, lon: f64) -> f64 {
    let (a, b) = (place.lat.to_radians(), lat.to_radians());
    let half = |x: f64, y: f64| ((x - y) / 2.0).sin().powi(2);
    let chord = half(a, b) + a.cos() * b.cos() * half(place.lon.to_radians(), lon.to_radians());
    12_742.0 * chord.sqrt().min(1.0).asin()
}

#[test]
fn each_row_comes_first_under_its_shown_name() {
    let gazetteer = gazetteer();
    let mut late = Vec::new();
    for row in rows(PLACES) {
        let place = place_of(&gazetteer, &row);
        assert_eq!(place.name, row[1], "{}", row[0]);
        let off = distance_km(&place, number(row[2]), number(row[3]));
        assert!(off < 0.1, "{}: {off:.1} km off", row[0]);
        let first = gazetteer.lookup(row[1]).first().map(|hit| hit.row);
        if first != gazetteer.by_id(&place.id) {
            let first = first.and_then(|row| gazetteer.place(row));
            late.push(format!("{} ({}) after {:?}", row[1], row[0], first.map(|place| place.label())));
        }
    }
    assert!(late.is_empty(), "{}", late.join("\n"));
}

#[test]
fn each_row_is_found_by_its_other_names() {
    let gazetteer = gazetteer();
    for row in rows(PLACES) {
        let wanted = gazetteer.by_id(&id_of(&row));
        for name in names(row[9]) {
            let hits = gazetteer.lookup(name);
            assert!(hits.iter().any(|hit| Some(hit.row) == wanted), "{name} for {}", row[0]);
        }
    }
}

#[test]
fn each_other_name_of_the_tables_leads_to_its_target() {
    let gazetteer = gazetteer();
    let ids: BTreeMap<&str, String> = rows(PLACES).iter().map(|row| (row[0], id_of(row))).collect();
    let mut astray = Vec::new();
    for table in [DEMONYMS, ABBREVIATIONS, ALIASES] {
        for row in rows(table) {
            let target = row[1];
            let is_it = |hit: &Hit| match target.strip_prefix("dateline:") {
                Some(slug) => gazetteer.by_id(&ids[slug]) == Some(hit.row),
                // “Moscow, RU”, “RU.12” and “RU”
                None => {
                    let (_, code) = target.rsplit_once(", ").unwrap_or(("", target));
                    let country = &code[..2];
                    gazetteer.country_code(hit.row) == country
                }
            };
            if !gazetteer.lookup(row[0]).iter().any(is_it) {
                astray.push(row);
            }
        }
    }
    assert!(astray.is_empty(), "{astray:?}");
}

#[test]
fn places_lie_in_or_near_their_country() {
    // Degrees by which the box around a country's mainland is grown: off its coast, over its border.
    const GROWN: f64 = 2.5;
    let gazetteer = gazetteer();
    let in_box = |place: &Place, bbox: Bbox| {
        let from_west = |lon: f64| (lon - (bbox.west - GROWN)).rem_euclid(360.0);
        (bbox.south - GROWN..=bbox.north + GROWN).contains(&place.lat)
            && from_west(place.lon) <= from_west(bbox.east + GROWN)
    };
    // Islands far from the mainland have towns, or lie near such that do.
    let near_a_town = |place: &Place| {
        let near = gazetteer.nearest(place.lat, place.lon, 400);
        near.iter().any(|&(row, _)| {
            gazetteer.country_code(row) == place.country_code && gazetteer.feature(row).0 == 'P'
        })
    };
    let mut away = Vec::new();
    for row in rows(PLACES).iter().filter(|row| !row[4].is_empty()) {
        let place = place_of(&gazetteer, row);
        let country = gazetteer.by_id(&place.id).and_then(|row| gazetteer.country(row));
        let bbox = country.and_then(|row| gazetteer.place(row)).and_then(|country| country.bbox);
        let home = bbox.is_none_or(|bbox| in_box(&place, bbox)) || near_a_town(&place);
        // Nobody lives within 500 km of these.
        let lonely = ["crozet-islands", "juan-fernandez-islands", "lord-howe-island", "pratas-island"];
        if !home && !lonely.contains(&row[0]) {
            away.push(format!("{} {} {} {}", row[0], row[4], row[2], row[3]));
        }
    }
    assert!(away.is_empty(), "{away:?}");
}

#[test]
fn nothing_stands_twice_that_stands_once_on_earth() {
    let gazetteer = gazetteer();
    let check = |name: &str| {
        let bearers: Vec<Place> = gazetteer
            .lookup(name)
            .iter()
            .filter_map(|hit| gazetteer.place(hit.row))
            .filter(|place| place.name == name)
            .collect();
        assert_eq!(bearers.len(), 1, "{name}: {bearers:?}");
    };
    check("Gaza Strip");
    check("West Bank");
    check("Transnistria");
    check("Vojvodina");
    check("Europe");
    check("North America");
}

#[test]
fn the_united_nations_regions_are_there() {
    // M49's regions and sub-regions, but the world, and “Australia and New Zealand”, which a text means one by one.
    const REGIONS: &str = "Africa|Northern Africa|Sub-Saharan Africa|Eastern Africa|Middle Africa|\
        Southern Africa|Western Africa|Americas|Latin America and the Caribbean|Caribbean|Central America|\
        South America|Northern America|Antarctica|Asia|Central Asia|Eastern Asia|South-eastern Asia|\
        Southern Asia|Western Asia|Europe|Eastern Europe|Northern Europe|Southern Europe|Western Europe|\
        Oceania|Melanesia|Micronesia|Polynesia";
    let gazetteer = gazetteer();
    for name in REGIONS.split('|') {
        let hits = gazetteer.lookup(name);
        // Micronesia is a state first.
        let region = |hit: &Hit| matches!(gazetteer.feature(hit.row).1, "RGN" | "CONT");
        assert!(hits.iter().take(2).any(region), "{name}");
    }
}

#[test]
fn states_that_are_no_more_are_there() {
    // Name and the code of the one state whose it is now; none where there are several or the row stands for itself.
    const FORMER: &str = "Soviet Union|Yugoslavia|Czechoslovakia|East Germany|West Germany|Ottoman Empire|\
        Austria-Hungary|Habsburg Empire|Prussia|Biafra|South Yemen|North Yemen|South Vietnam|North Vietnam|\
        Serbia and Montenegro|United Arab Republic|Zanzibar|Zaire CD|Congo Free State CD|Burma MM|Rhodesia ZW|\
        Northern Rhodesia ZM|Ceylon LK|Siam TH|Persia IR|Upper Volta BF|Dahomey BJ|Abyssinia ET|Bechuanaland BW|\
        Tanganyika TZ|Transjordan JO|Kampuchea KH|Formosa TW|Nyasaland MW|Basutoland LS|French Sudan ML|\
        Ubangi-Shari CF|South West Africa NA|Swaziland SZ|East Pakistan BD|British Honduras BZ|\
        British Guiana GY|Dutch Guiana SR|Dutch East Indies ID|Spanish Sahara EH|New Hebrides VU|\
        Ellice Islands TV|Gilbert Islands KI|Gilbert and Ellice Islands KI|French Afars and Issas DJ|Portuguese Timor TL|Irish Free State IE|\
        Ukrainian SSR UA|Russian Empire|British India|Manchukuo|Third Reich|Papal States|Gran Colombia|\
        French West Africa|Ruanda-Urundi|Netherlands Antilles|Byzantine Empire";
    let gazetteer = gazetteer();
    for line in FORMER.split('|') {
        let tail = line.rsplit_once(' ').filter(|(_, code)| code.len() == 2);
        let (name, country) = tail.unwrap_or((line, ""));
        let first = gazetteer.lookup(name).into_iter().next();
        let first = first.unwrap_or_else(|| panic!("{name} is not there")).row;
        let (class, code) = gazetteer.feature(first);
        match country {
            "" => assert!(code == "PCLH" || class == 'L', "{name}: {class}.{code}"),
            _ => assert_eq!((class, gazetteer.country_code(first)), ('A', country), "{name}"),
        }
    }
}

/// Every place, most prominent first.
fn everything(gazetteer: &Gazetteer) -> Vec<Row> {
    gazetteer.within(Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 }, usize::MAX)
}

#[test]
fn every_country_has_an_extent_and_its_divisions_lie_there() {
    // Degrees: Natural Earth's coast is not the divisions'.
    const GROWN: f64 = 1.0;
    let gazetteer = gazetteer();
    let (mut without, mut away, mut seen) = (Vec::new(), Vec::new(), 0);
    for row in everything(&gazetteer) {
        match gazetteer.feature(row).1 {
            "PCLI" if gazetteer.place(row).unwrap().bbox.is_none() => without.push(gazetteer.name(row)),
            "ADM1" | "ADM2" => {
                let country = gazetteer.country(row).and_then(|country| gazetteer.place(country));
                let Some(bbox) = country.and_then(|country| country.bbox) else { continue };
                let (lat, lon) = gazetteer.point(row);
                let from_west = |lon: f64| (lon - (bbox.west - GROWN)).rem_euclid(360.0);
                let inside = (bbox.south - GROWN..=bbox.north + GROWN).contains(&lat)
                    && from_west(lon) <= from_west(bbox.east + GROWN);
                seen += 1;
                let code = gazetteer.country_code(row);
                // The extent is the mainland's: islands have towns of their country near.
                let near_a_town = || {
                    let mut near = gazetteer.nearest(lat, lon, 50).into_iter();
                    near.any(|(near, _)| {
                        gazetteer.country_code(near) == code && gazetteer.feature(near).0 == 'P'
                    })
                };
                if !inside && !near_a_town() {
                    away.push(format!("{} {code} {lat:.1} {lon:.1}", gazetteer.name(row)));
                }
            }
            _ => {}
        }
    }
    assert!(seen > 30_000, "{seen}");
    assert!(without.is_empty(), "{without:?}");
    assert!(away.is_empty(), "{} of {seen}: {away:?}", away.len());
}

#[test]
fn no_shown_name_bears_a_mark() {
    let gazetteer = gazetteer();
    let marked = |name: &&str| {
        name.contains(['†', '‡', '*', '(', ')', '[', ']', '<', '>', '|', '=', '_', '#', '@'])
            || name.contains('&') && name.contains(';')
            || name.to_lowercase().starts_with("unnamed")
            || !name.chars().any(char::is_alphabetic)
    };
    let rows = everything(&gazetteer);
    let bad: Vec<&str> = rows.iter().map(|&row| gazetteer.name(row)).filter(marked).collect();
    assert!(bad.is_empty(), "{} {bad:?}", bad.len());
}

/// The place that comes first under a name, its point within `km`, its feature code.
fn check(gazetteer: &Gazetteer, name: &str, lat: f64, lon: f64, code: &str) {
    let first: Option<Row> = gazetteer.lookup(name).first().map(|hit| hit.row);
    let place = first.and_then(|row| gazetteer.place(row));
    let place = place.unwrap_or_else(|| panic!("{name} is not there"));
    let told = format!("{name}: {} {} {:.2}, {:.2}", place.label(), place.feature_code, place.lat, place.lon);
    // A region's point is a matter of taste, a building's is not.
    let near = 25.0 + place.radius_m / 1000.0;
    assert!(distance_km(&place, lat, lon) < near, "{told}");
    assert_eq!(place.feature_code, code, "{told}");
}

#[test]
fn the_names_of_world_news_mean_the_right_place() {
    let gazetteer = gazetteer();
    for line in WORLD_NEWS.lines().filter(|line| !line.is_empty()) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, lat, lon, code] = fields[..] else {
            panic!("{line}");
        };
        check(&gazetteer, name, number(lat), number(lon), code);
    }
}

/// Name, latitude, longitude, feature code.
const WORLD_NEWS: &str = "
Sinai Peninsula|29.5|34|RGN
Darfur|13|25|RGN
Donbas|48.3|38|RGN
Golan Heights|33|35.75|RGN
North Caucasus|43.5|44|RGN
Nagorno-Karabakh|39.9|46.7|RGN
Somaliland|9.7|45|RGN
Strait of Hormuz|26.5|56.5|STRT
Horn of Africa|8|46|RGN
Mekong Delta|10|105.7|RGN
Kurdistan|37|43|RGN
Zaatari|32.29|36.33|CMP
the Kremlin|55.752|37.617|GOVL
the Pentagon|38.871|-77.056|GOVL
Aswan High Dam|23.97|32.88|DAM
Three Gorges Dam|30.82|111|DAM
Silicon Valley|37.4|-122|RGN
the Sahel|15|5|RGN
the Balkans|42.5|21.5|RGN
Scandinavia|63|15|RGN
the Bay Area|37.75|-122.3|RGN
Kashmir|34|76|RGN
Transnistria|46.9|29.5|ADM1
the West Bank|31.9|35.2|ADM1
Gaza|31.5|34.46|PPLA
Gaza Strip|31.42|34.33|ADM1
the Middle East|33|36|RGN
Africa|7.2|21.1|CONT
Scotland|56.5|-4|ADM1
White House|38.8977|-77.0365|GOVL
Crimea|45.2|34.2|ADM1
Chechnya|43.3|45.7|ADM1
Dagestan|43|47|ADM1
Ingushetia|43.2|45|ADM1
South Ossetia|42.33|44|RGN
Abkhazia|43|41|ADM1
Kosovo|42.6|20.9|PCLI
Kaliningrad|54.71|20.51|PPLA
Siberia|60|105|RGN
the Caucasus|42.5|45|RGN
Central Asia|44|66|RGN
Southeast Asia|8|110|RGN
South Asia|22|79|RGN
East Africa|-0.5|36.5|RGN
West Africa|12|-2|RGN
North Africa|33|10|RGN
Latin America|-14.6|-57.7|RGN
Central America|12.5|-85.5|RGN
the Caribbean|15|-75|RGN
the Gulf of Mexico|25|-90|GULF
the Persian Gulf|27|51|GULF
Red Sea|20|38|SEA
the South China Sea|12|113|SEA
East China Sea|29|125|SEA
Sea of Japan|40|135|SEA
Black Sea|43|34|SEA
Mediterranean|35|20|SEA
Baltic Sea|58|20|SEA
North Sea|56|3|SEA
Bay of Bengal|15|90|BAY
Arabian Sea|15|65|SEA
Gulf of Aden|12|48|GULF
Bab el-Mandeb|12.6|43.3|STRT
Suez Canal|30.5|32.35|CNL
Panama Canal|9.1|-79.7|CNL
Taiwan Strait|24|119|STRT
Strait of Malacca|4|100|STRT
Bosporus|41.12|29.07|STRT
Sahara|23|5|RGN
Gobi Desert|42.5|104|DSRT
Amazon rainforest|-4|-62|RGN
Himalayas|28|84|MTS
Andes|-20|-67|MTS
Alps|46.4|10|MTS
Rocky Mountains|43|-110|MTS
Hindu Kush|35.5|70.5|MTS
Mount Everest|27.99|86.93|MT
Sinjar Mountains|36.37|41.7|MTS
Mount Kilimanjaro|-3.07|37.35|MT
Lake Chad|13|14|LK
Lake Victoria|-1|33|LK
Dead Sea|31.5|35.5|SEA
Caspian Sea|42|50|SEA
Euphrates|31|47.4|STM
Tigris|31|47.4|STM
Nile|31|31|STM
Dnieper|46.5|32.3|STM
Mekong|10.2|106.5|STM
Bekaa Valley|33.85|36|RGN
Tora Bora|34.12|70.22|MTS
Helmand|31|64|ADM1
Swat Valley|35.2|72.4|RGN
Waziristan|32.5|69.8|RGN
North Waziristan|32.9|70|RGN
Balochistan|28.5|66|ADM1
Punjab|31|74|ADM1
Line of Control|34.2|74.2|RGN
Aksai Chin|35.1|79.3|RGN
Tibet|31|89|ADM1
Xinjiang|41|85|ADM1
Inner Mongolia|44|113|ADM1
Manchuria|46|126|RGN
Hong Kong|22.3|114.2|PCLI
Taiwan|24|121|PCLI
Korean Peninsula|38|127|PEN
Mindanao|7.5|125|ISL
Aceh|4.3|96.9|ADM1
Borneo|1|114|ISL
Kuril Islands|46.5|151.5|TERR
Okinawa|26.4|127.9|PPLA2
Spratly Islands|9.5|113.5|TERR
Senkaku Islands|25.75|123.5|TERR
Guantanamo Bay|19.92|-75.15|MIL
Camp David|39.648|-77.465|GOVL
Capitol Hill|38.89|-77.005|GOVL
Wall Street|40.706|-74.009|ST
Times Square|40.758|-73.985|SQR
Ground Zero|40.712|-74.013|MNMT
Downing Street|51.503|-0.128|GOVL
Whitehall|51.504|-0.127|GOVL
Buckingham Palace|51.501|-0.142|PAL
Brandenburg Gate|52.516|13.378|MNMT
Eiffel Tower|48.858|2.2945|MNMT
Tiananmen Square|39.905|116.39|SQR
Zhongnanhai|39.912|116.383|GOVL
Blue House|37.587|126.975|GOVL
Tahrir Square|30.044|31.236|SQR
Red Square|55.754|37.62|SQR
Maidan|50.45|30.524|SQR
Taksim Square|41.037|28.985|SQR
Green Zone|33.305|44.39|GOVL
Abu Ghraib prison|33.29|44.066|PRN
Bagram Airfield|34.946|69.265|MIL
Camp Lemonnier|11.544|43.148|MIL
Incirlik|37|35.43|MIL
Ramstein Air Base|49.44|7.6|MIL
Diego Garcia|-7.31|72.41|ISL
Dadaab|0.05|40.31|CMP
Kakuma|3.72|34.86|CMP
Kutupalong|21.21|92.16|CMP
Yarmouk|33.473|36.304|CMP
Jabalia|31.53|34.48|PPL
Rafah crossing|31.25|34.26|CSTM
Bab al-Hawa|36.24|36.69|CSTM
Chernobyl|51.39|30.1|PSN
Fukushima Daiichi|37.42|141.03|PSN
Zaporizhzhia nuclear power plant|47.51|34.59|PSN
Natanz|33.72|51.73|PSN
Dimona|31.07|35.03|PPL
Khan al-Assal|36.17|37.03|PPL
Kafr Nabudah|35.43|36.49|PPL
T4 air base|34.52|37.63|MIL
Ghouta|33.5|36.45|RGN
Deir ez-Zor|35.34|40.14|PPLA
Al-Shaddadi|36.06|40.73|PPLA3
Tigray|13.8|38.4|ADM1
Oromia|8|39|ADM1
Puntland|9|49|RGN
Jubaland|0|42|RGN
Casamance|12.8|-15.2|RGN
Azawad|18.5|0|RGN
Niger Delta|5|6|RGN
Biafra|5.6|7.4|RGN
Katanga|-9|26|RGN
Kivu|-2.5|28.5|RGN
Zanzibar|-6.16|39.2|RGN
Western Sahara|24.5|-13|PCLI
Cabinda|-5.55|12.2|PPLA
Soviet Union|60|100|PCLH
Yugoslavia|44|19|PCLH
Czechoslovakia|49.5|17|PCLH
Zaire|-2.5|23.5|PCLI
Burma|21|96|PCLI
East Germany|52.2|12.6|PCLH
Ottoman Empire|39|33|PCLH
Rhodesia|-19|29.75|PCLI
Persia|32|53|PCLI
Ceylon|7.75|80.75|PCLI
Upper Volta|12.5|-1.7|PCLI
Eastern Europe|50|30|RGN
Western Europe|50.2|7.4|RGN
the Arctic|80|0|RGN
Antarctica|-78|16|CONT
European Union|50.1|9.25|RGN
Bavaria|49|11.5|ADM1
Catalonia|41.8|1.5|ADM1
Basque Country|43|-2.6|ADM1
Sicily|37.6|14.1|ADM1
Lampedusa|35.5|12.6|PPLA3
Lesbos|39.2|26.3|ADM2
Corsica|42.1|9.1|ADM1
Northern Ireland|54.6|-6.7|ADM1
Ulster|54.6|-7|RGN
Midwest|41.5|-93|RGN
New England|44|-71|RGN
Appalachia|38|-82|RGN
Florida Keys|24.67|-81.4|RGN
Patagonia|-44|-69|RGN
Gibraltar|36.14|-5.35|PCLI
Falkland Islands|-51.75|-59|PCLI
Chagos Islands|-6.3|71.8|ISLS
Rakhine|19.5|94|ADM1
Donetsk airport|48.07|37.74|AIRP
Azovstal|47.1|37.61|MFG
Snake Island|45.26|30.2|ISL
Kerch Strait|45.3|36.6|STRT
Suwalki Gap|54.1|23.4|RGN
Amundsen Sea|-72.5|-112|SEA
Natuna Sea|3|108|SEA
Wadden Sea|53.8|7.5|SEA
Salish Sea|48.9|-123.1|SEA
Drake Passage|-58|-65|STRT
Tsugaru Strait|41.4|140.6|STRT
Bashi Channel|21.4|121.3|STRT
Johor Strait|1.44|103.8|STRT
Fehmarn Belt|54.6|11.3|STRT
Pentland Firth|58.72|-3.15|STRT
Strait of Bonifacio|41.3|9.2|STRT
Gulf of Cadiz|36.6|-7|GULF
Gulf of Lion|43|4|GULF
Saronic Gulf|37.75|23.4|GULF
Gulf of Martaban|16.2|97|GULF
Leyte Gulf|10.8|125.4|GULF
Gulf of Honduras|16.2|-88|GULF
Spencer Gulf|-34|137|GULF
Narragansett Bay|41.6|-71.37|BAY
Dublin Bay|53.33|-6.13|BAY
Table Bay|-33.85|18.44|BAY
Osaka Bay|34.5|135.2|BAY
Jakarta Bay|-6.02|106.85|BAY
McMurdo Sound|-77.5|165|BAY
Oslofjord|59.4|10.6|FJD
Hooghly River|21.9|88.1|STM
Sabarmati River|22.3|72.4|STM
Great Zab|36|43.35|STM
Oskil River|49.1|37.45|STM
Irpin River|50.73|30.38|STM
Ahr River|50.56|7.28|STM
Vltava|50.35|14.47|STM
Black Volta|8.68|-1.54|STM
Moei River|17.82|97.73|STM
Pasig River|14.6|120.96|STM
Huangpu River|31.39|121.5|STM
Taedong River|38.68|125.22|STM
Ciliwung|-6.11|106.83|STM
Chao Phraya River|13.55|100.59|STM
Lake Tharthar|33.98|43.25|LK
Hawizeh Marshes|31.6|47.65|MRSH
Manchar Lake|26.42|67.67|LK
Lake Mansarovar|30.65|81.45|LK
Lake Chapala|20.25|-103|LK
Lake Neusiedl|47.83|16.75|LK
Lake Nyos|6.44|10.3|LK
Heaven Lake|42|128.06|LK
Inle Lake|20.55|96.91|LK
Gatun Lake|9.2|-79.9|RSV
Kyiv Reservoir|50.85|30.5|RSV
Quabbin Reservoir|42.38|-72.32|RSV
Grand Ethiopian Renaissance Dam|11.21|35.09|DAM
Roseires Dam|11.8|34.39|DAM
Mosul Dam|36.63|42.82|DAM
Dukan Dam|35.95|44.95|DAM
Hoover Dam|36.02|-114.74|DAM
Tarbela Dam|34.09|72.69|DAM
Tehri Dam|30.38|78.48|DAM
Farakka Barrage|24.8|87.93|DAM
Baihetan Dam|27.22|102.9|DAM
Xiaolangdi Dam|34.92|112.36|DAM
Alau Dam|11.72|13.28|DAM
Lagdo Dam|9.06|13.69|DAM
Kakhovka Dam|46.78|33.37|DAM
Dnipro Hydroelectric Station|47.87|35.09|DAM
Edenville Dam|43.81|-84.38|DAM
Guri Dam|7.77|-63|DAM
Warragamba Dam|-33.88|150.6|DAM
Foggy Bottom|38.9|-77.06|PPL
Quantico|38.5|-77.3|MIL
Scotland Yard|51.5|-0.125|GOVL
Westminster|51.5|-0.125|GOVL
Quai d'Orsay|48.86|2.32|GOVL
Élysée Palace|48.87|2.317|GOVL
Matignon|48.854|2.32|GOVL
Place Beauvau|48.87|2.317|GOVL
Berlaymont|50.843|4.383|GOVL
Nagatacho|35.676|139.745|GOVL
Rashtrapati Bhavan|28.614|77.2|GOVL
South Block|28.615|77.207|GOVL
Malacañang|14.594|120.994|GOVL
Casa Rosada|-34.608|-58.37|GOVL
Miraflores Palace|10.508|-66.92|GOVL
Planalto|-15.8|-47.86|GOVL
Los Pinos|19.415|-99.19|GOVL
Moncloa|40.443|-3.739|GOVL
Quirinal|41.9|12.487|GOVL
Palazzo Chigi|41.901|12.48|GOVL
Montecitorio|41.9|12.479|GOVL
Reichstag|52.519|13.376|GOVL
Bay Street|43.65|-79.38|ST
Fleet Street|51.514|-0.107|GOVL
Madison Avenue|40.76|-73.97|ST
K Street|38.9|-77.03|ST
Pennsylvania Avenue|38.89|-77.02|ST
The Hague|52.08|4.3|PPLG
Binnenhof|52.08|4.313|GOVL
Turtle Bay|40.7525|-73.9685|PPLX
Sublime Porte|41.011|28.978|GOVL
Smolny|59.946|30.396|GOVL
Camp Crame|14.61|121.05|MIL
Ittihadiya Palace|30.09|31.32|GOVL
Adiala Jail|33.48|72.99|PRN
Hollywood|34.098|-118.327|PPLX
Yongsan|37.53|126.98|PPLX
Sikkim|27.57|88.45|ADM1
";
