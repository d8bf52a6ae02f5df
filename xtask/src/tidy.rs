//! House rules that rustfmt, clippy and typos do not know, over every file that git would keep. `git grep` finds what is in
//! `xtask/tidy.txt`; here is what concerns a whole file. The reasons are in CONTRIBUTING.md.

use std::path::Path;
use std::process::Command;

use crate::project::{Failure, Project};

/// Longer files need a line `Long because …` in their first comment.
const LONGEST: usize = 400;
const SOURCES: [&str; 7] = ["rs", "js", "mjs", "scss", "css", "sql", "html"];
const RULES: &str = include_str!("../tidy.txt");
/// Files that have to name what is forbidden, and words that are stored or were published.
const EXEMPT: [&str; 6] = [
    ":!xtask/src/tidy.rs",
    ":!xtask/tidy.txt",
    ":!docs/glossary.md",
    ":!docs/tests-moved.md",
    ":!CHANGELOG.md",
    ":!LICENSE",
];

/// Prints each finding; fails if there is one.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let findings = findings(&project.root)?;
    findings.iter().for_each(|finding| eprintln!("    {finding}"));
    match findings.len() {
        0 => {
            eprintln!("  ok: tidy");
            Ok(())
        }
        count => Err(Failure::new(format!("tidy: {count} to put right, shown above."))),
    }
}

/// Each as `path:line: what to do`.
fn findings(root: &Path) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for name in git(root, &["ls-files", "--cached", "--others", "--exclude-standard"])? {
        let Ok(text) = std::fs::read_to_string(root.join(&name)) else { continue };
        found.extend(of_file(&name, &text).map(|(line, what)| format!("{name}:{line}: {what}")));
    }
    for line in RULES.lines().filter(|line| !line.starts_with(['#', ' ']) && !line.starts_with("file ")) {
        let (paths, options, pattern, what) = rule(line);
        let search = ["grep", "--untracked", options, "-e", pattern.as_str(), "--"];
        for hit in git(root, &[&search[..], &paths, &EXEMPT].concat())? {
            let at = hit.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
            found.push(format!("{at}: {what}"));
        }
    }
    Ok(found)
}

/// Where a rule of lines looks, with which options of `git grep`, for what; and what to say.
fn rule(line: &str) -> (Vec<&str>, &'static str, String, String) {
    if let [paths, pattern, what] = line.split(" :: ").collect::<Vec<_>>()[..] {
        return (paths.split(' ').collect(), "-nIP", pattern.to_owned(), what.to_owned());
    }
    let (phrase, better) = line.split_once(" = ").unwrap_or((line, "it another way"));
    let name = phrase.strip_prefix("name ");
    let what = format!("`{}`: write {better}, or say it another way", name.unwrap_or(phrase));
    match name {
        Some(name) => (vec!["*.rs"], "-nIP", format!("(?<![[:alnum:]]){name}(?![[:lower:]])"), what),
        None => (vec![".", ":!*.json", ":!*.lock"], "-niwIP", phrase.to_owned(), what),
    }
}

/// What is wrong with a file as a whole, at which line.
fn of_file<'a>(name: &'a str, text: &'a str) -> impl Iterator<Item = (usize, String)> + 'a {
    let (path, lines) = (Path::new(name), text.lines().count());
    let part = |part: Option<&'a std::ffi::OsStr>| part.and_then(|part| part.to_str()).unwrap_or_default();
    let (stem, ending) = (part(path.file_stem()).trim_start_matches('_'), part(path.extension()));
    let is_source = SOURCES.contains(&ending);
    let comment =
        |line: &&str| ["//", "/*", "*", "--", "<!"].iter().any(|mark| line.trim_start().starts_with(mark));
    let has_reason = text.lines().take_while(comment).any(|line| line.contains("Long because"));
    let names = RULES.lines().filter_map(|line| line.strip_prefix("file ")?.split_once(" = "));
    let bad_name = names.filter(move |(names, _)| is_source && names.split(' ').any(|name| name == stem));
    let begins = (ending == "rs" && !text.starts_with("//!"))
        .then(|| (1, "begin with `//!`: what this file is, and what it is not".to_owned()));
    let long = (is_source && lines > LONGEST && !has_reason).then(|| {
        (
            lines,
            format!("longer than {LONGEST} lines: split it, or say `Long because …` in its first comment"),
        )
    });
    begins.into_iter().chain(long).chain(bad_name.map(|(_, what)| (1, what.to_owned())))
}

