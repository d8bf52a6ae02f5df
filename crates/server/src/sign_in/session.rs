//! Sessions: how long they last, and the cookie that carries one. Storing them is the store's business.
//!
//! The cookie holds 256 random bits and nothing else; the store knows only their hash, so a copy of the database signs
//! nobody in.

use axum_extra::extract::cookie::{Cookie, SameSite};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{digest::sha256_hex, identifier::NoRandomness};

/// The cookie of a session. The prefix makes browsers insist on `Secure`, `Path=/` and this very host.
pub const COOKIE: &str = "__Host-session";

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SessionPolicy {
    /// Minutes without a request after which it ends: 5 to 60.
    pub idle_minutes: u32,
    /// Hours after which it ends in any case: 1 to 24.
    pub longest_hours: u32,
}

impl Default for SessionPolicy {
    fn default() -> Self {
        Self { idle_minutes: 15, longest_hours: 12 }
    }
}

impl SessionPolicy {
    /// Whether the figures are within their limits.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        (5..=60).contains(&self.idle_minutes) && (1..=24).contains(&self.longest_hours)
    }

    /// When a session that begins now ends in any case.
    #[must_use]
    pub fn ends(&self, now: Timestamp) -> Timestamp {
        later(now, i64::from(self.longest_hours) * 3600)
    }

    /// When a session that was last used then ends if nothing happens.
    #[must_use]
    pub fn idle_until(&self, seen: Timestamp) -> Timestamp {
        later(seen, i64::from(self.idle_minutes) * 60)
    }
}

/// How much time passes before another request is worth writing down, in seconds. Far less than the shortest idle time.
const NOTED_EVERY: i64 = 30;

/// Whether a request now is worth writing down as activity.
#[must_use]
pub(crate) fn is_news(seen: Timestamp, now: Timestamp) -> bool {
    now >= later(seen, NOTED_EVERY)
}

fn later(moment: Timestamp, seconds: i64) -> Timestamp {
    moment.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

/// A secret that only one browser has: of a session, or of an attempt to sign in.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one, 256 random bits.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn random() -> Result<Self, NoRandomness> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(Self(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// One that came with a request.
    #[must_use]
    pub fn received(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What the store knows of it.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }

    /// The text itself, for the cookie or the address that carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// The cookie of a session that has just begun. It ends with the browser, or before.
#[must_use]
pub fn cookie(secret: &Secret) -> Cookie<'static> {
    safe(COOKIE, secret.reveal().to_owned(), SameSite::Strict)
}

/// The cookie that takes a session's cookie away.
#[must_use]
pub fn no_cookie() -> Cookie<'static> {
    let mut cookie = safe(COOKIE, String::new(), SameSite::Strict);
    cookie.make_removal();
    cookie
}

/// A cookie that no script can read and no other host gets.
pub(crate) fn safe(name: impl Into<String>, value: String, same_site: SameSite) -> Cookie<'static> {
    Cookie::build((name.into(), value)).path("/").secure(true).http_only(true).same_site(same_site).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_other_sites_b38() {
        let text = cookie(&Secret::received("abc")).to_string();
        for part in ["__Host-session=abc", "HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains("Domain"), "{text}");
        assert!(no_cookie().to_string().contains("Max-Age=0"));
    }

    #[test]
    fn no_two_secrets_are_alike_and_the_hash_does_not_tell_the_secret() {
        let (one, other) = (Secret::random().expect("random"), Secret::random().expect("random"));
        assert!(one != other && one.reveal().len() == 43);
        assert!(!one.hash().contains(one.reveal()));
    }

    #[test]
    fn limits_of_the_policy_b29() {
        let allowed =
            |idle_minutes, longest_hours| SessionPolicy { idle_minutes, longest_hours }.is_allowed();
        assert!(SessionPolicy::default().is_allowed() && allowed(5, 1) && allowed(60, 24));
        assert!(!allowed(4, 12) && !allowed(61, 12) && !allowed(15, 0) && !allowed(15, 25));
    }
}
