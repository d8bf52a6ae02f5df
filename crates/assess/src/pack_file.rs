//! A rule pack as it lies in a file, with the lines of its parts, so that what the engine refuses can be named by line.

use assessment_engine::rule_packs;
use std::ffi::OsStr;

use assessment_rules::{PackProblem, RulePack};
use serde_json::Value;

use crate::exit::Wrong;
use crate::places::Places;
use crate::source::{Json, json, shown, text};
use crate::terminal::Terminal;

/// A pack that was read.
#[derive(Debug)]
pub struct PackFile {
    /// The file, as it is shown.
    pub file: String,
    /// Its text, as it was approved.
    pub text: String,
    /// The same as JSON, for what the engine keeps to itself.
    pub value: Value,
    /// The pack; it may be a draft.
    pub pack: RulePack,
    places: Places,
}

impl PackFile {
    /// The line of a place as the engine names it, such as `indicators[4] (BE-306).raised[1]`.
    #[must_use]
    pub fn line(&self, place: &str) -> Option<usize> {
        self.places.line(&path(place))
    }
}

/// A text that may be a rule pack.
#[derive(Debug)]
pub struct Unchecked {
    /// The file, as it is shown.
    pub file: String,
    text: String,
    json: Json,
}

/// Reads a file that may be a rule pack; the built-in one where no file is named.
///
/// # Errors
/// When it cannot be read, is no JSON, or is something else.
pub fn read(terminal: &mut Terminal<'_>, name: Option<&OsStr>) -> Result<Unchecked, Vec<Wrong>> {
    let (file, text) = match name {
        Some(name) => (shown(name), text(terminal, name).map_err(|wrong| vec![wrong])?),
        None => ("the built-in rule pack".to_owned(), rule_packs::built_in().to_owned()),
    };
    let json = json(&file, &text).map_err(|wrong| vec![wrong])?;
    if json.value.get("answers").is_some() {
        let message = "this is a record and not a rule pack: use `assess check`";
        return Err(vec![Wrong::new(&file, message).at_line(1)]);
    }
    Ok(Unchecked { file, text, json })
}

impl Unchecked {
    /// Takes it for a pack. It may break the laws and the floor: see [`accepted`].
    ///
    /// # Errors
    /// Everything that is wrong with its form, its names and its days.
    pub fn draft(self) -> Result<PackFile, Vec<Wrong>> {
        let Unchecked { file, text, json } = self;
        let place = |problem: &PackProblem| wrong(&file, problem, &json.places);
        match rule_packs::draft(&text) {
            Ok(pack) => Ok(PackFile { file, text, value: json.value, pack, places: json.places }),
            Err(problems) => Err(problems.iter().map(place).collect()),
        }
    }
}

/// Reads a pack that may be a draft.
///
/// # Errors
/// Everything that is wrong with its form, its names and its days.
pub fn draft(terminal: &mut Terminal<'_>, name: Option<&OsStr>) -> Result<PackFile, Vec<Wrong>> {
    read(terminal, name)?.draft()
}

/// Reads a pack that may be used for families.
///
/// # Errors
/// Everything that is wrong with it, the laws and the floor included.
pub fn accepted(terminal: &mut Terminal<'_>, name: Option<&OsStr>) -> Result<PackFile, Vec<Wrong>> {
    let read = draft(terminal, name)?;
    match rule_packs::load(&read.text) {
        Ok(pack) => Ok(PackFile { pack, ..read }),
        Err(problems) => {
            Err(problems.iter().map(|problem| wrong(&read.file, problem, &read.places)).collect())
        }
    }
}

fn wrong(file: &str, problem: &PackProblem, places: &Places) -> Wrong {
    let line = problem.place.strip_prefix("line ").and_then(|rest| rest.split(',').next()?.parse().ok());
    let line = line.or_else(|| places.line(&path(&problem.place)));
    Wrong { line, ..Wrong::new(file, problem.message.as_str()).at(&problem.place) }
}

/// A place without the ids that make it readable.
fn path(place: &str) -> String {
    let mut path = String::new();
    let mut rest = place;
    while let Some((before, after)) = rest.split_once(" (") {
        path.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    path + rest
}
