//! The parts of a document that is a zip archive: Word's, OpenDocument's, EPUB's.
//! Nothing a part says of other parts is ever a path on a disk: it is a name in the same archive, or nothing.

use std::collections::BTreeMap;
use std::io::Cursor;

use encoding_rs::UTF_8;
use zip::ZipArchive;

use crate::ingest::archive::entry::{self, Limits};
use crate::ingest::source::LARGEST;

/// XML shrinks to a twentieth, tables of empty cells to less; bombs to a thousandth.
const PART: Limits = Limits { largest: LARGEST, ratio: 60, free: 4 << 20 };

/// What a document that lies in an archive holds.
pub(in crate::ingest) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// Numbers of the parts, by name.
    parts: BTreeMap<String, usize>,
    /// Bytes that may still be unpacked: a thousand names may stand for one and the same large part.
    left: u64,
}

impl Package {
    /// Opens an archive that is held whole.
    pub fn open(bytes: Vec<u8>) -> Result<Package, String> {
        let left = (bytes.len() as u64).saturating_mul(PART.ratio).clamp(PART.free, LARGEST);
        let archive = entry::directory(Cursor::new(bytes))?;
        let name = |number| archive.name_for_index(number)?.ok();
        let parts = (0..archive.len()).filter_map(|number| {
            let name = name(number)?.replace('\\', "/");
            Some((name.trim_start_matches('/').to_owned(), number))
        });
        Ok(Package { parts: parts.collect(), archive, left })
    }

    /// The text of a part; `None` where there is no such part, an error where it is there and cannot be read.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(&number) = self.parts.get(name) else { return Ok(None) };
        let limits = Limits { largest: PART.largest.min(self.left), ..PART };
        let bytes = entry::read(&mut self.archive, number, limits)?;
        self.left -= bytes.len() as u64;
        // A byte order mark tells UTF-16, which XML may be in.
        Ok(Some(UTF_8.decode(&bytes).0.into_owned()))
    }
}

/// The name of the part that `target` means, which stands in the part `base`: "../text/a.xhtml" in "OPS/toc/nav.xhtml"
/// is "OPS/text/a.xhtml".
pub(in crate::ingest) fn resolved(base: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or(target);
    let target = unescaped(target);
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => base.split('/').collect(),
    };
    steps.pop();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// "a%20b" as "a b".
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_name_in_the_archive() {
        let check = |base: &str, target: &str, expected: &str| assert_eq!(resolved(base, target), expected);
        check("OPS/package.opf", "text/a.xhtml", "OPS/text/a.xhtml");
        check("OPS/toc/nav.xhtml", "../text/a%20b.xhtml#part", "OPS/text/a b.xhtml");
        check("package.opf", "../../../etc/passwd", "etc/passwd");
        check("_rels/.rels", "/word/document.xml", "word/document.xml");
        check("a", "%zz%", "%zz%");
    }
}
