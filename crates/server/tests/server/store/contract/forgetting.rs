//! Nothing that told of a record elsewhere outlives it: why somebody searched, and what another record held while the two were
//! joined by mistake. The trail stays whole.

use std::collections::BTreeSet;

use assessment_people::{
    access::Action,
    episode::Excluded,
    person::{Gp, Name},
    protection::Protection,
    retention::Periods,
    who::{Organisation, Reason},
};
use assessment_server::{
    retention,
    store::{
        Store,
        audit::{AuditAction, AuditPage},
        episodes::{Asker, WantedAccess},
        retention::{ErasedBecause, Tombstone},
        trail::{TrailEntry, WantedTrail},
    },
};
use jiff::Timestamp;

use super::{
    actor, at,
    retention::{
        Made, YOUNG, add, author, child_id, due, episode_id, is_known, join, join_at, now, part, part_at, run,
    },
    work,
};
use crate::store::Harness;

/// Searches, and is shown these children.
async fn search(store: &dyn Store, when: Timestamp, words: &str, found: &[u128]) {
    let reason = Reason::new(words);
    let mut unit = work(store).await;
    for number in found {
        let action = AuditAction::Person(Action::Search, child_id(*number));
        unit.note(&actor(), action, when, reason.as_ref()).await.expect("noted");
    }
    let action = AuditAction::Own(Action::Search);
    unit.save_because(&actor(), action, when, reason.as_ref()).await.expect("saved");
}

/// The searches in the trail, oldest first: about what, and why.
async fn searches(store: &dyn Store) -> Vec<(String, Option<String>)> {
    let wanted = WantedTrail { page: AuditPage::After(0), limit: 200, from: None, until: None, about: None };
    let mut view = store.view().await.expect("a view");
    let all = view.trail().list(&author(), &wanted).await.expect("the trail");
    let is_search = |one: &TrailEntry| one.action == "search";
    all.into_iter().filter(is_search).map(|one| (one.subject_kind, one.reason)).collect()
}

fn told(kind: &str, words: Option<&str>) -> (String, Option<String>) {
    (kind.to_owned(), words.map(str::to_owned))
}

pub(in crate::store) async fn why_somebody_searched_goes_with_the_record_that_they_found(
    harness: impl Harness,
) {
    let store = harness.store();
    add(&*store, due(1)).await;
    add(&*store, Made { born: YOUNG, ..due(2) }).await;
    search(&*store, at("2026-11-20T09:00:00Z"), "Sentinel rang", &[1]).await;
    search(&*store, at("2026-11-20T10:00:00Z"), "Somebody else rang", &[2]).await;
    search(&*store, at("2026-11-20T11:00:00Z"), "A list for the board", &[1, 2]).await;
    assert_eq!(run(&*store).await.episodes.len(), 1);
    // What is about the other child alone stays. Whose words the third were, nobody can tell: they stay with the other child's
    // record until their own period ends.
    let left = [
        told("person", None),
        told("practitioner", None),
        told("person", Some("Somebody else rang")),
        told("practitioner", Some("Somebody else rang")),
        told("person", None),
        told("person", Some("A list for the board")),
        told("practitioner", None),
    ];
    assert_eq!(searches(&*store).await, left);
    harness.verify(&[]).await.expect("the trail is whole");
}

pub(in crate::store) async fn why_somebody_searched_in_vain_ends_after_a_year(harness: impl Harness) {
    let store = harness.store();
    add(&*store, Made { born: YOUNG, ..due(1) }).await;
    // A year before 23 November 2026, the day included.
    search(&*store, at("2025-11-22T23:59:59Z"), "Sentinel, moved from Leeds", &[]).await;
    search(&*store, at("2025-11-22T23:59:59Z"), "Sentinel again", &[1]).await;
    search(&*store, at("2025-11-24T09:00:00Z"), "Within the year", &[]).await;
    let done = run(&*store).await;
    assert_eq!((done.episodes.len(), done.search_reasons), (0, 3));
    let left = [
        told("practitioner", None),
        told("person", None),
        told("practitioner", None),
        told("practitioner", Some("Within the year")),
    ];
    assert_eq!(searches(&*store).await, left);
    // Why somebody opened a record stays as long as the record.
    let mut view = store.view().await.expect("a view");
    let log = view
        .episodes()
        .access_log(&author(), episode_id(1), WantedAccess::always(AuditPage::Last, 9))
        .await
        .expect("a log");
    assert!(log.iter().any(|one| one.reason.as_deref() == Some("Sentinel Marigold rang.")), "{log:?}");
    drop(view);
    harness.verify(&[]).await.expect("the trail is whole");
    assert_eq!(run(&*store).await.search_reasons, 0);
}

