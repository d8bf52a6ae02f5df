//! Sign-in in PostgreSQL.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{access::Action, who::Subject};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::{PostgresStore, audit::Audit, session::Session, text};
use crate::{
    actor::Actor,
    clock::microseconds,
    staff::StaffMember,
    store::{
        StoreError,
        audit::AuditAction,
        episodes::{Asker, Because},
        rows,
        sessions::{
            Attempt, KnownStaff, Practitioner, REMEMBERED_SECONDS, Sessions, StoredSession, TakenAttempt,
        },
    },
};

/// Those of them who were shut out.
pub(super) async fn left(
    session: &mut Session,
    asker: &Asker,
    subjects: &BTreeSet<Subject>,
) -> Result<BTreeSet<Subject>, StoreError> {
    let query = sqlx::query_as::<_, (String, String)>(
        "SELECT issuer, subject FROM practitioners WHERE disabled_us IS NOT NULL AND (issuer, subject) IN \
         (SELECT * FROM unnest($1::text[], $2::text[]))",
    );
    let (issuers, subs): (Vec<_>, Vec<_>) =
        subjects.iter().map(|one| (one.issuer().to_owned(), one.sub().to_owned())).unzip();
    let found = session.all_for(asker, query.bind(issuers).bind(subs)).await?;
    Ok(found.into_iter().filter_map(|(issuer, sub)| Subject::new(&issuer, &sub)).collect())
}

impl PostgresStore {
    pub(super) async fn work(&self) -> Result<Session, StoreError> {
        Session::begin(&self.pool, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", self.patience).await
    }

    /// For one question. No policy covers these tables, so nobody has to be named.
    pub(super) async fn look(&self) -> Result<Session, StoreError> {
        Session::alone(&self.pool, self.patience).await
    }
}

#[async_trait]
impl Sessions for PostgresStore {
    async fn begin(&self, attempt: &Attempt) -> Result<(), StoreError> {
        let before = microseconds(attempt.begun_at) - REMEMBERED_SECONDS * 1_000_000;
        let mut work = self.work().await?;
        work.run(sqlx::query("DELETE FROM sign_in_attempts WHERE begun_us < $1").bind(before)).await?;
        work.run(sqlx::query("DELETE FROM sessions WHERE ends_us < $1").bind(before)).await?;
        let insert = sqlx::query(
            "INSERT INTO sign_in_attempts (state_sha256, browser_sha256, nonce, verifier, return_to, begun_us) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&attempt.state_sha256)
        .bind(&attempt.browser_sha256)
        .bind(&attempt.nonce)
        .bind(&attempt.verifier)
        .bind(&attempt.return_to)
        .bind(microseconds(attempt.begun_at));
        work.run(insert).await?;
        work.commit().await
    }

    async fn take(&self, state_sha256: &str, at: Timestamp) -> Result<Option<TakenAttempt>, StoreError> {
        let mut work = self.work().await?;
        // Locked until the end, so that of two at once one is the first.
        let query = sqlx::query_as::<_, rows::Attempt>(
            "SELECT browser_sha256, nonce, verifier, return_to, begun_us, used_us FROM sign_in_attempts \
             WHERE state_sha256 = $1 FOR UPDATE",
        );
        let Some(row) = work.anyones(query.bind(state_sha256)).await? else { return Ok(None) };
        let used = sqlx::query(
            "UPDATE sign_in_attempts SET used_us = $1 WHERE state_sha256 = $2 AND used_us IS NULL",
        );
        work.run(used.bind(microseconds(at)).bind(state_sha256)).await?;
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
            "SELECT id, disabled_us FROM practitioners \
             WHERE issuer = $1 AND subject = $2 AND name = $3 AND organisation = $4",
        );
        let (issuer, subject) = (text(&staff.issuer), text(&staff.subject));
        let (name, organisation) = (text(&staff.name), text(&staff.organisation));
        let known = known.bind(&*issuer).bind(&*subject).bind(&*name).bind(&*organisation);
        // Nothing is written for somebody who comes with every request.
        let found = self.look().await?.anyones(known).await?;
        if let Some((id, disabled)) = found {
            return Ok(Practitioner { id, disabled: disabled.is_some() });
        }
        let mut work = self.work().await?;
        let query = sqlx::query_as::<_, (String, Option<i64>)>(
            "INSERT INTO practitioners (id, issuer, subject, name, organisation, first_seen_us) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (issuer, subject) \
             DO UPDATE SET name = excluded.name, organisation = excluded.organisation \
             RETURNING id, disabled_us",
        )
        .bind(new_id)
        .bind(&*issuer)
        .bind(&*subject)
        .bind(&*name)
        .bind(&*organisation)
        .bind(microseconds(at));
        let found = work.anyones(query).await?;
        work.commit().await?;
        let (id, disabled) =
            found.ok_or_else(|| StoreError::Unavailable("a practitioner was not stored".to_owned()))?;
        Ok(Practitioner { id, disabled: disabled.is_some() })
    }

