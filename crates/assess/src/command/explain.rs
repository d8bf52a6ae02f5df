//! `assess explain`: every rule beside a record: fired, not fired or undetermined; its conditions with the answers behind
//! them; what is open; what it rests on. For the family's words see `family`.

use assessment_rules::{Explained, Explanation, RuleExplanation, Standing, explain};
use jiff::civil::Date;

use super::{Desk, Shown};
use crate::conditions::Reader;
use crate::record::Record;
use crate::words::capitalised;

/// So many open questions are named at each rule; the rest are counted.
const MOST_OPEN: usize = 6;

pub(super) fn show(record: &Record, day: Date, desk: &Desk<'_>) -> Shown {
    let explanation = explain(&record.answers, day, desk.pack());
    if desk.asked.json || desk.asked.lines {
        return Shown::fine(serde_json::to_string(&explanation).unwrap_or_default());
    }
    let mut lines = vec![format!("{}, on {}", record.title(), desk.words.day(day))];
    results(&explanation, desk, &mut lines);
    for rule in &explanation.rules {
        lines.push(String::new());
        explained_rule(rule, record, day, desk, &mut lines);
    }
    lines.push(String::new());
    Shown::fine(lines.join("\n"))
}

fn results(explanation: &Explanation, desk: &Desk<'_>, lines: &mut Vec<String>) {
    let names = ["certain", "possible", "not_ruled_out"];
    for (name, suggestion) in names.into_iter().zip(explanation.suggestion.all()) {
        let said = desk.words.get(&["result.", name].concat());
        lines.push(format!("  {said}: {}", desk.words.suggestion(suggestion.code())));
    }
}

fn explained_rule(
    explained: &RuleExplanation,
    record: &Record,
    day: Date,
    desk: &Desk<'_>,
    lines: &mut Vec<String>,
) {
    let (words, pack) = (desk.words, desk.pack());
    let reader = Reader { words, pack };
    let day = pack.day(day);
    let of_day = |rule: &&assessment_rules::Rule| rule.id == explained.rule && rule.dated.covers(day);
    let rule = pack.rules().iter().find(of_day);
    let name = rule.map_or("", |rule| rule.name.as_str());
    let standing = words.get(&["standing.", standing(explained.standing)].concat());
    lines.push(format!("{} {name}: {}", explained.rule, standing.to_uppercase()));
    lines.push(format!("  It {}.", reader.effect(&explained.effect).trim_end_matches('.')));
    if let Some(rule) = rule {
        lines.push(format!("  When {}: {}.", rule.when_in_words, rule.then_in_words));
    }
    if !explained.decided.is_empty() {
        let results = explained.decided.iter().map(|result| words.get(&["result.", result].concat()));
        lines.push(format!("  It decided: {}.", results.collect::<Vec<_>>().join("; ")));
    }
    if let Some(condition) = &explained.condition {
        lines.push("  What it looks at:".to_owned());
        part(condition, 2, record, reader, lines);
        open(condition, record, reader, lines);
    }
    for id in &explained.references {
        lines.push(format!("  Source: {}", pack.reference(id).unwrap_or(id)));
    }
}

/// One condition and its parts, each with what it comes to and the answers behind that.
fn part(at: &Explained, depth: usize, record: &Record, reader: Reader<'_>, lines: &mut Vec<String>) {
    let words = reader.words;
    let mark = words.get(&["mark.", standing(at.standing)].concat());
    let indent = "  ".repeat(depth);
    let end = if at.parts.is_empty() { "" } else { ":" };
    lines.push(format!("{indent}[{mark}] {}{end}", capitalised(&reader.condition(&at.condition))));
    if at.parts.is_empty() {
        for path in &at.because {
            let answer = words.answer(path, &record.answers);
            lines.push(format!("{indent}  {}: {answer}", words.question(path, &record.answers, reader.pack)));
        }
        if let assessment_rules::Condition::Answer { question, .. } = &at.condition
            && at.because.is_empty()
        {
            lines.push(format!("{indent}  It is: {}", words.answer(question, &record.answers)));
        }
    }
    at.parts.iter().for_each(|inner| part(inner, depth + 1, record, reader, lines));
}

fn open(condition: &Explained, record: &Record, reader: Reader<'_>, lines: &mut Vec<String>) {
    if condition.open.is_empty() {
        return;
    }
    lines.push("  Still open:".to_owned());
    for path in condition.open.iter().take(MOST_OPEN) {
        let question = reader.words.question(path, &record.answers, reader.pack);
        lines.push(format!("    {question}: {}", reader.words.answer(path, &record.answers)));
    }
    let more = condition.open.len().saturating_sub(MOST_OPEN);
    if more > 0 {
        lines.push(format!("    and {more} more"));
    }
}

/// The code of a standing, as it stands in JSON.
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Fired => "fired",
        Standing::Undetermined => "undetermined",
        Standing::NotFired => "not-fired",
        Standing::Principle => "principle",
    }
}
