//! Edits of articles and of the collection. `name` is what the article is called, or "3 articles".

use std::sync::Arc;

use crate::model::words::counted;
use crate::model::{PartialDate, Place};
use crate::project::edit::{Edit, Field, Target, Value};
use crate::project::state::State;

/// An article has a title; `None`: the one that was read.
pub fn set_title(state: &State, article: u32, title: Option<&str>) -> Edit {
    let told = title.map_or("The title as read".to_owned(), |title| format!("The title is “{title}”"));
    put(state, told, &[article], Field::Title, title.map(|title| Value::Text(title.trim().to_owned())))
}

/// Articles are of a date, or have none; `None`: the one that was read.
pub fn set_date(state: &State, name: &str, articles: &[u32], date: Option<Option<PartialDate>>) -> Edit {
    let told = match date {
        Some(Some(date)) => format!("{name} of {date}"),
        Some(None) => format!("{name} without a date"),
        None => format!("{name} of the date as read"),
    };
    put(state, told, articles, Field::Date, date.map(Value::Date))
}

/// Articles are from an outlet; `None`: the one that was read.
pub fn set_source(state: &State, name: &str, articles: &[u32], source: Option<&str>) -> Edit {
    let told = match source {
        Some(source) => format!("{name} from {source}"),
        None => format!("{name} from the outlet as read"),
    };
    let value = source.map(|source| Value::Text(source.trim().to_owned()));
    put(state, told, articles, Field::Source, value)
}

/// The outlet of articles is at home somewhere; `None`: where the program thinks.
pub fn set_home(state: &State, name: &str, articles: &[u32], home: Option<&Arc<Place>>) -> Edit {
    let told = match home {
        Some(home) => format!("{name} at home in {}", home.label()),
        None => format!("{name} at home as found"),
    };
    put(state, told, articles, Field::Home, home.map(|home| Value::Place(Arc::clone(home))))
}

/// Articles are left out.
pub fn remove(state: &State, name: &str, articles: &[u32]) -> Edit {
    put(state, left(name, articles, "left out"), articles, Field::Removed, Some(Value::Yes))
}

/// Articles that were left out are there again.
pub fn put_back(state: &State, name: &str, articles: &[u32]) -> Edit {
    put(state, left(name, articles, "put back"), articles, Field::Removed, None)
}

fn left(name: &str, articles: &[u32], how: &str) -> String {
    match articles {
        [_] => format!("“{name}” {how}"),
        _ => format!("{} {how}", counted(articles.len(), "article")),
    }
}

/// The collection goes by these results of the geoparser, by number; 0 are the first.
pub fn use_results(state: &State, title: &str, number: u32) -> Edit {
    let value = (number > 0).then_some(Value::Number(number));
    state.edit(title, [(Target::Collection, Field::Results, value)])
}

fn put(state: &State, title: String, articles: &[u32], field: Field, value: Option<Value>) -> Edit {
    state.edit(title, articles.iter().map(|&article| (Target::Article(article), field, value.clone())))
}
