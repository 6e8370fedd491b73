//! Numbers, dates and coordinates as people write them.

use crate::explore::{Status, Unit};
use crate::model::{Days, How, Kind, PartialDate, Place, Precision};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A number with thin spaces between its thousands.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        // From 10 000 up: four digits read well in one.
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}

/// "1 place", "3 places".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), if n == 1 { one } else { many })
}

/// The text with a capital at its beginning: “cannot open it” becomes “Cannot open it”. One that begins with a
/// file's name stays as it is.
pub fn sentence(text: &str) -> String {
    if !text.split(' ').next().is_some_and(|word| word.chars().all(char::is_alphabetic)) {
        return text.to_owned();
    }
    let mut rest = text.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}

/// "17 Oct 2016", "Sep 2004", "31 Oct".
pub fn date(date: PartialDate) -> String {
    let month = date.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    let parts = [
        date.day.filter(|_| month.is_some()).map(|day| day.to_string()),
        month.map(|&month| month.to_owned()),
        date.year.map(|year| year.to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A moment on the clock of this computer: "22 Nov 2026, 12:03". Seconds since 1970.
pub fn moment(at: i64) -> Option<String> {
    let here = jiff::Timestamp::from_second(at).ok()?.to_zoned(jiff::tz::TimeZone::system());
    let day = PartialDate::ymd(here.year(), here.month() as u8, here.day() as u8);
    Some(format!("{}, {:02}:{:02}", date(day), here.hour(), here.minute()))
}

/// "17 Oct 2016", "3 – 17 Oct 2016", "28 Sep – 17 Oct 2016", "Dec 2015 – Jan 2017" by the whole years or months it covers.
pub fn days(days: Days) -> String {
    let part = |number: i32| {
        let date = Days::date(number)?;
        let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
        Some((date, PartialDate::ymd(date.year(), month, day)))
    };
    let (Some((from, first)), Some((to, last))) = (part(days.first), part(days.last)) else {
        return String::new();
    };
    let months = from.day() == 1 && to == to.last_of_month();
    let years = months && from.month() == 1 && to.month() == 12;
    let cut = |date: PartialDate| PartialDate {
        month: date.month.filter(|_| !years),
        day: date.day.filter(|_| !months),
        ..date
    };
    let (first, last) = (cut(first), cut(last));
    if first == last {
        return date(last);
    }
    let same_year = first.year == last.year && !years;
    let same_month = same_year && first.month == last.month && !months;
    let shortened = PartialDate {
        year: first.year.filter(|_| !same_year),
        month: first.month.filter(|_| !same_month),
        day: first.day,
    };
    let begin =
        if same_month { first.day.map_or(String::new(), |day| day.to_string()) } else { date(shortened) };
    format!("{begin} – {}", date(last))
}

/// What stands at a mark of the timeline: "3 Oct", "Oct", "2016". The first of a year has the year with it;
/// among months it stands for January.
pub fn mark(unit: Unit, day: i32, with_year: bool) -> String {
    let Some(civil) = Days::date(day) else {
        return String::new();
    };
    let (month, day) = (u8::try_from(civil.month()).ok(), u8::try_from(civil.day()).ok());
    let year = Some(civil.year());
    date(match unit {
        Unit::Day | Unit::Week => PartialDate { year: year.filter(|_| with_year), month, day },
        Unit::Month if month == Some(1) => PartialDate { year, month: None, day: None },
        Unit::Month => PartialDate { year: year.filter(|_| with_year), month, day: None },
        Unit::Year | Unit::Decade | Unit::Century => PartialDate { year, month: None, day: None },
    })
}

/// What a kind of mention is called where it is chosen.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Name => "Names",
        Kind::Demonym => "Peoples and adjectives",
        Kind::Embedded => "Inside other names",
        Kind::Coordinate => "Coordinates",
    }
}

/// What an outlet is called where it is chosen.
pub fn source(name: &str) -> &str {
    if name.is_empty() { "No source" } else { name }
}

/// What a status is called where it is chosen.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Placed => "Placed",
        Status::Uncertain => "Uncertain",
        Status::Unresolved => "Without a place",
    }
}

/// What it is called where it is chosen who settled something.
pub const fn settled(how: How) -> &'static str {
    match how {
        How::Auto => "The program",
        How::Confirmed => "Confirmed",
        How::Corrected => "Corrected",
        How::Added => "Added",
        How::Rejected => "Rejected: not a place",
    }
}

/// "32.76704, 22.63669": latitude, longitude, as maps take them.
pub fn coordinates(lat: f64, lon: f64) -> String {
    format!("{lat:.5}, {lon:.5}")
}

/// What sort of place it is: "Capital city", "Region", "Sea". The codes are GeoNames'.
pub fn sort_of(place: &Place) -> &'static str {
    let class = place.feature_class;
    let code = place.feature_code.as_str();
    if let Some((_, sort)) = SORTS.iter().find(|(codes, _)| codes.contains(&code)) {
        return sort;
    }
    match (class, place.precision) {
        ('A', _) if code.starts_with("PCL") => "Country",
        ('P', _) => match place.population {
            100_000.. => "City",
            1..1_000 => "Village",
            _ => "Town",
        },
        ('H', _) => "Water",
        ('T', _) => "Landform",
        ('A', _) => "Division",
        ('R', _) => "Road or railway",
        ('V', _) => "Forest or heath",
        ('S', _) => "Building or site",
        (_, Precision::Point) => "Point",
        (_, Precision::Settlement) => "Settlement",
        (_, Precision::District) => "District",
        (_, Precision::Region) => "Region",
        (_, Precision::Country) => "Country",
        (_, Precision::Wider) => "Wider area",
    }
}

