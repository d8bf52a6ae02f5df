//! The catalogue against the field dictionary of the form: nothing of sections 0 to 12 is left out, nothing is made
//! up, and each limit is the dictionary's or is argued here. Not a test of wording or of what a limit does.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::Caf;
use std::collections::{BTreeMap, BTreeSet};

use assessment_engine::answers::Question;
use assessment_engine::answers::{Answers, Node, NodeMut};
use assessment_form::Group;
use assessment_form::Kind;
use serde_json::Value;

/// Fields that no question answers, with the reason.
const NOT_ASKED: &[(&str, &str)] = &[
    ("unique_ref", "the server gives the reference when it stores the assessment"),
    ("version_no", "the server counts the revisions"),
    ("engine_result", "the engine's outcome, which nobody types"),
    ("x_text", "a sentence that the form shows"),
];

/// Rows whose limit is not the dictionary's, with the reason.
const OTHER_LIMITS: &[(&str, u16, &str)] = &[
    ("identifying_details.given_names", 70, "the checklist's one name (140) is given and family name here"),
    (
        "identifying_details.address.postcode",
        40,
        "8 once written in one way; people type and paste more around it",
    ),
    ("parents_and_carers[0].address.postcode", 40, "as above"),
    ("assessor.address.postcode", 40, "as above"),
    (
        "identifying_details.nhs_number",
        40,
        "10 digits once written in one way; people type it 3-3-4, with its name in front, and copy it",
    ),
    ("identifying_details.upn", 40, "13 characters once written in one way"),
    ("identifying_details.uln", 40, "10 digits once written in one way"),
    ("identifying_details.uci", 40, "13 characters once written in one way"),
    ("identifying_details.phones", 80, PHONE),
    ("parents_and_carers[0].phone", 80, PHONE),
    ("assessor.phone", 80, PHONE),
    ("assessor.lead_professional.phone", 80, PHONE),
    ("home_and_family.household[0].own_reference", 40, "20 once written in one way"),
    (
        "assessor.lead_professional.organisation",
        140,
        "the field holds email and agency; an agency has 140 elsewhere",
    ),
    ("voices.no_child_comment_reason", 500, "a reason beside the comment, not the comment"),
    ("voices.child_comment_language", 60, "a language beside the comment; languages have 60 elsewhere"),
    ("voices.parent_comments[0].name", 140, "whose comment it is; names have 140 elsewhere"),
    ("voices.no_parent_comment_reason", 500, "a reason beside the comment, not the comment"),
    ("consent.not_sought_authorised_by", 140, "a name beside the reason"),
    ("consent.no_signature_reason", 500, "a reason beside the name"),
    (
        "services_involved[0].contact_name",
        140,
        "a part of name and contact details; names have 140 elsewhere",
    ),
    (
        "services_involved[0].contact_phone",
        80,
        "a part of name and contact details; numbers have 80 elsewhere",
    ),
    ("linked_records[0].name", 140, "a name; names have 140 elsewhere"),
    ("linked_records[0].reference", 20, "as in the household"),
    ("linked_records[0].record", 60, "an id that the browser makes; it has 36"),
    ("urgent_log[0].action", 20, "a code of the rule pack"),
    ("urgent_log[0].what", 1000, "the longest action of a rule pack has about 300"),
    ("urgent_log[0].done_at", 40, "a time of day, however it is written"),
    ("urgent_log[0].spoke_to", 140, "a name; names have 140 elsewhere"),
    ("urgent_log[0].reference", 60, "as in section 12"),
    ("urgent_log[0].said", 2000, "as the concern in section 12"),
];

const PHONE: &str = "20 once written in one way; people add the extension, and whose number it is";

/// Questions that serve no field, with the reason.
const BEYOND: &[(&str, &str)] = &[
    (
        "danger_now",
        "the first question on every new record; the rules on urgent action ask it, the form does not",
    ),
    ("urgent_log[0].action", LOG),
    ("urgent_log[0].what", LOG),
    ("urgent_log[0].certainty", LOG),
    ("urgent_log[0].result", LOG),
    ("urgent_log[0].done_on", LOG),
    ("urgent_log[0].done_at", LOG),
    ("urgent_log[0].spoke_to", LOG),
    ("urgent_log[0].reference", LOG),
    ("urgent_log[0].said", LOG),
    ("linked_records[0].name", LINKED),
    ("linked_records[0].relationship", LINKED),
    ("linked_records[0].reference", LINKED),
    ("linked_records[0].record", LINKED),
    ("conclusions.explained[0].matter", EXPLAINED),
    ("conclusions.explained[0].answers", EXPLAINED),
    ("conclusions.explained[0].reason", EXPLAINED),
    ("sharing.choice", SHARING),
    ("sharing.lawful_reason", SHARING),
    ("sharing.reason", SHARING),
    ("sharing.decided_by", SHARING),
    ("sharing.family_told", SHARING),
];
const EXPLAINED: &str = "paper asks nobody why two answers are both right; the form does";
const LINKED: &str =
    "paper cannot be carried over; a record that began from a brother's or sister's is linked with it";
const SHARING: &str = "sharing although the family has not agreed, which paper leaves to a covering letter";
const LOG: &str = "what was done about an urgent action; the paper form has one concern, in section 12";

