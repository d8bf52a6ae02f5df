//! Take-up and outcomes of an area, for coordinators: numbers of episodes, quarter by quarter, of which the small ones are
//! hidden. What is hidden is decided by the server; nothing here can be turned back into a small number.

use serde::{Deserialize, Serialize};

use crate::episode::Deed;
use crate::register::RegisterAreas;

/// The reply of `GET /register/take-up`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeUp {
    /// The first day on which there will be a further quarter.
    pub next_on: String,
    /// Quarters that are over, oldest first, at most eight. What was published of one never changes.
    pub quarters: Vec<TakeUpQuarter>,
    /// The areas that the authority's profile names, for the names of clusters.
    pub areas: RegisterAreas,
}

/// The numbers of a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeUpQuarter {
    /// Which, such as `2026-Q3`: from July to September.
    pub quarter: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// Smaller numbers than this are hidden in it.
    pub threshold: u32,
    /// What was counted.
    pub measures: Vec<TakeUpMeasure>,
}

/// How often something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeUpMeasure {
    /// What: `started`, `completed`, `first_meeting`, `plan_agreed`, `reviewed`, `closed`, `outcome` (the same
    /// records as `closed`, by what became of scores), `barrier` (something stood in the way of help), or of people who sent an
    /// assessment or led, `trained` (their own page has a day) and `training_not_recorded` (it has none: nobody knows).
    pub measure: String,
    /// How many episodes, or people. Each counts once in a quarter.
    pub total: Figure,
    /// How long after the episode was opened; absent where the total is not shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<TakeUpDays>,
    /// How the total is split.
    pub tables: Vec<TakeUpTable>,
    /// The story behind the total, where one was ever written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<TakeUpStory>,
}

/// Why a number is as it is, as a person wrote it down. It changes no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeUpStory {
    /// The number of this wording, from 1: the revision that a change must name.
    pub revision: u64,
    /// The words, as typed. None where it was taken away.
    pub words: String,
    /// Who wrote it, and when.
    pub said: Deed,
}

/// The reply of `GET /register/take-up/{quarter}/{measure}/story`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeUpStories {
    /// Every wording, the newest first. Nobody changes or removes one.
    pub wordings: Vec<TakeUpStory>,
}

/// The body of `PUT /register/take-up/{quarter}/{measure}/story`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTakeUpStory {
    /// The story, at most 2,000 characters. It must not name a child or a family. Without words it takes the story away; the
    /// earlier wordings stay.
    pub words: String,
}

/// A number of episodes or people, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Figure {
    /// So many. 0 is a true zero.
    Number {
        /// How many.
        number: u32,
    },
    /// At least one, and fewer than the threshold.
    FewerThan {
        /// The threshold.
        threshold: u32,
    },
    /// Hidden because a small number could be worked out from it.
    NotShown,
    /// Nothing was recorded, so nobody knows. Never 0.
    NotRecorded,
}

/// Days from opening: a quarter of them were as quick as `lower`, half as `median`, three quarters as `upper`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeUpDays {
    /// In days.
    pub lower: u32,
    /// In days.
    pub median: u32,
    /// In days.
    pub upper: u32,
}

/// A total, split. Each episode is in one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeUpTable {
    /// By what: `month`, `cluster`, `agency`, `lead_agency`, `need`, `reason`, `barrier`, `written_up` (`in_time`, or `late`:
    /// after the quarter in which it was held), `change` (of all scores), or `child_change`, `parent_change` or `practitioner_change` (of
    /// the scores that they gave).
    pub split: String,
    /// Whether there are rows.
    pub rows_are: RowsAre,
    /// The rows, in an order that has nothing to do with the numbers; none unless they are shown.
    pub rows: Vec<TakeUpRow>,
}

/// Whether a table has rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RowsAre {
    /// It has.
    Shown,
    /// A small number could be worked out from them.
    NotShown,
    /// Nobody knows.
    NotRecorded,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeUpRow {
    /// A month as `2026-07`, the code of a cluster, an agency, a reason; of barriers `no_agreement`, `review_not_held` or
    /// `action_blocked`; of scores `better`, `same`, `worse`, or `mixed` where
    /// those of some goals rose and others fell; `not-known` for the rest.
    pub code: String,
    /// How many.
    pub figure: Figure,
}
