//! How one outcome of a record differs from another.

use assessment_rules::{Finding, Outcome, Prompt, SetAside};

use crate::wording::{Wording, three_results};

/// How the second outcome differs from the first; empty if it does not.
pub(super) fn changes(old: &Outcome, new: &Outcome, wording: &Wording) -> Vec<String> {
    let mut found = Vec::new();
    let pairs = three_results(&old.suggestion).into_iter().zip(three_results(&new.suggestion));
    for ((name, before), (_, after)) in pairs {
        let (by, now_by) = (rules(old, name), rules(new, name));
        let (result, before) = (wording.result(name), before.code());
        if before != after.code() {
            let after = wording.suggestion(after.code());
            found.push(format!("{result}: {before} (by {by}) becomes {after} (by {now_by})"));
        } else if by != now_by {
            found
                .push(format!("{result}: {before} as before, but decided by {now_by} and no longer by {by}"));
        }
    }
    if old.headline != new.headline {
        let said = |outcome: &Outcome| [outcome.headline.kind.code(), " ", outcome.headline.code].concat();
        found.push(format!("Headline: {} becomes {}", said(old), said(new)));
    }
    let prompt = |prompt: &Prompt| prompt.code().to_owned();
    let finding = |finding: &Finding| format!("{} at {}", finding.indicator, finding.level.code());
    let aside = |aside: &SetAside| format!("{} ({})", aside.indicator, aside.because);
    found.extend(list("Urgent actions", &old.urgent, &new.urgent, String::clone));
    found.extend(list("Urgent actions to check", &old.urgent_to_check, &new.urgent_to_check, String::clone));
    found.extend(list("Prompts", &old.prompts, &new.prompts, prompt));
    found.extend(list("Indicators that count", &old.findings, &new.findings, finding));
    found.extend(list("Indicators set aside", &old.set_aside, &new.set_aside, aside));
    found
}

fn rules(outcome: &Outcome, result: &str) -> String {
    let reasons = outcome.reasons.iter().filter(|reason| reason.result == result);
    let rules: Vec<&str> = reasons.map(|reason| reason.rule.as_str()).collect();
    if rules.is_empty() { "no rule".to_owned() } else { rules.join(" and ") }
}

/// What is new in a list and what is gone from it; if only its order differs, that.
fn list<T>(heading: &str, before: &[T], after: &[T], name: impl Fn(&T) -> String) -> Option<String> {
    let [before, after] = [before, after].map(|list| list.iter().map(&name).collect::<Vec<_>>());
    if before == after {
        return None;
    }
    let without = |of: &[String], other: &[String]| {
        of.iter().filter(|one| !other.contains(one)).cloned().collect::<Vec<_>>().join(", ")
    };
    let said = match (without(&after, &before).as_str(), without(&before, &after).as_str()) {
        ("", "") => format!("in another order: {}", after.join(", ")),
        (new, "") => format!("new {new}"),
        ("", gone) => format!("no longer {gone}"),
        (new, gone) => format!("new {new}; no longer {gone}"),
    };
    Some(format!("{heading}: {said}"))
}
