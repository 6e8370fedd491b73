//! The JSON Lines format is frozen: every line that is written fits the committed schema.

use std::path::Path;
use std::sync::LazyLock;

use dateline::export::{Exporter, Format, Options};
use dateline::gazetteer::Gazetteer;
use dateline::geoparse::Geoparser;
use dateline::model::record::ArticleRecord;
use dateline::model::{Article, Decided, Geoparsed, How};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{self, article, awkward, candidate, full, mention, pacific, place};

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema/dateline.schema.json");
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
});

static GEOPARSER: LazyLock<Geoparser> = LazyLock::new(|| Geoparser::new(Gazetteer::embedded().unwrap()));

/// Asserts that every line fits the schema.
pub fn validate(lines: &str) {
    for line in lines.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<_> =
            SCHEMA.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{line}");
    }
}

fn lines(articles: &[Geoparsed], options: Options) -> String {
    let mut exporter = Exporter::start(Vec::new(), Format::JsonLines, options).unwrap();
    articles.iter().for_each(|article| exporter.article(article).unwrap());
    String::from_utf8(exporter.finish().unwrap().0).unwrap()
}

#[test]
fn every_line_fits_the_schema() {
    let off_the_map = article(
        "x",
        "Nowhere",
        vec![mention("Nowhere", "Nowhere", vec![candidate(place("a:b", "N", "", f64::NAN, 0.0), f32::NAN)])],
    );
    let articles = [full(), pacific(), awkward(), article("bare", "", Vec::new()), off_the_map];
    validate(&lines(&articles, Options::default()));
    validate(&lines(&articles, Options { with_text: true, ..Options::default() }));
}

#[test]
fn the_schema_refuses_what_the_format_is_not() {
    let good = serde_json::to_value(ArticleRecord::new(&full(), false)).unwrap();
    assert!(SCHEMA.is_valid(&good));
    let check = |change: fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        assert!(!SCHEMA.is_valid(&bad), "{bad:#}");
    };
    check(|line| line["extra"] = json!(1));
    check(|line| line["toponyms"][0]["lat"] = json!(91));
    check(|line| line["toponyms"][0]["lon"] = Value::Null);
    check(|line| line["toponyms"][0]["kind"] = json!("person"));
    check(|line| line["toponyms"][6]["name"] = json!("a name without a place"));
    check(|line| line["date"] = json!("11 September"));
    check(|line| line["boilerplate"] = json!([]));
    check(|line| line["events"] = json!([{}]));
    check(|line| drop(line.as_object_mut().unwrap().remove("areas")));
}

#[test]
fn spans_count_code_points() {
    let record = ArticleRecord::new(&full(), true);
    let text: Vec<char> = record.text.unwrap().chars().collect();
    for toponym in record.toponyms {
        assert_eq!(text[toponym.start..toponym.end].iter().collect::<String>(), toponym.text);
    }
}

#[test]
fn an_article_opens_as_it_was_written() {
    for article in [full(), pacific(), awkward()] {
        let line = support::line(&article);
        let record: ArticleRecord = serde_json::from_str(&line).unwrap();
        let again = record.reopen().unwrap();
        assert_eq!(support::line(&again), line);
        assert_eq!(again.article, article.article);
        assert_eq!(again.mentions.len(), article.mentions.len());
        for (again, before) in again.mentions.iter().zip(&article.mentions) {
            assert_eq!((again.span, again.kind, again.sense), (before.span, before.kind, before.sense));
            assert_eq!((again.role, again.resolved), (before.role, before.resolved));
        }
    }
}

#[test]
fn a_line_that_contradicts_itself_says_where() {
    let check = |change: fn(&mut ArticleRecord), reason: &str| {
        let mut record = ArticleRecord::new(&full(), true);
        change(&mut record);
        assert_eq!(record.reopen().unwrap_err(), reason);
    };
    check(|record| record.text = None, "the article's text is missing");
    check(|record| record.toponyms[0].end = 9999, "the span 33 to 9999 does not lie in the text");
    check(|record| record.date = Some("soon".into()), "“soon” is not a date like 2016-10-17");
}

#[test]
fn the_seeds_fit_the_schema() {
    let articles: Vec<_> =
        dateline::ingest::sample().into_iter().map(|article| GEOPARSER.geoparse(article)).collect();
    validate(&lines(&articles, Options { with_text: true, ..Options::default() }));
}

#[test]
fn lines_of_older_versions_open() {
    let mut line = serde_json::to_value(ArticleRecord::new(&full(), true)).unwrap();
    for list in ["toponyms", "events"] {
        for item in line[list].as_array_mut().unwrap() {
            ["status", "decided_by", "note", "tags"].iter().for_each(|key| {
                item.as_object_mut().unwrap().shift_remove(*key).unwrap();
            });
        }
    }
    let again = serde_json::from_value::<ArticleRecord>(line).unwrap().reopen().unwrap();
    assert_eq!(support::line(&again), support::line(&full()));
    assert!(again.mentions.iter().all(|mention| mention.decided.is_none()));
}

#[test]
fn what_another_version_found_stays_its_finding() {
    let mut line = serde_json::to_value(ArticleRecord::new(&full(), true)).unwrap();
    assert_eq!(line["toponyms"][0]["decided_by"], concat!("dateline ", env!("CARGO_PKG_VERSION")));
    line["toponyms"][0]["decided_by"] = json!("dateline 0.0.1");
    let again = serde_json::from_value::<ArticleRecord>(line.clone()).unwrap().reopen().unwrap();
    assert_eq!(again.mentions[0].how(), How::Auto);
    assert_eq!(serde_json::from_str::<Value>(&support::line(&again)).unwrap(), line);
}

fn decided() -> impl Strategy<Value = Option<Box<Decided>>> {
    let (how, by) = (prop::sample::select(How::ALL.to_vec()), any::<String>());
    let words = (any::<Option<String>>(), prop::collection::vec(any::<String>(), 0..3));
    prop::option::of(
        (how, by, words)
            .prop_map(|(how, by, (note, tags))| Box::new(Decided { how, by, note, tags, found: None })),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_was_decided_opens_again(
        mentions in prop::collection::vec(decided(), 7),
        event in decided(),
    ) {
        let mut article = full();
        for (mention, decided) in article.mentions.iter_mut().zip(mentions) {
            mention.decided = decided;
        }
        article.events[0].decided = event;
        let line = support::line(&article);
        validate(&line);
        let again = serde_json::from_str::<ArticleRecord>(&line).unwrap().reopen().unwrap();
        prop_assert_eq!(support::line(&again), line);
        let told = |decided: &Option<Box<Decided>>| {
            decided.as_deref().filter(|decided| **decided != Decided::default()).cloned()
        };
        for (again, before) in again.mentions.iter().zip(&article.mentions) {
            prop_assert_eq!(told(&again.decided), told(&before.decided));
        }
        prop_assert_eq!(told(&again.events[0].decided), told(&article.events[0].decided));
    }

    #[test]
    fn any_text_fits_the_schema_and_opens_again(text in any::<String>(), id in any::<String>()) {
        let geoparsed = GEOPARSER.geoparse(Article::from_text(id, text));
        let line = support::line(&geoparsed);
        validate(&line);
        let again = serde_json::from_str::<ArticleRecord>(&line).unwrap().reopen().unwrap();
        prop_assert_eq!(support::line(&again), line);
    }
}
