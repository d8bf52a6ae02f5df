//! What is around a control: form group, label or legend, hint and error message.

use leptos::prelude::*;

use super::Field;
use crate::components::{Explained, redrawn};
use crate::form::use_form;

/// A form group around a control that has a label of its own.
#[component]
pub(super) fn Labelled(
    field: Field,
    #[prop(default = "govuk-label--s")] size: &'static str,
    /// A further class of the group.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class=format!("govuk-form-group {class}").trim_end().to_owned()
            class:ca-short=field.is_short
            class:govuk-form-group--error=field.has_error
        >
            <label class=format!("govuk-label {size}") for=field.path.clone()>{field.label.clone()}</label>
            <Hint field=field.clone()/>
            <ErrorMessage path=field.path error=field.error/>
            {children()}
        </div>
    }
}

/// A form group around several controls, under a legend.
#[component]
pub(super) fn UnderLegend(field: Field, children: Children) -> impl IntoView {
    view! {
        <div
            class="govuk-form-group"
            class:ca-short=field.is_short
            class:govuk-form-group--error=field.has_error
        >
            <fieldset class="govuk-fieldset" aria-describedby=field.described_by>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
                    {field.label.clone()}
                </legend>
                <Hint field=field.clone()/>
                <ErrorMessage path=field.path error=field.error/>
                {children()}
            </fieldset>
        </div>
    }
}

/// The hint of a question, where there is one, and what the short words of label and hint mean.
#[component]
pub(super) fn Hint(field: Field) -> impl IntoView {
    let id = format!("{}-hint", field.path);
    let text = [&field.label, " ", field.hint.as_deref().unwrap_or_default()].concat();
    view! {
        {field.hint.map(|hint| view! { <div class="govuk-hint" id=id>{hint}</div> }.into_any())}
        <Explained text/>
    }
}

/// The error at a question, while there is one.
#[component]
pub(super) fn ErrorMessage(path: String, error: Memo<Option<String>>) -> impl IntoView {
    let form = use_form();
    redrawn(move || {
        error.get().map(|text| {
            view! {
                <p class="govuk-error-message" id=format!("{path}-error")>
                    <span class="govuk-visually-hidden">{form.text("error.prefix")}</span>
                    {text}
                </p>
            }
            .into_any()
        })
    })
}
