//! A draft of the first form version in which every field is filled wrongly: nothing typed is lost, each fault has one
//! problem, and no problem is about a fault that another one names. `tests/browser/filled-wrongly.spec.mjs` opens the same
//! draft in the form.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use assessment_engine::answers::{Answers, Caf, Facts, NodeMut, Question, Scope};
use assessment_engine::sections;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Problem, ProblemCode as Code, Stage, check};
use assessment_form::{Edit, Group, Kind, WrittenDate};
use assessment_rules::evaluate;
use serde_json::{Value, json};

use crate::material::filled::today;

/// What the first version did not ask.
const LATER: [&str; 18] = [
    "urgent_log",
    "linked_records",
    "sharing",
    "consent.sought",
    "consent.people",
    "consent.services_other",
    "conclusions.explained",
    "identifying_details.age_about",
    "identifying_details.age_band",
    "identifying_details.gp_status",
    "identifying_details.setting_status",
    "identifying_details.send_need_other",
    "home_and_family.parents_status",
    "home_and_family.household_status",
    "parents_and_carers[0].relationship_other",
    "home_and_family.household[0].relationship_other",
    "services_involved[0].contact_name",
    "services_involved[0].contact_phone",
];

/// An answer that is wrong, and the problem that says so. `None` where nothing that is typed would be wrong.
fn wrong(question: &Question) -> Option<(Edit, Code)> {
    let text = |text: &str, code| Some((Edit::Text(text.to_owned()), code));
    let date = |day: &str, month: &str, year: &str, code| {
        Some((Edit::Date(WrittenDate { day: day.into(), month: month.into(), year: year.into() }), code))
    };
    match question.kind {
        // Another country's postcodes are its own.
        Kind::Text if question.name == "country" => None,
        Kind::Text | Kind::Multiline => text(&"é".repeat(usize::from(question.max) + 1), Code::TooLong),
        Kind::Lines => Some((Edit::List(vec!["é".repeat(usize::from(question.max) + 1)]), Code::TooLong)),
        Kind::Phones => Some((Edit::List(vec!["ask gran".into(), "or me".into()]), Code::Phone)),
        Kind::Choice(_) => text("nonsense", Code::NotOffered),
        Kind::Choices(_) => Some((Edit::List(vec!["nonsense".into(), "nonsense".into()]), Code::NotOffered)),
        Kind::PastDate => date("1", "1", "2031", Code::DateInFuture),
        Kind::ComingDate => date("31", "2", "2027", Code::DateNotReal),
        Kind::BirthDate => date("3", "4", "19", Code::DateYearDigits),
        Kind::ExpectedDate => date("3", "", "2027", Code::DateMonthMissing),
        Kind::AnyDate => date("3", "4", "", Code::DateYearMissing),
        Kind::Time => text("half past two", Code::Time),
        Kind::Score => text("eleven", Code::Score),
        Kind::Money => text("a few pounds", Code::Money),
        Kind::NhsNumber => text("12", Code::NhsNumber),
        Kind::Upn => text("12", Code::Upn),
        Kind::Uln => text("12", Code::Uln),
        Kind::Uci => text("12", Code::Uci),
        Kind::Postcode => text("not known to me", Code::Postcode),
        Kind::Phone => text("ask gran", Code::Phone),
        Kind::Email => text("gran at home", Code::Email),
        Kind::Reference => text("it is in the red folder at school", Code::Reference),
        Kind::Age => text("toddler", Code::Age),
        Kind::Indicators | Kind::Group | Kind::Rows(_) => None,
    }
}

/// The draft, and the problem of each of its answers. Choices may be right, so that what they bring is asked too.
fn draft(
    standards: &Standards,
    choose: fn(&str, &Standards) -> Option<String>,
) -> (Answers, BTreeMap<String, Code>) {
    let mut answers = Answers::default();
    let mut edits = Vec::new();
    collect(&mut answers, "", &mut edits);
    let mut expected = BTreeMap::new();
    for (path, question) in edits {
        let Some((mut edit, code)) = wrong(question) else { continue };
        if let Kind::Choice(list) = question.kind
            && let Some(chosen) = choose(list, standards)
        {
            edit = Edit::Text(chosen);
        } else {
            expected.insert(path.clone(), code);
        }
        answers.apply(&path, edit).unwrap();
    }
    for indicator in standards.pack.indicators() {
        let path = format!("elements.{}.indicators.{}", indicator.element, indicator.id);
        answers.apply(&path, Edit::Text("perhaps".to_owned())).unwrap();
        expected.insert(path, Code::NotOffered);
    }
    (answers, expected)
}

