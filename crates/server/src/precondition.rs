//! `If-Match` and `If-None-Match` on drafts: which revision a request follows. Nothing is overwritten unseen.

use axum::{
    extract::FromRequestParts,
    http::{
        header::{IF_MATCH, IF_NONE_MATCH},
        request::Parts,
    },
};

use crate::{drafts::Expected, error::ApiError, state::AppState};

impl FromRequestParts<AppState> for Expected {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        let bad = || {
            ApiError::bad_header(
                "bad-precondition",
                "Send either `If-Match` with one revision in quotes, as in `ETag`, or `If-None-Match: *`.",
            )
        };
        let one = |name| {
            let mut values = parts.headers.get_all(name).iter();
            match (values.next(), values.next()) {
                (None, _) => Ok(None),
                (Some(value), None) => value.to_str().map(|text| Some(text.trim())).map_err(|_| bad()),
                (Some(_), Some(_)) => Err(bad()),
            }
        };
        match (one(IF_MATCH)?, one(IF_NONE_MATCH)?) {
            (None, None) => Err(ApiError::precondition_missing()),
            (None, Some("*")) => Ok(Self::Nothing),
            (Some(tag), None) => revision(tag).map(Self::Revision).ok_or_else(bad),
            _ => Err(bad()),
        }
    }
}

fn revision(tag: &str) -> Option<u64> {
    let digits = tag.strip_prefix('"')?.strip_suffix('"')?;
    // A tag is compared as it is written, so another way to write the number is another tag.
    let plain =
        digits.len() <= 18 && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}
