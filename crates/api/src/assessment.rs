//! Sending a finished assessment, its receipt, and reading it back. Drafts are in [`crate::draft`].

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The body of `POST /api/v1/assessments`. A member that is not listed here is refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAssessment {
    /// The version of the form that was filled in, for example `caf-2026.3`. Those before it are accepted too: their
    /// bodies may have waited on a device.
    pub form_version: String,
    /// Every answer, by section.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Box<RawValue>,
    /// The day on which the practitioner pressed send, such as `2026-11-23`: the record is checked and evaluated as of that
    /// day, since it may have waited on a device without a network. One that is more than 40 days ago, or more than one
    /// day ahead, is not believed, and the server's own day counts; so it does where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_on: Option<String>,
    /// Paths of answers that belong to an agreement that no longer holds; a path that ends in a row means all of the row.
    /// For people and programs that read these bytes: the server works it out for itself, and believes only the answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<String>,
    /// What the browser showed the practitioner, and only the members described here. The server evaluates for itself,
    /// and records and reports a difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
    /// For a correction or a new version: the episode that it belongs to, and why it exists. Without it an episode is
    /// started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub episode: Option<EpisodeLink>,
}

/// The episode that a later version belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpisodeLink {
    /// The episode's id.
    pub id: String,
    /// The id of the version that it started from: the newest, or it is refused and nothing is stored.
    pub started_from: String,
    /// `correction` where that version was wrong, `new_version` where things have changed.
    pub kind: String,
    /// What was wrong, or what happened; at most 1000 characters.
    pub reason: String,
}

/// The step that the rules suggest, R0 to R5, three times because a blank answer is not a "no".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// What follows from the answers "yes" alone.
    pub certain: String,
    /// What follows if every "not sure" is a concern too.
    pub possible: String,
    /// What could still follow once the blanks are filled in.
    pub not_ruled_out: String,
}

/// The one line of an outcome that a person remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Headline {
    /// `act`, `check_first`, `worry_recorded`, `at_least`, `may_be`, `not_enough_known` or `everyday`, the most serious
    /// first. Only `everyday` may reassure.
    pub kind: String,
    /// The code that it is about, R0 to R5 or an urgent action.
    pub code: String,
}

/// The parts of an outcome that a practitioner acts on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shown {
    /// The version of the rule pack behind it.
    pub pack_version: String,
    /// The suggestion.
    pub suggestion: Suggestion,
    /// Ids of the urgent actions, for example `IA-02`.
    pub urgent: Vec<String>,
    /// Ids of the urgent actions that were shown as "to check"; absent from forms that do not send it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent_to_check: Option<Vec<String>>,
    /// The headline; absent from forms that do not send it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Headline>,
}

/// What the browser showed and what the server found, where they differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// From the request.
    pub shown: Shown,
    /// From the server's own evaluation, which is the one that counts.
    pub evaluated: Shown,
}

/// The proof that an assessment is stored. A repeat of the same request gives the same receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The assessment's id: a random UUID.
    pub id: String,
    /// The reference to quote: `CAF` and twelve letters or digits, never used twice.
    pub reference: String,
    /// The server's suggestion.
    pub suggestion: Suggestion,
    /// Ids of the urgent actions, by the server's rule pack.
    pub urgent: Vec<String>,
    /// The version of the rule pack that the server used.
    pub pack_version: String,
    /// The version of the form.
    pub form_version: String,
    /// SHA-256 of the exact bytes of the request's body, in lower-case hexadecimal. Compare it with what you sent.
    pub sha256: String,
    /// When the server received it.
    pub received_at: String,
    /// Paths of answers that a reader would expect and that are blank; `elements.` and an id for an element that nobody
    /// talked about. Show them as "not recorded": a blank is never a "no". They stopped nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_recorded: Vec<String>,
    /// Answers that cannot both be right, where nobody has said why they are. The form asks about them; they stop nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradictions: Vec<OpenContradiction>,
    /// Present when the browser had shown something else.
    pub difference: Option<Difference>,
}

/// Two answers that do not fit together, and no reason why both are right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenContradiction {
    /// What it is about, for example `unsafe-no-action`: a code of the list `contradictions`.
    pub matter: String,
    /// The paths of the two answers.
    pub places: Vec<String>,
}

/// One stored assessment: the reply of `GET /api/v1/assessments/{id}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssessmentRecord {
    /// The assessment's id.
    pub id: String,
    /// The reference to quote.
    pub reference: String,
    /// The version of the form.
    pub form_version: String,
    /// The version of the rule pack that made the outcome.
    pub pack_version: String,
    /// When the server received it.
    pub received_at: String,
    /// Who sent it.
    pub actor: String,
    /// Whether every answer is here, exactly as sent. Otherwise those that you may not see are absent: absent is not blank.
    pub whole: bool,
    /// The answers that you may see.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Box<RawValue>,
    /// Paths of answers that belong to an agreement that no longer holds, worked out by the server. Never show one as
    /// what the family agrees to. A path that ends in a row means all of the row.
    #[serde(default)]
    pub superseded: Vec<String>,
    /// Paths of answers that a reader would expect and that are blank, worked out by the server whenever it is read, as in
    /// the receipt.
    #[serde(default)]
    pub not_recorded: Vec<String>,
    /// Answers that cannot both be right, where nobody has said why they are, worked out by the server whenever it is read,
    /// as in the receipt.
    #[serde(default)]
    pub contradictions: Vec<OpenContradiction>,
    /// The server's outcome with all its reasons, in canonical form; absent where you do not see every section, since it
    /// tells of them all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub outcome: Option<Box<RawValue>>,
    /// Present when the browser had shown something else.
    pub difference: Option<Difference>,
}

/// One line of the list of assessments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssessmentSummary {
    /// The assessment's id.
    pub id: String,
    /// The reference to quote.
    pub reference: String,
    /// The child's name as it is said; absent if none was given, as for an unborn baby.
    pub child_name: Option<String>,
    /// When the server received it.
    pub received_at: String,
    /// The server's suggestion.
    pub suggestion: Suggestion,
    /// Its headline; absent for assessments stored before there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Headline>,
}

/// The reply of `GET /api/v1/assessments`: newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssessmentList {
    /// At most as many as were asked for. There may be fewer although there is a next page.
    pub assessments: Vec<AssessmentSummary>,
    /// Give this as `before` for the next page; absent on the last one.
    pub next: Option<String>,
}
