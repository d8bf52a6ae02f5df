//! From what was made or found to what can be done with it: the links of the document. Expressions as OpenAPI writes them.

use utoipa::openapi::{OpenApi, RefOr, link::LinkBuilder};

use super::operations;

const ID: &str = "$response.body#/id";
const SAME: &str = "$request.path.id";
const TAG: &str = "$response.header.ETag";

/// The operation and the status from which it leads, the operation to which it leads, and its parameters.
type Way = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

#[rustfmt::skip]
const LINKS: &[Way] = &[
    ("submit_assessment", "201", "read_assessment", &[("id", ID)]),
    ("list_assessments", "200", "read_assessment", &[("id", "$response.body#/assessments/0/id")]),
    ("save_draft", "201", "read_draft", &[("id", ID)]),
    ("save_draft", "200", "read_draft", &[("id", ID)]),
    ("save_draft", "201", "delete_draft", &[("id", ID), ("If-Match", TAG)]),
    ("save_draft", "200", "delete_draft", &[("id", ID), ("If-Match", TAG)]),
    ("read_draft", "200", "save_draft", &[("id", ID), ("If-Match", TAG)]),
    ("list_drafts", "200", "read_draft", &[("id", "$response.body#/drafts/0/id")]),
    ("list_episodes", "200", "read_episode", &[("id", "$response.body#/episodes/0/id")]),
    ("list_register", "200", "read_episode", &[("id", "$response.body#/episodes/0/id")]),
    ("list_due_records", "200", "read_episode", &[("id", "$response.body#/records/0/episode")]),
    ("read_episode", "200", "list_versions", &[("id", ID)]),
    ("read_episode", "200", "list_members", &[("id", ID)]),
    ("read_episode", "200", "read_access_log", &[("id", ID)]),
    ("read_episode", "200", "read_person", &[("id", "$response.body#/child")]),
    ("read_episode", "200", "place_hold", &[("id", ID), ("If-Match", TAG)]),
    ("read_episode", "200", "list_notes", &[("id", ID)]),
    ("read_episode", "200", "add_note", &[("id", ID), ("If-Match", TAG)]),
    ("read_episode", "200", "close_episode", &[("id", ID), ("If-Match", TAG)]),
    ("read_episode", "200", "list_team_records", &[("id", ID)]),
    ("read_episode", "200", "list_proposals", &[("id", ID)]),
    ("read_episode", "200", "read_timeline", &[("id", ID)]),
    ("read_episode", "200", "read_family_page", &[("id", ID)]),
    ("list_team_records", "200", "read_team_record", &[
        ("id", SAME), ("kind", "$response.body#/records/0/kind"), ("number", "$response.body#/records/0/number"),
    ]),
    ("list_team_records", "200", "list_kept_team_versions", &[
        ("id", SAME), ("kind", "$response.body#/records/0/kind"), ("number", "$response.body#/records/0/number"),
    ]),
    ("read_team_record", "200", "save_team_record", &[
        ("id", SAME), ("kind", "$request.path.kind"), ("number", "$request.path.number"), ("If-Match", TAG),
    ]),
    ("save_team_record", "200", "complete_team_record", &[
        ("id", SAME), ("kind", "$request.path.kind"), ("number", "$request.path.number"), ("If-Match", TAG),
    ]),
    ("list_webhooks", "200", "replay_webhook", &[("id", SAME), ("delivery", "$response.body#/webhooks/0/id")]),
    ("list_due", "200", "read_episode", &[("id", "$response.body#/due/0/episode")]),
    ("close_episode", "204", "reopen_episode", &[("id", SAME), ("If-Match", TAG)]),
    ("read_episode", "200", "hand_over_episode", &[("id", ID), ("If-Match", TAG)]),
    ("read_episode", "200", "merge_episode", &[("id", ID), ("If-Match", TAG)]),
    ("merge_episode", "204", "undo_episode_merge", &[("id", SAME), ("If-Match", TAG)]),
    ("read_episode", "200", "look_at_amendments", &[("id", ID), ("If-Match", TAG)]),
    ("read_episode", "200", "exclude_from_episode", &[("id", ID), ("If-Match", TAG)]),
    ("exclude_from_episode", "204", "lift_exclusion", &[("id", SAME), ("If-Match", TAG)]),
    ("read_episode", "200", "refer_episode", &[("id", ID), ("If-Match", TAG)]),
    ("read_episode", "200", "list_sent_referrals", &[("id", ID)]),
    ("read_episode", "200", "write_referral", &[("id", ID), ("If-Match", TAG)]),
    ("read_episode", "200", "take_back_written_referral", &[("id", ID), ("If-Match", TAG)]),
    ("read_episode", "200", "answer_referral", &[("id", ID), ("If-Match", TAG)]),
    ("read_episode", "200", "step_up_episode", &[("id", ID), ("If-Match", TAG)]),
    ("step_up_episode", "204", "step_down_episode", &[("id", SAME), ("If-Match", TAG)]),
    ("read_episode", "200", "begin_transfer", &[("id", ID), ("If-Match", TAG)]),
    ("begin_transfer", "204", "cancel_transfer", &[("id", SAME), ("If-Match", TAG)]),
    ("begin_transfer", "204", "finish_transfer", &[("id", SAME), ("If-Match", TAG)]),
    ("read_take_up", "200", "read_take_up_story", &[
        ("quarter", "$response.body#/quarters/0/quarter"), ("measure", "$response.body#/quarters/0/measures/0/measure"),
    ]),
    ("list_staff", "200", "shut_somebody_out", &[("id", "$response.body#/staff/0/id")]),
    ("read_episode", "200", "open_access_request", &[("id", ID), ("If-Match", TAG)]),
    ("list_members", "200", "invite_member", &[("id", SAME), ("If-Match", TAG)]),
    ("invite_member", "201", "end_membership", &[("id", SAME), ("member", ID), ("If-Match", TAG)]),
    ("list_versions", "200", "read_version", &[("id", SAME), ("number", "$response.body#/versions/0/number")]),
    ("list_versions", "200", "compare_versions", &[("id", SAME), ("number", "$response.body#/versions/1/number")]),
    ("place_hold", "201", "lift_hold", &[("id", SAME), ("hold", ID)]),
    ("open_access_request", "201", "export_subject_access", &[("id", SAME), ("request", ID)]),
    ("open_access_request", "201", "close_access_request", &[("id", SAME), ("request", ID)]),
    ("search_people", "200", "read_person", &[("id", "$response.body#/people/0/person/id")]),
    ("match_people", "200", "read_person", &[("id", "$response.body#/people/0/person/id")]),
    ("list_duplicates", "200", "keep_people_apart", &[("id", "$response.body#/pairs/0/one/id")]),
    ("read_person", "200", "merge_people", &[("id", ID), ("If-Match", TAG)]),
    ("read_person", "200", "read_families", &[("id", ID)]),
    ("read_families", "200", "change_family", &[("id", SAME), ("If-Match", TAG)]),
    ("merge_people", "201", "undo_merge", &[("id", SAME), ("merge", "$response.body#/number")]),
    ("merge_people", "201", "read_person", &[("id", "$response.body#/merged")]),
];

