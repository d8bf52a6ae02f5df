//! The answers of an assessment and of a team's records as schemas, made from the catalogues of questions: one for each group, so that a client in another
//! language knows every path. What a complete record must have is not in them: it follows from the answers, and 422 tells.

use std::collections::BTreeMap;

use assessment_engine::{answers::Answers, code_lists::CodeLists, standards::Standards};
use assessment_form::{Answer as _, Form, Group, Kind, MAX_ROWS, NodeMut, Question};
use assessment_team::{RecordKind, ReferralForm, TeamRecord};
use utoipa::openapi::{
    AllOf, ArrayBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Schema, Type,
    schema::{AdditionalProperties, AnyOfBuilder, SchemaType},
};

/// The schema of all answers. The names of those of its groups begin alike.
pub(super) const ALL: &str = "Answers";
/// The schema of a date as typed.
const DATE: &str = "WrittenDate";

/// Where the answers of a record are, as schema and member.
const PLACES: &[(&str, &str)] = &[
    ("NewAssessment", "answers"),
    ("NewEvaluation", "answers"),
    ("AssessmentRecord", "answers"),
    ("VersionRecord", "answers"),
];

/// Where the answers of the form for social care are, as schema and member.
const REFERRAL_PLACE: (&str, &str) = ("NewReferral", "answers");

/// Where a record of a team is, as schema and member.
const TEAM_PLACES: &[(&str, &str)] =
    &[("NewTeamRevision", "record"), ("TeamRecord", "record"), ("KeptTeamVersion", "record")];

/// Puts them into the document.
pub(super) fn describe(document: &mut OpenApi) {
    let Some(components) = &mut document.components else { return };
    let mut found = Found { schemas: BTreeMap::new(), lists: lists() };
    let mut answers = Answers::default();
    if let NodeMut::Group(group) = answers.node_mut() {
        found.group(ALL, "Every answer, by section. What is blank may be left out or null.", group);
    }
    let records = RecordKind::ALL.map(|kind| found.team_record(kind));
    let referral = found.form(
        "The form for social care. What is blank may be left out or null.",
        &mut ReferralForm::default(),
        ReferralForm::VERSION,
    );
    found.schemas.insert(DATE.to_owned(), date());
    components.schemas.extend(found.schemas.into_iter().map(|(name, schema)| (name, RefOr::T(schema))));
    let any =
        records.into_iter().fold(AnyOfBuilder::new(), |any, name| any.item(Ref::from_schema_name(name)));
    let any = RefOr::from(Schema::AnyOf(any.build()));
    let places = PLACES.iter().map(|place| (place, RefOr::from(Ref::from_schema_name(ALL))));
    let team_places = TEAM_PLACES.iter().map(|place| (place, any.clone()));
    let referral_place = [(&REFERRAL_PLACE, Ref::from_schema_name(referral).into())];
    for ((name, member), schema) in places.chain(team_places).chain(referral_place) {
        let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(*name) else { continue };
        let Some(RefOr::T(Schema::Object(old))) = object.properties.get(*member) else { continue };
        let described = described(schema, old.description.clone());
        object.properties.insert((*member).to_owned(), described);
    }
}

/// The options of every form.
fn lists() -> CodeLists {
    let standards = Standards::built_in().map_err(drop);
    let lists = standards.and_then(|standards| assessment_team::lists(&standards).map_err(drop));
    lists.unwrap_or_default()
}

/// A schema that is described where it is used.
fn described(schema: RefOr<Schema>, description: Option<String>) -> RefOr<Schema> {
    let mut all = AllOf::new();
    all.items.push(schema);
    all.description = description;
    Schema::AllOf(all).into()
}

struct Found {
    schemas: BTreeMap<String, Schema>,
    lists: CodeLists,
}

impl Found {
    fn team_record(&mut self, kind: RecordKind) -> String {
        let words = "A record of the team. What is blank may be left out or null.";
        self.form(words, TeamRecord::blank(kind).group_mut(), kind.form_version())
    }

