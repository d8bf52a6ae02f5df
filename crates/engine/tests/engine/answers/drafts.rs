//! What the built-in pack does not hold, but a pack may: conditions inside each other and under a `not`, signs raised by
//! several conditions together, suggestions that several answers lead to only together. Drafts are the built-in pack with
//! something changed. What loading refuses, one case for each thing, is in `pack_refusals`.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::Answers;
use assessment_engine::rule_packs;
use assessment_form::Edit;
use assessment_form::parse_day;
use assessment_rules::{Condition, Explained, PackProblem, RulePack, Standing, evaluate, explain, what_if};
use jiff::civil::Date;
use serde_json::{Value, json};

fn changed(change: impl Fn(&mut Value)) -> Result<RulePack, Vec<PackProblem>> {
    let mut pack: Value = serde_json::from_str(rule_packs::built_in()).unwrap();
    change(&mut pack);
    rule_packs::draft(&pack.to_string())
}

fn part<'a>(pack: &'a mut Value, list: &str, id: &str) -> &'a mut Value {
    pack[list].as_array_mut().unwrap().iter_mut().find(|item| item["id"] == id).unwrap()
}

fn places(draft: Result<RulePack, Vec<PackProblem>>) -> Vec<String> {
    draft.err().unwrap_or_default().into_iter().map(|problem| problem.place).collect()
}

fn today() -> Date {
    Date::new(2026, 11, 23).unwrap()
}

fn marked(pack: &RulePack, marks: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (id, mark) in marks {
        let element = &pack.indicator(id).unwrap().element;
        answers
            .apply(&format!("elements.{element}.indicators.{id}"), Edit::Text((*mark).to_owned()))
            .unwrap();
    }
    answers
}

/// A condition around `inner`, so many times.
fn around(inner: Value, name: &str, times: usize) -> Value {
    (0..times).fold(inner, |inner, _| json!({ name: if name == "not" { inner } else { json!([inner]) } }))
}

#[test]
fn sixteen_conditions_inside_each_other_are_read_and_seventeen_are_not() {
    for name in ["all", "any", "not"] {
        let draft = |times| {
            changed(|pack| {
                part(pack, "rules", "RU-8")["when"] = around(json!({"unborn": true}), name, times);
            })
        };
        assert!(draft(16).is_ok(), "{name}: {:?}", places(draft(16)));
        assert!(places(draft(17)).iter().all(|place| place.contains("(RU-8).when")), "{name}");
        assert!(draft(17).is_err(), "{name}");
    }
}

#[test]
fn what_is_named_under_a_not_must_be_there_too() {
    let named = |when: Value| {
        places(changed(|pack| part(pack, "rules", "RU-8")["when"] = json!({ "not": when.clone() })))
    };
    assert_eq!(named(json!({"signs": ["BE-306"]})), Vec::<String>::new());
    for wrong in
        [json!({"signs": ["BE-999"]}), json!({"all": [{"signs": ["BE-999"]}]}), json!({"action": "IA-99"})]
    {
        assert_eq!(named(wrong.clone()).len(), 1, "{wrong}");
    }
}

#[test]
fn a_visit_says_what_stands_under_an_odd_number_of_nots() {
    let not = |inner| Condition::Not(Box::new(inner));
    let both = Condition::Any(vec![Condition::Unborn, not(Condition::Always)]);
    let mut seen = Vec::new();
    not(Condition::All(vec![both])).visit(&mut |part, negated| match part {
        Condition::Unborn => seen.push(("unborn", negated)),
        Condition::Always => seen.push(("always", negated)),
        _ => {}
    });
    assert_eq!(seen, [("unborn", true), ("always", false)]);
}

#[test]
fn the_action_that_stands_in_the_place_of_a_suggestion_must_be_there() {
    let without =
        changed(|pack| pack["actions"].as_array_mut().unwrap().retain(|action| action["id"] != "IA-23"));
    let found = places(without);
    assert!(found.iter().any(|place| place.ends_with("(RU-10).instead")), "{found:?}");
}

#[test]
fn a_sign_raised_by_several_things_together_tells_each_of_them() {
    let raised = |when: Value| {
        let pack = changed(|pack| {
            let raised = json!([{ "to": "L4b", "when": when.clone(), "because": "together" }]);
            part(pack, "indicators", "BE-401")["raised"] = raised;
        })
        .unwrap();
        let answers = marked(&pack, &[("BE-401", "yes"), ("BE-403", "yes"), ("GH-202", "yes")]);
        let outcome = evaluate(&answers, today(), &pack);
        let finding = outcome.findings.into_iter().find(|finding| finding.indicator == "BE-401").unwrap();
        (finding.level.code(), finding.raised_by)
    };
    let (one, other) = (json!({"signs": ["BE-403"]}), json!({"signs": ["GH-202"]}));
    assert_eq!(raised(json!({"all": [one, other]})), ("L4b", vec!["BE-403".to_owned(), "GH-202".to_owned()]));
    // Of several, one is enough, and that is the one that is named.
    let absent = json!({"signs": ["BE-402"]});
    assert_eq!(raised(json!({"any": [absent, other]})), ("L4b", vec!["GH-202".to_owned()]));
    assert_eq!(raised(json!({"all": [absent, other]})), ("L4a", Vec::new()));
}

