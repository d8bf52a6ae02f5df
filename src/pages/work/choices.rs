//! A list to choose from, and a date in three boxes, as the form's own look. They are no questions of the form.

use assessment_form::WrittenDate;
use leptos::prelude::*;

use super::fields::{Group, described};
use crate::components::redrawn;
use crate::form::use_form;

/// Options with their labels, perhaps under the name of a group.
pub(in crate::pages) type Grouped = Vec<(Option<String>, Vec<(String, String)>)>;

/// One of many. The first entry, `none`, chooses nothing.
#[component]
pub(in crate::pages) fn Select(
    id: &'static str,
    label: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    none: String,
    options: Grouped,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let option = move |code: String, label: String| {
        let own = code.clone();
        // It says itself whether it is chosen: a select's own value is lost where its entries come later.
        view! { <option value=code prop:selected=move || *value.read() == own>{label}</option> }.into_any()
    };
    // A code that is no longer offered stays, and is shown as it is.
    let given = value.get_untracked();
    let is_known =
        given.is_empty() || options.iter().any(|(_, members)| members.iter().any(|(code, _)| *code == given));
    let unknown = (!is_known).then(|| option(given.clone(), given));
    let groups = options.into_iter().map(move |(group, members)| {
        let members = members.into_iter().map(|(code, label)| option(code, label)).collect_view();
        match group {
            Some(group) => view! { <optgroup label=group>{members}</optgroup> }.into_any(),
            None => members.into_any(),
        }
    });
    view! {
        <Group id label hint error>
            <select
                class="govuk-select"
                class:govuk-select--error=move || error.get().is_some()
                id=id
                autocomplete="off"
                aria-describedby=move || described(id, has_hint, error.get().is_some())
                aria-invalid=move || error.get().is_some().then_some("true")
                on:change:target=move |event| value.set(event.target().value())
            >
                {option(String::new(), none)}
                {unknown}
                {groups.collect_view()}
            </select>
        </Group>
    }
}

/// Day, month and year. Day and month may stay blank.
#[component]
pub(super) fn DateBoxes(
    id: &'static str,
    legend: String,
    hint: String,
    value: RwSignal<WrittenDate>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let form = use_form();
    type Part = fn(&mut WrittenDate) -> &mut String;
    let boxes: [(&str, &str, Part); 3] = [
        ("day", "date.day", |date| &mut date.day),
        ("month", "date.month", |date| &mut date.month),
        ("year", "date.year", |date| &mut date.year),
    ];
    let boxes = boxes.into_iter().map(|(name, key, part)| {
        // The first has the id of the whole, so that the focus can go there.
        let id = if name == "day" { id.to_owned() } else { format!("{id}.{name}") };
        let width = if name == "year" { "govuk-input--width-4" } else { "govuk-input--width-2" };
        view! {
            <div class="govuk-date-input__item">
                <div class="govuk-form-group">
                    <label class="govuk-label govuk-date-input__label" for=id.clone()>{form.text(key)}</label>
                    <input
                        class=["govuk-input govuk-date-input__input ", width].concat()
                        class:govuk-input--error=move || error.get().is_some()
                        type="text"
                        id=id
                        autocomplete="off"
                        inputmode=if name == "month" { "text" } else { "numeric" }
                        prop:value=move || value.with(|date| part(&mut date.clone()).clone())
                        on:input:target=move |event| value.update(|date| *part(date) = event.target().value())
                    />
                </div>
            </div>
        }
        .into_any()
    });
    let said = redrawn(move || {
        error.get().map(|error| {
            view! {
                <p class="govuk-error-message" id=format!("{id}-error")>
                    <span class="govuk-visually-hidden">{form.text("error.prefix")}</span>
                    {error}
                </p>
            }
            .into_any()
        })
    });
    view! {
        <div class="govuk-form-group" class:govuk-form-group--error=move || error.get().is_some()>
            <fieldset
                class="govuk-fieldset"
                role="group"
                aria-describedby=move || described(id, true, error.get().is_some())
            >
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
                <div class="govuk-hint" id=format!("{id}-hint")>{hint}</div>
                {said}
                <div class="govuk-date-input">{boxes.collect_view()}</div>
            </fieldset>
        </div>
    }
}
