//! The signs of one box: what goes well and what to think about, each yes, not sure or no, or not answered.

use assessment_engine::answers::Edit;
use assessment_engine::facts::Facts;
use assessment_engine::threshold::Indicator;
use leptos::prelude::*;

use super::{Asked, choice, error_at};
use crate::form::Form;
use crate::io::clock;

pub(super) fn indicators(form: Form, asked: &Asked) -> AnyView {
    let element = asked.path.split('.').nth(1).unwrap_or_default().to_owned();
    // A sign for another age is not asked; one that was answered is always shown.
    let signs: Vec<Indicator> = form.peek_answers(|answers| {
        let facts = Facts::of(answers, clock::today());
        form.standards(|standards| {
            let answered =
                |id: &str| answers.elements.get(&element).is_some_and(|e| e.indicators.contains_key(id));
            let fits = |sign: &&Indicator| sign.set_aside(answers, &facts).is_none() || answered(&sign.id);
            standards.pack.indicators_of(&element).filter(fits).cloned().collect()
        })
    });
    let (strengths, concerns): (Vec<_>, Vec<_>) = signs.into_iter().partition(|sign| sign.strength);
    view! {
        {list(form, asked, "strengths", strengths)}
        {list(form, asked, "concerns", concerns)}
    }
    .into_any()
}

fn list(form: Form, asked: &Asked, kind: &str, signs: Vec<Indicator>) -> Option<AnyView> {
    if signs.is_empty() {
        return None;
    }
    let hint_id = format!("{}-{kind}-hint", asked.path);
    let items = signs.iter().map(|sign| item(form, &asked.path, sign)).collect_view();
    Some(
        view! {
            <fieldset class="ca-indicators" aria-describedby=hint_id.clone()>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                    <h2 class="govuk-fieldset__heading">{form.text(&format!("signs.{kind}"))}</h2>
                </legend>
                <div class="govuk-hint" id=hint_id.clone()>{form.text(&format!("signs.{kind}.hint"))}</div>
                <ul class="ca-indicators__list">{items}</ul>
            </fieldset>
        }
        .into_any(),
    )
}

fn item(form: Form, stem: &str, sign: &Indicator) -> AnyView {
    let path = format!("{stem}.{}", sign.id);
    let value = choice::watched(form, &path);
    let marks = form.standards(|standards| standards.lists.list("mark").to_vec());
    let text_id = format!("{path}-text");
    let radios = marks
        .iter()
        .enumerate()
        .map(|(at, mark)| {
            let id = if at == 0 { path.clone() } else { format!("{path}.{}", mark.code) };
            let (answer, code, checked) = (path.clone(), mark.code.clone(), mark.code.clone());
            let pick = move |_| form.answer(&answer, Edit::Text(code.clone()));
            view! {
                <div class="govuk-radios__item">
                    <input class="govuk-radios__input" type="radio" name=path.clone() id=id.clone() value=mark.code.clone()
                        prop:checked=move || value.with(|value| *value == checked) on:change=pick/>
                    <label class="govuk-label govuk-radios__label" for=id>{mark.label.clone()}</label>
                </div>
            }
        })
        .collect_view();
    let error_id = format!("{path}-error");
    let error = error_at(form, &path);
    let described = error.as_ref().map(|_| error_id.clone());
    let error = error.map(|text| {
        view! {
            <p class="govuk-error-message" id=error_id>
                <span class="govuk-visually-hidden">{form.text("error.prefix")}</span>{text}
            </p>
        }
    });
    let note = sign.note.clone().map(|note| view! { <span class="govuk-hint">" "{note}</span> });
    view! {
        <li class="ca-indicator">
            <p class="ca-indicator__text" id=text_id.clone()>{sign.text.clone()}{note}</p>
            {error}
            <div class="ca-indicator__answers govuk-radios govuk-radios--small" role="radiogroup"
                aria-labelledby=text_id aria-describedby=described>
                {radios}
                {choice::clear(form, &path, &path, &sign.text, value)}
            </div>
        </li>
    }
    .into_any()
}
