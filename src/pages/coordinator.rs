//! The coordinator's pages: the register, duplicates to settle, and the access log of everyone. They and their words are a
//! part of the program of their own (decision record 0047), which `work::desk` fetches for those whose role has them.

mod decide;
mod duplicates;
mod export;
mod looks;
mod pair;
mod person;
mod register;
mod take_up;
mod trail;

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::work::{Work, WorkLink, use_work};
use crate::state::coordinator::CoordinatorPage;
use crate::state::work::WorkPage;

/// Draws a page below its heading. `runs_lists` is false for somebody who may read the access log alone.
#[wasm_split(coordinator, fallible, preload(fetch_part))]
pub(super) fn draw(page: CoordinatorPage, runs_lists: bool) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        CoordinatorPage::Register => view! { <register::Register/> }.into_any(),
        CoordinatorPage::TakeUp => view! { <take_up::TakeUp/> }.into_any(),
        CoordinatorPage::Duplicates => view! { <duplicates::Duplicates/> }.into_any(),
        CoordinatorPage::Pair(one, other) => view! { <pair::Pair one other/> }.into_any(),
        CoordinatorPage::Person(id) => view! { <person::Person id/> }.into_any(),
        CoordinatorPage::Trail => view! { <trail::Trail runs_lists/> }.into_any(),
    })
}

/// A link to one of these pages.
#[component]
fn CoordinatorLink(page: CoordinatorPage, children: Children) -> impl IntoView {
    view! { <WorkLink page=WorkPage::Coordinator(page)>{children()}</WorkLink> }
}

/// The address of a person.
fn person_at(id: &str) -> String {
    assessment_api::path::PERSON.replace("{id}", id)
}

/// Something that was done, or why it was not, where the focus goes.
fn told(id: &str, text: String) -> AnyView {
    view! {
        <div id=id.to_owned() tabindex="-1" class="govuk-inset-text">
            <p>{text}</p>
        </div>
    }
    .into_any()
}

/// What two records say of one thing, side by side; below each other where there is no room.
fn side_by_side(work: Work, label: String, [one, other]: [Vec<String>; 2]) -> AnyView {
    let cell = |key: &str, values: Vec<String>| {
        let values = match values.is_empty() {
            true => vec![work.text("coordinator.blank")],
            false => values,
        };
        let values = values.into_iter().map(|value| view! { <p class="ca-typed" dir="auto">{value}</p> });
        view! {
            <div class="ca-drafts__about">
                <p class="ca-drafts__detail">{work.text(key)}</p>
                {values.collect_view()}
            </div>
        }
        .into_any()
    };
    view! {
        <li>
            <h3 class="govuk-heading-s">{label}</h3>
            <div class="ca-drafts__item">
                {cell("coordinator.first", one)}
                {cell("coordinator.second", other)}
            </div>
        </li>
    }
    .into_any()
}
