//! Answers that a portal knows already and fills in before anybody types: who the child is, who cares for them, who assesses.
//! They go through the same door as typing, and the practitioner confirms them.
//!
//! Never what somebody has to find out or decide with the family: danger, concerns, agreement, conclusions, and who must not
//! be told. A portal's error there would look like a person's answer.

use assessment_form::{Edit, Group, Kind, WrittenDate};
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::answers::{Answers, Caf, Node};
use crate::problem::ProblemCode;
use crate::standards::Standards;
use crate::validation::{Stage, check};

/// The sections whose answers say who somebody is and how to reach them.
const SECTIONS: [&str; 5] =
    ["identifying_details", "parents_and_carers", "home_and_family", "assessor", "services_involved"];
/// Fields of the paper form that may be filled in: names, numbers, addresses, languages, and who works with the family. All
/// others there decide who may know, what rules read, or what somebody agreed to.
const MAY: [&str; 33] = [
    "given_names",
    "family_name",
    "preferred_name",
    "aka",
    "unborn_label",
    "dob",
    "edd",
    "sex",
    "address",
    "phone",
    "email",
    "ethnicity",
    "ethnicity_other",
    "first_language",
    "parent_language",
    "interpreter",
    "nhs_number",
    "upn",
    "uci_uln",
    "setting",
    "year_group",
    "pc_name",
    "pc_relationship",
    "pc_phone",
    "pc_email",
    "pc_dob",
    "household",
    "as_name",
    "as_role",
    "as_org",
    "as_phone",
    "as_email",
    "svc_details",
];
/// The most rows that a portal can fill in of one group. More is a mistake.
const MAX_ROWS: usize = 12;
/// The most fields that are looked at.
const MAX_FIELDS: usize = 200;

/// What became of the fields that a portal gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Prefilled {
    /// The answers with what could be taken.
    pub answers: Answers,
    /// The sections into which something was filled, in form order.
    pub sections: Vec<&'static str>,
    /// The paths of fields that were not taken: not declared, not one of those that may be filled in, or no valid answer.
    pub refused: Vec<String>,
}

/// Fills in the fields that are blank, and leaves all others as they are. Texts and codes are strings, lists are arrays of
/// strings, dates are `2019-02-03`, `2019-02` or `2019`. A row is added where the path names the first that there is not.
#[must_use]
pub fn prefill(
    answers: &Answers,
    fields: &Map<String, Value>,
    today: Date,
    standards: &Standards,
) -> Prefilled {
    let mut answers = answers.clone();
    let (mut filled, mut refused) = (Vec::new(), Vec::new());
    // Shorter paths first, so that row 9 comes before row 10.
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(path, _)| (path.len(), *path));
    for (at, (path, value)) in fields.into_iter().enumerate() {
        if at >= MAX_FIELDS {
            refused.push(path.clone());
            continue;
        }
        match taken(&answers, path, value, today, standards) {
            Taken::Filled(next) => {
                answers = *next;
                filled.push(section(path));
            }
            Taken::Answered => {}
            Taken::Refused => refused.push(path.clone()),
        }
    }
    let sections = SECTIONS.into_iter().filter(|name| filled.contains(name)).collect();
    Prefilled { answers, sections, refused }
}

enum Taken {
    Filled(Box<Answers>),
    /// Something is there already.
    Answered,
    Refused,
}

fn taken(answers: &Answers, path: &str, value: &Value, today: Date, standards: &Standards) -> Taken {
    if !SECTIONS.contains(&section(path)) {
        return Taken::Refused;
    }
    let mut next = answers.clone();
    let edit = match with_row(&mut next, path).and_then(|()| edit(&next, path, value)) {
        Some(Some(edit)) => edit,
        Some(None) => return Taken::Answered,
        None => return Taken::Refused,
    };
    if next.apply(path, edit).is_err() {
        return Taken::Refused;
    }
    let is_wrong = |code: ProblemCode| !matches!(code, ProblemCode::Needed | ProblemCode::NeededRow);
    let found = check(&next, Stage::Submit, today, standards);
    match found.iter().any(|problem| problem.path == path && is_wrong(problem.code)) {
        true => Taken::Refused,
        false => Taken::Filled(Box::new(next)),
    }
}

/// The top of a path.
fn section(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}

/// Adds the row that a path leads through, where it is the next one. `None` where the path skips rows.
fn with_row(answers: &mut Answers, path: &str) -> Option<()> {
    let Some((rows, rest)) = path.split_once('[') else { return Some(()) };
    let row: usize = rest.split(']').next()?.parse().ok()?;
    let Some(Node::Rows(there)) = answers.node(rows) else { return None };
    match row.checked_sub(there.len()) {
        None => Some(()),
        Some(0) if row < MAX_ROWS => answers.apply(rows, Edit::AddRow).ok(),
        Some(_) => None,
    }
}

