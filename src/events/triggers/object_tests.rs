//! What verbs tell by their objects, by what governs them and by what stops them, one sentence a line.

use super::tests::{check, check_all, check_trigger};

#[test]
fn verbs_and_their_objects() {
    check("{Norway} rushed tents to {Malawi}.", "aid");
    check("The ministry took in 40 exiles from {Burundi}.", "aid");
    check("{Chad} commuted the death sentence of the general.", "concede");
    check("The government lifted the state of emergency in {Quito}.", "concede");
    check("{Sudan} repealed its ban on imports from {Kenya}.", "retreat");
    check("The rebels let their captives go on Sunday.", "retreat");
    check("{Denmark} cut aid to {Uganda}.", "sanction");
    check("The president cancelled a visit to {Lima}.", "sanction");
    check("Talks between {Togo} and {Benin} broke down on Friday.", "sanction");
    check("The embassy was told that {Oman} had ordered UN observers to leave.", "sanction");
    check("{Pakistan} test-fired a missile.", "mobilize missile test");
    check("The general rushed tanks to the frontier.", "mobilize");
    check("The regime has shut three newspapers.", "coerce");
    check("The senate defeated a motion on pensions.", "reject");
    check("{Peru} decided against the treaty.", "reject");
    check("{Haiti} sought recognition from {Chile}.", "demand");
    check("Villagers in {Gaza} pleaded for medicine.", "demand");
    check("The envoy reacted with fury to the report.", "disapprove");
    check("The minister declared her readiness for a truce.", "agree");
}

#[test]
fn a_deed_that_stops_is_its_contrary() {
    check("{Oman} stopped sharing intelligence with {Qatar}.", "sanction");
    check("The army ceased shelling the port.", "retreat");
    check("{Oman} shared intelligence with {Qatar}.", "cooperate");
}

#[test]
fn what_somebody_may_do_by_his_own_word() {
    check("{Belgrade} said it could impose sanctions on {Oman}.", "threaten");
    check("{Niger} has not released the prisoners.", "reject");
    check("The premier pledged to expel the smugglers.", "agree");
    check_all(
        "The premier pledged to find and punish those who shelled the port.",
        &["agree", "coerce planned", "fight shelling"],
    );
    check("The rebels pledged to attack the port.", "threaten");
}

#[test]
fn what_only_sounds_like_an_event() {
    for text in [
        "Forces loyal to the governor.",
        "Employment fell to 40 percent.",
        "He runs a mobile phone shop.",
        "They were isolated cases.",
    ] {
        check(text, "none");
    }
}

#[test]
fn a_refusal_is_marked_with_its_deed() {
    check_trigger("{Oman} said it would not bow to pressure.", &["would not bow to pressure"]);
}