#[test]
fn a_condition_is_explained_with_its_parts() {
    let pack = changed(|pack| {
        let blank = json!({"not": {"signs": ["GH-202"]}});
        part(pack, "rules", "RU-8")["when"] =
            json!({"all": [{"suggestion": ["R0"]}, {"any": [blank, {"unborn": true}]}]});
    })
    .unwrap();
    let told = |mark: &str| {
        let explanation = explain(&marked(&pack, &[("GH-202", mark)]), today(), &pack);
        let rule = explanation.rules.into_iter().find(|rule| rule.rule == "RU-8").unwrap();
        tree(&rule.condition.unwrap())
    };
    use Standing::{Fired as F, NotFired as N, Undetermined as U};
    // all, suggestion, any, not, signs, unborn; in a blank record the age is not known.
    assert_eq!(told("no"), [F, F, F, F, N, U]);
    assert_eq!(told("yes"), [N, N, U, N, F, U]);
    assert_eq!(told(""), [U, F, U, U, U, U]);
}

/// What each condition comes to, outermost first; its parts are the conditions that it is made of.
fn tree(explained: &Explained) -> Vec<Standing> {
    let made_of: Vec<&Condition> = match &explained.condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().collect(),
        Condition::Not(part) => vec![&**part],
        _ => Vec::new(),
    };
    assert_eq!(explained.parts.iter().map(|part| &part.condition).collect::<Vec<_>>(), made_of);
    std::iter::once(explained.standing).chain(explained.parts.iter().flat_map(tree)).collect()
}

/// A pack in which nothing leads beyond a few signs of L2, so that only two together raise the suggestion.
fn small() -> RulePack {
    changed(|pack| {
        let kept = ["RU-4", "RU-5", "RU-6"];
        let dropped = |rule: &Value| rule.get("gives").is_some() && !kept.iter().any(|id| rule["id"] == *id);
        let words: Vec<Value> = pack["rules"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|rule| dropped(rule))
            .map(|rule| rule["wording"].clone())
            .collect();
        for key in words {
            pack["wording"].as_object_mut().unwrap().remove(key.as_str().unwrap());
        }
        pack["rules"].as_array_mut().unwrap().retain(|rule| !dropped(rule));
        part(pack, "rules", "RU-4")["when"] =
            json!({"signs": ["GH-201", "ES-201", "BE-201", "CO-201"], "at_least": 3});
        part(pack, "rules", "RU-5")["when"] = json!({"signs": ["GH-201", "ES-201", "BE-201", "CO-201"]});
    })
    .unwrap()
}

#[test]
fn where_one_answer_is_not_enough_pairs_are_named_each_once_and_in_the_order_of_the_pack() {
    let pack = small();
    let ways = |answers: &Answers| {
        let short = |path: &str| path.rsplit('.').next().unwrap().to_owned();
        let told = |ways: Vec<assessment_rules::Way>| -> Vec<String> {
            ways.iter()
                .map(|way| {
                    let ids: Vec<String> = way.changes.iter().map(|change| short(&change.path)).collect();
                    format!("{} {}", ids.join("+"), way.leads_to)
                })
                .collect()
        };
        let found = what_if(answers, today(), &pack);
        let mut lower = told(found.lower);
        lower.sort();
        (told(found.raise), lower)
    };
    let (raise, lower) = ways(&marked(&pack, &[("BE-201", "yes")]));
    assert_eq!(raise, ["GH-201+ES-201 R2", "GH-201+CO-201 R2", "ES-201+CO-201 R2"]);
    assert_eq!(lower, ["BE-201 R0"]);
    let all = [("GH-201", "yes"), ("ES-201", "yes"), ("BE-201", "yes"), ("CO-201", "yes")];
    let (raise, lower) = ways(&marked(&pack, &all));
    assert_eq!(raise, Vec::<String>::new());
    let pairs = [
        "BE-201+CO-201",
        "ES-201+BE-201",
        "ES-201+CO-201",
        "GH-201+BE-201",
        "GH-201+CO-201",
        "GH-201+ES-201",
    ];
    assert_eq!(lower, pairs.map(|pair| format!("{pair} R1")));
}

