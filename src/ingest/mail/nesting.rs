//! How deep the parts of a message may lie in each other, found out before it is taken apart.
//! `mail_parser` takes letters within letters apart by calling itself, or drops them so: ten thousand of them within each
//! other would be the end of the program. What is packed for the way (base64) it would unpack and do the same with; such a
//! letter is made one that it does not know, comes out as bytes, and is counted when those are read.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// Most messages and parts within each other: more are no letter, and lie too deep in each other to be taken apart.
const MOST_PARTS: usize = 250;

/// What a packed letter is called instead of "message".
pub(super) const PACKED: &str = "xessage";

/// Sorts of parts that hold no others.
const LEAVES: [&[u8]; 7] = [b"text/", b"image/", b"audio/", b"video/", b"application/", b"font/", b"model/"];

/// Ways to send a part as it is.
const PLAIN: [&[u8]; 3] = [b"7bit", b"8bit", b"binary"];

/// The message as it can be taken apart. Fails with the reason, as the end of a sentence that begins with its name.
pub(super) fn bounded(bytes: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    let found = Found::of(bytes);
    if found.holders > MOST_PARTS {
        return Err(format!(
            "more than {MOST_PARTS} messages and parts lie in each other: it is not looked into"
        ));
    }
    if found.disguised || found.digest && found.untyped {
        return Err("it is packed as no letter is: it is not looked into".to_owned());
    }
    if found.packed.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut bytes = bytes.to_vec();
    for at in found.packed {
        if let Some(first) = bytes.get_mut(at) {
            *first = b'x';
        }
    }
    Ok(Cow::Owned(bytes))
}

/// What stands in the headers of a message and of its parts. What looks like them in the words of a letter counts too:
/// nobody writes so many of them by hand.
#[derive(Debug, Default)]
struct Found {
    /// How many headers name a part that may hold others.
    holders: usize,
    /// Where packed letters are called such.
    packed: Vec<usize>,
    /// Whether something packed is of no sort that a program writes.
    disguised: bool,
    /// Whether something packed is of no sort at all, which in a digest is a letter.
    untyped: bool,
    digest: bool,
}

/// The headers of one part.
#[derive(Debug, Default)]
struct Block {
    typed: bool,
    is_packed: bool,
    letters: Vec<usize>,
    disguised: bool,
    /// Whether the line is of a header that says that it holds others, and of one that says it in no way that
    /// programs write.
    holder: bool,
    odd: bool,
}

impl Found {
    fn of(bytes: &[u8]) -> Found {
        let mut found = Found::default();
        let mut block = Block::default();
        let mut from = 0;
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            if found.holders > MOST_PARTS {
                return found;
            }
            let goes_on = line.starts_with(b" ") || line.starts_with(b"\t");
            block.holder &= goes_on;
            block.odd &= goes_on;
            if line.trim_ascii().is_empty() {
                found.end(std::mem::take(&mut block));
            } else if let Some((name, value)) = header(line) {
                let rest = bytes.get(from + value..).unwrap_or_default().trim_ascii_start();
                if is(name, b"content-type") {
                    found.add(&mut block, bytes.len() - rest.len(), rest);
                } else if is(name, b"content-transfer-encoding") {
                    block.is_packed |= !PLAIN.iter().any(|plain| begins(rest, plain));
                }
            }
            found.digest |= block.holder && has(line, b"digest");
            block.disguised |= block.odd && (has(line, b"rfc822") || has(line, b"global"));
            from += line.len();
        }
        found.end(block);
        found
    }

    /// A part is said to be of a sort.
    fn add(&mut self, block: &mut Block, at: usize, sort: &[u8]) {
        block.typed = true;
        if LEAVES.iter().any(|leaf| begins(sort, leaf)) {
            return;
        }
        self.holders += 1;
        block.holder = true;
        block.odd = !begins(sort, b"message/") && !begins(sort, b"multipart/");
        if begins(sort, b"message/") {
            block.letters.push(at);
        }
    }

    /// The headers of a part end.
    fn end(&mut self, block: Block) {
        if block.is_packed {
            self.packed.extend(block.letters);
            self.disguised |= block.disguised;
            self.untyped |= !block.typed;
        }
    }
}

/// The name of the header that a line begins, and where in it its value does. Whoever takes a message apart overlooks
/// blanks in a name, and colons before it.
fn header(line: &[u8]) -> Option<(&[u8], usize)> {
    let before = line.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b':').count();
    let rest = line.get(before..)?;
    let colon = memchr(b':', rest)?;
    Some((rest.get(..colon)?, before + colon + 1))
}

fn is(name: &[u8], known: &[u8]) -> bool {
    name.iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(u8::to_ascii_lowercase)
        .eq(known.iter().copied())
}

fn begins(value: &[u8], start: &[u8]) -> bool {
    value.get(..start.len()).is_some_and(|value| value.eq_ignore_ascii_case(start))
}

fn has(value: &[u8], word: &[u8]) -> bool {
    memmem::find(&value.to_ascii_lowercase(), word).is_some()
}
