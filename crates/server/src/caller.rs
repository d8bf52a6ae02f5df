//! Who makes a request: found by token, by session, or by the demo; or a refusal that says what to do.

use std::collections::BTreeSet;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
};
use axum_extra::extract::CookieJar;
use jiff::Timestamp;

use crate::{
    actor::{Actor, Identity},
    digest::sha256_hex,
    episodes::Asking,
    error::ApiError,
    identifier::random_uuid,
    sign_in::{
        SignIn, bearer, demo as invented,
        session::{COOKIE, Secret, is_news},
    },
    staff::StaffMember,
    state::AppState,
    store::sessions::StoredSession,
};

/// Who makes a request.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// As whom records and the audit trail know them.
    pub(crate) actor: Actor,
    /// As their provider describes them.
    pub(crate) staff: StaffMember,
    /// How they are known.
    pub(crate) known_by: KnownBy,
}

impl Caller {
    /// Tells this person from another one; `None` for the invented practitioner, who is everybody.
    pub(crate) fn person_digest(&self) -> Option<String> {
        (!matches!(self.known_by, KnownBy::Demo)).then(|| person_digest(&self.actor))
    }
}

/// Tells one person who signs in from another, without a word on who it is: a device keeps it beside their records. It is
/// made of the random id that the server gave them and not of issuer and subject, which could be guessed.
pub(crate) fn person_digest(actor: &Actor) -> String {
    let mut digest = sha256_hex(format!("common-assessment person {}", actor.id()).as_bytes());
    digest.truncate(32);
    digest
}

/// How a caller is known.
#[derive(Debug, Clone)]
pub(crate) enum KnownBy {
    /// Everyone on this machine is the invented practitioner.
    Demo,
    /// The cookie of this session.
    Session(Box<StoredSession>),
    /// A portal's access token.
    Token,
}

/// Whether a request shows that somebody is at work. Asking how long the session still lasts does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activity {
    Counts,
    DoesNotCount,
}

/// Who makes a request, found out once for it.
#[derive(Debug, Clone)]
pub(crate) struct Recognised(pub(crate) Result<Caller, ApiError>);

/// Who makes the request, as it was found out, or found out now.
async fn known(parts: &Parts, state: &AppState) -> Result<Caller, ApiError> {
    match parts.extensions.get::<Recognised>() {
        Some(Recognised(found)) => found.clone(),
        None => recognise(&parts.headers, state, Activity::Counts).await,
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        known(parts, state).await
    }
}

/// Somebody who asks about episodes.
impl FromRequestParts<AppState> for Asking {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let caller = known(parts, state).await?;
        let asking = Self::new(&caller.actor, &caller.staff, state.clock.now());
        let asking = asking.ok_or_else(ApiError::forbidden)?;
        Ok(asking.telling(&state.partners))
    }
}

impl FromRequestParts<AppState> for Actor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        Ok(known(parts, state).await?.actor)
    }
}

/// What somebody who is not known showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Nothing, or the cookie of a session that has ended: they come to sign in.
    Nothing,
    /// A cookie or a token that nobody was ever given, as far as anyone knows: it may be a guess.
    Guess,
}

/// What somebody showed whom [`recognise`] did not know.
pub(crate) async fn shown(headers: &HeaderMap, state: &AppState) -> Shown {
    if matches!(state.identity, Identity::SignIn(_)) && token(headers).is_some() {
        return Shown::Guess;
    }
    let Some(secret) = secret(headers) else { return Shown::Nothing };
    match state.store.sessions().find(&secret.hash()).await {
        Ok(None) => Shown::Guess,
        // Where the store does not answer, nobody is blamed for it.
        Ok(Some(_)) | Err(_) => Shown::Nothing,
    }
}

/// Finds out who makes the request.
///
/// # Errors
/// If nobody can tell, or the person has been shut out. The refusal says whether to sign in.
pub(crate) async fn recognise(
    headers: &HeaderMap,
    state: &AppState,
    activity: Activity,
) -> Result<Caller, ApiError> {
    let now = state.clock.now();
    if let Identity::SignIn(sign_in) = &state.identity
        && let Some(token) = token(headers)
    {
        return by_token(sign_in, headers, token, state, now).await;
    }
    match secret(headers) {
        Some(secret) => by_session(&secret, state, now, activity).await,
        None => match &state.identity {
            Identity::Demo(actor) => Ok(demo(actor.clone())),
            Identity::SignIn(_) => Err(ApiError::sign_in_needed()),
        },
    }
}

/// The secret of the session in the cookie.
pub(crate) fn secret(headers: &HeaderMap) -> Option<Secret> {
    let jar = CookieJar::from_headers(headers);
    jar.get(COOKIE).map(|cookie| Secret::received(cookie.value()))
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().unwrap_or_default();
    // Another scheme is a token that nobody can read.
    Some(
        value
            .get(..7)
            .filter(|scheme| scheme.eq_ignore_ascii_case("bearer "))
            .and(value.get(7..))
            .unwrap_or_default(),
    )
}

async fn by_token(
    sign_in: &SignIn,
    headers: &HeaderMap,
    token: &str,
    state: &AppState,
    now: Timestamp,
) -> Result<Caller, ApiError> {
    let staff = bearer::check(&sign_in.bearer, token, now).await.map_err(|refused| {
        tracing::warn!(reason = %refused, "a token was refused");
        ApiError::token_refused()
    })?;
    if !state.partners.may_bring(headers, &staff.issuer) {
        tracing::warn!(reason = "origin", "a token was refused");
        return Err(ApiError::token_refused());
    }
    let new_id = random_uuid()?.to_string();
    let practitioner = state.store.sessions().meet(&staff, &new_id, now).await?;
    if practitioner.disabled {
        return Err(ApiError::shut_out());
    }
    Ok(Caller { actor: Actor::new(practitioner.id), staff, known_by: KnownBy::Token })
}

async fn by_session(
    secret: &Secret,
    state: &AppState,
    now: Timestamp,
    activity: Activity,
) -> Result<Caller, ApiError> {
    let hash = secret.hash();
    let session = state.store.sessions().find(&hash).await?.ok_or_else(ApiError::session_ended)?;
    let idle_until = state.session_policy().idle_until(session.seen_at);
    if session.ended || now >= session.ends_at || now >= idle_until {
        return Err(ApiError::session_ended());
    }
    let mut session = session;
    if activity == Activity::Counts && is_news(session.seen_at, now) {
        state.store.sessions().seen(&hash, now).await?;
        session.seen_at = now;
    }
    let (actor, staff) = (Actor::new(&session.practitioner), session.staff.clone());
    Ok(Caller { actor, staff, known_by: KnownBy::Session(Box::new(session)) })
}

/// The invented practitioner, as whom everyone acts who has not chosen another person of the demo.
fn demo(actor: Actor) -> Caller {
    let staff = demo_staff(&actor);
    Caller { actor, staff, known_by: KnownBy::Demo }
}

/// The invented practitioner, as a provider would describe them.
pub(crate) fn demo_staff(actor: &Actor) -> StaffMember {
    StaffMember {
        issuer: invented::ISSUER.to_owned(),
        subject: actor.id().to_owned(),
        name: "Demonstration practitioner".to_owned(),
        organisation: "Demonstration".to_owned(),
        roles: BTreeSet::from(["practitioner".to_owned(), "lead_professional".to_owned()]),
    }
}
