//! What is known of one child, and the joins that the record was in: who made them and when, and taking the last one apart
//! as long as that can be done.

use assessment_api::path::PERSON_MERGE;
use assessment_api::person::{Merge, PersonRecord, TakenApart};
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::work::asked::{answer, asked};
use super::super::work::episode::fact;
use super::super::work::fields::LongText;
use super::super::work::list::day;
use super::super::work::search::born_in_words;
use super::{Work, WorkLink, person_at, told, use_work};
use crate::components::redrawn;
use crate::io::records_client::{Asking, Follows, Refused};
use crate::state::work::{Failure, WorkPage};

/// What begins the id of a reason, and that of what is said afterwards. The number of the join comes after both where there
/// may be several.
const REASON: &str = "coordinator.apart.reason";
const SAID: &str = "coordinator.apart.said";

#[component]
pub(super) fn Person(id: String) -> impl IntoView {
    let work = use_work();
    let round = RwSignal::new(0_u32);
    let said = RwSignal::new(Vec::<String>::new());
    let done = Callback::new(move |lines: Vec<String>| {
        said.set(lines);
        round.update(|round| *round += 1);
        work.form.focus(SAID);
    });
    view! {
        {redrawn(move || {
            let lines = said.get();
            (!lines.is_empty()).then(|| told(SAID, lines.join(" ")))
        })}
        {redrawn(move || {
            round.track();
            let id = id.clone();
            let ask = move || {
                let (asking, at) = (work.asking(None), person_at(&id));
                answer(async move {
                    let reply = asking.get(&at).await?;
                    Ok((reply.read::<PersonRecord>()?, reply.revision))
                })
            };
            asked(work, None, ask, move |(record, revision)| found(work, record, revision, done))
        })}
    }
}

fn found(work: Work, record: PersonRecord, revision: Option<String>, done: Callback<Vec<String>>) -> AnyView {
    let words = work.form.words();
    let list = |items: Vec<String>| (!items.is_empty()).then(|| words.list(&items));
    let rows = [
        ("coordinator.fact.name", list(record.names.iter().map(|name| name.name.clone()).collect())),
        ("coordinator.fact.born", list(record.born.iter().map(|born| born_in_words(work, born)).collect())),
        ("work.fact.holder", list(record.held_by.clone())),
    ];
    let rows = rows.into_iter().filter_map(|(key, value)| Some(fact(work.text(key), value?)));
    let merged =
        record.merged.as_ref().map(|note| view! { <p class="govuk-inset-text">{note.words.clone()}</p> });
    let joins: Vec<AnyView> = record
        .merges
        .iter()
        .rev()
        .map(|merge| {
            let is_here = merge.kept == record.id;
            join(work, merge.clone(), revision.clone().filter(|_| is_here), done)
        })
        .collect();
    let joins = match joins.is_empty() {
        true => view! { <p>{work.text("coordinator.joins.none")}</p> }.into_any(),
        false => view! { <ul class="ca-drafts">{joins}</ul> }.into_any(),
    };
    view! {
        {merged}
        <dl class="govuk-summary-list">{rows.collect_view()}</dl>
        {episodes(work, &record)}
        <h2 class="govuk-heading-m">{work.text("coordinator.joins")}</h2>
        {joins}
    }
    .into_any()
}

/// The child's records, where there are several: one of them can be made part of another.
fn episodes(work: Work, record: &PersonRecord) -> Option<AnyView> {
    let links = record.episodes.iter().zip(1..).map(|(id, number): (_, u32)| {
        let text = work.filled("coordinator.person.record", &[("number", &number.to_string())]);
        let page = WorkPage::Episode(id.clone());
        view! { <li><WorkLink page>{text}</WorkLink></li> }.into_any()
    });
    let links: Vec<AnyView> = links.collect();
    (links.len() > 1).then(|| {
        view! {
            <p>{work.text("coordinator.person.records")}</p>
            <ul class="govuk-list">{links}</ul>
        }
        .into_any()
    })
}

