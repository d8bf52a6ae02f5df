//! The vignettes (`tests/vignettes/*.json` at the root): reading them, and holding a result against what one expects.
//! Plain JSON values only, so that whatever runs them (this engine, a command line, HTTP, WebAssembly) compares the
//! same way. It evaluates nothing itself; how a vignette is written is in `tests/vignettes/README.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// The problems that a vignette speaks of: what the threshold reads does not fit together. What is merely not filled
/// in, or not readable, is left out: a vignette answers only what matters.
pub(crate) const PROBLEMS: [&str; 7] = [
    "outside-age",
    "injury-and-mobile",
    "box-not-empty",
    "birth-or-expected",
    "birth-and-expected",
    "over-eighteen",
    "over-twenty-five",
];

type Empty = fn() -> Value;

/// The parts of what is expected, in their order, and what a missing part means.
const PARTS: [(&str, Empty); 9] = [
    ("suggestion", || json!({})),
    ("headline", || json!({})),
    ("rules", || json!({})),
    ("urgent", || json!([])),
    ("urgent_to_check", || json!([])),
    ("prompts", || json!([])),
    ("findings", || json!({})),
    ("set_aside", || json!({})),
    ("problems", || json!([])),
];

const RESULTS: [&str; 3] = ["certain", "possible", "not_ruled_out"];
const KEYS: [&str; 9] = ["id", "title", "story", "on", "profile", "pack", "about", "expected", "answers"];

/// One story with its answers and what they are expected to lead to.
#[derive(Debug, Clone)]
pub(crate) struct Vignette {
    /// The file's name without ending: the theme.
    pub(crate) theme: String,
    /// What the file holds.
    pub(crate) value: Value,
}

impl Vignette {
    /// A text of the vignette; empty where it has none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.value[name].as_str().unwrap_or_default()
    }

    /// What it is a witness for: ids of rules, signs and urgent actions, and prompts.
    pub(crate) fn about(&self) -> impl Iterator<Item = &str> {
        self.value["about"].as_array().into_iter().flatten().filter_map(Value::as_str)
    }

    /// The answers, as the form posts them.
    pub(crate) fn answers(&self) -> &Value {
        &self.value["answers"]
    }

    /// One part of what is expected. A part that is not written is empty: nothing of it may come.
    pub(crate) fn expected(&self, part: &str) -> Value {
        let empty = PARTS.iter().find(|(name, _)| *name == part).map_or(Value::Null, |(_, empty)| empty());
        self.value["expected"].get(part).cloned().unwrap_or(empty)
    }

    /// How `found` differs from what is expected, part by part; empty where it is the same.
    pub(crate) fn differences(&self, found: &Value) -> Vec<String> {
        let differs = |part: &str| {
            let (expected, came) = (self.expected(part), &found[part]);
            (expected != *came)
                .then(|| format!("    {part}\n      expected {expected}\n      came     {came}"))
        };
        PARTS.iter().filter_map(|(part, _)| differs(part)).collect()
    }

    /// What is wrong with how it is written.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut fault = |holds: bool, message: &str| {
            if !holds {
                faults.push(format!("{}: {:?} {message}", self.theme, self.text("id")));
            }
        };
        let keys = |value: &Value| value.as_object().map(|map| map.keys().cloned().collect::<BTreeSet<_>>());
        let known = |value: &Value, allowed: &[&str]| {
            keys(value).is_some_and(|keys| keys.iter().all(|key| allowed.contains(&key.as_str())))
        };
        let parts = PARTS.map(|(part, _)| part);
        let expected = &self.value["expected"];
        fault(
            keys(&self.value).is_some_and(|keys| keys.len() == KEYS.len()),
            "has a key too few or too many",
        );
        fault(known(&self.value, &KEYS), "has a key that nobody knows");
        fault(known(expected, &parts), "expects a part that nobody knows");
        for part in ["suggestion", "rules"] {
            let three = keys(&expected[part]).is_some_and(|keys| keys.len() == RESULTS.len());
            fault(three && known(&expected[part], &RESULTS), "needs all three results and their rules");
        }
        let two = keys(&expected["headline"]).is_some_and(|keys| keys.len() == 2);
        fault(two && known(&expected["headline"], &["kind", "code"]), "needs a headline");
        let id = self.text("id");
        let kebab = id.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        fault(kebab, "is not an id in kebab-case");
        fault(!self.text("title").is_empty() && !self.text("title").ends_with('.'), "needs a title");
        fault((2..=4).contains(&sentences(self.text("story"))), "needs a story of two to four sentences");
        fault(self.about().next().is_some(), "is a witness for nothing");
        fault(self.answers().is_object(), "has no answers");
        for problem in self.expected("problems").as_array().into_iter().flatten() {
            let code = problem["code"].as_str().unwrap_or_default();
            fault(PROBLEMS.contains(&code), "expects a problem that vignettes do not speak of");
        }
        faults
    }
}

