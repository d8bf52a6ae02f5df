//! The public keys with which a portal's tokens are checked: from a file or an address, fetched again when a token names
//! a key that is not among them.

use std::{path::PathBuf, time::Duration};

use jsonwebtoken::{DecodingKey, jwk::JwkSet};
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
    known: Mutex<Option<(Instant, JwkSet)>>,
}

impl Keys {
    pub(super) fn new(source: KeySource, outside: Outside) -> Self {
        Self { source, outside, known: Mutex::new(None) }
    }

    /// The key with this id and what it is for; `None` if there is no such key now.
    pub(super) async fn find(&self, id: &str) -> Option<(DecodingKey, jsonwebtoken::jwk::Jwk)> {
        let mut known = self.known.lock().await;
        let age = known.as_ref().map(|(fetched, _)| fetched.elapsed());
        let found = known.as_ref().and_then(|(_, keys)| keys.find(id)).is_some();
        let stale = age.is_none_or(|age| age > FRESH || (!found && age > PAUSE));
        if stale {
            match self.fetch().await {
                Some(keys) => *known = Some((Instant::now(), keys)),
                // Keys that are known still count while their source is away, for an hour at most.
                None if age.is_none_or(|age| age > 6 * FRESH) => *known = None,
                None => {}
            }
        }
        let key = known.as_ref()?.1.find(id)?.clone();
        Some((DecodingKey::from_jwk(&key).ok()?, key))
    }

    async fn fetch(&self) -> Option<JwkSet> {
        let bytes = match &self.source {
            KeySource::File(path) => tokio::fs::read(path).await.ok(),
            KeySource::Url(url) => self.outside.get(url).await.ok().flatten(),
        };
        let keys = serde_json::from_slice(&bytes?).ok();
        if keys.is_none() {
            tracing::error!("the keys of a token issuer could not be read");
        }
        keys
    }
}
