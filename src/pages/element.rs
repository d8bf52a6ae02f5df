//! One of the 19 boxes: a plain opener for the family, things to talk about at this age, strengths and needs side by
//! side at the same size, the child's own words, and signs to think about.

use assessment_engine::answers::Answers;
use assessment_engine::answers::Caf;
use assessment_engine::answers::Facts;
use assessment_engine::sections::elements;
use assessment_form::Group;
use assessment_rules::Age;

use super::{back, link, tasks};
use crate::components::error_summary;
use crate::dom::{View, el, nothing, p};
use crate::form::Form;
use crate::io::clock;
use crate::questions;
use crate::state::{Event, Place};

pub(super) fn element(form: Form, id: &str) -> View {
    let Some(words) = form.standards().framework.element(id) else {
        return link(form, "govuk-link", Place::Boxes, form.text("back.boxes")).into();
    };
    let number = elements().iter().position(|other| *other == id).unwrap_or_default() + 1;
    let domain = form
        .standards()
        .framework
        .domains
        .iter()
        .find(|d| d.id == words.domain)
        .map_or("", |domain| &domain.label);
    let caption = form.filled("box.caption", &[("number", &number.to_string()), ("domain", domain)]);
    let facts = form.peek_answers(|answers| Facts::of(answers, clock::today()));
    let thoughts = words.prompts.iter().filter(|thought| thought.fits(facts.age));
    let thoughts: View = thoughts.map(|thought| p("li", "", &thought.text)).collect();
    let details = details(
        &thoughts_heading(form, facts.age),
        el("ul").class("govuk-list govuk-list--bullet").add(thoughts),
    );
    let go = move || form.dispatch(Event::Continued);
    let heading = el("h1")
        .class("govuk-heading-l")
        .attr("tabindex", "-1")
        .add(p("span", "govuk-caption-l", &caption))
        .text(&format!(" {}", words.label));
    let content = el("div")
        .class("ca-box")
        .add(heading)
        .add(p("p", "ca-box__opener", &words.opener))
        .add(details)
        .add(box_fields(form, id))
        .add(
            el("div")
                .class("govuk-button-group ca-no-print")
                .add(form.button("govuk-button", "box.next", go))
                .add(link(form, "govuk-link", Place::Boxes, form.text("back.boxes"))),
        );
    View::from(back(form, Place::Boxes))
        .and(error_summary::error_summary(form))
        .and(content)
        .and(tasks::to_list(form))
}

/// Something that opens.
pub(crate) fn details(summary: &str, content: impl Into<View>) -> crate::dom::El {
    el("details")
        .class("govuk-details")
        .add(el("summary").class("govuk-details__summary").add(p(
            "span",
            "govuk-details__summary-text",
            summary,
        )))
        .add(el("div").class("govuk-details__text").add(content))
}

/// The questions of a box in catalogue order, with strengths and needs as a pair.
fn box_fields(form: Form, id: &str) -> View {
    let Some(blank) = Answers::blank().elements.get(id) else { return nothing() };
    let group: &dyn Group<Caf> = blank;
    let stem = format!("elements.{id}");
    let (mut fields, mut pair) = (nothing(), nothing());
    for question in group.questions() {
        let view = questions::question(form, &stem, group.key(), question);
        match question.name {
            "strengths" => pair = view,
            "needs" => {
                fields = fields.and(
                    el("div").class("ca-box__pair").add(std::mem::replace(&mut pair, nothing()).and(view)),
                )
            }
            _ => fields = fields.and(view),
        }
    }
    fields
}

fn thoughts_heading(form: Form, age: Age) -> String {
    match age {
        Age::Unborn => form.text("box.thoughts_unborn").to_owned(),
        Age::Unknown => form.text("box.thoughts").to_owned(),
        Age::Born { youngest: 1, .. } => form.text("box.thoughts_month").to_owned(),
        Age::Born { youngest, .. } if youngest < 24 => {
            form.filled("box.thoughts_months", &[("months", &youngest.to_string())])
        }
        Age::Born { youngest, .. } => {
            form.filled("box.thoughts_years", &[("years", &(youngest / 12).to_string())])
        }
    }
}
