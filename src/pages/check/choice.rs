//! What to do where the family has not agreed: record the refusal only, do not send, or share for a lawful reason. A
//! person chooses; the choice and its reason are answers, so they are saved, sent and printed.

use assessment_engine::agreement::{Conflict, can_record_refusal, conflicts, refusal_record};
use assessment_engine::answers::{Answers, Facts, Node, Scope};
use assessment_engine::code_lists::Code;
use assessment_form::{Edit, Group};
use leptos::prelude::*;

use crate::components::{ChangeLink, Details, redrawn};
use crate::form::{Form, use_form};
use crate::questions::{Ask, RadiosOf, shown};
use crate::state::Page;

const PATH: &str = "sharing.choice";
const RECORD_ONLY: &str = "record_only";
const DO_NOT_SEND: &str = "do_not_send";
const SHARE: &str = "share";

/// The choice, where there is one to make.
#[component]
pub(super) fn Choice() -> impl IntoView {
    let form = use_form();
    // A reason why two answers are both right can be typed on this page.
    let found = Memo::new(move |_| form.answers(conflicts));
    redrawn(move || {
        let found = found.get();
        (!found.is_empty()).then(|| asked(form, found))
    })
}

fn asked(form: Form, conflicts: Vec<Conflict>) -> AnyView {
    let reasons = conflicts.into_iter().map(|conflict| view! { <Reason conflict/> }.into_any());
    view! {
        <section class="ca-before" aria-labelledby="before-conflict">
            <h3 class="govuk-heading-m" id="before-conflict">{form.text("before.conflict.heading")}</h3>
            <ul class="govuk-list govuk-list--bullet">{reasons.collect_view()}</ul>
            <p>{form.text("section.sharing.intro")}</p>
            <Emergency/>
            <Choose/>
            <Follows/>
        </section>
    }
    .into_any()
}

#[component]
fn Reason(conflict: Conflict) -> impl IntoView {
    let form = use_form();
    let path = form.peek_answers(|answers| conflict.path(answers));
    let key = format!("before.conflict.{}", conflict.code());
    let text = match &conflict {
        Conflict::Service(code) => form.filled(&key, &[("service", &shown::service(form, code))]),
        _ => form.text(&key),
    };
    let about = format!(": {text}");
    view! {
        <li>
            {text}
            " "
            <ChangeLink class="govuk-link ca-no-print" path>
                {form.text("check.change")}
                <span class="govuk-visually-hidden">{about}</span>
            </ChangeLink>
        </li>
    }
}

/// Where something is urgent, the reason that most often applies is one press away.
#[component]
fn Emergency() -> impl IntoView {
    let form = use_form();
    let is_urgent = form
        .outcome
        .get_untracked()
        .is_some_and(|outcome| !(outcome.urgent.is_empty() && outcome.urgent_to_check.is_empty()));
    let share = move |_| {
        form.answer(PATH, Edit::Text(SHARE.to_owned()));
        form.answer("sharing.lawful_reason", Edit::Text("risk_sig_harm".to_owned()));
        form.focus("before.send");
    };
    is_urgent.then(|| {
        view! {
            <div class="govuk-inset-text">
                <p>{form.text("before.emergency")}</p>
                <button
                    part="button"
                    type="button"
                    class="govuk-button govuk-button--warning"
                    disabled=form.is_locked
                    on:click=share
                >
                    {form.text("before.emergency.button")}
                </button>
            </div>
        }
        .into_any()
    })
}

/// A refusal can only be recorded where there is one.
#[component]
fn Choose() -> impl IntoView {
    let form = use_form();
    let sharing: &'static dyn Group<_> = &Answers::blank().sharing;
    let question = sharing.position("choice").and_then(|index| sharing.questions().get(index));
    let has_refusal = form.peek_answers(can_record_refusal);
    let standards = form.standards();
    let offered = standards.lists.list("sharing_choice").iter();
    let options: Vec<Code> =
        offered.filter(|option| has_refusal || option.code != RECORD_ONLY).cloned().collect();
    question
        .map(|question| view! { <RadiosOf path=PATH group_key=sharing.key() question options/> }.into_any())
}

/// What follows from the choice.
#[component]
fn Follows() -> impl IntoView {
    let form = use_form();
    let chosen = form.text_at(PATH);
    redrawn(move || match chosen.read().as_str() {
        RECORD_ONLY => Some(view! { <OnlyRefusal/> }.into_any()),
        DO_NOT_SEND => Some(
            view! {
                <div class="govuk-inset-text">
                    <p>{form.text("before.do_not_send")}</p>
                    <p>{form.text("before.do_not_send.next")}</p>
                </div>
            }
            .into_any(),
        ),
        SHARE => Some(view! { <Why/> }.into_any()),
        _ => None,
    })
}

/// Exactly what is sent where only the refusal is recorded: the same function makes this list and the body.
#[component]
fn OnlyRefusal() -> impl IntoView {
    let form = use_form();
    let recorded = Memo::new(move |_| form.answers(|answers| recorded(form, answers)));
    let rows = redrawn(move || {
        let rows = recorded.get().into_iter().map(|(label, value)| {
            view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{label}</dt>
                    <dd class="govuk-summary-list__value ca-typed" dir="auto">{value}</dd>
                </div>
            }
            .into_any()
        });
        rows.collect_view().into_any()
    });
    let has_log = form.peek_answers(|answers| !answers.urgent_log.is_empty());
    let log = has_log.then(|| view! { <p>{form.text("before.record_only.log")}</p> }.into_any());
    // The page of a refusal has all of it above.
    let is_above = form.peek(|state| state.page == Page::Refusal);
    let list = if is_above {
        let summary = form.text("before.record_only.list");
        view! { <Details summary><dl class="govuk-summary-list ca-before__sent">{rows}</dl></Details> }
            .into_any()
    } else {
        view! {
            <h4 class="govuk-heading-s">{form.text("before.record_only.list")}</h4>
            <dl class="govuk-summary-list ca-before__sent">{rows}</dl>
        }
        .into_any()
    };
    view! {
        <p>{form.text("before.record_only")}</p>
        {log}
        {list}
    }
}

/// Every answer of the record of a refusal, in words.
fn recorded(form: Form, answers: &Answers) -> Vec<(String, String)> {
    let Some(outcome) = form.outcome.get() else { return Vec::new() };
    let (words, standards) = (form.words(), form.standards());
    let (record, mut lines) = (refusal_record(answers), Vec::new());
    let facts = Facts::of(&record, form.today());
    record.walk(&Scope::of(&record, &facts, &outcome), &mut |visit| {
        let is_leaf = !matches!(visit.node, Node::Group(_) | Node::Rows(_));
        if is_leaf && !visit.node.is_blank() {
            let (kind, path) = (visit.question.kind, visit.path());
            let key = format!("{}.{}", visit.group.key(), visit.question.name);
            let label = words.label(&key, kind, visit.question.name, &standards).to_owned();
            let label = form.part_of(&path).map_or(label.clone(), |part| format!("{part}: {label}"));
            lines.push((label, shown::answer(form, kind, visit.node)));
        }
        true
    });
    lines
}

/// The lawful reason, and the words for it.
#[component]
fn Why() -> impl IntoView {
    let sharing: &dyn Group<_> = &Answers::blank().sharing;
    let asked = sharing.questions().iter().filter(|question| question.name != "choice");
    let asked =
        asked.map(|question| view! { <Ask stem="sharing" group_key=sharing.key() question/> }.into_any());
    asked.collect_view()
}
