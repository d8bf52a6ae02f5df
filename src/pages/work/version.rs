//! One version as it was sent: every section with its answers, what may not be seen said so, and the way to correct it.

use assessment_api::episode::VersionList;
use assessment_api::path;
use assessment_engine::answers::{LINKED_RECORDS, URGENT_LOG};
use assessment_engine::sections::sections;
use assessment_rules::evaluate;
use leptos::prelude::*;

use super::asked::asked_about;
use super::episode::{fact, hidden_of_assessment, sent, why};
use super::urgent::urgent;
use super::{Top, Work, WorkLink, use_work};
use crate::io::records_client::Asking;
use crate::pages::check::{Folded, Line, lines_of};
use crate::state::work::{Failure, Version, WorkPage};

/// The question about danger has no section.
const DANGER: &str = "danger_now";

/// Asks for a version.
pub(in crate::pages) async fn read(asking: &Asking, id: &str, number: u32) -> Result<Version, Failure> {
    let reply = asking.get(&format!("{}/versions/{number}", path::episode(id))).await?;
    Version::read(&reply.body).ok_or(Failure::Trouble)
}

/// Asks for the list of versions.
pub(in crate::pages) async fn versions(asking: &Asking, id: &str) -> Result<VersionList, Failure> {
    asking.get(&format!("{}/versions", path::episode(id))).await?.read()
}

/// The sections of an episode that may be seen.
async fn seen(asking: &Asking, id: &str) -> Result<Vec<u8>, Failure> {
    let record = asking.get(&path::episode(id)).await?;
    Ok(record.read::<assessment_api::episode::EpisodeRecord>()?.sections)
}

#[component]
pub(super) fn ReadVersion(id: String, number: u32) -> impl IntoView {
    let work = use_work();
    let page = WorkPage::Version(id.clone(), number);
    let ask = move |asking: Asking, id: String| async move {
        let version = read(&asking, &id, number).await?;
        Ok((version, seen(&asking, &id).await?))
    };
    let episode = id.clone();
    view! {
        <Top page/>
        {asked_about(work, id, ask, move |(version, seen)| found(work, &episode, version, &seen))}
    }
}

fn found(work: Work, id: &str, version: Version, seen: &[u8]) -> AnyView {
    let number = version.version.number;
    let heading = work.filled("work.version", &[("number", &number.to_string())]);
    let amend = WorkPage::Amend(id.to_owned(), number);
    // Nobody corrects what they do not see: what is absent here would be lost.
    let next = match version.whole {
        true => view! {
            <p class="ca-no-print">
                <WorkLink page=amend>{work.text("work.amend.link")}</WorkLink>
            </p>
        }
        .into_any(),
        false => ().into_any(),
    };
    let mut facts = vec![
        fact(work.text("work.fact.reference"), version.reference.clone()),
        fact(work.text("work.fact.sent"), sent(work, &version.version)),
    ];
    facts.extend(why(work, &version.version).map(|why| fact(work.text("work.fact.why"), why)));
    view! {
        <h2 class="govuk-heading-m">{heading}</h2>
        {urgent(work, &version)}
        <dl class="govuk-summary-list">{facts}</dl>
        {next}
        {kept_back(work, &version, seen)}
        {answers(work, version)}
    }
    .into_any()
}

/// That something is not here, and what.
fn kept_back(work: Work, version: &Version, seen: &[u8]) -> AnyView {
    if version.whole {
        return ().into_any();
    }
    let hidden = hidden_of_assessment(work, seen);
    let sections = (!hidden.is_empty()).then(|| {
        let items: Vec<AnyView> =
            hidden.into_iter().map(|name| view! { <li>{name}</li> }.into_any()).collect();
        view! {
            <p>{work.text("work.part.sections")}</p>
            <ul class="govuk-list govuk-list--bullet">{items}</ul>
        }
        .into_any()
    });
    view! {
        <div class="govuk-inset-text">
            <p>{work.text("work.part")}</p>
            {sections}
        </div>
    }
    .into_any()
}

/// The answers of a version in words.
pub(super) fn lines(work: Work, version: &Version) -> Vec<Line> {
    let standards = work.form.standards();
    // What somebody sees a part of suggests nothing; this only tells which questions are asked.
    let outcome = evaluate(&version.answers, work.form.today(), &standards.pack);
    lines_of(work.form, &version.answers, &outcome, false)
}

/// Section by section, as on the page from which a record is sent.
fn answers(work: Work, version: Version) -> AnyView {
    let form = work.form;
    let is_all_shown = RwSignal::new(true);
    let label =
        move || form.text(if is_all_shown.get() { "check.answers.fold" } else { "check.answers.show" });
    let lines = lines(work, &version);
    // Where answers are absent, nobody can tell which questions were asked.
    let is_current = |line: &&Line| line.is_asked || !version.whole;
    let folded = |name: String, lines: Vec<Line>, gaps: Vec<String>| {
        view! { <Folded name lines gaps is_all_shown/> }.into_any()
    };
    let mut nothing = Vec::new();
    let mut shown = Vec::new();
    for section in std::iter::once(DANGER).chain(sections()).chain(["sharing"]) {
        let mine = lines.iter().filter(|line| line.section == section).filter(is_current);
        let mine: Vec<Line> = mine.cloned().collect();
        let name = work.text(&format!("section.{section}"));
        match mine.is_empty() {
            // Nobody is asked for these, so a blank one is not said to be blank.
            true if [URGENT_LOG, LINKED_RECORDS, DANGER].contains(&section) => {}
            true => nothing.push(name),
            false => shown.push(folded(name, mine, Vec::new())),
        }
    }
    let kept: Vec<Line> = lines.iter().filter(|line| !is_current(line)).cloned().collect();
    let kept = (!kept.is_empty())
        .then(|| folded(form.text("check.kept_heading"), kept, vec![form.text("check.kept")]));
    let nothing = (version.whole && !nothing.is_empty()).then(|| {
        let text = form.filled("check.nothing_in", &[("sections", &nothing.join("; "))]);
        view! { <p>{text}</p> }.into_any()
    });
    view! {
        <h2 class="govuk-heading-m">{work.text("work.answers")}</h2>
        <button
            part="button"
            type="button"
            class="govuk-button govuk-button--secondary ca-no-print"
            on:click=move |_| is_all_shown.update(|is_shown| *is_shown = !*is_shown)
        >
            {label}
        </button>
        {shown}
        {nothing}
        {kept}
    }
    .into_any()
}
