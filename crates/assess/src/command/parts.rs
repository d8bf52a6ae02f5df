//! Small pieces that several commands on packs put together: a witness as a story, the words of days, and outcomes side by
//! side.

use assessment_engine::answers::Answers;
use assessment_form::parse_day;
use assessment_rules::{Dated, Outcome, Witness};
use jiff::civil::Date;

use crate::conditions::Reader;
use crate::words::Words;

/// A witness as a small story: a child, what is answered yes, one change, and what it does.
pub(super) fn story(witness: &Witness, reader: Reader<'_>) -> String {
    let words = reader.words;
    let day = parse_day(&witness.day).map_or_else(|| witness.day.clone(), |day| words.day(day));
    let mut told = vec![match witness.age_months {
        Some(months) => words.fill("story.child", &[("day", &day), ("age", &words.age(months))]),
        None => words.fill("story.unborn", &[("day", &day)]),
    }];
    let is_sign = |path: &str| path.contains(".indicators.");
    let thing = |path: &str| words.question(path, Answers::blank(), reader.pack);
    let thing = |path: &str| match path.rsplit_once('.') {
        Some((_, id)) if is_sign(path) => {
            words.fill("condition.signs.one", &[("sign", &words.sign(id, reader.pack)), ("id", id)])
        }
        _ => thing(path),
    };
    for (path, to) in witness.answers.iter().filter(|(path, _)| !is_sign(path)) {
        told.push(format!("{}: {}.", thing(path), words.option(path, to)));
    }
    let signs: Vec<String> =
        witness.answers.iter().filter(|(path, _)| is_sign(path)).map(|(path, _)| thing(path)).collect();
    if signs.is_empty() {
        told.push(words.get("story.nothing"));
    } else {
        told.push(words.fill("story.yes", &[("things", &signs.join(", and "))]));
        told.push(words.get("story.rest"));
    }
    let (before, after) = (words.suggestion(&witness.before), words.suggestion(&witness.after));
    let values = [("before", before.as_str()), ("after", after.as_str())];
    let Some((path, to)) = &witness.change else {
        told.push(words.fill("story.is", &values));
        return told.join(" ");
    };
    let then = match path.as_str() {
        "age_months" => {
            let age = to.parse().map_or_else(|_| to.clone(), |months| words.age(months));
            words.fill("story.then-age", &[("age", &age)])
        }
        path if is_sign(path) && to == "yes" => words.fill("story.then-sign", &[("thing", &thing(path))]),
        path => {
            let to = if to.is_empty() { words.get("no-answer") } else { words.option(path, to) };
            words.fill("story.then-answer", &[("thing", &format!("{}: {to}", thing(path)))])
        }
    };
    let key = match witness.before.cmp(&witness.after) {
        std::cmp::Ordering::Greater => "story.falls",
        std::cmp::Ordering::Less => "story.rises",
        std::cmp::Ordering::Equal => "story.stays",
    };
    told.push(format!("{then}: {}.", words.fill(key, &values)));
    told.join(" ")
}

/// From when to when, in words.
pub(super) fn days(dated: &Dated, pack: (Option<Date>, Option<Date>), words: &Words) -> String {
    let from = dated.from.or(pack.0).map(|day| words.day(day));
    let to = dated.to.or(pack.1).map(|day| words.day(day));
    match (from, to) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from}, with no end set"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "always".to_owned(),
    }
}

/// How the second outcome of a record differs from the first; empty where it does not.
pub(super) fn changes(old: &Outcome, new: &Outcome, words: &Words) -> Vec<String> {
    let mut found = Vec::new();
    let names = ["certain", "possible", "not_ruled_out"];
    for (name, (before, after)) in
        names.into_iter().zip(old.suggestion.all().into_iter().zip(new.suggestion.all()))
    {
        let (by, now_by) = (rules(old, name), rules(new, name));
        let said = words.get(&["result.", name].concat());
        if before.code() != after.code() {
            found.push(format!(
                "{said}: {} (by {by}) becomes {} (by {now_by})",
                before.code(),
                words.suggestion(after.code())
            ));
        } else if by != now_by {
            found.push(format!(
                "{said}: {} as before, but decided by {now_by} and no longer by {by}",
                before.code()
            ));
        }
    }
    for (said, before, after) in [
        ("Urgent actions", &old.urgent, &new.urgent),
        ("Urgent actions to check", &old.urgent_to_check, &new.urgent_to_check),
    ] {
        found.extend(list(said, before, after));
    }
    let prompts =
        |outcome: &Outcome| outcome.prompts.iter().map(|prompt| prompt.code().to_owned()).collect::<Vec<_>>();
    found.extend(list("Prompts", &prompts(old), &prompts(new)));
    let levels = |outcome: &Outcome| {
        outcome
            .findings
            .iter()
            .map(|one| format!("{} at {}", one.indicator, one.level.code()))
            .collect::<Vec<_>>()
    };
    found.extend(list("Signs that count", &levels(old), &levels(new)));
    let aside = |outcome: &Outcome| {
        outcome.set_aside.iter().map(|one| format!("{} ({})", one.indicator, one.because)).collect::<Vec<_>>()
    };
    found.extend(list("Signs set aside", &aside(old), &aside(new)));
    found
}

fn rules(outcome: &Outcome, result: &str) -> String {
    let rules =
        outcome.reasons.iter().filter(|reason| reason.result == result).map(|reason| reason.rule.as_str());
    let rules: Vec<&str> = rules.collect();
    if rules.is_empty() { "no rule".to_owned() } else { rules.join(" and ") }
}

/// What is new and what is gone in a list; its order alone, where only that differs.
fn list(said: &str, before: &[String], after: &[String]) -> Option<String> {
    if before == after {
        return None;
    }
    let without = |of: &[String], other: &[String]| {
        of.iter().filter(|one| !other.contains(one)).cloned().collect::<Vec<_>>()
    };
    let (gone, new) = (without(before, after), without(after, before));
    let mut told = Vec::new();
    if !new.is_empty() {
        told.push(format!("new {}", new.join(", ")));
    }
    if !gone.is_empty() {
        told.push(format!("no longer {}", gone.join(", ")));
    }
    if told.is_empty() {
        told.push(format!("in another order: {}", after.join(", ")));
    }
    Some(format!("{said}: {}", told.join("; ")))
}
