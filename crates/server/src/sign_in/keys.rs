//! The public keys with which a portal's tokens are checked: from a file or an address, fetched again when a token names
//! a key that is not among them.

use std::{path::PathBuf, time::Duration};

use jsonwebtoken::{
    DecodingKey,
    jwk::{Jwk, JwkSet},
};
use serde::{Deserialize, Serialize};
use tokio::{sync::Mutex, time::Instant};

use super::outside::Outside;

/// How soon after fetching keys they may be fetched again. Forged tokens must not make us ask all day.
const PAUSE: Duration = Duration::from_secs(30);

/// How long keys count without being fetched again, so that a key that was withdrawn stops counting.
const FRESH: Duration = Duration::from_secs(600);

/// Where keys come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeySource {
    /// A JWKS file.
    File(PathBuf),
    /// The address of a JWKS.
    Url(String),
}

/// The keys of one issuer.
pub(super) struct Keys {
    source: KeySource,
    outside: Outside,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// When they were last asked for, with or without an answer.
    asked: Option<Instant>,
    /// The last answer, and when it came.
    keys: Option<(Instant, JwkSet)>,
}

impl Known {
    fn key(&self, id: &str) -> Option<&Jwk> {
        self.keys.as_ref()?.1.find(id)
    }

    /// Whether to ask: the answer is old or has no such key, and nobody has asked just now.
    fn is_to_ask(&self, id: &str) -> bool {
        if self.asked.is_some_and(|asked| asked.elapsed() <= PAUSE) {
            return false;
        }
        let is_fresh = self.keys.as_ref().is_some_and(|(fetched, _)| fetched.elapsed() <= FRESH);
        !is_fresh || self.key(id).is_none()
    }
}

impl Keys {
    pub(super) fn new(source: KeySource, outside: Outside) -> Self {
        Self { source, outside, known: Mutex::default() }
    }

    /// The key with this id and what it is for; `None` if there is no such key now.
    pub(super) async fn find(&self, id: &str) -> Option<(DecodingKey, Jwk)> {
        let mut known = self.known.lock().await;
        if known.is_to_ask(id) {
            known.asked = Some(Instant::now());
            match self.fetch().await {
                Some(keys) => known.keys = Some((Instant::now(), keys)),
                // Keys that are known still count while their source is away, for an hour at most.
                None if known.keys.as_ref().is_some_and(|(fetched, _)| fetched.elapsed() > 6 * FRESH) => {
                    known.keys = None;
                }
                None => {}
            }
        }
        let key = known.key(id)?.clone();
        Some((DecodingKey::from_jwk(&key).ok()?, key))
    }

    async fn fetch(&self) -> Option<JwkSet> {
        let bytes = match &self.source {
            KeySource::File(path) => tokio::fs::read(path).await.ok(),
            KeySource::Url(url) => self.outside.get(url).await.ok().flatten(),
        };
        let keys = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if keys.is_none() {
            tracing::error!("the keys of a token issuer could not be read");
        }
        keys
    }
}
