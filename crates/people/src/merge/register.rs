//! All joins of records: where an old id leads, and which join can be made or taken back.

use std::fmt;

use jiff::civil::Date;

use super::undo::{Undone, undo};
use super::{Merge, MergeRefused, join::join, said};
use crate::id::PersonId;
use crate::person::Person;

/// All joins, oldest first. A store may give only those that have to do with the records at hand, and all of these.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merges(Vec<Merge>);

/// Where an id leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead<'a> {
    /// The record that has everything now.
    pub to: PersonId,
    /// The joins on the way, first to last. Empty where the record was never joined into another one. What comes in for
    /// the old id, such as an amendment from a device that was offline, belongs to `to` and is marked for a look.
    pub through: Vec<&'a Merge>,
}

impl Merges {
    /// These joins, in any order.
    #[must_use]
    pub fn of(mut all: Vec<Merge>) -> Self {
        all.sort_by_key(|merge| merge.number);
        Self(all)
    }

    /// All joins, also those taken back, oldest first: the history.
    pub fn all(&self) -> impl Iterator<Item = &Merge> {
        self.0.iter()
    }

    fn in_force(&self) -> impl Iterator<Item = &Merge> {
        self.0.iter().filter(|merge| merge.undone.is_none())
    }

    /// The join by which a record went into another one.
    fn away(&self, id: PersonId) -> Option<&Merge> {
        self.in_force().find(|merge| merge.merged.id == id)
    }

    /// Where an id leads: to itself, unless the record was joined into another one.
    #[must_use]
    pub fn lead(&self, id: PersonId) -> Lead<'_> {
        let mut lead = Lead { to: id, through: Vec::new() };
        // No record can lead through more joins than there are, however wrong the stored ones may be.
        while let Some(merge) = self.away(lead.to).filter(|_| lead.through.len() < self.0.len()) {
            lead.to = merge.kept.id;
            lead.through.push(merge);
        }
        lead
    }

    /// Joins `merged` into `kept`. The store keeps the join, and its result instead of `kept`.
    ///
    /// # Errors
    /// Both are one record, or one of them went into another already.
    pub fn merge(&self, kept: &Person, merged: &Person, on: Date, by: &str) -> Result<Merge, MergeRefused> {
        if kept.id == merged.id {
            return Err(MergeRefused::SameRecord);
        }
        if let Some(away) = self.away(kept.id).or_else(|| self.away(merged.id)) {
            return Err(MergeRefused::AlreadyMerged { on: away.on, by: away.by.clone() });
        }
        Ok(Merge {
            number: self.0.last().map_or(1, |last| last.number.saturating_add(1)),
            on,
            by: by.to_owned(),
            kept: kept.clone(),
            merged: merged.clone(),
            result: join(kept, merged),
            undone: None,
        })
    }

    /// Takes a join back. `now` is the kept record as it is now, with all that was written since. The store keeps the join
    /// as it is given back, and both records.
    ///
    /// # Errors
    /// There is no such join, it was taken back, it is more than [`super::UNDO_DAYS`] ago, or a later one has to be taken
    /// back first.
    pub fn undo(
        &self,
        number: u64,
        now: &Person,
        today: Date,
        by: &str,
    ) -> Result<(Merge, Undone), MergeRefused> {
        let merge = self.0.iter().find(|merge| merge.number == number).ok_or(MergeRefused::Unknown)?;
        if merge.undone.is_none() && today > merge.can_be_undone_until() {
            return Err(MergeRefused::TooLate { on: merge.on });
        }
        self.part(number, now, today, by)
    }

    /// Takes a join back however long ago it was made, where one of the two must go without the other. As [`Self::undo`]
    /// otherwise.
    ///
    /// # Errors
    /// There is no such join, it was taken back, or a later one has to be taken back first.
    pub fn part(
        &self,
        number: u64,
        now: &Person,
        today: Date,
        by: &str,
    ) -> Result<(Merge, Undone), MergeRefused> {
        let merge = self.0.iter().find(|merge| merge.number == number).ok_or(MergeRefused::Unknown)?;
        if let Some((on, by)) = &merge.undone {
            return Err(MergeRefused::AlreadyUndone { on: *on, by: by.clone() });
        }
        let is_later = |later: &&Merge| {
            later.number > number && (later.involves(merge.kept.id) || later.involves(merge.merged.id))
        };
        if let Some(later) = self.in_force().filter(is_later).last() {
            return Err(MergeRefused::LaterMerge {
                number: later.number,
                on: later.on,
                by: later.by.clone(),
            });
        }
        if now.id != merge.kept.id {
            return Err(MergeRefused::NotTheKeptRecord);
        }
        let undone = undo(merge, now);
        Ok((Merge { undone: Some((today, by.to_owned())), ..merge.clone() }, undone))
    }

    /// Adds a join, or puts one that was taken back where it was.
    pub fn put(&mut self, merge: Merge) {
        self.0.retain(|other| other.number != merge.number);
        self.0.push(merge);
        self.0.sort_by_key(|merge| merge.number);
    }
}

/// What is said above the record to which an old link led.
impl fmt::Display for Lead<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.through.first() {
            None => Ok(()),
            Some(merge) => write!(
                out,
                "The record that you opened was joined into this one on {} by {}.",
                said(merge.on),
                merge.by
            ),
        }
    }
}
