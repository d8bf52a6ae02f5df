//! A witness of the proof as a short story: a child, what is answered yes, one change, and what it does.

use assessment_form::parse_day;
use std::cmp::Ordering;

use assessment_engine::answers::Answers;
use assessment_rules::Witness;

use crate::pack_wording::PackWording;

/// The story.
pub(super) fn story(witness: &Witness, pack_wording: PackWording<'_>) -> String {
    let PackWording { wording, pack } = pack_wording;
    let day = parse_day(&witness.day).map_or_else(|| witness.day.clone(), |day| wording.day(day));
    let mut sentences = vec![match witness.age_months {
        Some(months) => wording.fill("story.child", &[("day", &day), ("age", &wording.age(months))]),
        None => wording.fill("story.unborn", &[("day", &day)]),
    }];
    let name = |path: &str| match indicator(path) {
        Some(id) => wording.indicator_with_id(id, pack),
        None => wording.question(path, Answers::blank(), pack),
    };
    let (indicators, questions): (Vec<_>, Vec<_>) =
        witness.answers.iter().partition(|(path, _)| indicator(path).is_some());
    for (path, to) in questions {
        sentences.push(format!("{}: {}.", name(path), wording.option(path, to)));
    }
    if indicators.is_empty() {
        sentences.push(wording.get("story.nothing"));
    } else {
        let names: Vec<String> = indicators.iter().map(|(path, _)| name(path)).collect();
        sentences.push(wording.fill("story.yes", &[("things", &names.join(", and "))]));
        sentences.push(wording.get("story.rest"));
    }
    let (before, after) = (wording.suggestion(&witness.before), wording.suggestion(&witness.after));
    let values = [("before", before.as_str()), ("after", after.as_str())];
    let Some((path, to)) = &witness.change else {
        sentences.push(wording.fill("story.is", &values));
        return sentences.join(" ");
    };
    let then = match path.as_str() {
        "age_months" => {
            let age = to.parse().map_or_else(|_| to.clone(), |months| wording.age(months));
            wording.fill("story.then-age", &[("age", &age)])
        }
        path if indicator(path).is_some() && to == "yes" => {
            wording.fill("story.then-indicator", &[("thing", &name(path))])
        }
        path => {
            let to = if to.is_empty() { wording.get("no-answer") } else { wording.option(path, to) };
            wording.fill("story.then-answer", &[("thing", &format!("{}: {to}", name(path)))])
        }
    };
    let key = match witness.before.cmp(&witness.after) {
        Ordering::Greater => "story.falls",
        Ordering::Less => "story.rises",
        Ordering::Equal => "story.stays",
    };
    sentences.push(format!("{then}: {}.", wording.fill(key, &values)));
    sentences.join(" ")
}

/// The id of the indicator that a path answers.
fn indicator(path: &str) -> Option<&str> {
    path.split_once(".indicators.").map(|(_, id)| id)
}
