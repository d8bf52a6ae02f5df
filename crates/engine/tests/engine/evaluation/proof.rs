//! The search through a pack: the built-in one is found whole, and each thing that can be wrong is found, with a witness
//! that shows it. The witnesses are evaluated again here, by the engine's own front door.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::{Answers, Node};
use assessment_engine::rule_packs;
use assessment_form::parse_day;
use assessment_form::{Edit, WrittenDate};
use assessment_rules::{Matter, RulePack, Witness, evaluate, prove};
use jiff::civil::Date;
use serde_json::{Value, json};

type Change = fn(&mut Value);

fn part<'a>(pack: &'a mut Value, list: &str, id: &str) -> &'a mut Value {
    pack[list].as_array_mut().unwrap().iter_mut().find(|item| item["id"] == id).unwrap()
}

/// Puts a copy of a rule, changed, before another one.
fn insert(pack: &mut Value, before: &str, like: &str, change: &dyn Fn(&mut Value)) {
    let mut rule = part(pack, "rules", like).clone();
    rule["id"] = "LOCAL-1".into();
    rule["fixed"] = false.into();
    change(&mut rule);
    let rules = pack["rules"].as_array_mut().unwrap();
    let at = rules.iter().position(|rule| rule["id"] == before).unwrap();
    rules.insert(at, rule);
}

fn remove_rule(pack: &mut Value, id: &str) {
    let key = part(pack, "rules", id)["wording"].as_str().unwrap().to_owned();
    pack["wording"].as_object_mut().unwrap().remove(&key);
    pack["rules"].as_array_mut().unwrap().retain(|rule| rule["id"] != id);
}

fn draft(change: &dyn Fn(&mut Value)) -> RulePack {
    let mut pack: Value = serde_json::from_str(rule_packs::built_in()).unwrap();
    change(&mut pack);
    rule_packs::draft(&pack.to_string()).unwrap()
}

#[test]
fn the_built_in_pack_keeps_every_law_and_nothing_in_it_is_dead() {
    let proof = prove(&rule_packs::load(rule_packs::built_in()).unwrap());
    assert!(proof.holds(), "{:#?}", proof.breaches);
    assert_eq!((proof.remarks, proof.not_covered), (Vec::new(), Vec::new()));
    // Less than this would not be a search.
    assert!(
        proof.tried.ages >= 29 && proof.tried.records > 50_000 && proof.tried.changes > 1_000_000,
        "{:?}",
        proof.tried
    );
}

/// What is wrong, what the search must call it, and what about.
const WRONG: &[(&str, Change, Matter, &str)] = &[
    ("no last rule", |p| remove_rule(p, "RU-6"), Matter::Gap, "2026-01-01"),
    (
        "a rule that gives less before one that gives more",
        |p| insert(p, "RU-2", "RU-5", &|rule| rule["when"] = json!({"level": "L2", "boxes": 2})),
        Matter::MoreConcernLowers,
        "",
    ),
    (
        "a `not` that a further sign turns off",
        |p| {
            insert(p, "RU-4", "RU-3", &|rule| {
                rule["when"] = json!({"all": [{"level": "L2"}, {"not": {"level": "L2", "boxes": 2}}]});
            })
        },
        Matter::MoreConcernLowers,
        "",
    ),
    (
        "more for an indicator that is the only one",
        |p| insert(p, "RU-2", "RU-2", &|rule| rule["when"] = json!({"alone": "PL-401"})),
        Matter::AnswerReverses,
        "",
    ),
    (
        "a sign that counts more for the older",
        |p| part(p, "indicators", "GH-202")["raised"][0]["when"] = json!({"born": {"from": 24}}),
        Matter::YoungerIsSafer,
        "GH-202",
    ),
    ("no rule for danger now", |p| remove_rule(p, "RU-2A"), Matter::UrgentIsNotFirst, "IA-01"),
];

#[test]
fn each_breach_is_found_with_a_witness_that_shows_it() {
    for (what, change, matter, about) in WRONG {
        let pack = draft(change);
        let proof = prove(&pack);
        assert!(!proof.holds(), "{what}");
        let found = proof.breaches.iter().find(|breach| breach.matter == *matter);
        let found = found.unwrap_or_else(|| panic!("{what}: {:#?}", proof.breaches));
        assert!(about.is_empty() || found.about.iter().any(|id| id == about), "{what}: {found:#?}");
        shows(&pack, found.witness.as_ref().unwrap(), *matter, what);
    }
}

