//! Versions of the contract between component and server: an old component against this server, and one that is too new.

use serde_json::json;

use super::Portals;
use crate::{answers::first_version, wire::send};

const HEADER: &str = "common-assessment-contract";

#[tokio::test]
async fn every_answer_of_the_interface_says_what_is_spoken() {
    let portals = Portals::new().await;
    let token = portals.teacher();
    for path in ["/api/v1/session", "/api/v1/health", "/api/v1/nothing", "/api/v1/episodes"] {
        for said in [None, Some("1")] {
            let mut headers = vec![("authorization", token.as_str())];
            headers.extend(said.map(|version| (HEADER, version)));
            let reply = portals.ask("GET", path, &headers).await;
            assert_eq!(reply.header(HEADER), "1", "{path}");
            assert_ne!(reply.status, 400, "{path}");
        }
    }
    assert!(portals.app.client.get("/common-assessment.js").await.headers.get(HEADER).is_none());
}

#[tokio::test]
async fn a_version_that_is_not_spoken_is_refused_before_anything_is_stored() {
    let portals = Portals::new().await;
    let token = portals.teacher();
    let body = crate::answers::accepted(crate::answers::fixed_today(), 1);
    for version in ["2", "0", "", "1.0", "01", "1, 2", "one", "999999999999999999999"] {
        for (method, path) in [("GET", "/api/v1/session"), ("GET", "/api/v1/health"), ("PUT", "/api/v1/me")] {
            let headers = [("authorization", token.as_str()), (HEADER, version)];
            let reply = portals.ask(method, path, &headers).await;
            reply.refused(400, "contract-not-spoken");
            assert_eq!(reply.header(HEADER), "1");
        }
        let request = portals.app.client.submission("k", body.clone()).header("authorization", &token);
        send(request.header(HEADER, version)).await.refused(400, "contract-not-spoken");
    }
    // The key was not used up.
    portals.submit(&token, "k").await;
    let twice = portals.app.client.request("GET", "/api/v1/health").header(HEADER, "1").header(HEADER, "1");
    send(twice).await.refused(400, "contract-not-spoken");
}

#[tokio::test]
async fn a_component_from_before_there_was_a_version_still_sends() {
    let portals = Portals::new().await;
    let token = portals.teacher();
    let body = json!({ "form_version": "caf-2026.1", "answers": first_version() }).to_string();
    let request = portals.app.client.submission("old", body).header("authorization", &token);
    let stored = send(request.header("origin", super::SCHOOL_PAGE)).await;
    assert_eq!(stored.status, 201, "{}", stored.text);
    // And one that is newer than the server is told so by its form.
    let body = json!({ "form_version": "caf-2099.1", "answers": {} }).to_string();
    let request = portals.app.client.submission("new", body).header("authorization", &token);
    send(request).await.refused(422, "unknown-form-version");
}
