//! The team around the child: its plan, its meetings, its reviews, and what happened. The pages and their words are a part of
//! the program of their own (decision record 0054), fetched when one of them is opened from an episode in my work.

mod asks;
mod copies;
mod family;
mod kept_versions;
mod left;
mod lines;
mod lists;
mod loaded;
mod map;
mod meeting;
mod open;
mod people;
mod pictures;
mod plan;
mod progress;
mod record;
mod referral;
mod review;
mod scores;
mod stored;
mod then_now;
mod timeline;
mod words;

use assessment_api::problem::ProblemDetails;
use assessment_engine::validation::{Problem, ProblemCode};
use assessment_team::RecordKind;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::work::WorkLink;
use crate::state::team::TeamPage;
use crate::state::work::WorkPage;
use copies::Copies;
use family::Family;
use lists::List;
use map::FamilyMapPage;
use open::At;
use progress::Progress;
use record::Record;
use referral::Referral;
use then_now::ThenNow;
use timeline::Timeline;

/// Draws a page below its heading.
#[wasm_split(team, fallible, preload(fetch_part))]
pub(super) fn draw(page: TeamPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        TeamPage::Meetings(episode) => view! { <List episode kind=RecordKind::Meeting/> }.into_any(),
        TeamPage::Reviews(episode) => view! { <List episode kind=RecordKind::Review/> }.into_any(),
        TeamPage::Progress(episode) => view! { <Progress episode/> }.into_any(),
        TeamPage::Timeline(episode) => view! { <Timeline episode/> }.into_any(),
        TeamPage::ThenNow(episode) => view! { <ThenNow episode/> }.into_any(),
        TeamPage::Map(episode) => view! { <FamilyMapPage episode/> }.into_any(),
        TeamPage::Family(episode) => view! { <Family episode/> }.into_any(),
        TeamPage::Referral(episode) => view! { <Referral episode/> }.into_any(),
        TeamPage::Copies(episode, number) => view! { <Copies episode number/> }.into_any(),
        TeamPage::Plan(ref episode)
        | TeamPage::Meeting(ref episode, _)
        | TeamPage::Review(ref episode, _) => {
            let (kind, number) = page.record().unwrap_or((RecordKind::Plan, 1));
            view! { <Record at=At { episode: episode.clone(), kind, number }/> }.into_any()
        }
    })
}

/// A link to one of these pages.
#[component]
fn TeamLink(
    #[prop(default = "govuk-link")] class: &'static str,
    page: TeamPage,
    children: Children,
) -> impl IntoView {
    view! { <WorkLink class page=WorkPage::Together(page)>{children()}</WorkLink> }
}

/// The problems that the server names in a refusal.
fn refused(details: Option<ProblemDetails>) -> Vec<Problem> {
    let known = |code: &str| ProblemCode::ALL.iter().copied().find(|known| known.as_str() == code);
    let items = details.map(|details| details.problems).unwrap_or_default();
    items
        .into_iter()
        .map(|item| Problem::new(item.path, known(&item.code).unwrap_or(ProblemCode::NotOffered)))
        .collect()
}
