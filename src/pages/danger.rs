//! The first question on every new record: is anyone in danger now? The urgent banner above answers at once.

use super::{back, column, heading};
use crate::components::error_summary;
use crate::dom::View;
use crate::form::Form;
use crate::questions;
use crate::state::{Event, Place};

pub(super) fn danger(form: Form) -> View {
    let go = move || form.dispatch(Event::Continued);
    View::from(back(form, Place::Start)).and(error_summary::error_summary(form)).and(column(
        View::from(heading("govuk-heading-l", form.text("danger.heading")))
            .and(form.say("p", "", "danger.about"))
            .and(questions::top_level(form, "danger_now"))
            .and(form.button("govuk-button", "continue", go)),
    ))
}
