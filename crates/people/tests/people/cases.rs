//! Which tests prove each row of `tests/records/rows.json`, `tests/team/rows.json` and `tests/embedding/rows.json`, and on
//! which stores or in which browsers: found by the row's id in a test's name, or by the name that the row gives, and written
//! to `docs/cases-….md`. A row that nothing proves, and a name that no test has, fail here. Not the tests themselves.
//!
//! Rows of the records are `a7` at the end of a name. Those of the team are `case_b14`, since `b14` alone is a bar. Those of
//! embedding are at the beginning of the name of a browser test, or of the group that it is in: `C1 Back leaves`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A test of the project.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Proof {
    place: String,
    name: String,
    stores: &'static str,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files below a folder in which there may be tests.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            files(&path, found);
        } else if name.ends_with(".spec.mjs") || name.ends_with(".rs") {
            found.push(path);
        }
    }
}

/// The names after `async fn` or `fn`, or in `test("...`. A test of a group whose name begins with a row of embedding has the
/// group's name before its own, as the browser tests' reports have it.
fn names(text: &str, is_rust: bool, contract: &str) -> Vec<String> {
    let mut group: Option<&str> = None;
    let name = |line: &str| {
        let line = line.trim_start();
        if is_rust {
            let rest = line.strip_prefix("pub(in crate::store) ").unwrap_or(line);
            let rest = rest.strip_prefix("async ").unwrap_or(rest).strip_prefix("fn ")?;
            return rest.split(['(', '<']).next().map(str::to_owned);
        }
        // A file may have several kinds of test, by names such as `framedTest`.
        let (call, rest) = line.split_once('(')?;
        let is_test = call == "served" || call.to_lowercase().ends_with("test");
        Some(quoted(rest).filter(|_| is_test)?.to_owned())
    };
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some((_, rest)) = line.split_once("est.describe(").filter(|_| !line.starts_with(' ')) {
            group = quoted(rest).filter(|name| embedding_of(name).next().is_some());
        } else if line == "});" {
            group = None;
        }
        let own = name(line).filter(|own| !is_rust || is_run(text, line, own, contract));
        found.extend(own.map(|own| match group.filter(|_| line.starts_with(' ')) {
            Some(group) => format!("{group} › {own}"),
            None => own,
        }));
    }
    found
}

/// Whether a function is a test: by its attribute, or because it is listed in its file or among the clauses of the stores.
fn is_run(text: &str, line: &str, name: &str, contract: &str) -> bool {
    let before = text.split_once(line).map_or("", |(before, _)| before);
    let attributes = before
        .lines()
        .rev()
        .map(str::trim)
        .take_while(|line| line.starts_with("#[") || line.starts_with("//"));
    let is_marked =
        attributes.into_iter().any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"));
    is_marked || text.contains(&format!(" {name};\n")) || contract.contains(&format!("::{name};"))
}

/// What is between the first quotation marks.
fn quoted(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|mark| ['"', '`', '\''].contains(mark))?;
    text[1..].split(mark).next()
}

/// The rows of embedding that the name of a test begins with, such as `C1`.
fn embedding_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(' ')
        .take_while(|word| {
            let number = word.strip_prefix(['B', 'C']);
            number
                .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        })
        .filter(|word| word.starts_with('C'))
}

/// On which stores a test runs, as far as its place tells.
fn stores(place: &str, text: &str, name: &str, contract: &str) -> &'static str {
    let is_listed = |text: &str, from: &str| {
        let listed = text.split(from).nth(1).and_then(|rest| rest.split('}').next());
        listed.is_some_and(|names| names.contains(&format!("{name};")))
    };
    if is_listed(text, "on_both! {") || contract.contains(&format!("::{name};")) {
        "both"
    } else if place.starts_with("tests/browser/engines/") {
        "SQLite, in three engines"
    } else if place.starts_with("tests/browser/") {
        "SQLite, in the browser"
    } else if ["crates/people/", "crates/team/"].iter().any(|pure| place.starts_with(pure))
        || format!("/{place}").contains("/src/")
    {
        "no store"
    } else if place.contains("postgres") || name.contains("postgres") || place.ends_with("outage.rs") {
        "PostgreSQL"
    } else {
        "SQLite"
    }
}

