//! What an answer means, under its question: words of their own for some options, and that a planned date has passed.
//! Not a problem: it stops nothing.

use assessment_engine::answers::Node;
use assessment_form::Kind;
use leptos::prelude::*;

use super::{Field, Value, use_questionnaire};
use crate::components::redrawn;
use crate::form::{Form, use_form};

/// The note of a question, where its kind can have one.
pub(super) fn note(field: &Field) -> Option<AnyView> {
    let (form, asking) = (use_form(), use_questionnaire());
    let (path, key) = (field.path.clone(), field.key.clone());
    let kind = field.question.kind;
    let text = match kind {
        Kind::Choice(_) => Memo::new(move |_| match asking.asks().value(&path) {
            Value::Text(chosen) => asking.asks().text(&note_key(&key, &chosen)),
            _ => None,
        }),
        Kind::ComingDate => Memo::new(move |_| {
            let passed = asking.asks().passed(&path)?;
            Some(form.text(&format!("date.{passed}")))
        }),
        _ => return None,
    };
    let shown = move || text.get().map(|text| view! { <p class="govuk-inset-text">{text}</p> }.into_any());
    Some(redrawn(shown).into_any())
}

/// The words of its own that the chosen option has, below the question's wording key.
pub(crate) fn option_note(form: Form, key: &str, kind: Kind, node: Node<'_>) -> Option<String> {
    let (Kind::Choice(_), Node::Text(chosen)) = (kind, node) else { return None };
    form.maybe_text(&note_key(key, chosen))
}

fn note_key(key: &str, chosen: &str) -> String {
    format!("{key}.{chosen}.note")
}
