//! How often the first candidate is right: its chance against the others, made into a score that keeps its word.
//! What is left of 1 after all scores is the chance that it is none of them.

use super::Group;
use super::features::Feature;
use super::weights;

macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What tells how far the first candidate can be trusted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Sign { $($(#[$doc])* $name,)* }

        impl Sign {
            /// Every sign.
            pub(crate) const ALL: &'static [Sign] = &[$(Sign::$name,)*];
            /// Number of signs.
            pub(crate) const COUNT: usize = Self::ALL.len();
        }
    };
}

signs! {
    /// Always 1.
    Bias,
    /// Logarithm of its odds against all others, and what of it is beyond even, 3 to 1, and 20 to 1.
    Odds, OddsEven, OddsGood, OddsSure,
    /// There is no other; logarithm of how many there are.
    Alone, Rivals,
    /// How well known it is.
    Fame,
    /// What it is; a country that hardly has a rival needs no other sign.
    Country, SureCountry, Division, Nature,
    /// Not in the gazetteer, but near another place; near a division or a country.
    Anchored, AnchoredBroad,
    /// How likely that other place is.
    AnchorChance,
    /// By a part of the name; in another spelling.
    Part, Spelt,
    /// By what sort of name.
    Alternate, Demonym,
    /// Logarithm of how often the article has the name; of how many other names it has.
    Repeated, Company,
}

/// The signs of one name.
pub(crate) type Signs = [f32; Sign::COUNT];

/// Reads the signs of a name whose candidates are sorted; `company` is the number of the article's names.
pub(crate) fn signs(group: &Group, company: usize) -> Option<Signs> {
    let first = group.candidates.first()?;
    let numbers = |feature: Feature| first.numbers[feature as usize];
    let mut signs = [0.0; Sign::COUNT];
    let mut set = |sign: Sign, value: f32| signs[sign as usize] = value;
    let truth = |holds: bool| f32::from(u8::from(holds));
    set(Sign::Bias, 1.0);
    let others = group.candidates.len() - 1;
    if first.is_country && first.bears_name() && first.chance > 0.8 {
        set(Sign::SureCountry, 1.0);
        return Some(signs);
    }
    if others == 0 {
        set(Sign::Alone, 1.0);
    } else {
        let chance = first.chance.clamp(0.02, 0.998);
        let odds = (chance / (1.0 - chance)).ln() / 4.0;
        set(Sign::Odds, odds);
        set(Sign::OddsEven, odds.max(0.0));
        set(Sign::OddsGood, (odds - 3.0f32.ln() / 4.0).max(0.0));
        set(Sign::OddsSure, (odds - 20.0f32.ln() / 4.0).max(0.0));
        set(Sign::Rivals, (1.0 + others as f32).ln() / 3.0);
    }
    set(Sign::Fame, numbers(Feature::Score));
    set(Sign::Country, numbers(Feature::Country));
    set(Sign::Division, numbers(Feature::Division));
    set(Sign::Nature, numbers(Feature::Water) + numbers(Feature::Land));
    if let Some(anchor) = &first.near {
        set(Sign::Anchored, 1.0);
        set(Sign::AnchoredBroad, truth(first.is_division));
        set(Sign::AnchorChance, anchor.chance);
    }
    set(Sign::Part, numbers(Feature::Part));
    set(Sign::Spelt, numbers(Feature::Loose) + numbers(Feature::Fuzzy));
    set(Sign::Alternate, numbers(Feature::Alternate));
    set(Sign::Demonym, numbers(Feature::Demonym));
    set(Sign::Repeated, (group.mentions.len().max(1) as f32).ln() / 2.0);
    set(Sign::Company, (company as f32).ln() / 3.0);
    Some(signs)
}

/// Makes every candidate's chance a score. The order stays.
pub(super) fn calibrate(groups: &mut [Group]) {
    let company = groups.len();
    for group in groups.iter_mut().filter(|group| !group.is_told()) {
        let Some(right) = signs(group, company).map(|signs| weights::trust(&signs)) else { continue };
        let Some((first, others)) = group.candidates.split_first_mut() else { continue };
        let rest = (1.0 - first.chance).max(f32::MIN_POSITIVE);
        // The others share what is left, and no more of it than they had.
        let scale = ((1.0 - right) / rest).min(right / first.chance.max(f32::MIN_POSITIVE)).min(1.0);
        first.chance = right;
        others.iter_mut().for_each(|other| other.chance *= scale);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Candidate;
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::model::Kind;

    #[test]
    fn scores_keep_their_order_and_sum() {
        let gazetteer = Gazetteer::embedded().expect("the gazetteer inside the program");
        let hits = gazetteer.named("Springfield");
        for top in [0.1f32, 0.5, 0.9, 1.0] {
            let mut group = Group::new(&gazetteer, "springfield".to_owned(), Kind::Name, &hits);
            let others = (group.candidates.len() - 1) as f32;
            for (i, candidate) in group.candidates.iter_mut().enumerate() {
                candidate.chance = if i == 0 { top } else { (1.0 - top) / others };
            }
            let mut groups = [group];
            calibrate(&mut groups);
            let chances: Vec<f32> = groups[0].candidates.iter().map(|c: &Candidate| c.chance).collect();
            assert!(chances[1..].iter().all(|&chance| chance <= chances[0] + 1e-6), "{chances:?}");
            assert!(chances.iter().sum::<f32>() <= 1.001, "{chances:?}");
        }
    }
}
