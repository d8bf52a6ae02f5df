//! Looks that somebody should ask about: at records outside one's own work, by somebody of the child's family name, or at many
//! records in a short time; and each copy of the register. A pattern proves nothing; a person asks. Pure: the looks are given.

use std::collections::BTreeSet;

use assessment_form::typed::plain;
use assessment_people::id::EpisodeId;
use jiff::{SignedDuration, Timestamp};

use crate::store::trail::{Export, Look};

/// How many different records within [`SHORT`] are many.
pub(super) const MANY: usize = 20;

/// A short time.
const SHORT: SignedDuration = SignedDuration::from_hours(1);

/// Letters that a family name has at least, to be compared.
const TELLING: usize = 3;

/// What is odd about some looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Who looked has the family name of the child.
    SameSurname,
    /// Many records in a short time.
    ManyRecords,
    /// A copy of the register was taken away.
    Exported,
}

/// Some looks of one person that fit a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fits {
    /// Which.
    pub(crate) pattern: Pattern,
    /// Who, as records know them, with name and organisation of the time of the last look.
    pub(crate) actor: String,
    /// Their name.
    pub(crate) name: Option<String>,
    /// For whom they acted.
    pub(crate) organisation: Option<String>,
    /// When the first was.
    pub(crate) first: Timestamp,
    /// When the last was.
    pub(crate) last: Timestamp,
    /// How many looks.
    pub(crate) count: usize,
    /// At which episodes.
    pub(crate) episodes: BTreeSet<EpisodeId>,
}

impl From<Export> for Fits {
    /// Which episodes were in it is in the access log of each.
    fn from(export: Export) -> Self {
        Self {
            pattern: Pattern::Exported,
            actor: export.actor,
            name: export.name,
            organisation: export.organisation,
            first: export.at,
            last: export.at,
            count: export.episodes,
            episodes: BTreeSet::new(),
        }
    }
}

/// The looks that fit a pattern, the latest first. `looks` are those outside people's own work, in any order.
pub(super) fn patterns(mut looks: Vec<Look>, exports: Vec<Export>) -> Vec<Fits> {
    looks.sort_by(|one, other| {
        (&one.actor, one.at, one.sequence).cmp(&(&other.actor, other.at, other.sequence))
    });
    let mut found: Vec<Fits> = exports.into_iter().map(Fits::from).collect();
    for of_one in looks.chunk_by(|one, next| one.actor == next.actor) {
        let episodes: BTreeSet<EpisodeId> = of_one.iter().map(|look| look.episode).collect();
        for episode in &episodes {
            let same = of_one.iter().filter(|look| look.episode == *episode && is_namesake(look));
            found.extend(fits(Pattern::SameSurname, same));
        }
        found.extend(many(of_one));
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.last));
    found
}

/// Stretches in which each look is one of many in a short time.
fn many(looks: &[Look]) -> Vec<Fits> {
    let mut is_of_many = vec![false; looks.len()];
    for (start, first) in looks.iter().enumerate() {
        let within = looks.iter().skip(start).take_while(|look| look.at.duration_since(first.at) <= SHORT);
        let within: Vec<&Look> = within.collect();
        let records: BTreeSet<EpisodeId> = within.iter().map(|look| look.episode).collect();
        if records.len() >= MANY {
            is_of_many.iter_mut().skip(start).take(within.len()).for_each(|one| *one = true);
        }
    }
    let marked: Vec<(&Look, bool)> = looks.iter().zip(is_of_many).collect();
    let stretches = marked.chunk_by(|(_, one), (_, next)| one == next);
    let stretches = stretches.filter(|all| all.first().is_some_and(|(_, is_of_many)| *is_of_many));
    stretches.filter_map(|all| fits(Pattern::ManyRecords, all.iter().map(|(look, _)| *look))).collect()
}

fn fits<'a>(pattern: Pattern, looks: impl Iterator<Item = &'a Look>) -> Option<Fits> {
    let looks: Vec<&Look> = looks.collect();
    let (first, last) = (looks.first()?, looks.last()?);
    Some(Fits {
        pattern,
        actor: last.actor.clone(),
        name: last.name.clone(),
        organisation: last.organisation.clone(),
        first: first.at,
        last: last.at,
        count: looks.len(),
        episodes: looks.iter().map(|look| look.episode).collect(),
    })
}

/// Whether who looked and the child share a family name, or a part of a double one.
fn is_namesake(look: &Look) -> bool {
    let of = |name: &Option<String>| name.as_deref().map(family_names).unwrap_or_default();
    !of(&look.name).is_disjoint(&of(&look.child_name))
}

/// The last word of a name, and its parts where it has a hyphen.
fn family_names(name: &str) -> BTreeSet<String> {
    let name = plain(name).to_lowercase();
    let last = name.split_whitespace().last().unwrap_or_default();
    let parts = last.split('-').map(str::to_owned);
    parts.filter(|part| part.chars().count() >= TELLING).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn look(actor: &str, name: &str, child: &str, minute: i64, episode: u128) -> Look {
        let start: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap_or_default();
        Look {
            sequence: minute.unsigned_abs(),
            at: start.checked_add(SignedDuration::from_mins(minute)).unwrap_or(start),
            actor: actor.to_owned(),
            name: Some(name.to_owned()),
            organisation: None,
            episode: EpisodeId::from_uuid(Uuid::from_u128(episode)),
            child_name: Some(child.to_owned()),
        }
    }

    #[test]
    fn a_family_name_or_a_part_of_it_is_the_same_however_it_is_written_b44() {
        for (staff, child, same) in [
            ("Priya Raman", "Asha RAMAN", true),
            ("Margaret Ashworth-Lowe", "Tom Lowe", true),
            ("Margaret Ashworth‐Lowe", "Tom Ashworth", true),
            ("Margaret Lowe", "Lowe Margaretson", false),
            ("Jo Ng", "Bo Ng", false),
            ("Priya Raman", "", false),
            ("", "", false),
        ] {
            let found = patterns(vec![look("a", staff, child, 0, 1)], Vec::new());
            assert_eq!(!found.is_empty(), same, "{staff} {child}");
        }
    }

    #[test]
    fn many_records_in_an_hour_are_one_pattern_and_over_a_day_none_b44() {
        let quick = |count: u128| (0..count).map(|one| look("a", "Dewi Jones", "Tom Lowe", one as i64, one));
        let found = patterns(quick(25).collect(), Vec::new());
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].pattern, found[0].count, found[0].episodes.len()),
            (Pattern::ManyRecords, 25, 25)
        );
        assert_eq!(patterns(quick(19).collect(), Vec::new()), []);
        // The same record again and again is not many.
        let same = (0..60).map(|minute| look("a", "Dewi Jones", "Tom Lowe", minute, 1));
        assert_eq!(patterns(same.collect(), Vec::new()), []);
        let slow =
            (0..40).map(|one: i64| look("a", "Dewi Jones", "Tom Lowe", one * 10, one.unsigned_abs().into()));
        assert_eq!(patterns(slow.collect(), Vec::new()), []);
        // Two people are not one.
        let two = (0..30).map(|one: i64| {
            let actor = if one % 2 == 0 { "a" } else { "b" };
            look(actor, "Dewi Jones", "Tom Lowe", one, one.unsigned_abs().into())
        });
        assert_eq!(patterns(two.collect(), Vec::new()), []);
    }
}
