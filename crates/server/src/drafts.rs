//! Saving and deleting drafts so that nothing is overwritten unseen. Knows no HTTP and no database.
//!
//! A repeat of the very change that made the current revision counts as done: its reply was lost on the way, and
//! reporting a conflict of the practitioner with themselves would be wrong.

use jiff::Timestamp;

use crate::{
    actor::Actor,
    identifier::DraftId,
    store::{
        Store, StoreError, UnitOfWork,
        audit::AuditAction,
        drafts::{Head, NewContent},
    },
};

/// What a client believes to be the current revision of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// There is no such draft yet.
    Nothing,
    /// This one.
    Revision(u64),
}

/// What became of a change to a draft.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// It is stored, durably, or it was already.
    Done {
        /// The revision that it made.
        revision: u64,
        /// When that was stored.
        saved_at: Timestamp,
    },
    /// The current revision is another one. Nothing was stored.
    Stale {
        /// The current revision.
        current: u64,
    },
    /// The draft was already deleted, and the change was to delete it.
    AlreadyDeleted {
        /// The current revision.
        current: u64,
    },
    /// There is no such draft.
    Missing,
}

/// What to do about a change: store it as this revision, or report what became of it.
#[derive(Debug, PartialEq, Eq)]
enum Decision {
    Store { revision: u64 },
    Report(Change),
}

/// Adds a revision to a draft, if `expected` is its current one.
///
/// # Errors
/// If the store could not do it; then nothing is stored.
pub async fn save(
    store: &dyn Store,
    actor: &Actor,
    id: DraftId,
    expected: Expected,
    content: &NewContent,
    at: Timestamp,
) -> Result<Change, StoreError> {
    change(store, actor, id, Some(content), at, |head| decide_save(head, expected, &content.sha256)).await
}

/// Adds a deletion to a draft, if `expected` is its current revision. Earlier revisions stay.
///
/// # Errors
/// If the store could not do it; then nothing is stored.
pub async fn delete(
    store: &dyn Store,
    actor: &Actor,
    id: DraftId,
    expected: u64,
    at: Timestamp,
) -> Result<Change, StoreError> {
    change(store, actor, id, None, at, |head| decide_delete(head, expected)).await
}

async fn change(
    store: &dyn Store,
    actor: &Actor,
    id: DraftId,
    content: Option<&NewContent>,
    at: Timestamp,
    decide: impl Fn(Option<Head>) -> Decision,
) -> Result<Change, StoreError> {
    match attempt(store.begin().await?, actor, id, content, at, &decide).await {
        // Another process has just added a revision. A new unit of work sees it and can name it.
        Err(StoreError::Conflict(_)) => attempt(store.begin().await?, actor, id, content, at, &decide).await,
        result => result,
    }
}

async fn attempt(
    mut work: Box<dyn UnitOfWork>,
    actor: &Actor,
    id: DraftId,
    content: Option<&NewContent>,
    at: Timestamp,
    decide: &impl Fn(Option<Head>) -> Decision,
) -> Result<Change, StoreError> {
    let head = work.drafts().head(actor, id).await?;
    match decide(head) {
        Decision::Report(change) => {
            work.cancel().await?;
            Ok(change)
        }
        Decision::Store { revision } => {
            work.drafts().add(actor, id, revision, content, at).await?;
            let action = match content {
                Some(_) => AuditAction::DraftSaved(id),
                None => AuditAction::DraftDeleted(id),
            };
            work.save(actor, action, at).await?;
            Ok(Change::Done { revision, saved_at: at })
        }
    }
}

fn decide_save(head: Option<Head>, expected: Expected, content: &str) -> Decision {
    let believed = match expected {
        Expected::Nothing => 0,
        Expected::Revision(revision) => revision,
    };
    match head {
        None if believed == 0 => Decision::Store { revision: 1 },
        // Another person's draft is answered like one that does not exist; its id cannot be taken over.
        None | Some(Head::AnotherActors) => Decision::Report(Change::Missing),
        Some(Head::Own { revision, .. }) if revision == believed => {
            Decision::Store { revision: believed + 1 }
        }
        Some(Head::Own { revision, saved_at, sha256: Some(sha256) })
            if revision == believed + 1 && sha256 == content =>
        {
            Decision::Report(Change::Done { revision, saved_at })
        }
        Some(Head::Own { revision, .. }) => Decision::Report(Change::Stale { current: revision }),
    }
}

fn decide_delete(head: Option<Head>, expected: u64) -> Decision {
    match head {
        None | Some(Head::AnotherActors) => Decision::Report(Change::Missing),
        Some(Head::Own { revision, saved_at, sha256: None }) if revision == expected + 1 => {
            Decision::Report(Change::Done { revision, saved_at })
        }
        Some(Head::Own { revision, sha256: None, .. }) => {
            Decision::Report(Change::AlreadyDeleted { current: revision })
        }
        Some(Head::Own { revision, .. }) if revision == expected => {
            Decision::Store { revision: expected + 1 }
        }
        Some(Head::Own { revision, .. }) => Decision::Report(Change::Stale { current: revision }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(revision: u64, sha256: Option<&str>) -> Option<Head> {
        Some(Head::Own { revision, saved_at: Timestamp::UNIX_EPOCH, sha256: sha256.map(str::to_owned) })
    }

    fn done(revision: u64) -> Decision {
        Decision::Report(Change::Done { revision, saved_at: Timestamp::UNIX_EPOCH })
    }

    #[test]
    fn a_save_follows_the_revision_it_was_made_from_and_no_other() {
        let (store, stale) =
            (|revision| Decision::Store { revision }, |current| Decision::Report(Change::Stale { current }));
        let missing = || Decision::Report(Change::Missing);
        for (head, expected, decision) in [
            (None, Expected::Nothing, store(1)),
            (None, Expected::Revision(1), missing()),
            (Some(Head::AnotherActors), Expected::Nothing, missing()),
            (Some(Head::AnotherActors), Expected::Revision(1), missing()),
            (own(1, Some("old")), Expected::Revision(1), store(2)),
            (own(1, Some("new")), Expected::Nothing, done(1)),
            (own(1, Some("old")), Expected::Nothing, stale(1)),
            (own(3, Some("new")), Expected::Revision(2), done(3)),
            (own(3, Some("old")), Expected::Revision(2), stale(3)),
            (own(3, Some("new")), Expected::Revision(1), stale(3)),
            (own(3, Some("new")), Expected::Revision(7), stale(3)),
            (own(2, None), Expected::Revision(2), store(3)),
            (own(2, None), Expected::Revision(1), stale(2)),
        ] {
            assert_eq!(decide_save(head.clone(), expected, "new"), decision, "{head:?} {expected:?}");
        }
    }

    #[test]
    fn a_deletion_follows_the_revision_it_was_made_from_and_no_other() {
        for (head, expected, decision) in [
            (None, 1, Decision::Report(Change::Missing)),
            (Some(Head::AnotherActors), 1, Decision::Report(Change::Missing)),
            (own(2, Some("x")), 2, Decision::Store { revision: 3 }),
            (own(2, Some("x")), 1, Decision::Report(Change::Stale { current: 2 })),
            (own(2, Some("x")), 4, Decision::Report(Change::Stale { current: 2 })),
            (own(3, None), 2, done(3)),
            (own(3, None), 3, Decision::Report(Change::AlreadyDeleted { current: 3 })),
            (own(3, None), 1, Decision::Report(Change::AlreadyDeleted { current: 3 })),
        ] {
            assert_eq!(decide_delete(head.clone(), expected), decision, "{head:?} {expected}");
        }
    }
}
