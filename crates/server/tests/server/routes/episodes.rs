//! Episodes over HTTP, each test on both stores: who finds them, versions, the team, and who has seen them.

pub(super) mod cells;
mod changes;
mod edges;
mod keeping;
mod lead;
mod merging;
mod notes;
pub(super) mod people_cells;
mod protected;
mod received;
mod referral;
mod referral_address;
mod refused;
mod sending;
mod situations;
mod subject_access;
mod team;
mod team_records;
mod transitions;
mod written;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use assessment_server::{
    actor::Actor,
    store::{Store, audit::AuditPage, postgres::PostgresStore},
};
use serde_json::{Value, json};

use crate::{
    answers::{complete, fixed_today},
    app::{App, With},
    postgres::Database,
    sign_in::sign_in,
    wire::{Reply, send},
};

/// Makes one test of each function for a store, so that a failure names both.
macro_rules! on_both {
    ($($test:ident;)+) => {
        mod on_sqlite {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(crate::app::App::start().await).await;
                }
            )+
        }
        #[cfg(unix)]
        mod on_postgres {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(crate::routes::episodes::on_postgres().await).await;
                }
            )+
        }
    };
}
pub(crate) use on_both;

/// A store in that database.
pub(crate) async fn postgres_store(database: &Database) -> Arc<dyn Store> {
    let store =
        PostgresStore::open(&database.server(), Some(&database.owner()), Duration::from_secs(10)).await;
    Arc::new(store.expect("a database"))
}

/// An application on PostgreSQL, in a database of its own.
pub(crate) async fn on_postgres() -> App {
    let database = Database::new().await;
    let store = postgres_store(&database).await;
    App::start_with(With { store: Some(store), ..With::default() }).await
}

/// Somebody of the demo.
pub(crate) struct Person<'a> {
    app: &'a App,
    cookie: String,
}

impl<'a> Person<'a> {
    pub(crate) async fn new(app: &'a App, code: &str) -> Self {
        Self { app, cookie: sign_in(app, code).await }
    }

    /// A request of theirs, to be sent.
    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.app.client.request(method, path).header("cookie", &self.cookie)
    }

    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Reply {
        let mut request = self.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        send(request).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[], None).await
    }

    pub(crate) async fn because(&self, path: &str, reason: &str) -> Reply {
        self.ask("GET", path, &[("access-reason", reason)], None).await
    }

    pub(crate) async fn submit(&self, key: &str, body: &Value) -> Reply {
        self.ask("POST", "/api/v1/assessments", &[("idempotency-key", key)], Some(body.clone())).await
    }

    /// Changes an episode as they read it just now.
    pub(crate) async fn change(&self, method: &str, episode: &str, rest: &str, body: Value) -> Reply {
        let tag = self.get(episode).await.header("etag").to_owned();
        self.ask(method, &format!("{episode}{rest}"), &[("if-match", &tag)], Some(body)).await
    }

    /// Sends the usual record. Gives the path of its episode.
    pub(crate) async fn start(&self) -> String {
        let ids = async || {
            let list = self.get("/api/v1/episodes").await.json();
            let episodes = list["episodes"].as_array().expect("a list").iter();
            episodes.map(|one| one["id"].as_str().expect("an id").to_owned()).collect::<BTreeSet<_>>()
        };
        let before = ids().await;
        let key = if before.is_empty() { "first".to_owned() } else { format!("first-{}", before.len()) };
        let sent = self.submit(&key, &body(&complete(fixed_today()))).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
        let now = ids().await;
        let id = now.difference(&before).next().expect("one episode more");
        format!("/api/v1/episodes/{id}")
    }

    /// What they did and what they were refused, oldest first: action and id of the record.
    pub(crate) async fn did(&self) -> Vec<(String, String)> {
        let session = self.get("/api/v1/session").await.json();
        let staff = self.app.store.sessions().practitioners().await.expect("staff");
        let (id, _) = staff.into_iter().find(|(_, one)| session["name"] == one.name).expect("known");
        let mut view = self.app.store.view().await.expect("a view");
        let all = view.audit().list(&Actor::new(id), AuditPage::After(0), 500).await.expect("entries");
        all.into_iter().map(|one| (one.action, one.subject_id)).collect()
    }

    /// Lets somebody in, with every section and answers up to this protection.
    async fn invite(&self, episode: &str, code: &str, organisation: Option<&str>, role: &str) -> Reply {
        self.invite_with(episode, &member(code, organisation, role)).await
    }

    async fn invite_with(&self, episode: &str, member: &Value) -> Reply {
        let tag = self.get(episode).await.header("etag").to_owned();
        let path = format!("{episode}/members");
        self.ask("POST", &path, &[("if-match", &tag)], Some(member.clone())).await
    }
}

fn member(code: &str, organisation: Option<&str>, role: &str) -> Value {
    json!({
        "issuer": assessment_server::sign_in::demo::ISSUER, "subject": code, "organisation": organisation,
        "role": role, "sections": (0..=12).collect::<Vec<_>>(), "up_to": "confidential", "is_covered": true,
    })
}

fn body(answers: &Value) -> Value {
    json!({ "form_version": "caf-2026.3", "answers": answers })
}

/// The body of a later version of the usual record, with another reason for it.
fn amendment(episode: &str, started_from: &str, kind: &str, words: &str) -> Value {
    let mut answers = complete(fixed_today());
    answers["assessment_information"]["reason"] = json!(words);
    let mut body = body(&answers);
    let id = episode.rsplit('/').next().expect("an id");
    body["episode"] = json!({ "id": id, "started_from": started_from, "kind": kind, "reason": "Aunt rang." });
    body
}
