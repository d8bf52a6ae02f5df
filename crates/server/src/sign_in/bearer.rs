//! Access tokens of partner portals: JSON Web Tokens (RFC 9068), signed with a key of a configured issuer.
//!
//! Every refusal is the same to the outside. What was wrong goes to the log as a fixed word, never the token.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Validation, decode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use strict_json::Limits;

use crate::staff::StaffMember;

use super::{
    claims::ClaimNames,
    keys::{KeySource, Keys},
    outside::Outside,
};

/// The largest token, in bytes.
const SIZE_LIMIT: usize = 8 * 1024;

/// How far another clock may be off, in seconds.
const LEEWAY: i64 = 60;

/// Asymmetric ones only: with a shared secret anyone who checks tokens could also make them.
const ALGORITHMS: [Algorithm; 6] = [
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
    Algorithm::PS256,
    Algorithm::RS256,
    Algorithm::RS512,
];

/// One portal, as the settings describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BearerSettings {
    /// Exactly what `iss` must say.
    pub issuer: String,
    /// What `aud` must name.
    pub audience: String,
    /// Where its public keys are.
    pub keys: KeySource,
    /// What `typ` must say; `at+jwt` if left out.
    #[serde(default = "access_token")]
    pub token_type: String,
    /// The longest life of a token, in minutes; 60 if left out.
    #[serde(default = "an_hour")]
    pub longest_minutes: u32,
    /// Which claims say what.
    #[serde(default)]
    pub claims: ClaimNames,
}

fn access_token() -> String {
    "at+jwt".to_owned()
}

fn an_hour() -> u32 {
    60
}

/// Why a token is refused. For the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Too large, not three parts, or not plain JSON.
    #[error("not a token")]
    NotAToken,
    /// Its header asks for something that must not be trusted.
    #[error("header")]
    Header,
    /// No configured issuer says that.
    #[error("issuer")]
    Issuer,
    /// It names no key of that issuer.
    #[error("key")]
    Key,
    /// The signature, the audience or the times are wrong.
    #[error("signature or claims")]
    Claims,
    /// Its person has no role or organisation here.
    #[error("no access")]
    NoAccess,
}

/// One portal whose tokens are accepted.
pub struct BearerIssuer {
    settings: BearerSettings,
    keys: Keys,
}

impl BearerIssuer {
    /// Ready to check. Keys are fetched when the first token comes.
    #[must_use]
    pub fn new(settings: BearerSettings, outside: Outside) -> Self {
        let keys = Keys::new(settings.keys.clone(), outside);
        Self { settings, keys }
    }
}

/// Checks a token against the issuers.
///
/// # Errors
/// Whatever is wrong with it first.
pub async fn check(issuers: &[BearerIssuer], token: &str, now: Timestamp) -> Result<StaffMember, Refused> {
    let (header, claims) = parts(token)?;
    let said = claims.get("iss").and_then(Value::as_str).ok_or(Refused::Issuer)?;
    let issuer = issuers.iter().find(|one| one.settings.issuer == said).ok_or(Refused::Issuer)?;
    let settings = &issuer.settings;
    let (algorithm, key_id) = asked(&header, &settings.token_type)?;
    let (key, described) = issuer.keys.find(key_id).await.ok_or(Refused::Key)?;
    if described.common.key_algorithm.is_some_and(|of_key| of_key.to_string() != format!("{algorithm:?}")) {
        return Err(Refused::Key);
    }
    let mut validation = Validation::new(algorithm);
    validation.set_audience(&[&settings.audience]);
    validation.set_issuer(&[&settings.issuer]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // Its clock is the system's; ours is an argument.
    validation.validate_exp = false;
    decode::<Map<String, Value>>(token, &key, &validation).map_err(|_| Refused::Claims)?;
    if !in_time(&claims, now.as_second(), i64::from(settings.longest_minutes) * 60) {
        return Err(Refused::Claims);
    }
    let subject = claims.get("sub").and_then(Value::as_str).filter(|subject| !subject.is_empty());
    let subject = subject.ok_or(Refused::Claims)?;
    settings.claims.read(&settings.issuer, subject, &claims).map_err(|_| Refused::NoAccess)
}

type Members = Map<String, Value>;

/// Header and claims, each one JSON object that can be read in only one way. Nothing of them is trusted yet.
fn parts(token: &str) -> Result<(Members, Members), Refused> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, _] = parts[..] else { return Err(Refused::NotAToken) };
    if token.len() > SIZE_LIMIT {
        return Err(Refused::NotAToken);
    }
    Ok((members(header)?, members(claims)?))
}

fn members(part: &str) -> Result<Members, Refused> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| Refused::NotAToken)?;
    let limits = Limits { bytes: SIZE_LIMIT, depth: 8, values: 500 };
    let text = strict_json::check(&bytes, &limits).map_err(|_| Refused::NotAToken)?;
    serde_json::from_str(text).map_err(|_| Refused::NotAToken)
}

/// The algorithm and the key that a header asks for, if it asks for nothing else: a key of its own, or an extension that
/// we would have to understand.
fn asked<'h>(header: &'h Members, token_type: &str) -> Result<(Algorithm, &'h str), Refused> {
    let text = |name| header.get(name).and_then(Value::as_str);
    if header.keys().any(|name| !["alg", "typ", "kid"].contains(&name.as_str())) {
        return Err(Refused::Header);
    }
    let bare = |said: &str| said.to_ascii_lowercase().trim_start_matches("application/").to_owned();
    if text("typ").map(bare) != Some(bare(token_type)) {
        return Err(Refused::Header);
    }
    let algorithm = text("alg").and_then(|name| name.parse().ok()).ok_or(Refused::Header)?;
    let key_id = text("kid").filter(|id| !id.is_empty()).ok_or(Refused::Header)?;
    ALGORITHMS.contains(&algorithm).then_some((algorithm, key_id)).ok_or(Refused::Header)
}

/// Whether the token counts now and was not made for longer than allowed.
fn in_time(claims: &Members, now: i64, longest: i64) -> bool {
    let second = |name: &str| claims.get(name).and_then(Value::as_i64);
    let (Some(until), Some(issued)) = (second("exp"), second("iat")) else { return false };
    let from = match claims.get("nbf") {
        Some(value) => value.as_i64(),
        None => Some(issued),
    };
    until > now.saturating_sub(LEEWAY)
        && issued <= now.saturating_add(LEEWAY)
        && from.is_some_and(|from| from <= now.saturating_add(LEEWAY))
        && until.saturating_sub(issued) <= longest
}
