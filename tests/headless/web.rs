//! Pages and feeds: those that other programs wrote, those that are damaged, and those that a server sends.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::ingest::{Ingested, Options, Unopened, read, read_unopened};
use dateline::model::{Article, Problem};

use super::server::{said, server};
use super::support::{folder, run};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/fixtures").join(name)
}

fn taken(step: Result<Ingested, Problem>) -> Result<Article, Problem> {
    match step? {
        Ingested::Article(article) => Ok(*article),
        Ingested::Geoparsed(geoparsed) => Ok(geoparsed.article),
    }
}

fn articles(path: &Path) -> Vec<Result<Article, Problem>> {
    read(&[path.to_owned()]).map(taken).collect()
}

fn online(address: &str, online: bool) -> Vec<Result<Article, Problem>> {
    let options = Options { online, ..Options::default() };
    read_unopened(&[PathBuf::from(address)], &options, &Arc::default())
        .flat_map(Unopened::open)
        .map(taken)
        .collect()
}

#[test]
fn pages_that_other_programs_wrote_are_read() {
    for name in ["html/pandoc.html", "html/libreoffice.html", "html/chromium.html"] {
        let read = articles(&fixture(name));
        let [Ok(article)] = read.as_slice() else { panic!("{name}: {read:?}") };
        assert_eq!(article.title.as_deref(), Some("Lighthouse of Skagen turned by a museum"), "{name}");
        assert!(article.text.contains("Frederikshavn"), "{name}: {}", article.text);
        assert!(article.text.contains("Grenen"), "{name}: {}", article.text);
        assert!(!article.text.contains('<'), "{name}: {}", article.text);
        assert_eq!(article.text.matches("Lighthouse of Skagen turned by a museum").count(), 1, "{name}");
    }
}

#[test]
fn feeds_that_other_programs_wrote_are_read() {
    for name in ["feed/feedgenerator.rss", "feed/feedgenerator.atom"] {
        let read: Vec<Article> = articles(&fixture(name)).into_iter().map(Result::unwrap).collect();
        assert_eq!(read.len(), 2, "{name}");
        assert_eq!(read[0].title.as_deref(), Some("Tunnel under the Bosna & its builders"), "{name}");
        assert_eq!(read[0].date.map(|date| date.to_string()).as_deref(), Some("2026-05-04"), "{name}");
        assert_eq!(read[0].source.as_deref(), Some("The Zenica Post"), "{name}");
        assert_eq!(read[0].url.as_deref(), Some("https://zenica.example/tunnel"), "{name}");
        assert!(read[0].text.contains("Sarajevo and Doboj"), "{name}: {}", read[0].text);
        let file = Path::new(name).file_name().unwrap().to_str().unwrap();
        assert!(read[0].id.starts_with(&format!("{file}#")), "{}", read[0].id);
        assert_ne!(read[0].id, read[1].id);
    }
}

const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>The Teller</title><link>https://t.example/</link>
<item><title>Flood in Mopti</title><guid isPermaLink="false">m-1</guid><pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate>
<description>&lt;p&gt;The Niger rose in Mopti.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>
<item><title>Harvest in Ségou</title><description>Farmers near Ségou began to harvest rice.</description></item>
<item><title>Cut off in the mid"#;

#[test]
fn a_feed_that_is_cut_off_loses_its_last_entry_alone() {
    let dir = folder(&[
        ("a.rss", FEED.as_bytes()),
        ("b.xml", FEED.replace("<item><title>Cut off in the mid", "</channel></rss>").as_bytes()),
    ]);
    let read = articles(&dir.path().join("a.rss"));
    let problem = read[0].as_ref().unwrap_err();
    assert!(problem.place.ends_with("a.rss") && problem.reason.contains("damaged"), "{problem:?}");
    let ids: Vec<_> = read[1..].iter().map(|article| article.as_ref().unwrap().id.clone()).collect();
    assert_eq!(ids, ["a.rss#m-1", "a.rss#entry=2"]);
    let whole = articles(&dir.path().join("b.xml"));
    assert_eq!(whole.len(), 2);
    assert_eq!(whole[0].as_ref().unwrap().text, "Flood in Mopti\n\nThe Niger rose in Mopti.");
}

