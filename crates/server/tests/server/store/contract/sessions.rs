//! What every store promises about signing in.

use std::collections::BTreeSet;

use assessment_people::who::Reason;
use assessment_server::{
    staff::StaffMember,
    store::{
        audit::AuditPage,
        sessions::{Attempt, REMEMBERED_SECONDS, StoredSession},
    },
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{actor, moment, other};
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

/// Shutting somebody out ends what they have open, and letting them in again opens nothing. Both are in the trail.
pub(in crate::store) async fn somebody_can_be_shut_out_a17<H: Harness>(harness: H) {
    let store = harness.store();
    let id = Uuid::from_u128(1);
    let written = id.to_string();
    let who = store.sessions().meet(&staff("1", "A"), &written, moment(0)).await.expect("stored").id;
    store.sessions().open(&session("x", &who)).await.expect("stored");
    let because = Reason::new("She has left.").expect("words");
    let shut = async |id: Uuid, out, at| {
        let because = Some(&because).filter(|_| out);
        store.sessions().set_disabled(&other(), id, out, because, moment(at)).await.expect("stored")
    };
    assert_eq!(shut(Uuid::from_u128(2), true, 3).await, None);
    assert_eq!(shut(id, true, 3).await, Some(()));
    assert_eq!(shut(id, true, 4).await, Some(()));
    assert!(store.sessions().meet(&staff("1", "A"), "id-2", moment(4)).await.expect("read").disabled);
    assert!(store.sessions().find("x").await.expect("read").expect("found").ended);
    let listed = store.sessions().staff(None, 9).await.expect("read");
    assert_eq!(listed[0].disabled_at, Some(moment(3)), "since the first time");
    assert_eq!(shut(id, false, 5).await, Some(()));
    assert!(!store.sessions().meet(&staff("1", "A"), "id-2", moment(6)).await.expect("read").disabled);
    assert!(store.sessions().find("x").await.expect("read").expect("found").ended);
    let trail = super::audit(&*store, &other()).await;
    let trail: Vec<_> = trail.iter().map(|one| (one.action.as_str(), one.subject_id == written)).collect();
    assert_eq!(trail, [("let-in", true), ("shut-out", true), ("shut-out", true)]);
}

/// A page goes on where the one before ended.
pub(in crate::store) async fn everybody_who_has_signed_in_is_listed_once<H: Harness>(harness: H) {
    let store = harness.store();
    for number in 1..=5_u128 {
        let id = Uuid::from_u128(number << 96).to_string();
        store.sessions().meet(&staff(&number.to_string(), "A"), &id, moment(0)).await.expect("stored");
    }
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let page = store.sessions().staff(after, 2).await.expect("a page");
        let Some(last) = page.last() else { break };
        after = Uuid::parse_str(&last.id).ok();
        seen.extend(page.into_iter().map(|one| one.staff.subject));
    }
    assert_eq!(seen, ["1", "2", "3", "4", "5"]);
}
