//! A pile of articles made by a fixed rule: the same numbers, the same bytes.
//! Texts are the sample's words strewn anew, so that they pack no better than real ones; places are the gazetteer's
//! own, and beyond their number made-up neighbours of them.

use std::io::{self, Write};
use std::sync::Arc;

use dateline::gazetteer::{Gazetteer, Row};
use dateline::ingest;
use dateline::model::record::ArticleRecord;
use dateline::model::{
    Actor, Article, Candidate, DateKind, DateMention, Days, Event, EventType, Focus, Geoparsed, Kind,
    Mention, Part, PartialDate, Place, Polarity, Role, Sense, Span, When,
};

/// Events in every article, one for every three mentions.
pub const EVENTS: usize = 3;
/// Words of an article besides.
const WORDS: usize = 340;
/// Outlets that articles are from.
const SOURCES: usize = 400;

/// What a pile is made of.
pub struct Pile {
    words: Vec<String>,
    places: Vec<Arc<Place>>,
    articles: usize,
    mentions: usize,
}

/// Numbers by a fixed rule.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 33) * below as u64) >> 31) as usize
    }

    fn share(&mut self) -> f64 {
        self.next(1 << 24) as f64 / f64::from(1 << 24)
    }
}

impl Pile {
    /// Articles with so many mentions each, of so many places.
    pub fn new(gazetteer: &Gazetteer, articles: usize, places: usize, mentions: usize) -> Pile {
        let sample = ingest::sample();
        let words = sample.iter().flat_map(|article| article.text.split_whitespace()).map(str::to_owned);
        let mut dice = Dice(11);
        let place = |number: usize| {
            let mut place = gazetteer.place(Row((number % gazetteer.len()) as u32))?;
            if number >= gazetteer.len() {
                place.id = format!("made:{number}");
                place.name = format!("{} {}", ["New", "Upper", "Lower", "Old"][number % 4], place.name);
                place.lat = (place.lat + dice.share() - 0.5).clamp(-80.0, 80.0);
                place.lon = (place.lon + dice.share() - 0.5).clamp(-180.0, 180.0);
            }
            Some(Arc::new(place))
        };
        Pile { words: words.collect(), places: (0..places).filter_map(place).collect(), articles, mentions }
    }

    /// One line of JSON Lines for each article.
    pub fn write(&self, mut to: impl Write) -> io::Result<()> {
        for number in 0..self.articles {
            serde_json::to_writer(&mut to, &ArticleRecord::new(&self.article(number), true))?;
            to.write_all(b"\n")?;
        }
        to.flush()
    }

    pub fn article(&self, number: usize) -> Geoparsed {
        let mut dice = Dice(number as u64 + 1);
        let mut text = String::new();
        let mut mentions: Vec<Mention> = Vec::new();
        let mut title = 0;
        for word in 0..WORDS {
            if word > 0 {
                text.push_str(if word == 9 || word % 90 == 89 { "\n\n" } else { " " });
            }
            if word == 9 {
                title = text.trim_end().len();
            }
            if word * self.mentions / WORDS >= mentions.len() && word >= 4 {
                let slot = mentions.len();
                let mention = self.mention(number, slot, &mut dice, text.len());
                text.push_str(&mention.candidates[0].place.name);
                text.push(' ');
                mentions.push(mention);
            }
            text.push_str(&self.words[dice.next(self.words.len())]);
        }
        let mut article = Article::from_text(format!("pile/{number:06}.txt"), text);
        article.title = Some(article.text[..title].to_owned());
        article.title_span = Some(Span::new(0, title));
        article.source = (dice.next(20) > 0).then(|| format!("The {} Courier", dice.next(SOURCES)));
        let (year, month, day) = (2010 + dice.next(14), 1 + dice.next(12), 1 + dice.next(28));
        article.date = (dice.next(30) > 0).then(|| PartialDate::ymd(year as i16, month as u8, day as u8));
        article.language = Some("en".to_owned());
        let shares = |mention: &Mention| {
            let place = &mention.candidates[0].place;
            (place.id.clone(), place.name.clone(), 0.25)
        };
        let focus = Focus { places: mentions.iter().take(3).map(shares).collect(), ..Focus::default() };
        let dates = self.dates(&article, &mut dice);
        let events = (0..EVENTS).map(|slot| self.event(slot, &article, &mentions, &mut dice)).collect();
        Geoparsed { article, mentions, focus, dates, events, as_read: true, ..Geoparsed::default() }
    }