#[test]
fn a_strength_outside_its_age_is_set_aside_and_no_finding() {
    let pack = changed(|pack| part(pack, "indicators", "GH-101")["applies"] = json!({"from": 192})).unwrap();
    let mut answers = marked(&pack, &[("GH-101", "yes")]);
    let told = |answers: &Answers| {
        let outcome = evaluate(answers, today(), &pack);
        let findings: Vec<String> = outcome.findings.into_iter().map(|finding| finding.indicator).collect();
        let aside: Vec<&str> = outcome.set_aside.iter().map(|aside| aside.because).collect();
        (findings, aside.join(" "))
    };
    answers.identifying_details.dob.year = "2019".to_owned();
    assert_eq!(told(&answers), (Vec::new(), "too-young".to_owned()));
    answers.identifying_details.dob.year = "2005".to_owned();
    assert_eq!(told(&answers), (vec!["GH-101".to_owned()], String::new()));
}

#[test]
fn an_older_version_of_a_sign_is_silent_and_an_ended_sign_is_not() {
    let json = include_str!("../../../data/rule_packs/northbridge-example.json");
    let pack = rule_packs::draft(json).unwrap();
    // Two versions, one of which is in force on each day.
    for day in ["2026-09-30", "2026-10-01"] {
        let outcome = evaluate(&marked(&pack, &[("HF-202", "yes")]), parse_day(day).unwrap(), &pack);
        assert_eq!((outcome.findings.len(), outcome.set_aside.len()), (1, 0), "{day}");
    }
    let ended =
        changed(|pack| part(pack, "indicators", "GH-202")["effective_to"] = "2026-06-30".into()).unwrap();
    let outcome = evaluate(&marked(&ended, &[("GH-202", "yes"), ("GH-201", "yes")]), today(), &ended);
    let aside: Vec<_> = outcome.set_aside.iter().map(|aside| (&*aside.indicator, aside.because)).collect();
    assert_eq!(aside, [("GH-202", "not-in-force")]);
    assert_eq!(outcome.findings.len(), 1);
}

#[test]
fn a_problem_is_told_with_its_place() {
    let problems = changed(|pack| pack["title"] = " ".into()).unwrap_err();
    assert_eq!(
        problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["title: words are needed here"]
    );
}

#[test]
fn a_pack_tells_what_it_is_and_its_parts_have_their_own_words() {
    let pack = rule_packs::draft(rule_packs::built_in()).unwrap();
    let json: Value = serde_json::from_str(rule_packs::built_in()).unwrap();
    assert_eq!(
        pack.version(),
        format!("{} {}", json["id"].as_str().unwrap(), json["version"].as_str().unwrap())
    );
    assert_eq!((pack.id(), pack.title()), (json["id"].as_str().unwrap(), json["title"].as_str().unwrap()));
    assert_eq!(pack.approval(), None);
    let approved = changed(|pack| {
        pack["approved_by"] = "A partnership".into();
        pack["approved_on"] = "2026-01-02".into();
    });
    assert_eq!(approved.unwrap().approval(), Some(("A partnership", "2026-01-02")));
    let words_of = |list: &str, key: &Value, name: &str| {
        let item = match &json[list] {
            Value::Array(items) => items.iter().find(|item| item["id"] == *key).unwrap(),
            words => &words[key.as_str().unwrap()],
        };
        item[name].as_str().unwrap().to_owned()
    };
    for action in json["actions"].as_array().unwrap() {
        let deadline = &pack.action(action["id"].as_str().unwrap()).unwrap().deadline;
        assert_eq!(*deadline, words_of("time_scales", &action["time_scale"], "words"));
    }
    for rule in json["rules"].as_array().unwrap() {
        let told = pack.rule(rule["id"].as_str().unwrap()).unwrap();
        assert_eq!(told.name, words_of("wording", &rule["wording"], "name"));
        assert_eq!(told.family, words_of("wording", &rule["wording"], "family"));
    }
    for reference in json["references"].as_array().unwrap() {
        assert_eq!(pack.reference(reference["id"].as_str().unwrap()), reference["title"].as_str());
    }
    assert_eq!(pack.reference("nowhere"), None);
}

#[test]
fn the_rules_of_a_day_outside_the_pack_are_those_of_its_first_or_last_day() {
    let pack = changed(|pack| pack["effective_to"] = "2027-12-31".into()).unwrap();
    let day = |text: &str| parse_day(text).unwrap();
    assert_eq!(pack.in_force(), (Some(day("2026-01-01")), Some(day("2027-12-31"))));
    for (today, applied) in
        [("2025-12-31", "2026-01-01"), ("2026-06-01", "2026-06-01"), ("2028-01-01", "2027-12-31")]
    {
        assert_eq!(pack.day(day(today)), day(applied), "{today}");
    }
}

/// Only a draft can look at what is absent; what would change its suggestion starts from the same suggestion.
#[test]
fn a_draft_that_looks_at_absence_is_searched_as_it_is_evaluated() {
    let pack = changed(|pack| {
        part(pack, "rules", "RU-5")["when"] = json!({"not": {"level": "L4b", "boxes": 1}});
    })
    .unwrap();
    let blank = Answers::default();
    let certain = evaluate(&blank, today(), &pack).suggestion.certain;
    assert_eq!((certain.code(), what_if(&blank, today(), &pack).now), ("R0", "R0"));
}
