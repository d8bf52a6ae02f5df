//! The list of the 19 elements, by domain, each with how far it is.

use assessment_engine::sections;
use assessment_engine::sections::asked_elements;
use assessment_engine::validation::Problem;
use leptos::prelude::*;

use super::tasks::problems_of_submission;
use crate::components::{BackLink, Column, StatusTag, Task, TasksLink, redrawn};
use crate::form::{Form, use_form};
use crate::state::{Event, Page, SectionStatus, section_status};

#[component]
pub(super) fn Elements() -> impl IntoView {
    let form = use_form();
    let asked = form.peek_answers(|answers| asked_elements(answers, form.today(), &form.standards().pack));
    let problems = problems_of_submission(form);
    let fewer = (asked.len() < sections::elements().len()).then(|| {
        let text = form.filled("boxes.unborn", &[("count", &asked.len().to_string())]);
        view! { <p class="govuk-inset-text">{text}</p> }.into_any()
    });
    let standards = form.standards();
    let domains = standards.framework.domains.iter().map(|domain| {
        let lines = asked
            .iter()
            .filter_map(|id| standards.framework.element(id))
            .filter(|element| element.domain == domain.id)
            .map(|element| {
                view! { <Line id=element.id.clone() name=element.label.clone() problems/> }.into_any()
            });
        view! {
            <h2 class="govuk-heading-m">{domain.label.clone()}</h2>
            <ul class="govuk-task-list">{lines.collect_view()}</ul>
        }
        .into_any()
    });
    let domains = domains.collect_view();
    let mark = redrawn(move || {
        (!form.is_locked.get()).then(|| {
            view! {
                <button
                    type="button"
                    class="govuk-button govuk-button--secondary"
                    on:click=move |_| form.dispatch(Event::MarkedNotDiscussed)
                >
                    {form.text("boxes.mark")}
                </button>
            }
            .into_any()
        })
    });
    view! {
        <BackLink page=Page::Tasks/>
        <h1 class="govuk-heading-l" tabindex="-1">{form.text("section.elements")}</h1>
        <Column>{form.maybe_text("section.elements.intro").map(|intro| view! { <p>{intro}</p> }.into_any())}</Column>
        {fewer}
        {domains}
        <h2 class="govuk-heading-m">{form.text("boxes.rest_heading")}</h2>
        <p>{form.text("boxes.rest")}</p>
        <div class="govuk-button-group">
            <button type="button" class="govuk-button" on:click=move |_| form.dispatch(Event::Continued)>
                {form.text("continue")}
            </button>
            {mark}
        </div>
        <TasksLink/>
    }
}

#[component]
fn Line(id: String, name: String, problems: Memo<Vec<Problem>>) -> impl IntoView {
    let form = use_form();
    let page = Page::Element(id.clone());
    let status = Memo::new({
        let id = id.clone();
        move |_| status(form, &id, problems)
    });
    view! {
        <Task id name page hint=None>
            {redrawn(move || match status.get() {
                Status::Skipped(key) => {
                    view! { <span class="ca-status ca-status--skipped">{form.text(&key)}</span> }.into_any()
                }
                Status::Of(status) => view! { <StatusTag status/> }.into_any(),
            })}
        </Task>
    }
}

#[derive(Clone, PartialEq)]
enum Status {
    Of(SectionStatus),
    /// Nothing was written, and the practitioner said why; the wording key of that.
    Skipped(String),
}

fn status(form: Form, id: &str, problems: Memo<Vec<Problem>>) -> Status {
    form.answers(|answers| {
        let given = answers.elements.get(id).map_or("", |element| element.status.as_str());
        let status = problems.with(|problems| section_status(answers, problems, &format!("elements.{id}")));
        match (status, given) {
            (SectionStatus::Completed, "not_discussed" | "no_concern") => {
                Status::Skipped(format!("status.{given}"))
            }
            (status, _) => Status::Of(status),
        }
    })
}
