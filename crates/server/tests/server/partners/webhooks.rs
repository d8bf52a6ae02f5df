//! Webhooks on both stores: signed, without a word about anybody, at least once, listed and replayed.

mod forgotten;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use assessment_server::{
    clock::Clock as _,
    delivering::{Deliverer, Target},
    sign_in::outside::Outside,
    store::{Store, sqlite::SqliteStore},
    webhooks::Secret,
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    Portals, SCHOOL, TRUST,
    receiver::{Answer, Receiver},
};
use crate::{
    answers::{complete, fixed_today},
    postgres::Database,
    routes::episodes::postgres_store,
    wire::{Reply, send},
};
use forgotten::what_was_delivered_thirty_days_ago_is_off_the_list_and_can_still_be_replayed;

/// The bytes of every secret here, and how they are written in a file.
const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const WRITTEN: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// Where the records are, so that they can be opened once more.
enum Storage {
    File(Arc<TempDir>),
    #[cfg(unix)]
    Database(Database),
}

/// Portals, and the store that they are on.
struct Told {
    portals: Portals,
    storage: Storage,
}

impl Told {
    async fn on_sqlite() -> Self {
        let folder = Arc::new(TempDir::new().expect("a folder"));
        let storage = Storage::File(Arc::clone(&folder));
        let portals = Portals::on(open(&storage).await, folder).await;
        Self { portals, storage }
    }

    #[cfg(unix)]
    async fn on_postgres() -> Self {
        let storage = Storage::Database(Database::new().await);
        let folder = Arc::new(TempDir::new().expect("a folder"));
        let portals = Portals::on(open(&storage).await, folder).await;
        Self { portals, storage }
    }

    /// What tells the school's server, on that store.
    fn deliverer(&self, store: Arc<dyn Store>) -> Deliverer {
        let outside = Outside::patient(Duration::from_millis(300)).expect("a client");
        Deliverer::new(store, Arc::clone(&self.portals.clock) as _, outside, Vec::new(), 30)
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.portals.app.store)
    }

    async fn list(&self, token: &str) -> Reply {
        self.portals.ask("GET", "/api/v1/partners/school/webhooks", &[("authorization", token)]).await
    }

    async fn replay(&self, token: &str, id: &str) -> Reply {
        let path = format!("/api/v1/partners/school/webhooks/{id}/replay");
        self.portals.ask("POST", &path, &[("authorization", token)]).await
    }

    /// Moves on to the moment at which the only delivery is due.
    async fn until_due(&self) {
        let listed = self.list(&self.portals.coordinator()).await.json();
        let due: jiff::Timestamp =
            listed["webhooks"][0]["due_at"].as_str().expect("due").parse().expect("a moment");
        let wait = due.duration_since(self.portals.clock.now()) + SignedDuration::from_secs(60);
        self.portals.clock.minutes_later(wait.as_mins());
    }
}

/// Another store on the same records, as another server has it.
async fn open(storage: &Storage) -> Arc<dyn Store> {
    match storage {
        Storage::File(folder) => {
            let file = folder.path().join("assessments.sqlite3");
            Arc::new(SqliteStore::open(&file, Duration::from_secs(5)).await.expect("a database"))
        }
        #[cfg(unix)]
        Storage::Database(database) => postgres_store(database).await,
    }
}

fn target(partner: &str, receiver: &Receiver) -> Target {
    let secret = Secret::parse(WRITTEN).expect("a secret");
    Target { partner: partner.to_owned(), url: receiver.url(), secret }
}

macro_rules! on_both {
    ($($test:ident;)+) => {
        mod on_sqlite {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(super::Told::on_sqlite().await).await;
                }
            )+
        }
        #[cfg(unix)]
        mod on_postgres {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(super::Told::on_postgres().await).await;
                }
            )+
        }
    };
}

on_both! {
    a_record_is_told_once_signed_and_without_a_word_about_anybody;
    what_fails_is_tried_again_under_the_same_id_until_it_is_taken;
    what_is_given_up_after_five_days_is_listed_and_can_be_replayed;
    two_servers_tell_each_thing_once_and_what_one_left_undone_the_other_does;
    a_partner_hears_of_its_own_people_s_records_only;
    what_is_due_is_sent_while_the_server_runs_and_it_stops_at_once;
    what_was_delivered_thirty_days_ago_is_off_the_list_and_can_still_be_replayed;
}

