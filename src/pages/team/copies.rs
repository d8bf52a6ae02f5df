//! The minutes of a meeting for one recipient: exactly what that copy holds, what is left out and why, printing it, and
//! writing down that it was sent. What goes to whom is `assessment_team::copies`' to decide.

use std::sync::Arc;

use assessment_api::episode::EpisodeRecord;
use assessment_api::path::{self, MEETING_CIRCULATIONS};
use assessment_api::team::NewCirculation;
use assessment_engine::answers::Facts;
use assessment_engine::disclosure::{Audience, Block, Choices, Reason, audiences, document, family_advice};
use assessment_form::Kind;
use assessment_people::access::Action;
use assessment_rules::evaluate;
use assessment_team::copies::{CopyLine, For, LeftOut, Stopped, copy, left_out};
use assessment_team::{RecordKind, TeamRecord, reader_name};
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::work::asked::asked_about;
use super::super::work::choices::Select;
use super::super::work::episode::fact;
use super::super::work::fields::ShortText;
use super::super::work::{Work, read_version, use_work, versions};
use super::open::{At, get};
use super::pictures::print;
use super::words::{answer_said, part};
use crate::components::{Column, redrawn};
use crate::io::clock;
use crate::io::records_client::{Asking, Follows};
use crate::questions::shown::code;
use crate::state::team::read::Read;
use crate::state::work::after::may;
use crate::state::work::{Failure, Version};

/// The id of what is said after writing down that a copy was sent.
const SAID: &str = "team.copies.said";

/// What copies are made from.
#[derive(Clone)]
struct Made {
    at: At,
    read: Arc<Read>,
    version: Arc<Version>,
    may_note: bool,
}

#[component]
pub(super) fn Copies(episode: String, number: u32) -> impl IntoView {
    let work = use_work();
    let ask = move |asking: Asking, id: String| async move {
        let episode: EpisodeRecord = asking.get(&path::episode(&id)).await?.read()?;
        if !may(&episode, Action::ExportEpisode) {
            return Err(Failure::Forbidden);
        }
        let at = At { episode: id.clone(), kind: RecordKind::Meeting, number };
        let read = Arc::new(get(&asking, &at, None).await?);
        let list = versions(&asking, &id).await?;
        let newest = list.versions.last().ok_or(Failure::NotFound)?.number;
        let version = Arc::new(read_version(&asking, &id, newest).await?);
        let may_note = may(&episode, Action::CirculateMinutes) && read.summary.completed.is_some();
        Ok(Made { at, read, version, may_note })
    };
    asked_about(work, episode, ask, move |made| match made.version.whole && made.read.is_whole {
        true => chosen(work, made),
        // Whether somebody must not be told may be in what this person does not see.
        false => view! { <p class="govuk-inset-text">{work.text("team.copies.part")}</p> }.into_any(),
    })
}

fn chosen(work: Work, made: Made) -> AnyView {
    let whose = RwSignal::new(String::new());
    let answers = &made.version.answers;
    let all =
        audiences(answers).into_iter().filter(|one| one.is_family() || matches!(one, Audience::Service(_)));
    let options = all.map(|one| (one.to_string(), recipient(work, &made, &one))).collect();
    let draft = made.read.summary.completed.is_none();
    let draft =
        draft.then(|| view! { <p class="govuk-inset-text">{work.text("team.copies.draft")}</p> }.into_any());
    let drawn = redrawn(move || {
        let audience = Audience::parse(&whose.get())?;
        Some(one(work, &made, &audience))
    });
    view! {
        <div class="ca-no-print">
            <p>{work.text("team.copies.about")}</p>
            {draft}
            <Column>
                <Select
                    id="team.copies.whose"
                    label=work.text("team.copies.whose")
                    none=work.form.text("choose")
                    options=vec![(None, options)]
                    value=whose
                    error=Signal::stored(None::<String>)
                />
            </Column>
        </div>
        {drawn}
    }
    .into_any()
}

/// For whom a copy is.
fn recipient(work: Work, made: &Made, audience: &Audience) -> String {
    let name = reader_name(&made.version.answers, audience);
    let name = if name.is_empty() { work.text("work.no_name") } else { name };
    match audience {
        Audience::Child => work.filled("team.family.child", &[("name", &name)]),
        Audience::Service(service) => code(work.form, "services", service),
        _ => work.filled("team.family.parent", &[("name", &name)]),
    }
}

