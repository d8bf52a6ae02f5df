//! The team around the child: its plan, its meetings and its reviews, as browser and server say them to each other.
//!
//! A *team record* is the answers of one of three forms: `plan`, `meeting` or `review`. Each kind is numbered from 1 within
//! its episode, and there is one plan, number 1. Every save is a *revision* and none is ever changed. A save says from which
//! revision it started (`If-Match`, `"0"` for none yet), and the server merges it with what was saved meanwhile. Where two
//! people changed the same answer, nothing of the later one is merged: all of it is stored as a *kept version*, and a later
//! save settles it.
//!
//! What the answers may hold, and how two versions are merged, is `assessment-team`'s business; here they are JSON text.

mod family;

pub use family::{FamilyAim, FamilyPage, FamilyPageShown, FamilyPromise, FamilyReader, FamilySaid};

use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

use crate::episode::Deed;

/// One team record in a list. Who may list them sees this much of each, also of those whose answers they do not see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamRecordSummary {
    /// `plan`, `meeting` or `review`.
    pub kind: String,
    /// Its number among those of its kind, from 1.
    pub number: u32,
    /// Its newest revision, from 1; 0 where all that there is arrived after the episode had ended.
    pub revision: u32,
    /// Who saved that, and when; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<Deed>,
    /// Who completed it, and when: the plan was agreed with the family, the minutes or the review were finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<Deed>,
    /// The day of the meeting or the review, where one is written down that can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The next meeting or review that it promises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_on: Option<String>,
    /// Whether the meeting was cancelled, by its minutes or because the episode was closed before it.
    #[serde(default)]
    pub cancelled: bool,
    /// How many kept versions wait to be settled. Not counted where you do not see its answers.
    #[serde(default)]
    pub kept: u32,
    /// Whether you may see its answers.
    #[serde(default)]
    pub readable: bool,
}

/// The reply of `GET /episodes/{id}/team-records`: the plan, then meetings, then reviews, each by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamRecordList {
    /// All of them.
    pub records: Vec<TeamRecordSummary>,
}

/// One team record with its answers: the reply of `GET /episodes/{id}/team-records/{kind}/{number}`, and of a save.
/// `ETag` is its revision, which the next save names in `If-Match`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamRecord {
    /// The same as in lists; of an older revision, what was true of that one.
    pub summary: TeamRecordSummary,
    /// The version of its form as `form_version`, and beside it the answers that you may see, as they were typed.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub record: Box<RawValue>,
    /// Paths of answers that are there and that you may not see: they are absent from `record`, which is not blank. A save
    /// that starts from this one gives them back in its own `left_out`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// Why it was corrected after it had been completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who was sent which revision; of meetings only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circulations: Vec<CirculationShown>,
}

/// The body of `PUT /episodes/{id}/team-records/{kind}/{number}`. A repeat of the same body from the same revision stores
/// nothing, whatever has been saved meanwhile.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTeamRevision {
    /// The version of the form that was filled in as `form_version`, such as `plan-2026.1`, and beside it every answer.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub record: Value,
    /// `left_out` of the record from which it started: what is absent there is not taken away. What you may not see now is not
    /// taken away either.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 5000))]
    pub left_out: Vec<String>,
    /// What was wrong, at most 1,000 characters. Needed once the record has been completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The id of the kept version that this save settles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<String>,
}

/// One answer, or one row, that two people changed in different ways. Absent is blank, a row that is not there, or something
/// that you may not see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamClash {
    /// The path of the question or of the row.
    pub path: String,
    /// What it was in the revision from which both started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Value>,
    /// What it is in the kept version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yours: Option<Value>,
    /// What it was in the record when the save came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Value>,
}

/// A save that was not merged. Nothing of it is lost: it is kept as long as the record.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptTeamVersion {
    /// Its id. The save that settles it names it.
    pub id: String,
    /// `clash`: somebody had changed the same answers meanwhile. `closed`: it arrived after the episode had ended.
    pub why: String,
    /// Who sent it, and when.
    pub sent: Deed,
    /// The revision from which it started.
    pub base: u32,
    /// The revision of the record when it came.
    pub against: u32,
    /// Who saved that revision, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs_saved: Option<Deed>,
    /// Where the two differ. Never empty of a clash.
    pub clashes: Vec<TeamClash>,
    /// All of it, as it was sent, as far as you may see it; as in [`TeamRecord::record`].
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub record: Box<RawValue>,
    /// Paths of answers that are there and that you may not see, as in [`TeamRecord::left_out`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// The revision that settled it; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<u32>,
}

/// The reply of `GET /episodes/{id}/team-records/{kind}/{number}/kept`, oldest first, settled ones included.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptTeamVersions {
    /// All of them.
    pub kept: Vec<KeptTeamVersion>,
}

/// The reply 409 of a save that was not merged, as `application/json`. Refusals for other reasons are problem details.
/// `ETag` is the revision of the record.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotMerged {
    /// What was kept, and why.
    pub kept: KeptTeamVersion,
}

