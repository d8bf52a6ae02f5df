//! "Not the same child": a decision about two people, which holds for both until a fact that mattered changes.

use assessment_people::{access::Action, id::PersonId, matching::NotTheSame};

use super::{Asking, NotDone, noted, reading};
use crate::store::{Store, audit::AuditAction};

/// Stores that two people are not one.
///
/// # Errors
/// There is no such person, they may not, or both ids are one person's.
pub(crate) async fn keep_apart(
    store: &dyn Store,
    asking: &Asking,
    one: PersonId,
    other: PersonId,
) -> Result<NotTheSame, NotDone> {
    noted(store, asking, decide(store, asking, one, other).await).await
}

async fn decide(
    store: &dyn Store,
    asking: &Asking,
    one: PersonId,
    other: PersonId,
) -> Result<NotTheSame, NotDone> {
    let actor = &asking.asker.actor;
    let mut unit = store.begin().await?;
    let decision = {
        let mut people = unit.people();
        let (one, _) = reading::found(&mut *people, asking, Action::KeepApart, one).await?;
        let (other, _) = reading::found(&mut *people, asking, Action::KeepApart, other).await?;
        let decision = NotTheSame::decide(&one.person, &other.person, asking.today(), actor.id());
        let decision = decision.ok_or(NotDone::OnePerson)?;
        people.add_decision(actor, &decision, asking.at).await?;
        decision
    };
    let [first, second] = decision.people();
    let because = asking.reason.as_ref();
    unit.note(actor, AuditAction::Person(Action::KeepApart, first), asking.at, because).await?;
    let last = AuditAction::Person(Action::KeepApart, second);
    unit.save_because(actor, last, asking.at, because).await?;
    Ok(decision)
}
