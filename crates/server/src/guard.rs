//! Which requests are heard at all: none from another site's page, and with the demo identity none for another host name.
//! A hostile site can point its own name at 127.0.0.1 and would then count as "same origin".

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Response, Uri, header::HOST},
    middleware::Next,
    response::IntoResponse,
};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::{
    actor::Identity,
    error::ApiError,
    origin::is_loopback,
    partners::{Partner, Partners},
    state::AppState,
};

/// Refuses requests for another host while the demo identity is on.
pub(crate) async fn own_host(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    match state.identity {
        Identity::Demo(_) if !names_this_machine(&request) => ApiError::wrong_host().into_response(),
        Identity::Demo(_) | Identity::SignIn(_) => next.run(request).await,
    }
}

/// Refuses changes that another site's page asks for, but for the partners' pages: those bring a token, and their cookies
/// count for nothing.
pub(crate) fn cross_site_layer(partners: &Partners) -> CsrfLayer<CrossSite> {
    let mut layer = CsrfLayer::new().with_rejection_response(cross_site as CrossSite);
    for origin in partners.iter().flat_map(Partner::each_origin) {
        // An origin is always one.
        layer = layer.clone().add_trusted_origin(origin.as_str()).unwrap_or(layer);
    }
    layer
}

/// How it answers.
pub(crate) type CrossSite = fn(ProtectionError) -> Response<Body>;

/// What the cross-site layer answers.
fn cross_site(_: ProtectionError) -> Response<Body> {
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
