//! Families as one person may see them: to which a child belongs, who else does, and whose record may be opened. What somebody
//! may not know of is left out before anything is counted, so that an answer is the same whether it is there or not.

mod changing;
mod proposing;
mod telling;

use std::collections::BTreeMap;

use assessment_people::{
    access::{Action, Decision, EpisodeFacts, Resource, Sight, authorise},
    family::Seen,
    id::{EpisodeId, PersonId},
    merge::Merges,
    person::Person,
    protection::Protection,
    who::Organisation,
};

pub(crate) use changing::{Change, Joining, change};
pub(crate) use proposing::{Proposal, Signal};
pub(crate) use telling::{ever_related, related_as_shown};

use super::{
    Asking, NotDone, known,
    naming::{shown_name, written},
    noted,
    reach::{Reach, holders, may_open, reach},
    reading::{self, Around},
};
use crate::{
    digest::sha256_hex,
    store::{
        Store, StoreError,
        audit::AuditAction,
        families::StoredFamily,
        people::{PersonReader, StoredPerson},
    },
};

/// The families of somebody.
#[derive(Debug)]
pub(crate) struct FamiliesShown {
    /// Whose: the record that has everything now.
    pub(crate) of: PersonId,
    /// The name of that record.
    pub(crate) name: Option<String>,
    /// As they may be seen.
    pub(crate) families: Vec<FamilyShown>,
    /// Whether they may be changed.
    pub(crate) may_change: bool,
    /// Who may belong to the family by what was typed.
    pub(crate) proposals: Vec<Proposal>,
}

/// A family, as somebody may see it.
#[derive(Debug)]
pub(crate) struct FamilyShown {
    /// Who belongs to it, and how they are related.
    pub(crate) seen: Seen,
    /// The records of those who have one that may be known of.
    pub(crate) records: BTreeMap<PersonId, RecordShown>,
}

/// The record of a member, as far as it may be known of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordShown {
    /// The name that is shown.
    pub(crate) name: Option<String>,
    /// Whether more than its existence may be shown.
    pub(crate) readable: bool,
    /// Those of their episodes that may be opened.
    pub(crate) episodes: Vec<EpisodeId>,
    /// Who holds one.
    pub(crate) held_by: Vec<Organisation>,
}

impl FamiliesShown {
    /// The tag of what is shown. It changes when that changes, and only then: a count of all changes would tell of those by
    /// people whose records must not be known of.
    pub(crate) fn tag(&self) -> Result<u64, StoreError> {
        let mut text = String::new();
        for family in &self.families {
            let seen = serde_json::to_string(&family.seen.family)
                .map_err(|_| StoreError::Unavailable("a family cannot be written".to_owned()))?;
            text.push_str(&seen);
        }
        let digits = sha256_hex(text.as_bytes());
        let number = u64::from_str_radix(digits.get(..15).unwrap_or("0"), 16).unwrap_or(0);
        // Eighteen digits at most, and none that begins with 0.
        Ok(number % 899_999_999_999_999_999 + 100_000_000_000_000_000)
    }
}

/// What of a version's answers somebody may be shown, as JSON. `None` if they cannot be read.
pub(crate) type ShownAnswers = fn(&str, Sight) -> Option<String>;

/// The families of a person. `answers` gives what of a version they may be shown.
///
/// # Errors
/// There is no such person, or they may not.
pub(crate) async fn families(
    store: &dyn Store,
    asking: &Asking,
    id: PersonId,
    answers: ShownAnswers,
) -> Result<FamiliesShown, NotDone> {
    let found = {
        let mut view = store.view().await?;
        let found = reading::found(&mut *view.people(), asking, Action::ReadFamily, id).await;
        match found {
            Ok((person, around)) => {
                let stored = view.families().of(&asking.asker.actor, &ids(&around.merges, &person)).await?;
                let mut shown = shown(&mut *view.people(), asking, &person, &around, &stored).await?;
                if shown.may_change {
                    shown.proposals =
                        proposing::proposals(&mut *view, asking, &person, &around, &shown, answers).await?;
                }
                Ok(shown)
            }
            Err(refused) => Err(refused),
        }
    };
    let shown = noted(store, asking, found).await?;
    let (actor, because) = (&asking.asker.actor, asking.reason.as_ref());
    let mut unit = store.begin().await?;
    let records = shown.families.iter().flat_map(|family| family.records.keys().copied());
    let proposed = shown.proposals.iter().filter_map(|one| one.record);
    for other in records.chain(proposed).collect::<std::collections::BTreeSet<PersonId>>() {
        unit.note(actor, AuditAction::Person(Action::ReadFamily, other), asking.at, because).await?;
    }
    let action = AuditAction::Person(Action::ReadFamily, shown.of);
    unit.save_because(actor, action, asking.at, because).await?;
    Ok(shown)
}

