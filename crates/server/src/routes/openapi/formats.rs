//! What the text of a member or a parameter looks like, said once for each name: ids, days, moments, codes. A test compares
//! every reply with it, and `cargo xtask contract` every request.

mod family;
mod partners;
mod take_up;
mod team;

use serde_json::Value;
use utoipa::openapi::{
    OpenApi, RefOr, Schema, SchemaFormat, Type,
    path::Parameter,
    schema::{AdditionalProperties, Array, ArrayItems, Object, SchemaType},
};

use Shape::{AnyTag, Day, Id, Integer, Matching, Moment, OneOf, RandomId, Time, UpTo, Words};
use assessment_engine::{FIRST_FORM_VERSION, FORM_VERSION, SECOND_FORM_VERSION};

use super::{
    answers, operations,
    patterns::{
        DAY, ENCODED, ID, INSTANCE, MOMENT, NAME, OWN_PAGE, PAIR, RANDOM_ID, REFERENCE, REVISION, TIME,
    },
};

/// What a text looks like.
#[derive(Clone, Copy)]
enum Shape {
    /// A UUID in lower case.
    Id,
    /// The same, of version 4.
    RandomId,
    /// A day of the calendar.
    Day,
    /// A moment with its offset.
    Moment,
    /// A day or a moment.
    Time,
    /// One of these codes.
    OneOf(&'static [&'static str]),
    /// Text that this expression matches.
    Matching(&'static str),
    /// Text of at most so many characters.
    Words(usize),
    /// A number up to the largest that a database counts to.
    Integer,
    /// A number up to this one.
    UpTo(isize),
    /// An entity tag of ours, or several.
    AnyTag,
}

const FORMS: Shape = OneOf(&[FIRST_FORM_VERSION, SECOND_FORM_VERSION, FORM_VERSION]);
const STATES: Shape = OneOf(&[
    "enquiry",
    "consent_pending",
    "drafting",
    "shared",
    "tac_scheduled",
    "plan_active",
    "in_review",
    "declined",
    "referred",
    "stepped_up",
    "transferring",
    "closed",
    "merged",
]);
const PROTECTIONS: Shape = OneOf(&["ordinary", "confidential", "shielded"]);
const NOTES: Shape = OneOf(&["comment", "safeguarding", "second_opinion"]);
const LEVELS: Shape = OneOf(&["L1", "L2", "L3", "L4a", "L4b"]);

