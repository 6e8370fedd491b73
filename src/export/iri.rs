//! Places and articles by addresses, for formats of linked data.
//! What has no address on the web gets a name, `urn:dateline:…`, that is the same in every file.

use crate::model::Article;

/// Gazetteers that have an address for each place: their prefix, and what stands before and after its identifier.
const GAZETTEERS: [(&str, &str, &str); 7] = [
    ("geonames", "https://sws.geonames.org/", "/"),
    ("wikidata", "http://www.wikidata.org/entity/", ""),
    ("wd", "http://www.wikidata.org/entity/", ""),
    ("tgn", "http://vocab.getty.edu/tgn/", ""),
    ("pleiades", "https://pleiades.stoa.org/places/", ""),
    // Coordinates of the text, as RFC 5870 writes a point.
    ("coordinate", "geo:", ""),
    ("geo", "geo:", ""),
];

/// The address of a place in its gazetteer, or else its name.
pub(super) fn of_place(id: &str) -> String {
    if let Some(address) = on_the_web(id) {
        return address;
    }
    let listed = id.split_once(':').and_then(|(gazetteer, own)| {
        let (_, before, after) = GAZETTEERS.iter().find(|(prefix, ..)| *prefix == gazetteer)?;
        let plain = !own.is_empty() && own.chars().all(|c| c.is_ascii_alphanumeric() || ",.-_".contains(c));
        plain.then(|| format!("{before}{own}{after}"))
    });
    listed.unwrap_or_else(|| named("place", id))
}

/// Where an article stands on the web, or else its name; `key` is its id made unique.
pub(super) fn of_article(article: &Article, key: &str) -> String {
    article.url.as_deref().and_then(on_the_web).unwrap_or_else(|| named("article", key))
}

/// A name for what has no address: `urn:dateline:article:libya/derna.txt`.
pub(super) fn named(sort: &str, id: &str) -> String {
    let mut name = format!("urn:dateline:{sort}:");
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => name.push(char::from(byte)),
            _ if b"-._~!$&'()*+,;=:@/".contains(&byte) => name.push(char::from(byte)),
            _ => name.push_str(&escaped(byte)),
        }
    }
    name
}

/// An address of the web without what no IRI may have (RFC 3987); `None` for any other.
pub(super) fn on_the_web(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = url.split_once("://")?.0.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let mut address = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || "<>\"{}|\\^`".contains(c) {
            let mut bytes = [0; 4];
            address.extend(c.encode_utf8(&mut bytes).bytes().map(escaped));
        } else {
            address.push(c);
        }
    }
    Some(address)
}

fn escaped(byte: u8) -> String {
    format!("%{byte:02X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_addresses() {
        let check = |id: &str, expected: &str| assert_eq!(of_place(id), expected);
        check("geonames:87205", "https://sws.geonames.org/87205/");
        check("wikidata:Q83", "http://www.wikidata.org/entity/Q83");
        check("coordinate:32.712345,-22.6", "geo:32.712345,-22.6");
        check("https://example.org/places/1 2", "https://example.org/places/1%202");
        check("dateline:old-town", "urn:dateline:place:dateline:old-town");
        check("near:geonames:1/royal street", "urn:dateline:place:near:geonames:1/royal%20street");
        check("geonames:<1>", "urn:dateline:place:geonames:%3C1%3E");
        check("", "urn:dateline:place:");
    }

    #[test]
    fn articles_have_addresses() {
        let check = |id: &str, url: Option<&str>, expected: &str| {
            let article = Article { url: url.map(str::to_owned), ..Article::from_text(id, "") };
            assert_eq!(of_article(&article, id), expected);
        };
        check("a", Some("https://example.org/a?b=ü"), "https://example.org/a?b=ü");
        check("libya/é#1.txt", Some("javascript:alert(1)"), "urn:dateline:article:libya/%C3%A9%231.txt");
        check("a b", None, "urn:dateline:article:a%20b");
    }
}
