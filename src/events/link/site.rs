//! The names of an article where an event may have happened: its mentions, and names that recognition only just
//! did not take for places, where a caller asks for those too.

use crate::geoparse::Doubt;
use crate::geoparse::tokens::Text;
use crate::model::{Geoparsed, Kind, Mention, Place, Sense, Span};

/// A name where an event may have happened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    /// First token, and one past the last.
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) span: Span,
    /// The mention with its number, unless it is a doubtful name.
    pub(super) mention: Option<(usize, &'a Mention)>,
    /// How likely recognition holds it for a place; 1 for a mention.
    pub(super) chance: f32,
}

impl<'a> Site<'a> {
    /// The place that it most likely stands for.
    pub(super) fn place(&self) -> Option<&'a Place> {
        Some(&self.mention?.1.candidates.first()?.place)
    }

    /// Whether it is the name of a place that is meant as such: "in Cairo", not "Egyptian" or "Cairo has insisted".
    pub(super) fn literal(&self) -> bool {
        self.mention
            .is_some_and(|(_, mention)| mention.sense == Sense::Literal && mention.kind != Kind::Demonym)
    }

    /// How large a thing the place is, and of what sort.
    pub(super) fn sort(&self) -> u64 {
        let Some(place) = self.place() else { return if self.mention.is_some() { 1 } else { 0 } };
        match (place.feature_class, place.feature_code.as_str()) {
            ('A', code) if code.starts_with("PCL") => 2,
            ('A', "ADM1") => 3,
            ('A', _) => 4,
            ('P', "PPLC") => 5,
            ('P', "PPLX") => 6,
            ('P', "PPLA") => 7,
            ('P', _) => 8,
            ('H', _) => 9,
            ('T', _) => 10,
            ('L', _) => 11,
            ('S', _) => 12,
            _ => 13,
        }
    }

    /// Whether the place of another lies in this one's, as far as their countries and divisions tell.
    pub(super) fn holds(&self, other: &Site<'_>) -> bool {
        let Some(this) = self.place() else { return false };
        let country = this.feature_code.starts_with("PCL");
        let division = this.feature_code == "ADM1";
        // Most are neither, and in a long list of names each is asked about all the others.
        if !country && !division {
            return false;
        }
        let Some(other) = other.place() else { return false };
        let smaller = !other.feature_code.starts_with("PCL") && (country || other.feature_code != "ADM1");
        let within = country || other.admin1 == this.name || other.admin1 == this.admin1;
        smaller && within && this.country_code == other.country_code && !this.country_code.is_empty()
    }
}

/// All sites of an article in text order.
pub(super) fn sites<'a>(text: &Text<'_>, geoparsed: &'a Geoparsed, doubts: &[Doubt]) -> Vec<Site<'a>> {
    let tokens = |span: Span| {
        let first = text.token_at(span.start);
        let end = text.tokens.partition_point(|token| token.span.start < span.end);
        (first < end).then_some((first, end))
    };
    let mentions = geoparsed.mentions.iter().enumerate().filter_map(|(number, mention)| {
        let (first, end) = tokens(mention.span)?;
        Some(Site { first, end, span: mention.span, mention: Some((number, mention)), chance: 1.0 })
    });
    let doubtful = doubts.iter().filter_map(|doubt| {
        let (first, end) = tokens(doubt.span)?;
        Some(Site { first, end, span: doubt.span, mention: None, chance: doubt.chance })
    });
    let mut sites: Vec<Site<'a>> = mentions.chain(doubtful).collect();
    sites.sort_by_key(|site| (site.first, site.end));
    sites
}
