//! What becomes of an episode after it was sent: closed, opened again, given to another organisation, kept from somebody,
//! answered by the front door.

use serde::{Deserialize, Serialize};

use crate::episode::Deed;

/// How an episode ended, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosureShown {
    /// A code of the list `closure_reasons`.
    pub reason: String,
    /// The reason in words; absent unless you see every section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Why it was safe to close; absent unless you see every section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_safe: Option<String>,
    /// Who closed it, and when.
    pub closed: Deed,
    /// What became of what was open then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<SettledItem>,
}

/// Something that was open when an episode was closed, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettledItem {
    /// `action`, `meeting` or `clock`.
    pub kind: String,
    /// The id of the action or the clock; the number of the meeting.
    pub id: String,
    /// `done` (actions only), `ended`, or `passed_on`: somebody outside early help goes on with it.
    pub becomes: String,
}

/// A referral to social care and its answer, as they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralShown {
    /// The front door.
    pub to: String,
    /// When it was sent.
    pub sent_at: String,
    /// `accepted` or `not_accepted`; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// When the answer was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<String>,
    /// That the written form was sent, or is known to be with the front door; absent where nobody knows, and once it was
    /// answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<WrittenShown>,
    /// What runs while it waits; absent once it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ReferralClockShown>,
}

/// That the written form of a referral is with the front door, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WrittenShown {
    /// `online_form`, `email` or `paper`, as somebody said; `opened_here` where the front door has opened the answers here,
    /// which counts as written.
    pub by: String,
    /// Who said so or opened them, and when.
    pub noted: Deed,
}

/// What runs while a referral waits: dates and times as the clocks in England show them, without a zone. An authority's
/// profile may name other lengths than the usual ones, which are given here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralClockShown {
    /// By when the written form follows the call: 24 hours from when it was sent here, which is at the latest when somebody
    /// rang.
    pub write_by: String,
    /// How near that is: `later`, `soon`, `today` or `overdue`; `done` once it was sent.
    #[serde(default)]
    pub write_is: String,
    /// By when the front door answers: the close of the next working day.
    pub answer_by: String,
    /// How near that is, as above.
    #[serde(default)]
    pub answer_is: String,
    /// By when to chase where nothing is heard: the close of the third working day.
    pub chase_by: String,
    /// What to do now: `wait`, `ring` (the answer is late) or `escalate` (it was to be chased by now).
    pub now: String,
}

/// That another council is to take an episode over, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferShown {
    /// The council.
    pub to: String,
    /// The code of the lawful reason; absent where the family agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lawful_reason: Option<String>,
    /// Who began it, and when.
    pub begun: Deed,
}

/// What social care handed over when it gave the lead back, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoverShown {
    /// What it did, and why it stops.
    pub why: String,
    /// What the child and the family still need.
    pub still_needed: String,
    /// Who wrote it down, and when.
    pub stepped_down: Deed,
}

/// The body of `POST /episodes/{id}/closure`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewClosure {
    /// A code of the list `closure_reasons`, such as `needs_met`.
    pub reason: String,
    /// The reason in words. Needed for every reason but `needs_met`.
    #[serde(default)]
    pub words: Option<String>,
    /// Why it is safe to close: the risk was looked at again just now. Needed where the family no longer takes part
    /// (`consent_withdrawn`, `not_engaged`, `consent_refused`).
    #[serde(default)]
    pub why_safe: Option<String>,
    /// What becomes of everything that is open. Needed for each action that is not done, each meeting that is to come, and
    /// each clock that runs.
    #[serde(default)]
    pub settled: Vec<SettledItem>,
}

/// The body of `POST /episodes/{id}/step-down`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewHandover {
    /// What social care did, and why it stops.
    pub why: String,
    /// What the child and the family still need, and what to watch for.
    pub still_needed: String,
}

/// The body of `POST /episodes/{id}/transfer`. Without a lawful reason it says that the family has agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTransfer {
    /// The name of the other council.
    pub to: String,
    /// A code of the list `reason_to_share`, where the family has not agreed.
    #[serde(default)]
    pub lawful_reason: Option<String>,
    /// Why that reason holds for this child. Needed with `lawful_reason`.
    #[serde(default)]
    pub words: Option<String>,
}

/// The body of `POST /episodes/{id}/transfer/cancelled`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelledTransfer {
    /// Why.
    pub reason: String,
}

/// The body of `POST /episodes/{id}/transfer/finished`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FinishedTransfer {
    /// Who has accepted, and how that is known.
    pub accepted: String,
    /// As in the body of `POST /episodes/{id}/closure`.
    #[serde(default)]
    pub settled: Vec<SettledItem>,
}

/// The body of `POST /episodes/{id}/reopening`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReopening {
    /// Why.
    pub reason: String,
}

/// The body of `PUT /episodes/{id}/holder`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewHolder {
    /// The code of the organisation that holds it from now on.
    pub organisation: String,
}

/// The body of `POST /episodes/{id}/merge`: the episode becomes part of another one of the same child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewEpisodeMerge {
    /// The id of the episode that stays.
    pub into: String,
}

/// That an episode is part of another one, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpisodeMergeShown {
    /// The id of the other one; absent unless you may know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// Who joined them, and when.
    pub merged: Deed,
    /// The last day on which that can be undone.
    pub can_be_undone_until: String,
}

/// Somebody who must not be told of an episode, or may be told again: exactly one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Excluded {
    /// One person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<ExcludedPerson>,
    /// The id of what a member of the team was given: the person to whom it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Everybody of an organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

/// One person, as sign-in knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExcludedPerson {
    /// Who vouches for them.
    pub issuer: String,
    /// What it calls them. Never a mail address.
    pub subject: String,
}

/// Somebody who must not be told of an episode, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExcludedShown {
    /// Who vouches for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// What it calls them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Their name, where they have signed in here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Everybody of an organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

/// The body of `POST /episodes/{id}/exclusions/lifted`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiftedExclusion {
    /// Who may be told again.
    pub excluded: Excluded,
    /// Why.
    pub reason: String,
}

/// The body of `POST /episodes/{id}/referral/written`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewWrittenForm {
    /// How it was sent: `online_form`, `email` (secure) or `paper`.
    pub by: String,
}

/// The body of `POST /episodes/{id}/referral/not-written`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotWritten {
    /// Why it was said, and what is true.
    pub reason: String,
}

/// The body of `POST /episodes/{id}/referral/answer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReferralAnswer {
    /// `accepted` or `not_accepted`.
    pub answer: String,
}
