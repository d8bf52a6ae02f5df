//! What the short words and local terms of a text mean, on press: one small question for all of them, below the text. It
//! is beside the text and never in it, because a label or legend is also the name of a control.

use leptos::prelude::*;

use super::redrawn;
use crate::form::{Form, use_form};

/// Which texts of the page have a term. The first of them explains it; when it goes, the next one does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claims(RwSignal<Vec<(u32, usize)>>);

impl Claims {
    pub(crate) fn new() -> Claims {
        Claims(RwSignal::new(Vec::new()))
    }

    /// A number for a text, after which its terms are known.
    fn claim(self, terms: &[usize]) -> u32 {
        let mut claims = self.0.write();
        let text = claims.last().map_or(0, |(text, _)| text + 1);
        claims.extend(terms.iter().map(|term| (text, *term)));
        text
    }

    fn release(self, text: u32) {
        self.0.try_update(|claims| claims.retain(|(other, _)| *other != text));
    }

    /// The terms that a text is the first to have.
    fn of(self, text: u32) -> Vec<usize> {
        let claims = self.0.read();
        let is_first = |term: usize| claims.iter().find(|(_, other)| *other == term).map(|(text, _)| *text);
        let own = claims.iter().filter(|(other, _)| *other == text);
        own.map(|(_, term)| *term).filter(|term| is_first(*term) == Some(text)).collect()
    }
}

/// Explains the terms of a text that no text before it on the page explains. Nothing where there are none.
#[component]
pub(crate) fn Explained(
    #[prop(into)] text: String,
    /// Explain them here in any case: what to do now must be understood where it is read.
    #[prop(optional)]
    always: bool,
) -> impl IntoView {
    let form = use_form();
    let found = form.words().terms().found_in(&text);
    (!found.is_empty()).then(|| {
        let claims: Claims = expect_context();
        let text = claims.claim(&found);
        on_cleanup(move || claims.release(text));
        let shown = Memo::new(move |_| if always { found.clone() } else { claims.of(text) });
        let asked = move || asked(form, &shown.read());
        let meanings = redrawn(move || {
            let shown = shown.get();
            let is_named = shown.len() > 1;
            shown.into_iter().map(|term| meaning(form, term, is_named)).collect_view().into_any()
        });
        view! {
            <div class="ca-terms ca-no-print" class:ca-terms--none=move || shown.read().is_empty()>
                <details class="ca-term">
                    <summary class="ca-term__ask">{asked}</summary>
                    {meanings}
                </details>
            </div>
        }
        .into_any()
    })
}

/// One question for all the terms of a text: each question more is one more stop of the Tab key.
fn asked(form: Form, terms: &[usize]) -> String {
    let words = form.words();
    let names = terms.iter().filter_map(|term| words.terms().get(*term)).map(|term| term.name.as_str());
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [name] => form.filled("terms.ask", &[("term", name)]),
        names => {
            let quoted = names.iter().map(|name| form.filled("terms.quoted", &[("term", name)]));
            form.filled("terms.ask_several", &[("terms", &words.list(&quoted.collect::<Vec<_>>()))])
        }
    }
}

fn meaning(form: Form, term: usize, is_named: bool) -> AnyView {
    let words = form.words();
    let Some(term) = words.terms().get(term) else { return ().into_any() };
    let name = is_named.then(|| view! { <strong>{term.name.clone()}</strong> ": " }.into_any());
    view! { <p class="ca-term__meaning">{name} {term.meaning.clone()}</p> }.into_any()
}
