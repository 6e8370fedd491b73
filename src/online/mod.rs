//! What speaks to the web: one request for one address that a person named, and who it says that it is.
//! Nothing is fetched on its own account: no link is followed but where a server sends a request elsewhere, and that only
//! a few times.

use std::io::Read;
use std::time::Duration;

use ureq::Agent;
use ureq::http::Uri;

/// Largest answer that is taken, in bytes.
pub(crate) const LARGEST: u64 = 32 << 20;
/// How often a server may send a request elsewhere.
const MOST_REDIRECTS: u32 = 5;

/// What came from an address.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub bytes: Vec<u8>,
    /// What the server calls it: "text/html", in lower case.
    pub kind: String,
    /// How the server says that it is encoded: "utf-8".
    pub charset: Option<String>,
}

/// Who asks: a server that is bothered shall know whom to tell.
pub(crate) fn user_agent() -> String {
    let name = concat!("Dateline/", env!("CARGO_PKG_VERSION"));
    let homes = [env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_HOMEPAGE")];
    let home = homes.into_iter().find(|home| !home.is_empty());
    home.map_or_else(|| name.to_owned(), |home| format!("{name} (+{home})"))
}

/// Fetches what is at an address, or tells why that is not to be had, as the end of a sentence that begins with the
/// address.
pub(crate) fn fetch(address: &str) -> Result<Answer, String> {
    let uri: Uri = address.parse().map_err(|_| "it is not an address that can be asked".to_owned())?;
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err("an address with a name and a password in it is not asked".to_owned());
    }
    let config = Agent::config_builder()
        .user_agent(user_agent())
        .accept("text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8")
        .http_status_as_error(false)
        .max_redirects(MOST_REDIRECTS)
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_global(Some(Duration::from_secs(40)))
        .build();
    let agent: Agent = config.into();
    let response = agent.get(uri).call().map_err(|error| reason(&error))?;
    let status = response.status().as_u16();
    if !response.status().is_success() {
        return Err(refused(status));
    }
    let (parts, body) = response.into_parts();
    let header = parts.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut words = header.split(';').map(str::trim);
    let kind = words.next().unwrap_or_default().to_lowercase();
    let named = words.find_map(|word| word.to_lowercase().strip_prefix("charset=").map(str::to_owned));
    let charset = named.map(|name| name.trim_matches(['"', '\'']).to_owned());
    let mut bytes = Vec::new();
    let read = body.into_with_config().limit(LARGEST + 1).reader().take(LARGEST + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > LARGEST {
        return Err(format!("what is there is larger than {} MiB", LARGEST >> 20));
    }
    read.map_err(|error| format!("it could not be read to its end: {error}"))?;
    Ok(Answer { bytes, kind, charset })
}

fn refused(status: u16) -> String {
    match status {
        401 | 403 | 451 => format!("its server refuses it ({status})"),
        404 | 410 => format!("there is no such page ({status})"),
        429 => "its server asks to be left alone for a while (429)".to_owned(),
        500.. => format!("its server is out of order ({status})"),
        _ => format!("its server answers that it cannot ({status})"),
    }
}

fn reason(error: &ureq::Error) -> String {
    use ureq::Error;
    match error {
        Error::Timeout(_) => "its server does not answer".to_owned(),
        Error::Tls(reason) => format!("the connection to its server is not safe: {reason}"),
        Error::Rustls(reason) => format!("the connection to its server is not safe: {reason}"),
        Error::BadUri(_) | Error::Http(_) => "it is not an address that can be asked".to_owned(),
        Error::TooManyRedirects => "its server sends from one address to the next without end".to_owned(),
        Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
            "its server does not answer".to_owned()
        }
        Error::Io(error) if error.to_string().contains("certificate") => {
            format!("the connection to its server is not safe: {error}")
        }
        Error::HostNotFound => "there is no such server, or no connection to the web".to_owned(),
        _ => "its server cannot be reached".to_owned(),
    }
}