    /// A date before the article's own, in its first words.
    fn dates(&self, article: &Article, dice: &mut Dice) -> Vec<DateMention> {
        let date =
            PartialDate::ymd(2008 + dice.next(3) as i16, 1 + dice.next(12) as u8, 1 + dice.next(28) as u8);
        let end = article.text.find(' ').unwrap_or(0);
        let (edtf, days) = (date.to_string(), Days::of(date));
        vec![DateMention { span: Span::new(0, end), kind: DateKind::Date, edtf, days }]
    }

    /// An event at one of the mentions, told by the words around it.
    fn event(&self, slot: usize, read: &Article, mentions: &[Mention], dice: &mut Dice) -> Event {
        let place = slot * 3;
        let at = mentions[place].span;
        let words = |from: usize, count: usize| {
            let from = read.text.floor_char_boundary(from);
            let start = read.text[from..].find(' ').map_or(from, |space| from + space + 1);
            let ends = read.text[start..].match_indices(' ').nth(count - 1);
            Span::new(start, ends.map_or(read.text.len(), |(space, _)| start + space))
        };
        let quote = words(at.start.saturating_sub(1), 24);
        let actors = (0..dice.next(3)).map(|number| Actor {
            span: words(quote.start + 20 * number, 1 + dice.next(2)),
            part: if number == 0 { Part::Source } else { Part::Target },
            country: (dice.next(3) == 0).then(|| ["RU", "SY", "US", "EG", "LY"][dice.next(5)].to_owned()),
        });
        let actors = actors.collect();
        Event {
            trigger: words(at.end, 1),
            kind: EventType::ALL[(dice.share().powi(2) * 20.0) as usize],
            subtype: (dice.next(2) == 0).then(|| format!("sort {}", dice.next(40))),
            polarity: Polarity::ALL[(dice.share().powi(4) * 5.0) as usize],
            background: dice.next(6) == 0,
            places: if dice.next(10) == 0 { Vec::new() } else { vec![place] },
            when: [When::Published, When::Published, When::Published, When::Date(0), When::Unknown]
                [dice.next(5)],
            actors,
            quote,
            score: dice.share() as f32,
            decided: None,
        }
    }

    /// The first mentions of all articles together go once through all places; the others are of few again and again.
    fn mention(&self, article: usize, slot: usize, dice: &mut Dice, at: usize) -> Mention {
        let count = self.places.len();
        let first = count.div_ceil(self.articles);
        let number = if slot < first {
            (article * first + slot) * 7919 % count
        } else {
            (dice.share().powi(4) * count as f64) as usize
        };
        let others = [0, 0, 0, 0, 0, 1, 1, 4, 4, 4][dice.next(10)];
        let mut candidates = vec![self.candidate(number, dice, 0.5 + dice_score(article + slot))];
        for other in 0..others {
            let number = dice.next(count);
            candidates.push(self.candidate(number, dice, 0.3 / (other + 1) as f32));
        }
        let name = candidates[0].place.name.len();
        Mention {
            span: Span::new(at, at + name),
            kind: if dice.next(25) == 0 { Kind::Demonym } else { Kind::Name },
            sense: if dice.next(5) == 0 { Sense::Associative } else { Sense::Literal },
            role: [Role::Mention, Role::Mention, Role::Focus, Role::Event][dice.next(4)],
            candidates,
            resolved: dice.next(40) > 0,
            decided: None,
        }
    }

    fn candidate(&self, number: usize, dice: &mut Dice, score: f32) -> Candidate {
        let place = Arc::clone(&self.places[number % self.places.len()]);
        let other = &self.places[dice.next(1000)].name;
        let mut reasons = Vec::new();
        if dice.next(3) > 0 {
            reasons.push(format!(
                "best known of {} places called {} (strong)",
                2 + dice.next(30),
                place.name
            ));
        }
        if dice.next(3) == 0 {
            reasons.push(format!("the article names {} {} times (some)", place.country, 2 + dice.next(9)));
        }
        if dice.next(4) == 0 {
            reasons.push(format!("{} km from {other}, which the article names (slight)", dice.next(200)));
        }
        Candidate { place, score, reasons }
    }
}

fn dice_score(number: usize) -> f32 {
    (number * 37 % 100) as f32 / 200.0 - if number.is_multiple_of(11) { 0.3 } else { 0.0 }
}
