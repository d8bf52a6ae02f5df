//! What an answer means, under its question: words of their own for some options, and that a planned date has passed.
//! Not a problem: it stops nothing.

use assessment_engine::answers::Node;
use assessment_form::Kind;
use leptos::prelude::*;

use super::Field;
use crate::components::redrawn;
use crate::form::{Form, use_form};

/// The note of a question, where its kind can have one.
pub(super) fn note(field: &Field) -> Option<AnyView> {
    let form = use_form();
    let (path, key) = (field.path.clone(), field.key.clone());
    let text = match field.question.kind {
        Kind::Choice(_) => {
            let value = form.text_at(path);
            Memo::new(move |_| form.maybe_text(&format!("{key}.{}.note", value.read())))
        }
        Kind::ComingDate => Memo::new(move |_| passed(form, &path)),
        _ => return None,
    };
    let shown = move || text.get().map(|text| view! { <p class="govuk-inset-text">{text}</p> }.into_any());
    Some(redrawn(shown).into_any())
}

/// That a planned date has passed: overdue, where it is an action that is not done.
fn passed(form: Form, path: &str) -> Option<String> {
    let today = form.moment.get().local.date();
    form.answers(|answers| {
        let Some(Node::Date(date)) = answers.node(path) else { return None };
        date.whole().filter(|day| *day < today)?;
        let (stem, _) = path.rsplit_once('.')?;
        match answers.text(&format!("{stem}.status")) {
            "done" | "no_longer_needed" => None,
            _ if stem.ends_with(']') => Some(form.text("date.overdue")),
            _ => Some(form.text("date.passed")),
        }
    })
}
