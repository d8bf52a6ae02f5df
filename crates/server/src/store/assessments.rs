//! The repository of finished assessments: added once, never changed.

use assessment_api::assessment::{Headline, Suggestion};
use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use crate::{actor::Actor, identifier::AssessmentId};

/// One assessment to add.
#[derive(Debug, Clone)]
pub struct NewAssessment {
    /// Its id.
    pub id: AssessmentId,
    /// The reference to quote.
    pub reference: String,
    /// When it was received. Stores keep whole microseconds.
    pub received_at: Timestamp,
    /// The version of the form.
    pub form_version: String,
    /// The version of the rule pack.
    pub pack_version: String,
    /// The exact bytes of the request's body.
    pub body: Vec<u8>,
    /// SHA-256 of `body`, hexadecimal.
    pub sha256: String,
    /// The answers, JSON, as sent.
    pub answers: String,
    /// The outcome, canonical JSON.
    pub outcome: String,
    /// What the browser showed and what the server found, JSON, where they differ.
    pub difference: Option<String>,
    /// The child's name as it is said.
    pub child_name: Option<String>,
    /// The suggestion, for lists.
    pub suggestion: Suggestion,
    /// The headline, for lists.
    pub headline: Headline,
}

/// One stored assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAssessment {
    /// Its id.
    pub id: String,
    /// The reference to quote.
    pub reference: String,
    /// The version of the form.
    pub form_version: String,
    /// The version of the rule pack.
    pub pack_version: String,
    /// When it was received.
    pub received_at: Timestamp,
    /// Who sent it.
    pub actor: String,
    /// The answers, JSON.
    pub answers: String,
    /// The outcome, JSON.
    pub outcome: String,
    /// The difference, JSON.
    pub difference: Option<String>,
}

/// One stored assessment, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSummary {
    /// Its id.
    pub id: String,
    /// The reference to quote.
    pub reference: String,
    /// The child's name as it is said.
    pub child_name: Option<String>,
    /// When it was received.
    pub received_at: Timestamp,
    /// The suggestion.
    pub suggestion: Suggestion,
    /// The headline; `None` for assessments stored before there was one.
    pub headline: Option<Headline>,
}

/// Which part of the list of assessments. They are in order of the moment they were received; those of one moment in the
/// order in which they were stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Only those that come after this one in the list, which are older.
    pub before: Option<AssessmentId>,
    /// Only those received at this moment or later.
    pub since: Option<Timestamp>,
    /// How many at most.
    pub limit: u32,
}

/// Finds assessments.
#[async_trait]
pub trait AssessmentReader: Send {
    /// One assessment.
    async fn find(&mut self, actor: &Actor, id: AssessmentId)
    -> Result<Option<StoredAssessment>, StoreError>;

    /// Assessments, newest first.
    async fn list(&mut self, actor: &Actor, wanted: Wanted) -> Result<Vec<StoredSummary>, StoreError>;
}

/// Finds and adds assessments.
#[async_trait]
pub trait AssessmentRepository: AssessmentReader {
    /// Adds an assessment. [`StoreError::Conflict`] if its id or reference was used before.
    async fn add(&mut self, actor: &Actor, assessment: &NewAssessment) -> Result<(), StoreError>;
}
