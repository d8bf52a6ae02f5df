//! The family of a record's child: who belongs to it, how they are related, and whose record may be opened. What was typed is
//! proposed; somebody says what is so. Nothing here opens a record to anybody.

mod adding;
mod changed;
mod editing;
mod ending;
mod keeping;
mod relating;

use assessment_api::episode::EpisodeRecord;
use assessment_api::family::{Families, Family as FamilyShown, Member, Related};
use assessment_api::path::{self, PERSON_FAMILIES};
use leptos::prelude::*;

use super::asked::asked_about;
use super::{Top, Work, WorkLink, use_work};
use crate::components::redrawn;
use crate::io::records_client::Asking;
use crate::state::work::WorkPage;
use adding::{Add, Proposed};
use editing::{Editing, read};
use ending::{End, Ending};
use keeping::{Keep, Keeping};
use relating::Relate;

#[component]
pub(super) fn Family(id: String) -> impl IntoView {
    let work = use_work();
    let page = WorkPage::Family(id.clone());
    let ask = async |asking: Asking, id: String| {
        let record: EpisodeRecord = asking.get(&path::episode(&id)).await?.read()?;
        let at = PERSON_FAMILIES.replace("{id}", &record.child);
        let (families, tag) = read(asking.get(&at).await?)?;
        Ok((at, families, tag))
    };
    let episode = id.clone();
    view! {
        <Top page/>
        {asked_about(work, id, ask, move |(at, families, tag)| {
            let held = Editing::new(work, episode.clone(), at, families, tag);
            shown(held)
        })}
    }
}

/// What somebody does instead of adding somebody.
#[derive(Debug, Clone, PartialEq)]
enum Doing {
    /// Takes somebody out, or takes back how two are related.
    End(Ending),
    /// Lets fewer people know that somebody belongs to it.
    Keep(Keeping),
}

fn shown(held: Editing) -> AnyView {
    let work = held.work;
    redrawn(move || {
        let families = held.families.get();
        let child = name_of(work, &families, &families.person);
        let count = families.families.len();
        let all: Vec<AnyView> = families
            .families
            .iter()
            .enumerate()
            .map(|(index, one)| {
                let heading = match count {
                    1 => work.filled("work.family.of", &[("name", &child)]),
                    _ => {
                        let number = (index + 1).to_string();
                        work.filled("work.family.number", &[("number", &number), ("name", &child)])
                    }
                };
                view! { <h2 class="govuk-heading-m" dir="auto">{heading}</h2> {family(held, &families, one)} }
                    .into_any()
            })
            .collect();
        let none = all.is_empty().then(|| {
            let heading = work.filled("work.family.of", &[("name", &child)]);
            view! {
                <h2 class="govuk-heading-m" dir="auto">{heading}</h2>
                <p>{work.text("work.family.none")}</p>
            }
            .into_any()
        });
        let changes = families.may_change.then(|| changes(held, families.clone()));
        view! {
            {none}
            {all}
            {changes}
        }
        .into_any()
    })
}

/// What is to end or to be kept more closely; or who may belong to it, and forms for somebody else and for how two are related.
fn changes(held: Editing, families: Families) -> AnyView {
    let proposals = families.proposals.clone();
    redrawn(move || match held.doing.get() {
        Some(Doing::End(ending)) => view! { <End held ending/> }.into_any(),
        Some(Doing::Keep(keeping)) => view! { <Keep held keeping/> }.into_any(),
        None => {
            let proposed = (!proposals.is_empty())
                .then(|| view! { <Proposed held proposals=proposals.clone()/> }.into_any());
            view! { {proposed} <Add held/> <Relate held/> }.into_any()
        }
    })
}

/// The members of one family other than the child, those with a record first.
fn family(held: Editing, all: &Families, one: &FamilyShown) -> AnyView {
    let mut members: Vec<&Member> = one.members.iter().filter(|member| member.id != all.person).collect();
    members.sort_by_key(|member| (member.record.is_none(), member.name.clone()));
    let rows: Vec<AnyView> = members.into_iter().map(|member| row(held, all, one, member)).collect();
    // That the child belongs to it at all may be what nobody else is to know.
    let own = one.members.iter().find(|member| member.id == all.person);
    let own = own.filter(|_| all.may_change).and_then(|member| {
        let name = name_of(held.work, all, &all.person);
        keeping::begin(held, &one.id, &member.id, (&name, true), &member.protection)
    });
    let closely = own_closely(held.work, all, one);
    view! {
        {closely}
        <ul class="ca-drafts">{rows}</ul>
        {own}
    }
    .into_any()
}

