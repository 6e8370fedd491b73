//! The page around what is told: its head, its summary, where the script draws, and its foot.
//! Its policy lets nothing in but its own style and its own scripts, known by their hashes: no request leaves it.

use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::escape::{Html, script};
use super::known::{Bands, LIKELY, SURE, Shared};
use super::record::{Record, spoken};
use super::{ground, part};
use crate::basemap::Basemap;
use crate::export::options::sentence;
use crate::export::{ATTRIBUTION, Format, GENERATOR, LICENSE, Options};
use crate::model::Days;
use crate::model::words::{counted, grouped};

/// The page's style.
const STYLE: &str = include_str!("page.css");
/// Says that scripts run, before anything is drawn.
const EARLY: &str = "document.documentElement.classList.add('js');";
/// The page's script, in parts that share one scope.
const SCRIPT: &str = concat!(
    "'use strict';\n(() => {\n",
    include_str!("data.js"),
    include_str!("map.js"),
    include_str!("timeline.js"),
    include_str!("lists.js"),
    include_str!("page.js"),
    "})();\n",
);
/// What a report without a title is called.
const TITLE: &str = "Places in the news";
/// The most outlets and languages that are named.
const NAMED: usize = 12;

fn title(options: &Options) -> &str {
    options.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).unwrap_or(TITLE)
}

/// What a policy knows a script or a style by.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// All that stands before the first article.
pub(super) fn head(options: &Options) -> String {
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {} {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(EARLY),
        hash(SCRIPT)
    );
    let title = Html(title(options));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"{GENERATOR}\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<script>{EARLY}</script>\n</head>\n<body>\n",
        // Only the quotes around hashes need no escape here: the attribute stands in double ones.
        policy
    )
}

/// All that stands behind the last article.
pub(super) fn rest(shared: &Shared, record: &Record, options: &Options) -> Vec<u8> {
    let mut html = String::new();
    // Writing to a string cannot fail.
    let _ = header(&mut html, shared, options);
    html.push_str("<main>\n");
    html.push_str(BEFORE_MAP);
    html.push_str(&ground::map(shared));
    html.push_str(AFTER_MAP);
    html.push_str(&record.html(shared));
    html.push_str("</main>\n");
    let _ = footer(&mut html);
    let mut out = html.into_bytes();
    out.extend_from_slice(b"<script type=\"application/json\" id=\"shared\">");
    let mut json = shared.json();
    json["words"] = part::words();
    json["countries"] = countries();
    json["days"] = serde_json::json!(shared.days.map(|days| [days.first, days.last]));
    script(&json.to_string(), &mut out);
    out.extend_from_slice(b"</script>\n<script>");
    out.extend_from_slice(SCRIPT.as_bytes());
    out.extend_from_slice(b"</script>\n</body>\n</html>\n");
    out
}

/// Names of countries for the map: `[name, latitude, longitude, from zoom, to zoom]`.
fn countries() -> serde_json::Value {
    let Ok(basemap) = Basemap::embedded() else { return serde_json::json!([]) };
    let tenth = |number: f64| (number * 10.0).round() / 10.0;
    let labels = basemap.country_labels().map(|label| {
        let zooms = [label.min_zoom, label.max_zoom].map(|zoom| tenth(f64::from(zoom)));
        let at = [label.lat, label.lon].map(|degrees| (degrees * 100.0).round() / 100.0);
        serde_json::json!([label.name, at[0], at[1], zooms[0], zooms[1]])
    });
    serde_json::Value::Array(labels.collect())
}

const BEFORE_MAP: &str = r#"<section id="explore" aria-labelledby="explore-title">
<h2 id="explore-title">Map</h2>
<form id="filters" class="scripted" role="search" aria-label="What is shown">
<label class="wide">Search <input id="words" type="search" autocomplete="off" spellcheck="false" placeholder="Places, headlines, quotes"></label>
<label>From <input id="from" type="date"></label>
<label>To <input id="to" type="date"></label>
<label>How sure <select id="sure"><option value="all">All</option><option value="decided">Decided by people</option><option value="high">High scores</option><option value="middling">Middling scores</option><option value="low">Low scores</option><option value="none">Without a place</option></select></label>
<label>Event <select id="class"><option value="">Any or none</option></select></label>
<button id="clear" type="button" disabled>Show all</button>
<output id="shown" for="words from to sure class"></output>
</form>
<div id="stage">
<figure id="mapbox">
"#;

