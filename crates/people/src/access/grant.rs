//! A grant: what one person may see and do in one episode, from when, until when, and who gave it. A grant always ends.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::principal::{Principal, Role};
use super::sections::{Scope, Sections};
use crate::id::EpisodeId;
use crate::moment::Moment;
use crate::who::{Organisation, Subject, Who};

/// How long a grant lasts unless somebody says otherwise.
pub const USUAL_DAYS: u32 = 90;
/// The longest that a grant lasts before somebody has to give it again.
pub const MAX_DAYS: u32 = 366;
/// After how many days without use a grant sleeps.
pub const SLEEPS_AFTER_DAYS: u32 = 60;

/// What a grant says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantTerms {
    /// In which episode.
    pub episode: EpisodeId,
    /// To whom.
    pub to: Subject,
    /// For whom they acted when it was given; none of a family. With another organisation it is void.
    pub organisation: Option<Organisation>,
    /// As what.
    pub role: Role,
    /// What of the record.
    pub scope: Scope,
    /// From when.
    pub from: Moment,
    /// Until when; at this moment it has ended.
    pub until: Moment,
    /// Who gave it.
    pub given_by: Who,
}

/// What one person may see and do in one episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawGrant")]
pub struct Grant {
    terms: GrantTerms,
    used: Option<Moment>,
    ended: Option<Moment>,
    /// The highest number of a section when it was written.
    sections_to: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGrant {
    terms: GrantTerms,
    used: Option<Moment>,
    ended: Option<Moment>,
    /// Absent of a grant from before there were sections for meetings, reviews and closing.
    sections_to: Option<u8>,
}

/// Why a grant is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GrantRefused {
    /// It would end before it begins.
    #[error("the grant would end before it begins")]
    EndsFirst,
    /// It would last too long.
    #[error("a grant lasts {MAX_DAYS} days at most; it can be given again")]
    TooLong,
    /// That role belongs to sign-in, not to one episode.
    #[error("this role is not given for one episode")]
    Role,
    /// Nobody gives access to themselves.
    #[error("nobody gives access to themselves")]
    ToThemselves,
}

/// Whether a grant counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Liveness {
    /// It counts.
    Live,
    /// It begins later.
    NotYet,
    /// It has not been used for a long time. It wakes when somebody gives it again.
    Asleep,
    /// It has ended.
    Ended,
    /// It was given to somebody else, or for another organisation.
    Void,
}

impl Grant {
    /// Gives it.
    ///
    /// # Errors
    /// See [`GrantRefused`]. Starting an episode is the one case in which people get a grant that they caused: the server
    /// gives it by [`Grant::on_starting`].
    pub fn give(terms: GrantTerms) -> Result<Self, GrantRefused> {
        if terms.given_by.subject == terms.to {
            return Err(GrantRefused::ToThemselves);
        }
        Self::checked(terms)
    }

    /// What somebody who starts an episode gets in it: to write it, with all of it in view, for [`USUAL_DAYS`].
    #[must_use]
    pub fn on_starting(episode: EpisodeId, by: Who, scope: Scope, at: Moment) -> Self {
        let terms = GrantTerms {
            episode,
            to: by.subject.clone(),
            organisation: Some(by.organisation.clone()),
            role: Role::LeadProfessional,
            scope,
            from: at,
            until: at.plus_days(USUAL_DAYS),
            given_by: by,
        };
        Self { terms, used: None, ended: None, sections_to: Sections::LAST }
    }

    fn checked(terms: GrantTerms) -> Result<Self, GrantRefused> {
        if terms.until <= terms.from {
            return Err(GrantRefused::EndsFirst);
        }
        if terms.until > terms.from.plus_days(MAX_DAYS) {
            return Err(GrantRefused::TooLong);
        }
        if !terms.role.is_granted() {
            return Err(GrantRefused::Role);
        }
        Ok(Self { terms, used: None, ended: None, sections_to: Sections::LAST })
    }

    /// What it says.
    #[must_use]
    pub fn terms(&self) -> &GrantTerms {
        &self.terms
    }

    /// When it was last used, as far as that was noted.
    #[must_use]
    pub fn last_used(&self) -> Option<Moment> {
        self.used
    }

    /// When somebody ended it.
    #[must_use]
    pub fn ended(&self) -> Option<Moment> {
        self.ended
    }

    /// It was used, which keeps it awake.
    #[must_use]
    pub fn used(self, at: Moment) -> Self {
        Self { used: self.used.max(Some(at)), ..self }
    }

    /// It ends now. An end is never put off: what has ended is given again.
    #[must_use]
    pub fn end(self, at: Moment) -> Self {
        Self { ended: Some(self.ended.map_or(at, |ended| ended.min(at))), ..self }
    }

    /// Whether it counts for this person now.
    #[must_use]
    pub fn liveness(&self, principal: &Principal, now: Moment) -> Liveness {
        let last = self.used.map_or(self.terms.from, |used| used.max(self.terms.from));
        if self.terms.to != principal.subject || self.terms.organisation != principal.organisation {
            Liveness::Void
        } else if now >= self.terms.until || self.ended.is_some_and(|ended| now >= ended) {
            Liveness::Ended
        } else if now < self.terms.from {
            Liveness::NotYet
        } else if now >= last.plus_days(SLEEPS_AFTER_DAYS) {
            Liveness::Asleep
        } else {
            Liveness::Live
        }
    }
}

impl Role {
    /// Whether it is given for single episodes. The others come with sign-in only.
    #[must_use]
    pub const fn is_granted(self) -> bool {
        matches!(self, Self::Practitioner | Self::LeadProfessional | Self::TacMember | Self::FamilyViewer)
    }
}

impl TryFrom<RawGrant> for Grant {
    type Error = GrantRefused;

    fn try_from(raw: RawGrant) -> Result<Self, Self::Error> {
        let mut terms = raw.terms;
        // Somebody who writes the record and had every section that there was would otherwise not see their own meetings.
        let writes = matches!(terms.role, Role::Practitioner | Role::LeadProfessional);
        if raw.sections_to.is_none() && writes && terms.scope.sections == Sections::ASSESSMENT {
            terms.scope.sections = Sections::ALL;
        }
        Ok(Self { used: raw.used, ended: raw.ended, ..Self::checked(terms)? })
    }
}
