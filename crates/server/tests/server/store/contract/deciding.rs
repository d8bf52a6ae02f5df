//! An episode about which people said and decided things that it no longer says itself.

use assessment_people::{
    access::Action,
    episode::{Closure, ClosureReason, Excluded, RiskCheck, StillOpen},
    id::NoteId,
    moment::Moment,
    note::{Note, NoteKind, Said},
    protection::Protection,
    who::{Organisation, Reason, Stamp, Who},
};
use assessment_server::store::{Store, audit::AuditAction};
use uuid::Uuid;

use super::{
    actor,
    retention::{author, episode_id, hold, now, place},
    work,
};

/// What [`say_and_decide`] says.
pub(crate) const SAID: [&str; 8] = [
    "Sentinel has a teal suitcase.",
    "Sentinel came back.",
    "everybody of South",
    "Sentinel asked for South.",
    "Sentinel moved to Hull.",
    "Sentinel is seen daily.",
    "Sentinel rang again.",
    "An inquiry asked for it.",
];

/// Adds a note that few may see to a closed episode, opens it again, keeps it from somebody and takes that back, closes it
/// and opens it once more, and orders to keep it.
pub(crate) async fn say_and_decide(store: &dyn Store, number: u128) {
    let (id, who) = (episode_id(number), author());
    let organisation = who.organisation.clone().expect("an organisation");
    let stamp = Stamp {
        by: Who { subject: who.subject.clone(), organisation: organisation.clone() },
        at: Moment::new(now()),
    };
    let reason = |words: &str| Reason::new(words).expect("a reason");
    let south = Excluded::Organisation(Organisation::new("South").expect("an organisation"));
    let said = Said {
        kind: NoteKind::Safeguarding,
        section: None,
        protection: Protection::Shielded,
        words: SAID[0].to_owned(),
    };
    let note = NoteId::from_uuid(Uuid::from_u128(number));
    let note = Note::new(note, said, who.subject.clone(), Some(organisation), stamp.at).expect("a note");

    let mut unit = work(store).await;
    unit.notes().add(&who, id, &note, now()).await.expect("added");
    let stored = unit.episodes().find(&who, id).await.expect("an answer").expect("an episode");
    let (mut state, mut revision) = (stored.state, stored.revision);
    let check = RiskCheck {
        checked: stamp.clone(),
        suggested: "R2".to_owned(),
        rules: "1".to_owned(),
        why_safe: reason(SAID[5]),
    };
    let closure = Closure::new(ClosureReason::NotEngaged, Some(reason(SAID[4])), Some(check));
    let closure = closure.expect("complete");
    let first = state.episode.clone().reopen(reason(SAID[1]), stamp.clone()).expect("open");
    let second = first.clone().exclude(south.clone(), stamp.clone()).expect("excluded");
    let third = second.clone().lift_exclusion(south, reason(SAID[3]), stamp.clone()).expect("lifted");
    let fourth = third.clone().close(closure, &StillOpen::new(), stamp.clone()).expect("closed");
    let fifth = fourth.clone().reopen(reason(SAID[6]), stamp).expect("open");
    for next in [first, second, third, fourth, fifth] {
        state.episode = next;
        unit.episodes().replace(&who, &state, revision, now()).await.expect("replaced");
        revision += 1;
    }
    unit.save(&actor(), AuditAction::Episode(Action::Reopen, id), now()).await.expect("saved");
    place(store, &hold(number, None)).await;
}
