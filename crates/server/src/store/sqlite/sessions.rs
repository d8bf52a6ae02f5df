//! Sign-in in SQLite.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{FromRow, Sqlite, SqliteConnection, Transaction};

use super::{SqliteStore, audit::Audit};
use crate::{
    actor::Actor,
    clock,
    sign_in::claims::StaffMember,
    store::{
        StoreError,
        audit::AuditAction,
        sessions::{Attempt, Practitioner, REMEMBERED_SECONDS, Sessions, StoredSession, TakenAttempt},
    },
};

#[derive(FromRow)]
struct AttemptRow {
    browser_sha256: String,
    nonce: String,
    verifier: String,
    return_to: String,
    begun_ms: i64,
    used_ms: Option<i64>,
}

#[derive(FromRow)]
struct SessionRow {
    practitioner: String,
    issuer: String,
    subject: String,
    name: String,
    organisation: String,
    roles: String,
    started_ms: i64,
    seen_ms: i64,
    ends_ms: i64,
    ended_ms: Option<i64>,
    disabled_ms: Option<i64>,
}

fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl SqliteStore {
    async fn transaction(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

async fn forget(connection: &mut SqliteConnection, now: Timestamp) -> Result<(), StoreError> {
    let before = now.as_millisecond() - REMEMBERED_SECONDS * 1000;
    sqlx::query("DELETE FROM sign_in_attempts WHERE begun_ms < ?")
        .bind(before)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM sessions WHERE ends_ms < ?").bind(before).execute(connection).await?;
    Ok(())
}

#[async_trait]
impl Sessions for SqliteStore {
    async fn begin(&self, attempt: &Attempt) -> Result<(), StoreError> {
        let mut work = self.transaction().await?;
        forget(&mut work, attempt.begun_at).await?;
        let insert = sqlx::query(
            "INSERT INTO sign_in_attempts (state_sha256, browser_sha256, nonce, verifier, return_to, begun_ms) \
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&attempt.state_sha256)
        .bind(&attempt.browser_sha256)
        .bind(&attempt.nonce)
        .bind(&attempt.verifier)
        .bind(&attempt.return_to)
        .bind(attempt.begun_at.as_millisecond());
        insert.execute(&mut *work).await?;
        Ok(work.commit().await?)
    }

    async fn take(&self, state_sha256: &str, at: Timestamp) -> Result<Option<TakenAttempt>, StoreError> {
        let mut work = self.transaction().await?;
        let query = sqlx::query_as::<_, AttemptRow>(
            "SELECT browser_sha256, nonce, verifier, return_to, begun_ms, used_ms FROM sign_in_attempts \
             WHERE state_sha256 = ?",
        );
        let Some(row) = query.bind(state_sha256).fetch_optional(&mut *work).await? else { return Ok(None) };
        sqlx::query("UPDATE sign_in_attempts SET used_ms = ? WHERE state_sha256 = ? AND used_ms IS NULL")
            .bind(at.as_millisecond())
            .bind(state_sha256)
            .execute(&mut *work)
            .await?;
        work.commit().await?;
        let attempt = Attempt {
            state_sha256: state_sha256.to_owned(),
            browser_sha256: row.browser_sha256,
            nonce: row.nonce,
            verifier: row.verifier,
            return_to: row.return_to,
            begun_at: moment(row.begun_ms),
        };
        Ok(Some(TakenAttempt { attempt, first: row.used_ms.is_none() }))
    }

    async fn meet(
        &self,
        staff: &StaffMember,
        new_id: &str,
        at: Timestamp,
    ) -> Result<Practitioner, StoreError> {
        let known = sqlx::query_as::<_, (String, Option<i64>)>(
            "SELECT id, disabled_ms FROM practitioners WHERE issuer = ? AND subject = ? AND name = ? AND organisation = ?",
        );
        let known =
            known.bind(&staff.issuer).bind(&staff.subject).bind(&staff.name).bind(&staff.organisation);
        // Nothing is written for somebody who comes with every request.
        if let Some((id, disabled)) = known.fetch_optional(&self.readers).await? {
            return Ok(Practitioner { id, disabled: disabled.is_some() });
        }
        let mut work = self.transaction().await?;
        let query = sqlx::query_as::<_, (String, Option<i64>)>(
            "INSERT INTO practitioners (id, issuer, subject, name, organisation, first_seen_ms) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (issuer, subject) \
             DO UPDATE SET name = excluded.name, organisation = excluded.organisation \
             RETURNING id, disabled_ms",
        )
        .bind(new_id)
        .bind(&staff.issuer)
        .bind(&staff.subject)
        .bind(&staff.name)
        .bind(&staff.organisation)
        .bind(at.as_millisecond());
        let (id, disabled) = query.fetch_one(&mut *work).await?;
        work.commit().await?;
        Ok(Practitioner { id, disabled: disabled.is_some() })
    }

    async fn open(&self, session: &StoredSession) -> Result<(), StoreError> {
        let mut work = self.transaction().await?;
        let roles: Vec<_> = session.staff.roles.iter().collect();
        let insert = sqlx::query(
            "INSERT INTO sessions (secret_sha256, practitioner, issuer, subject, name, organisation, roles, started_ms, \
             seen_ms, ends_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&session.secret_sha256)
        .bind(&session.practitioner)
        .bind(&session.staff.issuer)
        .bind(&session.staff.subject)
        .bind(&session.staff.name)
        .bind(&session.staff.organisation)
        .bind(serde_json::to_string(&roles).unwrap_or_default())
        .bind(session.started_at.as_millisecond())
        .bind(session.seen_at.as_millisecond())
        .bind(session.ends_at.as_millisecond());
        insert.execute(&mut *work).await?;
        let actor = Actor::new(&session.practitioner);
        Audit(&mut work).add(&actor, AuditAction::SignedIn, &clock::written(session.started_at)).await?;
        Ok(work.commit().await?)
    }

    async fn find(&self, secret_sha256: &str) -> Result<Option<StoredSession>, StoreError> {
        let query = sqlx::query_as::<_, SessionRow>(
            "SELECT practitioner, sessions.issuer, sessions.subject, sessions.name, sessions.organisation, roles, \
             started_ms, seen_ms, ends_ms, ended_ms, disabled_ms \
             FROM sessions JOIN practitioners ON practitioners.id = practitioner WHERE secret_sha256 = ?",
        );
        let row = query.bind(secret_sha256).fetch_optional(&self.readers).await?;
        Ok(row.map(|row| StoredSession {
            secret_sha256: secret_sha256.to_owned(),
            practitioner: row.practitioner,
            staff: StaffMember {
                issuer: row.issuer,
                subject: row.subject,
                name: row.name,
                organisation: row.organisation,
                roles: serde_json::from_str(&row.roles).unwrap_or_default(),
            },
            started_at: moment(row.started_ms),
            seen_at: moment(row.seen_ms),
            ends_at: moment(row.ends_ms),
            ended: row.ended_ms.is_some() || row.disabled_ms.is_some(),
        }))
    }

    async fn seen(&self, secret_sha256: &str, at: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET seen_ms = max(seen_ms, ?) WHERE secret_sha256 = ?")
            .bind(at.as_millisecond())
            .bind(secret_sha256)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn end(&self, secret_sha256: &str, at: Timestamp) -> Result<(), StoreError> {
        let mut work = self.transaction().await?;
        let ended = sqlx::query_scalar::<_, String>(
            "UPDATE sessions SET ended_ms = ? WHERE secret_sha256 = ? AND ended_ms IS NULL RETURNING practitioner",
        );
        let ended = ended.bind(at.as_millisecond()).bind(secret_sha256).fetch_optional(&mut *work).await?;
        if let Some(practitioner) = ended {
            let actor = Actor::new(practitioner);
            Audit(&mut work).add(&actor, AuditAction::SignedOut, &clock::written(at)).await?;
        }
        Ok(work.commit().await?)
    }

    async fn set_disabled(
        &self,
        practitioner: &str,
        disabled: bool,
        at: Timestamp,
    ) -> Result<Option<()>, StoreError> {
        let when = disabled.then_some(at.as_millisecond());
        let mut work = self.transaction().await?;
        let changed = sqlx::query("UPDATE practitioners SET disabled_ms = ? WHERE id = ?")
            .bind(when)
            .bind(practitioner)
            .execute(&mut *work)
            .await?;
        if disabled {
            sqlx::query("UPDATE sessions SET ended_ms = ? WHERE practitioner = ? AND ended_ms IS NULL")
                .bind(at.as_millisecond())
                .bind(practitioner)
                .execute(&mut *work)
                .await?;
        }
        work.commit().await?;
        Ok((changed.rows_affected() > 0).then_some(()))
    }
}
