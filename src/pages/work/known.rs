//! Whether the child of the open record is known already: who may be the same, and whom to ask. A person decides.

use assessment_api::path::PEOPLE_MATCHES;
use assessment_api::person::{ChildDetails, MatchQuestion, Matches};
use assessment_engine::answers::Answers;
use leptos::prelude::*;

use super::asked::{answer, asked};
use super::search::person;
use super::use_work;

#[component]
pub(super) fn KnownAlready() -> impl IntoView {
    let work = use_work();
    let child = work.form.peek_answers(details);
    let ask = move || {
        let asking = work.asking(None);
        let question = MatchQuestion { child: Some(child.clone()), ..MatchQuestion::default() };
        answer(async move { asking.post(PEOPLE_MATCHES, &question, None).await?.read::<Matches>() })
    };
    asked(work, None, ask, move |Matches { people, ask, more, more_with_reason }| {
        let is_nobody = people.is_empty() && ask.is_empty() && !more_with_reason;
        let said = work.text(if is_nobody { "work.known.nobody" } else { "work.known.may_be" });
        let rows: Vec<AnyView> = people.into_iter().map(|found| person(work, found)).collect();
        let rows = (!rows.is_empty()).then(|| view! { <ul class="ca-drafts">{rows}</ul> }.into_any());
        let ask = (!ask.is_empty()).then(|| {
            let names = work.form.words().list(&ask);
            view! { <p>{work.filled("work.known.ask", &[("organisations", &names)])}</p> }.into_any()
        });
        let more =
            (more || more_with_reason).then(|| view! { <p>{work.text("work.known.more")}</p> }.into_any());
        view! {
            <p>{said}</p>
            {rows}
            {ask}
            {more}
            <p>{work.text("work.known.go_on")}</p>
        }
        .into_any()
    })
}

/// What is known of the child so far.
fn details(answers: &Answers) -> ChildDetails {
    let child = &answers.identifying_details;
    let address = &child.address;
    let blank = |text: &&String| !assessment_form::is_blank(text);
    let lines = [&address.line_1, &address.line_2, &address.town].into_iter().filter(blank).cloned();
    let names = [&child.preferred_name].into_iter().chain(&child.also_known_as).filter(blank);
    ChildDetails {
        given_names: child.given_names.clone(),
        family_name: child.family_name.clone(),
        other_names: names.take(10).cloned().collect(),
        born: child.dob.partial().map(|born| born.to_string()).unwrap_or_default(),
        born_estimated: child.dob_estimated == "yes",
        nhs_number: child.nhs_number.clone(),
        upn: child.upn.clone(),
        uln: child.uln.clone(),
        reference: String::new(),
        address: lines.collect(),
        postcode: address.postcode.clone(),
        phones: child.phones.iter().filter(blank).take(10).cloned().collect(),
    }
}
