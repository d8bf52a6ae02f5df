//! Drafts in SQLite: each save and each deletion is a new row; the newest row of a draft is what it is now.
//!
//! A repeat of the very change that made the current revision counts as done: its first reply was lost on the way, and
//! telling the practitioner of a conflict with themselves would be wrong.

use sqlx::{Executor, Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::audit;
use crate::{
    actor::Actor,
    identifier::DraftId,
    store::{Change, Expected, NewRevision, StoreError, StoredDraft, StoredDraftSummary},
};

/// The newest row of a draft, whoever owns it.
struct Newest {
    revision: u64,
    actor: String,
    saved_at: String,
    sha256: Option<String>,
}

async fn newest_row(connection: &mut SqliteConnection, id: &str) -> Result<Option<Newest>, StoreError> {
    let query = sqlx::query_as::<_, (i64, String, String, Option<String>)>(
        "SELECT revision, actor, saved_at, sha256 FROM draft_revisions WHERE draft_id = ? ORDER BY revision DESC LIMIT 1",
    );
    let found = query.bind(id).fetch_optional(connection).await?;
    Ok(found.map(|(revision, actor, saved_at, sha256)| Newest {
        revision: revision.unsigned_abs(),
        actor,
        saved_at,
        sha256,
    }))
}

pub(super) async fn save(
    mut transaction: Transaction<'static, Sqlite>,
    actor: &Actor,
    id: DraftId,
    expected: Expected,
    content: NewRevision,
) -> Result<Change, StoreError> {
    let id = id.to_string();
    let newest = newest_row(&mut transaction, &id).await?;
    let believed = match expected {
        Expected::Nothing => 0,
        Expected::Revision(revision) => revision,
    };
    match &newest {
        // Another person's draft is answered like one that does not exist; its id cannot be taken over.
        Some(newest) if newest.actor != actor.id() => return Ok(Change::Missing),
        Some(newest) if newest.revision == believed => {}
        Some(newest)
            if newest.revision == believed + 1 && newest.sha256.as_ref() == Some(&content.sha256) =>
        {
            return Ok(Change::Done { revision: newest.revision, saved_at: newest.saved_at.clone() });
        }
        Some(newest) => return Ok(Change::Stale { current: newest.revision }),
        None if believed == 0 => {}
        None => return Ok(Change::Missing),
    }
    let revision = believed + 1;
    append(&mut transaction, actor, &id, revision, &content.saved_at, Some(&content)).await?;
    audit(&mut transaction, &content.saved_at, actor, "draft-saved", ("draft", &id)).await?;
    transaction.commit().await?;
    Ok(Change::Done { revision, saved_at: content.saved_at })
}

pub(super) async fn delete(
    mut transaction: Transaction<'static, Sqlite>,
    actor: &Actor,
    id: DraftId,
    expected: u64,
    at: &str,
) -> Result<Change, StoreError> {
    let id = id.to_string();
    let Some(newest) = newest_row(&mut transaction, &id).await?.filter(|newest| newest.actor == actor.id())
    else {
        return Ok(Change::Missing);
    };
    match (newest.sha256, newest.revision) {
        (None, current) if current == expected + 1 => {
            return Ok(Change::Done { revision: current, saved_at: newest.saved_at });
        }
        (None, current) => return Ok(Change::AlreadyDeleted { current }),
        (Some(_), current) if current != expected => return Ok(Change::Stale { current }),
        (Some(_), _) => {}
    }
    let revision = expected + 1;
    append(&mut transaction, actor, &id, revision, at, None).await?;
    audit(&mut transaction, at, actor, "draft-deleted", ("draft", &id)).await?;
    transaction.commit().await?;
    Ok(Change::Done { revision, saved_at: at.to_owned() })
}

async fn append(
    connection: &mut SqliteConnection,
    actor: &Actor,
    id: &str,
    revision: u64,
    at: &str,
    content: Option<&NewRevision>,
) -> Result<(), StoreError> {
    let insert = sqlx::query(
        "INSERT INTO draft_revisions (draft_id, revision, actor, saved_at, body, sha256, form_version) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(i64::try_from(revision).unwrap_or(i64::MAX))
    .bind(actor.id())
    .bind(at)
    .bind(content.map(|content| content.body.as_slice()))
    .bind(content.map(|content| content.sha256.as_str()))
    .bind(content.map(|content| content.form_version.as_str()));
    connection.execute(insert).await?;
    Ok(())
}

pub(super) async fn newest(
    pool: &SqlitePool,
    actor: &Actor,
    id: DraftId,
) -> Result<Option<StoredDraft>, StoreError> {
    let query = sqlx::query_as::<_, (i64, String, Option<Vec<u8>>)>(
        "SELECT revision, saved_at, body FROM draft_revisions WHERE draft_id = ? AND actor = ? \
         ORDER BY revision DESC LIMIT 1",
    );
    let found = query.bind(id.to_string()).bind(actor.id()).fetch_optional(pool).await?;
    Ok(found.map(|(revision, saved_at, body)| StoredDraft {
        revision: revision.unsigned_abs(),
        saved_at,
        body,
    }))
}

pub(super) async fn list(
    pool: &SqlitePool,
    actor: &Actor,
    limit: u32,
) -> Result<Vec<StoredDraftSummary>, StoreError> {
    let query = sqlx::query_as::<_, (String, i64, String, String)>(
        "SELECT draft_id, revision, saved_at, form_version FROM draft_revisions AS newest \
         WHERE actor = ? AND form_version IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM draft_revisions AS later WHERE later.draft_id = newest.draft_id AND later.revision > newest.revision) \
         ORDER BY seq DESC LIMIT ?",
    );
    let rows = query.bind(actor.id()).bind(limit).fetch_all(pool).await?;
    Ok(rows
        .into_iter()
        .map(|(id, revision, saved_at, form_version)| StoredDraftSummary {
            id,
            revision: revision.unsigned_abs(),
            saved_at,
            form_version,
        })
        .collect())
}
