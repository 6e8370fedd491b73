//! Ranking the mentions of an article anew by what people decided about others of them.
//! It is a pure function of the article and the decisions, so that what it gives is a cache, and a decision that is
//! undone takes along what followed from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::due::keep_due;
use crate::geoparse::{Geoparser, Ruling, Told};
use crate::model::{Article, Geoparsed, How, Mention, Place, Span};
use crate::{dates, events};

/// An article that was found so, as it is under what people decided. `amended` is the article with the title, the date and
/// the outlet that people gave it. What was rejected stays among the mentions, as [`How::Rejected`] and no event's place; a
/// mention that was decided keeps the candidates that it was found with, behind its place. What another program or
/// gazetteer would find without any decision is left for [`Job::renew`](super::Job::renew). What was read with its mentions stays as
/// it was read.
pub fn rerank(geoparser: &Geoparser, found: Geoparsed, amended: Article, told: &Told) -> Geoparsed {
    if found.as_read {
        return Geoparsed { article: amended, ..found };
    }
    if told.is_empty() && amended == found.article {
        return found;
    }
    let mut geoparsed = geoparser.geoparse_told(amended, told);
    keep_due(geoparser, &found, told, &mut geoparsed);
    let Geoparsed { problems, mentions: before, .. } = found;
    geoparsed.problems = problems;
    geoparsed.dates = dates::find(&geoparsed.article);
    events::read(&mut geoparsed);
    let found = |span: Span| before.iter().find(|mention| mention.span == span);
    let mut gone = Vec::new();
    for told in &told.mentions {
        match (&told.ruling, found(told.span)) {
            (Ruling::Rejected, Some(mention)) => gone.push(rejected(mention)),
            (Ruling::Is(_), Some(mention)) => keep_candidates(&mut geoparsed.mentions, mention),
            _ => {}
        }
    }
    put_back(&mut geoparsed, gone);
    geoparsed
}

fn rejected(found: &Mention) -> Mention {
    let mut mention = found.clone();
    mention.decided.get_or_insert_default().how = How::Rejected;
    mention
}

/// Gives a decided mention the candidates that it was found with, behind the place that was chosen.
fn keep_candidates(mentions: &mut [Mention], found: &Mention) {
    let Some(mention) = mentions.iter_mut().find(|mention| mention.span == found.span) else { return };
    let kept = mention.candidates.len().max(found.candidates.len());
    mention.candidates.truncate(1);
    let Some(chosen) = mention.candidates.first().map(|chosen| chosen.place.id.clone()) else { return };
    let rivals = found.candidates.iter().filter(|candidate| candidate.place.id != chosen);
    mention.candidates.extend(rivals.take(kept.saturating_sub(1)).cloned());
}

/// Puts mentions among those of an article, where none is; the events keep their places.
fn put_back(geoparsed: &mut Geoparsed, gone: Vec<Mention>) {
    let place =
        |geoparsed: &Geoparsed, number: usize| geoparsed.mentions.get(number).map(|mention| mention.span);
    let scenes: Vec<Vec<Option<Span>>> = geoparsed
        .events
        .iter()
        .map(|event| event.places.iter().map(|&number| place(geoparsed, number)).collect())
        .collect();
    for mention in gone {
        let at = geoparsed.mentions.partition_point(|other| other.span < mention.span);
        let neighbours = geoparsed.mentions[at.saturating_sub(1)..].iter().take(2);
        if !neighbours.into_iter().any(|other| other.span.overlaps(mention.span)) {
            geoparsed.mentions.insert(at, mention);
        }
    }
    let Geoparsed { mentions, events, .. } = geoparsed;
    for (event, scene) in events.iter_mut().zip(scenes) {
        let number = |span: Span| mentions.binary_search_by_key(&span, |mention| mention.span).ok();
        event.places = scene.into_iter().flatten().filter_map(number).collect();
    }
}

/// A mention that means something else than before though nobody decided about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Its words, bytes.
    pub span: Span,
    /// What it meant; `None`: nothing, or it was no mention.
    pub before: Option<Arc<Place>>,
    /// What it means now; `None`: nothing, or it is none any more.
    pub after: Option<Arc<Place>>,
}

