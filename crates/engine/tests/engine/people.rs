//! Who is known from a record, whom each question offers, and what picking fills in.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::{Answers, Facts, NodeMut};
use assessment_engine::people::{KnownPerson, add, offers, offers_to_add, people, pick};
use assessment_engine::standards::Standards;
use assessment_form::{Edit, Group};
use jiff::civil::Date;
use serde_json::{Value, json};

const TODAY: Date = Date::constant(2026, 11, 23);

fn read(answers: &Value) -> Answers {
    let reading = Answers::read(&answers.to_string()).unwrap();
    assert_eq!(reading.unread, []);
    reading.answers
}

/// A child, her mother with parental responsibility, her stepfather without, a brother, and the assessor.
fn family() -> Value {
    json!({
        "identifying_details": { "given_names": "Zoë", "family_name": "Example", "dob": "2019-02-03" },
        "parents_and_carers": [
            { "name": "Ada Example", "relationship": "mother", "parental_responsibility": "yes",
              "phone": "07700 900112", "dob": "1990-01-02" },
            { "name": "Sam Other", "relationship": "step_parent", "parental_responsibility": "no" },
        ],
        "home_and_family": { "household": [
            { "name": "Ben Example", "relationship": "sibling", "lives_with_child": "yes" },
        ] },
        "assessor": { "name": "Nia Teacher", "role": "teacher", "organisation": "Example Primary",
            "phone": "0113 496 0201", "email": "nia@example.org" },
    })
}

fn names(people: &[KnownPerson]) -> Vec<&str> {
    people.iter().map(|person| person.name.as_str()).collect()
}

/// Picks the person called `name` at `path`, and gives the answers then.
fn picked(answers: &Answers, path: &str, name: &str) -> Answers {
    let person = offers(answers, path, false).into_iter().find(|person| person.name == name);
    let standards = Standards::built_in().unwrap();
    let facts = Facts::of(answers, TODAY);
    apply(answers, pick(answers, path, &person.unwrap(), &facts, &standards.lists, "The child"))
}

fn added(answers: &Answers, rows: &str, name: &str) -> Answers {
    let person = offers_to_add(answers, rows, false).into_iter().find(|person| person.name == name);
    let standards = Standards::built_in().unwrap();
    let facts = Facts::of(answers, TODAY);
    apply(answers, add(answers, rows, &person.unwrap(), &facts, &standards.lists, "The child"))
}

fn apply(answers: &Answers, edits: Vec<(String, Edit)>) -> Answers {
    let mut answers = answers.clone();
    for (path, edit) in edits {
        answers.apply(&path, edit).unwrap();
    }
    answers
}

#[test]
fn everybody_who_is_named_is_known_once_with_what_was_said_of_them() {
    let mut record = family();
    record["assessment_information"] =
        json!({ "people_present": [{ "name": " ada  example ", "role": "Mother" }] });
    record["agreed_actions"] = json!({ "actions": [{ "who": "Gran" }] });
    let answers = read(&record);
    assert_eq!(
        names(&people(&answers, false)),
        ["Zoë Example", "ada  example", "Sam Other", "Ben Example", "Nia Teacher", "Gran"]
    );
    assert_eq!(people(&Answers::default(), false), []);
}

#[test]
fn a_name_of_white_space_names_nobody() {
    let answers = read(&json!({ "parents_and_carers": [{ "name": "  ", "relationship": "mother" }] }));
    assert_eq!(people(&answers, false), []);
}

#[test]
fn two_who_share_a_name_and_not_a_relationship_are_two() {
    let answers = read(&json!({
        "parents_and_carers": [{ "name": "John Example", "relationship": "father" }],
        "home_and_family": { "household": [{ "name": "John Example", "relationship": "grandparent" }] },
    }));
    assert_eq!(people(&answers, false).len(), 2);
}