/// The reply of `POST /episodes/{id}/team-records/{kind}/{number}/completion`: what became of the episode with it. There is no
/// body to send; `If-Match` is the revision that is completed, the newest. A repeat changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Completed {
    /// Who completed it, and when.
    pub completed: Deed,
    /// The revision that was completed.
    pub revision: u32,
    /// The state of the episode now, such as `plan_active`.
    pub state: String,
}

/// The body of `POST /episodes/{id}/team-records/meeting/{number}/circulations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCirculation {
    /// A random UUID of your own. A repeat with the same words stores nothing.
    pub id: String,
    /// The revision of the minutes that was sent.
    pub revision: u32,
    /// To whom, one name each as the minutes have it, 1 to 50 of at most 140 characters.
    pub to: Vec<String>,
    /// The day on which it was sent, such as `2026-11-23`; today if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_on: Option<String>,
}

/// Who was sent which revision of the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CirculationShown {
    /// Its id.
    pub id: String,
    /// The revision.
    pub revision: u32,
    /// To whom.
    pub to: Vec<String>,
    /// The day on which it was sent.
    pub sent_on: String,
    /// Who wrote that down, and when.
    pub noted: Deed,
}

/// A need that the newest version of the assessment found, from which an outcome of the plan may start. It suggests; the team
/// decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposedNeed {
    /// The element of the assessment, such as `identity`.
    pub element: String,
    /// What its signs say: `yes`, or `unsure`; absent where they say nothing that you may see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worry: Option<String>,
    /// What was written about it; absent where nothing was, where you may not see it, or where it must not be copied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Paths of the answers that it rests on.
    pub paths: Vec<String>,
}

/// An action that the assessment agreed already. What you may not see, or must not be copied, is blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposedAction {
    /// Its path in the assessment.
    pub path: String,
    /// What was to get better.
    pub desired_outcome: String,
    /// How it is seen that things are better.
    pub goal_measure: String,
    /// What is to be done.
    pub action: String,
    /// Who does it.
    pub who: String,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_when: Option<String>,
}

/// The reply of `GET /episodes/{id}/proposals`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalList {
    /// The number of the version that they come from.
    pub version: u32,
    /// The strictest advice of that version on telling the family, such as `tell_family`; `n/a` without any.
    pub telling: String,
    /// What was found, the certain worries first.
    pub needs: Vec<ProposedNeed>,
    /// What was agreed already.
    pub agreed: Vec<ProposedAction>,
}

/// Something that happened in an episode, or is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// What: `opened`, `referred`, `form_sent`, `referral_accepted`, `referral_not_accepted`, `plan_agreed`, `stepped_up`,
    /// `stepped_down` (with a handover summary), `transfer_begun`, `transfer_cancelled`, `transferred` (another council has
    /// taken it over, and it ended here), `closed` or `reopened`; a `version`, `meeting` or `review`; or what is due, as in
    /// [`DueEntry::kind`].
    pub kind: String,
    /// The day.
    pub on: String,
    /// The number of the version, meeting or review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// `done` or `cancelled`; `passed` of a day that is over while nobody has finished what was written about it; of what is
    /// to come `later`, or as in [`DueEntry::urgency`].
    pub status: String,
    /// The day on which it would be due if that were not a weekend or a bank holiday; absent where it was not moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
    /// The last day for which bank holidays are known, where the day was counted and is past it: it may be off by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank_holidays_known_until: Option<String>,
}

/// The reply of `GET /episodes/{id}/timeline`, by day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// The day as of which it was made: today in England.
    pub today: String,
    /// All of them.
    pub entries: Vec<TimelineEntry>,
}

/// One thing that is due, without a word about the family: for a daily list that leaves the building.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DueEntry {
    /// The episode's id.
    pub episode: String,
    /// What is due: `action`, `meeting`, or a clock of the authority by its code, such as `first_review` or `tac_minutes`.
    pub kind: String,
    /// The number of the meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The day.
    pub due_on: String,
    /// `soon`, `today`, `overdue` or `hard`: a limit has passed beyond which somebody must be told. `later` only of what needs
    /// another owner.
    pub urgency: String,
    /// Whether the one who was to do it has left, and you lead the episode: choose who does it now.
    #[serde(default)]
    pub needs_owner: bool,
    /// The day on which it would be due if that were not a weekend or a bank holiday; absent where it was not moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
    /// The last day for which bank holidays are known, where the day was counted and is past it: it may be off by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank_holidays_known_until: Option<String>,
}

/// The reply of `GET /me/due`: what is due soon, is due or is overdue in the open episodes that you were let into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DueList {
    /// The day as of which it was made: today in England.
    pub today: String,
    /// Of as many episodes as were asked for, in the order of My work; of each the most urgent first.
    pub due: Vec<DueEntry>,
    /// Give this as `after` for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
