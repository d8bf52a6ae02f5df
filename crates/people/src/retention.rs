//! What is erased when: periods from the authority's profile, and what keeps a record although its day has come. The dry
//! run and the real run are one function, asked again for each record inside the transaction that erases it. Erasing
//! itself is the store's.

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::person::Birth;

/// How long a kind of record is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "keep", rename_all = "kebab-case")]
pub enum Period {
    /// Until the child has this birthday.
    UntilAge {
        /// In years.
        years: u8,
    },
    /// Until the child has this birthday and nothing was done for so long, whichever is later.
    UntilAgeAndIdle {
        /// In years.
        years: u8,
        /// In years without a change.
        idle: u8,
    },
    /// For so many years after the last change.
    YearsAfterChange {
        /// In years.
        years: u8,
    },
    /// For so many days after the last change.
    DaysAfterChange {
        /// In days.
        days: u16,
    },
}

/// The kinds of record that have a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// A child's early help: episodes, versions and the person.
    EarlyHelp,
    /// A draft on the server that nobody sent.
    Draft,
    /// An entry of the log of who saw and did what.
    AccessLog,
    /// The words in which somebody said why they searched, listed or exported. They can name a child of whom there is no record.
    SearchReason,
}

/// A profile's periods. None may be nought: that would erase what was sent a moment ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Periods {
    early_help: Period,
    draft: Period,
    access_log: Period,
    search_reason: Period,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    early_help: Period,
    draft: Period,
    access_log: Period,
    /// A profile that was written before it existed names none.
    #[serde(default = "a_year")]
    search_reason: Period,
}

const fn a_year() -> Period {
    Period::YearsAfterChange { years: 1 }
}

/// Why periods are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PeriodRefused {
    /// It is nought.
    #[error("a period of nought would erase records at once")]
    Nought,
    /// Only a child's early help goes by the child's age.
    #[error("only early help can be kept until an age")]
    NotByAge,
}

impl Periods {
    /// These periods.
    ///
    /// # Errors
    /// One is nought, or goes by the age of somebody who has none.
    pub fn new(
        early_help: Period,
        draft: Period,
        access_log: Period,
        search_reason: Period,
    ) -> Result<Self, PeriodRefused> {
        let is_nought = |period: &Period| match *period {
            Period::UntilAge { years }
            | Period::UntilAgeAndIdle { years, .. }
            | Period::YearsAfterChange { years } => years == 0,
            Period::DaysAfterChange { days } => days == 0,
        };
        let is_by_age =
            |period: &Period| matches!(period, Period::UntilAge { .. } | Period::UntilAgeAndIdle { .. });
        if [early_help, draft, access_log, search_reason].iter().any(is_nought) {
            return Err(PeriodRefused::Nought);
        }
        if [draft, access_log, search_reason].iter().any(is_by_age) {
            return Err(PeriodRefused::NotByAge);
        }
        Ok(Self { early_help, draft, access_log, search_reason })
    }

    /// What other authorities publish, for a profile that says nothing: early help until the 25th birthday, drafts 90 days,
    /// the log seven years; and a year for why somebody searched, which the monthly look at unusual looks has used by then.
    #[must_use]
    pub const fn usual() -> Self {
        Self {
            early_help: Period::UntilAge { years: 25 },
            draft: Period::DaysAfterChange { days: 90 },
            access_log: Period::YearsAfterChange { years: 7 },
            search_reason: a_year(),
        }
    }

    /// The period of a kind of record.
    #[must_use]
    pub const fn of(&self, kind: RecordKind) -> Period {
        match kind {
            RecordKind::EarlyHelp => self.early_help,
            RecordKind::Draft => self.draft,
            RecordKind::AccessLog => self.access_log,
            RecordKind::SearchReason => self.search_reason,
        }
    }
}

impl From<Periods> for Stored {
    fn from(periods: Periods) -> Self {
        let Periods { early_help, draft, access_log, search_reason } = periods;
        Self { early_help, draft, access_log, search_reason }
    }
}

impl TryFrom<Stored> for Periods {
    type Error = PeriodRefused;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        Self::new(stored.early_help, stored.draft, stored.access_log, stored.search_reason)
    }
}

