//! HTML: the article, not the page.
//! The text of the article is what a reader sees of it: headline, byline, paragraphs, headings, items, cells and
//! captions, a blank line between. What is left of the page around it is marked as in a text copied from a page.

mod blocks;
mod facts;
mod furniture;
mod headline;
mod linked_data;
mod story;
pub(super) mod tree;

use dom_query::{Document, NodeId};
use encoding_rs::Encoding;
use memchr::memmem;

use super::dates::{self, Order};
use super::{encoding, language, page, text};
use crate::model::{Article, DateEvidence, PartialDate, Span};
use blocks::{Block, Kind, Page};
use facts::Facts;
use headline::Headline;

/// Largest page, in bytes: the longest live reports have some two million.
const LARGEST: usize = 16 << 20;

/// An article from the bytes of a page.
pub(super) fn article(id: &str, bytes: Vec<u8>) -> Result<Article, String> {
    sent(id, bytes, None)
}

/// The same for a page that came with a word on how it is encoded: the character set that its sender named.
pub(super) fn sent(id: &str, bytes: Vec<u8>, charset: Option<&str>) -> Result<Article, String> {
    let bytes = without_enclosed(bytes);
    if bytes.len() > LARGEST {
        return Err(format!("larger than {} MiB: too large for one page", LARGEST >> 20));
    }
    let declared = charset.and_then(|charset| Encoding::for_label(charset.as_bytes()));
    let declared = declared.or_else(|| encoding::declared(&bytes));
    document(id, &encoding::decode_declared(bytes, declared)?)
}

/// Bytes of base64 from which on they are no words.
const ENCLOSED: usize = 1024;

/// The page without the bytes of pictures and fonts that were written into it, as programs do that save all of a page in
/// one file: they would be most of it.
fn without_enclosed(bytes: Vec<u8>) -> Vec<u8> {
    const MARK: &[u8] = b";base64,";
    let mut kept = Vec::new();
    let mut from = 0;
    for at in memmem::find_iter(&bytes, MARK) {
        let start = at + MARK.len();
        let enclosed = bytes.get(start..).unwrap_or_default();
        let of_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=%-_".contains(byte);
        let length = enclosed.iter().take_while(|byte| of_base64(byte)).count();
        let before = bytes.get(from.max(at.saturating_sub(80))..at).unwrap_or_default();
        if length >= ENCLOSED && memmem::rfind(before, b"data:").is_some() {
            kept.extend_from_slice(bytes.get(from..start).unwrap_or_default());
            from = start + length;
        }
    }
    if from == 0 {
        return bytes;
    }
    kept.extend_from_slice(bytes.get(from..).unwrap_or_default());
    kept
}

/// An article from a page.
pub(super) fn document(id: &str, html: &str) -> Result<Article, String> {
    let document = tree::parse(html);
    let facts = Facts::of(&document, html);
    let page = Page::of(&document, root(&document));
    let story = story::of(&document, &page);
    let mut article = match story.is_empty() {
        true => whole(id, &page, &facts),
        false => told(id, &page, &facts, &story),
    };
    if let Some(told) = facts.story.as_deref().map(unpacked)
        && told.len() > 2 * article.text.len()
    {
        article = in_head(id, &facts, &told);
    }
    if article.text.trim().is_empty() {
        return Err(nothing_shown(&document).to_owned());
    }
    article.url =
        facts.urls.iter().find(|url| url.starts_with("http://") || url.starts_with("https://")).cloned();
    finish(&mut article, &facts);
    Ok(article)
}

/// The text of HTML that is no page: a message, an entry of a feed, a chapter. A blank line stands between blocks.
pub(super) fn fragment(html: &str) -> String {
    let document = tree::parse(html);
    let page = Page::of(&document, root(&document));
    let mut text = String::new();
    for block in &page.blocks {
        push(&mut text, &block.text);
    }
    text
}