/// Adds them.
pub(super) fn add(document: &mut OpenApi) {
    for (_, operation) in operations(document) {
        let from = operation.operation_id.clone().unwrap_or_default();
        for (_, status, to, parameters) in LINKS.iter().filter(|(one, ..)| *one == from) {
            let mut link = LinkBuilder::new().operation_id(*to);
            for (name, expression) in *parameters {
                link = link.parameter(*name, *expression);
            }
            if let Some(RefOr::T(response)) = operation.responses.responses.get_mut(*status) {
                response.links.insert((*to).to_owned(), link.build().into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::LINKS;

    #[test]
    fn every_link_is_in_the_document_and_gives_parameters_that_exist() {
        let document: Value = serde_json::from_str(&super::super::document()).unwrap_or_default();
        let paths = document["paths"].as_object().into_iter().flatten();
        let all: Vec<&Value> =
            paths.flat_map(|(_, item)| item.as_object().into_iter().flatten()).map(|(_, one)| one).collect();
        let find = |id: &str| all.iter().find(|one| one["operationId"] == id);
        for (from, status, to, parameters) in LINKS {
            let link = find(from).map(|one| &one["responses"][status]["links"][to]);
            assert!(link.is_some_and(Value::is_object), "{from} {status} {to}");
            for (name, _) in *parameters {
                let known = find(to).and_then(|one| one["parameters"].as_array()).into_iter().flatten();
                assert!(known.clone().any(|one| one["name"] == *name), "{to} has no {name}");
            }
        }
    }
}
