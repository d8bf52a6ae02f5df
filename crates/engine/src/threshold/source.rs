//! The written form of a rule pack: a closed format. Anything that is not named here is refused when it is read.
//! What the parts mean together is checked in `pack`.

use crate::json::Fields;

use super::Level;

/// A rule pack as written.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) id: String,
    pub(super) title: String,
}

/// A statutory or urgent action.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
pub(super) struct Also {
    pub(super) action: String,
    pub(super) when: Ages,
    pub(super) any_of: Vec<String>,
}

/// Ages in completed months.
#[derive(Debug, Clone, Copy, Default)]
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
#[derive(Debug, Clone)]
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
    pub(super) boxes: Option<u32>,
    /// RU-9: signs that make the child more vulnerable.
    pub(super) indicators: Vec<String>,
    /// RU-9: the age below which a child counts as more vulnerable, in months.
    pub(super) below_months: Option<u32>,
    /// RU-9 and RU-10: codes of `legal_status`.
    pub(super) legal_status: Vec<String>,
    /// RU-10: the action that takes the place.
    pub(super) action: Option<String>,
}

/// A sign of need or a strength, in one box.
#[derive(Debug, Clone)]
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
    pub strength: bool,
    /// A word of guidance beside it.
    pub note: Option<String>,
    /// The urgent action that a yes calls for.
    pub action: Option<String>,
    pub(super) applies: Option<Ages>,
    pub(super) raised: Vec<Raised>,
    /// The level when no other concern is there.
    pub(super) alone: Option<Level>,
    /// Ids of the pack's references.
    pub references: Vec<String>,
    /// How well it is sourced.
    pub confidence: String,
}

/// What raises an indicator, and to which level.
#[derive(Debug, Clone)]
pub(super) struct Raised {
    pub(super) to: Level,
    pub(super) when: RaisedWhen,
    pub(super) because: String,
}

/// A condition; exactly one part of it is given.
#[derive(Debug, Clone, Default)]
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

/// Reads a pack, one function for each part.
pub(super) fn source(pack: &Fields<'_>) -> Source {
    let mut references = Vec::new();
    pack.list("references", &mut |of| {
        references.push(Reference { id: of.text("id"), title: of.text("title") })
    });
    let mut actions = Vec::new();
    pack.list("actions", &mut |of| actions.push(action(of)));
    let mut also = Vec::new();
    pack.list("also", &mut |of| {
        let mut when = Ages::default();
        of.group("when", &mut |given| when = ages(given));
        also.push(Also { action: of.text("action"), when, any_of: of.texts("any_of") });
    });
    let mut rules = Vec::new();
    pack.list("rules", &mut |of| rules.push(rule(of)));
    let mut indicators = Vec::new();
    pack.list("indicators", &mut |of| indicators.push(indicator(of)));
    Source {
        id: pack.text("id"),
        version: pack.text("version"),
        title: pack.text("title"),
        effective_from: pack.text("effective_from"),
        effective_to: pack.optional_text("effective_to"),
        approved_by: pack.optional_text("approved_by"),
        approved_on: pack.optional_text("approved_on"),
        references,
        actions,
        also,
        rules,
        indicators,
    }
}

fn action(of: &Fields<'_>) -> UrgentAction {
    UrgentAction {
        id: of.text("id"),
        trigger: of.text("trigger"),
        who: of.text("who"),
        action: of.text("action"),
        deadline: of.text("deadline"),
        contacts: of.texts("contacts"),
        telling_the_family: of.text("telling_the_family"),
        references: of.texts("references"),
        confidence: of.text("confidence"),
    }
}

fn ages(of: &Fields<'_>) -> Ages {
    Ages {
        from: of.optional_number("from"),
        below: of.optional_number("below"),
        below_if_disabled: of.optional_number("below_if_disabled"),
        unborn_only: of.optional_flag("unborn_only"),
    }
}

fn rule(of: &Fields<'_>) -> Rule {
    Rule {
        id: of.text("id"),
        name: of.text("name"),
        fixed: of.flag("fixed"),
        when: of.text("when"),
        then: of.text("then"),
        rationale: of.text("rationale"),
        references: of.texts("references"),
        boxes: of.optional_number("boxes"),
        indicators: of.optional_texts("indicators"),
        below_months: of.optional_number("below_months"),
        legal_status: of.optional_texts("legal_status"),
        action: of.optional_text("action"),
    }
}

fn indicator(of: &Fields<'_>) -> Indicator {
    let mut applies = None;
    of.optional_group("applies", &mut |given| applies = Some(ages(given)));
    let mut raised = Vec::new();
    of.optional_list("raised", &mut |given| raised.push(self::raised(given)));
    Indicator {
        id: of.text("id"),
        element: of.text("element"),
        level: level(of, "level", true).unwrap_or(Level::L1),
        text: of.text("text"),
        strength: of.optional_flag("strength"),
        note: of.optional_text("note"),
        action: of.optional_text("action"),
        applies,
        raised,
        alone: level(of, "alone", false),
        references: of.texts("references"),
        confidence: of.text("confidence"),
    }
}

fn raised(of: &Fields<'_>) -> Raised {
    let mut when = RaisedWhen::default();
    of.group("when", &mut |given| {
        when = RaisedWhen {
            below_months: given.optional_number("below_months"),
            unborn: given.optional_flag("unborn"),
            disability: given.optional_text("disability"),
            any_of: given.optional_texts("any_of"),
        };
    });
    Raised { to: level(of, "to", true).unwrap_or(Level::L1), when, because: of.text("because") }
}

fn level<'a>(of: &Fields<'a>, name: &'a str, needed: bool) -> Option<Level> {
    const LEVELS: [Level; 5] = [Level::L1, Level::L2, Level::L3, Level::L4a, Level::L4b];
    let at = of.choice(name, &["L1", "L2", "L3", "L4a", "L4b"], needed)?;
    LEVELS.get(at).copied()
}
