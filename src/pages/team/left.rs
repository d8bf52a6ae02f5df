//! What somebody typed and this page does not hold: words that the server would not take, to copy and to take away, and
//! words that went to another record because somebody else had begun this one.

use leptos::prelude::*;

use super::super::work::Work;
use super::TeamLink;
use super::lists::page_of;
use super::open::Open;
use super::stored::At;
use crate::components::redrawn;
use crate::state::Focus;
use crate::state::team::typed::{Change, To, UnsavedChanges};
use crate::state::work::typed_fields::Fields;

/// Says so, with the words.
pub(super) fn left(work: Work, left: Vec<(Fields, UnsavedChanges)>) -> AnyView {
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
                    <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=press>
                        {work.text("team.left.remove")}
                    </button>
                </section>
            }
            .into_any()
        })
    })
    .into_any()
}

/// Says that the number of this page was taken, with a link to the record that was begun instead.
pub(super) fn elsewhere(open: Open, number: Option<u32>) -> AnyView {
    let work = open.work;
    let link = move |number: u32| {
        let At { episode, kind, .. } = open.at.get_value();
        let text = work.filled(&format!("team.{}.number", kind.code()), &[("number", &number.to_string())]);
        view! { <TeamLink page=page_of(kind, &episode, number)>{text}</TeamLink> }
    };
    let before = number.map(|number| {
        view! {
            <div class="govuk-inset-text">
                <p>{work.text("team.elsewhere")}</p>
                <p>{link(number)}</p>
            </div>
        }
        .into_any()
    });
    let now = redrawn(move || {
        open.taken.get().map(|_| view! { <p class="govuk-inset-text">{open.moved()}</p> }.into_any())
    });
    view! {
        {before}
        {now}
    }
    .into_any()
}

/// The texts that were typed. What takes something away has none.
fn texts(kept: &UnsavedChanges) -> Vec<String> {
    let said = |change: &Change| match &change.to {
        To::Text(text) => Some(text.clone()),
        To::List(items) => Some(items.join(", ")),
        To::Date(parts) => Some(parts.join(" ")),
        To::Row(_) | To::Gone(_) => None,
    };
    let changes = kept.typed.iter().flat_map(|typed| &typed.changes);
    changes.filter_map(said).filter(|text| !text.trim().is_empty()).collect()
}
