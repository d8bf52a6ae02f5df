//! What has been typed so far: tolerant, everything optional, exactly as typed.
//!
//! Each section is one struct (`answers/<section>.rs`) declared with [`group!`], which puts each question beside its
//! field. Answers are of four kinds only: text (also one code), a list, a date as typed, and the marks of an element's
//! indicators. Whether an answer is *right* is not decided here: see `validation`.
//!
//! To add a field: add it with its question to its section, and its words to
//! `crates/wording/locales/en-GB/questions.json`. The wording and field-dictionary tests then say what is missing. No
//! view code changes unless it is a new kind of question.

mod age_about;
mod agreed_actions;
pub mod agreement;
mod assessment_information;
mod assessor;
mod blank;
mod conclusions;
mod consent;
mod elements;
mod exceptional_circumstances;
pub(crate) mod facts;
mod home_and_family;
mod identifying_details;
mod linked_records;
mod parents_and_carers;
mod people;
mod pre_assessment_checklist;
mod scope;
mod services_involved;
mod sharing;
mod urgent_log;
mod voices;

pub use age_about::AgeAbout;
pub use agreed_actions::{AgreedAction, AgreedActions};
pub use assessment_information::{AssessmentInformation, PersonPresent};
pub use assessor::{Assessor, LeadProfessional};
pub use blank::blank_record;
pub(crate) use conclusions::fingerprint;
pub use conclusions::{Conclusions, Explained};
pub use consent::{Competence, Consent, OTHER_SERVICE, PersonAgreement, Signatory};
pub use elements::{ElementAnswers, Elements};
pub use exceptional_circumstances::ExceptionalCircumstances;
pub use facts::{Facts, completed_months, days_between};
pub(crate) use facts::{LATEST_BIRTH_DAYS, PREGNANCY_DAYS, birth_range};
pub use home_and_family::{HomeAndFamily, HouseholdMember};
pub use identifying_details::{IdentifyingDetails, child_name};
pub use linked_records::{LINKED_RECORDS, LinkedRecord};
pub use parents_and_carers::ParentOrCarer;
pub(crate) use people::is_abroad;
pub use people::{Address, Detail, Whom};
pub use pre_assessment_checklist::PreAssessmentChecklist;
pub use scope::{Caf, Scope};
pub use services_involved::ServiceInvolved;
pub use sharing::Sharing;
pub use urgent_log::{URGENT_LOG, UrgentLogEntry};
pub use voices::{ParentComment, Voices};

use std::sync::LazyLock;

use assessment_form::{self as form, Edit, ReadError, UnknownPath, Unread, group};
use serde::{Serialize, Serializer};
use serde_json::Value;
use strict_json::Limits;
use validator::Validate as _;

/// A question of this form.
pub type Question = form::Question<Caf>;
/// One place in the answers, to read.
pub type Node<'a> = form::Node<'a, Caf>;
/// One place in the answers, to change.
pub type NodeMut<'a> = form::NodeMut<'a, Caf>;
/// A question on the way through a record.
pub type Visit<'v, 'a> = form::Visit<'v, 'a, Caf>;
/// What a path leads to.
pub type Found<'a> = form::Found<'a, Caf>;