fn root(document: &Document) -> NodeId {
    document.body().map_or_else(|| document.root().id, |body| body.id)
}

fn nothing_shown(document: &Document) -> &'static str {
    let frames = document.select("frameset").exists();
    match frames {
        true => "a page of frames: its text is in other files",
        false => "there is no text in this page: it may be put there by its scripts",
    }
}

fn push(text: &mut String, block: &str) -> Span {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    let start = text.len();
    text.push_str(block);
    Span::new(start, text.len())
}

/// The article of a page whose story is known.
fn told(id: &str, page: &Page, facts: &Facts, story: &[usize]) -> Article {
    let headline = headline::find(page, facts, story);
    let shown = headline.as_ref().and_then(|headline| headline.block);
    let mut article = Article { id: id.to_owned(), ..Article::default() };
    begin(&mut article, headline.as_ref());
    let first = story.iter().copied().find(|&at| shown.is_none_or(|shown| at > shown)).unwrap_or_default();
    // The summary, the byline and the date stand between the headline and the story.
    let between = shown.map_or(first, |shown| shown + 1)..first;
    let head = between.filter(|&at| !page.is_furniture(&page.blocks[at]) && is_of_head(&page.blocks[at]));
    let after = story.iter().copied().filter(|&at| at >= first && Some(at) != shown);
    let mut before_prose = true;
    for at in head.chain(after) {
        let block = &page.blocks[at];
        if matches!(block.kind, Kind::Heading(_)) && article.title.as_deref() == Some(&block.text) {
            continue;
        }
        let span = push(&mut article.text, &block.text);
        before_prose &= !story::is_prose(block) || page.is_byline(block);
        let dated =
            before_prose && block.size <= LONGEST_DATE && matches!(block.kind, Kind::Paragraph | Kind::Part);
        let date = if dated && article.date.is_none() { dates::printed(&block.text) } else { None };
        if date.is_some() {
            article.date = date;
            article.date_evidence = Some(DateEvidence::Printed(span));
        }
        if date.is_some() || page.is_byline(block) {
            article.boilerplate.push(span);
        }
    }
    article
}

/// Characters of a line above the story that is taken for its date.
const LONGEST_DATE: usize = 60;

/// Whether a block between headline and story may be the story's: a byline names its author with a link.
fn is_of_head(block: &Block) -> bool {
    block.size < 600 && (!story::is_links(block) || block.size < 60)
}

/// A page that shows little, because scripts or a wall stand before it, may hold its whole story in its head.
fn in_head(id: &str, facts: &Facts, story: &str) -> Article {
    let mut article = Article { id: id.to_owned(), ..Article::default() };
    if let Some(title) = facts.titles.first() {
        article.title = Some(title.clone());
        article.title_span = Some(push(&mut article.text, title));
    }
    push(&mut article.text, story);
    article
}

/// The story of a page's head, which is written as text or as HTML.
fn unpacked(story: &str) -> String {
    match story.contains("</") || story.contains("&lt;") {
        true => fragment(story),
        false => story.trim().to_owned(),
    }
}

/// The article of a page of which everything is taken.
fn whole(id: &str, page: &Page, facts: &Facts) -> Article {
    let blocks = story::everything(page);
    let headline = headline::find(page, facts, &blocks);
    let mut article = Article { id: id.to_owned(), ..Article::default() };
    let shown = headline.as_ref().and_then(|headline| headline.block).filter(|shown| blocks.contains(shown));
    if shown.is_none() {
        begin(&mut article, headline.as_ref());
    }
    for at in blocks {
        let span = push(&mut article.text, &page.blocks[at].text);
        if Some(at) == shown {
            article.title = headline.as_ref().map(|headline| headline.text.clone());
            article.title_span = Some(span);
        }
    }
    article
}

