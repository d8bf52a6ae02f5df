//! Whose record this is and whether it is safe, in view on every page.

use leptos::prelude::*;

use crate::form::Form;
use crate::state::{SaveStatus, Sent};

pub(crate) fn child_bar(form: Form) -> AnyView {
    let who = Memo::new(move |_| {
        form.with(|state| {
            let record = state.record.as_ref()?;
            let child = &record.answers.identifying_details;
            let birth = child.dob.partial().map(|date| ("child.born", date));
            let birth = birth.or_else(|| child.edd.partial().map(|date| ("child.expected", date)));
            let reference = match &record.sent {
                Sent::Received(receipt) => receipt.reference.clone(),
                Sent::No | Sent::Waiting { .. } => String::new(),
            };
            Some((record.name(), birth, reference))
        })
    });
    let status = Memo::new(move |_| {
        form.with(|state| {
            (state.save.clone(), state.record.as_ref().map(|record| record.sent.clone()).unwrap_or_default())
        })
    });
    let name = move || {
        let name = who.with(|who| who.as_ref().map(|(name, _, _)| name.clone()).unwrap_or_default());
        if name.is_empty() { form.text("child.new") } else { name }
    };
    let detail = move || {
        who.with(|who| {
            let (_, birth, reference) = who.as_ref()?;
            let birth = birth.map(|(key, date)| {
                let date = form.words(|words, _| words.date(date));
                view! { <span class="ca-child-bar__detail">{form.filled(key, &[("date", &date)])}</span> }
            });
            let reference = (!reference.is_empty())
                .then(|| view! { <span class="ca-child-bar__detail">{reference.clone()}</span> });
            Some(view! { {birth} {reference} })
        })
    };
    let shown = move || {
        let (class, text) = match status.get() {
            (SaveStatus::Failed, _) => ("failed", form.text("save.failed")),
            (_, Sent::Waiting { .. }) => ("waiting", form.text("save.waiting")),
            (_, Sent::Received(_)) => ("saved", form.text("save.sent")),
            (SaveStatus::Nothing, _) => return ().into_any(),
            (SaveStatus::Saving, _) => ("saving", form.text("save.saving")),
            (SaveStatus::Saved(at), _) => ("saved", form.filled("save.saved", &[("time", &at)])),
        };
        view! { <p class=format!("ca-child-bar__status ca-child-bar__status--{class}")>{text}</p> }.into_any()
    };
    view! {
        <section class="ca-child-bar" aria-label=form.text("child.bar")>
            <p class="ca-child-bar__who">
                <strong class="ca-child-bar__name">{name}</strong>" "{detail}
            </p>
            {shown}
        </section>
    }
    .into_any()
}
