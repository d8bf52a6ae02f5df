//! Examples of what is sent. Tests compare them with the schemas, and `cargo xtask contract` sends them.

use assessment_engine::FORM_VERSION;
use assessment_team::{RecordKind, ReferralForm};
use serde_json::{Value, json};
use utoipa::openapi::{OpenApi, RefOr, Schema};

use super::operations;

/// The body of an operation.
fn body(operation: &str) -> Option<Value> {
    let id = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
    Some(match operation {
        "submit_assessment" => json!({
            "form_version": FORM_VERSION,
            "answers": { "danger_now": "no", "identifying_details": { "family_name": "Example" } },
        }),
        "evaluate_answers" => json!({
            "form_version": FORM_VERSION,
            "as_of": "2026-11-23",
            "answers": {
                "danger_now": "no",
                "identifying_details": { "given_names": "Teddy", "family_name": "Example", "dob": "2019-02-03" },
            },
        }),
        "save_draft" => json!({ "form_version": FORM_VERSION, "answers": { "danger_now": "unsure" } }),
        "invite_member" => json!({
            "issuer": "https://login.council.example/",
            "subject": "teacher-7",
            "organisation": "Woodhouse Moor Primary School",
            "role": "tac_member",
            "sections": [1, 7],
            "up_to": "ordinary",
        }),
        "add_note" => {
            json!({ "id": id, "kind": "comment", "section": 7, "words": "Spoke to the school nurse today." })
        }
        "save_team_record" => json!({
            "record": {
                "form_version": RecordKind::Plan.form_version(),
                "long_term_goal": "Mornings without shouting.",
                "outcomes": [{
                    "id": id,
                    "desired_outcome": "Teddy is at school every day.",
                    "goal_measure": "No more than one day missed in a month.",
                }],
            },
        }),
        "circulate_minutes" => json!({ "id": id, "revision": 3, "to": ["Priya Raman"] }),
        "close_episode" => json!({ "reason": "needs_met" }),
        "reopen_episode" => json!({ "reason": "The school rang: it has begun again." }),
        "hand_over_episode" => json!({ "organisation": "Woodhouse Moor Primary School" }),
        "merge_episode" => json!({ "into": id }),
        "exclude_from_episode" => json!({ "organisation": "Kirkstall Youth Project" }),
        "lift_exclusion" => json!({
            "excluded": { "organisation": "Kirkstall Youth Project" },
            "reason": "The mother asked for it.",
        }),
        "step_down_episode" => json!({
            "why": "The child in need plan has ended: both parents kept to it for six months.",
            "still_needed": "Help with sleep, and somebody who sees the child each week.",
        }),
        "begin_transfer" => json!({ "to": "Ribbleshire Council" }),
        "cancel_transfer" => json!({ "reason": "They stay with the aunt." }),
        "finish_transfer" => {
            json!({ "accepted": "Ribbleshire's early help hub, by telephone on 23 November." })
        }
        "refer_episode" => json!({
            "id": id,
            "answers": {
                "form_version": ReferralForm::VERSION,
                "why": "New bruises on both arms that nobody explains. I rang at noon.",
                "agreement": "agrees",
                "decided_by": "Priya Raman, inclusion lead",
                "family_told": "yes",
            },
            "document": {
                "parts": [{
                    "heading": "Why we ask",
                    "lines": [{
                        "label": "What has happened, and why you ask for help now",
                        "value": "New bruises on both arms that nobody explains. I rang at noon.",
                    }],
                }],
            },
        }),
        "write_referral" => json!({ "by": "email" }),
        "take_back_written_referral" => json!({ "reason": "It is still among my drafts." }),
        "answer_referral" => json!({ "answer": "accepted" }),
        "shut_somebody_out" => json!({ "reason": "Left on Friday." }),
        "place_hold" => json!({ "until": "2099-03-31" }),
        "open_access_request" => json!({ "received_on": "2026-11-20" }),
        "search_people" => json!({ "text": "Teddy Example 3 February 2019" }),
        "match_people" => json!({
            "child": { "given_names": "Teddy", "family_name": "Example", "born": "2019-02-03", "postcode": "LS6 1AA" },
        }),
        "keep_people_apart" => json!({ "other": id }),
        "merge_people" => json!({ "merged": id }),
        "change_family" => json!({
            "add": [{ "name": "Rosa Example", "relationship": "mother" }],
        }),
        "save_own_page" => json!({
            "name": "Priya Raman",
            "job_title": "Inclusion lead",
            "phone": "0113 496 0000",
            "trained_on": "2025-09",
        }),
        "write_take_up_story" => json!({
            "words": "Two schools joined in September, and their pastoral teams were new to it.",
        }),
        "open_demo_session" => json!({ "person": "teacher" }),
        _ => return None,
    })
}

/// The value of a parameter, whatever operation takes it.
fn parameter(name: &str) -> Option<&'static str> {
    Some(match name {
        "If-Match" => "\"3\"",
        "Access-Reason" => "Cover%20for%20a%20colleague",
        "Idempotency-Key" => "2f1c0a56-3f0e-4d5c-8f4b-7d8e9a0b1c2d",
        _ => return None,
    })
}

/// Adds them.
pub(super) fn add(document: &mut OpenApi) {
    for (_, operation) in operations(document) {
        let id = operation.operation_id.clone().unwrap_or_default();
        if let Some(RefOr::T(sent)) = &mut operation.request_body {
            for content in sent.content.values_mut() {
                if let RefOr::T(content) = content {
                    content.example = body(&id);
                }
            }
        }
        for one in operation.parameters.iter_mut().flatten() {
            if let RefOr::T(one) = one
                && let Some(value) = parameter(&one.name)
                && let Some(RefOr::T(Schema::Object(object))) = &mut one.schema
            {
                object.examples = vec![value.into()];
            }
        }
    }
}
