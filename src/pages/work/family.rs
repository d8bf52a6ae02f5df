//! The family of a record's child: who belongs to it, how they are related, and whose record may be opened. What was typed is
//! proposed; somebody says what is so. Nothing here opens a record to anybody.

mod adding;
mod ending;

use assessment_api::episode::EpisodeRecord;
use assessment_api::family::{Families, Family as FamilyShown, FamilyChange, Member, Related};
use assessment_api::path::{self, PERSON_FAMILIES};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::asked_about;
use super::{Top, Work, WorkLink, use_work};
use crate::components::{SignIn, redrawn};
use crate::io::records_client::{Asking, Reply};
use crate::state::Focus;
use crate::state::work::{Failure, WorkPage};
use adding::{Add, Proposed};
use ending::{End, Ending};

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
            let held = Editing {
                work,
                at: StoredValue::new((episode.clone(), at)),
                families: RwSignal::new(families),
                tag: RwSignal::new(tag),
                failed: RwSignal::new(None),
                was: RwSignal::new(None),
                is_sending: RwSignal::new(false),
                ending: RwSignal::new(None),
            };
            shown(held)
        })}
    }
}

fn read(reply: Reply) -> Result<(Families, String), Failure> {
    let tag = reply.revision.clone().unwrap_or_default();
    Ok((reply.read()?, tag))
}

/// The families as they were read last, and what became of the last attempt to change them.
#[derive(Clone, Copy)]
struct Editing {
    work: Work,
    /// The episode, and the address of the families.
    at: StoredValue<(String, String)>,
    families: RwSignal<Families>,
    tag: RwSignal<String>,
    /// In which of its forms, and why.
    failed: RwSignal<Option<(&'static str, Failure)>>,
    /// As they were before somebody else changed them.
    was: RwSignal<Option<Families>>,
    is_sending: RwSignal<bool>,
    /// What is to end, once somebody has pressed.
    ending: RwSignal<Option<Ending>>,
}

impl Editing {
    /// What is typed into one field of this page. It stays until it was taken.
    fn field(self, name: &str) -> RwSignal<String> {
        self.work.field(&[&*self.stem(), name].concat())
    }

    fn stem(self) -> String {
        self.at.with_value(|(episode, _)| format!("family.{episode}."))
    }

    /// The name of the child.
    fn child(self) -> String {
        self.families.with_untracked(|families| name_of(self.work, families, &families.person))
    }

    /// Sends a change from the form of that name, in which these fields are. Where somebody else was first, the families are
    /// read again, and nothing that was typed goes.
    fn send(self, form: &'static str, change: FamilyChange, fields: &[&str]) {
        if self.is_sending.get_untracked() {
            return;
        }
        self.is_sending.set(true);
        self.failed.set(None);
        let (episode, at) = self.at.get_value();
        let (asking, tag) = (self.work.asking(Some(&episode)), self.tag.get_untracked());
        let stem = self.stem();
        let typed: Vec<_> = fields.iter().map(|name| self.work.sending(&[&*stem, *name].concat())).collect();
        spawn_local(async move {
            let sent = asking.post(&at, &change, Some(&tag)).await.and_then(read);
            let failed = match sent {
                Ok((families, tag)) => {
                    typed.into_iter().for_each(|one| one.taken());
                    let _ = self.was.try_set(None);
                    let _ = self.ending.try_set(None);
                    let _ = self.tag.try_set(tag);
                    // Somebody who has gone to another page is left there.
                    if self.families.try_set(families).is_none() {
                        self.work.form.announce(&self.work.text("work.family.added"));
                        self.work.form.focus_on(Focus::Heading);
                    }
                    None
                }
                Err(Failure::Changed) => match asking.get(&at).await.and_then(read) {
                    Ok((families, tag)) => {
                        let _ = self.was.try_set(self.families.try_get_untracked());
                        let _ = self.tag.try_set(tag);
                        let _ = self.families.try_set(families);
                        Some(Failure::Changed)
                    }
                    Err(failure) => Some(failure),
                },
                Err(failure) => Some(failure),
            };
            let _ = self.is_sending.try_set(false);
            let _ = self.failed.try_set(failed.map(|failure| (form, failure)));
        });
    }

