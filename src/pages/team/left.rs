//! What somebody typed before a lock or an outage and the server would not take: every word, to copy and to take away.

use leptos::prelude::*;

use super::super::work::Work;
use crate::components::redrawn;
use crate::state::Focus;
use crate::state::team::typed::{Change, Kept, To};
use crate::state::work::kept::Fields;

/// Says so, with the words.
pub(super) fn left(work: Work, left: Vec<(Fields, Kept)>) -> AnyView {
    let texts: Vec<String> = left.iter().flat_map(|(_, kept)| texts(kept)).collect();
    if texts.is_empty() {
        return ().into_any();
    }
    let is_shown = RwSignal::new(true);
    let fields = StoredValue::new(left.into_iter().map(|(fields, _)| fields).collect::<Vec<_>>());
    let press = move |_| {
        for fields in fields.get_value() {
            work.spent(fields);
        }
        is_shown.set(false);
        work.form.focus_on(Focus::Heading);
    };
    redrawn(move || {
        is_shown.get().then(|| {
            let items: Vec<AnyView> = texts
                .iter()
                .map(|text| view! { <li class="ca-typed" dir="auto">{text.clone()}</li> }.into_any())
                .collect();
            view! {
                <section class="ca-group">
                    <h2 class="govuk-heading-m">{work.text("team.left")}</h2>
                    <p>{work.text("team.left.about")}</p>
                    <ul class="govuk-list govuk-list--bullet">{items}</ul>
                    <button type="button" class="govuk-button govuk-button--secondary" on:click=press>
                        {work.text("team.left.remove")}
                    </button>
                </section>
            }
            .into_any()
        })
    })
    .into_any()
}

/// The texts that were typed. What takes something away has none.
fn texts(kept: &Kept) -> Vec<String> {
    let said = |change: &Change| match &change.to {
        To::Text(text) => Some(text.clone()),
        To::List(items) => Some(items.join(", ")),
        To::Date(parts) => Some(parts.join(" ")),
        To::Row(_) | To::Gone(_) => None,
    };
    let changes = kept.typed.iter().flat_map(|typed| &typed.changes);
    changes.filter_map(said).filter(|text| !text.trim().is_empty()).collect()
}
