//! Who did something, for which organisation, when and why. Not what they may do: that is `access`.

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// The longest name of an issuer, a subject or an organisation, in bytes. OpenID Connect has 255 for a subject.
const MAX_NAME: usize = 255;

/// Somebody who signs in: the issuer that vouches for them and its own name for them, compared byte by byte.
///
/// There is no email address in it and there never will be: `head@` belongs to another person every September.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawSubject")]
pub struct Subject {
    issuer: String,
    sub: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSubject {
    issuer: String,
    sub: String,
}

impl Subject {
    /// Whom an issuer calls `sub`. `None` where either is blank, over 255 bytes, or has spaces around it or control
    /// characters.
    #[must_use]
    pub fn new(issuer: &str, sub: &str) -> Option<Self> {
        (is_name(issuer) && is_name(sub)).then(|| Self { issuer: issuer.to_owned(), sub: sub.to_owned() })
    }

    /// The address of the issuer.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What the issuer calls them.
    #[must_use]
    pub fn sub(&self) -> &str {
        &self.sub
    }
}

impl TryFrom<RawSubject> for Subject {
    type Error = &'static str;

    fn try_from(raw: RawSubject) -> Result<Self, Self::Error> {
        Self::new(&raw.issuer, &raw.sub).ok_or("not a subject")
    }
}

/// The unit that holds episodes: a school, a health visiting team, a council's team South. It is the code that sign-in
/// gives, not a name for people to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Organisation(String);

impl Organisation {
    /// The organisation with this code. `None` where it is blank, over 255 bytes, or has spaces around it or control
    /// characters.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        is_name(code).then(|| Self(code.to_owned()))
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl From<Organisation> for String {
    fn from(organisation: Organisation) -> Self {
        organisation.0
    }
}

impl TryFrom<String> for Organisation {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(&code).ok_or("not an organisation")
    }
}

/// Another council, as people call it. It does not sign in here, so there is no code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Council(String);

impl Council {
    /// The council of that name. `None` where it is blank, over 255 bytes, or has spaces around it or control characters.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        is_name(name).then(|| Self(name.to_owned()))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl From<Council> for String {
    fn from(council: Council) -> Self {
        council.0
    }
}

impl TryFrom<String> for Council {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::new(&name).ok_or("not the name of a council")
    }
}

/// Somebody, acting for an organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// The person.
    pub subject: Subject,
    /// For whom they acted then.
    pub organisation: Organisation,
}

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Who.
    pub by: Who,
    /// When.
    pub at: Moment,
}

/// Why somebody did something, in their own words. Never blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

impl Reason {
    /// These words, as typed. `None` where there are none.
    #[must_use]
    pub fn new(words: &str) -> Option<Self> {
        words.chars().any(char::is_alphanumeric).then(|| Self(words.to_owned()))
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.0
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}

impl TryFrom<String> for Reason {
    type Error = &'static str;

    fn try_from(words: String) -> Result<Self, Self::Error> {
        Self::new(&words).ok_or("a reason without words")
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_NAME && text.trim() == text && !text.chars().any(char::is_control)
}