/// Members and parameters by where they are, a schema or an operation, and their name. `*` is anywhere.
#[rustfmt::skip]
const SHAPES: &[(&str, &str, Shape)] = &[
    ("list_assessments", "since", Moment),
    ("list_duplicates", "after", Matching(PAIR)),
    ("list_episodes", "whose", OneOf(&["mine", "organisation"])),
    ("list_register", "state", STATES),
    ("export_register", "state", STATES),
    ("read_audit", "from", Time),
    ("read_audit", "to", Time),
    ("list_looks_to_ask_about", "from", Time),
    ("list_looks_to_ask_about", "to", Time),
    ("read_access_log", "from", Time),
    ("read_access_log", "to", Time),
    ("list_register", "from", Time),
    ("list_register", "to", Time),
    ("export_register", "from", Time),
    ("export_register", "to", Time),
    ("read_assessment", "id", RandomId),
    ("read_draft", "id", RandomId),
    ("save_draft", "id", RandomId),
    ("delete_draft", "id", RandomId),
    ("list_assessments", "before", RandomId),
    ("read_audit", "before", Integer),
    ("read_audit", "after", Integer),
    ("read_access_log", "before", Integer),
    ("list_notes", "after", Integer),
    ("undo_merge", "merge", Integer),
    ("begin_sign_in", "return_to", Matching(OWN_PAGE)),
    ("save_draft", "If-None-Match", OneOf(&["*"])),
    ("save_own_page", "If-None-Match", OneOf(&["*"])),
    ("*", "If-None-Match", AnyTag),
    ("*", "If-Match", Matching(REVISION)),
    ("*", "Access-Reason", Matching(ENCODED)),
    ("*", "Idempotency-Key", Matching("^[!-~]{1,128}$")),
    ("*", "Sent-By", Matching("^(?:[0-9a-f]{32}|nobody)$")),

    ("NewAssessment", "form_version", FORMS),
    ("NewEvaluation", "form_version", FORMS),
    ("NewEvaluation", "as_of", Day),
    ("EpisodeLink", "kind", OneOf(&["correction", "new_version"])),
    ("EpisodeLink", "reason", Words(1000)),
    ("PeopleSearch", "text", Words(200)),
    ("PeopleSearch", "reason", Words(1000)),
    ("MatchQuestion", "person", Id),
    ("MatchQuestion", "reason", Words(1000)),
    ("NewMember", "issuer", Matching(NAME)),
    ("NewMember", "subject", Matching(NAME)),
    ("NewMember", "organisation", Matching(NAME)),
    ("NewMember", "role", OneOf(&["practitioner", "lead_professional", "tac_member", "family_viewer"])),
    ("NewMember", "until", Moment),
    ("NewMember", "sections", UpTo(15)),
    ("NewNote", "kind", NOTES),
    ("NewNote", "level", LEVELS),
    ("NewNote", "section", UpTo(15)),
    ("NewNote", "protection", PROTECTIONS),
    ("NewNote", "words", Words(4000)),
    ("NewClosure", "words", Words(1000)),
    ("NewClosure", "why_safe", Words(1000)),
    ("NewReopening", "reason", Words(1000)),
    ("NewHolder", "organisation", Matching(NAME)),
    ("Excluded", "organisation", Matching(NAME)),
    ("ExcludedPerson", "issuer", Matching(NAME)),
    ("ExcludedPerson", "subject", Matching(NAME)),
    ("LiftedExclusion", "reason", Words(1000)),
    ("NewWrittenForm", "by", OneOf(&["online_form", "email", "paper"])),
    ("WrittenShown", "by", OneOf(&["online_form", "email", "paper", "opened_here"])),
    ("NewReferralAnswer", "answer", OneOf(&["accepted", "not_accepted"])),
    ("NewShutOut", "reason", Words(1000)),
    ("OwnPage", "name", Words(140)),
    ("OwnPage", "job_title", Words(100)),
    ("OwnPage", "phone", Words(80)),
    ("OwnPage", "training_level", Words(100)),
    ("ChildDetails", "given_names", Words(200)),
    ("ChildDetails", "family_name", Words(200)),
    ("ChildDetails", "born", Words(200)),
    ("ChildDetails", "nhs_number", Words(200)),
    ("ChildDetails", "upn", Words(200)),
    ("ChildDetails", "uln", Words(200)),
    ("ChildDetails", "reference", Words(200)),
    ("ChildDetails", "postcode", Words(200)),
    ("ChildDetails", "other_names", Words(200)),
    ("ChildDetails", "address", Words(200)),
    ("ChildDetails", "phones", Words(200)),

    ("ProblemDetails", "type", OneOf(&["about:blank"])),
    ("Health", "status", OneOf(&["ok"])),
    ("EpisodeShown", "state", STATES),
    ("EpisodeRecord", "stage", team::STAGES),
    ("SubjectEpisode", "state", STATES),
    ("EpisodeRecord", "protection", PROTECTIONS),
    ("ReferralShown", "answer", OneOf(&["accepted", "not_accepted"])),
    ("NoteShown", "kind", NOTES),
    ("NoteShown", "level", LEVELS),
    ("NoteShown", "protection", PROTECTIONS),
    ("VersionSummary", "kind", OneOf(&["first", "correction", "new_version", "late_amendment"])),
    ("AnswerChange", "change", OneOf(&["added", "removed", "changed", "protected"])),
    ("EpisodeMember", "status", OneOf(&["live", "not_yet", "asleep", "ended"])),
    ("PersonName", "kind", OneOf(&["usual", "legal", "former", "alias"])),
    ("PersonNumber", "system", OneOf(&["nhs-number", "upn", "uln", "uci", "reference"])),
    ("PersonPhone", "safe", OneOf(&["not-said", "safe", "not-safe"])),
    ("LookToAskAbout", "pattern", OneOf(&["same-surname", "many-records", "exported"])),
    ("DueRecord", "kept", OneOf(&["hold", "access-request", "open", "merge-can-be-undone", "birth-not-known"])),
    ("ErasedRecord", "because", OneOf(&["due", "decided", "reapplied"])),
    ("*", "up_to", PROTECTIONS),
    ("*", "sha256", Matching("^[0-9a-f]{64}$")),
    ("*", "person_digest", Matching("^[0-9a-f]{32}$")),
    ("Receipt", "reference", Matching(REFERENCE)),
    ("ProblemDetails", "instance", Matching(INSTANCE)),

    ("*", "at", Moment),
    ("*", "idle_until", Moment),
    ("EpisodeMember", "from", Moment),
    ("EpisodeMember", "until", Moment),
    ("SubjectMember", "from", Moment),
    ("LookToAskAbout", "first", Moment),
    ("LookToAskAbout", "last", Moment),
    ("*", "on", Day),
    ("Born", "from", Day),
    ("Born", "to", Day),
    ("Merge", "can_be_undone_until", Day),
    ("EpisodeMergeShown", "can_be_undone_until", Day),
    ("Hold", "until", Day),
    ("NewHold", "until", Day),

    ("Receipt", "id", RandomId),
    ("*", "child", Id),
    ("*", "episode", Id),
    ("*", "episodes", Id),
    ("Merge", "kept", Id),
    ("*", "merged", Id),
    ("*", "into", Id),
    ("*", "to_look_at", Id),
    ("NotTheSame", "other", Id),
    ("MergedNote", "from", Id),
    ("*", "started_from", Id),
    ("*", "request", Id),
    ("*", "hold", Id),
    ("*", "member", Id),
    ("*", "people", Id),
    ("*", "people_needed_elsewhere", Id),
    ("ErasedRecord", "versions", Id),
    ("read_audit", "person", Id),
    ("*", "after", Id),
    ("AssessmentList", "next", Id),
    ("EpisodeList", "next", Id),
    ("DueRecords", "next", Id),
    ("Register", "next", Id),
    ("StaffList", "next", Id),
];