    /// Why the last attempt was not taken, and what somebody else has changed.
    fn refusal(self, form: &'static str) -> AnyView {
        redrawn(move || {
            let (of, failure) = self.failed.get()?;
            let work = self.work;
            if of != form {
                return None;
            }
            let key = match failure {
                Failure::Changed => "work.family.changed",
                other => other.key(),
            };
            // In another window: this one has words that are nowhere else.
            let sign_in = (failure == Failure::SignIn)
                .then(|| view! { <SignIn text="sign_in.again" beside=true/> }.into_any());
            let names = |families: &Families| -> Vec<String> {
                let members = families.families.iter().flat_map(|one| &one.members);
                members.filter_map(|member| member.name.clone()).collect()
            };
            let (now, was) = (self.families.with(names), self.was.get().map(|was| names(&was)));
            let without = |all: &[String], others: &[String]| -> Vec<String> {
                all.iter().filter(|name| !others.contains(name)).cloned().collect()
            };
            let changes = was.filter(|_| failure == Failure::Changed).map(|was| {
                let sides = [
                    ("work.family.changed.in", without(&now, &was)),
                    ("work.family.changed.out", without(&was, &now)),
                ];
                let some = sides.into_iter().filter(|(_, names)| !names.is_empty());
                let lines = some.map(|(key, names)| {
                    let names = work.form.words().list(&names);
                    view! { <p>{work.filled(key, &[("names", &names)])}</p> }.into_any()
                });
                lines.collect_view()
            });
            Some(
                view! {
                    <div class="govuk-inset-text">
                        <p role="alert">{work.text(key)}</p>
                        {changes}
                        {sign_in}
                    </div>
                }
                .into_any(),
            )
        })
    }

    /// The button of the form of that name.
    fn button(
        self,
        form: &'static str,
        key: &'static str,
        press: impl Fn() + Send + Sync + 'static,
    ) -> AnyView {
        view! {
            {self.refusal(form)}
            <button
                part="button"
                type="button"
                class="govuk-button"
                aria-disabled=move || self.is_sending.get().then_some("true")
                on:click=move |_| press()
            >
                {self.work.text(key)}
            </button>
        }
        .into_any()
    }
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

/// What is to end, who may belong to it, and a form for somebody else. One thing at a time.
fn changes(held: Editing, families: Families) -> AnyView {
    let proposals = families.proposals.clone();
    redrawn(move || match held.ending.get() {
        Some(ending) => view! { <End held ending/> }.into_any(),
        None => {
            let proposed = (!proposals.is_empty())
                .then(|| view! { <Proposed held proposals=proposals.clone()/> }.into_any());
            view! { {proposed} <Add held/> }.into_any()
        }
    })
}

/// The members of one family other than the child, those with a record first.
fn family(held: Editing, all: &Families, one: &FamilyShown) -> AnyView {
    let mut members: Vec<&Member> = one.members.iter().filter(|member| member.id != all.person).collect();
    members.sort_by_key(|member| (member.record.is_none(), member.name.clone()));
    let rows: Vec<AnyView> = members.into_iter().map(|member| row(held, all, one, member)).collect();
    view! { <ul class="ca-drafts">{rows}</ul> }.into_any()
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
    let closely = (member.protection != "ordinary").then(|| {
        let text = work.code("work.family.closely.", &member.protection);
        view! { <p class="ca-drafts__detail">{text}</p> }.into_any()
    });
    let leave = all.may_change.then(|| {
        let ending = Ending::leave(&one.id, &member.id, &name);
        let hidden = format!(" {name}");
        let press = move |_| ending::begin(held, ending.clone());
        view! {
            <div class="ca-drafts__actions">
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
                {closely}
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
