//! `assessment-server backup` and `restore` on both stores (B25).

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::Executor as _;
use tempfile::TempDir;
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    answers::accepted,
    child::{Program, real_today, run, run_with},
    database::{assert_sound, count, look},
    postgres::Database,
    wire::{Client, try_send},
};

/// Sends one submission after another until the server is gone; reports the number of each that was acknowledged.
async fn keep_sending(client: Client, numbers: Arc<AtomicU64>, acknowledged: mpsc::UnboundedSender<u64>) {
    loop {
        let number = numbers.fetch_add(1, Ordering::Relaxed);
        let request = client.submission(&format!("key-{number}"), accepted(real_today(), number));
        match try_send(request).await {
            Ok(reply) if reply.status == 201 => drop(acknowledged.send(number)),
            _ => return,
        }
    }
}

/// Load on a server, and what it has acknowledged so far.
struct Load {
    clients: JoinSet<()>,
    acknowledged: mpsc::UnboundedReceiver<u64>,
    seen: Vec<u64>,
}

impl Load {
    fn on(program: &Program) -> Self {
        let (sender, acknowledged) = mpsc::unbounded_channel();
        let numbers = Arc::new(AtomicU64::new(0));
        let mut clients = JoinSet::new();
        for _ in 0..4 {
            clients.spawn(keep_sending(program.client.clone(), Arc::clone(&numbers), sender.clone()));
        }
        Self { clients, acknowledged, seen: Vec::new() }
    }

    /// Waits for that many more, and takes what else there is.
    async fn wait_for(&mut self, more: usize) {
        for _ in 0..more {
            self.seen.push(self.acknowledged.recv().await.expect("a receipt"));
        }
        while let Ok(number) = self.acknowledged.try_recv() {
            self.seen.push(number);
        }
    }
}

fn head(out: &str) -> String {
    out.trim().rsplit(' ').next().expect("a head").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_is_restored_elsewhere_with_everything_acknowledged_before_b25() {
    let mut program = Program::start().await;
    let mut load = Load::on(&program);
    load.wait_for(60).await;
    let before = load.seen.clone();
    let folder = TempDir::new().expect("a folder");
    let (backup, restored) = (folder.path().join("a.backup"), Arc::new(TempDir::new().expect("a folder")));
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let database = text(&program.database());
    let (success, out, reason) = run(&["--database", &database, "backup", "--out", &text(&backup)]).await;
    assert!(success, "{reason}");
    // It went on meanwhile.
    load.wait_for(10).await;
    load.clients.abort_all();
    program.terminate().await;
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "only the backup is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&backup).expect("the backup").permissions().mode();
        assert_eq!(mode & 0o077, 0, "the backup is readable by others");
    }

    let goal = text(&restored.path().join("assessments.sqlite3"));
    let kept = head(&out);
    let restore = ["--database", &goal, "restore", &text(&backup), "--kept", &kept];
    let (success, said, reason) = run(&restore).await;
    assert!(success, "{reason}");
    assert_eq!(head(&said), kept);
    assert_sound(Path::new(&goal)).await;
    assert!(count(Path::new(&goal), "SELECT count(*) FROM assessments").await >= before.len() as i64);
    let again = Program::start_in(Arc::clone(&restored), &[]).await;
    let newest = before.iter().max().expect("one").to_owned();
    let rows = count(Path::new(&goal), "SELECT count(*) FROM assessments").await;
    for number in before.iter().rev().take(20).chain([&newest]) {
        let reply = again.client.submit(&format!("key-{number}"), accepted(real_today(), *number)).await;
        assert_eq!(reply.status, 201);
    }
    assert_eq!(count(Path::new(&goal), "SELECT count(*) FROM assessments").await, rows, "all were there");

    let (success, _, reason) = run(&restore).await;
    assert!(!success && reason.contains("nothing is overwritten"), "{reason}");
    let (success, _, reason) = run(&["--database", &database, "backup", "--out", &text(&backup)]).await;
    assert!(!success && reason.contains("nothing is overwritten"), "{reason}");
}

