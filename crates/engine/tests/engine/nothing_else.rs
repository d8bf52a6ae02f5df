//! Which indicators "nothing else here" answers.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::{Answers, Facts};
use assessment_engine::nothing_else::unanswered;
use assessment_engine::sections::elements;
use assessment_engine::standards::Standards;
use assessment_form::{Edit, parse_day};
use jiff::civil::Date;

const TODAY: Date = Date::constant(2026, 11, 23);

fn born(dob: &str) -> Answers {
    Answers::read(&format!(r#"{{"identifying_details":{{"dob":"{dob}"}}}}"#)).unwrap().answers
}

#[test]
fn it_answers_what_is_asked_at_this_age_and_was_not_answered() {
    let standards = Standards::built_in().unwrap();
    for dob in ["2026-11-01", "2024-06-14", "2015-03-03", "2009-01-01"] {
        let mut answers = born(dob);
        let facts = Facts::of(&answers, TODAY);
        for element in elements() {
            let asked = unanswered(&answers, element, TODAY, &standards.pack);
            for id in &asked {
                let indicator = standards.pack.indicator(id).unwrap();
                assert!(indicator.set_aside(facts.age, facts.disabled).is_none(), "{id} at {dob}");
            }
            for (at, id) in asked.iter().enumerate() {
                let mark = ["yes", "unsure", "no"][at % 3];
                answers
                    .apply(&format!("elements.{element}.indicators.{id}"), Edit::Text(mark.into()))
                    .unwrap();
            }
            assert_eq!(unanswered(&answers, element, TODAY, &standards.pack), [""; 0], "{element}");
        }
    }
}

#[test]
fn an_unborn_baby_and_an_element_that_does_not_exist_have_none_to_answer_for_a_born_child() {
    let standards = Standards::built_in().unwrap();
    assert_eq!(unanswered(&born("2019-01-01"), "no such element", TODAY, &standards.pack), [""; 0]);
    let mut unborn = Answers::default();
    unborn
        .apply(
            "identifying_details.edd",
            Edit::Date(assessment_form::WrittenDate::from_iso("2027-02-14").unwrap()),
        )
        .unwrap();
    assert!(parse_day("2027-02-14").is_some());
    let facts = Facts::of(&unborn, TODAY);
    for element in elements() {
        for id in unanswered(&unborn, element, TODAY, &standards.pack) {
            assert!(standards.pack.indicator(&id).unwrap().set_aside(facts.age, false).is_none(), "{id}");
        }
    }
}
