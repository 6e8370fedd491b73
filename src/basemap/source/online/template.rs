//! The address of a server's tiles, with places for a tile's numbers.
//! `{z}`, `{x}` and `{y}`; `{-y}` where rows are counted from the south, `{s}` for one of the servers a, b and c,
//! and `{r}` for `@2x` on a display that can show it.

use crate::basemap::TileId;

/// An address that every tile's own is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(String);

impl Template {
    /// Takes an address if tiles can be fetched from it; says why where they cannot.
    pub fn parse(text: &str) -> Result<Template, String> {
        let text = text.trim();
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err("The address begins with https://".to_owned());
        };
        if !matches!(scheme, "https" | "http") {
            return Err("The address begins with https:// or http://".to_owned());
        }
        let host = rest.split('/').next().unwrap_or_default();
        if host.is_empty() || host.contains('@') || text.contains(char::is_whitespace) {
            return Err("The address names no server".to_owned());
        }
        let missing = ["{z}", "{x}"].into_iter().find(|place| !text.contains(place));
        let row = text.contains("{y}") || text.contains("{-y}");
        if let Some(place) = missing.or((!row).then_some("{y}")) {
            return Err(format!("The address lacks {place}, the place for a tile's number"));
        }
        let template = Template(text.to_owned());
        let whole = template.url(TileId { z: 0, x: 0, y: 0 }, true);
        if let Some(at) = whole.find('{') {
            let unknown: String = whole[at..].chars().take_while(|&sign| sign != '/').collect();
            return Err(format!("{unknown} in the address stands for nothing"));
        }
        if whole.parse::<ureq::http::Uri>().is_err() {
            return Err("This is no address".to_owned());
        }
        Ok(template)
    }

    /// Where a tile is; `dense` asks for the one of twice the pixels, if the address has a place for that.
    pub fn url(&self, TileId { z, x, y }: TileId, dense: bool) -> String {
        let south = (1u64 << z.min(32)).saturating_sub(1 + u64::from(y));
        let server = ["a", "b", "c"][(x.wrapping_add(y) % 3) as usize];
        self.0
            .replace("{z}", &z.to_string())
            .replace("{x}", &x.to_string())
            .replace("{y}", &y.to_string())
            .replace("{-y}", &south.to_string())
            .replace("{s}", server)
            .replace("{r}", if dense { "@2x" } else { "" })
    }

    /// The server, as people call it.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or_default();
        host.strip_prefix("{s}.").unwrap_or(host)
    }

    /// Whether the way to the server is open for anybody to read.
    pub fn is_open(&self) -> bool {
        self.0.starts_with("http://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_of_a_tiles_numbers() {
        let check = |template: &str, expected: &str| {
            let template = Template::parse(template).unwrap();
            assert_eq!(template.url(TileId { z: 3, x: 5, y: 1 }, true), expected);
        };
        check("https://tiles.org/{z}/{x}/{y}.png", "https://tiles.org/3/5/1.png");
        check(" https://{s}.tiles.org/{z}/{x}/{-y}{r}.png?key=a ", "https://a.tiles.org/3/5/6@2x.png?key=a");
        assert_eq!(Template::parse("https://{s}.tiles.org:80/{z}/{x}/{y}").unwrap().host(), "tiles.org:80");
    }

    #[test]
    fn what_is_no_address_of_tiles_is_refused() {
        let check = |template: &str, expected: &str| {
            let reason = Template::parse(template).unwrap_err();
            assert!(reason.contains(expected), "{template}: {reason}");
        };
        check("tiles.org/{z}/{x}/{y}.png", "begins with https://");
        check("file:///etc/{z}/{x}/{y}", "begins with https://");
        check("https:///{z}/{x}/{y}", "names no server");
        check("https://me@tiles.org/{z}/{x}/{y}", "names no server");
        check("https://tiles.org/{z}/{x}.png", "lacks {y}");
        check("https://tiles.org/{x}/{y}.png", "lacks {z}");
        check("https://tiles.org/{z}/{x}/{y}?key={key}", "{key}");
        check("https://tiles.org/{z}/{x}/{y} .png", "names no server");
    }
}
