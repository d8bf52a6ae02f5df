//! Episodes: somebody's work, one episode with its versions, its team, and who has seen it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    assessment::Headline,
    episode_change::{
        ClosureShown, EpisodeMergeShown, ExcludedShown, HandoverShown, ReferralShown, TransferShown,
    },
};

/// One line of the list of episodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpisodeSummary {
    /// The episode's id.
    pub id: String,
    /// Whether it opens only with a reason. Then there is nothing else here.
    pub needs_reason: bool,
    /// What is shown without opening it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<EpisodeShown>,
}

/// What lists show of an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpisodeShown {
    /// The reference of its newest version.
    pub reference: String,
    /// The child's name as it is said; absent if none was given.
    pub child_name: Option<String>,
    /// `enquiry`, `consent_pending`, `drafting`, `shared`, `tac_scheduled`, `plan_active`, `in_review`, `declined`, `referred`,
    /// `stepped_up`, `transferring`, `closed` or `merged`.
    pub state: String,
    /// The organisation that holds it.
    pub holder: String,
    /// Whether you were let into it, as its author or as a member of its team.
    pub mine: bool,
    /// Whether its newest version found something urgent.
    pub urgent: bool,
    /// The headline of its newest version.
    pub headline: Option<Headline>,
    /// The next day on which something was promised: a review, or an action that is not done.
    pub due_on: Option<String>,
    /// When it last changed.
    pub changed_at: String,
}

/// The reply of `GET /episodes`: urgent ones first, then those that are due soonest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpisodeList {
    /// At most as many as were asked for. There may be fewer although there is a next page.
    pub episodes: Vec<EpisodeSummary>,
    /// Give this as `after` for the next page; absent on the last one.
    pub next: Option<String>,
}

/// One episode: the reply of `GET /episodes/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpisodeRecord {
    /// The episode's id.
    pub id: String,
    /// The same as in lists.
    pub shown: EpisodeShown,
    /// Whose it is.
    pub child: String,
    /// `ordinary`, `confidential` or `shielded`: how closely it is kept.
    pub protection: String,
    /// The organisations that it may be shared with, beside the one that holds it.
    pub shared_with: Vec<String>,
    /// The front door that it was sent to.
    pub referred_to: Option<String>,
    /// When it began.
    pub opened_at: String,
    /// The sections of the form that you may see.
    pub sections: Vec<u8>,
    /// What you may do with it now, such as `comment` or `close`; the codes are those of the access log. A reason that you
    /// gave for this look counts, and has to be given again with the change.
    #[serde(default)]
    pub may: Vec<String>,
    /// The last referral and its answer, since it was opened; absent unless you may read or answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<ReferralShown>,
    /// How far early help has come, whatever is around it: what `state` would be without a referral, a step up, a transfer or
    /// a closure.
    #[serde(default)]
    pub stage: String,
    /// That another council is to take it over; absent unless it is, and of those who see no section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<TransferShown>,
    /// What social care handed over when it last gave the lead back, since it was opened; absent unless you see every section
    /// of the assessment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handover: Option<HandoverShown>,
    /// How it ended; absent while it is open, and of those who see no section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closure: Option<ClosureShown>,
    /// Who must not be told; absent unless you may change that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excluded: Option<Vec<ExcludedShown>>,
    /// That it is part of another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<EpisodeMergeShown>,
    /// The ids of versions that were sent for an episode which had become part of this one, and that nobody has looked at;
    /// empty unless you may list versions.
    #[serde(default)]
    pub to_look_at: Vec<String>,
    /// What is open, in the order of the plan: closing says what becomes of each. Empty unless you may close it.
    #[serde(default)]
    pub still_open: Vec<OpenItemShown>,
}

/// Something that is open in an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenItemShown {
    /// `action`, `meeting` or `clock`.
    pub kind: String,
    /// The id of the action or the clock; the number of the meeting.
    pub id: String,
    /// What the action is, or on which day the meeting is; absent of a clock, and where you may not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deed {
    /// Their name, where they have signed in here.
    pub name: Option<String>,
    /// For whom they acted.
    pub organisation: String,
    /// When.
    pub at: String,
}

/// One version of the assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionSummary {
    /// Its id, to start a correction or a new version from.
    pub id: String,
    /// Its number in the episode, from 1.
    pub number: u32,
    /// Who sent it.
    pub sent: Deed,
    /// The version of the form.
    pub form_version: String,
    /// The version of the rule pack.
    pub pack_version: String,
    /// `first`, `correction`, `new_version` or `late_amendment`.
    pub kind: String,
    /// What was wrong, or what happened.
    pub reason: Option<String>,
    /// The version that it started from.
    pub started_from: Option<String>,
}

/// The reply of `GET /episodes/{id}/versions`, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionList {
    /// The last one is the valid one.
    pub versions: Vec<VersionSummary>,
}

