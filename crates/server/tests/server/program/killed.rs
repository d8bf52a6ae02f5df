//! Killed at any moment, the program still has everything that it acknowledged (B11). `KILLS=100` makes it more often.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use serde_json::json;
use tempfile::TempDir;
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    answers::accepted,
    child::{Program, real_today, run, run_with},
    database::{assert_sound, count, look},
    postgres::Database,
    wire::{Client, try_send},
};

/// How many send assessments, and how many save drafts.
const CLIENTS: u64 = 6;
const WRITERS: u64 = 2;

/// Sends one submission after another until the server is gone; reports each receipt with its key and body.
async fn send_until_killed(
    client: Client,
    numbers: Arc<AtomicU64>,
    receipts: mpsc::UnboundedSender<(u64, String)>,
) {
    loop {
        let number = numbers.fetch_add(1, Ordering::Relaxed);
        let request = client.submission(&format!("key-{number}"), accepted(real_today(), number));
        let Ok(reply) = try_send(request).await else { return };
        assert_eq!(reply.status, 201, "{}", reply.text);
        if receipts.send((number, reply.text)).is_err() {
            return;
        }
    }
}

/// Saves a draft again and again until the server is gone. Gives the last revision that was acknowledged.
async fn save_until_killed(client: Client, id: String) -> u64 {
    let mut revision = 0;
    loop {
        let condition = match revision {
            0 => ("if-none-match", "*".to_owned()),
            _ => ("if-match", format!("\"{revision}\"")),
        };
        let body =
            json!({ "form_version": "caf-2026.3", "answers": { "danger_now": format!("{}", revision + 1) } });
        let request = client.request("PUT", &format!("/api/v1/drafts/{id}")).header(condition.0, condition.1);
        let request = request.header("content-type", "application/json").body(body.to_string());
        let Ok(reply) = try_send(request).await else { return revision };
        assert!([200, 201].contains(&reply.status), "{}", reply.text);
        revision += 1;
    }
}

/// What the program stores in, for looking at it afterwards.
trait Storage {
    /// Starts the program on it.
    async fn start(&self) -> Program;

    /// How many assessments, their keys and their audit entries there are, and how many revisions of drafts and their audit
    /// entries, all at one moment. Asserts that the database is sound.
    async fn rows(&self) -> [i64; 5];

    /// Asserts that the chain of the audit trail is whole.
    async fn verify(&self);
}

struct InSqlite(Arc<TempDir>);

struct InPostgres(Database, Arc<TempDir>);

impl Storage for InSqlite {
    async fn start(&self) -> Program {
        Program::start_in(Arc::clone(&self.0), &[]).await
    }

    async fn rows(&self) -> [i64; 5] {
        let path = self.0.path().join("assessments.sqlite3");
        assert_sound(&path).await;
        sqlx::query_as::<_, (i64, i64, i64, i64, i64)>(ROWS)
            .fetch_one(&mut look(&path).await)
            .await
            .expect("numbers")
            .into()
    }

    async fn verify(&self) {
        let path = self.0.path().join("assessments.sqlite3");
        let (whole, _, reason) = run(&["--database", path.to_str().expect("UTF-8"), "audit", "verify"]).await;
        assert!(whole, "{reason}");
    }
}

impl Storage for InPostgres {
    async fn start(&self) -> Program {
        Program::start_on(&self.0, Arc::clone(&self.1)).await
    }

    async fn rows(&self) -> [i64; 5] {
        sqlx::query_as::<_, (i64, i64, i64, i64, i64)>(ROWS)
            .fetch_one(&mut self.0.look().await)
            .await
            .expect("numbers")
            .into()
    }

    async fn verify(&self) {
        let address = String::from(self.0.address("postgres"));
        let (whole, _, reason) = run_with(&["audit", "verify"], &[("DATABASE_URL", &address)]).await;
        assert!(whole, "{reason}");
    }
}

const ROWS: &str = "SELECT (SELECT count(*) FROM assessments), (SELECT count(*) FROM idempotency_keys), \
     (SELECT count(*) FROM audit WHERE action = 'assessment-submitted'), (SELECT count(*) FROM draft_revisions), \
     (SELECT count(*) FROM audit WHERE action = 'draft-saved')";

