//! Addresses on the web as they may be written down: without what only their owner should know.
//! A key that stands in the path, among the folders, cannot be told from a folder.

/// An address without its secrets: values of the query, and a name and password before the server, become `…`.
///
/// ```
/// use dateline::model::without_secrets;
/// let told = without_secrets("https://me:pass@tiles.org/1/2/3.png?key=abc&style=light#x");
/// assert_eq!(told, "https://…@tiles.org/1/2/3.png?key=…&style=…#x");
/// assert_eq!(without_secrets("https://tiles.org/1/2/3.png"), "https://tiles.org/1/2/3.png");
/// ```
pub fn without_secrets(address: &str) -> String {
    let (address, fragment) = match address.split_once('#') {
        Some((before, after)) => (before, format!("#{after}")),
        None => (address, String::new()),
    };
    let (path, query) = match address.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (address, None),
    };
    let path = match path.split_once("://") {
        Some((scheme, rest)) => {
            let (server, below) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            match server.rsplit_once('@') {
                Some((_, host)) => format!("{scheme}://…@{host}{below}"),
                None => path.to_owned(),
            }
        }
        None => path.to_owned(),
    };
    let Some(query) = query else { return format!("{path}{fragment}") };
    // A bare word is as likely a key as a value is.
    let masked = query
        .split('&')
        .map(|pair| pair.split_once('=').map_or("…".to_owned(), |(name, _)| format!("{name}=…")));
    format!("{path}?{}{fragment}", masked.collect::<Vec<_>>().join("&"))
}