/// An order to keep a record: a legal hold, or advice of an inquiry not to destroy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// From when.
    pub from: Date,
    /// Until when, the day included. `None` until somebody lifts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Hold {
    /// Whether it is not over. One that begins later counts already: what it is about would be gone by then.
    #[must_use]
    pub fn is_in_force(&self, today: Date) -> bool {
        self.until.is_none_or(|until| until >= today)
    }
}

/// What decides about one record. Nothing here says what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<Id> {
    /// Which. One record is about one child; brothers and sisters have their own.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// When the child was born, as far as it is known.
    pub birth: Birth,
    /// When anything in it was changed last.
    pub changed: Date,
    /// Whether somebody still works with it, such as an episode that is not closed.
    pub is_open: bool,
    /// Orders to keep it.
    pub holds: Vec<Hold>,
    /// The day of a request for access by the person it is about, as long as it was not answered.
    pub access_requested: Option<Date>,
    /// The last day on which a join that it came from can be taken back.
    pub merge_undo_until: Option<Date>,
}

/// Why a record is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "kept", rename_all = "kebab-case")]
pub enum Obstacle {
    /// A hold is in force.
    Hold,
    /// The person asked for what is held about them, and has not had it.
    AccessRequest {
        /// Since when.
        since: Date,
    },
    /// The work is not finished.
    Open,
    /// Two records were joined, and that can still be taken back.
    MergeCanBeUndone {
        /// Until when.
        until: Date,
    },
    /// Nobody knows when the child was born: a person has to decide.
    BirthNotKnown,
    /// Its day has not come.
    NotDue {
        /// When it comes.
        on: Date,
    },
}

/// What is to be done with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Retained, for this reason. Where there are several, the one that a person can act on comes first.
    Retained(Obstacle),
    /// To be erased; it could have been since this day.
    Due {
        /// Since when.
        since: Date,
    },
}

/// What is to be done with each record, in the order in which they are given. Each is judged by itself.
#[must_use]
pub fn plan<'a, Id>(records: &'a [Record<Id>], periods: &Periods, today: Date) -> Vec<(&'a Id, Verdict)> {
    records.iter().map(|record| (&record.id, verdict(record, periods, today))).collect()
}

/// What is to be done with one record. It is asked again for each record that is about to be erased, in the same
/// transaction, with what holds at that moment.
#[must_use]
pub fn verdict<Id>(record: &Record<Id>, periods: &Periods, today: Date) -> Verdict {
    match (obstacle(record, today), due_on(record, periods)) {
        // A record whose day has not come is kept for that, whatever else keeps it.
        (_, Some(on)) if on > today => Verdict::Retained(Obstacle::NotDue { on }),
        (Some(kept), _) => Verdict::Retained(kept),
        (None, None) => Verdict::Retained(Obstacle::BirthNotKnown),
        (None, Some(since)) => Verdict::Due { since },
    }
}

/// What keeps a record whatever its period says, also where a person decides that it goes before its day.
#[must_use]
pub fn obstacle<Id>(record: &Record<Id>, today: Date) -> Option<Obstacle> {
    if record.holds.iter().any(|hold| hold.is_in_force(today)) {
        return Some(Obstacle::Hold);
    }
    if let Some(since) = record.access_requested {
        return Some(Obstacle::AccessRequest { since });
    }
    if record.is_open {
        return Some(Obstacle::Open);
    }
    let until = record.merge_undo_until.filter(|until| *until >= today);
    until.map(|until| Obstacle::MergeCanBeUndone { until })
}

/// The first day on which a record may be erased. `None` where it goes by an age that nobody knows. Where a birth is a
/// range, its last day counts; a day that the calendar does not reach never comes.
#[must_use]
pub fn due_on<Id>(record: &Record<Id>, periods: &Periods) -> Option<Date> {
    let after = |day: Date, years: u8| day.saturating_add(i64::from(years).years());
    let birthday = |years: u8| record.birth.range().map(|(_, last)| after(last, years));
    match periods.of(record.kind) {
        Period::UntilAge { years } => birthday(years),
        Period::UntilAgeAndIdle { years, idle } => {
            birthday(years).map(|day| day.max(after(record.changed, idle)))
        }
        Period::YearsAfterChange { years } => Some(after(record.changed, years)),
        Period::DaysAfterChange { days } => Some(record.changed.saturating_add(i64::from(days).days())),
    }
}
