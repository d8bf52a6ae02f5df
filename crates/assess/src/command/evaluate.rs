//! `assess evaluate`: what the answers suggest, what is urgent, and why. With `--json` exactly the engine's canonical form.

use assessment_rules::{Outcome, evaluate};
use jiff::civil::Date;

use super::{Desk, Shown};
use crate::record::Record;

/// So many open questions are named; the rest are counted.
const MOST_OPEN: usize = 10;

pub(super) fn show(record: &Record, day: Date, desk: &Desk<'_>) -> Shown {
    let outcome = evaluate(&record.answers, day, desk.pack());
    if desk.asked.json || desk.asked.lines {
        return Shown::fine(outcome.to_canonical_json());
    }
    let mut lines = vec![format!("{}, on {}", record.title(), desk.words.day(day)), String::new()];
    urgent(&outcome, desk, &mut lines);
    results(&outcome, desk, &mut lines);
    findings(&outcome, desk, &mut lines);
    open(&outcome, record, desk, &mut lines);
    lines.push(format!("Rules: {}. They suggest; people decide.", approved(desk)));
    lines.push(String::new());
    Shown::fine(lines.join("\n"))
}

/// The pack and who approved it.
fn approved(desk: &Desk<'_>) -> String {
    let version = desk.pack().version();
    match desk.pack().approval() {
        Some((who, when)) => format!("{version}, approved by {who} on {when}"),
        None => format!("{version}, an example that no partnership has approved"),
    }
}

fn urgent(outcome: &Outcome, desk: &Desk<'_>, lines: &mut Vec<String>) {
    for (heading, codes) in [
        ("Do this first", &outcome.urgent),
        ("Check this now, with the safeguarding lead", &outcome.urgent_to_check),
    ] {
        if codes.is_empty() {
            continue;
        }
        lines.push(heading.to_owned());
        for code in codes {
            lines.extend(action(code, desk).into_iter().map(|line| format!("  {line}")));
        }
        lines.push(String::new());
    }
}

/// An urgent action with its deadline, numbers and advice on telling the family.
pub(super) fn action(code: &str, desk: &Desk<'_>) -> Vec<String> {
    let pack = desk.pack();
    let Some(action) = pack.action(code) else { return vec![code.to_owned()] };
    let mut lines = vec![format!("{code}: {}", action.action), format!("  By when: {}", action.deadline)];
    for contact in action.contacts.iter().filter_map(|id| pack.contact(id)) {
        let reach: Vec<&str> =
            [&contact.phone, &contact.email].into_iter().flatten().map(String::as_str).collect();
        let unchecked = !contact.national && contact.checked_on.is_none();
        let unchecked = if unchecked { " (nobody has checked this number)" } else { "" };
        lines.push(format!("  {}: {}{unchecked}", contact.name, reach.join(", ")));
    }
    lines.push(format!("  {}", desk.words.get(&["telling.", &action.telling_the_family].concat())));
    lines
}

fn results(outcome: &Outcome, desk: &Desk<'_>, lines: &mut Vec<String>) {
    let words = desk.words;
    lines.push("What the answers suggest".to_owned());
    for (name, suggestion) in
        ["certain", "possible", "not_ruled_out"].into_iter().zip(outcome.suggestion.all())
    {
        let said = words.get(&["result.", name].concat());
        lines.push(format!("  {said}: {}", words.suggestion(suggestion.code())));
        for reason in outcome.reasons.iter().filter(|reason| reason.result == name) {
            let rule = desk.pack().rule(&reason.rule).map_or("", |rule| rule.name.as_str());
            lines.push(format!("    by {} ({rule})", reason.rule));
        }
    }
    lines.push(String::new());
    if !outcome.prompts.is_empty() {
        lines.push("Think about".to_owned());
        for prompt in &outcome.prompts {
            lines.push(format!("  {}", words.get(&["prompt.", prompt.code()].concat())));
        }
        lines.push(String::new());
    }
}

fn findings(outcome: &Outcome, desk: &Desk<'_>, lines: &mut Vec<String>) {
    let (words, pack) = (desk.words, desk.pack());
    if !outcome.findings.is_empty() {
        lines.push("Signs and strengths".to_owned());
        for finding in &outcome.findings {
            let answer = words.option(
                &["elements.", &finding.element, ".indicators.", &finding.indicator].concat(),
                finding.answer,
            );
            let (sign, level) = (words.sign(&finding.indicator, pack), words.level(finding.level.code()));
            lines.push(format!("  {} {sign}: {answer} ({level})", finding.indicator));
            let moved = finding.raised_by.iter().map(|by| format!("    {}", raised(by, desk)));
            lines.extend(moved);
        }
        lines.push(String::new());
    }
    if !outcome.set_aside.is_empty() {
        lines.push("Not counted".to_owned());
        for aside in &outcome.set_aside {
            let why = words.get(&["set_aside.", aside.because].concat());
            lines.push(format!("  {} {}: {why}", aside.indicator, words.sign(&aside.indicator, pack)));
        }
        lines.push(String::new());
    }
}

/// What raised or lowered a sign, from the engine's code for it.
fn raised(by: &str, desk: &Desk<'_>) -> String {
    let words = desk.words;
    match by.split_once(':') {
        Some(("below_months", months)) => match months.parse::<u32>() {
            Ok(months) if months >= 24 && months.is_multiple_of(12) => {
                words.fill("raised.below_years", &[("value", &(months / 12).to_string())])
            }
            _ => words.fill("raised.below_months", &[("value", months)]),
        },
        Some(("disability", _)) => words.get("raised.disability"),
        _ if by == "unborn" => words.get("raised.unborn"),
        _ if by == "alone" => words.get("raised.alone"),
        _ if desk.pack().indicator(by).is_some() => {
            words.fill("raised.indicator", &[("sign", &words.sign(by, desk.pack()))])
        }
        _ => by.to_owned(),
    }
}

fn open(outcome: &Outcome, record: &Record, desk: &Desk<'_>, lines: &mut Vec<String>) {
    if outcome.settles.is_empty() {
        return;
    }
    lines.push("What would settle it, the most useful first".to_owned());
    for path in outcome.settles.iter().take(MOST_OPEN) {
        lines.push(format!("  {}", desk.words.question(path, &record.answers, desk.pack())));
    }
    let more = outcome.settles.len().saturating_sub(MOST_OPEN);
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
    lines.push(String::new());
}
