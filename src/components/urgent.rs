//! The urgent banner: what to do now, by when, whom to ring, and whether to tell the family. It stands on every page,
//! can be acknowledged, and is never gone while its answer stands.

use leptos::prelude::*;

use super::contacts;
use crate::form::Form;
use crate::io::clock;
use crate::state::Event;

/// The banner, with "Check now" under it for answers that are not sure.
pub(crate) fn urgent(form: Form) -> AnyView {
    let codes = Memo::new(move |_| {
        form.outcome.with(|outcome| {
            outcome
                .as_ref()
                .map(|outcome| (outcome.urgent.clone(), outcome.urgent_to_check.clone()))
                .unwrap_or_default()
        })
    });
    let acknowledged = Memo::new(move |_| {
        form.with(|state| state.record.as_ref().map(|record| record.acknowledged.clone()).unwrap_or_default())
    });
    let list = move || {
        let (now, check) = codes.get();
        let read = acknowledged.get();
        let list = |codes: &[String], check: bool| {
            codes.iter().filter_map(|code| item(form, code, read.get(code).cloned(), check)).collect_view()
        };
        let now = (!now.is_empty()).then(|| {
            view! {
                <section class="ca-urgent" aria-labelledby="urgent">
                    <h2 class="ca-urgent__heading" id="urgent">{form.text("urgent.heading")}</h2>
                    <ul class="ca-urgent__list">{list(&now, false)}</ul>
                </section>
            }
        });
        let check = (!check.is_empty()).then(|| {
            view! {
                <section class="ca-urgent ca-urgent--check" aria-labelledby="urgent-check">
                    <h2 class="ca-urgent__heading" id="urgent-check">{form.text("urgent.check_heading")}</h2>
                    <p>{form.text("urgent.check_about")}</p>
                    <ul class="ca-urgent__list">{list(&check, true)}</ul>
                </section>
            }
        });
        view! { {now} {check} }
    };
    list.into_any()
}

fn item(form: Form, code: &str, read_at: Option<String>, check: bool) -> Option<AnyView> {
    let action = form.standards(|standards| standards.pack.action(code).cloned())?;
    let numbers = form.standards(|standards| {
        action.contacts.iter().filter_map(|id| standards.profile.contact(id).cloned()).collect::<Vec<_>>()
    });
    let first = numbers.first().cloned();
    let ring = numbers
        .iter()
        .map(|contact| view! { <dd>{contacts::ways(form, contact)}<span>{contact.name.clone()}</span></dd> })
        .collect_view();
    let telling = form.text(&format!("telling.{}", action.telling_the_family));
    let fact = |key: &str, value: String| {
        (!value.is_empty()).then(|| {
            view! { <div class="ca-urgent__fact"><dt>{form.text(key)}</dt><dd>{value}</dd></div> }
        })
    };
    let who = if action.who == "anyone" { String::new() } else { action.who.clone() };
    let facts = view! {
        <dl class="ca-urgent__facts">
            {fact("urgent.why", action.trigger.clone())}
            {fact("urgent.when", action.deadline.clone())}
            {fact("urgent.who", who)}
            <div class="ca-urgent__fact"><dt>{form.text("urgent.ring")}</dt>{ring}</div>
            {fact("urgent.telling", telling)}
        </dl>
    };
    let id = format!("urgent-{code}");
    let lead = if check {
        form.filled("urgent.if_so", &[("action", &action.action)])
    } else {
        action.action.clone()
    };
    let code = code.to_owned();
    let view = match read_at {
        Some(time) => view! {
            <li class="ca-urgent__item ca-urgent__item--acknowledged">
                <p class="ca-urgent__action">{lead}</p>
                {first.map(|contact| view! { <p>{contacts::ways(form, &contact)}{contact.name.clone()}</p> })}
                <details class="govuk-details ca-urgent__more">
                    <summary class="govuk-details__summary" id=id>
                        <span class="govuk-details__summary-text">
                            {form.filled("urgent.read_at", &[("time", &time)])}
                            <span class="govuk-visually-hidden">": "{action.trigger.clone()}</span>
                        </span>
                    </summary>
                    <div class="govuk-details__text">{facts}</div>
                </details>
            </li>
        }
        .into_any(),
        None => {
            let acknowledge = move |_| {
                form.dispatch(Event::Acknowledged(code.clone(), clock::time()));
                form.focus(&format!("urgent-{code}"));
            };
            view! {
                <li class="ca-urgent__item">
                    <p class="ca-urgent__action">{lead}</p>
                    {facts}
                    <button type="button" class="govuk-button govuk-button--secondary ca-urgent__acknowledge" on:click=acknowledge>
                        {form.text("urgent.acknowledge")}<span class="govuk-visually-hidden">": "{action.trigger.clone()}</span>
                    </button>
                </li>
            }
            .into_any()
        }
    };
    Some(view)
}
