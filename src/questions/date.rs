//! A date in three fields. The focus never jumps, month names are fine, and what was typed stays as it is.

use assessment_engine::answers::Node;
use assessment_form::{Edit, WrittenDate};
use leptos::prelude::*;

use super::Field;
use super::today::Today;
use super::typed::typed;
use super::wrapper::UnderLegend;
use crate::form::use_form;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    Year,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Day => "day",
            Part::Month => "month",
            Part::Year => "year",
        }
    }

    fn of(self, date: &mut WrittenDate) -> &mut String {
        match self {
            Part::Day => &mut date.day,
            Part::Month => &mut date.month,
            Part::Year => &mut date.year,
        }
    }
}

#[component]
pub(super) fn DateInput(field: Field) -> impl IntoView {
    let form = use_form();
    let path = field.path.clone();
    let date = Memo::new(move |_| {
        form.answers(|answers| match answers.node(&path) {
            Some(Node::Date(date)) => date.clone(),
            _ => WrittenDate::default(),
        })
    });
    view! {
        <UnderLegend field=field.clone()>
            <div class="govuk-date-input">
                <PartInput field=field.clone() date part=Part::Day/>
                <PartInput field=field.clone() date part=Part::Month/>
                <PartInput field=field.clone() date part=Part::Year/>
                <Today field/>
            </div>
        </UnderLegend>
    }
}

#[component]
fn PartInput(field: Field, date: Memo<WrittenDate>, part: Part) -> impl IntoView {
    let form = use_form();
    let name = part.name();
    // The day has the question's own id, so that a link from the summary leads to it.
    let id = if part == Part::Day { field.path.clone() } else { format!("{}.{name}", field.path) };
    let width = if part == Part::Year { "govuk-input--width-4" } else { "govuk-input--width-2" };
    let change = move |event| {
        let Some(text) = typed(&event) else { return };
        let mut changed = date.get_untracked();
        *part.of(&mut changed) = text;
        form.answer(field.path.as_str(), Edit::Date(changed));
    };
    view! {
        <div class="govuk-date-input__item">
            <div class="govuk-form-group">
                <label class="govuk-label govuk-date-input__label" for=id.clone()>
                    {form.text(&format!("date.{name}"))}
                </label>
                <input
                    class=format!("govuk-input govuk-date-input__input {width}")
                    class:govuk-input--error=field.has_error
                    id=id.clone()
                    name=id
                    type="text"
                    inputmode=if part == Part::Month { "text" } else { "numeric" }
                    autocomplete="off"
                    spellcheck="false"
                    readonly=form.is_locked
                    prop:value=move || part.of(&mut date.get()).clone()
                    on:input=change
                />
            </div>
        </div>
    }
}