const AFTER_MAP: &str = r#"<div id="zoom" class="scripted"><button type="button" id="in" aria-label="Zoom in">+</button><button type="button" id="out" aria-label="Zoom out">−</button><button type="button" id="fit" aria-label="Show all marks">⤢</button></div>
<div id="scale" class="scripted" aria-hidden="true"><span></span></div>
<p id="hint" role="status" hidden>Click the map, then zoom with the wheel</p>
<figcaption>Discs are places, rings are regions and countries; the size is the number of mentions.<span class="scripted"> Dashes: low scores only. With the keyboard: arrows move the map, + and − zoom, Tab goes to the marks.</span></figcaption>
</figure>
<section id="detail" class="scripted" aria-labelledby="detail-title"><h3 id="detail-title" tabindex="-1">Choose a place</h3><div id="detail-body"><p class="quiet">Click a mark on the map, or a place in the lists, to read what is said of it and how it was decided which place is meant.</p></div></section>
</div>
<section id="timeline" class="scripted" aria-labelledby="timeline-title">
<div class="bar"><h2 id="timeline-title">Timeline</h2>
<fieldset><legend class="unseen">Days of</legend><label><input type="radio" name="by" value="published" checked> Articles by publication</label> <label><input type="radio" name="by" value="happened"> Events by their day</label></fieldset></div>
<div id="bars"></div><p id="told" class="quiet"></p>
</section>
<section id="lists" class="scripted" aria-label="Lists">
<div role="tablist" aria-label="Lists"><button type="button" role="tab" id="tab-places" aria-controls="list" aria-selected="true">Places</button><button type="button" role="tab" id="tab-events" aria-controls="list" aria-selected="false" tabindex="-1">Events</button><button type="button" role="tab" id="tab-articles" aria-controls="list" aria-selected="false" tabindex="-1">Articles</button></div>
<div id="list" role="tabpanel" aria-labelledby="tab-places"></div>
</section>
</section>
"#;

fn header(out: &mut String, shared: &Shared, options: &Options) -> std::fmt::Result {
    write!(out, "<a class=\"skip\" href=\"#explore\">Skip to the map and the lists</a>\n<header>\n")?;
    writeln!(out, "<h1 dir=\"auto\">{}</h1>", Html(title(options)))?;
    let places = shared.places.iter().filter(|place| place.mentions > 0).count();
    write!(out, "<p class=\"lead\">{}", counted(shared.articles, "article"))?;
    match shared.outlets.len() {
        0 => {}
        outlets => write!(out, " from {}", counted(outlets, "outlet"))?,
    }
    if let Some(period) = shared.days.and_then(period) {
        write!(out, ", published {period}")?;
    }
    write!(
        out,
        ". They mention {} {}",
        counted(places, "place"),
        times(shared.mentions - shared.bands.none)
    )?;
    if shared.events > 0 {
        write!(out, " and tell of {}", counted(shared.events, "event"))?;
    }
    out.push_str(".</p>\n<dl class=\"facts\">\n");
    fact(out, "Outlets", &most(&shared.outlets, "no outlet is known"))?;
    fact(out, "Languages", &most(&shared.languages, "not known"))?;
    fact(out, "How sure", &sure(&shared.bands))?;
    fact(out, "What is missing", &missing(shared, options))?;
    fact(out, "How it was made", &made(options))?;
    out.push_str("</dl>\n</header>\n");
    Ok(())
}

fn fact(out: &mut String, term: &str, html: &str) -> std::fmt::Result {
    writeln!(out, "<div><dt>{term}</dt><dd>{html}</dd></div>")
}

