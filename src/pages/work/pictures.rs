//! The ways from an episode to its pictures and to what the family reads: only to those that this person may open.

use assessment_api::episode::EpisodeRecord;
use assessment_people::access::Action;
use leptos::prelude::*;

use super::{Work, WorkLink};
use crate::state::team::TeamPage;
use crate::state::work::WorkPage;
use crate::state::work::after::may;

/// The links, with a heading; nothing where there is none.
pub(super) fn pictures(work: Work, record: &EpisodeRecord) -> Option<AnyView> {
    let id = || record.id.clone();
    let reads = may(record, Action::ReadTeamRecords);
    let sees = may(record, Action::ReadVersion);
    let pages = [
        (reads, TeamPage::Timeline(id())),
        (reads, TeamPage::Progress(id())),
        (sees, TeamPage::ThenNow(id())),
        (sees && reads, TeamPage::Map(id())),
        (may(record, Action::ReadFamilyCopy) || may(record, Action::ExportEpisode), TeamPage::Family(id())),
    ];
    let links = pages.into_iter().filter(|(is_open, _)| *is_open).map(|(_, page)| {
        let text = work.text(&["work.title.", page.name()].concat());
        view! { <li><WorkLink page=WorkPage::Together(page)>{text}</WorkLink></li> }.into_any()
    });
    let links: Vec<AnyView> = links.collect();
    // The family has its own page, and no pictures.
    let heading = if reads || sees { "work.pictures" } else { "work.agreed" };
    (!links.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">{work.text(heading)}</h2>
            <ul class="govuk-list">{links}</ul>
        }
        .into_any()
    })
}
