//! What is said of episodes and people that were not shown or changed.

use assessment_api::problem::ProblemItem;
use assessment_people::{
    access::{Answer, GrantRefused},
    matching::SearchRefused,
    merge::MergeRefused,
    retention::Kept,
};
use axum::http::StatusCode;

use super::ApiError;
use crate::{episodes::NotDone, identifier::NoRandomness, people};

impl ApiError {
    fn newer_version() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "newer-version",
            "Somebody has sent a version since. Nothing was stored. Read the newest one, compare, and send yours again from it.",
        )
    }

    fn not_covered() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "not-covered",
            "The family's agreement does not cover that organisation as far as is known, or they must not be told. Say that it is covered, or ask the family first.",
        )
    }

    fn more_than_seen() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "more-than-seen",
            "You cannot let somebody see more than you see yourself.",
        )
    }

    /// A record that is not erased, because it has to be kept.
    fn kept(kept: Kept) -> Self {
        let (code, detail) = match kept {
            Kept::Hold => (
                "on-hold",
                "An order to keep this record is in force, so it was not erased. `GET /api/v1/retention/kept` lists the order; it can be lifted with a reason.",
            ),
            Kept::AccessRequest { .. } => (
                "access-requested",
                "Somebody has asked for what is held about this child and has not had it, so the record was not erased. Answer the request and close it first.",
            ),
            Kept::MergeCanBeUndone { .. } => (
                "merge-can-be-undone",
                "This child's record was joined with another one less than 30 days ago, and that can still be taken back, so nothing was erased.",
            ),
            Kept::Open | Kept::BirthNotKnown | Kept::NotDue { .. } => return Self::not_now(),
        };
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// For those who may know it: an old id of an erased record.
    pub(crate) fn erased() -> Self {
        Self::new(
            StatusCode::GONE,
            "erased",
            "This record was erased. The audit trail says when and by whom.",
        )
    }

    fn grant_refused(code: &'static str) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "grant-refused",
            "Access cannot be given like that. `problems` says why.",
        )
        .with_problems(vec![ProblemItem::new("member", code)])
    }
}

impl From<NotDone> for ApiError {
    fn from(error: NotDone) -> Self {
        match error {
            NotDone::Refused(Answer::SignIn) => Self::sign_in_needed(),
            NotDone::Refused(Answer::Unknown) | NotDone::Missing => Self::not_found(),
            NotDone::Refused(Answer::Forbidden) => Self::forbidden(),
            NotDone::Refused(Answer::NotNow) | NotDone::NotPossible => Self::not_now(),
            NotDone::ReasonNeeded => Self::reason_needed(),
            NotDone::Stale(current) => Self::changed_since(current),
            NotDone::NewerVersion => Self::newer_version(),
            NotDone::NotCovered => Self::not_covered(),
            NotDone::MoreThanSeen => Self::more_than_seen(),
            NotDone::Kept(kept) => Self::kept(kept),
            NotDone::Grant(refused) => Self::grant_refused(match refused {
                GrantRefused::EndsFirst => "ends-first",
                GrantRefused::TooLong => "too-long",
                GrantRefused::Role => "role",
                GrantRefused::ToThemselves => "to-themselves",
            }),
            NotDone::NoRandomness => NoRandomness.into(),
            NotDone::Store(error) => error.into(),
        }
    }
}

impl From<people::NotDone> for ApiError {
    fn from(reason: people::NotDone) -> Self {
        use people::NotDone;
        match reason {
            NotDone::Refused(Answer::SignIn) => Self::sign_in_needed(),
            NotDone::Refused(Answer::Unknown) | NotDone::Merge(MergeRefused::Unknown) => Self::not_found(),
            NotDone::Refused(Answer::Forbidden) => Self::forbidden(),
            NotDone::Refused(Answer::NotNow) => Self::not_now(),
            NotDone::ReasonNeeded => Self::reason_needed(),
            NotDone::Search(refused) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "search-refused", format!("{refused}."))
                    .with_problems(vec![ProblemItem::new("text", search_problem(refused))])
            }
            NotDone::Merge(refused) => Self::new(StatusCode::CONFLICT, "merge-refused", refused.to_string()),
            NotDone::Stale(current) => Self::changed_since(current),
            NotDone::OnePerson => Self::one_person(),
            NotDone::Store(error) => error.into(),
        }
    }
}

fn search_problem(refused: SearchRefused) -> &'static str {
    match refused {
        SearchRefused::Blank => "missing",
        SearchRefused::TooLittle => "too-short",
        SearchRefused::TooMuch => "too-long",
    }
}
