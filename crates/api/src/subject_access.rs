//! What is held about one child, for a person who asked for it. What is about somebody else, or kept from somebody, is in a
//! list of its own for a person to decide about.

use serde::{Deserialize, Serialize};

/// The reply of `GET /episodes/{id}/subject-access/{request}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectAccess {
    /// What can be given to the person.
    pub for_the_person: SubjectRecord,
    /// The same as text to read and print.
    pub text: String,
    /// What a person must decide about. Do not give it to anybody before. What people said and decided is here only: notes,
    /// why an episode was closed, opened again or referred, orders to keep it, looks that were refused.
    pub to_decide: Vec<ToDecide>,
}

/// What is held about a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectRecord {
    /// The request.
    pub request: String,
    /// The day on which it came in.
    pub received_on: String,
    /// When this was made.
    pub made_at: String,
    /// What is known of the child beside the assessments.
    pub child: Vec<SubjectAnswer>,
    /// The child's episodes.
    pub episodes: Vec<SubjectEpisode>,
}

/// One episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectEpisode {
    /// Its id.
    pub id: String,
    /// The reference to quote.
    pub reference: String,
    /// The organisation that holds it;
    /// `A person has to decide` where that tells where the child is.
    pub holder: String,
    /// Its state.
    pub state: String,
    /// Every version, oldest first.
    pub versions: Vec<SubjectVersion>,
    /// Who was let into it.
    pub team: Vec<SubjectMember>,
    /// Who has seen or changed it, oldest first; without those who were refused, and without
    /// what tells that it is kept from somebody.
    pub seen_by: Vec<SubjectLook>,
}

/// One version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectVersion {
    /// Its number, from 1.
    pub number: u32,
    /// When it was sent.
    pub sent_at: String,
    /// The organisation that sent it; said as `holder` is.
    pub sent_by: String,
    /// The version of the form.
    pub form_version: String,
    /// Every answer.
    pub answers: Vec<SubjectAnswer>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectAnswer {
    /// The path of the question.
    pub question: String,
    /// The answer; absent where a person has to decide.
    pub answer: Option<String>,
    /// Whether a person has to decide about it.
    pub to_be_decided: bool,
}

/// Somebody who was let into an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectMember {
    /// The organisation for which they act; absent for a member of the family, whom a person has to decide about.
    /// Said as `holder` is.
    pub organisation: Option<String>,
    /// Their role.
    pub role: String,
    /// From when.
    pub from: String,
}

/// One look at an episode, or one change to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectLook {
    /// When.
    pub at: String,
    /// Who, where they have signed in here.
    pub name: Option<String>,
    /// For whom they acted; said as `holder` is.
    pub organisation: Option<String>,
    /// What they did.
    pub action: String,
}

/// Something that a person has to decide about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ToDecide {
    /// The episode; absent of what is known beside the assessments.
    pub episode: Option<String>,
    /// The number of the version.
    pub version: Option<u32>,
    /// The path of the question, or `person` with what was known earlier; `outcome` or `reason` of a version; `access_log` (why
    /// somebody looked) or `seen_by` (who was refused, or kept somebody out) with the number of the entry; with a number from 1 `note`, `without_agreement`, `handed_over`, `referral`,
    /// `referral_answer`, `handover`, `transfer`, `transfer_cancelled`, `closure`, `reopening`, `hold`, `exclusion` or
    /// `exclusion_lifted`; what the team wrote, such as `plan[1].revision[3]`, `meeting[2].kept[1]` or
    /// `meeting[2].circulation[1]`; or `other_records`, which is
    /// always there: what you may not know of is not in the export, and nothing says whether there is any.
    pub question: String,
    /// Why: `another-person`, `names-another-person`, `address`, `kept-from-somebody`, `judgement` or `not-sorted`.
    pub because: String,
    /// What is there.
    pub answer: String,
}
