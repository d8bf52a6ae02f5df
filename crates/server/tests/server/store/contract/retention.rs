//! What may no longer be kept is erased, what has to be kept is not, and the list says beforehand which is which.

use std::{collections::BTreeSet, sync::Arc};

use assessment_people::{
    access::{Action, Grant, Scope, Sections},
    episode::{Closure, ClosureReason, Episode, StillOpen},
    id::{EpisodeId, PersonId, VersionId},
    merge::Merges,
    moment::Moment,
    person::{Birth, Person},
    protection::Protection,
    retention::{Obstacle, Periods, Verdict},
    who::{Organisation, Reason, Stamp, Subject, Who},
};
use assessment_server::{
    identifier::AssessmentId,
    retention::{self, Line},
    store::{
        Store,
        audit::AuditAction,
        episodes::{Asker, EpisodeState, Key, Listed, StoredGrant},
        retention::{ErasedBecause, ErasedKind, StoredHold, StoredRequest, ToErase},
    },
};
use jiff::{
    Timestamp,
    civil::{Date, date},
};
use uuid::Uuid;

use super::{actor, at, people::person, receipt, work};
use crate::store::Harness;

pub(super) const TODAY: Date = date(2026, 11, 23);

/// The moment of every run here.
pub(super) fn now() -> Timestamp {
    at("2026-11-23T12:00:00Z")
}

/// A birth that makes a record due today, and one that does not.
pub(super) const DUE: Birth = Birth::on(date(2001, 11, 23));
pub(super) const YOUNG: Birth = Birth::on(date(2019, 5, 4));

fn office() -> Organisation {
    Organisation::new("North").expect("an organisation")
}

/// The author of every episode here, whom each of them concerns.
pub(super) fn author() -> Asker {
    let subject = Subject::new("https://issuer.example", "one").expect("a subject");
    Asker { actor: actor(), subject, organisation: Some(office()), authority: true }
}

