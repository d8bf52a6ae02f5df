//! A document in words: the engine's lines with labels and answers as they are read.

use assessment_engine::answers::{Answers, child_name};
use assessment_engine::disclosure::{
    Audience, Block, Caution, Choices, Content, Document, Line, Offer, Reason, document,
};
use assessment_engine::triangle::{ElementState, triangle_of};
use assessment_form::{Kind, is_blank};
use leptos::prelude::*;

use crate::form::Form;
use crate::pages::gaps;
use crate::questions::shown;

/// The most characters of one answer that are said on the telephone; the rest is in the record.
const MAX_SAID: usize = 300;
/// The most indicators that are said on the telephone.
const MAX_SAID_INDICATORS: usize = 6;

/// One question in words.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pages) struct Row {
    pub(in crate::pages) section: String,
    /// The element or the row of a repeating group.
    pub(in crate::pages) part: Option<String>,
    pub(in crate::pages) path: String,
    pub(in crate::pages) label: String,
    /// What it says, or why it does not.
    pub(in crate::pages) value: Result<String, Reason>,
    pub(in crate::pages) offer: Offer,
}

/// The document in words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sheet {
    pub(super) blocks: Vec<Block>,
    pub(super) cautions: Vec<Caution>,
    /// Codes of urgent actions.
    pub(super) urgent: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// What the document says of each element; empty where it says nothing of any.
    pub(super) triangle: Vec<ElementState>,
    /// What is not recorded, a line for each part of the form.
    pub(super) gaps: Vec<String>,
}

/// The document for one audience.
pub(super) fn sheet(form: Form, audience: &Audience, choices: &Choices) -> Sheet {
    let Some(outcome) = form.outcome.get() else { return Sheet::default() };
    let (facts, standards) = (form.facts(), form.standards());
    form.peek_answers(|answers| {
        let document = document(answers, &facts, &standards, &outcome, audience, choices);
        let rows = rows(form, answers, &document, audience);
        let shown = document.lines.iter().filter_map(|line| match line.content {
            Content::Shown(node) => Some((line.path.as_str(), node)),
            Content::Withheld(_) => None,
        });
        let triangle = if audience.is_front_door() { None } else { triangle_of(shown, &standards.pack) };
        let triangle = triangle.unwrap_or_default();
        Sheet {
            triangle,
            blocks: document.blocks,
            cautions: document.cautions,
            urgent: document.urgent.into_iter().map(str::to_owned).collect(),
            rows,
            gaps: gaps::lines(form, &document.not_recorded),
        }
    })
}

/// The lines of a document in words. On the telephone long answers and long lists of signs are cut.
pub(in crate::pages) fn rows(
    form: Form,
    answers: &Answers,
    document: &Document<'_>,
    audience: &Audience,
) -> Vec<Row> {
    let is_script = *audience == Audience::CallScript;
    let mut indicators = 0;
    let mut rows = Vec::new();
    for line in &document.lines {
        indicators += usize::from(line.indicator.is_some());
        if !is_script || line.indicator.is_none() || indicators <= MAX_SAID_INDICATORS {
            rows.push(row(form, answers, line, is_script));
        }
    }
    let more = indicators.saturating_sub(MAX_SAID_INDICATORS);
    if is_script && let Some(last) = rows.last().filter(|_| more > 0) {
        let label = form.text("outputs.call.more_signs");
        let (path, value) = ("more".to_owned(), Ok(more.to_string()));
        let row = Row { label, path, value, part: None, offer: Offer::Out, section: last.section.clone() };
        rows.push(row);
    }
    rows
}

fn row(form: Form, answers: &Answers, line: &Line<'_>, is_script: bool) -> Row {
    let (words, standards) = (form.words(), form.standards());
    let kind = line.question.kind;
    let label = match line.indicator {
        Some(id) => standards.pack.indicator(id).map_or(id, |indicator| &indicator.text).to_owned(),
        // The form speaks to the practitioner, a document to others.
        None => form
            .maybe_text(&format!("outputs.label.{}", line.key))
            .unwrap_or_else(|| words.label(&line.key, kind, line.question.name, &standards).to_owned()),
    };
    let value = match &line.content {
        Content::Withheld(reason) => Err(*reason),
        Content::Shown(node) => Ok(match (kind, node) {
            (Kind::Indicators, assessment_engine::answers::Node::Text(mark)) => {
                shown::code(form, "mark", mark)
            }
            (kind, node) => {
                let text = shown::answer_on(form, answers, &line.path, kind, *node);
                if is_blank(&text) { form.text("outputs.not_known") } else { text }
            }
        }),
    };
    let value = value.map(|text| if is_script { said(form, text) } else { text });
    let said = form.maybe_text(&format!("outputs.call.{}", line.section));
    let section = said.unwrap_or_else(|| form.text(&format!("section.{}", line.section)));
    Row { section, part: form.part_of(&line.path), path: line.path.clone(), label, value, offer: line.offer }
}

fn said(form: Form, text: String) -> String {
    match text.char_indices().nth(MAX_SAID) {
        Some((end, _)) => form.filled("outputs.call.more", &[("text", text.get(..end).unwrap_or_default())]),
        None => text,
    }
}

/// Who receives it, in words.
pub(in crate::pages) fn name_of(form: Form, audience: &Audience) -> String {
    match audience {
        Audience::Child => {
            let name = form.peek_answers(child_name);
            if name.is_empty() { form.text("outputs.the_child") } else { name }
        }
        Audience::Parent(row) => {
            let name = form.peek_answers(|answers| {
                answers.parents_and_carers.get(*row).map(|person| person.name.trim().to_owned())
            });
            let name = name.filter(|name| !name.is_empty());
            name.or_else(|| form.part_of(&format!("parents_and_carers[{row}]"))).unwrap_or_default()
        }
        Audience::Service(code) => shown::service(form, code),
        Audience::ContactForm | Audience::CallScript => form.standards().profile.front_door().to_owned(),
        Audience::BlankPack => String::new(),
    }
}
