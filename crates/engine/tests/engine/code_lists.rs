//! The built-in code lists: every question finds its list, and no list offers the same thing twice.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use std::collections::{BTreeMap, BTreeSet};

use assessment_engine::answers::{Answers, Caf, NodeMut};
use assessment_engine::code_lists::CodeLists;
use assessment_form::{Group, Kind};
use serde_json::Value;

/// A list without a question of its own: the answers to an indicator.
const MARKS: &str = "mark";

fn lists() -> BTreeMap<String, Vec<Value>> {
    serde_json::from_str(CodeLists::built_in()).unwrap()
}

/// The questions that offer a list, as [list, question].
fn users(group: &mut dyn Group<Caf>, found: &mut BTreeSet<(&'static str, String)>) {
    let key = group.key();
    for (index, question) in group.questions().iter().enumerate() {
        if let Kind::Choice(list) | Kind::Choices(list) = question.kind {
            found.insert((list, format!("{key}.{}", question.name)));
        }
        match group.get_mut(index).unwrap() {
            NodeMut::Group(inner) => users(inner, found),
            NodeMut::Rows(rows) => {
                rows.push();
                users(rows.row_mut(0).unwrap(), found);
            }
            NodeMut::Text(_) | NodeMut::List(_) | NodeMut::Date(_) | NodeMut::Marks(_) => {}
        }
    }
}

/// A question whose list does not exist would be shown without options.
#[test]
fn every_question_finds_its_list_and_every_list_is_used() {
    let (lists, mut found) = (lists(), BTreeSet::new());
    users(&mut Answers::default(), &mut found);
    let missing: Vec<_> = found.iter().filter(|(list, _)| !lists.contains_key(*list)).collect();
    assert!(missing.is_empty(), "no such list in code_lists.json: {missing:?}");
    let used: BTreeSet<_> = found.iter().map(|(list, _)| *list).collect();
    let idle: Vec<_> = lists.keys().filter(|name| !used.contains(name.as_str()) && *name != MARKS).collect();
    assert!(idle.is_empty(), "no question uses {idle:?}");
}

/// Two options with one code would be stored as the same answer.
#[test]
fn no_list_has_a_code_or_a_label_twice() {
    for (name, options) in lists() {
        for part in ["code", "label"] {
            let mut seen = BTreeSet::new();
            let twice: Vec<_> = options
                .iter()
                .map(|option| &option[part])
                .filter(|text| !seen.insert(text.as_str()))
                .collect();
            assert!(twice.is_empty(), "`{name}` in code_lists.json has this {part} twice: {twice:?}");
        }
    }
}
