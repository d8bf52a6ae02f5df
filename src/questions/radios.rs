//! One of a few options. The answer can be taken back.

use assessment_engine::code_lists::Code;
use assessment_form::Edit;
use leptos::prelude::*;

use super::wrapper::UnderLegend;
use super::{Field, use_questionnaire};
use crate::components::{Explained, redrawn};
use crate::form::use_form;

/// The most characters that all labels together may have to be shown in one line.
const MAX_INLINE: usize = 20;

#[component]
pub(super) fn Radios(field: Field, options: Vec<Code>) -> impl IntoView {
    let inline = options.iter().map(|option| option.label.len()).sum::<usize>() <= MAX_INLINE;
    let class = if inline { "govuk-radios govuk-radios--inline" } else { "govuk-radios" };
    let (path, label) = (field.path.clone(), field.label.clone());
    let value = use_questionnaire().text_at(&path);
    let text = labels(&options);
    view! {
        <UnderLegend field>
            <div class=class>
                <RadioItems path=path.clone() value options/>
            </div>
            <Explained text/>
            <Clear path value label/>
        </UnderLegend>
    }
}

/// The labels of options as one text.
pub(super) fn labels(options: &[Code]) -> String {
    options.iter().map(|option| &*option.label).collect::<Vec<_>>().join(". ")
}

/// The radios of a question. The first has the question's own id, so that a link from the summary leads to it.
#[component]
pub(super) fn RadioItems(path: String, value: Memo<String>, options: Vec<Code>) -> impl IntoView {
    let asking = use_questionnaire();
    let items = options.into_iter().enumerate().map(|(at, Code { code, label, .. })| {
        let id = if at == 0 { path.clone() } else { format!("{path}.{code}") };
        let is_checked = {
            let code = code.clone();
            move || *value.read() == code
        };
        let choose = {
            let (path, code) = (path.clone(), code.clone());
            move |_| asking.answer(&path, Edit::Text(code.clone()))
        };
        view! {
            <div class="govuk-radios__item">
                <input
                    class="govuk-radios__input"
                    type="radio"
                    name=path.clone()
                    id=id.clone()
                    value=code
                    disabled=asking.is_locked
                    prop:checked=is_checked
                    on:change=choose
                />
                <label class="govuk-label govuk-radios__label" for=id>
                    {label}
                </label>
            </div>
        }
        .into_any()
    });
    items.collect_view()
}

/// Takes an answer back. Unknown is an answer too, and a slip of the hand must not stay.
#[component]
pub(super) fn Clear(path: String, value: Memo<String>, label: String) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    let is_shown = Memo::new(move |_| !value.read().is_empty() && !asking.is_locked.get());
    redrawn(move || {
        is_shown.get().then(|| {
            let path = path.clone();
            let take_back = move |_| {
                asking.answer(&path, Edit::Text(String::new()));
                form.focus(&path);
            };
            view! {
                <button type="button" class="ca-indicator__clear ca-no-print" on:click=take_back>
                    {form.text("clear")}
                    <span class="govuk-visually-hidden">{format!(": {label}")}</span>
                </button>
            }
            .into_any()
        })
    })
}
