//! KML 2.2 (OGC 07-147r2): a placemark per row, with its time, for Google Earth and Marble; KMZ is the same in a zip.
//! What a placemark's balloon says is HTML inside XML, so what comes from articles is escaped twice. Nothing is asked of a
//! network: marks are the viewer's own, in our colours.

use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::form::Form;
use super::table::{Line, Type, Value};
use super::xml::escaped;
use super::{ATTRIBUTION, Format, GENERATOR, LICENSE, Options, Rows};
use crate::basemap::Ink;
use crate::model::{EventClass, EventType, Kind};

/// Of marks, which lie on what is mostly a picture of the Earth: the colours that stand out on dark ground.
const INK: Ink = Ink::DARK;

/// A document while it is written.
#[derive(Debug)]
pub(crate) struct Document<W> {
    out: W,
}

impl<W: Write> Document<W> {
    /// Writes what stands before the first placemark.
    pub(crate) fn start(mut out: W, options: &Options) -> io::Result<Self> {
        let rows = options.rows;
        let created = options.created.as_ref().map(|created| format!(" {created}.")).unwrap_or_default();
        let narrowed = options.narrowed(Format::Kml).map(|told| format!(" {told}")).unwrap_or_default();
        let about = format!("{GENERATOR}.{created}{narrowed} {ATTRIBUTION}. {LICENSE}");
        write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n"
        )?;
        writeln!(out, "<Document>\n<name>{}</name>\n<open>1</open>", rows.as_str())?;
        writeln!(out, "<description>{}</description>", escaped(&about))?;
        for (class, colour) in EventClass::ALL.into_iter().zip(INK.events) {
            style(&mut out, class.as_str(), colour)?;
        }
        for kind in Kind::ALL {
            style(&mut out, kind.as_str(), INK.accent)?;
        }
        style(&mut out, Rows::Places.as_str(), INK.accent)?;
        style(&mut out, Rows::Articles.as_str(), INK.accent)?;
        schema(&mut out, rows)?;
        Ok(Self { out })
    }

    fn end(mut self) -> io::Result<W> {
        self.out.write_all(b"</Document>\n</kml>\n")?;
        Ok(self.out)
    }
}

/// A shared style. KML writes a colour as alpha, blue, green, red.
fn style(out: &mut impl Write, id: &str, [red, green, blue]: [u8; 3]) -> io::Result<()> {
    writeln!(
        out,
        "<Style id=\"{id}\"><IconStyle><color>ff{blue:02x}{green:02x}{red:02x}</color><scale>0.8</scale></IconStyle>\
         <LabelStyle><scale>0.8</scale></LabelStyle></Style>"
    )
}

/// What the columns hold.
fn schema(out: &mut impl Write, rows: Rows) -> io::Result<()> {
    let name = rows.as_str();
    writeln!(out, "<Schema name=\"{name}\" id=\"{name}-columns\">")?;
    for column in rows.columns() {
        let holds = match column.holds {
            Type::Text | Type::Timestamp => "string",
            Type::Integer => "int",
            Type::Real => "double",
            Type::Boolean => "bool",
        };
        writeln!(out, "<SimpleField type=\"{holds}\" name=\"{}\"></SimpleField>", column.name)?;
    }
    writeln!(out, "</Schema>")
}

impl<W: Write> Document<W> {
    /// A placemark. The order of its parts is the schema's.
    fn placemark(&mut self, line: &Line<'_>) -> io::Result<()> {
        let out = &mut self.out;
        writeln!(out, "<Placemark>\n<name>{}</name>", escaped(&name(line)))?;
        let told = balloon(line);
        if !told.is_empty() {
            writeln!(out, "<description>{}</description>", escaped(&told))?;
        }
        if let Some((first, last)) = line.period() {
            if first == last {
                writeln!(out, "<TimeStamp><when>{}</when></TimeStamp>", day(first))?;
            } else {
                let (first, last) = (day(first), day(last));
                writeln!(out, "<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>")?;
            }
        }
        writeln!(out, "<styleUrl>#{}</styleUrl>", style_of(line))?;
        writeln!(out, "<ExtendedData><SchemaData schemaUrl=\"#{}-columns\">", line.rows.as_str())?;
        for (column, value) in line.cells() {
            let name = column.name;
            match value {
                Value::Null => Ok(()),
                Value::Text(text) => {
                    writeln!(out, "<SimpleData name=\"{name}\">{}</SimpleData>", escaped(text))
                }
                Value::Integer(number) => writeln!(out, "<SimpleData name=\"{name}\">{number}</SimpleData>"),
                Value::Real(number) => writeln!(out, "<SimpleData name=\"{name}\">{number:?}</SimpleData>"),
                // GDAL reads a number where xs:boolean has both.
                Value::Boolean(yes) => {
                    writeln!(out, "<SimpleData name=\"{name}\">{}</SimpleData>", u8::from(yes))
                }
            }?;
        }
        writeln!(out, "</SchemaData></ExtendedData>")?;
        if let Some((lat, lon)) = line.point() {
            writeln!(out, "<Point><coordinates>{lon:?},{lat:?}</coordinates></Point>")?;
        }
        writeln!(out, "</Placemark>")
    }
}

