//! Markdown (`.md`): the whole file is the article's text, marks and all.
//! What Markdown hides from a reader (front matter, addresses of links, HTML) is marked as furniture.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{page, text};
use crate::model::{Article, DateEvidence, Span};

/// An article from a Markdown file.
pub(super) fn article(id: &str, source: String) -> Article {
    let mut article = Article::from_text(id, source);
    let front = FrontMatter::of(&article.text);
    let reading = Reading::of(&article.text, front.end);
    article.title = front.title;
    article.source = front.source;
    article.url = front.url;
    article.language = front.language;
    article.date = front.date.as_deref().and_then(|date| date.parse().ok().or_else(|| page::read_date(date)));
    article.date_evidence = article.date.map(|_| DateEvidence::Metadata);
    if article.title.is_none()
        && let Some(span) = reading.title
    {
        article.title = Some(reading.title_text);
        article.title_span = Some(span);
    }
    let findings = page::analyse(&blanked(&article.text, front.end, &reading.hidden), page::Trust::Noisy);
    text::fill(&mut article, findings);
    let front = (front.end > 0).then(|| Span::new(0, front.end));
    article.boilerplate.extend(front.into_iter().chain(reading.hidden));
    article.boilerplate = text::united(std::mem::take(&mut article.boilerplate));
    article
}

/// The text with what is hidden, and the marks of headings and lists, as spaces: the page's
/// analysis then sees what a reader sees, at the same offsets.
fn blanked(text: &str, front: usize, hidden: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut hidden = hidden.iter().peekable();
    let mut line_start = true;
    for (at, c) in text.char_indices() {
        while hidden.next_if(|span| span.end <= at).is_some() {}
        let covered = at < front || hidden.peek().is_some_and(|span| span.start <= at);
        let mark =
            matches!(c, '*' | '_' | '`' | '[' | ']') || line_start && matches!(c, '#' | '>' | '-' | '+');
        line_start = c == '\n' || line_start && (c.is_whitespace() || mark);
        if c == '\n' || !(covered || mark) {
            out.push(c);
        } else {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        }
    }
    out
}

/// The `---` block at the beginning. Only plain `key: value` lines are read.
#[derive(Debug, Default)]
struct FrontMatter {
    /// One past its last byte; 0 where there is none.
    end: usize,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

impl FrontMatter {
    fn of(text: &str) -> Self {
        let mut front = Self::default();
        let mut lines = text.split_inclusive('\n');
        let Some(fence) = lines.next().filter(|line| matches!(line.trim_end(), "---" | "+++")) else {
            return front;
        };
        let mut end = fence.len();
        for line in lines {
            end += line.len();
            if line.trim_end() == fence.trim_end() {
                front.end = end;
                return front;
            }
            if let Some((key, value)) = line.split_once([':', '=']) {
                front.set(key.trim(), value.trim().trim_matches(['"', '\'']));
            }
        }
        // The fence was a rule: what seemed to be front matter is the text.
        Self::default()
    }

