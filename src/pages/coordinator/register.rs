//! The register: the episodes of the authority, newest first, by area and by how far they are.

use assessment_api::path::REGISTER;
use assessment_api::register::{Register as Found, RegisterAreas, RegisterEntry};
use leptos::prelude::*;

use super::super::work::asked::{answer, asked, more};
use super::super::work::choices::{Grouped, Select};
use super::super::work::list::{child, detail, headline, pressing};
use super::export::Export;
use super::{Work, WorkLink, use_work};
use crate::components::redrawn;
use crate::state::coordinator::RegisterFilter;
use crate::state::work::WorkPage;

/// How many at a time.
const PAGE: u32 = 25;
/// The ids of the two lists to choose from.
const AREA: &str = "coordinator.area";
const STATE: &str = "coordinator.state";
/// The code of no area.
const NOT_KNOWN: &str = "not-known";
/// How far an episode can be, as the server calls it.
const STATES: [&str; 13] = [
    "enquiry",
    "consent_pending",
    "drafting",
    "shared",
    "tac_scheduled",
    "plan_active",
    "in_review",
    "declined",
    "referred",
    "stepped_up",
    "transferring",
    "closed",
    "merged",
];

#[component]
pub(super) fn Register() -> impl IntoView {
    let work = use_work();
    let wanted = RwSignal::new(work.register.get_value());
    // They come with the first answer and stay the same.
    let areas = RwSignal::new(None::<RegisterAreas>);
    view! {
        <p>{work.text("coordinator.register.about")}</p>
        {redrawn(move || areas.get().map(|areas| view! { <Choose areas wanted/> }.into_any()))}
        {redrawn(move || episodes(work, areas, wanted.get(), None))}
        {redrawn(move || areas.with(Option::is_some).then(|| view! { <Export wanted/> }.into_any()))}
    }
}

/// What is to be shown. Nothing changes before the button is pressed.
#[component]
fn Choose(areas: RegisterAreas, wanted: RwSignal<RegisterFilter>) -> impl IntoView {
    let work = use_work();
    let RegisterFilter { area, state } = wanted.get_untracked();
    let (area, state) = (RwSignal::new(area), RwSignal::new(state));
    let none = Signal::derive(|| None::<String>);
    let has_areas = !areas.clusters.is_empty();
    let states = STATES.map(|code| (code.to_owned(), work.code("work.state.", code))).to_vec();
    let show = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let filter = RegisterFilter { area: area.get_untracked(), state: state.get_untracked() };
        work.register.set_value(filter.clone());
        wanted.set(filter);
    };
    view! {
        <form novalidate=true on:submit=show>
            {has_areas.then(|| {
                view! {
                    <Select
                        id=AREA
                        label=work.text("coordinator.area")
                        hint=Some(work.text("coordinator.area.hint"))
                        none=work.text("coordinator.area.all")
                        options=options(work, areas)
                        value=area
                        error=none
                    />
                }
                .into_any()
            })}
            <Select
                id=STATE
                label=work.text("coordinator.state")
                none=work.text("coordinator.state.all")
                options=vec![(None, states)]
                value=state
                error=none
            />
            <button part="button" type="submit" class="govuk-button">{work.text("coordinator.show")}</button>
        </form>
    }
}

/// Each wedge with its clusters, then clusters in none, then what is in no area.
fn options(work: Work, RegisterAreas { wedges, clusters }: RegisterAreas) -> Grouped {
    let in_wedge = |wedge: Option<&str>| -> Vec<(String, String)> {
        let members = clusters.iter().filter(|cluster| cluster.wedge.as_deref() == wedge);
        members.map(|cluster| (format!("cluster={}", cluster.code), cluster.label.clone())).collect()
    };
    let whole = |label: &str| work.filled("coordinator.area.whole", &[("wedge", label)]);
    let mut groups: Grouped = wedges
        .iter()
        .map(|wedge| {
            let first = (format!("wedge={}", wedge.code), whole(&wedge.label));
            (Some(wedge.label.clone()), std::iter::once(first).chain(in_wedge(Some(&wedge.code))).collect())
        })
        .collect();
    let unknown = (format!("cluster={NOT_KNOWN}"), work.text("coordinator.area.none"));
    groups.push((None, in_wedge(None).into_iter().chain([unknown]).collect()));
    groups
}

fn episodes(
    work: Work,
    areas: RwSignal<Option<RegisterAreas>>,
    wanted: RegisterFilter,
    after: Option<String>,
) -> AnyView {
    let is_first = after.is_none();
    let after = after.map(|after| format!("after={after}"));
    let more_of_it: Vec<String> = after.into_iter().chain([format!("limit={PAGE}")]).collect();
    let at = format!("{REGISTER}?{}", wanted.query(&more_of_it));
    let ask = move || {
        let (asking, at) = (work.asking(None), at.clone());
        answer(async move { asking.get(&at).await?.read::<Found>() })
    };
    asked(work, None, ask, move |Found { episodes: found, next, areas: named }| {
        let said = match (found.len(), &next, is_first) {
            (0, ..) => Some("coordinator.register.none"),
            (_, Some(_), true) => Some("coordinator.register.some"),
            (_, None, true) => Some("coordinator.register.all"),
            (.., false) => None,
        };
        let said = said.map(|key| {
            let count = found.len().to_string();
            let text = work.filled(key, &[("count", &count)]);
            view! { <div role="status"><h2 class="govuk-heading-m">{text}</h2></div> }.into_any()
        });
        let rows: Vec<AnyView> = found.into_iter().map(|entry| row(work, &named, entry)).collect();
        let rows = (!rows.is_empty()).then(|| view! { <ul class="ca-drafts">{rows}</ul> }.into_any());
        // What to choose from is drawn once: the focus may be in it.
        if areas.with_untracked(Option::is_none) {
            areas.set(Some(named));
        }
        let wanted = wanted.clone();
        view! {
            {said}
            {rows}
            {next.map(|next| {
                let id = format!("coordinator.after.{next}");
                more(work, "work.more", id, move || further(work, areas, wanted.clone(), next.clone()))
            })}
        }
        .into_any()
    })
}

fn further(
    work: Work,
    areas: RwSignal<Option<RegisterAreas>>,
    wanted: RegisterFilter,
    after: String,
) -> AnyView {
    episodes(work, areas, wanted, Some(after))
}

fn row(
    work: Work,
    areas: &RegisterAreas,
    RegisterEntry { id, cluster, shown, .. }: RegisterEntry,
) -> AnyView {
    let cluster = cluster.and_then(|code| areas.clusters.iter().find(|cluster| cluster.code == code));
    let area = match cluster {
        Some(cluster) => work.filled("coordinator.in_area", &[("area", &cluster.label)]),
        None => work.text("coordinator.in_area.none"),
    };
    let (name, hidden) = (child(work, &shown), format!(", {}", shown.reference));
    let urgent = pressing(work, &shown);
    let headline = headline(work, &shown);
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <WorkLink class="govuk-link ca-drafts__name" page=WorkPage::Episode(id)>
                    <bdi>{name}</bdi>
                    <span class="govuk-visually-hidden">{hidden}</span>
                </WorkLink>
                {urgent.map(|text| view! { <p class="ca-drafts__urgent">{text}</p> }.into_any())}
                {headline.map(|text| view! { <p class="ca-drafts__detail">{text}</p> }.into_any())}
                <p class="ca-drafts__detail">{area} " " {detail(work, &shown)}</p>
            </div>
        </li>
    }
    .into_any()
}
