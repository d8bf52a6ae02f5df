//! The pages. Each is a function from the form to a view; what stands on every page is here.

mod boxes;
mod check;
mod danger;
mod element;
mod receipt;
mod section;
mod start;
mod tasks;

pub(crate) use element::details;

use crate::components::{child_bar, tabs, urgent};
use crate::dom::{El, View, anchor, el, flag, memo};
use crate::form::Form;
use crate::state::{Event, Place};

/// The page that the form is at, with what stands on every page.
pub(crate) fn page(form: Form) -> El {
    // A page is drawn anew when the place changes or something else than typing changed it; never while typing.
    let drawn = memo(move || form.with(|state| format!("{} {}", state.generation, state.place)));
    let has_record = memo(move || flag(form.with(|state| state.record.is_some())));
    el("div")
        .class("ca-page")
        .live(has_record, move || {
            form.peek(|state| state.record.is_some()).then(|| child_bar::child_bar(form)).into()
        })
        .add(el("div").class("govuk-visually-hidden").attr("role", "status").attr("data-announce", ""))
        .live(has_record, move || {
            form.peek(|state| state.record.is_some()).then(|| urgent::urgent(form)).into()
        })
        .add(tabs::tabs(form))
        .live(drawn, move || {
            let place = form.peek(|state| state.place.clone());
            title(form, &place);
            content(form, &place)
        })
}

fn content(form: Form, place: &Place) -> View {
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
        Place::Element(id) => {
            form.standards().framework.element(id).map_or("", |element| element.label.as_str())
        }
        place => form.text(&format!("title.{place}")),
    };
    let has_problems = form.peek(|state| state.problems_here().next().is_some());
    if has_problems {
        form.tell_title(&form.filled("title.error", &[("title", name)]));
    } else {
        form.tell_title(name);
    }
}

/// A link to a page of the form. A button would be read as doing something.
fn link(form: Form, class: &str, place: Place, text: &str) -> El {
    anchor(class, text, move || form.dispatch(Event::Went(place.clone())))
}

/// The link back to the task list, or from a box to the list of boxes.
fn back(form: Form, place: Place) -> El {
    let text = form.text(&format!("back.{place}"));
    link(form, "govuk-back-link ca-no-print", place, text)
}

/// The one heading of a page; the focus goes there when the page changes.
fn heading(class: &str, text: &str) -> El {
    el("h1").class(class).attr("tabindex", "-1").text(text)
}

/// Running text and single fields, at a width that can be read.
fn column(view: impl Into<View>) -> El {
    el("div").class("govuk-grid-row").add(el("div").class("govuk-grid-column-two-thirds").add(view))
}
