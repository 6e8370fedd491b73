//! An article's text to the dates in it: every word that says when, as a value of the calendar.
//! Knows no gazetteer and does no IO; a language is a data file.

mod calendar;
mod classes;
mod expression;
mod guard;
mod language;
mod make;
mod matcher;
mod numbers;
mod numeric;
mod parts;
mod range;
mod resolve;
#[cfg(test)]
mod specs;
mod tense;
#[cfg(test)]
mod tests;
mod tokens;
mod value;

use jiff::civil::Date;

use crate::model::{Article, DateKind, DateMention, Days, PartialDate, Span};
use classes::{Class, Trait};
use expression::{Expr, Id, Length};
use language::Language;
use matcher::Matcher;
use resolve::{Value, View};
use tense::Clause;
use tokens::{Kind, Token};
use value::Period;

/// No date has more tokens; a longer stretch of words that dates have is read in parts.
const LONGEST: usize = 64;

/// 1 January of the year 0: before it EDTF has other forms.
const YEAR_ZERO: i32 = -719_528;

/// How many dates before are kept to tell "three days later" from.
const KEPT: usize = 12;

/// Every date in an article's text, in text order, not overlapping.
///
/// Nothing is looked for in boilerplate. Words whose day hangs on another day are seen from [`Article::day`], and mean
/// the last such day gone by unless their clause speaks of what is to come.
///
/// ```
/// use dateline::dates;
/// use dateline::model::{Article, PartialDate};
/// let mut article = Article::from_text("a", "The jet crashed on Saturday. Talks will begin on 9 November.");
/// article.date = Some(PartialDate::ymd(2015, 11, 2));
/// let values: Vec<_> = dates::find(&article).into_iter().map(|date| date.edtf).collect();
/// assert_eq!(values, ["2015-10-31", "2015-11-09"]);
/// ```
pub fn find(article: &Article) -> Vec<DateMention> {
    let mut found = read(&article.text, article.day(), true);
    found.retain(|date| article.boilerplate.iter().all(|span| !span.overlaps(date.span)));
    found
}

/// The dates of a text that speaks from a day; `tense`: whether clauses that speak of what is to come are heeded.
fn read(text: &str, day: Option<PartialDate>, tense: bool) -> Vec<DateMention> {
    let language = language::english();
    let mut tokens = Vec::with_capacity(text.len() / 5);
    tokens::split(text, language, &mut tokens);
    let mut reader = Reader {
        language,
        text,
        tokens: &tokens,
        tense,
        today: day.and_then(whole),
        year: day.and_then(|day| day.year),
        day_first: None,
        before: Vec::new(),
        found: Vec::new(),
    };
    reader.day_first = reader.order_of_figures();
    reader.read();
    reader.found
}

fn whole(day: PartialDate) -> Option<Date> {
    value::date(day.year?, day.month?, day.day?)
}

struct Reader<'a> {
    language: &'a Language,
    text: &'a str,
    tokens: &'a [Token],
    tense: bool,
    today: Option<Date>,
    year: Option<i16>,
    day_first: Option<bool>,
    /// The dates before, the last first.
    before: Vec<Period>,
    found: Vec<DateMention>,
}