/// All tests by their names.
fn tests() -> BTreeMap<String, Proof> {
    let root = root();
    let mut found = Vec::new();
    for folder in ["tests/browser", "src", "crates"] {
        files(&root.join(folder), &mut found);
    }
    let contract = fs::read_to_string(root.join("crates/server/tests/server/store/contract.rs"));
    let contract = contract.expect("the list of clauses");
    let mut tests = BTreeMap::new();
    for path in found {
        let text = fs::read_to_string(&path).expect("text");
        let place = path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
        for name in names(&text, place.ends_with(".rs"), &contract) {
            let stores = stores(&place, &text, &name, &contract);
            tests.insert(format!("{place} {name}"), Proof { place: place.clone(), name, stores });
        }
    }
    tests
}

/// Whether it is the id of a row of ours or of a bar, such as `a7` or `b43`.
fn is_id(word: &str) -> bool {
    let number = word.strip_prefix(['a', 'b', 'f']);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The rows that the name of a test ends with. An id of the team's cases comes after "case".
fn rows_of(name: &str) -> Vec<String> {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let ids = words.iter().rev().take_while(|word| is_id(word) || *word == "case").count();
    let mut is_case = false;
    let mut rows = Vec::new();
    for word in words.iter().skip(words.len() - ids) {
        is_case |= word == "case";
        if word.starts_with('a') || (is_case && word.starts_with('b')) {
            rows.push(word.to_uppercase());
        }
    }
    rows
}

fn texts<'a>(row: &'a Value, member: &str) -> Vec<&'a str> {
    row[member].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn proofs(tests: &BTreeMap<String, Proof>, names: &[&str]) -> BTreeSet<Proof> {
    let mut found = BTreeSet::new();
    for name in names {
        let own: Vec<&Proof> = tests.values().filter(|test| test.name == *name).collect();
        assert!(!own.is_empty(), "there is no test {name}");
        found.extend(own.into_iter().cloned());
    }
    found
}

fn line(table: &mut String, first: &str, row: &Value, proofs: &BTreeSet<Proof>, page: &Page) {
    let run = |one: &Proof| match page.letter {
        // What is stored does not matter there: which browser does.
        'C' if one.place.starts_with("tests/browser/engines/") => "; three engines".to_owned(),
        'C' => String::new(),
        _ => format!("; {}", one.stores),
    };
    let list: Vec<String> = proofs
        .iter()
        .map(|one| format!("`{}` ([{}](../{}){})", one.name, file(&one.place), one.place, run(one)))
        .collect();
    let note = row["note"].as_str().map(|note| format!("<br>{note}")).unwrap_or_default();
    let _ = writeln!(table, "| {first} | {}{note} |", list.join("<br>"));
}

fn file(place: &str) -> &str {
    place.rsplit('/').next().unwrap_or(place)
}

/// Cases of a part of the service, and the page that says what proves them.
struct Page {
    rows: &'static str,
    file: &'static str,
    /// What the ids of its rows begin with.
    letter: char,
    head: &'static str,
    /// Further tables, by the member of the file and their titles.
    more: &'static [(&'static str, &'static str)],
}

impl Page {
    /// The rows of this page that the name of a test gives.
    fn rows_of(&self, test: &Proof) -> Vec<String> {
        match self.letter {
            'C' if test.place.starts_with("tests/browser/") => {
                embedding_of(&test.name).map(str::to_owned).collect()
            }
            'C' => Vec::new(),
            _ => rows_of(&test.name),
        }
    }
}