/// Why nothing goes to this recipient, as a wording key; `None` where something does.
fn stopped(work: Work, made: &Made, audience: &Audience) -> Option<&'static str> {
    let (standards, answers) = (work.form.standards(), &made.version.answers);
    let outcome = evaluate(answers, work.form.today(), &standards.pack);
    let facts = Facts::of(answers, work.form.today());
    // What stops a copy of the assessment stops one of the minutes.
    let blocks = document(answers, &facts, &standards, &outcome, audience, &Choices::default()).blocks;
    blocks.first().map(|block| match block {
        Block::Telling(_) => "team.family.why_not.telling",
        Block::KeptFrom => "team.family.why_not.kept_from",
        Block::NotAgreed => "team.copies.not_agreed",
        Block::Nobody => "team.family.why_not.nobody",
    })
}

fn one(work: Work, made: &Made, audience: &Audience) -> AnyView {
    let inset =
        |key: &str| view! { <p class="govuk-inset-text" role="alert">{work.text(key)}</p> }.into_any();
    if let Some(key) = stopped(work, made, audience) {
        return inset(key);
    }
    let (standards, answers) = (work.form.standards(), &made.version.answers);
    let outcome = evaluate(answers, work.form.today(), &standards.pack);
    let advice = family_advice(answers, Some(&outcome), &[], &standards.pack);
    let reader = For { audience, assessment: answers, advice: &advice };
    let record = &made.read.record;
    let (lines, out) = match (copy(record, false, reader), left_out(record, false, reader)) {
        (Ok(lines), Ok(out)) => (lines, out),
        (Err(Stopped::Telling(_)), _) | (_, Err(Stopped::Telling(_))) => {
            return inset("team.family.why_not.telling");
        }
        (Err(Stopped::KeptFrom), _) | (_, Err(Stopped::KeptFrom)) => {
            return inset("team.family.why_not.kept_from");
        }
        _ => return inset("team.family.why_not.nobody"),
    };
    let revision = made.read.summary.revision.to_string();
    let values = [("name", &*recipient(work, made, audience)), ("revision", &*revision)];
    let note =
        made.may_note.then(|| view! { <Note made=made.clone() audience=audience.clone()/> }.into_any());
    view! {
        {print(work)}
        <article class="ca-output" aria-labelledby="team.copies.title">
            <h2 class="govuk-heading-l" id="team.copies.title">{work.text("team.copies.title")}</h2>
            <p class="ca-output__made">{work.filled("team.copies.for", &values)}</p>
            {shown(work, record, &lines)}
            <p>{work.form.text("outputs.not_everything")}</p>
        </article>
        {kept_out(work, record, &out)}
        {note}
    }
    .into_any()
}

