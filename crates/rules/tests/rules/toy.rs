//! Rules about a garden, of all things.

use std::sync::Arc;

use assessment_rules::{
    Age, Element, Marks, Question, Record, RulePack, Standing, Vocabulary, evaluate, explain, prove, what_if,
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

const TODAY: Date = date(2026, 11, 23);

pub(super) fn vocabulary() -> Arc<Vocabulary> {
    let question = |path: &str, options: &[&str]| Question {
        path: path.to_owned(),
        options: options.iter().map(ToString::to_string).collect(),
    };
    let element = |id: &str, status| Element {
        id: id.to_owned(),
        marks: format!("{id}.marks"),
        no_concern: Some((status, "fine".to_owned())),
    };
    Arc::new(Vocabulary {
        elements: vec![element("beds", 1), element("trees", 2)],
        questions: vec![
            question("fire", &["yes", "unsure", "no"]),
            question("beds.status", &["fine", "seen"]),
            question("trees.status", &["fine", "seen"]),
        ],
        danger: Some(0),
        disabled: None,
        birth: "sown".to_owned(),
        expected: "to_be_sown".to_owned(),
        floor: None,
    })
}

/// A record of two elements and three questions.
#[derive(Default)]
struct Garden {
    marks: [Marks; 2],
    codes: [Vec<String>; 3],
    worry: bool,
}

impl Garden {
    fn settled() -> Garden {
        let codes = ["no", "fine", "fine"].map(|code| vec![code.to_owned()]);
        Garden { codes, ..Garden::default() }
    }

    fn marked(marks: &[(usize, &str, &str)]) -> Garden {
        let mut garden = Garden::settled();
        for (element, id, mark) in marks {
            garden.marks[*element].insert((*id).to_owned(), (*mark).to_owned());
        }
        garden
    }
}

impl Record for Garden {
    fn age(&self, _today: Date) -> Age {
        Age::Born { youngest: 12, oldest: 12 }
    }

    fn marks(&self, element: usize) -> Option<&Marks> {
        self.marks.get(element)
    }

    fn codes(&self, question: usize) -> &[String] {
        self.codes.get(question).map_or(&[], Vec::as_slice)
    }

    fn serious_worries(&self) -> Vec<&'static str> {
        self.worry.then_some("note").into_iter().collect()
    }
}

/// A small pack, as written.
pub(super) fn source() -> Value {
    let rule = |id: &str, gives: &str, when: Value| {
        json!({"id": id, "effective_from": "2026-01-01", "wording": id, "fixed": false, "rationale": "r",
            "references": ["book"], "gives": gives, "when": when})
    };
    let words = json!({"name": "n", "when": "w", "then": "t", "family": "f"});
    let indicator = |id: &str, element: &str, level: &str| json!({"id": id, "element": element, "level": level, "text": id, "references": ["book"], "confidence": "high"});
    let contact = |number: &str| json!({"id": number, "name": number, "phone": number, "when": "always", "hours": {"always": true}, "national": true});
    json!({
        "id": "garden", "version": "1", "title": "Garden", "format": "rule-pack/1", "effective_from": "2026-01-01",
        "references": [{"id": "book", "title": "A book"}],
        "contacts": [contact("999"), contact("101")],
        "time_scales": [{"id": "now", "words": "now", "hours": 0, "references": ["book"]}],
        "actions": [{"id": "IA-01", "trigger": "fire", "who": "you", "action": "ring", "time_scale": "now",
            "contacts": ["999"], "telling_the_family": "n/a", "references": ["book"], "confidence": "high"}],
        "wording": {"DANGER": words, "HELP": words, "NONE": words},
        "rules": [
            rule("DANGER", "R5", json!({"question": "fire", "is": ["yes"], "unsure": ["unsure"]})),
            rule("HELP", "R2", json!({"level": "L2", "boxes": 2})),
            rule("NONE", "R0", json!({"always": true})),
        ],
        "indicators": [indicator("BE-1", "beds", "L2"), indicator("TR-1", "trees", "L2")],
    })
}

/// A pack for the garden that has been checked.
pub(super) fn load(pack: &Value) -> RulePack {
    RulePack::load(&pack.to_string(), &vocabulary()).unwrap()
}

fn pack() -> RulePack {
    RulePack::load(&source().to_string(), &vocabulary()).unwrap()
}

#[test]
fn a_record_of_another_form_is_evaluated_with_reasons() {
    let pack = pack();
    let outcome = evaluate(&Garden::marked(&[(0, "BE-1", "yes"), (1, "TR-1", "unsure")]), TODAY, &pack);
    assert_eq!(outcome.suggestion.all().map(|suggestion| suggestion.code()), ["R0", "R2", "R2"]);
    assert_eq!(outcome.settles, ["trees.marks.TR-1"]);
    let blank = evaluate(&Garden::default(), TODAY, &pack);
    assert_eq!(blank.suggestion.not_ruled_out.code(), "R5", "what was not asked is not ruled out");
    let danger = Garden { codes: [vec!["yes".to_owned()], Vec::new(), Vec::new()], ..Garden::default() };
    assert_eq!(evaluate(&danger, TODAY, &pack).urgent, ["IA-01"]);
}

#[test]
fn every_rule_is_explained_and_the_smallest_change_is_found() {
    let (pack, garden) = (pack(), Garden::marked(&[(0, "BE-1", "yes"), (1, "TR-1", "yes")]));
    let explanation = explain(&garden, TODAY, &pack);
    let help = explanation.rules.iter().find(|rule| rule.rule == "HELP").unwrap();
    assert_eq!(help.standing, Standing::Fired);
    assert_eq!(help.condition.as_ref().unwrap().because, ["beds.marks.BE-1", "trees.marks.TR-1"]);
    let what_if = what_if(&garden, TODAY, &pack);
    assert_eq!(what_if.now, "R2");
    assert_eq!(what_if.raise[0].changes[0].path, "fire");
    assert_eq!(what_if.lower.len(), 2);
}

#[test]
fn a_pack_is_proven_and_one_with_a_hole_is_not() {
    assert!(prove(&pack()).holds(), "{:?}", prove(&pack()));
    let mut holed = source();
    holed["rules"].as_array_mut().unwrap().pop();
    holed["wording"].as_object_mut().unwrap().remove("NONE");
    let proof = prove(&RulePack::draft(&holed.to_string(), &vocabulary()).unwrap());
    assert!(!proof.holds() && !proof.breaches.is_empty());
}

#[test]
fn names_of_another_form_are_refused_with_their_place() {
    let mut wrong = source();
    wrong["indicators"][1]["element"] = "ponds".into();
    wrong["rules"][0]["when"]["question"] = "identifying_details.sex".into();
    let problems = RulePack::load(&wrong.to_string(), &vocabulary()).unwrap_err();
    let places: Vec<_> = problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, ["rules[0] (DANGER).when.question", "indicators[1] (TR-1).element"]);
}
