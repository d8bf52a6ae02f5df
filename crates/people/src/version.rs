//! The versions of an assessment inside an episode: which, by whom, when and why. Not their answers, which are the form's.
//!
//! A version never changes. A correction is a version of its own that follows the one it started from.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::id::{EpisodeId, VersionId};
use crate::who::{Reason, Stamp};

/// One sent assessment. Its fields can be read and never set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentVersion {
    number: u32,
    id: VersionId,
    sent: Stamp,
    form: String,
    rules: String,
    why: Why,
    follows: Option<VersionId>,
}

impl AssessmentVersion {
    /// Its number in the episode, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> VersionId {
        self.id
    }

    /// Who sent it, for which organisation, and when.
    #[must_use]
    pub fn sent(&self) -> &Stamp {
        &self.sent
    }

    /// The version of the form, such as `caf-2026.3`.
    #[must_use]
    pub fn form(&self) -> &str {
        &self.form
    }

    /// The version of the rule pack that evaluated it.
    #[must_use]
    pub fn rules(&self) -> &str {
        &self.rules
    }

    /// Why it exists.
    #[must_use]
    pub fn why(&self) -> &Why {
        &self.why
    }

    /// The version that it started from.
    #[must_use]
    pub fn follows(&self) -> Option<VersionId> {
        self.follows
    }
}

/// Why a version exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Why {
    /// It is the first.
    First,
    /// The one before was wrong.
    Correction {
        /// What was wrong.
        reason: Reason,
    },
    /// Things have changed, or were talked about again.
    NewVersion {
        /// What happened.
        reason: Reason,
    },
    /// It was sent for an episode that had been merged into this one meanwhile. Somebody has to look at it.
    LateAmendment {
        /// The episode that it was written for.
        written_for: EpisodeId,
        /// What was wrong, or what happened, as its author said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
}

/// What is sent, before it has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVersion {
    /// Its id, made from random bits.
    pub id: VersionId,
    /// Who sends it, and when.
    pub sent: Stamp,
    /// The version of the form.
    pub form: String,
    /// The version of the rule pack.
    pub rules: String,
}

/// What a later version changes, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// The version that it started from: the newest one, or it is refused.
    pub started_from: VersionId,
    /// Whether the one before was wrong (correction) or things have changed (new version).
    pub kind: AmendmentKind,
    /// What was wrong, or what happened.
    pub reason: Reason,
}

/// The two sorts of later versions that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmendmentKind {
    /// The one before was wrong.
    Correction,
    /// Things have changed.
    NewVersion,
}

/// Why a version is not added. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VersionRefused {
    /// Somebody else has sent one since.
    #[error("it started from a version that is not the newest; the newest is {newest}")]
    NotFromTheNewest {
        /// The newest one, to compare with.
        newest: VersionId,
    },
    /// The id has been used.
    #[error("the episode has a version with this id")]
    SameId,
    /// There are as many as can be counted.
    #[error("there are too many versions")]
    TooMany,
}

/// Why a stored list of versions is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BrokenVersions {
    /// There is none.
    #[error("there is no version")]
    None,
    /// A number is missing, repeated or out of order.
    #[error("the numbers of the versions do not rise by one")]
    Numbers,
    /// One was sent before the one that it comes after.
    #[error("a version was sent before the one it comes after")]
    Moments,
    /// Two have one id.
    #[error("two versions have one id")]
    Ids,
    /// The first says that it is a later one, or a later one that it is the first.
    #[error("the reasons of the versions do not fit their order")]
    Reasons,
}

/// The versions of an episode, at least one.
///
/// Laws: numbers begin at 1 and rise by one; ids differ; none was sent before the one it comes after; so the newest by
/// number is the newest by moment. Versions are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<AssessmentVersion>", into = "Vec<AssessmentVersion>")]
pub struct Versions {
    first: AssessmentVersion,
    later: Vec<AssessmentVersion>,
}

impl Versions {
    /// Begins with the first version.
    #[must_use]
    pub fn first(new: NewVersion) -> Self {
        Self::begin(new, Why::First, None)
    }

    /// Begins with an amendment of a version in an episode that was merged into this one.
    #[must_use]
    pub fn first_late(new: NewVersion, written_for: EpisodeId, amendment: Option<Amendment>) -> Self {
        let (why, started_from) = late(written_for, amendment);
        Self::begin(new, why, started_from)
    }

