//! People: looking for them, whether a child is known already, and two records of one child. What is searched for travels in
//! bodies, never in an address.

use serde::{Deserialize, Serialize};

/// The body of `POST /people/search`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeopleSearch {
    /// Names in any order, a date of birth, an NHS number, a pupil number or a reference, as people remember them. At most
    /// 200 characters and 12 words; wildcards mean nothing.
    pub text: String,
    /// Why they look, for records that open only with a reason. It is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The reply to `POST /people/search`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeopleFound {
    /// Those whom the person who asks may know of, the best match first; at most 20.
    pub people: Vec<PersonMatch>,
    /// Whether there are more than are shown: type more of the name.
    pub more: bool,
    /// Whether there are more who open only with a reason.
    pub more_with_reason: bool,
}

/// Somebody who was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonMatch {
    /// Who.
    pub person: PersonSummary,
    /// How strongly.
    pub strength: Strength,
    /// What speaks for it. Empty where only the person's existence may be known.
    pub reasons_for: Vec<MatchReason>,
    /// What speaks against it.
    pub reasons_against: Vec<MatchReason>,
    /// An earlier decision that they are not the same. A fact that mattered has changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_decision: Option<Decision>,
}

/// How strongly a match is suggested. A person decides each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// May be the same.
    Possible,
    /// Probably the same.
    Likely,
    /// Everything that tells people apart agrees, or a number of theirs does.
    Strong,
}

/// Why somebody may be the same person, or why not. No value of the record is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchReason {
    /// For programs: stable kebab-case.
    pub code: String,
    /// For people.
    pub words: String,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonSummary {
    /// Their id.
    pub id: String,
    /// The name that is shown, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When they were born, as far as it is known and may be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Born>,
    /// The organisations that hold an episode of theirs, as far as you may know of it.
    pub held_by: Vec<String>,
    /// Whether more than this may be read.
    pub readable: bool,
    /// The ids of those of their episodes that may be opened. Opening one may ask for a reason.
    #[serde(default)]
    pub episodes: Vec<String>,
}

/// When somebody was born: the first and the last day on which it can have been, such as `2019-05-04`. They are the same
/// where the day is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Born {
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}

/// That two people are not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// On which day it was decided, such as `2026-11-23`.
    pub on: String,
    /// By whom.
    pub by: String,
}

/// The body of `POST /people/matches`: "Is this the same child?" Either what is known of a child, or a person who is stored.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchQuestion {
    /// What is known of a child of whom there is no record yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<ChildDetails>,
    /// The id of a person who is stored: who else may be the same?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Why they ask, for records that open only with a reason. It is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What is known of a child, as typed. Each at most 200 characters; what is blank or cannot be read is left out of account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChildDetails {
    /// Given names.
    pub given_names: String,
    /// Family name.
    pub family_name: String,
    /// Other names that they are or were known by, each as a whole; at most 10.
    pub other_names: Vec<String>,
    /// Date of birth, such as `2019-05-04`, or the month or year alone.
    pub born: String,
    /// Whether somebody guessed it.
    pub born_estimated: bool,
    /// NHS number.
    pub nhs_number: String,
    /// Unique pupil number.
    pub upn: String,
    /// Unique learner number.
    pub uln: String,
    /// A reference of an earlier assessment.
    pub reference: String,
    /// House, street and town; at most 10 lines.
    pub address: Vec<String>,
    /// Postcode.
    pub postcode: String,
    /// Telephone numbers; at most 10.
    pub phones: Vec<String>,
}

/// The reply to `POST /people/matches`. It never stops anybody from starting an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Matches {
    /// Those whom the person who asks may know of, the strongest match first; at most 20.
    pub people: Vec<PersonMatch>,
    /// Organisations to ask, because they hold a record that may be of the same child. Nothing else of it is said.
    pub ask: Vec<String>,
    /// Whether there are more than are shown.
    pub more: bool,
    /// Whether there are more who open only with a reason.
    pub more_with_reason: bool,
}

/// The body of `POST /people/{id}/not-the-same`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotTheSame {
    /// The id of the other person.
    pub other: String,
}

/// The body of `POST /people/{id}/merges`: the record of `merged` becomes part of this one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMerge {
    /// The id of the record that becomes part of this one.
    pub merged: String,
}

/// Two records that were joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Merge {
    /// Its number, for taking it back.
    pub number: u64,
    /// The record that was kept.
    pub kept: String,
    /// The record that became part of it.
    pub merged: String,
    /// On which day.
    pub on: String,
    /// By whom.
    pub by: String,
    /// The last day on which it can be taken back.
    pub can_be_undone_until: String,
    /// When and by whom it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<Decision>,
}

/// The reply to `DELETE /people/{id}/merges/{merge}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakenApart {
    /// The join, as it is now.
    pub merge: Merge,
    /// Parts of the record that were changed since the join and stay with the record that was kept, such as `notes`. Look
    /// whether they belong to the other.
    pub look_at: Vec<String>,
}

/// A person, as far as they may be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonRecord {
    /// Their id: that of the record that has everything now, which may be another than was asked for.
    pub id: String,
    /// Names as written, the one that is shown first.
    pub names: Vec<PersonName>,
    /// When they were born, as far as it is known; further dates come from joined records.
    pub born: Vec<Born>,
    /// Numbers and references.
    pub numbers: Vec<PersonNumber>,
    /// Addresses, the present one first, lines and postcode. What is kept too closely is absent.
    pub addresses: Vec<Vec<String>>,
    /// Telephone numbers, the main one first.
    pub phones: Vec<PersonPhone>,
    /// GPs, the present one first.
    pub gps: Vec<String>,
    /// Notes, oldest first.
    pub notes: Vec<String>,
    /// The organisations that hold an episode of theirs, as far as you may know of it.
    pub held_by: Vec<String>,
    /// The ids of those episodes.
    #[serde(default)]
    pub episodes: Vec<String>,
    /// Where the record that was asked for became part of this one: which, when and by whom, in words for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<MergedNote>,
    /// Joins that this record was in, also those taken back, oldest first.
    pub merges: Vec<Merge>,
}

/// That the record that was asked for became part of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergedNote {
    /// The id that was asked for.
    pub from: String,
    /// On which day.
    pub on: String,
    /// By whom.
    pub by: String,
    /// The same in words for people.
    pub words: String,
}

/// A name as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonName {
    /// `usual`, `legal`, `former` or `alias`.
    pub kind: String,
    /// The whole name.
    pub name: String,
}

/// A number or reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonNumber {
    /// `nhs-number`, `upn`, `uln`, `uci` or `reference`.
    pub system: String,
    /// The number.
    pub value: String,
}

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonPhone {
    /// The number as written, with whose it is and when to ring.
    pub number: String,
    /// `not-said`, `safe` or `not-safe`.
    pub safe: String,
}
