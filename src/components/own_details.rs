//! What this device remembers of the practitioner: offered in one press, never filled in by itself, and forgotten in one.

use leptos::prelude::*;

use super::redrawn;
use crate::form::{Form, use_form};
use crate::state::{Event, Remembered};

/// Before the assessor's questions.
#[component]
pub(crate) fn OwnDetails() -> impl IntoView {
    let form = use_form();
    let remembered = Memo::new(move |_| form.with(|state| state.remembered.clone()));
    let name = form.text_at("assessor.name");
    let is_free = Memo::new(move |_| name.read().trim().is_empty() && !form.is_locked.get());
    redrawn(move || {
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
            details @ Remembered::Details(_) if is_free.get() => offered(form, details),
            Remembered::Details(_) => view! {
                <p>{form.text("own.kept")}</p>
                <ForgetDetails/>
            }
            .into_any(),
        };
        view! { <div class="govuk-inset-text ca-no-print">{content}</div> }.into_any()
    })
}

fn offered(form: Form, details: Remembered) -> AnyView {
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
    let text = form.filled("own.offer", &[("details", &shown.join(", "))]);
    let put_in = move |_| {
        let edits = form.peek_answers(|answers| details.edits(answers));
        form.dispatch(Event::AnsweredTogether(edits, Some("assessor.name".to_owned())));
        form.announce(&form.text("own.used"));
    };
    view! {
        <p>{text}</p>
        <div class="ca-offers">
            <button type="button" class="ca-press" id="own.use" on:click=put_in>
                {form.text("own.use")}
            </button>
            <ForgetDetails/>
        </div>
        <p class="govuk-hint">{form.text("own.shared_device")}</p>
    }
    .into_any()
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
