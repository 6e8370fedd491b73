//! The worst articles, each with its mistakes in a list and its text with every mention marked.
//! Where marks would overlap, the one that begins first is drawn; all stand in the list.

use super::escaped;
use crate::eval::{JudgedMention, Verdict, WorstArticle};
use crate::model::CharIndex;
use crate::model::words::counted;

/// All of them, with what the marks mean before the first.
pub(super) fn all(worst: &[WorstArticle]) -> String {
    if worst.is_empty() {
        return String::new();
    }
    let key: String =
        Verdict::ALL.map(|verdict| format!("{}\n", mark(verdict, None, meaning(verdict)))).concat();
    let articles: String = worst.iter().enumerate().map(|(number, worst)| article(number, worst)).collect();
    format!("<h2>Worst articles</h2>\n<p class=\"key\">{key}</p>\n{articles}")
}

fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Found => "found",
        Verdict::Bounds => "other bounds",
        Verdict::Unplaced => "without a place",
        Verdict::Wrong => "wrong place",
        Verdict::Missed => "missed",
        Verdict::Spurious => "spurious",
    }
}

/// Marked words; `link` is the mark's own id and what to tell of it.
fn mark(verdict: Verdict, link: Option<(&str, &str)>, words: &str) -> String {
    let link =
        link.map(|(id, title)| format!(" id=\"{id}\" title=\"{}\"", escaped(title))).unwrap_or_default();
    format!("<mark class=\"{}\"{link}>{}</mark>", verdict.as_str(), escaped(words))
}

fn article(number: usize, article: &WorstArticle) -> String {
    let title = article.title.as_deref().unwrap_or(&article.id);
    let id = |mention: usize| format!("a{number}m{mention}");
    let (text, drawn) = text(article, id);
    let line = |(at, times): (usize, usize)| {
        mistake(&article.mentions[at], times, drawn[at].then(|| id(at)).as_deref())
    };
    let mistakes: String = article.mistakes().into_iter().map(line).collect();
    format!(
        "<article>\n<h3>{}</h3>\n<p class=\"quiet\">{} · {} · F1 of places {:.2}</p>\n<ul>\n{mistakes}</ul>\n\
         <details><summary>The text</summary>\n<div class=\"text\">{text}</div>\n</details>\n</article>\n",
        escaped(title),
        escaped(&article.id),
        counted(article.mistakes, "mistake"),
        article.f1,
    )
}

fn mistake(mention: &JudgedMention, times: usize, link: Option<&str>) -> String {
    let words = mark(mention.verdict, None, &mention.words);
    let words = match link {
        Some(id) => format!("<a href=\"#{id}\">{words}</a>"),
        None => words,
    };
    let found = mention.found_as.as_ref().map(|found| format!(", found as “{}”", escaped(found)));
    let details = mention.details().map(|details| format!(": {}", escaped(&details)));
    let (found, details) = (found.unwrap_or_default(), details.unwrap_or_default());
    let times = if times > 1 { format!(", {times} times") } else { String::new() };
    format!("<li>{words} <small>{}{times}</small>{found}{details}</li>\n", meaning(mention.verdict))
}

/// The text with marks, and which mentions they are for.
fn text(article: &WorstArticle, id: impl Fn(usize) -> String) -> (String, Vec<bool>) {
    let index = CharIndex::new(&article.text);
    let mut drawn = vec![false; article.mentions.len()];
    let (mut marked, mut end) = (String::new(), 0);
    for (at, mention) in article.mentions.iter().enumerate() {
        let Some(span) = index.bytes(mention.span).filter(|span| span.start >= end) else { continue };
        marked.push_str(&escaped(&article.text[end..span.start]));
        let mut title = meaning(mention.verdict).to_owned();
        if let Some(details) = mention.details() {
            title = format!("{title}: {details}");
        }
        marked.push_str(&mark(mention.verdict, Some((&id(at), &title)), &mention.words));
        (drawn[at], end) = (true, span.end);
    }
    marked.push_str(&escaped(&article.text[end..]));
    (marked, drawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CharSpan;

    #[test]
    fn marks_do_not_overlap_and_the_text_stays() {
        let mention = |start, end, words: &str, verdict| JudgedMention {
            span: CharSpan { start, end },
            words: words.to_owned(),
            verdict,
            found_as: None,
            meant: None,
            predicted: None,
            km: None,
            sense: None,
            reasons: Vec::new(),
        };
        let article = WorstArticle {
            id: "a".to_owned(),
            title: None,
            mistakes: 2,
            f1: 0.0,
            mentions: vec![
                mention(3, 11, "New York", Verdict::Missed),
                mention(7, 11, "York", Verdict::Spurious),
                mention(16, 99, "", Verdict::Spurious),
            ],
            text: "Ó, New York & on".to_owned(),
        };
        let (text, drawn) = text(&article, |at| at.to_string());
        assert_eq!(text, "Ó, <mark class=\"missed\" id=\"0\" title=\"missed\">New York</mark> &amp; on");
        assert_eq!(drawn, [true, false, false]);
    }
}