/// Names that are not what they are elsewhere.
const NOT: &[(&str, &str)] =
    &[("AuditActor", "id"), ("AuditRecord", "id"), ("OwnPage", "trained_on"), ("TakenApart", "look_at")];

/// What is taken, and answered, with these members and no others.
const CLOSED: [&str; 3] = ["Shown", "Suggestion", "Headline"];

/// Lists that take no more than so many.
const MAX_ITEMS: [(&str, &str, usize); 4] = [
    ("ChildDetails", "address", 10),
    ("ChildDetails", "other_names", 10),
    ("ChildDetails", "phones", 10),
    ("NewCirculation", "to", 50),
];

fn all() -> impl Iterator<Item = &'static (&'static str, &'static str, Shape)> {
    SHAPES.iter().chain(family::SHAPES).chain(team::SHAPES).chain(take_up::SHAPES).chain(partners::SHAPES)
}

fn shape(place: &str, name: &str) -> Option<Shape> {
    let find = |wanted: &str| all().find(|(at, called, _)| *at == wanted && *called == name);
    if NOT.contains(&(place, name)) {
        return None;
    }
    find(place).or_else(|| find("*")).map(|(.., shape)| *shape).or_else(|| match name {
        "id" => Some(Id),
        _ if name.ends_with("_at") => Some(Moment),
        _ if name.ends_with("_on") => Some(Day),
        _ => None,
    })
}

impl Shape {
    /// Whether it is of that kind of value.
    fn fits(self, object: &Object) -> bool {
        let wanted = if matches!(self, Integer | UpTo(_)) { Type::Integer } else { Type::String };
        is_of(object, &wanted)
    }

