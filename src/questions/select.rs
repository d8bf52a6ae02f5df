//! One of many options, as a list. The first entry takes the answer back.

use assessment_engine::code_lists::Code;
use assessment_form::Edit;
use leptos::prelude::*;

use super::wrapper::Labelled;
use super::{Field, use_questionnaire};
use crate::components::redrawn;
use crate::form::use_form;

#[component]
pub(super) fn Select(field: Field, options: Vec<Code>) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    let value = asking.text_at(&field.path);
    let choose = {
        let path = field.path.clone();
        move |event| asking.answer(&path, Edit::Text(event_target_value(&event)))
    };
    let codes: Vec<String> = options.iter().map(|option| option.code.clone()).collect();
    // A code that is no longer offered stays, and is shown as it is.
    let unknown = redrawn(move || {
        let current = value.get();
        (!current.is_empty() && !codes.contains(&current))
            .then(|| view! { <Choice code=current.clone() label=current value/> }.into_any())
    });
    let mut groups: Vec<(Option<String>, Vec<Code>)> = Vec::new();
    for option in options {
        match groups.iter_mut().find(|(group, _)| *group == option.group) {
            Some((_, members)) => members.push(option),
            None => groups.push((option.group.clone(), vec![option])),
        }
    }
    let groups = groups.into_iter().map(move |(group, members)| {
        let choices = members
            .into_iter()
            .map(move |Code { code, label, .. }| view! { <Choice code label value/> }.into_any())
            .collect_view();
        match group {
            Some(group) => view! { <optgroup label=group>{choices}</optgroup> }.into_any(),
            None => choices.into_any(),
        }
    });
    view! {
        <Labelled field=field.clone()>
            <select
                class="govuk-select"
                class:govuk-select--error=field.has_error
                id=field.path.clone()
                name=field.path
                autocomplete="off"
                disabled=asking.is_locked
                aria-describedby=field.described_by
                on:change=choose
            >
                <Choice code=String::new() label=form.text("choose") value/>
                {unknown}
                {groups.collect_view()}
            </select>
        </Labelled>
    }
}

/// One entry. It says itself whether it is selected: a select's own value is lost where its entries come later.
#[component]
fn Choice(code: String, label: String, value: Memo<String>) -> impl IntoView {
    let own = code.clone();
    view! {
        <option value=code prop:selected=move || *value.read() == own>
            {label}
        </option>
    }
}
