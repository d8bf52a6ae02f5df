//! Sending a finished assessment, its receipt, and reading it back. Drafts are in [`crate::draft`].

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The body of `POST /api/v1/assessments`. A member that is not listed here is refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAssessment {
    /// The version of the form that was filled in, for example `caf-2026.1`.
    pub form_version: String,
    /// Every answer, by section.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Box<RawValue>,
    /// What the browser showed the practitioner. The server never believes it; it records and reports a difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
}

/// The level of help that the rules suggest, R0 to R5, three times because a blank answer is not a "no".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// What the answers given support without doubt.
    pub certain: String,
    /// What they support if every "unsure" is taken for a concern.
    pub possible: String,
    /// What could still come out once the blanks are filled.
    pub not_ruled_out: String,
}

/// The parts of a result that a practitioner acts on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shown {
    /// The version of the threshold rules behind it.
    pub pack_version: String,
    /// The suggestion.
    pub suggestion: Suggestion,
    /// Ids of the urgent actions, for example `IA-02`.
    pub urgent: Vec<String>,
}

/// What the browser showed and what the server found, where they are not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// From the request.
    pub shown: Shown,
    /// From the server's own evaluation, which stands.
    pub evaluated: Shown,
}

/// The proof that an assessment is stored. A repeat of the same request gives the same receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The assessment's id: a random UUID.
    pub id: String,
    /// The reference for people: `CAF` and twelve letters or digits, never used twice.
    pub reference: String,
    /// The server's suggestion.
    pub suggestion: Suggestion,
    /// Ids of the urgent actions, by the server's rules.
    pub urgent: Vec<String>,
    /// The version of the threshold rules that the server used.
    pub pack_version: String,
    /// The version of the form.
    pub form_version: String,
    /// SHA-256 of the exact bytes of the request's body, in lower-case hexadecimal. Compare it with what you sent.
    pub sha256: String,
    /// When the server received it.
    pub received_at: String,
    /// Present when the browser had shown something else.
    pub difference: Option<Difference>,
}

/// One stored assessment: the reply of `GET /api/v1/assessments/{id}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssessmentRecord {
    /// The assessment's id.
    pub id: String,
    /// The reference for people.
    pub reference: String,
    /// The version of the form.
    pub form_version: String,
    /// The version of the threshold rules that made the outcome.
    pub pack_version: String,
    /// When the server received it.
    pub received_at: String,
    /// Who sent it.
    pub actor: String,
    /// Every answer, exactly as sent.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Box<RawValue>,
    /// The server's outcome with all its reasons, in canonical form.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub outcome: Box<RawValue>,
    /// Present when the browser had shown something else.
    pub difference: Option<Difference>,
}

/// One line of the list of assessments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssessmentSummary {
    /// The assessment's id.
    pub id: String,
    /// The reference for people.
    pub reference: String,
    /// The child's name as one would say it, or nothing where none was given (an unborn baby).
    pub child_name: Option<String>,
    /// When the server received it.
    pub received_at: String,
    /// The server's suggestion.
    pub suggestion: Suggestion,
}

/// The reply of `GET /api/v1/assessments`: newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssessmentList {
    /// At most as many as were asked for.
    pub assessments: Vec<AssessmentSummary>,
    /// Give this as `before` to read on; absent at the end.
    pub next: Option<String>,
}
