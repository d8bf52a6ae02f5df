//! Every answer of a record as a line: what was asked, and the answer in words.

use assessment_engine::agreement::{agreement, ended_on, superseded};
use assessment_engine::answers::{Answers, Facts, Node, Scope};
use assessment_engine::disclosure::{is_hidden_on_paper, is_one_persons, is_practitioners_own};
use assessment_engine::planned::overdue;
use assessment_form::{Kind, PartialDate};
use assessment_rules::Outcome;
use leptos::prelude::*;

use crate::form::Form;
use crate::questions::{option_note, shown};

/// A question and its answer in words.
#[derive(Clone, PartialEq)]
pub(in crate::pages) struct Line {
    pub(in crate::pages) path: String,
    pub(in crate::pages) section: &'static str,
    /// The element or the row that it belongs to.
    pub(in crate::pages) part: Option<String>,
    pub(in crate::pages) label: String,
    pub(in crate::pages) value: String,
    /// Whether the question is still asked; its answer is kept in any case.
    pub(in crate::pages) is_asked: bool,
    /// Why it is not what the family agrees to now, where it is not.
    pub(in crate::pages) superseded: Option<String>,
    /// What the answer means, where an option has words of its own.
    pub(in crate::pages) note: Option<String>,
    /// Whether it is the date of an action that is overdue.
    pub(in crate::pages) is_overdue: bool,
    /// Whether it must not be on paper that the browser prints by itself.
    pub(in crate::pages) is_hidden: bool,
}

/// All answers of the open record, in form order.
pub(super) fn lines(form: Form) -> Vec<Line> {
    let Some(outcome) = form.outcome.get_untracked() else { return Vec::new() };
    let is_open = !form.is_locked.get_untracked();
    form.peek_answers(|answers| lines_of(form, answers, &outcome, is_open))
}

/// All answers of a record, in form order. `is_open` is whether they can be changed where they are shown.
pub(in crate::pages) fn lines_of(
    form: Form,
    answers: &Answers,
    outcome: &Outcome,
    is_open: bool,
) -> Vec<Line> {
    let (words, standards) = (form.words(), form.standards());
    let is_with_family = form.with_family.get();
    let mut lines = Vec::new();
    let facts = Facts::of(answers, form.today());
    let scope = Scope::of(answers, &facts, outcome);
    let over = superseded(answers);
    let overdue = overdue(answers, form.today());
    let no_longer = |path: &str| {
        let is_in = |over: &&String| {
            path.strip_prefix(over.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        over.iter().find(is_in).map(|_| no_longer_holds(form, answers, path))
    };
    let mut section = "pre_assessment_checklist";
    answers.walk(&scope, &mut |visit| {
        let path = visit.path();
        if visit.group.key() == "record" {
            section = visit.question.name;
        }
        let (part, is_asked) = (form.part_of(&path), visit.asked);
        let is_hidden = is_practitioners_own(visit.group.key(), visit.question)
            || is_one_persons(visit.group.key(), visit.question);
        if is_with_family && is_hidden {
            return false;
        }
        // Reasons why two answers are both right are on the page already while they can be typed; which answers they are
        // for is the form's own note.
        if (visit.question.name == "explained" && is_open)
            || (matches!(visit.group.key(), "explained" | "linked_records") && !is_asked)
        {
            return false;
        }
        match (visit.question.kind, visit.node) {
            (Kind::Group | Kind::Rows(_), _) => {}
            (Kind::Indicators, Node::Marks(marks)) => {
                for (id, mark) in marks {
                    let indicator = standards.pack.indicator(id);
                    let label = indicator.map_or(id.as_str(), |indicator| &indicator.text).to_owned();
                    let value = shown::code(form, "mark", mark);
                    let path = format!("{path}.{id}");
                    let part = part.clone();
                    lines.push(Line {
                        path,
                        section,
                        part,
                        label,
                        value,
                        is_asked,
                        superseded: None,
                        note: None,
                        is_overdue: false,
                        is_hidden: false,
                    });
                }
            }
            (kind, node) => {
                let value = shown::answer_on(form, answers, &path, kind, node);
                if !value.trim().is_empty() {
                    let key = format!("{}.{}", visit.group.key(), visit.question.name);
                    let label = words.label(&key, kind, visit.question.name, &standards).to_owned();
                    // It says who said no.
                    let superseded = no_longer(&path).filter(|_| !is_with_family);
                    let is_overdue = overdue.contains(&path);
                    let note = option_note(form, &key, kind, node);
                    let is_hidden = is_hidden_on_paper(answers, &path);
                    lines.push(Line {
                        path,
                        section,
                        part,
                        label,
                        value,
                        is_asked,
                        superseded,
                        note,
                        is_overdue,
                        is_hidden,
                    });
                }
            }
        }
        true
    });
    lines
}

/// Why an answer is not what the family agrees to now, and since when.
fn no_longer_holds(form: Form, answers: &Answers, path: &str) -> String {
    if path.starts_with("consent.people[") {
        return form.text("superseded.person");
    }
    let state = agreement(answers).state.code();
    match ended_on(answers) {
        Some(day) => {
            let day = form.words().date(PartialDate::Day(day));
            form.filled(&format!("superseded.{state}.on"), &[("day", &day)])
        }
        None => form.text(&format!("superseded.{state}")),
    }
}
