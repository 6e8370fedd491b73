//! Saved pages of many makes, each beside what a person takes for its article.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::ingest::{Ingested, read};
use dateline::model::Article;

/// What a person takes for the article: a file beside the page, with a head of three lines.
struct Gold {
    title: String,
    date: String,
    outlet: String,
    body: String,
}

impl Gold {
    fn of(path: &Path) -> Gold {
        let text = fs::read_to_string(path).unwrap();
        let (head, body) = text.split_once("\n\n").unwrap();
        let field = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.trim().to_owned()
        };
        Gold { title: field("title:"), date: field("date:"), outlet: field("outlet:"), body: body.to_owned() }
    }
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/pages/html");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|name| name == "html")).collect();
    pages.sort();
    pages
}

fn article(path: &Path) -> Article {
    let steps: Vec<_> = read(&[path.to_owned()]).collect();
    match <[_; 1]>::try_from(steps) {
        Ok([Ok(Ingested::Article(article))]) => *article,
        other => panic!("{}: {other:?}", path.display()),
    }
}

/// Words, and single letters of writing without spaces, each with how often it stands there.
fn tokens(text: &str) -> BTreeMap<String, usize> {
    let mut tokens = BTreeMap::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        let alone = matches!(c, '\u{3400}'..='\u{9fff}');
        if c.is_alphanumeric() && !alone {
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            *tokens.entry(std::mem::take(&mut word)).or_default() += 1;
        }
        if alone {
            *tokens.entry(c.to_string()).or_default() += 1;
        }
    }
    tokens
}

/// Precision and recall of the tokens of a text.
fn likeness(found: &str, gold: &str) -> (f64, f64) {
    let (found, gold) = (tokens(found), tokens(gold));
    let same: usize =
        found.iter().map(|(token, count)| (*count).min(gold.get(token).copied().unwrap_or(0))).sum();
    let all = |tokens: &BTreeMap<String, usize>| tokens.values().sum::<usize>().max(1) as f64;
    (same as f64 / all(&found), same as f64 / all(&gold))
}

/// The text without its headline and what is no part of the article.
fn body(article: &Article) -> String {
    let mut left_out = article.boilerplate.clone();
    left_out.extend(article.title_span);
    left_out.sort_unstable();
    let mut body = String::new();
    let mut from = 0;
    for span in left_out {
        body.push_str(article.text.get(from..span.start).unwrap_or_default());
        body.push('\n');
        from = from.max(span.end);
    }
    body.push_str(&article.text[from..]);
    body
}

#[test]
fn pages_are_read_as_a_person_reads_them() {
    let mut wrong = Vec::new();
    let (mut count, mut sum, mut outlets) = (0, 0.0, 0);
    println!("{:<20} {:>6} {:>6} {:>6}  title date outlet", "page", "prec.", "recall", "F1");
    for page in pages() {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        let (gold, article) = (Gold::of(&page.with_extension("gold")), article(&page));
        let (precision, recall) = likeness(&body(&article), &gold.body);
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        let title = article.title.clone().unwrap_or_default();
        let date = article.date.map(|date| date.to_string()).unwrap_or_default();
        let outlet = article.source.clone().unwrap_or_default();
        let right = |right: bool| if right { "yes" } else { "NO" };
        println!(
            "{name:<20} {precision:>6.3} {recall:>6.3} {f1:>6.3}  {:<5} {:<4} {}",
            right(title == gold.title),
            right(date == gold.date),
            right(outlet == gold.outlet),
        );
        if f1 < 0.95 || title != gold.title || date != gold.date {
            wrong.push(format!("{name}: {f1:.3} “{title}” {date} “{outlet}”\n{}", body(&article)));
        }
        outlets += usize::from(outlet == gold.outlet);
        (count, sum) = (count + 1, sum + f1);
    }
    println!("{count} pages, mean F1 {:.3}, {outlets} outlets", sum / count as f64);
    assert!(count >= 30, "{count} pages");
    // A person reads the name of the outlet in pictures, too.
    assert!(outlets + 3 >= count, "{outlets} of {count} outlets");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
