//! Packs the words of the screen, the questions' and the shell's, into fewer bytes than their JSON, so that a home visit
//! downloads less. The JSON files stay what people edit; a test in `src/words.rs` holds what is read to them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a build that cannot read its own words must stop")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The shell's come last: a text of theirs stands over one of the same name.
const FILES: [&str; 2] = ["crates/engine/data/wording/en-GB.json", "src/wording/en-GB.json"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    for file in FILES {
        println!("cargo::rerun-if-changed={file}");
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let of_file: BTreeMap<String, String> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        words.extend(of_file.into_iter().filter(|(name, _)| !is_for_letters(name)));
    }
    let out = std::env::var_os("OUT_DIR").unwrap();
    fs::write(Path::new(&out).join("wording"), packed(&words)).unwrap();
}

/// What is said of a suggestion to the family stands in no view: `assess explain --family` writes it.
fn is_for_letters(name: &str) -> bool {
    name.starts_with("suggestion.") && name.ends_with(".family")
}

/// A line for each text: how many parts of its name are those of the line before, the rest of the name, a tab, the text.
fn packed(words: &BTreeMap<String, String>) -> String {
    let (mut out, mut before) = (String::new(), Vec::new());
    for (name, text) in words {
        assert!(
            !format!("{name}{text}").contains(['\t', '\n']),
            "{name}: a tab or a new line cannot be packed"
        );
        let parts: Vec<&str> = name.split('.').collect();
        let same = parts.iter().zip(&before).take_while(|(one, other)| one == other).count();
        writeln!(out, "{same}{}\t{text}", parts.get(same..).unwrap().join(".")).unwrap();
        before = parts;
    }
    out
}
