//! `assess explain`: every rule against a record: fired, not fired or undetermined; its conditions with the answers
//! behind them; what is open; its sources. The words for the family are in `explain_family`.

use assessment_rules::{Condition, Explained, RuleExplanation, Standing, explain};
use jiff::civil::Date;

use super::{Context, Report};
use crate::pack_wording::PackWording;
use crate::record::Record;
use crate::wording::three_results;
use assessment_wording::capitalised;

/// How many open questions are named at each rule; the rest are counted.
const MAX_OPEN: usize = 6;

pub(super) fn report(record: &Record, day: Date, context: &Context<'_>) -> Report {
    let explanation = explain(&record.answers, day, context.pack());
    if context.options.for_programs() {
        return Report::success(serde_json::to_string(&explanation).unwrap_or_default());
    }
    let wording = &context.wording;
    let mut lines = vec![format!("{}, on {}", record.title(), wording.day(day))];
    for (name, suggestion) in three_results(&explanation.suggestion) {
        lines.push(format!("  {}: {}", wording.result(name), wording.suggestion(suggestion.code())));
    }
    for explained in &explanation.rules {
        lines.push(String::new());
        lines.extend(rule(explained, record, day, context));
    }
    lines.push(String::new());
    Report::success(lines.join("\n"))
}

fn rule(explained: &RuleExplanation, record: &Record, day: Date, context: &Context<'_>) -> Vec<String> {
    let (wording, pack) = (&context.wording, context.pack());
    let pack_wording = PackWording { wording, pack };
    let day = pack.day(day);
    let rule = pack.rules().iter().find(|rule| rule.id == explained.rule && rule.dated.covers(day));
    let name = rule.map_or("", |rule| rule.name.as_str());
    let standing = wording.of("standing.", code(explained.standing)).to_uppercase();
    let mut lines = vec![format!("{} {name}: {standing}", explained.rule)];
    lines.push(format!("  It {}.", pack_wording.effect(&explained.effect).trim_end_matches('.')));
    if let Some(rule) = rule {
        lines.push(format!("  When {}: {}.", rule.when_in_words, rule.then_in_words));
    }
    if !explained.decided.is_empty() {
        let results: Vec<String> = explained.decided.iter().map(|name| wording.result(name)).collect();
        lines.push(format!("  It decided: {}.", results.join("; ")));
    }
    if let Some(condition) = &explained.condition {
        lines.push("  What it looks at:".to_owned());
        part(condition, 2, record, pack_wording, &mut lines);
        lines.extend(open(condition, record, pack_wording));
    }
    for id in &explained.references {
        lines.push(format!("  Source: {}", pack.reference(id).unwrap_or(id)));
    }
    lines
}

/// One condition and its parts, each with its result and the answers behind that.
fn part(
    at: &Explained,
    depth: usize,
    record: &Record,
    pack_wording: PackWording<'_>,
    lines: &mut Vec<String>,
) {
    let PackWording { wording, pack } = pack_wording;
    let mark = wording.of("mark.", code(at.standing));
    let indent = "  ".repeat(depth);
    let end = if at.parts.is_empty() { "" } else { ":" };
    lines.push(format!("{indent}[{mark}] {}{end}", capitalised(&pack_wording.condition(&at.condition))));
    if at.parts.is_empty() {
        for path in &at.because {
            let answer = wording.answer(path, &record.answers);
            lines.push(format!("{indent}  {}: {answer}", wording.question(path, &record.answers, pack)));
        }
        if let Condition::Answer { question, .. } = &at.condition
            && at.because.is_empty()
        {
            lines.push(format!("{indent}  The answer: {}", wording.answer(question, &record.answers)));
        }
    }
    at.parts.iter().for_each(|inner| part(inner, depth + 1, record, pack_wording, lines));
}

fn open(condition: &Explained, record: &Record, pack_wording: PackWording<'_>) -> Vec<String> {
    if condition.open.is_empty() {
        return Vec::new();
    }
    let PackWording { wording, pack } = pack_wording;
    let mut lines = vec!["  Still open:".to_owned()];
    for path in condition.open.iter().take(MAX_OPEN) {
        let question = wording.question(path, &record.answers, pack);
        lines.push(format!("    {question}: {}", wording.answer(path, &record.answers)));
    }
    let more = condition.open.len().saturating_sub(MAX_OPEN);
    lines.extend((more > 0).then(|| format!("    and {more} more")));
    lines
}

/// The code of a standing, as it is in JSON.
fn code(standing: Standing) -> &'static str {
    match standing {
        Standing::Fired => "fired",
        Standing::Undetermined => "undetermined",
        Standing::NotFired => "not-fired",
        Standing::Principle => "principle",
    }
}
