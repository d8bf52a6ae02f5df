//! Check answers: everything that was answered, as it will be sent, with a link back to each; then sending.

use assessment_engine::answers::Node;
use assessment_engine::catalogue::{Kind, walk};
use assessment_engine::facts::Facts;
use assessment_engine::validation;
use leptos::prelude::*;

use super::{back, tasks};
use crate::components::{error_summary, suggestion};
use crate::form::Form;
use crate::io::clock;
use crate::questions::shown;
use crate::state::{Event, Place, Sent};

/// One line: a question and its answer in words.
struct Line {
    path: String,
    section: &'static str,
    label: String,
    value: String,
    asked: bool,
}

pub(super) fn check(form: Form) -> AnyView {
    let lines = lines(form);
    let sections = assessment_engine::sections::sections()
        .into_iter()
        .map(|section| {
            let rows =
                lines.iter().filter(|line| line.asked && line.section == section).map(|l| row(form, l));
            let rows: Vec<AnyView> = rows.collect();
            let empty = rows.is_empty().then(|| view! { <p>{form.text("check.nothing")}</p> });
            view! {
                <h2 class="govuk-heading-m">{form.text(&format!("section.{section}"))}</h2>
                {empty}
                <dl class="govuk-summary-list">{rows}</dl>
            }
        })
        .collect_view();
    let kept: Vec<AnyView> = lines.iter().filter(|line| !line.asked).map(|line| row(form, line)).collect();
    let kept = (!kept.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">{form.text("check.kept_heading")}</h2>
            <p>{form.text("check.kept")}</p>
            <dl class="govuk-summary-list">{kept}</dl>
        }
    });
    view! {
        {back(form, Place::Tasks)}
        {error_summary::error_summary(form)}
        <h1 class="govuk-heading-l" tabindex="-1">{form.text("title.check")}</h1>
        {sections}
        {kept}
        {suggestion::suggestion(form)}
        {sending(form)}
        {tasks::to_list(form)}
    }
    .into_any()
}

/// The button, or where the record stands after it was pressed.
fn sending(form: Form) -> AnyView {
    let (sent, reason) = form.peek(|state| {
        (state.record.as_ref().map(|record| record.sent.clone()).unwrap_or_default(), state.not_sent_because)
    });
    match sent {
        Sent::Received(receipt) => {
            view! { <p class="govuk-inset-text">{form.filled("drafts.sent", &[("reference", &receipt.reference)])}</p> }
                .into_any()
        }
        Sent::Waiting { .. } => {
            let busy = move || form.with(|state| state.sending);
            let why = if reason.is_empty() { "submit.waiting" } else { reason };
            view! {
                <div class="govuk-notification-banner" role="region" aria-labelledby="waiting">
                    <div class="govuk-notification-banner__header">
                        <h2 class="govuk-notification-banner__title" id="waiting">{form.text("submit.waiting_heading")}</h2>
                    </div>
                    <div class="govuk-notification-banner__content">
                        <p class="govuk-notification-banner__heading">{form.text(why)}</p>
                        <p>{form.text("submit.safe")}</p>
                        <button type="button" class="govuk-button" disabled=busy
                            on:click=move |_| form.dispatch(Event::Retried)>
                            {move || form.text(if busy() { "submit.sending" } else { "submit.again" })}
                        </button>
                    </div>
                </div>
            }
            .into_any()
        }
        Sent::No => view! {
            <h2 class="govuk-heading-m">{form.text("submit.heading")}</h2>
            <p>{form.text("submit.about")}</p>
            <button type="button" class="govuk-button"
                on:click=move |_| form.dispatch(Event::Submitted(clock::random_id()))>
                {form.text("submit.button")}
            </button>
        }
        .into_any(),
    }
}

fn lines(form: Form) -> Vec<Line> {
    let Some(outcome) = form.outcome.get_untracked() else { return Vec::new() };
    let mut lines = Vec::new();
    form.peek_answers(|answers| {
        let facts = Facts::of(answers, clock::today());
        let scope = validation::scope(answers, &facts, &outcome);
        let mut section = "pre_assessment_checklist";
        let mut around = String::new();
        walk(answers, &scope, &mut |visit| {
            let path = visit.path();
            if visit.group.key() == "record" {
                section = visit.question.name;
            }
            let key = format!("{}.{}", visit.group.key(), visit.question.name);
            let label = form.words(|words, s| words.label(&key, visit.question.kind, visit.question.name, s));
            match (visit.question.kind, visit.node) {
                (Kind::Group, _) if visit.group.key() == "elements" => around = label,
                (Kind::Group | Kind::Rows(_), _) => {}
                (Kind::Indicators, Node::Marks(marks)) => {
                    for (id, mark) in marks {
                        let text = form.standards(|standards| {
                            let sign =
                                standards.pack.indicators().iter().find(|indicator| indicator.id == *id);
                            sign.map_or_else(|| id.clone(), |indicator| indicator.text.clone())
                        });
                        lines.push(Line {
                            path: format!("{path}.{id}"),
                            section,
                            label: format!("{around}: {text}"),
                            value: shown::code(form, "mark", mark),
                            asked: visit.asked,
                        });
                    }
                }
                (kind, node) => {
                    let value = shown::answer(form, kind, node);
                    if !value.trim().is_empty() {
                        let label = if section == "elements" {
                            format!("{around}: {label}")
                        } else {
                            numbered(&path, label)
                        };
                        lines.push(Line { path, section, label, value, asked: visit.asked });
                    }
                }
            }
            true
        });
    });
    lines
}

/// The label of a question in a row carries the row's number.
fn numbered(path: &str, label: String) -> String {
    let row = path
        .split('[')
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .and_then(|row| row.parse::<usize>().ok());
    match row {
        Some(row) => format!("{label} ({})", row + 1),
        None => label,
    }
}

fn row(form: Form, line: &Line) -> AnyView {
    let open = form.peek(|state| state.record.as_ref().is_some_and(|record| record.is_open()));
    let path = line.path.clone();
    let change = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        form.change(&path);
    };
    let change = (open && line.asked).then(|| {
        view! {
            <dd class="govuk-summary-list__actions ca-no-print">
                <a class="govuk-link" href="#" on:click=change>
                    {form.text("check.change")}<span class="govuk-visually-hidden">" "{crate::words::uncapitalised(&line.label)}</span>
                </a>
            </dd>
        }
    });
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{line.label.clone()}</dt>
            <dd class="govuk-summary-list__value ca-typed">{line.value.clone()}</dd>
            {change}
        </div>
    }
    .into_any()
}
