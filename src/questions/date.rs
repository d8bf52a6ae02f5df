//! A date in three boxes. Nothing jumps on its own, month names are fine, and what was typed stays as it is.

use assessment_engine::answers::{Edit, Node, WrittenDate};
use leptos::prelude::*;

use super::Asked;
use crate::form::Form;

pub(super) fn date(form: Form, asked: Asked) -> AnyView {
    let written = current(form, &asked.path);
    let part = |name: &'static str, width: &str, value: String| {
        let id = if name == "day" { asked.path.clone() } else { format!("{}.{name}", asked.path) };
        let path = asked.path.clone();
        let typed = move |event| {
            let mut date = current(form, &path);
            let place = match name {
                "day" => &mut date.day,
                "month" => &mut date.month,
                _ => &mut date.year,
            };
            *place = event_target_value(&event);
            form.answer(&path, Edit::Date(date));
        };
        let wrong = if asked.error.is_some() { " govuk-input--error" } else { "" };
        view! {
            <div class="govuk-date-input__item">
                <div class="govuk-form-group">
                    <label class="govuk-label govuk-date-input__label" for=id.clone()>{form.text(&format!("date.{name}"))}</label>
                    <input class=format!("govuk-input govuk-date-input__input {width}{wrong}") id=id.clone() name=id
                        type="text" inputmode=if name == "month" { "text" } else { "numeric" } autocomplete="off"
                        spellcheck="false" prop:value=value on:input=typed/>
                </div>
            </div>
        }
    };
    view! {
        <div class=asked.group_class()>
            <fieldset class="govuk-fieldset" role="group" aria-describedby=asked.described_by()>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{asked.label.clone()}</legend>
                {asked.hint_view()}
                {asked.error_view(form)}
                <div class="govuk-date-input">
                    {part("day", "govuk-input--width-2", written.day)}
                    {part("month", "govuk-input--width-2", written.month)}
                    {part("year", "govuk-input--width-4", written.year)}
                </div>
            </fieldset>
        </div>
    }
    .into_any()
}

fn current(form: Form, path: &str) -> WrittenDate {
    form.peek_answers(|answers| match answers.node(path) {
        Some(Node::Date(date)) => date.clone(),
        _ => WrittenDate::default(),
    })
}
