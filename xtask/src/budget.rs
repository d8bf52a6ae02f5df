//! What the form downloads, by file and by part, against a limit and the last recorded figure of each part. It measures
//! `dist/` as it is. What is heavy inside the Wasm is a question for `twiggy top`, on a build without wasm-opt.

use std::path::Path;

use crate::build::Kind;
use crate::project::{Failure, Project, files_below};

/// A part of the program with everything that is fetched with it, in bytes over the wire: brotli.
struct Part {
    title: &'static str,
    /// The most that it may have, whatever the reason (decision record 0032).
    limit: u64,
    /// What the last commit that changed it measured. Growing by more than one per cent needs a new figure here, and a
    /// reason in the commit message.
    recorded: u64,
    /// The name of `recorded`, for messages.
    name: &'static str,
}

/// What a portal's page downloads with the page, whether or not anybody opens the form there (`public/common-assessment.js`,
/// decision record 0004). It counts as a part of the first part, too.
const LOADER: Part =
    Part { title: "with a portal's page", limit: 5_000, recorded: 4_122, name: "LOADER.recorded" };
const OF_LOADER: &str = "common-assessment.js";
/// Everything before the first question can be answered: the start page, the question about danger, whether to refer,
/// words, styles. Health visitors start the form on a phone's connection in somebody's kitchen.
const FIRST: Part =
    Part { title: "to the first question", limit: 478_000, recorded: 477_653, name: "FIRST.recorded" };
/// The pages of a record, checking, sending, copies (`src/pages/later.rs`). Fetched at once after the first part.
const REST: Part = Part { title: "right after it", limit: 175_000, recorded: 174_318, name: "REST.recorded" };
/// My work, with its words (`src/pages/work.rs`): fetched when somebody opens it (decision record 0044).
const WORK: Part =
    Part { title: "when my work is opened", limit: 180_000, recorded: 178_920, name: "WORK.recorded" };
/// The coordinator's pages, with their words (`src/pages/coordinator.rs`): fetched after my work, for those whose role has
/// them (decision record 0047).
const COORDINATOR: Part = Part {
    title: "when a coordinator's page is opened",
    limit: 74_000,
    recorded: 73_354,
    name: "COORDINATOR.recorded",
};
/// The pages of the team around the child, with their words (`src/pages/team.rs`): fetched after my work, when one of them is
/// opened (decision record 0054).
const TEAM: Part = Part {
    title: "when a page of the team is opened",
    limit: 195_000,
    recorded: 193_861,
    name: "TEAM.recorded",
};
/// What a frame adds to them, and its portal (decision record 0064).
const FRAME: Part =
    Part { title: "besides, in a portal's frame", limit: 5_000, recorded: 4_180, name: "FRAME.recorded" };
const OF_FRAME: [&str; 4] = ["embed.html", "embed.css", "embed.js", "common-assessment-frame.js"];
/// What decision record 0017 hoped for everything together.
const HOPED: u64 = 260_000;

/// How the files of those parts begin.
const LATER: &str = "common-assessment-later-";
const OF_WORK: &str = "common-assessment-work-";
const OF_COORDINATOR: &str = "common-assessment-coordinator-";
const OF_TEAM: &str = "common-assessment-team-";
/// The language of a first visit. Others are fetched only where they are asked for.
const FIRST_WORDS: &str = "common-assessment-words-en-GB-";
const WORK_WORDS: &str = "common-assessment-work-words-en-GB-";
const COORDINATOR_WORDS: &str = "common-assessment-coordinator-words-en-GB-";
const TEAM_WORDS: &str = "common-assessment-team-words-en-GB-";

