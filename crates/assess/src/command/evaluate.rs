//! `assess evaluate`: what the answers suggest, what is urgent, and why. With `--json`, exactly the engine's canonical
//! form.

use assessment_rules::{Outcome, evaluate};
use jiff::civil::Date;

use super::{Context, Report};
use crate::record::Record;
use crate::wording::three_results;

/// How many open questions are named; the rest are counted.
const MAX_OPEN: usize = 10;

pub(super) fn report(record: &Record, day: Date, context: &Context<'_>) -> Report {
    let outcome = evaluate(&record.answers, day, context.pack());
    if context.options.for_programs() {
        return Report::success(outcome.to_canonical_json());
    }
    let mut lines = vec![format!("{}, on {}", record.title(), context.wording.day(day)), String::new()];
    for (heading, part) in [
        ("In one line", headline(&outcome, context)),
        ("Do this first", actions(&outcome.urgent, context)),
        ("Check this now, with the safeguarding lead", actions(&outcome.urgent_to_check, context)),
        ("What the answers suggest", results(&outcome, context)),
        ("Think about", prompts(&outcome, context)),
        ("Indicators and strengths", findings(&outcome, context)),
        ("Not counted", set_aside(&outcome, context)),
        ("What would settle it, most useful first", open(&outcome, record, context)),
    ] {
        if !part.is_empty() {
            lines.push(heading.to_owned());
            lines.extend(part.into_iter().map(|line| format!("  {line}")));
            lines.push(String::new());
        }
    }
    lines.push(format!("Rules: {}. They suggest; people decide.", approved(context)));
    lines.push(String::new());
    Report::success(lines.join("\n"))
}

/// The pack and who approved it.
fn approved(context: &Context<'_>) -> String {
    let version = context.pack().version();
    match context.pack().approval() {
        Some((who, when)) => format!("{version}, approved by {who} on {when}"),
        None => format!("{version}, an example that no partnership has approved"),
    }
}

/// Urgent actions with deadline, numbers and advice on telling the family.
fn actions(codes: &[String], context: &Context<'_>) -> Vec<String> {
    let pack = context.pack();
    let mut lines = Vec::new();
    for code in codes {
        let Some(action) = pack.action(code) else {
            lines.push(code.clone());
            continue;
        };
        lines.push(format!("{code}: {}", action.action));
        lines.push(format!("  By when: {}", action.deadline));
        for contact in action.contacts.iter().filter_map(|id| pack.contact(id)) {
            let reach: Vec<&str> =
                [&contact.phone, &contact.email].into_iter().flatten().map(String::as_str).collect();
            let is_unchecked = !contact.national && contact.checked_on.is_none();
            let unchecked = if is_unchecked { " (nobody has checked this number)" } else { "" };
            lines.push(format!("  {}: {}{unchecked}", contact.name, reach.join(", ")));
        }
        lines.push(format!("  {}", context.wording.of("telling.", &action.telling_the_family)));
    }
    lines
}

/// What may be said, and for whom not enough is known, nothing that reassures.
fn headline(outcome: &Outcome, context: &Context<'_>) -> Vec<String> {
    let words = context.wording.headline(outcome);
    vec![words.line, words.text]
}

fn results(outcome: &Outcome, context: &Context<'_>) -> Vec<String> {
    let wording = &context.wording;
    let mut lines = Vec::new();
    for (name, suggestion) in three_results(&outcome.suggestion) {
        lines.push(format!("{}: {}", wording.result(name), wording.suggestion(suggestion.code())));
        for reason in outcome.reasons.iter().filter(|reason| reason.result == name) {
            let rule = context.pack().rule(&reason.rule).map_or("", |rule| rule.name.as_str());
            lines.push(format!("  by {} ({rule})", reason.rule));
        }
    }
    lines
}

fn prompts(outcome: &Outcome, context: &Context<'_>) -> Vec<String> {
    outcome.prompts.iter().map(|prompt| context.wording.of("prompt.", prompt.code())).collect()
}

fn findings(outcome: &Outcome, context: &Context<'_>) -> Vec<String> {
    let (wording, pack) = (&context.wording, context.pack());
    let mut lines = Vec::new();
    for finding in &outcome.findings {
        let path = ["elements.", &finding.element, ".indicators.", &finding.indicator].concat();
        let (answer, level) = (wording.option(&path, finding.answer), wording.level(finding.level.code()));
        let text = wording.indicator(&finding.indicator, pack);
        lines.push(format!("{} {text}: {answer} ({level})", finding.indicator));
        lines.extend(finding.raised_by.iter().map(|by| format!("  {}", raised(by, context))));
    }
    lines
}

fn set_aside(outcome: &Outcome, context: &Context<'_>) -> Vec<String> {
    let (wording, pack) = (&context.wording, context.pack());
    let one = |aside: &assessment_rules::SetAside| {
        let (text, why) =
            (wording.indicator(&aside.indicator, pack), wording.of("set_aside.", aside.because));
        format!("{} {text}: {why}", aside.indicator)
    };
    outcome.set_aside.iter().map(one).collect()
}

/// What raised or lowered an indicator, from the engine's code for it.
fn raised(by: &str, context: &Context<'_>) -> String {
    let wording = &context.wording;
    match by.split_once(':') {
        Some(("below_months", months)) => match months.parse::<u32>() {
            Ok(months) if months >= 24 && months.is_multiple_of(12) => {
                wording.fill("raised.below_years", &[("value", &(months / 12).to_string())])
            }
            _ => wording.fill("raised.below_months", &[("value", months)]),
        },
        Some(("disability", _)) => wording.get("raised.disability"),
        _ if by == "unborn" => wording.get("raised.unborn"),
        _ if by == "alone" => wording.get("raised.alone"),
        _ if context.pack().indicator(by).is_some() => {
            wording.fill("raised.indicator", &[("sign", &wording.indicator(by, context.pack()))])
        }
        _ => by.to_owned(),
    }
}

fn open(outcome: &Outcome, record: &Record, context: &Context<'_>) -> Vec<String> {
    let question = |path: &String| context.wording.question(path, &record.answers, context.pack());
    let mut lines: Vec<String> = outcome.settles.iter().take(MAX_OPEN).map(question).collect();
    let more = outcome.settles.len().saturating_sub(MAX_OPEN);
    lines.extend((more > 0).then(|| format!("and {more} more")));
    lines
}