    async fn practitioners(&self) -> Result<Vec<(String, StaffMember)>, StoreError> {
        let query = sqlx::query_as::<_, rows::Practitioner>(
            "SELECT id, issuer, subject, name, organisation FROM practitioners ORDER BY id",
        );
        let found = self.look().await?.everyone(query).await?;
        Ok(found.into_iter().map(rows::practitioner).collect())
    }

    async fn open(&self, session: &StoredSession) -> Result<(), StoreError> {
        let roles: Vec<_> = session.staff.roles.iter().collect();
        let insert = sqlx::query(
            "INSERT INTO sessions (secret_sha256, practitioner, issuer, subject, name, organisation, roles, \
             started_us, seen_us, ends_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(&session.secret_sha256)
        .bind(&session.practitioner)
        .bind(text(&session.staff.issuer).into_owned())
        .bind(text(&session.staff.subject).into_owned())
        .bind(text(&session.staff.name).into_owned())
        .bind(text(&session.staff.organisation).into_owned())
        .bind(serde_json::to_string(&roles).unwrap_or_default())
        .bind(microseconds(session.started_at))
        .bind(microseconds(session.seen_at))
        .bind(microseconds(session.ends_at));
        let mut work = self.work().await?;
        work.run(insert).await?;
        let actor = Actor::new(&session.practitioner);
        Audit(&mut work).add(&actor, AuditAction::SignedIn, session.started_at, None).await?;
        work.commit().await
    }

    async fn find(&self, secret_sha256: &str) -> Result<Option<StoredSession>, StoreError> {
        let query = sqlx::query_as::<_, rows::Session>(
            "SELECT practitioner, sessions.issuer, sessions.subject, sessions.name, sessions.organisation, roles, \
             started_us, seen_us, ends_us, ended_us, disabled_us \
             FROM sessions JOIN practitioners ON practitioners.id = practitioner WHERE secret_sha256 = $1",
        );
        let row = self.look().await?.anyones(query.bind(secret_sha256)).await?;
        Ok(row.map(|row| rows::session(secret_sha256, row)))
    }

    async fn seen(&self, secret_sha256: &str, at: Timestamp) -> Result<(), StoreError> {
        let update =
            sqlx::query("UPDATE sessions SET seen_us = greatest(seen_us, $1) WHERE secret_sha256 = $2");
        let mut work = self.work().await?;
        work.run(update.bind(microseconds(at)).bind(secret_sha256)).await?;
        work.commit().await
    }

    async fn end(&self, secret_sha256: &str, at: Timestamp) -> Result<(), StoreError> {
        let update = sqlx::query_as::<_, (String,)>(
            "UPDATE sessions SET ended_us = $1 WHERE secret_sha256 = $2 AND ended_us IS NULL RETURNING practitioner",
        );
        let mut work = self.work().await?;
        let ended = work.anyones(update.bind(microseconds(at)).bind(secret_sha256)).await?;
        if let Some((practitioner,)) = ended {
            Audit(&mut work).add(&Actor::new(practitioner), AuditAction::SignedOut, at, None).await?;
        }
        work.commit().await
    }

    async fn names(&self, ids: &[String]) -> Result<BTreeMap<String, String>, StoreError> {
        let query =
            sqlx::query_as::<_, (String, String)>("SELECT id, name FROM practitioners WHERE id = ANY ($1)");
        Ok(self.look().await?.everyone(query.bind(ids)).await?.into_iter().collect())
    }

    async fn staff(&self, after: Option<Uuid>, limit: u32) -> Result<Vec<KnownStaff>, StoreError> {
        let query = sqlx::query_as::<_, rows::Staff>(
            "SELECT id, issuer, subject, name, organisation, disabled_us FROM practitioners \
             WHERE id COLLATE \"C\" > $1 ORDER BY id COLLATE \"C\" LIMIT $2",
        );
        let after = after.map(|id| id.hyphenated().to_string()).unwrap_or_default();
        let found = self.look().await?.everyone(query.bind(after).bind(i64::from(limit))).await?;
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
        let change = sqlx::query_as::<_, (String,)>(
            "UPDATE practitioners SET disabled_us = CASE WHEN $1 THEN coalesce(disabled_us, $2) END WHERE id = $3 \
             RETURNING id",
        );
        let mut work = self.work().await?;
        let changed = work.anyones(change.bind(disabled).bind(microseconds(at)).bind(&id)).await?;
        if changed.is_none() {
            return Ok(None);
        }
        if disabled {
            let end =
                sqlx::query("UPDATE sessions SET ended_us = $1 WHERE practitioner = $2 AND ended_us IS NULL");
            work.run(end.bind(microseconds(at)).bind(&id)).await?;
        }
        let action = if disabled { Action::ShutOut } else { Action::LetIn };
        Audit(&mut work).add(by, AuditAction::Staff(action, practitioner), at, because).await?;
        work.commit().await?;
        Ok(Some(()))
    }
}
