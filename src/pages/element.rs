//! One of the 19 boxes: a plain opener for the family, things to talk about at this age, strengths and needs side by
//! side at the same size, the child's own words, and signs to think about.

use assessment_engine::answers::ElementAnswers;
use assessment_engine::answers::Group;
use assessment_engine::facts::{Age, Facts};
use assessment_engine::sections::elements;
use leptos::prelude::*;

use super::{back, link};
use crate::components::error_summary;
use crate::form::Form;
use crate::io::clock;
use crate::questions;
use crate::state::{Event, Place};

pub(super) fn element(form: Form, id: &str) -> AnyView {
    let Some(words) = form.standards(|standards| standards.framework.element(id).cloned()) else {
        return link(form, "govuk-link", Place::Boxes, form.text("back.boxes")).into_any();
    };
    let number = elements().iter().position(|other| *other == id).unwrap_or_default() + 1;
    let domain = form.standards(|standards| {
        standards.framework.domains.iter().find(|d| d.id == words.domain).map(|d| d.label.clone())
    });
    let caption = form
        .filled("box.caption", &[("number", &number.to_string()), ("domain", &domain.unwrap_or_default())]);
    let facts = form.peek_answers(|answers| Facts::of(answers, clock::today()));
    let thoughts = words
        .prompts
        .iter()
        .filter(|thought| thought.fits(facts.age))
        .map(|thought| view! { <li>{thought.text.clone()}</li> })
        .collect_view();
    view! {
        {back(form, Place::Boxes)}
        {error_summary::error_summary(form)}
        <div class="ca-box">
            <h1 class="govuk-heading-l" tabindex="-1"><span class="govuk-caption-l">{caption}</span>" "{words.label}</h1>
            <p class="ca-box__opener">{words.opener}</p>
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{thoughts_heading(form, facts.age)}</span>
                </summary>
                <div class="govuk-details__text"><ul class="govuk-list govuk-list--bullet">{thoughts}</ul></div>
            </details>
            {box_fields(form, id)}
            <div class="govuk-button-group ca-no-print">
                <button type="button" class="govuk-button" on:click=move |_| form.dispatch(Event::Continued)>
                    {form.text("box.next")}
                </button>
                {link(form, "govuk-link", Place::Boxes, form.text("back.boxes"))}
            </div>
        </div>
    }
    .into_any()
}

/// The questions of a box in catalogue order, with strengths and needs as a pair.
fn box_fields(form: Form, id: &str) -> AnyView {
    let blank = ElementAnswers::default();
    let group: &dyn Group = &blank;
    let stem = format!("elements.{id}");
    let mut views: Vec<AnyView> = Vec::new();
    let mut pair: Vec<AnyView> = Vec::new();
    for question in group.questions() {
        let view = questions::question(form, &stem, group.key(), question);
        if matches!(question.name, "strengths" | "needs") {
            pair.push(view);
            if pair.len() == 2 {
                let both = std::mem::take(&mut pair);
                views.push(view! { <div class="ca-box__pair">{both}</div> }.into_any());
            }
        } else {
            views.push(view);
        }
    }
    views.collect_view().into_any()
}

fn thoughts_heading(form: Form, age: Age) -> String {
    match age {
        Age::Unborn => form.text("box.thoughts_unborn"),
        Age::Unknown => form.text("box.thoughts"),
        Age::Born { youngest, .. } if youngest < 24 => {
            form.filled("box.thoughts_months", &[("months", &youngest.to_string())])
        }
        Age::Born { youngest, .. } => {
            form.filled("box.thoughts_years", &[("years", &(youngest / 12).to_string())])
        }
    }
}
