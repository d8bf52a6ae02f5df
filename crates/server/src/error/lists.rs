//! What is said of lists that cannot be given as they were asked for.

use axum::http::StatusCode;

use super::ApiError;

impl ApiError {
    /// A parameter of the address that is not understood. `detail` names those that are.
    pub(crate) fn bad_parameter(detail: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-query", detail)
    }

    pub(crate) fn too_many_to_export() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "too-many",
            "A file holds at most 1,000 episodes, and there are more. Nothing was exported. Choose an area, a state or a shorter time.",
        )
    }

    pub(crate) fn page_refused(problems: Vec<assessment_api::problem::ProblemItem>) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "page-refused",
            "Something on the page cannot be right. Nothing was saved. `problems` says what.",
        )
        .with_problems(problems)
    }

    pub(crate) fn story_changed_since(current: u64) -> Self {
        Self {
            // Without a revision nothing was ever written.
            revision: (current > 0).then_some(current),
            ..Self::new(
                StatusCode::PRECONDITION_FAILED,
                "stale-revision",
                "Another wording of this story has been saved since you read it. Nothing was overwritten. Read it again; `ETag` has its revision.",
            )
        }
    }

    pub(crate) fn page_changed_since(current: u64) -> Self {
        Self {
            // Without a revision there is no page yet.
            revision: (current > 0).then_some(current),
            ..Self::new(
                StatusCode::PRECONDITION_FAILED,
                "stale-revision",
                "Your page has been changed since you read it, perhaps in another window. Nothing was overwritten. Read it again; `ETag` has its revision.",
            )
        }
    }
}