/// The change that answers a blank question: `Some(None)` where it is answered, `None` where it may not be filled in so.
fn edit(answers: &Answers, path: &str, value: &Value) -> Option<Option<Edit>> {
    let record: &dyn Group<Caf> = answers;
    let found = assessment_form::find(record, path)?;
    if !may(path, found.question.fields) || found.question.kind == Kind::Group || found.indicator.is_some() {
        return None;
    }
    let edit = match (found.node, value) {
        (Node::Text(_), Value::String(text)) => Edit::Text(text.clone()),
        (Node::Date(_), Value::String(text)) => Edit::Date(WrittenDate::from_iso(text)?),
        (Node::List(_), Value::Array(items)) => {
            Edit::List(items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some(found.node.is_blank().then_some(edit))
}

/// Whether a question may be filled in.
fn may(path: &str, fields: &[&str]) -> bool {
    match fields {
        // The lines of an address have no field of their own.
        [] | ["postcode"] => path.contains("address."),
        // What kind of service it is; whether somebody has a GP is another question.
        ["svc_type"] => section(path) == "services_involved",
        [first, ..] => MAY.contains(first),
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test says what must exist")]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    fn filled(answers: &Answers, fields: Value) -> Prefilled {
        prefill(
            answers,
            fields.as_object().expect("an object"),
            date(2026, 11, 27),
            &Standards::built_in().expect("rules"),
        )
    }

    #[test]
    fn declared_fields_are_filled_in_through_the_same_door_as_typing() {
        let prefilled = filled(
            Answers::blank(),
            json!({
                "identifying_details.given_names": "Zebedee",
                "identifying_details.dob": "2019-02-03",
                "parents_and_carers[0].name": "Ada Quill",
                "parents_and_carers[1].name": "Bo Quill",
                "assessor.name": "Cy Marsh",
                "assessor.address.line_1": "1 High Street",
                "services_involved[0].service": "school_nursing",
            }),
        );
        assert_eq!(prefilled.refused, Vec::<String>::new());
        assert_eq!(
            prefilled.sections,
            ["identifying_details", "parents_and_carers", "assessor", "services_involved"]
        );
        let text = |path| prefilled.answers.text(path).to_owned();
        assert_eq!(text("identifying_details.given_names"), "Zebedee");
        assert_eq!(text("parents_and_carers[1].name"), "Bo Quill");
        assert_eq!(
            prefilled.answers.identifying_details.dob,
            WrittenDate::from_iso("2019-02-03").expect("a day")
        );
    }

    #[test]
    fn what_was_typed_stays() {
        let mut answers = Answers::default();
        answers.assessor.name = "Typed".into();
        let prefilled = filled(&answers, json!({ "assessor.name": "Cy Marsh" }));
        assert_eq!(prefilled, Prefilled { answers, sections: Vec::new(), refused: Vec::new() });
    }

    /// A portal's error in them would look like somebody's answer.
    #[test]
    fn danger_concern_agreement_and_decision_are_never_filled_in() {
        let fields = json!({
            "danger_now": "no",
            "consent.agreed": "yes",
            "conclusions.needs_met": "yes",
            "elements.identity.needs": "none",
            "elements.identity.status": "not_discussed",
            "voices.child": "fine",
            "sharing.choice": "yes",
            "identifying_details.address_confidential": "no",
            "identifying_details.safe_to_contact": "ring any time",
            "parents_and_carers[0].not_to_be_told": "no",
            "parents_and_carers[0].parental_responsibility": "yes",
            "services_involved[0].may_share": "yes",
            "identifying_details.legal_status": "none",
            "identifying_details.disabled": "no",
            "identifying_details.independently_mobile": "yes",
            "identifying_details.young_carer": "no",
            "identifying_details.immigration_status": "british_irish",
            "identifying_details.special_requirements": "none",
            "identifying_details.gp_status": "registered",
            "home_and_family.home_situation": "fine",
        });
        let prefilled = filled(Answers::blank(), fields.clone());
        assert_eq!(&prefilled.answers, Answers::blank());
        assert_eq!(prefilled.refused.len(), fields.as_object().expect("an object").len());
    }

    #[test]
    fn unknown_and_invalid_fields_are_refused_and_the_rest_is_taken() {
        let prefilled = filled(
            Answers::blank(),
            json!({
                "identifying_details.nickname": "Z",
                "identifying_details.given_names": 7,
                "identifying_details.nhs_number": "123",
                "identifying_details.dob": "yesterday",
                "assessor.role": "wizard",
                "assessor.address": "1 High Street",
                "parents_and_carers[4].name": "Ada Quill",
                "__proto__": "x",
                "": "x",
                "assessor.name": "Cy Marsh",
            }),
        );
        assert_eq!(prefilled.refused.len(), 9, "{:?}", prefilled.refused);
        assert_eq!(prefilled.sections, ["assessor"]);
        assert!(prefilled.answers.parents_and_carers.is_empty());
    }
}
