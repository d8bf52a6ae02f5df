//! The numbers of one quarter as they are published. What this gives may be shown to anybody who may read take-up: small
//! numbers are hidden in it already.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::hiding::hidden;
use super::{Event, Facts, Figure, Measure, Month, NOT_KNOWN, Quarter, Recorded, Since, Split, Threshold};

/// What is published about a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Which quarter.
    pub quarter: Quarter,
    /// Smaller numbers than this are hidden in it.
    pub threshold: Threshold,
    /// What was counted.
    pub measures: Vec<Measured>,
}

/// How often something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// What.
    pub measure: Measure,
    /// How many episodes, or people.
    pub total: Figure,
    /// How long after opening, where the total is shown and not 0.
    pub days: Option<Days>,
    /// How the total is split.
    pub tables: Vec<Table>,
}

/// How many days after an episode was opened something happened: a quarter of them were as quick as `lower`, half as
/// `median`, three quarters as `upper`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// In days.
    pub lower: u32,
    /// In days.
    pub median: u32,
    /// In days.
    pub upper: u32,
}

/// A total, split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// By what.
    pub split: Split,
    /// How many of each.
    pub rows: Rows,
}

/// The rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// In an order that has nothing to do with the numbers.
    Shown(Vec<Row>),
    /// Not shown, because a small number could be worked out from them.
    NotShown,
    /// Nobody knows.
    NotRecorded,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The code of a cluster, an agency, a reason, or a month as `2026-07`; [`NOT_KNOWN`] for the rest.
    pub code: String,
    /// How many.
    pub figure: Figure,
}

/// What is published about a quarter that is over. `clusters` are those of the authority, in its order.
#[must_use]
pub fn publish(
    quarter: Quarter,
    facts: &[Facts],
    since: Since,
    clusters: &[String],
    recorded: &Recorded,
    threshold: Threshold,
) -> Published {
    let measured = |measure: Measure| {
        let first = since.measure(measure).filter(|first| *first <= quarter.last_day());
        let first = first.filter(|_| recorded.measures.contains(&measure));
        let counted = first.map(|first| Counted {
            quarter,
            since,
            first,
            clusters,
            of: last_of(measure, quarter, facts),
        });
        of(measure, counted.as_ref(), recorded, threshold)
    };
    Published { quarter, threshold, measures: Measure::ALL.map(measured).into() }
}

/// Each episode to which it happened in the quarter, or each of the people, with the last time.
fn last_of(measure: Measure, quarter: Quarter, facts: &[Facts]) -> Vec<(&Facts, &Event)> {
    let days = quarter.first_day()..=quarter.last_day();
    let is_counted = |event: &&Event| event.measure == measure && days.contains(&event.on);
    let last = facts.iter().map(|one| one.events.iter().filter(is_counted).max_by_key(|event| event.on));
    facts.iter().zip(last).filter_map(|(one, last)| Some((one, last?))).collect()
}

struct Counted<'a> {
    quarter: Quarter,
    since: Since,
    /// The first day on which it was recorded.
    first: Date,
    clusters: &'a [String],
    of: Vec<(&'a Facts, &'a Event)>,
}

fn of(
    measure: Measure,
    counted: Option<&Counted<'_>>,
    recorded: &Recorded,
    threshold: Threshold,
) -> Measured {
    let total = counted.map(|counted| u32::try_from(counted.of.len()).unwrap_or(u32::MAX));
    let table = |split: &Split| {
        let rows = match (counted, total) {
            (Some(counted), Some(total)) if recorded.splits.contains(split) && counted.knows(*split) => {
                match threshold.is_small(total) {
                    // Anyone who counts the rows of a small total has counted the children.
                    true => Rows::NotShown,
                    false => counted.rows(*split, threshold),
                }
            }
            _ => Rows::NotRecorded,
        };
        Table { split: *split, rows }
    };
    Measured {
        measure,
        total: match total {
            None => Figure::NotRecorded,
            Some(few) if threshold.is_small(few) => Figure::FewerThan { threshold: threshold.get() },
            Some(number) => Figure::Number { number },
        },
        days: counted.filter(|_| measure.has_days()).and_then(|counted| counted.days(threshold)),
        tables: measure.splits().iter().map(table).collect(),
    }
}

impl Counted<'_> {
    /// Whether anybody could write it down by then.
    fn knows(&self, split: Split) -> bool {
        self.since.split(split).is_some_and(|first| first <= self.quarter.last_day())
    }

    fn rows(&self, split: Split, threshold: Threshold) -> Rows {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for (facts, event) in &self.of {
            *counts.entry(code(split, facts, event)).or_default() += 1;
        }
        let codes = self.codes(split, &counts);
        let cells: Vec<u32> = codes.iter().map(|code| counts.get(code).copied().unwrap_or(0)).collect();
        let Some(figures) = hidden(&cells, threshold) else { return Rows::NotShown };
        let before = Month::of(self.first).to_string();
        let row = |(code, figure): (String, Figure)| match split {
            // Nothing was recorded yet.
            Split::Month if code < before => Row { code, figure: Figure::NotRecorded },
            _ => Row { code, figure },
        };
        Rows::Shown(codes.into_iter().zip(figures).map(row).collect())
    }

    /// The rows: those that there can be, then whatever else was counted, then what is not known.
    fn codes(&self, split: Split, counts: &BTreeMap<String, u32>) -> Vec<String> {
        let mut codes: Vec<String> = match split {
            Split::Month => self.quarter.months().map(|month| month.to_string()).into(),
            Split::Cluster => self.clusters.to_vec(),
            _ => Vec::new(),
        };
        let named: BTreeSet<String> = codes.iter().cloned().collect();
        let others = counts.keys().filter(|code| *code != NOT_KNOWN && !named.contains(*code));
        codes.extend(others.cloned());
        if counts.contains_key(NOT_KNOWN) {
            codes.push(NOT_KNOWN.to_owned());
        }
        codes
    }

    fn days(&self, threshold: Threshold) -> Option<Days> {
        let mut days: Vec<u32> = self.of.iter().map(|(_, event)| event.days).collect();
        days.sort_unstable();
        if u32::try_from(days.len()).is_ok_and(|count| count == 0 || threshold.is_small(count)) {
            return None;
        }
        let at = |quarters: usize| days.get((days.len() * quarters).div_ceil(4).saturating_sub(1)).copied();
        Some(Days { lower: at(1)?, median: at(2)?, upper: at(3)? })
    }
}

fn code(split: Split, facts: &Facts, event: &Event) -> String {
    let code = match split {
        Split::Month => return Month::of(event.on).to_string(),
        Split::Cluster => &facts.cluster,
        Split::Agency => &facts.agency,
        Split::LeadAgency => &facts.lead_agency,
        Split::Need => &facts.need,
        Split::Reason | Split::Barrier => &event.code,
        Split::WrittenUp => return if event.late { "late" } else { "in_time" }.to_owned(),
        Split::ChildChange | Split::ParentChange | Split::PractitionerChange => {
            return facts.changes.get(&split).map_or(NOT_KNOWN, |change| change.code()).to_owned();
        }
    };
    code.clone().unwrap_or_else(|| NOT_KNOWN.to_owned())
}
