//! A page that opens offline and asks nothing of anybody: map, timeline, lists, quotes, how each place was decided.
//! What is told of the articles is written as they come, as data that nothing runs; what the page looks like, and its
//! sums, come behind them. So the file streams, and a reader meets the summary first all the same.

mod escape;
mod ground;
mod known;
mod page;
mod part;
mod record;
mod telling;

use std::io::{self, Write};

use self::known::Shared;
use self::record::Record;
use self::telling::Telling;
use super::Options;
use super::form::{Form, Wanted, Written};

/// Bytes of data after which another element is begun: an element is one text to a browser, which reads it at once.
const PART: usize = 256 << 10;

/// A report while it is written. It holds what many articles share, the first articles as lists, and one part.
pub(crate) struct Report<W> {
    out: W,
    options: Options,
    shared: Shared,
    record: Record,
    part: Vec<u8>,
}

impl<W: Write> Report<W> {
    pub(crate) fn start(mut out: W, options: &Options) -> io::Result<Self> {
        out.write_all(page::head(options).as_bytes())?;
        let (shared, record) = (Shared::default(), Record::default());
        Ok(Self { out, options: options.clone(), shared, record, part: Vec::new() })
    }

    /// Writes the articles that were taken in since the last time.
    fn end_part(&mut self) -> io::Result<()> {
        if self.part.is_empty() {
            return Ok(());
        }
        self.out.write_all(b"<script type=\"application/json\" class=\"part\">[")?;
        self.out.write_all(&self.part)?;
        self.out.write_all(b"]</script>\n")?;
        self.part.clear();
        Ok(())
    }
}

impl<W: Write> Form<W> for Report<W> {
    fn article(&mut self, wanted: &Wanted<'_>) -> io::Result<Written> {
        let telling = Telling::of(wanted, &self.options);
        self.shared.add(&telling);
        self.record.add(&telling);
        let article = part::article(&telling, &mut self.shared);
        if !self.part.is_empty() {
            self.part.push(b',');
        }
        escape::script(&article.to_string(), &mut self.part);
        if self.part.len() >= PART {
            self.end_part()?;
        }
        Ok(telling.written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.end_part()?;
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<W> {
        self.end_part()?;
        self.out.write_all(&page::rest(&self.shared, &self.record, &self.options))?;
        Ok(self.out)
    }
}