/// What the copy holds.
fn shown(work: Work, record: &TeamRecord, lines: &[CopyLine<'_>]) -> AnyView {
    let lists = assessment_team::lists(&work.form.standards()).unwrap_or_default();
    let mut views: Vec<AnyView> = Vec::new();
    let mut rows = Vec::new();
    let parts: Vec<Option<String>> =
        lines.iter().map(|line| part(work, record, &renumbered(&line.path, &mut rows))).collect();
    let with_parts: Vec<_> = lines.iter().zip(&parts).collect();
    for run in with_parts.chunk_by(|one, next| one.1 == next.1) {
        let heading = run.first().and_then(|(_, part)| (*part).clone());
        let rows = run.iter().map(|(line, _)| {
            let kind: Kind = line.question.kind;
            let value = match line.answer {
                Some(node) => answer_said(work, &lists, kind, node),
                None => work.text("team.copies.withheld"),
            };
            fact(work.text(&line.key), value)
        });
        views.push(
            view! {
                {heading.map(|heading| view! { <h3 class="govuk-heading-s">{heading}</h3> }.into_any())}
                <dl class="govuk-summary-list">{rows.collect_view()}</dl>
            }
            .into_any(),
        );
    }
    views.into_any()
}

/// The path with its row counted among those that are in the copy: a number that is missing tells of one that was left out.
fn renumbered(path: &str, rows: &mut Vec<String>) -> String {
    let Some((row, rest)) = path.split_once(']') else { return path.to_owned() };
    let Some((stem, _)) = row.split_once('[') else { return path.to_owned() };
    if !rows.iter().any(|one| one == row) {
        rows.push(row.to_owned());
    }
    let mut of_stem = rows.iter().filter(|one| one.split('[').next() == Some(stem));
    let at = of_stem.position(|one| one == row).unwrap_or_default();
    format!("{stem}[{at}]{rest}")
}

/// What it leaves out, by why: never on paper.
fn kept_out(work: Work, record: &TeamRecord, out: &[LeftOut]) -> AnyView {
    if out.is_empty() {
        return view! { <p class="ca-no-print">{work.text("team.copies.all")}</p> }.into_any();
    }
    let reasons = Reason::ALL.into_iter().filter_map(|reason| {
        let mine: Vec<&LeftOut> = out.iter().filter(|one| one.reason == reason).collect();
        if mine.is_empty() {
            return None;
        }
        let key = format!("outputs.reason.{}", reason.code());
        let heading = work.form.filled(&key, &[("count", &mine.len().to_string())]);
        let lines = mine.into_iter().map(|one| {
            let label = work.text(&one.key);
            let said = match part(work, record, &one.path) {
                Some(part) => format!("{part}: {label}"),
                None => label,
            };
            view! { <li>{said}</li> }.into_any()
        });
        Some(
            view! {
                <h3 class="govuk-heading-s">{heading}</h3>
                <ul class="govuk-list govuk-list--bullet">{lines.collect_view()}</ul>
            }
            .into_any(),
        )
    });
    view! {
        <section class="ca-no-print" aria-labelledby="team.copies.out">
            <h2 class="govuk-heading-m" id="team.copies.out">{work.text("team.copies.left_out")}</h2>
            <p>{work.text("team.copies.left_out.about")}</p>
            {reasons.collect_view()}
        </section>
    }
    .into_any()
}

/// Writing down that the copy was sent.
#[component]
fn Note(made: Made, audience: Audience) -> impl IntoView {
    let work = use_work();
    let name = match audience {
        Audience::Service(_) => String::new(),
        _ => reader_name(&made.version.answers, &audience),
    };
    let (to, said) = (RwSignal::new(name), RwSignal::new(None::<&'static str>));
    let error = RwSignal::new(None::<String>);
    // A second press of the same sends the same, which is stored once.
    let id = StoredValue::new(clock::random_id());
    let note = move |_| {
        let name = to.get_untracked().trim().to_owned();
        if name.is_empty() {
            error.set(Some(work.text("team.copies.to.needed")));
            return work.form.focus("team.copies.to");
        }
        error.set(None);
        let body = NewCirculation {
            id: id.get_value(),
            revision: made.read.summary.revision,
            to: vec![name],
            sent_on: None,
        };
        let asking = work.asking(Some(&made.at.episode));
        let number = made.at.number.to_string();
        let path = MEETING_CIRCULATIONS.replace("{id}", &made.at.episode).replace("{number}", &number);
        spawn_local(async move {
            let reply = asking.change(Method::POST, &path, Some(&body), Follows::Anything).await;
            let key = match reply {
                Ok(_) => {
                    id.try_set_value(clock::random_id());
                    "team.circulation.done"
                }
                Err(refused) => refused.failure.key(),
            };
            if said.try_set(Some(key)).is_none() {
                work.form.focus(SAID);
            }
        });
    };
    view! {
        <section class="ca-no-print">
            <Column>
                <ShortText
                    id="team.copies.to"
                    label=work.text("team.copies.to")
                    hint=Some(work.text("team.copies.to.hint"))
                    value=to
                    error=Signal::derive(move || error.get())
                />
            </Column>
            <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=note>
                {work.text("team.circulation.note")}
            </button>
            {redrawn(move || {
                let key = said.get()?;
                Some(view! { <p class="govuk-inset-text" id=SAID tabindex="-1">{work.text(key)}</p> }.into_any())
            })}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_copy_are_counted_as_if_no_other_were_there() {
        let mut rows = Vec::new();
        let counted = [
            "purpose",
            "family_views[1].name",
            "family_views[1].said",
            "points[4].point",
            "family_views[3].said",
        ]
        .map(|path| renumbered(path, &mut rows));
        let expected = [
            "purpose",
            "family_views[0].name",
            "family_views[0].said",
            "points[0].point",
            "family_views[1].said",
        ];
        assert_eq!(counted, expected);
    }
}
