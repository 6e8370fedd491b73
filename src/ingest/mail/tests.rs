//! Letters as programs write them, and as nobody should.

use std::io::Cursor;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::ingest::Ingested;

fn read(name: &str, bytes: &[u8]) -> Vec<String> {
    let input = Box::new(Cursor::new(bytes.to_vec()));
    let source = Source::new(name.to_owned(), name.to_owned(), input, &Arc::default());
    let shown = |step: crate::ingest::Step| match step {
        Ok(Ingested::Article(article)) => {
            let date = article.date.map(|date| date.to_string()).unwrap_or_default();
            let marked: Vec<_> = article.boilerplate.iter().map(|span| span.of(&article.text)).collect();
            format!(
                "{}|{}|{date}|{}|{}",
                article.id,
                article.text,
                article.source.clone().unwrap_or_default(),
                marked.join("+")
            )
        }
        Ok(Ingested::Geoparsed(geoparsed)) => format!("={}", geoparsed.article.id),
        Err(problem) => format!("!{}: {}", problem.place, problem.reason),
    };
    open(source, Format::of(name.as_ref())).flat_map(Unopened::open).map(shown).collect()
}

const LETTER: &str = "From: \"The Fjord Daily\" <news@fjord.example>\r\nTo: ann@example.org\r\nSubject: =?utf-8?q?Rain_in_=C3=85lesund?=\r\n\
    Date: Mon, 17 Oct 2016 23:30:00 +0200\r\nMessage-ID: <1@fjord.example>\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    It fell in =C5lesund.\r\n\r\nOn Sunday, Bob wrote:\r\n> Did it rain?\r\n\r\n-- \r\nThe Fjord\r\n";

#[test]
fn a_letter_is_an_article() {
    // The blank behind the dashes is lost on the way, as blanks at ends of lines are in that encoding.
    let expected = "Rain in Ålesund\n\nIt fell in Ålesund.\n\nOn Sunday, Bob wrote:\n> Did it rain?\n\n--\nThe Fjord|2016-10-17|The Fjord Daily|On Sunday, Bob wrote:+> Did it rain?+--\nThe Fjord";
    assert_eq!(read("a.eml", LETTER.as_bytes()), [format!("a.eml|{expected}")]);
    // Whatever it is called.
    assert_eq!(read("a.txt", LETTER.as_bytes()), [format!("a.txt|{expected}")]);
    // Without a name of its own, the sender is known by the domain.
    let unnamed = LETTER.replace("\"The Fjord Daily\" ", "");
    assert!(read("a.eml", unnamed.as_bytes())[0].contains("|2016-10-17|fjord.example|"));
    assert_eq!(read("a.eml", b"From: a@example.org\r\n\r\n"), ["!a.eml: empty: there is no text in it"]);
    assert_eq!(read("a.eml", b"\r\n"), ["!a.eml: empty: there is no text in it"]);
}

#[test]
fn what_is_attached_is_an_article_of_its_own() {
    let letter = "From: a@example.org\r\nSubject: Two\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
        --x\r\nContent-Type: text/plain\r\n\r\nSee below: Oslo.\r\n\
        --x\r\nContent-Type: text/plain; name=\"../note.txt\"\r\nContent-Disposition: attachment; filename=\"../note.txt\"\r\n\r\nIn Rome.\r\n\
        --x\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
        --x\r\nContent-Type: message/rfc822\r\n\r\nFrom: b@example.org\r\nSubject: Inner\r\n\r\nIn Bern.\r\n\
        --x--\r\n";
    assert_eq!(
        read("a.eml", letter.as_bytes()),
        [
            "a.eml|Two\n\nSee below: Oslo.||example.org|",
            "a.eml/note.txt|In Rome.|||",
            "a.eml/attachment 3.eml|Inner\n\nIn Bern.||example.org|"
        ]
    );
}

