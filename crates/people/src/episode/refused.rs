//! Why a transition is not possible. What is said about it on a screen is not here.

use thiserror::Error;

use super::closing::UNDO_DAYS;
use super::state::StateName;
use crate::id::EpisodeId;
use crate::version::VersionRefused;

/// Why a transition is not possible. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{because} (the episode is {from:?})")]
pub struct InvalidTransition {
    /// The state that the episode is in.
    pub from: StateName,
    /// Why not.
    pub because: Because,
}

/// Why a transition is not possible.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Because {
    /// It does not follow from this state.
    #[error("this does not follow from the state")]
    State,
    /// The family has not been asked, so it cannot have agreed.
    #[error("the family has not been asked")]
    NotAsked,
    /// The version is not taken.
    #[error(transparent)]
    Version(#[from] VersionRefused),
    /// There are versions, and it does not say which one it starts from and why.
    #[error("a later version says which one it starts from, and why")]
    NoReason,
    /// There is no version that could be wrong or looked at.
    #[error("there is no version yet")]
    NoVersion,
    /// Only what was wrong can be put right in a closed episode.
    #[error("a closed episode takes corrections only: open it again first")]
    CorrectionsOnly,
    /// Social care counts as having taken over only once it has accepted.
    #[error("social care has not accepted a referral")]
    NotAccepted,
    /// Social care has the lead, and the plan waits.
    #[error("social care has the lead")]
    SocialCareLeads,
    /// Social care does not have the lead.
    #[error("social care does not have the lead")]
    NotSteppedUp,
    /// Another council has been asked and has not said that it has accepted.
    #[error("a transfer is under way: finish or cancel it first")]
    TransferUnderWay,
    /// No other council has been asked.
    #[error("no transfer is under way")]
    NotTransferring,
    /// The family has not agreed to that, or has taken it back, and there is no lawful reason without it.
    #[error("there is neither an agreement nor a lawful reason")]
    NotAgreed,
    /// Nobody has said what becomes of something that is open.
    #[error("nothing is said of something that is still open")]
    Unsettled,
    /// The day is before the episode began.
    #[error("that day is before the episode began")]
    BeforeItBegan,
    /// The day is not ahead.
    #[error("that day is not ahead")]
    NotAhead,
    /// A front door has not answered yet.
    #[error("a referral waits for an answer")]
    ReferralWaits,
    /// The risk was looked at before the newest version, or after the closure.
    #[error("the risk was not looked at between the newest version and now")]
    RiskCheckOutOfDate,
    /// It is part of another.
    #[error("it is part of episode {0}")]
    MergedInto(EpisodeId),
    /// An episode cannot become part of itself.
    #[error("an episode cannot be merged with itself")]
    Itself,
    /// It was merged too long ago.
    #[error("a merge can be undone for {UNDO_DAYS} days")]
    TooLate,
    /// Nobody of that name is excluded.
    #[error("that person or organisation is not excluded")]
    NotExcluded,
    /// It would be kept from the organisation that holds it, and so from everybody who works on it.
    #[error("the organisation that holds the episode cannot be kept out of it")]
    HoldsIt,
    /// It would be given to the organisation that has it.
    #[error("that organisation holds the episode already")]
    HoldsItAlready,
    /// It would be given to an organisation that must not be told.
    #[error("that organisation must not be told about the episode")]
    MustNotBeTold,
}

impl Because {
    /// Its code, as replies of the server and the table of transitions have it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::State => "state",
            Self::NotAsked => "not-asked",
            Self::Version(_) => "version",
            Self::NoReason => "no-reason",
            Self::NoVersion => "no-version",
            Self::CorrectionsOnly => "closed",
            Self::NotAccepted => "referral-not-accepted",
            Self::SocialCareLeads => "social-care-leads",
            Self::NotSteppedUp => "not-stepped-up",
            Self::TransferUnderWay => "transfer-under-way",
            Self::NotTransferring => "not-transferring",
            Self::NotAgreed => "not-agreed",
            Self::Unsettled => "still-open",
            Self::BeforeItBegan => "before-it-began",
            Self::NotAhead => "not-ahead",
            Self::ReferralWaits => "referral-waits",
            Self::RiskCheckOutOfDate => "risk-check-out-of-date",
            Self::MergedInto(_) => "merged",
            Self::Itself => "itself",
            Self::TooLate => "too-late",
            Self::NotExcluded => "not-excluded",
            Self::HoldsIt => "holds-it",
            Self::HoldsItAlready => "holds-it-already",
            Self::MustNotBeTold => "must-not-be-told",
        }
    }
}
