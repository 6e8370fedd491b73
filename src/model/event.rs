//! Something that happened, or did not, as a text tells it: what, where, when, who.
//! Types are PLOVER's (Open Event Data Alliance, draft 0.5 of 2016, whose gold records use these names), and two for
//! what nobody did: accidents and disasters.

use serde::{Deserialize, Serialize};

use super::{DateMention, Days, Decided, Geoparsed, How, Mention, PartialDate, Span};

/// What sort of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventType {
    /// Agrees, promises or offers to do something.
    Agree,
    /// Meets, visits, telephones, negotiates, mediates.
    Consult,
    /// Praises, defends, recognises, apologises, signs an agreement.
    Support,
    /// Works together: exercises, extradition, exchange of evidence or goods.
    Cooperate,
    /// Gives money, goods, arms, asylum, protection.
    Aid,
    /// Gives way: eases restrictions, reforms, resigns on demand.
    Concede,
    /// Releases, returns, withdraws, disarms, stops firing.
    Retreat,
    /// Looks into a crime, an abuse, an accident.
    Investigate,
    /// Asks, appeals, demands, calls for.
    Demand,
    /// Criticises, accuses, complains, sues, convicts.
    Disapprove,
    /// Refuses, declines, vetoes, defies.
    Reject,
    /// Threatens, warns, gives an ultimatum.
    Threaten,
    /// Demonstrates, strikes, blocks, riots.
    Protest,
    /// Reduces or breaks relations, halts aid or talks, imposes an embargo, expels.
    Sanction,
    /// Puts police or troops on alert, gathers and shows force.
    Mobilize,
    /// Seizes, bans, detains, deports, imposes a curfew.
    Coerce,
    /// Attacks people: abducts, beats, tortures, bombs, assassinates.
    Assault,
    /// Uses armed force: fights, shells, strikes from the air, takes territory.
    Fight,
    /// A crash, a fire, a collapse that nobody meant.
    Accident,
    /// An earthquake, a flood, a storm, an epidemic.
    Disaster,
}

/// A few types together, as maps and timelines colour them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventClass {
    /// Agree, consult, support: friendly words.
    Diplomacy,
    /// Cooperate, aid, concede, retreat: friendly deeds.
    Help,
    /// Investigate, demand, disapprove, reject, threaten: unfriendly words.
    Dispute,
    /// Protest, sanction, mobilize, coerce: unfriendly deeds short of violence.
    Pressure,
    /// Assault, fight.
    Violence,
    /// Accident, disaster.
    Misfortune,
}

impl EventType {
    /// Every type, in the order that menus show: class by class.
    pub const ALL: [EventType; 20] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Cooperate,
        Self::Aid,
        Self::Concede,
        Self::Retreat,
        Self::Investigate,
        Self::Demand,
        Self::Disapprove,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
        Self::Fight,
        Self::Accident,
        Self::Disaster,
    ];

    /// The word used in files.
    ///
    /// ```
    /// use dateline::model::EventType;
    /// assert_eq!(EventType::Consult.as_str(), "consult");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Consult => "consult",
            Self::Support => "support",
            Self::Cooperate => "cooperate",
            Self::Aid => "aid",
            Self::Concede => "concede",
            Self::Retreat => "retreat",
            Self::Investigate => "investigate",
            Self::Demand => "demand",
            Self::Disapprove => "disapprove",
            Self::Reject => "reject",
            Self::Threaten => "threaten",
            Self::Protest => "protest",
            Self::Sanction => "sanction",
            Self::Mobilize => "mobilize",
            Self::Coerce => "coerce",
            Self::Assault => "assault",
            Self::Fight => "fight",
            Self::Accident => "accident",
            Self::Disaster => "disaster",
        }
    }

    /// What a reader calls it, not what coders do.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Agree => "Agreement or promise",
            Self::Consult => "Talks or visit",
            Self::Support => "Praise or support",
            Self::Cooperate => "Cooperation",
            Self::Aid => "Aid",
            Self::Concede => "Concession",
            Self::Retreat => "Release or retreat",
            Self::Investigate => "Investigation",
            Self::Demand => "Demand or appeal",
            Self::Disapprove => "Criticism or charge",
            Self::Reject => "Refusal",
            Self::Threaten => "Threat or warning",
            Self::Protest => "Protest or strike",
            Self::Sanction => "Sanctions or rupture",
            Self::Mobilize => "Show of force",
            Self::Coerce => "Arrest or ban",
            Self::Assault => "Attack on people",
            Self::Fight => "Fighting",
            Self::Accident => "Accident",
            Self::Disaster => "Disaster",
        }
    }

    /// Its class.
    pub const fn class(self) -> EventClass {
        match self {
            Self::Agree | Self::Consult | Self::Support => EventClass::Diplomacy,
            Self::Cooperate | Self::Aid | Self::Concede | Self::Retreat => EventClass::Help,
            Self::Investigate | Self::Demand | Self::Disapprove | Self::Reject | Self::Threaten => {
                EventClass::Dispute
            }
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce => EventClass::Pressure,
            Self::Assault | Self::Fight => EventClass::Violence,
            Self::Accident | Self::Disaster => EventClass::Misfortune,
        }
    }
}

