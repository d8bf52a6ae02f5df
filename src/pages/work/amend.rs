//! A correction of a version, or a new one: why, and then the form with its answers, as a new record on this device that
//! knows its episode. What was sent is not changed.

use assessment_api::assessment::EpisodeLink;
use leptos::prelude::*;

use super::asked::asked_about;
use super::episode::sent;
use super::fields::{Choice, LongText};
use super::{Top, Work, WorkLink, use_work, versions};
use crate::io::clock;
use crate::io::records_client::Asking;
use crate::state::work::{Version, WorkPage};
use crate::state::{Event, Page, Record};

/// The ids of the two questions.
const KIND: &str = "work.amend.kind";
const REASON: &str = "work.amend.reason";

#[component]
pub(super) fn Amend(id: String, number: u32) -> impl IntoView {
    let work = use_work();
    let page = WorkPage::Amend(id.clone(), number);
    let ask = move |asking: Asking, id: String| async move {
        let newest = versions(&asking, &id).await?.versions.last().map_or(number, |version| version.number);
        Ok((super::version::read(&asking, &id, number).await?, newest))
    };
    let episode = id.clone();
    view! {
        <Top page/>
        {asked_about(work, id, ask, move |(version, newest)| {
            if version.version.number < newest {
                return overtaken(work, &episode, newest);
            }
            match version.whole {
                true => view! { <Why episode=episode.clone() version/> }.into_any(),
                false => view! { <p class="govuk-inset-text">{work.text("work.amend.part")}</p> }.into_any(),
            }
        })}
    }
}

/// A version starts from the newest, or what somebody else wrote would be undone.
fn overtaken(work: Work, episode: &str, newest: u32) -> AnyView {
    let compare = WorkPage::Compare(episode.to_owned(), newest);
    let amend = WorkPage::Amend(episode.to_owned(), newest);
    view! {
        <p class="govuk-inset-text">{work.text("work.amend.overtaken")}</p>
        <ul class="govuk-list">
            <li><WorkLink page=compare>{work.text("work.title.compare")}</WorkLink></li>
            <li><WorkLink page=amend>{work.text("work.amend.newest")}</WorkLink></li>
        </ul>
    }
    .into_any()
}

#[component]
fn Why(episode: String, version: Version) -> impl IntoView {
    let work = use_work();
    let stem = format!("amend.{episode}.");
    let kind = work.typed_fields.field(&format!("{stem}kind"), "");
    let reason = work.typed_fields.field(&format!("{stem}reason"), "");
    let is_pressed = RwSignal::new(false);
    let missing = move |value: RwSignal<String>, key: &'static str| {
        Signal::derive(move || {
            (is_pressed.get() && value.with(|value| value.trim().is_empty())).then(|| work.text(key))
        })
    };
    let options = ["correction", "new_version"]
        .map(|code| (code.to_owned(), work.text(&format!("work.amend.kind.{code}"))))
        .to_vec();
    let about = work.filled(
        "work.amend.from",
        &[("number", &version.version.number.to_string()), ("sent", &sent(work, &version.version))],
    );
    let begin = move |_| {
        is_pressed.set(true);
        let (kind, reason) = (kind.get_untracked(), reason.get_untracked().trim().to_owned());
        match (kind.is_empty(), reason.is_empty()) {
            (true, _) => work.form.focus(KIND),
            (_, true) => work.form.focus(REASON),
            (false, false) => {
                let link = EpisodeLink {
                    id: episode.clone(),
                    started_from: version.version.id.clone(),
                    kind,
                    reason,
                };
                work.typed_fields.forget(&stem);
                open_form(work, &version, link);
            }
        }
    };
    view! {
        <p>{about}</p>
        <Choice
            name=KIND
            legend=work.text("work.amend.kind")
            options
            value=kind
            error=missing(kind, "work.amend.kind.needed")
        />
        <LongText
            id=REASON
            label=work.text("work.amend.reason")
            hint=work.text("work.amend.reason.hint")
            value=reason
            error=missing(reason, "work.amend.reason.needed")
        />
        <button part="button" type="button" class="govuk-button" on:click=begin>{work.text("work.amend.begin")}</button>
        <p class="govuk-hint">{work.text("work.amend.about")}</p>
    }
}

/// Opens the form with the answers of the version.
fn open_form(work: Work, version: &Version, link: EpisodeLink) {
    let is_new = link.kind == "new_version";
    let mut record = Record::new(clock::random_id());
    record.begun = assessment_form::PartialDate::Day(work.form.today()).to_string();
    record.answers = version.answers.clone();
    if is_new {
        // How it is sent is decided each time.
        record.answers.sharing = Default::default();
        // "No" was said about another day. A "yes" stays, with what follows from it.
        if record.answers.danger_now == "no" {
            record.answers.danger_now = Default::default();
        }
    }
    let first = if is_new { Page::Danger } else { Page::Tasks };
    record.episode = Some(link);
    record.revision = 1;
    let record = Box::new(record);
    work.form.dispatch(Event::Opened { record, page: Some(first), read_only: false });
}
