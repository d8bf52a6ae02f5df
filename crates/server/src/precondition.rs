//! `If-Match` and `If-None-Match`: which revision a request follows. Nothing is overwritten unseen.

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

/// The revision of a team's record from which a save started, by `If-Match`; 0, which no revision has, for none. It is no
/// condition: what was saved since is merged with.
pub(crate) struct Base(pub(crate) u32);

impl FromRequestParts<AppState> for Base {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        let bad = || {
            ApiError::bad_header(
                "bad-precondition",
                "Send `If-Match` with one revision in quotes, as in `ETag`, or `\"0\"` if there is none yet.",
            )
        };
        let mut values = parts.headers.get_all(IF_MATCH).iter();
        let (value, more) = (values.next(), values.next());
        let Some(value) = value else { return Err(ApiError::base_missing()) };
        let tag = value.to_str().map_err(|_| bad())?.trim();
        let base = if tag == "\"0\"" { Some(0) } else { revision(tag) };
        let base = base.filter(|_| more.is_none()).and_then(|base| u32::try_from(base).ok());
        base.map(Self).ok_or_else(bad)
    }
}

fn revision(tag: &str) -> Option<u64> {
    let digits = tag.strip_prefix('"')?.strip_suffix('"')?;
    // A tag is compared as it is written, so another way to write the number is another tag.
    let plain =
        digits.len() <= 18 && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}