group! {
    /// Everything that one record answers, sections 0 to 12 of the form.
    pub struct Answers of Caf as "record" {
        /// Is anyone in danger now? The first question on every new record.
        danger_now: String => Question::choice(&[], "yes_no_unsure").needed(),
        /// What was done about urgent actions, one row each time. It has a page of its own, and is never asked for.
        #[validate(nested)]
        urgent_log: Vec<UrgentLogEntry> => Question::rows(60),
        /// The records of brothers and sisters. Never asked for.
        #[validate(nested)]
        linked_records: Vec<LinkedRecord> => Question::rows(12),
        /// Section 0.
        #[validate(nested)]
        pre_assessment_checklist: PreAssessmentChecklist => Question::group(),
        /// Section 1.
        #[validate(nested)]
        identifying_details: IdentifyingDetails => Question::group(),
        /// Section 2.
        #[validate(nested)]
        assessment_information: AssessmentInformation => Question::group(),
        /// Section 3, one row for each parent or carer.
        #[validate(nested)]
        parents_and_carers: Vec<ParentOrCarer> => Question::rows(12).needed_when(parents_not_excused),
        /// Section 4.
        #[validate(nested)]
        home_and_family: HomeAndFamily => Question::group(),
        /// Section 5.
        #[validate(nested)]
        assessor: Assessor => Question::group(),
        /// Section 6, one row for each service.
        #[validate(nested)]
        services_involved: Vec<ServiceInvolved> => Question::rows(40).needed(),
        /// Section 7, the 19 elements.
        #[validate(nested)]
        elements: Elements => Question::group(),
        /// Section 8.
        #[validate(nested)]
        conclusions: Conclusions => Question::group(),
        /// Section 9.
        #[validate(nested)]
        agreed_actions: AgreedActions => Question::group(),
        /// Section 10.
        #[validate(nested)]
        voices: Voices => Question::group(),
        /// Section 11.
        #[validate(nested)]
        consent: Consent => Question::group(),
        /// Section 12.
        #[validate(nested)]
        exceptional_circumstances: ExceptionalCircumstances => Question::group(),
        /// What is sent although the family has not agreed, and why. No section: it is asked just before sending.
        #[validate(nested)]
        sharing: Sharing => Question::group().asked_when(sharing::is_decided),
    }
}

fn parents_not_excused(scope: &Scope<'_>) -> bool {
    form::is_blank(&scope.answers.home_and_family.parents_status)
}

/// What reading gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What was understood.
    pub answers: Answers,
    /// What was not, ordered by name at each depth.
    pub unread: Vec<Unread>,
}

impl Answers {
    /// A record in which nothing was answered, for walking over the questions themselves.
    #[must_use]
    pub fn blank() -> &'static Answers {
        static BLANK: LazyLock<Answers> = LazyLock::new(Answers::default);
        &BLANK
    }

    /// Reads answers from JSON text.
    ///
    /// # Errors
    /// [`ReadError`] when the text is not one JSON object, or has more than one meaning.
    pub fn read(text: &str) -> Result<Reading, ReadError> {
        let value = strict_json::read(text.as_bytes(), &Limits::DEPTH_ONLY)
            .map_err(|refused| ReadError::NotJson { line: refused.line, column: refused.column })?;
        Answers::from_value(&value)
    }

    /// Reads answers from JSON that has been parsed already.
    ///
    /// # Errors
    /// [`ReadError::NotAnObject`].
    pub fn from_value(value: &Value) -> Result<Reading, ReadError> {
        let mut answers = Answers::default();
        let unread = form::read::<Caf>(&mut answers, value)?;
        Ok(Reading { answers, unread })
    }

    /// The answers as JSON text; blank ones are left out. The same answers give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Makes one change. Touches only that place.
    ///
    /// # Errors
    /// [`UnknownPath`] when there is no such question or it takes another kind of answer.
    pub fn apply(&mut self, path: &str, edit: Edit) -> Result<(), UnknownPath> {
        form::apply::<Caf>(self, path, edit)
    }

    /// What is at a path. An indicator's path gives its mark, once it has one.
    #[must_use]
    pub fn node(&self, path: &str) -> Option<Node<'_>> {
        form::node_at::<Caf>(self, path)
    }

    /// The question that a path leads to, with its answer. `None` when there is no such question or no such row.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Found<'_>> {
        form::find::<Caf>(self, path)
    }

    /// The text at a path; empty when there is none.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        match self.node(path) {
            Some(Node::Text(text)) => text,
            _ => "",
        }
    }

    /// Calls `visit` for every question, in form order: a group before what is in it. Returning `false` for a group or
    /// a repeating group skips what is in it.
    pub fn walk<'a>(&'a self, scope: &Scope<'a>, visit: &mut dyn FnMut(&Visit<'_, 'a>) -> bool) {
        form::walk::<Caf>(self, scope, visit);
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Node::Group(self).serialize(serializer)
    }
}
