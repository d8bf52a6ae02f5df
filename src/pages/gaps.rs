//! What is not recorded, in words: one line for each part of the form, and one for the elements that nobody talked about.

use assessment_engine::disclosure::{is_one_persons, is_practitioners_own};
use assessment_engine::not_recorded::{Gap, NotRecorded, not_recorded};
use assessment_wording::uncapitalised;
use leptos::prelude::*;

use crate::form::Form;

/// What is not recorded in the open record, of what may be seen now. Tracked.
pub(super) fn found(form: Form) -> NotRecorded {
    let Some(outcome) = form.outcome.get() else { return NotRecorded::default() };
    let is_with_family = form.with_family.get();
    form.answers(|answers| {
        let found = not_recorded(answers, form.today(), &form.standards(), &outcome);
        if !is_with_family {
            return found;
        }
        found.only(|path| {
            let is_hidden = |group: &str, question| {
                is_practitioners_own(group, question) || is_one_persons(group, question)
            };
            answers.find(path).is_some_and(|found| !is_hidden(found.group.key(), found.question))
        })
    })
}

/// One part of the form: the names of what is blank, or how much is where there is much.
pub(super) fn line(form: Form, gap: &Gap) -> String {
    let part = part(form, gap);
    let (count, all) = (gap.blank.len().to_string(), gap.expected.to_string());
    if gap.blank.len() == gap.expected {
        return form.filled("gap.all", &[("part", &part)]);
    }
    if gap.is_mostly_blank() {
        return form.filled("gap.most", &[("part", &part), ("count", &count), ("all", &all)]);
    }
    let standards = form.standards();
    let names = form.peek_answers(|answers| {
        let asked = |path: &String| {
            answers.find(path).map(|found| uncapitalised(&form.words().asked(&found, &standards)))
        };
        gap.blank.iter().filter_map(asked).collect::<Vec<_>>().join("; ")
    });
    form.filled("gap.named", &[("part", &part), ("names", &names)])
}

/// The row, the element or the section.
fn part(form: Form, gap: &Gap) -> String {
    form.part_of(&gap.part).unwrap_or_else(|| {
        let key = match gap.section {
            "danger_now" => "title.danger".to_owned(),
            section => format!("section.{section}"),
        };
        form.text(&key)
    })
}

/// The elements that nobody talked about; nothing where there are none.
pub(super) fn not_discussed(form: Form, ids: &[&str]) -> Option<String> {
    let standards = form.standards();
    let name = |id: &&str| standards.framework.element(id).map(|element| uncapitalised(&element.label));
    let names: Vec<String> = ids.iter().filter_map(name).collect();
    (!names.is_empty()).then(|| form.filled("gap.elements", &[("names", &names.join(", "))]))
}

/// Every line.
pub(super) fn lines(form: Form, found: &NotRecorded) -> Vec<String> {
    let gaps = found.gaps.iter().map(|gap| line(form, gap));
    gaps.chain(not_discussed(form, &found.not_discussed)).collect()
}

/// All of it in one line.
pub(super) fn summary(form: Form, found: &NotRecorded) -> String {
    let count: usize = found.gaps.iter().map(|gap| gap.blank.len()).sum();
    let values = [("count", &*count.to_string()), ("elements", &*found.not_discussed.len().to_string())];
    form.filled("gap.summary", &values)
}
