//! Zip archives: the directory at the end tells what is in them.
//! Names that are not UTF-8 are in whatever encoding the machine used that packed them; all of them tell which.

use encoding_rs::Encoding;
use zip::ZipArchive;

use super::limits::{Broken, Counted, unpacked};
use super::{Allowance, Files, Next, Packed, entry, names};
use crate::ingest::content;
use crate::ingest::format::Format;
use crate::ingest::source::{Input, Source, Steps};
use crate::model::Problem;

use std::io;
use std::sync::Arc;

pub(super) fn steps(mut source: Source) -> Result<Steps, Problem> {
    let allowance = super::admitted(&mut source)?;
    let input = std::mem::replace(&mut source.input, Box::new(io::Cursor::new(Vec::new())));
    let archive = entry::directory(input).map_err(|reason| source.problem(reason))?;
    let encoding = names::encoding(archive.file_names_raw());
    let packed = Zip { archive, encoding, next: 0, allowance };
    Ok(Files::steps(source, |_| packed))
}

struct Zip {
    archive: ZipArchive<Box<dyn Input>>,
    encoding: Option<&'static Encoding>,
    /// Number of the entry after the one it stands at.
    next: usize,
    allowance: Arc<Allowance>,
}

impl Packed for Zip {
    fn advance(&mut self) -> Next {
        let number = self.next;
        if number >= self.archive.len() {
            return Next::End(None);
        }
        self.next += 1;
        let shown = self.archive.name_for_index(number).and_then(Result::ok);
        let shown = shown.map_or_else(|| format!("entry {}", number + 1), |name| name.into_owned());
        let entry = match self.archive.by_index_raw(number) {
            Ok(entry) => entry,
            Err(error) => return Next::Locked(shown, entry::reason(&error)),
        };
        let raw = entry.name_raw();
        let name = match (std::str::from_utf8(raw), self.encoding) {
            (Ok(name), _) => name.to_owned(),
            (Err(_), Some(encoding)) => encoding.decode_without_bom_handling(raw).0.into_owned(),
            (Err(_), None) => shown,
        };
        if entry.is_dir() || entry.is_symlink() {
            return Next::Other;
        }
        if entry.encrypted() {
            return Next::Locked(name, "it is locked with a password".to_owned());
        }
        Next::File(name)
    }

    fn head(&mut self) -> Vec<u8> {
        let entry = self.archive.by_index(self.next.saturating_sub(1));
        entry.map(|entry| content::head(Counted::new(entry, &self.allowance))).unwrap_or_default()
    }

    fn unpack(&mut self, format: Format) -> (Box<dyn Input>, Option<Broken>) {
        match self.archive.by_index(self.next.saturating_sub(1)) {
            Ok(entry) => unpacked(Counted::new(entry, &self.allowance), format),
            Err(error) => (Box::new(io::Cursor::new(Vec::new())), Some(Broken::Alone(entry::reason(&error)))),
        }
    }
}
