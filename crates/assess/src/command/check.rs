//! `assess check`: what is wrong with records, each with line, path, code and words. Never what was typed.

use assessment_engine::validation::{Stage, check};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Desk, Shown, not_read};
use crate::exit::Exit;
use crate::record::Record;

/// One problem as it is shown.
struct Found {
    line: Option<usize>,
    path: String,
    code: &'static str,
    max: Option<u32>,
    words: String,
}

pub(super) fn show(record: &Record, day: Date, desk: &Desk<'_>) -> Shown {
    let found = found(record, day, desk);
    let exit = Exit::found(!found.is_empty());
    let text = if desk.asked.json || desk.asked.lines {
        as_json(&found, record, day, desk)
    } else {
        as_text(&found, record, desk)
    };
    Shown { text, aside: Vec::new(), exit }
}

fn found(record: &Record, day: Date, desk: &Desk<'_>) -> Vec<Found> {
    let unread = record.unread.iter().map(|wrong| Found {
        line: wrong.line,
        path: wrong.path.clone(),
        code: code(&wrong.message),
        max: None,
        words: not_read(&wrong.message).to_owned(),
    });
    let problems = check(&record.answers, desk.asked.stage, day, &desk.standards);
    let problems = problems.iter().map(|problem| Found {
        line: record.line(&problem.path),
        path: problem.path.clone(),
        code: problem.code.as_str(),
        max: problem.max,
        words: desk.words.problem(problem, &record.answers, desk.pack()),
    });
    unread.chain(problems).collect()
}

fn code(unread: &str) -> &'static str {
    match unread {
        "unknown-question" => "unknown-question",
        "too-many-rows" => "too-many-rows",
        _ => "wrong-kind",
    }
}

fn as_text(found: &[Found], record: &Record, desk: &Desk<'_>) -> String {
    let mut lines = Vec::new();
    for problem in found {
        let place = match problem.line {
            Some(line) => format!("{}:{line}", record.file),
            None => record.title(),
        };
        lines.push(format!("{place}: {}: {} ({})", problem.path, problem.words, problem.code));
    }
    let stage = stage(desk.asked.stage);
    lines.push(match found.len() {
        0 => format!("{}: nothing is wrong at the stage \"{stage}\"", record.title()),
        1 => format!("{}: 1 problem at the stage \"{stage}\"", record.title()),
        many => format!("{}: {many} problems at the stage \"{stage}\"", record.title()),
    });
    lines.join("\n")
}

fn as_json(found: &[Found], record: &Record, day: Date, desk: &Desk<'_>) -> String {
    let one = |problem: &Found| {
        json!({
            "line": problem.line, "path": problem.path, "code": problem.code, "max": problem.max,
            "words": problem.words,
        })
    };
    let problems: Vec<Value> = found.iter().map(one).collect();
    json!({
        "record": record.title(), "stage": stage(desk.asked.stage), "as_of": day.to_string(),
        "problems": problems,
    })
    .to_string()
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Editing => "edit",
        Stage::Section => "section",
        Stage::Submit => "submit",
    }
}
