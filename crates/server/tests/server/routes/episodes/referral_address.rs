//! A protected address in what is sent to social care from an episode: it goes only where somebody decided it. Everything else
//! about asking is `referral`'s.

use assessment_api::assessment::{Headline, Suggestion};
use assessment_people::{
    access::Action,
    id::{EpisodeId, VersionId},
    version::{Amendment, AmendmentKind, NewVersion},
    who::Reason,
};
use assessment_server::{
    identifier::AssessmentId,
    store::{assessments::NewAssessment, audit::AuditAction, episodes::EpisodeState},
};
use serde_json::{Value, json};

use super::{
    Person, body, member, on_both,
    referral::{asked, sent},
    situations::asker,
};
use crate::{
    answers::{complete, fixed_today},
    app::App,
};

on_both! {
    a_protected_address_goes_only_where_somebody_decided_it;
    a_refusal_tells_nobody_an_address_that_they_do_not_see;
    where_the_assessment_cannot_be_read_words_of_the_team_go_only_where_somebody_decided_it;
}

/// An episode of a child at a protected address, and a referral with that address in it.
async fn at_quarry_hill(author: &Person<'_>) -> (String, Value) {
    let mut answers = complete(fixed_today());
    answers["identifying_details"]["address_confidential"] = json!("yes");
    answers["identifying_details"]["address"]["line_1"] = json!("7 Quarry Hill Close");
    let kept = author.submit("kept", &body(&answers)).await;
    assert_eq!(kept.status, 201, "{}", kept.text);
    let list = author.get("/api/v1/episodes").await.json();
    let episode = format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"));
    let mut inside = asked("agrees");
    inside["document"]["parts"][1]["lines"][0]["value"] = json!("They moved to quarry hill CLOSE, number 7");
    (episode, inside)
}

async fn a_refusal_tells_nobody_an_address_that_they_do_not_see(app: App) {
    let author = Person::new(&app, "teacher").await;
    let (episode, inside) = at_quarry_hill(&author).await;
    let visitor = Person::new(&app, "health-visitor").await;
    let mut let_in = member("health-visitor", Some("Aire Valley Health Visiting"), "practitioner");
    let_in["sections"] = json!([7]);
    let invited = author.invite_with(&episode, &let_in).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    // They guessed it, or were told by the family: what social care gets does not say which.
    let reply = visitor.change("POST", &episode, "/referral", inside).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
}

async fn a_protected_address_goes_only_where_somebody_decided_it(app: App) {
    let author = Person::new(&app, "teacher").await;
    let (episode, mut inside) = at_quarry_hill(&author).await;
    let refused = author.change("POST", &episode, "/referral", inside.clone()).await;
    assert!(!refused.text.contains("uarry"), "the refusal does not repeat it");
    refused.refused(422, "address-inside");
    assert_eq!(sent(&author, &episode).await, json!([]), "nothing is stored");
    inside["shares_address"] = json!(true);
    let reply = author.change("POST", &episode, "/referral", inside.clone()).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    assert_eq!(sent(&author, &episode).await[0]["document"], inside["document"]);
}

/// Adds a version by a newer program.
async fn unreadable(app: &App, episode: &str) {
    let id = EpisodeId::parse(episode.rsplit('/').next().expect("an id")).expect("an id");
    let who = asker("teacher", true);
    let mut work = app.store.begin().await.expect("a unit of work");
    let stored = work.episodes().find(&who, id).await.expect("an answer").expect("the episode");
    let newest = stored.state.episode.versions().expect("versions").newest();
    let (number, started_from, sent) = (newest.number(), newest.id(), newest.sent().clone());
    let before = work.episodes().version(&who, id, number).await.expect("an answer").expect("the version");
    let new = NewAssessment {
        id: AssessmentId::random().expect("random bytes"),
        reference: before.id.chars().take(8).collect(),
        received_at: before.received_at,
        form_version: "caf-2099.1".to_owned(),
        pack_version: before.pack_version,
        body: b"{}".to_vec(),
        sha256: "0".repeat(64),
        answers: "[]".to_owned(),
        outcome: before.outcome,
        difference: None,
        child_name: None,
        suggestion: Suggestion {
            certain: "R1".to_owned(),
            possible: "R1".to_owned(),
            not_ruled_out: "R1".to_owned(),
        },
        headline: Headline { kind: "at_least".to_owned(), code: "R1".to_owned() },
    };
    work.assessments().add(&who.actor, &new).await.expect("added");
    let version = VersionId::parse(&new.id.to_string()).expect("an id");
    let reason = Reason::new("Grandmother rang.").expect("words");
    let amendment = Amendment { started_from, kind: AmendmentKind::NewVersion, reason };
    let named = NewVersion { id: version, sent, form: new.form_version, rules: new.pack_version };
    let next = stored.state.episode.clone().send(named, Some(amendment)).expect("a version more");
    let state = EpisodeState { episode: next, ..stored.state };
    let at = new.received_at;
    work.episodes().replace(&who, &state, stored.revision, at).await.expect("replaced");
    work.episodes().add_version(&who, id, version, number + 1).await.expect("added");
    work.save(&who.actor, AuditAction::Episode(Action::SendVersion, id), at).await.expect("saved");
}

async fn where_the_assessment_cannot_be_read_words_of_the_team_go_only_where_somebody_decided_it(app: App) {
    let author = Person::new(&app, "teacher").await;
    let own = |parts: &[Value]| {
        let mut all = asked("agrees");
        let why = all["answers"]["why"].clone();
        let lines = json!([{ "label": "What has happened", "value": why }, { "label": "Family", "value": "Yes, they agree" }]);
        let first = json!({ "heading": "Why we ask", "lines": lines });
        all["document"]["parts"] = std::iter::once(&first).chain(parts).cloned().collect();
        all
    };
    let plan = [
        json!({ "heading": "The plan", "lines": [{ "label": "Aim", "value": "To stay at 7 Quarry Hill Close" }] }),
    ];
    for (whose, shares, status) in
        [("team", None, 422), ("team", Some(false), 422), ("team", Some(true), 204), ("own", None, 204)]
    {
        let episode = author.start().await;
        unreadable(&app, &episode).await;
        let mut body = own(if whose == "team" { &plan } else { &[] });
        if let Some(shares) = shares {
            body["shares_address"] = json!(shares);
        }
        let reply = author.change("POST", &episode, "/referral", body).await;
        assert_eq!(reply.status, status, "{whose} {shares:?}: {}", reply.text);
        assert!(!reply.text.contains("uarry"), "the refusal does not repeat it");
        if status == 422 {
            reply.refused(422, "address-unknown");
            assert_eq!(sent(&author, &episode).await, json!([]), "nothing is stored");
        }
    }
}
