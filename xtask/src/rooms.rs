//! The arrows of the workspace, drawn from the code: crates from `cargo metadata`, and within a crate the modules of its
//! root, from `crate::` and `super::` paths. A crate is a room, and so is a folder of modules in it: a circle of arrows
//! through a room is a failure. Single files may lean on each other, and tests may use anything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::project::{Failure, Project, answer, files_below, read, write};

/// From each room to those that it uses.
type Arrows = BTreeMap<String, BTreeSet<String>>;

const DRAWING: &str = "docs/rooms.md";
const INTRODUCTION: &str = "# Rooms\n\nMade by `cargo xtask rooms` from the code; every test run compares it.\n\
                            An arrow means \"uses\".\n\n## Crates\n\n";

/// Writes the drawing, or compares it; fails on a circle.
pub(crate) fn run(project: &Project, check: bool) -> Result<(), Failure> {
    let mut command = project.cargo();
    command.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let metadata = answer(&mut command).and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let Some(packages) = metadata.as_ref().and_then(|metadata| metadata["packages"].as_array()) else {
        return Err(Failure::new("`cargo metadata` failed. Run it to see why."));
    };
    let crates = crates(packages);
    let mut wrong: Vec<String> = circle(&crates, &crates.keys().cloned().collect()).into_iter().collect();
    let mut text = INTRODUCTION.to_owned() + &mermaid(&crates);
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let manifest = package["manifest_path"].as_str().map(PathBuf::from).unwrap_or_default();
        let folder = manifest.with_file_name("src");
        let arrows = modules(&folder)?;
        let rooms = arrows.keys().filter(|module| folder.join(module).is_dir()).cloned().collect();
        if arrows.values().any(|used| !used.is_empty()) {
            wrong.extend(circle(&arrows, &rooms).map(|path| format!("{name}: {path}")));
            text += &format!("\n## {name}\n\n{}", mermaid(&arrows));
        }
    }
    let file = project.root.join(DRAWING);
    if !check {
        write(&file, &text)?;
    } else if read(&file).ok().as_ref() != Some(&text) {
        wrong
            .push(format!("{DRAWING} differs from the code: run `cargo xtask rooms` and read what changed."));
    }
    if wrong.is_empty() {
        eprintln!("  ok: rooms, {} crates without a circle", crates.len());
        return Ok(());
    }
    Err(Failure::new(format!("rooms:\n    {}", wrong.join("\n    "))))
}

/// Dependencies between members; those of tests and build scripts are left out.
fn crates(packages: &[Value]) -> Arrows {
    let name = |value: &Value| value["name"].as_str().map(str::to_owned);
    let members: BTreeSet<String> = packages.iter().filter_map(name).collect();
    let uses = |package: &Value| {
        let normal = package["dependencies"].as_array().into_iter().flatten().filter(|d| d["kind"].is_null());
        normal.filter_map(name).filter(|used| members.contains(used)).collect()
    };
    packages.iter().filter_map(|package| Some((name(package)?, uses(package)))).collect()
}

/// The arrows between the modules of a crate's root.
fn modules(folder: &Path) -> Result<Arrows, Failure> {
    let mut files = Vec::new();
    for file in files_below(folder).into_iter().filter(|file| file.extension().is_some_and(|e| e == "rs")) {
        let inner = file.strip_prefix(folder).unwrap_or(&file);
        let room = inner.iter().next().and_then(|first| Path::new(first).file_stem()?.to_str());
        let room = room.unwrap_or_default().to_owned();
        let test = inner.iter().any(|part| part == "tests" || part == "tests.rs");
        if !test && !["lib", "main", "bin"].contains(&room.as_str()) {
            files.push((room, inner.iter().count() == 1, code(&read(&file)?)));
        }
    }
    let mut arrows: Arrows = files.iter().map(|(room, ..)| (room.clone(), BTreeSet::new())).collect();
    // What the root gives on, such as `pub use rules::Pack;`, belongs to the module that it comes from.
    let root = code(&read(&folder.join("lib.rs")).unwrap_or_default());
    let given_on: Vec<(Vec<String>, &str)> = root
        .split(';')
        .filter(|item| item.contains("pub use "))
        .map(|item| (after(item, "use "), item))
        .collect();
    for (room, is_root_module, text) in &files {
        let mut names = after(text, "crate::");
        if *is_root_module {
            names.extend(after(text, "super::"));
        }
        for name in names {
            let from_root = || {
                let item = given_on.iter().find(|(_, item)| words(item).any(|word| word == name));
                item.and_then(|(modules, _)| modules.first().cloned())
            };
            let used = if arrows.contains_key(&name) { Some(name) } else { from_root() };
            if let Some(used) = used.filter(|used| used != room && arrows.contains_key(used)) {
                arrows.entry(room.clone()).or_default().insert(used);
            }
        }
    }
    Ok(arrows)
}

