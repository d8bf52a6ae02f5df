//! What records and people refuse, as refusals of the interface.

use assessment_api::problem::ProblemItem;
use assessment_people::{
    access::{Answer, GrantRefused},
    matching::SearchRefused,
    merge::MergeRefused,
};
use axum::http::StatusCode;

use super::ApiError;
use crate::{episodes::NotDone, identifier::NoRandomness, people, store::StoreError};

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::unavailable(error.to_string())
    }
}

impl From<NoRandomness> for ApiError {
    fn from(_: NoRandomness) -> Self {
        Self::unavailable("the system gave no random bytes")
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
            NotDone::OnePerson => Self::new(
                StatusCode::CONFLICT,
                "one-person",
                "Both are one and the same record. Choose the record of the other child.",
            ),
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