fn collect(group: &mut dyn Group<Caf>, stem: &str, edits: &mut Vec<(String, &'static Question)>) {
    for (index, question) in group.questions().iter().enumerate() {
        let path =
            if stem.is_empty() { question.name.to_owned() } else { format!("{stem}.{}", question.name) };
        if LATER.contains(&path.as_str()) {
            continue;
        }
        match group.get_mut(index) {
            Some(NodeMut::Group(inner)) => collect(inner, &path, edits),
            Some(NodeMut::Rows(rows)) => {
                rows.push();
                collect(rows.row_mut(0).unwrap(), &format!("{path}[0]"), edits);
            }
            _ => edits.push((path, question)),
        }
    }
}

/// The paths of everything that is asked.
fn asked(answers: &Answers, standards: &Standards) -> BTreeSet<String> {
    let outcome = evaluate(answers, today(), &standards.pack);
    let facts = Facts::of(answers, today());
    let mut asked = BTreeSet::new();
    answers.walk(&Scope::of(answers, &facts, &outcome), &mut |visit| {
        if visit.asked {
            asked.insert(visit.path());
        }
        visit.asked
    });
    asked
}

fn first(list: &str, standards: &Standards) -> Option<String> {
    standards.lists.list(list).first().map(|option| option.code.clone())
}

fn last(list: &str, standards: &Standards) -> Option<String> {
    standards.lists.list(list).last().map(|option| option.code.clone())
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{} {}", problem.path, problem.code.as_str())).collect()
}

#[test]
fn each_fault_of_a_draft_that_is_wrong_everywhere_has_one_problem_and_nothing_is_lost() {
    let standards = Standards::built_in().unwrap();
    let ways: [fn(&str, &Standards) -> Option<String>; 3] = [|_, _| None, first, last];
    for (way, choose) in ways.into_iter().enumerate() {
        let (answers, expected) = draft(&standards, choose);
        assert!(expected.len() > 150, "{}", expected.len());
        let again = Answers::read(&answers.to_json()).unwrap();
        assert_eq!((&again.answers, again.unread.len()), (&answers, 0), "nothing typed is lost");

        let problems = check(&answers, Stage::Submit, today(), &standards);
        let mut seen = BTreeSet::new();
        let twice: Vec<&Problem> =
            problems.iter().filter(|problem| !seen.insert(problem.path.as_str())).collect();
        assert_eq!(twice, Vec::<&Problem>::new(), "two at one question, way {way}");
        let asked = asked(&answers, &standards);
        let is_asked = |path: &str| {
            asked.contains(path)
                || path
                    .rsplit_once(".indicators.")
                    .is_some_and(|(element, _)| asked.contains(&format!("{element}.indicators")))
        };
        let missing: Vec<_> = expected
            .iter()
            .filter(|(path, code)| {
                let found = problems.iter().any(|problem| problem.path == **path && problem.code == **code);
                is_asked(path) && !found
            })
            .collect();
        assert_eq!(missing, [], "faults that nobody says, way {way}");
        // What remains is about answers that are right by themselves, or were never given.
        let beyond: Vec<String> = told(&problems)
            .into_iter()
            .zip(&problems)
            .filter(|(_, problem)| !expected.contains_key(&problem.path))
            .map(|(told, _)| told)
            .collect();
        assert_eq!(beyond, if way == 2 { not_agreed() } else { Vec::new() }, "way {way}");
    }
}

/// What does not fit together where the last option of each list was chosen: elements without a concern that have needs, and
/// an agreement that is not there yet.
fn not_agreed() -> Vec<String> {
    let elements = sections::elements().into_iter().map(|id| format!("elements.{id}.status box-not-empty"));
    elements.chain(["sharing.choice needed".to_owned()]).collect()
}

/// The draft without any answer that is right, for the form: a long text is written as its letter and how often, such as `é*4001`.
#[test]
fn the_draft_that_the_form_opens_is_this_one() {
    let standards = Standards::built_in().unwrap();
    let (answers, expected) = draft(&standards, |_, _| None);
    let mut answers: Value = serde_json::from_str(&answers.to_json()).unwrap();
    shorten(&mut answers);
    let problems = check(&draft(&standards, |_, _| None).0, Stage::Submit, today(), &standards);
    assert!(problems.iter().all(|problem| expected.contains_key(&problem.path)));
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    let text = serde_json::to_string_pretty(&json!({"answers": answers, "problems": paths})).unwrap() + "\n";
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/real_families/filled_wrongly.json");
    if std::env::var_os("UPDATE_REAL_FAMILIES").is_some() {
        fs::write(&file, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap_or_default(), text, "run it with UPDATE_REAL_FAMILIES=1");
}

fn shorten(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with('é') => *text = format!("é*{}", text.chars().count()),
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Object(members) => members.values_mut().for_each(shorten),
        _ => {}
    }
}
