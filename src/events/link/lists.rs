//! Closed lists of words that tell where an event happened.
//! They stand in `assets/tables/linking.txt`, by the names that are here in capitals.

use crate::geoparse::words::words;

words! {
    include_str!("../../../assets/tables/linking.txt");

    /// They begin another clause.
    CLAUSES = "clauses";
    /// "Was" in "was killed".
    PASSIVE = "passive";
    /// "Shot".
    PARTICIPLES = "participles";
    /// "The" in "the city".
    POINTING = "pointing";
    /// "In", "near".
    PLACING = "placing";
    /// "In", between an event and its place.
    AT = "at";
    /// "To", between a visit and its place.
    VISITING = "visiting";
    /// "Off", before "from": "crashed after taking off from Sanaa".
    DEPARTING = "departing";
    /// "City", "village".
    TOWNS = "towns";
    /// "Province", "island".
    REGIONS = "regions";
    /// "Country".
    COUNTRIES = "countries";
    /// After "there": it says that something is, and not where.
    EXISTING = "existing";
    /// "The" in "the crash".
    TOLD = "told";
    /// "Deadly" in "the deadly crash".
    PLAIN = "plain";
}