impl EventClass {
    /// Every class, in the order that menus show.
    pub const ALL: [EventClass; 6] =
        [Self::Diplomacy, Self::Help, Self::Dispute, Self::Pressure, Self::Violence, Self::Misfortune];

    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Diplomacy => "diplomacy",
            Self::Help => "help",
            Self::Dispute => "dispute",
            Self::Pressure => "pressure",
            Self::Violence => "violence",
            Self::Misfortune => "misfortune",
        }
    }

    /// What a reader calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Diplomacy => "Diplomacy",
            Self::Help => "Help and easing",
            Self::Dispute => "Dispute",
            Self::Pressure => "Pressure",
            Self::Violence => "Violence",
            Self::Misfortune => "Accidents and disasters",
        }
    }
}

/// Whether the text says that it happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It happened, or is happening.
    #[default]
    Happened,
    /// It is to happen: "will meet on Friday".
    Planned,
    /// Somebody says that they may do it: "threatened to invade".
    Threatened,
    /// Somebody says that it did not happen, or it did not: "denied shelling the town", "failed to meet".
    Denied,
    /// It might, should, or would: "if troops entered", "called for an attack".
    Hypothetical,
}

impl Polarity {
    /// Every polarity, in the order that menus show.
    pub const ALL: [Polarity; 5] =
        [Self::Happened, Self::Planned, Self::Threatened, Self::Denied, Self::Hypothetical];

    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Planned => "planned",
            Self::Threatened => "threatened",
            Self::Denied => "denied",
            Self::Hypothetical => "hypothetical",
        }
    }

    /// What a reader calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Happened => "Happened",
            Self::Planned => "Planned",
            Self::Threatened => "Threatened",
            Self::Denied => "Denied",
            Self::Hypothetical => "Hypothetical",
        }
    }
}

/// When an event happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum When {
    /// On a date of the text: its number among [`Geoparsed::dates`].
    Date(usize),
    /// On the day of the article, which says no other: its dateline's, or that of its publication.
    Published,
    /// On a date that a person set.
    Set(PartialDate),
    /// The text does not say.
    #[default]
    Unknown,
}

/// What an actor does in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Does it.
    Source,
    /// Has it done to them, or with them.
    Target,
}

impl Part {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Target => "target",
        }
    }
}

/// Who takes part in an event, as the text calls them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The phrase, bytes.
    pub span: Span,
    /// What they do in it.
    pub part: Part,
    /// Their country, ISO 3166-1 alpha-2, where the phrase names one.
    pub country: Option<String>,
}

/// One report of an event in an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The word or words that tell it, bytes: *killed*, *held talks*.
    pub trigger: Span,
    /// What sort of event.
    pub kind: EventType,
    /// More closely, where the words tell it: `air strike`, `visit`, `plane crash`.
    pub subtype: Option<String>,
    /// Whether the text says that it happened.
    pub polarity: Polarity,
    /// Whether it is told to explain the news, and is no news itself: "the 2004 Beslan school massacre".
    pub background: bool,
    /// Where it happened: numbers among [`Geoparsed::mentions`], the main place first; empty where the text does not
    /// say.
    pub places: Vec<usize>,
    /// When.
    pub when: When,
    /// Who, in text order.
    pub actors: Vec<Actor>,
    /// The sentence that tells it, bytes.
    pub quote: Span,
    /// How likely the words tell an event of this type, 0 to 1.
    pub score: f32,
    /// What people said of it; `None` where nobody said anything.
    pub decided: Option<Box<Decided>>,
}

impl Event {
    /// Who settled it, and how.
    pub fn how(&self) -> How {
        self.decided.as_ref().map_or(How::Auto, |decided| decided.how)
    }

    /// Whether a person said that nothing of the sort is told.
    pub fn is_rejected(&self) -> bool {
        self.how() == How::Rejected
    }
}

impl Geoparsed {
    /// The mention of the place where an event happened.
    pub fn scene_of(&self, event: &Event) -> Option<&Mention> {
        self.mentions.get(*event.places.first()?)
    }

    /// The words that say when an event happened.
    pub fn date_of(&self, event: &Event) -> Option<&DateMention> {
        match event.when {
            When::Date(number) => self.dates.get(number),
            When::Published | When::Set(_) | When::Unknown => None,
        }
    }

    /// The days on which an event may have happened.
    pub fn days_of(&self, event: &Event) -> Option<Days> {
        match event.when {
            When::Date(number) => self.dates.get(number)?.days,
            When::Published => self.article.day().and_then(Days::of),
            When::Set(date) => Days::of(date),
            When::Unknown => None,
        }
    }

    /// When an event happened, as EDTF.
    pub fn edtf_of(&self, event: &Event) -> Option<String> {
        match event.when {
            When::Date(number) => self.dates.get(number).map(|date| date.edtf.clone()),
            When::Published => self.article.day().map(|day| day.to_string()),
            When::Set(date) => Some(date.to_string()),
            When::Unknown => None,
        }
    }
}