/// Every text of a record that is long enough to be found by chance nowhere else.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.chars().count() > 5 => drop(found.insert(text.clone())),
        Value::Array(all) => all.iter().for_each(|one| texts(one, found)),
        Value::Object(all) => all.values().for_each(|one| texts(one, found)),
        _ => {}
    }
}

async fn a_record_is_told_once_signed_and_without_a_word_about_anybody(told: Told) {
    let receiver = Receiver::new([]).await;
    let deliverer = told.deliverer(told.store());
    let school = target("school", &receiver);
    assert!(!deliverer.next(&school).await.expect("looked"), "nothing has happened");
    let id = told.portals.submit(&told.portals.teacher(), "one").await;
    assert!(deliverer.next(&school).await.expect("sent"));
    assert!(!deliverer.next(&school).await.expect("looked"));
    assert!(!deliverer.next(&target("trust", &receiver)).await.expect("looked"));
    let [received] = &receiver.received()[..] else { panic!("once") };
    assert!(received.is_signed_with(SECRET) && !received.is_signed_with(b"another secret of that length"));
    let second = told.portals.clock.now().as_second().to_string();
    assert_eq!(received.headers["webhook-timestamp"], second);
    assert_eq!(received.headers["content-type"], "application/json");
    let body = received.json();
    let members: BTreeSet<&str> = body.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(members, BTreeSet::from(["assessment", "at", "episode", "id", "kind"]));
    assert_eq!((&body["kind"], &body["assessment"]), (&json!("assessment.received"), &json!(id)));
    assert_eq!((&body["id"], &body["at"]), (&json!(received.id()), &json!("2026-11-23T09:00:00.000Z")));
    let token = told.portals.teacher();
    let episodes = told.portals.ask("GET", "/api/v1/episodes", &[("authorization", &token)]).await.json();
    assert_eq!(body["episode"], episodes["episodes"][0]["id"]);
    // Nothing that the record says, and nobody's name or number.
    let mut words = BTreeSet::new();
    texts(&complete(fixed_today()), &mut words);
    assert!(words.len() > 50);
    words.extend(["Priya Raman", "teacher-7", "school-7", "Southwick"].map(str::to_owned));
    let sent = format!("{:?} {}", received.headers, received.body).to_lowercase();
    for word in words.iter().filter(|word| !"2026-11-23T09:00:00.000Z".contains(word.as_str())) {
        assert!(!sent.contains(&word.to_lowercase()), "{word}: {sent}");
    }
    let listed = told.list(&told.portals.coordinator()).await;
    assert_eq!(listed.status, 200, "{}", listed.text);
    let one = &listed.json()["webhooks"][0];
    assert_eq!(
        (&one["state"], &one["attempts"], &one["outcome"]),
        (&json!("delivered"), &json!(1), &json!("204"))
    );
    assert!(!listed.text.contains(body["episode"].as_str().expect("an id")), "not of which record");
}

async fn what_fails_is_tried_again_under_the_same_id_until_it_is_taken(told: Told) {
    use Answer::{Close, Hang, Late, Redirect, Status};
    let failures = [Status(500), Hang, Close, Redirect, Status(404), Late];
    let receiver = Receiver::new(failures.into_iter().chain([Status(200)])).await;
    let deliverer = told.deliverer(told.store());
    let school = target("school", &receiver);
    told.portals.submit(&told.portals.teacher(), "one").await;
    for (attempt, failure) in (1..).zip(failures) {
        assert!(deliverer.next(&school).await.expect("tried"), "{failure:?}");
        assert!(!deliverer.next(&school).await.expect("looked"), "not before it is due");
        let one = told.list(&told.portals.coordinator()).await.json()["webhooks"][0].clone();
        let outcome = match failure {
            Late | Hang | Close => "no-answer".to_owned(),
            Status(status) => status.to_string(),
            Redirect => "307".to_owned(),
        };
        assert_eq!((&one["state"], &one["attempts"]), (&json!("pending"), &json!(attempt)), "{failure:?}");
        assert_eq!(one["outcome"], json!(outcome), "{failure:?}");
        told.until_due().await;
    }
    assert!(deliverer.next(&school).await.expect("taken"));
    assert!(!deliverer.next(&school).await.expect("looked"));
    let received = receiver.received();
    assert_eq!(received.len(), 7, "a redirect is not followed");
    let ids: BTreeSet<&str> = received.iter().map(|one| one.id()).collect();
    let bodies: BTreeSet<&str> = received.iter().map(|one| one.body.as_str()).collect();
    let times: BTreeSet<&String> = received.iter().map(|one| &one.headers["webhook-timestamp"]).collect();
    assert_eq!((ids.len(), bodies.len(), times.len()), (1, 1, 7));
    assert!(received.iter().all(|one| one.is_signed_with(SECRET)));
}

