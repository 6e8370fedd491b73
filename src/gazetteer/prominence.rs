//! How well known a place is: from its feature, its people, and how many names the world has for it.
//! The number of names tells more than the population: Bethlehem is not a big town.

/// Prominence, 0 to 1, of a place with this feature class and code, this many people, and this many different
/// folded names.
pub(super) fn prominence(class: char, code: &str, population: u64, names: usize) -> f32 {
    let fame = ((names as f32 + 1.0).log2() / 7.5).min(1.0);
    let people = (population as f32 + 1.0).log10() / 7.5;
    match (class, code) {
        ('L', "CONT") => 0.93,
        // A country's people go to a billion and a half.
        ('A', code) if code.starts_with("PCL") && code != "PCLH" => {
            0.70 + 0.12 * fame + 0.18 * (people * 7.5 / 9.2).powi(2)
        }
        ('A', "ADM1") => 0.34 + 0.30 * fame + 0.16 * people,
        ('A', _) => 0.10 + 0.10 * fame + 0.26 * people,
        ('P', code) => {
            let seat = match code {
                "PPLC" => 0.10,
                "PPLA" => 0.03,
                "PPLX" | "PPLQ" | "PPLH" | "PPLW" => -0.08,
                _ => 0.0,
            };
            (0.02 + 0.40 * people + 0.36 * fame + seat).max(0.01)
        }
        // Schools, hotels and churches bear the names of everything else.
        ('S', _) => 0.01 + 0.20 * fame,
        _ => 0.02 + 0.30 * fame,
    }
}

/// A radius, metres, that is usual for such a place.
pub(super) fn radius_m(class: char, code: &str, population: u64) -> f64 {
    match (class, code) {
        ('A', code) if code.starts_with("PCL") => 300_000.0,
        ('A', "ADM1") => 100_000.0,
        ('A', "ADM2") => 30_000.0,
        ('A', _) => 10_000.0,
        ('P', _) => (500.0 + 8.0 * (population as f64).sqrt()).min(30_000.0),
        ('L', "CONT") => 3_000_000.0,
        ('L', _) => 10_000.0,
        ('H' | 'T' | 'V', _) => 5_000.0,
        _ => 500.0,
    }
}
