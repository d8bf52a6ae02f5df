//! The start page: help that needs no data, the records on this device, and a new one.

use leptos::prelude::*;

use super::{column, heading};
use crate::components::contacts;
use crate::dom::{El, View, anchor, el, flag, hidden, live, memo, nothing, p, typed};
use crate::form::Form;
use crate::io::clock;
use crate::state::{Event, Shelved};

pub(super) fn start(form: Form) -> View {
    let point = |key: &str| form.say("li", "", key);
    let points = el("ul")
        .class("govuk-list govuk-list--bullet")
        .add(point("start.saves"))
        .add(point("start.any_order"))
        .add(point("start.decides"));
    let begin = move || form.dispatch(Event::Started(clock::random_id()));
    let shelf = memo(move || form.with(|state| format!("{} {}", state.shelf_read, state.shelf_failed)));
    View::from(heading("govuk-heading-xl", form.text("start.heading")))
        .and(column(View::from(form.say("p", "", "start.about")).and(points).and(form.button(
            "govuk-button",
            "start.begin",
            begin,
        ))))
        .and(live(shelf, move || match form.peek(|state| (state.shelf.clone(), state.shelf_failed)) {
            (_, true) => {
                form.say("p", "govuk-error-message", "start.cannot_read").attr("role", "alert").into()
            }
            (Some(shelf), false) if !shelf.is_empty() => shelved(form, shelf),
            _ => nothing(),
        }))
        .and(form.say("h2", "govuk-heading-l", "help.heading"))
        .and(form.say("p", "", "help.about"))
        .and(contacts::all(form))
}

fn shelved(form: Form, shelf: Vec<Shelved>) -> View {
    // The id of the record whose deletion is being confirmed.
    let confirming = RwSignal::new(String::new());
    let items: View = shelf.into_iter().map(|record| item(form, record, confirming)).collect();
    View::from(form.say("h2", "govuk-heading-l", "drafts.heading"))
        .and(form.say("p", "", "drafts.shared_device"))
        .and(el("ul").class("ca-drafts").add(items))
}

fn item(form: Form, record: Shelved, confirming: RwSignal<String>) -> El {
    let shown = if record.name.is_empty() { form.text("child.unnamed") } else { &record.name };
    let saved = [("saved", record.saved.as_str())];
    let detail = match (&record.reference, record.waiting, record.damaged) {
        (_, _, true) => form.text("drafts.damaged").to_owned(),
        (Some(reference), _, _) => form.filled("drafts.sent", &[("reference", reference)]),
        (None, true, _) => form.filled("drafts.waiting", &saved),
        (None, false, _) => form.filled("drafts.saved", &saved),
    };
    let detail = if record.copy { format!("{} {detail}", form.text("drafts.copy")) } else { detail };
    let (open, asks, mine) = (record.id.clone(), record.id.clone(), record.id.clone());
    let about = el("div")
        .class("ca-drafts__about")
        .add(anchor("ca-drafts__name", shown, move || form.dispatch(Event::Chosen(open.clone()))))
        .add(p("p", "ca-drafts__detail", &detail));
    let ask = form
        .button("govuk-button govuk-button--secondary", "drafts.delete", move || {
            confirming.set(asks.clone());
            form.focus(&format!("{asks}-name"));
        })
        .add(hidden(&format!(" {shown}")))
        .attr("id", &format!("{}-ask", record.id));
    let is_open = memo(move || flag(confirming.get() == mine));
    let ask = ask.live_attr("aria-expanded", move || (!is_open.get().is_empty()).to_string());
    el("li").class("ca-drafts__item").add(about).add(el("div").class("ca-drafts__actions").add(ask)).live(
        is_open,
        move || {
            if is_open.get_untracked().is_empty() {
                nothing()
            } else {
                confirm(form, &record, confirming).into()
            }
        },
    )
}

/// Deleting needs the name to be typed, so that nothing goes by a slip of the hand.
fn confirm(form: Form, record: &Shelved, confirming: RwSignal<String>) -> El {
    let id = record.id.clone();
    let expected = if record.name.is_empty() { form.text("drafts.delete_word") } else { &record.name };
    let name = [("name", expected)];
    let (label, message) = (form.filled("drafts.confirm", &name), form.filled("drafts.wrong_name", &name));
    let given = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let (input, error) = (format!("{id}-name"), format!("{id}-error"));
    let (to_focus, to_delete, described) = (input.clone(), id.clone(), error.clone());
    let expected = expected.to_owned();
    let delete = move || {
        if same_words(&given.get_untracked(), &expected) {
            confirming.set(String::new());
            form.dispatch(Event::Deleted(to_delete.clone()));
        } else {
            wrong.set(flag(true));
            form.focus(&to_focus);
        }
    };
    let cancel = move || {
        confirming.set(String::new());
        form.focus(&format!("{id}-ask"));
    };
    let unsent = record.reference.is_none().then(|| form.say("p", "", "drafts.not_sent"));
    let group = el("div")
        .live_attr("class", move || {
            let modifier = if wrong.get().is_empty() { "" } else { " govuk-form-group--error" };
            format!("govuk-form-group{modifier}")
        })
        .add(p("label", "govuk-label", &label).attr("for", &input))
        .live(memo(move || wrong.get()), move || {
            let shown = !wrong.get_untracked().is_empty();
            let prefix = hidden(form.text("error.prefix"));
            shown
                .then(|| el("p").class("govuk-error-message").attr("id", &error).add(prefix).text(&message))
                .into()
        })
        .add(
            el("input")
                .class("govuk-input")
                .attr("id", &input)
                .attr("type", "text")
                .attr("autocomplete", "off")
                .attr("spellcheck", "false")
                .live_attr("aria-describedby", move || {
                    if wrong.get().is_empty() { String::new() } else { described.clone() }
                })
                .on("input", move |event| given.set(typed(&event))),
        );
    let buttons = el("div")
        .class("govuk-button-group")
        .add(form.button("govuk-button govuk-button--warning", "drafts.delete_now", delete))
        .add(form.button("govuk-button govuk-button--secondary", "drafts.keep", cancel));
    el("div")
        .class("ca-drafts__confirm")
        .attr("role", "group")
        .attr("aria-label", form.text("drafts.delete"))
        .add(unsent)
        .add(group)
        .add(buttons)
}

/// Names are compared without regard to capitals and to how many spaces are between the words.
fn same_words(typed: &str, expected: &str) -> bool {
    let words = |text: &str| crate::words::lower(text).split_whitespace().collect::<Vec<_>>().join(" ");
    words(typed) == words(expected)
}
