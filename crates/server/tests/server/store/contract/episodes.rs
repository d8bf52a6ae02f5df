//! Episodes: found by those whom they concern, changed revision by revision, listed by what is urgent.

use std::collections::BTreeSet;

use assessment_people::{
    access::{Action, Grant, Scope, Sections, Why},
    episode::Episode,
    id::{EpisodeId, PersonId, ReferralId, VersionId},
    moment::Moment,
    protection::Protection,
    who::{Organisation, Reason, Stamp, Subject, Who},
};
use assessment_server::{
    actor::{Actor, Identity},
    startup::adopt,
    store::{
        Store, StoreError,
        audit::{AuditAction, AuditPage},
        episodes::{
            Asker, EpisodeState, Key, Listed, StoredEpisode, StoredGrant, WantedAccess, WantedEpisodes,
        },
        referrals::SentReferral,
    },
};
use uuid::Uuid;

use super::{actor, assessment, moment, other, submit, work};
use crate::store::Harness;

pub(super) fn organisation(code: &str) -> Organisation {
    Organisation::new(code).expect("an organisation")
}

pub(super) fn asker(actor: &Actor, sub: &str, code: &str, authority: bool) -> Asker {
    let subject = Subject::new("https://issuer.example", sub).expect("a subject");
    Asker { actor: actor.clone(), subject, organisation: Some(organisation(code)), authority }
}

/// The author of every episode here.
pub(super) fn author() -> Asker {
    asker(&actor(), "one", "North", false)
}

pub(super) fn state(number: u128, urgent: bool, due: Option<&str>) -> EpisodeState {
    let id = EpisodeId::from_uuid(Uuid::from_u128(number));
    let by = Who { subject: author().subject, organisation: organisation("North") };
    let stamp = Stamp { by, at: Moment::new(moment(1)) };
    let child = PersonId::from_uuid(Uuid::from_u128(number));
    EpisodeState {
        episode: Episode::open(id, child, organisation("North"), stamp),
        protection: Protection::Confidential,
        listed: Listed {
            reference: format!("CAF{number}"),
            child_name: Some("Teddy Example".to_owned()),
            headline: None,
            urgent,
            due_on: due.map(|day| day.parse().expect("a day")),
        },
    }
}

fn concerns() -> BTreeSet<Key> {
    BTreeSet::from([Key::person(&author().subject), Key::organisation(&organisation("North"))])
}

pub(super) async fn store_one(store: &dyn Store, state: &EpisodeState) {
    let mut unit = work(store).await;
    unit.episodes().add(&author(), state, &concerns(), moment(2)).await.expect("added");
    let action = AuditAction::Episode(Action::StartEpisode, state.episode.id());
    unit.save(&actor(), action, moment(2)).await.expect("saved");
}

/// An episode with a version and a grant, of the assessment that was sent under `k`.
pub(in crate::store) async fn add(store: &dyn Store) {
    let mut unit = work(store).await;
    let state = state(1, false, None);
    let id = state.episode.id();
    let orphans = unit.episodes().without_episode(&author(), 9).await.expect("an answer");
    let version = assessment_people::id::VersionId::parse(&orphans[0].to_string()).expect("an id");
    unit.episodes().add(&author(), &state, &concerns(), moment(2)).await.expect("added");
    unit.episodes().add_version(&author(), id, version, 1).await.expect("added");
    unit.episodes().add_grant(&author(), &grant(&state), moment(2)).await.expect("added");
    let note = super::notes::note(1, "One.");
    assert_eq!(unit.notes().add(&author(), id, 1, &note, moment(2)).await, Ok(true));
    let named = ReferralId::parse("5e7a3b52-0c9d-4b3e-9a53-0000000000aa");
    let sent = SentReferral { id: named, ..super::referrals::sent("One.") };
    unit.referrals().add(&author(), id, &sent, moment(2)).await.expect("added");
    super::team_records::add_everything(&mut *unit, id).await;
    // Its audit entry is not one of the actor's that the clause counts.
    unit.save(&other(), AuditAction::Episode(Action::StartEpisode, id), moment(2)).await.expect("saved");
}

