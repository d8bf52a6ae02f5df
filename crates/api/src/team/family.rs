//! What each person of the family reads of the plan and the meetings, as browser and server say it to each other.

use serde::{Deserialize, Serialize};

/// Somebody of the family for whom there is a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyReader {
    /// `child`, or `parent.` and the row of the parent or carer in the newest assessment, from 0.
    pub reader: String,
    /// What they are called; absent where that is blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The reply of `GET /episodes/{id}/family-page`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyPage {
    /// The day as of which it was made: today in England.
    pub today: String,
    /// Whose page it is; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<FamilyReader>,
    /// What it says. Absent where no plan is agreed, and where there is no page for this person: to the family both look
    /// the same, since a word about why could put somebody in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<FamilyPageShown>,
    /// Why there is none, for those who make copies: `no_plan`, `telling`, `kept_from` or `nobody`; or
    /// `not_in_sight`, where they do not see all that it is made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// For whom there may be one, for those who make copies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<FamilyReader>,
}

/// What somebody of the family reads of the plan, in the words that were typed. Nothing of it is anybody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyPageShown {
    /// The family's long-term goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// What is to get better.
    pub aims: Vec<FamilyAim>,
    /// Who joins the help up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_professional: Option<String>,
    /// What this person said, the newest first.
    pub said: Vec<FamilySaid>,
    /// The day on which everybody looks at it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Something that is to get better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyAim {
    /// What.
    pub what: String,
    /// How everybody will know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how_we_will_know: Option<String>,
    /// What is done for it.
    pub promises: Vec<FamilyPromise>,
}

/// Something that somebody does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyPromise {
    /// What.
    pub what: String,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// The day by which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// A code of `action_status`; empty where nobody has said.
    pub status: String,
}

/// Words of the person whose page it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilySaid {
    /// The words.
    pub words: String,
    /// The day of the meeting or review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}
