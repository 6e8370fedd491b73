//! Makes vector tiles, for tests.
//! Tags are text only, which is enough for every schema.

/// A feature that is made.
pub(crate) struct Make {
    form: u64,
    shape: Vec<u32>,
    tags: Vec<(String, String)>,
}

fn zigzag(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)) as u32
}

fn number(mut number: u64, into: &mut Vec<u8>) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

fn field(key: u64, bytes: &[u8], into: &mut Vec<u8>) {
    number(key << 3 | 2, into);
    number(bytes.len() as u64, into);
    into.extend_from_slice(bytes);
}

impl Make {
    fn new(form: u64, parts: &[&[[i32; 2]]], tags: &[(&str, &str)]) -> Make {
        let mut shape = Vec::new();
        let mut pen = [0, 0];
        for part in parts {
            for (at, point) in part.iter().enumerate() {
                match at {
                    0 => shape.push(1 << 3 | 1),
                    1 => shape.push((part.len() as u32 - 1) << 3 | 2),
                    _ => {}
                }
                shape.extend([zigzag(point[0] - pen[0]), zigzag(point[1] - pen[1])]);
                pen = *point;
            }
            if form == 3 {
                shape.push(1 << 3 | 7);
            }
        }
        let tags = tags.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        Make { form, shape, tags }
    }

    pub(crate) fn point(at: [i32; 2], tags: &[(&str, &str)]) -> Make {
        Make::new(1, &[&[at]], tags)
    }

    pub(crate) fn line(points: &[[i32; 2]], tags: &[(&str, &str)]) -> Make {
        Make::new(2, &[points], tags)
    }

    pub(crate) fn polygon(rings: &[&[[i32; 2]]], tags: &[(&str, &str)]) -> Make {
        Make::new(3, rings, tags)
    }

    /// A layer's bytes.
    pub(crate) fn layer(name: &str, features: &[Make]) -> Vec<u8> {
        let mut bytes = Vec::new();
        field(1, name.as_bytes(), &mut bytes);
        let mut words: Vec<&str> = Vec::new();
        for feature in features {
            let mut tags = Vec::new();
            for (key, value) in &feature.tags {
                // Keys and values are numbered alike: each pair adds one of both.
                tags.extend([words.len() as u32 / 2; 2]);
                words.extend([key.as_str(), value.as_str()]);
            }
            let packed = |numbers: &[u32]| {
                let mut bytes = Vec::new();
                numbers.iter().for_each(|&one| number(u64::from(one), &mut bytes));
                bytes
            };
            let mut inside = Vec::new();
            field(2, &packed(&tags), &mut inside);
            number(3 << 3, &mut inside);
            number(feature.form, &mut inside);
            field(4, &packed(&feature.shape), &mut inside);
            field(2, &inside, &mut bytes);
        }
        for pair in words.chunks(2) {
            field(3, pair[0].as_bytes(), &mut bytes);
        }
        for pair in words.chunks(2) {
            let mut value = Vec::new();
            field(1, pair[1].as_bytes(), &mut value);
            field(4, &value, &mut bytes);
        }
        number(5 << 3, &mut bytes);
        number(4096, &mut bytes);
        number(15 << 3, &mut bytes);
        number(2, &mut bytes);
        bytes
    }
}

/// A tile of these layers.
pub(crate) fn tile(layers: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    layers.iter().for_each(|layer| field(3, layer, &mut bytes));
    bytes
}
