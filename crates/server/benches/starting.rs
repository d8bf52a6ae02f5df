//! From the start of the built program to its first answer, with few and with many records, on each store. Prints a table;
//! judges nothing. `cargo bench -p assessment-server --bench starting`.
//!
//! Variables: `RECORDS` (100,000) and `ROUNDS` (9). The records are copies of one that was really sent, made by SQL.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot start has nothing to say")]

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use assessment_server::sign_in::outside::choose_cryptography;
use jiff::Timestamp;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, sqlite::SqliteConnectOptions,
};
use tempfile::TempDir;

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../tests/server/answers.rs"]
mod answers;
#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../tests/server/postgres.rs"]
mod postgres;

/// Each table in the order in which rows refer to others: its columns with an id or a reference, and those that count.
const TABLES: [(&str, &[&str], &[&str]); 8] = [
    ("assessments", &["id", "reference"], &["seq"]),
    ("idempotency_keys", &["key", "assessment_id"], &[]),
    ("episodes", &["id", "reference"], &[]),
    ("episode_revisions", &["episode_id"], &[]),
    ("versions", &["version_id", "episode_id"], &[]),
    ("grants", &["grant_id", "episode_id"], &["seq"]),
    ("episode_access", &["episode_id"], &[]),
    ("audit", &[], &["seq"]),
];

fn number(name: &str, usual: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The statement that copies the rows of a table that many times. `id` makes a new id of a column, for the number `n`.
fn copies(table: &str, columns: &[String], ids: &[&str], counted: &[&str], id: &str, series: &str) -> String {
    // The program itself counts the entries of the audit trail; elsewhere the database counts.
    let is_audit = table == "audit";
    let kept: Vec<&str> =
        columns.iter().map(String::as_str).filter(|one| is_audit || !counted.contains(one)).collect();
    let value = |one: &&str| match *one {
        "seq" if is_audit => "(SELECT max(seq) FROM audit) + n".to_owned(),
        one if ids.contains(&one) => id.replace('@', one),
        one => one.to_owned(),
    };
    let values: Vec<String> = kept.iter().map(value).collect();
    let end = if is_audit { "WHERE old.seq = 1 ORDER BY n" } else { "" };
    format!(
        "INSERT INTO {table} ({}) SELECT {} FROM (SELECT * FROM {table}) AS old, {series} {end}",
        kept.join(", "),
        values.join(", ")
    )
}

async fn fill_sqlite(path: &Path, records: u64) {
    let mut connection = SqliteConnectOptions::new().filename(path).connect().await.expect("a connection");
    let mut all = connection.begin().await.expect("a transaction");
    // The last twelve characters of an id, or all of a reference.
    let id = "CASE WHEN length(@) = 36 THEN substr(@, 1, 24) || printf('%012d', n) ELSE printf('%s-%d', substr(@, 1, 8), n) END";
    let series = format!(
        "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {records}) SELECT n FROM s) AS s"
    );
    for (table, ids, counted) in TABLES {
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns = sqlx::query_scalar(AssertSqlSafe(columns)).fetch_all(&mut *all).await.expect("columns");
        let copy = copies(table, &columns, ids, counted, id, &series);
        all.execute(AssertSqlSafe(copy)).await.expect(table);
    }
    let links = "INSERT INTO audit_chain (seq, hash) SELECT seq, zeroblob(32) FROM audit \
                 WHERE seq NOT IN (SELECT seq FROM audit_chain) ORDER BY seq";
    all.execute(links).await.expect("links");
    all.commit().await.expect("stored");
    connection.close().await.expect("closed");
}

async fn fill_postgres(database: &postgres::Database, records: u64) {
    let mut connection = database.look().await;
    let mut all = connection.begin().await.expect("a transaction");
    let id =
        "CASE WHEN length(@) = 36 THEN left(@, 24) || lpad(n::text, 12, '0') ELSE left(@, 8) || '-' || n END";
    let series = format!("generate_series(1, {records}) AS s(n)");
    for (table, ids, counted) in TABLES {
        let columns = "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'";
        let columns = sqlx::query_scalar(columns).bind(table).fetch_all(&mut *all).await.expect("columns");
        let copy = copies(table, &columns, ids, counted, id, &series);
        // The program gives entries of the audit trail their numbers, past the column's own.
        let copy = copy.replacen(") SELECT", ") OVERRIDING SYSTEM VALUE SELECT", 1);
        all.execute(AssertSqlSafe(copy)).await.expect(table);
    }
    let links = "INSERT INTO audit_chain (seq, hash) SELECT seq, decode(repeat('00', 32), 'hex') FROM audit \
                 WHERE seq NOT IN (SELECT seq FROM audit_chain) ORDER BY seq";
    all.execute(links).await.expect("links");
    all.commit().await.expect("stored");
}

/// A program on that store, and its address.
fn start(folder: &Path, database: Option<&postgres::Database>) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assessment-server"));
    command.args(["--demo-identity", "--listen", "127.0.0.1:0", "--log", "error"]).env_remove("DATABASE_URL");
    match database {
        Some(database) => {
            command.env("DATABASE_URL", String::from(database.server()));
            command.env("ASSESSMENT_SERVER_DATABASE_OWNER", String::from(database.owner()))
        }
        None => command.arg("--database").arg(folder.join("a.sqlite3")),
    };
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut greeting = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut greeting).expect("a line");
    (child, greeting.split_whitespace().last().expect("an address").to_owned())
}

