//! What other packages are given to do, written as one JSON document into the file that is named: the records of `benches/engine.rs` that are compared, the
//! fields with their kinds and limits, the facts that rules look at, and what the engine says to each record. It times
//! nothing and knows none of these packages. `cargo xtask bench engine`; the reader is `benches/rivals/`.

#![expect(clippy::unwrap_used, reason = "the built-in data exists")]
#![expect(clippy::expect_used, reason = "a tool may say what it lacks by stopping")]

#[path = "../tests/engine/material/random.rs"]
mod random;
#[path = "../benches/timed/mod.rs"]
mod timed;

use assessment_engine::answers::Caf;
use assessment_engine::answers::Facts;
use assessment_engine::answers::Question;
use assessment_engine::answers::{Answers, NodeMut};
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Stage, check_with};
use assessment_form::Group;
use assessment_form::parse_day;
use assessment_form::{Kind, Needed};
use assessment_rules::Age;
use assessment_rules::{Indicator, Level, RulePack, evaluate};
use jiff::civil::Date;
use random::Random;
use serde_json::{Map, Value, json};
use timed::{CASES, COMPARED, GROWN, NAMES, WRONG, case, timed, today};

/// Random records whose suggestion every package must find, too.
const RECORDS: u64 = 400;
/// Random records with a few needs at the second level, since their number decides.
const NEEDS: u64 = 400;
/// Days of birth for each age at which a rule begins or ends, and one month less; `None` for a child who is not born and
/// for one of whom nothing is known.
const EDGES: [u32; 13] = [6, 12, 24, 36, 60, 96, 132, 144, 156, 186, 192, 210, 216];

fn main() {
    let standards = Standards::built_in().unwrap();
    let pack = &standards.pack;
    let cases: Vec<Value> =
        CASES.iter().map(|(name, _)| facts(name, &case(name).unwrap(), today(), pack)).collect();
    let mut proof = cases.clone();
    proof.extend(telling(pack));
    proof.extend((0..RECORDS).map(|seed| random_facts(seed, pack)));
    let grown: Vec<Value> = GROWN
        .iter()
        .map(|(name, times)| {
            let made = timed(name).unwrap();
            json!({"times": times, "record": facts(name, &made.answers, today(), &made.standards.pack)})
        })
        .collect();
    assert!(NAMES.contains(&COMPARED), "the record that is compared is timed");
    let material = json!({
        "compared": COMPARED,
        "fields": fields(&mut Answers::default(), "", &standards),
        "right": record(COMPARED),
        "wrong": record(WRONG),
        "cases": cases,
        "proof": proof,
        "grown": grown,
    });
    let file = std::env::args().nth(1).expect("one argument is needed: the file to write");
    std::fs::write(&file, material.to_string()).unwrap();
}

/// A record as JSON, and the paths at which the engine finds a limit or a format broken.
fn record(name: &str) -> Value {
    let made = timed(name).unwrap();
    let problems = check_with(&made.answers, Stage::Section, today(), &made.standards, &made.outcome);
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    json!({"answers": serde_json::from_str::<Value>(&made.answers.to_json()).unwrap(), "problems": paths})
}

/// The fields of a group with what limits them. A field is needed here only where it has no condition.
fn fields(group: &mut dyn Group<Caf>, key: &str, standards: &Standards) -> Vec<Value> {
    let questions = group.questions();
    let mut all = Vec::new();
    for (index, question) in questions.iter().enumerate() {
        let mut field = Map::new();
        field.insert("name".into(), question.name.into());
        field.insert("max".into(), question.max.into());
        let needed = matches!(question.needed, Needed::Yes) && question.asked.is_none();
        field.insert("needed".into(), needed.into());
        describe(question, key, standards, &mut field);
        match group.get_mut(index) {
            Some(NodeMut::Group(inner)) => {
                field.insert("fields".into(), fields(inner, question.name, standards).into());
            }
            Some(NodeMut::Rows(rows)) => {
                rows.push();
                let row = rows.row_mut(0).unwrap();
                field.insert("fields".into(), fields(row, question.name, standards).into());
            }
            _ => {}
        }
        all.push(field.into());
    }
    all
}

fn describe(question: &Question, group: &str, standards: &Standards, field: &mut Map<String, Value>) {
    let codes = |list: &str| -> Vec<Value> {
        standards.lists.list(list).iter().map(|option| option.code.as_str().into()).collect()
    };
    let kind = match question.kind {
        Kind::Choice(list) => {
            field.insert("codes".into(), codes(list).into());
            "choice"
        }
        Kind::Choices(list) => {
            field.insert("codes".into(), codes(list).into());
            "choices"
        }
        Kind::Rows(most) => {
            field.insert("rows".into(), most.into());
            "rows"
        }
        Kind::Indicators => {
            let signs = standards.pack.indicators_of(group).map(|sign| sign.id.as_str());
            field.insert("signs".into(), signs.collect::<Vec<_>>().into());
            "signs"
        }
        Kind::Group => "group",
        Kind::Text => "text",
        Kind::Multiline => "multiline",
        Kind::Lines => "lines",
        Kind::Phones => "phones",
        Kind::BirthDate => "birth_date",
        Kind::ExpectedDate => "expected_date",
        Kind::Age => "age",
        Kind::PastDate | Kind::ComingDate | Kind::AnyDate => "date",
        Kind::Time => "time",
        Kind::Score => "score",
        Kind::Money => "money",
        Kind::NhsNumber => "nhs_number",
        Kind::Upn => "upn",
        Kind::Uln => "uln",
        Kind::Uci => "uci",
        Kind::Postcode => "postcode",
        Kind::Phone => "phone",
        Kind::Email => "email",
        Kind::Reference => "reference",
    };
    field.insert("kind".into(), kind.into());
}

