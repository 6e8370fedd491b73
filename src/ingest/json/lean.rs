//! JSON to values, of which only as many are kept as an article may have.
//! A list of twenty million numbers takes forty times its length as values; what is beyond the limit is looked over.
//! What programs write that is not quite JSON (`NaN`, half a surrogate pair, a tab in a text) is read as it was meant.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Most values of one article, those of its lists and objects with them.
pub(in crate::ingest) const MOST_VALUES: usize = 250_000;

/// The value in a text. Each value in it takes from `room`; for what comes when there is none left there is nothing.
pub(in crate::ingest) fn value(text: &str, room: &mut usize) -> Result<Value, serde_json::Error> {
    let before = *room;
    strict(text, room).or_else(|error| {
        *room = before;
        mended(text).and_then(|mended| strict(&mended, room).ok()).ok_or(error)
    })
}

fn strict(text: &str, room: &mut usize) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Lean(room).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

struct Lean<'a>(&'a mut usize);

impl Lean<'_> {
    /// Whether one more value may be kept.
    fn take(&mut self) -> bool {
        let some = *self.0 > 0;
        *self.0 = self.0.saturating_sub(1);
        some
    }
}

impl<'de> DeserializeSeed<'de> for Lean<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Lean<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while self.take() {
            match list.next_element_seed(Lean(self.0))? {
                Some(value) => values.push(value),
                None => return Ok(Value::Array(values)),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while self.take() {
            let Some(name) = object.next_key::<String>()? else { return Ok(Value::Object(fields)) };
            fields.insert(name, object.next_value_seed(Lean(self.0))?);
        }
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Object(fields))
    }
}

/// What other languages write for what JSON has no word for, or another.
const WORDS: [(&str, &str); 12] = [
    ("NaN", "null"),
    ("nan", "null"),
    ("-NaN", "null"),
    ("Infinity", "null"),
    ("-Infinity", "null"),
    ("inf", "null"),
    ("-inf", "null"),
    ("None", "null"),
    ("NULL", "null"),
    ("undefined", "null"),
    ("True", "true"),
    ("False", "false"),
];

/// The same with what JSON has no place for put right; `None` where there is nothing of it.
fn mended(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    let mut within = false;
    while let Some(c) = rest.chars().next() {
        let length = match (within, c) {
            (true, '\\') => escape(rest, &mut out),
            (true, '\0'..='\x1f') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
                1
            }
            (false, '-' | 'a'..='z' | 'A'..='Z' | '0'..='9') => word(rest, &mut out),
            _ => {
                within ^= c == '"';
                out.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(length..)?;
    }
    (out != text).then_some(out)
}

/// Writes the word or the number at the beginning, and tells how long it was.
fn word(rest: &str, out: &mut String) -> usize {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
    let length = rest.find(|c: char| !inner(c)).unwrap_or(rest.len());
    let word = rest.get(..length).unwrap_or_default();
    out.push_str(WORDS.iter().find(|(known, _)| *known == word).map_or(word, |(_, meant)| *meant));
    length
}

/// Writes what a backslash and what follows it stand for, and tells how long they were.
fn escape(rest: &str, out: &mut String) -> usize {
    let unit = |at: usize| {
        let digits = rest.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let (kept, length) = match (rest.as_bytes().get(1), unit(0)) {
        (_, Some(0xD800..=0xDBFF)) if matches!(unit(6), Some(0xDC00..=0xDFFF)) => (rest.get(..12), 12),
        (_, Some(0xD800..=0xDFFF)) => (Some("\\ufffd"), 6),
        (_, Some(_)) => (rest.get(..6), 6),
        (Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't'), _) => (rest.get(..2), 2),
        (Some(b'\''), _) => (Some("'"), 2),
        _ => (Some("\\\\"), 1),
    };
    out.push_str(kept.unwrap_or_default());
    length
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_quite_json_is_read_as_it_was_meant() {
        let check = |text: &str, expected: Value| {
            assert_eq!(value(text, &mut MOST_VALUES.clone()).ok(), Some(expected), "{text}");
        };
        check("{\"a\": NaN, \"b\": [-Infinity, 1e5, -2]}", json!({"a": null, "b": [null, 1e5, -2]}));
        check("{\"a\": \"NaN\", \"b\": None}", json!({"a": "NaN", "b": null}));
        check("\"rain \\ud83d in Oslo\"", json!("rain \u{fffd} in Oslo"));
        check("[\"\\udca7\", \"\\ud83d\\udca7\", NaN]", json!(["\u{fffd}", "💧", null]));
        check("\"It\tfell.\\'\"", json!("It\tfell.'"));
        check("\"C:\\Oslo\"", json!("C:\\Oslo"));
        for damaged in ["{\"a\"", "{a: 1}", "\"\\", "nothing", "[1,]"] {
            assert!(value(damaged, &mut MOST_VALUES.clone()).is_err(), "{damaged}");
        }
    }

    #[test]
    fn what_is_beyond_the_limit_is_looked_over() {
        let mut room = 3;
        assert_eq!(
            value("{\"a\": [1, 2, 3, 4], \"b\": {\"c\": 5}}", &mut room).ok(),
            Some(json!({"a": [1, 2]}))
        );
        assert_eq!(room, 0);
    }

    proptest! {
        #[test]
        fn what_is_json_stays_as_it_is(words in "\\PC{0,40}", number: f64, list in prop::collection::vec(any::<i64>(), 0..9)) {
            let whole = json!({"words": words, "number": number, "list": list, "none": null, "yes": true});
            let read = value(&whole.to_string(), &mut MOST_VALUES.clone());
            prop_assert_eq!(read.ok(), Some(serde_json::from_str(&whole.to_string()).unwrap()));
        }

        #[test]
        fn anything_is_a_value_or_none(text in "[\\[\\]{}\",:\\\\uDd8NaN0-9 \t\u{e9}]{0,80}") {
            let _ = value(&text, &mut 20);
        }
    }
}
