//! `assess pack document`: the pages are complete, the same each time, and known to be out of date when they are.

use std::collections::BTreeMap;
use std::path::Path;

use crate::program::{LEEDS, NORTHBRIDGE, file, pack, part, run};

fn pages(folder: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn pages_have_every_rule_indicator_action_contact_and_time_scale() {
    for name in [LEEDS, NORTHBRIDGE] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().to_str().unwrap();
        let done = run(&["pack", "document", name, "--out", out, "--cases", "tests/cases"]);
        assert_eq!((done.code, done.errors.as_str()), (0, ""), "{name}");
        let (pages, pack) = (pages(folder.path()), pack(name));
        let index = &pages["index.md"];
        for list in ["rules", "actions", "contacts", "time_scales"] {
            for item in pack[list].as_array().unwrap() {
                let id = item["id"].as_str().unwrap();
                assert!(index.contains(id), "{name}: {id} is not in the index");
            }
        }
        for rule in pack["rules"].as_array().unwrap() {
            let page = &pages[&format!("rule-{}.md", rule["id"].as_str().unwrap())];
            let words = &pack["wording"][rule["wording"].as_str().unwrap()];
            for text in ["name", "when", "then", "family"].map(|part| words[part].as_str().unwrap()) {
                assert!(page.contains(text), "{name}: {text}");
            }
        }
        for indicator in pack["indicators"].as_array().unwrap() {
            let page = &pages[&format!("element-{}.md", indicator["element"].as_str().unwrap())];
            let text = [indicator["id"].as_str().unwrap(), " ", indicator["text"].as_str().unwrap()].concat();
            assert!(page.contains(&text), "{name}: {text}");
            for raised in indicator["raised"].as_array().into_iter().flatten() {
                assert!(page.contains(&format!("Raised to {}", raised["to"].as_str().unwrap())), "{text}");
            }
            assert!(indicator["action"].as_str().is_none_or(|action| page.contains(action)), "{text}");
        }
        assert!(!index.contains("may not be used"), "{name}");
        // A rule that decides in a case names it.
        assert!(pages["rule-RU-2.md"].contains("bruise-on-a-baby.json"), "{}", pages["rule-RU-2.md"]);
        // A weaker rule that held too, and decided nothing, does not.
        assert!(!pages["rule-RU-5.md"].contains("unborn-baby.json"), "{}", pages["rule-RU-5.md"]);
        // No placeholder left, no path of a machine.
        for (page, text) in &pages {
            assert!(!text.contains("%{") && !text.contains("tests/cases"), "{page}");
        }
    }
}

/// Not those for another pack or without a day; those written for a rule come first.
#[test]
fn only_fitting_cases_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let danger = |id: &str, more: serde_json::Value| {
        let mut case = serde_json::json!({"id": id, "on": "2026-11-23", "answers": {"danger_now": "yes"}});
        case.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        case
    };
    let cases = serde_json::json!([
        danger("any-pack", serde_json::json!({})),
        danger("this-pack", serde_json::json!({"pack": "leeds-example", "about": ["RU-2A"]})),
        danger("other-pack", serde_json::json!({"pack": "northbridge-example"})),
        {"id": "no-day", "answers": {"danger_now": "yes"}},
    ]);
    let cases = file(&folder, "cases.json", cases.to_string());
    let out = folder.path().join("pages");
    assert_eq!(run(&["pack", "document", LEEDS, "--out", out.to_str().unwrap(), "--cases", &cases]).code, 0);
    let page = &pages(&out)["rule-RU-2A.md"];
    let named: Vec<&str> = page.lines().filter(|line| line.starts_with("- `cases.json`")).collect();
    assert_eq!(named, ["- `cases.json`: this-pack", "- `cases.json`: any-pack"]);
}

/// A draft can be printed and read; its first lines say that it may not be used.
#[test]
fn pages_of_a_pack_that_is_refused_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut weak = pack(LEEDS);
    part(&mut weak, "actions", "IA-01")["time_scale"] = "working-day".into();
    let name = file(&folder, "weak.json", weak.to_string());
    let out = folder.path().join("pages");
    assert_eq!(run(&["pack", "document", &name, "--out", out.to_str().unwrap()]).code, 0);
    let index = &pages(&out)["index.md"];
    assert!(index.lines().take(10).any(|line| line.contains("may not be used")), "{index}");
}

#[test]
fn check_finds_each_difference_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("pages");
    let arguments = |check: bool| {
        let mut all =
            vec!["pack", "document", LEEDS, "--cases", "tests/cases", "--out", out.to_str().unwrap()];
        all.extend(check.then_some("--check"));
        run(&all)
    };
    assert_eq!(arguments(true).code, 1, "nothing is there yet");
    assert!(!out.exists());
    assert_eq!(arguments(false).code, 0);
    let written = pages(&out);
    assert_eq!((arguments(true).code, arguments(false).code), (0, 0));
    assert_eq!(pages(&out), written, "the same each time");
    // Changed, missing, left over; and a page that somebody else wrote, which is left alone.
    let stale = written["rule-RU-4.md"].replace("RU-4", "RU-99");
    std::fs::write(out.join("rule-RU-99.md"), stale).unwrap();
    std::fs::write(out.join("notes.md"), "# Notes of the meeting\n").unwrap();
    std::fs::write(out.join("index.md"), "# Something else\n").unwrap();
    std::fs::remove_file(out.join("rule-RU-1.md")).unwrap();
    let before = pages(&out);
    let done = arguments(true);
    assert_eq!(done.code, 1);
    for name in ["rule-RU-99.md", "index.md", "rule-RU-1.md"] {
        assert!(done.out.lines().any(|line| line.contains(&format!("/{name}: "))), "{name}: {}", done.out);
    }
    assert!(!done.out.contains("notes.md"));
    assert_eq!(pages(&out), before);
    assert_eq!(arguments(false).code, 0);
    let mut expected = written;
    expected.insert("notes.md".to_owned(), "# Notes of the meeting\n".to_owned());
    assert_eq!(pages(&out), expected);
}