/// Records each of which hangs on one thing: a sign alone at the ages that matter, disabled or not; the signs that others
/// raise or lower, beside each other one; a few needs, with and without a social worker.
fn telling(pack: &RulePack) -> Vec<Value> {
    let signs: Vec<&Indicator> = pack.indicators().iter().filter(|sign| !sign.strength).collect();
    let mut births = vec![json!({}), json!({"edd": "2027-01-20"})];
    for months in EDGES.into_iter().flat_map(|months| [months - 1, months]) {
        // Born on the day of the month on which the records are judged: the month is just complete.
        let born = 2026 * 12 + 10 - months;
        births.push(json!({"dob": format!("{:04}-{:02}-23", born / 12, born % 12 + 1)}));
    }
    let mut all = Vec::new();
    let mut add = |child: &Value, yes: &[&Indicator]| {
        let mut record = json!({"danger_now": "no", "identifying_details": child, "elements": {}});
        for sign in yes {
            record["elements"][&sign.element]["indicators"][&sign.id] = "yes".into();
        }
        let ids: Vec<&str> = yes.iter().map(|sign| sign.id.as_str()).collect();
        let name = format!("{} of {child}", ids.join(" and "));
        all.push(facts(&name, &Answers::from_value(&record).unwrap().answers, today(), pack));
    };
    for birth in &births {
        for (disabled, disability) in [("no", json!([])), ("yes", json!(["LD"]))] {
            let mut child = birth.clone();
            child["disabled"] = disabled.into();
            child["disability"] = disability;
            signs.iter().for_each(|sign| add(&child, &[sign]));
        }
    }
    let child = json!({"dob": "2012-03-01"});
    for first in signs.iter().filter(|sign| matches!(sign.id.as_str(), "BE-401" | "PL-401")) {
        signs.iter().filter(|second| second.id != first.id).for_each(|second| add(&child, &[first, second]));
    }
    let needs: Vec<&Indicator> = signs.into_iter().filter(|sign| sign.level == Level::L2).collect();
    for seed in 0..NEEDS {
        let mut random = Random::new(seed);
        let yes: Vec<&Indicator> = (0..=random.below(5)).map(|_| random.pick(&needs)).collect();
        let open =
            random.pick(&["", "closed", "child_in_need", "section_47", "protection_plan", "looked_after"]);
        add(&json!({"dob": "2012-03-01", "legal_status": open}), &yes);
    }
    all
}

/// A fact's name: languages read a hyphen as a minus.
fn name_of(id: &str) -> String {
    id.replace('-', "_")
}

/// What rules look at, flat, with the age worked out, and what the engine suggests from certain answers. A sign without
/// an answer is left out.
fn facts(name: &str, answers: &Answers, today: Date, pack: &RulePack) -> Value {
    let child = &answers.identifying_details;
    let age = Facts::of(answers, today).age;
    // For a child who is not born or whose age is not known these numbers put no sign aside by its upper limit.
    let (youngest, oldest) = match age {
        Age::Born { youngest, oldest } => (i64::from(youngest), i64::from(oldest)),
        Age::Unborn => (-1, -1),
        Age::Unknown => (-1, 9_999),
    };
    let mut facts = json!({
        "born": matches!(age, Age::Born { .. }),
        "unborn": age == Age::Unborn,
        "youngest": youngest,
        "oldest": oldest,
        "disabled": child.disabled,
        "disability": child.disability,
        "legal_status": child.legal_status,
        "danger_now": answers.danger_now,
    });
    for element in (0..).map_while(|at| answers.elements.at(at)) {
        for (sign, mark) in element.indicators.iter().filter(|(_, mark)| !mark.is_empty()) {
            facts[name_of(sign)] = mark.as_str().into();
        }
    }
    let certain = evaluate(answers, today, pack).suggestion.certain.code();
    json!({"name": name, "facts": facts, "certain": certain})
}

fn random_facts(seed: u64, pack: &RulePack) -> Value {
    let ids: Vec<(&str, &str)> =
        pack.indicators().iter().map(|sign| (sign.element.as_str(), sign.id.as_str())).collect();
    let mut random = Random::new(seed);
    let day = random.today();
    let record = random.record(&ids, day);
    let answers = Answers::from_value(&record).unwrap().answers;
    facts(&format!("random record {seed}"), &answers, parse_day(&day.to_string()).unwrap(), pack)
}
