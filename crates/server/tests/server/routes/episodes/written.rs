//! The written form of a referral: somebody says that it was sent, or the front door opens the record here; until then its
//! clock runs.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Person, lead::referred, on_both};
use crate::app::{App, StoppedClock, With};

on_both! {
    the_clock_of_the_written_form_runs_until_somebody_says_that_it_was_sent;
    what_the_front_door_has_opened_here_counts_as_written;
    that_it_was_sent_is_taken_back_and_its_clock_runs_again;
    who_may_say_that_it_was_sent_and_when;
}

/// The same records on a later day.
async fn on(app: &App, now: &'static str) -> App {
    let clock = Arc::new(StoppedClock(now));
    App::start_with(With { store: Some(app.store.clone()), clock, ..With::default() }).await
}

/// More than 24 hours after it was sent.
const NEXT: &str = "2026-11-25T12:00:00Z";

/// What is due of the written form: on the record, in the daily list and on the timeline.
async fn due(app: &App, episode: &str) -> (Value, bool, bool) {
    let author = Person::new(app, "teacher").await;
    let has = |all: &Value, status: &str| {
        let all = all.as_array().expect("a list");
        all.iter().any(|one| one["kind"] == "referral_written" && one[status] != "done")
    };
    let record = author.get(episode).await.json();
    let list = author.get("/api/v1/me/due").await.json();
    let line = author.get(&format!("{episode}/timeline")).await.json();
    let is = record["referral"]["clock"]["write_is"].clone();
    (is, has(&list["due"], "urgency"), has(&line["entries"], "status"))
}

async fn the_clock_of_the_written_form_runs_until_somebody_says_that_it_was_sent(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = referred(&author).await;
    let next = on(&app, NEXT).await;
    assert_eq!(
        due(&next, &episode).await,
        (json!("overdue"), true, true),
        "nobody has said that it was sent"
    );
    let said = author.change("POST", &episode, "/referral/written", json!({ "by": "email" })).await;
    assert_eq!(said.status, 204, "{}", said.text);
    let record = author.get(&episode).await.json();
    let written = &record["referral"]["written"];
    assert_eq!(
        (&written["by"], &written["noted"]["name"]),
        (&json!("email"), &json!("Priya Raman")),
        "{record}"
    );
    assert_eq!(record["shown"]["state"], "referred", "it still waits for its answer");
    assert_eq!(due(&next, &episode).await, (json!("done"), false, false));
    let line = author.get(&format!("{episode}/timeline")).await.json();
    let kinds: Vec<&Value> =
        line["entries"].as_array().expect("entries").iter().map(|one| &one["kind"]).collect();
    assert!(kinds.contains(&&json!("form_sent")) && kinds.contains(&&json!("referral_decision")), "{line}");
    // The first time counts.
    let again = author.change("POST", &episode, "/referral/written", json!({ "by": "paper" })).await;
    assert_eq!(again.status, 204, "{}", again.text);
    assert_eq!(author.get(&episode).await.json()["referral"]["written"], *written);
    let log = author.get(&format!("{episode}/access-log")).await.text;
    assert!(log.contains("write-referral"), "{log}");
}

async fn what_the_front_door_has_opened_here_counts_as_written(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = referred(&author).await;
    let duty = Person::new(&app, "duty-and-advice").await;
    // That it is there is in their list; that is not to have read it.
    assert_eq!(duty.get(&episode).await.status, 200);
    let next = on(&app, NEXT).await;
    assert_eq!(due(&next, &episode).await, (json!("overdue"), true, true));
    assert_eq!(duty.get(&format!("{episode}/versions/1")).await.status, 200);
    assert_eq!(due(&next, &episode).await, (json!("done"), false, false));
    let record = author.get(&episode).await.json();
    let written = &record["referral"]["written"];
    assert_eq!(written["by"], "opened_here", "{record}");
    assert_eq!(written["noted"]["organisation"], "Duty and Advice Team", "{record}");
}

async fn that_it_was_sent_is_taken_back_and_its_clock_runs_again(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = referred(&author).await;
    let back = || json!({ "reason": "It is still among my drafts." });
    author.change("POST", &episode, "/referral/not-written", back()).await.refused(409, "not-now");
    let said = author.change("POST", &episode, "/referral/written", json!({ "by": "email" })).await;
    assert_eq!(said.status, 204, "{}", said.text);
    for lacking in [json!({ "reason": " " }), json!({}), json!({ "reason": "x".repeat(1001) })] {
        author.change("POST", &episode, "/referral/not-written", lacking).await.refused(422, "wrong-shape");
    }
    let taken = author.change("POST", &episode, "/referral/not-written", back()).await;
    assert_eq!(taken.status, 204, "{}", taken.text);
    let record = author.get(&episode).await.json();
    assert_eq!(record["referral"]["written"], Value::Null, "{record}");
    let next = on(&app, NEXT).await;
    assert_eq!(due(&next, &episode).await, (json!("overdue"), true, true));
    let log = author.get(&format!("{episode}/access-log")).await.text;
    assert_eq!(log.matches("\"write-referral\"").count(), 2, "{log}");
    // Once the front door has opened it here, it has it, whatever anybody said.
    let said = author.change("POST", &episode, "/referral/written", json!({ "by": "paper" })).await;
    assert_eq!(said.status, 204, "{}", said.text);
    let duty = Person::new(&app, "duty-and-advice").await;
    assert_eq!(duty.get(&format!("{episode}/versions/1")).await.status, 200);
    author.change("POST", &episode, "/referral/not-written", back()).await.refused(409, "opened-here");
    assert_eq!(author.get(&episode).await.json()["referral"]["written"]["by"], "paper");
}

async fn who_may_say_that_it_was_sent_and_when(app: App) {
    let author = Person::new(&app, "teacher").await;
    let plain = author.start().await;
    let email = || json!({ "by": "email" });
    author.change("POST", &plain, "/referral/written", email()).await.refused(409, "no-referral");
    let coordinator = Person::new(&app, "coordinator").await;
    let visitor = Person::new(&app, "health-visitor").await;
    let referred = referred(&visitor).await;
    let author = visitor;
    let path = format!("{referred}/referral/written");
    author.ask("POST", &path, &[], Some(email())).await.refused(428, "precondition-missing");
    let stale = [("if-match", "\"77\"")];
    author.ask("POST", &path, &stale, Some(email())).await.refused(412, "stale-revision");
    let pigeon = json!({ "by": "pigeon" });
    author.change("POST", &referred, "/referral/written", pigeon).await.refused(422, "wrong-shape");
    coordinator.change("POST", &referred, "/referral/written", email()).await.refused(403, "forbidden");
    let may =
        |record: &Value| record["may"].as_array().is_some_and(|may| may.contains(&json!("write-referral")));
    assert!(may(&author.get(&referred).await.json()));
    let duty = Person::new(&app, "duty-and-advice").await;
    let said = duty.change("POST", &referred, "/referral/written", json!({ "by": "online_form" })).await;
    assert_eq!(said.status, 204, "the front door knows what it has: {}", said.text);
    assert!(may(&author.get(&referred).await.json()), "it can be taken back");
    let accepted = duty.change("POST", &referred, "/referral/answer", json!({ "answer": "accepted" })).await;
    assert_eq!(accepted.status, 204, "{}", accepted.text);
    author.change("POST", &referred, "/referral/written", email()).await.refused(409, "no-referral");
}
