//! Packs whose form could break a law: refused, each at its place.

use serde_json::json;

use super::{Case, each_is_refused, remove, rule, sign};

const CASES: &[Case] = &[
    (
        "a rule that gives more behind one that gives less",
        |p| p["rules"].as_array_mut().unwrap().swap(4, 5),
        "(RU-4).gives",
    ),
    (
        "a rule behind the one that always holds",
        |p| rule(p, "RU-5")["when"] = json!({"always": true}),
        "(RU-6)",
    ),
    ("no last rule", |p| remove(p, "rules", "RU-6"), "rules"),
    ("a last rule that ends", |p| rule(p, "RU-6")["effective_to"] = "2026-12-31".into(), "rules"),
    (
        "not, where a suggestion is given",
        |p| rule(p, "RU-5")["when"] = json!({"not": {"level": "L3"}}),
        "(RU-5).when.not",
    ),
    (
        "alone, where a suggestion is given",
        |p| rule(p, "RU-5")["when"] = json!({"alone": "PL-401"}),
        "(RU-5).when.alone",
    ),
    (
        "an age from, where a suggestion is given",
        |p| {
            rule(p, "RU-5")["when"] = json!({"all": [{"level": "L2"}, {"born": {"from": 24}}]});
        },
        "(RU-5).when.born.from",
    ),
    (
        "an age from, where a level is raised",
        |p| sign(p, "GH-202")["raised"][0]["when"] = json!({"born": {"from": 24}}),
        "(GH-202).raised[0].when.born.from",
    ),
    (
        "not, where a level is raised",
        |p| sign(p, "GH-202")["raised"][0]["when"] = json!({"not": {"unborn": true}}),
        "(GH-202).raised[0].when.not",
    ),
    (
        "a question that takes unknown for no",
        |p| {
            rule(p, "RU-5")["when"] = json!({"question": "identifying_details.disabled", "is": ["yes"]});
        },
        "(RU-5).when.unsure",
    ),
];

#[test]
fn what_could_break_a_law_is_refused_with_its_place() {
    each_is_refused(CASES);
}
