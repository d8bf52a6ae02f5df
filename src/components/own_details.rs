//! What is known of the practitioner: from their own page where they have signed in and written one, otherwise what this
//! device remembers. Offered in one press, never filled in by itself, and what the device remembers is forgotten in one.

use leptos::prelude::*;

use super::{PageLink, redrawn};
use crate::form::{Form, use_form};
use crate::state::own_page::{Known, for_a_record};
use crate::state::work::WorkPage;
use crate::state::{Event, Page, Remembered};

/// The page of the person who is signed in, asked for where there is something to fill in.
fn own_page(form: Form, is_free: Memo<bool>) -> Memo<Known> {
    let person = Memo::new(move |_| form.with(|state| state.person.clone()));
    Effect::new(move |before: Option<Option<String>>| {
        let asked_for = person.get().filter(|_| is_free.get());
        if asked_for.is_some() && before.as_ref() != Some(&asked_for) {
            form.dispatch(Event::OwnPageWanted);
        }
        asked_for
    });
    Memo::new(move |_| form.with(|state| state.own_page.clone()))
}

/// Before the assessor's questions.
#[component]
pub(crate) fn OwnDetails() -> impl IntoView {
    let form = use_form();
    let remembered = Memo::new(move |_| form.with(|state| state.remembered.clone()));
    let name = form.text_at("assessor.name");
    let is_free = Memo::new(move |_| name.read().trim().is_empty() && !form.is_locked.get());
    let page = own_page(form, is_free);
    redrawn(move || {
        let own = match page.get() {
            _ if !is_free.get() => None,
            Known::Asking => return ().into_any(),
            Known::Nothing => None,
            Known::Page(me) => for_a_record(&me, &remembered.get()),
        };
        if let Some(details) = own {
            let content = offered(form, details, Source::OwnPage);
            return view! { <div class="govuk-inset-text ca-no-print">{content}</div> }.into_any();
        }
        let content = match remembered.get() {
            Remembered::Unread => return ().into_any(),
            Remembered::Nothing => view! { <p>{form.text("own.nothing")}</p> }.into_any(),
            Remembered::Off => view! {
                <p>{form.text("own.off")}</p>
                <button
                    type="button"
                    class="ca-press"
                    id="own.remember"
                    on:click=move |_| {
                        form.dispatch(Event::RememberAsked);
                        form.focus("assessor.name");
                    }
                >
                    {form.text("own.remember")}
                </button>
            }
            .into_any(),
            details @ Remembered::Details(_) if is_free.get() => offered(form, details, Source::Device),
            Remembered::Details(_) => view! {
                <p>{form.text("own.kept")}</p>
                <ForgetDetails/>
            }
            .into_any(),
        };
        view! { <div class="govuk-inset-text ca-no-print">{content}</div> }.into_any()
    })
}

/// Where details come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Device,
    OwnPage,
}

fn offered(form: Form, details: Remembered, source: Source) -> AnyView {
    let detail = |path| details.detail(path).unwrap_or_default().to_owned();
    let role = match details.detail("assessor.role_other") {
        Some(other) => other.to_owned(),
        None => {
            let (standards, code) = (form.standards(), detail("assessor.role"));
            standards.lists.find("roles", &code).map_or(code, |role| role.label.clone())
        }
    };
    let parts = [detail("assessor.name"), role, detail("assessor.organisation")];
    let shown: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let key = if source == Source::OwnPage { "own.offer.page" } else { "own.offer" };
    let text = form.filled(key, &[("details", &shown.join(", "))]);
    let put_in = move |_| {
        let edits = form.peek_answers(|answers| details.edits(answers));
        form.dispatch(Event::AnsweredTogether(edits, Some("assessor.name".to_owned())));
        form.announce(&form.text("own.used"));
    };
    let button = view! {
        <button type="button" class="ca-press" id="own.use" on:click=put_in>
            {form.text("own.use")}
        </button>
    };
    match source {
        Source::Device => view! {
            <p>{text}</p>
            <div class="ca-offers">{button} <ForgetDetails/></div>
            <p class="govuk-hint">{form.text("own.shared_device")}</p>
        }
        .into_any(),
        Source::OwnPage => view! {
            <p>{text}</p>
            <div class="ca-offers">
                {button}
                <PageLink class="govuk-link" page=Page::Work(WorkPage::Own.to_string())>
                    {form.text("own.page.change")}
                </PageLink>
            </div>
        }
        .into_any(),
    }
}

/// On the start page: that this device remembers somebody, who may not be the one who uses it now.
#[component]
pub(crate) fn RememberedHere() -> impl IntoView {
    let form = use_form();
    let name = Memo::new(move |_| form.with(|state| state.remembered.name().map(str::to_owned)));
    redrawn(move || {
        name.get().map(|name| {
            view! {
                <p>{form.filled("own.here", &[("name", &name)])} " " <ForgetDetails/></p>
            }
            .into_any()
        })
    })
}

/// "Forget my details." The focus goes to the page's heading: the button goes.
#[component]
fn ForgetDetails() -> impl IntoView {
    let form = use_form();
    let forget = move |_| {
        form.dispatch(Event::ForgetAsked);
        form.focus_on(crate::state::Focus::Heading);
    };
    view! {
        <button type="button" class="ca-press" on:click=forget>
            {form.text("own.forget")}
        </button>
    }
}
