//! `assess pack diff`: what a new rule pack changes: which of its parts, and which of a set of stored cases, how, and from
//! when. Cases are tried on their own day and on each day on which the new pack changes.

use std::ffi::OsString;

use assessment_rules::evaluate;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::changes::changes;
use super::pack_parts::{Part, parts};
use super::{Outcome, wording_for};
use crate::arguments::{Cases, Profile};
use crate::cases;
use crate::exit::Exit;
use crate::pack_file::{self, PackFile};
use crate::record::Record;
use crate::terminal::Terminal;
use crate::wording::{Wording, counted};

/// Everything that differs.
struct Diff<'a> {
    old: &'a PackFile,
    new: &'a PackFile,
    parts: Vec<Part>,
    /// The days on which the new pack changes.
    days: Vec<Date>,
    cases_tried: usize,
    cases: Vec<CaseChange>,
}

/// What changes for one case.
struct CaseChange {
    case: String,
    /// The days on which it is so, in order.
    days: Vec<TriedDay>,
    what: Vec<String>,
    /// Whether one of its results falls: anyone who signs the pack has to see that first.
    lower: bool,
}

/// A day on which a case was tried.
#[derive(Debug, Clone, Copy)]
struct TriedDay {
    day: Date,
    /// Whether it is the case's own day; otherwise the new pack changes on it.
    own: bool,
}

pub(super) fn run(
    [old, new]: [&OsString; 2],
    json: bool,
    named_cases: &Cases,
    profile: &Profile,
    wording: &Wording,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    let (old, new) = match (pack_file::draft(terminal, Some(old)), pack_file::draft(terminal, Some(new))) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err([old.err(), new.err()].into_iter().flatten().flatten().collect()),
    };
    let wording = wording_for(profile, &new.pack, wording, terminal)?;
    let (cases, errors) = cases::read(terminal, &named_cases.cases);
    let exit = if errors.is_empty() { Exit::Success } else { terminal.report(&errors) };
    let days = new.pack.days_of_change();
    let changed =
        cases.iter().flat_map(|case| case_changes(case, [&old, &new], &days, terminal.today, &wording));
    let diff = Diff {
        parts: parts(&old.value, &new.value),
        cases_tried: cases.len(),
        cases: changed.collect(),
        days,
        old: &old,
        new: &new,
    };
    if json {
        terminal.print(&diff.as_json());
    } else {
        diff.as_text(&wording).iter().for_each(|line| terminal.print(line));
    }
    Ok(exit.and(Exit::found(!diff.parts.is_empty() || !diff.cases.is_empty())))
}

/// The changes of one case; days with the same changes are put together.
fn case_changes(
    case: &Record,
    [old, new]: [&PackFile; 2],
    days: &[Date],
    today: Date,
    wording: &Wording,
) -> Vec<CaseChange> {
    let own = case.day(None, today);
    let others = days.iter().filter(|day| **day != own).map(|day| TriedDay { day: *day, own: false });
    let mut tried: Vec<TriedDay> = others.chain([TriedDay { day: own, own: true }]).collect();
    tried.sort_by_key(|tried| tried.day);
    let mut found: Vec<CaseChange> = Vec::new();
    for tried in tried {
        let before = evaluate(&case.answers, tried.day, &old.pack);
        let after = evaluate(&case.answers, tried.day, &new.pack);
        let what = changes(&before, &after, wording);
        if what.is_empty() {
            continue;
        }
        let mut results = before.suggestion.all().into_iter().zip(after.suggestion.all());
        let lower = results.any(|(before, after)| after.step() < before.step());
        match found.iter_mut().find(|other| other.what == what) {
            Some(same) => same.days.push(tried),
            None => found.push(CaseChange { case: case.title(), days: vec![tried], what, lower }),
        }
    }
    found
}

impl Diff<'_> {
    fn as_text(&self, wording: &Wording) -> Vec<String> {
        let (old, new) = (self.old.pack.version(), self.new.pack.version());
        let mut lines = vec![format!("From {old} to {new}"), String::new(), "Impacted sections".to_owned()];
        if self.parts.is_empty() {
            lines.push("  No part of the pack is different.".to_owned());
        }
        let mut heading = "";
        for part in &self.parts {
            if heading != part.list {
                heading = part.list;
                lines.push(format!("  {}", wording.of("part.", heading)));
            }
            lines.push(format!("    {}", part.in_words()));
        }
        let days: Vec<String> = self.days.iter().map(|day| wording.day(*day)).collect();
        lines.extend([String::new(), "From when".to_owned()]);
        lines.push(format!("  The new pack changes on {}.", days.join(", ")));
        lines.push(match self.cases_tried {
            0 => "  No stored cases were found, so none was tried: name some with --cases.".to_owned(),
            tried => {
                format!("  Tried: {}, each on its own day and on each of these days.", counted(tried, "case"))
            }
        });
        let (changed, lower) = (self.count_cases(|_| true), self.count_cases(|change| change.lower));
        let (changed, lower) = (counted(changed, "case"), counted(lower, "case"));
        lines.push(format!("  Changed: {changed}. Lower than before: {lower}."));
        for change in &self.cases {
            let on: Vec<String> = change.days.iter().map(|tried| tried.in_words(wording)).collect();
            let mark = if change.lower { " LOWER" } else { "" };
            lines.push(format!("  {}:{mark} {}", change.case, on.join(", ")));
            lines.extend(change.what.iter().map(|what| format!("    {what}")));
        }
        lines
    }

    /// How many cases have such a change.
    fn count_cases(&self, which: impl Fn(&CaseChange) -> bool) -> usize {
        let mut names: Vec<&str> =
            self.cases.iter().filter(|change| which(change)).map(|change| change.case.as_str()).collect();
        names.dedup();
        names.len()
    }

    fn as_json(&self) -> String {
        let parts: Vec<Value> = self.parts.iter().map(Part::json).collect();
        let day = |tried: &TriedDay| json!({"day": tried.day.to_string(), "own_day": tried.own});
        let case = |change: &CaseChange| {
            let days: Vec<Value> = change.days.iter().map(day).collect();
            json!({"case": change.case, "days": days, "lower": change.lower, "what": change.what})
        };
        let cases: Vec<Value> = self.cases.iter().map(case).collect();
        let days: Vec<String> = self.days.iter().map(ToString::to_string).collect();
        json!({
            "old": self.old.pack.version(), "new": self.new.pack.version(), "impacted_sections": parts,
            "from_when": days, "cases_tried": self.cases_tried, "cases": cases,
        })
        .to_string()
    }
}

impl TriedDay {
    fn in_words(self, wording: &Wording) -> String {
        let day = wording.day(self.day);
        if self.own { format!("on its own day, {day}") } else { format!("as of {day}") }
    }
}
