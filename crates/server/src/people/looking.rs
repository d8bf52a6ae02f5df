//! Looking for people: by what somebody typed, or by what is known of a child. Both suggest; neither stops anybody.

use std::collections::BTreeSet;

use assessment_people::{
    access::Action,
    id::{EpisodeId, PersonId},
    matching::{self, NotTheSame, Query, Reason, Search, Strength, without_decided},
    merge::Merges,
    person::Person,
    who::Organisation,
};

use super::{
    Asking, NotDone, known, noted,
    reach::{Reach, holders, may_open, reach},
};
use crate::store::{
    Store,
    audit::AuditAction,
    people::{PersonReader, StoredPerson},
};

/// How many candidates are compared at most, those that share most with the question first.
pub(super) const MAX_COMPARED: u32 = 1_000;

/// How many are compared at most with what somebody typed into the search: a family name alone is that of very many, and 20
/// of them are shown.
const MAX_SEARCHED: u32 = 200;

/// How many people are shown at most. Nobody reads further, and each is an entry in the audit trail.
const MAX_SHOWN: usize = 20;

/// For how many matches at a time the store is asked who may see them.
const AT_ONCE: usize = 25;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Whom they may know of, the best match first.
    pub(crate) shown: Vec<Shown>,
    /// Whom to ask about others. Only the check for duplicates says so.
    pub(crate) ask: BTreeSet<Organisation>,
    /// About whom that is.
    hinted: Vec<PersonId>,
    /// Whether there are more than are shown.
    pub(crate) more: bool,
    /// Whether there are more who open only with a reason.
    pub(crate) more_with_reason: bool,
}

/// Somebody who is shown.
#[derive(Debug)]
pub(crate) struct Shown {
    /// Who.
    pub(crate) person: Person,
    /// Whether more than their existence may be shown.
    pub(crate) readable: bool,
    /// The organisations that hold an episode of theirs, as far as the one who looks may know of it.
    pub(crate) held_by: BTreeSet<Organisation>,
    /// Those of their episodes that may be opened.
    pub(crate) episodes: Vec<EpisodeId>,
    /// How strongly.
    pub(crate) strength: Strength,
    /// What speaks for it.
    pub(crate) reasons_for: Vec<Reason>,
    /// What speaks against it.
    pub(crate) reasons_against: Vec<Reason>,
    /// An earlier decision that they are not the same, with the name of who made it.
    pub(crate) earlier: Option<(NotTheSame, String)>,
}

/// About whom it is asked.
#[derive(Debug)]
pub(crate) enum About {
    /// A child of whom there is no record yet.
    Child(Box<Person>),
    /// A person who is stored.
    Stored(PersonId),
}

/// Looks for people by what somebody typed.
///
/// # Errors
/// They may not search, or nothing can be looked for.
pub(crate) async fn search(store: &dyn Store, asking: &Asking, text: &str) -> Result<Found, NotDone> {
    asking.may(Action::Search)?;
    let query = Query::search(Search::parse(text).map_err(NotDone::Search)?);
    let found = {
        let mut view = store.view().await?;
        let mut reader = view.people();
        look(&mut *reader, asking, Action::Search, &query, None).await?
    };
    close(store, asking, Action::Search, found).await
}

/// Looks for records that may be of the same child.
///
/// # Errors
/// They may not ask, or there is no such person.
pub(crate) async fn matches(store: &dyn Store, asking: &Asking, about: About) -> Result<Found, NotDone> {
    asking.may(Action::CheckDuplicates)?;
    let found = noted(store, asking, about_whom(store, asking, about).await).await?;
    close(store, asking, Action::CheckDuplicates, found).await
}

async fn about_whom(store: &dyn Store, asking: &Asking, about: About) -> Result<Found, NotDone> {
    let mut view = store.view().await?;
    let mut reader = view.people();
    let (child, decisions) = match about {
        About::Child(child) => (*child, Vec::new()),
        About::Stored(id) => {
            let (stored, _) = super::reading::found(&mut *reader, asking, Action::ReadPerson, id).await?;
            let decisions = reader.decisions(&asking.asker.actor, &[stored.person.id]).await?;
            (stored.person, decisions)
        }
    };
    let query = Query::about(&child);
    look(&mut *reader, asking, Action::CheckDuplicates, &query, Some((&child, &decisions))).await
}

async fn look(
    reader: &mut (dyn PersonReader + '_),
    asking: &Asking,
    action: Action,
    query: &Query,
    decided: Option<(&Person, &[NotTheSame])>,
) -> Result<Found, NotDone> {
    let most = if action == Action::Search { MAX_SEARCHED } else { MAX_COMPARED };
    let candidates = reader.candidates(&asking.asker.actor, &query.keys(), most).await?;
    let mut found =
        Found { more: u32::try_from(candidates.len()).is_ok_and(|count| count == most), ..Found::default() };
    let mut all = matching::find(query, candidates.iter().map(|stored: &StoredPerson| &stored.person));
    if let Some((about, decisions)) = decided {
        all = without_decided(about, all, decisions);
    }
    for some in all.chunks(AT_ONCE) {
        let ids: Vec<PersonId> = some.iter().map(|one| one.person.id).collect();
        let merges: Merges = known::joins(reader, &asking.asker.actor, &ids).await?;
        let mut episodes = known::episodes(reader, asking, &merges, &ids).await?;
        for one in some {
            let facts = episodes.remove(&one.person.id).unwrap_or_default();
            let readable = match reach(asking, one.person, &facts) {
                Reach::Record => true,
                Reach::Existence => false,
                Reach::WithReason => {
                    found.more_with_reason = true;
                    continue;
                }
                Reach::Ask(whom) => {
                    if action == Action::CheckDuplicates && !whom.is_empty() {
                        found.ask.extend(whom);
                        found.hinted.push(one.person.id);
                    }
                    continue;
                }
            };
            if found.shown.len() == MAX_SHOWN {
                found.more = true;
                return Ok(found);
            }
            found.shown.push(Shown {
                person: one.person.clone(),
                readable,
                episodes: may_open(asking, one.person, &facts),
                held_by: holders(asking, one.person, &facts),
                strength: one.strength,
                reasons_for: if readable { one.reasons_for.clone() } else { Vec::new() },
                reasons_against: if readable { one.reasons_against.clone() } else { Vec::new() },
                earlier: one.earlier.map(|decision| (decision.clone(), String::new())),
            });
        }
    }
    Ok(found)
}

/// Stores who was looked for by whom and who was shown; gives what was found only then.
async fn close(
    store: &dyn Store,
    asking: &Asking,
    action: Action,
    mut found: Found,
) -> Result<Found, NotDone> {
    let decided = found.shown.iter().filter_map(|one| Some(one.earlier.as_ref()?.0.by().to_owned()));
    let names = known::names(store, decided.collect()).await?;
    for one in &mut found.shown {
        if let Some((decision, by)) = &mut one.earlier {
            *by = known::name(&names, decision.by());
        }
    }
    let actor = &asking.asker.actor;
    let because = asking.reason.as_ref();
    let mut unit = store.begin().await?;
    for id in found.shown.iter().map(|one| one.person.id).chain(found.hinted.iter().copied()) {
        unit.note(actor, AuditAction::Person(action, id), asking.at, because).await?;
    }
    unit.save_because(actor, AuditAction::Own(action), asking.at, because).await?;
    Ok(found)
}
