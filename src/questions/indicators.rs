//! The indicators of one element: what goes well and what to think about, each yes, not sure or no, or not answered.

use assessment_rules::{HARM_ACTION, Indicator, Level, UrgentAction};
use leptos::prelude::*;

use super::Field;
use super::radios::{Clear, RadioItems};
use super::wrapper::ErrorMessage;
use crate::components::{OutOfHours, RingNow, not_sure};
use crate::form::{Form, use_form};
use crate::io::clock;

#[component]
pub(super) fn Indicators(field: Field) -> impl IntoView {
    let shown = shown(use_form(), &field.path);
    let (strengths, concerns): (Vec<_>, Vec<_>) = shown.into_iter().partition(|one| one.strength);
    view! {
        <List path=field.path.clone() kind="strengths" indicators=strengths/>
        <List path=field.path kind="concerns" indicators=concerns/>
    }
}

/// The indicators of the element. One for another age, or one that the rules have ended, is not asked; one that was
/// answered is always shown. Decided when the page is drawn: nothing may vanish while somebody answers.
fn shown(form: Form, path: &str) -> Vec<Indicator> {
    let element = path.split('.').nth(1).unwrap_or_default();
    let (standards, facts, today) = (form.standards(), untrack(|| form.facts()), clock::today());
    form.peek_answers(|answers| {
        let is_answered =
            |id: &str| answers.elements.get(element).is_some_and(|one| one.indicators.contains_key(id));
        let current: Vec<&Indicator> = standards.pack.asked_of(element, today).collect();
        let fits =
            |one: &&&Indicator| one.set_aside(facts.age, facts.disabled).is_none() || is_answered(&one.id);
        let is_ended =
            |one: &&Indicator| is_answered(&one.id) && current.iter().all(|other| other.id != one.id);
        let ended = standards.pack.indicators_of(element).filter(is_ended);
        current.iter().filter(fits).copied().chain(ended).cloned().collect()
    })
}

#[component]
fn List(path: String, kind: &'static str, indicators: Vec<Indicator>) -> impl IntoView {
    let form = use_form();
    (!indicators.is_empty()).then(|| {
        let hint_id = format!("{path}-{kind}-hint");
        let described = hint_id.clone();
        let items = indicators
            .into_iter()
            .map(|indicator| view! { <Item path=format!("{path}.{}", indicator.id) indicator/> }.into_any())
            .collect_view();
        view! {
            <fieldset class="ca-indicators" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                    <h2 class="govuk-fieldset__heading">{form.text(&format!("signs.{kind}"))}</h2>
                </legend>
                <div class="govuk-hint" id=hint_id>
                    {form.text(&format!("signs.{kind}.hint"))}
                </div>
                <ul class="ca-indicators__list">{items}</ul>
            </fieldset>
        }
        .into_any()
    })
}

/// The urgent action that a concern calls for: its own, or that for harm where it may be harm and has none.
fn action_of(form: Form, indicator: &Indicator) -> Option<UrgentAction> {
    let standards = form.standards();
    let code = match &indicator.action {
        Some(code) => code,
        None if indicator.level == Level::L4b => HARM_ACTION,
        None => return None,
    };
    standards.pack.action(code).cloned()
}

/// What to do now, directly under the indicator that calls for it: it is answered here, and the banner may be out of
/// view.
#[component]
fn UnderIndicator(action: UrgentAction, value: Memo<String>) -> impl IntoView {
    let form = use_form();
    move || {
        let (class, heading, text) = match value.get().as_str() {
            "yes" => ("ca-indicator__action", "urgent.heading", action.action.clone()),
            "unsure" => (
                "ca-indicator__action ca-indicator__action--check",
                "urgent.check_heading",
                not_sure(form, &action),
            ),
            _ => return None,
        };
        Some(
            view! {
                <div class=class>
                    <OutOfHours action=action.clone()/>
                    <p class="ca-indicator__action-words">
                        <strong>{form.text(heading)} ": "</strong>
                        {text}
                    </p>
                    <RingNow action=action.clone()/>
                </div>
            }
            .into_any(),
        )
    }
}

#[component]
fn Item(path: String, indicator: Indicator) -> impl IntoView {
    let form = use_form();
    let options = form.standards().lists.list("mark").to_vec();
    let (value, error) = (form.text_at(path.clone()), form.error_at(path.clone()));
    let action = action_of(form, &indicator);
    let text_id = format!("{path}-text");
    let described = {
        let id = format!("{path}-error");
        move || error.read().is_some().then(|| id.clone())
    };
    view! {
        <li class="ca-indicator">
            <p class="ca-indicator__text" id=text_id.clone()>
                {indicator.text.clone()}
                " "
                {indicator.note.map(|note| view! { <span class="govuk-hint">{note}</span> }.into_any())}
            </p>
            <ErrorMessage path=path.clone() error/>
            <div
                class="ca-indicator__answers govuk-radios govuk-radios--small"
                role="radiogroup"
                aria-labelledby=text_id
                aria-describedby=described
            >
                <RadioItems path=path.clone() value options/>
                <Clear path value label=indicator.text/>
            </div>
            {action.map(|action| view! { <UnderIndicator action value/> }.into_any())}
        </li>
    }
}
