//! The list of assessments.

use crate::{
    answers::{accepted, fixed_today},
    app::App,
};

#[tokio::test]
async fn the_list_is_newest_first_and_can_be_paged() {
    let app = App::start().await;
    let mut references = Vec::new();
    for number in 0..5 {
        let receipt = app.submit(&format!("k{number}"), accepted(fixed_today(), number)).await.json();
        references.insert(0, receipt["reference"].clone());
    }
    let mut seen = Vec::new();
    let mut address = "/api/v1/assessments?limit=2".to_owned();
    loop {
        let page = app.client.get(&address).await.json();
        let rows = page["assessments"].as_array().expect("rows").clone();
        assert!(rows.len() <= 2);
        assert!(rows.iter().all(|row| row["child_name"] == "Teddy Example"));
        seen.extend(rows.into_iter().map(|row| row["reference"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        address = format!("/api/v1/assessments?limit=2&before={next}");
    }
    assert_eq!(seen, references);
    for (since, count) in [
        ("2026-11-23T12:00:00Z", 5),
        ("2026-11-23T13:00:00%2B01:00", 5),
        ("2026-11-23T12:00:00.000001Z", 0),
        ("2026-11-23T06:59:59-05:00", 5),
    ] {
        let page = app.client.get(&format!("/api/v1/assessments?since={since}")).await.json();
        assert_eq!(page["assessments"].as_array().expect("rows").len(), count, "{since}");
    }
    for query in [
        "limit=0",
        "limit=201",
        "limit=x",
        "before=x",
        "since=x",
        "since=2026-11-23",
        "name=Teddy",
        "limit=1&limit=2",
    ] {
        app.client.get(&format!("/api/v1/assessments?{query}")).await.refused(400, "bad-query");
    }
}
