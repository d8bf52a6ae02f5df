//! Partners: what pages of their origins may ask, the frame for their portals, versions of the contract, and webhooks.

mod contract;
mod frame;
mod origins;
pub(crate) mod receiver;
mod webhooks;

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use assessment_server::{
    actor::Identity,
    clock::Clock as _,
    partners::{PartnerSettings, Partners},
    sign_in::{SignIn, keys::KeySource, session::SessionPolicy},
    store::{Store, sqlite::SqliteStore},
    webhooks::{Kind, WebhookSettings},
};
use serde_json::json;
use tempfile::TempDir;

use crate::{
    app::{App, With},
    sign_in::{
        MovedClock,
        tokens::{header, issuer, key_file, signed},
    },
    wire::{Reply, send},
};

/// The origins of the school's portal, and of the trust's.
const SCHOOL_PAGE: &str = "https://portal.school.example";
const TRUST_PAGE: &str = "https://portal.trust.example";

/// Whose tokens they send; the council is no partner.
const SCHOOL: &str = "https://login.school.example/";
const TRUST: &str = "https://login.trust.example/";
const COUNCIL: &str = "https://login.council.example/";

fn partner(id: &str, name: &str, origins: &[&str], issuer: &str) -> PartnerSettings {
    let webhook = WebhookSettings {
        url: "https://portal.example/webhook".to_owned(),
        secret_file: PathBuf::from("secret"),
        kinds: BTreeSet::from(Kind::ALL),
    };
    PartnerSettings {
        id: id.to_owned(),
        name: name.to_owned(),
        origins: origins.iter().map(|&origin| origin.to_owned()).collect(),
        issuer: issuer.to_owned(),
        webhook: Some(webhook),
    }
}

fn partners() -> Partners {
    let school = partner("school", "Southwick Academy", &[SCHOOL_PAGE, "http://127.0.0.1:5173"], SCHOOL);
    let trust = partner("trust", "Meadow Trust", &[TRUST_PAGE], TRUST);
    Partners::read(&[school, trust], &[SCHOOL, TRUST, COUNCIL]).expect("partners")
}

/// A server with two partners, whose people come by token.
pub(crate) struct Portals {
    app: App,
    clock: Arc<MovedClock>,
}

impl Portals {
    /// On a SQLite file of its own.
    async fn new() -> Self {
        let folder = Arc::new(TempDir::new().expect("a folder"));
        let file = folder.path().join("assessments.sqlite3");
        let store = SqliteStore::open(&file, std::time::Duration::from_secs(5)).await.expect("a database");
        Self::on(Arc::new(store), folder).await
    }

    async fn on(store: Arc<dyn Store>, folder: Arc<TempDir>) -> Self {
        let keys = key_file(&folder);
        let bearer = [SCHOOL, TRUST, COUNCIL].map(|name| issuer(name, KeySource::File(keys.clone())));
        let sign_in = SignIn { provider: None, bearer: bearer.into(), sessions: SessionPolicy::default() };
        let clock = MovedClock::at("2026-11-23T09:00:00Z");
        let app = App::start_with(With {
            clock: Arc::clone(&clock) as _,
            identity: Some(Identity::SignIn(Arc::new(sign_in))),
            partners: partners(),
            store: Some(store),
            folder: Some(folder),
            ..With::default()
        })
        .await;
        Self { app, clock }
    }

    /// A token of that issuer for somebody, as it is given out now.
    fn token(&self, issuer: &str, subject: &str, organisation: &str, role: &str) -> String {
        let now = self.clock.now().as_second();
        let claims = json!({
            "iss": issuer, "aud": "common-assessment", "sub": subject, "iat": now - 10, "exp": now + 600,
            "name": "Priya Raman", "organisation": organisation, "roles": [role],
        });
        format!("Bearer {}", signed(&header().to_string(), &claims.to_string()))
    }

    /// A token of the school's for its teacher.
    fn teacher(&self) -> String {
        self.token(SCHOOL, "teacher-7", "school-7", "practitioner")
    }

    fn coordinator(&self) -> String {
        self.token(COUNCIL, "coordinator-1", "council", "eh_coordinator")
    }

    /// Asks with these headers.
    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = self.app.client.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(request).await
    }

    /// Sends the usual record with that token; gives the id of the assessment.
    async fn submit(&self, token: &str, key: &str) -> String {
        let body = crate::answers::accepted(crate::answers::fixed_today(), 1);
        let reply = send(self.app.client.submission(key, body).header("authorization", token)).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()["id"].as_str().expect("an id").to_owned()
    }
}