#[test]
fn html_is_read_where_plain_text_says_nothing() {
    let both = |plain: &str| {
        format!(
            "From: a@example.org\r\nSubject: Rain\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n\
             --x\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>It fell in Oslo for the whole of the day, and the river rose.</p><p>It fell in Rome, too, and nobody there had seen the like of it.</p>\r\n--x--\r\n"
        )
    };
    assert!(
        read("a.eml", both("View it online.").as_bytes())[0].starts_with("a.eml|Rain\n\nIt fell in Oslo for")
    );
    assert!(
        read(
            "a.eml",
            both("It fell in Oslo for the whole of the day, and the river rose in Rome.").as_bytes()
        )[0]
        .contains("rose in Rome.")
    );
}

#[test]
fn a_saved_page_is_the_page() {
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/rain\r\nSubject: Rain in Oslo\r\nDate: Mon, 17 Oct 2016 23:30:00 -0000\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"x\"\r\n\r\n\
        --x\r\nContent-Type: text/html\r\nContent-Location: https://example.org/rain\r\n\r\n<html><head><title>Rain in Oslo</title></head><body><article><h1>Rain in Oslo</h1><p>It fell in Oslo for the whole of the day, and the river rose until it took the bridge.</p></article></body></html>\r\n--x--\r\n";
    let read = read("a.mht", page.as_bytes());
    assert_eq!(read.len(), 1, "{read:?}");
    // The day on which it was saved is not the one on which it was published.
    assert!(
        read[0].starts_with("a.mht|Rain in Oslo\n\nIt fell in Oslo") && read[0].contains("bridge.||"),
        "{read:?}"
    );
}

#[test]
fn a_mailbox_is_read_letter_by_letter() {
    let mailbox = "From a@example.org Mon Oct 17 23:30:00 2016\nFrom: a@example.org\nSubject: One\n\nIt rained.\n\n>From the shore it looked worse.\n\
        From now on it will.\n\nFrom b@example.org Tue Oct 18 23:30:00 2016\nFrom: b@example.org\nSubject: Two\n\nIn Rome.\n\n";
    let expected = [
        "#1|One\n\nIt rained.\n\nFrom the shore it looked worse.\nFrom now on it will.||example.org|",
        "#2|Two\n\nIn Rome.||example.org|",
    ];
    let check = |name: &str| {
        let expected: Vec<_> = expected.iter().map(|line| format!("{name}{line}")).collect();
        assert_eq!(read(name, mailbox.as_bytes()), expected);
    };
    check("a.mbox");
    check("inbox");
    assert_eq!(read("a.mbox", b""), ["!a.mbox: empty: there is no message in it"]);
    assert_eq!(
        read("a.mbox", b"From: a@example.org\nSubject: One\n\nIn Oslo.\n"),
        ["a.mbox#1|One\n\nIn Oslo.||example.org|"]
    );
}

#[test]
fn what_lies_too_deep_is_a_problem() {
    let deep = format!(
        "{}From: a@example.org\r\n\r\nIn Oslo.\r\n",
        "Content-Type: message/rfc822\r\n\r\n".repeat(30_000)
    );
    assert_eq!(
        read("a.eml", deep.as_bytes()),
        ["!a.eml: more than 250 messages and parts lie in each other: it is not looked into"]
    );
    let parts: String = (0..20_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    assert_eq!(
        read("a.eml", parts.as_bytes()),
        ["!a.eml: more than 250 messages and parts lie in each other: it is not looked into"]
    );
    let four = (0..4).fold(LETTER.to_owned(), |inner, _| {
        format!("From: a@example.org\r\nSubject: Outer\r\nContent-Type: message/rfc822\r\n\r\n{inner}")
    });
    let read = read("a.eml", four.as_bytes());
    assert!(
        read.iter()
            .any(|line| line.ends_with("it lies in 3 archives or messages already: it is not looked into")),
        "{read:?}"
    );
}

proptest! {
    #[test]
    fn damaged_letters_are_articles_or_problems(cut in 0usize..400, at in 0usize..900, byte: u8, mbox: bool) {
        let mut bytes = LETTER.as_bytes().to_vec();
        if mbox {
            bytes = [b"From a@example.org Mon Oct 17 23:30:00 2016\n", bytes.as_slice()].concat().repeat(2);
        }
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len().saturating_sub(cut));
        read(if mbox { "a.mbox" } else { "a.eml" }, &bytes);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read("a.eml", &bytes);
        read("a.mbox", &bytes);
    }
}
