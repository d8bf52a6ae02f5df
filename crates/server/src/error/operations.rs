//! What is said to somebody who asks too often, or asks a server that is about to stop.

use axum::http::StatusCode;

use super::ApiError;

impl ApiError {
    pub(crate) fn too_many_requests(seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too many requests in a short time. Nothing was stored; keep your draft, and repeat this after the seconds in `Retry-After`.",
            )
        }
    }

    pub(crate) fn too_many_look_ups(seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-look-ups",
                "You have looked up more records than the limit of a day allows. The people who run this server have been told; ask them if your work needs more.",
            )
        }
    }

    pub(crate) fn contract_not_spoken() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "contract-not-spoken",
            "This server does not speak that version of the interface. `Common-Assessment-Contract` in this answer names those that it speaks. Keep the draft, and use a component that fits.",
        )
    }

    pub(crate) fn stopping() -> Self {
        Self {
            retry_after: Some(5),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "stopping",
                "The server is about to stop. Requests under way are finished; send new ones to another server, or again shortly.",
            )
        }
    }
}
