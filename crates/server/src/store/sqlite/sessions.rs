//! Sign-in in SQLite.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{access::Action, who::Subject};
use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::{SqliteStore, audit::Audit};
use crate::{
    actor::Actor,
    clock::microseconds,
    staff::StaffMember,
    store::{
        StoreError,
        audit::AuditAction,
        episodes::Because,
        rows,
        sessions::{
            Attempt, KnownStaff, Practitioner, REMEMBERED_SECONDS, Sessions, StoredSession, TakenAttempt,
        },
    },
};

/// Those of them who were shut out.
pub(super) async fn left(
    connection: &mut SqliteConnection,
    subjects: &BTreeSet<Subject>,
) -> Result<BTreeSet<Subject>, StoreError> {
    let query = sqlx::query_as::<_, (String, String)>(
        "SELECT issuer, subject FROM practitioners WHERE disabled_us IS NOT NULL AND (issuer, subject) IN \
         (SELECT value ->> 0, value ->> 1 FROM json_each(?1))",
    );
    let asked: Vec<(&str, &str)> = subjects.iter().map(|one| (one.issuer(), one.sub())).collect();
    let found = query.bind(rows::people::written(&asked)?).fetch_all(connection).await?;
    Ok(found.into_iter().filter_map(|(issuer, sub)| Subject::new(&issuer, &sub)).collect())
}

async fn forget(connection: &mut SqliteConnection, now: Timestamp) -> Result<(), StoreError> {
    let before = microseconds(now) - REMEMBERED_SECONDS * 1_000_000;
    sqlx::query("DELETE FROM sign_in_attempts WHERE begun_us < ?")
        .bind(before)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM sessions WHERE ends_us < ?").bind(before).execute(connection).await?;
    Ok(())
}

