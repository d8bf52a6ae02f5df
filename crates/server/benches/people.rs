//! How long search and "Is this the same child?" take among many made-up people, on each store, at 20 requests at once, in
//! one run on one machine. Prints a table; judges nothing. `cargo bench -p assessment-server --bench people`.
//!
//! Variables: `PEOPLE`, how many in each round (`1000 100000`), `REQUESTS` of each kind (2000) and `CLIENTS` at once (20).
//! The people are those by which matching is measured: the same seed makes the same ones.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot start has nothing to say")]

use std::{
    collections::BTreeSet,
    env,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use assessment_people::{
    access::Action,
    episode::Episode,
    id::EpisodeId,
    moment::Moment,
    person::{Person, System},
    who::{Organisation, Stamp, Subject, Who},
};
use assessment_server::{
    Setup,
    actor::{Actor, Identity},
    clock::Clock,
    evaluation::Evaluator,
    operations::Operations,
    serve::{self, Patience},
    sign_in::outside::choose_cryptography,
    store::{
        Store,
        audit::AuditAction,
        episodes::{Asker, EpisodeState, Key, Listed},
        postgres::PostgresStore,
        sqlite::SqliteStore,
    },
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinSet};
use uuid::Uuid;

#[expect(dead_code, reason = "matching's own measurement uses the rest")]
#[path = "../../people/tests/people/population/mod.rs"]
mod population;
#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../tests/server/postgres.rs"]
mod postgres;

use population::{Hand, Population};

const PATIENCE: Duration = Duration::from_secs(60);

/// How many people are stored in one transaction.
const AT_ONCE: usize = 500;

struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

fn number(name: &str, otherwise: usize) -> usize {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    choose_cryptography();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let sizes = env::var("PEOPLE").unwrap_or_else(|_| "1000 100000".to_owned());
    println!(
        "{:<12} {:>9} {:<30} {:>9} {:>9} {:>9} {:>11}",
        "store", "people", "question", "p50 ms", "p99 ms", "most ms", "a second"
    );
    for size in sizes.split_whitespace().filter_map(|text| text.parse().ok()) {
        let population = Population::sized(2026, Hand::Known, size);
        runtime.block_on(async {
            let folder = TempDir::new().expect("a folder");
            let sqlite = SqliteStore::open(&folder.path().join("a.sqlite3"), PATIENCE).await;
            round("SQLite", Arc::new(sqlite.expect("a database")), &population.people).await;
            let database = postgres::Database::new().await;
            let store = PostgresStore::open(&database.server(), Some(&database.owner()), PATIENCE).await;
            round("PostgreSQL", Arc::new(store.expect("a database")), &population.people).await;
        });
    }
}

async fn round(name: &str, store: Arc<dyn Store>, people: &[Person]) {
    let began = Instant::now();
    fill(&*store, people).await;
    println!("{name:<12} {:>9} stored in {:.0} s", people.len(), began.elapsed().as_secs_f64());
    let (address, _stop) = start(Arc::clone(&store)).await;
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    for (who, what, make) in [
        ("coordinator", "search, whole name", by_name as fn(&Person) -> Option<(&'static str, Value)>),
        ("coordinator", "search, family name only", by_family_name),
        ("coordinator", "search, NHS number", by_number),
        ("teacher", "same child?, may see few", same_child),
        ("coordinator", "same child?, may see all", same_child),
    ] {
        let cookie = sign_in(&http, &address, who).await;
        let step = (people.len() / number("REQUESTS", 2_000)).max(1);
        let asked: Vec<_> =
            people.iter().cycle().step_by(step).filter_map(make).take(number("REQUESTS", 2_000)).collect();
        let asked = Arc::new(asked);
        let (mut took, lasted) = ask(&http, &address, &cookie, asked).await;
        took.sort();
        let part = |share: usize| {
            let at = (took.len() * share / 100).min(took.len().saturating_sub(1));
            took.get(at).copied().unwrap_or_default().as_secs_f64() * 1e3
        };
        println!(
            "{name:<12} {:>9} {what:<30} {:>9.1} {:>9.1} {:>9.1} {:>11.0}",
            people.len(),
            part(50),
            part(99),
            part(100),
            took.len() as f64 / lasted.as_secs_f64()
        );
    }
    store.close().await;
}

/// Stores the people, each with an episode that one of 50 organisations holds.
async fn fill(store: &dyn Store, people: &[Person]) {
    let at = Timestamp::now();
    let now = Moment::new(at);
    for (chunk, some) in people.chunks(AT_ONCE).enumerate() {
        let organisation = Organisation::new(&format!("Team {}", chunk % 50)).expect("an organisation");
        let subject = Subject::new("https://sign-in.example", "seed").expect("a subject");
        let who = Who { subject: subject.clone(), organisation: organisation.clone() };
        let concerns = BTreeSet::from([Key::organisation(&organisation)]);
        let asker =
            Asker { actor: Actor::new("seed"), subject, organisation: Some(organisation), authority: true };
        let mut unit = store.begin().await.expect("a unit of work");
        for person in some {
            unit.people().add(&asker.actor, person, at).await.expect("added");
            let id = EpisodeId::from_uuid(Uuid::parse_str(&person.id.to_string()).expect("an id"));
            let stamp = Stamp { by: who.clone(), at: now };
            let listed = Listed {
                reference: format!("CAF-{chunk}"),
                child_name: None,
                headline: None,
                urgent: false,
                due_on: None,
            };
            let state = EpisodeState {
                episode: Episode::open(id, person.id, who.organisation.clone(), stamp),
                protection: person.strictest(),
                listed,
            };
            unit.episodes().add(&asker, &state, &concerns, at).await.expect("added");
        }
        unit.save(&asker.actor, AuditAction::Own(Action::StartEpisode), at).await.expect("saved");
    }
}

async fn start(store: Arc<dyn Store>) -> (String, oneshot::Sender<()>) {
    let setup = Setup {
        store,
        evaluator: Evaluator::new(None, None).expect("built-in rules"),
        clock: Arc::new(RealClock),
        identity: Identity::demo(),
        assets: PathBuf::from("dist"),
        body_patience: PATIENCE,
        front_door: None,
        operations: Operations::default(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/api/v1", listener.local_addr().expect("an address"));
    let (stop, stopped) = oneshot::channel::<()>();
    let patience = Patience { head: PATIENCE, stop: Duration::from_secs(1) };
    tokio::spawn(serve::serve(listener, assessment_server::app(setup), patience, async {
        let _ = stopped.await;
    }));
    (address, stop)
}

async fn sign_in(http: &reqwest::Client, address: &str, person: &str) -> String {
    let request = http.post(format!("{address}/demo/session")).header("content-type", "application/json");
    let reply = request.body(json!({ "person": person }).to_string()).send().await.expect("a reply");
    let cookie = reply.headers().get("set-cookie").and_then(|value| value.to_str().ok()).expect("a cookie");
    cookie.split(';').next().unwrap_or_default().to_owned()
}

/// Asks all of it, so many at once. Gives how long each took, and all of them together.
async fn ask(
    http: &reqwest::Client,
    address: &str,
    cookie: &str,
    asked: Arc<Vec<(&'static str, Value)>>,
) -> (Vec<Duration>, Duration) {
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let mut clients = JoinSet::new();
    for _ in 0..number("CLIENTS", 20) {
        let (http, asked, next) = (http.clone(), Arc::clone(&asked), Arc::clone(&next));
        let (address, cookie) = (address.to_owned(), cookie.to_owned());
        clients.spawn(async move {
            let mut took = Vec::new();
            while let Some((path, body)) = asked.get(next.fetch_add(1, Ordering::Relaxed)) {
                let request =
                    http.post(format!("{address}{path}")).header("content-type", "application/json");
                let request = request.header("cookie", &cookie).body(body.to_string());
                let sent = Instant::now();
                let reply = request.send().await.expect("a reply");
                assert_eq!(reply.status(), 200);
                reply.bytes().await.expect("an answer");
                took.push(sent.elapsed());
            }
            took
        });
    }
    let took = clients.join_all().await.into_iter().flatten().collect();
    (took, began.elapsed())
}

fn by_name(person: &Person) -> Option<(&'static str, Value)> {
    let name = person.shown_name()?;
    Some(("/people/search", json!({ "text": format!("{} {}", name.given, name.family) })))
}

fn by_family_name(person: &Person) -> Option<(&'static str, Value)> {
    let family = &person.shown_name()?.family;
    (family.chars().count() > 1).then(|| ("/people/search", json!({ "text": family })))
}

fn by_number(person: &Person) -> Option<(&'static str, Value)> {
    let number = person.identifiers_of(System::NhsNumber).next()?;
    Some(("/people/search", json!({ "text": number.value() })))
}

fn same_child(person: &Person) -> Option<(&'static str, Value)> {
    let name = person.shown_name()?;
    let born = person.birth.day().map(|day| day.to_string()).unwrap_or_default();
    let postcode = person.addresses.first().map(|one| one.postcode.clone()).unwrap_or_default();
    let child = json!({
        "given_names": name.given, "family_name": name.family, "born": born, "postcode": postcode,
    });
    Some(("/people/matches", json!({ "child": child })))
}
