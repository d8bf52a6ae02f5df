//! Who must not be told about a record, whatever they were given: a relative who works there, for example. Why is kept with
//! it, and so is why somebody may be told again.

use assessment_api::episode::{EpisodeMember, MemberList};
use assessment_api::episode_change::{Excluded, ExcludedPerson, ExcludedShown, LiftedExclusion};
use assessment_api::path::{self, SESSION};
use assessment_api::session::Session;
use assessment_people::access::Action;
use leptos::prelude::*;

use super::after::{OpenRecord, Sent, typed};
use super::asked::{answer, asked};
use super::fields::{Choice, LongText, ShortText};
use super::organisation::WhichOrganisation;
use super::{Work, use_work};
use crate::components::redrawn;

/// The ids of the fields.
const WHO: &str = "work.kept_out.who";
const SUBJECT: &str = "work.kept_out.subject";
const ISSUER: &str = "work.kept_out.issuer";
const ORGANISATION: &str = "work.kept_out.organisation";
const WHY: &str = "work.kept_out.why";
const AGAIN: &str = "work.kept_out.again.why";

/// The two that are nobody of the team.
const PERSON: &str = "person";
const EVERYBODY: &str = "organisation";

#[component]
pub(super) fn KeptOut(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let record = held.record();
    let lifts = held.may(Action::LiftExclusion);
    // Which of the list may be told again, once somebody has pressed.
    let lifted = RwSignal::new(None::<ExcludedShown>);
    let rows: Vec<AnyView> = record
        .excluded
        .unwrap_or_default()
        .into_iter()
        .map(|one| {
            let name = called(work, &one);
            let hidden = format!(" {name}");
            let button = lifts.then(|| {
                let press = move |_| {
                    lifted.set(Some(one.clone()));
                    work.form.focus(AGAIN);
                };
                view! {
                    <div class="ca-drafts__actions">
                        <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=press>
                            {work.text("work.kept_out.again")}
                            <span class="govuk-visually-hidden">{hidden}</span>
                        </button>
                    </div>
                }
                .into_any()
            });
            view! {
                <li class="ca-drafts__item">
                    <div class="ca-drafts__about"><p class="ca-drafts__detail"><strong><bdi>{name}</bdi></strong></p></div>
                    {button}
                </li>
            }
            .into_any()
        })
        .collect();
    let list = match rows.is_empty() {
        true => view! { <p>{work.text("work.kept_out.none")}</p> }.into_any(),
        false => view! { <ul class="ca-drafts">{rows}</ul> }.into_any(),
    };
    let excludes = held.may(Action::Exclude);
    let id = record.id;
    view! {
        <p>{work.text("work.kept_out.about")}</p>
        {list}
        {redrawn(move || match lifted.get() {
            Some(one) => view! { <Lift held=held.part(&again(&one)) one/> }.into_any(),
            None if excludes => {
                let of = id.clone();
                let ask = move || {
                    let (asking, at) = (work.asking(Some(&of)), format!("{}/members", path::episode(&of)));
                    answer(async move {
                        let MemberList { mut members } = asking.get(&at).await?.read()?;
                        // Nobody keeps themselves out.
                        if let Ok(own) = asking.get(SESSION).await.and_then(|reply| reply.read::<Session>()) {
                            members.retain(|one| !is_they(one, &own));
                        }
                        Ok(members)
                    })
                };
                asked(work, Some(id.clone()), ask, move |members| {
                    view! { <Exclude held=held.part("out") members/> }.into_any()
                })
            }
            None => ().into_any(),
        })}
    }
}

/// Whether this is who is signed in. The list has no more of them than what they are called.
fn is_they(member: &EpisodeMember, own: &Session) -> bool {
    member.name.as_ref() == Some(&own.name) && member.organisation.as_ref() == Some(&own.organisation)
}

/// The form for letting them know again: what is typed for one is not for another.
fn again(one: &ExcludedShown) -> String {
    let text = |of: &Option<String>| of.clone().unwrap_or_default();
    ["again", &*text(&one.issuer), &*text(&one.subject), &*text(&one.organisation)].join(" ")
}

/// How somebody who must not be told is called.
fn called(work: Work, one: &ExcludedShown) -> String {
    match (&one.name, &one.organisation, &one.subject) {
        (Some(name), ..) => name.clone(),
        (None, Some(organisation), _) => {
            work.filled("work.kept_out.everybody", &[("organisation", organisation)])
        }
        (None, None, subject) => {
            work.filled("work.kept_out.person", &[("subject", subject.as_deref().unwrap_or_default())])
        }
    }
}

