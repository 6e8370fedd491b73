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
fn what_is_attached_and_cannot_be_read_is_named() {
    let attached = |name: &str, bytes: &str| {
        format!(
            "--x\r\nContent-Type: application/octet-stream; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{bytes}\r\n"
        )
    };
    let parts = [
        attached("report.doc", "\u{1}\u{2}"),
        attached("other.doc", "\u{1}\u{2}"),
        attached("rain.doc", "{\\rtf1 In Rome.}"),
        attached("smime.p7s", "\u{1}\u{2}"),
    ];
    let letter = format!(
        "From: a@example.org\r\nSubject: Three\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{}--x--\r\n",
        parts.concat()
    );
    let read = read("a.eml", letter.as_bytes());
    assert_eq!(
        read,
        [
            "a.eml|Three||example.org|",
            "!a.eml/report.doc: “.doc” files cannot be read; others like it in this message are passed over too",
            "a.eml/rain.doc|In Rome.|||",
        ]
    );
}

#[test]
fn frames_and_scripts_of_a_saved_page_are_no_documents() {
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/rain\r\nSubject: Rain in Oslo\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"x\"\r\n\r\n\
        --x\r\nContent-Type: text/html\r\nContent-Location: https://example.org/rain\r\n\r\n<html><body><article><h1>Rain in Oslo</h1><p>It fell in Oslo for the whole of the day, and the river rose until it took the bridge.</p></article></body></html>\r\n\
        --x\r\nContent-Type: text/html\r\nContent-ID: <frame-1>\r\nContent-Location: cid:frame-1\r\n\r\n<html><body><p>Advertisement: buy a boat in Rome today.</p></body></html>\r\n\
        --x\r\nContent-Type: application/javascript\r\nContent-Location: https://example.org/a.js\r\n\r\nvar a = 1;\r\n--x--\r\n";
    let read = read("a.mht", page.as_bytes());
    assert_eq!(read.len(), 1, "{read:?}");
    assert!(read[0].contains("took the bridge"), "{read:?}");
}

#[test]
fn letters_that_do_not_say_how_they_are_written_tell_it() {
    let check = |encoding: &'static encoding_rs::Encoding, charset: &str, transfer: &str| {
        let letter = format!(
            "From: Вестник <news@example.org>\r\nSubject: Пожар в Казани\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain{charset}\r\n{transfer}\r\nВ понедельник в Казани сгорел старый склад на берегу реки.\r\n"
        );
        let read = read("a.eml", &encoding.encode(&letter).0);
        assert_eq!(
            read,
            ["a.eml|Пожар в Казани\n\nВ понедельник в Казани сгорел старый склад на берегу реки.||Вестник|"],
            "{charset}"
        );
    };
    let eight = "Content-Transfer-Encoding: 8bit\r\n";
    for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R, encoding_rs::UTF_8] {
        check(encoding, "", eight);
        check(encoding, "", "");
        check(encoding, "; charset=unknown-8bit", eight);
    }
    check(encoding_rs::KOI8_R, "; charset=\"koi8-r\"", eight);
    // What is packed for the way, too.
    let packed = "From: a@example.org\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        In M=FCnchen and in K=F6ln it rained for the whole of the day.\r\n";
    assert_eq!(
        read("a.eml", packed.as_bytes()),
        ["a.eml|In München and in Köln it rained for the whole of the day.||example.org|"]
    );
}

#[test]
fn words_about_parts_are_none() {
    let words = "The global digest of boundary rivers, and what RFC822 says of them.\r\n".repeat(130);
    let letter = format!("From: a@example.org\r\nSubject: Rivers\r\n\r\n{words}");
    let read = read("a.eml", letter.as_bytes());
    assert!(read.len() == 1 && read[0].starts_with("a.eml|Rivers\n\nThe global digest"), "{read:?}");
}

