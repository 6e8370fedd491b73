//! A server on this machine that answers as it is told, and what is asked of it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::*;
use crate::basemap::picture::tests::quarters;

/// What a server answers: status line, headers, body.
type Answer = (&'static str, Vec<String>, Vec<u8>);

/// A server that answers every request in turn; what it was asked comes out of the receiver, path and headers.
fn serve(answers: Vec<Answer>) -> (String, Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, asked) = channel();
    std::thread::spawn(move || {
        for (status, headers, body) in answers {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let _ = sender.send(request(&stream));
            let mut head =
                format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
            headers.iter().for_each(|header| head.push_str(&format!("{header}\r\n")));
            let _ = stream.write_all(format!("{head}\r\n").as_bytes());
            let _ = stream.write_all(&body);
        }
    });
    (address, asked)
}

fn request(stream: &TcpStream) -> Vec<String> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect()
}

fn picture(headers: &[&str]) -> Answer {
    let headers = headers.iter().map(|header| header.to_string()).collect();
    ("200 OK", headers, quarters(16))
}

fn plain(status: &'static str) -> Answer {
    (status, Vec::new(), b"<html>No</html>".to_vec())
}

fn server(address: &str) -> Server {
    Server {
        title: "Ours".to_owned(),
        template: Template::parse(&format!("{address}/{{z}}/{{x}}/{{y}}.png")).unwrap(),
        attribution: "© Us".to_owned(),
        nearest: 5,
        wide: false,
        dense: false,
    }
}

fn cache(folder: &tempfile::TempDir) -> Option<Arc<TileCache>> {
    Some(Arc::new(TileCache::new(folder.path().join("tiles"))))
}

/// Waits until something is told of; fails after some seconds.
fn until<T>(mut ready: impl FnMut() -> Option<T>) -> T {
    for _ in 0..2000 {
        if let Some(found) = ready() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("nothing came of it");
}

fn news(online: &Online) -> Vec<TileId> {
    until(|| Some(online.news()).filter(|news| !news.is_empty()))
}

const TILE: TileId = TileId { z: 2, x: 1, y: 3 };

#[test]
fn a_tile_is_fetched_once_and_kept_as_long_as_the_server_says() {
    let folder = tempfile::tempdir().unwrap();
    let (address, asked) = serve(vec![picture(&["Cache-Control: max-age=3600"])]);
    let online = Online::open(server(&address), cache(&folder), || {});
    assert_eq!(online.tile(TILE), Found::Awaited);
    assert_eq!(news(&online), [TILE]);
    assert_eq!(online.tile(TILE), Found::Tile(quarters(16)));
    let lines = asked.recv().unwrap();
    assert!(lines[0].starts_with("get /2/1/3.png "), "{lines:?}");
    let agent = lines.iter().find(|line| line.starts_with("user-agent: ")).unwrap();
    assert!(agent.starts_with("user-agent: dateline/"), "{agent}");
    // From the disk, without asking: the server would not answer a second time.
    let again = Online::open(server(&address), cache(&folder), || {});
    assert_eq!(again.tile(TILE), Found::Tile(quarters(16)));
    assert!(again.is_idle());
}

#[test]
fn what_is_stale_is_shown_and_asked_after() {
    let folder = tempfile::tempdir().unwrap();
    let first = picture(&[
        "Cache-Control: max-age=0",
        "ETag: \"one\"",
        "Last-Modified: Sat, 01 Oct 2016 10:00:00 GMT",
    ]);
    let same = ("304 Not Modified", vec!["Cache-Control: max-age=600".to_owned()], Vec::new());
    let (address, asked) = serve(vec![first, same]);
    let online = Online::open(server(&address), cache(&folder), || {});
    online.tile(TILE);
    news(&online);
    asked.recv().unwrap();
    let again = Online::open(server(&address), cache(&folder), || {});
    assert_eq!(again.tile(TILE), Found::Tile(quarters(16)));
    let lines = asked.recv().unwrap();
    assert!(lines.contains(&"if-none-match: \"one\"".to_owned()), "{lines:?}");
    until(|| again.is_idle().then_some(()));
    // Confirmed: the next start does not ask.
    let third = Online::open(server(&address), cache(&folder), || {});
    assert_eq!(third.tile(TILE), Found::Tile(quarters(16)));
    assert!(third.is_idle());
}

#[test]
fn what_may_not_be_kept_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (address, _asked) = serve(vec![picture(&["Cache-Control: no-store"])]);
    let online = Online::open(server(&address), cache(&folder), || {});
    online.tile(TILE);
    news(&online);
    assert_eq!(cache(&folder).unwrap().size(), 0);
    assert_eq!(online.tile(TILE), Found::Tile(quarters(16)));
}

