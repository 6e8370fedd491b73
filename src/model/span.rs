//! Where something stands in a text. Bytes inside the program, Unicode code points at every border.

use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** into an article's text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to and without `end`, in bytes.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text it covers; empty where the span does not fit the text.
    ///
    /// ```
    /// use dateline::model::Span;
    /// assert_eq!(Span::new(8, 13).of("Back in Cairo."), "Cairo");
    /// assert_eq!(Span::new(8, 99).of("Back in Cairo."), "");
    /// ```
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this span.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A half-open range of **Unicode code points** into an article's text: what JSON, CSV and W3C
/// annotations carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CharSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// Converts between bytes and code points of one text, in O(log n) after one pass over it.
///
/// ```
/// use dateline::model::{CharIndex, CharSpan, Span};
/// let text = "À Tunis, à Tunis";
/// let index = CharIndex::new(text);
/// let second = Span::new(13, 18);
/// assert_eq!(second.of(text), "Tunis");
/// assert_eq!(index.chars(second), CharSpan { start: 11, end: 16 });
/// assert_eq!(index.bytes(index.chars(second)), Some(second));
/// ```
#[derive(Clone, Debug)]
pub struct CharIndex {
    /// `(byte, code points before it)` after every multi-byte character.
    steps: Vec<(usize, usize)>,
    bytes: usize,
    chars: usize,
}

impl CharIndex {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        let mut steps = Vec::new();
        let mut chars = 0;
        for (byte, c) in text.char_indices() {
            chars += 1;
            if c.len_utf8() > 1 {
                steps.push((byte + c.len_utf8(), chars));
            }
        }
        Self { steps, bytes: text.len(), chars }
    }

    /// Number of code points before byte `byte` (which must be a character boundary).
    pub fn char_at(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes);
        match self.steps.partition_point(|&(b, _)| b <= byte) {
            0 => byte,
            n => {
                let (b, c) = self.steps[n - 1];
                c + (byte - b)
            }
        }
    }

    /// Byte at which code point number `char` begins; `None` past the end of the text.
    pub fn byte_at(&self, char: usize) -> Option<usize> {
        if char > self.chars {
            return None;
        }
        let n = self.steps.partition_point(|&(_, c)| c <= char);
        let (b, c) = if n == 0 { (0, 0) } else { self.steps[n - 1] };
        Some(b + (char - c))
    }

    /// A byte span in code points.
    pub fn chars(&self, span: Span) -> CharSpan {
        CharSpan { start: self.char_at(span.start), end: self.char_at(span.end) }
    }

    /// A code-point span in bytes; `None` where it does not fit the text or is empty.
    pub fn bytes(&self, span: CharSpan) -> Option<Span> {
        let (start, end) = (self.byte_at(span.start)?, self.byte_at(span.end)?);
        (start < end).then_some(Span { start, end })
    }
}
