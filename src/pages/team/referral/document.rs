//! The contact form and what to say on the telephone, from the whole episode: why social care is asked, the newest
//! assessment, the plan, the last meeting and review, and earlier referrals. What goes is decided by the engine's
//! `disclosure` and by `assessment_team`; here it gets its words.

use assessment_api::referral::{SentDocument, SentLine, SentPart};
use assessment_engine::answers::{Answers, Facts};
use assessment_engine::disclosure::{Audience, Choices, Offer, document, gives_address_away};
use assessment_form::{Group, Kind, Node, is_blank};
use assessment_rules::evaluate;
use assessment_team::{Referring, TeamRecord, needed_by_social_care};
use leptos::prelude::*;

use super::asks::Writing;
use super::material::{Material, Team, heading};
use crate::pages::outputs::{Row, mark, rows, tick};
use crate::pages::team::words::{answer_said, part};
use crate::pages::work::Work;
use crate::pages::work::list::day;

/// Part of the document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) heading: String,
    pub(super) rows: Vec<Row>,
}

/// The document as it is with these choices.
pub(super) fn parts(writing: Writing, material: &Material, choices: &Choices) -> Vec<Part> {
    let mut all = vec![why(writing)];
    all.extend(of_assessment(writing.work, material, choices, &Audience::ContactForm));
    all.extend(material.team.iter().map(|record| of_team(writing, material, record, choices)));
    all.push(earlier(writing.work, material));
    all.retain(|part| !part.rows.is_empty());
    all
}

/// What to say on the telephone: why, who, where, and what is done already.
pub(super) fn script(writing: Writing, material: &Material, choices: &Choices) -> Vec<Part> {
    let mut all = vec![why(writing)];
    all.extend(of_assessment(writing.work, material, choices, &Audience::CallScript));
    let plan = material.team.iter().filter(|one| matches!(one.read.record, TeamRecord::Plan(_)));
    all.extend(plan.map(|record| of_team(writing, material, record, choices)));
    all.retain(|part| !part.rows.is_empty());
    all
}

/// The answers to the questions of the referral.
fn why(writing: Writing) -> Part {
    let work = writing.work;
    let rows = writing.form.with(|form| {
        let questions = form.questions().iter().enumerate();
        let row = |(index, question): (usize, &'static assessment_form::Question<Referring>)| {
            let value = match (question.kind, form.get(index)?) {
                (Kind::Choice(list), Node::Text(code)) => writing.lists.with_value(|lists| {
                    lists.find(list, code).map_or_else(|| code.clone(), |found| found.label.clone())
                }),
                (_, Node::Text(text)) => text.clone(),
                _ => return None,
            };
            let key = ["referral.", question.name].concat();
            let is_said = !is_blank(&value) && writing.is_asked(question);
            is_said.then(|| Row {
                section: String::new(),
                part: None,
                path: key.clone(),
                label: work
                    .maybe_text(&["team.referral.label.", question.name].concat())
                    .or_else(|| writing.words(&key))
                    .unwrap_or_default(),
                value: Ok(value),
                offer: Offer::Never,
            })
        };
        questions.filter_map(row).collect()
    });
    Part { heading: work.text("team.referral.why"), rows }
}

/// What social care needs of the newest version, a part for each section.
fn of_assessment(work: Work, material: &Material, choices: &Choices, audience: &Audience) -> Vec<Part> {
    let Some(version) = &material.version else { return Vec::new() };
    let (standards, today) = (work.form.standards(), work.form.today());
    let outcome = evaluate(&version.answers, today, &standards.pack);
    let facts = Facts::of(&version.answers, today);
    let made = document(&version.answers, &facts, &standards, &outcome, audience, choices);
    let rows = rows(work.form, &version.answers, &made, audience);
    let runs = rows.chunk_by(|one, next| one.section == next.section);
    let part = |run: &[Row]| Part {
        heading: run.first().map(|row| row.section.clone()).unwrap_or_default(),
        rows: run.to_vec(),
    };
    runs.map(part).collect()
}

/// What it needs of a record of the team.
fn of_team(writing: Writing, material: &Material, one: &Team, choices: &Choices) -> Part {
    let work = writing.work;
    let record = &one.read.record;
    let assessment = match &material.version {
        Some(version) => Some(&version.answers),
        None => (!material.is_assessment_unread()).then(Answers::blank),
    };
    let heading = work.text(heading(record.kind()));
    let rows = needed_by_social_care(record, assessment, choices).into_iter().map(|line| {
        let place = line.path.split_once(':').map_or("", |(_, place)| place);
        Row {
            section: heading.clone(),
            part: part(work, record, place),
            label: work.text(&line.key),
            value: line.content.map(|node| {
                writing.lists.with_value(|lists| answer_said(work, lists, line.question.kind, node))
            }),
            offer: line.offer,
            path: line.path,
        }
    });
    let rows = rows.collect();
    Part { heading, rows }
}