#[tokio::test]
async fn what_is_no_whole_backup_is_not_restored_b25() {
    let mut program = Program::start().await;
    for number in 0..3 {
        let reply = program.client.submit(&format!("k{number}"), accepted(real_today(), number)).await;
        assert_eq!(reply.status, 201);
    }
    program.terminate().await;
    let folder = TempDir::new().expect("a folder");
    let name = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let database = program.database().to_str().expect("UTF-8").to_owned();
    let (success, _, reason) = run(&["--database", &database, "backup", "--out", &name("good")]).await;
    assert!(success, "{reason}");

    let bytes = fs::read(name("good")).expect("the backup");
    fs::write(name("short"), &bytes[..bytes.len() / 2]).expect("a file");
    fs::write(name("letter"), "Dear Sam, this is no backup. ".repeat(100)).expect("a file");
    fs::copy(name("good"), name("edited")).expect("a copy");
    let mut connection = look(Path::new(&name("edited"))).await;
    let edit = "PRAGMA journal_mode = DELETE; DROP TRIGGER audit_no_update; UPDATE audit SET at_us = 0 WHERE seq = 2";
    connection.execute(sqlx::raw_sql(edit)).await.expect("an edit");
    drop(connection);
    for (file, part) in [
        ("missing", "there is no backup"),
        ("short", "damaged"),
        ("letter", "is not an SQLite database"),
        ("edited", "entry 2 is not as it was written"),
    ] {
        let (success, _, reason) = run(&["--database", &name("goal"), "restore", &name(file)]).await;
        assert!(!success && reason.contains(part), "{file}: {reason}");
        assert!(!Path::new(&name("goal")).exists() && !Path::new(&name("goal.part")).exists(), "{file}");
    }
    let wrong = format!("3:{}", "0".repeat(64));
    let kept = ["--database", &name("goal"), "restore", &name("good"), "--kept", &wrong];
    let (success, _, reason) = run(&kept).await;
    assert!(!success && reason.contains("audit trail"), "{reason}");
    assert!(!Path::new(&name("goal")).exists());
    let (success, _, reason) = run(&["--database", &name("nothing"), "backup", "--out", &name("b")]).await;
    assert!(!success && reason.contains("there is no database"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_postgresql_under_load_is_restored_into_an_empty_database_b25() {
    let database = Database::new().await;
    let mut program = Program::start_on(&database, Arc::new(TempDir::new().expect("a folder"))).await;
    let mut load = Load::on(&program);
    load.wait_for(40).await;
    let before = load.seen.len();
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("a.dump").to_str().expect("UTF-8").to_owned();
    let as_role = |database: &Database, role: &str| String::from(database.address(role));
    let back_up = async |role: &str| {
        run_with(&["backup", "--out", &file], &[("DATABASE_URL", &as_role(&database, role))]).await
    };
    let (success, _, reason) = back_up("caf_server").await;
    assert!(!success && reason.contains("does not see every entry"), "{reason}");
    let (success, out, reason) = back_up("postgres").await;
    assert!(success, "{reason}");
    load.wait_for(5).await;
    load.clients.abort_all();
    program.terminate().await;

    let other = Database::new().await;
    let restore = async |database: &Database| {
        let arguments = ["restore", &file, "--kept", &head(&out)];
        run_with(&arguments, &[("DATABASE_URL", &as_role(database, "postgres"))]).await
    };
    let (success, said, reason) = restore(&other).await;
    assert!(success && said.starts_with("Restored and verified."), "{reason}");
    assert!(other.count("SELECT count(*) FROM assessments").await >= before as i64);
    let again = Program::start_on(&other, Arc::new(TempDir::new().expect("a folder"))).await;
    let rows = other.count("SELECT count(*) FROM assessments").await;
    for number in load.seen.iter().take(before).rev().take(10) {
        let reply = again.client.submit(&format!("key-{number}"), accepted(real_today(), *number)).await;
        assert_eq!(reply.status, 201);
    }
    assert_eq!(other.count("SELECT count(*) FROM assessments").await, rows, "all were there");
    let (success, _, reason) = restore(&database).await;
    assert!(!success && reason.contains("nothing is overwritten"), "{reason}");
}