/// Prints the files and the sum of each part; fails where one has grown, or is over its limit.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let dist = Kind::Release.dist(project);
    let (mut rows, mut later, mut work) = (Vec::new(), Vec::new(), Vec::new());
    let (mut coordinator, mut team, mut frame) = (Vec::new(), Vec::new(), Vec::new());
    for file in files_below(&dist) {
        let name = file.strip_prefix(&dist).unwrap_or(&file).to_string_lossy().into_owned();
        let words = [FIRST_WORDS, WORK_WORDS, COORDINATOR_WORDS, TEAM_WORDS];
        let other_words = name.contains("-words-") && !words.iter().any(|begins| name.starts_with(begins));
        // The types of the elements are for a portal's developers, and no browser asks for them.
        if !name.ends_with(".br") && !name.ends_with(".d.ts") && !other_words {
            let raw = size(&file)?;
            let packed = size(&file.with_added_extension("br")).unwrap_or(raw);
            let part = if name.starts_with(LATER) {
                &mut later
            } else if name.starts_with(OF_WORK) {
                &mut work
            } else if name.starts_with(OF_COORDINATOR) {
                &mut coordinator
            } else if name.starts_with(OF_TEAM) {
                &mut team
            } else if OF_FRAME.contains(&name.as_str()) {
                &mut frame
            } else {
                &mut rows
            };
            part.push((packed, raw, name));
        }
    }
    if rows.is_empty() {
        return Err(Failure::new("There is no dist/ to measure. Run `cargo xtask build` first."));
    }
    let mut loader: Vec<_> = rows.iter().filter(|(.., name)| name == OF_LOADER).cloned().collect();
    let loader = print(&LOADER, &mut loader);
    let first = print(&FIRST, &mut rows);
    let rest = print(&REST, &mut later);
    say!("{:>10}            the whole form", first + rest);
    let work = print(&WORK, &mut work);
    let coordinator = print(&COORDINATOR, &mut coordinator);
    let team = print(&TEAM, &mut team);
    let frame = print(&FRAME, &mut frame);
    say!(
        "The first part alone is {} bytes over the {HOPED} of decision record 0017.",
        first.saturating_sub(HOPED)
    );
    verdict(&LOADER, loader)?;
    verdict(&FIRST, first)?;
    verdict(&REST, rest)?;
    verdict(&WORK, work)?;
    verdict(&COORDINATOR, coordinator)?;
    verdict(&TEAM, team)?;
    verdict(&FRAME, frame)
}

/// Prints the files, the largest first; gives their sum.
fn print(part: &Part, rows: &mut [(u64, u64, String)]) -> u64 {
    rows.sort_unstable_by(|one, other| other.cmp(one));
    say!("\n{:>10} {:>10}  {}", "brotli", "raw", part.title);
    for (packed, raw, name) in &*rows {
        say!("{packed:>10} {raw:>10}  {name}");
    }
    let total = rows.iter().map(|row| row.0).sum();
    say!("{total:>10}            all (limit {}, recorded {})", part.limit, part.recorded);
    total
}

fn verdict(part: &Part, total: u64) -> Result<(), Failure> {
    let Part { title, limit, recorded, name } = *part;
    if total > limit {
        return Err(Failure::new(format!(
            "What is downloaded {title} has {total} bytes, and {limit} is the limit. Load what is new later, or change \
             decision record 0032."
        )));
    }
    if total * 100 > recorded * 101 {
        return Err(Failure::new(format!(
            "What is downloaded {title} has grown by more than 1 %: {total} bytes, {recorded} recorded. If it is worth \
             it, set {name} in xtask/src/budget.rs to {total} and give the reason in the commit message."
        )));
    }
    if total * 101 < recorded * 100 {
        say!(
            "It has shrunk by more than 1 %: set {name} in xtask/src/budget.rs to {total}, so that it stays so."
        );
    }
    Ok(())
}

fn size(file: &Path) -> Result<u64, Failure> {
    std::fs::metadata(file).map(|facts| facts.len()).map_err(|e| Failure::file("measure", file, &e))
}

#[cfg(test)]
mod tests {
    use super::{Part, verdict};

    const PART: Part = Part { title: "here", limit: 102_000, recorded: 100_000, name: "PART.recorded" };

    #[test]
    fn one_per_cent_more_than_recorded_is_allowed_and_a_byte_more_is_not() {
        assert!(verdict(&PART, 101_000).is_ok());
        assert!(verdict(&PART, 101_001).is_err());
        assert!(verdict(&PART, 90_000).is_ok());
    }

    #[test]
    fn a_part_over_its_limit_fails_whatever_was_recorded() {
        let part = Part { recorded: 110_000, ..PART };
        assert!(verdict(&part, 102_000).is_ok());
        assert!(verdict(&part, 102_001).is_err());
    }
}
