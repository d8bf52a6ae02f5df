//! A record of the team to read: what was answered, in the order of its form, with a heading for each row.

use assessment_engine::answers::Detail;
use assessment_form::Group;
use assessment_team::{Node, Scope, Team, TeamRecord};
use leptos::prelude::*;

use super::open::Open;
use super::words::{part, said};

/// One answer.
pub(super) struct Line {
    /// The row that it is in.
    part: Option<String>,
    pub(super) label: String,
    pub(super) value: String,
}

/// Every answer of a record that its form asks for.
fn of_record(open: Open, record: &TeamRecord) -> Vec<Line> {
    let mut lines = Vec::new();
    record.walk(&Scope::of(record, open.uses_budget()), &mut |visit| {
        let value = said(open, visit.question.kind, visit.node);
        // A plan is about now. Minutes and reviews say who somebody was on that day.
        let is_name = visit.question.holds.is_some_and(|held| matches!(held.detail, Detail::Name(_)));
        let value = match record {
            TeamRecord::Plan(_) if is_name => open.name_said(&value),
            _ => value,
        };
        if visit.asked && !value.is_empty() {
            let label = open.work.text(&format!("{}.{}", visit.group.key(), visit.question.name));
            lines.push(Line { part: part(open.work, record, &visit.path()), label, value });
        }
        visit.asked
    });
    lines
}

/// The answers of one row.
pub(super) fn of_group(open: Open, record: &TeamRecord, group: &dyn Group<Team>, path: &str) -> Vec<Line> {
    let questions = group.questions().iter().enumerate();
    questions
        .filter_map(|(index, question)| {
            let node = group.get(index)?;
            let key = format!("{}.{}", group.key(), question.name);
            // What has no words is nobody's to read: the program's own ids.
            let label = open.work.maybe_text(&key)?;
            let value = said(open, question.kind, node);
            (!value.is_empty() && !matches!(node, Node::Group(_) | Node::Rows(_))).then(|| Line {
                part: part(open.work, record, path),
                label,
                value,
            })
        })
        .collect()
}

/// All answers.
#[component]
pub(super) fn Lines(open: Open) -> impl IntoView {
    let lines = open.answers(|record| of_record(open, record));
    if lines.is_empty() {
        return view! { <p>{open.work.text("team.nothing_yet")}</p> }.into_any();
    }
    let parts = lines.chunk_by(|one, next| one.part == next.part).map(|run| {
        let heading = run.first().and_then(|line| line.part.clone());
        let rows: Vec<AnyView> = run
            .iter()
            .map(|line| super::super::work::episode::fact(line.label.clone(), line.value.clone()))
            .collect();
        view! {
            {heading.map(|heading| view! { <h3 class="govuk-heading-s">{heading}</h3> }.into_any())}
            <dl class="govuk-summary-list">{rows}</dl>
        }
        .into_any()
    });
    parts.collect_view().into_any()
}
