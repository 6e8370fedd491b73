//! What a page says of itself in JSON-LD, in schema.org's words.
//! Pages hold several things (the site, the way to the page, other stories): the article whose headline the page
//! shows is meant, or the first.

use serde_json::{Map, Value};

use super::facts::Facts;
use crate::model::one_line;

/// Longest block that is looked into.
const LONGEST: usize = 2 << 20;
/// Things that are looked at.
const MOST: usize = 2000;

/// Adds what a block says of the article to what is known; `shown` are the titles of the page.
pub(super) fn read(json: &str, shown: &[String], facts: &mut Facts) {
    let Some(value) = parsed(json) else { return };
    let things = things(&value);
    let articles: Vec<_> = things.iter().copied().filter(|thing| is_article(thing)).collect();
    let meant = articles
        .iter()
        .find(|article| {
            headline(article).is_some_and(|headline| shown.iter().any(|title| title.contains(&headline)))
        })
        .or(articles.first());
    if let Some(article) = meant {
        take(article, &things, facts);
    }
    let sites = things.iter().filter(|thing| is_a(thing, |kind| kind == "WebSite"));
    facts.outlets.extend(sites.filter_map(|site| text(site.get("name")?)));
}

fn parsed(json: &str) -> Option<Value> {
    let json = json.trim();
    let bare =
        ["<!--", "//<![CDATA[", "<![CDATA["].iter().find_map(|mark| json.strip_prefix(mark)).unwrap_or(json);
    let bare = bare.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim();
    if bare.len() > LONGEST {
        return None;
    }
    // Line ends within strings are no JSON, and stand in the JSON of many pages.
    serde_json::from_str(bare)
        .or_else(|_| {
            serde_json::from_str(
                &bare.replace(|c: char| c.is_control(), " ").trim_end_matches(';').replace("}, ]", "}]"),
            )
        })
        .ok()
}

/// Every thing with a type, those that hold others first.
fn things(value: &Value) -> Vec<&Map<String, Value>> {
    let mut things = Vec::new();
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        if things.len() >= MOST || left.len() > 100_000 {
            break;
        }
        match value {
            Value::Array(items) => left.extend(items.iter().rev()),
            Value::Object(thing) => {
                if thing.contains_key("@type") {
                    things.push(thing);
                }
                left.extend(thing.values().filter(|value| value.is_array() || value.is_object()));
            }
            _ => {}
        }
    }
    things
}

fn is_a(thing: &Map<String, Value>, fits: impl Fn(&str) -> bool) -> bool {
    match thing.get("@type") {
        Some(Value::String(kind)) => fits(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(fits),
        _ => false,
    }
}

fn is_article(thing: &Map<String, Value>) -> bool {
    is_a(thing, |kind| {
        kind.ends_with("Article")
            || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" | "Report")
    })
}

fn headline(article: &Map<String, Value>) -> Option<String> {
    article.get("headline").or_else(|| article.get("name")).and_then(text)
}

fn take(article: &Map<String, Value>, things: &[&Map<String, Value>], facts: &mut Facts) {
    facts.titles.extend(headline(article));
    facts
        .published
        .extend(["datePublished", "dateCreated"].iter().filter_map(|name| text(article.get(*name)?)));
    facts.modified.extend(article.get("dateModified").and_then(text));
    facts.outlets.extend(article.get("publisher").and_then(|publisher| name_of(publisher, things)));
    facts.urls.extend(["url", "mainEntityOfPage"].iter().filter_map(|name| match article.get(*name)? {
        Value::Object(page) => page.get("@id").and_then(text),
        value => text(value),
    }));
    facts.language = facts.language.take().or_else(|| {
        article.get("inLanguage").and_then(|language| match language {
            Value::Object(language) => language.get("alternateName").and_then(text),
            language => text(language),
        })
    });
    let story = || article.get("articleBody").and_then(Value::as_str).map(str::to_owned);
    facts.story = facts.story.take().or_else(story);
}

/// The name of an organisation, which may be told elsewhere under its `@id`.
fn name_of(value: &Value, things: &[&Map<String, Value>]) -> Option<String> {
    match value {
        Value::Array(several) => several.iter().find_map(|one| name_of(one, things)),
        Value::Object(thing) => thing.get("name").and_then(text).or_else(|| {
            let id = thing.get("@id")?;
            let named =
                |other: &&&Map<String, Value>| other.get("@id") == Some(id) && other.contains_key("name");
            things.iter().find(named).and_then(|other| text(other.get("name")?))
        }),
        value => text(value),
    }
}

/// A text as a page shows it: JSON-LD is often written with entities.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(several) => return several.iter().find_map(text),
        value => value.as_str()?,
    };
    let text = if text.contains('&') {
        dom_query::Document::fragment(text.replace('<', "&lt;")).text().to_string()
    } else {
        text.to_owned()
    };
    Some(one_line(&text)).filter(|text| !text.is_empty())
}
