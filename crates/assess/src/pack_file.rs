//! A rule pack with the lines of its parts, so that what the engine refuses can be named by line.

use assessment_engine::rule_packs;
use std::ffi::OsStr;

use assessment_rules::{PackProblem, RulePack};
use serde_json::Value;

use crate::input::{Document, json, shown_name, text};
use crate::input_error::{InputError, Reason};
use crate::source::Source;
use crate::terminal::Terminal;

/// A pack that was read.
#[derive(Debug)]
pub(crate) struct PackFile {
    /// The file, as it is shown.
    pub(crate) file: String,
    /// Its text, as it was approved.
    pub(crate) text: String,
    /// The same as JSON, for what the engine keeps to itself.
    pub(crate) value: Value,
    /// The pack; it may be a draft.
    pub(crate) pack: RulePack,
    source: Source,
}

impl PackFile {
    /// The line of a place as the engine names it, such as `indicators[4] (BE-306).raised[1]`.
    pub(crate) fn line(&self, place: &str) -> usize {
        self.source.line(&path(place))
    }
}

/// A JSON document that may be a rule pack.
#[derive(Debug)]
pub(crate) struct Unchecked {
    file: String,
    text: String,
    document: Document,
}

/// Reads a file that may be a rule pack; the built-in one if no file is named.
///
/// # Errors
/// When it cannot be read, is not JSON, or is something else.
pub(crate) fn read(terminal: &mut Terminal<'_>, name: Option<&OsStr>) -> Result<Unchecked, Vec<InputError>> {
    let (file, text) = match name {
        Some(name) => (shown_name(name), text(terminal, name)?),
        None => ("the built-in rule pack".to_owned(), rule_packs::built_in().to_owned()),
    };
    let document = json(&file, &text)?;
    if document.value.get("answers").is_some() {
        return Err(InputError::new(&file, Reason::RecordNotRulePack).at_line(1).into());
    }
    Ok(Unchecked { file, text, document })
}

impl Unchecked {
    /// Takes it for a pack. It may break the laws and the floor: see [`accepted`].
    ///
    /// # Errors
    /// Everything that is wrong with its structure, its names and its days.
    pub(crate) fn draft(self) -> Result<PackFile, Vec<InputError>> {
        let Unchecked { file, text, document: Document { value, source } } = self;
        match rule_packs::draft(&text) {
            Ok(pack) => Ok(PackFile { file, text, value, pack, source }),
            Err(problems) => Err(errors(&file, &problems, &source)),
        }
    }
}

/// Reads a pack that may be a draft.
///
/// # Errors
/// Everything that is wrong with its structure, its names and its days.
pub(crate) fn draft(terminal: &mut Terminal<'_>, name: Option<&OsStr>) -> Result<PackFile, Vec<InputError>> {
    read(terminal, name)?.draft()
}

/// Reads a pack that may be used for families.
///
/// # Errors
/// Everything that is wrong with it, the laws and the floor included.
pub(crate) fn accepted(
    terminal: &mut Terminal<'_>,
    name: Option<&OsStr>,
) -> Result<PackFile, Vec<InputError>> {
    let read = draft(terminal, name)?;
    match rule_packs::load(&read.text) {
        Ok(pack) => Ok(PackFile { pack, ..read }),
        Err(problems) => Err(errors(&read.file, &problems, &read.source)),
    }
}

fn errors(file: &str, problems: &[PackProblem], source: &Source) -> Vec<InputError> {
    let error = |problem: &PackProblem| {
        let given = problem.place.strip_prefix("line ").and_then(|rest| rest.split(',').next()?.parse().ok());
        let line = given.unwrap_or_else(|| source.line(&path(&problem.place)));
        let reason = Reason::Data(problem.message.clone());
        InputError::new(file, reason).at_line(line).at(&problem.place)
    };
    problems.iter().map(error).collect()
}

/// The engine's name of a place without the ids that make it readable.
fn path(place: &str) -> String {
    let mut path = String::new();
    let mut rest = place;
    while let Some((before, after)) = rest.split_once(" (") {
        path.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    path + rest
}
