//! Copies of a team's records: which answers of a plan, a meeting or a review go to whom. The sort of information that
//! each question holds is in [`TABLE`]; which sort goes to whom is the assessment's own policy, so that a copy of minutes
//! gives away nothing that a copy of the assessment keeps.
//!
//! What is withheld is not in the copy. Unknown is withheld.

use assessment_engine::answers::Answers;
use assessment_engine::disclosure::{
    Audience, FamilyAdvice, Protection, Reason, Telling, gives_address_away, is_address_protected, withheld,
};
use assessment_form::typed::compared;
use assessment_form::{Group, Kind};

use crate::{Node, Question, Scope, Team, TeamRecord, Visit};

use Protection::{
    ChildsWords, Decision, OtherPerson, ParentsWords, Practitioner, Said, Shared, Source, Whereabouts,
};

/// Every group of questions of these forms, by its key, with its questions by the sort of information that they hold.
pub const TABLE: &[(&str, &[(Protection, &str)])] = &[
    (
        "plan",
        &[
            (
                Shared,
                "long_term_goal lead_professional lead_professional_agrees disagreements agreed_on review_date",
            ),
            (Source, "budget_held"),
        ],
    ),
    (
        "plan_outcome",
        &[
            (
                Shared,
                "desired_outcome goal_measure elements sf_outcomes ecm_aims score_child score_parent score_practitioner",
            ),
            (Source, "evidence"),
        ],
    ),
    ("plan_score", &[(Shared, "on score_child score_parent score_practitioner")]),
    (
        "plan_action",
        &[
            (Shared, "action who by_when status progress completed_on"),
            (Source, "budget_planned budget_spent"),
        ],
    ),
    (
        "meeting",
        &[
            (
                Shared,
                "kind status cancelled_reason on starts_at ends_at place link purpose chair note_taker next_on next_at \
                 protective_factors",
            ),
            (ChildsWords, "child_voice child_voice_method no_child_voice_reason"),
            // Said to the team, and often about one person of the family.
            (Source, "risk_factors no_family_views_reason"),
        ],
    ),
    (
        "meeting_person",
        &[
            (Shared, "name role attendance"),
            // The name of a refuge says where somebody lives.
            (Whereabouts, "agency"),
            (OtherPerson, "apology_reason report"),
        ],
    ),
    ("meeting_view", &[(ParentsWords, "name said method")]),
    ("meeting_point", &[(Source, "source point")]),
    ("meeting_decision", &[(Shared, "decision reason"), (OtherPerson, "disagreement")]),
    ("meeting_action", &[(Shared, "action who by_when")]),
    (
        "review",
        &[
            (Shared, "on outcome not_held_reason notes next_steps after_step_down next_on"),
            (ChildsWords, "child_comment child_comment_method no_child_comment_reason"),
            (Source, "no_parent_comment_reason what_changed"),
            (Said, "agreement_holds agreement_details"),
            (Decision, "decision"),
            (Practitioner, "suggested_before suggested_now decision_reason"),
        ],
    ),
    ("review_person", &[(Shared, "name role"), (Whereabouts, "agency")]),
    ("review_outcome", &[(Shared, "outcome score_child score_parent score_practitioner progress reached")]),
    ("review_action", &[(Shared, "action who status progress completed_on")]),
    ("review_comment", &[(ParentsWords, "name comment")]),
    (
        "closing",
        &[
            (Shared, "on reason summary next_help"),
            (Source, "reason_details"),
            // The child's and the parents' words in one text.
            (OtherPerson, "views"),
            (Practitioner, "risk_recheck risk_recheck_reason referral_decision referral_reference"),
        ],
    ),
];

/// Why a copy is not made at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// An urgent action in force says that the family, or somebody of it, must not be told.
    Telling(Telling),
    /// This person must not be told of the assessment.
    KeptFrom,
    /// The record names no such person.
    Nobody,
}

/// One answer of a copy.
#[derive(Clone)]
pub struct CopyLine<'a> {
    /// The question's path.
    pub path: String,
    /// The stem of the question's wording keys.
    pub key: String,
    /// The question.
    pub question: &'static Question,
    /// The answer. `None` where the copy itself says "withheld", because the text gives a protected address away.
    pub answer: Option<Node<'a>>,
}

/// Somebody for whom a copy is made, and what is to be known of the assessment for it.
#[derive(Clone, Copy)]
pub struct For<'a> {
    /// Who.
    pub audience: &'a Audience,
    /// The newest assessment of the episode.
    pub assessment: &'a Answers,
    /// Its advice on telling the family.
    pub advice: &'a FamilyAdvice,
}