pub(in crate::store) async fn words_that_were_changed_are_found_and_words_that_were_erased_are_not_missed_b43(
    harness: impl Harness,
) {
    let store = harness.store();
    search(&*store, now(), "Cover for Siân", &[]).await;
    search(&*store, now(), "A word with \0 in it", &[]).await;
    search(&*store, now(), "Cover for Siân", &[]).await;
    harness.verify(&[]).await.expect("whole");
    harness.force("UPDATE access_reasons SET words = 'Cover for Rhys' WHERE seq = 1").await;
    assert!(harness.verify(&[]).await.is_err(), "other words");
    harness.force("UPDATE access_reasons SET words = 'Cover for Siân' WHERE seq = 1").await;
    harness.verify(&[]).await.expect("whole again");
    harness.force("UPDATE audit SET reason = (SELECT reason FROM audit WHERE seq = 1) WHERE seq = 3").await;
    assert!(harness.verify(&[]).await.is_err(), "the same words have another digest each time");
    harness.force("DELETE FROM access_reasons WHERE seq = 1").await;
    assert!(harness.verify(&[]).await.is_err(), "the third is still wrong");
}

/// Gives a child a doctor, as a correction would.
async fn name_gp(store: &dyn Store, child: u128, name: &str) {
    name_gp_at(store, child, name, now()).await;
}

async fn name_gp_at(store: &dyn Store, child: u128, name: &str, when: Timestamp) {
    let mut unit = work(store).await;
    let mut people = unit.people();
    let found = people.find(&actor(), child_id(child)).await.expect("an answer").expect("a child");
    let mut person = found.person;
    person.gp = Some(Gp { written: name.to_owned() });
    person.names.push(Name::usual("Also", name));
    people.replace(&actor(), &person, found.revision, when).await.expect("replaced");
    drop(people);
    let action = AuditAction::Person(Action::CorrectPerson, child_id(child));
    unit.save(&actor(), action, when).await.expect("saved");
}

/// Everything that is stored about a child, or that other records held of them.
async fn held(store: &dyn Store, child: u128) -> String {
    let mut view = store.view().await.expect("a view");
    let all = view.people().history(&actor(), &[child_id(child)]).await.expect("a history");
    serde_json::to_string(&all).expect("JSON")
}

/// What is stored about a child alone, by the child's own revisions.
async fn own(store: &dyn Store, child: u128) -> String {
    let mut view = store.view().await.expect("a view");
    let all = view.people().own_history(&actor(), &[child_id(child)]).await.expect("a history");
    serde_json::to_string(&all).expect("JSON")
}

pub(in crate::store) async fn what_a_record_held_of_another_goes_with_the_other_a6(harness: impl Harness) {
    let store = harness.store();
    for number in [1, 2, 3] {
        add(&*store, if number == 3 { due(3) } else { Made { born: YOUNG, ..due(number) } }).await;
    }
    name_gp(&*store, 1, "Own").await;
    name_gp(&*store, 3, "Harehills").await;
    // The third into the second and both into the first, by mistake; then all are taken back.
    join(&*store, 2, 3).await;
    join(&*store, 1, 2).await;
    name_gp(&*store, 1, "Later").await;
    part(&*store, 1, 2).await;
    part(&*store, 2, 1).await;
    assert!(held(&*store, 1).await.contains("Harehills"), "the history of the first has it");
    let others = held(&*store, 3).await;
    assert!(others.contains("Later"), "the third is told what was held on the first: {others}");

    for child in [1, 2, 3] {
        let own = own(&*store, child).await;
        assert_eq!(own.contains("Harehills"), child == 3, "{child}: {own}");
        assert_eq!(own.contains("Own"), child == 1, "{child}: {own}");
        assert_eq!(own.contains("Later"), child == 1, "it stayed with the kept record, {child}: {own}");
    }

    let outcome = run(&*store).await;
    assert_eq!(outcome.episodes.len(), 1, "{outcome:?}");
    assert!(!is_known(&*store, 3).await);
    for child in [1, 2] {
        let left = held(&*store, child).await;
        assert!(!left.contains("Harehills"), "{child}: {left}");
        assert!(is_known(&*store, child).await);
    }
    assert!(held(&*store, 1).await.contains("Own"), "what is its own stays");
    let mut view = store.view().await.expect("a view");
    let ids = [child_id(1), child_id(2), child_id(3)];
    let merges = view.people().merges(&actor(), &ids).await.expect("joins");
    assert_eq!(merges, [], "each of them held the third");
    drop(view);
    harness.verify(&[]).await.expect("the trail is whole");
    let mut attempts = harness.tamper().await;
    attempts.retain(|(attempt, _)| attempt.contains("people") || attempt.contains("access_reasons"));
    assert!(attempts.len() > 3, "{attempts:?}");
    for (attempt, outcome) in attempts {
        outcome.expect_err(attempt);
    }
}

