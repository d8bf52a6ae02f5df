//! Pages that nobody needs for the first question or to find out whether to refer: those of a record, checking, sending, the
//! receipt, copies. They are a part of the program of their own (decision records 0024 and 0032), fetched as soon as the
//! form is on the page, so that they are there when the network is not.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use assessment_api::session::NotSignedIn;
use assessment_engine::answers::URGENT_LOG;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{check, element, elements, outputs, receipt, refusal, section, sibling, tasks};
use super::{title_of, urgent_log, work};
use crate::components::{Account, AtWork, BackLink, redrawn};
use crate::form::use_form;
use crate::state::{Focus, Page};

/// Whether the part is here. For what is on every page, and not a page of its own.
#[derive(Clone, Copy)]
pub(super) struct Here(RwSignal<bool>);

impl Here {
    /// Fetches the part. Nothing happens when it cannot be fetched now: it is tried again when one of its pages is opened.
    pub(super) fn fetch() -> Here {
        let here = RwSignal::new(false);
        spawn_local(async move {
            if fetch_part().await.is_ok() {
                let _ = here.try_set(true);
            }
        });
        Here(here)
    }
}

/// Draws something of this part as soon as it is here.
fn beside(draw: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    let Here(here) = expect_context();
    redrawn(move || here.get().then(&draw).flatten())
}

/// What watches over the session.
pub(super) fn at_work() -> AnyView {
    beside(|| now(Drawn::AtWork))
}

/// Who is signed in, and why somebody who has just come back is not.
pub(super) fn account(why_not: Option<NotSignedIn>) -> AnyView {
    beside(move || now(Drawn::Account(why_not)))
}

/// What is in the part. One function draws all of it: each such function would have to be fetched by itself.
enum Drawn {
    Page(Page),
    AtWork,
    Account(Option<NotSignedIn>),
}

#[wasm_split(later, fallible, preload(fetch_part))]
fn draw(what: Drawn) -> Result<AnyView, SplitLoaderError> {
    Ok(match what {
        Drawn::AtWork => view! { <AtWork/> }.into_any(),
        Drawn::Account(why_not) => view! { <Account why_not/> }.into_any(),
        Drawn::Page(page) => draw_page(page),
    })
}

fn draw_page(page: Page) -> AnyView {
    match page {
        Page::Section(name) if name == URGENT_LOG => view! { <urgent_log::UrgentLog/> }.into_any(),
        Page::Section(name) => view! { <section::Section name/> }.into_any(),
        Page::Elements => view! { <elements::Elements/> }.into_any(),
        Page::Element(id) => view! { <element::Element id/> }.into_any(),
        Page::Sibling => view! { <sibling::Sibling/> }.into_any(),
        Page::Check => view! { <check::Check/> }.into_any(),
        Page::Receipt => view! { <receipt::ReceiptPage/> }.into_any(),
        Page::Refusal => view! { <refusal::Refusal/> }.into_any(),
        Page::Outputs => view! { <outputs::Outputs/> }.into_any(),
        // Three of the others are drawn without this part: what is asked and said about danger waits for nothing. My work is
        // a part of its own.
        Page::Tasks | Page::Start | Page::Danger | Page::Refer | Page::Work(_) => {
            view! { <tasks::Tasks/> }.into_any()
        }
    }
}

/// What is drawn where its part has arrived. Only fetching takes time.
fn now(what: Drawn) -> Option<AnyView> {
    if matches!(what, Drawn::Page(Page::Work(_))) {
        return at_once(work::draw(work::Drawn::Page));
    }
    at_once(draw(what))
}

/// What is drawn by a part, where it has arrived.
pub(super) fn at_once(drawing: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> Option<AnyView> {
    match pin!(drawing).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(drawn)) => Some(drawn),
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
    let is_work = matches!(page, Page::Work(_));
    let part = RwSignal::new(Part::Here);
    let Here(here) = expect_context();
    let try_again = move || {
        part.set(Part::Fetching);
        spawn_local(async move {
            let fetched = if is_work { work::fetch_part().await } else { fetch_part().await };
            let found = if fetched.is_ok() { Part::Here } else { Part::Missing };
            if found == Part::Here && !is_work && here.try_get_untracked() == Some(false) {
                here.set(true);
            }
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
            if let Some(page) = now(Drawn::Page(page.clone())) {
                return page;
            }
            try_again();
        }
        let said = move || form.text(if is_missing.get() { "later.missing" } else { "later.fetching" });
        let back = if is_work || page == Page::Tasks { Page::Start } else { Page::Tasks };
        view! {
            <BackLink page=back/>
            <h1 part="heading" class="govuk-heading-l" tabindex="-1">{title_of(form, &page)}</h1>
            <p role="status">{said}</p>
            <Show when=move || is_missing.get()>
                <button part="button" type="button" class="govuk-button" on:click=move |_| try_again()>
                    {form.text("later.again")}
                </button>
            </Show>
        }
        .into_any()
    })
}
