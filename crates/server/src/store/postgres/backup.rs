//! Backups by PostgreSQL's own programs, `pg_dump` and `pg_restore`, with the audit trail verified on both sides.
//!
//! They are run as the role in the address, which must see every row: a superuser, or one with `BYPASSRLS`. `pg_dump`
//! refuses for anyone else, rather than leave rows out.

use std::{path::Path, time::Duration};

use assessment_people::audit::Head;
use tokio::process::Command;

use super::{PostgresAddress, auditor, refusal, schema};
use crate::store::unfinished::Unfinished;

/// Writes a dump. Gives the head that its audit trail had when it began; later entries are in it as well.
///
/// # Errors
/// What is in the way, or wrong with the database, in one line.
pub async fn write(address: &PostgresAddress, to: &Path, patience: Duration) -> Result<Head, String> {
    let mut auditor = auditor(address, patience).await.map_err(|reason| reason.to_string())?;
    let head = auditor.verify(&[]).await.map_err(|fault| format!("{fault}."))?;
    let part = Unfinished::begin(to)?;
    let mut dump = program("pg_dump", address)?;
    dump.args(["--format=custom", "--no-password"]).arg(format!("--file={}", part.name()));
    run("pg_dump", dump).await?;
    readable(part.path()).await?;
    part.finish()?;
    Ok(head)
}

/// Restores a dump into an empty database. Gives the head of its audit trail.
///
/// # Errors
/// What is in the way, or wrong with the dump, in one line. Nothing is restored in part.
pub async fn restore(
    from: &Path,
    address: &PostgresAddress,
    kept: &[Head],
    patience: Duration,
) -> Result<Head, String> {
    if !from.is_file() {
        return Err(format!("there is no backup {}.", from.display()));
    }
    readable(from).await?;
    empty(address, patience).await?;
    let mut restore = program("pg_restore", address)?;
    restore.args(["--exit-on-error", "--single-transaction", "--no-password"]).arg(from);
    run("pg_restore", restore).await?;
    let mut auditor = auditor(address, patience).await.map_err(|reason| reason.to_string())?;
    auditor.verify(kept).await.map_err(|fault| format!("restored, but {fault}."))
}

/// That the database has no table yet.
async fn empty(address: &PostgresAddress, patience: Duration) -> Result<(), String> {
    let cannot = |reason: &str| format!("cannot use the database {address}: {reason}.");
    let options = address.options(patience).map_err(|_| cannot("the driver cannot read the address"))?;
    let explain = |error: sqlx::Error| cannot(&refusal::explain(&error));
    let mut connection = schema::connect(options, patience).await.map_err(explain)?;
    // Only what users may make is listed there.
    let tables = "SELECT count(*) FROM pg_stat_user_tables";
    match sqlx::query_scalar::<_, i64>(tables).fetch_one(&mut connection).await.map_err(explain)? {
        0 => Ok(()),
        _ => Err(cannot("it has tables, and nothing is overwritten. Create an empty one and name that")),
    }
}

/// That the file is a dump.
async fn readable(file: &Path) -> Result<(), String> {
    let mut list = Command::new("pg_restore");
    list.arg("--list").arg(file);
    run("pg_restore", list).await
}

/// One of the programs, told where the database is.
fn program(name: &str, address: &PostgresAddress) -> Result<Command, String> {
    let cannot = |_| format!("cannot use the database {address}: {name} cannot be given that address.");
    let given = address.for_programs().map_err(cannot)?;
    let mut command = Command::new(name);
    command
        .arg(format!("--dbname={}", given.address))
        .envs(given.password.map(|password| ("PGPASSWORD", password)));
    Ok(command)
}

async fn run(name: &str, mut command: Command) -> Result<(), String> {
    let output = command.kill_on_drop(true).output().await.map_err(|_| {
        format!("{name} is missing. Install PostgreSQL's client programs, of the server's version or later.")
    })?;
    if output.status.success() {
        return Ok(());
    }
    // Only the first line: those after it can quote a row.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("{}.", said.lines().next().unwrap_or(name).trim_end_matches('.')))
}