/// One join. `revision` is that of the record where it can be taken apart from there.
fn join(work: Work, merge: Merge, revision: Option<String>, done: Callback<Vec<String>>) -> AnyView {
    let made = [("day", &*day(work, &merge.on)), ("name", &*merge.by)];
    let made = work.filled("coordinator.join.made", &made);
    let until = assessment_form::parse_day(&merge.can_be_undone_until);
    let is_in_time = until.is_some_and(|until| until >= work.form.today());
    let state = match (&merge.undone, is_in_time) {
        (Some(undone), _) => {
            let values = [("day", &*day(work, &undone.on)), ("name", &*undone.by)];
            work.filled("coordinator.join.undone", &values)
        }
        (None, true) => {
            work.filled("coordinator.join.until", &[("day", &day(work, &merge.can_be_undone_until))])
        }
        (None, false) => work.text("coordinator.join.too_late"),
    };
    let can = merge.undone.is_none() && is_in_time;
    let apart = revision
        .filter(|_| can)
        .map(|revision| view! { <TakeApart merge=merge.clone() revision done/> }.into_any());
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <p><strong>{made}</strong></p>
                <p class="ca-drafts__detail">{state}</p>
                {apart}
            </div>
        </li>
    }
    .into_any()
}

/// Taking a join apart, at a second press and with a reason.
#[component]
fn TakeApart(merge: Merge, revision: String, done: Callback<Vec<String>>) -> impl IntoView {
    let work = use_work();
    let name = format!("coordinator.apart.{}.{}", merge.kept, merge.number);
    let reason = work.field(&name);
    let [reason_id, said_id] = [REASON, SAID].map(|stem| format!("{stem}.{}", merge.number));
    let (is_open, is_missing, is_asking) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let refused = RwSignal::new(None::<String>);
    let error = Signal::derive(move || {
        (is_missing.get() && reason.with(|reason| reason.trim().is_empty()))
            .then(|| work.text("coordinator.apart.needed"))
    });
    let at = reason_id.clone();
    let open = move |_| {
        is_open.set(true);
        work.form.focus(&at);
    };
    let (at, said) = (reason_id.clone(), said_id.clone());
    let press = move |_| {
        let why = reason.get_untracked().trim().to_owned();
        if why.is_empty() {
            is_missing.set(true);
            return work.form.focus(&at);
        }
        if is_asking.get_untracked() {
            return;
        }
        is_asking.set(true);
        let (merge, revision, said) = (merge.clone(), revision.clone(), said.clone());
        let typed = work.sending(&name);
        spawn_local(async move {
            let asking = Asking { reason: Some(why), ..work.asking(None) };
            let outcome = take_apart(&asking, &merge, &revision).await;
            is_asking.try_set(false);
            match outcome {
                Ok(taken) => {
                    typed.taken();
                    done.try_run(lines(work, &taken));
                }
                Err(why) => {
                    if refused.try_set(Some(not_done(work, why))).is_none() {
                        work.form.focus(&said);
                    }
                }
            }
        });
    };
    redrawn(move || match is_open.get() {
        false => view! {
            <button type="button" class="ca-press" on:click=open.clone()>
                {work.text("coordinator.apart")}
            </button>
        }
        .into_any(),
        true => {
            let (press, said) = (press.clone(), said_id.clone());
            view! {
                {redrawn(move || refused.get().map(|text| told(&said, text)))}
                <LongText
                    id=reason_id.clone()
                    label=work.text("coordinator.apart.reason")
                    hint=work.text("coordinator.decide.reason.hint")
                    value=reason
                    error
                />
                <button part="button" type="button" class="govuk-button govuk-button--warning" on:click=press>
                    {work.text("coordinator.apart.button")}
                </button>
            }
            .into_any()
        }
    })
}

async fn take_apart(asking: &Asking, merge: &Merge, revision: &str) -> Result<TakenApart, Refused> {
    let at = PERSON_MERGE.replace("{id}", &merge.kept).replace("{merge}", &merge.number.to_string());
    let follows = Follows::Revision(revision);
    Ok(asking.change(Method::DELETE, &at, None::<&()>, follows).await?.read()?)
}

/// That it was done, and what to look at because it was written since.
fn lines(work: Work, taken: &TakenApart) -> Vec<String> {
    let parts: Vec<String> =
        taken.look_at.iter().map(|part| work.code("coordinator.apart.part.", part)).collect();
    let look = (!parts.is_empty()).then(|| {
        let parts = work.form.words().list(&parts);
        work.filled("coordinator.apart.look_at", &[("parts", &parts)])
    });
    std::iter::once(work.text("coordinator.apart.done")).chain(look).collect()
}

/// Why not. Out of order, too late and so on come from the server in words for people.
fn not_done(work: Work, Refused { failure, details, .. }: Refused) -> String {
    match details.filter(|details| details.code == "merge-refused") {
        Some(details) => details.detail,
        None if matches!(failure, Failure::NotNow | Failure::Changed) => {
            work.text("coordinator.apart.changed")
        }
        None => work.text(failure.key()),
    }
}
