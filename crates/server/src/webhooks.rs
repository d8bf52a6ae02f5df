//! Webhooks: what a partner's own server can be told about a record that its people wrote, and how that is signed. Ids and kinds
//! and nothing about anybody ([ADR 0061](../../../docs/adr/0061-webhooks.md)), after the Standard Webhooks convention
//! (<https://www.standardwebhooks.com>).
//!
//! ```text
//! change of an episode ─► episodes::telling: who is told what ─► store, in the same unit of work
//!                                                                      │
//!                       partner's server ◄─ delivering: signed POST ◄──┘ claimed by one server at a time
//! ```
//!
//! Not here: who is told (`episodes::telling`), sending ([`crate::delivering`]), what people see of it (`replaying`).

use std::{collections::BTreeSet, fmt, path::PathBuf};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

/// Where a partner's server is told what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookSettings {
    /// An address over HTTPS, or on this machine.
    pub url: String,
    /// The file with the secret: `whsec_` and 24 to 64 random bytes in base64.
    pub secret_file: PathBuf,
    /// What it is told.
    pub kinds: BTreeSet<Kind>,
}

/// What a partner's server can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A first or a later version was stored.
    #[serde(rename = "assessment.received")]
    AssessmentReceived,
    /// A correction of a version was stored.
    #[serde(rename = "assessment.corrected")]
    AssessmentCorrected,
    /// The family took its agreement back.
    #[serde(rename = "agreement.withdrawn")]
    AgreementWithdrawn,
    /// Social care answered. Which way, the record says.
    #[serde(rename = "referral.answered")]
    ReferralAnswered,
    /// Another organisation holds the record from now on.
    #[serde(rename = "episode.handed-over")]
    HandedOver,
    /// The record was closed.
    #[serde(rename = "episode.closed")]
    Closed,
    /// The record was opened again.
    #[serde(rename = "episode.reopened")]
    Reopened,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::AssessmentReceived,
        Self::AssessmentCorrected,
        Self::AgreementWithdrawn,
        Self::ReferralAnswered,
        Self::HandedOver,
        Self::Closed,
        Self::Reopened,
    ];

    /// Its name, as it is sent and stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AssessmentReceived => "assessment.received",
            Self::AssessmentCorrected => "assessment.corrected",
            Self::AgreementWithdrawn => "agreement.withdrawn",
            Self::ReferralAnswered => "referral.answered",
            Self::HandedOver => "episode.handed-over",
            Self::Closed => "episode.closed",
            Self::Reopened => "episode.reopened",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What a delivery is signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// That something is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.as_str())]
pub struct NotASecret;

impl NotASecret {
    /// What it needs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        "it needs whsec_ and 24 to 64 random bytes in base64, which `openssl rand -base64 32` makes"
    }
}

impl Secret {
    /// Reads one as it is in its file.
    ///
    /// # Errors
    /// If it is anything else, or too short to keep anybody out.
    pub fn parse(text: &str) -> Result<Self, NotASecret> {
        let bytes = text.trim().strip_prefix("whsec_").and_then(|text| BASE64_STANDARD.decode(text).ok());
        bytes.filter(|bytes| (24..=64).contains(&bytes.len())).map(Self).ok_or(NotASecret)
    }

    /// The value of `webhook-signature` for a delivery at that second since 1970.
    #[must_use]
    pub fn sign(&self, id: Uuid, second: i64, body: &str) -> String {
        let signed = format!("{}.{second}.{body}", id.hyphenated());
        format!("v1,{}", BASE64_STANDARD.encode(self.mac(signed.as_bytes())))
    }

    fn mac(&self, bytes: &[u8]) -> Vec<u8> {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return Vec::new() };
        mac.update(bytes);
        mac.finalize().into_bytes().to_vec()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_convention() {
        // The example of the convention's own libraries.
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").expect("a secret");
        let signed = br#"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#;
        let expected = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(BASE64_STANDARD.encode(secret.mac(signed)), expected);
        let id = Uuid::from_u128(7);
        let mac = secret.mac(b"00000000-0000-0000-0000-000000000007.5.{}");
        assert_eq!(secret.sign(id, 5, "{}"), format!("v1,{}", BASE64_STANDARD.encode(mac)));
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn what_is_short_or_no_secret_is_refused() {
        let short = format!("whsec_{}", BASE64_STANDARD.encode([1; 23]));
        let long = format!("whsec_{}", BASE64_STANDARD.encode([1; 65]));
        for wrong in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_?", &short, &long] {
            assert_eq!(Secret::parse(wrong), Err(NotASecret), "{wrong}");
        }
    }

    #[test]
    fn a_kind_has_one_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.as_str());
        }
        assert_eq!(Kind::parse("episode.shielded"), None);
    }
}
