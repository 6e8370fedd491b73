//! What a column of a table, or a property of a feature, can hold; and how such columns are called.
//! Headings are compared without case, accents and punctuation: `Country_Code`, `country code` and
//! `countryCode` are one.

use std::borrow::Cow;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Identifier of the place.
    Id,
    /// The name to show.
    Name,
    /// Latitude, degrees.
    Lat,
    /// Longitude, degrees.
    Lon,
    /// Latitude and longitude together, `35.0, 38.0` or `POINT (38.0 35.0)`.
    Point,
    /// ISO 3166-1 alpha-2 code or English name of the country.
    Country,
    /// Inhabitants.
    Population,
    /// GeoNames feature class.
    Class,
    /// GeoNames feature code, or a word for the sort of place.
    Feature,
    /// Identifier of the place around it.
    Parent,
    /// Other names, with `|` or `;` between them.
    Names,
    /// Radius of a circle that covers most of it, metres.
    Radius,
    /// How well known it is, 0 to 100.
    Rank,
}

impl Field {
    /// Every field, in the order in which columns are guessed.
    pub const ALL: [Self; 13] = [
        Self::Id,
        Self::Name,
        Self::Lat,
        Self::Lon,
        Self::Point,
        Self::Country,
        Self::Population,
        Self::Class,
        Self::Feature,
        Self::Parent,
        Self::Names,
        Self::Radius,
        Self::Rank,
    ];

    /// The word for it: `lat`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Lat => "lat",
            Self::Lon => "lon",
            Self::Point => "point",
            Self::Country => "country",
            Self::Population => "population",
            Self::Class => "class",
            Self::Feature => "feature",
            Self::Parent => "parent",
            Self::Names => "names",
            Self::Radius => "radius",
            Self::Rank => "rank",
        }
    }

    /// How such a column is called, the likeliest first, as [`heading`] leaves it. English, then what lists of
    /// places in German, French, Spanish, Italian and Dutch use; the words of GeoNames, Pleiades, Natural
    /// Earth, Wikidata and Linked Places are among them.
    pub(super) const fn headings(self) -> &'static str {
        match self {
            Self::Id => {
                "geonameid geonamesid id placeid atid uri identifier gid fid key qid ref no nr objectid"
            }
            Self::Name => {
                "name title placename place toponym label preflabel site sitename nameen nameeng englishname \
                 fullname displayname town city settlement village locality location ort ortsname stadt \
                 gemeinde nom lieu commune ville nombre lugar municipio nome luogo naam plaats"
            }
            Self::Lat => {
                "lat latitude y latdd latdecimal latwgs84 decimallatitude declat reprlat ycoord pointy \
                 breite breitengrad geobreite latitud latitudine"
            }
            Self::Lon => {
                "lon lng long longitude x londd longdecimal lonwgs84 decimallongitude declon reprlong xcoord \
                 pointx lange laenge langengrad laengengrad geolange longitud longitudine"
            }
            Self::Point => {
                "coordinates coords coord latlon latlng latlong point geowkt wkt geom geometry geo"
            }
            Self::Country => {
                "countrycode country cc ccode ccodes iso iso2 isoa2 isocountry countryiso iso31661alpha2 \
                 land landercode pays pais paese"
            }
            Self::Population => {
                "population pop inhabitants popmax popest residents einwohner bevolkerung habitants \
                 poblacion popolazione inwoners"
            }
            Self::Class => "featureclass fclass fclasses fcl",
            Self::Feature => {
                "featurecode fcode feature featuretype featuretypes featurecla placetype placetypes type \
                 types kind category class typ art tipo soort"
            }
            Self::Parent => "parent parentid partof containedin isin within",
            Self::Names => {
                "alternatenames alternatename altnames altname alternates alternatives alternativenames \
                 othernames variants variantnames names aliases alias aka altlabel altlabels synonyms"
            }
            Self::Radius => "radius radiusm",
            Self::Rank => "rank",
        }
    }
}

impl FromStr for Field {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|field| field.as_str() == word).ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.iter().map(|field| field.as_str()).collect();
            format!("“{word}” is nothing that a column holds: choose {}", words.join(", "))
        })
    }
}

/// A heading as it is compared.
pub(super) fn heading(text: &str) -> String {
    let text = text.replace('@', "at");
    let plain = text.nfd().filter(|&c| !is_combining_mark(c) && c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

/// What a row or a feature says, by field; empty where it says nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields<'f>([Cow<'f, str>; Field::ALL.len()]);

impl<'f> Fields<'f> {
    pub(super) fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    pub(super) fn has(&self, field: Field) -> bool {
        !self.get(field).is_empty()
    }

    pub(super) fn set(&mut self, field: Field, value: impl Into<Cow<'f, str>>) {
        self.0[field as usize] = value.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_without_their_dress() {
        let check = |text: &str, expected: &str| assert_eq!(heading(text), expected);
        check("Country_Code", "countrycode");
        check("countryCode", "countrycode");
        check(" Länge ", "lange");
        check("País", "pais");
        check("@id", "atid");
        check("º", "º");
    }

    #[test]
    fn no_heading_means_two_things() {
        let mut seen = std::collections::BTreeMap::new();
        for field in Field::ALL {
            for word in field.headings().split_whitespace() {
                assert_eq!(seen.insert(word, field), None, "{word}");
                assert_eq!(heading(word), word);
            }
            assert_eq!(field.as_str().parse(), Ok(field));
        }
        assert!("size".parse::<Field>().unwrap_err().contains("choose id, name, lat"));
    }
}
