//! One episode: whose it is, how far it is, what is next, and its versions.

use assessment_api::episode::{Deed, EpisodeRecord, VersionList, VersionSummary};
use assessment_api::path;
use assessment_people::access::Action;
use leptos::prelude::*;

use super::asked::asked_about;
use super::list::{child, day, headline, pressing};
use super::pictures::pictures;
use super::team::team_sections_hidden;
use super::urgent::{unseen, urgent};
use super::{Top, Work, WorkLink, use_work};
use crate::io::clock;
use crate::io::records_client::Asking;
use crate::state::team::TeamPage;
use crate::state::work::after::{Step, may};
use crate::state::work::{Failure, Version, WorkPage};

#[component]
pub(super) fn Episode(id: String) -> impl IntoView {
    let work = use_work();
    let page = WorkPage::Episode(id.clone());
    let ask = async |asking: Asking, id: String| {
        let record: EpisodeRecord = asking.get(&path::episode(&id)).await?.read()?;
        // Somebody may be told that it exists, and see nothing that was sent.
        let versions = super::versions(&asking, &id).await;
        let newest = versions.as_ref().ok().and_then(|list| list.versions.last());
        let urgent = match newest.filter(|_| record.shown.urgent) {
            Some(newest) => super::version::read(&asking, &record.id, newest.number).await.map(Some),
            None => versions.as_ref().map(|_| None).map_err(|failure| *failure),
        };
        Ok((record, versions, urgent))
    };
    view! {
        <Top page/>
        {asked_about(work, id, ask, move |(record, versions, urgent)| found(work, record, versions, urgent))}
    }
}

fn found(
    work: Work,
    record: EpisodeRecord,
    versions: Result<VersionList, Failure>,
    newest: Result<Option<Version>, Failure>,
) -> AnyView {
    let shown = &record.shown;
    // What to do and whom to ring, also where the answers that call for it may not be seen.
    let actions = shown.urgent.then(|| {
        let (newest, failure) = match newest {
            Ok(newest) => (newest, None),
            Err(failure) => (None, Some(failure)),
        };
        newest
            .and_then(|version| urgent(work, &version))
            .unwrap_or_else(|| unseen(work, &shown.holder, failure))
    });
    let pressing =
        pressing(work, shown).map(|text| view! { <p class="ca-drafts__urgent">{text}</p> }.into_any());
    let closely = (record.protection != "ordinary").then(
        || view! { <p class="govuk-inset-text">{work.code("work.protection.", &record.protection)}</p> },
    );
    let late =
        late_answer(work, &record).map(|text| view! { <p class="govuk-inset-text">{text}</p> }.into_any());
    let team = WorkPage::Team(record.id.clone());
    let log = WorkPage::Log(record.id.clone());
    let family = may(&record, Action::ReadFamily).then(|| {
        let page = WorkPage::Family(record.id.clone());
        view! { <li><WorkLink page>{work.text("work.title.families")}</WorkLink></li> }.into_any()
    });
    let steps = steps(work, &record);
    let other = record.merged.as_ref().and_then(|merge| merge.into.clone()).map(|into| {
        view! {
            <p><WorkLink page=WorkPage::Episode(into)>{work.text("work.merged.open")}</WorkLink></p>
        }
        .into_any()
    });
    let late_versions = (!record.to_look_at.is_empty())
        .then(|| view! { <p class="govuk-inset-text">{work.text("work.late")}</p> }.into_any());
    let versions = match versions {
        Ok(VersionList { versions }) => listed(work, &record.id, versions),
        Err(failure) => view! { <p class="govuk-inset-text">{work.text(seen(failure))}</p> }.into_any(),
    };
    view! {
        <h2 class="govuk-heading-m"><bdi>{child(work, shown)}</bdi></h2>
        {pressing}
        {actions}
        {closely}
        <dl class="govuk-summary-list">{facts(work, &record)}</dl>
        {other}
        {late_versions}
        <h2 class="govuk-heading-m">{work.text("work.next")}</h2>
        <p>{work.code("work.next.", &shown.state)}</p>
        {late}
        <h2 class="govuk-heading-m">{work.text("work.versions")}</h2>
        {versions}
        {together(work, &record)}
        {pictures(work, &record)}
        {steps}
        <h2 class="govuk-heading-m">{work.text("work.who")}</h2>
        <ul class="govuk-list">
            {family}
            <li><WorkLink page=team>{work.text("work.title.team")}</WorkLink></li>
            <li><WorkLink page=log>{work.text("work.title.log")}</WorkLink></li>
        </ul>
    }
    .into_any()
}

