//! The documents that `assess` makes from data. They are committed, so that people read them without a build, and a check
//! fails where they differ from what the data say. `docs/openapi.json` has a test of its own.

use crate::project::{Failure, Project};
use crate::step::Step;

/// The commands of `assess` by the document that each writes: the sign-off pages of each rule pack with its authority's
/// profile, what must be answered before a record can be sent, and who may see and do what.
const DOCUMENTS: [(&str, &str); 4] = [
    (
        "docs/rules/leeds-example",
        "pack document crates/engine/data/rule_packs/leeds-example.json --profile crates/engine/data/profiles/leeds.json",
    ),
    (
        "docs/rules/northbridge-example",
        "pack document crates/engine/data/rule_packs/northbridge-example.json --profile crates/engine/data/profiles/northbridge.json",
    ),
    ("docs/required.md", "required"),
    ("docs/access.md", "access"),
];

/// Writes every document, or compares each with the one that is committed.
pub(crate) fn run(project: &Project, check: bool) -> Result<(), Failure> {
    for (out, arguments) in DOCUMENTS {
        let mut command = project.cargo();
        command.args(["run", "--quiet", "--package", "assess", "--"]).args(arguments.split(' '));
        command.args(["--out", out]).args(check.then_some("--check"));
        Step::new(project, format!("{} {out}", if check { "compare" } else { "write" }))
            .advice("Run `cargo xtask generate` and read what changed.")
            .run(&mut command)?;
    }
    Ok(())
}
