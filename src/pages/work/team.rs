//! The team of a record: who was let into it, as what and until when; ending somebody's access; and letting somebody in.

use assessment_api::episode::{EpisodeMember, MemberList};
use assessment_api::path;
use assessment_people::access::Sections;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::{answer, asked};
use super::invite::Invite;
use super::list::day;
use super::{Top, Work, WorkLink, use_work};
use crate::components::redrawn;
use crate::io::clock;
use crate::state::Focus;
use crate::state::team::TeamPage;
use crate::state::work::WorkPage;

#[component]
pub(super) fn Team(id: String) -> impl IntoView {
    let work = use_work();
    let page = WorkPage::Team(id.clone());
    // Rises with each change, after which the list is read again.
    let round = RwSignal::new(0_u32);
    // What became of the last change: a wording key.
    let said = RwSignal::new(None::<&'static str>);
    let changed = Callback::new(move |key: &'static str| {
        said.set(Some(key));
        round.update(|round| *round += 1);
        work.form.announce(&work.text(key));
        work.form.focus_on(Focus::Heading);
    });
    let ask = {
        let id = id.clone();
        move || {
            let asking = work.asking(Some(&id));
            let at = format!("{}/members", path::episode(&id));
            answer(async move {
                let reply = asking.get(&at).await?;
                let revision = reply.revision.clone().unwrap_or_default();
                Ok((reply.read::<MemberList>()?, revision))
            })
        }
    };
    let ask = StoredValue::new(std::sync::Arc::new(ask));
    view! {
        <Top page/>
        {redrawn(move || said.get().map(|key| {
            view! { <p class="govuk-inset-text">{work.text(key)}</p> }.into_any()
        }))}
        <p>{work.text("work.team.about")}</p>
        {redrawn(move || {
            round.track();
            let id = id.clone();
            asked(work, Some(id.clone()), move || ask.get_value()(), move |(list, revision): (MemberList, String)| {
                let id = id.clone();
                let rows: Vec<AnyView> = list
                    .members
                    .into_iter()
                    .map(|one| member(work, &id, &revision, one, changed))
                    .collect();
                view! {
                    <ul class="ca-drafts">{rows}</ul>
                    <Invite id revision=revision.clone() changed/>
                }
                .into_any()
            })
        })}
    }
}

fn member(
    work: Work,
    id: &str,
    revision: &str,
    member: EpisodeMember,
    changed: Callback<&'static str>,
) -> AnyView {
    let name = member.name.clone().unwrap_or_else(|| work.text("work.somebody"));
    let who = match &member.organisation {
        Some(organisation) => format!("{name}, {organisation}"),
        None => name.clone(),
    };
    // Somebody who has left is still named: nothing of theirs is anybody else's by being looked at.
    let who = if member.has_left { work.filled("work.team.left", &[("name", &who)]) } else { who };
    let until = clock::in_words(&member.until);
    let status = work.filled(&format!("work.status.{}", member.status), &[("day", &until)]);
    let up_to = work.code("work.up_to.", &member.up_to);
    let detail = [work.code("work.role.", &member.role), status].join(". ");
    let by = member.given_by.as_ref().map(|name| {
        let text = work.filled("work.team.by", &[("name", name)]);
        view! { <p class="ca-drafts__detail">{text}</p> }.into_any()
    });
    let is_over = member.status == "ended";
    // What they were sent is still with them.
    let copies: Vec<AnyView> = member
        .copies
        .iter()
        .filter(|_| is_over || member.has_left)
        .map(|copy| {
            let on = copy.on.as_deref().unwrap_or(&copy.sent_on);
            let text = work.filled("work.team.copy", &[("day", &*day(work, on))]);
            view! { <p class="ca-drafts__detail">{text}</p> }.into_any()
        })
        .collect();
    let sees = (!is_over).then(|| {
        let text = [sections_seen(work, &member.sections), up_to].join(" ");
        view! { <p class="ca-drafts__detail">{text}</p> }.into_any()
    });
    // Each open action needs an owner: what was promised stays theirs until somebody says otherwise.
    let owes = (member.open_actions > 0).then(|| {
        let key = if is_over || member.has_left { "work.team.owes.left" } else { "work.team.owes" };
        let text = work.filled(key, &[("count", &member.open_actions.to_string())]);
        let page = WorkPage::Together(TeamPage::Plan(id.to_owned()));
        view! {
            <p class="ca-drafts__detail">{text} " " <WorkLink page>{work.text("work.title.plan")}</WorkLink></p>
        }
        .into_any()
    });
    let end = (!is_over).then(|| {
        let at = format!("{}/members/{}", path::episode(id), member.id);
        ending(work, name, (id.to_owned(), at, revision.to_owned()), changed)
    });
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <p class="ca-drafts__detail"><strong><bdi>{who}</bdi></strong></p>
                <p class="ca-drafts__detail">{detail}</p>
                {by}
                {owes}
                {copies}
                {sees}
            </div>
            {end}
        </li>
    }
    .into_any()
}

