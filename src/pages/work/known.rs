//! Whether the child of the open record is known already: who may be the same, and whom to ask. A person decides.

use assessment_api::path::PEOPLE_MATCHES;
use assessment_api::person::{MatchQuestion, Matches};
use leptos::prelude::*;

use super::asked::{answer, asked};
use super::search::person;
use super::{Work, use_work};
use crate::pages::known::{details, is_nobody};

/// Who was found, where the form has asked; otherwise it is asked now.
#[component]
pub(super) fn KnownAlready(#[prop(optional_no_strip)] found: Option<Matches>) -> impl IntoView {
    let work = use_work();
    if let Some(found) = found {
        return shown(work, found);
    }
    let child = work.form.peek_answers(details);
    let ask = move || {
        let asking = work.asking(None);
        let question = MatchQuestion { child: Some(child.clone()), ..MatchQuestion::default() };
        answer(async move { asking.post(PEOPLE_MATCHES, &question, None).await?.read::<Matches>() })
    };
    asked(work, None, ask, move |found| shown(work, found))
}

fn shown(work: Work, found: Matches) -> AnyView {
    let said = work.text(if is_nobody(&found) { "work.known.nobody" } else { "work.known.may_be" });
    let Matches { people, ask, more, more_with_reason } = found;
    let rows: Vec<AnyView> = people.into_iter().map(|found| person(work, found)).collect();
    let rows = (!rows.is_empty()).then(|| view! { <ul class="ca-drafts">{rows}</ul> }.into_any());
    let ask = (!ask.is_empty()).then(|| {
        let names = work.form.words().list(&ask);
        view! { <p>{work.filled("work.known.ask", &[("organisations", &names)])}</p> }.into_any()
    });
    let more = (more || more_with_reason).then(|| view! { <p>{work.text("work.known.more")}</p> }.into_any());
    view! {
        <p>{said}</p>
        {rows}
        {ask}
        {more}
        <p>{work.text("work.known.go_on")}</p>
    }
    .into_any()
}
