//! Options: radios for a few, a list for many, checkboxes where several may hold. Each can be taken back.

use assessment_engine::answers::{Edit, Node};
use assessment_engine::code_lists::Code;
use leptos::prelude::*;

use super::Asked;
use crate::form::Form;

/// The most options that are shown as radios.
const MOST_RADIOS: usize = 7;

/// One option.
pub(super) fn one(form: Form, asked: Asked, list: &'static str) -> AnyView {
    let options = form.standards(|standards| standards.lists.list(list).to_vec());
    if options.len() > MOST_RADIOS { select(form, &asked, &options) } else { radios(form, &asked, &options) }
}

fn radios(form: Form, asked: &Asked, options: &[Code]) -> AnyView {
    let value = watched(form, &asked.path);
    let inline = options.iter().map(|option| option.label.len()).sum::<usize>() <= 20;
    let items = options
        .iter()
        .enumerate()
        .map(|(at, option)| {
            // The first option has the question's own id, so that a link from the summary leads to it.
            let id = if at == 0 { asked.path.clone() } else { format!("{}.{}", asked.path, option.code) };
            let (path, code, checked) = (asked.path.clone(), option.code.clone(), option.code.clone());
            let pick = move |_| form.answer(&path, Edit::Text(code.clone()));
            view! {
                <div class="govuk-radios__item">
                    <input class="govuk-radios__input" type="radio" name=asked.path.clone() id=id.clone()
                        value=option.code.clone() prop:checked=move || value.with(|value| *value == checked) on:change=pick/>
                    <label class="govuk-label govuk-radios__label" for=id>{option.label.clone()}</label>
                </div>
            }
        })
        .collect_view();
    let class = if inline { "govuk-radios govuk-radios--inline" } else { "govuk-radios" };
    view! {
        <div class=asked.group_class()>
            <fieldset class="govuk-fieldset" aria-describedby=asked.described_by()>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{asked.label.clone()}</legend>
                {asked.hint_view()}
                {asked.error_view(form)}
                <div class=class>{items}</div>
                {clear(form, &asked.path, &asked.path, &asked.label, value)}
            </fieldset>
        </div>
    }
    .into_any()
}

/// Takes an answer back. Unknown is an answer too, and a slip of the hand must not stay.
pub(super) fn clear(form: Form, path: &str, first: &str, label: &str, value: Memo<String>) -> AnyView {
    let (path, first, label) = (path.to_owned(), first.to_owned(), label.to_owned());
    let has_answer = Memo::new(move |_| value.with(|value| !value.is_empty()));
    (move || {
        let (path, first) = (path.clone(), first.clone());
        let take_back = move |_| {
            form.answer(&path, Edit::Text(String::new()));
            form.focus(&first);
        };
        has_answer.get().then(|| {
            view! {
                <button type="button" class="ca-indicator__clear ca-no-print" on:click=take_back>
                    {form.text("clear")}<span class="govuk-visually-hidden">": "{label.clone()}</span>
                </button>
            }
        })
    })
    .into_any()
}

fn select(form: Form, asked: &Asked, options: &[Code]) -> AnyView {
    let current = form.peek_answers(|answers| answers.text(&asked.path).to_owned());
    let path = asked.path.clone();
    let pick = move |event| form.answer(&path, Edit::Text(event_target_value(&event)));
    let item = |option: &Code| {
        let selected = option.code == current;
        view! { <option value=option.code.clone() selected=selected>{option.label.clone()}</option> }
    };
    let mut groups: Vec<(Option<String>, Vec<AnyView>)> = Vec::new();
    for option in options {
        let view = item(option).into_any();
        match groups.iter_mut().find(|(group, _)| *group == option.group) {
            Some((_, views)) => views.push(view),
            None => groups.push((option.group.clone(), vec![view])),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(group, views)| match group {
            Some(group) => view! { <optgroup label=group>{views}</optgroup> }.into_any(),
            None => views.into_any(),
        })
        .collect_view();
    // A code that is no longer offered stays, and is shown as it is.
    let unknown = (!current.is_empty() && options.iter().all(|option| option.code != current))
        .then(|| view! { <option value=current.clone() selected=true>{current.clone()}</option> });
    let wrong = if asked.error.is_some() { "govuk-select govuk-select--error" } else { "govuk-select" };
    view! {
        <div class=asked.group_class()>
            <label class="govuk-label govuk-label--s" for=asked.path.clone()>{asked.label.clone()}</label>
            {asked.hint_view()}
            {asked.error_view(form)}
            <select class=wrong id=asked.path.clone() name=asked.path.clone() autocomplete="off"
                aria-describedby=asked.described_by() on:change=pick>
                <option value="">{form.text("choose")}</option>
                {unknown}
                {groups}
            </select>
        </div>
    }
    .into_any()
}

/// Several options. Long lists are folded under their groups.
pub(super) fn several(form: Form, asked: Asked, list: &'static str) -> AnyView {
    let options = form.standards(|standards| standards.lists.list(list).to_vec());
    let chosen = {
        let path = asked.path.clone();
        Memo::new(move |_| {
            form.with(|state| codes(state.record.as_ref().map(|record| &record.answers), &path))
        })
    };
    let items = options
        .iter()
        .enumerate()
        .map(|(at, option)| {
            let id = if at == 0 { asked.path.clone() } else { format!("{}.{}", asked.path, option.code) };
            let (path, code, checked) = (asked.path.clone(), option.code.clone(), option.code.clone());
            let toggle = move |event| {
                let mut codes = chosen.get_untracked();
                codes.retain(|other| *other != code);
                if event_target_checked(&event) {
                    codes.push(code.clone());
                }
                form.answer(&path, Edit::List(codes));
            };
            let hint_id = format!("{id}-option");
            let described = option.hint.as_ref().map(|_| hint_id.clone());
            view! {
                <div class="govuk-checkboxes__item">
                    <input class="govuk-checkboxes__input" type="checkbox" name=asked.path.clone() id=id.clone()
                        value=option.code.clone() aria-describedby=described
                        prop:checked=move || chosen.with(|codes| codes.contains(&checked)) on:change=toggle/>
                    <label class="govuk-label govuk-checkboxes__label" for=id>{option.label.clone()}</label>
                    {option.hint.clone().map(|hint| view! {
                        <div class="govuk-hint govuk-checkboxes__hint" id=hint_id>{hint}</div>
                    })}
                </div>
            }
        })
        .collect_view();
    let small =
        if options.len() > 8 { "govuk-checkboxes govuk-checkboxes--small" } else { "govuk-checkboxes" };
    view! {
        <div class=asked.group_class()>
            <fieldset class="govuk-fieldset" aria-describedby=asked.described_by()>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{asked.label.clone()}</legend>
                {asked.hint_view()}
                {asked.error_view(form)}
                <div class=small>{items}</div>
            </fieldset>
        </div>
    }
    .into_any()
}

fn codes(answers: Option<&assessment_engine::answers::Answers>, path: &str) -> Vec<String> {
    match answers.and_then(|answers| answers.node(path)) {
        Some(Node::List(codes)) => codes.clone(),
        _ => Vec::new(),
    }
}

/// The code at a path, told when it changes.
pub(super) fn watched(form: Form, path: &str) -> Memo<String> {
    let path = path.to_owned();
    Memo::new(move |_| form.text_at(&path))
}
