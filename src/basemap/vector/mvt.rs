//! Reads Mapbox Vector Tiles: layers of features, each with a shape and with tags.
//! Everything is read where it lies and only when it is asked for, since most layers and most tags of a tile are
//! never looked at; damage ends a layer or a shape early and nothing else.

use crate::basemap::clip::Xy;

/// The most points that one shape may have; a whole tile of real maps has fewer.
const POINTS: usize = 1 << 20;

/// One layer of a tile.
pub(super) struct Layer<'a> {
    pub name: &'a str,
    /// Steps along a tile's side.
    pub extent: u32,
    keys: Vec<&'a str>,
    values: Vec<Value<'a>>,
    features: Vec<&'a [u8]>,
}

/// What a tag says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Number(f64),
    Bool(bool),
}

/// What a shape is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Point,
    Line,
    Polygon,
}

/// One feature of a layer.
pub(super) struct Feature<'a> {
    layer: &'a Layer<'a>,
    pub form: Form,
    tags: Packed<'a>,
    shape: Packed<'a>,
}

/// The layers of a tile, in order.
pub(super) fn layers(tile: &[u8]) -> impl Iterator<Item = Layer<'_>> {
    Fields(tile).filter_map(|(number, field)| match (number, field) {
        (3, Field::Bytes(bytes)) => layer(bytes),
        _ => None,
    })
}

fn layer(bytes: &[u8]) -> Option<Layer<'_>> {
    let (mut keys, mut values, mut features) = (Vec::new(), Vec::new(), Vec::new());
    let (mut name, mut extent) = ("", 4096);
    for (number, field) in Fields(bytes) {
        match (number, field) {
            (1, Field::Bytes(text)) => name = str::from_utf8(text).ok()?,
            (2, Field::Bytes(feature)) => features.push(feature),
            // A key that is no text is never asked for; its place must be kept.
            (3, Field::Bytes(text)) => keys.push(str::from_utf8(text).unwrap_or_default()),
            (4, Field::Bytes(value)) => values.push(self::value(value)),
            (5, Field::Number(side)) => extent = u32::try_from(side).ok()?,
            _ => {}
        }
    }
    (extent > 0).then_some(Layer { name, extent, keys, values, features })
}

fn value(bytes: &[u8]) -> Value<'_> {
    let read = Fields(bytes).last();
    match read {
        Some((1, Field::Bytes(text))) => Value::Text(str::from_utf8(text).unwrap_or_default()),
        Some((2, Field::Four(bits))) => Value::Number(f64::from(f32::from_bits(bits))),
        Some((3, Field::Eight(bits))) => Value::Number(f64::from_bits(bits)),
        Some((4, Field::Number(number))) => Value::Number(number as i64 as f64),
        Some((5, Field::Number(number))) => Value::Number(number as f64),
        Some((6, Field::Number(number))) => {
            Value::Number(((number >> 1) as i64 ^ -((number & 1) as i64)) as f64)
        }
        Some((7, Field::Number(number))) => Value::Bool(number != 0),
        _ => Value::Text(""),
    }
}

impl Layer<'_> {
    /// Its features, in order.
    pub(super) fn features(&self) -> impl Iterator<Item = Feature<'_>> {
        self.features.iter().filter_map(|bytes| {
            let (mut tags, mut shape, mut form) = (Packed(&[]), Packed(&[]), None);
            for (number, field) in Fields(bytes) {
                match (number, field) {
                    (2, Field::Bytes(bytes)) => tags = Packed(bytes),
                    (3, Field::Number(number)) => {
                        form = match number {
                            1 => Some(Form::Point),
                            2 => Some(Form::Line),
                            3 => Some(Form::Polygon),
                            _ => None,
                        }
                    }
                    (4, Field::Bytes(bytes)) => shape = Packed(bytes),
                    _ => {}
                }
            }
            Some(Feature { layer: self, form: form?, tags, shape })
        })
    }
}

