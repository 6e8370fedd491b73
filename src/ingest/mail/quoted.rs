//! What of a letter is not its writer's: the letters it answers, and the signature under it.
//! Both are marked, never cut. What is forwarded stays: people send the news on in that way.

use crate::model::Span;

/// Words at the end of the line above what is quoted: "On Monday, Ann wrote:", "Am Montag schrieb Ann:".
const WROTE: [&str; 14] = [
    "wrote:", "writes:", "said:", "a écrit :", "a écrit:", "schrieb:", "escribió:", "escreveu:", "scritto:",
    "schreef:", "napisał:", "пишет:", "написал:", "写道：",
];

/// Lines from which on everything is another letter.
const ORIGINALS: [&str; 6] = [
    "-----original message-----",
    "-----ursprüngliche nachricht-----",
    "-----message d'origine-----",
    "-----mensaje original-----",
    "-----oorspronkelijk bericht-----",
    "-----messaggio originale-----",
];

/// The spans of a letter that are quoted or signed, in order.
pub(super) fn furniture(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push((start, line.trim_end()));
        start += line.len();
    }
    // A letter of nothing but quotations is read for them: what somebody quotes line by line is all there is.
    let own = lines.iter().any(|(_, line)| !is_quoted(line) && !line.trim().is_empty());
    let end = lines.last().map_or(0, |(start, line)| start + line.len());
    let mut spans = Vec::new();
    for (at, &(start, line)) in lines.iter().enumerate() {
        if line.is_empty() || !own {
            continue;
        }
        if is_signature(text.get(start..).unwrap_or_default(), line, lines.len() - at)
            || ORIGINALS.contains(&line.trim().to_lowercase().as_str())
        {
            spans.push(Span::new(start, end));
            break;
        }
        let introduces = |line: &str| WROTE.iter().any(|wrote| line.trim_end().ends_with(wrote));
        let quoted_next = || {
            lines
                .iter()
                .skip(at + 1)
                .map(|(_, line)| line)
                .find(|line| !line.is_empty())
                .is_some_and(|line| is_quoted(line))
        };
        if is_quoted(line) || introduces(line) && quoted_next() {
            spans.push(Span::new(start, start + line.len()));
        }
    }
    spans
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// Most lines of a signature, but for those below the standard's mark.
const SIGNATURE: usize = 8;

/// "-- " alone on a line, or the rule under which mailing lists say how to leave them. A dash and a dash without the
/// blank that the standard wants counts where only a few lines follow. `rest` begins with the line.
fn is_signature(rest: &str, line: &str, left: usize) -> bool {
    if rest.starts_with("-- \n") || rest.starts_with("-- \r") {
        return true;
    }
    left <= SIGNATURE && (line == "--" || line.len() >= 40 && line.bytes().all(|byte| byte == b'_'))
}

/// Paragraphs whose lines were broken to be sent (RFC 3676, `format=flowed`) put together again.
pub(super) fn unfolded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        // A blank at the beginning keeps a line from being mistaken for something else.
        let line = line.strip_prefix(' ').unwrap_or(line);
        out.push_str(line);
        if !line.ends_with(' ') || line == "-- " || is_quoted(line) {
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_and_signatures_are_marked() {
        let check = |text: &str, expected: &[&str]| {
            let marked: Vec<_> = furniture(text).iter().map(|span| span.of(text).to_owned()).collect();
            assert_eq!(marked, expected, "{text}");
        };
        check("It rained in Oslo.\n-- \nAnn\nOslo", &["-- \nAnn\nOslo"]);
        check(
            "Yes.\n\nOn Monday, Bob wrote:\n> Did it rain\n> in Oslo?\n\nIt did.",
            &["On Monday, Bob wrote:", "> Did it rain", "> in Oslo?"],
        );
        check(
            "Ja.\n-----Original Message-----\nFrom: Bob\nRain?",
            &["-----Original Message-----\nFrom: Bob\nRain?"],
        );
        check("> It rained\n> in Oslo.\n", &[]);
        check("The minister wrote:\n\nIt rained.", &[]);
        check("It rained.\n--\nAnn", &["--\nAnn"]);
        // Dashes without end are a drawing, but for the last.
        let dashes = "--\n".repeat(40_000);
        check(&dashes, &[dashes.get(dashes.len() - 24..dashes.len() - 1).unwrap()]);
        check("", &[]);
    }

    #[test]
    fn broken_lines_are_put_together() {
        assert_eq!(
            unfolded("It rained \nin Oslo.\n\n From now on \nit will.\n-- \nAnn"),
            "It rained in Oslo.\n\nFrom now on it will.\n-- \nAnn"
        );
    }
}
