//! `assess what-if`: the fewest answers that would raise or lower the suggestion, in words. Not advice to change an answer:
//! it shows what the suggestion hangs on.

use std::collections::BTreeMap;

use assessment_rules::{Way, what_if};
use jiff::civil::Date;

use super::{Desk, Shown};
use crate::record::Record;

pub(super) fn show(record: &Record, day: Date, desk: &Desk<'_>) -> Shown {
    let found = what_if(&record.answers, day, desk.pack());
    if desk.asked.json || desk.asked.lines {
        return Shown::fine(serde_json::to_string(&found).unwrap_or_default());
    }
    let words = desk.words;
    let mut lines = vec![
        format!("{}, on {}", record.title(), words.day(day)),
        String::new(),
        format!("Now: {}", words.suggestion(found.now)),
    ];
    for (ways, verb) in [(&found.raise, "raise"), (&found.lower, "lower")] {
        lines.push(String::new());
        if ways.is_empty() {
            lines.push(format!("No change of up to three answers would {verb} it."));
            continue;
        }
        let size = ways.first().map_or(0, |way| way.changes.len());
        lines.push(match size {
            1 => format!("One answer would {verb} it. Any of these:"),
            _ => format!("{size} answers together would {verb} it. Any of these sets:"),
        });
        by_result(ways, record, desk, &mut lines);
    }
    lines.push(String::new());
    lines.push(
        "This shows what the suggestion hangs on. Answers say what was seen and told, and nothing else."
            .to_owned(),
    );
    lines.push(String::new());
    Shown::fine(lines.join("\n"))
}

/// Ways under what they lead to, lowest first.
fn by_result(ways: &[Way], record: &Record, desk: &Desk<'_>, lines: &mut Vec<String>) {
    let mut grouped: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for way in ways {
        grouped.entry(way.leads_to).or_default().push(told(way, record, desk));
    }
    for (leads_to, told) in grouped {
        lines.push(format!("  It would be {}:", desk.words.suggestion(leads_to)));
        lines.extend(told.into_iter().map(|told| format!("    - {told}")));
    }
}

fn told(way: &Way, record: &Record, desk: &Desk<'_>) -> String {
    let words = desk.words;
    let change = |change: &assessment_rules::Change| {
        let question = words.question(&change.path, &record.answers, desk.pack());
        let (is, to) = (words.answer(&change.path, &record.answers), words.option(&change.path, &change.to));
        let to = if change.to.is_empty() { words.get("no-answer") } else { to };
        format!("{question}: {to}, where it is now {is}")
    };
    way.changes.iter().map(change).collect::<Vec<_>>().join("; and ")
}
