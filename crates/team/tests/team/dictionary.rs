//! The catalogue against the field dictionary of the form: nothing of sections 9, 13, 14 and 15 is left out, nothing is
//! made up, and each limit is the dictionary's or is argued here.

use std::collections::{BTreeMap, BTreeSet};

use assessment_form::Kind;
use serde_json::Value;

use super::catalogue::{Entry, all};

/// Fields that no question answers, with the reason.
const NOT_ASKED: &[(&str, &str)] =
    &[("tac_circulated", "the server keeps who was sent which revision, and when")];

/// Texts whose limit is not the dictionary's, with the reason.
const OTHER_LIMITS: &[(&str, u16, &str)] = &[
    ("place", 200, "as where a conversation took place"),
    ("link", 400, "a link to a video meeting is long"),
    ("starts_at", 40, "a time of day, however it is written"),
    ("ends_at", 40, "a time of day, however it is written"),
    ("next_at", 40, "a time of day, however it is written"),
    ("people[0].name", 140, "names have 140 elsewhere"),
    ("people[0].role", 140, "as names"),
    ("people[0].agency", 140, "as names"),
    ("people[0].apology_reason", 500, "a reason beside a name"),
    ("no_child_voice_reason", 500, "a reason beside the comment, not the comment"),
    ("family_views[0].name", 140, "names have 140 elsewhere"),
    ("no_family_views_reason", 500, "a reason beside the comment, not the comment"),
    ("points[0].source", 140, "names have 140 elsewhere"),
    ("actions[0].action_id", 60, ID),
    ("actions[0].action", 1000, "as in the plan"),
    ("actions[0].who", 140, "as in the plan"),
    ("not_held_reason", 500, "a reason"),
    ("no_child_comment_reason", 500, "a reason beside the comment, not the comment"),
    ("parent_comments[0].name", 140, "names have 140 elsewhere"),
    ("no_parent_comment_reason", 500, "a reason beside the comment, not the comment"),
    ("agreement_details", 2000, "as the other comments of a review"),
    ("closing.reason_details", 2000, "as the other comments of a review"),
    ("closing.risk_recheck_reason", 2000, "as the other comments of a review"),
    ("closing.referral_reference", 60, "as in section 12"),
];
const ID: &str = "an id that a program makes; it has 36";

/// Questions that serve no field, with the reason; ids that programs make, and where rows name a row, are besides.
const BEYOND: &[(&str, &str)] = &[
    ("plan.budget_held", BUDGET),
    ("plan.disagreements", "an agreed plan says where people see it differently, as a meeting does"),
    ("plan.agreed_on", "a plan is agreed on a day, from which its reviews are counted"),
    ("plan_outcome.elements", NEED),
    ("plan_outcome.evidence", NEED),
    ("plan_score.on", LATER),
    ("plan_score.score_child", LATER),
    ("plan_score.score_parent", LATER),
    ("plan_score.score_practitioner", LATER),
    ("plan_action.budget_planned", BUDGET),
    ("plan_action.budget_spent", BUDGET),
    ("meeting.status", CANCELLED),
    ("meeting.cancelled_reason", CANCELLED),
    ("review_outcome.outcome", AS_IT_WAS),
    ("review_outcome.score_child", LATER),
    ("review_outcome.score_parent", LATER),
    ("review_outcome.score_practitioner", LATER),
    ("review_outcome.progress", AS_IT_WAS),
    ("review_action.action", AS_IT_WAS),
    ("review_action.who", AS_IT_WAS),
    ("review_action.status", AS_IT_WAS),
    ("review_action.progress", AS_IT_WAS),
    ("review_action.completed_on", AS_IT_WAS),
    ("review.suggested_before", RULES),
    ("review.suggested_now", RULES),
    ("review.what_changed", RULES),
    ("review.decision", RULES),
    ("review.decision_reason", RULES),
    ("review.after_step_down", "paper leaves open whether one service going on alone ends the episode"),
];
const BUDGET: &str = "for authorities that give lead professionals money to spend";
const NEED: &str = "where a need was found, so that a plan can be traced to the assessment";
const LATER: &str = "the same scale again, to see how far the family has come";
const CANCELLED: &str = "a meeting that does not take place goes out of everybody's calendar";
const AS_IT_WAS: &str = "the plan's row as it was on the day, with what was said of it";
const RULES: &str = "what the rules suggested then and now, beside the decision";

fn dictionary() -> BTreeMap<String, Value> {
    let json = include_str!("../../../engine/tests/data/caf_form_fields.json");
    let dictionary: Value = serde_json::from_str(json).unwrap();
    let in_scope = |item: &&Value| {
        let section = item["section"].as_str().unwrap().split('_').next().unwrap().parse::<u8>().unwrap();
        [9, 13, 14, 15].contains(&section)
    };
    let items = dictionary["items"].as_array().unwrap().iter().filter(in_scope);
    items.map(|item| (item["id"].as_str().unwrap().to_owned(), item.clone())).collect()
}

#[test]
fn every_field_of_the_form_is_asked() {
    let entries = all();
    let served: BTreeSet<&str> = entries.iter().flat_map(|entry| entry.question.fields).copied().collect();
    let fields = dictionary();
    assert!(fields.len() > 35, "the dictionary is whole: {} fields", fields.len());
    let excused = |id: &str| NOT_ASKED.iter().any(|(excused, _)| *excused == id);
    let missing: Vec<&String> =
        fields.keys().filter(|id| !served.contains(id.as_str()) && !excused(id)).collect();
    assert_eq!(missing, Vec::<&String>::new(), "fields without a question");
    for (id, _) in NOT_ASKED {
        assert!(fields.contains_key(*id) && !served.contains(id), "{id} needs no excuse");
    }
    for id in served {
        assert!(fields.contains_key(id), "there is no field `{id}`");
    }
}

fn is_typed(entry: &&Entry) -> bool {
    !matches!(
        entry.question.kind,
        Kind::Choice(_)
            | Kind::Choices(_)
            | Kind::Group
            | Kind::Rows(_)
            | Kind::Score
            | Kind::PastDate
            | Kind::ComingDate
            | Kind::AnyDate
    )
}

#[test]
fn limits_are_the_dictionarys() {
    let fields = dictionary();
    let mut wrong = Vec::new();
    for entry in all().iter().filter(is_typed) {
        let limits: Vec<u64> =
            entry.question.fields.iter().filter_map(|id| fields[*id]["max_length"].as_u64()).collect();
        let max = entry.question.max;
        assert!(max > 0, "{} has no limit", entry.stem());
        let same = !limits.is_empty() && limits.iter().all(|limit| *limit == u64::from(max));
        let argued = OTHER_LIMITS.iter().any(|(path, other, _)| *path == entry.path && *other == max);
        if !entry.question.fields.is_empty() && !same && !argued {
            wrong.push(format!("{} has {max}, the dictionary {limits:?}", entry.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn questions_beyond_the_dictionary_are_known() {
    let is_own = |entry: &&Entry| {
        entry.question.fields.is_empty()
            && !matches!(entry.question.kind, Kind::Group | Kind::Rows(_) | Kind::Reference)
    };
    let beyond: Vec<String> = all().iter().filter(is_own).map(Entry::stem).collect();
    let known: Vec<String> = BEYOND.iter().map(|(stem, _)| (*stem).to_owned()).collect();
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    assert_eq!(sorted(beyond), sorted(known), "add the question to `BEYOND` with the reason");
}
