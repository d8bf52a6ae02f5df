//! What is wrong with a record, as data and in form order: the engine's problems, with the engine's stages. Nothing is
//! needed in order to save; what is needed to complete a record is in its questions.
//!
//! What a record cannot know of itself comes from outside, as [`Context`].

use assessment_engine::code_lists::CodeLists;
use assessment_engine::validation::identifiers::{pence, time};
use assessment_engine::validation::{
    Problem, ProblemCode as Code, Stage, too_long, unreadable, unreadable_date, wrong_choices,
};
use assessment_form::typed::{compared, has_misleading};
use assessment_form::{Form, Kind, is_blank};
use jiff::civil::Date;

use crate::{Meeting, Node, Plan, ReferralForm, ReferralScope, Referring, Scope, TeamRecord, Visit};

/// What a record cannot know of itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Today, on clocks in England.
    pub today: Date,
    /// The day on which the episode began. `None` where nobody knows it.
    pub began: Option<Date>,
    /// Everybody who is or was of the team, and the family: somebody who left still owns what they promised. `None` where
    /// nobody knows them; then no name is wrong.
    pub people: Option<&'a [Member]>,
    /// The options of the questions.
    pub lists: &'a CodeLists,
    /// Whether the authority gives lead professionals money to spend on a plan.
    pub uses_budget: bool,
}

/// Somebody of the team or of the family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name.
    pub name: String,
    /// The team's own id. `None` for somebody of the family.
    pub reference: Option<String>,
}

/// Checks a record. At [`Stage::Submit`] it says what stops the record from being completed.
#[must_use]
pub fn check(record: &TeamRecord, stage: Stage, context: &Context<'_>) -> Vec<Problem> {
    let scope = Scope::of(record, context.uses_budget);
    let passed = match record {
        TeamRecord::Plan(plan) => too_long(&**plan),
        TeamRecord::Meeting(meeting) => too_long(&**meeting),
        TeamRecord::Review(review) => too_long(&**review),
    };
    let mut problems = Vec::new();
    record.walk(&scope, &mut |visit| {
        if let (Node::Rows(rows), Kind::Rows(max)) = (visit.node, visit.question.kind)
            && rows.len() > usize::from(max)
        {
            problems.push(Problem::with_max(visit.path(), Code::TooManyRows, u32::from(max)));
        }
        // What is not asked could not be put right: there is no field.
        if !visit.asked {
            return true;
        }
        let path = visit.path();
        if let Some((_, max)) = passed.iter().find(|(too_long, _)| *too_long == path) {
            problems.push(Problem::with_max(path.clone(), Code::TooLong, *max));
        }
        let mut found =
            (stage >= Stage::Section).then(|| unreadable_here(visit, context.lists, context.today)).flatten();
        if stage == Stage::Submit {
            found = found.or_else(|| missing(visit)).or_else(|| inconsistent(visit, context));
        }
        problems.extend(found.map(|code| Problem::new(path, code)));
        true
    });
    problems
}

/// What stops a referral from being sent. An emergency waits for no explanation: see [`ReferralScope`].
#[must_use]
pub fn check_referral(form: &ReferralForm, is_urgent: bool, lists: &CodeLists, today: Date) -> Vec<Problem> {
    let passed = too_long(form);
    let mut problems = Vec::new();
    assessment_form::walk::<Referring>(form, &ReferralScope { form, is_urgent }, &mut |visit| {
        let path = visit.path();
        if !visit.asked {
            return true;
        }
        if let Some((_, max)) = passed.iter().find(|(too_long, _)| *too_long == path) {
            problems.push(Problem::with_max(path.clone(), Code::TooLong, *max));
        }
        let found = unreadable_here(visit, lists, today).or_else(|| missing(visit));
        problems.extend(found.map(|code| Problem::new(path, code)));
        true
    });
    problems
}

/// Whether what was typed cannot be read.
fn unreadable_here<F: Form>(
    visit: &assessment_form::Visit<'_, '_, F>,
    lists: &CodeLists,
    today: Date,
) -> Option<Code> {
    use assessment_form::Node;
    match (visit.question.kind, visit.node) {
        (Kind::Choice(list), Node::Text(code)) if !code.is_empty() => {
            lists.find(list, code).is_none().then_some(Code::NotOffered)
        }
        (Kind::Choices(list), Node::List(codes)) => wrong_choices(lists.list(list), codes),
        (Kind::Text, Node::Text(text)) if has_misleading(text) => Some(Code::HiddenCharacters),
        (kind, Node::Text(text)) if !is_blank(text) => unreadable(kind, text),
        (kind, Node::Date(date)) if !date.is_blank() => unreadable_date(kind, &date.as_read(), today),
        _ => None,
    }
}

