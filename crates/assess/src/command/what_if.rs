//! `assess what-if`: the fewest answers that would raise or lower the suggestion, in words. Not advice to change an
//! answer: it shows what the suggestion depends on.

use std::collections::BTreeMap;

use assessment_rules::{Change, Way, what_if};
use jiff::civil::Date;

use super::{Context, Report};
use crate::record::Record;

pub(super) fn report(record: &Record, day: Date, context: &Context<'_>) -> Report {
    let found = what_if(&record.answers, day, context.pack());
    if context.options.for_programs() {
        return Report::success(serde_json::to_string(&found).unwrap_or_default());
    }
    let wording = &context.wording;
    let mut lines = vec![
        format!("{}, on {}", record.title(), wording.day(day)),
        String::new(),
        format!("Now: {}", wording.suggestion(found.now)),
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
        lines.extend(by_result(ways, record, context));
    }
    lines.push(String::new());
    lines.push(wording.get("what-if.purpose"));
    lines.push(String::new());
    Report::success(lines.join("\n"))
}

/// The ways, grouped by what they lead to, lowest first.
fn by_result(ways: &[Way], record: &Record, context: &Context<'_>) -> Vec<String> {
    let mut grouped: BTreeMap<&str, Vec<&Way>> = BTreeMap::new();
    for way in ways {
        grouped.entry(way.leads_to).or_default().push(way);
    }
    let mut lines = Vec::new();
    for (leads_to, ways) in grouped {
        lines.push(format!("  It would be {}:", context.wording.suggestion(leads_to)));
        lines.extend(ways.iter().map(|way| format!("    - {}", in_words(way, record, context))));
    }
    lines
}

fn in_words(way: &Way, record: &Record, context: &Context<'_>) -> String {
    let wording = &context.wording;
    let change = |change: &Change| {
        let question = wording.question(&change.path, &record.answers, context.pack());
        let now = wording.answer(&change.path, &record.answers);
        let to = match change.to.as_str() {
            "" => wording.get("no-answer"),
            code => wording.option(&change.path, code),
        };
        format!("{question}: {to} (now: {now})")
    };
    way.changes.iter().map(change).collect::<Vec<_>>().join("; and ")
}
