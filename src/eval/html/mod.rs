//! A report as one HTML page that needs nothing else: no script, no font, no picture from anywhere.
//! It is well-formed XML too, and forbids itself to load anything, since the articles in it are other people's.

mod article;
mod diagram;

use super::tables::{self, Table};
use super::{Figures, Report};

const STYLE: &str = include_str!("page.css");

/// What is between the marks of HTML, in an element or a quoted attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(c),
            // What HTML and XML have no place for.
            _ if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

pub(super) fn page(report: &Report, title: &str) -> String {
    let title = escaped(title);
    let figures = &report.figures;
    let sentences: String =
        tables::sentences(figures).iter().map(|sentence| format!("<p>{}</p>\n", escaped(sentence))).collect();
    let details: String = tables::details(report).iter().map(table).collect();
    let extent = escaped(&tables::extent(figures));
    let (tiles, rates) = (tiles(figures), table(&tables::rates(figures)));
    let (calibration, worst) = (calibration(report), article::all(&report.worst));
    format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<title>{title} – Dateline</title>
<style>
{STYLE}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p class="quiet">{extent}</p>
{tiles}</header>
<main>
{rates}{sentences}{calibration}<section class="side">
{details}</section>
<p class="quiet">Right is a place within 161 km of the marked one. Sorts of places are groups of GeoNames feature codes: the marked place's, or, of what is spurious, the predicted place's.</p>
{worst}</main>
<footer class="quiet">Dateline {version}</footer>
</body>
</html>
"#,
        version = env!("CARGO_PKG_VERSION"),
    )
}

/// The figures that are asked for first.
fn tiles(figures: &Figures) -> String {
    let recognition = Some(("mentions, exact", "F1", figures.recognition.exact.f1));
    let places = Some(("places within 161 km", "F1", figures.end_to_end.f1));
    let resolution =
        figures.resolution.as_ref().map(|r| ("of found mentions placed right", "share", r.acc161));
    let sense = figures.sense.as_ref().map(|s| ("sense", "share right", s.accuracy));
    let tile = |(what, unit, value): (&str, &str, f64)| {
        format!("<div><b>{value:.4}</b><span>{what}</span><small>{unit}</small></div>\n")
    };
    let tiles: String = [recognition, places, resolution, sense].into_iter().flatten().map(tile).collect();
    format!("<div class=\"tiles\">\n{tiles}</div>\n")
}

fn table(table: &Table) -> String {
    let heads: String =
        table.head.iter().map(|head| format!("<th scope=\"col\">{}</th>", escaped(head))).collect();
    let row = |cells: &Vec<String>| {
        let numbers: String =
            cells.iter().skip(1).map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
        let name = cells.first().map(|name| escaped(name)).unwrap_or_default();
        format!("<tr><th scope=\"row\">{name}</th>{numbers}</tr>\n")
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!(
        "<div class=\"table\"><table>\n<caption>{}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n\
         </table></div>\n",
        escaped(table.title)
    )
}

fn calibration(report: &Report) -> String {
    let Some(calibration) = &report.calibration else { return String::new() };
    format!(
        "<section class=\"calibration\">\n{}<div>{}<p>Expected calibration error {:.4}. A score of 0.8 that is right \
         eight times in ten lies on the line; each dot stands for as many mentions as any other.</p></div>\n</section>\n",
        diagram::diagram(calibration),
        table(&tables::calibration(calibration)),
        calibration.error
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_markup_is_text() {
        let check = |text: &str, expected: &str| assert_eq!(escaped(text), expected);
        check("R&D <b> \"x\" 'y'\n", "R&amp;D &lt;b&gt; &quot;x&quot; &#39;y&#39;\n");
        check("a\u{0}b\u{1b}c\rd", "a\u{fffd}b\u{fffd}c\u{fffd}d");
        check("naïve Ó 🌊", "naïve Ó 🌊");
    }
}