async fn what_is_given_up_after_five_days_is_listed_and_can_be_replayed(told: Told) {
    let receiver = Receiver::new([Answer::Status(503); 40]).await;
    let deliverer = told.deliverer(told.store());
    let school = target("school", &receiver);
    told.portals.submit(&told.portals.teacher(), "one").await;
    let began = told.portals.clock.now();
    let shown = async || told.list(&told.portals.coordinator()).await.json()["webhooks"][0].clone();
    let mut tries = 0;
    while shown().await["state"] == "pending" {
        assert!(deliverer.next(&school).await.expect("tried"));
        tries += 1;
        if shown().await["state"] == "pending" {
            told.until_due().await;
        }
    }
    let taken = told.portals.clock.now().duration_since(began).as_hours();
    assert!((119..=122).contains(&taken) && (15..=25).contains(&tries), "{taken} hours, {tries} attempts");
    assert_eq!(shown().await["state"], "failed");
    assert!(!deliverer.next(&school).await.expect("looked"));
    let counts = told.store().outbox().counts().await.expect("counts");
    assert_eq!((counts.pending, counts.failed), (0, 1));

    let id = shown().await["id"].as_str().expect("an id").to_owned();
    let auditor = told.portals.token(super::COUNCIL, "auditor-1", "council", "auditor");
    assert_eq!(told.list(&auditor).await.status, 200);
    for nobody in [&auditor, &told.portals.teacher()] {
        told.replay(nobody, &id).await.refused(403, "forbidden");
    }
    told.list(&told.portals.teacher()).await.refused(403, "forbidden");
    let coordinator = told.portals.coordinator();
    for unknown in ["5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f", "x"] {
        told.replay(&coordinator, unknown).await.refused(404, "not-found");
    }
    let elsewhere = format!("/api/v1/partners/trust/webhooks/{id}/replay");
    let elsewhere = told.portals.ask("POST", &elsewhere, &[("authorization", &coordinator)]).await;
    elsewhere.refused(404, "not-found");
    let fresh = Receiver::new([]).await;
    let done = told.replay(&coordinator, &id).await;
    assert_eq!(done.status, 204, "{}", done.text);
    assert!(deliverer.next(&target("school", &fresh)).await.expect("sent"));
    let [again] = &fresh.received()[..] else { panic!("once") };
    assert_eq!(again.id(), id);
    assert_eq!(again.body, receiver.received()[0].body);
    assert_eq!(shown().await["state"], "delivered");
    let audit = told.portals.ask("GET", "/api/v1/audit", &[("authorization", &auditor)]).await;
    assert!(audit.text.contains("replay-webhook"), "{}", audit.text);
}

