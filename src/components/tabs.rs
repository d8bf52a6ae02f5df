//! What stands on the page when another window has the same record, or had it at the same time.

use leptos::prelude::GetUntracked;

use crate::dom::{View, el, live, memo, nothing};
use crate::form::Form;
use crate::state::Event;

pub(crate) fn tabs(form: Form) -> View {
    let which = memo(move || {
        let (read_only, copied) =
            form.with(|state| (state.read_only && state.record.is_some(), state.copied));
        if read_only {
            "tabs.read_only"
        } else if copied {
            "tabs.copied"
        } else {
            ""
        }
        .to_owned()
    });
    live(which, move || {
        let which = which.get_untracked();
        if which.is_empty() {
            return nothing();
        }
        let take_over = move || form.dispatch(Event::TookOver);
        let class = "govuk-button govuk-button--secondary";
        let button = (which == "tabs.read_only").then(|| form.button(class, "tabs.take_over", take_over));
        el("div").class("govuk-inset-text").add(form.say("p", "", &which)).add(button).into()
    })
}