#[test]
fn each_question_offers_those_who_belong_there() {
    let answers = read(&family());
    for (rows, expected) in [
        (
            "assessment_information.people_present",
            &["Zoë Example", "Ada Example", "Sam Other", "Ben Example", "Nia Teacher"][..],
        ),
        ("home_and_family.household", &["Ada Example", "Sam Other"]),
        ("parents_and_carers", &[]),
        ("consent.people", &["Zoë Example", "Ada Example", "Sam Other"]),
        ("consent.signatories", &["Zoë Example", "Ada Example", "Sam Other"]),
        ("voices.parent_comments", &["Ada Example", "Sam Other"]),
        // Rows of actions and of services are not about one person each.
        ("agreed_actions.actions", &[]),
        ("services_involved", &[]),
        ("no such rows", &[]),
    ] {
        assert_eq!(names(&offers_to_add(&answers, rows, false)), expected, "{rows}");
    }
    for (path, expected) in [
        ("assessor.lead_professional.name", &["Nia Teacher"][..]),
        ("consent.assessor_signature", &["Nia Teacher"]),
        ("assessor.name", &[]),
        ("identifying_details.setting", &[]),
        ("no such question", &[]),
    ] {
        assert_eq!(names(&offers(&answers, path, false)), expected, "{path}");
    }
}

#[test]
fn a_household_member_who_may_be_a_carer_is_offered_as_one_and_a_brother_is_not() {
    let answers = read(&json!({ "home_and_family": { "household": [
        { "name": "Gran Example", "relationship": "grandparent" }, { "name": "Ben Example", "relationship": "sibling" },
    ] } }));
    let answers = added(&answers, "parents_and_carers", "Gran Example");
    let row = &answers.parents_and_carers[0];
    assert_eq!((row.name.as_str(), row.relationship.as_str()), ("Gran Example", "grandparent"));
    assert_eq!(names(&offers_to_add(&answers, "parents_and_carers", false)), [""; 0]);
}

#[test]
fn a_parent_who_lives_here_too_is_one_press() {
    let answers = added(&read(&family()), "home_and_family.household", "Ada Example");
    let row = &answers.home_and_family.household[1];
    assert_eq!(
        (row.name.as_str(), row.relationship.as_str(), row.lives_with_child.as_str(), row.dob.to_iso()),
        ("Ada Example", "mother", "yes", Some("1990-01-02".to_owned()))
    );
}

#[test]
fn a_blank_last_row_is_used_before_another_is_added() {
    let mut record = family();
    record["consent"] = json!({ "people": [{}] });
    let mut answers = read(&record);
    assert_eq!(answers.consent.people.len(), 1);
    answers = added(&answers, "consent.people", "Ada Example");
    assert_eq!(answers.consent.people.len(), 1);
    answers = added(&answers, "consent.people", "Sam Other");
    let who: Vec<_> = answers.consent.people.iter().map(|person| person.who.as_str()).collect();
    assert_eq!(who, ["parent_pr", "carer"]);
}

#[test]
fn as_whom_a_person_decides_is_filled_in_only_where_it_is_no_judgement() {
    let with = |dob: &str| {
        let mut record = family();
        record["identifying_details"]["dob"] = dob.into();
        added(&read(&record), "consent.people", "Zoë Example").consent.people[0].who.clone()
    };
    assert_eq!(with("2010-11-23"), "young_person_16");
    assert_eq!(with("2010-11-24"), "", "whether somebody under 16 is competent is judged");
    assert_eq!(with("2010"), "", "may be 15");

    let mut record = family();
    record["parents_and_carers"][0]["parental_responsibility"] = "unknown".into();
    assert_eq!(added(&read(&record), "consent.people", "Ada Example").consent.people[0].who, "");

    let mut record = family();
    record["parents_and_carers"][0].as_object_mut().unwrap().remove("parental_responsibility");
    record["parents_and_carers"][1].as_object_mut().unwrap().remove("parental_responsibility");
    let answers = added(&read(&record), "consent.people", "Ada Example");
    let answers = added(&answers, "consent.people", "Sam Other");
    let who: Vec<_> = answers.consent.people.iter().map(|person| person.who.as_str()).collect();
    assert_eq!(who, ["parent_pr", ""], "a mother has it by law");

    let mut record = family();
    record["identifying_details"] = json!({ "unborn_label": "Baby of Ada Example", "edd": "2027-01-02" });
    let answers = read(&record);
    assert_eq!(added(&answers, "consent.people", "Ada Example").consent.people[0].who, "pregnant_woman");
    assert!(people(&answers, false).iter().all(|person| !person.is_child));
}

#[test]
fn role_in_words_comes_from_relationship_or_work() {
    let mut answers = read(&family());
    for name in ["Zoë Example", "Ada Example", "Nia Teacher"] {
        answers = added(&answers, "assessment_information.people_present", name);
    }
    let roles: Vec<_> =
        answers.assessment_information.people_present.iter().map(|person| person.role.as_str()).collect();
    assert_eq!(roles, ["The child", "Mother", "Teacher"]);
}

