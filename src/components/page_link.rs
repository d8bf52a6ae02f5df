//! Links within the form. They are links and not buttons: a screen reader would announce a button as doing something.

use leptos::prelude::*;

use super::WayBackToProblems;
use crate::form::use_form;
use crate::state::Page;

/// A link that does something within the form instead of leaving the page. `beside` opens its place in a new tab, where
/// somebody asks for one with Ctrl or the middle button; without it the link stays in this tab.
#[component]
pub(crate) fn Follow(
    #[prop(optional, into)] class: Option<&'static str>,
    #[prop(into)] follow: Callback<()>,
    #[prop(optional, into)] beside: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let click = move |event: leptos::ev::MouseEvent| {
        let is_beside = event.button() == 1 || event.ctrl_key() || event.meta_key() || event.shift_key();
        // The secondary button opens the browser's own menu.
        if event.button() > 1 {
            return;
        }
        event.prevent_default();
        beside.filter(|_| is_beside).unwrap_or(follow).run(());
    };
    view! {
        <a href="#" class=class on:click=click on:auxclick=click>
            {children()}
        </a>
    }
}

/// A link to a page of the form.
#[component]
pub(crate) fn PageLink(class: &'static str, page: Page, children: Children) -> impl IntoView {
    let form = use_form();
    view! {
        <Follow class beside={
            let page = page.clone();
            move || form.open_beside(page.clone(), None)
        } follow=move || form.go(page.clone())>
            {children()}
        </Follow>
    }
}

/// The link at the top of a page, back to the page above it.
#[component]
pub(crate) fn BackLink(page: Page) -> impl IntoView {
    let text = use_form().text(&format!("back.{page}"));
    view! {
        <PageLink class="govuk-back-link ca-no-print" page>
            {text}
        </PageLink>
    }
}

/// The way back to the task list, at the end of a page.
#[component]
pub(crate) fn TasksLink() -> impl IntoView {
    view! {
        <WayBackToProblems/>
        <p class="ca-no-print">
            <PageLink class="govuk-link" page=Page::Tasks>
                {use_form().text("back.tasks")}
            </PageLink>
        </p>
    }
}

/// Running text and single fields, at a width that can be read.
#[component]
pub(crate) fn Column(children: Children) -> impl IntoView {
    view! {
        <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">{children()}</div>
        </div>
    }
}
