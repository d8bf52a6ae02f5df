//! What fuzzing begins with: the whole families of `tests/cases/`, the rule packs and the other data files, each given
//! to the targets that read its kind, and a dictionary of the names in them. They are made anew each time, so that no
//! copy of them can grow old. What no file holds stands in `fuzz/seeds/`, written by hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::project::{Failure, Project, files_below, read, write};

/// Writes the seeds of a target and the dictionary. Where they lie.
pub(super) fn write_for(
    project: &Project,
    scratch: &Path,
    target: &str,
) -> Result<(PathBuf, PathBuf), Failure> {
    let folder = scratch.join("seeds").join(target);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|e| Failure::file("create", &folder, &e))?;
    let mut names = BTreeSet::new();
    for file in kept(project, "tests/cases").into_iter().chain(kept(project, "crates/engine/data")) {
        let text = read(&file)?;
        let Ok(value) = serde_json::from_str::<Value>(&text) else { continue };
        words(&value, &mut names);
        let path = file.strip_prefix(&project.root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        if let Some(seed) = seed(target, &path, &text, &value) {
            let name = file.file_name().map_or_else(PathBuf::new, PathBuf::from);
            write(&folder.join(name), seed)?;
        }
    }
    let dictionary = scratch.join("words.dict");
    write(&dictionary, names.iter().map(|name| format!("\"\\\"{name}\\\"\"\n")).collect::<String>())?;
    Ok((folder, dictionary))
}

fn kept(project: &Project, folder: &str) -> Vec<PathBuf> {
    let mut files = files_below(&project.root.join(folder));
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files
}

/// What a target makes of a file, if it reads its kind.
fn seed(target: &str, path: &str, text: &str, value: &Value) -> Option<String> {
    let case = path.starts_with("tests/cases/");
    let pack = path.contains("/rule_packs/");
    match target {
        "answers" if case => Some(value.get("answers")?.to_string()),
        "submission" if case => {
            let shown = serde_json::json!({
                "pack_version": "leeds-example 1",
                "suggestion": { "certain": "R1", "possible": "R2", "not_ruled_out": "R4" },
                "urgent": ["IA-02"],
            });
            let body =
                serde_json::json!({ "form_version": "1", "answers": value.get("answers")?, "shown": shown });
            Some(body.to_string())
        }
        "rule_pack" if pack => Some(text.to_owned()),
        "data_files" if !case && !pack => Some(text.to_owned()),
        _ => None,
    }
}

/// Names of members, and short plain texts, which are mostly codes.
fn words(value: &Value, found: &mut BTreeSet<String>) {
    let plain = |text: &str| {
        (2..=30).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    match value {
        Value::String(text) if plain(text) => drop(found.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| words(item, found)),
        Value::Object(fields) => {
            for (name, field) in fields {
                if plain(name) {
                    found.insert(name.clone());
                }
                words(field, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{seed, words};

    #[test]
    fn each_target_gets_the_files_that_it_reads() {
        let case = json!({ "title": "A family", "answers": { "danger_now": "no" } });
        let of = |target: &str, path: &str| seed(target, path, "{}", &case);
        assert_eq!(of("answers", "tests/cases/a.json").as_deref(), Some(r#"{"danger_now":"no"}"#));
        assert!(of("submission", "tests/cases/a.json").is_some_and(|body| body.contains("form_version")));
        assert_eq!(of("rule_pack", "crates/engine/data/rule_packs/a.json").as_deref(), Some("{}"));
        assert_eq!(of("rule_pack", "crates/engine/data/elements.json"), None);
        assert_eq!(of("data_files", "crates/engine/data/elements.json").as_deref(), Some("{}"));
    }

    #[test]
    fn only_names_and_codes_go_into_the_dictionary() {
        let mut found = Default::default();
        words(&json!({ "danger_now": "no", "story": "Two words", "x": ["IA-01", 3] }), &mut found);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["IA-01", "danger_now", "no", "story"]);
    }
}
