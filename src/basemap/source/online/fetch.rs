//! Fetches one tile, or asks whether the one that is kept still holds.
//! Whether an answer may be kept, for how long, and what to ask again is HTTP's own rules, followed by
//! `http-cache-semantics`.

use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http_cache_semantics::{AfterResponse, BeforeRequest, CacheOptions, CachePolicy};
use ureq::Agent;
use ureq::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, response};

use super::super::{LARGEST, is_picture};
use super::cache::{Entry, Head, TileCache};
use super::failure::Failure;
use crate::online::user_agent;

/// What came of asking for a tile.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fetched {
    /// A picture.
    Tile(Arc<[u8]>),
    /// The server has none there.
    Nothing,
}

/// Asks servers, and keeps what they answer.
pub(super) struct Fetcher {
    agent: Agent,
    cache: Option<Arc<TileCache>>,
}

impl Fetcher {
    pub(super) fn new(cache: Option<Arc<TileCache>>) -> Fetcher {
        let config = Agent::config_builder()
            .user_agent(user_agent())
            .accept("image/webp,image/png,image/jpeg")
            .http_status_as_error(false)
            .max_redirects(4)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Fetcher { agent: config.into(), cache }
    }

    /// The picture that is kept for an address, and whether it may be shown without asking.
    pub(super) fn kept(&self, url: &str) -> Option<(Arc<[u8]>, bool)> {
        let entry = self.cache.as_ref()?.load(url)?;
        let request = request(url)?;
        let fresh = policy(&request, &entry).is_some_and(|policy| {
            policy.before_request(&request, SystemTime::now()).satisfies_without_revalidation()
        });
        Some((entry.body.into(), fresh))
    }

    /// Fetches a tile.
    pub(super) fn fetch(&self, url: &str) -> Result<Fetched, Failure> {
        let request = request(url).ok_or(Failure::Address)?;
        let kept = self.cache.as_ref().and_then(|cache| cache.load(url));
        let mut headers = request.headers().clone();
        let mut before = None;
        if let Some(entry) = kept
            && let Some(policy) = policy(&request, &entry)
        {
            if let BeforeRequest::Stale { request, .. } = policy.before_request(&request, SystemTime::now()) {
                headers = request.headers;
            }
            before = Some((entry, policy));
        }
        let mut asked = self.agent.get(url);
        for (name, value) in &headers {
            asked = asked.header(name, value);
        }
        let response = asked.call().map_err(Failure::of)?;
        self.take(&request, response, before)
    }

    fn take(
        &self,
        request: &Request<()>,
        response: Response<ureq::Body>,
        before: Option<(Entry, CachePolicy)>,
    ) -> Result<Fetched, Failure> {
        let now = SystemTime::now();
        let (parts, body) = response.into_parts();
        if parts.status == 304
            && let Some((entry, policy)) = before
        {
            let confirmed = match policy.after_response(request, &parts, now) {
                AfterResponse::NotModified(_, parts) | AfterResponse::Modified(_, parts) => parts,
            };
            let head = Head { headers: pairs(&confirmed.headers), seconds: seconds(now), ..entry.head };
            let entry = Entry { head, body: entry.body };
            self.keep(&entry);
            return Ok(Fetched::Tile(entry.body.into()));
        }
        match parts.status.as_u16() {
            200 => {}
            204 | 404 | 410 => return Ok(Fetched::Nothing),
            status => return Err(Failure::status(status, &parts.headers)),
        }
        let mut bytes = Vec::new();
        let mut reader = body.into_reader().take(LARGEST as u64 + 1);
        reader.read_to_end(&mut bytes).map_err(|error| Failure::of(ureq::Error::Io(error)))?;
        if bytes.len() > LARGEST || !is_picture(&bytes) {
            let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok());
            return Err(Failure::NoPicture(kind.unwrap_or_default().to_owned()));
        }
        let entry = Entry {
            head: Head {
                url: request.uri().to_string(),
                seconds: seconds(now),
                status: parts.status.as_u16(),
                headers: pairs(&parts.headers),
            },
            body: bytes,
        };
        if policy(request, &entry).is_some_and(|policy| policy.is_storable()) {
            self.keep(&entry);
        }
        Ok(Fetched::Tile(entry.body.into()))
    }

    fn keep(&self, entry: &Entry) {
        if let Some(cache) = &self.cache {
            cache.store(entry);
        }
    }
}

fn request(url: &str) -> Option<Request<()>> {
    Request::builder().method(Method::GET).uri(url).body(()).ok()
}

/// The rules that an answer came with.
fn policy(request: &Request<()>, entry: &Entry) -> Option<CachePolicy> {
    let mut headers = HeaderMap::new();
    for (name, value) in &entry.head.headers {
        let (name, value) = (HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?);
        headers.append(name, value);
    }
    let (mut parts, ()): (response::Parts, ()) =
        Response::builder().status(entry.head.status).body(()).ok()?.into_parts();
    parts.headers = headers;
    // One person's cache, which no other sees.
    let options = CacheOptions { shared: false, ..CacheOptions::default() };
    let at = UNIX_EPOCH + Duration::from_secs(entry.head.seconds);
    Some(CachePolicy::new_options(request, &parts, at, options))
}

fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(text).collect()
}

fn seconds(now: SystemTime) -> u64 {
    now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