fn stop(mut child: Child) {
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill runs");
    assert!(told.success() && child.wait().expect("its end").success());
}

/// The times of some starts, the shortest first.
async fn measure(folder: &Path, database: Option<&postgres::Database>, rounds: u64) -> Vec<Duration> {
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let mut times = Vec::new();
    for _ in 0..rounds {
        let began = Instant::now();
        let (child, address) = start(folder, database);
        let reply = http.get(format!("{address}api/v1/health")).send().await.expect("a reply");
        assert_eq!(reply.status(), 200);
        times.push(began.elapsed());
        stop(child);
    }
    times.sort();
    times
}

#[tokio::main]
async fn main() {
    choose_cryptography();
    assessment_server::sign_in::outside::choose_cryptography();
    let (records, rounds) = (number("RECORDS", 100_000), number("ROUNDS", 9));
    println!("{rounds} starts each; to the first answer of /api/v1/health");
    println!("{:<12} {:>10} {:>10} {:>10} {:>10}", "store", "records", "least ms", "median ms", "most ms");
    for in_postgres in [false, true] {
        let folder = TempDir::new().expect("a folder");
        let database = if in_postgres { Some(postgres::Database::new().await) } else { None };
        let (child, address) = start(folder.path(), database.as_ref());
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let today = assessment_server::clock::date_in_england(Timestamp::now());
        let request = http.post(format!("{address}api/v1/assessments")).header("idempotency-key", "first");
        let request = request.header("content-type", "application/json").body(answers::accepted(today, 1));
        assert_eq!(request.send().await.expect("a reply").status(), 201);
        stop(child);
        for records in [1, records] {
            if records > 1 {
                match &database {
                    Some(database) => fill_postgres(database, records).await,
                    None => fill_sqlite(&folder.path().join("a.sqlite3"), records).await,
                }
            }
            let times = measure(folder.path(), database.as_ref(), rounds).await;
            let ms = |time: Option<&Duration>| time.copied().unwrap_or_default().as_secs_f64() * 1e3;
            println!(
                "{:<12} {records:>10} {:>10.0} {:>10.0} {:>10.0}",
                if in_postgres { "PostgreSQL" } else { "SQLite" },
                ms(times.first()),
                ms(times.get(times.len() / 2)),
                ms(times.last())
            );
        }
        let size = fs::metadata(folder.path().join("a.sqlite3")).map(|file| file.len()).unwrap_or_default();
        if size > 0 {
            println!("the file has {} MB", size / 1_000_000);
        }
    }
}