fn sentences(story: &str) -> usize {
    let ends = |word: &str| word.trim_end_matches(['\'', '"']).ends_with(['.', '!', '?']);
    let words: Vec<&str> = story.split_whitespace().collect();
    if words.last().is_some_and(|word| ends(word)) {
        words.iter().filter(|word| ends(word)).count()
    } else {
        0
    }
}

/// Every vignette of a folder, by file and in order.
///
/// # Errors
/// One line for each file that cannot be read and each vignette that is not written as it should be.
pub(crate) fn read_folder(folder: &Path) -> Result<Vec<Vignette>, Vec<String>> {
    let mut faults = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| vec![format!("{}: {error}", folder.display())])?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    let mut vignettes = Vec::new();
    for path in files {
        let theme = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap_or_default();
        match serde_json::from_str::<Vec<Value>>(&text) {
            Ok(list) => {
                vignettes.extend(list.into_iter().map(|value| Vignette { theme: theme.clone(), value }));
            }
            Err(error) => faults.push(format!("{theme}: {error}")),
        }
    }
    let mut seen = BTreeSet::new();
    for vignette in &vignettes {
        faults.extend(vignette.faults());
        if !seen.insert(vignette.text("id")) {
            faults.push(format!("{}: {:?} is there twice", vignette.theme, vignette.text("id")));
        }
    }
    if faults.is_empty() { Ok(vignettes) } else { Err(faults) }
}

/// A result in the shape of what vignettes expect, from an outcome in its canonical form and from the problems (each
/// with `path` and `code`) of a check at submission.
pub(crate) fn found(outcome: &Value, problems: &[Value]) -> Value {
    let list = |name: &str| outcome[name].as_array().cloned().unwrap_or_default();
    let pairs = |name: &str, value: &str| -> Map<String, Value> {
        let pair = |one: &Value| Some((one["indicator"].as_str()?.to_owned(), one[value].clone()));
        list(name).iter().filter_map(pair).collect()
    };
    let mut rules: Map<String, Value> = Map::new();
    for reason in list("reasons") {
        let result = reason["result"].as_str().unwrap_or_default().to_owned();
        if let Some(rules) = rules.entry(result).or_insert_with(|| json!([])).as_array_mut() {
            rules.push(reason["rule"].clone());
        }
    }
    let spoken_of = |problem: &&Value| problem["code"].as_str().is_some_and(|code| PROBLEMS.contains(&code));
    let problems: Vec<Value> = problems
        .iter()
        .filter(spoken_of)
        .map(|problem| json!({"path": problem["path"], "code": problem["code"]}))
        .collect();
    json!({
        "suggestion": outcome["suggestion"],
        "headline": outcome["headline"],
        "rules": rules,
        "urgent": outcome["urgent"],
        "urgent_to_check": outcome["urgent_to_check"],
        "prompts": outcome["prompts"],
        "findings": pairs("findings", "level"),
        "set_aside": pairs("set_aside", "because"),
        "problems": problems,
    })
}
