//! House rules that a machine can check, over every file that git would keep. The reasons stand in CONTRIBUTING.md;
//! each message says what to change. What rustfmt and clippy check is not repeated here.

use std::path::{Path, PathBuf};

use crate::project::{Failure, Project, answer, files_below};

/// Longer files need a line `Long because …` in their first comment.
const LONGEST: usize = 400;
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] =
    ["utils", "util", "helpers", "helper", "common", "misc", "types", "stuff", "shared"];
/// The engine is pure: the same answers give the same outcome everywhere, so it may not reach for any of these.
const IMPURE: [&str; 8] =
    ["std::time", "std::fs", "std::env", "std::net", "std::io", "std::thread", "SystemTime", "web_sys"];

/// Prints each finding; fails if there is one.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let files = kept_files(project);
    let mut findings = Vec::new();
    for path in &files {
        let Ok(bytes) = std::fs::read(project.root.join(path)) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let file = File { path, name: path.to_string_lossy().replace('\\', "/"), text: &text };
        file.check(project, &mut findings);
    }
    for finding in &findings {
        eprintln!("    {finding}");
    }
    match findings.len() {
        0 => {
            eprintln!("  ok: tidy, {} files", files.len());
            Ok(())
        }
        1 => Err(Failure::new("tidy: one finding, shown above.")),
        many => Err(Failure::new(format!("tidy: {many} findings, shown above."))),
    }
}

/// Tracked and new files, without ignored ones; without git, the folders that hold sources.
fn kept_files(project: &Project) -> Vec<PathBuf> {
    let listed =
        answer(project.command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]));
    if let Some(list) = listed {
        return list.lines().map(PathBuf::from).collect();
    }
    ["src", "crates", "xtask", "tests", "public", "style", "docs"]
        .iter()
        .flat_map(|folder| files_below(&project.root.join(folder)))
        .filter_map(|file| file.strip_prefix(&project.root).map(Path::to_path_buf).ok())
        .collect()
}

struct File<'a> {
    path: &'a Path,
    name: String,
    text: &'a str,
}

impl File<'_> {
    fn check(&self, project: &Project, findings: &mut Vec<String>) {
        let ending = self.path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let source = ["rs", "js", "mjs", "scss", "css", "sql", "html"].contains(&ending);
        let mut find = |line: usize, message: &str| findings.push(format!("{}:{line}: {message}", self.name));

        if ending == "rs" && !self.text.starts_with("//!") {
            find(1, "begin with `//!`: what this file is, and what it is not");
        }
        let stem = self.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if source && EMPTY_NAMES.contains(&stem.trim_start_matches('_')) {
            find(1, "name the file after what is in it");
        }
        let lines = self.text.lines().count();
        if source && lines > LONGEST && !self.header().contains("Long because") {
            find(
                lines,
                &format!(
                    "longer than {LONGEST} lines: split it, or say `Long because …` in its first comment"
                ),
            );
        }
        if ending == "lock" || self.path.ends_with("package-lock.json") {
            self.check_lock(&mut find);
            return;
        }
        // This file has to name what it forbids.
        if self.name == "xtask/src/tidy.rs" {
            return;
        }
        let own_folder = project.root.to_string_lossy();
        for (index, line) in self.text.lines().enumerate() {
            let number = index + 1;
            if ["/home/", "/root/", "/Users/", "C:\\Users"].iter().any(|path| line.contains(path))
                || line.contains(&*own_folder)
            {
                find(number, "a path of one person's machine; use one relative to the repository");
            }
            if source && ["TODO", "FIXME", "XXX:", "HACK"].iter().any(|mark| line.contains(mark)) {
                find(number, "finish it, or write down elsewhere what is to be done");
            }
            if ending == "rs" && line.trim_start().starts_with("#[ignore") {
                find(number, "an ignored test proves nothing: mend or remove it");
            }
            if ending == "mjs" && [".only(", ".skip(", ".fixme("].iter().any(|call| line.contains(call)) {
                find(number, "a test that is left out proves nothing: mend or remove it");
            }
            if self.name.starts_with("crates/engine/src/")
                && let Some(name) = IMPURE.iter().find(|name| line.contains(**name))
            {
                find(number, &format!("the engine is pure and must not use `{name}`; pass the value in"));
            }
        }
        let config = self.name == ".cargo/config.toml" || self.name == ".npmrc";
        if config && (self.text.contains("replace-with") || self.text.contains("registry")) {
            find(1, "a package registry is a matter of each machine, not of the project");
        }
    }

    /// The comment lines at the top.
    fn header(&self) -> String {
        let comment = |line: &&str| {
            ["//", "/*", "*", "--", "<!"].iter().any(|mark| line.trim_start().starts_with(mark))
        };
        self.text.lines().take_while(comment).collect::<Vec<_>>().join("\n")
    }

    /// Lock files name packages by version and hash; where they are fetched from is a matter of each machine.
    fn check_lock(&self, find: &mut impl FnMut(usize, &str)) {
        for (index, line) in self.text.lines().enumerate() {
            let foreign_crate = line.starts_with("source = ")
                && line != "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
            if foreign_crate || line.trim_start().starts_with("\"resolved\":") {
                find(index + 1, "names a package server; lock files hold versions and hashes only");
            }
        }
    }
}
