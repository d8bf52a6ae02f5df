//! Entries of the audit trail whose period is over, and reasons for searches, in SQLite: how many there are, and erasing them.

use assessment_people::audit::Cut;
use jiff::{Timestamp, civil::Date};
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    clock::microseconds,
    store::{StoreError, chain},
};

/// Entries from before a moment that nothing keeps on that day.
macro_rules! entries {
    ($what:literal) => {
        concat!(
            $what,
            " FROM audit WHERE at_us < ?1 AND (subject_kind, subject_id) NOT IN \
             (SELECT kind, id FROM kept_subjects WHERE until IS NULL OR until >= ?2)"
        )
    };
}

/// Those that `erasing` names.
macro_rules! named {
    () => {
        "WHERE seq IN (SELECT CAST(id AS INTEGER) FROM erasing WHERE kind = 'entry')"
    };
}

/// How many there are.
pub(super) async fn count(
    connection: &mut SqliteConnection,
    since: Timestamp,
    today: Date,
) -> Result<u64, StoreError> {
    let count = sqlx::query_as::<_, (i64,)>(entries!("SELECT count(*)"));
    let count = count.bind(microseconds(since)).bind(today.to_string());
    let (count,) = count.fetch_one(&mut *connection).await?;
    Ok(count.unsigned_abs())
}

/// Erases them. Their hashes stay in the chain.
pub(super) async fn erase(
    connection: &mut SqliteConnection,
    since: Timestamp,
    today: Date,
) -> Result<(u64, Cut), StoreError> {
    let before = sqlx::query_as::<_, (String,)>(chain::CUT).fetch_optional(&mut *connection).await?;
    let before = before.and_then(|(id,)| Cut::parse(&id)).map_or(0, Cut::through);
    let day = sqlx::query("INSERT INTO erasing (kind, id) VALUES ('day', ?1)").bind(today.to_string());
    connection.execute(day).await?;
    let name = sqlx::query(entries!("INSERT INTO erasing (kind, id) SELECT 'entry', CAST(seq AS TEXT)"));
    connection.execute(name.bind(microseconds(since)).bind(today.to_string())).await?;
    let newest = "SELECT max(CAST(id AS INTEGER)) FROM erasing WHERE kind = 'entry'";
    let (newest,) = sqlx::query_as::<_, (Option<i64>,)>(newest).fetch_one(&mut *connection).await?;
    let through = before.max(newest.map_or(0, i64::unsigned_abs));
    connection.execute(sqlx::query(concat!("DELETE FROM access_reasons ", named!()))).await?;
    let erased = connection.execute(sqlx::query(concat!("DELETE FROM audit ", named!()))).await?;
    connection.execute(sqlx::query("DELETE FROM erasing")).await?;
    let left = sqlx::query_as::<_, (i64,)>("SELECT seq FROM audit WHERE seq <= ?1 ORDER BY seq");
    let left = left.bind(i64::try_from(through).unwrap_or(i64::MAX)).fetch_all(&mut *connection).await?;
    let cut = Cut::new(through, left.into_iter().map(|(seq,)| seq.unsigned_abs()));
    Ok((erased.rows_affected(), cut))
}

/// Erases the words in which people said why they searched.
pub(super) async fn forget_reasons(
    connection: &mut SqliteConnection,
    since: Timestamp,
) -> Result<u64, StoreError> {
    let name = sqlx::query(
        "INSERT INTO erasing (kind, id) SELECT 'reason', CAST(audit.seq AS TEXT) FROM access_reasons \
         JOIN audit ON audit.seq = access_reasons.seq WHERE at_us < ?1 \
         AND ((subject_kind = 'practitioner' AND subject_id = 'self') \
         OR action IN ('search', 'check-duplicates', 'list-duplicates', 'export-register', 'read-audit'))",
    );
    connection.execute(name.bind(microseconds(since))).await?;
    let forgotten = connection.execute(sqlx::query(super::REASONS)).await?.rows_affected();
    connection.execute(sqlx::query("DELETE FROM erasing")).await?;
    Ok(forgotten)
}
