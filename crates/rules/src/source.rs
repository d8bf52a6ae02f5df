//! The written form of a rule pack: a closed format, `docs/rule-pack.schema.json`. Anything that is not named here is
//! refused when it is read. What the parts mean together is checked in `check`, `floor` and `laws`.

mod hours;
mod read;

pub(super) use read::source;

use jiff::civil::Date;

use super::bank_holidays::MoreBankHolidays;
use super::condition::Condition;
use super::due::DueRule;
use super::opening_hours::OpeningHours;
use super::{Level, Prompt, Step};

/// The value of `format`: a reader that does not know a format refuses it.
pub(super) const FORMAT: &str = "rule-pack/1";

/// A rule pack as written.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) title: String,
    pub(super) format: String,
    pub(super) dated: Dated,
    pub(super) references: Vec<Reference>,
    pub(super) contacts: Vec<Contact>,
    pub(super) bank_holidays: MoreBankHolidays,
    pub(super) time_scales: Vec<TimeScale>,
    pub(super) actions: Vec<UrgentAction>,
    pub(super) wording: Vec<RuleWords>,
    pub(super) rules: Vec<Rule>,
    pub(super) indicators: Vec<Indicator>,
}

/// From when to when something is in force, and who approved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The first day. Where it is not given, the pack's.
    pub from: Option<Date>,
    /// The last day; `None` where no end is set.
    pub to: Option<Date>,
    /// Who approved it, where that is not the pack's approval.
    pub approved_by: Option<String>,
    /// When, as `2026-11-23`.
    pub approved_on: Option<String>,
}

impl Dated {
    /// Whether it is in force on `day`.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A published source that rules rest on.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The name that rules use.
    pub id: String,
    /// What it is.
    pub title: String,
}

/// Somebody to contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The code that urgent actions name.
    pub id: String,
    /// Who it is.
    pub name: String,
    /// A phone number, as one would dial it.
    pub phone: Option<String>,
    /// An email address.
    pub email: Option<String>,
    /// When to use it.
    pub when: String,
    /// When the number answers.
    pub hours: OpeningHours,
    /// The id of the contact to ring when this one does not answer.
    pub when_closed: Option<String>,
    /// The day on which somebody last checked it, as `2026-11-23`; `None` is shown as unchecked.
    pub checked_on: Option<String>,
    /// A national number that needs no local check: 999, 101.
    pub national: bool,
}

/// How soon something has to happen.
#[derive(Debug, Clone)]
pub(super) struct TimeScale {
    pub(super) id: String,
    pub(super) words: String,
    /// The longest that may pass; `None` where a local policy says so.
    pub(super) hours: Option<u32>,
    /// The same for a clock; `None` where only the words are shown.
    pub(super) due: Option<DueRule>,
    pub(super) references: Vec<String>,
}

/// A statutory or urgent action.
#[derive(Debug, Clone)]
pub struct UrgentAction {
    /// `IA-01` and so on.
    pub id: String,
    /// From when to when it is in force.
    pub dated: Dated,
    /// What it is about.
    pub trigger: String,
    /// Who has to act.
    pub who: String,
    /// What to do.
    pub action: String,
    /// What to do where the answer is "not sure". Where a pack has no words, the form has its own: no proof is needed,
    /// ask no more, speak to the safeguarding lead now.
    pub not_sure: Option<String>,
    pub(super) time_scale: String,
    /// By when, in the words of its time scale.
    pub deadline: String,
    /// Contacts of the pack, first to ring first.
    pub contacts: Vec<String>,
    /// The advice on telling the family: a wording key's end.
    pub telling_the_family: String,
    /// Ids of the pack's references.
    pub references: Vec<String>,
    /// How well it is sourced.
    pub confidence: String,
}

/// The words of a rule, found by its wording key.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleWords {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) when: String,
    pub(super) then: String,
    pub(super) family: String,
}

/// What a rule does when its condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// It gives a suggestion. Of these rules, the first that holds decides.
    Gives(Step),
    /// An action, IA-23, replaces R1, R2 and R3.
    Instead(String),
    /// It adds a prompt, which never changes a suggestion.
    Prompt(Prompt),
    /// It adds an urgent action.
    Urgent(String),
    /// The form or the engine itself carries it out; it is listed so that it can be read and approved.
    Principle,
}

/// A decision rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `RU-1` and so on. Versions of one rule share it; no two are in force on one day.
    pub id: String,
    /// From when to when it is in force, and who approved it.
    pub dated: Dated,
    /// The key of its words.
    pub wording: String,
    /// What it is called.
    pub name: String,
    /// When it holds, in words.
    pub when_in_words: String,
    /// What follows, in words.
    pub then_in_words: String,
    /// The same for the family.
    pub family: String,
    /// Whether it belongs to the floor, which no authority may change.
    pub fixed: bool,
    /// Why the rule exists.
    pub rationale: String,
    /// Ids of the pack's references.
    pub references: Vec<String>,
    /// When it holds; `Always` for a principle.
    pub when: Condition,
    /// What follows.
    pub effect: Effect,
}

/// Ages in completed months.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ages {
    /// Inclusive.
    pub from: Option<u32>,
    /// Exclusive.
    pub below: Option<u32>,
    /// Exclusive; replaces `below` for a disabled child.
    pub below_if_disabled: Option<u32>,
    /// Only for a child who is not born yet.
    pub unborn_only: bool,
}

/// An indicator of need or a strength, in one element.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// `BE-306` and so on. Versions share it; no two are in force on one day.
    pub id: String,
    /// From when to when it is in force.
    pub dated: Dated,
    /// The element.
    pub element: String,
    /// The level before anything raises it.
    pub level: Level,
    /// What the practitioner is asked to consider.
    pub text: String,
    /// A strength never changes a level.
    pub strength: bool,
    /// A word of guidance beside it.
    pub note: Option<String>,
    /// The urgent action that a yes calls for.
    pub action: Option<String>,
    /// The ages at which it applies; at all ages where there are none.
    pub applies: Option<Ages>,
    /// What raises it.
    pub raised: Vec<Raised>,
    /// The level when no other concern is there.
    pub alone: Option<Level>,
    /// Ids of the pack's references.
    pub references: Vec<String>,
    /// How well it is sourced.
    pub confidence: String,
}

/// What raises an indicator, and to which level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The level to which it is raised.
    pub to: Level,
    /// When: a condition on age, answers or other indicators.
    pub when: Condition,
    /// Why, in words.
    pub because: String,
}