#[test]
fn messages_follow_each_other_without_a_blank_line() {
    let mailbox = "From a@example.org Mon Oct 17 23:30:00 2016\nFrom: a@example.org\nSubject: One\n\nIt rained.\n\
        From b@example.org Tue Oct 18 23:30:00 2016\nFrom: b@example.org\nSubject: Two\n\nIn Rome.\n\
        From c@example.org  Wed Oct 19 23:30:00 2016\nReceived: by example.org\nFrom: c@example.org\nSubject: Three\n\n\
        She wrote:\nFrom d@example.org Wed Oct 19 23:30:00 2016\nnothing came.\n";
    assert_eq!(
        read("a.mbox", mailbox.as_bytes()),
        [
            "a.mbox#1|One\n\nIt rained.||example.org|",
            "a.mbox#2|Two\n\nIn Rome.||example.org|",
            "a.mbox#3|Three\n\nShe wrote:\nFrom d@example.org Wed Oct 19 23:30:00 2016\nnothing came.||example.org|",
        ]
    );
}

#[test]
fn what_a_mailbox_may_unpack_is_by_its_own_size() {
    use base64::Engine as _;
    // 80 MiB, a hundred times what they are packed to.
    let noise = |n: u32| format!("{:08x}", n.wrapping_mul(0x9E37_79B9));
    let text = |from: u32| (from..from + 2000).map(noise).collect::<String>() + &" ".repeat(1 << 20);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..80 {
        writer.start_file(format!("{number}.txt"), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text(number * 2000).as_bytes()).unwrap();
    }
    let packed = base64::engine::general_purpose::STANDARD.encode(writer.finish().unwrap().into_inner());
    let letter = format!(
        "From: a@example.org\nMIME-Version: 1.0\nContent-Type: application/zip; name=a.zip\n\
         Content-Disposition: attachment; filename=a.zip\nContent-Transfer-Encoding: base64\n\n{packed}\n"
    );
    let mailbox = format!("From a@example.org Mon Oct 17 23:30:00 2016\n{letter}\n");
    for (name, bytes) in [("a.eml", &letter), ("a.mbox", &mailbox)] {
        let input = Box::new(Cursor::new(bytes.as_bytes().to_vec()));
        let source = Source::new(name.to_owned(), name.to_owned(), input, &Arc::default());
        let bombs = open(source, Format::of(name.as_ref())).filter(|step| {
            matches!(&step.0, crate::ingest::Inside::Step(Err(problem)) if problem.reason.contains("bombs"))
        });
        assert_eq!(bombs.count(), 0, "{name}");
    }
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
    // Packed for the way, nobody sees it from outside.
    use base64::Engine as _;
    let packed = base64::engine::general_purpose::STANDARD.encode(deep.as_bytes());
    let check = |kind: &str, expected: &str| {
        let letter =
            format!("From: a@example.org\r\n{kind}Content-Transfer-Encoding: base64\r\n\r\n{packed}\r\n");
        assert_eq!(read("a.eml", letter.as_bytes()), [expected], "{kind}");
    };
    let inside =
        "!a.eml/attachment 1.eml: more than 250 messages and parts lie in each other: it is not looked into";
    check("Content-Type: message/rfc822\r\n", inside);
    check("Content-Type:\r\n message/global\r\n", inside);
    let odd = "!a.eml: it is packed as no letter is: it is not looked into";
    check("Content-Type: (a)message/rfc822\r\n", odd);
    check("Content-Type: multipart/\r\n DIGEST; boundary=x\r\n\r\n--x\r\n", odd);
    check_packed(&base64::engine::general_purpose::STANDARD.encode(LETTER));
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

/// A letter that is packed for the way within another.
fn check_packed(packed: &str) {
    let letter = format!(
        "From: a@example.org\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
         --x\r\nContent-Type: message/rfc822; name=\"Rain\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{packed}\r\n--x--\r\n"
    );
    let read = read("a.eml", letter.as_bytes());
    assert!(read.len() == 2 && read[1].starts_with("a.eml/attachment 1.eml|Rain in Ålesund"), "{read:?}");
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
