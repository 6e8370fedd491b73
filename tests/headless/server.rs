//! A server on this machine, for what is read from the web.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

/// A server that answers some addresses, until the test ends.
pub fn server(answers: Vec<(&'static str, String)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = answer(stream, &answers);
        }
    });
    address
}

fn answer(mut stream: TcpStream, answers: &[(&'static str, String)]) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut agent = String::new();
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some(name) = line.to_lowercase().strip_prefix("user-agent: ") {
            agent = name.to_owned();
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
    let known = answers.iter().find(|(known, _)| *known == path && agent.starts_with("dateline/"));
    let said = known.map_or("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", |(_, said)| said);
    stream.write_all(said.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").as_bytes())
}

pub fn said(kind: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}