fn kills(usual: u64) -> u64 {
    std::env::var("KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_record_outlives_a_kill_b11() {
    outlives(&InSqlite(Arc::new(TempDir::new().expect("a folder"))), kills(20)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_record_outlives_a_kill_on_postgres_b11() {
    let kept = InPostgres(Database::new().await, Arc::new(TempDir::new().expect("a folder")));
    outlives(&kept, kills(12)).await;
}

/// The id of a draft.
fn draft(kill: u64, writer: u64) -> String {
    format!("5e7a3b52-0c9d-4b3e-{:04x}-{kill:012x}", 0x9a50 + writer)
}

/// Kills the program that many times while it is storing, and looks for everything that it acknowledged.
#[expect(clippy::print_stdout, reason = "shows its figures when it is run by hand")]
async fn outlives(storage: &impl Storage, kills: u64) {
    let numbers = Arc::new(AtomicU64::new(0));
    let (mut acknowledged, mut saved): (u64, u64) = (0, 0);
    for kill in 0..kills {
        let mut program = storage.start().await;
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            clients.spawn(send_until_killed(program.client.clone(), Arc::clone(&numbers), sender.clone()));
        }
        drop(sender);
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let (client, id) = (program.client.clone(), draft(kill, writer));
            writers.spawn(async move { (id.clone(), save_until_killed(client, id).await) });
        }
        // A different number of receipts each time puts the kill at a different point of the work.
        let mut receipts = Vec::new();
        for _ in 0..3 + kill * 7 % 23 {
            receipts.push(receiver.recv().await.expect("a receipt"));
        }
        program.child.kill().await.expect("killed");
        clients.join_all().await;
        while let Some(receipt) = receiver.recv().await {
            receipts.push(receipt);
        }
        acknowledged += receipts.len() as u64;
        let drafts = writers.join_all().await;

        let again = storage.start().await;
        for (number, receipt) in &receipts {
            let reply = again.client.submit(&format!("key-{number}"), accepted(real_today(), *number)).await;
            assert_eq!((reply.status, &reply.text), (201, receipt), "kill {kill}, key {number}");
        }
        for (id, acknowledged) in drafts {
            let reply = again.client.get(&format!("/api/v1/drafts/{id}")).await;
            let revision =
                if reply.status == 404 { 0 } else { reply.json()["revision"].as_u64().expect("one") };
            // One more may have been stored without the answer having arrived.
            assert!((acknowledged..=acknowledged + 1).contains(&revision), "kill {kill}: {}", reply.text);
            saved += acknowledged;
        }
        let [assessments, keys, entries, revisions, saves] = storage.rows().await;
        assert!(assessments as u64 >= acknowledged, "{assessments} rows for {acknowledged} receipts");
        assert_eq!((keys, entries), (assessments, assessments), "keys and audit entries");
        assert!(
            revisions as u64 >= saved && revisions == saves,
            "{revisions}, {saves} entries, {saved} saved"
        );
        storage.verify().await;
    }
    assert!(acknowledged >= kills * 3);
    println!("{kills} kills, {acknowledged} assessments and {saved} saves acknowledged, none lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_and_loses_nothing_b6_b11() {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let mut program = Program::start_in(Arc::clone(&folder), &[]).await;
    assert_eq!(program.client.submit("first", accepted(real_today(), 0)).await.status, 201);
    program.terminate().await;

    // No file may grow beyond 512 KiB: the write fails inside SQLite, as on a full disk.
    let mut limited = tokio::process::Command::new("sh");
    limited
        .args([
            "-c",
            "trap '' XFSZ; ulimit -S -f 1024; exec \"$@\"",
            "sh",
            env!("CARGO_BIN_EXE_assessment-server"),
        ])
        .args(["--demo-identity", "--listen", "127.0.0.1:0", "--database"])
        .arg(program.database())
        .kill_on_drop(true);
    let mut program = Program::spawn(Arc::clone(&folder), limited).await;
    let mut stored = vec![(0, String::new())];
    let refused = loop {
        let number = stored.len() as u64;
        assert!(number < 1_000, "the limit is never reached");
        let reply = program.client.submit(&format!("key-{number}"), accepted(real_today(), number)).await;
        if reply.status != 201 {
            break reply;
        }
        stored.push((number, reply.text));
    };
    refused.refused(503, "storage-unavailable");
    assert!(!refused.header("retry-after").is_empty());
    let id = refused.header("x-request-id").to_owned();
    assert!(
        program.log().lines().any(|line| line.contains(&id) && line.contains("cause=")),
        "{}",
        program.log()
    );
    for (number, receipt) in &stored[1..] {
        let reply = program.client.submit(&format!("key-{number}"), accepted(real_today(), *number)).await;
        assert_eq!((reply.status, &reply.text), (201, receipt));
    }
    // Once there is room again the same program stores again.
    let id = program.child.id().expect("it runs").to_string();
    let mut room = tokio::process::Command::new("prlimit");
    let raised = room.args(["--pid", &id, "--fsize=unlimited:"]).status().await.expect("prlimit runs");
    assert!(raised.success());
    let number = stored.len() as u64;
    let reply = program.client.submit(&format!("key-{number}"), accepted(real_today(), number)).await;
    assert_eq!(reply.status, 201, "{}", program.log());
    stored.push((number, reply.text));
    program.terminate().await;

    let program = Program::start_in(folder, &[]).await;
    let number = stored.len() as u64;
    assert_eq!(
        program.client.submit(&format!("key-{number}"), accepted(real_today(), number)).await.status,
        201
    );
    assert_sound(&program.database()).await;
    let rows = count(&program.database(), "SELECT count(*) FROM assessments").await;
    assert_eq!(rows as usize, stored.len() + 1);
}
