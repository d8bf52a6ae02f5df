//! Which versions of the contract between component and server this server speaks. A portal stays on a component for years,
//! and the server moves on: each says which version it means, and a server that does not speak it says so before anything is
//! read or stored.
//!
//! The version changes when an old component would misread an answer, or its requests would be taken for something else. New
//! operations and new members of answers need no new version.

use assessment_api::{
    header::{CONTRACT, CONTRACT_VERSION},
    path,
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Response},
    middleware::Next,
    response::IntoResponse as _,
};

use crate::error::ApiError;

/// What is spoken. A component from before there was a version says nothing and means the first.
const SPOKEN: [&str; 1] = [CONTRACT_VERSION];

/// The same, as every answer says it.
const ANSWERED: HeaderValue = HeaderValue::from_static(CONTRACT_VERSION);

/// The layer over the interface: refuses a version that is not spoken, and says which are.
pub(crate) async fn speak(request: Request, next: Next) -> Response<Body> {
    let path = request.uri().path();
    if path != path::BASE && !path.strip_prefix(path::BASE).is_some_and(|rest| rest.starts_with('/')) {
        return next.run(request).await;
    }
    let mut response = match is_spoken(request.headers()) {
        true => next.run(request).await,
        false => ApiError::contract_not_spoken().into_response(),
    };
    response.headers_mut().insert(CONTRACT, ANSWERED);
    response
}

fn is_spoken(headers: &HeaderMap) -> bool {
    let mut asked = headers.get_all(CONTRACT).iter();
    match (asked.next(), asked.next()) {
        (None, _) => true,
        (Some(one), None) => SPOKEN.iter().any(|known| one.as_bytes() == known.as_bytes()),
        (Some(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_names_what_is_spoken() {
        assert_eq!(ANSWERED.as_bytes(), SPOKEN.join(", ").as_bytes());
    }
}