#[test]
fn what_the_server_does_not_have_is_not_asked_for_again() {
    let (address, _asked) = serve(vec![plain("404 Not Found")]);
    let online = Online::open(server(&address), None, || {});
    online.tile(TILE);
    assert_eq!(news(&online), [TILE]);
    assert_eq!(online.tile(TILE), Found::Nothing);
    assert_eq!(online.trouble(), None);
}

#[test]
fn what_goes_wrong_is_said_in_words_and_mended_on_demand() {
    let check = |answer: Answer, expected: &str| {
        let (address, asked) = serve(vec![answer, picture(&[])]);
        let online = Online::open(server(&address), None, || {});
        online.tile(TILE);
        let told = until(|| online.trouble());
        assert!(told.contains(expected), "{told}");
        asked.recv().unwrap();
        // Left alone until somebody asks, or the time has passed.
        assert!(asked.recv_timeout(Duration::from_millis(200)).is_err());
        online.again();
        assert_eq!(news(&online), [TILE]);
        assert_eq!(online.trouble(), None);
    };
    check(plain("403 Forbidden"), "refuses its tiles (403)");
    check(plain("401 Unauthorized"), "refuses its tiles (401)");
    check(
        ("429 Too Many Requests", vec!["Retry-After: 900".to_owned()], Vec::new()),
        "left alone for a while (429)",
    );
    check(plain("503 Service Unavailable"), "out of order (503)");
    check(
        ("200 OK", vec!["Content-Type: text/html".to_owned()], b"<html>".to_vec()),
        "no picture (text/html)",
    );
}

#[test]
fn a_server_that_is_not_there_is_told_of() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let online = Online::open(server(&address), None, || {});
    online.tile(TILE);
    assert!(until(|| online.trouble()).contains("cannot be reached"));
}

#[test]
fn a_key_is_told_nobody() {
    let template = Template::parse("https://tiles.org/{z}/{x}/{y}.png?key=S3CRET&style=light").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let fetcher = Fetcher::new(None);
    let refused = fetcher.fetch(&format!("{address}/0/0/0.png?key=S3CRET")).unwrap_err();
    let kinds = [refused, Failure::Address, Failure::Unsafe("expired".into()), Failure::Status(403, None)];
    for failure in kinds {
        let logged = in_the_log(&template.url(TILE, false), &failure);
        assert!(!logged.contains("S3CRET") && logged.starts_with("https://tiles.org/"), "{logged}");
        assert!(!failure.told(template.host()).contains("S3CRET"));
    }
}

#[test]
fn pauses_grow_and_the_servers_word_counts() {
    let asked = Failure::Status(429, Some(Duration::from_secs(900)));
    assert_eq!(asked.pause(0), Duration::from_secs(900));
    let pauses: Vec<u64> = (0..9).map(|failures| Failure::Unreached.pause(failures).as_secs()).collect();
    assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 128, 256, 300]);
    assert_eq!(Failure::Status(503, Some(Duration::MAX)).pause(0), Duration::from_secs(3600));
}

#[test]
fn wishes_for_what_is_no_longer_seen_are_forgotten() {
    let mut state = State::default();
    (0..300).for_each(|x| state.want(TileId { z: 9, x, y: 0 }));
    assert_eq!((state.wanted.len(), state.news.len()), (WAITING, 300 - WAITING));
    assert!(TileId { z: 1, x: 0, y: 1 }.is_above(TileId { z: 3, x: 3, y: 4 }));
    assert!(!TileId { z: 1, x: 1, y: 1 }.is_above(TileId { z: 3, x: 3, y: 4 }));
    assert!(!TileId { z: 4, x: 6, y: 8 }.is_above(TileId { z: 3, x: 3, y: 4 }));
}

impl Online {
    /// Whether nothing is wanted and nothing asked for.
    fn is_idle(&self) -> bool {
        let state = self.shared.lock();
        state.wanted.is_empty() && state.asked.is_empty()
    }
}