/// Puts the headline on top, where the page shows one.
fn begin(article: &mut Article, headline: Option<&Headline>) {
    let Some(headline) = headline else { return };
    article.title = Some(headline.text.clone());
    if headline.block.is_some() {
        article.title_span = Some(push(&mut article.text, &headline.text));
    }
}

/// What the head says, and what the text does where the head does not.
fn finish(article: &mut Article, facts: &Facts) {
    let dates = facts.published.iter().chain(&facts.modified);
    if let Some(date) = dates.filter_map(|date| read_date(date)).next() {
        article.date = Some(date);
        article.date_evidence = Some(DateEvidence::Metadata);
    }
    let named = facts.outlets.iter().find(|outlet| !outlet.contains("://") && outlet.chars().count() <= 80);
    let beside = || article.title.as_deref().and_then(|title| headline::site(facts, title));
    article.source = named.cloned().or_else(beside);
    let bylines = std::mem::take(&mut article.boilerplate);
    let printed =
        article.date.zip(article.date_evidence).filter(|(_, evidence)| *evidence != DateEvidence::Metadata);
    let findings = page::analyse(&article.text, page::Trust::Noisy);
    // What labels say of a date ("Published") counts for more than where it stands.
    if printed.is_some() && findings.date.is_some() {
        article.date = None;
    }
    text::fill(article, findings);
    article.boilerplate = joined(std::mem::take(&mut article.boilerplate), bylines);
    article.language = spoken(article, facts.language.as_deref());
    if let Some(title) = article.title_span {
        article.boilerplate.retain(|span| !span.overlaps(title));
    }
}

/// Both, sorted, without those of the second that overlap one of the first.
fn joined(mut marked: Vec<Span>, bylines: Vec<Span>) -> Vec<Span> {
    let more: Vec<Span> =
        bylines.into_iter().filter(|span| !marked.iter().any(|other| other.overlaps(*span))).collect();
    marked.extend(more);
    marked.sort_unstable();
    marked
}

/// The language that the page names, unless its words are clearly in another: templates keep theirs.
fn spoken(article: &Article, named: Option<&str>) -> Option<String> {
    let found = article.language.clone().or_else(|| language::of(&article.text));
    let named = named.map(|code| code.split('-').next().unwrap_or(code).to_lowercase());
    found.or(named)
}

