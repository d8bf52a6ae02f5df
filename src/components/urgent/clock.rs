//! The clock of an urgent action: since when it is known, by when it is due, and that it is overdue.

use assessment_rules::{By, Deadline, Due};
use leptos::prelude::*;

use crate::components::redrawn;
use crate::form::{Form, use_form};
use crate::state::Certainty;

/// By when an action is due; `None` where its pack gives no clock.
pub(super) fn deadline(form: Form, code: &str, certainty: Certainty) -> Option<Deadline> {
    form.with(|state| {
        let record = state.record.as_ref()?;
        record.urgency.deadline(&record.answers, &form.standards(), code, certainty)
    })
}

/// `Overdue`, in words and not by colour alone.
#[component]
pub(super) fn DueTag(
    code: String,
    certainty: Certainty,
    /// Whether what the deadline's own words say beside it is left out: "now", and "today".
    #[prop(optional)]
    is_short: bool,
) -> impl IntoView {
    let form = use_form();
    let tag = Memo::new(move |_| {
        let (deadline, now) = (deadline(form, &code, certainty)?, form.moment.get());
        if is_short && deadline.at(now) != Due::Overdue && matches!(deadline.how, By::Now | By::EndOfDay) {
            return None;
        }
        Some((form.words().due(&deadline, now), deadline.at(now) == Due::Overdue))
    });
    redrawn(move || {
        tag.get().map(|(text, is_overdue)| {
            view! {
                <strong class="ca-urgent__due" class:ca-urgent__due--over=is_overdue>{text}</strong>
            }
            .into_any()
        })
    })
}

/// `Overdue. Known since 14:03 yesterday. It was due yesterday. Do it now.`
#[component]
pub(super) fn Clock(
    code: String,
    certainty: Certainty,
    /// See [`DueTag`].
    #[prop(optional)]
    is_short: bool,
) -> impl IntoView {
    let form = use_form();
    let since = Memo::new({
        let code = code.clone();
        move |_| {
            let now = form.moment.get();
            form.with(|state| {
                let known = state.record.as_ref()?.urgency.known(&code)?;
                Some(form.words().known_since(known, now))
            })
        }
    });
    let was_due = Memo::new({
        let code = code.clone();
        move |_| form.words().was_due(&deadline(form, &code, certainty)?, form.moment.get())
    });
    view! {
        <p class="ca-urgent__line ca-urgent__clock">
            <DueTag code certainty is_short/>
            " "
            {move || since.get()}
            " "
            {move || was_due.get()}
        </p>
    }
}
