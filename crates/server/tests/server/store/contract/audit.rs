//! The audit trail: every entry can be reached.

use assessment_people::audit::{Broken, Head};
use assessment_server::{
    drafts::{Expected, save},
    store::{
        Store,
        audit::{AuditPage, StoredEntry},
        chain::AuditFault,
    },
};

use super::{actor, content, draft_id, moment, other};
use crate::store::Harness;

const PAGE: u32 = 7;

/// Saves that many drafts, all at the same moment, and one of somebody else's after each.
async fn save_at_one_moment(store: &dyn Store, numbers: std::ops::Range<u8>) {
    for number in numbers {
        for (actor, id) in [(actor(), draft_id(number)), (other(), draft_id(number + 100))] {
            save(store, &actor, id, Expected::Nothing, &content(1), moment(1)).await.expect("saved");
        }
    }
}

async fn page(store: &dyn Store, page: AuditPage) -> Vec<StoredEntry> {
    let mut view = store.view().await.expect("a view");
    view.audit().list(&actor(), page, PAGE).await.expect("a page")
}

pub(in crate::store) async fn pages_show_each_entry_once_however_many_share_a_moment_a10(
    harness: impl Harness,
) {
    let store = harness.store();
    save_at_one_moment(&*store, 0..30).await;

    let (mut forwards, mut edge) = (Vec::new(), 0);
    loop {
        let found = page(&*store, AuditPage::After(edge)).await;
        let Some(last) = found.last() else { break };
        edge = last.sequence;
        forwards.extend(found);
    }
    assert_eq!(forwards.len(), 30);
    assert!(forwards.is_sorted_by(|one, next| one.sequence < next.sequence), "none twice");
    assert!(forwards.iter().all(|entry| entry.at == moment(1)));

    let mut found = page(&*store, AuditPage::Last).await;
    // One is added while somebody reads backwards: it is not theirs to see on this walk, and moves nothing.
    save_at_one_moment(&*store, 30..31).await;
    let mut backwards = Vec::new();
    while let Some(last) = found.last() {
        let before = AuditPage::Before(last.sequence);
        backwards.append(&mut found);
        found = page(&*store, before).await;
    }
    backwards.reverse();
    assert_eq!(backwards, forwards);
    // Reading on forwards shows it.
    let added = page(&*store, AuditPage::After(edge)).await;
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].subject_id, draft_id(30).to_string());
}

/// What is wrong with the trail; the head if nothing is.
async fn verdict(harness: &impl Harness, kept: &[Head]) -> Result<Head, Broken> {
    harness.verify(kept).await.map_err(|fault| match fault {
        AuditFault::Broken(broken) => broken,
        AuditFault::Unread(reason) => panic!("{reason}"),
    })
}

pub(in crate::store) async fn whatever_is_done_to_the_trail_is_found_b43(harness: impl Harness) {
    fn names<H: Harness>(_: &H) -> &'static str {
        H::OWN_NUMBER
    }
    let own_number = names(&harness);
    let store = harness.store();
    assert_eq!(verdict(&harness, &[]).await, Ok(Head::START));
    save_at_one_moment(&*store, 0..6).await;
    let whole = verdict(&harness, &[]).await.expect("whole");
    assert_eq!(whole.seq, 12);

    let subject = |number: u8| format!("UPDATE audit SET subject_id = '{}'", draft_id(number));
    let insert = |seq: i64| {
        format!(
            "INSERT INTO audit (seq, at_us, actor, action, subject_kind, subject_id) {own_number} \
             VALUES ({seq}, 0, 'practitioner-1', 'draft-saved', 'draft', 'x')"
        )
    };
    // What is done, what is found, and how it is undone. Entries 3 and 5 are of drafts 1 and 2.
    for (done, found, undone) in [
        (
            "UPDATE audit SET actor = 'practitioner-9' WHERE seq = 5".to_owned(),
            Broken::Changed { seq: 5 },
            "UPDATE audit SET actor = 'practitioner-1' WHERE seq = 5".to_owned(),
        ),
        (
            "UPDATE audit SET at_us = at_us + 1 WHERE seq = 1".to_owned(),
            Broken::Changed { seq: 1 },
            "UPDATE audit SET at_us = at_us - 1 WHERE seq = 1".to_owned(),
        ),
        (
            "UPDATE audit SET action = 'two words' WHERE seq = 12".to_owned(),
            Broken::Changed { seq: 12 },
            "UPDATE audit SET action = 'draft-saved' WHERE seq = 12".to_owned(),
        ),
        (
            format!("{} WHERE seq = 3; {} WHERE seq = 5", subject(2), subject(1)),
            Broken::Changed { seq: 3 },
            format!("{} WHERE seq = 3; {} WHERE seq = 5", subject(1), subject(2)),
        ),
        (insert(13), Broken::Changed { seq: 13 }, "DELETE FROM audit WHERE seq = 13".to_owned()),
        (insert(0), Broken::OutOfPlace { seq: 0, expected: 1 }, "DELETE FROM audit WHERE seq = 0".to_owned()),
    ] {
        harness.force(&done).await;
        assert_eq!(verdict(&harness, &[]).await, Err(found), "{done}");
        harness.force(&undone).await;
        assert_eq!(verdict(&harness, &[whole]).await, Ok(whole), "{undone}");
    }

    // The last entry, and then its link too: only a head that was kept elsewhere tells.
    let cut_off = Err(Broken::CutOff { from: 12, to: 12 });
    harness.force("DELETE FROM audit WHERE seq = 12").await;
    assert_eq!(verdict(&harness, &[]).await, cut_off);
    harness.force("DELETE FROM audit_chain WHERE seq = 12").await;
    assert_eq!(verdict(&harness, &[]).await.map(|head| head.seq), Ok(11));
    assert_eq!(verdict(&harness, &[whole]).await, cut_off);
    harness.force("DELETE FROM audit WHERE seq = 6; DELETE FROM audit_chain WHERE seq = 6").await;
    assert_eq!(verdict(&harness, &[]).await, Err(Broken::Missing { from: 6, to: 6 }));
}
