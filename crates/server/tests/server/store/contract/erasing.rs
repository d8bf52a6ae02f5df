//! Erasing is guarded by the database itself, a run does what the list says whatever there is, and what was erased is erased
//! again.

use std::collections::BTreeSet;

use assessment_people::{
    access::Action,
    matching::NotTheSame,
    person::Birth,
    retention::{Obstacle, Periods},
};
use assessment_server::{
    actor::Actor,
    drafts::{Expected, save},
    retention,
    store::{
        Store, StoreError,
        audit::AuditAction,
        retention::{ErasedBecause, StoredHold, ToErase},
    },
};
use jiff::civil::date;

use super::{
    actor, at, content, draft, draft_id,
    people::person,
    retention::{
        DUE, Made, TODAY, YOUNG, add, ask, author, child_id, done, due, episode_id, hold, is_known, join,
        listed, now, place, planned, run, to_erase,
    },
    work,
};
use crate::store::Harness;

/// Whether the database lets it go by the way that erases, although nobody has asked whether it may.
async fn is_let_go(store: &dyn Store, what: &ToErase) -> bool {
    let mut unit = work(store).await;
    unit.retention().lock(&author(), what.episode, &[]).await.expect("locked");
    let outcome = unit.retention().erase_episode(&author(), what, now()).await;
    unit.cancel().await.expect("cancelled");
    outcome.is_ok()
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
    assert_eq!(planned(&lines), (goes, vec![(episode_id(3), Obstacle::Hold)]));
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

    // A store as it was before: one still has an order to keep it, another is asked for again since.
    let restored = harness.another().await;
    let store = restored.store();
    for number in [1, 2, 3] {
        add(&*store, due(number)).await;
    }
    save(&*store, &actor(), draft_id(9), Expected::Nothing, &content(1), at("2026-01-01T09:00:00Z"))
        .await
        .expect("saved");
    place(&*store, &hold(2, None)).await;
    ask(&*store, 2, 2).await;
    place(&*store, &StoredHold { placed_at: at("2026-11-23T12:00:01Z"), ..hold(3, None) }).await;
    let outcome = retention::reapply(&*store, &list, now()).await.expect("done");
    assert_eq!((outcome.erased, outcome.gone), (3, 0));
    assert_eq!(outcome.kept, [(episode_id(3).to_string(), Obstacle::Hold)], "ordered after it had gone");
    let left = retention::erased(&*store).await.expect("a list");
    assert_eq!(left[0].because, ErasedBecause::Reapplied);
    let again = retention::reapply(&*store, &list, now()).await.expect("done");
    assert_eq!((again.erased, again.gone, again.kept.len()), (0, 3, 1), "it can be repeated");
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
    let drafts = retention::list(&*store, &Periods::usual(), now()).await.expect("a list").drafts;
    assert_eq!(drafts, [draft_id(1), draft_id(3)]);
    assert_eq!(run(&*store).await.drafts, drafts);
    let other = Actor::new("practitioner-2");
    assert!(draft(&*store, &other, draft_id(2)).await.is_some());
    assert!(draft(&*store, &other, draft_id(3)).await.is_none());
    harness.verify(&[]).await.expect("the trail is whole");
}