    fn begin(new: NewVersion, why: Why, follows: Option<VersionId>) -> Self {
        let NewVersion { id, sent, form, rules } = new;
        let first = AssessmentVersion { number: 1, id, sent, form, rules, why, follows };
        Self { first, later: Vec::new() }
    }

    /// Adds a correction or a new version.
    ///
    /// # Errors
    /// It did not start from the newest version, or its id has been used.
    pub fn amend(self, new: NewVersion, amendment: Amendment) -> Result<Self, VersionRefused> {
        let newest = self.newest().id;
        if amendment.started_from != newest {
            return Err(VersionRefused::NotFromTheNewest { newest });
        }
        let reason = amendment.reason;
        let why = match amendment.kind {
            AmendmentKind::Correction => Why::Correction { reason },
            AmendmentKind::NewVersion => Why::NewVersion { reason },
        };
        self.add(new, why, Some(newest))
    }

    /// Adds what was written for an episode that has been merged into this one. It need not start from the newest: the
    /// person who wrote it could not know that one.
    ///
    /// # Errors
    /// Its id has been used.
    pub fn amend_late(
        self,
        new: NewVersion,
        written_for: EpisodeId,
        amendment: Option<Amendment>,
    ) -> Result<Self, VersionRefused> {
        let (why, started_from) = late(written_for, amendment);
        self.add(new, why, started_from)
    }

    fn add(mut self, new: NewVersion, why: Why, follows: Option<VersionId>) -> Result<Self, VersionRefused> {
        let NewVersion { id, mut sent, form, rules } = new;
        if self.all().any(|one| one.id == id) {
            return Err(VersionRefused::SameId);
        }
        let before = self.newest();
        let number = before.number.checked_add(1).ok_or(VersionRefused::TooMany)?;
        // A server's clock may be put back by a little; that must not make an older version the newest one.
        sent.at = sent.at.max(before.sent.at);
        self.later.push(AssessmentVersion { number, id, sent, form, rules, why, follows });
        Ok(self)
    }

    /// The newest version, which is the valid one.
    #[must_use]
    pub fn newest(&self) -> &AssessmentVersion {
        self.later.last().unwrap_or(&self.first)
    }

    /// All of them, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &AssessmentVersion> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The version with this id.
    #[must_use]
    pub fn get(&self, id: VersionId) -> Option<&AssessmentVersion> {
        self.all().find(|one| one.id == id)
    }
}

/// Why an amendment of another episode exists, and what it started from there.
fn late(written_for: EpisodeId, amendment: Option<Amendment>) -> (Why, Option<VersionId>) {
    let (started_from, reason) = amendment.map(|one| (one.started_from, one.reason)).unzip();
    (Why::LateAmendment { written_for, reason }, started_from)
}

impl From<Versions> for Vec<AssessmentVersion> {
    fn from(versions: Versions) -> Self {
        std::iter::once(versions.first).chain(versions.later).collect()
    }
}

impl TryFrom<Vec<AssessmentVersion>> for Versions {
    type Error = BrokenVersions;

    fn try_from(stored: Vec<AssessmentVersion>) -> Result<Self, Self::Error> {
        let mut stored = stored.into_iter();
        let first = stored.next().ok_or(BrokenVersions::None)?;
        let begins = matches!(first.why, Why::First | Why::LateAmendment { .. });
        if first.number != 1 {
            return Err(BrokenVersions::Numbers);
        }
        if !begins {
            return Err(BrokenVersions::Reasons);
        }
        let mut versions = Self { first, later: Vec::new() };
        for next in stored {
            let before = versions.newest();
            if before.number.checked_add(1) != Some(next.number) {
                return Err(BrokenVersions::Numbers);
            }
            if next.sent.at < before.sent.at {
                return Err(BrokenVersions::Moments);
            }
            if versions.get(next.id).is_some() {
                return Err(BrokenVersions::Ids);
            }
            let follows_before = next.follows == Some(before.id);
            match next.why {
                Why::LateAmendment { .. } => {}
                Why::Correction { .. } | Why::NewVersion { .. } if follows_before => {}
                _ => return Err(BrokenVersions::Reasons),
            }
            versions.later.push(next);
        }
        Ok(versions)
    }
}
