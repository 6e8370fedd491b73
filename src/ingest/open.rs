//! A source to what is in it.
//! Its name tells the format as long as its first bytes say nothing else.

use std::io::BufReader;

use super::format::Format;
use super::source::{Source, Steps, one};
use super::walk::because;
use super::{
    archive, bundle, content, encoding, epub, feed, html, json, mail, markdown, mentions, office, pdf, rtf,
    table, urls,
};

/// Everything in a source that its name takes for `named`.
pub(super) fn open(mut source: Source, named: Format) -> Steps {
    let format = match content::format(named, &mut *source.input) {
        Ok(Ok(format)) => format,
        Ok(Err(reason)) => return one(Err(source.problem(reason))),
        Err(error) => return one(Err(source.problem(because(&error)))),
    };
    match format {
        Format::Text => match urls::listed(&mut source) {
            Some(steps) => steps,
            None => source.articles(|id, bytes| Ok(bundle::texts(id, readable(bytes)?))),
        },
        Format::Markdown => source.article(|id, bytes| Ok(markdown::article(id, readable(bytes)?))),
        Format::Html => source.article(html::article),
        Format::Pdf => source.articles(|id, bytes| pdf::article(id, bytes).map(bundle::parted)),
        Format::Docx => source.articles(|id, bytes| office::docx(id, bytes).map(bundle::parted)),
        Format::Odt => source.articles(|id, bytes| office::odt(id, bytes).map(bundle::parted)),
        Format::Rtf => source.articles(|id, bytes| rtf::article(id, bytes).map(bundle::parted)),
        Format::Epub => epub::steps(source),
        Format::Mail => mail::message(source),
        Format::Mbox => mail::mbox(source),
        Format::Feed | Format::Xml => feed::steps(source),
        Format::Csv => mentions::csv(source).unwrap_or_else(table::csv),
        Format::Spreadsheet => table::spreadsheet(source),
        Format::WebTable => table::web(source),
        Format::Parquet => table::parquet(source),
        Format::Json => json::steps(source.id, source.name, BufReader::new(source.input), &source.options),
        Format::Zip => archive::zip(source),
        Format::Tar => archive::tar(source),
        Format::Gzip => archive::gzip(source),
        Format::Urls => urls::steps(source),
        Format::Mentions => mentions::steps(source),
        Format::Ignored | Format::Project | Format::Unsupported => {
            one(Err(source.problem("such files cannot be read")))
        }
    }
}

/// The text of a file that holds nothing else.
fn readable(bytes: Vec<u8>) -> Result<String, String> {
    let text = encoding::decode(bytes)?;
    match text.trim().is_empty() {
        true => Err("empty: there is no text in it".to_owned()),
        false => Ok(text),
    }
}
