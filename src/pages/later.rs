//! Pages that nobody needs for the first question. They are in two parts of the program of their own (decision records 0024
//! and 0032): the pages of a record, and what comes after filling it in, such as checking, sending and copies. Both are
//! fetched as soon as the form is on the page, so that they are there when the network is not.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use assessment_engine::answers::URGENT_LOG;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{check, outputs, receipt, refusal, sibling, title_of, urgent_log};
use super::{element, elements, refer, section, tasks};
use crate::components::{BackLink, redrawn};
use crate::form::use_form;
use crate::state::{Focus, Page};

/// Fetches both parts, the one that is needed sooner first. Nothing happens when one cannot be fetched now: it is tried
/// again when one of its pages is opened.
pub(super) async fn fetch() {
    let _ = fetch_record().await;
    let _ = fetch_later().await;
}

/// Whether a page is one of those on which a record is filled in.
fn is_of_record(page: &Page) -> bool {
    match page {
        Page::Section(name) => name != URGENT_LOG,
        Page::Refer | Page::Tasks | Page::Elements | Page::Element(_) => true,
        _ => false,
    }
}

#[wasm_split(record, fallible, preload(fetch_record))]
fn draw_of_record(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Refer => view! { <refer::Refer/> }.into_any(),
        Page::Section(name) => view! { <section::Section name/> }.into_any(),
        Page::Elements => view! { <elements::Elements/> }.into_any(),
        Page::Element(id) => view! { <element::Element id/> }.into_any(),
        _ => view! { <tasks::Tasks/> }.into_any(),
    })
}

#[wasm_split(later, fallible, preload(fetch_later))]
fn draw(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Page::Check => view! { <check::Check/> }.into_any(),
        Page::Receipt => view! { <receipt::ReceiptPage/> }.into_any(),
        Page::Refusal => view! { <refusal::Refusal/> }.into_any(),
        Page::Sibling => view! { <sibling::Sibling/> }.into_any(),
        Page::Section(_) => view! { <urgent_log::UrgentLog/> }.into_any(),
        _ => view! { <outputs::Outputs/> }.into_any(),
    })
}

/// The page where its part has arrived. Only fetching takes time.
fn drawn(page: Page) -> Option<AnyView> {
    if is_of_record(&page) { at_once(draw_of_record(page)) } else { at_once(draw(page)) }
}

fn at_once(page: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> Option<AnyView> {
    match pin!(page).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(page)) => Some(page),
        Poll::Ready(Err(_)) | Poll::Pending => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Fetching,
    Missing,
    Here,
}

#[component]
pub(super) fn Later(page: Page) -> impl IntoView {
    let form = use_form();
    let part = RwSignal::new(Part::Here);
    let of_record = is_of_record(&page);
    let try_again = move || {
        part.set(Part::Fetching);
        spawn_local(async move {
            let fetched = if of_record { fetch_record().await } else { fetch_later().await };
            let found = if fetched.is_ok() { Part::Here } else { Part::Missing };
            // The form, or the page, may be gone by now.
            if part.try_set(found).is_none() {
                form.focus_on(Focus::Heading);
            }
        });
    };
    let is_here = Memo::new(move |_| part.get() == Part::Here);
    let is_missing = Memo::new(move |_| part.get() == Part::Missing);
    redrawn(move || {
        if is_here.get() {
            if let Some(page) = drawn(page.clone()) {
                return page;
            }
            try_again();
        }
        let said = move || form.text(if is_missing.get() { "later.missing" } else { "later.fetching" });
        view! {
            <BackLink page=Page::Tasks/>
            <h1 class="govuk-heading-l" tabindex="-1">{title_of(form, &page)}</h1>
            <p role="status">{said}</p>
            <Show when=move || is_missing.get()>
                <button type="button" class="govuk-button" on:click=move |_| try_again()>
                    {form.text("later.again")}
                </button>
            </Show>
        }
        .into_any()
    })
}
