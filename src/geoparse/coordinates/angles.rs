//! One angle: “36°12′N”, “N 36 12.5”, “361230N”, “lat. 36.2”, “36 degrees 12 minutes north”.
//! Minutes and seconds without signs need a letter or a label, since “36 12 30” is any three numbers.

use super::cursor::Cursor;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Lat,
    Lon,
}

/// An angle as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Angle {
    /// Degrees, north and east positive.
    pub(super) value: f64,
    /// Degrees of the last digit's unit.
    pub(super) unit: f64,
    /// What a letter or a label says that it is.
    pub(super) axis: Option<Axis>,
    /// Digits after the point of plain degrees.
    pub(super) places: usize,
    /// Whether it has a minus.
    pub(super) negative: bool,
    /// Whether a degree sign or word stands in it.
    pub(super) marked: bool,
    /// Whether “lat” or “longitude” stands by it.
    pub(super) labelled: bool,
    /// Whether the letter stands before it.
    pub(super) letter_first: bool,
    /// Whether it is a whole number of degrees away from its letter: “50 N”.
    pub(super) loose: bool,
}

pub(super) fn angle(c: &mut Cursor<'_>) -> Option<Angle> {
    let mut label = label(c);
    let before = letter_before(c);
    let negative = c.eat(|c| matches!(c, '-' | '−' | '–')).is_some();
    if !negative {
        c.eat(|c| c == '+');
    }
    let mut angle = degrees(c, before.is_some())?;
    let after = if before.is_some() { None } else { letter_after(c, angle.marked) };
    if before.is_some() && !angle.is_followed_by_pair(*c) {
        return None;
    }
    if label.is_none() && (angle.marked || after.is_some()) {
        let mut ahead = *c;
        ahead.space(1);
        label = ahead.eat_word(LABELS).map(label_axis);
        if label.is_some() {
            ahead.eat(|c| c == '.');
            *c = ahead;
        }
    }
    let letter = before.or(after.map(|(letter, _)| letter));
    let axis = letter.map(|letter| if matches!(letter, 'N' | 'S') { Axis::Lat } else { Axis::Lon });
    if (axis.is_some() && label.is_some() && axis != label) || (negative && matches!(letter, Some('N' | 'E')))
    {
        return None;
    }
    let far = after.is_some_and(|(_, space)| space);
    angle.loose = far && angle.places == 0 && angle.unit >= 1.0 && !angle.marked;
    angle.axis = axis.or(label);
    angle.labelled = label.is_some();
    angle.letter_first = before.is_some();
    angle.negative = negative;
    if negative || matches!(letter, Some('S' | 'W')) {
        angle.value = -angle.value;
    }
    Some(angle)
}

impl Angle {
    fn new(value: f64, unit: f64, marked: bool) -> Self {
        Self {
            value,
            unit,
            axis: None,
            places: 0,
            negative: false,
            marked,
            labelled: false,
            letter_first: false,
            loose: false,
        }
    }

    /// “N 36° 12′ E 200 feet” is a surveyor's bearing: no letter closes what a letter opened, but one may open
    /// the angle that follows.
    fn is_followed_by_pair(&self, c: Cursor<'_>) -> bool {
        let mut after = c;
        after.space(1);
        let letter = after.eat(|c| matches!(c, 'N' | 'S' | 'E' | 'W'));
        after.space(1);
        letter.is_none() || after.peek().is_some_and(|c| c.is_ascii_digit() || c.is_alphabetic())
    }
}

const LABELS: &[&str] = &["latitude", "lat", "longitude", "long", "lon", "lng"];

fn label_axis(label: usize) -> Axis {
    if label < 2 { Axis::Lat } else { Axis::Lon }
}

/// “lat. ”, “Longitude: ”, “long = ”, “latitude of ”.
fn label(c: &mut Cursor<'_>) -> Option<Axis> {
    let mut after = *c;
    let axis = label_axis(after.eat_word(LABELS)?);
    after.eat(|c| c == '.');
    after.space(1);
    if after.eat(|c| matches!(c, ':' | '=' | ',')).is_none() {
        after.eat_word(&["of", "is"]);
    }
    after.space(1);
    *c = after;
    Some(axis)
}

