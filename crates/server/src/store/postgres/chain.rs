//! Verifying the chain of the audit trail in PostgreSQL. It needs a role that sees every row, which the one that serves must
//! not be.

use std::time::Duration;

use assessment_people::audit::Head;
use sqlx::{Executor as _, PgConnection};

use super::{PostgresAddress, refusal, schema};
use crate::store::{
    CannotOpen, StoreError,
    chain::{self, AuditFault, Check, HeadRow, LinkRow},
};

pub(super) const HEAD: &str = "SELECT seq, hash FROM audit_chain ORDER BY seq DESC LIMIT 1";

const LINKS: &str = "SELECT audit.seq, at_us, actor, action, subject_kind, subject_id, reason, hash, words, salt, \
     (SELECT hash FROM audit_chain AS before WHERE before.seq = audit.seq - 1) FROM audit LEFT JOIN audit_chain ON audit_chain.seq = audit.seq \
     LEFT JOIN access_reasons ON access_reasons.seq = audit.seq WHERE audit.seq > $1 ORDER BY audit.seq LIMIT $2";

/// A connection for verifying.
///
/// # Errors
/// If the database cannot be reached, or if the role would not see every entry.
pub async fn auditor(address: &PostgresAddress, patience: Duration) -> Result<Auditor, CannotOpen> {
    let cannot = |reason: &str| CannotOpen(format!("cannot use the database {address}: {reason}."));
    let options = address.options(patience).map_err(|_| cannot("the driver cannot read the address"))?;
    let explain = |error: sqlx::Error| cannot(&refusal::explain(&error));
    let mut connection = schema::connect(options, patience).await.map_err(explain)?;
    // A policy that hides a row is then an error, not a gap in the chain.
    connection.execute("SET row_security = off").await.map_err(explain)?;
    connection.execute("SELECT 1 FROM audit LIMIT 1").await.map_err(|_| {
        cannot(
            "the role does not see every entry of the audit trail. Name one with BYPASSRLS that may read it",
        )
    })?;
    Ok(Auditor(connection))
}

/// Reads the whole trail.
pub struct Auditor(PgConnection);

impl Auditor {
    /// Checks the whole trail, also against heads that were kept elsewhere.
    ///
    /// # Errors
    /// The first entry that is wrong, or why the trail could not be read.
    pub async fn verify(&mut self, kept: &[Head]) -> Result<Head, AuditFault> {
        let own = sqlx::query_as::<_, HeadRow>(HEAD).fetch_optional(&mut self.0).await;
        let kept = chain::with_own(kept, chain::head(own.map_err(StoreError::from)?));
        let numbers: Vec<i64> = kept.iter().map(|head| i64::try_from(head.seq).unwrap_or(i64::MAX)).collect();
        let known = sqlx::query_as::<_, HeadRow>("SELECT seq, hash FROM audit_chain WHERE seq = ANY ($1)")
            .bind(numbers);
        let known = known.fetch_all(&mut self.0).await.map_err(StoreError::from)?;
        let cut = sqlx::query_as(chain::CUT).fetch_optional(&mut self.0).await.map_err(StoreError::from)?;
        let mut check = Check::new(&kept, known, cut)?;
        let mut after = i64::MIN;
        loop {
            let rows = sqlx::query_as::<_, LinkRow>(LINKS).bind(after).bind(i64::from(chain::PAGE));
            let rows = rows.fetch_all(&mut self.0).await.map_err(StoreError::from)?;
            let Some(last) = check.page(rows)? else { return Ok(check.finish()?) };
            after = last;
        }
    }
}
