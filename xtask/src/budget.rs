//! What the form downloads, by file and by part, against a limit and the last recorded figure of each part. It measures
//! `dist/` as it is. What is heavy inside the Wasm is a question for `twiggy top`, on a build without wasm-opt.

use std::path::Path;

use crate::build::Kind;
use crate::project::{Failure, Project, files_below};

/// A part of the program with everything that is fetched with it, in bytes over the wire: brotli.
struct Part {
    /// Its name in messages.
    name: &'static str,
    title: &'static str,
    /// How the names of its files begin. A file belongs to the first part that has one which fits.
    files: &'static [&'static str],
    /// The most that it may have, whatever the reason (decision record 0032).
    limit: u64,
    /// What the last commit that changed it measured. Growing by more than one per cent needs a new figure here, and a
    /// reason in the commit message.
    recorded: u64,
}

/// What is fetched later, part by part, and first what a portal's page downloads.
const PARTS: [Part; 7] = [
    // With the page, whether or not anybody opens the form there (`public/common-assessment.js`, decision record 0004). It
    // counts as a part of the first part, too.
    part("loader", "with a portal's page", &["common-assessment.js"], 5_000, 4_335),
    // Everything before the first question can be answered: the start page, the question about danger, whether to refer,
    // words, styles; and what no other part has. Health visitors start the form on a phone's connection in somebody's kitchen.
    part("first", "to the first question", &[], 489_000, 486_960),
    // The pages of a record, checking, sending, copies (`src/pages/later.rs`). Fetched at once after the first part.
    part("rest", "right after it", &["common-assessment-later-"], 177_000, 175_994),
    // My work, with its words (`src/pages/work.rs`): fetched when somebody opens it (decision record 0044).
    part("work", "when my work is opened", &["common-assessment-work-"], 222_000, 220_312),
    // The coordinator's pages, with their words (`src/pages/coordinator.rs`): fetched after my work, for those whose role
    // has them (decision record 0047).
    part(
        "coordinator",
        "when a coordinator's page is opened",
        &["common-assessment-coordinator-"],
        76_000,
        74_119,
    ),
    // The pages of the team around the child, with their words (`src/pages/team.rs`): fetched after my work, when one of
    // them is opened (decision record 0054).
    part("team", "when a page of the team is opened", &["common-assessment-team-"], 224_000, 222_285),
    // What a frame adds to them, and its portal (decision record 0064).
    part("frame", "besides, in a portal's frame", &["embed.", "common-assessment-frame.js"], 5_000, 4_719),
];
const LOADER: usize = 0;
const FIRST: usize = 1;
const REST: usize = 2;

const fn part(
    name: &'static str,
    title: &'static str,
    files: &'static [&'static str],
    limit: u64,
    recorded: u64,
) -> Part {
    Part { name, title, files, limit, recorded }
}

/// What decision record 0017 hoped for everything together.
const HOPED: u64 = 260_000;

/// Prints the files and the sum of each part; fails where one has grown, or is over its limit.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let dist = Kind::Release.dist(project);
    let mut files: [Vec<(u64, u64, String)>; PARTS.len()] = Default::default();
    for file in files_below(&dist) {
        let name = file.strip_prefix(&dist).unwrap_or(&file).to_string_lossy().into_owned();
        if !is_fetched(&name) {
            continue;
        }
        let size = |file: &Path| {
            std::fs::metadata(file).map(|facts| facts.len()).map_err(|e| Failure::file("measure", file, &e))
        };
        let raw = size(&file)?;
        let row = (size(&file.with_added_extension("br")).unwrap_or(raw), raw, name);
        let part = part_of(&row.2);
        if part == LOADER {
            files[FIRST].push(row.clone());
        }
        files[part].push(row);
    }
    if files[FIRST].is_empty() {
        return Err(Failure::new("There is no dist/ to measure. Run `cargo xtask build` first."));
    }
    let mut totals = [0; PARTS.len()];
    for ((part, rows), total) in PARTS.iter().zip(&mut files).zip(&mut totals) {
        rows.sort_unstable_by(|one, other| other.cmp(one));
        say!("\n{:>10} {:>10}  {}", "brotli", "raw", part.title);
        rows.iter().for_each(|(packed, raw, name)| say!("{packed:>10} {raw:>10}  {name}"));
        *total = rows.iter().map(|row| row.0).sum();
        say!("{total:>10}            all (limit {}, recorded {})", part.limit, part.recorded);
    }
    say!("\n{:>10}            the whole form", totals[FIRST] + totals[REST]);
    let over = totals[FIRST].saturating_sub(HOPED);
    say!("The first part alone is {over} bytes over the {HOPED} of decision record 0017.");
    PARTS.iter().zip(totals).try_for_each(|(part, total)| verdict(part, total))
}

/// Whether a browser asks for it: not for what is compressed beside it, nor for the types of the elements, which are for a
/// portal's developers; and on a first visit not for the words of another language.
fn is_fetched(name: &str) -> bool {
    !name.ends_with(".br")
        && !name.ends_with(".d.ts")
        && (!name.contains("-words-") || name.contains("-words-en-GB-"))
}

fn part_of(name: &str) -> usize {
    PARTS.iter().position(|part| part.files.iter().any(|begins| name.starts_with(begins))).unwrap_or(FIRST)
}

fn verdict(&Part { name, title, limit, recorded, .. }: &Part, total: u64) -> Result<(), Failure> {
    if total > limit {
        return Err(Failure::new(format!(
            "What is downloaded {title} has {total} bytes, and {limit} is the limit. Load what is new later, or change \
             decision record 0032."
        )));
    }
    if total * 100 > recorded * 101 {
        return Err(Failure::new(format!(
            "What is downloaded {title} has grown by more than 1 %: {total} bytes, {recorded} recorded. If it is worth \
             it, set `recorded` of the part `{name}` in xtask/src/budget.rs to {total} and give the reason in the commit \
             message."
        )));
    }
    if total * 101 < recorded * 100 {
        say!(
            "The part `{name}` has shrunk by more than 1 %: set its `recorded` in xtask/src/budget.rs to {total}."
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{PARTS, Part, is_fetched, part_of, verdict};

    const PART: Part = Part { name: "part", title: "here", files: &[], limit: 102_000, recorded: 100_000 };

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

    #[test]
    fn a_file_belongs_to_one_part_and_words_of_another_language_to_none() {
        let of = |name| PARTS[part_of(name)].name;
        assert_eq!(of("common-assessment-work-words-en-GB-1.json"), "work");
        assert_eq!(of("common-assessment-words-en-GB-1.json"), "first");
        assert_eq!(
            [of("embed.html"), of("common-assessment.js"), of("index.html")],
            ["frame", "loader", "first"]
        );
        assert!(!is_fetched("common-assessment-words-cy-1.json") && !is_fetched("index.html.br"));
    }
}