fn letter_before(c: &mut Cursor<'_>) -> Option<char> {
    let mut after = *c;
    let letter = after.eat(|c| matches!(c, 'N' | 'S' | 'E' | 'W'))?;
    after.eat(|c| c == '.');
    after.space(1);
    after.peek().filter(char::is_ascii_digit)?;
    *c = after;
    Some(letter)
}

/// “N”, “ north”, “ N.”; small letters only after a sign. Whether a space stands before it is told too.
fn letter_after(c: &mut Cursor<'_>, marked: bool) -> Option<(char, bool)> {
    let mut after = *c;
    let space = after.space(1);
    let words = ["north", "south", "east", "west"];
    let mut word = after;
    word.eat(|c| c == '-');
    if let Some(found) = word.eat_word(&words).filter(|_| space || marked) {
        *c = word;
        return ['N', 'S', 'E', 'W'].get(found).map(|&letter| (letter, space));
    }
    let letter = after
        .eat(|c| matches!(c, 'N' | 'S' | 'E' | 'W') || (marked && matches!(c, 'n' | 's' | 'e' | 'w')))?;
    if after.peek().is_some_and(char::is_alphabetic) && !LABELS.iter().any(|&l| after.rest().starts_with(l)) {
        return None;
    }
    *c = after;
    Some((letter.to_ascii_uppercase(), space))
}

/// Degrees with what follows them of minutes and seconds, marked or not.
fn degrees(c: &mut Cursor<'_>, letter_first: bool) -> Option<Angle> {
    let whole = c.digits(1, 7)?;
    let mut decimals = c.decimals('.');
    let mut comma = *c;
    // “36,2021° N” where a comma stands for the point.
    let after_comma = comma.decimals(',');
    if decimals.is_empty() && !after_comma.is_empty() && comma.rest().starts_with(is_degree) {
        (decimals, *c) = (after_comma, comma);
    }
    let signed = degree_mark(c);
    let value: f64 = format!("{whole}.{decimals}0").parse().ok()?;
    if whole.len() > 3 {
        return if signed { None } else { packed(c, whole, decimals, letter_first) };
    }
    let mut angle = Angle::new(value, unit_of(decimals.len()), signed);
    angle.places = decimals.len();
    if decimals.is_empty()
        && let Some((minutes, unit, after)) = parts(*c, signed, letter_first)
    {
        *c = after;
        angle = Angle::new(value + minutes, unit, signed);
    }
    Some(angle)
}

/// “361230N 0370900E”: two digits of degrees, three of longitude, then two and two.
fn packed(c: &Cursor<'_>, whole: &str, decimals: &str, letter_first: bool) -> Option<Angle> {
    let closed = c.rest().starts_with(['N', 'S', 'E', 'W']);
    if !closed && !letter_first {
        return None;
    }
    let (degrees, rest) = whole.split_at(2 + whole.len() % 2);
    let (value, unit) = sixtieths(degrees.parse().ok()?, rest, decimals)?;
    Some(Angle::new(value, unit, false))
}

/// Degrees, then “MM” or “MMSS” with decimals, and the unit of the last digit.
pub(super) fn sixtieths(degrees: f64, rest: &str, decimals: &str) -> Option<(f64, f64)> {
    let (minutes, seconds) = if rest.len() == 4 { rest.split_at(2) } else { (rest, "") };
    let last: f64 =
        format!("{}.{decimals}0", if seconds.is_empty() { minutes } else { seconds }).parse().ok()?;
    let minutes: f64 = if seconds.is_empty() { last } else { minutes.parse().ok()? };
    let seconds_value = if seconds.is_empty() { 0.0 } else { last };
    let unit = unit_of(decimals.len()) / if seconds.is_empty() { 60.0 } else { 3600.0 };
    (minutes < 60.0 && seconds_value < 60.0)
        .then_some((degrees + minutes / 60.0 + seconds_value / 3600.0, unit))
}

