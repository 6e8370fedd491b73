//! What a file is: by its extension, or, where that says nothing, by its first bytes.
//! An extension that contradicts the bytes loses: a PDF called `.txt` is a PDF.

use std::path::Path;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    Pdf,
    Docx,
    Odt,
    Rtf,
    Epub,
    /// One message.
    Mail,
    /// Many messages, one after the other.
    Mbox,
    /// RSS or Atom.
    Feed,
    /// A table of text: commas, tabs or semicolons.
    Csv,
    /// A workbook.
    Spreadsheet,
    /// A table that is called a workbook and is a web page, as many an archive of news exports its lists.
    WebTable,
    Parquet,
    /// JSON Lines, a JSON array, or one JSON object.
    Json,
    Zip,
    /// A tar archive, plain or packed with gzip.
    Tar,
    /// One file packed with gzip.
    Gzip,
    /// A list of addresses on the web.
    Urls,
    /// Places of mentions as Dateline or another program exports them: GeoJSON, Web Annotations.
    Mentions,
    /// XML of which only a look inside tells what it is.
    Xml,
    /// Nothing to read in it, and nobody would expect it: images, fonts, programs.
    Ignored,
    /// A project, which holds the articles of such folders, and is read where it is named.
    Project,
    /// A document in a format that cannot be read.
    Unsupported,
}

/// Formats by extension, in lower case.
const EXTENSIONS: [(Format, &[&str]); 23] = [
    (Format::Text, &["txt", "text", ""]),
    (Format::Markdown, &["md", "markdown", "mdown", "mkd"]),
    (Format::Html, &["html", "htm", "xhtml", "xht", "shtml"]),
    (Format::Pdf, &["pdf"]),
    (Format::Docx, &["docx", "docm", "dotx"]),
    (Format::Odt, &["odt", "ott", "fodt"]),
    (Format::Rtf, &["rtf"]),
    (Format::Epub, &["epub"]),
    (Format::Mail, &["eml", "mht", "mhtml"]),
    (Format::Mbox, &["mbox", "mbx"]),
    (Format::Feed, &["rss", "atom", "rdf"]),
    (Format::Csv, &["csv", "tsv", "tab"]),
    (Format::Spreadsheet, &["xlsx", "xlsm", "xlsb", "xls", "ods"]),
    (Format::Parquet, &["parquet", "pq"]),
    (Format::Json, &["jsonl", "ndjson", "json"]),
    (Format::Zip, &["zip"]),
    (Format::Tar, &["tar", "tgz"]),
    (Format::Gzip, &["gz"]),
    (Format::Urls, &["urls"]),
    (Format::Mentions, &["geojson", "geojsonl", "geojsons", "jsonld"]),
    (Format::Xml, &["xml"]),
    (Format::Project, &["dateline"]),
    (
        Format::Ignored,
        &[
            "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "heic", "avif", "mp3",
            "wav", "ogg", "flac", "m4a", "mp4", "mov", "avi", "mkv", "webm", "ttf", "otf", "woff", "woff2",
            "css", "js", "map", "exe", "dll", "so", "o", "class", "pyc", "lock", "bak", "tmp", "swp", "log",
            "ini", "toml", "yaml", "yml", "sh", "py", "rs",
            // What programs attach to letters: signatures, cards, invitations, pictures.
            "p7s", "asc", "sig", "vcf", "ics", "emf", "emz", "wmf", "wmz",
            // Maps and tables of places, often Dateline's own, written beside the articles.
            "kml", "kmz", "gpkg", "fgb",
        ],
    ),
];

/// The extensions of files that are read, in lower case and without the dot.
pub(super) fn extensions() -> impl Iterator<Item = &'static str> {
    let read =
        EXTENSIONS.iter().filter(|(format, _)| format.is_read_in_folders() || *format == Format::Mentions);
    read.flat_map(|(_, extensions)| extensions.iter().copied()).filter(|extension| !extension.is_empty())
}

impl Format {
    /// By the file's name.
    pub(super) fn of(path: &Path) -> Format {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if name.ends_with(".tar.gz") {
            return Format::Tar;
        }
        // What nobody would look for is not looked for where it is packed.
        if let Some(inner) = name.strip_suffix(".gz")
            && Format::of(inner.as_ref()) == Format::Ignored
        {
            return Format::Ignored;
        }
        let extension = Path::new(&name).extension().unwrap_or_default().to_string_lossy().into_owned();
        EXTENSIONS
            .iter()
            .find(|(_, extensions)| extensions.contains(&extension.as_str()))
            .map_or(Format::Unsupported, |(format, _)| *format)
    }

    /// Whether files of it are read where a folder, or an archive, is: maps that lie beside articles are not, and
    /// projects are only where they are named.
    pub(super) const fn is_read_in_folders(self) -> bool {
        !matches!(self, Format::Ignored | Format::Project | Format::Unsupported | Format::Mentions)
    }
}