/// The ids that lead to a person, their own among them.
fn ids(merges: &Merges, person: &StoredPerson) -> Vec<PersonId> {
    known::ids(merges, person.person.id)
}

/// What may be shown of stored families to somebody who asks about one of their members.
async fn shown(
    reader: &mut (dyn PersonReader + '_),
    asking: &Asking,
    of: &StoredPerson,
    around: &Around,
    stored: &[StoredFamily],
) -> Result<FamiliesShown, StoreError> {
    let records = records(reader, asking, of.person.id, stored).await?;
    let shows = |protection| shows(asking, &of.person, &around.episodes, protection);
    let family = |one: &StoredFamily| {
        let led = one.family.led(|id| records.merges.lead(id).to);
        let seen = led.seen(of.person.id, |id| records.known.contains_key(&id), shows)?;
        // One in which nobody else is seen is the same as none: it would tell that there is somebody.
        if seen.family.members().len() < 2 {
            return None;
        }
        let is_shown = |(id, _): &(&PersonId, &RecordShown)| seen.family.has_record(**id);
        let records = records.known.iter().filter(is_shown).map(|(id, one)| (*id, one.clone())).collect();
        Some(FamilyShown { records, seen })
    };
    let may_change = asking
        .may_with(Action::ChangeFamily, of.person.id, &around.episodes, of.person.protection.level)
        .is_ok();
    Ok(FamiliesShown {
        of: of.person.id,
        name: shown_name(&of.person).map(written),
        families: stored.iter().filter_map(family).collect(),
        may_change,
        proposals: Vec::new(),
    })
}

/// Whether they may be shown that somebody belongs to a family, where that is kept so closely: by the same rules as a person who
/// is kept so closely.
fn shows(asking: &Asking, of: &Person, episodes: &[EpisodeFacts], protection: Protection) -> bool {
    let protection = of.protection.level.join(protection);
    let resource = Resource::Person { episodes, protection };
    match authorise(Some(&asking.principal), Action::ReadFamily, &resource, asking.now) {
        Decision::Allowed(allowed) => {
            allowed.sight(asking.reason.is_some()).is_some_and(|sight| sight.shows(protection))
        }
        Decision::Refused(_) => false,
    }
}

/// The records of members, as far as they may be known of, and where their ids lead.
struct Records {
    merges: Merges,
    known: BTreeMap<PersonId, RecordShown>,
}

async fn records(
    reader: &mut (dyn PersonReader + '_),
    asking: &Asking,
    of: PersonId,
    stored: &[StoredFamily],
) -> Result<Records, StoreError> {
    let members = stored
        .iter()
        .flat_map(|one| one.family.members().keys().copied().filter(|member| one.family.has_record(*member)));
    let members: Vec<PersonId> = members.collect();
    let merges = known::joins(reader, &asking.asker.actor, &members).await?;
    let mut others: Vec<PersonId> = members.iter().map(|id| merges.lead(*id).to).collect();
    others.sort();
    others.dedup();
    others.retain(|id| *id != of);
    let mut episodes = known::episodes(reader, asking, &merges, &others).await?;
    let mut known = BTreeMap::new();
    for id in others {
        let Some(found) = reader.find(&asking.asker.actor, id).await? else { continue };
        let facts = episodes.remove(&id).unwrap_or_default();
        let readable = match reach(asking, &found.person, &facts) {
            Reach::Record => true,
            Reach::Existence => false,
            Reach::WithReason | Reach::Ask(_) => continue,
        };
        let record = RecordShown {
            name: shown_name(&found.person).map(written),
            readable,
            episodes: may_open(asking, &found.person, &facts),
            held_by: holders(asking, &found.person, &facts).into_iter().collect(),
        };
        known.insert(id, record);
    }
    Ok(Records { merges, known })
}