/// The pages of the team around the child, for those who may read what it writes.
fn together(work: Work, record: &EpisodeRecord) -> Option<AnyView> {
    let id = || record.id.clone();
    let pages = [TeamPage::Plan(id()), TeamPage::Meetings(id()), TeamPage::Reviews(id())];
    may(record, Action::ReadTeamRecords).then(|| {
        let link = |page: TeamPage| {
            let text = work.text(&["work.title.", page.name()].concat());
            view! { <li><WorkLink page=WorkPage::Together(page)>{text}</WorkLink></li> }.into_any()
        };
        let links: Vec<AnyView> = pages.into_iter().map(link).collect();
        view! {
            <h2 class="govuk-heading-m">{work.text("work.together")}</h2>
            <ul class="govuk-list">{links}</ul>
        }
        .into_any()
    })
}

/// What this person may do about it.
fn steps(work: Work, record: &EpisodeRecord) -> Option<AnyView> {
    let offered = Step::ALL.into_iter().filter(|step| step.is_offered(record));
    let referral =
        may(record, Action::Refer) || (record.referral.is_some() && may(record, Action::ReadReferral));
    let referral = referral.then(|| WorkPage::Together(TeamPage::Referral(record.id.clone())));
    let steps = offered.map(|step| WorkPage::After(step, record.id.clone()));
    let links: Vec<AnyView> = referral
        .into_iter()
        .chain(steps)
        .map(|page| {
            let text = work.text(&["work.title.", page.name()].concat());
            view! { <li><WorkLink page>{text}</WorkLink></li> }.into_any()
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">{work.text("work.after")}</h2>
            <ul class="govuk-list">{links}</ul>
        }
        .into_any()
    })
}

/// What is said where somebody may not see what was sent.
fn seen(failure: Failure) -> &'static str {
    match failure {
        Failure::Forbidden | Failure::NotFound => "work.versions.not_yours",
        other => other.key(),
    }
}

/// The lines of its summary.
pub(super) fn facts(work: Work, record: &EpisodeRecord) -> AnyView {
    let shown = &record.shown;
    let list = |items: &[String]| (!items.is_empty()).then(|| work.form.words().list(items));
    let hidden = hidden_sections(work, &record.sections);
    let rows = [
        ("work.fact.reference", Some(shown.reference.clone())),
        ("work.fact.state", Some(work.code("work.state.", &shown.state))),
        ("work.fact.headline", headline(work, shown)),
        ("work.fact.due", shown.due_on.as_deref().map(|due| day(work, due))),
        ("work.fact.holder", Some(shown.holder.clone())),
        ("work.fact.shared_with", list(&record.shared_with)),
        ("work.fact.referred_to", record.referred_to.clone()),
        ("work.fact.answer", answer_said(work, record)),
        ("work.fact.write_by", written_form(work, record)),
        ("work.fact.answer_by", answer_by(work, record)),
        ("work.fact.transfer", record.transfer.as_ref().map(|transfer| transfer.to.clone())),
        ("work.fact.handover.why", record.handover.as_ref().map(|handover| handover.why.clone())),
        (
            "work.fact.handover.still_needed",
            record.handover.as_ref().map(|handover| handover.still_needed.clone()),
        ),
        ("work.fact.closed", closed(work, record)),
        ("work.fact.closed.words", record.closure.as_ref().and_then(|closure| closure.words.clone())),
        ("work.fact.closed.why_safe", record.closure.as_ref().and_then(|closure| closure.why_safe.clone())),
        ("work.fact.merged", record.merged.as_ref().map(|merge| by_whom(work, &merge.merged))),
        ("work.fact.opened", Some(clock::in_words(&record.opened_at))),
        ("work.fact.hidden", list(&hidden)),
    ];
    let rows = rows.into_iter().filter_map(|(key, value)| Some(fact(work.text(key), value?)));
    rows.collect_view().into_any()
}

/// What social care answered, and when.
pub(super) fn answer_said(work: Work, record: &EpisodeRecord) -> Option<String> {
    let referral = record.referral.as_ref()?;
    let answer = referral.answer.as_deref().unwrap_or("waits");
    let when = referral.answered_at.as_deref().unwrap_or(&referral.sent_at);
    let key = ["work.fact.answer.", answer].concat();
    Some(work.filled(&key, &[("to", &referral.to), ("when", &clock::in_words(when))]))
}

/// That the written form was sent, or by when it has to be and how to say so.
fn written_form(work: Work, record: &EpisodeRecord) -> Option<String> {
    let Some(written) = record.referral.as_ref()?.written.as_ref() else {
        let by = write_by(work, record)?;
        return Some([by, work.text("work.fact.write_by.about")].join(" "));
    };
    let how = work.code("work.fact.written.", &written.by);
    Some([how, by_whom(work, &written.noted)].join(" "))
}

/// By when the written form has to be there, and how near that is.
pub(super) fn write_by(work: Work, record: &EpisodeRecord) -> Option<String> {
    let clock = record.referral.as_ref()?.clock.as_ref()?;
    Some(nearness(work, &clock.write_is, &clock::in_words(&clock.write_by)))
}

