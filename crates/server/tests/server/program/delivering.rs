//! Partners' servers are told at least once, under one id, whatever ends the program meanwhile: SIGTERM, or SIGKILL in the
//! middle of it (B11, B90). And `assessment-server webhooks`, as an operator runs it. On both stores.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use serde_json::json;
use sqlx::{Connection as _, Executor as _};
use tempfile::TempDir;
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    answers::accepted,
    child::{Program, command, real_today, run_with},
    database::look,
    partners::receiver::{Answer, Receiver},
    postgres::Database,
    sign_in::tokens::{header, key_file, signed},
    wire::{Client, try_send},
};

const ISSUER: &str = "https://login.school.example/";
const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const WRITTEN: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// Where the program stores.
enum Storage {
    File,
    Database(Database),
}

/// The program with a partner whose server is told, and that server.
struct School {
    storage: Storage,
    folder: Arc<TempDir>,
    receiver: Receiver,
    settings: String,
}

impl School {
    async fn new(storage: Storage, answers: impl IntoIterator<Item = Answer>) -> Self {
        let folder = Arc::new(TempDir::new().expect("a folder"));
        let receiver = Receiver::new(answers).await;
        let secret = folder.path().join("secret");
        fs::write(&secret, WRITTEN).expect("a secret");
        let text = format!(
            "public_url = \"http://127.0.0.1:8080/\"\n\
             [[bearer]]\nissuer = \"{ISSUER}\"\naudience = \"common-assessment\"\nkeys = {{ file = {:?} }}\n\
             [[partners]]\nid = \"school\"\nname = \"Southwick Academy\"\norigins = [\"https://portal.school.example\"]\n\
             issuer = \"{ISSUER}\"\n\
             [partners.webhook]\nurl = \"{}\"\nsecret_file = {secret:?}\nkinds = [\"assessment.received\"]\n",
            key_file(&folder),
            receiver.url(),
        );
        let file = folder.path().join("settings.toml");
        fs::write(&file, text).expect("settings");
        let settings = file.to_str().expect("UTF-8").to_owned();
        Self { storage, folder, receiver, settings }
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        match &self.storage {
            Storage::File => {
                let file = self.folder.path().join("assessments.sqlite3");
                vec![("ASSESSMENT_SERVER_DATABASE", file.to_str().expect("UTF-8").to_owned())]
            }
            Storage::Database(database) => vec![
                ("DATABASE_URL", String::from(database.server())),
                ("ASSESSMENT_SERVER_DATABASE_OWNER", String::from(database.owner())),
            ],
        }
    }

    async fn start(&self) -> Program {
        let mut command = command(&["--settings", &self.settings, "--listen", "127.0.0.1:0"]);
        command.envs(self.variables());
        Program::spawn(Arc::clone(&self.folder), command).await
    }

    /// Runs `assessment-server webhooks` to its end.
    async fn operator(&self, task: &[&str]) -> (bool, String, String) {
        let variables = self.variables();
        let variables: Vec<(&str, &str)> =
            variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        run_with(&[&["--settings", &self.settings, "webhooks"], task].concat(), &variables).await
    }

    /// Lets the time pass until whatever waits is due. The program does not run meanwhile.
    async fn until_due(&self) {
        let due = "UPDATE webhook_deliveries SET due_us = 0 WHERE state = 'pending'";
        match &self.storage {
            Storage::File => {
                let mut file = look(&self.folder.path().join("assessments.sqlite3")).await;
                file.execute(due).await.expect("changed");
                file.close().await.expect("closed");
            }
            Storage::Database(database) => {
                database.look().await.execute(due).await.expect("changed");
            }
        }
    }

    /// The ids of what was taken, by the assessment that each is about. One assessment has one id, however often it came.
    fn told(&self) -> BTreeMap<String, String> {
        let mut told = BTreeMap::new();
        let mut bodies = BTreeMap::new();
        for one in self.receiver.received() {
            assert!(one.is_signed_with(SECRET));
            let assessment = one.json()["assessment"].as_str().expect("an id").to_owned();
            let id = told.entry(assessment).or_insert_with(|| one.id().to_owned());
            assert_eq!(id, one.id(), "one id for each repeat");
            let body = bodies.entry(one.id().to_owned()).or_insert_with(|| one.body.clone());
            assert_eq!(*body, one.body, "and one body");
        }
        told
    }
}

fn token() -> String {
    let now = Timestamp::now().as_second();
    let claims = json!({
        "iss": ISSUER, "aud": "common-assessment", "sub": "teacher-7", "iat": now - 10, "exp": now + 600,
        "name": "Priya Raman", "organisation": "school-7", "roles": ["practitioner"],
    });
    format!("Bearer {}", signed(&header().to_string(), &claims.to_string()))
}

/// Sends one record after another until the server is gone; reports the id of each that was acknowledged.
async fn send_until_gone(client: Client, numbers: Arc<AtomicU64>, ids: mpsc::UnboundedSender<String>) {
    loop {
        let number = numbers.fetch_add(1, Ordering::Relaxed);
        let request = client.submission(&format!("key-{number}"), accepted(real_today(), number));
        let Ok(reply) = try_send(request.header("authorization", token())).await else { return };
        if reply.status == 503 {
            return;
        }
        assert_eq!(reply.status, 201, "{}", reply.text);
        if ids.send(reply.json()["id"].as_str().expect("an id").to_owned()).is_err() {
            return;
        }
    }
}