/// Evaluates a witness before and after its change.
fn shows(pack: &RulePack, witness: &Witness, matter: Matter, what: &str) {
    let (day, mut answers) = record(witness);
    let step = |answers: &Answers| evaluate(answers, day, pack).suggestion.certain.step().code();
    match (matter, &witness.change) {
        (Matter::Gap, _) => assert!(evaluate(&answers, day, pack).reasons.is_empty(), "{what}"),
        (Matter::YoungerIsSafer, Some((_, months))) => {
            assert_eq!(step(&answers), witness.before, "{what}");
            let younger = Witness { age_months: Some(months.parse().unwrap()), ..witness.clone() };
            assert_eq!(step(&record(&younger).1), witness.after, "{what}");
            assert!(witness.after < witness.before, "{what}");
        }
        (_, Some((path, to))) => {
            assert_eq!(step(&answers), witness.before, "{what}");
            answers.apply(path, Edit::Text(to.clone())).unwrap();
            assert_eq!(step(&answers), witness.after, "{what}");
            assert!(witness.after < witness.before, "{what}");
        }
        (_, None) => assert_eq!(step(&answers), witness.after, "{what}"),
    }
}

/// The record of a witness: every sign that is not named is answered no.
fn record(witness: &Witness) -> (Date, Answers) {
    let day = parse_day(&witness.day).unwrap();
    let mut answers = Answers { danger_now: "no".into(), ..Answers::default() };
    for id in assessment_engine::sections::elements() {
        answers.apply(&format!("elements.{id}.status"), Edit::Text("no_concern".into())).unwrap();
    }
    let child = &mut answers.identifying_details;
    match witness.age_months {
        None => child.edd = WrittenDate::from_iso(&witness.day).unwrap(),
        Some(months) => {
            let (year, month, of_month) = (day.year(), day.month(), day.day());
            let total = i32::from(year) * 12 + i32::from(month) - 1 - months as i32;
            let born = format!("{:04}-{:02}-{of_month:02}", total / 12, total % 12 + 1);
            child.dob = WrittenDate::from_iso(&born).unwrap();
        }
    }
    for (path, to) in &witness.answers {
        let list = matches!(answers.node(path), Some(Node::List(_)));
        let edit = if list { Edit::List(vec![to.clone()]) } else { Edit::Text(to.clone()) };
        answers.apply(path, edit).unwrap();
    }
    (day, answers)
}

/// What is only odd, what the search must call it, and what about.
const ODD: &[(&str, Change, Matter, &str)] = &[
    (
        "a rule behind one that always holds when it does",
        |p| insert(p, "RU-6", "RU-5", &|rule| rule["when"] = json!({"level": "L2", "boxes": 2})),
        Matter::NeverDecides,
        "LOCAL-1",
    ),
    (
        "a rule for a child who is both born and not",
        |p| {
            insert(p, "RU-8", "RU-8", &|rule| {
                rule["when"] = json!({"all": [{"unborn": true}, {"born": {"below": 12}}]})
            })
        },
        Matter::NeverHolds,
        "LOCAL-1",
    ),
    ("a suggestion that nothing leads to", |p| remove_rule(p, "RU-5"), Matter::Unreachable, "R1"),
    (
        "raised for ages at which the sign is not asked",
        |p| {
            part(p, "indicators", "PL-303")["raised"] =
                json!([{"to": "L4a", "when": {"born": {"below": 12}}, "because": "x"}])
        },
        Matter::NeverRaises,
        "PL-303",
    ),
    (
        "a sign that is asked of nobody",
        |p| part(p, "indicators", "PL-303")["applies"] = json!({"from": 12, "unborn_only": true}),
        Matter::NeverAsked,
        "PL-303",
    ),
];

#[test]
fn what_is_only_odd_is_remarked_on() {
    for (what, change, matter, about) in ODD {
        let proof = prove(&draft(change));
        let found = proof.remarks.iter().find(|remark| remark.matter == *matter);
        let found = found.unwrap_or_else(|| panic!("{what}: {:#?}", proof.remarks));
        assert!(found.about.iter().any(|id| id == about), "{what}: {found:#?}");
        assert_eq!(proof.breaches, Vec::new(), "{what}");
    }
}

/// Where too much is named to try every combination, the report says so instead of claiming more.
#[test]
fn what_was_not_covered_is_said() {
    let many = draft(&|pack| {
        let ids: Vec<Value> =
            pack["indicators"].as_array().unwrap().iter().map(|sign| sign["id"].clone()).collect();
        insert(pack, "RU-4", "RU-4", &|rule| rule["when"] = json!({"signs": ids[20..40], "at_least": 3}));
    });
    assert_eq!(prove(&many).not_covered, ["named-signs"]);
}
