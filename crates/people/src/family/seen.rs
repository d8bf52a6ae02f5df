//! What one person sees of a family. Not who they are: what they may know and be shown is asked, and the server answers
//! from `crate::access`.

use std::collections::BTreeSet;

use super::{Family, Sibling};
use crate::id::PersonId;
use crate::protection::Protection;

/// A family as somebody sees it who asks about one of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The member who was asked about.
    pub of: PersonId,
    /// Those who are shown, and how they are related. Nothing else of the family is in it, and no number tells how much
    /// there is: it is the same as if the others did not belong to it.
    pub family: Family,
}

impl Family {
    /// What somebody sees of it who asks about `of`. `None` where they do not see that `of` belongs to it.
    ///
    /// `knows` says whether they may know that the record of a member exists; `shows`, whether they may be shown what is
    /// kept so closely. A link is kept as closely as the stricter of its two memberships. A name without a record is shown
    /// to those who may know of a record to which it is related, and to nobody else: the others would learn by it that
    /// there is such a record.
    #[must_use]
    pub fn seen(
        &self,
        of: PersonId,
        knows: impl Fn(PersonId) -> bool,
        shows: impl Fn(Protection) -> bool,
    ) -> Option<Seen> {
        let own = *self.members().get(&of).filter(|own| self.has_record(of) && shows(**own))?;
        let open = || self.members().iter().filter(|(_, protection)| shows(own.join(**protection)));
        let records: BTreeSet<PersonId> = open()
            .map(|(person, _)| *person)
            .filter(|person| *person == of || (self.has_record(*person) && knows(*person)))
            .collect();
        let is_near = |named: PersonId| {
            self.related().iter().any(|one| {
                (one.person == named && records.contains(&one.to))
                    || (one.to == named && records.contains(&one.person))
            })
        };
        let mut seen = Self::new(self.id());
        for (person, protection) in open() {
            match self.named().get(person) {
                None if records.contains(person) => seen = seen.with(*person, *protection),
                Some(named)
                    if is_near(*person) && !named.record.is_some_and(|record| records.contains(&record)) =>
                {
                    seen = seen.with_name(*person, &named.name, *protection);
                }
                _ => {}
            }
        }
        for related in self.related() {
            seen = seen.clone().relate(*related).unwrap_or(seen);
        }
        Some(Seen { of, family: seen })
    }
}

impl Seen {
    /// The brothers and sisters among those who are shown.
    #[must_use]
    pub fn siblings(&self) -> Vec<Sibling> {
        self.family.siblings(self.of)
    }
}
