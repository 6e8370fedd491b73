//! How far reading has come: which file, how many bytes of all of them, and what was passed over.
//! Whoever reads counts, whoever draws looks: neither waits for the other.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::walk;

/// What is being read, and how much of it.
#[derive(Debug, Default)]
pub struct Meter {
    file: Mutex<Option<String>>,
    read: AtomicU64,
    /// Bytes there are in all; nought until they are counted, and where they cannot be.
    all: AtomicU64,
    passed_over: Mutex<Vec<(String, &'static str)>>,
}

impl Meter {
    /// The file that is being read.
    pub fn file(&self) -> Option<String> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The share that is read, 0 to 1, where it is known how much there is.
    pub fn share(&self) -> Option<f32> {
        let all = self.all.load(Ordering::Relaxed);
        (all > 0).then(|| (self.read() as f64 / all as f64).min(1.0) as f32)
    }

    /// How many bytes are read.
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// The projects and exports that lay in folders, each with what it is: nobody asked for them.
    pub fn passed_over(&self) -> Vec<(String, &'static str)> {
        self.passed_over.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn pass_over(&self, name: String, what: &'static str) {
        self.passed_over.lock().unwrap_or_else(PoisonError::into_inner).push((name, what));
    }

    /// Counts how many bytes there are in these files and folders.
    pub(crate) fn weigh(&self, inputs: &[PathBuf]) {
        // Of a pipe nobody knows, and then of the whole neither.
        let all: Option<u64> = inputs.iter().map(|input| walk::weight(input)).sum();
        self.all.store(all.unwrap_or(0), Ordering::Relaxed);
    }

    /// Counts what is read of a file from now on.
    pub(super) fn begin<R: Read>(self: &Arc<Self>, name: &str, file: R) -> Metered<R> {
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = Some(name.to_owned());
        Metered { file, meter: Arc::clone(self) }
    }
}

/// A file whose bytes are counted as they are read.
#[derive(Debug)]
pub(super) struct Metered<R> {
    file: R,
    meter: Arc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.meter.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// What is read twice counts twice, and the share stays at the whole.
impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, read_unopened};
    use super::*;

    #[test]
    fn what_is_read_of_a_folder_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "Rain in Cairo.").unwrap();
        std::fs::write(folder.path().join("b.jsonl"), "{\"text\": \"Rain in Oslo.\"}\n").unwrap();
        std::fs::write(folder.path().join("c.png"), "no text").unwrap();
        let (inputs, meter) = ([folder.path().to_owned()], Arc::new(Meter::default()));
        assert_eq!((meter.share(), meter.file()), (None, None));
        meter.weigh(&inputs);
        assert_eq!(meter.share(), Some(0.0));
        assert_eq!(read_unopened(&inputs, &Options::default(), &meter).count(), 2);
        assert_eq!(meter.share(), Some(1.0));
        assert!(meter.file().is_some_and(|file| file.ends_with("b.jsonl")));
        meter.weigh(&[folder.path().join("nothing here")]);
        assert_eq!(meter.share(), None);
    }
}
