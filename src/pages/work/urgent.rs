//! What is urgent in a version that was sent: what to do, and whom to ring now. Nobody who is responsible for a child has to
//! look for the number.

use assessment_rules::{UrgentAction, evaluate};
use leptos::prelude::*;

use super::Work;
use crate::components::{Contacts, OutOfHours, RingNow, not_sure};
use crate::state::Certainty;
use crate::state::work::{Failure, Version};

/// The urgent actions that follow from the answers of a version, under today's rules. Nothing where there are none.
pub(in crate::pages) fn urgent(work: Work, version: &Version) -> Option<AnyView> {
    let outcome = evaluate(&version.answers, work.form.today(), &work.form.standards().pack);
    let banners = [(Certainty::Certain, outcome.urgent), (Certainty::NotSure, outcome.urgent_to_check)];
    let banners = banners.into_iter().filter(|(_, codes)| !codes.is_empty());
    let banners: Vec<AnyView> =
        banners.map(|(certainty, codes)| banner(work, version, certainty, &codes)).collect();
    let more = (!version.whole)
        .then(|| view! { <p class="govuk-inset-text">{work.text("work.urgent.part")}</p> }.into_any());
    (!banners.is_empty()).then(|| view! { {banners} {more} }.into_any())
}

/// Something urgent was found, and what it is cannot be shown: `failure` is why. They may not see it, or it did not come.
pub(super) fn unseen(work: Work, holder: &str, failure: Option<Failure>) -> AnyView {
    let key = match failure {
        None | Some(Failure::Forbidden | Failure::NotFound) => "work.urgent.unseen",
        Some(_) => "work.urgent.missing",
    };
    view! {
        <section class="ca-urgent" aria-labelledby="work.urgent">
            <h2 class="ca-urgent__heading" id="work.urgent">{work.form.text("urgent.heading")}</h2>
            <p>{work.filled(key, &[("organisation", holder)])}</p>
            <Contacts/>
        </section>
    }
    .into_any()
}

fn banner(work: Work, version: &Version, certainty: Certainty, codes: &[String]) -> AnyView {
    let form = work.form;
    let (id, class, heading, about) = match certainty {
        Certainty::Certain => ("work.urgent", "ca-urgent", "urgent.heading", None),
        Certainty::NotSure => (
            "work.urgent.check",
            "ca-urgent ca-urgent--check",
            "urgent.check_heading",
            Some(work.text("work.urgent.check_about")),
        ),
    };
    let standards = form.standards();
    let items: Vec<AnyView> = codes
        .iter()
        .filter_map(|code| Some(action(work, version, certainty, code, standards.pack.action(code)?)))
        .collect();
    view! {
        <section class=class aria-labelledby=id>
            <h2 class="ca-urgent__heading" id=id>{form.text(heading)}</h2>
            {about.map(|about| view! { <p>{about}</p> })}
            <ul class="ca-urgent__list">{items}</ul>
        </section>
    }
    .into_any()
}

fn action(work: Work, version: &Version, certainty: Certainty, code: &str, action: &UrgentAction) -> AnyView {
    let form = work.form;
    let lead = match certainty {
        Certainty::Certain => action.action.clone(),
        Certainty::NotSure => not_sure(form, action),
    };
    let by_when = form.filled("urgent.by", &[("deadline", &action.deadline)]);
    let telling = form.text(&format!("telling.{}", action.telling_the_family));
    let entries = version.answers.logged(code, certainty == Certainty::Certain);
    let done = entries.map(|entry| form.words().logged(entry, form.today()));
    let done: Vec<AnyView> = done.map(|said| view! { <li>{said}</li> }.into_any()).collect();
    let done =
        (!done.is_empty()).then(|| view! { <ul class="govuk-list ca-urgent__log">{done}</ul> }.into_any());
    view! {
        <li class="ca-urgent__item">
            <OutOfHours action=action.clone()/>
            <p class="ca-urgent__action">{lead}</p>
            <RingNow action=action.clone()>
                <strong class="ca-urgent__when">{by_when}</strong>
            </RingNow>
            <p class="ca-urgent__line">{work.filled("work.urgent.why", &[("trigger", &action.trigger)])}</p>
            <p class="ca-urgent__line">{telling}</p>
            {done}
        </li>
    }
    .into_any()
}
