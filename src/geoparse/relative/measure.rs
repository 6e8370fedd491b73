//! Lengths that end before a word: “12 km”, “about thirty-five miles”, “a few hundred metres”.
//! A vague number is a range: “a few” is two to six.

use super::back::Back;
use crate::geoparse::tokens::Form;

/// A length, metres, from least to most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Length {
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Length {
    /// Its middle.
    pub(super) fn middle(self) -> f64 {
        (self.least + self.most) / 2.0
    }
}

/// The length that ends where reading stands.
pub(super) fn length(back: &mut Back<'_>) -> Option<Length> {
    let mut here = *back;
    let (least, most) = if let Some((value, unit)) = glued(here.peek()) {
        here.step();
        (value * unit, value * unit)
    } else {
        let unit = unit(&mut here)?;
        here.eat(&["-", "‑"]);
        let (least, most) = number(&mut here)?;
        (least * unit, most * unit)
    };
    *back = here;
    (most > 0.0 && most < 20_000_000.0).then_some(Length { least, most })
}

/// “12km” is one word.
fn glued(word: &str) -> Option<(f64, f64)> {
    let letters = word.find(|c: char| c.is_alphabetic()).filter(|&at| at > 0)?;
    let (digits, unit) = word.split_at(letters);
    Some((digits.parse().ok()?, metres_of(unit)?))
}

fn unit(back: &mut Back<'_>) -> Option<f64> {
    let metres = metres_of(back.peek())?;
    back.step();
    if metres == 1_609.344 && back.eat(&["nautical", "sea"]) {
        return Some(1_852.0);
    }
    // “8 sq km of Derna” is how large it is.
    (!matches!(back.peek(), "square" | "sq" | "cubic")).then_some(metres)
}

fn metres_of(word: &str) -> Option<f64> {
    Some(match word {
        "km" | "kms" | "kilometer" | "kilometers" | "kilometre" | "kilometres" | "k" => 1_000.0,
        "mile" | "miles" | "mi" => 1_609.344,
        "nm" | "nmi" => 1_852.0,
        "metre" | "metres" | "meter" | "meters" | "m" => 1.0,
        "yard" | "yards" | "yd" | "yds" => 0.9144,
        "foot" | "feet" | "ft" => 0.3048,
        _ => return None,
    })
}

/// A number as least and most.
fn number(back: &mut Back<'_>) -> Option<(f64, f64)> {
    if let Some(most) = digits(back) {
        let mut here = *back;
        // “1/2 mile”
        if here.eat(&["/"])
            && let Some(part) = digits(&mut here)
        {
            *back = here;
            return (most > part).then_some((part / most, part / most));
        }
        return Some(range(back, most));
    }
    vague(back).or_else(|| half(back)).or_else(|| spelt(back))
}

/// “12”, “1,200”, “12.5”, “2½”.
fn digits(back: &mut Back<'_>) -> Option<f64> {
    let last = back.at.filter(|&at| back.text.tokens[at].form == Form::Number)?;
    let fraction = match back.text.str(last) {
        "½" => Some(0.5),
        "¼" => Some(0.25),
        "¾" => Some(0.75),
        _ => None,
    };
    back.step();
    if let Some(fraction) = fraction {
        let mut whole = *back;
        return Some(digits(&mut whole).map_or(fraction, |value| {
            *back = whole;
            value + fraction
        }));
    }
    let mut from = last;
    while let Some(at) = back.at.filter(|_| matches!(back.peek(), "." | ",") && !back.text.tokens[from].space)
    {
        let digits = at.checked_sub(1).filter(|&i| back.text.tokens[i].form == Form::Number);
        let Some(digits) = digits.filter(|_| !back.text.tokens[at].space) else { break };
        back.step();
        back.step();
        from = digits;
    }
    let written = back.text.text.get(back.text.tokens[from].span.start..back.text.tokens[last].span.end)?;
    let folded: String = written.chars().filter(|&c| c != ',').collect();
    folded
        .strip_suffix('½')
        .map_or_else(|| folded.parse().ok(), |whole| Some(whole.parse::<f64>().ok()? + 0.5))
}

/// “10-15”, “10 to 15”, “between 10 and 15”.
fn range(back: &mut Back<'_>, most: f64) -> (f64, f64) {
    let mut here = *back;
    let and = here.peek() == "and";
    if here.eat(&["-", "–", "—", "to", "and", "or"])
        && let Some(least) = digits(&mut here)
        && least < most
        && (!and || here.eat(&["between"]))
    {
        *back = here;
        return (least, most);
    }
    (most, most)
}

/// “a few”, “several hundred”, “a couple of”, “dozens of”.
fn vague(back: &mut Back<'_>) -> Option<(f64, f64)> {
    let mut here = *back;
    here.eat(&["of"]);
    let many = match here.peek() {
        "hundred" => 100.0,
        "thousand" => 1_000.0,
        "dozen" => 12.0,
        _ => 1.0,
    };
    if many > 1.0 {
        here.step();
        here.eat(&["of"]);
    }
    let (least, most) = match here.peek() {
        "few" => (2.0, 6.0),
        "several" => (3.0, 8.0),
        "couple" => (1.5, 3.0),
        "dozens" | "scores" => (20.0, 90.0),
        "tens" => (10.0, 90.0),
        "hundreds" => (100.0, 900.0),
        "thousands" => (1_000.0, 9_000.0),
        _ => return None,
    };
    here.step();
    here.eat(&["a"]);
    *back = here;
    Some((least * many, most * many))
}

