//! Bringing the tables up to date as their owner, one program at a time, and checking them as the role that serves.

use std::time::Duration;

use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, PgPool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::refusal;
use crate::store::migrations::{self, Progress};

/// Compiled in, so that program and schema cannot drift apart.
static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How long to wait for another program that is bringing the same tables up to date.
const LOCK_PATIENCE: &str = "60s";

/// Connects; waits while the database is still starting.
pub(super) async fn connect(
    options: PgConnectOptions,
    patience: Duration,
) -> Result<PgConnection, sqlx::Error> {
    let pool =
        PgPoolOptions::new().max_connections(1).acquire_timeout(patience).connect_with(options).await?;
    let connection = pool.acquire().await?.detach();
    pool.close().await;
    Ok(connection)
}

/// Brings the tables up to date as their owner, and lets `server`, the role that serves, read and add.
pub(super) async fn bring_up_to_date(mut owner: PgConnection, server: &str) -> Result<(), String> {
    let outcome = alone(&mut owner, server).await;
    // Closing gives the lock back, however it went.
    let _ = owner.close().await;
    outcome
}

async fn alone(owner: &mut PgConnection, server: &str) -> Result<(), String> {
    let explain = |error: sqlx::Error| refusal::explain(&error);
    // A migration takes as long as it takes.
    owner.execute("SET statement_timeout = 0").await.map_err(explain)?;
    let wait = format!("SET lock_timeout = '{LOCK_PATIENCE}'");
    owner.execute(AssertSqlSafe(wait)).await.map_err(explain)?;
    // Everything else happens under the lock, the very first table included. The database drops it with the connection,
    // so a program that is killed here holds up nobody.
    owner.execute("SELECT pg_advisory_lock(0, 42)").await.map_err(explain)?;
    let known = migrations::with_unix_line_ends(&MIGRATIONS);
    let exists = sqlx::query_scalar::<_, bool>("SELECT to_regclass('_sqlx_migrations') IS NOT NULL");
    let progress = if exists.fetch_one(&mut *owner).await.map_err(explain)? {
        let applied = sqlx::query_as(migrations::APPLIED).fetch_all(&mut *owner).await.map_err(explain)?;
        migrations::compare(&applied, &known).map_err(|drift| drift.to_string())?
    } else {
        Progress::Behind { database: 0, program: 0 }
    };
    if progress != Progress::UpToDate {
        known.run_direct(None, owner, false).await.map_err(|error| explain_migration(&error))?;
    }
    let grants = sqlx::query_scalar::<_, String>(GRANTS).bind(server);
    let grants = grants.fetch_one(&mut *owner).await.map_err(explain)?;
    owner.execute(AssertSqlSafe(grants)).await.map_err(explain).map(drop)
}