fn missing<F: Form>(visit: &assessment_form::Visit<'_, '_, F>) -> Option<Code> {
    let is_missing = !matches!(visit.question.kind, Kind::Group)
        && visit.node.is_blank()
        && visit.question.is_needed(visit.scope);
    is_missing.then_some(if matches!(visit.node, assessment_form::Node::Rows(_)) {
        Code::NeededRow
    } else {
        Code::Needed
    })
}

/// What is readable and cannot be.
fn inconsistent(visit: &Visit<'_, '_>, context: &Context<'_>) -> Option<Code> {
    if let Node::Date(date) = visit.node
        && let (Some(day), Some(began)) = (date.whole(), context.began)
        && day < began
    {
        return Some(Code::BeforeEpisode);
    }
    match (visit.group.key(), visit.question.name) {
        ("plan_action" | "meeting_action", "who") => outside(visit, "who_ref", context),
        ("plan", "lead_professional") => outside(visit, "lead_professional_ref", context),
        ("plan", "budget_held") => overspent(visit.scope.plan()?).then_some(Code::OverBudget),
        ("meeting", _) => inconsistent_meeting(visit, visit.scope.meeting()?, context),
        ("review", "next_on") => {
            let review = visit.scope.review()?;
            (review.next_on.whole()? <= review.on.whole()?).then_some(Code::NextNotLater)
        }
        _ => None,
    }
}

fn inconsistent_meeting(visit: &Visit<'_, '_>, meeting: &Meeting, context: &Context<'_>) -> Option<Code> {
    match visit.question.name {
        "status" => (meeting.status == "planned").then_some(Code::StillPlanned),
        "on" => {
            (meeting.status == "held" && meeting.on.whole()? > context.today).then_some(Code::DateInFuture)
        }
        "ends_at" => (time(&meeting.ends_at)? <= time(&meeting.starts_at)?).then_some(Code::EndsBeforeStart),
        "people" => {
            let came = |attendance: &str| matches!(attendance, "attended" | "attended_remotely");
            let somebody = meeting.people.iter().any(|person| came(&person.attendance));
            (meeting.status == "held" && !somebody).then_some(Code::NobodyThere)
        }
        "next_on" => (meeting.next_on.whole()? <= meeting.on.whole()?).then_some(Code::NextNotLater),
        _ => None,
    }
}

/// Whether the name is of nobody in the team or the family.
fn outside(visit: &Visit<'_, '_>, reference: &str, context: &Context<'_>) -> Option<Code> {
    let (Node::Text(name), people) = (visit.node, context.people?) else { return None };
    let id = match visit.group.position(reference).and_then(|at| visit.group.get(at)) {
        Some(Node::Text(id)) => id.as_str(),
        _ => "",
    };
    let name = compared(name);
    let is_known = people.iter().any(|member| {
        compared(&member.name) == name || (!id.is_empty() && member.reference.as_deref() == Some(id))
    });
    (!name.is_empty() && !is_known).then_some(Code::NotInTeam)
}

/// Whether more was spent than is held. Amounts that cannot be read have problems of their own.
fn overspent(plan: &Plan) -> bool {
    pence(&plan.budget_held).is_some_and(|held| plan.spent() > u64::from(held))
}

impl Plan {
    /// What was spent on its actions, in pence.
    #[must_use]
    pub fn spent(&self) -> u64 {
        self.actions().filter_map(|action| pence(&action.budget_spent)).map(u64::from).sum()
    }

    /// What its actions are to cost, in pence.
    #[must_use]
    pub fn planned(&self) -> u64 {
        self.actions().filter_map(|action| pence(&action.budget_planned)).map(u64::from).sum()
    }

    /// Its actions, in form order.
    pub fn actions(&self) -> impl Iterator<Item = &crate::Action> {
        self.outcomes.iter().flat_map(|outcome| &outcome.actions)
    }
}
