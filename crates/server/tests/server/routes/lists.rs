//! Coordinators' lists and everybody's own page over HTTP, each test on both stores.

mod audit;
pub(super) mod cells;
mod due;
mod duplicates;
mod export;
mod me;
mod register;
mod stories;
mod take_up;
mod training;

use std::{sync::Arc, time::Duration};

use assessment_server::store::{Store, postgres::PostgresStore};
use serde_json::{Value, json};

use super::people::{Office, child, who};
use crate::{
    answers::{complete, fixed_today},
    app::{App, With},
    sign_in::{MovedClock, sign_in},
    wire::{Reply, send},
};

/// The profile of an authority that has areas.
const PROFILE: &str = r#"{
 "id": "leeds", "version": "2026.1", "name": "Leeds", "organisation": "An example", "rule_pack": "leeds-example",
 "approved_by": null, "approved_on": null, "time_zone": "Europe/London", "terms": {"front_door": "Duty and Advice"},
 "areas": {
  "wedges": [{"code": "west", "label": "West"}, {"code": "east", "label": "East"}],
  "clusters": [
   {"code": "moor", "label": "The Moor", "wedge": "west", "postcodes": ["LS6"], "schools": ["Woodhouse Moor Primary School"]},
   {"code": "mills", "label": "=The Mills", "wedge": "west", "postcodes": ["LS6 9"]},
   {"code": "city", "label": "City", "wedge": "east", "postcodes": ["LS1"]}
  ]
 }
}"#;

/// An application whose authority has areas, with a clock that the test moves.
async fn office(store: Option<Arc<dyn Store>>) -> Office {
    let clock = MovedClock::at("2026-11-23T12:00:00Z");
    let with = With { clock: Arc::clone(&clock) as _, store, profile: Some(PROFILE), ..With::default() };
    Office { app: App::start_with(with).await, clock }
}

async fn on_sqlite() -> Office {
    office(None).await
}

#[cfg(unix)]
async fn on_postgres() -> Office {
    let database = crate::postgres::Database::new().await;
    let patience = Duration::from_secs(10);
    let store = PostgresStore::open(&database.server(), Some(&database.owner()), patience).await;
    office(Some(Arc::new(store.expect("a database")))).await
}

/// Makes a test of each function for each store.
macro_rules! on_both {
    ($($case:ident;)+) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    super::$case(super::super::on_sqlite().await).await;
                }
            )+
        }
        #[cfg(unix)]
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    super::$case(super::super::on_postgres().await).await;
                }
            )+
        }
    };
}
use on_both;

/// A request as a person of the demo.
async fn ask(
    office: &Office,
    person: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Value>,
) -> Reply {
    let cookie = sign_in(&office.app, person).await;
    let mut request = office.app.client.request(method, &format!("/api/v1{path}")).header("cookie", cookie);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    send(request).await
}

async fn get(office: &Office, person: &str, path: &str) -> Reply {
    ask(office, person, "GET", path, &[], None).await
}

/// Sends the usual record with some details of the child changed. Gives the reference.
async fn send_record(office: &Office, person: &str, key: &str, details: &[(&str, Value)]) -> String {
    let mut answers = complete(fixed_today());
    for (name, value) in details {
        answers["identifying_details"][*name] = value.clone();
    }
    let body = json!({ "form_version": "caf-2026.3", "answers": answers });
    let sent = ask(office, person, "POST", "/assessments", &[("idempotency-key", key)], Some(body)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    sent.json()["reference"].as_str().expect("a reference").to_owned()
}

/// An address with this postcode.
fn lives_at(postcode: &str) -> (&'static str, Value) {
    ("address", json!({ "line_1": "1 Invented Row", "town": "Leeds", "postcode": postcode }))
}
