//! The report: what the page holds, what it must never hold, and what a browser makes of it.

use std::fs;
use std::process::Command;

use dateline::export::{Exporter, Format, Options, Rows};
use dateline::model::{Decided, Geoparsed, How, Kind};
use proptest::prelude::*;
use regex::Regex;
use serde_json::Value;

use crate::support::{article, awkward, candidate, full, line, mention, pacific, place};

fn report(articles: &[Geoparsed], options: Options) -> String {
    let mut exporter = Exporter::start(Vec::new(), Format::Report, options).unwrap();
    articles.iter().for_each(|article| exporter.article(article).unwrap());
    String::from_utf8(exporter.finish().unwrap().0).unwrap()
}

fn everything() -> Options {
    Options { kinds: Some(Kind::ALL.to_vec()), unresolved: true, ..Options::default() }
}

/// The articles as the page's script reads them.
fn articles(page: &str) -> Vec<Value> {
    let parts = Regex::new(r#"(?s)<script type="application/json" class="part">(.*?)</script>"#).unwrap();
    let parts = parts.captures_iter(page).map(|part| serde_json::from_str::<Vec<Value>>(&part[1]).unwrap());
    parts.flatten().collect()
}

fn shared(page: &str) -> Value {
    let shared = Regex::new(r#"(?s)<script type="application/json" id="shared">(.*?)</script>"#).unwrap();
    serde_json::from_str(&shared.captures(page).unwrap()[1]).unwrap()
}

/// The page without what is data, style and script: what is shown before any script runs.
fn shown(page: &str) -> String {
    let hidden = Regex::new(r"(?s)<(script|style)\b.*?</(script|style)>").unwrap();
    hidden.replace_all(page, "").into_owned()
}

#[test]
fn the_page_tells_what_the_articles_say() {
    let page = report(&[full(), pacific()], everything());
    let (articles, shared) = (articles(&page), shared(&page));
    assert_eq!(articles.len(), 2);
    let derna = &articles[0];
    assert_eq!(derna[0], "Étude: floods 🌊 near Derna");
    assert_eq!(shared["outlets"][derna[1].as_u64().unwrap() as usize], "The Tripoli Herald");
    assert_eq!(
        (&derna[2], &derna[4], &derna[5]),
        (&"2023-09-11".into(), &"https://example.org/derna".into(), &"en".into())
    );
    assert_eq!(derna[8].as_array().unwrap().len(), 7);
    assert_eq!(derna[10], Value::Null, "the text stays where it is");
    for mention in derna[8].as_array().unwrap() {
        let number = |at: usize| mention[at].as_u64().unwrap() as usize;
        let sentence: Vec<u16> = derna[6][number(0)].as_str().unwrap().encode_utf16().collect();
        let words = String::from_utf16(&sentence[number(1)..number(1) + number(2)]).unwrap();
        let decision = &derna[7][number(3)];
        match words.as_str() {
            "Wadiville" => assert_eq!(*decision, serde_json::json!([0])),
            words => {
                assert_eq!(decision[0], 1, "{words}");
                let place = &shared["places"][decision[1][0].as_u64().unwrap() as usize];
                let name = place[0].as_str().unwrap();
                assert!(
                    words.to_lowercase().starts_with(&name.to_lowercase()) || words == "Libyan",
                    "{words}: {name}"
                );
                let reason = decision[1][2][0].as_u64().unwrap() as usize;
                assert_eq!(shared["reasons"][reason], "the most populous of that name");
            }
        }
    }
    // The runner-up of the first.
    assert_eq!(derna[7][0][2][1], 20);
    assert_eq!(derna[9][0][4], "dam break");
    assert_eq!(derna[9][0][12], serde_json::json!([2]));
}

#[test]
fn what_is_shown_without_scripts_is_the_same() {
    let page = shown(&report(&[full(), pacific()], everything()));
    let check = |words: &str| assert!(page.contains(words), "{words} is not in {page}");
    check("<h1 dir=\"auto\">Places in the news</h1>");
    check("2 articles from 1 outlet, published 11 Sep 2023.");
    check("<mark>Derna</mark>");
    check(
        "<bdi class=\"place\">Derna, Libya</bdi>, chosen by the program, score 0.97. Why: the most populous of that name.",
    );
    check("Also considered: <bdi>Derna (0.02)</bdi>.");
    check("<bdi>Wadiville</bdi>: not placed.");
    check("<b>Accident</b> (dam break), 10 Sep 2023, at <bdi>Derna, Libya</bdi>");
    check("<a href=\"https://example.org/derna\" rel=\"noopener noreferrer\">");
    check("Places: GeoNames");
    check("CC BY 4.0");
    check("with a score of 0.8 or more");
    check("without a place");
    check("<td dir=\"auto\">Apia</td>");
    check("<svg id=\"map\"");
}

#[test]
fn nothing_is_asked_of_any_network() {
    let page = report(&[full()], Options { title: Some("A & B".into()), ..everything() });
    assert!(page.contains("<h1 dir=\"auto\">A &amp; B</h1>") && page.contains("<title>A &amp; B</title>"));
    assert!(
        page.contains(
            "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
        )
    );
    let tags =
        Regex::new(r#"(?i)<(img|iframe|object|embed|audio|video|base|link|source|script)\b[^>]*"#).unwrap();
    for tag in tags.find_iter(&page) {
        let known = [
            "<link rel=\"icon\" href=\"data:,\"",
            "<script",
            "<script type=\"application/json\" class=\"part\"",
        ];
        let own = known.contains(&tag.as_str())
            || tag.as_str() == "<script type=\"application/json\" id=\"shared\"";
        assert!(own, "{}", tag.as_str());
    }
    let addresses = Regex::new(r#"\b(?:src|href|action|data)="([^"]*)""#).unwrap();
    for address in addresses.captures_iter(&shown(&page)) {
        let known = address[1].starts_with('#')
            || &address[1] == "data:,"
            || &address[1] == "https://example.org/derna";
        assert!(known, "{}", &address[1]);
    }
}

#[test]
fn a_report_of_events_has_their_places_and_no_others() {
    let of_events = report(&[full()], Options { rows: Rows::Events, ..Options::default() });
    let derna = articles(&of_events).remove(0);
    assert_eq!((derna[8].as_array().unwrap().len(), derna[9].as_array().unwrap().len()), (1, 1));
    assert_eq!(derna[9][0][12], serde_json::json!([0]));
    let of_mentions = articles(&report(&[full()], Options::default())).remove(0);
    assert_eq!(of_mentions[8].as_array().unwrap().len(), 4, "names and coordinates that have a place");
}

#[test]
fn texts_come_only_when_asked_for() {
    let text = full().article.text;
    let check = |with_text: bool| {
        let page = report(&[full()], Options { with_text, ..Options::default() });
        assert_eq!(articles(&page)[0][10], if with_text { Value::from(text.clone()) } else { Value::Null });
        assert_eq!(page.contains("SUPPORT US"), with_text);
    };
    check(true);
    check(false);
}

#[test]
fn what_people_said_is_told() {
    let mut article = full();
    let by = |how| {
        Some(Box::new(Decided {
            how,
            by: "Ana".into(),
            note: Some("Seen on <site>".into()),
            ..Decided::default()
        }))
    };
    article.mentions[0].decided = by(How::Corrected);
    article.mentions[1].decided = by(How::Rejected);
    let page = report(&[article], everything());
    assert_eq!(articles(&page)[0][8].as_array().unwrap().len(), 6);
    let page = shown(&page);
    assert!(page.contains("corrected by Ana, score 0.97"), "{page}");
    assert!(page.contains("Note: <bdi>Seen on &lt;site&gt;</bdi>"));
    assert!(page.contains("<li>1 chosen or confirmed by a person</li>"));
}

#[test]
fn the_same_articles_are_the_same_bytes_and_come_as_they_are_done() {
    let all = [full(), pacific(), awkward()];
    assert_eq!(report(&all, everything()), report(&all, everything()));
    let empty = report(&[], Options::default());
    assert!(empty.contains("0 articles. They mention 0 places") && empty.ends_with("</html>\n"));
    let day = Options { created: Some("2026-01-02T03:04:05Z".into()), ..Options::default() };
    assert!(report(&all, day).contains(" on <time datetime=\"2026-01-02T03:04:05Z\">2 Jan 2026</time>"));
}

/// An article whose every word is meant to do harm.
fn hostile(words: &str) -> Geoparsed {
    let text = format!("{words} in Derna {words}");
    let mut here = place("geonames:87205", "Derna", "LY", 32.767, 22.637);
    (here.name, here.id, here.country) = (words.to_owned(), words.to_owned(), words.to_owned());
    let mut found = candidate(here, 0.9);
    found.reasons = vec![words.to_owned()];
    let start = words.len() + 4;
    let mut mention = mention("Derna", "Derna", vec![found]);
    mention.span = dateline::model::Span::new(start, start + 5);
    let said =
        Decided { how: How::Corrected, by: words.into(), note: Some(words.into()), ..Decided::default() };
    mention.decided = Some(Box::new(said));
    let mut article = article(words, &text, vec![mention]);
    article.article.title = Some(words.to_owned());
    article.article.source = Some(words.to_owned());
    article.article.url = Some(words.to_owned());
    article.article.language = Some(words.to_owned());
    article
}

/// Whether a page has elements or addresses that it did not bring itself.
fn check_harmless(page: &str) {
    let scripts = page.matches("<script").count();
    assert_eq!(scripts, page.matches("</script").count());
    assert_eq!(scripts, 4, "one that is early, one of articles, what they share, and the page's own");
    for part in articles(page) {
        assert!(part.is_array());
    }
    let shown = shown(page);
    for never in ["<img", "<iframe", "javascript:", "onerror=\"", "<x"] {
        assert!(!shown.to_lowercase().contains(&format!("href=\"{never}")), "{never}");
        assert!(never.starts_with("java") || never.starts_with("on") || !shown.contains(never), "{never}");
    }
}

#[test]
fn content_does_no_harm() {
    for words in [
        "</script><img src=x onerror=alert(1)>",
        "<!--<script>",
        "javascript:alert(1)",
        "\" onmouseover=\"alert(1)",
        "\u{202E}drow\u{2066}",
        "a\0b\u{1b}[31m\u{85}\u{FFFF}",
        "]]></style><x>",
    ] {
        check_harmless(&report(
            &[hostile(words)],
            Options { title: Some(words.into()), with_text: true, ..everything() },
        ));
    }
}

#[test]
fn what_is_endless_does_not_fill_the_page() {
    let endless = "ab ".repeat(350_000);
    let mut article = hostile(&endless);
    article.mentions[0].span = dateline::model::Span::new(0, endless.len());
    let page = report(&[article], everything());
    let empty = report(&[], everything());
    assert!(page.len() < empty.len() + 250_000, "{} bytes more", page.len() - empty.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_words_do_harm(words in "[<>&\"'/!a-c\\-\u{0}\u{202e}\u{fffe}\u{1F600} =:]{1,40}") {
        check_harmless(&report(&[hostile(&words)], everything()));
    }
}

#[test]
fn the_command_line_writes_it() {
    let folder = crate::support::folder(&[("a.jsonl", line(&full()).as_bytes())]);
    let ran = crate::support::run(
        folder.path(),
        &["geoparse", "a.jsonl", "--title", "Floods", "-o", "floods.html"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = fs::read_to_string(folder.path().join("floods.html")).unwrap();
    assert!(page.contains("<title>Floods</title>"));
    let ran =
        crate::support::run(folder.path(), &["geoparse", "a.jsonl", "--title", "Floods", "-o", "floods.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--title goes with html only"), "{}", ran.stderr);
}

/// Where a program is installed; a line on standard error where it is not.
fn installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("{program} is not installed: what it would check is not checked");
    }
    found
}

#[test]
fn another_parser_finds_the_page_well_formed() {
    if !installed("xmllint") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    fs::write(&path, report(&[full(), pacific(), awkward(), hostile("</p><b>")], everything())).unwrap();
    // Read at once: where it reads by parts, it takes a "/>" that lies on their border for a fault.
    let output = Command::new("xmllint").args(["--html", "--noout", "--memory"]).arg(&path).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // It knows the elements of HTML 4.
    let new = Regex::new(r"Tag (\w+) invalid").unwrap();
    let known = [
        "header", "main", "section", "figure", "figcaption", "svg", "g", "rect", "path", "circle", "use",
        "title", "article", "mark", "bdi", "time", "footer", "output",
    ];
    for line in said.lines().filter(|line| line.contains(" error : ")) {
        let fine = new.captures(line).is_some_and(|tag| known.contains(&&tag[1]));
        assert!(fine, "{line}");
    }
}

#[test]
fn a_browser_shows_it() {
    if !installed("chromium") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let hostile = hostile("</script><img src=x onerror=alert(1)>\u{202E}");
    fs::write(&path, report(&[full(), pacific(), hostile], everything())).unwrap();
    let output = Command::new("chromium")
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"])
        .args(["--no-first-run", "--virtual-time-budget=4000", "--timeout=20000", "--window-size=1280,800"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg("--dump-dom")
        .arg(format!("file://{}", path.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        dom.contains("<html lang=\"en\" class=\"js\">"),
        "the script ran to its end: {}",
        &dom[..dom.len().min(400)]
    );
    // What only the script makes: the list of places, what is shown, and marks that can be pressed.
    assert!(dom.contains("<bdi>Derna, Libya</bdi></button>"));
    assert!(dom.contains("3 articles</output>"), "{}", &dom[dom.find("<output").unwrap_or(0)..][..200]);
    let mark =
        Regex::new("<g class=\"mark[^\"]*\" role=\"button\"[^>]* aria-label=\"[^\"]+: [0-9]+ mentions?\"")
            .unwrap();
    assert!(mark.is_match(&dom), "marks can be pressed, and say what they are");
    assert!(dom.contains("Articles by publication") && dom.contains("class=\"bar\""));
    assert!(!dom.contains("<img"));
    assert!(!dom.contains("class=\"part\""), "parts are read and let go");
}
