//! What files of tiles say of themselves, made fit to be shown.
//! Attributions are written for web pages: of `&copy; <a href="…">…</a>` the words stay.

use crate::model::Bbox;

/// The words of a piece of HTML, on one line.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    // A `<` that no `>` follows is a sign like any other.
    while let Some((before, tag)) = rest.split_once('<')
        && let Some((_, after)) = tag.split_once('>')
    {
        text.push_str(before);
        text.push(' ');
        rest = after;
    }
    text.push_str(rest);
    for (entity, sign) in ENTITIES {
        text = text.replace(entity, sign);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    // A tag that ended a word is no space before a comma.
    words.join(" ").replace(" ,", ",").replace(" .", ".")
}

const ENTITIES: [(&str, &str); 9] = [
    ("&copy;", "©"),
    ("&#169;", "©"),
    ("&nbsp;", " "),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&middot;", "·"),
    // Last, so that what it makes is not read again.
    ("&amp;", "&"),
];

/// A box of degrees, if it is one.
pub(super) fn bounds([west, south, east, north]: [f64; 4]) -> Option<Bbox> {
    let sound = (-180.0..=180.0).contains(&west)
        && (-180.0..=180.0).contains(&east)
        && (-90.0..=90.0).contains(&south)
        && (-90.0..=90.0).contains(&north);
    (sound && west < east && south < north).then_some(Bbox { west, south, east, north })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_are_read_as_people_read_them() {
        let check = |html: &str, expected: &str| assert_eq!(plain(html), expected);
        check("Natural Earth", "Natural Earth");
        check(
            "<a href=\"https://openmaptiles.org/\">&copy; OpenMapTiles</a> &copy; <b>OpenStreetMap</b> contributors",
            "© OpenMapTiles © OpenStreetMap contributors",
        );
        check("a <b>b</b>, c\n&amp;lt;", "a b, c &lt;");
        check("5 < 6", "5 < 6");
        check("", "");
    }
}
