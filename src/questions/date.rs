//! A date in three boxes. Nothing jumps on its own, month names are fine, and what was typed stays as it is.

use assessment_engine::answers::Node;
use assessment_form::{Edit, WrittenDate};

use super::Asked;
use crate::dom::{El, el, typed};
use crate::form::Form;

pub(super) fn date(form: Form, asked: &Asked) -> El {
    let written = current(form, &asked.path);
    let part = |name: &'static str, width: &str, value: &str| {
        let id = if name == "day" { asked.path.clone() } else { format!("{}.{name}", asked.path) };
        let path = asked.path.clone();
        let change = move |typed: String| {
            let mut date = current(form, &path);
            let place = match name {
                "day" => &mut date.day,
                "month" => &mut date.month,
                _ => &mut date.year,
            };
            *place = typed;
            form.answer(&path, Edit::Date(date));
        };
        let wrong = if asked.error.is_some() { " govuk-input--error" } else { "" };
        let input = el("input")
            .class(&format!("govuk-input govuk-date-input__input {width}{wrong}"))
            .attr("id", &id)
            .attr("name", &id)
            .attr("type", "text")
            .attr("inputmode", if name == "month" { "text" } else { "numeric" })
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .maybe("readonly", asked.unchangeable)
            .value(value)
            .on("input", move |event| change(typed(&event)));
        let label = form
            .say("label", "govuk-label govuk-date-input__label", &format!("date.{name}"))
            .attr("for", &id);
        el("div")
            .class("govuk-date-input__item")
            .add(el("div").class("govuk-form-group").add(label).add(input))
    };
    let parts = el("div")
        .class("govuk-date-input")
        .add(part("day", "govuk-input--width-2", &written.day))
        .add(part("month", "govuk-input--width-2", &written.month))
        .add(part("year", "govuk-input--width-4", &written.year));
    asked.under_legend(form, parts)
}

fn current(form: Form, path: &str) -> WrittenDate {
    form.peek_answers(|answers| match answers.node(path) {
        Some(Node::Date(date)) => date.clone(),
        _ => WrittenDate::default(),
    })
}