/// A file without comments and without its tests, which by our custom come last.
fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The first name of each path that follows `start`; of a group in braces, the first name of each of its paths.
fn after(text: &str, start: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(start) {
        if text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_$:".contains(c)) {
            continue;
        }
        let path = text[at + start.len()..].trim_start_matches("crate::");
        let (mut depth, mut fresh) = (0, true);
        for part in path.split_inclusive(['{', '}', ',', ';', '(', ' ', '\n']) {
            if fresh && depth <= 1 {
                found.extend(words(part).next().map(str::to_owned));
                fresh = part.trim().is_empty() || part.starts_with('{');
            }
            match part.chars().next_back() {
                Some('{') => depth += 1,
                Some('}') => depth -= 1,
                Some(',') => fresh = depth == 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

/// One circle through a room, as a path, if there is any.
fn circle(arrows: &Arrows, rooms: &BTreeSet<String>) -> Option<String> {
    rooms.iter().find_map(|room| {
        let (mut paths, mut seen) = (vec![vec![room.as_str()]], BTreeSet::new());
        while let Some(path) = paths.pop() {
            for next in path.last().and_then(|last| arrows.get(*last)).into_iter().flatten() {
                let longer = [path.as_slice(), &[next.as_str()]].concat();
                if next == room {
                    return Some(format!("a circle: {}", longer.join(" → ")));
                }
                if seen.insert(next) {
                    paths.push(longer);
                }
            }
        }
        None
    })
}

fn mermaid(arrows: &Arrows) -> String {
    let id = |name: &str| name.replace('-', "_");
    let mut text = "```mermaid\nflowchart TD\n".to_owned();
    for (room, used) in arrows {
        text += &format!("  {}[{room}]\n", id(room));
        used.iter().for_each(|other| text += &format!("  {} --> {}\n", id(room), id(other)));
    }
    text + "```\n"
}

#[cfg(test)]
mod tests {
    use super::{Arrows, after, circle};

    #[test]
    fn paths_are_found_in_groups_and_in_the_middle_of_code() {
        let text = "use crate::{date::Date, rules::{Pack, level::{Level, Step},},\n words};\nlet x = crate::form::walk(a, b);";
        assert_eq!(after(text, "crate::"), ["date", "rules", "words", "form"]);
        assert_eq!(after("pub use rules::{Pack as P, Level}", "use ")[0], "rules");
        assert_eq!(after("f(crate::a::B, c); use super::d;", "crate::"), ["a"]);
        assert!(after("$crate::form; mycrate::x", "crate::").is_empty());
    }

    #[test]
    fn a_circle_through_a_room_is_found_and_told_as_a_path() {
        let of = |pairs: &[(&str, &str)]| -> Arrows {
            let set = |names: &str| names.split_whitespace().map(str::to_owned).collect();
            pairs.iter().map(|(name, used)| ((*name).to_owned(), set(used))).collect()
        };
        let rooms = ["a", "b"].map(str::to_owned).into();
        assert_eq!(circle(&of(&[("a", "b c"), ("b", "c"), ("c", "")]), &rooms), None);
        let found = circle(&of(&[("a", "b"), ("b", "c"), ("c", "b")]), &rooms);
        assert_eq!(found.as_deref(), Some("a circle: b → c → b"));
        // Two files of one room.
        assert_eq!(circle(&of(&[("a", "c"), ("c", "d"), ("d", "c")]), &rooms), None);
    }
}
