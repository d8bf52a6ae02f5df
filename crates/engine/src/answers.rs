//! What has been typed so far: tolerant, everything optional, exactly as typed.
//!
//! Each section is one struct (`answers/<section>.rs`) declared with [`group!`](node), which puts the question's
//! catalogue row beside its field. Leaves are of four kinds only: text (also one code), a list, a date as typed, and
//! the marks of a box's indicators. Whether an answer is *right* is not decided here: see `validation`.
//!
//! To add a field: add it with its row to its section; give it wording in `data/wording/en-GB.json`. The wording and
//! field-dictionary tests then tell what is missing. No view code changes unless it is a new kind of question.

mod agreed_actions;
mod assessment_information;
mod assessor;
mod conclusions;
mod consent;
mod edit;
mod elements;
mod exceptional_circumstances;
mod home_and_family;
mod identifying_details;
mod node;
mod parents_and_carers;
mod people;
mod pre_assessment_checklist;
mod read;
mod services_involved;
mod voices;
mod written_date;

pub use agreed_actions::{AgreedAction, AgreedActions};
pub use assessment_information::{AssessmentInformation, PersonPresent};
pub use assessor::{Assessor, LeadProfessional};
pub use conclusions::Conclusions;
pub use consent::{Competence, Consent, Signatory};
pub use edit::{Edit, Path, Segment, UnknownPath};
pub use elements::{ElementAnswers, Elements, Marks};
pub use exceptional_circumstances::ExceptionalCircumstances;
pub use home_and_family::{HomeAndFamily, HouseholdMember};
pub use identifying_details::IdentifyingDetails;
pub use node::{Answer, Group, Node, NodeMut, Rows, is_blank};
pub use parents_and_carers::ParentOrCarer;
pub use people::Address;
pub use pre_assessment_checklist::PreAssessmentChecklist;
pub use read::{ReadError, Reading, Unread, UnreadCode};
pub use services_involved::ServiceInvolved;
pub use voices::{ParentComment, Voices};
pub use written_date::WrittenDate;

use crate::catalogue::Question;
use std::sync::LazyLock;

use node::group;
use validator::Validate as _;

group! {
    /// Everything that one record answers, sections 0 to 12 of the form.
    pub struct Answers in "record" {
        /// Is anyone in danger now? The first question on every new record.
        danger_now: String => Question::choice(&[], "yes_no_unsure").needed(),
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
        parents_and_carers: Vec<ParentOrCarer> => Question::rows(12).needed(),
        /// Section 4.
        #[validate(nested)]
        home_and_family: HomeAndFamily => Question::group(),
        /// Section 5.
        #[validate(nested)]
        assessor: Assessor => Question::group(),
        /// Section 6, one row for each service.
        #[validate(nested)]
        services_involved: Vec<ServiceInvolved> => Question::rows(40).needed(),
        /// Section 7, the 19 boxes.
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
    }
}

impl Answers {
    /// A record in which nothing was answered: for walking over the questions themselves.
    #[must_use]
    pub fn blank() -> &'static Answers {
        // A static, since a record is large and code that builds one is too.
        static BLANK: LazyLock<Answers> = LazyLock::new(Answers::default);
        &BLANK
    }
}