/// Which sections somebody sees, in words.
fn sections_seen(work: Work, seen: &[u8]) -> String {
    let hidden = super::episode::hidden_sections(work, seen);
    match (hidden.is_empty(), seen.is_empty()) {
        (true, _) => work.text("work.sees.all"),
        (_, true) => work.text("work.sees.none"),
        _ => {
            let names: Vec<String> = seen.iter().map(|number| section_names(work, *number)).collect();
            work.filled("work.sees", &[("sections", &names.join("; "))])
        }
    }
}

/// What the parts of a section are called.
pub(super) fn section_names(work: Work, number: u8) -> String {
    let is_in = |section: &&str| assessment_engine::sections::number(section) == Some(number);
    let names = assessment_engine::sections::sections().into_iter().filter(is_in);
    let names = names.map(|section| work.form.text(&format!("section.{section}")));
    names.chain(team_section(work, number)).collect::<Vec<_>>().join(", ")
}

/// The sections in which the team around the child writes.
const TEAM_SECTIONS: [u8; 4] = [Sections::PLAN, Sections::REVIEWS, Sections::MEETINGS, Sections::CLOSING];

/// What the team writes that somebody who sees these sections does not see.
pub(super) fn team_sections_hidden(work: Work, seen: &[u8]) -> Vec<String> {
    let hidden = TEAM_SECTIONS.into_iter().filter(|number| !seen.contains(number));
    hidden.filter_map(|number| team_section(work, number)).collect()
}

/// What the team writes in a section: the plan, reviews, meetings, the closing.
fn team_section(work: Work, number: u8) -> Option<String> {
    TEAM_SECTIONS.contains(&number).then(|| work.text(&format!("work.section.{number}")))
}

/// The way to end somebody's access: asked once more, since it takes effect at once. `of` is the episode, where the
/// membership is, and the revision.
fn ending(
    work: Work,
    name: String,
    of: (String, String, String),
    changed: Callback<&'static str>,
) -> AnyView {
    let is_sure = RwSignal::new(false);
    let failed = RwSignal::new(None::<&'static str>);
    let of = StoredValue::new(of);
    let end = move || {
        let (id, at, revision) = of.get_value();
        let asking = work.asking(Some(&id));
        spawn_local(async move {
            match asking.delete(&at, &revision).await {
                Ok(_) => {
                    changed.try_run("work.team.ended");
                }
                Err(failure) => {
                    let _ = failed.try_set(Some(failure.key()));
                }
            }
        });
    };
    let hidden = format!(" {name}");
    let press = move |event: MouseEvent| match is_sure.get_untracked() {
        // The second half of a double-click is no answer.
        _ if event.detail() > 1 => (),
        true => end(),
        false => is_sure.set(true),
    };
    let label = move || work.text(if is_sure.get() { "work.team.end.sure" } else { "work.team.end" });
    let failed = redrawn(move || {
        failed
            .get()
            .map(|key| view! { <p class="govuk-error-message" role="alert">{work.text(key)}</p> }.into_any())
    });
    // One button, so that the focus stays on it.
    view! {
        <div class="ca-drafts__actions">
            {failed}
            <button
                part="button"
                type="button"
                class="govuk-button"
                class:govuk-button--secondary=move || !is_sure.get()
                class:govuk-button--warning=is_sure
                on:click=press
            >
                {label}
                <span class="govuk-visually-hidden">{hidden}</span>
            </button>
        </div>
    }
    .into_any()
}