impl For<'_> {
    /// Why this person gets no copy.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn check(&self) -> Result<(), Stopped> {
        if !self.audience.is_family() {
            return Ok(());
        }
        if self.advice.telling.is_block() {
            return Err(Stopped::Telling(self.advice.telling));
        }
        if let Audience::Parent(row) = self.audience {
            if self.assessment.parents_and_carers.get(*row).is_none() {
                return Err(Stopped::Nobody);
            }
            if self.advice.kept_from.contains(row) {
                return Err(Stopped::KeptFrom);
            }
        }
        Ok(())
    }

    /// Whether words under this name are the person's own.
    pub(crate) fn is_own(&self, name: &str) -> bool {
        let Audience::Parent(row) = self.audience else { return false };
        let parent = self.assessment.parents_and_carers.get(*row);
        let name = compared(name);
        !name.is_empty() && parent.is_some_and(|parent| compared(&parent.name) == name)
    }

    /// Why an answer of a question does not go to this person; `is_own` where it is what they said themselves.
    pub(crate) fn withheld(&self, group: &str, name: &str, is_own: bool) -> Option<Reason> {
        withheld(protection(group, name), self.audience, is_own, is_address_protected(self.assessment))
    }

    /// Whether a text gives a protected address away. Social care is asked for it and may have it.
    pub(crate) fn gives_away(&self, text: &str) -> bool {
        !self.audience.is_front_door() && gives_address_away(self.assessment, text)
    }
}

/// What sort of information a question holds. Unknown is withheld.
#[must_use]
pub fn protection(group: &str, name: &str) -> Protection {
    let rows = TABLE.iter().find(|(key, _)| *key == group).map_or(&[][..], |(_, rows)| rows);
    let found = rows.iter().find(|(_, names)| names.split(' ').any(|known| known == name));
    found.map_or(Protection::Undecided, |(protection, _)| *protection)
}

/// Something that a copy leaves out: what was asked and why it does not go. Never the answer.
#[derive(Clone)]
pub struct LeftOut {
    /// The question's path.
    pub path: String,
    /// The stem of the question's wording keys.
    pub key: String,
    /// Why.
    pub reason: Reason,
}

/// The copy of a record for one person, in form order.
///
/// # Errors
/// [`Stopped`] where nothing goes to this person.
pub fn copy<'a>(
    record: &'a TeamRecord,
    uses_budget: bool,
    reader: For<'_>,
) -> Result<Vec<CopyLine<'a>>, Stopped> {
    let mut lines = Vec::new();
    each_answer(record, uses_budget, reader, &mut |visit, why| {
        if why.is_none_or(Reason::is_marked) {
            let key = key_of(visit);
            let answer = why.is_none().then_some(visit.node);
            lines.push(CopyLine { path: visit.path(), key, question: visit.question, answer });
        }
    })?;
    Ok(lines)
}

/// What the copy for that person leaves out of what the record says, in form order: for the one who makes it, never for the
/// one who gets it. Together with [`copy`] it is everything that was answered.
///
/// # Errors
/// [`Stopped`] where nothing goes to this person.
pub fn left_out(record: &TeamRecord, uses_budget: bool, reader: For<'_>) -> Result<Vec<LeftOut>, Stopped> {
    let mut lines = Vec::new();
    each_answer(record, uses_budget, reader, &mut |visit, why| {
        lines.extend(why.map(|reason| LeftOut { path: visit.path(), key: key_of(visit), reason }));
    })?;
    Ok(lines)
}

pub(crate) fn key_of(visit: &Visit<'_, '_>) -> String {
    [visit.group.key(), ".", visit.question.name].concat()
}

/// Visits everything that a record says, with why it does not go to this person.
pub(crate) fn each_answer<'a>(
    record: &'a TeamRecord,
    uses_budget: bool,
    reader: For<'_>,
    take: &mut dyn FnMut(&Visit<'_, 'a>, Option<Reason>),
) -> Result<(), Stopped> {
    reader.check()?;
    record.walk(&Scope::of(record, uses_budget), &mut |visit| {
        let is_part = matches!(visit.question.kind, Kind::Group | Kind::Rows(_));
        // What the program filled is said, ids are not; what is not asked any more is not what the record says now.
        let is_shown = visit.asked || is_filled_text(visit);
        if is_part || !is_shown || visit.node.is_blank() {
            return visit.asked;
        }
        let withheld =
            reader.withheld(visit.group.key(), visit.question.name, is_own_row(visit.group, reader));
        let gives_away = || match visit.node {
            Node::Text(text) => reader.gives_away(text),
            Node::List(items) => reader.gives_away(&items.join(" ")),
            _ => false,
        };
        take(visit, withheld.or_else(|| gives_away().then_some(Reason::GivesAddressAway)));
        true
    });
    Ok(())
}

/// What a review says of the plan as it was on that day.
fn is_filled_text(visit: &Visit<'_, '_>) -> bool {
    matches!(
        (visit.group.key(), visit.question.name),
        ("review_outcome", "outcome")
            | ("review_action", "action" | "who")
            | ("review", "suggested_before" | "suggested_now")
    )
}

/// Whether a row of words is the reader's own.
fn is_own_row(group: &dyn Group<Team>, reader: For<'_>) -> bool {
    let name = group.position("name").and_then(|at| group.get(at));
    matches!(name, Some(Node::Text(name)) if reader.is_own(name))
}
