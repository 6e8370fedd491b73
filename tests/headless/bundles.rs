//! Exports of newsroom databases, as documents that LibreOffice wrote.
//! `fixtures/make.sh` makes the files out of `nexis.txt`.

#![allow(clippy::expect_used)]

use std::path::Path;

use dateline::ingest::{self, Ingested};
use dateline::model::{Article, Span};

fn articles(name: &str) -> Vec<Article> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/fixtures/bundle").join(name);
    let steps = ingest::read(&[path]);
    let step = steps.map(|step| match step {
        Ok(Ingested::Article(article)) => *article,
        other => panic!("{name}: {other:?}"),
    });
    step.collect()
}

/// The words that are no furniture, a line for each line of the text.
fn words(article: &Article) -> Vec<String> {
    let marked = |at: usize| article.boilerplate.iter().any(|span| span.contains(Span::new(at, at + 1)));
    let kept: String =
        article.text.char_indices().filter(|(at, c)| *c == '\n' || !marked(*at)).map(|(_, c)| c).collect();
    kept.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn a_document_of_several_articles_is_read_article_by_article() {
    for name in ["nexis.txt", "nexis.docx", "nexis.rtf", "nexis.pdf"] {
        let read = articles(name);
        let shown: Vec<String> = read
            .iter()
            .map(|article| {
                let date = article.date.map(|date| date.to_string()).unwrap_or_default();
                let [title, source] =
                    [&article.title, &article.source].map(|told| told.clone().unwrap_or_default());
                format!("{}|{title}|{date}|{source}", article.id)
            })
            .collect();
        let expected = [
            format!("{name}#document=1|Flood waters rise in the north|2016-10-17|The Fjord (Oslo)"),
            format!("{name}#document=2|A bridge is gone|2016-10-18|The Fjord (Oslo)"),
        ];
        assert_eq!(shown, expected);
        let words = words(&read[0]).join(" ");
        // The labels of a page are one paragraph to a PDF.
        let highlight = if name == "nexis.pdf" { "" } else { "A wet night in Voss " };
        let story = "OSLO - The river rose in the night and took the \
                     bridge between the two villages with it, the police of Bergen said on Monday. Nobody was hurt, but \
                     forty families had to leave their houses on the bank and spent the night in the school of Dale.";
        assert_eq!(words, format!("Flood waters rise in the north {highlight}{story}"), "{name}");
        assert!(!read[1].text.contains("Dale"), "{name}");
        assert_eq!(
            read[0].dateline.as_ref().map(|line| line.place.of(&read[0].text)),
            Some("OSLO"),
            "{name}"
        );
    }
}
