//! The audit trail: every entry can be reached.

use assessment_server::{
    drafts::{Expected, save},
    store::{
        Store,
        audit::{AuditPage, StoredEntry},
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
