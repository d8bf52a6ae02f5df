//! Figures for an area: how many assessments were begun, how far they came, and what changed, without a small number that
//! could tell of one child.
//!
//! The rules, so that no number below the threshold can be worked out from anything that is shown:
//! - **One question at a time.** A table divides all episodes of a period by one thing: area, agency, month, how far they
//!   came, why they closed. Nothing is divided by two things at once, and periods are whole and do not overlap, so that
//!   no two tables differ by a few children.
//! - A number from 1 to 5 is "fewer than 6". Where the total would give it away, further numbers are "not shown".
//! - 0 is shown as 0: that nothing happened tells of nobody. Where a whole table is hidden, its zeros are as well.
//! - Where nobody recorded a thing it is "not recorded", which is neither 0 nor hidden.
//! - Percentages and averages exist only where the numbers that they are made of are shown. A middle value is of at least
//!   six episodes, in whole days: unlike an average it cannot be subtracted.

/// Below this a number is small.
pub const THRESHOLD: u32 = 6;

/// One number as it is shown. Chart, table and file have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The number.
    Number(u32),
    /// At least 1, fewer than [`THRESHOLD`].
    Few,
    /// Hidden, because it would give another away.
    Hidden,
    /// Nobody recorded it.
    NotRecorded,
}

impl Shown {
    /// The code, as wording keys have it. `number` has its number besides.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Shown::Number(_) => "number",
            Shown::Few => "few",
            Shown::Hidden => "hidden",
            Shown::NotRecorded => "not_recorded",
        }
    }

    /// The number, where there is one to draw and to count with. `None` is never 0: a line has a gap there.
    #[must_use]
    pub fn number(self) -> Option<u32> {
        match self {
            Shown::Number(number) => Some(number),
            Shown::Few | Shown::Hidden | Shown::NotRecorded => None,
        }
    }
}

/// A table that divides all episodes of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The parts, in the order in which they were given: an order by size would give sizes away.
    pub rows: Vec<(String, Shown)>,
    /// All of them.
    pub total: Shown,
}

/// Makes a table that can be shown, of parts that do not overlap and together are all episodes of the period. `None` is a
/// part that nobody recorded; it is no part of the total.
#[must_use]
pub fn divided(parts: &[(String, Option<u32>)]) -> Table {
    let total = parts.iter().filter_map(|(_, count)| *count).fold(0, u32::saturating_add);
    let counts: Vec<u32> = parts.iter().map(|(_, count)| count.unwrap_or_default()).collect();
    let hidden = hidden(&counts);
    let shown = |(at, (name, count)): (usize, &(String, Option<u32>))| {
        let shown = match (count, &hidden) {
            (None, _) => Shown::NotRecorded,
            (Some(_), Hiding::All) => Shown::Hidden,
            (Some(count), Hiding::These(_)) if is_small(*count) => Shown::Few,
            (Some(_), Hiding::These(others)) if others.contains(&at) => Shown::Hidden,
            (Some(count), Hiding::These(_)) => Shown::Number(*count),
        };
        (name.clone(), shown)
    };
    let rows = parts.iter().enumerate().map(shown).collect();
    Table { rows, total: if is_small(total) { Shown::Few } else { Shown::Number(total) } }
}

fn is_small(count: u32) -> bool {
    (1..THRESHOLD).contains(&count)
}

/// What is hidden besides the small numbers.
enum Hiding {
    /// These places.
    These(Vec<usize>),
    /// Every number of the table.
    All,
}