/// Which mentions that nobody decided mean another place than before, in text order.
pub fn changes(before: &Geoparsed, after: &Geoparsed) -> Vec<Changed> {
    let mut spans: BTreeMap<Span, [Option<&Mention>; 2]> = BTreeMap::new();
    for (which, geoparsed) in [before, after].into_iter().enumerate() {
        for mention in &geoparsed.mentions {
            spans.entry(mention.key()).or_default()[which] = Some(mention);
        }
    }
    let decided = |mention: &&Mention| mention.how() != How::Auto;
    spans
        .into_iter()
        .filter(|(_, both)| !both.iter().flatten().any(decided))
        .filter_map(|(span, [before, after])| {
            let place = |mention: Option<&Mention>| mention.and_then(|mention| mention.place().cloned());
            let (before, after) = (place(before), place(after));
            let same = before.as_ref().map(|place| &place.id) == after.as_ref().map(|place| &place.id);
            (!same).then_some(Changed { span, before, after })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::ops::ControlFlow;
    use std::sync::atomic::AtomicBool;

    use proptest::prelude::*;

    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::geoparse::ToldMention;
    use crate::ingest;
    use crate::jobs::{Finds, Pipeline};

    fn geoparser() -> Geoparser {
        Geoparser::new(Gazetteer::embedded().unwrap())
    }

    fn read(geoparser: &Geoparser, article: Article) -> Geoparsed {
        let pipeline =
            Pipeline { geoparser, threads: NonZeroUsize::MIN, given_spans: false, finds: Finds::ALL };
        let mut read = None;
        let input = std::iter::once(Ok(ingest::Ingested::Article(Box::new(article))));
        let broken: Option<()> = pipeline.run(input, &AtomicBool::new(false), |outcome| {
            read = outcome.ok();
            ControlFlow::Continue(())
        });
        assert_eq!(broken, None);
        *read.unwrap()
    }

    fn rerank(geoparser: &Geoparser, found: Geoparsed, told: &Told) -> Geoparsed {
        let article = found.article.clone();
        super::rerank(geoparser, found, article, told)
    }

    fn decision(text: &str, words: &str, ruling: Ruling) -> ToldMention {
        let at = text.find(words).unwrap();
        ToldMention { span: Span::new(at, at + words.len()), kind: None, sense: None, ruling }
    }

    fn told(mentions: Vec<ToldMention>) -> Told {
        Told { mentions, ..Told::default() }
    }

    #[test]
    fn what_nobody_decided_about_stays_the_same_to_the_last_number() {
        let geoparser = geoparser();
        for article in ingest::sample() {
            let found = read(&geoparser, article);
            let beyond = ToldMention {
                span: Span::new(found.article.text.len(), found.article.text.len() + 9),
                kind: None,
                sense: None,
                ruling: Ruling::Rejected,
            };
            let nowhere = Told {
                names: [("nowhere at all".to_owned(), found.mentions[0].place().unwrap().clone())].into(),
                ..told(vec![beyond])
            };
            for told in [Told::default(), nowhere] {
                assert_eq!(rerank(&geoparser, found.clone(), &told), found);
            }
        }
    }

    #[test]
    fn what_was_rejected_stays_and_nothing_happened_there() {
        let geoparser = geoparser();
        let text = "A bomb killed nine people in Derna on Monday. Police in Cairo said so.";
        let found = read(&geoparser, Article::from_text("bomb", text));
        let scene = |of: &Geoparsed| -> Vec<String> {
            let words = |&number: &usize| of.mentions[number].span.of(text).to_owned();
            of.events[0].places.iter().map(words).collect()
        };
        assert_eq!(scene(&found), ["Derna"]);
        let told = told(vec![decision(text, "Derna", Ruling::Rejected)]);
        let ranked = rerank(&geoparser, found.clone(), &told);
        let shown: Vec<(&str, How)> =
            ranked.mentions.iter().map(|mention| (mention.span.of(text), mention.how())).collect();
        assert_eq!(shown, [("Derna", How::Rejected), ("Cairo", How::Auto)]);
        assert_eq!(ranked.mentions[0].candidates, found.mentions[0].candidates);
        assert!(!scene(&ranked).contains(&"Derna".to_owned()));
        assert_eq!(changes(&found, &ranked), []);
    }

    #[test]
    fn it_is_told_what_else_means_another_place() {
        let geoparser = geoparser();
        let text = "Snow fell in Portland on Monday, and schools in Bangor were closed.";
        let found = read(&geoparser, Article::from_text("snow", text));
        let gazetteer = Gazetteer::embedded().unwrap();
        let hits = gazetteer.named("Bangor");
        let maine =
            hits.iter().filter_map(|hit| gazetteer.place(hit.row)).find(|place| place.admin1 == "Maine");
        let wales =
            hits.iter().filter_map(|hit| gazetteer.place(hit.row)).find(|place| place.admin1 == "Wales");
        let under = |place: Option<Place>| {
            let ruling = Ruling::Is(Arc::new(place.unwrap()));
            rerank(&geoparser, found.clone(), &told(vec![decision(text, "Bangor", ruling)]))
        };
        let changed = changes(&under(wales), &under(maine));
        let lines: Vec<String> = changed
            .iter()
            .map(|changed| {
                let label = |place: &Option<Arc<Place>>| {
                    place.as_ref().map(|place| place.label()).unwrap_or_default()
                };
                format!("{}: {} > {}", changed.span.of(text), label(&changed.before), label(&changed.after))
            })
            .collect();
        // The one that was decided is not among them in what people see, where it says that it was.
        let portland = "Portland: Portland, Oregon, United States > Portland, Maine, United States";
        assert!(lines.contains(&portland.to_owned()), "{lines:?}");
    }

    #[test]
    fn what_people_say_of_the_article_has_a_bearing() {
        let geoparser = geoparser();
        let text = "The council of Alexandria met on Tuesday.";
        let found = read(&geoparser, Article::from_text("council", text));
        let amended = Article {
            date: "2015-02-11".parse().ok(),
            source: Some("thetowntalk.com".to_owned()),
            ..found.article.clone()
        };
        let ranked = super::rerank(&geoparser, found.clone(), amended, &Told::default());
        let place = |of: &Geoparsed| of.mentions[0].place().map(|place| place.label());
        assert_eq!(place(&found).as_deref(), Some("Alexandria, Egypt"));
        assert_eq!(place(&ranked).as_deref(), Some("Alexandria, Louisiana, United States"));
        assert_ne!(ranked.dates, found.dates);
    }

    #[test]
    fn what_hangs_on_no_decision_stays_as_another_program_found_it() {
        let geoparser = geoparser();
        let text = "Snow fell in Paris. Rain fell in Cairo and Oslo. Hail fell in Oslo, Cairo and Lima.";
        let mut found = read(&geoparser, Article::from_text("weather", text));
        // Another program took each Paris and each Cairo for none, and Lima for no mention.
        for mention in &mut found.mentions {
            mention.resolved = !matches!(mention.span.of(text), "Paris" | "Cairo");
        }
        found.mentions.retain(|mention| mention.span.of(text) != "Lima");
        let oslo = found.mentions[2].place().unwrap().clone();
        let ranked =
            rerank(&geoparser, found.clone(), &told(vec![decision(text, "Cairo", Ruling::Is(oslo))]));
        let shown: Vec<(&str, &str)> = ranked
            .mentions
            .iter()
            .map(|mention| (mention.span.of(text), mention.place().map_or("", |place| place.name.as_str())))
            .collect();
        let expected =
            [("Paris", ""), ("Cairo", "Oslo"), ("Oslo", "Oslo"), ("Oslo", "Oslo"), ("Cairo", "Oslo")];
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_was_read_with_its_mentions_stays() {
        let text = "Floods reached Nairobi on Monday.";
        let article = Article::from_text("flood", text);
        let read = Geoparsed { article, as_read: true, ..Geoparsed::default() };
        let told = told(vec![decision(text, "Nairobi", Ruling::Unplaced)]);
        assert_eq!(rerank(&geoparser(), read.clone(), &told), read);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Whatever is decided, even about spans that fit nothing: what was decided holds, mentions are in order and
        /// apart, and events stand at mentions.
        #[test]
        fn decisions_hold_whatever_they_are(
            number in 0usize..5,
            spans in prop::collection::vec((0usize..2500, 0usize..40, 0usize..3), 0..6),
        ) {
            let geoparser = geoparser();
            let article = ingest::sample().swap_remove(number);
            let text = article.text.clone();
            let found = geoparser.geoparse(article);
            let place = |lat: f64| Arc::new(Place { id: format!("own:{lat}"), lat, ..anywhere() });
            let decide = |&(start, len, what): &(usize, usize, usize)| ToldMention {
                span: Span::new(start, start + len),
                kind: None,
                sense: None,
                ruling: match what {
                    0 => Ruling::Rejected,
                    1 => Ruling::Unplaced,
                    _ => Ruling::Is(place(start as f64 / 50.0)),
                },
            };
            let told = told(spans.iter().map(decide).collect());
            let ranked = rerank(&geoparser, found, &told);
            prop_assert!(ranked.mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            prop_assert!(ranked.mentions.iter().all(|mention| text.get(mention.span.start..mention.span.end).is_some()));
            for event in &ranked.events {
                prop_assert!(event.places.iter().all(|&place| place < ranked.mentions.len()));
            }
            for told in told.mentions.iter().filter(|told| !told.span.of(&text).trim().is_empty()) {
                let alone = spans.len() == 1;
                let mention = ranked.mentions.iter().find(|mention| mention.span == told.span);
                match &told.ruling {
                    Ruling::Is(place) if alone => prop_assert_eq!(mention.unwrap().place(), Some(place)),
                    Ruling::Rejected if alone => {
                        prop_assert!(!ranked.mentions.iter().any(|mention| mention.span.overlaps(told.span)));
                    }
                    Ruling::Unplaced if alone => prop_assert!(mention.is_some()),
                    _ => {}
                }
            }
        }
    }

    fn anywhere() -> Place {
        let gazetteer = Gazetteer::embedded().unwrap();
        gazetteer.place(gazetteer.named("Cairo")[0].row).unwrap()
    }
}