pub(super) fn episode_id(number: u128) -> EpisodeId {
    EpisodeId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn child_id(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

/// An episode to store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Made {
    /// Its number. Its key is `key-` and the number.
    pub(crate) number: u128,
    /// The number of the child, who is stored unless somebody else's episode did so.
    pub(crate) child: u128,
    /// When the child was born.
    pub(crate) born: Birth,
    /// Whether it was closed.
    pub(crate) closed: bool,
}

/// A closed episode of a child who is 25 today.
pub(crate) const fn due(number: u128) -> Made {
    Made { number, child: number, born: DUE, closed: true }
}

/// Stores an episode with a version, a receipt, a grant and a reason for a look. Gives the id of the version.
pub(crate) async fn add(store: &dyn Store, made: Made) -> AssessmentId {
    let Made { number, child, born, closed } = made;
    let small = u32::try_from(number).expect("a small number");
    let mut new = super::assessment(small % 60);
    new.reference = format!("CAF{small}");
    let (id, who) = (episode_id(number), author());
    let by = Who { subject: who.subject.clone(), organisation: office() };
    let begun = at("2020-01-01T09:00:00Z");
    let stamp = Stamp { by: by.clone(), at: Moment::new(begun) };
    let mut episode = Episode::open(id, child_id(child), office(), stamp.clone());
    if closed {
        let closure = Closure::new(ClosureReason::NeedsMet, None, None).expect("complete");
        episode = episode.close(closure, &StillOpen::new(), stamp).expect("closed");
    }
    let listed = Listed {
        reference: new.reference.clone(),
        child_name: Some("Sentinel Marigold".to_owned()),
        headline: None,
        urgent: false,
        due_on: None,
    };
    let state = EpisodeState { episode, protection: Protection::Ordinary, listed };
    let scope = Scope { sections: Sections::ALL, up_to: Protection::Shielded };
    let grant = Grant::on_starting(id, by, scope, Moment::new(begun));
    let grant = StoredGrant { id: Uuid::from_u128(number).to_string(), revision: 1, grant };
    let concerns = BTreeSet::from([Key::person(&who.subject), Key::organisation(&office())]);
    let version = VersionId::parse(&new.id.to_string()).expect("an id");

    let mut unit = work(store).await;
    unit.assessments().add(&actor(), &new).await.expect("added");
    unit.receipts().add(&actor(), &format!("key-{number}"), new.id, &receipt(&new)).await.expect("added");
    let known = unit.people().find(&actor(), child_id(child)).await.expect("an answer").is_some();
    if !known {
        let whole = Person { birth: born, ..person(child, "Sentinel", "Marigold") };
        unit.people().add(&actor(), &whole, begun).await.expect("added");
    }
    unit.episodes().add(&who, &state, &concerns, begun).await.expect("added");
    unit.episodes().add_version(&who, id, version, 1).await.expect("added");
    unit.episodes().add_grant(&who, &grant, begun).await.expect("added");
    let reason = Reason::new("Sentinel Marigold rang.");
    let action = AuditAction::Episode(Action::ReadEpisode, id);
    unit.save_because(&actor(), action, begun, reason.as_ref()).await.expect("saved");
    new.id
}

/// Stores an episode that an order and a request keep.
pub(in crate::store) async fn add_with_hold_and_request(store: &dyn Store, number: u128) {
    add(store, due(number)).await;
    place(store, &hold(number, None)).await;
    ask(store, number, number).await;
}

/// Joins the record of one child into another's, too long ago to be taken back.
pub(super) async fn join(store: &dyn Store, kept: u128, merged: u128) {
    join_at(store, kept, merged, now()).await;
}

/// The same, stored at that moment.
pub(super) async fn join_at(store: &dyn Store, kept: u128, merged: u128, when: Timestamp) {
    let mut unit = work(store).await;
    let mut people = unit.people();
    let into = people.find(&actor(), child_id(kept)).await.expect("an answer").expect("a child");
    let from = people.find(&actor(), child_id(merged)).await.expect("an answer").expect("a child");
    let mut merge = Merges::default()
        .merge(&into.person, &from.person, date(2024, 1, 1), actor().id())
        .expect("two records");
    merge.number = people.next_merge(&actor()).await.expect("a number");
    people.add_merge(&actor(), &merge, when).await.expect("added");
    people.replace(&actor(), &merge.result, into.revision, when).await.expect("replaced");
    people.withdraw(&actor(), from.person.id).await.expect("withdrawn");
    drop(people);
    let action = AuditAction::Person(Action::MergePeople, into.person.id);
    unit.save(&actor(), action, when).await.expect("saved");
}

pub(super) fn hold(episode: u128, until: Option<Date>) -> StoredHold {
    StoredHold {
        id: format!("hold-{episode}"),
        episode: episode_id(episode),
        until,
        reason: "An inquiry asked for it.".to_owned(),
        placed_at: at("2026-11-20T09:00:00Z"),
    }
}

pub(super) async fn place(store: &dyn Store, hold: &StoredHold) {
    let mut unit = work(store).await;
    assert_eq!(unit.retention().lock(&author(), hold.episode, &[]).await, Ok(true));
    unit.retention().place(&author(), hold).await.expect("placed");
    let action = AuditAction::Episode(Action::PlaceHold, hold.episode);
    unit.save(&actor(), action, now()).await.expect("saved");
}

/// The id of the request that [`ask`] makes about an episode.
pub(crate) fn request_id(episode: u128) -> String {
    Uuid::from_u128(0xa5 << 120 | episode).to_string()
}

pub(crate) async fn ask(store: &dyn Store, episode: u128, child: u128) -> StoredRequest {
    let request = StoredRequest {
        id: request_id(episode),
        episode: episode_id(episode),
        person: child_id(child),
        received_on: date(2026, 11, 20),
        opened_at: at("2026-11-20T09:00:00Z"),
    };
    let mut unit = work(store).await;
    unit.retention().open_request(&author(), &request).await.expect("opened");
    let action = AuditAction::Episode(Action::ExportSubjectAccess, request.episode);
    unit.save(&actor(), action, now()).await.expect("saved");
    request
}

pub(super) async fn listed(store: &dyn Store) -> Vec<Line> {
    retention::list(store, &Periods::usual(), now()).await.expect("a list").episodes
}

pub(super) async fn run(store: &dyn Store) -> retention::Done {
    retention::run(store, &Periods::usual(), now()).await.expect("a run")
}

/// What a list says that a run does.
pub(super) type Plan = (Vec<(EpisodeId, BTreeSet<PersonId>)>, Vec<(EpisodeId, Obstacle)>);

pub(super) fn planned(lines: &[Line]) -> Plan {
    let (mut goes, mut stays) = (Vec::new(), Vec::new());
    for line in lines {
        let id = line.stored.state.episode.id();
        match line.verdict {
            Verdict::Due { .. } if line.people_stay => goes.push((id, BTreeSet::new())),
            Verdict::Due { .. } => goes.push((id, line.people.clone())),
            Verdict::Retained(kept) => stays.push((id, kept)),
        }
    }
    (goes, stays)
}

pub(super) fn done(outcome: &retention::Done) -> Plan {
    let goes = outcome.episodes.iter().map(|one| (one.episode, one.people.clone())).collect();
    (goes, outcome.kept.clone())
}

/// Whether episode, record, receipt and child are all there, or none of them is.
async fn is_there(store: &dyn Store, made: Made, version: AssessmentId) -> bool {
    let mut view = store.view().await.expect("a view");
    let key = format!("key-{}", made.number);
    let episode = view.episodes().find(&author(), episode_id(made.number)).await.expect("an answer");
    let assessment = view.assessments().find(&actor(), version).await.expect("an answer");
    let receipt = view.receipts().find(&actor(), &key).await.expect("an answer");
    let grants = view.episodes().grants_to(&author()).await.expect("grants");
    let granted = grants.iter().any(|one| one.grant.terms().episode == episode_id(made.number));
    let found = [episode.is_some(), assessment.is_some(), receipt.is_some(), granted];
    assert!(found.iter().all(|one| *one == found[0]), "{}: {found:?}", made.number);
    found[0]
}

pub(super) async fn is_known(store: &dyn Store, child: u128) -> bool {
    let mut view = store.view().await.expect("a view");
    view.people().find(&actor(), child_id(child)).await.expect("an answer").is_some()
}

/// Takes the join of that number back, on the last day on which that can be done.
pub(super) async fn part(store: &dyn Store, kept: u128, number: u64) {
    part_at(store, kept, number, now()).await;
}

/// The same, stored at that moment.
pub(super) async fn part_at(store: &dyn Store, kept: u128, number: u64, when: Timestamp) {
    let mut unit = work(store).await;
    let mut people = unit.people();
    let now_kept = people.find(&actor(), child_id(kept)).await.expect("an answer").expect("a child");
    let merges = Merges::of(people.merges(&actor(), &[child_id(kept)]).await.expect("joins"));
    let (merge, apart) =
        merges.undo(number, &now_kept.person, date(2024, 1, 31), actor().id()).expect("it can be");
    let other = people.find(&actor(), merge.merged.id).await.expect("an answer").expect("a child");
    people.add_undone(&actor(), &merge, when).await.expect("added");
    people.replace(&actor(), &apart.kept, now_kept.revision, when).await.expect("replaced");
    people.replace(&actor(), &apart.merged, other.revision, when).await.expect("replaced");
    drop(people);
    let action = AuditAction::Person(Action::UndoMergePeople, child_id(kept));
    unit.save(&actor(), action, when).await.expect("saved");
}

pub(in crate::store) async fn what_is_due_goes_and_what_has_to_be_kept_stays_a15(harness: impl Harness) {
    let store = harness.store();
    // The first is asked for, the second on hold, the third the eldest of three.
    let all = [
        due(1),
        due(2),
        due(3),
        Made { born: YOUNG, ..due(4) },
        Made { born: Birth::Year { year: 2010 }, ..due(5) },
        Made { closed: false, ..due(6) },
        Made { born: Birth::NotKnown, ..due(7) },
    ];
    let mut versions = Vec::new();
    for made in all {
        versions.push(add(&*store, made).await);
    }
    ask(&*store, 1, 1).await;
    place(&*store, &hold(2, None)).await;

    let lines = listed(&*store).await;
    let expected: Plan = (
        vec![(episode_id(3), BTreeSet::from([child_id(3)]))],
        vec![
            (episode_id(1), Obstacle::AccessRequest { since: date(2026, 11, 20) }),
            (episode_id(2), Obstacle::Hold),
            (episode_id(6), Obstacle::Open),
            (episode_id(7), Obstacle::BirthNotKnown),
        ],
    );
    assert_eq!(planned(&lines), expected);
    let outcome = run(&*store).await;
    assert_eq!(done(&outcome), expected, "the list said so");
    for (made, version) in all.into_iter().zip(&versions) {
        assert_eq!(is_there(&*store, made, *version).await, made.number != 3, "{}", made.number);
        assert_eq!(is_known(&*store, made.child).await, made.number != 3);
    }
    // The brothers and sisters are found as before.
    let mut view = store.view().await.expect("a view");
    let found = view.episodes().find(&author(), episode_id(4)).await.expect("an answer").expect("there");
    assert_eq!(found.revision, 1);
    let left = view.retention().tombstone(&author(), episode_id(3)).await.expect("an answer").expect("one");
    assert_eq!((left.kind, left.because), (ErasedKind::Episode, ErasedBecause::Due));
    assert_eq!((left.due_on, left.erased_on), (Some(TODAY), TODAY));
    assert_eq!((left.versions, left.people), (vec![versions[2].to_string()], vec![child_id(3).to_string()]));
    drop(view);
    harness.verify(&[]).await.expect("the trail is whole");
    // Nothing is erased twice.
    assert_eq!(run(&*store).await.episodes, []);
}

pub(in crate::store) async fn a_hold_that_is_placed_while_a_run_goes_on_counts_a15(harness: impl Harness) {
    let store = harness.store();
    let version = add(&*store, due(1)).await;
    assert_eq!(planned(&listed(&*store).await).0.len(), 1, "the list was made before");
    let mut unit = work(&*store).await;
    assert_eq!(unit.retention().lock(&author(), episode_id(1), &[]).await, Ok(true));
    let running = tokio::spawn({
        let store = Arc::clone(&store);
        async move { run(&*store).await }
    });
    unit.retention().place(&author(), &hold(1, None)).await.expect("placed");
    tokio::task::yield_now().await;
    let action = AuditAction::Episode(Action::PlaceHold, episode_id(1));
    unit.save(&actor(), action, now()).await.expect("saved");
    let outcome = running.await.expect("it ends");
    assert_eq!(done(&outcome), (Vec::new(), vec![(episode_id(1), Obstacle::Hold)]));
    assert!(is_there(&*store, due(1), version).await);

    // The other way round: nothing can be held that goes.
    let version = add(&*store, due(2)).await;
    let mut unit = work(&*store).await;
    let what = to_erase(2);
    assert_eq!(unit.retention().lock(&author(), what.episode, &[child_id(2)]).await, Ok(true));
    unit.retention().erase_episode(&author(), &what, now()).await.expect("erased");
    let placing = tokio::spawn({
        let store = Arc::clone(&store);
        async move {
            let mut unit = work(&*store).await;
            unit.retention().lock(&author(), episode_id(2), &[]).await
        }
    });
    tokio::task::yield_now().await;
    let action = AuditAction::Episode(Action::Erase, episode_id(2));
    unit.save(&actor(), action, now()).await.expect("saved");
    assert_eq!(placing.await.expect("it ends"), Ok(false));
    assert!(!is_there(&*store, due(2), version).await);
}

pub(super) fn to_erase(number: u128) -> ToErase {
    ToErase {
        episode: episode_id(number),
        people: BTreeSet::from([child_id(number)]),
        because: ErasedBecause::Decided,
        due_on: None,
        today: TODAY,
    }
}