/// One version with its answers: the reply of `GET /episodes/{id}/versions/{number}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionRecord {
    /// Which version, by whom and why.
    pub version: VersionSummary,
    /// The reference to quote.
    pub reference: String,
    /// Whether all answers are here, exactly as sent. Otherwise those that you may not see are absent: absent is not blank.
    pub whole: bool,
    /// The answers that you may see.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Box<RawValue>,
    /// Paths of answers that belong to an agreement that no longer holds.
    pub superseded: Vec<String>,
    /// The server's outcome with its reasons; absent where you do not see every section, since it tells of them all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub outcome: Option<Box<RawValue>>,
}

/// How one answer differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerChange {
    /// The answer.
    pub path: String,
    /// `added`, `removed`, `changed`, or `protected`: it changed, and you may not see how.
    pub change: String,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
}

/// The reply of `GET /episodes/{id}/versions/{number}/differences`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionDifferences {
    /// The older version.
    pub from: VersionSummary,
    /// The newer version.
    pub to: VersionSummary,
    /// In the order of the form, as far as you may see it.
    pub changes: Vec<AnswerChange>,
}

/// Somebody who was let into an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpisodeMember {
    /// The id of what they were given.
    pub id: String,
    /// Their name, where they have signed in here.
    pub name: Option<String>,
    /// For whom they act; absent of the family itself.
    pub organisation: Option<String>,
    /// As what.
    pub role: String,
    /// The sections of the form that they see.
    pub sections: Vec<u8>,
    /// `ordinary`, `confidential` or `shielded`: up to where they see answers.
    pub up_to: String,
    /// From when.
    pub from: String,
    /// Until when.
    pub until: String,
    /// `live`, `not_yet`, `asleep` or `ended`.
    pub status: String,
    /// Whether they have left and cannot sign in here any more.
    #[serde(default)]
    pub has_left: bool,
    /// How many open actions of the plan they owe; 0 where you do not see the plan. Before somebody leaves, or once they have,
    /// each needs another owner; until then it is in the list of the lead professional.
    #[serde(default)]
    pub open_actions: u32,
    /// The name of the one who let them in, or answers for it since that one has left the team; absent of who started it.
    #[serde(default)]
    pub given_by: Option<String>,
    /// The minutes that they were sent, as far as the circulation lists name them as above; none where you do not see meetings.
    /// What somebody was sent stays with them after their access has ended.
    #[serde(default)]
    pub copies: Vec<CopySent>,
}

/// Minutes that somebody was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CopySent {
    /// The number of the meeting.
    pub meeting: u32,
    /// The day of the meeting, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The day on which they were sent.
    pub sent_on: String,
}

/// The reply of `GET /episodes/{id}/members`. `ETag` is what a change must name in `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberList {
    /// Everybody who was ever let in, in the order in which they were.
    pub members: Vec<EpisodeMember>,
}

/// The body of `POST /episodes/{id}/members`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMember {
    /// Who vouches for them.
    pub issuer: String,
    /// What it calls them. Never a mail address.
    pub subject: String,
    /// For whom they act; absent of the family itself.
    #[serde(default)]
    pub organisation: Option<String>,
    /// `practitioner`, `lead_professional`, `tac_member` or `family_viewer`.
    pub role: String,
    /// The sections that they may see: 0 to 12 are the assessment's, 9 also the plan's, 13 reviews, 14 meetings, 15 closing.
    pub sections: Vec<u8>,
    /// `ordinary`, `confidential` or `shielded`: up to where they see answers.
    pub up_to: String,
    /// Until when, such as `2027-02-21T00:00:00Z`; 90 days from now if left out, 366 at most.
    #[serde(default)]
    pub until: Option<String>,
    /// That the family's agreement covers that organisation. Needed once for each, unless it holds the episode.
    #[serde(default)]
    pub is_covered: bool,
}

/// The reply of a change to a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangedMember {
    /// The id of what they were given.
    pub id: String,
}

/// One line of the access log of an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessLogEntry {
    /// Its position in the audit trail.
    pub sequence: u64,
    /// When.
    pub at: String,
    /// Who: their name, where they have signed in here.
    pub name: Option<String>,
    /// For whom they acted, as their sign-in says today.
    pub organisation: Option<String>,
    /// What they did, such as `read-version`, or what they were refused, such as `refused-read-version`.
    pub action: String,
    /// Why, in their own words.
    pub reason: Option<String>,
    /// Why it was refused, such as `no-right` or `excluded`; absent of what they did. They were shown nothing then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// The reply of `GET /episodes/{id}/access-log`, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessLog {
    /// At most as many as were asked for.
    pub entries: Vec<AccessLogEntry>,
    /// Give this as `before` for the next page; absent on the last one.
    pub next: Option<u64>,
}
