//! The areas of an authority: wedges, and clusters of schools and services in them, as its profile names them. Only the server
//! reads them; the form has no use for them, and skips them.

use assessment_form::is_blank;
use assessment_form::typed::squeezed;
use strict_json::{Fields, read_data};

use crate::validation::identifiers::postcode;

/// A part of an authority that holds several clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wedge {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
}

/// A local partnership of schools and services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// The code of the wedge that it is in, if it is in one.
    pub wedge: Option<String>,
    /// Districts (`LS6`) and sectors (`LS6 1`) of postcodes. A sector counts more than the district around it.
    pub postcodes: Vec<String>,
    /// Schools, by name as people write it. A school counts more than a postcode.
    pub schools: Vec<String>,
}

/// The areas of an authority. None where the profile names none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Areas {
    /// Wedges, in the profile's order.
    pub wedges: Vec<Wedge>,
    /// Clusters, in the profile's order.
    pub clusters: Vec<Cluster>,
}

impl Areas {
    /// The code for what is in no cluster.
    pub const NOT_KNOWN: &str = "not-known";

    /// Reads the areas of a profile.
    ///
    /// # Errors
    /// What is wrong and where, in words for the person who edits the profile.
    pub fn read(profile: &str) -> Result<Self, Vec<String>> {
        let read = |all: &Fields<'_>| {
            all.ignore_rest();
            let mut areas = Self::default();
            all.optional_group("areas", &mut |given| areas = Self::of(given));
            areas
        };
        read_data(profile, read).map_err(|wrong| wrong.iter().map(ToString::to_string).collect())
    }

    fn of(given: &Fields<'_>) -> Self {
        let mut areas = Self::default();
        given.optional_list("wedges", &mut |one| {
            let wedge = Wedge { code: code(one), label: label(one) };
            if areas.wedges.iter().any(|other| other.code == wedge.code) {
                one.wrong("code", "this code is used twice");
            }
            areas.wedges.push(wedge);
        });
        given.list("clusters", &mut |one| {
            let cluster = Cluster {
                code: code(one),
                label: label(one),
                wedge: one.optional_text("wedge"),
                postcodes: one.texts_if_there("postcodes").unwrap_or_default(),
                schools: one.texts_if_there("schools").unwrap_or_default(),
            };
            if let Some((name, why)) = areas.why_not(&cluster) {
                one.wrong(name, why);
            }
            areas.clusters.push(cluster);
        });
        areas
    }

    fn why_not(&self, new: &Cluster) -> Option<(&'static str, &'static str)> {
        let others = || self.clusters.iter();
        let named = |code: &String| self.wedges.iter().any(|wedge| wedge.code == *code);
        if others().any(|other| other.code == new.code) {
            return Some(("code", "this code is used twice"));
        }
        if new.wedge.as_ref().is_some_and(|code| !named(code)) {
            return Some(("wedge", "there is no wedge with this code"));
        }
        if new.postcodes.iter().any(|text| part_of_postcode(text).is_none()) {
            return Some(("postcodes", "write a district such as `LS6`, or a sector such as `LS6 1`"));
        }
        if others().any(|other| new.postcodes.iter().any(|one| other.postcodes.contains(one))) {
            return Some(("postcodes", "one of them is in another cluster too"));
        }
        if new.schools.iter().any(|name| is_blank(name)) {
            return Some(("schools", "a name is missing"));
        }
        let has =
            |other: &Cluster, name: &str| other.schools.iter().any(|one| squeezed(one) == squeezed(name));
        if others().any(|other| new.schools.iter().any(|name| has(other, name))) {
            return Some(("schools", "one of them is in another cluster too"));
        }
        None
    }

    /// The wedge with this code.
    #[must_use]
    pub fn wedge(&self, code: &str) -> Option<&Wedge> {
        self.wedges.iter().find(|wedge| wedge.code == code)
    }

    /// The cluster with this code.
    #[must_use]
    pub fn cluster(&self, code: &str) -> Option<&Cluster> {
        self.clusters.iter().find(|cluster| cluster.code == code)
    }

    /// The cluster of a place: that of the school, or else that of the sector, or else that of the district. `None` where
    /// none of them is in any.
    #[must_use]
    pub fn cluster_of(
        &self,
        school: Option<&str>,
        sector: Option<&str>,
        district: Option<&str>,
    ) -> Option<&Cluster> {
        let by_school = |name: &str| {
            let name = squeezed(name);
            self.clusters.iter().find(|cluster| cluster.schools.iter().any(|one| squeezed(one) == name))
        };
        let by_code =
            |code: &str| self.clusters.iter().find(|cluster| cluster.postcodes.iter().any(|one| one == code));
        let found = school.and_then(by_school).or_else(|| sector.and_then(by_code));
        found.or_else(|| district.and_then(by_code))
    }
}