/// When social care was asked before, and what it answered.
fn earlier(work: Work, material: &Material) -> Part {
    let row = |(place, (kind, on)): (usize, &(String, String))| Row {
        section: String::new(),
        part: None,
        path: format!("earlier:{place}"),
        label: day(work, on),
        value: Ok(work.text(&["team.timeline.", kind].concat())),
        offer: Offer::Never,
    };
    let rows = material.earlier.iter().enumerate().map(row).collect();
    Part { heading: work.text("team.referral.earlier"), rows }
}

/// Exactly what goes: what is left out is not in it.
pub(super) fn sent(parts: &[Part]) -> SentDocument {
    let line = |row: &Row| {
        let value = row.value.as_ref().ok()?.clone();
        let label = match &row.part {
            Some(part) => format!("{part}: {}", row.label),
            None => row.label.clone(),
        };
        Some(SentLine { label, value })
    };
    let part = |part: &Part| {
        let lines: Vec<SentLine> = part.rows.iter().filter_map(line).collect();
        (!lines.is_empty()).then(|| SentPart { heading: part.heading.clone(), lines })
    };
    SentDocument { parts: parts.iter().filter_map(part).collect() }
}

/// Whether a protected address is in what goes, or may be.
pub(super) fn has_address(material: &Material, parts: &[Part]) -> bool {
    let mut going =
        parts.iter().flat_map(|part| &part.rows).filter_map(|row| Some((row, row.value.as_ref().ok()?)));
    match &material.version {
        Some(version) => going.any(|(_, value)| gives_address_away(&version.answers, value)),
        // Any line that was put in may have one.
        None => material.is_assessment_unread() && going.any(|(row, _)| row.offer == Offer::Out),
    }
}

/// The preview: what can be left out has a tick. What is out is listed below it, by why.
pub(super) fn preview(work: Work, parts: &[Part], choices: RwSignal<Choices>) -> AnyView {
    let line = |row: &Row| {
        let is_in = row.value.is_ok();
        let label = match &row.part {
            Some(part) => format!("{part}: {}", row.label),
            None => row.label.clone(),
        };
        let term = if row.offer == Offer::In {
            let (id, path) = (["out.", &row.path].concat(), row.path.clone());
            let set = Callback::new({
                let id = id.clone();
                move |is_on: bool| {
                    choices.update(|choices| mark(&mut choices.left_out, &path, !is_on));
                    // The lines are drawn again.
                    work.form.focus(&id);
                }
            });
            tick(id, label, Memo::new(move |_| is_in), set)
        } else {
            view! { <span>{label}</span> }.into_any()
        };
        let value = row.value.clone().unwrap_or_else(|_| work.form.text("outputs.left_out"));
        let class =
            if is_in { "ca-output__line" } else { "ca-output__line ca-output__line--out ca-no-print" };
        view! {
            <div class=class>
                <dt class="ca-output__label">{term}</dt>
                <dd class="ca-output__value ca-typed" dir="auto">{value}</dd>
            </div>
        }
        .into_any()
    };
    let is_shown = |row: &&Row| row.value.is_ok() || row.offer == Offer::In;
    let shown = parts.iter().filter(|part| part.rows.iter().any(|row| is_shown(&row))).map(|part| {
        let lines: Vec<AnyView> = part.rows.iter().filter(is_shown).map(line).collect();
        view! {
            <h3 class="govuk-heading-s">{part.heading.clone()}</h3>
            <dl class="ca-output__lines">{lines}</dl>
        }
        .into_any()
    });
    shown.collect_view().into_any()
}

/// A document that was sent, or what to say on the telephone: the lines that are in it.
pub(super) fn lines(document: SentDocument) -> AnyView {
    let part = |part: SentPart| {
        let line = |line: SentLine| {
            view! {
                <div class="ca-output__line">
                    <dt class="ca-output__label">{line.label}</dt>
                    <dd class="ca-output__value ca-typed" dir="auto">{line.value}</dd>
                </div>
            }
            .into_any()
        };
        let lines: Vec<AnyView> = part.lines.into_iter().map(line).collect();
        view! {
            <h3 class="govuk-heading-s">{part.heading}</h3>
            <dl class="ca-output__lines">{lines}</dl>
        }
        .into_any()
    };
    document.parts.into_iter().map(part).collect_view().into_any()
}
