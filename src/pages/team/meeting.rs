//! What only a meeting has: a calendar file, and who was sent the minutes, of which revision and when.

use assessment_api::path::{MEETING_CALENDAR, MEETING_CIRCULATIONS};
use assessment_api::team::{CirculationShown, NewCirculation};
use assessment_people::access::Action;
use assessment_team::TeamRecord;
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::work::Work;
use super::super::work::list::day;
use super::TeamLink;
use super::loaded::Loaded;
use super::open::Open;
use super::stored::get;
use super::words::by;
use crate::components::{Details, redrawn};
use crate::io::records_client::Follows;
use crate::io::{clock, download};
use crate::state::team::TeamPage;
use crate::state::work::Failure;
use crate::state::work::after::may;

/// What the file is called: nothing about anybody.
const NAME: &str = "meeting.ics";
/// The id of what is said afterwards.
const SAID: &str = "team.circulation.said";

fn at(template: &str, open: Open) -> String {
    open.at.with_value(|at| template.replace("{id}", &at.episode).replace("{number}", &at.number.to_string()))
}

/// What is beside the questions.
pub(super) fn beside(open: Open, loaded: &Loaded) -> AnyView {
    if loaded.revision == 0 {
        return ().into_any();
    }
    let work = open.work;
    let failed = RwSignal::new(None::<Failure>);
    let take = move |_| {
        let asking = open.at.with_value(|at| work.asking(Some(&at.episode)));
        let path = at(MEETING_CALENDAR, open);
        spawn_local(async move {
            let file = asking.file(&path).await;
            let done = file.and_then(|file| download::save(&file, NAME).map_err(|_| Failure::Trouble));
            failed.try_set(done.err());
        });
    };
    let refusal = redrawn(move || {
        let failure = failed.get()?;
        let key = match failure {
            // There is no day or time yet that can be read.
            Failure::Refused | Failure::NotFound => "team.calendar.no_day",
            other => other.key(),
        };
        Some(view! { <p class="govuk-inset-text" role="alert">{work.text(key)}</p> }.into_any())
    });
    let circulation = loaded.is_completed().then(|| {
        let may = may(&loaded.episode, Action::CirculateMinutes);
        view! { <Circulation open sent=loaded.circulations.clone() may/> }.into_any()
    });
    let copies = may(&loaded.episode, Action::ExportEpisode).then(|| {
        let page = open.at.with_value(|at| TeamPage::Copies(at.episode.clone(), at.number));
        view! { <p class="ca-no-print"><TeamLink page>{work.text("work.title.copies")}</TeamLink></p> }
            .into_any()
    });
    view! {
        <button part="button" type="button" class="govuk-button govuk-button--secondary ca-no-print" on:click=take>
            {work.text("team.calendar")}
        </button>
        {copies}
        {refusal}
        {circulation}
    }
    .into_any()
}

/// The people of the minutes, as they were on that day.
fn people(open: Open) -> Vec<String> {
    open.peek(|record| match record {
        TeamRecord::Meeting(meeting) => {
            let names = meeting.people.iter().map(|person| person.name.trim().to_owned());
            names.filter(|name| !name.is_empty()).collect()
        }
        _ => Vec::new(),
    })
}

/// Who has a copy, and to whom one was sent now.
#[component]
fn Circulation(open: Open, sent: Vec<CirculationShown>, may: bool) -> impl IntoView {
    let work = open.work;
    let sent = RwSignal::new(sent);
    let people = people(open);
    let ticked: Vec<(String, RwSignal<bool>)> =
        people.into_iter().map(|name| (name, RwSignal::new(false))).collect();
    let said = RwSignal::new(None::<&'static str>);
    let boxes: Vec<AnyView> = ticked
        .iter()
        .enumerate()
        .map(|(index, (name, is_ticked))| {
            let (id, is_ticked) = (format!("team.circulation.{index}"), *is_ticked);
            view! {
                <div class="govuk-checkboxes__item">
                    <input
                        class="govuk-checkboxes__input"
                        type="checkbox"
                        id=id.clone()
                        prop:checked=is_ticked
                        on:change=move |event| is_ticked.set(event_target_checked(&event))
                    />
                    <label class="govuk-label govuk-checkboxes__label" for=id dir="auto">{name.clone()}</label>
                </div>
            }
            .into_any()
        })
        .collect();
    let note = move |_| {
        let to = ticked.iter().filter(|(_, is_ticked)| is_ticked.get_untracked());
        let to: Vec<String> = to.map(|(name, _)| name.clone()).collect();
        if to.is_empty() {
            said.set(Some("team.circulation.needed"));
            return work.form.focus(SAID);
        }
        let body = NewCirculation { id: clock::random_id(), revision: open.revision(), to, sent_on: None };
        let asking = open.at.with_value(|at| work.asking(Some(&at.episode)));
        let (path, here) = (at(MEETING_CIRCULATIONS, open), open.at.get_value());
        let ticks: Vec<RwSignal<bool>> = ticked.iter().map(|(_, is_ticked)| *is_ticked).collect();
        spawn_local(async move {
            let reply = asking.change(Method::POST, &path, Some(&body), Follows::Anything).await;
            let key = match reply {
                Ok(_) => {
                    // The server says who wrote it down, and when.
                    if let Ok(read) = get(&asking, &here, None).await {
                        sent.try_set(read.circulations);
                    }
                    for tick in ticks {
                        tick.try_set(false);
                    }
                    "team.circulation.done"
                }
                Err(refused) => refused.failure.key(),
            };
            if said.try_set(Some(key)).is_none() {
                work.form.focus(SAID);
            }
        });
    };
    let told = redrawn(move || {
        let key = said.get()?;
        Some(view! { <p class="govuk-inset-text" id=SAID tabindex="-1">{work.text(key)}</p> }.into_any())
    });
    let form = may.then(|| {
        view! {
            <fieldset class="govuk-fieldset">
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
                    {work.text("team.circulation.to")}
                </legend>
                <div class="govuk-checkboxes govuk-checkboxes--small">{boxes}</div>
            </fieldset>
            {told}
            <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=note>
                {work.text("team.circulation.note")}
            </button>
        }
        .into_any()
    });
    view! {
        <Details summary=work.text("team.circulation")>
            {redrawn(move || listed(work, &sent.read()))}
            {form}
        </Details>
    }
}

fn listed(work: Work, sent: &[CirculationShown]) -> AnyView {
    if sent.is_empty() {
        return view! { <p>{work.text("team.circulation.none")}</p> }.into_any();
    }
    let rows: Vec<AnyView> = sent
        .iter()
        .map(|one| {
            let values = [
                ("to", work.form.words().list(&one.to)),
                ("day", day(work, &one.sent_on)),
                ("revision", one.revision.to_string()),
                ("who", by(work, Some(&one.noted))),
            ];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            view! { <li dir="auto">{work.filled("team.circulation.sent", &values)}</li> }.into_any()
        })
        .collect();
    view! { <ul class="govuk-list govuk-list--bullet">{rows}</ul> }.into_any()
}