/// The lines that git prints. `git grep` says 1 where it found nothing.
fn git(root: &Path, arguments: &[&str]) -> Result<Vec<String>, Failure> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output();
    match output {
        Ok(output) if output.status.success() || output.stderr.is_empty() => {
            Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
        }
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Err(Failure::new(format!("tidy asks git, which says: {said}")))
        }
        Err(error) => Err(Failure::new(format!("tidy asks git, which could not be started: {error}."))),
    }
}

#[cfg(test)]
mod tests {
    use super::{findings, git};
    use crate::project::write;

    /// What is found in a checkout with this file: `path:line`.
    fn found(name: &str, text: &str) -> Vec<String> {
        let root =
            std::env::temp_dir().join(format!("tidy-{}-{}", std::process::id(), name.replace('/', "-")));
        write(&root.join(name), text).expect("a file");
        git(&root, &["init", "--quiet"]).expect("a checkout");
        let found = findings(&root).expect("git");
        std::fs::remove_dir_all(&root).expect("removed");
        found.iter().map(|line| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":")).collect()
    }

    #[test]
    fn a_phrase_is_found_in_any_case_but_not_inside_other_words() {
        let text = "It is written anew.\nAnew!\nIt is renewed and amended.\n";
        assert_eq!(found("docs/a.md", text), ["docs/a.md:1", "docs/a.md:2"]);
    }

    #[test]
    fn a_replaced_name_is_found_at_the_start_of_a_name_only() {
        let text =
            "//! A file.\nstruct Judge;\nconst MOST_ROWS: u8 = 1;\nfn Judgement() {}\nstruct KeptVersion;\n";
        assert_eq!(found("src/a.rs", text), ["src/a.rs:2", "src/a.rs:3"]);
        assert_eq!(found("src/b.rs", "//! A file.\nconst MOST: u8 = 1;\nenum Kept {}\nmod told;\n").len(), 3);
    }

    #[test]
    fn a_test_that_is_left_out_is_found() {
        assert_eq!(found("tests/a.rs", "//! Tests.\n#[test]\n#[ignore]\nfn one() {}\n"), ["tests/a.rs:3"]);
        assert_eq!(found("tests/a.spec.mjs", "test.skip(\"one\", () => {});\n"), ["tests/a.spec.mjs:1"]);
    }

    #[test]
    fn what_concerns_a_whole_file_is_found() {
        assert_eq!(found("src/kept.rs", "fn one() {}\n"), ["src/kept.rs:1", "src/kept.rs:1"]);
        assert_eq!(found("style/_utils.scss", "p {}\n"), ["style/_utils.scss:1"]);
        assert_eq!(found("src/long.rs", &format!("//! Long.\n{}", "\n".repeat(400))), ["src/long.rs:401"]);
        assert!(found("src/list.rs", &format!("//! Long because.\n{}", "\n".repeat(400))).is_empty());
    }

    #[test]
    fn impure_engines_machines_and_package_servers_are_found() {
        assert_eq!(found("crates/form/src/a.rs", "//! A.\nuse std::fs;\n"), ["crates/form/src/a.rs:2"]);
        assert_eq!(found("docs/b.md", concat!("See /ho", "me/me.\n")), ["docs/b.md:1"]);
        let lock = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nsource = \"git+https://x\"\n";
        assert_eq!(found("Cargo.lock", lock), ["Cargo.lock:2"]);
        assert_eq!(found("package-lock.json", "{\n\"resolved\": \"https://x\"}\n"), ["package-lock.json:2"]);
    }
}