/// The date of a timestamp: a time of day is not known.
fn day(timestamp: &str) -> &str {
    timestamp.split('T').next().unwrap_or(timestamp)
}

/// What stands beside the mark.
fn name(line: &Line<'_>) -> String {
    let text = |column: &str| line.get(column).text().filter(|text| !text.is_empty());
    let place = || text("place_name").or_else(|| text("mention"));
    let name = match line.rows {
        Rows::Mentions => text("mention").or_else(place).map(str::to_owned),
        Rows::Events => match (text("event_subtype").or_else(|| text("event_type")), place()) {
            (Some(what), Some(place)) => Some(format!("{what}, {place}")),
            (what, place) => what.or(place).map(str::to_owned),
        },
        Rows::Places => place().map(str::to_owned),
        Rows::Articles => text("doc_title").map(str::to_owned),
    };
    name.unwrap_or_else(|| line.id().to_owned())
}

/// What the balloon says, as HTML.
fn balloon(line: &Line<'_>) -> String {
    let text = |column: &str| line.get(column).text().map(escaped).unwrap_or_default();
    let mut html = String::new();
    if let Value::Text(quote) = line.get("quote") {
        let (before, after) = (text("quote_before"), text("quote_after"));
        html.push_str(&format!("<p>{before}<b>{}</b>{after}</p>", escaped(quote)));
    }
    if let Value::Text(names) = line.get("names") {
        html.push_str(&format!("<p>{}</p>", escaped(names)));
    }
    let title = line.get("doc_title").text().or(line.get("doc_id").text());
    if let Some(title) = title {
        let web = line.get("doc_url").text();
        let web = web.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        let title = match web {
            Some(url) => format!("<a href=\"{}\">{}</a>", escaped(url), escaped(title)),
            None => escaped(title).into_owned(),
        };
        let from = [text("doc_source"), day(&text("published")).to_owned().into()];
        let from: Vec<&str> = from.iter().map(AsRef::as_ref).filter(|part| !part.is_empty()).collect();
        html.push_str(&format!("<p>{title}<br>{}</p>", from.join(", ")));
    }
    html
}

/// The style of a row: the class of its event, the kind of its mention, or that of all its rows.
fn style_of(line: &Line<'_>) -> &'static str {
    if let Rows::Places | Rows::Articles = line.rows {
        return line.rows.as_str();
    }
    let event = line.get("event_type").text();
    let event = event.and_then(|name| EventType::ALL.into_iter().find(|event| event.as_str() == name));
    let kind = line.get("kind").text();
    let kind = kind.and_then(|name| Kind::ALL.into_iter().find(|kind| kind.as_str() == name));
    event.map_or(kind.unwrap_or(Kind::Name).as_str(), |event| event.class().as_str())
}

impl<W: Write> Form<W> for Document<W> {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        self.placemark(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        self.end()
    }
}

/// A KMZ while it is written: the document packs itself as it comes, so that none of it is held.
pub(crate) struct Packed<W: Write>(Document<ZipWriter<StreamWriter<W>>>);

impl<W: Write> Packed<W> {
    pub(crate) fn start(out: W, options: &Options) -> io::Result<Self> {
        let mut zip = ZipWriter::new_stream(out);
        // Without a clock: the same rows give the same bytes. The name is the one that viewers look for first.
        let packed = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        zip.start_file("doc.kml", packed)?;
        Document::start(zip, options).map(Self)
    }
}

/// Past 4 GiB a zip has another form, which neither GDAL nor viewers of KMZ open: the packing refuses to begin it.
fn too_long(error: io::Error) -> io::Error {
    match error.to_string().starts_with("Large file option") {
        true => io::Error::other("a KMZ holds 4 GiB at most: write a .kml instead"),
        false => error,
    }
}

impl<W: Write> Form<W> for Packed<W> {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        self.0.placemark(line).map_err(too_long)
    }

    /// What is packed together cannot be handed on in parts.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        Ok(self.0.end()?.finish()?.into_inner())
    }
}
