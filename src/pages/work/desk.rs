//! What is at hand besides the list: looking for a child, one's own page, the coordinator's pages, and those of the team
//! around a child. The last two are parts of the program of their own: the coordinator's is fetched for those whose role has
//! it, the team's from an episode. The server refuses everybody else besides.

use std::sync::Arc;

use assessment_api::path::SESSION;
use assessment_api::session::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::{answer, asked};
use super::{Top, Work, WorkLink, use_work};
use crate::components::redrawn;
use crate::form::work::PartWords;
use crate::pages::{coordinator, later, team};
use crate::state::coordinator::{CoordinatorPage, is_coordinator};
use crate::state::team::TeamPage;
use crate::state::work::{Failure, WorkPage};

/// The links above the list.
#[component]
pub(super) fn Desk() -> impl IntoView {
    let work = use_work();
    let roles = RwSignal::new(Vec::<String>::new());
    let asking = work.asking(None);
    spawn_local(async move {
        let session = asking.get(SESSION).await.and_then(|reply| reply.read::<Session>());
        if let Ok(session) = session {
            let _ = roles.try_set(session.roles);
        }
    });
    let link = move |page: WorkPage| {
        let text = work.text(&["work.title.", page.name()].concat());
        view! { <li><WorkLink page>{text}</WorkLink></li> }.into_any()
    };
    view! {
        <ul class="govuk-list">
            {link(WorkPage::Search)}
            {link(WorkPage::Own)}
            {redrawn(move || {
                let open = |page: &CoordinatorPage| roles.with(|roles| page.is_open_to(roles));
                let pages = CoordinatorPage::LISTS.into_iter().filter(open);
                pages.map(|page| link(WorkPage::Coordinator(page))).collect_view().into_any()
            })}
        </ul>
    }
}

/// One of the coordinator's pages, for those whose role has it.
#[component]
pub(super) fn Coordinator(page: CoordinatorPage) -> impl IntoView {
    let work = use_work();
    let ask = move || {
        let asking = work.asking(None);
        answer(async move { asking.get(SESSION).await?.read::<Session>() })
    };
    view! {
        <Top page=WorkPage::Coordinator(page.clone())/>
        {asked(work, None, ask, move |Session { roles, .. }| match page.is_open_to(&roles) {
            true => part(work, page.clone(), is_coordinator(&roles)),
            false => view! {
                <p class="govuk-inset-text" role="alert">{work.text(Failure::Forbidden.key())}</p>
            }
            .into_any(),
        })}
    }
}

/// Fetches the part and its words, and then draws.
fn part(work: Work, page: CoordinatorPage, runs_lists: bool) -> AnyView {
    let fetch = || async { coordinator::fetch_part().await.is_ok() };
    let draw = move || later::at_once(coordinator::draw(page.clone(), runs_lists));
    with_part(work, PartWords::Coordinator, fetch, draw)
}

/// One of the pages of the team around the child.
#[component]
pub(super) fn Together(page: TeamPage) -> impl IntoView {
    let work = use_work();
    let fetch = || async { team::fetch_part().await.is_ok() };
    let of = page.clone();
    view! {
        <Top page=WorkPage::Together(page)/>
        {with_part(work, PartWords::Team, fetch, move || later::at_once(team::draw(of.clone())))}
    }
}

/// Fetches a part that comes after my work, with its words, and then draws it.
fn with_part<F: Future<Output = bool> + 'static>(
    work: Work,
    words: PartWords,
    fetch: impl Fn() -> F + Copy + Send + Sync + 'static,
    draw: impl Fn() -> Option<AnyView> + Send + 'static,
) -> AnyView {
    let ask = move || {
        answer(async move {
            let words = work.form.words_of(words).await.ok_or(Failure::Offline)?;
            match fetch().await {
                true => Ok(Arc::new(words)),
                false => Err(Failure::Offline),
            }
        })
    };
    asked(work, None, ask, move |words| {
        work.words.update_value(|all| {
            all.truncate(1);
            all.push(words);
        });
        draw().into_any()
    })
}