pub(super) fn grant(state: &EpisodeState) -> StoredGrant {
    let by = Who { subject: author().subject, organisation: organisation("North") };
    let scope = Scope { sections: Sections::ALL, up_to: Protection::Shielded };
    let grant = Grant::on_starting(state.episode.id(), by, scope, Moment::new(moment(2)));
    StoredGrant { id: "5e7a3b52-0c9d-4b3e-9a53-0000000000aa".to_owned(), revision: 1, grant }
}

async fn find(store: &dyn Store, who: &Asker, id: EpisodeId) -> Option<StoredEpisode> {
    let mut view = store.view().await.expect("a view");
    view.episodes().find(who, id).await.expect("an answer")
}

pub(in crate::store) async fn an_episode_is_found_by_those_whom_it_concerns_b41(harness: impl Harness) {
    let store = harness.store();
    let one = state(1, true, Some("2026-12-01"));
    let id = one.episode.id();
    store_one(&*store, &one).await;
    let found = find(&*store, &author(), id).await.expect("the episode");
    assert_eq!((&found.state.episode, found.state.protection), (&one.episode, one.protection));
    assert_eq!((found.state.listed, found.revision, found.changed_at), (one.listed, 1, moment(2)));
    let colleague = asker(&other(), "two", "North", false);
    let coordinator = asker(&other(), "three", "Hub", true);
    for (who, finds) in [
        (colleague, true),
        (coordinator, true),
        (asker(&actor(), "two", "South", false), false),
        // A person is never an organisation, whatever they are called.
        (asker(&other(), "North", "South", false), false),
    ] {
        assert_eq!(find(&*store, &who, id).await.is_some(), finds, "{who:?}");
        let mut view = store.view().await.expect("a view");
        assert_eq!(view.episodes().grants_in(&who, id).await, Ok(Vec::new()));
    }
    // Once it concerns somebody else, those before find nothing.
    let mut unit = work(&*store).await;
    let south = BTreeSet::from([Key::organisation(&organisation("South"))]);
    unit.episodes().concern(&author(), id, &south).await.expect("changed");
    unit.save(&actor(), AuditAction::Episode(Action::HandOver, id), moment(3)).await.expect("saved");
    assert!(find(&*store, &author(), id).await.is_none());
    assert!(find(&*store, &asker(&other(), "two", "South", false), id).await.is_some());
}

pub(in crate::store) async fn a_change_follows_the_revision_that_it_was_made_from(harness: impl Harness) {
    let store = harness.store();
    let one = state(1, true, None);
    let id = one.episode.id();
    store_one(&*store, &one).await;
    for (expected, taken) in [(1, true), (1, false), (3, false), (2, true)] {
        let mut unit = work(&*store).await;
        let outcome = unit.episodes().replace(&author(), &one, expected, moment(3)).await;
        if taken {
            assert_eq!(outcome, Ok(()));
            let action = AuditAction::Episode(Action::Invite, id);
            unit.save(&actor(), action, moment(3)).await.expect("saved");
        } else {
            assert!(matches!(outcome, Err(StoreError::Conflict(_))), "{outcome:?}");
        }
    }
    assert_eq!(find(&*store, &author(), id).await.map(|found| found.revision), Some(3));
    let mut unit = work(&*store).await;
    let again = unit.episodes().add(&author(), &one, &concerns(), moment(3)).await;
    assert!(again.is_err(), "an id is used once");
}

pub(in crate::store) async fn lists_are_urgent_first_then_by_what_is_due_and_page_without_gaps(
    harness: impl Harness,
) {
    let store = harness.store();
    let all = [
        (5, false, None),
        (4, false, Some("2027-01-01")),
        (3, false, Some("2026-12-01")),
        (2, true, None),
        (1, true, Some("2027-02-01")),
    ];
    for (number, urgent, due) in all {
        store_one(&*store, &state(number, urgent, due)).await;
    }
    let mut view = store.view().await.expect("a view");
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let wanted = WantedEpisodes { of: Key::person(&author().subject), after, limit: 2 };
        let page = view.episodes().list(&author(), &wanted).await.expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(last.state.episode.id());
        seen.extend(page.iter().map(|one| one.state.listed.reference.clone()));
    }
    assert_eq!(seen, ["CAF1", "CAF2", "CAF3", "CAF4", "CAF5"]);
}