/// What the role that serves may do, and no more: records it may read and add; the present state of an
/// episode, whom it concerns, and who is signed in it may change too. Its name
/// is quoted by the database itself. Erasing is by functions that decide for themselves. The statements run as one.
const GRANTS: &str = "SELECT format( \
     'REVOKE ALL ON assessments, idempotency_keys, draft_ids, draft_revisions, audit, audit_chain, _sqlx_migrations, \
       episodes, episode_revisions, versions, grants, episode_access, access_reasons, notes, upgrades, team_revisions, \
       team_kept, team_settled, team_completions, team_circulations, sent_referrals FROM PUBLIC, %1$I; \
      GRANT USAGE ON SCHEMA %2$I TO %1$I; \
      GRANT SELECT, INSERT ON assessments, idempotency_keys, draft_ids, draft_revisions, audit, audit_chain, \
       episode_revisions, versions, grants, access_reasons, notes, upgrades, team_revisions, team_kept, team_settled, \
       team_completions, team_circulations, sent_referrals TO %1$I; \
      GRANT SELECT, INSERT, UPDATE ON episodes TO %1$I; \
      GRANT SELECT, INSERT, UPDATE, DELETE ON episode_access TO %1$I; \
      REVOKE ALL ON practitioners, sign_in_attempts, sessions FROM PUBLIC, %1$I; \
      GRANT SELECT, INSERT, UPDATE ON practitioners TO %1$I; \
      GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_attempts, sessions TO %1$I; \
      REVOKE ALL ON people, person_revisions, match_keys, person_merges, person_merges_undone, people_not_the_same \
       FROM PUBLIC, %1$I; \
      GRANT SELECT, INSERT, UPDATE ON people TO %1$I; \
      GRANT SELECT, INSERT, DELETE ON match_keys TO %1$I; \
      GRANT SELECT, INSERT ON person_revisions, person_merges, person_merges_undone, people_not_the_same TO %1$I; \
      REVOKE ALL ON legal_holds, legal_holds_lifted, subject_access_requests, subject_access_closed, erased \
       FROM PUBLIC, %1$I; \
      GRANT SELECT, INSERT ON legal_holds, legal_holds_lifted, subject_access_requests, subject_access_closed TO %1$I; \
      GRANT SELECT ON erased TO %1$I; \
      REVOKE ALL ON held_elsewhere, merge_bounds FROM PUBLIC, %1$I; \
      GRANT SELECT ON held_elsewhere, merge_bounds TO %1$I; \
      GRANT EXECUTE ON FUNCTION erase_episode, drafts_not_saved_since, erase_draft, erase_story, \
       forget_reasons, entries_due, erase_entries TO %1$I; \
      REVOKE ALL ON own_pages, practitioner_names, episode_places, match_pairs, pairs_due, take_up_quarters, \
       take_up_stories FROM PUBLIC, %1$I; \
      GRANT SELECT, INSERT ON own_pages, practitioner_names, take_up_quarters, take_up_stories TO %1$I; \
      GRANT SELECT, INSERT, UPDATE ON episode_places TO %1$I; \
      GRANT SELECT, INSERT, DELETE ON match_pairs, pairs_due TO %1$I; \
      REVOKE ALL ON webhook_events, webhook_deliveries FROM PUBLIC, %1$I; \
      GRANT SELECT, INSERT ON webhook_events TO %1$I; \
      GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_deliveries TO %1$I; \
      REVOKE ALL ON families, family_members, family_related FROM PUBLIC, %1$I; \
      GRANT SELECT, INSERT, UPDATE ON families, family_members, family_related TO %1$I; \
      GRANT SELECT ON _sqlx_migrations TO %1$I', $1, current_schema())";

/// Refuses a database where an acknowledged save could be lost, or where one person's records are not kept from another.
pub(super) async fn verify(pool: &PgPool) -> Result<(), String> {
    let explain = |error: sqlx::Error| refusal::explain(&error);
    let exists = sqlx::query_scalar::<_, bool>("SELECT to_regclass('_sqlx_migrations') IS NOT NULL");
    if !exists.fetch_one(pool).await.map_err(explain)? {
        return Err(format!("it has no tables yet. {BY_THE_OWNER}"));
    }
    let applied = sqlx::query_as(migrations::APPLIED).fetch_all(pool).await.map_err(explain)?;
    let known = migrations::with_unix_line_ends(&MIGRATIONS);
    match migrations::compare(&applied, &known).map_err(|drift| drift.to_string())? {
        Progress::UpToDate => {}
        Progress::Behind { database, program } => {
            return Err(format!(
                "its tables are at version {database}, and this program needs version {program}. {BY_THE_OWNER}"
            ));
        }
    }
    for (question, wrong) in CHECKS {
        if !sqlx::query_scalar::<_, bool>(question).fetch_one(pool).await.map_err(explain)? {
            return Err(wrong.to_owned());
        }
    }
    Ok(())
}

const BY_THE_OWNER: &str = "Start once with --database-owner, the address of the role that owns them";