/// "The Moscow Times 12, Daily News Egypt 4, and 3 more".
fn most(counts: &std::collections::BTreeMap<String, usize>, none: &str) -> String {
    let mut all: Vec<(&String, &usize)> = counts.iter().collect();
    all.sort_by_key(|&(name, count)| (std::cmp::Reverse(*count), name));
    let named: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|(name, count)| {
            format!("<bdi>{}</bdi>&nbsp;<span class=\"quiet\">{}</span>", Html(name), grouped(count))
        })
        .collect();
    let more = all.len().saturating_sub(NAMED);
    match (named.is_empty(), more) {
        (true, _) => none.to_owned(),
        (_, 0) => named.join(", "),
        _ => format!("{}, and {} more", named.join(", "), grouped(more)),
    }
}

/// How the mentions are divided by how likely their places are.
fn sure(bands: &Bands) -> String {
    let lines = [
        (bands.decided, "chosen or confirmed by a person".to_owned()),
        (bands.high, format!("with a score of {SURE} or more: most likely right")),
        (bands.middling, format!("with a score of {LIKELY} to {SURE}: worth a look")),
        (bands.low, format!("with a score under {LIKELY}: uncertain, to be checked")),
        (bands.none, "without a place".to_owned()),
    ];
    let told = lines.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told.map(|(count, what)| format!("<li>{} {what}</li>", grouped(count))).collect();
    if told.is_empty() { "no mentions".to_owned() } else { format!("<ul>{}</ul>", told.concat()) }
}

fn missing(shared: &Shared, options: &Options) -> String {
    let mut parts = Vec::new();
    if shared.silent > 0 {
        parts.push(format!("{} without anything shown here", counted(shared.silent, "article")));
    }
    if shared.undated > 0 {
        parts.push(format!("{} without a date", counted(shared.undated, "article")));
    }
    if !options.unresolved {
        parts.push("names that could not be placed are left out".to_owned());
    }
    if options.with_text {
        parts.push("the articles’ texts are in this file".to_owned());
    } else {
        parts.push("of the articles’ texts, only the sentences quoted".to_owned());
    }
    parts.extend(options.only.told(options.rows));
    parts.extend(options.kinds_left_out(Format::Report));
    Html(&sentence(&parts.join("; "))).to_string()
}

fn made(options: &Options) -> String {
    let created = options.created.as_deref().map_or_else(String::new, |created| {
        let day = created.split('T').next().unwrap_or(created);
        format!(" on <time datetime=\"{}\">{}</time>", Html(created), Html(&spoken(day)))
    });
    format!(
        "With {GENERATOR}{created}, by a program that finds the names of places in the articles and chooses, for each, \
         the likeliest of the places of that name. The score, from 0 to 1, is how likely the choice is, and the reasons \
         stand with each quote. Nobody has checked it but where a person is named."
    )
}

fn footer(out: &mut String) -> std::fmt::Result {
    out.push_str("<footer>\n");
    writeln!(out, "<p>{}. The places in this file: {}.</p>", Html(ATTRIBUTION), Html(LICENSE))?;
    out.push_str("<p>Quotes belong to those who published them. ");
    writeln!(out, "Made with {GENERATOR}; this file asks nothing of any network.</p>\n</footer>")?;
    Ok(())
}

/// "3 Oct 2015 to 17 Oct 2016", or the one day.
fn period(days: Days) -> Option<String> {
    let day = |number: i32| Days::date(number).map(|date| spoken(&date.to_string()));
    let (first, last) = (day(days.first)?, day(days.last)?);
    Some(if first == last { first } else { format!("{first} to {last}") })
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{} times", grouped(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_well() {
        assert_eq!(period(Days { first: 0, last: 0 }).as_deref(), Some("1 Jan 1970"));
        assert_eq!(period(Days { first: 0, last: 31 }).as_deref(), Some("1 Jan 1970 to 1 Feb 1970"));
    }

    #[test]
    fn neither_style_nor_script_can_end_early() {
        assert!(!STYLE.contains("</"));
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        for never in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch("] {
            assert!(!SCRIPT.contains(never), "{never}");
        }
    }

    #[test]
    fn a_hash_is_what_browsers_expect() {
        // The empty text's, as every description of the policy has it.
        assert_eq!(hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }
}