/// Minutes and seconds as degrees, and the unit of the last digit. Without signs they need a letter at the
/// end, or at the beginning: “36 12 30 N”, “36-12.5N”, “N 36° 12.500”.
fn parts(start: Cursor<'_>, signed: bool, letter_first: bool) -> Option<(f64, f64, Cursor<'_>)> {
    let mut c = start;
    let between = |c: &mut Cursor<'_>| {
        let dash = !signed && c.eat(|c| matches!(c, ':' | '-' | '–')).is_some();
        dash || c.space(2) || signed
    };
    between(&mut c).then_some(())?;
    let (minutes, places) = small(&mut c)?;
    let mut unit = unit_of(places) / 60.0;
    let minute = minute_mark(&mut c);
    let mut seconds = 0.0;
    let mut second = false;
    if places == 0 {
        let mut after = c;
        after.eat(|c| c == ',' && minute);
        let more = (between(&mut after) || minute).then(|| small(&mut after)).flatten();
        if let Some((value, places)) = more {
            let closed = second_mark(&mut after);
            let open = closed || !minute || letter_follows(after) || letter_first;
            if open && (closed || letter_first || letter_follows(after)) {
                (seconds, second) = (value, closed);
                unit = unit_of(places) / 3600.0;
                c = after;
            }
        }
    }
    let closed = minute || second || letter_first || letter_follows(c);
    (closed && minutes < 60.0 && seconds < 60.0).then_some((minutes / 60.0 + seconds / 3600.0, unit, c))
}

/// A number of at most two digits, with decimals.
fn small(c: &mut Cursor<'_>) -> Option<(f64, usize)> {
    let whole = c.digits(1, 2)?;
    let decimals = c.decimals('.');
    Some((format!("{whole}.{decimals}0").parse().ok()?, decimals.len()))
}

fn letter_follows(mut c: Cursor<'_>) -> bool {
    c.space(1);
    c.eat(|c| matches!(c, 'N' | 'S' | 'E' | 'W')).is_some() && !c.rest().starts_with(char::is_alphabetic)
}

fn is_degree(c: char) -> bool {
    matches!(c, '°' | 'º' | '˚' | '∘')
}

fn is_minute(c: char) -> bool {
    matches!(c, '\'' | '′' | '’' | '‘' | 'ʹ' | '´' | '`' | 'ʼ' | '＇')
}

fn is_second(c: char) -> bool {
    matches!(c, '"' | '″' | '”' | '“' | 'ʺ' | '˝' | '〃')
}

/// Two signs of minutes are one of seconds.
fn minute_mark(c: &mut Cursor<'_>) -> bool {
    let mut after = *c;
    let found = mark(&mut after, is_minute, &["minutes", "minute", "min", "m"]);
    let doubled = c.text[..after.at].ends_with(is_minute) && after.rest().starts_with(is_minute);
    if found && !doubled {
        *c = after;
    }
    found && !doubled
}

fn degree_mark(c: &mut Cursor<'_>) -> bool {
    mark(c, is_degree, &["degrees", "degree", "degs", "deg", "d"])
}

/// A sign, or a word; a word of one letter only right after the number.
fn mark(c: &mut Cursor<'_>, is_sign: fn(char) -> bool, words: &[&str]) -> bool {
    let mut after = *c;
    let space = after.space(1);
    let mut sign = after;
    if sign.eat(is_sign).is_some() {
        *c = sign;
        return true;
    }
    // “36d12m30s”: digits follow the letter.
    let word = words.iter().find(|word| {
        let mut ahead = after;
        ahead.eat_str(word)
            && !ahead.rest().starts_with(char::is_alphabetic)
            && (word.len() > 1 || (!space && ahead.rest().starts_with(|c: char| c.is_ascii_digit())))
    });
    let Some(word) = word else { return false };
    after.at += word.len();
    after.eat(|c| c == '.');
    *c = after;
    true
}

fn second_mark(c: &mut Cursor<'_>) -> bool {
    let mut after = *c;
    after.space(1);
    if after.eat(is_minute).is_some() && after.eat(is_minute).is_some() {
        *c = after;
        return true;
    }
    if mark(c, is_second, &["seconds", "second", "secs", "sec"]) {
        return true;
    }
    let compact = c.rest().starts_with('s');
    if compact {
        c.at += 1;
    }
    compact
}

/// The unit of the last of so many decimals.
pub(super) fn unit_of(places: usize) -> f64 {
    10f64.powi(-i32::try_from(places).unwrap_or(0))
}
