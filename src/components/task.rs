//! One line of a task list: a link, and how far it is.

use leptos::prelude::*;

use super::PageLink;
use crate::form::use_form;
use crate::state::{Page, SectionStatus};

/// A line. The children say how far it is.
#[component]
pub(crate) fn Task(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    page: Page,
    #[prop(optional_no_strip)] hint: Option<String>,
    children: Children,
) -> impl IntoView {
    let (status_id, hint_id) = (format!("{id}-status"), format!("{id}-hint"));
    let described = if hint.is_some() { format!("{hint_id} {status_id}") } else { status_id.clone() };
    view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
                <PageLink class="govuk-link govuk-task-list__link" page attr:aria-describedby=described>
                    {name}
                </PageLink>
                {hint.map(|hint| view! { <div class="govuk-task-list__hint" id=hint_id>{hint}</div> }.into_any())}
            </div>
            <div class="govuk-task-list__status" id=status_id>
                {children()}
            </div>
        </li>
    }
}

/// How far something is, in words and a mark.
#[component]
pub(crate) fn StatusTag(status: SectionStatus) -> impl IntoView {
    let form = use_form();
    let (modifier, text) = match status {
        SectionStatus::NotStarted => ("todo", form.text("status.not_started")),
        SectionStatus::Started => ("started", form.text("status.started")),
        SectionStatus::Problems(1) => ("problem", form.text("status.problem")),
        SectionStatus::Problems(count) => {
            ("problem", form.filled("status.problems", &[("count", &count.to_string())]))
        }
        SectionStatus::Completed => ("done", form.text("status.completed")),
        SectionStatus::Enough => ("done", form.text("status.enough")),
        SectionStatus::Optional => ("todo", form.text("status.optional")),
    };
    view! { <span class=format!("ca-status ca-status--{modifier}")>{text}</span> }
}