    /// The answers of a form, and its version beside them. Gives the name of the schema.
    fn form<F: Form>(&mut self, description: &str, group: &mut dyn Group<F>, version: &str) -> String {
        let name = schema_name(group.key());
        self.group(&name, description, group);
        if let Some(Schema::Object(object)) = self.schemas.get_mut(&name) {
            let version = ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some([version]))
                .description(Some("The version of the form."));
            object.properties.insert("form_version".to_owned(), version.into());
            object.required.push("form_version".to_owned());
        }
        name
    }

    /// A group under that name, and those in it. A group that is in several places is described once.
    fn group<F: Form>(&mut self, name: &str, description: &str, group: &mut dyn Group<F>) {
        let mut object = ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some(description))
            .additional_properties(Some(AdditionalProperties::FreeForm(false)));
        let questions = group.questions();
        for (index, question) in questions.iter().enumerate() {
            let Some(node) = group.get_mut(index) else { continue };
            object = object.property(question.name, self.answer(question, node));
        }
        self.schemas.insert(name.to_owned(), Schema::Object(object.build()));
    }

    fn answer<F: Form>(&mut self, question: &Question<F>, node: NodeMut<'_, F>) -> RefOr<Schema> {
        let words = self.words(question);
        match node {
            NodeMut::Text(_) => ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
                .description(words)
                .into(),
            NodeMut::List(_) => ArrayBuilder::new()
                .schema_type(SchemaType::from_iter([Type::Array, Type::Null]))
                .items(ObjectBuilder::new().schema_type(Type::String))
                .description(words)
                .into(),
            NodeMut::Date(_) => or_null(Ref::from_schema_name(DATE).into()),
            NodeMut::Marks(_) => {
                let mark =
                    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null]));
                ObjectBuilder::new()
                    .schema_type(SchemaType::from_iter([Type::Object, Type::Null]))
                    .description(Some(
                        "`yes`, `unsure` or `no` by the id of the indicator, as in the rule pack.",
                    ))
                    .additional_properties(Some(RefOr::<Schema>::from(mark)))
                    .into()
            }
            NodeMut::Group(group) => or_null(self.within(group)),
            NodeMut::Rows(rows) => {
                rows.push();
                let row = rows.row_mut(0).map(|row| or_null(self.within(row))).unwrap_or_default();
                ArrayBuilder::new()
                    .schema_type(SchemaType::from_iter([Type::Array, Type::Null]))
                    .items(row)
                    .max_items(Some(MAX_ROWS))
                    .description(match question.kind {
                        Kind::Rows(most) => Some(format!("At most {most} in a record that is sent.")),
                        _ => None,
                    })
                    .into()
            }
        }
    }

    /// A reference to the schema of a group, which is made if it is the first of its kind.
    fn within<F: Form>(&mut self, group: &mut dyn Group<F>) -> RefOr<Schema> {
        let name = schema_name(group.key());
        if !self.schemas.contains_key(&name) {
            self.group(&name, "Answers that belong together.", group);
        }
        Ref::from_schema_name(name).into()
    }

    /// What a record that is sent may say here. What is only kept may say anything.
    fn words<F: Form>(&self, question: &Question<F>) -> Option<String> {
        let codes = |list: &str| {
            let codes: Vec<String> =
                self.lists.list(list).iter().map(|one| format!("`{}`", one.code)).collect();
            codes.join(", ")
        };
        let words = match question.kind {
            Kind::Choice(list) => format!("One of {}.", codes(list)),
            Kind::Choices(list) => format!("Any of {}.", codes(list)),
            Kind::Lines => "One text a line.".to_owned(),
            Kind::Phones => "A telephone number on each line.".to_owned(),
            Kind::Time => "A time of day, such as `14:30`.".to_owned(),
            Kind::Score => "A whole number from 0 to 10.".to_owned(),
            Kind::Money => "An amount in pounds, such as `25.50`.".to_owned(),
            _ => String::new(),
        };
        let most = (question.max > 0).then(|| format!("At most {} characters.", question.max));
        let all: Vec<String> = [words].into_iter().filter(|words| !words.is_empty()).chain(most).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }
}

/// The name of the schema of the group with that key: `identifying_details` is `AnswersIdentifyingDetails`.
fn schema_name(key: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
            .unwrap_or_default()
    };
    let words = key.split(|separator: char| !separator.is_ascii_alphanumeric()).map(capital);
    format!("{ALL}{}", words.collect::<String>())
}

fn or_null(schema: RefOr<Schema>) -> RefOr<Schema> {
    AnyOfBuilder::new().item(schema).item(ObjectBuilder::new().schema_type(Type::Null)).into()
}

fn date() -> Schema {
    let part = || ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null]));
    let boxes = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("day", part())
        .property("month", part())
        .property("year", part())
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    let whole = ObjectBuilder::new().schema_type(Type::String);
    Schema::AnyOf(
        AnyOfBuilder::new()
            .item(whole)
            .item(boxes)
            .description(Some(
                "A date as it was typed: `2019-02-03`, `2019-02` or `2019`, or three boxes that may hold anything. A date \
                 that is written in another way is read where it can be, and comes back as it was sent.",
            ))
            .build(),
    )
}
