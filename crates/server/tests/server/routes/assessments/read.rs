//! Reading one assessment.

use serde_json::json;

use crate::{
    answers::{accepted, fixed_today},
    app::App,
};

#[tokio::test]
async fn a_colleague_of_the_author_reads_nothing_and_what_is_no_id_looks_like_none_at_all_b40() {
    let app = App::start().await;
    let other = app.beside("another-practitioner").await;
    let receipt = app.submit("k", accepted(fixed_today(), 1)).await.json();
    let theirs =
        other.client.get(&format!("/api/v1/assessments/{}", receipt["id"].as_str().expect("id"))).await;
    let nothing = other.client.get("/api/v1/assessments/3f0c1f0e-9c8b-4a52-8f0d-2f6a1b7c9d10").await;
    let nonsense = other.client.get("/api/v1/assessments/1%20OR%201=1").await;
    // They may know that there is a record, once they say why. To strangers there is none: see `episodes::received`.
    theirs.refused(403, "forbidden");
    nothing.refused(404, "not-found");
    assert_eq!(nothing.text, nonsense.text);
    assert_eq!(other.client.get("/api/v1/assessments").await.json()["assessments"], json!([]));
}
