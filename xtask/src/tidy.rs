//! House rules that rustfmt, clippy and typos do not know, over every file that git would keep. The reasons are in
//! CONTRIBUTING.md; each message says what to change.

use std::path::{Path, PathBuf};

use crate::project::{Failure, Project, answer};

/// Longer files need a line `Long because …` in their first comment.
const LONGEST: usize = 400;
/// File names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] =
    ["utils", "util", "helpers", "helper", "common", "misc", "types", "stuff", "shared"];
/// The engine is pure: the same answers give the same outcome everywhere.
const PURE: [&str; 7] = [
    "crates/engine/src/",
    "crates/form/src/",
    "crates/people/src/",
    "crates/rules/src/",
    "crates/team/src/",
    "crates/wording/src/",
    "crates/strict-json/src/",
];
const IMPURE: [&str; 8] =
    ["std::time", "std::fs", "std::env", "std::net", "std::io", "std::thread", "SystemTime", "web_sys"];
/// Phrases and names, and what to write instead.
const PHRASES: &str = include_str!("../phrases.txt");
/// Files that have to name what is forbidden, and words that are stored or were published.
const EXEMPT: [&str; 5] =
    ["xtask/src/tidy.rs", "xtask/phrases.txt", "docs/glossary.md", "CHANGELOG.md", "LICENSE"];

/// Prints each finding; fails if there is one.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let listed =
        answer(project.command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]));
    let files =
        listed.ok_or_else(|| Failure::new("tidy reads the list of files from git; this is no checkout."))?;
    let mut findings = Vec::new();
    for path in files.lines().map(PathBuf::from) {
        let Ok(text) = std::fs::read_to_string(project.root.join(&path)) else { continue };
        check(&path, &text, &mut |line, what| findings.push(format!("{}:{line}: {what}", path.display())));
    }
    findings.iter().for_each(|finding| eprintln!("    {finding}"));
    match findings.len() {
        0 => {
            eprintln!("  ok: tidy, {} files", files.lines().count());
            Ok(())
        }
        count => Err(Failure::new(format!("tidy: {count} to put right, shown above."))),
    }
}

fn check(path: &Path, text: &str, find: &mut impl FnMut(usize, String)) {
    let name = path.to_string_lossy().replace('\\', "/");
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let source = ["rs", "js", "mjs", "scss", "css", "sql", "html"].contains(&ending);
    if ending == "lock" || stem == "package-lock" {
        return check_lock(text, find);
    }
    if ending == "rs" && !text.starts_with("//!") {
        find(1, "begin with `//!`: what this file is, and what it is not".to_owned());
    }
    if source && EMPTY_NAMES.contains(&stem.trim_start_matches('_')) {
        find(1, "name the file after what is in it".to_owned());
    }
    let lines = text.lines().count();
    if source && lines > LONGEST && !header(text).contains("Long because") {
        find(
            lines,
            format!("longer than {LONGEST} lines: split it, or say `Long because …` in its first comment"),
        );
    }
    if (name == ".cargo/config.toml" || name == ".npmrc")
        && ["replace-with", "registry"].iter().any(|w| text.contains(w))
    {
        find(1, "a package registry is a matter of each machine, not of the project".to_owned());
    }
    if EXEMPT.contains(&name.as_str()) {
        return;
    }
    for (index, line) in text.lines().enumerate() {
        let mut find = |message: String| find(index + 1, message);
        if ["/home/", "/root/", "/Users/", "C:\\Users"].iter().any(|path| line.contains(path)) {
            find("a path of one person's machine; use one relative to the repository".to_owned());
        }
        if source && ["TODO", "FIXME", "XXX:", "HACK"].iter().any(|mark| line.contains(mark)) {
            find("finish it, or write down elsewhere what is to be done".to_owned());
        }
        let left_out = match ending {
            "rs" => line.trim_start().starts_with("#[ignore"),
            "mjs" => [".only(", ".skip(", ".fixme("].iter().any(|call| line.contains(call)),
            _ => false,
        };
        if left_out {
            find("a test that is left out proves nothing: fix or remove it".to_owned());
        }
        if PURE.iter().any(|folder| name.starts_with(folder))
            && let Some(word) = IMPURE.iter().find(|word| line.contains(**word))
        {
            find(format!("this crate is pure and must not use `{word}`; pass the value in"));
        }
        let lower = line.to_lowercase();
        for (phrase, better) in PHRASES.lines().filter_map(|line| line.split_once(" = ")) {
            let found = match phrase.strip_prefix("name ") {
                Some(name) => ending == "rs" && begins_name(line, name),
                None => ending != "json" && has_words(&lower, phrase),
            };
            if found {
                find(format!("`{phrase}`: write {better}, or say it another way"));
            }
        }
    }
}

/// Whether the phrase is in the line, not as a part of longer words.
fn has_words(line: &str, phrase: &str) -> bool {
    line.match_indices(phrase).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + phrase.len()..].chars().next();
        [before, after].iter().all(|end| end.is_none_or(|c| !c.is_alphanumeric() && c != '_'))
    })
}

/// Whether a name in the line is this one, or begins with it as a word of its own.
fn begins_name(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let [before, after] = [line[..at].chars().next_back(), line[at + name.len()..].chars().next()];
        before.is_none_or(|c| !c.is_alphanumeric())
            && (name.ends_with('_') || after.is_none_or(|c| !c.is_lowercase()))
    })
}

/// The comment lines at the top.
fn header(text: &str) -> String {
    let comment =
        |line: &&str| ["//", "/*", "*", "--", "<!"].iter().any(|mark| line.trim_start().starts_with(mark));
    text.lines().take_while(comment).collect::<Vec<_>>().join("\n")
}

/// Lock files name packages by version and hash; where they are fetched from is a matter of each machine.
fn check_lock(text: &str, find: &mut impl FnMut(usize, String)) {
    for (index, line) in text.lines().enumerate() {
        let elsewhere = line.starts_with("source = ")
            && line != "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        if elsewhere || line.trim_start().starts_with("\"resolved\":") {
            find(index + 1, "names a package server; lock files hold versions and hashes only".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check;

    fn findings(name: &str, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        check(Path::new(name), text, &mut |line, _| found.push(line));
        found
    }

    #[test]
    fn a_phrase_is_found_in_any_case_but_not_inside_other_words() {
        assert_eq!(findings("docs/a.md", "It is written anew.\nAnew!\nIt is renewed and amended.\n"), [1, 2]);
    }

    #[test]
    fn a_replaced_name_is_found_at_the_start_of_a_name_only() {
        assert_eq!(
            findings("src/a.rs", "//! A file.\nstruct Judge;\nconst MOST_ROWS: u8 = 1;\nfn Judgement() {}\n"),
            [2, 3]
        );
    }

    #[test]
    fn a_test_that_is_left_out_is_found() {
        assert_eq!(findings("tests/a.rs", "//! Tests.\n#[test]\n#[ignore]\nfn one() {}\n"), [3]);
        assert_eq!(findings("tests/a.spec.mjs", "test.skip(\"one\", () => {});\n"), [1]);
    }
}
