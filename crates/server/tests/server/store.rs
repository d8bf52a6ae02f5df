//! The contract that every store keeps, run on each store.

use std::sync::Arc;

use assessment_people::audit::Head;
use assessment_server::store::{Store, chain::AuditFault};

pub(crate) mod contract;
#[cfg(unix)]
mod postgres;
mod race;
mod sqlite;

/// A store under test: new, empty and its own.
trait Harness: Sized {
    /// Makes one.
    async fn new() -> Self;

    /// The store.
    fn store(&self) -> Arc<dyn Store>;

    /// Another one, new and empty.
    async fn another(&self) -> Self {
        Self::new().await
    }

    /// Closes the store and opens it again.
    async fn reopen(self) -> Self;

    /// Tries to change, remove and replace what is stored, past the repositories. Gives each attempt and the refusal it
    /// got; `Ok` if it got none.
    async fn tamper(&self) -> Vec<(&'static str, Result<(), String>)>;

    /// What an insertion says to choose its own number.
    const OWN_NUMBER: &'static str;

    /// Does what somebody could do who owns the machine: past the triggers as well.
    async fn force(&self, sql: &str);

    /// Verifies the audit trail.
    async fn verify(&self, kept: &[Head]) -> Result<Head, AuditFault>;
}

/// How many migrations each store has. They are numbered alike, so both have as many.
fn migrations() -> i64 {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let count = |store| std::fs::read_dir(format!("{folder}/{store}")).expect("a folder").count();
    assert_eq!(count("sqlite"), count("postgres"));
    count("sqlite").try_into().expect("a few")
}

contract::run_on!(on_sqlite: sqlite::Sqlite);
#[cfg(unix)]
contract::run_on!(on_postgres: postgres::Postgres);