async fn two_servers_tell_each_thing_once_and_what_one_left_undone_the_other_does(told: Told) {
    let receiver = Receiver::new([]).await;
    let school = target("school", &receiver);
    let ids: BTreeSet<String> = {
        let mut ids = BTreeSet::new();
        for number in 0..12 {
            ids.insert(told.portals.submit(&told.portals.teacher(), &format!("key-{number}")).await);
        }
        ids
    };
    let other = open(&told.storage).await;
    let (one, two) = (told.deliverer(told.store()), told.deliverer(Arc::clone(&other)));
    let all = async |deliverer: &Deliverer| {
        let mut sent = 0;
        while deliverer.next(&school).await.expect("sent") {
            sent += 1;
        }
        sent
    };
    let (first, second) = tokio::join!(all(&one), all(&two));
    assert_eq!(first + second, 12);
    let told_of: Vec<String> = receiver
        .received()
        .iter()
        .map(|one| one.json()["assessment"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(told_of.len(), 12);
    assert_eq!(told_of.into_iter().collect::<BTreeSet<_>>(), ids);

    // A server claims one and dies before it can say how it went.
    told.portals.submit(&told.portals.teacher(), "last").await;
    let now = told.portals.clock.now();
    let until = now.checked_add(SignedDuration::from_secs(60)).expect("a moment");
    let claimed = told.store().outbox().claim("school", now, until).await.expect("claimed").expect("one");
    assert!(!two.next(&school).await.expect("looked"), "somebody has it");
    told.portals.clock.minutes_later(2);
    assert!(two.next(&school).await.expect("sent"));
    assert_eq!(receiver.received().last().expect("one").id(), claimed.event.id.hyphenated().to_string());
    // The first comes back and says that it failed: the other's success counts.
    let late = assessment_server::store::webhooks::Ended::GivenUp;
    told.store().outbox().ended(claimed.event.id, claimed.attempt, late, "no-answer").await.expect("noted");
    let listed = told.list(&told.portals.coordinator()).await.json();
    assert_eq!(
        (&listed["webhooks"][0]["state"], &listed["webhooks"][0]["attempts"]),
        (&json!("delivered"), &json!(2))
    );
    // Pages go on where they ended.
    let page = async |rest: &str| {
        let path = format!("/api/v1/partners/school/webhooks?limit=8{rest}");
        told.portals.ask("GET", &path, &[("authorization", &told.portals.coordinator())]).await.json()
    };
    let newest = page("").await;
    let older = page(&format!("&before={}", newest["next"])).await;
    let of = |page: &Value| page["webhooks"].as_array().expect("webhooks").len();
    assert_eq!((of(&newest), of(&older), &older["next"]), (8, 5, &Value::Null));
    other.close().await;
}

async fn a_partner_hears_of_its_own_people_s_records_only(told: Told) {
    let receiver = Receiver::new([]).await;
    let deliverer = told.deliverer(told.store());
    // The council's people are no partner's.
    let council = told.portals.token(super::COUNCIL, "worker-1", "council", "practitioner");
    told.portals.submit(&council, "council").await;
    told.portals.submit(&told.portals.token(TRUST, "nurse-1", "trust", "practitioner"), "trust").await;
    told.portals.submit(&told.portals.teacher(), "school").await;
    for partner in ["school", "trust"] {
        assert!(deliverer.next(&target(partner, &receiver)).await.expect("sent"));
        assert!(!deliverer.next(&target(partner, &receiver)).await.expect("looked"), "{partner}");
    }
    assert_eq!(receiver.received().len(), 2);
    // What its own lead professional does, it hears of.
    let lead = told.portals.token(SCHOOL, "teacher-7", "school-7", "lead_professional");
    let list = told.portals.ask("GET", "/api/v1/episodes", &[("authorization", &lead)]).await.json();
    let episode = format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"));
    let tag = told.portals.ask("GET", &episode, &[("authorization", &lead)]).await.header("etag").to_owned();
    let hand_over = told
        .portals
        .app
        .client
        .request("PUT", &format!("{episode}/holder"))
        .header("authorization", told.portals.coordinator())
        .header("if-match", tag)
        .header("content-type", "application/json")
        .body(json!({ "organisation": "trust" }).to_string());
    let done = send(hand_over).await;
    // Whether the coordinator may is the table's to say; where they may, it is the last thing that the school hears.
    let heard = deliverer.next(&target("school", &receiver)).await.expect("looked");
    assert_eq!(heard, done.status == 204 && is_ordinary(&told, &episode).await, "{}", done.text);
    assert!(!deliverer.next(&target("trust", &receiver)).await.expect("looked"), "it is not theirs");
}

async fn is_ordinary(told: &Told, episode: &str) -> bool {
    let headers = [("authorization", told.portals.coordinator()), ("access-reason", "why".to_owned())];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let shown = told.portals.ask("GET", episode, &headers).await.json();
    shown["protection"] == "ordinary"
}

async fn what_is_due_is_sent_while_the_server_runs_and_it_stops_at_once(told: Told) {
    let receiver = Receiver::new([]).await;
    let outside = Outside::new().expect("a client");
    let clock = Arc::clone(&told.portals.clock) as _;
    let targets = vec![target("school", &receiver), target("trust", &receiver)];
    let deliverer = Deliverer::new(told.store(), clock, outside, targets, 30);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(deliverer.run(async {
        let _ = stopped.await;
    }));
    told.portals.submit(&told.portals.teacher(), "one").await;
    let mut look = tokio::time::interval(Duration::from_millis(20));
    while receiver.received().is_empty() {
        look.tick().await;
    }
    drop(stop);
    tokio::time::timeout(Duration::from_secs(5), running).await.expect("it stops (B90)").expect("no panic");
    let listed = told.list(&told.portals.coordinator()).await.json();
    assert_eq!(listed["webhooks"][0]["state"], "delivered", "and what it did is noted");
}