pub(in crate::store) async fn what_an_older_join_held_is_known_by_its_moment_a6(harness: impl Harness) {
    let store = harness.store();
    add(&*store, Made { born: YOUNG, ..due(1) }).await;
    add(&*store, due(3)).await;
    let day = |day: u8| at(&format!("2026-10-{day:02}T09:00:00Z"));
    name_gp_at(&*store, 1, "Before", day(1)).await;
    name_gp_at(&*store, 3, "Harehills", day(2)).await;
    join_at(&*store, 1, 3, day(3)).await;
    name_gp_at(&*store, 1, "Meanwhile", day(4)).await;
    part_at(&*store, 1, 1, day(5)).await;
    name_gp_at(&*store, 1, "Since", day(6)).await;
    // As it was stored before it was noted which revisions held both.
    harness.force("UPDATE person_merges SET kept_revision = NULL").await;
    harness.force("UPDATE person_merges_undone SET kept_revision = NULL").await;

    let theirs = held(&*store, 3).await;
    assert!(theirs.contains("Harehills") && theirs.contains("Meanwhile"), "{theirs}");
    assert!(!theirs.contains("Since"), "that is the other child's: {theirs}");
    let first = own(&*store, 1).await;
    assert!(first.contains("Before") && first.contains("Since"), "{first}");
    assert!(!first.contains("Harehills"), "{first}");

    assert_eq!(run(&*store).await.episodes.len(), 1);
    let mut view = store.view().await.expect("a view");
    let left = view.people().history(&actor(), &[child_id(1)]).await.expect("a history");
    drop(view);
    // Of six revisions those with both go: the join and what was written meanwhile.
    assert_eq!(left.len(), 4, "{left:?}");
    let left = serde_json::to_string(&left).expect("JSON");
    assert!(left.contains("Before") && left.contains("Since") && !left.contains("Harehills"), "{left}");
    harness.verify(&[]).await.expect("the trail is whole");
}

pub(in crate::store) async fn who_was_parted_before_goes_alone_whatever_the_backup_says(
    harness: impl Harness,
) {
    let store = harness.store();
    add(&*store, Made { born: YOUNG, ..due(1) }).await;
    add(&*store, due(2)).await;
    join(&*store, 1, 2).await;
    part(&*store, 1, 1).await;
    assert_eq!(run(&*store).await.episodes.len(), 1);
    let list = retention::erased(&*store).await.expect("a list");

    // A backup from when the two were one.
    let restored = harness.another().await;
    let store = restored.store();
    add(&*store, Made { born: YOUNG, ..due(1) }).await;
    add(&*store, due(2)).await;
    name_gp(&*store, 2, "Harehills").await;
    join(&*store, 1, 2).await;
    let outcome = retention::reapply(&*store, &list, now()).await.expect("done");
    assert_eq!((outcome.erased, outcome.gone, outcome.kept), (1, 0, Vec::new()));
    assert!(is_known(&*store, 1).await && !is_known(&*store, 2).await);
    let left = held(&*store, 1).await;
    assert!(!left.contains("Harehills"), "{left}");
    let left = retention::erased(&*store).await.expect("a list");
    assert_eq!((left[0].because, &left[0].people), (ErasedBecause::Reapplied, &list[0].people));
    restored.verify(&[]).await.expect("the trail is whole");
}

pub(in crate::store) async fn who_was_joined_since_goes_too_whatever_the_backup_says(harness: impl Harness) {
    let store = harness.store();
    add(&*store, due(1)).await;
    add(&*store, due(2)).await;
    join(&*store, 1, 2).await;
    assert_eq!(run(&*store).await.episodes.len(), 2);
    let list = retention::erased(&*store).await.expect("a list");
    assert_eq!((list[0].people.len(), list[1].people.len()), (0, 2), "the last one takes both");

    // A backup from before they were joined; the child of the second was born later, as far as it knows.
    let restored = harness.another().await;
    let store = restored.store();
    add(&*store, due(1)).await;
    add(&*store, Made { born: YOUNG, closed: false, ..due(2) }).await;
    let outcome = retention::reapply(&*store, &list, now()).await.expect("done");
    assert_eq!((outcome.erased, outcome.gone, outcome.kept), (2, 0, Vec::new()));
    assert!(!is_known(&*store, 1).await && !is_known(&*store, 2).await);
    assert_eq!(retention::list(&*store, &Periods::usual(), now()).await.expect("a list").episodes.len(), 0);
    restored.verify(&[]).await.expect("the trail is whole");
}