#[component]
fn Exclude(held: OpenRecord, members: Vec<EpisodeMember>) -> impl IntoView {
    let work = use_work();
    let [who, subject, issuer, organisation, why] =
        ["who", "subject", "issuer", "organisation", "why"].map(|name| held.field(name));
    let is_pressed = RwSignal::new(false);
    let named = |member: EpisodeMember| {
        let name = member.name.unwrap_or_else(|| work.text("work.somebody"));
        let name = member.organisation.map_or(name.clone(), |organisation| format!("{name}, {organisation}"));
        (member.id, name)
    };
    let team = members.into_iter().filter(|member| member.status != "ended").map(named);
    let others =
        [PERSON, EVERYBODY].map(|code| (code.to_owned(), work.text(&["work.kept_out.who.", code].concat())));
    let options: Vec<(String, String)> = team.chain(others).collect();
    let is = move |code: &'static str| who.with(|who| who == code);
    let which = move || {
        if is(PERSON) {
            return view! {
                <ShortText
                    id=SUBJECT
                    label=work.text("work.invite.subject")
                    hint=Some(work.text("work.invite.subject.hint"))
                    value=subject
                    error=held.needed(is_pressed, subject, "work.kept_out.subject.needed")
                />
                <ShortText
                    id=ISSUER
                    label=work.text("work.invite.issuer")
                    hint=Some(work.text("work.invite.issuer.hint"))
                    value=issuer
                    error=held.needed(is_pressed, issuer, "work.kept_out.issuer.needed")
                />
            }
            .into_any();
        }
        match is(EVERYBODY) {
            true => view! {
                <WhichOrganisation
                    id=ORGANISATION
                    without=vec![held.record().shown.holder]
                    value=organisation
                    error=held.needed(is_pressed, organisation, "work.organisation.needed")
                />
            }
            .into_any(),
            false => ().into_any(),
        }
    };
    let is_ready = move || {
        is_pressed.set(true);
        let chosen = who.get_untracked();
        let missing = [
            (typed(who).is_none(), WHO),
            (chosen == PERSON && typed(subject).is_none(), SUBJECT),
            (chosen == PERSON && typed(issuer).is_none(), ISSUER),
            (chosen == EVERYBODY && typed(organisation).is_none(), ORGANISATION),
            (typed(why).is_none(), WHY),
        ];
        let first = missing.into_iter().find(|(is_missing, _)| *is_missing);
        if let Some((_, id)) = first {
            work.form.focus(id);
        }
        first.is_none()
    };
    let send = move || {
        let text = |value| typed(value).unwrap_or_default();
        let nobody = Excluded { person: None, member: None, organisation: None };
        let excluded = match who.get_untracked().as_str() {
            PERSON => {
                let person = ExcludedPerson { issuer: text(issuer), subject: text(subject) };
                Excluded { person: Some(person), ..nobody }
            }
            EVERYBODY => Excluded { organisation: typed(organisation), ..nobody },
            member => Excluded { member: Some(member.to_owned()), ..nobody },
        };
        let exclude: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.post(&format!("{at}/exclusions"), &excluded, Some(&revision)).await })
        });
        // Why goes to the access log, where those who may see it can read it.
        held.send(exclude, typed(why), "work.kept_out.done");
    };
    view! {
        <h2 class="govuk-heading-m">{work.text("work.kept_out.add")}</h2>
        <Choice
            name=WHO
            legend=work.text("work.kept_out.who")
            options
            value=who
            error=held.needed(is_pressed, who, "work.kept_out.who.needed")
        />
        {redrawn(which)}
        <LongText
            id=WHY
            label=work.text("work.kept_out.why")
            hint=work.text("work.kept_out.why.hint")
            value=why
            error=held.needed(is_pressed, why, "work.kept_out.why.needed")
        />
        {held.button("work.kept_out.button", Signal::derive(|| None), is_ready, send)}
    }
}

#[component]
fn Lift(held: OpenRecord, one: ExcludedShown) -> impl IntoView {
    let work = use_work();
    let why = held.field("lift");
    let is_pressed = RwSignal::new(false);
    let name = called(work, &one);
    let is_ready = move || {
        is_pressed.set(true);
        let is_there = typed(why).is_some();
        if !is_there {
            work.form.focus(AGAIN);
        }
        is_there
    };
    let send = move || {
        let one = one.clone();
        let person = one.issuer.zip(one.subject).map(|(issuer, subject)| ExcludedPerson { issuer, subject });
        let excluded = Excluded { person, member: None, organisation: one.organisation };
        let lifted = LiftedExclusion { excluded, reason: typed(why).unwrap_or_default() };
        let lift: Sent = Box::new(|asking, at, revision| {
            answer(
                async move { asking.post(&format!("{at}/exclusions/lifted"), &lifted, Some(&revision)).await },
            )
        });
        held.send(lift, None, "work.kept_out.lifted");
    };
    view! {
        <h2 class="govuk-heading-m">{work.filled("work.kept_out.again.who", &[("name", &name)])}</h2>
        <LongText
            id=AGAIN
            label=work.text("work.kept_out.again.why")
            hint=work.text("work.kept_out.why.hint")
            value=why
            error=held.needed(is_pressed, why, "work.kept_out.again.needed")
        />
        {held.button("work.kept_out.again", Signal::derive(|| None), is_ready, send)}
    }
}
