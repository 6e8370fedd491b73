//! TEI P5: the texts themselves, with names of places, dates and events marked, in one corpus that is written article by
//! article.
//! Taken out of its marks, what stands in an article's body is its text, but for form feeds, which are page breaks, and
//! for characters that XML does not know, each of which is one replacement character.

mod form;
mod head;
mod marks;
mod notes;

use std::io::{self, Write};

use super::form::{Form, Wanted, Written};
use super::spot::Spot;
use super::xml::{attribute, text};
use super::{ATTRIBUTION, GENERATOR, Options};
use crate::model::How;
use crate::model::record::Settled;
use notes::Notes;

/// A corpus while it is written.
#[derive(Debug)]
pub(crate) struct Corpus<W> {
    out: W,
    articles: usize,
    /// Whether mentions without a place are marked, too.
    unresolved: bool,
}

impl<W: Write> Corpus<W> {
    pub(crate) fn start(mut out: W, options: &Options) -> io::Result<Self> {
        out.write_all(corpus_header(options).as_bytes())?;
        Ok(Self { out, articles: 0, unresolved: options.unresolved })
    }
}

impl<W: Write> Form<W> for Corpus<W> {
    fn article(&mut self, wanted: &Wanted<'_>) -> io::Result<Written> {
        self.articles += 1;
        let notes = Notes::of(wanted, self.articles, self.unresolved);
        let article = &wanted.article.article;
        let mut xml = String::new();
        xml.push_str("<TEI");
        if let Some(language) = article.language.as_deref().filter(|tag| form::is_language(tag)) {
            attribute(&mut xml, "xml:lang", language);
        }
        xml.push_str(">\n");
        head::article(&mut xml, article, wanted.key, &notes);
        notes.stand_off(&mut xml);
        xml.push_str("<text><body>");
        marks::body(&mut xml, article, &notes.marks);
        xml.push_str("</body></text>\n</TEI>\n");
        self.out.write_all(xml.as_bytes())?;
        Ok(notes.written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<W> {
        // A corpus has at least one text.
        if self.articles == 0 {
            self.out.write_all(
                b"<TEI><teiHeader><fileDesc><titleStmt><title>No article</title></titleStmt>\
                  <publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>\
                  <text><body><p/></body></text></TEI>\n",
            )?;
        }
        self.out.write_all(b"</teiCorpus>\n")?;
        Ok(self.out)
    }
}

/// What holds of all articles: who marked them, how, and under what licence.
fn corpus_header(options: &Options) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n\
         <teiHeader>\n<fileDesc>\n<titleStmt><title>Articles with the places that they name</title>\
         <respStmt xml:id=\"dateline\"><resp>found and placed the names of places</resp><name>",
    );
    text(&mut xml, GENERATOR);
    xml.push_str("</name></respStmt></titleStmt>\n<publicationStmt><publisher>");
    text(&mut xml, GENERATOR);
    xml.push_str("</publisher>");
    if let Some(created) = &options.created {
        xml.push_str("<date");
        attribute(&mut xml, "when", created);
        xml.push_str("/>");
    }
    xml.push_str(
        "<availability><licence target=\"https://creativecommons.org/licenses/by/4.0/\">The places, not the texts. ",
    );
    text(&mut xml, ATTRIBUTION);
    xml.push_str(
        "</licence></availability></publicationStmt>\n<sourceDesc><p>Each text names its own source.</p></sourceDesc>\n\
         </fileDesc>\n<encodingDesc>\n<editorialDecl><interpretation><p>Names of places, dates and events were marked by \
         the program; whatever a person has settled since bears their name as @resp. @cert is how likely the place, or \
         the event, is the one meant.</p></interpretation></editorialDecl>\n<classDecl><taxonomy xml:id=\"settled\">",
    );
    for how in How::ALL.into_iter().filter(|how| *how != How::Rejected) {
        let told = match how {
            How::Auto => "by the program",
            How::Confirmed => "by the program, and a person agreed",
            How::Corrected => "by a person, otherwise than the program had",
            How::Added | How::Rejected => "by a person, where the program had found nothing",
        };
        xml.push_str("<category");
        attribute(&mut xml, "xml:id", how.as_str());
        xml.push_str("><catDesc>");
        text(&mut xml, told);
        xml.push_str("</catDesc></category>");
    }
    xml.push_str(
        "</taxonomy></classDecl>\n<geoDecl datum=\"WGS84\">Latitude and longitude in degrees.</geoDecl>\n<appInfo>",
    );
    xml.push_str("<application ident=\"dateline\"");
    attribute(&mut xml, "version", env!("CARGO_PKG_VERSION"));
    xml.push_str("><label>");
    text(&mut xml, GENERATOR);
    xml.push_str("</label></application></appInfo>\n</encodingDesc>\n</teiHeader>\n");
    xml
}