#[test]
fn xml_gives_its_text() {
    let tei = "<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:lang='en'><teiHeader><fileDesc><titleStmt><title>Letter from Aden</title></titleStmt></fileDesc></teiHeader>\
        <text><body><p>We left <placeName>Aden</placeName> for\n <placeName>Zeila</placeName>.</p><p>It was hot &amp; dry.</p></body></text></TEI>";
    let bomb = "<!DOCTYPE a [<!ENTITY x 'lol'><!ENTITY y '&x;&x;&x;'><!ENTITY z SYSTEM 'file:///etc/passwd'>]><a>Rain in Oslo &y;&z; today</a>";
    let dir = folder(&[
        ("tei.xml", tei.as_bytes()),
        ("bomb.xml", bomb.as_bytes()),
        ("none.xml", b"<a><b c='d'/></a>"),
    ]);
    let article = articles(&dir.path().join("tei.xml")).remove(0).unwrap();
    assert_eq!(article.title.as_deref(), Some("Letter from Aden"));
    assert_eq!(article.text, "We left Aden for Zeila.\n\nIt was hot & dry.");
    let article = articles(&dir.path().join("bomb.xml")).remove(0).unwrap();
    assert_eq!(article.text, "Rain in Oslo today");
    assert!(
        articles(&dir.path().join("none.xml")).remove(0).unwrap_err().reason.contains("without any text")
    );
}

/// Every page and feed with a part of it lost, doubled or changed gives articles or problems, and never a panic.
#[test]
fn what_is_damaged_is_read_or_named() {
    let dir = tempfile::tempdir().unwrap();
    let pages = fixture("../pages/html");
    let mut seeds: Vec<PathBuf> = fs::read_dir(pages).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.retain(|path| path.extension().is_some_and(|name| name == "html"));
    seeds.extend([fixture("feed/feedgenerator.rss"), fixture("feed/feedgenerator.atom")]);
    seeds.sort();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    for seed in seeds {
        let whole = fs::read(&seed).unwrap();
        for round in 0..6 {
            let mut bytes = whole.clone();
            match round {
                0 => bytes.truncate(next(whole.len())),
                1 => drop(bytes.drain(next(whole.len())..).count()),
                2 => {
                    let (from, to) = (next(whole.len()), next(whole.len()));
                    let part = whole[from.min(to)..from.max(to)].to_vec();
                    let at = next(bytes.len());
                    bytes.splice(at..at, part);
                }
                _ => {
                    for _ in 0..200 {
                        let at = next(bytes.len());
                        bytes[at] = b"<>\"'&/=! \0\xFFa"[next(12)];
                    }
                }
            }
            let name = seed.file_name().unwrap();
            fs::write(dir.path().join(name), bytes).unwrap();
            for read in articles(&dir.path().join(name)) {
                match read {
                    Ok(article) => {
                        let fits =
                            |span: &dateline::model::Span| article.text.get(span.start..span.end).is_some();
                        assert!(article.boilerplate.iter().all(fits) && article.title_span.iter().all(fits));
                        assert!(article.boilerplate.is_sorted());
                    }
                    Err(problem) => assert!(!problem.reason.contains("damaged in a way"), "{problem:?}"),
                }
            }
        }
    }
}

/// Shapes of which naive readers make hours of work, or no stack at all.
#[test]
fn monstrous_pages_keep_their_words() {
    let many = |unit: &str, count: usize| unit.repeat(count);
    let words = "<p>The ferry from Oslo to Kiel was late again on Monday, the harbour master said.</p>";
    let attributes: String = (0..30_000).map(|number| format!(" a{number}=1")).collect();
    let fonts: String = (0..2_000).map(|number| format!("<font a{number}>")).collect();
    let shapes = [
        many("<div>", 60_000) + words,
        many("<b><i>", 30_000) + words,
        format!("<table>{}{words}", many("<div>", 30_000)),
        format!("<svg>{}</svg>{words}", many("<g>", 30_000)),
        format!("<div{attributes}>{words}"),
        format!("{fonts}{}{words}", many("<p>x", 5_000)),
        words.to_owned() + &many("<a href=\"", 30_000),
        words.to_owned() + &many("<!--", 30_000),
        words.to_owned() + &many("<br>", 50_000),
        words.to_owned() + &many("<p>a</p>", 20_000),
        words.to_owned() + &many("<ul><li><a href=x>b</a></ul>", 5_000),
        words.to_owned() + &many("<h2>c", 5_000),
        words.to_owned() + &many("<img><span>d</span>", 5_000),
        words.to_owned() + &many("<table><tr><td>", 3_000),
    ];
    let dir = tempfile::tempdir().unwrap();
    for (number, shape) in shapes.into_iter().enumerate() {
        let path = dir.path().join(format!("{number}.html"));
        fs::write(&path, shape).unwrap();
        let begun = std::time::Instant::now();
        let article = articles(&path).remove(0).unwrap_or_else(|problem| panic!("{problem:?}"));
        println!("shape {number}: {:?}", begun.elapsed());
        assert!(article.text.contains("The ferry from Oslo to Kiel was late again"), "{number}");
    }
}

