//! Receiving a request's body: media type, size, time, and that it is one unambiguous JSON value.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{
        HeaderMap,
        header::{CONTENT_ENCODING, CONTENT_TYPE},
    },
};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use strict_json::Limits;

use crate::{error::ApiError, state::AppState};

/// The largest body, in bytes. The fullest form is about a tenth of that.
pub const SIZE_LIMIT: usize = 1024 * 1024;

/// How deep a body's lists and objects may nest. The form itself needs fewer than ten levels.
const DEPTH_LIMIT: usize = 64;

/// How many values a body may hold. The fullest form has fewer than a tenth of that; each costs memory once it is read.
const VALUE_LIMIT: usize = 50_000;

/// How many bytes of a body that is too large are read and thrown away, so that the client gets the refusal and not a
/// broken connection.
const DISCARD_LIMIT: usize = 16 * SIZE_LIMIT;

/// The exact bytes of a body that is JSON.
pub(crate) struct JsonBody(Bytes);

impl JsonBody {
    /// The bytes, as sent.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The same as text, if it is one JSON value that can be read in only one way and is neither too deep nor too full.
    pub(crate) fn text(&self) -> Result<&str, ApiError> {
        let limits = Limits { bytes: SIZE_LIMIT, depth: DEPTH_LIMIT, values: VALUE_LIMIT };
        strict_json::check(&self.0, &limits).map_err(|refused| ApiError::not_json(&refused.reason))
    }

    /// The members of an object as that type; `None` if it is none or they do not fit. `serde_json` alone would take a list
    /// for the members in their order, also deep inside.
    pub(crate) fn members<T: DeserializeOwned>(&self) -> Result<Option<T>, ApiError> {
        let value: Option<Value> = serde_json::from_str(self.text()?).ok();
        let object = value.filter(Value::is_object);
        Ok(object.and_then(|object| strict_json::from_value(&object).ok()))
    }

    /// The same where it must be that. What is wrong with it is not repeated: it could be anything.
    pub(crate) fn shape<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        self.members()?.ok_or_else(|| ApiError::wrong_member("body"))
    }
}

impl FromRequest<AppState> for JsonBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        if !is_plain_json(request.headers()) {
            return Err(ApiError::wrong_media_type());
        }
        let received = tokio::time::timeout(state.body_patience, receive(request.into_body())).await;
        received.unwrap_or_else(|_| Err(ApiError::body_too_slow())).map(Self)
    }
}

async fn receive(mut body: Body) -> Result<Bytes, ApiError> {
    let mut bytes = Vec::new();
    let mut discarded = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| ApiError::body_cut_off())?.into_data() else { continue };
        if bytes.len() + data.len() <= SIZE_LIMIT && discarded == 0 {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
            discarded += data.len();
            if discarded > DISCARD_LIMIT {
                break;
            }
        }
    }
    if discarded > 0 { Err(ApiError::body_too_large()) } else { Ok(bytes.into()) }
}

fn is_plain_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(media_type), None) = (types.next(), types.next()) else { return false };
    let Ok(media_type) = media_type.to_str() else { return false };
    let mut parts = media_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    let utf8 = parts.all(|parameter| {
        !parameter.to_ascii_lowercase().starts_with("charset=")
            || parameter[8..].trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    json && utf8 && !headers.contains_key(CONTENT_ENCODING)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code of the refusal; `None` if the text is accepted.
    fn refusal(text: impl Into<Vec<u8>>) -> Option<&'static str> {
        JsonBody(Bytes::from(text.into())).text().err().map(|error| error.code)
    }

    #[test]
    fn accepts_plain_json() {
        let nested = "[".repeat(64) + &"]".repeat(64);
        for text in ["{}", " null ", r#"{"a":[1,-2,3.5,true,null,"\u00e9"],"b":{"a":1}}"#, &nested] {
            assert_eq!(refusal(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_is_not_taken_for_members_in_their_order() {
        let read = |text: &str| JsonBody(Bytes::from(text.to_owned())).members::<Two>().unwrap_or_default();
        assert_eq!(read(r#" {"one":1,"two":2}"#), Some(Two { one: 1, two: 2 }));
        for text in ["[1,2]", "[]", "1", r#"{"one":1}"#] {
            assert_eq!(read(text), None, "{text}");
        }
        let inner = |text: &str| {
            let read = JsonBody(Bytes::from(text.to_owned())).members::<Inner>();
            read.unwrap_or_default().map(|inner| inner.two)
        };
        assert_eq!(inner(r#"{"two":{"one":1,"two":2}}"#), Some(Some(Two { one: 1, two: 2 })));
        assert_eq!(inner(r#"{"two":null}"#), Some(None));
        assert_eq!(inner(r#"{"two":[1,2]}"#), None);
    }

    #[derive(serde::Deserialize)]
    struct Inner {
        two: Option<Two>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Two {
        one: u8,
        two: u8,
    }

    #[test]
    fn refuses_the_rest_with_a_reason() {
        for text in ["", "{", "{} {}", "nul", "{\"a\":1,}", "\u{feff}{}", "\"\\ud800\"", "1e999"] {
            assert_eq!(refusal(text), Some("not-json"), "{text}");
        }
        assert_eq!(refusal(b"\"\xff\"".as_slice()), Some("not-json"));
        assert_eq!(refusal("[".repeat(65) + &"]".repeat(65)), Some("too-deep"));
        assert_eq!(refusal("[".repeat(1_000_000)), Some("too-deep"));
        let list = |items| format!("[{}]", vec!["0"; items].join(","));
        assert_eq!(refusal(list(49_999)), None);
        assert_eq!(refusal(list(50_000)), Some("too-many-values"));
        assert_eq!(refusal(r#"{"a":1,"\u0061":2}"#), Some("repeated-name"));
        assert_eq!(refusal(r#"[{"b":{"a":1,"a":1}}]"#), Some("repeated-name"));
    }
}