/// Questions that must be answered with yes, and what is wrong otherwise.
const CHECKS: [(&str, &str); 3] = [
    (
        "SELECT current_setting('fsync')::bool AND current_setting('full_page_writes')::bool \
         AND current_setting('synchronous_commit') <> 'off'",
        "it can lose what it has acknowledged. Switch on fsync, full_page_writes and synchronous_commit",
    ),
    (
        "SELECT NOT rolsuper AND NOT rolbypassrls AND NOT EXISTS \
         (SELECT 1 FROM pg_class WHERE oid IN ('assessments'::regclass, 'idempotency_keys'::regclass, \
          'draft_ids'::regclass, 'draft_revisions'::regclass, 'audit'::regclass, 'audit_chain'::regclass, \
          'practitioners'::regclass, 'sign_in_attempts'::regclass, 'sessions'::regclass, \
          'people'::regclass, 'person_revisions'::regclass, 'match_keys'::regclass, 'person_merges'::regclass, \
          'person_merges_undone'::regclass, 'people_not_the_same'::regclass, 'own_pages'::regclass, \
          'practitioner_names'::regclass, 'episode_places'::regclass, 'match_pairs'::regclass, 'pairs_due'::regclass, \
          '_sqlx_migrations'::regclass, 'episodes'::regclass, 'episode_revisions'::regclass, 'versions'::regclass, \
          'grants'::regclass, 'episode_access'::regclass, 'access_reasons'::regclass, 'notes'::regclass, 'upgrades'::regclass, \
          'legal_holds'::regclass, 'legal_holds_lifted'::regclass, 'subject_access_requests'::regclass, \
          'subject_access_closed'::regclass, 'erased'::regclass, 'team_revisions'::regclass, 'team_kept'::regclass, \
          'team_settled'::regclass, 'team_completions'::regclass, 'team_circulations'::regclass, 'sent_referrals'::regclass, \
          'take_up_quarters'::regclass, 'take_up_stories'::regclass, 'webhook_events'::regclass, 'webhook_deliveries'::regclass, \
          'families'::regclass, 'family_members'::regclass, 'family_related'::regclass) \
          AND pg_has_role(current_user, relowner, 'MEMBER')) \
         FROM pg_roles WHERE rolname = current_user",
        "the role in --database could switch off what keeps records apart and unchanged: it is a superuser, passes by \
         row-level security, or owns the tables. Name one that does none of this, and give the owner's address to \
         --database-owner",
    ),
    (
        "SELECT bool_and(relrowsecurity AND relforcerowsecurity) FROM pg_class WHERE oid IN \
         ('assessments'::regclass, 'idempotency_keys'::regclass, 'draft_revisions'::regclass, 'audit'::regclass, \
          'people'::regclass, 'person_revisions'::regclass, 'match_keys'::regclass, 'person_merges'::regclass, \
          'person_merges_undone'::regclass, 'people_not_the_same'::regclass, 'own_pages'::regclass, \
          'episode_places'::regclass, 'match_pairs'::regclass, 'pairs_due'::regclass, \
          'episodes'::regclass, 'episode_revisions'::regclass, 'versions'::regclass, 'grants'::regclass, \
          'access_reasons'::regclass, 'notes'::regclass, 'legal_holds'::regclass, 'legal_holds_lifted'::regclass, \
          'subject_access_requests'::regclass, 'subject_access_closed'::regclass, 'erased'::regclass, \
          'team_revisions'::regclass, 'team_kept'::regclass, 'team_settled'::regclass, 'team_completions'::regclass, \
          'team_circulations'::regclass, 'sent_referrals'::regclass, 'take_up_quarters'::regclass, 'take_up_stories'::regclass, \
          'families'::regclass, 'family_members'::regclass, 'family_related'::regclass)",
        "row-level security has been switched off. Switch it on and force it for every table that has a policy",
    ),
];

fn explain_migration(error: &MigrateError) -> String {
    match error {
        MigrateError::Execute(inner) | MigrateError::ExecuteMigration(inner, _) => refusal::explain(inner),
        _ => "its tables could not be brought up to date. Restore it from a backup".to_owned(),
    }
}
