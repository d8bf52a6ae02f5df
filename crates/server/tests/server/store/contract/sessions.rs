//! What every store promises about signing in.

use std::collections::BTreeSet;

use assessment_server::{
    staff::StaffMember,
    store::{
        audit::AuditPage,
        sessions::{Attempt, REMEMBERED_SECONDS, StoredSession},
    },
};
use jiff::{SignedDuration, Timestamp};

use super::{actor, moment};
use crate::store::Harness;

fn staff(subject: &str, name: &str) -> StaffMember {
    StaffMember {
        issuer: "https://login.example".to_owned(),
        subject: subject.to_owned(),
        name: name.to_owned(),
        organisation: "school-7".to_owned(),
        roles: BTreeSet::from(["practitioner".to_owned(), "safeguarding_lead".to_owned()]),
    }
}

fn attempt(state: &str, begun_at: Timestamp) -> Attempt {
    Attempt {
        state_sha256: state.to_owned(),
        browser_sha256: "b".to_owned(),
        nonce: "n".to_owned(),
        verifier: "v".to_owned(),
        return_to: "/#/help".to_owned(),
        begun_at,
    }
}

fn session(secret: &str, practitioner: &str) -> StoredSession {
    StoredSession {
        secret_sha256: secret.to_owned(),
        practitioner: practitioner.to_owned(),
        staff: staff("1", "Siân O’Brien"),
        started_at: moment(1),
        seen_at: moment(1),
        ends_at: moment(30),
        ended: false,
    }
}

/// Of two people who come back with the same attempt at once, one is the first (A18).
pub(in crate::store) async fn an_attempt_is_used_once<H: Harness>(harness: H) {
    let store = harness.store();
    let begun = attempt("s", moment(0));
    store.sessions().begin(&begun).await.expect("stored");
    let (one, other) =
        tokio::join!(store.sessions().take("s", moment(1)), store.sessions().take("s", moment(1)));
    let (one, other) = (one.expect("read").expect("found"), other.expect("read").expect("found"));
    assert_eq!((&one.attempt, &other.attempt), (&begun, &begun));
    assert_ne!(one.first, other.first);
    assert!(!store.sessions().take("s", moment(2)).await.expect("read").expect("found").first);
    assert_eq!(store.sessions().take("t", moment(2)).await.expect("read"), None);
}

/// Nobody comes back for them any more.
pub(in crate::store) async fn old_attempts_and_sessions_are_forgotten<H: Harness>(harness: H) {
    let store = harness.store();
    store.sessions().begin(&attempt("old", moment(0))).await.expect("stored");
    let who = store.sessions().meet(&staff("1", "A"), "id-1", moment(0)).await.expect("stored").id;
    store.sessions().open(&session("x", &who)).await.expect("stored");
    let later = |seconds| moment(30).checked_add(SignedDuration::from_secs(seconds)).expect("a moment");
    store.sessions().begin(&attempt("new", later(REMEMBERED_SECONDS - 60))).await.expect("stored");
    assert!(store.sessions().find("x").await.expect("read").is_some());
    store.sessions().begin(&attempt("newer", later(REMEMBERED_SECONDS + 60))).await.expect("stored");
    assert_eq!(store.sessions().find("x").await.expect("read"), None);
    assert_eq!(store.sessions().take("old", moment(2)).await.expect("read"), None);
    assert!(store.sessions().take("newer", moment(2)).await.expect("read").is_some());
}

/// A new name, address or organisation does not make another person, and another subject or issuer does (A16).
pub(in crate::store) async fn a_person_is_an_issuer_and_a_subject<H: Harness>(harness: H) {
    let store = harness.store();
    let meet = async |staff: StaffMember, id: &'static str| {
        store.sessions().meet(&staff, id, moment(0)).await.expect("stored").id
    };
    assert_eq!(meet(staff("1", "Ada Before"), "id-1").await, "id-1");
    assert_eq!(meet(staff("1", "Ada Before"), "id-2").await, "id-1");
    assert_eq!(meet(staff("1", "Ada After"), "id-3").await, "id-1");
    assert_eq!(meet(staff("2", "Ada After"), "id-4").await, "id-4");
    let elsewhere = StaffMember { issuer: "https://other.example".to_owned(), ..staff("1", "Ada After") };
    assert_eq!(meet(elsewhere, "id-5").await, "id-5");
    let met = tokio::join!(meet(staff("9", "Twice"), "id-6"), meet(staff("9", "Twice"), "id-7"));
    assert_eq!(met.0, met.1);
}

/// What was stored is found, and ends when it is ended.
pub(in crate::store) async fn a_session_is_found_until_it_is_ended<H: Harness>(harness: H) {
    let store = harness.store();
    let who = store.sessions().meet(&staff("1", "A"), actor().id(), moment(0)).await.expect("stored").id;
    let opened = session("x", &who);
    store.sessions().open(&opened).await.expect("stored");
    assert_eq!(store.sessions().find("x").await.expect("read"), Some(opened.clone()));
    store.sessions().seen("x", moment(9)).await.expect("stored");
    store.sessions().seen("x", moment(5)).await.expect("stored");
    let seen = StoredSession { seen_at: moment(9), ..opened };
    assert_eq!(store.sessions().find("x").await.expect("read"), Some(seen));
    assert_eq!(store.sessions().find("y").await.expect("read"), None);
    for _ in 0..2 {
        store.sessions().end("x", moment(10)).await.expect("stored");
    }
    store.sessions().end("y", moment(10)).await.expect("nothing to end");
    assert!(store.sessions().find("x").await.expect("read").expect("found").ended);
    let trail =
        store.view().await.expect("a view").audit().list(&actor(), AuditPage::Last, 9).await.expect("read");
    let trail: Vec<_> = trail.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(trail, ["signed-out", "signed-in"]);
}

/// Shutting somebody out ends what they have open, and letting them in again opens nothing.
pub(in crate::store) async fn somebody_can_be_shut_out<H: Harness>(harness: H) {
    let store = harness.store();
    let who = store.sessions().meet(&staff("1", "A"), "id-1", moment(0)).await.expect("stored").id;
    store.sessions().open(&session("x", &who)).await.expect("stored");
    let shut = async |id: &'static str, out| {
        store.sessions().set_disabled(id, out, moment(3)).await.expect("stored")
    };
    assert_eq!(shut("nobody", true).await, None);
    assert_eq!(shut("id-1", true).await, Some(()));
    assert!(store.sessions().meet(&staff("1", "A"), "id-2", moment(4)).await.expect("read").disabled);
    assert!(store.sessions().find("x").await.expect("read").expect("found").ended);
    assert_eq!(shut("id-1", false).await, Some(()));
    assert!(!store.sessions().meet(&staff("1", "A"), "id-2", moment(4)).await.expect("read").disabled);
    assert!(store.sessions().find("x").await.expect("read").expect("found").ended);
}
