//! Which tests prove each row of `tests/real_families/kinds.json`: found by the row's id at the front of a test's name, and
//! written to `docs/real-families.md`. A row that nothing proves fails here. Not the tests themselves.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn json(path: &str) -> Vec<Value> {
    let text = fs::read_to_string(root().join("tests/real_families").join(path)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The files below a folder of which tests are made.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            files(&path, found);
        } else if name.ends_with(".spec.mjs") || name.ends_with(".rs") {
            found.push(path);
        }
    }
}

/// Whether it is the id of a row, such as `F2`.
fn is_row(word: &str) -> bool {
    let number = word.strip_prefix(['F', 'S', 'P']);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The rows that the name of a test begins with. `f1_to_f17` is all of them.
fn rows_of(words: &[String]) -> Vec<String> {
    let mut rows = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next_if(|word| is_row(word) || matches!(word.as_str(), "TO" | "AND")) {
        let last = |rows: &[String]| rows.last().and_then(|row: &String| row.get(1..)?.parse::<u32>().ok());
        match (word.as_str(), words.peek()) {
            ("TO", Some(end)) if is_row(end) => {
                let (from, to) = (last(&rows).unwrap_or_default() + 1, end[1..].parse::<u32>().unwrap());
                rows.extend((from..to).map(|number| format!("{}{number}", &end[..1])));
            }
            ("TO" | "AND", _) => {}
            _ => rows.push(word.clone()),
        }
    }
    rows
}

/// The names of the tests of a file, as words.
fn names(text: &str, is_rust: bool) -> Vec<Vec<String>> {
    let split = |name: &str, between: fn(char) -> bool| {
        name.split(between).map(str::to_uppercase).collect::<Vec<String>>()
    };
    let name = |line: &str| {
        let line = line.trim_start();
        if is_rust {
            let rest = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
            return Some(split(rest, |c| c == '_'));
        }
        let rest = line.strip_prefix("test.describe(").or_else(|| line.strip_prefix("test("))?;
        let rest = rest.strip_prefix(['"', '`', '\''])?;
        Some(split(rest, |c| c == ' '))
    };
    text.lines().filter_map(name).collect()
}

#[test]
fn each_row_is_proved_and_the_table_says_by_what() {
    let root = root();
    let mut found = Vec::new();
    for folder in ["tests/browser", "src", "crates"] {
        files(&root.join(folder), &mut found);
    }
    let mut proofs = BTreeMap::<String, BTreeSet<String>>::new();
    for path in &found {
        let text = fs::read_to_string(path).unwrap();
        let place = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        for words in names(&text, place.ends_with(".rs")) {
            for row in rows_of(&words) {
                proofs.entry(row).or_default().insert(place.clone());
            }
        }
    }
    let mut inputs = BTreeMap::<String, usize>::new();
    for entry in json("rows.json") {
        *inputs.entry(entry["row"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let mut table = String::from(
        "# Real families\n\n\
         People who run forms like this one reported what real families brought to them.\n\
         Each report became a kind of input, and each kind a row.\n\
         This table says which tests prove it; it is written by a test from their names, which begin with the row's id \
         (`UPDATE_REAL_FAMILIES=1 cargo test -p assessment-engine real_families`).\n\
         Inputs in `tests/real_families/rows.json` are checked by the engine and sent to the server.\n\n\
         | Row | What is right | Inputs in rows.json | Proved by |\n|---|---|---|---|\n",
    );
    for kind in json("kinds.json") {
        let row = kind["row"].as_str().unwrap();
        let places = proofs.get(row);
        assert!(places.is_some_and(|places| !places.is_empty()), "no test's name begins with {row}");
        let links = places.unwrap().iter().map(|place| format!("[{place}](../{place})"));
        let count = inputs.get(row).map(ToString::to_string).unwrap_or_default();
        table += &format!(
            "| {row} | {} | {count} | {} |\n",
            kind["what"].as_str().unwrap(),
            links.collect::<Vec<_>>().join(", ")
        );
    }
    let kinds: BTreeSet<String> =
        json("kinds.json").iter().map(|kind| kind["row"].as_str().unwrap().to_owned()).collect();
    let unknown: Vec<&String> = proofs.keys().filter(|row| !kinds.contains(*row)).collect();
    assert_eq!(unknown, Vec::<&String>::new(), "rows that `kinds.json` does not name");
    let file = root.join("docs/real-families.md");
    if std::env::var_os("UPDATE_REAL_FAMILIES").is_some() {
        fs::write(&file, &table).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(written, table, "run it with UPDATE_REAL_FAMILIES=1");
}
