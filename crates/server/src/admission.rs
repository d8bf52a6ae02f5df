//! Who asks, found out once for each request, and whether they have asked too often (B46).
//!
//! Somebody who is known is counted by who they are, whatever address they share; only requests of nobody in particular are
//! counted by address, and those that try cookies or tokens apart from those that come to sign in. Without limits in the settings, as in the demo, nothing is counted.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    caller::{Activity, Recognised, Shown, recognise, shown},
    limits::proxies::Peer,
    state::AppState,
};
use assessment_api::path;
use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{Response, StatusCode},
    middleware::Next,
    response::IntoResponse as _,
};

/// What people may ask without being at work: asking it keeps nobody signed in.
const IDLE: [&str; 8] = [
    path::PROFILE,
    path::RULE_PACK,
    path::OPENAPI,
    path::SESSION,
    path::SIGN_IN,
    path::SIGN_IN_CALLBACK,
    path::DEMO_PEOPLE,
    path::DEMO_SESSION,
];

/// Where people come to sign in, whatever their browser still shows.
const SIGNING_IN: [&str; 4] = [path::SIGN_IN, path::SIGN_IN_CALLBACK, path::DEMO_PEOPLE, path::DEMO_SESSION];

/// The layer over all operations.
pub(crate) async fn admit(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    let route = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    let operations = &state.operations;
    // Health is never refused: a server that is busy would be taken for one that is broken.
    let (Some(limits), false) = (operations.limits(), route == path::HEALTH) else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let activity = if IDLE.contains(&route) { Activity::DoesNotCount } else { Activity::Counts };
    let found = recognise(&parts.headers, &state, activity).await;
    let counted = match &found {
        Ok(caller) => limits.person(caller.actor.id()),
        // Somebody who is shut out counts like nobody in particular.
        Err(refusal) if matches!(refusal.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
            let peer =
                parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
            let address = operations.proxies().client(peer, &parts.headers);
            // Signing in asks nothing of an old cookie, and tells nobody whether it was one.
            let guess = !SIGNING_IN.contains(&route) && shown(&parts.headers, &state).await == Shown::Guess;
            if guess { limits.guess(address) } else { limits.address(address) }
        }
        // The store does not answer; that is nobody's excess.
        Err(_) => Ok(()),
    };
    if let Err(excess) = counted {
        return operations.refuse(excess).into_response();
    }
    parts.extensions.insert(Recognised(found));
    next.run(Request::from_parts(parts, body)).await
}
