//! Starts the program at the root of the project, as a person would, and collects what it prints. Also the data that the
//! tests share.

use assessment_form::parse_day;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use assessment_engine::answers::Answers;
use jiff::civil::Date;
use serde_json::Value;

/// What a run printed, and its exit code.
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) errors: String,
}

impl Done {
    /// Standard output as one JSON document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assess"));
    command.args(arguments).current_dir(root());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn run(arguments: &[&str]) -> Done {
    run_with(arguments, b"")
}

/// Runs it with something on standard input.
pub(crate) fn run_with(arguments: &[&str], input: &[u8]) -> Done {
    let mut child = command(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // Written on a thread of its own: a pipe holds little, and a program that refuses its arguments reads nothing.
    let writing = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    let done = Done {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        errors: String::from_utf8(output.stderr).unwrap(),
    };
    assert!(!done.errors.contains("bug in the program"), "it panicked: {}", done.errors);
    done
}

/// Writes a file into a folder, and gives its path.
pub(crate) fn file(folder: &tempfile::TempDir, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// All written cases, as the program is given them.
pub(crate) fn cases() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("tests/cases")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut cases: Vec<String> =
        names.filter(|name| name.ends_with(".json")).map(|name| format!("tests/cases/{name}")).collect();
    cases.sort();
    cases
}

/// All files of vignettes, with their content.
pub(crate) fn vignettes() -> Vec<(String, Value)> {
    let folder = std::fs::read_dir(root().join("tests/vignettes")).unwrap();
    let names =
        folder.map(|entry| format!("tests/vignettes/{}", entry.unwrap().file_name().to_str().unwrap()));
    let mut files: Vec<String> = names.filter(|name| name.ends_with(".json")).collect();
    files.sort();
    files.into_iter().map(|name| (name.clone(), case(&name))).collect()
}

/// A case as JSON.
pub(crate) fn case(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join(name)).unwrap()).unwrap()
}

pub(crate) const LEEDS: &str = "crates/engine/data/rule_packs/leeds-example.json";
pub(crate) const NORTHBRIDGE: &str = "crates/engine/data/rule_packs/northbridge-example.json";
/// The profile that belongs to it; it requires more than the form.
pub(crate) const NORTHBRIDGE_PROFILE: &str = "crates/engine/data/profiles/northbridge.json";

/// A rule pack as JSON.
pub(crate) fn pack(name: &str) -> Value {
    case(name)
}

/// The part with this id in a list of a pack.
pub(crate) fn part<'a>(pack: &'a mut Value, list: &str, id: &str) -> &'a mut Value {
    pack[list].as_array_mut().unwrap().iter_mut().find(|item| item["id"] == id).unwrap()
}

/// The program's own words for a key.
pub(crate) fn wording(key: &str) -> String {
    case("crates/wording/locales/en-GB/command_line.json")[key].as_str().unwrap().to_owned()
}

/// The answers of a case, and its day.
pub(crate) fn answers_and_day(case: &Value) -> (Answers, Date) {
    let answers = Answers::read(&case["answers"].to_string()).unwrap().answers;
    (answers, parse_day(case["today"].as_str().unwrap()).unwrap())
}

/// A key without words shows itself, such as `suggestion.R2`.
pub(crate) fn assert_no_keys(text: &str) {
    for stem in [
        "suggestion.",
        "prompt.",
        "telling.",
        "raised.",
        "set_aside.",
        "level.",
        "result.",
        "condition.",
        "effect.",
    ] {
        let key = |rest: &str| rest.starts_with(|next: char| next.is_ascii_alphanumeric());
        assert!(!text.split(stem).skip(1).any(key), "a key of `{stem}` in:\n{text}");
    }
    assert!(!text.contains("%{"), "a placeholder in:\n{text}");
}
