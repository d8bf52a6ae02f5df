//! What is expected when: each condition of the form met and not met, from a record that is complete. An expected answer
//! that is blank stops sending where the required set names it (see `required`), and is otherwise shown as not recorded.
//! Not a test of what is asked on screen beyond that, nor of formats: see `problems`.

use super::changes::To::{Date, List, Rows, Text};
use super::changes::{Changes, STANDARDS, To, base, changed, problems};
use crate::material::filled::today;
use assessment_engine::answers::Answers;
use assessment_engine::not_recorded::not_recorded;
use assessment_engine::validation::{Problem, ProblemCode as Code, Stage, check};
use assessment_rules::evaluate;

/// What must be answered, when it must be, and when it need not be. The place itself is taken back in both.
struct Condition(&'static str, Changes, Changes);

const UNBORN: Changes =
    &[("identifying_details.dob", Date("")), ("identifying_details.edd", Date("2027-02-01"))];
const TEN: Changes =
    &[("identifying_details.dob", Date("2016-11-20")), ("identifying_details.disabled", Text("no"))];
const CHECKED: Changes = &[
    ("pre_assessment_checklist.healthy", Text("yes")),
    ("pre_assessment_checklist.safe", Text("yes")),
    ("pre_assessment_checklist.learning", Text("yes")),
    ("pre_assessment_checklist.positive", Text("yes")),
    ("pre_assessment_checklist.free_from_poverty", Text("yes")),
];
const REFUSED: Changes =
    &[("consent.people[0].says", Text("refuses")), ("consent.people[1].says", Text("refuses"))];
const NOT_SOUGHT: Changes = &[("consent.sought", Text("no"))];
const WITHDRAWN: Changes = &[("consent.people[0].says", Text("withdrew"))];
const GIVEN: Changes = &[("consent.sought", Text("yes"))];
const LIMITED: Changes = &[("consent.people[0].says", Text("agrees_partly"))];
const COMPETENT: Changes = &[("consent.people[0].who", Text("young_person_competent"))];
/// As records of the first version have it: one status for everybody.
const OLD: Changes = &[("consent.sought", Text("")), ("consent.people", Rows(0))];
/// As a record has it in which nobody answered for everybody.
const NEW: Changes =
    &[("consent.status", Text("")), ("consent.given_by", List(&[])), ("consent.signatories", Rows(0))];
const OLD_REFUSED: Changes = &[OLD[0], OLD[1], ("consent.status", Text("refused"))];
const OLD_NOT_SOUGHT: Changes = &[OLD[0], OLD[1], ("consent.status", Text("not_sought"))];
const OLD_WITHDRAWN: Changes = &[OLD[0], OLD[1], ("consent.status", Text("withdrawn"))];
const OLD_LIMITED: Changes = &[OLD[0], OLD[1], ("consent.status", Text("given_partly"))];
/// The family says no, and it is shared all the same.
const SHARED: Changes = &[REFUSED[0], REFUSED[1], ("sharing.choice", Text("share"))];
const HARM: Changes = &[("elements.general_health.indicators.GH-402", Text("yes"))];
const DECIDED_R2: Changes = &[("conclusions.decision", Text("R2"))];
const DECIDED_R4: Changes = &[("conclusions.decision", Text("R4"))];

const CONDITIONS: &[Condition] = &[
    Condition("identifying_details.sex", &[], UNBORN),
    Condition("identifying_details.unborn_label", UNBORN, &[]),
    Condition(
        "identifying_details.address.line_1",
        &[],
        &[("identifying_details.address_status", Text("no_fixed_address"))],
    ),
    Condition(
        "identifying_details.address.postcode",
        &[],
        &[("identifying_details.address_status", Text("withheld"))],
    ),
    Condition("identifying_details.ethnicity", &[], UNBORN),
    Condition(
        "identifying_details.ethnicity_other",
        &[("identifying_details.ethnicity", Text("WOTH"))],
        &[("identifying_details.ethnicity", Text("REFU"))],
    ),
    Condition(
        "identifying_details.first_language_other",
        &[("identifying_details.first_language", Text("mis"))],
        &[],
    ),
    Condition(
        "identifying_details.disability",
        &[("identifying_details.disabled", Text("yes"))],
        &[("identifying_details.disabled", Text("unknown"))],
    ),
    Condition(
        "identifying_details.disability_details",
        &[("identifying_details.disabled", Text("yes"))],
        &[("identifying_details.disabled", Text("no"))],
    ),
    Condition(
        "identifying_details.independently_mobile",
        &[("identifying_details.dob", Date("2024-11-24")), ("identifying_details.disabled", Text("no"))],
        TEN,
    ),
    Condition(
        "identifying_details.independently_mobile",
        &[("identifying_details.dob", Date("2016-11-20"))],
        TEN,
    ),
    Condition(
        "identifying_details.independently_mobile",
        &[("identifying_details.dob", Date("2024")), ("identifying_details.disabled", Text("no"))],
        UNBORN,
    ),
    Condition(
        "identifying_details.setting",
        &[("identifying_details.dob", Date("2024-11-23"))],
        &[("identifying_details.dob", Date("2024-11-24"))],
    ),
    Condition(
        "identifying_details.setting",
        &[("identifying_details.dob", Date("2008-11-24"))],
        &[("identifying_details.dob", Date("2008-11-23"))],
    ),
    Condition("assessment_information.child_seen", &[], UNBORN),
    Condition("assessment_information.how_views_obtained", &[], UNBORN),
    Condition(
        "parents_and_carers[0].not_to_be_told_reason",
        &[("parents_and_carers[0].not_to_be_told", Text("address"))],
        &[("parents_and_carers[0].not_to_be_told", Text(""))],
    ),
    Condition("assessor.role_other", &[("assessor.role", Text("other"))], &[]),
    Condition(
        "assessor.lead_professional.phone",
        &[("assessor.lead_professional.name", Text("A Name"))],
        &[("assessor.lead_professional.name", Text(""))],
    ),
    Condition(
        "assessor.lead_professional.email",
        &[("assessor.lead_professional.name", Text("A Name"))],
        &[("assessor.lead_professional.name", Text(""))],
    ),
    Condition(
        "services_involved[0].may_share",
        &[("services_involved[0].status", Text("now"))],
        &[("services_involved[0].status", Text("wanted"))],
    ),
    Condition("elements.identity.evidence", &[], &[("elements.identity.needs", Text(" "))]),
    Condition(
        "conclusions.decision_reason",
        DECIDED_R2,
        &[("danger_now", Text("no")), ("conclusions.decision", Text("R0"))],
    ),
    Condition("agreed_actions.review_date", DECIDED_R2, DECIDED_R4),
    Condition("agreed_actions.lead_professional_agreed", DECIDED_R2, &[("conclusions.decision", Text("R1"))]),
    Condition(
        "agreed_actions.actions[0].completed_on",
        &[("agreed_actions.actions[0].status", Text("done"))],
        &[("agreed_actions.actions[0].status", Text("blocked"))],
    ),
    Condition("voices.child_comment_method", &[], &[("voices.child_comment", Text(""))]),
    Condition("voices.no_child_comment_reason", &[("voices.child_comment", Text(""))], &[]),
    Condition("voices.no_child_comment_reason", &[("voices.child_comment", Text(""))], UNBORN),
    Condition("voices.no_parent_comment_reason", &[("voices.parent_comments", Rows(0))], &[]),
    Condition("voices.child_agrees", &[], UNBORN),
    Condition("consent.not_sought_reason", NOT_SOUGHT, GIVEN),
    Condition("consent.not_sought_details", NOT_SOUGHT, REFUSED),
    Condition("consent.not_sought_authorised_by", NOT_SOUGHT, GIVEN),
    Condition("consent.sought", NEW, OLD),
    Condition("consent.status", &[OLD[0], OLD[1]], GIVEN),
    Condition("consent.not_sought_reason", OLD_NOT_SOUGHT, OLD_REFUSED),
    Condition("consent.people[0].name", REFUSED, NOT_SOUGHT),
    Condition("consent.people[0].says", GIVEN, NOT_SOUGHT),
    Condition("consent.people[0].agreed_on", GIVEN, REFUSED),
    Condition("consent.people[0].agreed_how", LIMITED, WITHDRAWN),
    Condition("consent.people[0].limits", LIMITED, GIVEN),
    Condition("consent.people[0].refused_on", REFUSED, LIMITED),
    Condition("consent.people[0].refused_how", WITHDRAWN, GIVEN),
    Condition("consent.people[0].competence.own_view", COMPETENT, GIVEN),
    Condition(
        "consent.people[0].competence.own_view",
        COMPETENT,
        &[COMPETENT[0], ("consent.people[0].says", Text("not_asked"))],
    ),
    Condition("consent.given_by", OLD_REFUSED, OLD_NOT_SOUGHT),
    Condition("consent.given_by", OLD_REFUSED, REFUSED),
    Condition("consent.explained", GIVEN, NOT_SOUGHT),
    Condition("consent.share", GIVEN, REFUSED),
    Condition("consent.services", &[("consent.share", Text("yes"))], &[("consent.share", Text("no"))]),
    Condition("consent.exclusions", OLD_LIMITED, GIVEN),
    Condition(
        "consent.competence.view",
        &[OLD[0], OLD[1], ("consent.given_by", List(&["young_person_competent"]))],
        &[OLD[0], OLD[1], ("consent.given_by", List(&["parent_pr"]))],
    ),
    Condition(
        "consent.competence.free_choice",
        &[
            OLD[0],
            OLD[1],
            ("consent.given_by", List(&["parent_pr", "young_person_competent"])),
            ("consent.status", Text("refused")),
            ("sharing.choice", Text("share")),
        ],
        NOT_SOUGHT,
    ),
    Condition("consent.withdrawn_on", OLD_WITHDRAWN, WITHDRAWN),
    Condition("consent.withdrawn_by", OLD_WITHDRAWN, OLD_REFUSED),
    Condition("consent.withdrawn_effect", WITHDRAWN, REFUSED),
    Condition("consent.withdrawn_effect", OLD_WITHDRAWN, OLD_REFUSED),
    Condition("consent.no_signature_reason", &[("consent.signatories", Rows(0))], &[]),
    Condition(
        "consent.no_signature_reason",
        &[("consent.signatories", Rows(0))],
        &[("consent.signatories", Rows(0)), ("consent.people[0].agreed_how", Text("paper"))],
    ),
    Condition("sharing.choice", REFUSED, GIVEN),
    Condition("sharing.choice", &[("consent.share", Text("no"))], NOT_SOUGHT),
    Condition("sharing.lawful_reason", SHARED, REFUSED),
    Condition("exceptional_circumstances.raised_on", HARM, &[]),
    Condition("exceptional_circumstances.to_whom", HARM, &[]),
];

/// Takes back every indicator at the level of protection, so that single ones can be distinguished.
fn calm() -> Vec<(String, To)> {
    let pack = &STANDARDS.pack;
    let path = |i: &assessment_rules::Indicator| format!("elements.{}.indicators.{}", i.element, i.id);
    pack.indicators().iter().filter(|i| !i.strength).map(|i| (path(i), Text("no"))).collect()
}

/// Whether a place is missing: as a problem if it is required, else as not recorded, and never as both.
fn is_missing(all: &[(&str, To)], path: &str) -> bool {
    let (answers, standards) = (changed(all), &*STANDARDS);
    let problems = check(&answers, Stage::Submit, today(), standards);
    let code = |problem: &Problem| matches!(problem.code, Code::Needed | Code::NeededRow);
    let stops = problems.iter().any(|problem| problem.path == path && code(problem));
    let outcome = evaluate(&answers, today(), &standards.pack);
    let is_blank = not_recorded(&answers, today(), standards, &outcome).paths().contains(&path.to_owned());
    if standards.required.requirement(path).is_some() {
        assert_eq!(stops, is_blank, "{path}: what is required and missing is not recorded either");
        stops
    } else {
        assert!(!stops, "{path} stops sending and is not in the required set");
        is_blank
    }
}

#[test]
fn each_condition_decides() {
    let calm = calm();
    for Condition(path, met, not_met) in CONDITIONS {
        for (changes, expected) in [(met, true), (not_met, false)] {
            let mut all: Vec<(&str, To)> = calm.iter().map(|(path, to)| (path.as_str(), *to)).collect();
            all.extend(CHECKED.iter().copied());
            all.extend(changes.iter().copied());
            all.push((path, blank(path)));
            assert_eq!(is_missing(&all, path), expected, "{path} with {} changes", changes.len());
            let early = problems(&all, Stage::Section);
            assert!(!early.iter().any(|p| p.code == Code::Needed || p.code == Code::NeededRow), "{path}");
        }
    }
}

/// The empty answer of the kind that the place takes.
fn blank(path: &str) -> To {
    use assessment_engine::answers::Node;
    match base().node(path) {
        Some(Node::List(_)) => List(&[]),
        Some(Node::Date(_)) => Date(""),
        _ => Text(" "),
    }
}

/// Repeating groups in which rows are expected.
#[test]
fn rows_are_expected_where_the_form_says_so() {
    for (path, changes, expected) in [
        ("assessment_information.people_present", &[] as Changes, true),
        ("parents_and_carers", &[("home_and_family.parents_status", Text(""))], true),
        ("parents_and_carers", &[("home_and_family.parents_status", Text("none"))], false),
        ("home_and_family.household", &[("home_and_family.household_status", Text(""))], true),
        ("home_and_family.household", &[("home_and_family.household_status", Text("alone"))], false),
        ("services_involved", &[], true),
        ("agreed_actions.actions", DECIDED_R2, true),
        ("agreed_actions.actions", DECIDED_R4, false),
        ("voices.parent_comments", &[], false),
        ("consent.people", &[], true),
        ("consent.signatories", &[OLD[0], OLD[1]], false),
    ] {
        let mut all = changes.to_vec();
        all.push((path, Rows(0)));
        assert_eq!(is_missing(&all, path), expected, "{path}");
        // Of a row that was added and left empty, its questions are missing.
        all.push((path, Rows(1)));
        let answers = changed(&all);
        let outcome = evaluate(&answers, today(), &STANDARDS.pack);
        let missing = not_recorded(&answers, today(), &STANDARDS, &outcome).paths();
        assert!(missing.iter().any(|missing| missing.starts_with(&format!("{path}[0]."))), "{path}");
    }
}

/// What is not asked any more is kept and is no obstacle.
#[test]
fn answers_that_are_no_longer_asked_are_kept_and_do_not_count() {
    let changes: Changes = &[
        ("consent.not_sought_details", Text("Typed before the family agreed")),
        ("consent.sought", Text("yes")),
        ("consent.status", Text("given")),
        ("consent.people[0].refused_on", Date("2030-01-01")),
        ("consent.withdrawn_on", Date("2030-01-01")),
    ];
    assert_eq!(problems(changes, Stage::Submit), []);
    let kept = Answers::read(&base().to_json()).unwrap().answers;
    assert_eq!(kept, base());
}
