//! The urgent banner: what to do now, by when, whom to ring, and whether to tell the family. It is on every page, can be
//! acknowledged, and stays as long as its answer does.

use assessment_rules::{UrgentAction, causes};
use leptos::prelude::*;

use super::{AllNumbers, OutOfHours, QuestionLink, RingNow, on_own};
use crate::form::{Form, use_form};
use crate::io::clock;
use crate::state::{Certainty, Event};

/// Something that is usual to do needs no warning in view.
const USUAL: [&str; 4] = ["tell_family_unless_risk", "tell_family", "do_not_delay", "n/a"];

/// "Act now", and "Check now" below it for answers that are not sure.
#[component]
pub(crate) fn Urgent() -> impl IntoView {
    on_own(|| {
        view! {
            <Banner certainty=Certainty::Certain/>
            <Banner certainty=Certainty::NotSure/>
        }
        .into_any()
    })
}

#[component]
fn Banner(certainty: Certainty) -> impl IntoView {
    let form = use_form();
    let codes = Memo::new(move |_| {
        form.outcome.get().map_or_else(Vec::new, |outcome| match certainty {
            Certainty::Certain => outcome.urgent.clone(),
            Certainty::NotSure => outcome.urgent_to_check.clone(),
        })
    });
    let is_shown = Memo::new(move |_| codes.with(|codes| !codes.is_empty()));
    // An item of one record must never be taken for that of another.
    let items = move || {
        let opened = form.with(|state| state.opened);
        codes.get().into_iter().map(move |code| (opened, code)).collect::<Vec<_>>()
    };
    let (id, class, heading) = match certainty {
        Certainty::Certain => ("urgent", "ca-urgent", "urgent.heading"),
        Certainty::NotSure => ("urgent-check", "ca-urgent ca-urgent--check", "urgent.check_heading"),
    };
    let about = move || {
        (certainty == Certainty::NotSure)
            .then(|| view! { <p>{form.text("urgent.check_about")}</p> }.into_any())
    };
    view! {
        <Show when=move || is_shown.get()>
            <section class=class aria-labelledby=id>
                <h2 class="ca-urgent__heading" id=id tabindex="-1">{form.text(heading)}</h2>
                {about()}
                <ul class="ca-urgent__list">
                    <For each=items key=|item| item.clone() let((_, code))>
                        <Item code certainty/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Item(code: String, certainty: Certainty) -> impl IntoView {
    let form = use_form();
    let action = form.standards().pack.action(&code).cloned();
    action.map(|action| view! { <Action code action certainty/> }.into_any())
}

#[component]
fn Action(code: String, action: UrgentAction, certainty: Certainty) -> impl IntoView {
    let form = use_form();
    let lead = match certainty {
        Certainty::Certain => action.action.clone(),
        Certainty::NotSure => not_sure(form, &action),
    };
    let id = format!("urgent-{code}");
    let trigger = format!(": {}", action.trigger);
    let cause = code.clone();
    let read_at = Memo::new({
        let code = code.clone();
        move |_| {
            form.with(|state| {
                let read = state.record.as_ref()?.acknowledged.time(&code, certainty)?;
                Some(read.to_owned())
            })
        }
    });
    let read_only = Memo::new(move |_| form.with(|state| state.read_only));
    let is_read = move || read_at.with(Option::is_some);
    let summary = move || match read_at.get() {
        Some(time) => form.filled("urgent.read_at", &[("time", &time)]),
        None => form.text("urgent.more"),
    };
    // A warning not to tell somebody is in view until it was read.
    let warning = (!USUAL.contains(&action.telling_the_family.as_str()))
        .then(|| form.text(&format!("telling.{}", action.telling_the_family)));
    let warning = move || {
        warning
            .clone()
            .filter(|_| !is_read())
            .map(|text| view! { <p class="ca-urgent__line">{text}</p> }.into_any())
    };
    let acknowledge = {
        let (id, trigger) = (id.clone(), trigger.clone());
        move || {
            (!is_read() && !read_only.get()).then(|| {
                let (code, id) = (code.clone(), id.clone());
                let acknowledge = move |_| {
                    let (action, time) = (code.clone(), clock::time());
                    form.dispatch(Event::Acknowledged { action, certainty, time });
                    form.focus(&id);
                };
                view! {
                    <button
                        type="button"
                        class="govuk-button govuk-button--secondary ca-urgent__acknowledge"
                        on:click=acknowledge
                    >
                        {form.text("urgent.acknowledge")}
                        <span class="govuk-visually-hidden">{trigger.clone()}</span>
                    </button>
                }
                .into_any()
            })
        }
    };
    let by_when = form.filled("urgent.by", &[("deadline", &action.deadline)]);
    view! {
        <li class="ca-urgent__item" class:ca-urgent__item--read=is_read>
            <OutOfHours action=action.clone()/>
            <p class="ca-urgent__action">{lead}</p>
            <RingNow action=action.clone()>
                <strong class="ca-urgent__when">
                    {by_when}
                </strong>
            </RingNow>
            {warning}
            <details class="govuk-details ca-urgent__more">
                <summary class="govuk-details__summary" id=id>
                    <span class="govuk-details__summary-text">
                        {summary}
                        <span class="govuk-visually-hidden">{trigger}</span>
                    </span>
                </summary>
                <div class="govuk-details__text">
                    <Because action=cause/>
                    {facts(form, &action)}
                </div>
            </details>
            {acknowledge}
        </li>
    }
}

/// What to do where the answer is not sure. Without words of the action's own: no proof is needed, ask no more, speak to
/// the safeguarding lead.
pub(crate) fn not_sure(form: Form, action: &UrgentAction) -> String {
    action.not_sure.clone().unwrap_or_else(|| form.text("urgent.not_sure"))
}

/// The answers behind an urgent action, each with a link.
#[component]
fn Because(action: String) -> impl IntoView {
    let form = use_form();
    let paths = Memo::new(move |_| {
        let standards = form.standards();
        form.answers(|answers| causes(answers, clock::today(), &standards.pack, &action))
    });
    let item = move |path: String| {
        let key = match form.peek_answers(|answers| answers.text(&path).to_owned()).as_str() {
            "yes" => "urgent.because_yes",
            "unsure" => "urgent.because_not_sure",
            _ => "urgent.because",
        };
        view! { <li>{form.text(key)} " " <QuestionLink path/></li> }.into_any()
    };
    move || {
        let items: Vec<AnyView> = paths.get().into_iter().map(item).collect();
        view! { <ul class="govuk-list">{items}</ul> }.into_any()
    }
}

/// Why, who, whom to ring, and whether to tell the family.
fn facts(form: Form, action: &UrgentAction) -> impl IntoView + use<> {
    let fact = |key: &str, value: &str| {
        (!value.is_empty()).then(|| {
            view! {
                <div class="ca-urgent__fact">
                    <dt>{form.text(key)}</dt>
                    <dd>{value.to_owned()}</dd>
                </div>
            }
            .into_any()
        })
    };
    let telling = form.text(&format!("telling.{}", action.telling_the_family));
    let who = if action.who == "anyone" { "" } else { &action.who };
    view! {
        <dl class="ca-urgent__facts">
            {fact("urgent.why", &action.trigger)}
            {fact("urgent.who", who)}
            <div class="ca-urgent__fact">
                <dt>{form.text("urgent.ring")}</dt>
                <dd>
                    <AllNumbers contacts=action.contacts.clone()/>
                </dd>
            </div>
            {fact("urgent.telling", &telling)}
        </dl>
    }
}