impl Reader<'_> {
    /// Whether figures stand day first in this text, where one shows it: "31/10/2015" does.
    fn order_of_figures(&self) -> Option<bool> {
        (0..self.tokens.len()).filter(|&at| self.tokens[at].is_number()).find_map(|at| {
            let (_, expr) = numeric::whole(self.tokens, at)?;
            let slash = self.tokens.get(at + 1).is_some_and(|mark| mark.is_mark(b'/'));
            let first = self.tokens[at].number()?;
            (slash && first <= 31 && matches!(expr, Expr::Day { month: Some(month), day, .. } if u8::try_from(first) == Ok(day) && month != day))
                .then_some(true)
        })
    }

    fn read(&mut self) {
        let mut matcher = Matcher::new(self.language, self.tokens);
        let mut at = 0;
        while at < self.tokens.len() {
            if !self.language.within(&self.tokens[at]) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            let mut core = self.language.is_core(&self.tokens[at]);
            while end < self.tokens.len()
                && end - at < LONGEST
                && !self.tokens[end].breaks
                && self.language.within(&self.tokens[end])
            {
                core |= self.language.is_core(&self.tokens[end]);
                end += 1;
            }
            if core {
                matcher.enter(at, end);
                self.stretch(&mut matcher, at, end);
            }
            at = end;
        }
    }

    fn stretch(&mut self, matcher: &mut Matcher<'_>, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let longest = matcher.longest(at);
            at = match longest {
                // What the table says is no date keeps what is within it from being one.
                Some((end, id)) if matcher.exprs.get(id) == Expr::Nothing => end,
                Some((end, id)) if self.take(matcher, at, end, id) => {
                    end + self.take_sibling(matcher, end, id)
                }
                _ => at + self.take_elder(matcher, at).max(1),
            };
        }
    }

    /// The second day of "October 26 and 27", and how many tokens it takes with the word before.
    fn take_sibling(&mut self, matcher: &mut Matcher<'_>, end: usize, id: Id) -> usize {
        let Expr::Day { year, month: Some(month), .. } = matcher.exprs.get(id) else { return 0 };
        let Some((day, used)) = self.joined_day(end) else { return 0 };
        let last = end + 1 + used;
        let clause = self.tokens.get(last).is_none_or(|next| next.kind != Kind::Word || next.breaks);
        let after_month = self.language.value(&self.tokens[end - 1], Class::Month).is_none();
        let expr = matcher.exprs.add(Expr::Day { year, month: Some(month), day });
        match expr.filter(|_| clause && after_month) {
            Some(expr) if self.take(matcher, end + 1, last, expr) => 1 + used,
            _ => 0,
        }
    }

    /// A day after "and".
    fn joined_day(&self, and: usize) -> Option<(u8, usize)> {
        let joins =
            self.tokens.get(and).filter(|token| self.language.is(token, Trait::And) && !token.breaks)?;
        debug_assert!(!joins.is_number());
        let read = |at| {
            numbers::ordinal(self.language, self.tokens, at).or_else(|| {
                numbers::day(self.language, self.tokens, at).filter(|_| self.tokens[at].is_number())
            })
        };
        let (used, day) = read(and + 1)?;
        Some((u8::try_from(day).ok()?, used))
    }

    /// The first day of "18 and 19 June", and the tokens up to the second.
    fn take_elder(&mut self, matcher: &mut Matcher<'_>, at: usize) -> usize {
        let own = numbers::day(self.language, self.tokens, at).filter(|_| self.tokens[at].is_number());
        let Some((used, day)) = own.or_else(|| numbers::ordinal(self.language, self.tokens, at)) else {
            return 0;
        };
        let and = at + used;
        if self.joined_day(and).is_none() || and + 1 >= matcher.end() {
            return 0;
        }
        let Some((_, id)) = matcher.longest(and + 1) else { return 0 };
        let (Expr::Day { year, month: Some(month), .. }, Ok(day)) =
            (matcher.exprs.get(id), u8::try_from(day))
        else {
            return 0;
        };
        match matcher.exprs.add(Expr::Day { year, month: Some(month), day }) {
            Some(expr) if self.take(matcher, at, and, expr) => used + 1,
            _ => 0,
        }
    }

    /// Adds a date; whether it is one and comes to something.
    fn take(&mut self, matcher: &Matcher<'_>, first: usize, end: usize, id: Id) -> bool {
        let expr = matcher.exprs.get(id);
        if !guard::is_date(self.language, self.text, &matcher.exprs, self.tokens, first, end, id) {
            return false;
        }
        let clause = Clause { language: self.language, text: self.text, tokens: self.tokens, first, end };
        let told = match expr {
            _ if !self.tense => None,
            // "the first in 45 years to travel" is not to come.
            Expr::InLength(_) => clause.told_before(),
            _ => clause.told(),
        };
        // "Families have until Friday"
        let coming = self.tense && matches!(expr, Expr::Until(_));
        let view = View {
            language: self.language,
            exprs: &matcher.exprs,
            today: self.today,
            year: self.year,
            future: told.unwrap_or(coming),
            told,
            heeds: self.tense,
            beside: self.before.first().copied().filter(|_| self.tense && self.same_sentence(first)),
            day_first: self.day_first,
            before: &self.before,
        };
        let Some(value) = view.value(id) else { return false };
        let value = self.after_weekday(expr, first, value);
        // "in one week" of what has been is how long.
        let length = matches!((expr, value), (Expr::InLength(_), Value::Length(_)));
        let span = self.span(first + usize::from(length), end);
        let mention = self.mention(span, value);
        if mention.days.is_some_and(|days| days.first < YEAR_ZERO) {
            return false;
        }
        if let Value::Period(period) = value
            && period.is_placed()
        {
            self.before.insert(0, period);
            self.before.truncate(KEPT);
        }
        self.found.push(mention);
        true
    }

    /// The words, without a full stop or comma at their end.
    fn span(&self, first: usize, end: usize) -> Span {
        let stop = self.tokens[end - 1].is_mark(b'.') || self.tokens[end - 1].is_mark(b',');
        let last = if stop && end > first + 1 { end - 2 } else { end - 1 };
        Span::new(self.tokens[first].start as usize, self.tokens[last].end as usize)
    }

    /// "Monday and Tuesday": the second follows the first.
    fn after_weekday(&self, expr: Expr, first: usize, value: Value) -> Value {
        let joined = first.checked_sub(1).is_some_and(|and| {
            let before = self.found.last().map(|date| date.span.end);
            self.language.is(&self.tokens[and], Trait::And)
                && and > 0
                && before == Some(self.tokens[and - 1].end as usize)
                && self.language.value(&self.tokens[and - 1], Class::Weekday).is_some()
        });
        match (expr, value, self.before.first()) {
            (Expr::Weekday(weekday), Value::Period(Period::Day(day)), Some(Period::Day(other)))
                if joined && self.tense && day < *other =>
            {
                calendar::add_days(*other, 6)
                    .and_then(|last| calendar::nth_weekday(*other, last, weekday, 1))
                    .map_or(value, |day| Value::Period(Period::Day(day)))
            }
            _ => value,
        }
    }

    /// Whether the date before stands in the same sentence.
    fn same_sentence(&self, first: usize) -> bool {
        let Some(last) = self.found.last() else { return false };
        let mut tokens =
            self.tokens[..first].iter().rev().take_while(|token| token.start as usize >= last.span.end);
        !self.tokens[first].breaks
            && !tokens.any(|token| {
                token.breaks || token.is_mark(b'.') || token.is_mark(b'!') || token.is_mark(b'?')
            })
    }

    fn mention(&self, span: Span, value: Value) -> DateMention {
        let days = |first: Date, last: Date| Days { first: Days::number(first), last: Days::number(last) };
        match value {
            Value::Period(period) => DateMention {
                span,
                kind: DateKind::Date,
                edtf: period.edtf(),
                days: period.bounds().map(|(first, last)| days(first, last)),
            },
            Value::Length(length) => {
                DateMention { span, kind: DateKind::Duration, edtf: duration(length), days: None }
            }
            Value::Range(from, to) => {
                let bounds = match (from.map(Period::bounds), to.map(Period::bounds)) {
                    (Some(Some((first, _))), Some(Some((_, last)))) => Some((first, last)),
                    // What has gone on since a day goes on until the article's own.
                    (Some(Some((first, last))), None) => {
                        Some((first, self.today.map_or(last, |today| today.max(last))))
                    }
                    (None, Some(Some((first, last)))) => {
                        Some((self.today.filter(|today| *today <= last).map_or(first, |today| today), last))
                    }
                    _ => None,
                };
                DateMention {
                    span,
                    kind: DateKind::Range,
                    edtf: range(from, to),
                    days: bounds.filter(|(first, last)| first <= last).map(|(first, last)| days(first, last)),
                }
            }
        }
    }
}

/// A range as EDTF, its open side as `..`.
fn range(from: Option<Period>, to: Option<Period>) -> String {
    let side = |period: Option<Period>, last: bool| {
        let edtf = period.map_or("..".to_owned(), Period::edtf);
        match edtf.split_once('/') {
            Some((first, end)) => if last { end } else { first }.to_owned(),
            None => edtf,
        }
    };
    format!("{}/{}", side(from, false), side(to, true))
}

/// A length as ISO 8601 writes it.
fn duration(length: Length) -> String {
    let days = length.days + length.workdays;
    let parts = [(length.years, 'Y'), (length.months, 'M'), (length.weeks, 'W'), (days, 'D')];
    let parts = parts.iter().filter(|(count, _)| *count != 0);
    parts.fold("P".to_owned(), |written, (count, unit)| format!("{written}{count}{unit}"))
}
