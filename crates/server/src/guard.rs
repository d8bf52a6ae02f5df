//! Which requests are heard at all: none from another site's page, and with the demo identity none for another host name.
//! A hostile site can point its own name at 127.0.0.1 and would then count as "same origin".

use std::net::IpAddr;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Response, Uri, header::HOST},
    middleware::Next,
    response::IntoResponse,
};
use tower_http::csrf::ProtectionError;

use crate::{actor::Identity, error::ApiError, state::AppState};

/// Refuses requests for another host while the demo identity is on.
pub(crate) async fn own_host(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    match state.identity {
        Identity::Demo(_) if !names_this_machine(&request) => ApiError::wrong_host().into_response(),
        Identity::Demo(_) | Identity::SignIn(_) => next.run(request).await,
    }
}

/// What the cross-site layer answers.
pub(crate) fn cross_site(_: ProtectionError) -> Response<Body> {
    ApiError::cross_site().into_response()
}

fn names_this_machine(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let in_header = host.to_str().ok().and_then(|host| host.parse::<Uri>().ok());
    let in_target = request.uri().authority();
    in_header.as_ref().and_then(Uri::host).is_some_and(is_loopback)
        && in_target.is_none_or(|authority| is_loopback(authority.host()))
}

/// Whether a host name or address can only be this machine.
#[must_use]
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["localhost.example", "127.0.0.1.example", "0.0.0.0", "192.168.1.4", "[::]", "", "example.org"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
