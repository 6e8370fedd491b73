//! What goes wrong between here and a server, in words, and how long to leave the server alone for it.
//! A server that says how long is believed, up to an hour.

use std::time::Duration;

use ureq::http::HeaderMap;

/// The longest time that a server is left alone without having asked for more.
const LONGEST: Duration = Duration::from_secs(300);
/// The longest time that a server may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);

/// Why a tile did not come.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Failure {
    /// The address cannot be asked.
    Address,
    /// Nobody could be reached.
    Unreached,
    /// Nobody answered in time.
    Silent,
    /// The way there is not safe.
    Unsafe(String),
    /// The server answered with a status that is no tile.
    Status(u16, Option<Duration>),
    /// The server answered with something else; its type.
    NoPicture(String),
}

impl Failure {
    pub(super) fn of(error: ureq::Error) -> Failure {
        use ureq::Error;
        match error {
            Error::Timeout(_) => Failure::Silent,
            Error::Tls(reason) => Failure::Unsafe(reason.to_owned()),
            Error::Rustls(error) => Failure::Unsafe(error.to_string()),
            Error::Pem(error) => Failure::Unsafe(error.to_string()),
            Error::BadUri(_) | Error::Http(_) => Failure::Address,
            Error::StatusCode(status) => Failure::Status(status, None),
            Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Failure::Silent,
            // A broken certificate comes wrapped in what failed to be read.
            Error::Io(error) if error.to_string().contains("certificate") => {
                Failure::Unsafe(error.to_string())
            }
            _ => Failure::Unreached,
        }
    }

    pub(super) fn status(status: u16, headers: &HeaderMap) -> Failure {
        let asked = headers.get("retry-after").and_then(|value| value.to_str().ok());
        let asked = asked.and_then(|value| value.trim().parse().ok()).map(Duration::from_secs);
        Failure::Status(status, asked)
    }

    /// How long to leave the server alone after so many failures in a row.
    pub(super) fn pause(&self, failures: u32) -> Duration {
        let first = match self {
            Failure::Status(429, _) => 15,
            Failure::Status(401 | 403, _) | Failure::Unsafe(_) | Failure::Address => 60,
            _ => 2,
        };
        let grown = Duration::from_secs(first) * 2u32.saturating_pow(failures.min(8));
        let asked = if let Failure::Status(_, Some(asked)) = self {
            (*asked).min(LONGEST_ASKED)
        } else {
            Duration::ZERO
        };
        grown.min(LONGEST).max(asked)
    }

    /// What to tell a person.
    pub(super) fn told(&self, host: &str) -> String {
        match self {
            Failure::Address => format!("The address of the tiles of {host} cannot be asked."),
            Failure::Unreached => format!("{host} cannot be reached. What was fetched before is shown."),
            Failure::Silent => format!("{host} does not answer. What was fetched before is shown."),
            Failure::Unsafe(reason) => format!("The connection to {host} is not safe: {reason}"),
            Failure::Status(status @ (401 | 403), _) => {
                format!(
                    "{host} refuses its tiles ({status}). It may want a key in the address, or not allow this use."
                )
            }
            Failure::Status(429, _) => format!("{host} asks to be left alone for a while (429)."),
            Failure::Status(status @ 500.., _) => format!("{host} is out of order ({status})."),
            Failure::Status(status, _) => format!("{host} answers that it cannot ({status})."),
            Failure::NoPicture(kind) if kind.is_empty() => {
                format!("{host} answers with something that is no picture.")
            }
            Failure::NoPicture(kind) => format!("{host} answers with something that is no picture ({kind})."),
        }
    }
}
