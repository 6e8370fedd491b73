//! What is said, in words for a person: a line names the thing, another what is said of it.
//! Words of a text come from the article that is handed in; without it, it is told where they stand.

use super::edit::{Field, Target, Value};
use crate::model::{Article, Span, one_line};

impl Target {
    /// What it is called: “Derna” in an article of this name. The article is the target's own.
    pub fn in_words(&self, article: Option<&Article>) -> String {
        let id = |number: u32| match article {
            Some(article) => one_line(&article.id),
            None => format!("article {}", u64::from(number) + 1),
        };
        match self {
            Self::Mention(number, span) | Self::Event(number, span) => {
                format!("{} in {}", quoted(*span, article), id(*number))
            }
            Self::Article(number) => id(*number),
            Self::Place(place) => format!("the place {}", one_line(place)),
            Self::Name(name) => format!("the name “{}”", one_line(name)),
            Self::Collection => "the collection".to_owned(),
        }
    }
}

impl Field {
    /// What of a thing it is.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Added => "added by hand",
            Self::Words => "words",
            Self::Kind => "kind",
            Self::Sense => "sense",
            Self::Told => "whether it is told",
            Self::Type => "type of event",
            Self::Polarity => "whether it happened",
            Self::Scene => "where it happened",
            Self::When => "when it happened",
            Self::Title => "title",
            Self::Date => "date",
            Self::Source => "outlet",
            Self::Home => "home of the outlet",
            Self::Removed => "left out",
            Self::SameAs => "the same as",
            Self::Means => "meaning",
            Self::Tags => "tags",
            Self::Note => "note",
            Self::Results => "results in use",
        }
    }
}

impl Value {
    /// What it says. The article is the one of the thing that it is said of.
    pub fn in_words(&self, article: Option<&Article>) -> String {
        match self {
            Self::Confirmed(place) => format!("{}, as found", place.label()),
            Self::Place(place) => place.label(),
            Self::Rejected => "none".to_owned(),
            Self::Yes => "yes".to_owned(),
            Self::Words(span) => quoted(*span, article),
            Self::Kind(kind) => kind.as_str().to_owned(),
            Self::Sense(sense) => sense.as_str().to_owned(),
            Self::Type(kind) => kind.as_str().to_owned(),
            Self::Polarity(polarity) => polarity.as_str().to_owned(),
            Self::Scene(keys) if keys.is_empty() => "nowhere".to_owned(),
            Self::Scene(keys) => keys.iter().map(|&key| quoted(key, article)).collect::<Vec<_>>().join(", "),
            Self::Date(Some(date)) => date.to_string(),
            Self::Date(None) => "no date".to_owned(),
            Self::Text(text) if text.is_empty() => "nothing".to_owned(),
            Self::Text(text) => format!("“{}”", one_line(text)),
            Self::Tags(tags) => tags.join(", "),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Words of an article.
fn quoted(span: Span, article: Option<&Article>) -> String {
    let words = article.and_then(|article| article.text.get(span.start..span.end));
    match words {
        Some(words) => format!("“{}”", one_line(words)),
        None => format!("the words at byte {}", span.start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Polarity};

    #[test]
    fn what_is_said_is_told_in_words() {
        let article = Article::from_text("a.txt", "Rain in\nDerna.");
        let check = |target: Target, field: Field, value: Value, expected: &str| {
            let told = |article| {
                format!("{}, {}: {}", target.in_words(article), field.in_words(), value.in_words(article))
            };
            assert_eq!(told(Some(&article)), expected);
            assert!(!told(None).contains("Derna"));
        };
        let derna = Span::new(8, 13);
        check(Target::Mention(0, derna), Field::Place, Value::Rejected, "“Derna” in a.txt, place: none");
        check(
            Target::Mention(0, derna),
            Field::Words,
            Value::Words(Span::new(5, 13)),
            "“Derna” in a.txt, words: “in Derna”",
        );
        check(
            Target::Mention(0, derna),
            Field::Kind,
            Value::Kind(Kind::Demonym),
            "“Derna” in a.txt, kind: demonym",
        );
        check(
            Target::Event(0, Span::new(0, 4)),
            Field::Scene,
            Value::Scene(vec![derna]),
            "“Rain” in a.txt, where it happened: “Derna”",
        );
        check(
            Target::Event(0, Span::new(0, 4)),
            Field::Polarity,
            Value::Polarity(Polarity::Denied),
            "“Rain” in a.txt, whether it happened: denied",
        );
        check(Target::Article(0), Field::Date, Value::Date(None), "a.txt, date: no date");
        check(
            Target::Name("the strip".to_owned()),
            Field::Note,
            Value::Text("Gaza".to_owned()),
            "the name “the strip”, note: “Gaza”",
        );
    }
}