const PAGE: &str = "<html><head><title>Quay of Turku is mended</title></head><body><h1>Quay of Turku is mended</h1>\
    <p>The quay of Turku, which a ship from Tallinn had broken in May, has been mended, the city said on Friday.</p></body></html>";

#[test]
fn the_web_is_asked_where_it_is_switched_on() {
    let feed = FEED.split("<item><title>Cut off").next().unwrap().to_owned() + "</channel></rss>";
    let moved = "HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n".to_owned();
    let round = "HTTP/1.1 302 Found\r\nLocation: /round\r\nContent-Length: 0\r\n\r\n".to_owned();
    let host = server(vec![
        ("/page", said("text/html; charset=utf-8", PAGE)),
        ("/feed", said("text/html", &feed)),
        ("/moved", moved),
        ("/round", round),
    ]);
    let page = online(&format!("{host}/page"), true).remove(0).unwrap();
    assert_eq!(page.title.as_deref(), Some("Quay of Turku is mended"));
    assert_eq!((page.id.clone(), page.url), (format!("{host}/page"), Some(format!("{host}/page"))));
    assert_eq!(online(&format!("{host}/feed"), true).len(), 2);
    assert!(online(&format!("{host}/moved"), true).remove(0).is_ok());
    let reason = |path: &str, on: bool| online(&format!("{host}{path}"), on).remove(0).unwrap_err().reason;
    assert!(reason("/round", true).contains("without end"), "{}", reason("/round", true));
    assert!(reason("/none", true).contains("there is no such page (404)"));
    assert!(reason("/page", false).contains("--online"));
    assert!(online("http://127.0.0.1:1/", true).remove(0).unwrap_err().reason.contains("cannot be reached"));
}

#[test]
fn a_list_of_addresses_is_read_one_by_one() {
    let host = server(vec![("/page", said("text/html", PAGE))]);
    let list = format!("# of mine\n{host}/page\n{host}/none \"tag\"\n");
    let plain = format!("{host}/page\n\n");
    let dir = folder(&[("list.urls", list.as_bytes()), ("plain.txt", plain.as_bytes())]);
    let off = run(dir.path(), &["geoparse", "list.urls", "plain.txt", "--format", "jsonl"]);
    assert_eq!(off.code, 1);
    assert!(
        off.stderr.contains("a list of 2 addresses on the web") && off.stderr.contains("--online"),
        "{}",
        off.stderr
    );
    let on = run(dir.path(), &["geoparse", "list.urls", "plain.txt", "--online", "--format", "jsonl"]);
    assert_eq!(on.stdout.lines().count(), 2, "{}{}", on.stdout, on.stderr);
    assert!(on.stdout.contains("Quay of Turku is mended"));
    assert!(on.stderr.contains("there is no such page (404)"), "{}", on.stderr);
}

#[test]
fn a_list_that_nobody_named_is_not_asked() {
    let host = server(vec![("/page", said("text/html", PAGE))]);
    let list = format!("{host}/page\n");
    let letter = format!(
        "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
         --x\r\nContent-Type: text/plain; name=l.txt\r\nContent-Disposition: attachment; filename=l.txt\r\n\r\n{list}\r\n--x--\r\n"
    );
    let dir = folder(&[("letter.eml", letter.as_bytes()), ("plain.txt", list.as_bytes())]);
    let ran = run(dir.path(), &["geoparse", ".", "--online", "--format", "jsonl"]);
    assert_eq!(ran.stdout, "", "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("an address on the web, which nobody named").count(), 2, "{}", ran.stderr);
    // What a folder has of lists is what they are called.
    let dir = folder(&[("list.urls", list.as_bytes())]);
    let ran = run(dir.path(), &["geoparse", ".", "--online", "--format", "jsonl"]);
    assert!(ran.stdout.contains("Quay of Turku is mended"), "{}", ran.stderr);
}
