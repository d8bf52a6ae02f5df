//! The states of an episode. How one follows another is `transition`.

use serde::{Deserialize, Serialize};

use super::closure::Closure;
use super::stage::{Ground, Stage};
use crate::id::EpisodeId;
use crate::version::Versions;
use crate::who::{Council, Organisation, Reason, Stamp};

/// The state of an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum State {
    /// Early help is under way.
    Open(Stage),
    /// Social care has been asked. Early help goes on meanwhile: what is possible in the stage is possible here.
    Referred {
        /// How far early help has come.
        stage: Stage,
        /// What was asked of whom.
        referral: Referral,
    },
    /// Social care has the lead, after it accepted a referral. The plan waits; what the family says and what is sent is
    /// taken as before.
    SteppedUp {
        /// How far early help has come, and where stepping down leads back to.
        stage: Stage,
        /// The referral that was accepted.
        referral: Referral,
        /// Who wrote that down, and when.
        since: Stamp,
    },
    /// Another council is to take it over. Early help goes on until that council has accepted.
    Transferring {
        /// How far early help has come.
        stage: Stage,
        /// A referral that waits or was accepted: moving away ends none.
        referral: Option<Referral>,
        /// To whom, and on what ground.
        transfer: Transfer,
    },
    /// It has ended.
    Closed {
        /// Why.
        closure: Closure,
        /// Who closed it, and when.
        closed: Stamp,
        /// How far early help had come.
        stage: Stage,
        /// The referral that led to it, or that was still waiting.
        referral: Option<Referral>,
    },
    /// It is the same as another, to which everything leads.
    Merged {
        /// The other.
        into: EpisodeId,
        /// Who merged them, and when.
        merged: Stamp,
        /// What it was before; undoing the merge gives it back.
        before: Box<State>,
    },
}

/// That social care was asked to look at a child's situation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// Which front door.
    pub to: Organisation,
    /// Why, in words.
    pub reason: Reason,
    /// Who asked, and when.
    pub sent: Stamp,
    /// That the written form was sent as well. Absent where nobody has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<WrittenForm>,
    /// That social care has accepted. Any other answer ends the referral, and the history has it.
    pub accepted: Option<Stamp>,
}

/// That the written form of a referral was sent to the front door: what follows the telephone call within 24 hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenForm {
    /// How.
    pub by: SentBy,
    /// Who wrote that down, and when.
    pub noted: Stamp,
}

/// How the written form of a referral was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentBy {
    /// The front door's own form on its website.
    OnlineForm,
    /// Secure email.
    Email,
    /// Post, or by hand.
    Paper,
}

impl SentBy {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::OnlineForm, Self::Email, Self::Paper];

    /// Its code, as requests, replies and wording keys have it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnlineForm => "online_form",
            Self::Email => "email",
            Self::Paper => "paper",
        }
    }

    /// The way with that code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

impl Referral {
    /// Whether no answer has come yet.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.accepted.is_none()
    }
}

/// That another council is to take an episode over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Which.
    pub to: Council,
    /// The family's agreement to this, or a lawful reason without it.
    pub ground: Ground,
    /// Who began it, and when.
    pub begun: Stamp,
}

/// What a front door said to a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferralAnswer {
    /// Social care takes it on.
    Accepted,
    /// Social care does not take it on; early help goes on.
    NotAccepted,
}

/// The name of a state, as the specification has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    /// Somebody has noticed something.
    Enquiry,
    /// The family has been asked.
    ConsentPending,
    /// The assessment is being written.
    Drafting,
    /// The assessment has been sent.
    Shared,
    /// The first meeting of the team around the child has a date.
    TacScheduled,
    /// The plan is agreed.
    PlanActive,
    /// A review of the plan is under way.
    InReview,
    /// The family said no.
    Declined,
    /// Social care has been asked.
    Referred,
    /// Social care has the lead.
    SteppedUp,
    /// Another council is to take it over.
    Transferring,
    /// It has ended.
    Closed,
    /// It is part of another.
    Merged,
}

impl State {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> StateName {
        match self {
            Self::Open(stage) => stage.name(),
            Self::Referred { .. } => StateName::Referred,
            Self::SteppedUp { .. } => StateName::SteppedUp,
            Self::Transferring { .. } => StateName::Transferring,
            Self::Closed { .. } => StateName::Closed,
            Self::Merged { .. } => StateName::Merged,
        }
    }

    /// How far early help has come, or had come when it ended.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        match self {
            Self::Open(stage)
            | Self::Referred { stage, .. }
            | Self::SteppedUp { stage, .. }
            | Self::Transferring { stage, .. }
            | Self::Closed { stage, .. } => stage,
            Self::Merged { before, .. } => before.stage(),
        }
    }

    /// How it ended, or had ended before it became part of another.
    #[must_use]
    pub fn closure(&self) -> Option<&Closure> {
        match self {
            Self::Closed { closure, .. } => Some(closure),
            Self::Merged { before, .. } => before.closure(),
            _ => None,
        }
    }

    /// The referral that waits for an answer, was accepted, or was there when it ended.
    #[must_use]
    pub fn referral(&self) -> Option<&Referral> {
        match self {
            Self::Open(_) => None,
            Self::Referred { referral, .. } | Self::SteppedUp { referral, .. } => Some(referral),
            Self::Transferring { referral, .. } | Self::Closed { referral, .. } => referral.as_ref(),
            Self::Merged { before, .. } => before.referral(),
        }
    }

    /// What was sent so far.
    #[must_use]
    pub fn versions(&self) -> Option<&Versions> {
        self.stage().versions()
    }

    /// The same state around another stage. What is part of another episode stays as it is.
    pub(super) fn with_stage(self, stage: Stage) -> Self {
        match self {
            Self::Open(_) => Self::Open(stage),
            Self::Referred { referral, .. } => Self::Referred { stage, referral },
            Self::SteppedUp { referral, since, .. } => Self::SteppedUp { stage, referral, since },
            Self::Transferring { referral, transfer, .. } => Self::Transferring { stage, referral, transfer },
            Self::Closed { closure, closed, referral, .. } => {
                Self::Closed { closure, closed, stage, referral }
            }
            merged @ Self::Merged { .. } => merged,
        }
    }
}

impl Stage {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> StateName {
        match self {
            Self::Enquiry { .. } => StateName::Enquiry,
            Self::ConsentPending { .. } => StateName::ConsentPending,
            Self::Drafting { .. } => StateName::Drafting,
            Self::Shared { .. } => StateName::Shared,
            Self::TacScheduled { .. } => StateName::TacScheduled,
            Self::PlanActive { .. } => StateName::PlanActive,
            Self::InReview { .. } => StateName::InReview,
            Self::Declined { .. } => StateName::Declined,
        }
    }
}
