//! The access log is kept for its period: older entries go, what an order or a request keeps stays, and the trail is still
//! verified from end to end.

use assessment_people::{
    access::Action,
    audit::{Broken, Head},
    retention::Periods,
    who::Reason,
};
use assessment_server::{
    retention,
    store::{
        Store,
        audit::{AuditAction, AuditPage},
        chain::AuditFault,
        trail::WantedTrail,
    },
};

use super::{
    actor, at,
    retention::{Made, YOUNG, add, ask, author, child_id, due, episode_id, hold, now, place, run},
    work,
};
use crate::store::Harness;

async fn did(store: &dyn Store, when: &str, action: AuditAction) {
    let reason = Reason::new("Sentinel Marigold rang.");
    work(store).await.save_because(&actor(), action, at(when), reason.as_ref()).await.expect("saved");
}

/// The numbers of the entries that are there.
async fn numbers(store: &dyn Store) -> Vec<u64> {
    let wanted = WantedTrail { page: AuditPage::After(0), limit: 200, from: None, until: None, about: None };
    let mut view = store.view().await.expect("a view");
    let all = view.trail().list(&author(), &wanted).await.expect("the trail");
    all.into_iter().map(|one| one.sequence).collect()
}

async fn verdict(harness: &impl Harness, kept: &[Head]) -> Result<Head, Broken> {
    harness.verify(kept).await.map_err(|fault| match fault {
        AuditFault::Broken(broken) => broken,
        AuditFault::Unread(reason) => panic!("{reason}"),
    })
}

/// Three children: an order keeps the first one's record, the third one's was asked for. Entries 6, 8 and 10 are due.
async fn made(harness: &impl Harness) -> Vec<Head> {
    let store = harness.store();
    for number in 1..=3 {
        add(&*store, Made { born: YOUNG, ..due(number) }).await;
    }
    place(&*store, &hold(1, None)).await;
    ask(&*store, 3, 3).await;
    let read = |number| AuditAction::Episode(Action::ReadEpisode, episode_id(number));
    let mut heads = Vec::new();
    for (when, action) in [
        ("2018-11-20T09:00:00Z", AuditAction::Own(Action::Search)),
        ("2018-11-20T09:00:00Z", read(1)),
        ("2018-11-20T09:00:00Z", read(2)),
        ("2018-11-20T09:00:00Z", AuditAction::Person(Action::ReadPerson, child_id(3))),
        // Seven years before 23 November 2026, the day included.
        ("2019-11-23T23:59:59Z", read(2)),
        ("2019-11-24T00:00:00Z", read(2)),
    ] {
        did(&*store, when, action).await;
        heads.push(verdict(harness, &[]).await.expect("whole"));
    }
    heads
}

pub(in crate::store) async fn the_log_forgets_after_its_period_and_not_what_an_order_or_a_request_keeps_b43(
    harness: impl Harness,
) {
    let heads = made(&harness).await;
    let store = harness.store();
    let listed = retention::list(&*store, &Periods::usual(), now()).await.expect("a list");
    assert_eq!(listed.entries, 3);
    assert_eq!(numbers(&*store).await.len(), 12, "a list erases nothing, and is an entry");
    assert_eq!(run(&*store).await.entries, 3);
    assert_eq!(numbers(&*store).await, [1, 2, 3, 4, 5, 7, 9, 11, 12, 13, 14]);
    let head = verdict(&harness, &heads).await.expect("whole, also by heads of what is gone");
    assert_eq!(head.seq, 14, "why somebody searched is another entry");
    assert_eq!(run(&*store).await.entries, 0, "nothing is erased twice");

    // Once the order is lifted, what it kept goes too.
    let mut unit = work(&*store).await;
    unit.retention().lift(&author(), "hold-1", "The inquiry is over.", now()).await.expect("lifted");
    let lifted = AuditAction::Episode(Action::LiftHold, episode_id(1));
    unit.save(&actor(), lifted, now()).await.expect("saved");
    assert_eq!(run(&*store).await.entries, 1);
    assert_eq!(numbers(&*store).await, [1, 2, 3, 4, 5, 9, 11, 12, 13, 14, 15, 16]);
    verdict(&harness, &heads).await.expect("whole");
    assert_eq!(verdict(&harness, &[head]).await.map(|head| head.seq), Ok(16));

    // The link of entry 6 is needed by nothing that is left. Where somebody took it out, a head that was kept says so: what came
    // before it could have been written again.
    harness.force("DELETE FROM audit_chain WHERE seq = 6").await;
    assert_eq!(verdict(&harness, &[]).await.map(|head| head.seq), Ok(16));
    assert_eq!(verdict(&harness, &heads).await, Err(Broken::Unlinked { seq: 6 }));
    assert_eq!(verdict(&harness, &heads[1..]).await.map(|head| head.seq), Ok(16));
}

pub(in crate::store) async fn whatever_is_done_to_what_is_left_is_found_b43(harness: impl Harness) {
    let heads = made(&harness).await;
    assert_eq!(run(&*harness.store()).await.entries, 3);
    verdict(&harness, &heads).await.expect("whole");
    // A head of an entry that is gone still tells a chain that was written again.
    let forged = Head { hash: heads[1].hash, ..heads[0] };
    assert_eq!(verdict(&harness, &[forged]).await, Err(Broken::Rewritten { after_seq: 1, seq: 6 }));
    harness.force("DELETE FROM access_reasons WHERE seq = 9; DELETE FROM audit WHERE seq = 9").await;
    assert_eq!(verdict(&harness, &[]).await, Err(Broken::LeftOtherwise { through: 10 }));
    harness.force("DELETE FROM access_reasons WHERE seq = 11; DELETE FROM audit WHERE seq = 11").await;
    // Not so old that it may be missing. What went before it cannot be told apart from it.
    assert_eq!(verdict(&harness, &[]).await, Err(Broken::Missing { from: 8, to: 11 }));
}
