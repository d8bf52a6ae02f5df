//! Ids and references: made here from the system's random source, read here from addresses.
//!
//! Ids are random UUIDs, so nobody can guess another family's. A reference is for people to quote: short, without letters
//! that look alike, without vowels (so no words), and never used twice, which the database enforces.

use std::fmt;

use uuid::{Builder, Uuid};

/// The system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct NoRandomness;

/// Identifies one stored assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssessmentId(Uuid);

/// Identifies one draft. The browser chooses it, so that a draft can begin offline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftId(Uuid);

impl AssessmentId {
    /// A new id of 122 random bits.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn random() -> Result<Self, NoRandomness> {
        random_uuid().map(Self)
    }

    /// Reads an id from an address. `None` for anything but the canonical form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        canonical_uuid(text).map(Self)
    }
}

impl DraftId {
    /// Reads an id from an address. `None` for anything but the canonical form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        canonical_uuid(text).map(Self)
    }
}

impl fmt::Display for AssessmentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(out)
    }
}

impl fmt::Display for DraftId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(out)
    }
}

/// A new random UUID, version 4.
pub(crate) fn random_uuid() -> Result<Uuid, NoRandomness> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(Builder::from_random_bytes(bytes).into_uuid())
}

/// A random id that somebody else chose. Only the canonical spelling, or the same thing could be stored twice.
pub(crate) fn canonical_uuid(text: &str) -> Option<Uuid> {
    let id = Uuid::try_parse(text).ok()?;
    (id.hyphenated().to_string() == text && id.get_version_num() == 4).then_some(id)
}

/// What references are made of: no vowels, and nothing that is easily misread (0 O 1 I L 2 Z 5 S 8 B U V).
const ALPHABET: [u8; 22] = *b"346789CDFGHJKMNPQRTWXY";

/// Letters and digits after `CAF`: 22^12 references, about 53 bits.
const REFERENCE_LENGTH: usize = 12;

/// A new reference to quote, 15 characters.
pub(crate) fn random_reference() -> Result<String, NoRandomness> {
    let mut reference = String::from("CAF");
    while reference.len() < 3 + REFERENCE_LENGTH {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
        // Bytes of 242 and above would make some letters likelier than others.
        let letters = bytes.iter().filter(|&&byte| byte < 242).map(|&byte| ALPHABET[usize::from(byte % 22)]);
        reference.extend(letters.map(char::from));
        reference.truncate(3 + REFERENCE_LENGTH);
    }
    Ok(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_short_and_plain() {
        for _ in 0..1_000 {
            let reference = random_reference().unwrap_or_default();
            assert_eq!(reference.len(), 15);
            assert!(reference.starts_with("CAF"));
            assert!(reference.bytes().skip(3).all(|byte| ALPHABET.contains(&byte)), "{reference}");
        }
    }

    #[test]
    fn one_id_has_one_spelling() {
        assert!(DraftId::parse("3f0c1f0e-9c8b-4a52-8f0d-2f6a1b7c9d10").is_some());
        for other in [
            "3F0C1F0E-9C8B-4A52-8F0D-2F6A1B7C9D10",
            "3f0c1f0e9c8b4a528f0d2f6a1b7c9d10",
            "{3f0c1f0e-9c8b-4a52-8f0d-2f6a1b7c9d10}",
            "00000000-0000-0000-0000-000000000000",
            "1",
            "",
        ] {
            assert!(DraftId::parse(other).is_none(), "{other}");
        }
    }
}
