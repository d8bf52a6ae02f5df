//! A date in three fields. The focus never jumps, month names are fine, and what was typed stays as it is.

use assessment_form::{Edit, WrittenDate};
use leptos::ev::Event;
use leptos::prelude::*;

use super::today::Today;
use super::typed::typed;
use super::wrapper::UnderLegend;
use super::{Field, Value, use_questionnaire};
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

/// Whether an input event says that something was pasted.
fn is_pasted(event: &Event) -> bool {
    let kind = js_sys::Reflect::get(event, &"inputType".into()).ok().and_then(|kind| kind.as_string());
    kind.is_some_and(|kind| kind == "insertFromPaste" || kind == "insertFromDrop")
}

#[component]
pub(super) fn DateInput(field: Field) -> impl IntoView {
    let asking = use_questionnaire();
    let path = field.path.clone();
    let date = Memo::new(move |_| match asking.asks().value(&path) {
        Value::Date(date) => date,
        _ => WrittenDate::default(),
    });
    // The box at fault, where one is; otherwise all three.
    let at_fault = Memo::new({
        let path = field.path.clone();
        move |_| {
            asking.problems.read().iter().find(|problem| problem.path == path).map(|one| one.code.date_part())
        }
    });
    view! {
        <UnderLegend field=field.clone()>
            <div class="govuk-date-input">
                <PartInput field=field.clone() date at_fault part=Part::Day/>
                <PartInput field=field.clone() date at_fault part=Part::Month/>
                <PartInput field=field.clone() date at_fault part=Part::Year/>
                <Today field/>
            </div>
        </UnderLegend>
    }
}

#[component]
fn PartInput(
    field: Field,
    date: Memo<WrittenDate>,
    at_fault: Memo<Option<Option<&'static str>>>,
    part: Part,
) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    let name = part.name();
    // The day has the question's own id, so that a link from the summary leads to it.
    let id = if part == Part::Day { field.path.clone() } else { format!("{}.{name}", field.path) };
    let width = if part == Part::Year { "govuk-input--width-4" } else { "govuk-input--width-2" };
    let is_at_fault = Memo::new(move |_| at_fault.get().is_some_and(|one| one.is_none_or(|one| one == name)));
    let change = {
        let path = field.path.clone();
        move |event: Event| {
            let Some(text) = typed(&event) else { return };
            let before = date.get_untracked();
            let mut changed = before.clone();
            part.of(&mut changed).clone_from(&text);
            // A whole date that was pasted, or typed into one box that is now left, is spread over the three.
            let is_whole = event.type_() == "change" || is_pasted(&event);
            if is_whole && let Some(spread) = WrittenDate::spread(&text) {
                changed = spread;
            }
            if changed != before {
                asking.answer(&path, Edit::Date(changed));
            }
        }
    };
    view! {
        <div class="govuk-date-input__item">
            <div class="govuk-form-group">
                <label class="govuk-label govuk-date-input__label" for=id.clone()>
                    {form.text(&format!("date.{name}"))}
                </label>
                <input
                    class=format!("govuk-input govuk-date-input__input {width}")
                    class:govuk-input--error=is_at_fault
                    aria-invalid=move || is_at_fault.get().then_some("true")
                    id=id.clone()
                    name=id
                    type="text"
                    inputmode=if part == Part::Month { "text" } else { "numeric" }
                    autocomplete="off"
                    spellcheck="false"
                    readonly=asking.is_locked
                    prop:value=move || part.of(&mut date.get()).clone()
                    on:input=change.clone()
                    on:change=change
                />
            </div>
        </div>
    }
}