/// Hides so much that each small number may be any small number. Somebody who knows the total knows the sum of what is
/// hidden; each small number is at least 1, and each other hidden one at least the threshold.
fn hidden(counts: &[u32]) -> Hiding {
    let small: Vec<usize> =
        (0..counts.len()).filter(|at| counts.get(*at).copied().is_some_and(is_small)).collect();
    let Some(first) = small.first().copied() else { return Hiding::These(Vec::new()) };
    let at = |place: &usize| counts.get(*place).copied().unwrap_or_default();
    let few = u32::try_from(small.len()).unwrap_or(u32::MAX);
    let mut sum: u32 = small.iter().map(at).fold(0, u32::saturating_add);
    // The next places of the list and not the smallest numbers: a choice by size would tell sizes.
    let others = (first + 1..counts.len()).chain(0..first).filter(|place| at(place) >= THRESHOLD);
    let mut hidden = Vec::new();
    for place in others {
        hidden.push(place);
        sum = sum.saturating_add(at(&place));
        let with = u32::try_from(hidden.len()).unwrap_or(u32::MAX);
        let least = few.saturating_add(THRESHOLD - 2).saturating_add(with.saturating_mul(THRESHOLD));
        if sum >= least {
            return Hiding::These(hidden);
        }
    }
    Hiding::All
}

/// Makes numbers that can be shown of things of which an episode has several, such as needs: how many of `all` have each.
/// Where nearly all have it, those who have not would be few.
#[must_use]
pub fn counted(parts: &[(String, Option<u32>)], all: u32) -> Vec<(String, Shown)> {
    let shown = |(name, count): &(String, Option<u32>)| {
        let shown = match count {
            None => Shown::NotRecorded,
            Some(count) if is_small(*count) => Shown::Few,
            Some(count) if is_small(all.saturating_sub(*count)) => Shown::Hidden,
            Some(count) => Shown::Number(*count),
        };
        (name.clone(), shown)
    };
    parts.iter().map(shown).collect()
}

/// The share of a part in whole percent, where both numbers are shown.
#[must_use]
pub fn percent(part: Shown, total: Shown) -> Option<u32> {
    let (part, total) = (u64::from(part.number()?), u64::from(total.number()?));
    let percent = (part * 100 + total / 2).checked_div(total)?;
    u32::try_from(percent).ok()
}

/// The middle of so many days, in whole days. `None` for fewer than [`THRESHOLD`].
#[must_use]
pub fn middle(days: &[u32]) -> Option<u32> {
    let mut days = days.to_vec();
    days.sort_unstable();
    let is_enough = u32::try_from(days.len()).is_ok_and(|count| count >= THRESHOLD);
    days.get(days.len() / 2).copied().filter(|_| is_enough)
}

/// What became of a score from its first to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Higher.
    Better,
    /// The same.
    Same,
    /// Lower.
    Worse,
    /// There are not two scores of one person.
    NotKnown,
}

impl Change {
    /// Every change.
    pub const ALL: [Change; 4] = [Change::Better, Change::Same, Change::Worse, Change::NotKnown];

    /// The code, as wording keys have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Change::Better => "better",
            Change::Same => "same",
            Change::Worse => "worse",
            Change::NotKnown => "not_known",
        }
    }

    /// Of a first and a last score.
    #[must_use]
    pub fn of(first: Option<u8>, last: Option<u8>) -> Change {
        match (first, last) {
            (Some(first), Some(last)) if last > first => Change::Better,
            (Some(first), Some(last)) if last < first => Change::Worse,
            (Some(_), Some(_)) => Change::Same,
            _ => Change::NotKnown,
        }
    }
}

/// How far an episode has come: each is in one, so that the steps divide all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Furthest {
    /// An assessment was begun.
    Begun,
    /// It was sent.
    Assessed,
    /// The team has met.
    Met,
    /// A plan was agreed.
    Planned,
    /// It was reviewed.
    Reviewed,
    /// It is closed.
    Closed,
}

impl Furthest {
    /// Every step, in order.
    pub const ALL: [Furthest; 6] = [
        Furthest::Begun,
        Furthest::Assessed,
        Furthest::Met,
        Furthest::Planned,
        Furthest::Reviewed,
        Furthest::Closed,
    ];

    /// The code, as wording keys have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Furthest::Begun => "begun",
            Furthest::Assessed => "assessed",
            Furthest::Met => "met",
            Furthest::Planned => "planned",
            Furthest::Reviewed => "reviewed",
            Furthest::Closed => "closed",
        }
    }
}