/// A date of a page's head: no day without its year.
fn read_date(text: &str) -> Option<PartialDate> {
    dates::read(text, Order::Unknown).filter(|date| date.year.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
        <title>Ferry sinks off Zanzibar | The Island Teller</title>
        <meta property="og:site_name" content="The Island Teller">
        <meta property="article:published_time" content="2019-03-12T23:10:00+03:00">
        <link rel="canonical" href="https://example.org/ferry"><style>p { color: red }</style></head><body>
        <nav><a href="/">Home</a> <a href="/world">World</a></nav>
        <article><h1>Ferry sinks off&nbsp;Zanzibar</h1><p class="byline">By <a href="/jd">Jane Doe</a></p>
        <p>STONE TOWN &mdash; A ferry with sixty people on board went down on Tuesday, the harbour master said.</p>
        <div class="share"><a href="https://example.org/s">Share this</a></div>
        <p>Fishermen from Pemba, Tanga and Kilwa pulled most of them out of the water, according to the police, who
        were still counting.</p><h2>A long night</h2><p>He went out.</p>
        <ul><li>Pemba sent two boats</li><li>Tanga sent one</li></ul>
        <figure><img src="a.jpg"><figcaption>The harbour of Stone Town</figcaption></figure>
        <p>The ferry had been built in Dar es Salaam, in the yard that also made its sister, and was last seen to by
        an inspector in January.</p></article>
        <section class="related-stories"><h2><a href="/x">Bridge falls in Genoa</a></h2></section>
        <script>var x = "<p>No text</p>";</script></body></html>"#;

    #[test]
    fn a_page_that_is_made_by_scripts_tells_its_story_in_its_head() {
        let page = r#"<html><head><script type="application/ld+json">{"@context": "https://schema.org",
            "@type": "NewsArticle", "headline": "Snow closes the Brenner", "datePublished": "2026-01-05",
            "articleBody": "The pass between Innsbruck and Bolzano was closed on Monday.\n\nIt opens at noon."}
            </script></head><body><div id="app">Loading</div></body></html>"#;
        let article = document("a.html", page).unwrap();
        let expected = "Snow closes the Brenner\n\nThe pass between Innsbruck and Bolzano was closed on Monday.\n\n\
                        It opens at noon.";
        assert_eq!(article.text, expected);
        let empty = document("b.html", "<html><body><script>go()</script></body></html>").unwrap_err();
        assert!(empty.contains("no text"), "{empty}");
        let frames = document("c.html", "<frameset><frame src=a.htm></frameset>").unwrap_err();
        assert!(frames.contains("frames"), "{frames}");
    }

    #[test]
    fn pictures_inside_a_page_do_not_count() {
        let picture = "QUJD+/09".repeat(1 << 19);
        let image = format!("<img src=\"data:image/png;base64,{picture}\">");
        let said =
            "<p>It fell in Oslo for the whole of the day, and the river rose until it took the bridge.</p>";
        let page = format!("<html><body>{}{said}{image}{said}</body></html>", image.repeat(4));
        assert!(page.len() > LARGEST);
        let read = article("a.html", page.into_bytes()).unwrap();
        assert_eq!(read.text.matches("took the bridge").count(), 2);
        // Words about it stay.
        let words = b"<p>url(data:font/woff;base64,QUJD) is how a font is written into a page.</p>".to_vec();
        assert_eq!(without_enclosed(words.clone()), words);
    }

    #[test]
    fn a_number_above_the_story_is_no_date() {
        let check = |line: &str, expected: &str| {
            let said = "Twelve people were killed in Derna on Sunday, officials said, and the river took the bridge.";
            let page = format!(
                "<html><body><article><h1>Flood hits Derna</h1><p>{line}</p><p>{said} {said}</p><p>{said}</p>"
            );
            let article = document("a.html", &page).unwrap();
            assert_eq!(article.date.map(|date| date.to_string()).unwrap_or_default(), expected, "{line}");
            assert!(article.text.contains(line), "{line}: {}", article.text);
        };
        check("0915551234", "");
        check("10.2.11", "");
        check("6-4-10", "");
        check("9/11/01", "");
        check("1914 - 10 men, 12 women", "");
        check("17.10.2016", "2016-10-17");
        check("2016-10-17 08:00", "2016-10-17");
    }

    #[test]
    fn a_page_is_read_as_its_article() {
        let article = document("ferry.html", PAGE).unwrap();
        assert_eq!(article.title.as_deref(), Some("Ferry sinks off Zanzibar"));
        assert_eq!(article.title_span.map(|span| span.of(&article.text)), Some("Ferry sinks off Zanzibar"));
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2019-03-12"));
        assert_eq!(article.date_evidence, Some(DateEvidence::Metadata));
        assert_eq!(article.source.as_deref(), Some("The Island Teller"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/ferry"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.dateline.as_ref().map(|line| line.place.of(&article.text)), Some("STONE TOWN"));
        let lines: Vec<&str> = article.text.split("\n\n").collect();
        let expected = [
            "Ferry sinks off Zanzibar",
            "By Jane Doe",
            "STONE TOWN — A ferry with sixty people on board went down on Tuesday, the harbour master said.",
            "Fishermen from Pemba, Tanga and Kilwa pulled most of them out of the water, according to the police, who \
             were still counting.",
            "A long night",
            "He went out.",
            "Pemba sent two boats",
            "Tanga sent one",
            "The harbour of Stone Town",
            "The ferry had been built in Dar es Salaam, in the yard that also made its sister, and was last seen to \
             by an inspector in January.",
        ];
        assert_eq!(lines, expected);
    }
}
