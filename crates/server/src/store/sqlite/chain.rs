//! The chain of the audit trail in SQLite.

use assessment_people::audit::Head;
use sqlx::SqliteConnection;

use crate::store::{
    StoreError,
    chain::{self, AuditFault, Check, HeadRow, LinkRow},
    rows::people::written,
};

const HEAD: &str = "SELECT seq, hash FROM audit_chain ORDER BY seq DESC LIMIT 1";

const LINKS: &str = "SELECT audit.seq, at_us, actor, action, subject_kind, subject_id, reason, hash, words, salt, \
     (SELECT hash FROM audit_chain AS before WHERE before.seq = audit.seq - 1) FROM audit LEFT JOIN audit_chain ON audit_chain.seq = audit.seq \
     LEFT JOIN access_reasons ON access_reasons.seq = audit.seq WHERE audit.seq > ? ORDER BY audit.seq LIMIT ?";

pub(super) async fn head(connection: &mut SqliteConnection) -> Result<Head, StoreError> {
    Ok(chain::head(sqlx::query_as::<_, HeadRow>(HEAD).fetch_optional(connection).await?))
}

async fn links(connection: &mut SqliteConnection, after: i64) -> Result<Vec<LinkRow>, sqlx::Error> {
    sqlx::query_as(LINKS).bind(after).bind(chain::PAGE).fetch_all(connection).await
}

/// Links the entries that were stored before there were links.
pub(super) async fn link_old(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut head = chain::head(sqlx::query_as::<_, HeadRow>(HEAD).fetch_optional(&mut *connection).await?);
    if head != Head::START {
        return Ok(());
    }
    loop {
        let rows = links(connection, i64::try_from(head.seq).unwrap_or(i64::MAX)).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            // None was ever written that has no link. Refusing leaves the file as the program before had it.
            let (linked, next) = chain::link(head, &row).ok_or_else(|| {
                sqlx::Error::Protocol("an audit entry holds more than ids and codes".to_owned())
            })?;
            add(connection, row.0, linked.hash.as_bytes()).await?;
            head = next;
        }
    }
}

pub(super) async fn add(
    connection: &mut SqliteConnection,
    seq: i64,
    hash: &[u8; 32],
) -> Result<(), sqlx::Error> {
    let insert = sqlx::query("INSERT INTO audit_chain (seq, hash) VALUES (?, ?)");
    insert.bind(seq).bind(hash.as_slice()).execute(connection).await.map(drop)
}

/// Checks the whole trail.
pub(super) async fn verify(connection: &mut SqliteConnection, kept: &[Head]) -> Result<Head, AuditFault> {
    let kept = chain::with_own(kept, head(connection).await?);
    let numbers: Vec<u64> = kept.iter().map(|head| head.seq).collect();
    let known = "SELECT seq, hash FROM audit_chain WHERE seq IN (SELECT value FROM json_each(?))";
    let known = sqlx::query_as::<_, HeadRow>(known).bind(written(&numbers)?);
    let known = known.fetch_all(&mut *connection).await.map_err(StoreError::from)?;
    let cut = sqlx::query_as(chain::CUT).fetch_optional(&mut *connection).await.map_err(StoreError::from)?;
    let mut check = Check::new(&kept, known, cut)?;
    let mut after = i64::MIN;
    while let Some(last) = check.page(links(connection, after).await.map_err(StoreError::from)?)? {
        after = last;
    }
    Ok(check.finish()?)
}
