//! Who is found around a trigger.

use super::super::syntax::Syntax;
use super::super::written::written;
use crate::geoparse::tokens::Text;

/// Actors as `source: words (country)`, in text order.
fn check(marked: &str, expected: &[&str]) {
    let (geoparsed, events) = written(marked, "2019-06-12");
    let text = Text::new(&geoparsed.article.text, &[]);
    let syntax = Syntax::read(&text);
    let actors = super::of(&syntax, &geoparsed, &events[0]);
    let told: Vec<String> = actors
        .iter()
        .map(|actor| {
            let country = actor.country.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
            format!("{}: {}{country}", actor.part.as_str(), actor.span.of(&geoparsed.article.text))
        })
        .collect();
    assert_eq!(told, expected, "{marked}");
}

#[test]
fn a_verb_has_a_subject_and_an_object() {
    check("<Russian=RU> jets {bombed} a hill.", &["source: Russian jets (RU)"]);
    check(
        "Gunmen {attacked} the <Chilean=CL> envoy on Monday.",
        &["source: Gunmen", "target: Chilean envoy (CL)"],
    );
    check(
        "The <Kenyan=KE> president will {meet:consult} with farmers.",
        &["source: Kenyan president (KE)", "target: farmers"],
    );
    check(
        "<Norway~NO> and <Chad~TD> {agreed:agree} to trade.",
        &["source: Norway (NO)", "source: Chad (TD)"],
    );
    check(
        "Maria Lopez, making her first visit, {met:consult} union leaders.",
        &["source: Maria Lopez", "target: union leaders"],
    );
}

#[test]
fn in_the_passive_it_is_the_other_way_round() {
    check("Nine miners were {killed} by masked gunmen.", &["target: Nine miners", "source: masked gunmen"]);
    check("The judge has been {arrested:coerce} in <Lima@PE>.", &["target: judge"]);
    check("Eleven pilgrims {died:accident} in the fire.", &["target: Eleven pilgrims"]);
}

#[test]
fn an_event_noun_has_owners_and_prepositions() {
    check("The <Russian=RU> {bombing} of villagers went on.", &["source: Russian (RU)", "target: villagers"]);
    check(
        "{Talks:consult} between <Chad~TD> and <Sudan~SD> failed.",
        &["source: Chad (TD)", "target: Sudan (SD)"],
    );
    check("The mayor's {visit:consult} was short.", &["source: mayor"]);
    check("The minister's {arrest:coerce} was denied.", &["target: minister"]);
    check("Rebels launched an {attack} on the police.", &["source: Rebels", "target: police"]);
    check(
        "The king held {talks:consult} with <Dutch=NL> bankers.",
        &["source: king", "target: Dutch bankers (NL)"],
    );
    check("The <Cairo@EG> {talks:consult} went on.", &[]);
}

#[test]
fn pronouns_are_left_out_but_for_who_speaks() {
    check("They {attacked} the convoy.", &["target: convoy"]);
    check("Anna Berg said she {met:consult} the bishop.", &["source: Anna Berg", "target: bishop"]);
}
