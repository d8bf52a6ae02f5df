//! Which parts of two rule packs differ: added, removed, ended or changed, by id. It compares what is written, field by
//! field, so that nothing that somebody signed off changes unseen. What a difference does to a case is in `pack_diff`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::input::{one_line, short};

/// The lists of a pack, in the order in which they are compared.
const LISTS: [&str; 6] = ["rules", "indicators", "actions", "contacts", "time_scales", "references"];
/// What the pack says of itself.
const OWN: [&str; 9] = [
    "format",
    "id",
    "version",
    "title",
    "effective_from",
    "effective_to",
    "approved_by",
    "approved_on",
    "bank_holidays",
];

/// One difference.
pub(super) struct Part {
    /// The list it is in, or `pack`.
    pub(super) list: &'static str,
    id: String,
    /// `added`, `removed`, `ended` or `changed`.
    how: &'static str,
    /// Fields that differ.
    fields: Vec<String>,
    /// The first day of what is new, or the last day of what ended, as written.
    day: Option<String>,
    about: String,
}

impl Part {
    /// In words.
    pub(super) fn in_words(&self) -> String {
        let about = if self.about.is_empty() { String::new() } else { format!(" ({})", self.about) };
        let how = match (self.how, &self.day) {
            ("ended", Some(day)) => format!("ends after {day}"),
            ("added", Some(day)) => format!("added from {day}"),
            ("changed", Some(day)) => format!("changed from {day}"),
            (how, _) => how.to_owned(),
        };
        let fields =
            if self.fields.is_empty() { String::new() } else { format!(": {}", self.fields.join("; ")) };
        format!("{}{about}: {how}{fields}", self.id)
    }

    /// For programs.
    pub(super) fn json(&self) -> Value {
        json!({"list": self.list, "id": self.id, "how": self.how, "day": self.day, "fields": self.fields})
    }
}

/// Every difference.
pub(super) fn parts(old: &Value, new: &Value) -> Vec<Part> {
    let mut found = Vec::new();
    let own = |pack: &Value| -> Map<String, Value> {
        OWN.iter().filter_map(|name| Some(((*name).to_owned(), pack.get(name)?.clone()))).collect()
    };
    let fields = fields(&Value::Object(own(old)), &Value::Object(own(new)));
    if !fields.is_empty() {
        let id = text(new, "id").unwrap_or_default();
        found.push(Part { list: "pack", id, how: "changed", fields, day: None, about: String::new() });
    }
    for list in LISTS {
        let (old, new) = (by_id(old, list), by_id(new, list));
        let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for id in ids {
            let each = |of: &BTreeMap<String, Vec<Value>>| of.get(id).cloned().unwrap_or_default();
            versions(list, id, &each(&old), &each(&new), &mut found);
        }
    }
    let named = |pack: &Value| pack.get("wording").and_then(Value::as_object).cloned().unwrap_or_default();
    let (old, new) = (named(old), named(new));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let each = |of: &Map<String, Value>| of.get(key).cloned().into_iter().collect::<Vec<_>>();
        versions("wording", key, &each(&old), &each(&new), &mut found);
    }
    found
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(short)
}

fn by_id(pack: &Value, list: &str) -> BTreeMap<String, Vec<Value>> {
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for item in pack.get(list).and_then(Value::as_array).into_iter().flatten() {
        found.entry(text(item, "id").unwrap_or_default()).or_default().push(item.clone());
    }
    found
}

/// Compares the versions of one part. Versions with the same first day are the same version.
fn versions(list: &'static str, id: &str, old: &[Value], new: &[Value], found: &mut Vec<Part>) {
    let from = |item: &Value| text(item, "effective_from");
    let add = |how, item: &Value, day, fields, found: &mut Vec<Part>| {
        let about = ["text", "name", "trigger", "words", "title", "wording"];
        let about = about.iter().find_map(|name| text(item, name)).unwrap_or_default();
        found.push(Part { list, id: short(id), how, fields, day, about });
    };
    let (mut gone, mut fresh): (Vec<&Value>, Vec<&Value>) = (Vec::new(), new.iter().collect());
    let mut pairs = Vec::new();
    for before in old {
        match fresh.iter().position(|after| from(after) == from(before)) {
            Some(at) => pairs.push((before, fresh.remove(at))),
            None => gone.push(before),
        }
    }
    // What is left is paired in the order of the packs: a version that begins on another day is still that version.
    let moved = gone.len().min(fresh.len());
    pairs.extend(gone.drain(..moved).zip(fresh.drain(..moved)));
    for (before, after) in pairs {
        let mut fields = fields(before, after);
        let ends = text(after, "effective_to").filter(|_| text(before, "effective_to").is_none());
        if let Some(ends) = ends {
            fields.retain(|field| !field.starts_with("effective_to"));
            add("ended", after, Some(ends), Vec::new(), found);
        }
        if !fields.is_empty() {
            add("changed", after, from(after), fields, found);
        }
    }
    for before in gone {
        add("removed", before, None, Vec::new(), found);
    }
    for after in fresh {
        match old.last() {
            Some(before) => add("changed", after, from(after), fields(before, after), found),
            None => add("added", after, from(after), Vec::new(), found),
        }
    }
}

/// The fields that differ, with what was there and what is there now.
fn fields(old: &Value, new: &Value) -> Vec<String> {
    let none = Map::new();
    let (old, new) = (old.as_object().unwrap_or(&none), new.as_object().unwrap_or(&none));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut found = Vec::new();
    for name in names {
        let (before, after) = (old.get(name), new.get(name));
        if before.unwrap_or(&Value::Null) != after.unwrap_or(&Value::Null) {
            found.push(format!("{} {} becomes {}", short(name), written(before), written(after)));
        }
    }
    found
}

fn written(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "(nothing)".to_owned(),
        // In full: a difference at its end must be seen too.
        Some(Value::String(text)) => format!("“{}”", one_line(text)),
        Some(other) => other.to_string(),
    }
}
