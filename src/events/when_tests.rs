//! Which date an event has, and whether it is background.

use super::background;
use super::syntax::Syntax;
use super::when;
use super::written::written;
use crate::geoparse::tokens::Text;
use crate::model::When;

/// For each event its date as EDTF, `day` for the article's own, `-` for none, with `!` behind background.
fn read(marked: &str, day: &str) -> String {
    let (geoparsed, mut events) = written(marked, day);
    let text = Text::new(&geoparsed.article.text, &[]);
    let syntax = Syntax::read(&text);
    when::date(&syntax, &geoparsed, &mut events);
    background::mark(&syntax, &geoparsed, &mut events);
    let told = events.iter().map(|event| {
        let when = match event.when {
            When::Date(number) => geoparsed.dates[number].edtf.as_str(),
            When::Published => "day",
            When::Set(_) | When::Unknown => "-",
        };
        format!("{when}{}", if event.background { "!" } else { "" })
    });
    told.collect::<Vec<_>>().join(" ")
}

fn check(marked: &str, expected: &str) {
    assert_eq!(read(marked, "2019-06-12"), expected, "{marked}");
}

#[test]
fn a_date_is_that_of_the_event_beside_it() {
    check("Two buses {collided:accident} near the harbour on [Monday=2019-06-10].", "2019-06-10");
    check("On [10 June=2019-06-10], rebels {attacked} a convoy.", "2019-06-10");
    check("The minister on [Tuesday=2019-06-11] {met:consult} union leaders.", "2019-06-11");
    check(
        "Rebels {attacked} a convoy on [Monday=2019-06-10] and {seized:coerce} a bridge on [Tuesday=2019-06-11].",
        "2019-06-10 2019-06-11",
    );
    check(
        "The ferry that {sank:accident} near the port on [May 31=2019-05-31] was {raised:aid} by divers.",
        "2019-05-31 day",
    );
    check(
        "Lima [yesterday=2019-06-11] said that the ferry that {sank:accident} soon after take-off from the Port Said resort on \
         [May 31=2019-05-31] was overloaded.",
        "2019-05-31",
    );
    check("[Friday=2019-06-07]'s {raids:fight} {hit:fight} a depot.", "2019-06-07 2019-06-07");
    check(
        "The {talks:consult} came after jets on [Friday=2019-06-07] {bombed:fight} a camp.",
        "day 2019-06-07",
    );
}

#[test]
fn what_is_told_as_news_without_a_date_is_of_the_articles_day() {
    check("Gunmen {killed} four policemen in a market.", "day");
    check("The president {condemns:disapprove} the vote.", "day");
    assert_eq!(read("Gunmen {killed} four policemen in a market.", ""), "-");
}

#[test]
fn what_is_to_come_has_no_day_that_is_past() {
    check("The envoys will {meet:consult:planned} on [Friday=2019-06-14].", "2019-06-14");
    check("The envoys, who arrived on [Monday=2019-06-03], will {meet:consult:planned}.", "-");
    check("A summit is {planned:consult:planned}.", "-");
}

#[test]
fn a_length_of_time_is_no_date() {
    check("Troops {shelled:fight} the town for [three days=P3D].", "-");
    check("The state has {fought:fight} the rebels for [decades=P10Y].", "-");
    check("Unions repeatedly {called:demand} for reform.", "-");
}

#[test]
fn a_report_dates_the_saying_and_the_event_is_near() {
    check("Police said on [Tuesday=2019-06-11] that five farmers had been {killed} in a raid.", "2019-06-11");
    check(
        "A mine {collapsed:accident} on [Sunday=2019-06-09], officials said on [Tuesday=2019-06-11].",
        "2019-06-09",
    );
    check("Rebels will {leave:retreat:planned} the town, the army said on [Tuesday=2019-06-11].", "-");
}

#[test]
fn the_same_event_keeps_its_date() {
    check(
        "The ferry {sank:accident} on [May 31=2019-05-31]. Nobody knows what caused the {disaster:accident}.",
        "2019-05-31 2019-05-31",
    );
    check(
        "The {strikes:fight} came hours after gunmen {shot} six miners. On [Friday=2019-06-07] jets {bombed:fight} a camp.",
        "2019-06-07 2019-06-07 2019-06-07",
    );
    check(
        "On [May 3=2019-05-03] the pilot took off in fog. Minutes later the plane {crashed:accident}.",
        "2019-05-03",
    );
}

#[test]
fn what_is_long_past_is_background() {
    check("It was the worst attack since the [1996=1996] Lima embassy {siege}.", "1996!");
    check("The deal {brokered:agree} in [1979=1979] still holds.", "1979!");
    check("The war, which has {killed} thousands since [2011=2011/..], goes on.", "2011/..!");
    check("The bomb was the deadliest since the harbour {massacre} in [2004=2004].", "2004!");
    check("Rebels {attacked} a convoy on [Monday=2019-06-10].", "2019-06-10");
    check("He had {toppled:coerce} the king in [2013=2013] after {protests:protest}.", "2013! 2013!");
}