impl<'a> Feature<'a> {
    /// What a tag says.
    pub(super) fn get(&self, key: &str) -> Option<Value<'a>> {
        let mut tags = self.tags;
        while let (Some(name), Some(value)) = (tags.next(), tags.next()) {
            if self.layer.keys.get(name as usize) == Some(&key) {
                return self.layer.values.get(value as usize).copied();
            }
        }
        None
    }

    /// What a tag says, if that is text and not empty.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        match self.get(key) {
            Some(Value::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// What a tag says, if that is a number, also one written as text.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        match self.get(key)? {
            Value::Number(number) => Some(number),
            Value::Text(text) => text.parse().ok(),
            Value::Bool(_) => None,
        }
    }

    /// Whether a tag says yes, in one of the ways in which schemas say it.
    pub(super) fn is(&self, key: &str) -> bool {
        match self.get(key) {
            Some(Value::Bool(yes)) => yes,
            Some(Value::Number(number)) => number != 0.0,
            Some(Value::Text(text)) => matches!(text, "true" | "yes" | "1"),
            None => false,
        }
    }

    /// The points, lines or rings of its shape, in steps of the layer's extent. The first point of a ring is not
    /// repeated.
    pub(super) fn parts(&self) -> Vec<Vec<Xy>> {
        let mut parts: Vec<Vec<Xy>> = Vec::new();
        let mut shape = self.shape;
        let (mut pen, mut points) = ([0i32; 2], 0);
        while let Some(command) = shape.next() {
            let count = (command >> 3) as usize;
            match command & 7 {
                command @ (1 | 2) => {
                    for _ in 0..count {
                        let (Some(x), Some(y)) = (shape.next(), shape.next()) else {
                            return parts;
                        };
                        pen = [pen[0].wrapping_add(unzigzag(x)), pen[1].wrapping_add(unzigzag(y))];
                        points += 1;
                        if points > POINTS {
                            return parts;
                        }
                        let at = pen.map(f64::from);
                        match parts.last_mut() {
                            Some(part) if command == 2 => part.push(at),
                            _ => parts.push(vec![at]),
                        }
                    }
                }
                7 => {}
                _ => return parts,
            }
        }
        parts
    }
}

/// Numbers that stand one behind another.
#[derive(Clone, Copy)]
struct Packed<'a>(&'a [u8]);

impl Iterator for Packed<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        number(&mut self.0).map(|number| number as u32)
    }
}

/// The fields of a message, with their numbers; ends where they make no sense.
struct Fields<'a>(&'a [u8]);

enum Field<'a> {
    Number(u64),
    Four(u32),
    Eight(u64),
    Bytes(&'a [u8]),
}

impl<'a> Iterator for Fields<'a> {
    type Item = (u32, Field<'a>);

    fn next(&mut self) -> Option<(u32, Field<'a>)> {
        let tag = number(&mut self.0)?;
        let field = match tag & 7 {
            0 => Field::Number(number(&mut self.0)?),
            1 => Field::Eight(u64::from_le_bytes(take(&mut self.0, 8)?.try_into().ok()?)),
            2 => {
                let length = usize::try_from(number(&mut self.0)?).ok()?;
                Field::Bytes(take(&mut self.0, length)?)
            }
            5 => Field::Four(u32::from_le_bytes(take(&mut self.0, 4)?.try_into().ok()?)),
            _ => return None,
        };
        Some(((tag >> 3) as u32, field))
    }
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn unzigzag(number: u32) -> i32 {
    (number >> 1) as i32 ^ -((number & 1) as i32)
}

#[cfg(test)]
mod tests {
    use super::super::make::{Make, tile};
    use super::*;

    #[test]
    fn layers_features_tags_and_shapes_are_read() {
        let bytes = tile(&[Make::layer(
            "roads",
            &[
                Make::line(&[[0, 0], [10, -5], [4096, 4096]], &[("class", "primary"), ("name", "Rue A")]),
                Make::polygon(&[&[[0, 0], [8, 0], [8, 8]], &[[1, 1], [1, 2], [2, 2]]], &[]),
                Make::point([7, 9], &[("rank", "3")]),
            ],
        )]);
        let all: Vec<_> = layers(&bytes).collect();
        assert_eq!((all.len(), all[0].name, all[0].extent), (1, "roads", 4096));
        let features: Vec<_> = all[0].features().collect();
        assert_eq!(features.len(), 3);
        assert_eq!(features[0].form, Form::Line);
        assert_eq!(features[0].text("name"), Some("Rue A"));
        assert_eq!(features[0].get("none"), None);
        assert_eq!(features[0].parts(), [vec![[0.0, 0.0], [10.0, -5.0], [4096.0, 4096.0]]]);
        assert_eq!(features[1].parts().len(), 2);
        assert_eq!(features[2].parts(), [vec![[7.0, 9.0]]]);
        assert_eq!(features[2].number("rank"), Some(3.0));
    }

    #[test]
    fn damage_never_does_more_than_leave_things_out() {
        let whole = tile(&[Make::layer(
            "roads",
            &[
                Make::line(&[[0, 0], [10, -5], [4096, 4096]], &[("class", "primary")]),
                Make::polygon(&[&[[0, 0], [8, 0], [8, 8]]], &[("kind", "park")]),
            ],
        )]);
        let read = |bytes: &[u8]| {
            for layer in layers(bytes) {
                for feature in layer.features() {
                    let _ =
                        (feature.parts(), feature.text("class"), feature.is("kind"), feature.number("class"));
                }
            }
        };
        for at in 0..whole.len() {
            read(&whole[..at]);
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[at] ^= 1 << bit;
                read(&damaged);
            }
        }
    }
}