/// District and sector of a postcode, such as `LS6` and `LS6 1` of `LS6 1AB`. `None` of what is no postcode.
#[must_use]
pub fn district_and_sector(text: &str) -> Option<(String, String)> {
    let code = postcode(text)?;
    let (district, rest) = code.split_once(' ')?;
    let digit = rest.chars().next()?;
    Some((district.to_owned(), format!("{district} {digit}")))
}

/// A district or a sector, written as it is compared.
fn part_of_postcode(text: &str) -> Option<(&str, Option<&str>)> {
    // With the rest of a postcode behind it, it has to be a postcode.
    let (district, sector) = match text.split_once(' ') {
        None => (text, None),
        Some((district, sector)) => (district, Some(sector)),
    };
    let whole = format!("{district} {}AA", sector.unwrap_or("1"));
    (postcode(&whole).as_deref() == Some(whole.as_str())).then_some((district, sector))
}

fn code(one: &Fields<'_>) -> String {
    let code = one.text("code");
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if code.is_empty() || code.len() > 40 || code == Areas::NOT_KNOWN || !code.chars().all(is_plain) {
        one.wrong("code", "use up to 40 small letters, digits and hyphens, and not `not-known`");
    }
    code
}

fn label(one: &Fields<'_>) -> String {
    let label = one.text("label");
    if is_blank(&label) {
        one.wrong("label", "a name is missing");
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = r#"{"id": "x", "areas": {
        "wedges": [{"code": "north", "label": "North"}],
        "clusters": [
            {"code": "moor", "label": "The Moor", "wedge": "north", "postcodes": ["LS6 1", "LS16"],
             "schools": ["Woodhouse Moor Primary School"]},
            {"code": "river", "label": "River", "postcodes": ["LS6", "M1"]}
        ]}}"#;

    fn found<'a>(areas: &'a Areas, school: &str, postcode: &str) -> Option<&'a str> {
        let parts = district_and_sector(postcode);
        let (district, sector) = parts.unzip();
        let school = Some(school).filter(|name| !name.is_empty());
        areas.cluster_of(school, sector.as_deref(), district.as_deref()).map(|cluster| cluster.code.as_str())
    }

    #[test]
    fn a_school_counts_more_than_a_sector_and_a_sector_more_than_a_district() -> Result<(), Vec<String>> {
        let areas = Areas::read(PROFILE)?;
        assert_eq!(found(&areas, "", "LS6 1AB"), Some("moor"));
        assert_eq!(found(&areas, "", "ls62ab"), Some("river"));
        assert_eq!(found(&areas, "", "LS16 9ZZ"), Some("moor"));
        assert_eq!(found(&areas, "woodhouse moor PRIMARY school", "M1 1AA"), Some("moor"));
        assert_eq!(found(&areas, "Another School", "M1 1AA"), Some("river"));
        assert_eq!(found(&areas, "Another School", "YO1 1AA"), None);
        assert_eq!(found(&areas, "", "no postcode"), None);
        Ok(())
    }

    #[test]
    fn a_profile_without_areas_has_none() {
        assert_eq!(Areas::read(r#"{"id": "x"}"#), Ok(Areas::default()));
    }

    #[test]
    fn the_areas_of_the_example_profiles_are_right() -> Result<(), Vec<String>> {
        assert_eq!(Areas::read(crate::profile::AuthorityProfile::built_in())?, Areas::default());
        let areas = Areas::read(include_str!("../data/profiles/northbridge.json"))?;
        assert_eq!(found(&areas, "", "NB1 0AA"), Some("old-quay"));
        assert_eq!(found(&areas, "", "NB1 1AA"), Some("ferry-lane"));
        Ok(())
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (from, to, place) in [
            ("\"LS6 1\"", "\"LS6 1AB\"", "areas.clusters[0].postcodes"),
            ("\"LS6 1\"", "\"ls6\"", "areas.clusters[0].postcodes"),
            ("\"M1\"", "\"LS16\"", "areas.clusters[1].postcodes"),
            ("\"code\": \"river\"", "\"code\": \"moor\"", "areas.clusters[1].code"),
            ("\"code\": \"river\"", "\"code\": \"not-known\"", "areas.clusters[1].code"),
            ("\"wedge\": \"north\"", "\"wedge\": \"south\"", "areas.clusters[0].wedge"),
            ("\"label\": \"River\"", "\"label\": \" \"", "areas.clusters[1].label"),
            ("\"label\": \"River\"", "\"name\": \"River\"", "areas.clusters[1].label"),
        ] {
            let wrong = Areas::read(&PROFILE.replace(from, to)).err().unwrap_or_default();
            assert!(wrong.iter().any(|line| line.starts_with(place)), "{to}: {wrong:?}");
        }
    }
}
