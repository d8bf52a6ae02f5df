//! The few fields of these pages. They are no questions of the form: nothing of them is in a record.

use leptos::prelude::*;

use crate::components::redrawn;
use crate::form::{Form, use_form};

/// The most characters of a reason, as the server takes it.
const MAX: &str = "1000";

/// Several lines.
#[component]
pub(in crate::pages) fn LongText(
    #[prop(into)] id: String,
    label: String,
    hint: String,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
    /// After how many characters the browser takes no more, if it is to say so by itself.
    #[prop(default = Some(MAX))]
    max: Option<&'static str>,
) -> impl IntoView {
    // As in `questions::text`: Leptos' comment for children would count as text.
    let area = NodeRef::<leptos::html::Textarea>::new();
    area.on_load(|area| area.set_text_content(None));
    let of = id.clone();
    view! {
        <Group id=id.clone() label hint=Some(hint) error>
            <textarea
                node_ref=area
                class="govuk-textarea"
                class:govuk-textarea--error=move || error.get().is_some()
                id=id
                dir="auto"
                rows="3"
                maxlength=max
                autocomplete="off"
                aria-describedby=move || described(&of, true, error.get().is_some())
                aria-invalid=move || error.get().is_some().then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </Group>
    }
}

/// One line.
#[component]
pub(in crate::pages) fn ShortText(
    id: &'static str,
    label: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let has_hint = hint.is_some();
    view! {
        <Group id label hint error>
            <input
                class="govuk-input"
                class:govuk-input--error=move || error.get().is_some()
                type="text"
                id=id
                dir="auto"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=move || described(id, has_hint, error.get().is_some())
                aria-invalid=move || error.get().is_some().then_some("true")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        </Group>
    }
}

pub(super) fn described(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    let ids = [(has_hint, "hint"), (has_error, "error")];
    let ids: Vec<String> =
        ids.iter().filter(|(is_there, _)| *is_there).map(|(_, what)| format!("{id}-{what}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Label, hint and error around a field.
#[component]
pub(super) fn Group(
    #[prop(into)] id: String,
    label: String,
    hint: Option<String>,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let form = use_form();
    let hint =
        hint.map(|hint| view! { <div class="govuk-hint" id=format!("{id}-hint")>{hint}</div> }.into_any());
    let of = id.clone();
    let said = redrawn(move || {
        error.get().map(|error| {
            view! {
                <p class="govuk-error-message" id=format!("{of}-error")>
                    <span class="govuk-visually-hidden">{form.text("error.prefix")}</span>
                    {error}
                </p>
            }
            .into_any()
        })
    });
    view! {
        <div class="govuk-form-group" class:govuk-form-group--error=move || error.get().is_some()>
            <label class="govuk-label govuk-label--s" for=id>{label}</label>
            {hint}
            {said}
            {children()}
        </div>
    }
}

/// The box that says what is wrong, each a link to its field.
pub(in crate::pages) fn error_summary(form: Form, id: &'static str, items: Vec<AnyView>) -> AnyView {
    view! {
        <div class="govuk-error-summary" id=id tabindex="-1">
            <div role="alert">
                <h2 class="govuk-error-summary__title">{form.text("error.heading")}</h2>
                <div class="govuk-error-summary__body">
                    <ul class="govuk-list govuk-error-summary__list">{items}</ul>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Takes back a choice that was kept and is not offered any more: nobody would see what goes.
pub(super) fn only_of(offered: Vec<String>, value: RwSignal<String>) {
    Effect::new(move || {
        if value.with(|value| !value.is_empty() && !offered.contains(value)) {
            value.set(String::new());
        }
    });
}

/// A choice of a few, one below the other. `options` are values with their labels.
#[component]
pub(in crate::pages) fn Choice(
    #[prop(into)] name: String,
    legend: String,
    options: Vec<(String, String)>,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let form = use_form();
    only_of(options.iter().map(|(code, _)| code.clone()).collect(), value);
    let (of, described_by) = (name.clone(), name.clone());
    let radios = options.into_iter().enumerate().map(move |(index, (code, label))| {
        // The first has the id of the whole, so that the focus can go there.
        let id = if index == 0 { name.clone() } else { format!("{name}.{code}") };
        let (is_checked, chosen) = (code.clone(), code.clone());
        view! {
            <div class="govuk-radios__item">
                <input
                    class="govuk-radios__input"
                    type="radio"
                    name=name.clone()
                    id=id.clone()
                    value=code
                    prop:checked=move || value.get() == is_checked
                    on:change=move |_| value.set(chosen.clone())
                />
                <label class="govuk-label govuk-radios__label" for=id>{label}</label>
            </div>
        }
        .into_any()
    });
    let said = redrawn(move || {
        error.get().map(|error| {
            view! {
                <p class="govuk-error-message" id=format!("{of}-error")>
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
                aria-describedby=move || described(&described_by, false, error.get().is_some())
            >
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
                {said}
                <div class="govuk-radios">{radios.collect_view()}</div>
            </fieldset>
        </div>
    }
}
