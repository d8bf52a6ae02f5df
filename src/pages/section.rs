//! One section on one page: its questions in catalogue order, whatever they are.

use assessment_engine::answers::Answers;
use assessment_engine::answers::Caf;
use assessment_form::Group;
use assessment_form::Kind;

use super::{back, column, heading, tasks};
use crate::components::{error_summary, suggestion};
use crate::dom::{View, p};
use crate::form::Form;
use crate::questions;
use crate::state::{Event, Place};

pub(super) fn section(form: Form, name: &str) -> View {
    let intro = form.maybe_text(&format!("section.{name}.intro"));
    // A section is a struct, or the rows of one repeating group.
    let record: &dyn Group<Caf> = Answers::blank();
    let is_rows = record
        .position(name)
        .and_then(|index| record.questions().get(index))
        .is_some_and(|question| matches!(question.kind, Kind::Rows(_)));
    let content =
        if is_rows { questions::top_level(form, name) } else { questions::fields(form, name, &before(form)) };
    let go = move || form.dispatch(Event::Continued);
    View::from(back(form, Place::Tasks))
        .and(error_summary::error_summary(form))
        .and(heading("govuk-heading-l", form.text(&format!("section.{name}"))))
        .and(intro.map(|intro| column(p("p", "", intro))))
        .and(column(content))
        .and(form.button("govuk-button ca-no-print", "save_and_continue", go))
        .and(tasks::to_list(form))
}

/// The suggestion stands before the practitioner's decision.
fn before(form: Form) -> impl Fn(&str) -> View {
    move |path| (path == "conclusions.decision").then(|| suggestion::suggestion(form)).into()
}