/// Words for the codes that say more than their class does.
const SORTS: &[(&[&str], &str)] = &[
    (&["PPLC"], "Capital city"),
    (&["PPLX"], "Part of a town"),
    (&["PPLH", "PPLQ", "PPLW"], "Former town"),
    (&["COORD"], "Coordinates"),
    (&["CONT"], "Continent"),
    (&["PCLH"], "Former country"),
    (&["PCLD", "PCLS", "TERR", "PCLIX"], "Territory"),
    (&["ADM1"], "State or province"),
    (&["ADM2"], "County or district"),
    (&["ADM3", "ADM4", "ADM5", "ADMD"], "Division"),
    (&["ADM1H", "ADM2H", "ADM3H", "ADM4H", "ADMDH", "RGNH"], "Former division"),
    (&["OCN"], "Ocean"),
    (&["SEA"], "Sea"),
    (&["GULF"], "Gulf"),
    (&["BAY", "BAYS", "BGHT"], "Bay"),
    (&["STRT", "CHN", "CHNM", "SD"], "Strait"),
    (&["LK", "LKS", "LKN", "LKI", "LGN"], "Lake"),
    (&["RSV", "RSVI"], "Reservoir"),
    (&["STM", "STMS", "STMI"], "River"),
    (&["CNL", "CNLN"], "Canal"),
    (&["DLTA"], "Delta"),
    (&["GLCR"], "Glacier"),
    (&["RGN", "RGNE", "AREA"], "Region"),
    (&["PEN", "PENX"], "Peninsula"),
    (&["ISL", "ISLS", "ISLET", "ATOL"], "Island"),
    (&["DSRT", "ERG", "HMDA"], "Desert"),
    (&["MTS", "PLAT", "UPLD", "HLLS"], "Mountains"),
    (&["MT", "PK", "HLL", "VLC"], "Mountain"),
    (&["PASS"], "Pass"),
    (&["CAPE", "HDLD", "PT"], "Cape"),
    (&["VAL", "VALS"], "Valley"),
    (&["PRK", "RESN", "RESW"], "Park"),
    (&["MILB", "INSM", "NVB", "AIRB"], "Military base"),
    (&["CMPRF", "CMP", "CMPN"], "Camp"),
    (&["DAM"], "Dam"),
    (&["AIRP", "AIRF"], "Airport"),
    (&["PRT", "HBR"], "Port"),
    (&["PAL", "CSTL", "FT", "BDG", "MNMT", "MUS", "RUIN", "ARCH", "GOVL"], "Landmark"),
    (&["CH", "CTHL", "MSQE", "TMPL", "SHRN", "MSTY", "SYG"], "Place of worship"),
    (&["SCH", "SCHC", "UNIV"], "School"),
    (&["HSP", "HSPC"], "Hospital"),
    (&["PS", "PSH", "PSN"], "Power station"),
    (&["RSTN", "MTRO", "BUSTN"], "Station"),
    (&["BRDG", "TNL"], "Crossing"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_read_well() {
        let check = |n, expected: &str| assert_eq!(number(n), expected);
        check(7, "7");
        check(5400, "5400");
        check(54_000, "54\u{2009}000");
        check(1_234_567, "1\u{2009}234\u{2009}567");
        assert_eq!(count(1, "place", "places"), "1 place");
        assert_eq!(sentence("cannot open it"), "Cannot open it");
        assert_eq!(sentence("sites.csv: it is empty"), "sites.csv: it is empty");
        assert_eq!(count(0, "place", "places"), "0 places");
        assert_eq!(date(PartialDate::ymd(2016, 10, 17)), "17 Oct 2016");
        assert_eq!(date(PartialDate { year: Some(2004), month: Some(9), day: None }), "Sep 2004");
        assert_eq!(date(PartialDate { year: None, month: Some(10), day: Some(31) }), "31 Oct");
        assert_eq!(date(PartialDate { year: Some(2004), month: None, day: Some(3) }), "2004");
    }

    #[test]
    fn marks_name_the_year_once() {
        let day = Days::of(PartialDate::ymd(2016, 10, 3)).unwrap().first;
        let check = |unit, with_year, expected: &str| assert_eq!(mark(unit, day, with_year), expected);
        check(Unit::Day, true, "3 Oct 2016");
        check(Unit::Week, false, "3 Oct");
        check(Unit::Month, true, "Oct 2016");
        check(Unit::Month, false, "Oct");
        check(Unit::Year, false, "2016");
        let january = Days::of(PartialDate::ymd(2017, 1, 1)).unwrap().first;
        assert_eq!(mark(Unit::Month, january, true), "2017");
    }

    #[test]
    fn days_read_well() {
        let check = |from: (i16, u8, u8), to: (i16, u8, u8), expected: &str| {
            assert_eq!(days(crate::explore::fixture::days(from, to)), expected);
        };
        check((2016, 10, 17), (2016, 10, 17), "17 Oct 2016");
        check((2016, 10, 3), (2016, 10, 17), "3 – 17 Oct 2016");
        check((2016, 9, 28), (2016, 10, 17), "28 Sep – 17 Oct 2016");
        check((2015, 12, 28), (2016, 1, 2), "28 Dec 2015 – 2 Jan 2016");
        check((2016, 10, 1), (2016, 10, 31), "Oct 2016");
        check((2016, 9, 1), (2016, 10, 31), "Sep – Oct 2016");
        check((2015, 1, 1), (2016, 12, 31), "2015 – 2016");
        check((2016, 1, 1), (2016, 12, 31), "2016");
    }
}
