//! Packs that remove or weaken the floor: refused, naming what is missing. What only adds to it is accepted.

use assessment_engine::answers::Answers;
use assessment_engine::rule_packs;
use assessment_form::parse_day;
use assessment_rules::evaluate;
use serde_json::{Value, json};

use super::{Change, add, built_in, part, refused, remove, rule, sign};

/// How the floor is weakened, and whose id the message must name.
const WEAKER: &[(&str, Change, &str)] = &[
    (
        "without an urgent action",
        |p| {
            remove(p, "actions", "IA-22");
            sign(p, "PL-402")["action"] = Value::Null;
        },
        "IA-22",
    ),
    ("more time", |p| part(p, "actions", "IA-02")["time_scale"] = "next-working-day".into(), "IA-02"),
    (
        "time that a policy sets",
        |p| part(p, "actions", "IA-02")["time_scale"] = "school-policy".into(),
        "IA-02",
    ),
    ("longer words for today", |p| part(p, "time_scales", "today")["hours"] = 72.into(), "IA-02"),
    (
        "the family is told",
        |p| part(p, "actions", "IA-14")["telling_the_family"] = "tell_family".into(),
        "IA-14",
    ),
    ("without 999", |p| part(p, "actions", "IA-01")["contacts"] = json!(["duty_advice"]), "IA-01"),
    (
        "an action that ends",
        |p| {
            p["effective_to"] = "2027-12-31".into();
            part(p, "actions", "IA-03")["effective_to"] = "2026-12-31".into();
        },
        "IA-03",
    ),
    ("without a sign of harm", |p| remove(p, "indicators", "BC-404"), "BC-404"),
    ("a sign of harm at a lower level", |p| sign(p, "BC-404")["level"] = "L4a".into(), "BC-404"),
    ("a sign of harm without its action", |p| sign(p, "BC-404")["action"] = Value::Null, "BC-404"),
    ("a sign of harm for fewer ages", |p| sign(p, "BC-404")["applies"] = json!({"below": 96}), "BC-404"),
    ("a sign of harm that counts less alone", |p| sign(p, "BC-404")["alone"] = "L2".into(), "BC-404"),
    ("a sign of harm in another box", |p| sign(p, "BC-404")["element"] = "general_health".into(), "BC-404"),
    ("a sign that babies raise to harm no more", |p| sign(p, "BC-401")["raised"] = json!([]), "BC-401"),
    (
        "raised for younger babies only",
        |p| sign(p, "BC-401")["raised"][0]["when"]["born"]["below"] = 6.into(),
        "BC-401",
    ),
    ("a sign of harm that ends", |p| sign(p, "GH-402")["effective_to"] = "2026-12-31".into(), "GH-402"),
    ("fewer open statuses", |p| rule(p, "RU-10")["when"]["is"] = json!(["looked_after"]), "RU-10"),
    ("a fixed rule that is no longer fixed", |p| rule(p, "RU-2")["fixed"] = false.into(), "RU-2"),
    ("harm in two boxes", |p| rule(p, "RU-2")["when"]["boxes"] = 2.into(), "RU-2"),
    ("without the social worker", |p| remove(p, "rules", "RU-10"), "RU-10"),
];

#[test]
fn what_weakens_the_floor_is_refused_by_name() {
    for (what, change, id) in WEAKER {
        let problems = refused(change);
        let named = |text: &str| problems.iter().any(|problem| problem.message.contains(text));
        assert!(named(&format!("`{id}` belongs to the floor")), "{what}: {problems:#?}");
    }
}

#[test]
fn what_adds_to_the_floor_or_changes_what_is_local_is_accepted() {
    let fine: &[(&str, Change)] = &[
        ("harm at two signs of L4a", |p| {
            let stricter = json!({"all": [{"level": "L4a", "boxes": 2}]});
            add(p, "rules", "RU-2", &|new| {
                new["id"] = "LOCAL-1".into();
                new["when"] = stricter.clone();
                new["fixed"] = false.into();
            });
            // Rules that give more come first.
            let rules = p["rules"].as_array_mut().unwrap();
            let new = rules.pop().unwrap();
            rules.insert(2, new);
        }),
        ("four boxes", |p| rule(p, "RU-4")["when"]["any"][1]["boxes"] = 4.into()),
        ("less time", |p| part(p, "actions", "IA-02")["time_scale"] = "now".into()),
        ("a higher level", |p| {
            sign(p, "BC-401")["level"] = "L4b".into();
            sign(p, "BC-401")["raised"] = json!([]);
        }),
        ("raised for older babies too", |p| {
            let wider = json!({"to": "L4b", "when": {"born": {"below": 24}}, "because": "our area"});
            sign(p, "BC-401")["raised"].as_array_mut().unwrap().push(wider);
        }),
        ("without a local sign", |p| remove(p, "indicators", "SC-201")),
        ("another number", |p| {
            part(p, "contacts", "edt")["phone"] = "01632 960000".into();
            part(p, "contacts", "edt")["checked_on"] = "2026-11-01".into();
        }),
        ("a rule that is ended and followed", |p| {
            rule(p, "RU-5")["effective_to"] = "2026-06-30".into();
            add(p, "rules", "RU-5", &|new| {
                new["effective_from"] = "2026-07-01".into();
                new["effective_to"] = Value::Null;
                new["approved_by"] = "An invented board".into();
                new["approved_on"] = "2026-06-01".into();
            });
            let rules = p["rules"].as_array_mut().unwrap();
            let new = rules.pop().unwrap();
            rules.insert(5, new);
        }),
    ];
    for (what, change) in fine {
        let mut pack = built_in();
        change(&mut pack);
        let problems = rule_packs::load(&pack.to_string()).err();
        assert_eq!(problems, None, "{what}");
    }
}

/// R4 by a rule of an authority's own, where no indicator has an action, still says what to do.
#[test]
fn a_stricter_rule_comes_with_something_to_do() {
    let mut pack = built_in();
    add(&mut pack, "rules", "RU-2", &|new| {
        new["id"] = "LOCAL-1".into();
        new["when"] = json!({"level": "L4a", "boxes": 1});
        new["fixed"] = false.into();
    });
    let rules = pack["rules"].as_array_mut().unwrap();
    let new = rules.pop().unwrap();
    rules.insert(2, new);
    let pack = rule_packs::load(&pack.to_string()).unwrap();
    for (mark, urgent, to_check) in [("yes", vec!["IA-02"], vec![]), ("unsure", vec![], vec!["IA-02"])] {
        let answers =
            json!({"danger_now": "no", "elements": {"behavioural": {"indicators": {"BE-405": mark}}}});
        let answers = Answers::from_value(&answers).unwrap().answers;
        let outcome = evaluate(&answers, parse_day("2026-11-23").unwrap(), &pack);
        assert_eq!(outcome.urgent, urgent, "{mark}");
        assert_eq!(outcome.urgent_to_check, to_check, "{mark}");
    }
}
