//! The pages. Each is a function from the form to a view; what stands on every page is here.

mod boxes;
mod check;
mod danger;
mod element;
mod receipt;
mod section;
mod start;
mod tasks;

use leptos::prelude::*;

use crate::components::{child_bar, urgent};
use crate::form::Form;
use crate::state::Place;

/// The page that the form is at, with what stands on every page.
pub(crate) fn page(form: Form) -> impl IntoView {
    // A page is drawn anew when the place changes or something else than typing changed it; never while typing.
    let drawn = Memo::new(move |_| form.with(|state| (state.place.clone(), state.generation)));
    let has_record = Memo::new(move |_| form.with(|state| state.record.is_some()));
    view! {
        <div class="ca-page">
            {move || has_record.get().then(|| child_bar::child_bar(form))}
            <div role="status" class="govuk-visually-hidden" data-announce=""></div>
            {move || has_record.get().then(|| urgent::urgent(form))}
            {move || {
                let (place, _) = drawn.get();
                title(form, &place);
                content(form, &place)
            }}
        </div>
    }
}

fn content(form: Form, place: &Place) -> AnyView {
    match place {
        Place::Start => start::start(form),
        Place::Danger => danger::danger(form),
        Place::Tasks => tasks::tasks(form),
        Place::Section(name) => section::section(form, name),
        Place::Boxes => boxes::boxes(form),
        Place::Element(id) => element::element(form, id),
        Place::Check => check::check(form),
        Place::Receipt => receipt::receipt(form),
    }
}

/// Tells the host page what the page is called. Never with the child's name: titles go into the browser's history.
fn title(form: Form, place: &Place) {
    let name = match place {
        Place::Section(name) => form.text(&format!("section.{name}")),
        Place::Element(id) => form.standards(|standards| {
            standards.framework.element(id).map(|element| element.label.clone()).unwrap_or_default()
        }),
        place => form.text(&format!("title.{place}")),
    };
    let has_problems = form.peek(|state| !state.problems.is_empty());
    form.tell_title(&if has_problems { form.filled("title.error", &[("title", &name)]) } else { name });
}

/// A link that looks like one and goes to a page of the form. A button would be read as doing something.
pub(crate) fn link(
    form: Form,
    class: &'static str,
    place: Place,
    content: impl IntoView + 'static,
) -> impl IntoView {
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        form.dispatch(crate::state::Event::Went(place.clone()));
    };
    view! { <a class=class href="#" on:click=go>{content}</a> }
}

/// The link back to the task list, or from a box to the list of boxes.
fn back(form: Form, place: Place) -> impl IntoView {
    let text = form.text(&format!("back.{place}"));
    link(form, "govuk-back-link ca-no-print", place, text)
}
