//! One section on one page: its questions in catalogue order, whatever they are.

use assessment_engine::answers::{Answers, Group};
use assessment_engine::catalogue::Kind;
use leptos::prelude::*;

use super::{back, tasks};
use crate::components::{error_summary, suggestion};
use crate::form::Form;
use crate::questions;
use crate::state::{Event, Place};

pub(super) fn section(form: Form, name: &str) -> AnyView {
    let intro = form.words(|words, _| words.get(&format!("section.{name}.intro")).map(str::to_owned));
    // A section is a struct, or the rows of one repeating group.
    let answers = Answers::default();
    let record: &dyn Group = &answers;
    let is_rows = record
        .position(name)
        .and_then(|index| record.questions().get(index))
        .is_some_and(|question| matches!(question.kind, Kind::Rows(_)));
    let content = if is_rows {
        questions::top_level(form, name)
    } else {
        questions::fields(form, name, suggestion_before(form))
    };
    view! {
        {back(form, Place::Tasks)}
        {error_summary::error_summary(form)}
        <h1 class="govuk-heading-l" tabindex="-1">{form.text(&format!("section.{name}"))}</h1>
        {intro.map(|intro| view! {
            <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><p>{intro}</p></div></div>
        })}
        {content}
        <button type="button" class="govuk-button ca-no-print" on:click=move |_| form.dispatch(Event::Continued)>
            {form.text("save_and_continue")}
        </button>
        {tasks::to_list(form)}
    }
    .into_any()
}

/// The suggestion stands before the practitioner's decision.
fn suggestion_before(form: Form) -> impl Fn(&str) -> Option<AnyView> + Copy {
    move |path| (path == "conclusions.decision").then(|| suggestion::suggestion(form))
}
