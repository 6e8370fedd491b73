//! Thrift's compact form, in which Parquet keeps what it says of itself: read only to be looked over beforehand.
//! Parquet's reader believes what stands there, and would call itself a million times, or ask for a hundred gigabytes.

/// How deep structures may lie in each other.
const DEEPEST: usize = 32;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Number(i64),
    /// A list of so many elements of a type, which come next.
    List(usize, u8),
    /// Something else, which comes next.
    Other(u8),
}

/// A place in what is read.
#[derive(Clone, Debug)]
pub(super) struct Thrift<'a> {
    bytes: &'a [u8],
    at: usize,
}

pub(super) const STRUCT: u8 = 12;

impl<'a> Thrift<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes were read.
    pub(super) fn read(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn pass(&mut self, count: u64) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(count).ok()?)?;
        (self.at <= self.bytes.len()).then_some(())
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        self.varint().map(|value| (value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// The number of the next field of a structure and what it holds; the inner `None` at its end.
    pub(super) fn field(&mut self, last: &mut i64) -> Option<Option<(i64, Value)>> {
        let head = self.byte()?;
        if head == 0 {
            return Some(None);
        }
        let (step, kind) = (i64::from(head >> 4), head & 0x0F);
        *last = if step == 0 { self.zigzag()? } else { last.checked_add(step)? };
        let value = match kind {
            // Truth values have no bytes of their own.
            1 | 2 => Value::Number(i64::from(kind == 1)),
            4..=6 => Value::Number(self.zigzag()?),
            9 | 10 => {
                let (count, of) = self.list()?;
                Value::List(count, of)
            }
            kind => Value::Other(kind),
        };
        Some(Some((*last, value)))
    }

    fn list(&mut self) -> Option<(usize, u8)> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        // Every element takes a byte at least.
        let count =
            usize::try_from(count).ok().filter(|&count| count <= self.bytes.len().saturating_sub(self.at))?;
        Some((count, head & 0x0F))
    }

    /// Passes over what a field holds.
    pub(super) fn skip(&mut self, value: Value, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match value {
            Value::Number(_) => Some(()),
            Value::List(count, of) => (0..count).try_for_each(|_| self.skip_element(of, depth + 1)),
            Value::Other(kind) => self.skip_element(kind, depth + 1),
        }
    }

    fn skip_element(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match kind {
            1..=3 => self.pass(1),
            4..=6 => self.zigzag().map(|_| ()),
            7 => self.pass(8),
            8 => {
                let length = self.varint()?;
                self.pass(length)
            }
            9 | 10 => {
                let (count, of) = self.list()?;
                (0..count).try_for_each(|_| self.skip_element(of, depth + 1))
            }
            11 => {
                let count = self.varint()?;
                if count == 0 {
                    return Some(());
                }
                let kinds = self.byte()?;
                if count > self.bytes.len() as u64 {
                    return None;
                }
                (0..count).try_for_each(|_| {
                    self.skip_element(kinds >> 4, depth + 1)?;
                    self.skip_element(kinds & 0x0F, depth + 1)
                })
            }
            STRUCT => {
                let mut last = 0;
                while let Some((_, value)) = self.field(&mut last)? {
                    self.skip(value, depth + 1)?;
                }
                Some(())
            }
            _ => None,
        }
    }
}
