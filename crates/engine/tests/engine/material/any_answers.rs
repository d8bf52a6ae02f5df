//! Answers with anything typed anywhere, for property tests: not sensible, not even possible on screen, but readable.

use assessment_engine::answers::Caf;
use assessment_engine::answers::{Answers, NodeMut};
use assessment_form::{Edit, Group, WrittenDate};
use assessment_rules::RulePack;
use proptest::prelude::*;

/// A change that somebody could make: where, and what.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    /// Picks a place from [`places`].
    pub(crate) place: prop::sample::Index,
    /// What is typed if the place takes a text; a list and a date are made of it too.
    pub(crate) text: String,
    /// More of the same, for lists and dates.
    pub(crate) more: Vec<String>,
}

/// What people and programs type: words, codes, numbers, odd characters, and far too much.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        16 => "\\PC{0,40}",
        16 => prop::sample::select(vec![
            "", " ", "yes", "no", "unsure", "unknown", "recorded", "no_concern", "not_discussed", "LD", "NONE", "R2", "R4",
            "given", "not_sought", "withdrawn", "has_address", "looked_after", "other", "gp", "2024", "29", "2", "Feb", "0",
            "9434765919", "LS2 8BB", "12:30", "<script>alert(1)</script>", "'; drop table --", "{}", "null", "\0", "\u{feff}",
        ]).prop_map(str::to_owned),
        8 => "[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200b}-\u{200f}\u{ad}a-z]{0,20}",
        8 => "[\u{1f466}\u{1f3fd}\u{200d}\u{1f469}\u{e9}e\u{301}\u{5d0}\u{627} ]{0,20}",
        1 => (1usize..3, "\\PC").prop_map(|(times, c)| c.repeat(50_000 * times / c.len().max(1))),
    ]
}

/// Changes at random places.
pub(crate) fn typing() -> impl Strategy<Value = Vec<Typed>> {
    let one = (any::<prop::sample::Index>(), text(), prop::collection::vec(text(), 0..3))
        .prop_map(|(place, text, more)| Typed { place, text, more });
    prop::collection::vec(one, 0..60)
}

/// The paths of everything that can be answered, with two rows in each repeating group, and every indicator.
pub(crate) fn places(pack: &RulePack) -> Vec<String> {
    let mut places = Vec::new();
    collect(&mut Answers::default(), "", &mut places);
    let indicator = |i: &assessment_rules::Indicator| format!("elements.{}.indicators.{}", i.element, i.id);
    places.extend(pack.indicators().iter().map(indicator));
    // Signs decide most, so they come up more often.
    places.extend(pack.indicators().iter().map(indicator));
    places
}

fn collect(group: &mut dyn Group<Caf>, stem: &str, places: &mut Vec<String>) {
    for (index, question) in group.questions().iter().enumerate() {
        let path =
            if stem.is_empty() { question.name.to_owned() } else { format!("{stem}.{}", question.name) };
        match group.get_mut(index) {
            Some(NodeMut::Group(inner)) => collect(inner, &path, places),
            Some(NodeMut::Rows(rows)) => {
                for row in 0..2 {
                    rows.push();
                    if let Some(inner) = rows.row_mut(row) {
                        collect(inner, &format!("{path}[{row}]"), places);
                    }
                }
            }
            Some(NodeMut::Text(_) | NodeMut::List(_) | NodeMut::Date(_)) => places.push(path),
            Some(NodeMut::Marks(_)) | None => {}
        }
    }
}

/// The edits of one change, whichever kind the place takes; the others are refused and change nothing.
pub(crate) fn edits(typed: &Typed) -> [Edit; 3] {
    let part = |at: usize| typed.more.get(at).cloned().unwrap_or_default();
    let mut list = typed.more.clone();
    list.push(typed.text.clone());
    let date = WrittenDate::from_iso(&typed.text).unwrap_or_else(|| WrittenDate {
        day: part(0),
        month: part(1),
        year: typed.text.clone(),
    });
    [Edit::Text(typed.text.clone()), Edit::List(list), Edit::Date(date)]
}

/// The answers after all changes; rows are added where a path needs them.
pub(crate) fn typed(mut answers: Answers, typing: &[Typed], places: &[String]) -> Answers {
    for change in typing {
        let path = change.place.get(places);
        for (at, _) in path.match_indices('[') {
            let row = path.as_bytes().get(at + 1).map_or(0, |digit| usize::from(digit.saturating_sub(b'0')));
            let rows = path.get(..at).unwrap_or_default();
            while answers.node(&format!("{rows}[{row}]")).is_none() {
                if answers.apply(rows, Edit::AddRow).is_err() {
                    break;
                }
            }
        }
        for edit in edits(change) {
            let _ = answers.apply(path, edit);
        }
    }
    answers
}
