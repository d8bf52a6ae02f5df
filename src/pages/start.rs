//! The start page: help that needs no data, the records on this device, and a new one.

use leptos::prelude::*;

use crate::components::contacts;
use crate::form::Form;
use crate::io::clock;
use crate::state::{Event, Shelved};

pub(super) fn start(form: Form) -> AnyView {
    let begin = move |_| form.dispatch(Event::Started(clock::random_id()));
    let shelf = Memo::new(move |_| form.with(|state| (state.shelf.clone(), state.shelf_failed)));
    view! {
        <h1 class="govuk-heading-xl" tabindex="-1">{form.text("start.heading")}</h1>
        <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
            <p>{form.text("start.about")}</p>
            <ul class="govuk-list govuk-list--bullet">
                <li>{form.text("start.saves")}</li>
                <li>{form.text("start.any_order")}</li>
                <li>{form.text("start.decides")}</li>
            </ul>
            <button type="button" class="govuk-button" on:click=begin>{form.text("start.begin")}</button>
        </div></div>
        {move || match shelf.get() {
            (_, true) => view! { <p class="govuk-error-message" role="alert">{form.text("start.cannot_read")}</p> }.into_any(),
            (None, false) => ().into_any(),
            (Some(shelf), false) if shelf.is_empty() => ().into_any(),
            (Some(shelf), false) => shelved(form, shelf),
        }}
        <h2 class="govuk-heading-l">{form.text("help.heading")}</h2>
        <p>{form.text("help.about")}</p>
        {contacts::all(form)}
    }
    .into_any()
}

fn shelved(form: Form, shelf: Vec<Shelved>) -> AnyView {
    let confirming = RwSignal::new(None::<String>);
    let items = shelf.into_iter().map(|record| item(form, record, confirming)).collect_view();
    view! {
        <h2 class="govuk-heading-l">{form.text("drafts.heading")}</h2>
        <p>{form.text("drafts.shared_device")}</p>
        <ul class="ca-drafts">{items}</ul>
    }
    .into_any()
}

fn item(form: Form, record: Shelved, confirming: RwSignal<Option<String>>) -> AnyView {
    let Shelved { id, name, saved, waiting, reference, damaged } = record;
    let shown = if name.is_empty() { form.text("child.unnamed") } else { name.clone() };
    let detail = match (&reference, waiting, damaged) {
        (_, _, true) => form.text("drafts.damaged"),
        (Some(reference), _, _) => form.filled("drafts.sent", &[("reference", reference)]),
        (None, true, _) => form.filled("drafts.waiting", &[("saved", &saved)]),
        (None, false, _) => form.filled("drafts.saved", &[("saved", &saved)]),
    };
    let open = {
        let id = id.clone();
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            form.dispatch(Event::Chosen(id.clone()));
        }
    };
    let (asks, panel) = (id.clone(), format!("{id}-delete"));
    let is_confirming = {
        let id = id.clone();
        move || confirming.with(|open| open.as_ref() == Some(&id))
    };
    let expanded = is_confirming.clone();
    let ask = move |_| {
        confirming.set(Some(asks.clone()));
        form.focus(&format!("{asks}-name"));
    };
    let hidden = shown.clone();
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <a class="ca-drafts__name" href="#" on:click=open>{shown.clone()}</a>
                <p class="ca-drafts__detail">{detail}</p>
            </div>
            <div class="ca-drafts__actions">
                <button type="button" class="govuk-button govuk-button--secondary" id=format!("{id}-ask")
                    aria-expanded=move || expanded().to_string() on:click=ask>
                    {form.text("drafts.delete")}<span class="govuk-visually-hidden">" "{hidden}</span>
                </button>
            </div>
            {move || is_confirming().then(|| confirm(form, &id, &panel, &name, reference.is_none(), confirming))}
        </li>
    }
    .into_any()
}

/// Deleting needs the name to be typed, so that nothing goes by a slip of the hand.
fn confirm(
    form: Form,
    id: &str,
    panel: &str,
    name: &str,
    unsent: bool,
    confirming: RwSignal<Option<String>>,
) -> AnyView {
    let expected = if name.is_empty() { form.text("drafts.delete_word") } else { name.to_owned() };
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let input = format!("{id}-name");
    let error = format!("{id}-error");
    let described = error.clone();
    let (to_delete, ask_id, expected_text) = (id.to_owned(), format!("{id}-ask"), expected.clone());
    let delete = move |_| {
        if same_words(&typed.get_untracked(), &expected) {
            confirming.set(None);
            form.dispatch(Event::Deleted(to_delete.clone()));
        } else {
            wrong.set(true);
            form.focus(&format!("{to_delete}-name"));
        }
    };
    let cancel = move |_| {
        confirming.set(None);
        form.focus(&ask_id);
    };
    let label = form.filled("drafts.confirm", &[("name", &expected_text)]);
    let message = form.filled("drafts.wrong_name", &[("name", &expected_text)]);
    view! {
        <div class="ca-drafts__confirm" id=panel.to_owned() role="group" aria-label=form.text("drafts.delete")>
            {unsent.then(|| view! { <p>{form.text("drafts.not_sent")}</p> })}
            <div class="govuk-form-group" class:govuk-form-group--error=move || wrong.get()>
                <label class="govuk-label" for=input.clone()>{label}</label>
                {move || wrong.get().then(|| view! {
                    <p class="govuk-error-message" id=error.clone()>
                        <span class="govuk-visually-hidden">{form.text("error.prefix")}</span>{message.clone()}
                    </p>
                })}
                <input class="govuk-input" id=input type="text" autocomplete="off" spellcheck="false"
                    aria-describedby=move || wrong.get().then(|| described.clone())
                    on:input=move |event| typed.set(event_target_value(&event))/>
            </div>
            <div class="govuk-button-group">
                <button type="button" class="govuk-button govuk-button--warning" on:click=delete>{form.text("drafts.delete_now")}</button>
                <button type="button" class="govuk-button govuk-button--secondary" on:click=cancel>{form.text("drafts.keep")}</button>
            </div>
        </div>
    }
    .into_any()
}

/// Names are compared without regard to capitals and to how many spaces are between the words.
fn same_words(typed: &str, expected: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    words(typed) == words(expected)
}