/// “half a”, “a half”, “a quarter of a”, “one and a half”.
fn half(back: &mut Back<'_>) -> Option<(f64, f64)> {
    let mut here = *back;
    if here.eat(&["a"]) {
        here.eat(&["of"]);
    }
    let part = match here.peek() {
        "half" => 0.5,
        "quarter" => 0.25,
        "quarters" => 0.75,
        _ => return None,
    };
    here.step();
    here.eat(&["a", "-"]);
    here.eat(&["three"]);
    *back = here;
    if here.eat(&["and"])
        && let Some((least, most)) = digits(&mut here).map(|n| (n, n)).or_else(|| spelt(&mut here))
    {
        *back = here;
        return Some((least + part, most + part));
    }
    Some((part, part))
}

/// “twelve”, “twenty-five”, “two hundred and fifty”, “a”.
fn spelt(back: &mut Back<'_>) -> Option<(f64, f64)> {
    let mut here = *back;
    let (mut total, mut unit, mut any) = (0.0, 1.0, false);
    for _ in 0..8 {
        let joined = any && matches!(here.peek(), "-" | "and");
        if joined {
            let mut ahead = here;
            ahead.step();
            let goes_on = if here.peek() == "and" {
                matches!(ahead.peek(), "hundred" | "thousand")
            } else {
                value(ahead.peek()).is_some_and(|tens| tens >= 20.0)
            };
            if !goes_on {
                break;
            }
            here = ahead;
        }
        match here.peek() {
            "hundred" => unit = f64::max(unit, 1.0) * 100.0,
            "thousand" => unit = 1_000.0,
            "dozen" => unit = 12.0,
            word => match value(word) {
                Some(value) => (total, unit) = (total + value * unit, 1.0),
                None => break,
            },
        }
        any = true;
        here.step();
        *back = here;
    }
    // “hundred” alone stays to be counted.
    total += if unit > 1.0 { unit } else { 0.0 };
    (any && total > 0.0).then_some((total, total))
}

fn value(word: &str) -> Option<f64> {
    const SMALL: [&str; 20] = [
        "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let small = SMALL.iter().position(|&n| n == word).map(|n| (n as f64).max(1.0));
    small.or_else(|| TENS.iter().position(|&n| n == word).map(|n| (n as f64 + 2.0) * 10.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geoparse::tokens::Text;

    #[test]
    fn lengths() {
        let check = |words: &str, least: f64, most: f64| {
            let words = format!("{words} x");
            let text = Text::new(&words, &[]);
            let mut back = Back::from(&text, text.tokens.len() - 1);
            let found = length(&mut back).map(|length| (length.least.round(), length.most.round()));
            let expected = (most > 0.0).then_some((least, most));
            assert_eq!(found, expected, "{words}");
        };
        check("some 12 km", 12_000.0, 12_000.0);
        check("12km", 12_000.0, 12_000.0);
        check("12-kilometre", 12_000.0, 12_000.0);
        check("1,200 kilometres", 1_200_000.0, 1_200_000.0);
        check("2.5 miles", 4_023.0, 4_023.0);
        check("2½ miles", 4_023.0, 4_023.0);
        check("twelve miles", 19_312.0, 19_312.0);
        check("twenty-five miles", 40_234.0, 40_234.0);
        check("two hundred and fifty metres", 250.0, 250.0);
        check("a hundred miles", 160_934.0, 160_934.0);
        check("a mile", 1_609.0, 1_609.0);
        check("half a mile", 805.0, 805.0);
        check("a half-mile", 805.0, 805.0);
        check("a quarter of a mile", 402.0, 402.0);
        check("three quarters of a mile", 1_207.0, 1_207.0);
        check("one and a half miles", 2_414.0, 2_414.0);
        check("a few kilometres", 2_000.0, 6_000.0);
        check("a few hundred metres", 200.0, 600.0);
        check("a couple of hundred metres", 150.0, 300.0);
        check("several miles", 4_828.0, 12_875.0);
        check("a couple of miles", 2_414.0, 4_828.0);
        check("dozens of kilometres", 20_000.0, 90_000.0);
        check("10-15 km", 10_000.0, 15_000.0);
        check("10 to 15 km", 10_000.0, 15_000.0);
        check("between 10 and 15 km", 10_000.0, 15_000.0);
        check("1/2 mile", 805.0, 805.0);
        check("12 nautical miles", 22_224.0, 22_224.0);
        check("500 yards", 457.0, 457.0);
        check("a dozen miles", 19_312.0, 19_312.0);
        check("8 square km", 0.0, 0.0);
        check("two hours", 0.0, 0.0);
        check("km", 0.0, 0.0);
        check("", 0.0, 0.0);
    }
}
