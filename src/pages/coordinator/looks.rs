//! Looks of the last seven days that somebody should ask about. A pattern proves nothing, and the page says so.

use assessment_api::audit::{LookToAskAbout, LooksToAskAbout};
use assessment_api::path::AUDIT_LOOKS;
use leptos::prelude::*;

use super::super::work::asked::{answer, asked};
use super::Work;
use super::trail::episode_link;
use crate::io::clock;

/// Asks for them, and draws them.
pub(super) fn looks(work: Work) -> AnyView {
    let ask = move || {
        let asking = work.asking(None);
        answer(async move { asking.get(AUDIT_LOOKS).await?.read::<LooksToAskAbout>() })
    };
    asked(work, None, ask, move |LooksToAskAbout { looks, more }| {
        let is_empty = looks.is_empty();
        let rows: Vec<AnyView> = looks.into_iter().map(|look| row(work, look)).collect();
        let rows = match is_empty {
            true => view! { <p>{work.text("coordinator.looks.none")}</p> }.into_any(),
            false => view! { <ul class="ca-drafts">{rows}</ul> }.into_any(),
        };
        view! {
            <h2 class="govuk-heading-m">{work.text("coordinator.looks")}</h2>
            <p>{work.text("coordinator.looks.about")}</p>
            {rows}
            {more.then(|| view! { <p>{work.text("coordinator.looks.more")}</p> }.into_any())}
        }
        .into_any()
    })
}

fn row(work: Work, look: LookToAskAbout) -> AnyView {
    let name = look.by.name.unwrap_or_else(|| work.text("work.somebody"));
    let who = match look.by.organisation {
        Some(organisation) => format!("{name}, {organisation}"),
        None => name,
    };
    let pattern = work.code("coordinator.looks.pattern.", &look.pattern);
    let (count, first, last) =
        (look.count.to_string(), clock::in_words(&look.first), clock::in_words(&look.last));
    let when =
        work.filled("coordinator.looks.when", &[("count", &count), ("first", &first), ("last", &last)]);
    let episodes = look
        .episodes
        .into_iter()
        .map(|id| view! { <p class="ca-drafts__detail">{episode_link(work, id)}</p> }.into_any());
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <p class="ca-drafts__detail"><strong><bdi>{who}</bdi></strong></p>
                <p class="ca-drafts__detail">{pattern} " " {when}</p>
                {episodes.collect_view()}
            </div>
        </li>
    }
    .into_any()
}
