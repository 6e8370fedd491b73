//! What of a page is not the story, by what its elements are called: menus, appeals, lists of other stories, comments.
//! What has the headline, or says that it is the story, is never furniture: a whole page may be called "has-sidebar".

use dom_query::{Element, NodeRef};

/// The value of an attribute.
pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// Whether nobody sees it.
pub(super) fn is_hidden(element: &Element) -> bool {
    element.attrs.iter().any(|attribute| match &*attribute.name.local {
        // "hidden=until-found" is found, and so is shown.
        "hidden" => &*attribute.value != "until-found",
        "style" => {
            let style: String = attribute.value.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        }
        "class" => attribute.value.split_ascii_whitespace().any(|class| UNSEEN.contains(&class)),
        _ => false,
    })
}

/// Classes that the usual style sheets hide from the eye, for readers aloud.
const UNSEEN: [&str; 9] = [
    "sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden", "u-visually-hidden", "is-hidden",
    "element-invisible", "hide-visually", "assistive-text",
];

/// Whether it says that it is the story.
pub(super) fn says_story(element: &Element) -> bool {
    matches!(&*element.name.local, "article" | "main")
        || attribute(element, "itemprop")
            .is_some_and(|names| names.split_ascii_whitespace().any(|name| name == "articleBody"))
        || attribute(element, "role").is_some_and(|role| matches!(role, "main" | "article"))
}

/// Whether it is no part of the story.
pub(super) fn is_furniture(node: &NodeRef<'_>, element: &Element) -> bool {
    let name = &*element.name.local;
    if matches!(name, "html" | "body" | "main") {
        return false;
    }
    let named = matches!(name, "nav" | "aside" | "menu" | "search")
        || name == "footer" && !is_within(node, "blockquote")
        || name == "form" && !holds_page(node)
        || attribute(element, "role").is_some_and(|role| ROLES.contains(&role))
        || attribute(element, "aria-modal") == Some("true")
        || ["class", "id", "data-component", "data-testid", "aria-label"]
            .iter()
            .filter_map(|name| attribute(element, name))
            .any(says_furniture)
        || name.contains('-') && says_furniture(name);
    named && !holds_story(node)
}

const ROLES: [&str; 10] = [
    "navigation", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar",
    "toolbar", "tablist",
];

/// Whether it is called what bylines are called.
pub(super) fn says_byline(element: &Element) -> bool {
    let named = || ["class", "itemprop", "rel"].iter().filter_map(|name| attribute(element, name));
    let word = |name: &str| words_of(name).iter().any(|word| BYLINES.contains(&word.as_str()));
    named().filter(|names| names.len() <= 400).flat_map(str::split_ascii_whitespace).any(word)
}

/// Words of the names of who and when.
const BYLINES: [&str; 16] = [
    "author", "authors", "byline", "date", "dateline", "editor", "meta", "metadata", "pubdate", "published",
    "reporter", "signature", "submitted", "timestamp", "credits", "datetime",
];

/// Words of names of which one is enough.
const WORDS: [&str; 69] = [
    "ad", "adbox", "ads", "advert", "advertisement", "advertising", "authorbio", "banner", "bookmark",
    "breadcrumb", "breadcrumbs", "comment", "comments", "commentlist", "consent", "cookie", "cookies",
    "disqus", "donate", "donation", "feedback", "footer", "copyright", "disclaimer", "gdpr", "legal",
    "login", "masthead", "menu", "mostread", "nav", "navbar", "navigation", "newsletter", "outbrain",
    "overlay", "pagination", "paywall", "popular", "popup", "promo", "promobox", "promoted", "promotion",
    "pullquote", "readmore", "recirc", "recirculation", "recommend", "recommendation", "recommendations",
    "recommended", "regwall", "related", "relatedposts", "respond", "share", "sharedaddy", "sharing",
    "sidebar", "signup", "skip", "social", "sponsor", "sponsored", "subscribe", "subscription", "taboola",
    "tags",
];

/// Words of names that follow one another.
const PAIRS: [(&str, &str); 31] = [
    ("also", "read"),
    ("also", "like"),
    ("author", "bio"),
    ("author", "box"),
    ("author", "card"),
    ("bottom", "links"),
    ("call", "action"),
    ("drop", "quote"),
    ("editors", "picks"),
    ("further", "reading"),
    ("global", "header"),
    ("just", "in"),
    ("latest", "news"),
    ("more", "from"),
    ("more", "in"),
    ("more", "news"),
    ("more", "on"),
    ("more", "stories"),
    ("most", "popular"),
    ("most", "read"),
    ("next", "post"),
    ("post", "tags"),
    ("pull", "quote"),
    ("read", "also"),
    ("read", "more"),
    ("read", "next"),
    ("see", "also"),
    ("site", "header"),
    ("top", "stories"),
    ("up", "next"),
    ("you", "may"),
];

/// Trending and topics and such, which also stand in names of what holds them and the story together.
fn says_furniture(names: &str) -> bool {
    if names.len() > 400 {
        return false;
    }
    names.split_ascii_whitespace().any(|name| {
        let words = words_of(name);
        // "no-sidebar", "with-comments", "has-share": what a box is like, not what it is.
        let about = words
            .first()
            .is_some_and(|word| matches!(word.as_str(), "no" | "has" | "with" | "without" | "is"));
        let pair = |(first, second): &(&str, &str)| {
            words.windows(2).any(|pair| pair[0] == *first && pair[1] == *second)
        };
        !about && (words.iter().any(|word| WORDS.contains(&word.as_str())) || PAIRS.iter().any(pair))
    })
}

/// The words of a name in lower case: "relatedPosts__list-item" is "related posts list item".
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        let cut = !c.is_alphanumeric();
        if (cut || was_small && c.is_uppercase()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        was_small = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| !cut) {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// Nodes that are looked at for a headline within.
const LOOKED_AT: usize = 5000;

fn holds_story(node: &NodeRef<'_>) -> bool {
    node.descendants_it().take(LOOKED_AT).any(|below| {
        below.element_ref().is_some_and(|element| {
            &*element.name.local == "h1"
                || attribute(&element, "itemprop").is_some_and(|names| names.contains("articleBody"))
        })
    })
}

/// Whether a form is the whole page, as some servers make them.
fn holds_page(node: &NodeRef<'_>) -> bool {
    node.descendants_it().take(LOOKED_AT).filter(|below| below.has_name("p")).take(3).count() == 3
}

fn is_within(node: &NodeRef<'_>, name: &str) -> bool {
    node.ancestors_it(Some(8)).any(|around| around.has_name(name))
}