    fn set(&mut self, key: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let is_address = value.starts_with("https://") || value.starts_with("http://");
        let field = match key.to_lowercase().as_str() {
            // Programs that clip pages call their address so.
            "source" if is_address => &mut self.url,
            "title" | "headline" => &mut self.title,
            "date" | "published" | "pubdate" | "publishdate" | "date_published" => &mut self.date,
            "source" | "outlet" | "publisher" | "publication" | "site" => &mut self.source,
            "url" | "link" | "canonical" | "permalink" => &mut self.url,
            "lang" | "language" => &mut self.language,
            _ => return,
        };
        field.get_or_insert_with(|| value.to_owned());
    }
}

/// What the Markdown parser tells.
#[derive(Debug, Default)]
struct Reading {
    title: Option<Span>,
    title_text: String,
    /// Sorted.
    hidden: Vec<Span>,
}

impl Reading {
    fn of(text: &str, from: usize) -> Self {
        let mut reading = Self::default();
        let mut in_title = false;
        let mut last_inline = from;
        let body = text.get(from..).unwrap_or("");
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
            let range = range.start + from..range.end + from;
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if reading.title.is_none() => {
                    in_title = true
                }
                Event::End(TagEnd::Heading(_)) if in_title => in_title = false,
                Event::Text(words) | Event::Code(words) => {
                    if in_title {
                        reading.extend_title(&words, &range);
                    }
                    last_inline = range.end;
                }
                // Behind the words of a link stands its address: "](https://…)".
                Event::End(TagEnd::Link | TagEnd::Image) => {
                    let start = last_inline.clamp(range.start, range.end);
                    reading.hidden.push(Span::new(start, range.end));
                    last_inline = range.end;
                }
                Event::Html(_) | Event::InlineHtml(_) => {
                    reading.hidden.push(Span::new(range.start, range.end))
                }
                _ => {}
            }
        }
        reading.hidden = text::united(reading.hidden);
        reading
    }

    fn extend_title(&mut self, words: &str, range: &Range<usize>) {
        self.title_text.push_str(words);
        let span = self.title.get_or_insert(Span::new(range.start, range.end));
        span.end = span.end.max(range.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_read_as_it_is_seen() {
        let article = article(
            "a.md",
            "---\ntitle: \"Ferry sinks off Zanzibar\"\ndate: 2019-03-12\npublisher: The Island Teller\n---\n\n\
             # Ferry sinks off *Zanzibar*\n\n![A boat](boat.png)\n\n<div class=\"ad\">Buy</div>\n\n\
             STONE TOWN, 12 March 2019 – A ferry with [sixty people](https://example.org/Mombasa) on board \
             went down on Tuesday, the harbour master said.\n\nShare this\n"
                .to_owned(),
        );
        assert_eq!(article.title.as_deref(), Some("Ferry sinks off Zanzibar"));
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2019-03-12"));
        assert_eq!(article.source.as_deref(), Some("The Island Teller"));
        assert_eq!(article.dateline.map(|line| line.place.of(&article.text)), Some("STONE TOWN"));
        let hidden: Vec<_> = article.boilerplate.iter().map(|span| span.of(&article.text)).collect();
        assert!(hidden[0].starts_with("---\ntitle"));
        assert!(hidden.iter().any(|span| span.contains("https://example.org/Mombasa")));
        assert!(hidden.iter().any(|span| span.contains("Share this")));
        assert!(!hidden.iter().any(|span| span.contains("sixty people")));
    }

    #[test]
    fn a_source_may_be_an_address() {
        let check = |front: &str, url: Option<&str>, source: Option<&str>| {
            let text = format!("---\n{front}\n---\n\nThe storm came ashore at night, forecasters said.\n");
            let article = article("a.md", text);
            assert_eq!((article.url.as_deref(), article.source.as_deref()), (url, source), "{front}");
        };
        check("source: \"https://example.org/storm\"", Some("https://example.org/storm"), None);
        check("source: The Island Teller", None, Some("The Island Teller"));
        check(
            "source: https://example.org/a\npublisher: The Island Teller",
            Some("https://example.org/a"),
            Some("The Island Teller"),
        );
    }

    #[test]
    fn a_title_is_the_first_heading() {
        let check = |text: &str, title: Option<&str>| {
            assert_eq!(article("a.md", text.to_owned()).title.as_deref(), title, "{text}");
        };
        check(
            "# Storm *hits* Leyte\n\nThe storm came ashore at night, forecasters said in a bulletin.",
            Some("Storm hits Leyte"),
        );
        check(
            "Storm hits Leyte\n====\n\nThe storm came ashore at night, forecasters said in a bulletin.",
            Some("Storm hits Leyte"),
        );
        check("The storm came ashore at night, forecasters said in a bulletin on Monday.", None);
    }
}
