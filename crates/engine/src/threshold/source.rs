//! The written form of a rule pack: a closed format. Anything that is not named here is refused when it is read.
//! What the parts mean together is checked in `pack`.

use serde::Deserialize;

use super::Level;

/// A rule pack as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) title: String,
    pub(super) effective_from: String,
    pub(super) effective_to: Option<String>,
    pub(super) approved_by: Option<String>,
    pub(super) approved_on: Option<String>,
    pub(super) references: Vec<Reference>,
    pub(super) actions: Vec<UrgentAction>,
    pub(super) also: Vec<Also>,
    pub(super) rules: Vec<Rule>,
    pub(super) indicators: Vec<Indicator>,
}

/// A published source that rules rest on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reference {
    pub(super) id: String,
    pub(super) title: String,
}

/// A statutory or urgent action.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrgentAction {
    /// `IA-01` and so on.
    pub id: String,
    /// What it is about.
    pub trigger: String,
    /// Who has to act.
    pub who: String,
    /// What to do.
    pub action: String,
    /// By when, in words.
    pub deadline: String,
    /// Contacts of the authority's profile, first to ring first.
    pub contacts: Vec<String>,
    /// The advice on telling the family: a wording key's end.
    pub telling_the_family: String,
    /// Ids of the pack's references.
    pub references: Vec<String>,
    /// How well it is sourced.
    pub confidence: String,
}

/// An urgent action that several signs share at a certain age.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Also {
    pub(super) action: String,
    pub(super) when: Ages,
    pub(super) any_of: Vec<String>,
}

/// Ages in completed months.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Ages {
    /// Inclusive.
    pub(super) from: Option<u32>,
    /// Exclusive.
    pub(super) below: Option<u32>,
    /// Exclusive, in the place of `below` for a disabled child.
    pub(super) below_if_disabled: Option<u32>,
    pub(super) unborn_only: bool,
}

/// A decision rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `RU-1` and so on.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether an authority may change it.
    pub fixed: bool,
    /// When it holds, in words.
    pub when: String,
    /// What follows, in words.
    pub then: String,
    /// Why it stands.
    pub rationale: String,
    /// Ids of the pack's references.
    pub references: Vec<String>,
    /// RU-4: in how many different boxes needs lead to a team around the child.
    #[serde(default)]
    pub(super) boxes: Option<usize>,
    /// RU-9: signs that make the child more vulnerable.
    #[serde(default)]
    pub(super) indicators: Vec<String>,
    /// RU-9: the age below which a child counts as more vulnerable, in months.
    #[serde(default)]
    pub(super) below_months: Option<u32>,
    /// RU-9 and RU-10: codes of `legal_status`.
    #[serde(default)]
    pub(super) legal_status: Vec<String>,
    /// RU-10: the action that takes the place.
    #[serde(default)]
    pub(super) action: Option<String>,
}

/// A sign of need or a strength, in one box.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// `BE-306` and so on.
    pub id: String,
    /// The box.
    pub element: String,
    /// The level before anything raises it.
    pub level: Level,
    /// What the practitioner is asked to consider.
    pub text: String,
    /// A strength never changes a level.
    #[serde(default)]
    pub strength: bool,
    /// A word of guidance beside it.
    #[serde(default)]
    pub note: Option<String>,
    /// The urgent action that a yes calls for.
    #[serde(default)]
    pub action: Option<String>,
    #[serde(default)]
    pub(super) applies: Option<Ages>,
    #[serde(default)]
    pub(super) raised: Vec<Raised>,
    /// The level when no other concern is there.
    #[serde(default)]
    pub(super) alone: Option<Level>,
    /// Ids of the pack's references.
    pub references: Vec<String>,
    /// How well it is sourced.
    pub confidence: String,
}

/// What raises an indicator, and to which level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raised {
    pub(super) to: Level,
    pub(super) when: RaisedWhen,
    pub(super) because: String,
}

/// A condition; exactly one part of it is given.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RaisedWhen {
    /// The child is born and younger than so many months.
    pub(super) below_months: Option<u32>,
    /// The child is not born yet.
    pub(super) unborn: bool,
    /// The codes of disability contain this one.
    pub(super) disability: Option<String>,
    /// One of these indicators is in the same set.
    pub(super) any_of: Vec<String>,
}
