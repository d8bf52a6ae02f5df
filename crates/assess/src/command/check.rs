//! `assess check`: what is wrong with records, each with line, path, code and words. Never what was typed.

use assessment_engine::required::Requirement;
use assessment_engine::validation::{Problem, check};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Context, Report};
use crate::arguments::Stage;
use crate::exit::Exit;
use crate::input_error::unread;
use crate::record::Record;
use crate::wording::counted;

/// One problem as it is shown.
struct Found {
    line: usize,
    path: String,
    code: &'static str,
    max: Option<u32>,
    words: String,
    /// Who requires the answer, and why.
    required: Option<Requirement>,
}

pub(super) fn report(record: &Record, day: Date, stage: Stage, context: &Context<'_>) -> Report {
    let found = found(record, day, stage, context);
    let exit = Exit::found(!found.is_empty());
    let text = if context.options.for_programs() {
        as_json(&found, record, day, stage)
    } else {
        as_text(&found, record, stage)
    };
    Report { text, notes: Vec::new(), exit }
}

fn found(record: &Record, day: Date, stage: Stage, context: &Context<'_>) -> Vec<Found> {
    let unread = record.unread.iter().map(|one| Found {
        line: one.line,
        path: one.path.clone(),
        code: one.code.as_str(),
        max: None,
        words: unread(one.code).to_owned(),
        required: None,
    });
    let problems = check(&record.answers, stage.into(), day, &context.standards);
    let problems = problems.iter().map(|problem| Found {
        line: record.line(&problem.path),
        path: problem.path.clone(),
        code: problem.code.as_str(),
        max: problem.max,
        words: context.wording.problem(problem, &record.answers, context.pack()),
        required: requirement(problem, context),
    });
    unread.chain(problems).collect()
}

/// What requires a missing answer. Another problem is none of it.
fn requirement(problem: &Problem, context: &Context<'_>) -> Option<Requirement> {
    let is_missing = problem.code.is_missing();
    context.standards.required.requirement(&problem.path).filter(|_| is_missing).cloned()
}

fn as_text(found: &[Found], record: &Record, stage: Stage) -> String {
    let mut lines = Vec::new();
    for problem in found {
        let Found { line, path, words, code, .. } = problem;
        lines.push(format!("{}:{line}: {path}: {words} ({code})", record.file));
        lines.extend(problem.required.as_ref().map(|one| {
            format!("    required by the {}: {} Source: {}.", one.by.code(), one.because, one.source)
        }));
    }
    let total = if found.is_empty() { "no problems".to_owned() } else { counted(found.len(), "problem") };
    lines.push(format!("{}: {total} at the stage \"{}\"", record.title(), stage.code()));
    lines.join("\n")
}

fn as_json(found: &[Found], record: &Record, day: Date, stage: Stage) -> String {
    let one = |problem: &Found| {
        json!({
            "line": problem.line, "path": problem.path, "code": problem.code, "max": problem.max,
            "words": problem.words, "required": problem.required.as_ref().map(|one| {
                json!({ "by": one.by.code(), "because": one.because, "source": one.source })
            }),
        })
    };
    let problems: Vec<Value> = found.iter().map(one).collect();
    json!({
        "record": record.title(), "stage": stage.code(), "as_of": day.to_string(), "problems": problems,
    })
    .to_string()
}
