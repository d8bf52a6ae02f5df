//! Packs the data that is built in: the same values in fewer bytes, so that a home visit downloads less. The JSON files
//! stay what people edit, and a test holds what comes out of a packed file to them. The form of it is in `src/packed.rs`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a build that cannot read its own data must stop")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// What is packed, and under which name.
const FILES: [(&str, &str); 4] = [
    ("code_lists", "data/code_lists.json"),
    ("elements", "data/elements.json"),
    ("rule_pack", "data/rule_packs/leeds-example.json"),
    ("profile", "data/profiles/leeds.json"),
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for (name, file) in FILES {
        println!("cargo::rerun-if-changed={file}");
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        if std::env::var_os("CARGO_FEATURE_AUTHORING").is_none() {
            leave_out(&mut value, "");
            only_sources_of_rules(&mut value);
        }
        let mut packer = Packer::default();
        packer.value(&value, 0);
        let out = std::env::var_os("OUT_DIR").unwrap();
        fs::write(Path::new(&out).join(name), packer.packed()).unwrap();
    }
}

/// Takes out the sources that no rule names.
fn only_sources_of_rules(value: &mut Value) {
    let named: Vec<Value> =
        value.get("rules").and_then(Value::as_array).into_iter().flatten().flat_map(ids).cloned().collect();
    if let Some(Value::Array(sources)) = value.get_mut("references") {
        sources.retain(|source| source.get("id").is_some_and(|id| named.contains(id)));
    }
}

fn ids(rule: &Value) -> &[Value] {
    rule.get("references").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Blanks the texts that only people who write rules read, and takes out the sources of what is not a rule: the form shows
/// the sources of rules alone.
fn leave_out(value: &mut Value, within: &str) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let unread = match name.as_str() {
                    "rationale" | "confidence" | "because" => true,
                    "name" | "when" | "then" => within == "wording",
                    _ => false,
                };
                match field {
                    Value::String(text) if unread => text.clear(),
                    Value::Array(ids) if name == "references" && within != "rules" => {
                        // Those of the pack itself are objects with the titles.
                        ids.retain(|id| !id.is_string());
                    }
                    _ => {}
                }
                // Names of rules' words are keys, so what is below them still lies within `wording`.
                leave_out(field, if within == "wording" { within } else { name });
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| leave_out(item, within)),
        _ => {}
    }
}

#[derive(Default)]
struct Packer {
    /// Names of fields, by number. Number 0 is the document itself.
    names: Vec<String>,
    /// The texts and numbers of each name, in the order in which they come.
    columns: Vec<String>,
    /// What kinds of objects there are.
    shapes: BTreeMap<String, usize>,
    shape_order: Vec<String>,
    /// Objects by the number of their shape, and lists by their length.
    structure: String,
}

impl Packer {
    fn name(&mut self, name: &str) -> usize {
        if self.names.is_empty() {
            self.names.push(String::new());
            self.columns.push(String::new());
        }
        self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.columns.push(String::new());
            self.names.len() - 1
        })
    }

    fn value(&mut self, value: &Value, name: usize) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => self.text(&number.to_string(), name),
            Value::String(text) => self.text(text, name),
            Value::Array(items) => {
                self.structure.push(character(items.len()));
                for item in items {
                    self.structure.push(kind(item));
                    self.value(item, name);
                }
            }
            Value::Object(fields) => self.object(fields),
        }
    }

    fn object(&mut self, fields: &Map<String, Value>) {
        let mut shape = String::new();
        for (name, value) in fields {
            shape.push(character(self.name(name)));
            shape.push(kind(value));
        }
        let next = self.shapes.len();
        let number = *self.shapes.entry(shape.clone()).or_insert(next);
        if number == next {
            self.shape_order.push(shape);
        }
        self.structure.push(character(number));
        for (name, value) in fields {
            let name = self.name(name);
            self.value(value, name);
        }
    }

    fn text(&mut self, text: &str, name: usize) {
        assert!(!text.contains(['\0', '\u{1}']), "a text with a control character cannot be packed");
        self.name("");
        if let Some(column) = self.columns.get_mut(name) {
            column.push_str(text);
            column.push('\0');
        }
    }

    fn packed(self) -> String {
        let mut parts = vec![self.names.join("\0"), self.shape_order.join("\0"), self.structure];
        parts.extend(self.columns);
        parts.join("\u{1}")
    }
}

/// A number as one character: readable ones for the small numbers.
fn character(number: usize) -> char {
    u32::try_from(number + 35)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or_else(|| panic!("{number} is too large"))
}

/// What sort of value it is.
fn kind(value: &Value) -> char {
    match value {
        Value::Null => 'n',
        Value::Bool(false) => 'f',
        Value::Bool(true) => 't',
        Value::Number(_) => 'd',
        Value::String(_) => 's',
        Value::Array(_) => 'l',
        Value::Object(_) => 'o',
    }
}
