//! `assess pack diff`: what a new rule pack changes: which of its parts, and which of a set of stored cases, how, and from
//! when. Cases are tried on their own day and on each day on which the new pack changes.

use assessment_rules::evaluate;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::pack_check::counted;
use super::parts::changes;
use super::sections::{Part, parts};
use super::words_for;
use crate::arguments::Asked;
use crate::cases;
use crate::exit::Exit;
use crate::pack_file::{self, PackFile};
use crate::record::Record;
use crate::terminal::Terminal;
use crate::words::Words;

/// What changes for one case.
struct CaseChange {
    case: String,
    /// The days on which it is so, the first day first.
    days: Vec<(Date, Day)>,
    what: Vec<String>,
    /// Whether one of its results falls: whoever signs the pack has to see that first.
    lower: bool,
}

/// Why a day was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    /// It is the case's own day.
    Own,
    /// The new pack changes on it.
    Change,
}

pub(super) fn run(asked: &Asked, words: &Words, terminal: &mut Terminal<'_>) -> Exit {
    let (Some(old), Some(new)) = (asked.operands.first(), asked.operands.get(1)) else {
        return Exit::WrongUse;
    };
    let (old, new) = match (pack_file::draft(terminal, Some(old)), pack_file::draft(terminal, Some(new))) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let wrong: Vec<_> = [old.err(), new.err()].into_iter().flatten().flatten().collect();
            return terminal.complain(&wrong);
        }
    };
    let words = &match words_for(asked, words, &new.pack, terminal) {
        Ok(words) => words,
        Err(wrong) => return terminal.complain(&wrong),
    };
    let (cases, wrong) = cases::read(terminal, &asked.cases);
    let exit = if wrong.is_empty() { Exit::Fine } else { terminal.complain(&wrong) };
    let parts = parts(&old.value, &new.value);
    let days = new.pack.days_of_change();
    let changed: Vec<CaseChange> =
        cases.iter().flat_map(|case| case_changes(case, &old, &new, &days, terminal.today, words)).collect();
    if asked.json {
        terminal.say(&as_json(&parts, &changed, &old, &new, cases.len(), &days));
    } else {
        as_text(&parts, &changed, &old, &new, cases.len(), &days, words)
            .iter()
            .for_each(|line| terminal.say(line));
    }
    exit.and(Exit::found(!parts.is_empty() || !changed.is_empty()))
}

/// The changes of one case; days with the same changes stand together.
fn case_changes(
    case: &Record,
    old: &PackFile,
    new: &PackFile,
    days: &[Date],
    today: Date,
    words: &Words,
) -> Vec<CaseChange> {
    let mut found: Vec<CaseChange> = Vec::new();
    let own = case.day(None, today);
    let others = days.iter().filter(|day| **day != own).map(|day| (*day, Day::Change));
    let mut tried: Vec<(Date, Day)> = [(own, Day::Own)].into_iter().chain(others).collect();
    tried.sort_by_key(|(day, _)| *day);
    for (day, why) in tried {
        let before = evaluate(&case.answers, day, &old.pack);
        let after = evaluate(&case.answers, day, &new.pack);
        let what = changes(&before, &after, words);
        if what.is_empty() {
            continue;
        }
        let results = before.suggestion.all().into_iter().zip(after.suggestion.all());
        let lower = results.into_iter().any(|(before, after)| after.step() < before.step());
        match found.iter_mut().find(|other| other.what == what) {
            Some(same) => same.days.push((day, why)),
            None => found.push(CaseChange { case: case.title(), days: vec![(day, why)], what, lower }),
        }
    }
    found
}

fn as_text(
    parts: &[Part],
    changed: &[CaseChange],
    old: &PackFile,
    new: &PackFile,
    tried: usize,
    days: &[Date],
    words: &Words,
) -> Vec<String> {
    let mut lines = vec![format!("From {} to {}", old.pack.version(), new.pack.version()), String::new()];
    lines.push("Impacted sections".to_owned());
    if parts.is_empty() {
        lines.push("  No part of the pack is different.".to_owned());
    }
    let mut heading = "";
    for part in parts {
        if heading != part.list {
            heading = part.list;
            lines.push(format!("  {}", words.get(&["part.", heading].concat())));
        }
        lines.push(format!("    {}", part.told()));
    }
    lines.push(String::new());
    lines.push("From when".to_owned());
    let shown: Vec<String> = days.iter().map(|day| words.day(*day)).collect();
    lines.push(format!("  The new pack changes on {}.", shown.join(", ")));
    lines.push(match tried {
        0 => "  No stored cases were found, so none was tried: name some with --cases.".to_owned(),
        _ => format!("  Tried: {}, each on its own day and on each of these days.", counted(tried, "case")),
    });
    let mut names: Vec<&str> = changed.iter().map(|change| change.case.as_str()).collect();
    names.dedup();
    let mut lower: Vec<&str> =
        changed.iter().filter(|change| change.lower).map(|change| change.case.as_str()).collect();
    lower.dedup();
    lines.push(format!(
        "  Changed: {}. Lower than before: {}.",
        counted(names.len(), "case"),
        counted(lower.len(), "case")
    ));
    for change in changed {
        let on: Vec<String> = change.days.iter().map(|(day, why)| on(*day, *why, words)).collect();
        let mark = if change.lower { " LOWER" } else { "" };
        lines.push(format!("  {}:{mark} {}", change.case, on.join(", ")));
        lines.extend(change.what.iter().map(|what| format!("    {what}")));
    }
    lines
}

fn on(day: Date, why: Day, words: &Words) -> String {
    match why {
        Day::Own => format!("on its own day, {}", words.day(day)),
        Day::Change => format!("as of {}", words.day(day)),
    }
}

fn as_json(
    parts: &[Part],
    changed: &[CaseChange],
    old: &PackFile,
    new: &PackFile,
    tried: usize,
    days: &[Date],
) -> String {
    let parts: Vec<Value> = parts.iter().map(Part::json).collect();
    let day = |(day, why): &(Date, Day)| json!({"day": day.to_string(), "own_day": *why == Day::Own});
    let case = |change: &CaseChange| {
        let days: Vec<Value> = change.days.iter().map(day).collect();
        json!({"case": change.case, "days": days, "lower": change.lower, "what": change.what})
    };
    let changed: Vec<Value> = changed.iter().map(case).collect();
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    json!({
        "old": old.pack.version(), "new": new.pack.version(), "impacted_sections": parts,
        "from_when": days, "cases_tried": tried, "cases": changed,
    })
    .to_string()
}