async fn listed(store: &dyn Store, who: &Asker, of: Key) -> Vec<String> {
    let mut view = store.view().await.expect("a view");
    let wanted = WantedEpisodes { of, after: None, limit: 9 };
    let found = view.episodes().list(who, &wanted).await.expect("a list");
    found.into_iter().map(|one| one.state.listed.reference).collect()
}

pub(in crate::store) async fn a_record_moves_in_every_list_when_it_becomes_urgent_or_is_due(
    harness: impl Harness,
) {
    let store = harness.store();
    for (number, due) in [(1, "2026-12-01"), (2, "2026-12-02"), (3, "2026-12-03")] {
        store_one(&*store, &state(number, false, Some(due))).await;
    }
    let team = || Key::organisation(&organisation("North"));
    assert_eq!(listed(&*store, &author(), team()).await, ["CAF1", "CAF2", "CAF3"]);
    for (number, urgent, due, expected) in [
        (3, true, None, ["CAF3", "CAF1", "CAF2"]),
        (1, false, None, ["CAF3", "CAF2", "CAF1"]),
        (3, false, Some("2026-12-04"), ["CAF2", "CAF3", "CAF1"]),
    ] {
        let next = state(number, urgent, due);
        let revision = find(&*store, &author(), next.episode.id()).await.map_or(0, |found| found.revision);
        let mut unit = work(&*store).await;
        unit.episodes().replace(&author(), &next, revision, moment(3)).await.expect("changed");
        unit.save(&actor(), AuditAction::Own(Action::SendVersion), moment(3)).await.expect("saved");
        for of in [team(), Key::person(&author().subject)] {
            assert_eq!(listed(&*store, &author(), of).await, expected);
        }
    }
    // Somebody who is let in later finds them in the same order.
    let guest = asker(&other(), "two", "South", false);
    for number in 1..=3 {
        let mut unit = work(&*store).await;
        let all = BTreeSet::from([team(), Key::person(&author().subject), Key::person(&guest.subject)]);
        let id = state(number, false, None).episode.id();
        unit.episodes().concern(&author(), id, &all).await.expect("changed");
        unit.save(&actor(), AuditAction::Episode(Action::Invite, id), moment(4)).await.expect("saved");
    }
    assert_eq!(listed(&*store, &guest, Key::person(&guest.subject)).await, ["CAF2", "CAF3", "CAF1"]);
}

pub(in crate::store) async fn a_reason_is_kept_and_part_of_the_chain_b44(harness: impl Harness) {
    let store = harness.store();
    let one = state(1, true, None);
    let id = one.episode.id();
    store_one(&*store, &one).await;
    let reason = Reason::new("Cover for Siân").expect("words");
    let unit = work(&*store).await;
    let action = AuditAction::Episode(Action::ReadVersion, id);
    unit.save_because(&other(), action, moment(4), Some(&reason)).await.expect("saved");
    let mut view = store.view().await.expect("a view");
    let log = view
        .episodes()
        .access_log(&author(), id, WantedAccess::always(AuditPage::Last, 9))
        .await
        .expect("a log");
    let told: Vec<_> = log.iter().map(|one| (one.action.as_str(), one.reason.as_deref())).collect();
    assert_eq!(told, [("read-version", Some("Cover for Siân")), ("start-episode", None)]);
    drop(view);
    assert_eq!(harness.verify(&[]).await.expect("whole").seq, 2);
    harness.force("UPDATE audit SET reason = NULL WHERE seq = 2").await;
    assert!(harness.verify(&[]).await.is_err(), "a reason that was taken out is found");
}

