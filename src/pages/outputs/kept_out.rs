//! What is not in the document, by reason. What may be put in has a tick; what may not says only why.

use assessment_engine::disclosure::{Audience, Choices, Offer, Reason};
use leptos::prelude::*;

use super::sheet::{Row, sheet};
use super::tick::{mark, tick};
use crate::components::Details;
use crate::form::{Form, use_form};

#[component]
pub(super) fn KeptOut(audience: Audience, choices: RwSignal<Choices>) -> impl IntoView {
    let form = use_form();
    // By default, so that the list stays as it is while things are put in.
    let (reason, is_short) = choices.with_untracked(|choices| (choices.reason.clone(), choices.is_short));
    let default = Choices { reason, is_short, ..Choices::default() };
    groups(form, &untrack(|| sheet(form, &audience, &default)).rows, choices)
}

/// What these rows leave out, by reason. Nothing where they leave nothing out.
pub(in crate::pages) fn groups(form: Form, rows: &[Row], choices: RwSignal<Choices>) -> AnyView {
    let groups = Reason::ALL.into_iter().filter_map(|reason| {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.value == Err(reason)).collect();
        (!rows.is_empty()).then(|| {
            let key = format!("outputs.reason.{}", reason.code());
            let summary = form.filled(&key, &[("count", &rows.len().to_string())]);
            let lines = rows.into_iter().map(|row| line(form, row, choices)).collect_view();
            view! { <Details summary><ul class="govuk-list">{lines}</ul></Details> }.into_any()
        })
    });
    let groups: Vec<AnyView> = groups.collect();
    (!groups.is_empty())
        .then(|| {
            view! {
                <h2 class="govuk-heading-m">{form.text("outputs.kept_out")}</h2>
                <p>{form.text("outputs.kept_out.about")}</p>
                {groups}
            }
            .into_any()
        })
        .into_any()
}

fn line(form: Form, row: &Row, choices: RwSignal<Choices>) -> AnyView {
    let part = row.part.clone().unwrap_or_else(|| row.section.clone());
    let text = form.filled("outputs.kept_out.line", &[("part", &part), ("label", &row.label)]);
    if row.offer == Offer::Never {
        return view! { <li>{text}</li> }.into_any();
    }
    let path = row.path.clone();
    let is_in = Memo::new({
        let path = path.clone();
        move |_| choices.read().put_in.contains(&path)
    });
    let id = format!("in.{path}");
    let set = Callback::new(move |is_on| choices.update(|choices| mark(&mut choices.put_in, &path, is_on)));
    view! { <li>{tick(id, text, is_in, set)}</li> }.into_any()
}
