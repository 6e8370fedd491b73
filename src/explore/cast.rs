//! Who takes part in the events of an article, each under one name: "Lavrov", "the minister Sergei Lavrov" and "Sergei
//! Lavrov" are one man. The last name of a whole one stands for it, in one article and no further.

use std::collections::HashMap;

use crate::events;
use crate::model::{Actor, Geoparsed, Part, one_line};

/// Somebody in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub name: String,
    /// Code of the country; empty for none.
    pub nation: String,
    pub part: Part,
}

/// Everybody in the events of an article.
pub(super) struct Cast {
    members: Vec<Member>,
    /// Where each event's end.
    ends: Vec<usize>,
}

impl Cast {
    pub fn of(geoparsed: &Geoparsed) -> Cast {
        let mut cast = Cast { members: Vec::new(), ends: Vec::with_capacity(geoparsed.events.len()) };
        for event in &geoparsed.events {
            cast.members.extend(event.actors.iter().filter_map(|actor| member(geoparsed, actor)));
            cast.ends.push(cast.members.len());
        }
        let whole = whole_names(&cast.members);
        for member in &mut cast.members {
            if let Some(name) = whole.get(&member.name) {
                member.name.clone_from(name);
            }
        }
        // Whose country one phrase names has it in the others.
        let mut nations: HashMap<String, String> = HashMap::new();
        for member in cast.members.iter().filter(|member| is_name(&member.name) && !member.nation.is_empty())
        {
            nations.entry(member.name.clone()).or_insert_with(|| member.nation.clone());
        }
        for member in cast.members.iter_mut().filter(|member| member.nation.is_empty()) {
            member.nation = nations.get(&member.name).cloned().unwrap_or_default();
        }
        cast
    }

    /// Who takes part in an event, in text order.
    pub fn of_event(&self, number: usize) -> &[Member] {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(number).and_then(|&end| self.members.get(start..end)).unwrap_or(&[])
    }
}

fn member(geoparsed: &Geoparsed, actor: &Actor) -> Option<Member> {
    let words = geoparsed.article.text.get(actor.span.start..actor.span.end)?;
    let name = one_line(events::name_in(words));
    let nation = actor.country.clone().unwrap_or_default();
    (!name.is_empty()).then_some(Member { name, nation, part: actor.part })
}

/// The first whole name that each last name is the end of.
fn whole_names(members: &[Member]) -> HashMap<String, String> {
    let mut whole: HashMap<String, String> = HashMap::new();
    for Member { name, .. } in members {
        if let Some((_, last)) = name.rsplit_once(' ')
            && is_name(last)
        {
            whole.entry(last.to_owned()).or_insert_with(|| name.clone());
        }
    }
    whole
}

/// Whether somebody goes by it: "soldiers" of one country are not those of another.
fn is_name(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{event, story};
    use super::*;
    use crate::model::{EventType, Span};

    /// The names and countries under which phrases, with their countries, take part in the events of one article.
    fn check(phrases: &[(&str, &str)], expected: &[(&str, &str)]) {
        let text = phrases.iter().map(|(phrase, _)| *phrase).collect::<Vec<_>>().join(". ");
        let mut told = story("a", &text, &[]);
        let mut start = 0;
        for (phrase, country) in phrases {
            let country = Some((*country).to_owned()).filter(|code| !code.is_empty());
            let span = Span::new(start, start + phrase.len());
            start += phrase.len() + 2;
            let actors = vec![Actor { span, part: Part::Source, country }];
            told.events.push(crate::model::Event { actors, ..event(EventType::Consult, &[]) });
        }
        let cast = Cast::of(&told);
        let members = (0..phrases.len()).flat_map(|number| cast.of_event(number));
        let found: Vec<_> = members.map(|member| (member.name.as_str(), member.nation.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn one_person_has_one_name_in_an_article() {
        let lavrov = ("Sergei Lavrov", "RU");
        check(&[("Foreign Minister Sergei Lavrov", "RU"), ("Lavrov", "")], &[lavrov, lavrov]);
        check(&[("Lavrov", ""), ("Russia's Sergei Lavrov", "RU")], &[lavrov, lavrov]);
        check(&[("the police", ""), ("Egypt's police", "EG")], &[("police", ""), ("Egypt's police", "EG")]);
        check(&[("soldiers", "BO"), ("the soldiers", "")], &[("soldiers", "BO"), ("soldiers", "")]);
        check(&[("", "")], &[]);
    }
}