    fn describe(self, object: &mut Object) {
        let format = |name: &str| Some(SchemaFormat::Custom(name.to_owned()));
        let matching = |pattern: &str| Some(pattern.to_owned());
        match self {
            Id => (object.format, object.pattern) = (format("uuid"), matching(ID)),
            RandomId => (object.format, object.pattern) = (format("uuid"), matching(RANDOM_ID)),
            Day => (object.format, object.pattern) = (format("date"), matching(DAY)),
            Moment => (object.format, object.pattern) = (format("date-time"), matching(MOMENT)),
            Time => object.pattern = matching(TIME),
            Matching(pattern) => object.pattern = matching(pattern),
            Words(most) => object.max_length = Some(most),
            Integer => object.maximum = Some(utoipa::Number::Int(isize::MAX)),
            UpTo(most) => object.maximum = Some(utoipa::Number::Int(most)),
            AnyTag => {}
            OneOf(codes) => {
                let mut codes: Vec<Value> = codes.iter().map(|code| Value::from(*code)).collect();
                if may_be_null(object) {
                    codes.push(Value::Null);
                }
                object.enum_values = Some(codes);
            }
        }
    }
}

fn may_be_null(object: &Object) -> bool {
    matches!(&object.schema_type, SchemaType::Array(types) if types.contains(&Type::Null))
}

fn is_of(object: &Object, wanted: &Type) -> bool {
    match &object.schema_type {
        SchemaType::Type(found) => found == wanted,
        SchemaType::Array(types) => types.contains(wanted),
        SchemaType::AnyValue => false,
    }
}

/// Says it of every member and parameter.
pub(super) fn describe(document: &mut OpenApi) {
    if let Some(components) = &mut document.components {
        for (name, schema) in &mut components.schemas {
            // What people type is described where the answers are: a time of day is no moment.
            if let RefOr::T(Schema::Object(object)) = schema
                && !name.starts_with(answers::ALL)
            {
                members(name, object);
            }
        }
    }
    for (_, operation) in operations(document) {
        let place = operation.operation_id.clone().unwrap_or_default();
        for parameter in operation.parameters.iter_mut().flatten() {
            if let RefOr::T(parameter) = parameter {
                describe_parameter(&place, parameter);
            }
        }
    }
}

fn members(place: &str, object: &mut Object) {
    if CLOSED.contains(&place) {
        object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    }
    for (name, member) in &mut object.properties {
        let limit =
            MAX_ITEMS.iter().chain(&family::MAX_ITEMS).find(|(at, called, _)| *at == place && called == name);
        if let (Some((.., max)), RefOr::T(Schema::Array(list))) = (limit, &mut *member) {
            list.max_items = Some(*max);
        }
        let Some(shape) = shape(place, name) else { continue };
        match member {
            RefOr::T(Schema::Object(object)) if shape.fits(object) => shape.describe(object),
            RefOr::T(Schema::Array(Array { items: ArrayItems::RefOrSchema(items), .. })) => {
                if let RefOr::T(Schema::Object(object)) = items.as_mut()
                    && shape.fits(object)
                {
                    shape.describe(object);
                }
            }
            RefOr::T(_) | RefOr::Ref(_) => {}
        }
    }
}

fn describe_parameter(place: &str, parameter: &mut Parameter) {
    let Some(RefOr::T(Schema::Object(object))) = &mut parameter.schema else { return };
    // What is left out of an address or a head is absent, not null.
    if let SchemaType::Array(types) = &object.schema_type
        && let Some(only) = types.iter().find(|one| **one != Type::Null)
    {
        object.schema_type = SchemaType::Type(only.clone());
    }
    if let Some(shape) = shape(place, &parameter.name) {
        shape.describe(object);
    }
    if is_of(object, &Type::Integer) && parameter.name == "number" {
        object.minimum = Some(utoipa::Number::Int(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_of_something_that_exists() {
        let document: Value = serde_json::from_str(&super::super::document()).unwrap_or_default();
        let mut named = std::collections::BTreeSet::new();
        for (place, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
            named.extend(
                schema["properties"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, _)| (place.clone(), name.clone())),
            );
        }
        for operations in document["paths"].as_object().into_iter().flatten().map(|(_, item)| item) {
            for operation in operations.as_object().into_iter().flatten().map(|(_, operation)| operation) {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let place = text(&operation["operationId"]);
                named.extend(
                    operation["parameters"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .map(|one| (place.clone(), text(&one["name"]))),
                );
            }
        }
        for (place, name) in all().map(|(place, name, _)| (*place, *name)).chain(NOT.iter().copied()) {
            let found = named.iter().any(|(at, called)| called == name && (place == "*" || place == at));
            assert!(found, "{place}.{name} does not exist");
        }
    }
}