/// One row of the catalogue with its path; rows of repeating groups are at `[0]`.
struct Row {
    path: String,
    question: &'static Question,
    /// The fields that it serves; for a line of an address, those of the address.
    fields: &'static [&'static str],
    /// Whether text can be typed: one text, or one on each line.
    text: bool,
}

/// Opens one row of every repeating group, so that a walk meets every question.
fn open_rows(group: &mut dyn Group<Caf>) {
    for index in 0..group.questions().len() {
        match group.get_mut(index) {
            Some(NodeMut::Group(inner)) => open_rows(inner),
            Some(NodeMut::Rows(rows)) => {
                rows.push();
                open_rows(rows.row_mut(0).unwrap());
            }
            _ => {}
        }
    }
}

fn collect(group: &dyn Group<Caf>, stem: &str, around: &'static [&'static str], rows: &mut Vec<Row>) {
    for (index, question) in group.questions().iter().enumerate() {
        let path =
            if stem.is_empty() { question.name.to_owned() } else { format!("{stem}.{}", question.name) };
        let node = group.get(index).unwrap();
        let typed = matches!(node, Node::Text(_) | Node::List(_));
        let text = typed && !matches!(question.kind, Kind::Choice(_) | Kind::Choices(_));
        let fields = if question.fields.is_empty() { around } else { question.fields };
        match node {
            Node::Group(inner) => collect(inner, &path, fields, rows),
            Node::Rows(inner) => collect(inner.row(0).unwrap(), &format!("{path}[0]"), fields, rows),
            _ => {}
        }
        rows.push(Row { path, question, fields, text });
    }
}

fn catalogue() -> Vec<Row> {
    let mut answers = Answers::default();
    open_rows(&mut answers);
    let mut rows = Vec::new();
    collect(&answers, "", &[], &mut rows);
    rows
}

/// The fields of sections 0 to 12, by id.
fn dictionary() -> BTreeMap<String, Value> {
    let dictionary: Value = serde_json::from_str(include_str!("../../data/caf_form_fields.json")).unwrap();
    let in_scope = |item: &&Value| {
        let section = item["section"].as_str().unwrap();
        section.split('_').next().unwrap().parse::<u8>().unwrap() <= 12
    };
    let items = dictionary["items"].as_array().unwrap().iter().filter(in_scope);
    items.map(|item| (item["id"].as_str().unwrap().to_owned(), item.clone())).collect()
}

#[test]
fn every_field_of_the_form_is_asked() {
    let rows = catalogue();
    let served: BTreeSet<&str> = rows.iter().flat_map(|row| row.fields).copied().collect();
    let excused: BTreeSet<&str> = NOT_ASKED.iter().map(|(id, _)| *id).collect();
    let fields = dictionary();
    assert!(fields.len() > 100, "the dictionary is whole: {} fields", fields.len());
    let missing: Vec<&String> =
        fields.keys().filter(|id| !served.contains(id.as_str()) && !excused.contains(id.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new(), "fields without a question");
    for id in excused {
        assert!(fields.contains_key(id) && !served.contains(id), "{id} needs no excuse");
    }
}

#[test]
fn no_question_names_a_field_that_does_not_exist() {
    let fields = dictionary();
    for row in catalogue() {
        for id in row.fields {
            assert!(fields.contains_key(*id), "{} names `{id}`", row.path);
        }
    }
}

#[test]
fn limits_are_the_dictionarys() {
    let fields = dictionary();
    let mut wrong = Vec::new();
    for row in catalogue().iter().filter(|row| row.text) {
        let limits: Vec<u64> =
            row.fields.iter().filter_map(|id| fields[*id]["max_length"].as_u64()).collect();
        let max = row.question.max;
        if limits.iter().all(|limit| *limit == u64::from(max)) {
            continue;
        }
        let argued = OTHER_LIMITS.iter().any(|(path, other, _)| *path == row.path && *other == max);
        if !argued {
            wrong.push(format!("{} has {max}, the dictionary {limits:?}", row.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (path, max, _) in OTHER_LIMITS {
        let found = catalogue().iter().any(|row| row.path == *path && row.question.max == *max);
        assert!(found, "{path} has no longer the limit {max}");
    }
}

/// A text without a limit could be as long as the machine bears.
#[test]
fn every_text_has_a_limit() {
    let unlimited: Vec<String> = catalogue()
        .into_iter()
        .filter(|row| row.text && row.question.max == 0 && row.question.kind != Kind::Score)
        .map(|row| row.path)
        .collect();
    assert_eq!(unlimited, Vec::<String>::new());
}

#[test]
fn questions_beyond_the_dictionary_are_known() {
    let beyond: Vec<String> = catalogue()
        .into_iter()
        .filter(|row| row.fields.is_empty() && !matches!(row.question.kind, Kind::Group | Kind::Rows(_)))
        .map(|row| row.path)
        .collect();
    let known: Vec<_> = BEYOND.iter().map(|(path, _)| path.to_string()).collect();
    assert_eq!(
        beyond, known,
        "name the field of `crates/engine/tests/data/caf_form_fields.json` that the question serves; if there is none, \
         add its path to `BEYOND` with the reason"
    );
}
