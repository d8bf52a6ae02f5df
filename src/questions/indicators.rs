//! The indicators of one element: what goes well and what to think about, each yes, not sure or no, or not answered.

use assessment_rules::Indicator;
use leptos::prelude::*;

use super::nothing_else::NothingElse;
use super::radios::{Clear, RadioItems};
use super::wrapper::ErrorMessage;
use super::{Field, use_questionnaire};
use crate::components::{Explained, OutOfHours, RingNow, not_sure, redrawn};
use crate::form::{Form, use_form};

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
    let (standards, facts, today) = (form.standards(), untrack(|| form.facts()), form.today());
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
        let ids: Vec<String> = indicators.iter().map(|one| one.id.clone()).collect();
        let rest = path.clone();
        let items = indicators
            .into_iter()
            .map(|indicator| {
                view! { <IndicatorItem path=format!("{path}.{}", indicator.id) indicator/> }.into_any()
            })
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
                <NothingElse path=rest kind shown=ids/>
            </fieldset>
        }
        .into_any()
    })
}

/// What to do now, directly under the indicator that calls for it: it is answered here, and the banner may be out of
/// view. It follows the outcome, which knows the level at the child's age.
#[component]
fn UnderIndicator(indicator: Indicator) -> impl IntoView {
    let form = use_form();
    let called_for = Memo::new(move |_| {
        let outcome = form.outcome.get()?;
        outcome.called_for_by(&indicator).map(|(action, is_certain)| (action.to_owned(), is_certain))
    });
    redrawn(move || {
        let (code, is_certain) = called_for.get()?;
        let action = form.standards().pack.action(&code).cloned()?;
        let (class, heading, text) = if is_certain {
            ("ca-indicator__action", "urgent.heading", action.action.clone())
        } else {
            let class = "ca-indicator__action ca-indicator__action--check";
            (class, "urgent.check_heading", not_sure(form, &action))
        };
        Some(
            view! {
                <div class=class>
                    <OutOfHours action=action.clone()/>
                    <p class="ca-indicator__action-words">
                        <strong>{form.text(heading)} ": "</strong>
                        {text.clone()}
                    </p>
                    <RingNow action/>
                    <Explained text always=true/>
                </div>
            }
            .into_any(),
        )
    })
}

/// One indicator with its answers.
#[component]
pub(crate) fn IndicatorItem(path: String, indicator: Indicator) -> impl IntoView {
    let form = use_form();
    let options = form.standards().lists.list("mark").to_vec();
    let (value, error) = (form.text_at(path.clone()), use_questionnaire().error_at(&path));
    let under = indicator.clone();
    let text_id = format!("{path}-text");
    let text = [&indicator.text, " ", indicator.note.as_deref().unwrap_or_default()].concat();
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
            <Explained text/>
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
            {(!under.strength).then(|| view! { <UnderIndicator indicator=under/> }.into_any())}
        </li>
    }
}