const PAGES: [Page; 3] = [
    Page {
        rows: "tests/records/rows.json",
        file: "docs/cases-records.md",
        letter: 'A',
        head: "# Records: what went wrong elsewhere, and what proves that it does not here\n\n\
            Other systems' public complaints became cases, each a row of the first table. The others are what the records must show, and \
            input that they must bear.\n\
            The tables are written by a test from `tests/records/rows.json` and from the names of the tests, which end with the row's id \
            (`UPDATE_CASES=1 cargo test -p assessment-people cases`). It fails where a row has no test, or names one that does not exist.\n\
            \"Both\" means SQLite and PostgreSQL.\n\n\
            | Row | What is right | Proved by |\n|---|---|---|\n",
        more: &[("must_show", "What must be shown"), ("bad_input", "Bad input")],
    },
    Page {
        rows: "tests/team/rows.json",
        file: "docs/cases-team.md",
        letter: 'B',
        head: "# The team around the child: what went wrong elsewhere, and what proves that it does not here\n\n\
            Other systems' public complaints became cases, each a row.\n\
            The table is written by a test from `tests/team/rows.json` and from the names of the tests, which end with `case` and the \
            row's id, such as `case_b14` (`UPDATE_CASES=1 cargo test -p assessment-people cases`). It fails where a row has no test, or \
            names one that does not exist.\n\
            \"Both\" means SQLite and PostgreSQL.\n\n\
            | Row | What is right | Proved by |\n|---|---|---|\n",
        more: &[],
    },
    Page {
        rows: "tests/embedding/rows.json",
        file: "docs/cases-embedding.md",
        letter: 'C',
        head: "# Embedding: what went wrong elsewhere, and what proves that it does not here\n\n\
            Public complaints about other forms and frames in portals became cases, each a row.\n\
            The table is written by a test from `tests/embedding/rows.json` and from the names of the browser tests, which begin with \
            the row's id, such as `C1 Back leaves at once` (`UPDATE_CASES=1 cargo test -p assessment-people cases`). It fails where a \
            row has no test, or names one that does not exist.\n\
            They run in Chromium; \"three engines\" are Chromium, Firefox and WebKit ([browsers](browsers.md)).\n\n\
            | Row | What is right | Proved by |\n|---|---|---|\n",
        more: &[],
    },
];

#[test]
fn each_row_is_proved_and_the_table_says_by_what() {
    let tests = tests();
    for page in PAGES {
        let written = written(&page, &tests);
        let file = root().join(page.file);
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&file, &written).expect("written");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == written, "{} is not what the tests say: run it with UPDATE_CASES=1", page.file);
    }
}

fn written(page: &Page, tests: &BTreeMap<String, Proof>) -> String {
    let rows = fs::read_to_string(root().join(page.rows)).expect("rows");
    let rows: Value = serde_json::from_str(&rows).expect("JSON");
    let mut table = page.head.to_owned();
    let cases = rows["cases"].as_array().expect("cases");
    let mut known = BTreeSet::new();
    for row in cases {
        let id = row["row"].as_str().expect("an id");
        known.insert(id.to_owned());
        let mut found: BTreeSet<Proof> =
            tests.values().filter(|test| page.rows_of(test).iter().any(|one| one == id)).cloned().collect();
        found.extend(proofs(tests, &texts(row, "also")));
        assert!(!found.is_empty(), "no test's name ends with {id}");
        line(&mut table, &format!("{id} | {}", row["right"].as_str().expect("words")), row, &found, page);
    }
    let is_unknown = |one: &String| one.starts_with(page.letter) && !known.contains(one);
    let unknown: Vec<&String> = tests
        .values()
        .filter(|test| page.letter == 'C' || test.place.starts_with("crates/server"))
        .filter(|test| page.rows_of(test).iter().any(is_unknown))
        .map(|one| &one.name)
        .collect();
    assert!(unknown.is_empty(), "rows that {} does not name: {unknown:?}", page.rows);
    for (member, title) in page.more {
        let _ = write!(table, "\n## {title}\n\n| What | Proved by |\n|---|---|\n");
        for row in rows[*member].as_array().expect("rows") {
            let found = proofs(tests, &texts(row, "tests"));
            line(&mut table, row["what"].as_str().expect("words"), row, &found, page);
        }
    }
    table
}
