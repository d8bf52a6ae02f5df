//! The description of the interface matches the routes, and `docs/openapi.json` is a copy of it.

use std::{collections::BTreeSet, env, fs, path::Path};

use serde_json::Value;

use crate::{app::App, wire::send};

const COMMAND: &str = "UPDATE_OPENAPI=1 cargo test --package assessment-server openapi";

#[test]
fn the_copy_in_docs_is_up_to_date() {
    let copy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let document = assessment_server::openapi_document();
    if env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&copy, &document).expect("docs/openapi.json can be written");
    }
    let found = fs::read_to_string(&copy).unwrap_or_default();
    assert!(found == document, "docs/openapi.json is not what the server describes. Run: {COMMAND}");
}

#[test]
fn the_document_is_openapi_3_1() {
    let document: Value = serde_json::from_str(&assessment_server::openapi_document()).expect("JSON");
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let mut ids = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let place = format!("{method} {path}");
            assert!(operation["summary"].is_string(), "{place} has no summary");
            let id = operation["operationId"].as_str().expect(&place);
            assert!(ids.insert(id.to_owned()), "{place}: the id {id} is used twice");
            assert!(operation["responses"].as_object().is_some_and(|all| !all.is_empty()), "{place}");
        }
    }
}

#[tokio::test]
async fn each_route_takes_the_methods_that_are_described_and_no_others() {
    let app = App::start().await;
    let document: Value = serde_json::from_str(&assessment_server::openapi_document()).expect("JSON");
    for (path, operations) in document["paths"].as_object().expect("paths") {
        let described = |method: &str| operations.get(method.to_lowercase()).is_some();
        let address = path
            .replace("{id}", "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f")
            .replace("{kind}", "plan")
            .replace("{merge}", "1")
            .replace("{number}", "1")
            .replace("{member}", "1")
            .replace("{delivery}", "1");
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let reply = send(app.client.request(method, &address)).await;
            assert_eq!(reply.status == 405, !described(method), "{method} {path}: {}", reply.status);
        }
    }
}
