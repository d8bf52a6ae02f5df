//! Why an episode was closed. The codes and groups are the code list `closure_reasons`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Because;
use super::settled::{Item, Settled, StillOpen};
use crate::who::{Reason, Stamp};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $group:ident;)*) => {
        /// Why an episode was closed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum ClosureReason {$(
            $(#[$doc])*
            #[serde(rename = $code)]
            $name,
        )*}

        impl ClosureReason {
            /// Every reason, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code, as it is stored.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {$(Self::$name => $code,)*}
            }

            /// What sort of ending it is.
            #[must_use]
            pub const fn group(self) -> ClosureGroup {
                match self {$(Self::$name => ClosureGroup::$group,)*}
            }
        }
    };
}

reasons! {
    /// Needs met; everyday services go on.
    NeedsMet = "needs_met", Planned;
    /// One service helps from now on.
    SingleAgency = "single_agency", Planned;
    /// Social care has accepted a child in need.
    SteppedUpS17 = "stepped_up_s17", StepUp;
    /// Social care protects the child.
    SteppedUpS47 = "stepped_up_s47", StepUp;
    /// The child became looked after.
    LookedAfter = "looked_after", StepUp;
    /// Another coordinated plan has taken over.
    SpecialistPlan = "specialist_plan", Planned;
    /// The family took its agreement back.
    ConsentWithdrawn = "consent_withdrawn", Disengaged;
    /// The family could not be reached, or did not engage.
    NotEngaged = "not_engaged", Disengaged;
    /// The family never agreed.
    ConsentRefused = "consent_refused", Disengaged;
    /// The family moved to another authority.
    MovedLa = "moved_la", Transfer;
    /// Adult services have taken over.
    AgedOut = "aged_out", Transfer;
    /// The child died.
    ChildDied = "child_died", Other;
    /// It was opened in error, or is the same as another.
    Duplicate = "duplicate", Other;
    /// Something else.
    Other = "other", Other;
}

/// What sort of ending a closure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosureGroup {
    /// As it was meant to end.
    Planned,
    /// The family no longer takes part. The risk is looked at again before the episode is closed.
    Disengaged,
    /// Social care has taken over. It counts only once social care has accepted.
    StepUp,
    /// Somebody else has taken over.
    Transfer,
    /// Anything else.
    Other,
}

impl ClosureReason {
    /// Whether it needs words: every reason but "needs met".
    #[must_use]
    pub const fn needs_words(self) -> bool {
        !matches!(self, Self::NeedsMet)
    }

    /// Why an episode cannot be closed for this reason as things are; `None` if it can. `is_accepted` says whether social care
    /// has accepted the referral, and is `None` where it has not been asked or has said no. Social care has taken over only
    /// once it has accepted; and while it decides, nobody relies on it, unless the child died or the episode should not exist.
    #[must_use]
    pub fn why_not(self, is_accepted: Option<bool>) -> Option<Because> {
        if self.group() == ClosureGroup::StepUp && is_accepted != Some(true) {
            return Some(Because::NotAccepted);
        }
        let ends_anyway = matches!(self, Self::ChildDied | Self::Duplicate);
        (is_accepted == Some(false) && !ends_anyway).then_some(Because::ReferralWaits)
    }

    /// Whether the risk must be looked at again first.
    #[must_use]
    pub const fn needs_risk_check(self) -> bool {
        matches!(self.group(), ClosureGroup::Disengaged)
    }

    /// The same of an episode whose newest assessment found something urgent, or did not: nobody closes over that without
    /// saying why it is safe, unless social care has taken over, the child died or the episode should not exist.
    #[must_use]
    pub const fn needs_risk_check_where(self, is_urgent: bool) -> bool {
        let ends_anyway = matches!(self, Self::ChildDied | Self::Duplicate);
        let is_passed_on = matches!(self.group(), ClosureGroup::StepUp);
        self.needs_risk_check() || (is_urgent && !ends_anyway && !is_passed_on)
    }
}

/// That somebody looked at the risk again before they closed an episode, and why they thought it safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskCheck {
    /// Who looked, and when.
    pub checked: Stamp,
    /// The step that the rules suggested then, such as `R2`. It decides nothing.
    pub suggested: String,
    /// The version of the rule pack.
    pub rules: String,
    /// Why it is safe to close.
    pub why_safe: Reason,
}

/// Why an episode was closed, with what the reason asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawClosure")]
pub struct Closure {
    reason: ClosureReason,
    words: Option<Reason>,
    risk_check: Option<RiskCheck>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    settled: Vec<Settled>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClosure {
    reason: ClosureReason,
    words: Option<Reason>,
    risk_check: Option<RiskCheck>,
    #[serde(default)]
    settled: Vec<Settled>,
}

/// What a closure lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ClosureIncomplete {
    /// Words.
    #[error("this reason for closing needs words")]
    Words,
    /// A look at the risk.
    #[error("the risk must be looked at again before an episode is closed for this reason")]
    RiskCheck,
    /// One decision for each thing.
    #[error("one thing is decided about twice")]
    SettledTwice,
}

impl Closure {
    /// A closure for this reason.
    ///
    /// # Errors
    /// The reason asks for words or for a look at the risk, and there is none.
    pub fn new(
        reason: ClosureReason,
        words: Option<Reason>,
        risk_check: Option<RiskCheck>,
    ) -> Result<Self, ClosureIncomplete> {
        if reason.needs_words() && words.is_none() {
            return Err(ClosureIncomplete::Words);
        }
        if reason.needs_risk_check() && risk_check.is_none() {
            return Err(ClosureIncomplete::RiskCheck);
        }
        Ok(Self { reason, words, risk_check, settled: Vec::new() })
    }

    /// The closure with what becomes of what was open.
    ///
    /// # Errors
    /// Two decisions are about the same thing.
    pub fn settling(self, settled: Vec<Settled>) -> Result<Self, ClosureIncomplete> {
        let items: BTreeSet<&Item> = settled.iter().map(Settled::item).collect();
        if items.len() != settled.len() {
            return Err(ClosureIncomplete::SettledTwice);
        }
        Ok(Self { settled, ..self })
    }

    /// What becomes of what was open. Nothing of it comes back by itself when the episode is opened again.
    #[must_use]
    pub fn settled(&self) -> &[Settled] {
        &self.settled
    }

    /// What nobody has decided about.
    pub fn unsettled<'a>(&self, open: &'a StillOpen) -> impl Iterator<Item = &'a Item> {
        open.iter().filter(|item| !self.settled.iter().any(|one| one.item() == *item))
    }

    /// Whether something is said of everything that is open. What is not open any more may be in it as well: somebody may
    /// just have done it.
    #[must_use]
    pub fn settles(&self, open: &StillOpen) -> bool {
        self.unsettled(open).next().is_none()
    }

    /// The reason.
    #[must_use]
    pub fn reason(&self) -> ClosureReason {
        self.reason
    }

    /// The reason in words.
    #[must_use]
    pub fn words(&self) -> Option<&Reason> {
        self.words.as_ref()
    }

    /// The look at the risk.
    #[must_use]
    pub fn risk_check(&self) -> Option<&RiskCheck> {
        self.risk_check.as_ref()
    }
}

impl TryFrom<RawClosure> for Closure {
    type Error = ClosureIncomplete;

    fn try_from(raw: RawClosure) -> Result<Self, Self::Error> {
        Self::new(raw.reason, raw.words, raw.risk_check)?.settling(raw.settled)
    }
}