#[test]
fn the_lead_professional_comes_with_phone_email_and_organisation() {
    let answers = picked(&read(&family()), "assessor.lead_professional.name", "Nia Teacher");
    let lead = &answers.assessor.lead_professional;
    assert_eq!(
        [&lead.name, &lead.phone, &lead.email, &lead.organisation],
        ["Nia Teacher", "0113 496 0201", "nia@example.org", "Example Primary"]
    );
}

#[test]
fn signing_is_the_assessors_name_and_today() {
    let answers = picked(&read(&family()), "consent.assessor_signature", "Nia Teacher");
    assert_eq!(answers.consent.assessor_signature, "Nia Teacher");
    assert_eq!(answers.consent.assessor_signed_on.whole(), Some(TODAY));
}

#[test]
fn picking_replaces_what_came_with_another_person_and_nothing_that_was_typed() {
    let mut answers = read(&family());
    answers = added(&answers, "consent.people", "Ada Example");
    answers = picked(&answers, "consent.people[0].name", "Sam Other");
    assert_eq!(answers.consent.people[0].who, "carer", "came with Ada");
    answers.apply("consent.people[0].who", Edit::Text("local_authority".into())).unwrap();
    answers = picked(&answers, "consent.people[0].name", "Ada Example");
    assert_eq!(answers.consent.people[0].who, "local_authority", "was chosen");
    // What the new person does not come with does not stay as theirs.
    let mut lead = read(&family());
    lead.apply("services_involved", Edit::AddRow).unwrap();
    lead.apply("services_involved[0].contact_name", Edit::Text("Dr Singh".into())).unwrap();
    lead = picked(&lead, "assessor.lead_professional.name", "Nia Teacher");
    lead = picked(&lead, "assessor.lead_professional.name", "Dr Singh");
    assert_eq!(lead.assessor.lead_professional.phone, "");
}

/// What one parent said for themselves is not offered while the other may look on.
#[test]
fn with_the_family_nobody_is_known_from_what_is_hidden() {
    let answers = read(&json!({
        "urgent_log": [{ "spoke_to": "Duty worker" }],
        "consent": { "people": [{ "name": "Kit Example", "who": "parent_pr" }], "not_sought_authorised_by": "Head" },
        "voices": { "parent_comments": [{ "name": "Lee Example" }] },
        "parents_and_carers": [{ "name": "Ada Example", "relationship": "mother" }],
    }));
    assert_eq!(names(&people(&answers, true)), ["Ada Example"]);
    assert_eq!(people(&answers, false).len(), 5);
}

/// Whatever a question for a name is, everybody whom it offers can be picked there, and the edits fit.
#[test]
fn everybody_can_be_picked_wherever_they_are_offered() {
    fn open_rows(
        group: &mut dyn Group<assessment_engine::answers::Caf>,
        stem: &str,
        paths: &mut Vec<String>,
    ) {
        for index in 0..group.questions().len() {
            let name = group.questions()[index].name;
            let path = if stem.is_empty() { name.to_owned() } else { format!("{stem}.{name}") };
            match group.get_mut(index) {
                Some(NodeMut::Group(inner)) => open_rows(inner, &path, paths),
                Some(NodeMut::Rows(rows)) => {
                    rows.push();
                    let last = rows.len() - 1;
                    open_rows(rows.row_mut(last).unwrap(), &format!("{path}[{last}]"), paths);
                }
                _ => paths.push(path),
            }
        }
    }
    let mut answers = read(&family());
    let mut paths = Vec::new();
    open_rows(&mut answers, "", &mut paths);
    let mut count = 0;
    for path in paths {
        for person in offers(&answers, &path, false) {
            let then = picked(&answers, &path, &person.name);
            assert_eq!(then.text(&path), person.name);
            count += 1;
        }
    }
    assert!(count > 25, "{count}");
}

#[test]
fn five_hundred_people_are_offered_in_time_that_nobody_feels() {
    let row = |at: usize| json!({ "name": format!("Person {at}"), "relationship": "cousin" });
    let answers = read(&json!({ "home_and_family": { "household": (0..500).map(row).collect::<Vec<_>>() } }));
    assert_eq!(people(&answers, false).len(), 500);
    assert_eq!(offers_to_add(&answers, "assessment_information.people_present", false).len(), 500);
}