pub(in crate::store) async fn a_shielded_record_leaves_a_tombstone_that_tells_nobody_b42(
    harness: impl Harness,
) {
    let store = harness.store();
    for (number, protection) in
        [(1, Protection::Ordinary), (2, Protection::Confidential), (3, Protection::Shielded)]
    {
        add(&*store, due(number)).await;
        let mut unit = work(&*store).await;
        let found =
            unit.episodes().find(&author(), episode_id(number)).await.expect("an answer").expect("it");
        let mut state = found.state;
        state.protection = protection;
        unit.episodes().replace(&author(), &state, found.revision, now()).await.expect("replaced");
        let action = AuditAction::Episode(Action::ReadEpisode, episode_id(number));
        unit.save(&actor(), action, now()).await.expect("saved");
    }
    assert_eq!(run(&*store).await.episodes.len(), 3);
    let list = retention::erased(&*store).await.expect("a list");
    assert_eq!(list.iter().map(|one| one.may_be_told).collect::<Vec<_>>(), [true, true, false]);
    assert!(list.iter().all(|one| one.excluded.as_ref().is_some_and(BTreeSet::is_empty)), "{list:?}");

    // In a backup the record was as any other yet.
    let restored = harness.another().await;
    let store = restored.store();
    add(&*store, due(3)).await;
    assert_eq!(retention::reapply(&*store, &list, now()).await.expect("done").erased, 1);
    let left = retention::erased(&*store).await.expect("a list");
    assert_eq!(left.iter().map(|one| one.may_be_told).collect::<Vec<_>>(), [false]);
}

pub(in crate::store) async fn a_tombstone_tells_nobody_who_must_not_have_been_told(harness: impl Harness) {
    let store = harness.store();
    let hull_out = Excluded::Organisation(Organisation::new("Hull").expect("an organisation"));
    for number in [1, 2] {
        let made = add(&*store, due(number)).await;
        if number == 1 {
            let mut unit = work(&*store).await;
            let found = unit.episodes().find(&author(), episode_id(1)).await.expect("an answer").expect("it");
            let mut state = found.state;
            let stamp = state.episode.history()[0].stamp.clone();
            state.episode = state.episode.exclude(hull_out.clone(), stamp).expect("excluded");
            unit.episodes().replace(&author(), &state, found.revision, now()).await.expect("replaced");
            let action = AuditAction::Episode(Action::Exclude, episode_id(1));
            unit.save(&actor(), action, now()).await.expect("saved");
        }
        assert_eq!(run(&*store).await.episodes.len(), 1, "{made:?}");
    }
    let list = retention::erased(&*store).await.expect("a list");
    assert_eq!(list[0].excluded, Some(BTreeSet::from([hull_out])));
    let hull = Asker { organisation: Organisation::new("Hull"), ..author() };
    let told =
        |list: &[Tombstone], who: &Asker| list.iter().map(|one| one.may_be_told_to(who)).collect::<Vec<_>>();
    assert_eq!((told(&list, &author()), told(&list, &hull)), (vec![true, true], vec![false, true]));
    let ids = [list[0].versions[0].clone(), list[1].people[0].clone(), "nobody's".to_owned()];
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.retention().tombstones_of(&author(), &ids).await, Ok(list.clone()));
    assert_eq!(view.retention().tombstones_of(&author(), &ids[2..]).await, Ok(Vec::new()));
    drop(view);

    // A backup of before somebody was kept from it tells nobody; nor does a list from before it was noted.
    let mut older = list.clone();
    older[1].excluded = None;
    assert_eq!(told(&older, &author()), [true, false]);
    let restored = harness.another().await;
    let store = restored.store();
    add(&*store, due(1)).await;
    add(&*store, due(2)).await;
    assert_eq!(retention::reapply(&*store, &older, now()).await.expect("done").erased, 2);
    let left = retention::erased(&*store).await.expect("a list");
    assert_eq!(told(&left, &author()), [false, false]);
}