#[async_trait]
impl Sessions for SqliteStore {
    async fn begin(&self, attempt: &Attempt) -> Result<(), StoreError> {
        let mut work = self.turn().await?;
        forget(&mut work, attempt.begun_at).await?;
        let insert = sqlx::query(
            "INSERT INTO sign_in_attempts (state_sha256, browser_sha256, nonce, verifier, return_to, begun_us) \
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&attempt.state_sha256)
        .bind(&attempt.browser_sha256)
        .bind(&attempt.nonce)
        .bind(&attempt.verifier)
        .bind(&attempt.return_to)
        .bind(microseconds(attempt.begun_at));
        insert.execute(&mut *work).await?;
        work.commit().await
    }

    async fn take(&self, state_sha256: &str, at: Timestamp) -> Result<Option<TakenAttempt>, StoreError> {
        let mut work = self.turn().await?;
        let query = sqlx::query_as::<_, rows::Attempt>(
            "SELECT browser_sha256, nonce, verifier, return_to, begun_us, used_us FROM sign_in_attempts \
             WHERE state_sha256 = ?",
        );
        let Some(row) = query.bind(state_sha256).fetch_optional(&mut *work).await? else { return Ok(None) };
        sqlx::query("UPDATE sign_in_attempts SET used_us = ? WHERE state_sha256 = ? AND used_us IS NULL")
            .bind(microseconds(at))
            .bind(state_sha256)
            .execute(&mut *work)
            .await?;
        work.commit().await?;
        Ok(Some(rows::attempt(state_sha256, row)))
    }

    async fn meet(
        &self,
        staff: &StaffMember,
        new_id: &str,
        at: Timestamp,
    ) -> Result<Practitioner, StoreError> {
        let known = sqlx::query_as::<_, (String, Option<i64>)>(
            "SELECT id, disabled_us FROM practitioners WHERE issuer = ? AND subject = ? AND name = ? AND organisation = ?",
        );
        let known =
            known.bind(&staff.issuer).bind(&staff.subject).bind(&staff.name).bind(&staff.organisation);
        // Nothing is written for somebody who comes with every request.
        if let Some((id, disabled)) = known.fetch_optional(&self.readers).await? {
            return Ok(Practitioner { id, disabled: disabled.is_some() });
        }
        let mut work = self.turn().await?;
        let query = sqlx::query_as::<_, (String, Option<i64>)>(
            "INSERT INTO practitioners (id, issuer, subject, name, organisation, first_seen_us) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (issuer, subject) \
             DO UPDATE SET name = excluded.name, organisation = excluded.organisation \
             RETURNING id, disabled_us",
        )
        .bind(new_id)
        .bind(&staff.issuer)
        .bind(&staff.subject)
        .bind(&staff.name)
        .bind(&staff.organisation)
        .bind(microseconds(at));
        let (id, disabled) = query.fetch_one(&mut *work).await?;
        work.commit().await?;
        Ok(Practitioner { id, disabled: disabled.is_some() })
    }

    async fn practitioners(&self) -> Result<Vec<(String, StaffMember)>, StoreError> {
        let query = sqlx::query_as::<_, rows::Practitioner>(
            "SELECT id, issuer, subject, name, organisation FROM practitioners ORDER BY id",
        );
        Ok(query.fetch_all(&self.readers).await?.into_iter().map(rows::practitioner).collect())
    }

    async fn open(&self, session: &StoredSession) -> Result<(), StoreError> {
        let mut work = self.turn().await?;
        let roles: Vec<_> = session.staff.roles.iter().collect();
        let insert = sqlx::query(
            "INSERT INTO sessions (secret_sha256, practitioner, issuer, subject, name, organisation, roles, started_us, \
             seen_us, ends_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&session.secret_sha256)
        .bind(&session.practitioner)
        .bind(&session.staff.issuer)
        .bind(&session.staff.subject)
        .bind(&session.staff.name)
        .bind(&session.staff.organisation)
        .bind(serde_json::to_string(&roles).unwrap_or_default())
        .bind(microseconds(session.started_at))
        .bind(microseconds(session.seen_at))
        .bind(microseconds(session.ends_at));
        insert.execute(&mut *work).await?;
        let actor = Actor::new(&session.practitioner);
        Audit(&mut work).add(&actor, AuditAction::SignedIn, session.started_at, None).await?;
        work.commit().await
    }

    async fn find(&self, secret_sha256: &str) -> Result<Option<StoredSession>, StoreError> {
        let query = sqlx::query_as::<_, rows::Session>(
            "SELECT practitioner, sessions.issuer, sessions.subject, sessions.name, sessions.organisation, roles, \
             started_us, seen_us, ends_us, ended_us, disabled_us \
             FROM sessions JOIN practitioners ON practitioners.id = practitioner WHERE secret_sha256 = ?",
        );
        let row = query.bind(secret_sha256).fetch_optional(&self.readers).await?;
        Ok(row.map(|row| rows::session(secret_sha256, row)))
    }

    async fn seen(&self, secret_sha256: &str, at: Timestamp) -> Result<(), StoreError> {
        let mut work = self.turn().await?;
        sqlx::query("UPDATE sessions SET seen_us = max(seen_us, ?) WHERE secret_sha256 = ?")
            .bind(microseconds(at))
            .bind(secret_sha256)
            .execute(&mut *work)
            .await?;
        work.commit().await
    }

    async fn end(&self, secret_sha256: &str, at: Timestamp) -> Result<(), StoreError> {
        let mut work = self.turn().await?;
        let ended = sqlx::query_scalar::<_, String>(
            "UPDATE sessions SET ended_us = ? WHERE secret_sha256 = ? AND ended_us IS NULL RETURNING practitioner",
        );
        let ended = ended.bind(microseconds(at)).bind(secret_sha256).fetch_optional(&mut *work).await?;
        if let Some(practitioner) = ended {
            let actor = Actor::new(practitioner);
            Audit(&mut work).add(&actor, AuditAction::SignedOut, at, None).await?;
        }
        work.commit().await
    }

    async fn names(&self, ids: &[String]) -> Result<BTreeMap<String, String>, StoreError> {
        let ids = super::super::rows::people::written(&ids)?;
        let query = sqlx::query_as::<_, (String, String)>(
            "SELECT id, name FROM practitioners WHERE id IN (SELECT value FROM json_each(?))",
        );
        Ok(query.bind(ids).fetch_all(&self.readers).await?.into_iter().collect())
    }

    async fn staff(&self, after: Option<Uuid>, limit: u32) -> Result<Vec<KnownStaff>, StoreError> {
        let query = sqlx::query_as::<_, rows::Staff>(
            "SELECT id, issuer, subject, name, organisation, disabled_us FROM practitioners \
             WHERE id > ? ORDER BY id LIMIT ?",
        );
        let after = after.map(|id| id.hyphenated().to_string()).unwrap_or_default();
        let found = query.bind(after).bind(limit).fetch_all(&self.readers).await?;
        Ok(found.into_iter().map(rows::staff).collect())
    }

    async fn set_disabled(
        &self,
        by: &Actor,
        practitioner: Uuid,
        disabled: bool,
        because: Because<'_>,
        at: Timestamp,
    ) -> Result<Option<()>, StoreError> {
        let id = practitioner.hyphenated().to_string();
        let mut work = self.turn().await?;
        let change = sqlx::query(
            "UPDATE practitioners SET disabled_us = CASE WHEN ? THEN coalesce(disabled_us, ?) END WHERE id = ?",
        );
        let change = change.bind(disabled).bind(microseconds(at)).bind(&id);
        let changed = change.execute(&mut *work).await?;
        if changed.rows_affected() == 0 {
            return Ok(None);
        }
        if disabled {
            sqlx::query("UPDATE sessions SET ended_us = ? WHERE practitioner = ? AND ended_us IS NULL")
                .bind(microseconds(at))
                .bind(&id)
                .execute(&mut *work)
                .await?;
        }
        let action = if disabled { Action::ShutOut } else { Action::LetIn };
        Audit(&mut work).add(by, AuditAction::Staff(action, practitioner), at, because).await?;
        work.commit().await?;
        Ok(Some(()))
    }
}
