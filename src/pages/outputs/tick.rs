//! A tick box with its label. One function and no component: its code is there once for all its uses.

use leptos::prelude::*;

pub(in crate::pages) fn tick(id: String, label: String, is_on: Memo<bool>, set: Callback<bool>) -> AnyView {
    view! {
        <div class="govuk-checkboxes govuk-checkboxes--small ca-output__choice">
            <div class="govuk-checkboxes__item">
                <input
                    class="govuk-checkboxes__input"
                    type="checkbox"
                    id=id.clone()
                    prop:checked=is_on
                    on:change=move |event| set.run(event_target_checked(&event))
                />
                <label class="govuk-label govuk-checkboxes__label" for=id>{label}</label>
            </div>
        </div>
    }
    .into_any()
}

/// Adds a path to a list, or takes it off.
pub(in crate::pages) fn mark(list: &mut Vec<String>, path: &str, is_on: bool) {
    list.retain(|other| other != path);
    if is_on {
        list.push(path.to_owned());
    }
}
