//! What may no longer be kept is erased, what has to be kept is not, and the list says beforehand which is which.

use std::{collections::BTreeSet, sync::Arc};

use assessment_people::{
    access::{Action, Grant, Scope, Sections},
    episode::{Closure, ClosureReason, Episode},
    id::{EpisodeId, PersonId, VersionId},
    matching::NotTheSame,
    merge::Merges,
    moment::Moment,
    person::{Birth, Person},
    protection::Protection,
    retention::{Kept, Periods, Verdict},
    who::{Organisation, Reason, Stamp, Subject, Who},
};
use assessment_server::{
    actor::Actor,
    drafts::{Expected, save},
    identifier::AssessmentId,
    retention::{self, Line},
    store::{
        Store, StoreError,
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

use super::{actor, at, content, draft, draft_id, people::person, receipt, work};
use crate::store::Harness;

const TODAY: Date = date(2026, 11, 23);

/// The moment of every run here.
fn now() -> Timestamp {
    at("2026-11-23T12:00:00Z")
}

/// A birth that makes a record due today, and one that does not.
const DUE: Birth = Birth::on(date(2001, 11, 23));
const YOUNG: Birth = Birth::on(date(2019, 5, 4));

fn office() -> Organisation {
    Organisation::new("North").expect("an organisation")
}

/// The author of every episode here, whom each of them concerns.
fn author() -> Asker {
    let subject = Subject::new("https://issuer.example", "one").expect("a subject");
    Asker { actor: actor(), subject, organisation: Some(office()), authority: true }
}

fn episode_id(number: u128) -> EpisodeId {
    EpisodeId::from_uuid(Uuid::from_u128(number))
}

fn child_id(number: u128) -> PersonId {
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
        episode = episode.close(closure, stamp).expect("closed");
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
async fn join(store: &dyn Store, kept: u128, merged: u128) {
    let mut unit = work(store).await;
    let mut people = unit.people();
    let into = people.find(&actor(), child_id(kept)).await.expect("an answer").expect("a child");
    let from = people.find(&actor(), child_id(merged)).await.expect("an answer").expect("a child");
    let mut merge = Merges::default()
        .merge(&into.person, &from.person, date(2024, 1, 1), actor().id())
        .expect("two records");
    merge.number = people.next_merge(&actor()).await.expect("a number");
    people.add_merge(&actor(), &merge, now()).await.expect("added");
    people.replace(&actor(), &merge.result, into.revision, now()).await.expect("replaced");
    people.withdraw(&actor(), from.person.id).await.expect("withdrawn");
    drop(people);
    let action = AuditAction::Person(Action::MergePeople, into.person.id);
    unit.save(&actor(), action, now()).await.expect("saved");
}

fn hold(episode: u128, until: Option<Date>) -> StoredHold {
    StoredHold {
        id: format!("hold-{episode}"),
        episode: episode_id(episode),
        until,
        reason: "An inquiry asked for it.".to_owned(),
        placed_at: at("2026-11-20T09:00:00Z"),
    }
}

async fn place(store: &dyn Store, hold: &StoredHold) {
    let mut unit = work(store).await;
    assert_eq!(unit.retention().lock(&author(), hold.episode, &[]).await, Ok(true));
    unit.retention().place(&author(), hold).await.expect("placed");
    let action = AuditAction::Episode(Action::PlaceHold, hold.episode);
    unit.save(&actor(), action, now()).await.expect("saved");
}

pub(crate) async fn ask(store: &dyn Store, episode: u128, child: u128) -> StoredRequest {
    let request = StoredRequest {
        id: format!("request-{episode}"),
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

async fn listed(store: &dyn Store) -> Vec<Line> {
    retention::list(store, &Periods::usual(), now()).await.expect("a list").0
}

async fn run(store: &dyn Store) -> retention::Done {
    retention::run(store, &Periods::usual(), now()).await.expect("a run")
}

/// What a list says that a run does.
type Plan = (Vec<(EpisodeId, BTreeSet<PersonId>)>, Vec<(EpisodeId, Kept)>);

fn planned(lines: &[Line]) -> Plan {
    let (mut goes, mut stays) = (Vec::new(), Vec::new());
    for line in lines {
        let id = line.stored.state.episode.id();
        match line.verdict {
            Verdict::Due { .. } if line.people_stay => goes.push((id, BTreeSet::new())),
            Verdict::Due { .. } => goes.push((id, line.people.clone())),
            Verdict::Kept(kept) => stays.push((id, kept)),
        }
    }
    (goes, stays)
}

fn done(outcome: &retention::Done) -> Plan {
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

async fn is_known(store: &dyn Store, child: u128) -> bool {
    let mut view = store.view().await.expect("a view");
    view.people().find(&actor(), child_id(child)).await.expect("an answer").is_some()
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
            (episode_id(1), Kept::AccessRequest { since: date(2026, 11, 20) }),
            (episode_id(2), Kept::Hold),
            (episode_id(6), Kept::Open),
            (episode_id(7), Kept::BirthNotKnown),
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
    assert_eq!(done(&outcome), (Vec::new(), vec![(episode_id(1), Kept::Hold)]));
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

fn to_erase(number: u128) -> ToErase {
    ToErase {
        episode: episode_id(number),
        people: BTreeSet::from([child_id(number)]),
        because: ErasedBecause::Decided,
        due_on: None,
        today: TODAY,
    }
}

/// Whether the database lets it go by the way that erases, although nobody has asked whether it may.
async fn is_let_go(store: &dyn Store, what: &ToErase) -> bool {
    let mut unit = work(store).await;
    unit.retention().lock(&author(), what.episode, &[]).await.expect("locked");
    let outcome = unit.retention().erase_episode(&author(), what, now()).await;
    unit.cancel().await.expect("cancelled");
    match outcome {
        Ok(()) => true,
        Err(StoreError::Unavailable(_)) => false,
        Err(other) => panic!("{other}"),
    }
}

pub(in crate::store) async fn the_database_itself_keeps_what_is_on_hold_or_asked_for_a15(
    harness: impl Harness,
) {
    let store = harness.store();
    for number in 1..=4 {
        add(&*store, due(number)).await;
    }
    place(&*store, &hold(1, Some(TODAY))).await;
    place(&*store, &hold(2, Some(date(2026, 11, 22)))).await;
    let request = ask(&*store, 3, 3).await;
    assert!(!is_let_go(&*store, &to_erase(1)).await, "until today, the day included");
    assert!(is_let_go(&*store, &to_erase(2)).await, "over since yesterday");
    assert!(!is_let_go(&*store, &to_erase(3)).await, "asked for");
    let without_people = ToErase { people: BTreeSet::new(), ..to_erase(3) };
    assert!(!is_let_go(&*store, &without_people).await, "asked for by the child of the episode");
    assert!(is_let_go(&*store, &to_erase(4)).await);
    let too_much = ToErase { people: BTreeSet::from([child_id(4), child_id(2)]), ..to_erase(4) };
    assert!(!is_let_go(&*store, &too_much).await, "another episode needs the second child");

    let mut unit = work(&*store).await;
    unit.retention().lift(&author(), "hold-1", "The inquiry has ended.", now()).await.expect("lifted");
    let again = unit.retention().close_request(&author(), &request.id, "Answered.", now()).await;
    again.expect("closed");
    let action = AuditAction::Episode(Action::LiftHold, episode_id(1));
    unit.save(&actor(), action, now()).await.expect("saved");
    assert!(is_let_go(&*store, &to_erase(1)).await);
    assert!(is_let_go(&*store, &to_erase(3)).await);
    let mut unit = work(&*store).await;
    let again = unit.retention().lift(&author(), "hold-1", "Again.", now()).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    drop(unit);
    // Erasing leaves nothing behind that would let others delete.
    for (attempt, outcome) in harness.tamper().await {
        if ["assessments", "episodes", "people", "grants"].iter().any(|table| attempt.ends_with(table)) {
            outcome.expect_err(attempt);
        }
    }
}

pub(in crate::store) async fn a_child_s_record_stays_as_long_as_another_episode_needs_it_a15(
    harness: impl Harness,
) {
    let store = harness.store();
    // Two episodes of one child, and a third whose child turned out to be the same.
    let second = Made { child: 1, ..due(2) };
    for made in [due(1), second, due(3), due(4)] {
        add(&*store, made).await;
    }
    join(&*store, 1, 3).await;
    let mut unit = work(&*store).await;
    let [one, other] = [person(1, "a", "b"), person(4, "a", "c")];
    let apart = NotTheSame::decide(&one, &other, TODAY, actor().id()).expect("decided");
    unit.people().add_decision(&actor(), &apart, now()).await.expect("added");
    unit.save(&actor(), AuditAction::Person(Action::KeepApart, one.id), now()).await.expect("saved");

    place(&*store, &hold(3, None)).await;
    let everybody = BTreeSet::from([child_id(1), child_id(3)]);
    let lines = listed(&*store).await;
    let goes = vec![
        (episode_id(1), BTreeSet::new()),
        (episode_id(2), BTreeSet::new()),
        (episode_id(4), BTreeSet::from([child_id(4)])),
    ];
    assert_eq!(planned(&lines), (goes, vec![(episode_id(3), Kept::Hold)]));
    assert_eq!(done(&run(&*store).await), planned(&lines));
    assert!(is_known(&*store, 1).await && is_known(&*store, 3).await);

    let mut unit = work(&*store).await;
    unit.retention().lift(&author(), "hold-3", "Over.", now()).await.expect("lifted");
    unit.save(&actor(), AuditAction::Episode(Action::LiftHold, episode_id(3)), now()).await.expect("saved");
    let lines = listed(&*store).await;
    assert_eq!(planned(&lines), (vec![(episode_id(3), everybody)], Vec::new()));
    assert_eq!(done(&run(&*store).await), planned(&lines));
    assert!(!is_known(&*store, 1).await && !is_known(&*store, 3).await);
    let mut view = store.view().await.expect("a view");
    let ids = [child_id(1), child_id(3), child_id(4)];
    assert_eq!(view.people().merges(&actor(), &ids).await, Ok(Vec::new()));
    assert_eq!(view.people().decisions(&actor(), &ids).await, Ok(Vec::new()));
    drop(view);
    harness.verify(&[]).await.expect("the trail is whole");
}

/// A small generator, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_in(&mut self, number: u64) -> bool {
        self.below(number) == 0
    }
}

pub(in crate::store) async fn a_run_erases_exactly_what_the_list_says_a15(harness: impl Harness) {
    let store = harness.store();
    let mut random = Random(20_261_123);
    let births = [DUE, DUE, Birth::on(date(1999, 1, 1)), YOUNG, Birth::NotKnown, Birth::Year { year: 2001 }];
    let mut next = 1;
    let mut erased = 0;
    for round in 0..8 {
        let first = next;
        for number in first..first + 6 {
            let born = births[usize::try_from(random.below(6)).expect("small")];
            let child = if number > first && random.one_in(3) { number - 1 } else { number };
            let child = if is_known(&*store, child).await || child == number { child } else { number };
            add(&*store, Made { number, child, born, closed: !random.one_in(5) }).await;
            if random.one_in(4) {
                let until =
                    (!random.one_in(2)).then_some(if random.one_in(2) { TODAY } else { date(2026, 11, 1) });
                place(&*store, &hold(number, until)).await;
            }
            if random.one_in(6) {
                ask(&*store, number, child).await;
            }
        }
        next = first + 6;
        if random.one_in(2) && is_known(&*store, first).await && is_known(&*store, first + 5).await {
            join(&*store, first, first + 5).await;
        }
        let plan = planned(&listed(&*store).await);
        let outcome = run(&*store).await;
        let (mut goes, mut stays) = done(&outcome);
        goes.sort();
        stays.sort();
        assert_eq!((goes, stays), plan, "round {round}");
        erased += outcome.episodes.len();
        let gone = planned(&listed(&*store).await).0;
        assert_eq!(gone, Vec::new(), "nothing is left that is due");
    }
    assert!(erased > 8, "{erased} of {next} were due");
    let list = retention::erased(&*store).await.expect("a list");
    assert_eq!(list.len(), erased);
    harness.verify(&[]).await.expect("the trail is whole");
}

pub(in crate::store) async fn what_was_erased_is_erased_again_after_a_backup_was_restored(
    harness: impl Harness,
) {
    let store = harness.store();
    for number in [1, 2, 3] {
        add(&*store, due(number)).await;
    }
    save(&*store, &actor(), draft_id(9), Expected::Nothing, &content(1), at("2026-01-01T09:00:00Z"))
        .await
        .expect("saved");
    let outcome = run(&*store).await;
    assert_eq!((outcome.episodes.len(), outcome.drafts.as_slice()), (3, [draft_id(9)].as_slice()));
    let list = retention::erased(&*store).await.expect("a list");
    assert_eq!(list.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3, 4]);

    // A store as it was before, but for one that has an order to keep it.
    let restored = harness.another().await;
    let store = restored.store();
    for number in [1, 2] {
        add(&*store, due(number)).await;
    }
    save(&*store, &actor(), draft_id(9), Expected::Nothing, &content(1), at("2026-01-01T09:00:00Z"))
        .await
        .expect("saved");
    place(&*store, &hold(2, None)).await;
    let outcome = retention::reapply(&*store, &list, now()).await.expect("done");
    assert_eq!((outcome.erased, outcome.gone), (2, 1));
    assert_eq!(outcome.kept, [(episode_id(2).to_string(), Kept::Hold)]);
    let left = retention::erased(&*store).await.expect("a list");
    assert_eq!(left[0].because, ErasedBecause::Reapplied);
    let again = retention::reapply(&*store, &list, now()).await.expect("done");
    assert_eq!((again.erased, again.gone), (0, 3), "it can be repeated");
    assert!(draft(&*store, &actor(), draft_id(9)).await.is_none());
    restored.verify(&[]).await.expect("the trail is whole");
}

pub(in crate::store) async fn drafts_that_nobody_has_saved_for_ninety_days_go(harness: impl Harness) {
    let store = harness.store();
    // 90 days after 25 August is 23 November. The day begins at midnight in England, an hour before midnight in UTC.
    for (number, who, saved) in [
        (1, "practitioner-1", "2026-08-25T22:59:59Z"),
        (2, "practitioner-2", "2026-08-25T23:00:00Z"),
        (3, "practitioner-2", "2026-08-20T09:00:00Z"),
    ] {
        let who = Actor::new(who);
        save(&*store, &who, draft_id(number), Expected::Nothing, &content(1), at(saved))
            .await
            .expect("saved");
    }
    let (_, drafts) = retention::list(&*store, &Periods::usual(), now()).await.expect("a list");
    assert_eq!(drafts, [draft_id(1), draft_id(3)]);
    assert_eq!(run(&*store).await.drafts, drafts);
    let other = Actor::new("practitioner-2");
    assert!(draft(&*store, &other, draft_id(2)).await.is_some());
    assert!(draft(&*store, &other, draft_id(3)).await.is_none());
    harness.verify(&[]).await.expect("the trail is whole");
}