/// That only some may know that the child belongs to it.
fn own_closely(work: Work, all: &Families, one: &FamilyShown) -> Option<AnyView> {
    let own = one.members.iter().find(|member| member.id == all.person)?;
    closely(work, own)
}

fn closely(work: Work, member: &Member) -> Option<AnyView> {
    (member.protection != "ordinary").then(|| {
        let text = work.code("work.family.closely.", &member.protection);
        view! { <p class="ca-drafts__detail">{text}</p> }.into_any()
    })
}

fn row(held: Editing, all: &Families, one: &FamilyShown, member: &Member) -> AnyView {
    let work = held.work;
    let name = member.name.clone().unwrap_or_else(|| work.text("work.no_name"));
    let said: Vec<&Related> = one.related.iter().filter(|related| related.person == member.id).collect();
    // Said the other way round, or following from a parent of both.
    let sibling = (member.sibling && said.iter().all(|related| related.to != all.person)).then(|| {
        let text = work.filled("work.family.sibling", &[("name", &name_of(work, all, &all.person))]);
        view! { <p class="ca-drafts__detail" dir="auto">{text}</p> }.into_any()
    });
    let lines: Vec<AnyView> = said.into_iter().map(|related| link(held, all, one, related)).collect();
    let leave = all.may_change.then(|| {
        let ending = Ending::leave(&one.id, &member.id, &name);
        let hidden = format!(" {name}");
        let press = move |_| ending::begin(held, ending.clone());
        let closer = keeping::begin(held, &one.id, &member.id, (&name, false), &member.protection);
        view! {
            <div class="ca-drafts__actions">
                {closer}
                <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=press>
                    {work.text("work.family.leave")}
                    <span class="govuk-visually-hidden">{hidden}</span>
                </button>
            </div>
        }
        .into_any()
    });
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <p class="ca-drafts__detail"><strong><bdi>{name}</bdi></strong></p>
                {lines}
                {sibling}
                {closely(work, member)}
                {record(work, member)}
            </div>
            {leave}
        </li>
    }
    .into_any()
}

/// What somebody is to one other member.
fn link(held: Editing, all: &Families, one: &FamilyShown, related: &Related) -> AnyView {
    let work = held.work;
    let (relationship, to) = (relationship(work, &related.relationship), name_of(work, all, &related.to));
    let text = work.filled("work.family.is", &[("relationship", &relationship), ("name", &to)]);
    let wrong = all.may_change.then(|| {
        let ending = Ending::unrelate(&one.id, related.clone(), &relationship, &to);
        let hidden = format!(": {text}");
        view! {
            " "
            <button type="button" class="ca-press" on:click=move |_| ending::begin(held, ending.clone())>
                {work.text("work.family.not_right")}
                <span class="govuk-visually-hidden">{hidden}</span>
            </button>
        }
        .into_any()
    });
    view! { <p class="ca-drafts__detail"><bdi>{text}</bdi> {wrong}</p> }.into_any()
}

/// The records of a member that may be opened, or whom to ask.
fn record(work: Work, member: &Member) -> Option<AnyView> {
    let record = member.record.as_ref()?;
    if record.episodes.is_empty() || !record.readable {
        let organisation = work.form.words().list(&record.held_by);
        let text = work.filled("work.family.ask", &[("organisation", &organisation)]);
        return Some(view! { <p class="ca-drafts__detail" dir="auto">{text}</p> }.into_any());
    }
    let is_one = record.episodes.len() == 1;
    let name = member.name.clone().unwrap_or_default();
    let links = record.episodes.iter().enumerate().map(|(index, id)| {
        let text = match is_one {
            true => work.text("work.family.record"),
            false => work.filled("work.family.record.number", &[("number", &(index + 1).to_string())]),
        };
        let hidden = format!(": {name}");
        view! {
            <p class="ca-drafts__detail">
                <WorkLink page=WorkPage::Episode(id.clone())>
                    {text}
                    <span class="govuk-visually-hidden">{hidden}</span>
                </WorkLink>
            </p>
        }
        .into_any()
    });
    Some(links.collect_view().into_any())
}

/// What a member is called.
fn name_of(work: Work, families: &Families, id: &str) -> String {
    let members = families.families.iter().flat_map(|one| &one.members);
    let found = members.filter(|member| member.id == id).find_map(|member| member.name.clone());
    found
        .or_else(|| families.name.clone().filter(|_| families.person == id))
        .unwrap_or_else(|| work.text("work.no_name"))
}

/// A relationship as the form's list says it.
fn relationship(work: Work, code: &str) -> String {
    let standards = work.form.standards();
    standards.lists.find("relationship", code).map_or_else(|| code.to_owned(), |found| found.label.clone())
}
