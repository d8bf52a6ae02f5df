//! The documents that are made from data. They are committed, so that people read them without a build, and a check
//! fails where they differ from what the data say. `docs/openapi.json` has a test of its own.

use crate::project::{Failure, Project};
use crate::step::Step;

/// Each rule pack, the profile of its authority, and where its pages for sign-off are.
const PAGES: [(&str, &str, &str); 2] = [
    (
        "crates/engine/data/rule_packs/leeds-example.json",
        "crates/engine/data/profiles/leeds.json",
        "docs/rules/leeds-example",
    ),
    (
        "crates/engine/data/rule_packs/northbridge-example.json",
        "crates/engine/data/profiles/northbridge.json",
        "docs/rules/northbridge-example",
    ),
];

/// The pages that a command of `assess` writes: what must be answered before a record can be sent, and who
/// may see and do what.
const TABLES: [(&str, &str); 2] = [("required", "docs/required.md"), ("access", "docs/access.md")];

/// Writes every document, or compares each with the one that is committed.
pub(crate) fn run(project: &Project, check: bool) -> Result<(), Failure> {
    for (pack, profile, out) in PAGES {
        let mut command = project.cargo();
        command.args(["run", "--quiet", "--package", "assess", "--", "pack", "document", pack, "--out", out]);
        command.args(["--profile", profile]).args(check.then_some("--check"));
        let what = if check { "compare" } else { "write" };
        Step::new(project, format!("{what} {out}"))
            .advice("Run `cargo xtask generate` and read what changed.")
            .run(&mut command)?;
    }
    for (name, out) in TABLES {
        let mut command = project.cargo();
        command.args(["run", "--quiet", "--package", "assess", "--", name, "--out", out]);
        command.args(check.then_some("--check"));
        let what = if check { "compare" } else { "write" };
        Step::new(project, format!("{what} {out}"))
            .advice("Run `cargo xtask generate` and read what changed.")
            .run(&mut command)?;
    }
    Ok(())
}