/// By which day it has to be answered, and how near that is.
fn answer_by(work: Work, record: &EpisodeRecord) -> Option<String> {
    let clock = record.referral.as_ref()?.clock.as_ref()?;
    let due = clock.answer_by.split('T').next()?;
    Some(nearness(work, &clock.answer_is, &day(work, due)))
}

/// A deadline, with how near it is.
fn nearness(work: Work, code: &str, when: &str) -> String {
    let key = match code {
        "soon" => "work.clock.soon",
        "today" => "work.clock.today",
        "overdue" => "work.clock.overdue",
        _ => "work.clock.later",
    };
    work.filled(key, &[("when", when)])
}

/// What to do where no answer has come in time.
fn late_answer(work: Work, record: &EpisodeRecord) -> Option<String> {
    let now = record.referral.as_ref()?.clock.as_ref()?.now.as_str();
    matches!(now, "ring" | "escalate").then(|| work.code("work.referral.", now))
}

/// Why it was closed, by whom and when.
fn closed(work: Work, record: &EpisodeRecord) -> Option<String> {
    let closure = record.closure.as_ref()?;
    let why = work.code("work.closure.", &closure.reason);
    Some([why, by_whom(work, &closure.closed)].join(". "))
}

/// Who did something, and when.
pub(super) fn by_whom(work: Work, deed: &Deed) -> String {
    let by = deed.name.clone().unwrap_or_else(|| work.text("work.somebody"));
    let when = clock::in_words(&deed.at);
    work.filled("work.sent", &[("when", &*when), ("name", &*by), ("organisation", &*deed.organisation)])
}

/// A line of a summary.
pub(in crate::pages) fn fact(label: String, value: String) -> AnyView {
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{label}</dt>
            <dd class="govuk-summary-list__value" dir="auto">{value}</dd>
        </div>
    }
    .into_any()
}

/// The sections that somebody who sees these does not see, with those of the team.
pub(super) fn hidden_sections(work: Work, seen: &[u8]) -> Vec<String> {
    hidden_of_assessment(work, seen).into_iter().chain(team_sections_hidden(work, seen)).collect()
}

/// The sections of the assessment that somebody who sees these does not see.
pub(super) fn hidden_of_assessment(work: Work, seen: &[u8]) -> Vec<String> {
    let is_hidden = |section: &&str| {
        assessment_engine::sections::number(section).is_none_or(|number| !seen.contains(&number))
    };
    let hidden = assessment_engine::sections::sections().into_iter().filter(is_hidden);
    hidden.map(|section| work.form.text(&format!("section.{section}"))).collect()
}

/// The versions, the newest first.
fn listed(work: Work, id: &str, versions: Vec<VersionSummary>) -> AnyView {
    let newest = versions.len();
    let rows = versions.into_iter().enumerate().rev().map(|(index, version)| {
        let number = version.number;
        let said = sent(work, &version);
        let name = work.filled("work.version", &[("number", &number.to_string())]);
        let name = match index + 1 == newest {
            true => [name, work.text("work.version.newest")].join(" "),
            false => name,
        };
        let compare = (number > 1).then(|| {
            let before = (number - 1).to_string();
            let text = work.filled("work.compare_with", &[("number", &before)]);
            view! {
                <p class="ca-drafts__detail">
                    <WorkLink page=WorkPage::Compare(id.to_owned(), number)>{text}</WorkLink>
                </p>
            }
            .into_any()
        });
        view! {
            <li class="ca-drafts__item">
                <div class="ca-drafts__about">
                    <WorkLink class="govuk-link ca-drafts__name" page=WorkPage::Version(id.to_owned(), number)>
                        {name}
                    </WorkLink>
                    {why(work, &version).map(|why| view! { <p class="ca-drafts__detail" dir="auto">{why}</p> })}
                    <p class="ca-drafts__detail">{said}</p>
                    {compare}
                </div>
            </li>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    match rows.is_empty() {
        true => view! { <p>{work.text("work.versions.none")}</p> }.into_any(),
        false => view! { <ul class="ca-drafts">{rows}</ul> }.into_any(),
    }
}

/// Who sent a version, and when.
pub(super) fn sent(work: Work, version: &VersionSummary) -> String {
    by_whom(work, &version.sent)
}

/// Why a version exists, where it is not the first.
pub(super) fn why(work: Work, version: &VersionSummary) -> Option<String> {
    let key = format!("work.kind.{}", version.kind);
    match (&version.reason, version.kind.as_str()) {
        (_, "first") => None,
        (Some(reason), _) => Some(work.filled(&key, &[("reason", reason)])),
        (None, _) => Some(work.filled(&key, &[("reason", "")])),
    }
}