pub(in crate::store) async fn a_refusal_is_in_the_log_with_its_reason_as_a_code_b43(harness: impl Harness) {
    let store = harness.store();
    let one = state(1, true, None);
    let id = one.episode.id();
    store_one(&*store, &one).await;
    for (action, why) in [(Action::ReadVersion, Some(Why::NoRight)), (Action::Close, None)] {
        let refused = AuditAction::EpisodeRefused(action, id, why);
        work(&*store).await.save(&other(), refused, moment(4)).await.expect("saved");
    }
    let mut view = store.view().await.expect("a view");
    let log = view
        .episodes()
        .access_log(&author(), id, WantedAccess::always(AuditPage::Last, 9))
        .await
        .expect("a log");
    let told: Vec<_> = log.iter().map(|one| (one.action.as_str(), one.refused.as_deref())).collect();
    let expected = [
        ("refused-close", Some("unknown")),
        ("refused-read-version", Some("no-right")),
        ("start-episode", None),
    ];
    assert_eq!(told, expected);
    assert!(log.iter().all(|one| one.reason.is_none()));
    drop(view);
    assert_eq!(harness.verify(&[]).await.expect("whole").seq, 3);
    harness.force("UPDATE audit SET reason = 'state' WHERE seq = 2").await;
    assert!(harness.verify(&[]).await.is_err(), "another reason is found");
}

pub(in crate::store) async fn the_episodes_of_versions_are_those_that_concern_the_one_who_asks_b41(
    harness: impl Harness,
) {
    let store = harness.store();
    let new = assessment(1);
    submit(&*store, &actor(), "k", &new).await.expect("stored");
    add(&*store).await;
    let version = VersionId::parse(&new.id.to_string()).expect("an id");
    let nobodys = VersionId::from_uuid(Uuid::from_u128(7));
    let mut view = store.view().await.expect("a view");
    for (who, finds) in [
        (author(), true),
        (asker(&other(), "two", "North", false), true),
        (asker(&other(), "two", "South", false), false),
    ] {
        let found = view.episodes().of_versions(&who, &[nobodys, version]).await.expect("an answer");
        let ids: Vec<_> = found.iter().map(|(id, _)| id.clone()).collect();
        assert_eq!(ids, if finds { vec![new.id.to_string()] } else { Vec::new() }, "{who:?}");
    }
    let staff = |sub: &str, code: &str| assessment_server::staff::StaffMember {
        issuer: "https://issuer.example".to_owned(),
        subject: sub.to_owned(),
        name: "Ada".to_owned(),
        organisation: code.to_owned(),
        roles: BTreeSet::new(),
    };
    assert_eq!(view.episodes().is_known(&author(), &organisation("South")).await, Ok(false));
    drop(view);
    store.sessions().meet(&staff("two", "South"), "id-1", moment(4)).await.expect("stored");
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.episodes().is_known(&author(), &organisation("South")).await, Ok(true));
}

pub(in crate::store) async fn records_from_before_become_episodes_once(harness: impl Harness) {
    let store = harness.store();
    let first = Identity::first_practitioner();
    for number in 0..3 {
        submit(&*store, &first, &number.to_string(), &assessment(number)).await.expect("stored");
    }
    for _ in 0..2 {
        adopt(&*store, &Identity::demo(), moment(50)).await.expect("adopted");
    }
    let staff = Subject::new(assessment_server::sign_in::demo::ISSUER, first.id()).expect("a subject");
    let who = Asker {
        actor: first.clone(),
        subject: staff,
        organisation: Some(organisation("Demonstration")),
        authority: false,
    };
    let mut view = store.view().await.expect("a view");
    let wanted = WantedEpisodes { of: Key::person(&who.subject), after: None, limit: 9 };
    let found = view.episodes().list(&who, &wanted).await.expect("episodes");
    assert_eq!(found.len(), 3);
    for one in &found {
        let version = view.episodes().version(&who, one.state.episode.id(), 1).await.expect("an answer");
        let version = version.expect("the record");
        assert_eq!(version.reference, one.state.listed.reference);
        let versions = one.state.episode.versions().expect("a version");
        assert_eq!(versions.newest().sent().at, Moment::new(version.received_at));
        // What nobody asked is not taken for agreement.
        let basis = one.state.episode.state().stage().basis().expect("a basis");
        assert!(basis.ground.is_without_agreement());
    }
    assert_eq!(view.episodes().without_episode(&who, 9).await, Ok(Vec::new()));
    assert_eq!(view.episodes().grants_to(&who).await.expect("grants").len(), 3);
}
