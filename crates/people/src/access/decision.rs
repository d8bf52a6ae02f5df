//! The answer: allowed, and how much of the record, or refused, and how that is said.

use super::sections::{Scope, Sections};
use crate::protection::Protection;

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It is allowed.
    Allowed(Allowed),
    /// It is not.
    Refused(Refusal),
}

impl Decision {
    /// What is allowed, if anything.
    #[must_use]
    pub fn allowed(self) -> Option<Allowed> {
        match self {
            Self::Allowed(allowed) => Some(allowed),
            Self::Refused(_) => None,
        }
    }
}

/// What is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    pub(super) plain: Option<Sight>,
    pub(super) with_reason: Option<Sight>,
}

impl Allowed {
    /// Whether it is allowed only with a reason, which is kept.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        self.plain.is_none()
    }

    /// What may be shown: without a reason what needs none, with one all that it opens. `None` where a reason is needed and
    /// none is given.
    #[must_use]
    pub fn sight(self, has_reason: bool) -> Option<Sight> {
        match (self.plain, self.with_reason) {
            (Some(plain), Some(more)) if has_reason => Some(plain.union(more)),
            (None, more) if has_reason => more,
            (plain, _) => plain,
        }
    }
}

/// What of a record may be shown. Only [`authorise`](super::authorise) makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    pub(super) scope: Scope,
}

impl Sight {
    /// The sections. With none, what may be shown is that the record exists, whose it is, its state and who holds it.
    #[must_use]
    pub const fn sections(self) -> Sections {
        self.scope.sections
    }

    /// Whether something of this protection may be shown. What may not is absent, not blanked.
    #[must_use]
    pub fn shows(self, protection: Protection) -> bool {
        protection <= self.scope.up_to
    }

    /// Whether somebody with this sight may give that scope to another: nobody gives more than they have.
    #[must_use]
    pub fn may_give(self, scope: Scope) -> bool {
        scope.within(self.scope)
    }

    pub(super) fn union(self, other: Self) -> Self {
        let sections = self.scope.sections.union(other.scope.sections);
        Self { scope: Scope { sections, up_to: self.scope.up_to.join(other.scope.up_to) } }
    }
}

/// Why it is refused, for the audit, and what the person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub why: Why,
    /// What they are told.
    pub answer: Answer,
}

/// Why something is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody has signed in.
    NotSignedIn,
    /// No role that they have here may do it.
    NoRight,
    /// They must not be told.
    Excluded,
    /// Their organisation is not among those that it may be shared with.
    OutsideAgreement,
    /// The record is kept too closely for them.
    Protected,
    /// Not in this state of the episode.
    State,
    /// It must not be erased.
    OnHold,
    /// The action is not about that sort of thing: a fault of the program.
    OtherResource,
}

impl Why {
    /// Its code, as the audit has it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotSignedIn => "not-signed-in",
            Self::NoRight => "no-right",
            Self::Excluded => "excluded",
            Self::OutsideAgreement => "outside-agreement",
            Self::Protected => "protected",
            Self::State => "state",
            Self::OnHold => "on-hold",
            Self::OtherResource => "other-resource",
        }
    }
}

/// What the person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Sign in first.
    SignIn,
    /// The same as of an id that does not exist.
    Unknown,
    /// That they may not. Only to people who may know that the record exists.
    Forbidden,
    /// That it is not possible as things are. Only to people who may otherwise do it.
    NotNow,
}