async fn wait(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(60), async {
        let mut look = tokio::time::interval(Duration::from_millis(50));
        while !is_so().await {
            look.tick().await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("{what}"));
}

/// Ends the program in turn by SIGKILL and SIGTERM while records are stored and told, with a receiver that fails at times.
async fn told_at_least_once(storage: Storage) {
    use Answer::{Close, Late, Status};
    let school = School::new(storage, [Status(204), Status(500), Status(204), Close, Late].repeat(4)).await;
    let numbers = Arc::new(AtomicU64::new(0));
    let mut acknowledged = BTreeSet::new();
    for round in 0..6 {
        let mut program = school.start().await;
        let (sender, mut ids) = mpsc::unbounded_channel();
        let mut clients = JoinSet::new();
        for _ in 0..3 {
            clients.spawn(send_until_gone(program.client.clone(), Arc::clone(&numbers), sender.clone()));
        }
        drop(sender);
        let heard = school.receiver.received().len();
        // A different number each time puts the end at a different point of the work.
        for _ in 0..2 + round * 5 % 7 {
            acknowledged.insert(ids.recv().await.expect("an acknowledgement"));
        }
        wait("nothing is told", async || school.receiver.received().len() > heard).await;
        if round % 2 == 0 {
            program.child.kill().await.expect("killed");
        } else {
            assert!(program.terminate().await.success());
        }
        clients.join_all().await;
        while let Some(id) = ids.recv().await {
            acknowledged.insert(id);
        }
        school.until_due().await;
    }
    // However few were sent so far: the pause after a second failure is longer than this waits.
    school.receiver.recover();
    let mut program = school.start().await;
    wait("what was acknowledged is told", async || {
        let told = school.told();
        acknowledged.iter().all(|id| told.contains_key(id))
            && school.operator(&["list", "school"]).await.1.contains(" 0 waiting, 0 given up.")
    })
    .await;
    assert!(program.terminate().await.success());
    // What has been taken and noted is not told again by another start.
    let count = school.receiver.received().len();
    school.until_due().await;
    let again = school.start().await;
    let reply = try_send(
        again.client.submission("last", accepted(real_today(), 9_999)).header("authorization", token()),
    );
    assert_eq!(reply.await.expect("a reply").status, 201);
    wait("the last one is told", async || school.receiver.received().len() > count).await;
    assert_eq!(school.receiver.received().len(), count + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_partners_are_told_outlives_kills_and_stops_b11_b90() {
    told_at_least_once(Storage::File).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_partners_are_told_outlives_kills_and_stops_on_postgres_b11_b90() {
    told_at_least_once(Storage::Database(Database::new().await)).await;
}

/// With no server running: lists what there is, and makes one due that had been taken.
async fn operated(storage: Storage) {
    let school = School::new(storage, []).await;
    let mut program = school.start().await;
    let sent = program.client.submission("one", accepted(real_today(), 1)).header("authorization", token());
    assert_eq!(try_send(sent).await.expect("a reply").status, 201);
    wait("it is told", async || !school.receiver.received().is_empty()).await;
    assert!(program.terminate().await.success());
    let id = school.receiver.received()[0].id().to_owned();

    let (success, listed, reason) = school.operator(&["list", "school"]).await;
    assert!(success, "{reason}");
    let expected =
        " assessment.received: delivered, 1 attempt, last answer 204\n1 delivered, 0 waiting, 0 given up.\n";
    assert!(listed.starts_with(&id) && listed.ends_with(expected), "{listed}");
    let episode = school.receiver.received()[0].json()["episode"].as_str().expect("an id").to_owned();
    assert!(!listed.contains(&episode), "not of which record");

    let unknown = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
    let (success, out, reason) = school.operator(&["list", "trust"]).await;
    assert!(!success && out.is_empty(), "{out}");
    assert!(reason.contains("has the id \"trust\"") && reason.contains("There is: school."), "{reason}");
    for (wrong, why) in [
        (["replay", "school", unknown], "`webhooks list school` lists what there is"),
        (
            ["replay", "trust", &id],
            "has the id \"trust\" and a webhook: nothing would be sent. There is: school.",
        ),
        (["replay", "school", "x"], "x"),
    ] {
        let (success, out, reason) = school.operator(&wrong).await;
        assert!(!success && out.is_empty() && reason.contains(why), "{wrong:?}: {reason}");
    }
    let (success, out, reason) = school.operator(&["replay", "school", &id]).await;
    assert!(success && out.starts_with(&format!("{id} is due now.")), "{out}{reason}");
    assert_eq!(school.receiver.received().len(), 1, "a server sends it");
    assert!(school.operator(&["list", "school"]).await.1.contains("0 delivered, 1 waiting"));
    let mut program = school.start().await;
    wait("it is told again", async || school.receiver.received().len() == 2).await;
    assert_eq!(school.told().len(), 1);
    assert!(program.terminate().await.success());
    for (entry, expected, what) in [
        ("SELECT count(*) FROM audit WHERE action LIKE '%replay-webhook%'", 1, "who asked for it"),
        (
            "SELECT count(*) FROM audit WHERE action LIKE '%list-webhooks%'",
            2,
            "who looked, and not at what there is not",
        ),
    ] {
        let entries: i64 = match &school.storage {
            Storage::File => {
                let mut file = look(&school.folder.path().join("assessments.sqlite3")).await;
                sqlx::query_scalar(entry).fetch_one(&mut file).await.expect("a number")
            }
            Storage::Database(database) => database.count(entry).await,
        };
        assert_eq!(entries, expected, "{what} is in the audit trail");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_lists_webhooks_and_replays_one_without_a_server() {
    operated(Storage::File).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_lists_webhooks_and_replays_one_without_a_server_on_postgres() {
    operated(Storage::Database(Database::new().await)).await;
}
