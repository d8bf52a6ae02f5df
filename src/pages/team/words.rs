//! Records of the team in words: who did something and when, what is asked at a place, and an answer.

use assessment_api::episode::Deed;
use assessment_engine::code_lists::CodeLists;
use assessment_form::{Kind, WrittenDate};
use assessment_team::{Node, TeamRecord};
use leptos::prelude::*;
use serde_json::Value;

use super::super::work::Work;
use super::open::Open;
use crate::io::clock;

/// Who did something, for whom and when.
pub(super) fn by(work: Work, deed: Option<&Deed>) -> String {
    let Some(deed) = deed else { return work.text("work.somebody") };
    let name = deed.name.clone().unwrap_or_else(|| work.text("work.somebody"));
    let values =
        [("when", &*clock::in_words(&deed.at)), ("name", &*name), ("organisation", &*deed.organisation)];
    work.filled("team.by", &values)
}

/// The row that a path leads into, `Aim 2, action 1`; `None` outside one.
pub(super) fn part(work: Work, record: &TeamRecord, path: &str) -> Option<String> {
    let mut rows = Vec::new();
    for (at, _) in path.match_indices('[') {
        let (stem, rest) = path.split_at_checked(at)?;
        let number: usize = rest.strip_prefix('[')?.split(']').next()?.parse().ok()?;
        let row = super::asks::row_key(record, stem)?;
        rows.push(format!("{} {}", work.text(&format!("{row}.row")), number + 1));
    }
    (!rows.is_empty()).then(|| rows.join(", "))
}

/// What is asked at a path that is in one of two records.
pub(super) fn asked(open: Open, one: &TeamRecord, other: &TeamRecord, path: &str) -> String {
    let work = open.work;
    let record = if one.find(path).is_some() { one } else { other };
    let part = part(work, record, path);
    // Of a row as a whole its name says it.
    let label = record.find(path).filter(|_| !path.ends_with(']')).map(|found| work.text(&found.key()));
    [part, label].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

/// An answer in words; empty where there is none.
pub(super) fn said(open: Open, kind: Kind, node: Node<'_>) -> String {
    open.lists.with_value(|lists| answer_said(open.work, lists, kind, node))
}

/// The same with these code lists.
pub(super) fn answer_said(work: Work, lists: &CodeLists, kind: Kind, node: Node<'_>) -> String {
    let label = |list: &str, code: &str| {
        lists.find(list, code).map_or_else(|| code.to_owned(), |found| found.label.clone())
    };
    match (kind, node) {
        (Kind::Choice(list), Node::Text(code)) if !code.is_empty() => label(list, code),
        (Kind::Choices(list), Node::List(codes)) => {
            codes.iter().map(|code| label(list, code)).collect::<Vec<_>>().join(", ")
        }
        (Kind::Money, Node::Text(text)) if !text.is_empty() => format!("£{text}"),
        (_, Node::Text(text)) => text.clone(),
        (_, Node::List(items)) => items.join("\n"),
        (_, Node::Date(date)) => date_said(work, date),
        (_, Node::Marks(_) | Node::Group(_) | Node::Rows(_)) => String::new(),
    }
}

pub(super) fn date_said(work: Work, date: &WrittenDate) -> String {
    match date.partial() {
        Some(read) => work.form.words().date(read),
        // What makes no date is shown as it was typed.
        None => [&date.day, &date.month, &date.year].map(String::as_str).join(" ").trim().to_owned(),
    }
}

/// What a version says at a place where two clash, in words.
pub(super) fn value_said(open: Open, record: &TeamRecord, path: &str, value: &Value) -> String {
    if value.is_null() {
        return open.work.text(if path.ends_with(']') { "team.clash.removed" } else { "team.clash.blank" });
    }
    match record.find(path) {
        Some(found) if !path.ends_with(']') => said(open, found.question.kind, found.node),
        _ => match record.node(path) {
            Some(Node::Group(group)) => {
                let lines = super::lines::of_group(open, record, group, path);
                lines
                    .into_iter()
                    .map(|line| format!("{}: {}", line.label, line.value))
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            _ => value.as_str().unwrap_or_default().to_owned(),
        },
    }
}
