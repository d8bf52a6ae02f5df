//! Several of the options.

use assessment_engine::code_lists::Code;
use assessment_form::Edit;
use leptos::prelude::*;

use super::radios::labels;
use super::wrapper::UnderLegend;
use super::{Field, Questionnaire, use_questionnaire};
use crate::components::{Explained, PageLink};
use crate::form::use_form;
use crate::state::Page;

/// The most options that are shown at full size.
const MAX_LARGE: usize = 8;

#[component]
pub(super) fn Checkboxes(field: Field, options: Vec<Code>) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    let options = offered(asking, &field, options);
    let elsewhere = field.question.of_assessment.and_then(|question| question.offered).map(|offered| {
        let page = Page::of_path(offered.given_at);
        let text = form.text(&format!("{}.elsewhere", field.key));
        view! { <p class="ca-no-print"><PageLink class="govuk-link" page>{text}</PageLink></p> }.into_any()
    });
    let class = if options.len() > MAX_LARGE {
        "govuk-checkboxes govuk-checkboxes--small"
    } else {
        "govuk-checkboxes"
    };
    let path = field.path.clone();
    let ticked = asking.list_at(&path);
    let text = labels(&options);
    let items = options.into_iter().enumerate().map(|(at, option)| {
        let id = if at == 0 { path.clone() } else { format!("{path}.{}", option.code) };
        view! { <Item path=path.clone() id option ticked/> }.into_any()
    });
    let items = items.collect_view();
    view! {
        <UnderLegend field>
            <div class=class>{items}</div>
            <Explained text/>
            {elsewhere}
        </UnderLegend>
    }
}

/// The options that the question offers, and those that are ticked already. Decided when the page is drawn: nothing may
/// vanish while somebody answers.
fn offered(asking: Questionnaire, field: &Field, mut options: Vec<Code>) -> Vec<Code> {
    if let Some(question) = field.question.of_assessment.filter(|question| question.offered.is_some()) {
        let (form, ticked) = (use_form(), asking.list_at(&field.path).get_untracked());
        options.retain(|option| {
            ticked.contains(&option.code) || untrack(|| form.is_offered(&field.path, question, &option.code))
        });
    }
    options
}

#[component]
fn Item(path: String, id: String, option: Code, ticked: Memo<Vec<String>>) -> impl IntoView {
    let asking = use_questionnaire();
    let Code { code, label, hint, .. } = option;
    let is_ticked = {
        let code = code.clone();
        move || ticked.read().contains(&code)
    };
    let toggle = {
        let (path, code) = (path.clone(), code.clone());
        move |event| {
            let mut codes = ticked.get_untracked();
            codes.retain(|other| *other != code);
            if event_target_checked(&event) {
                codes.push(code.clone());
            }
            asking.answer(&path, Edit::List(codes));
        }
    };
    let hint_id = format!("{id}-option");
    let described = hint.as_ref().map(|_| hint_id.clone());
    view! {
        <div class="govuk-checkboxes__item">
            <input
                class="govuk-checkboxes__input"
                type="checkbox"
                name=path
                id=id.clone()
                value=code
                disabled=asking.is_locked
                aria-describedby=described
                prop:checked=is_ticked
                on:change=toggle
            />
            <label class="govuk-label govuk-checkboxes__label" for=id>
                {label}
            </label>
            {hint.map(|hint| view! { <div class="govuk-hint govuk-checkboxes__hint" id=hint_id>{hint}</div> }.into_any())}
        </div>
    }
}
