//! Reading the arguments. Which command allows which option stands in one table, so that a misspelt or misplaced option is
//! refused and never passed over.

use assessment_form::parse_day;
use std::ffi::OsString;
use std::path::PathBuf;

use assessment_engine::validation::Stage;
use jiff::civil::Date;
use lexopt::prelude::*;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// The page of help.
    Help,
    /// Name and version.
    Version,
    /// Problems of records.
    Check,
    /// Outcomes of records.
    Evaluate,
    /// Every rule beside a record.
    Explain,
    /// What would raise or lower a suggestion.
    WhatIf,
    /// Whether a rule pack may be used.
    PackCheck,
    /// What a new rule pack changes.
    PackDiff,
    /// Truth tables.
    PackTable,
    /// Pages for signing off.
    PackDocument,
    /// A JSON Schema.
    Schema,
}

/// A command with its options.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What is to be done.
    pub command: Command,
    /// Files and other words.
    pub operands: Vec<OsString>,
    /// For programs.
    pub json: bool,
    /// JSON lines in and out.
    pub lines: bool,
    /// The day that was asked for.
    pub on: Option<Date>,
    /// A rule pack other than the built-in one.
    pub rule_pack: Option<OsString>,
    /// A profile other than the built-in one.
    pub profile: Option<OsString>,
    /// How much is checked.
    pub stage: Stage,
    /// In words for the family.
    pub family: bool,
    /// Files and folders of stored cases.
    pub cases: Vec<PathBuf>,
    /// The folder of pages.
    pub out: Option<PathBuf>,
    /// Compare and write nothing.
    pub check: bool,
}

/// Command, its words, how many operands it takes, and its options.
type Row = (Command, &'static [&'static str], std::ops::RangeInclusive<usize>, &'static [&'static str]);

const MANY: usize = 100_000;
const TABLE: [Row; 9] = [
    (Command::Check, &["check"], 0..=MANY, &["json", "lines", "on", "rule-pack", "profile", "stage"]),
    (Command::Evaluate, &["evaluate"], 0..=MANY, &["json", "lines", "on", "rule-pack", "profile"]),
    (Command::Explain, &["explain"], 0..=MANY, &["json", "lines", "on", "rule-pack", "profile", "family"]),
    (Command::WhatIf, &["what-if"], 0..=MANY, &["json", "lines", "on", "rule-pack", "profile"]),
    (Command::PackCheck, &["pack", "check"], 1..=1, &["json", "profile"]),
    (Command::PackDiff, &["pack", "diff"], 2..=2, &["json", "cases", "profile"]),
    (Command::PackTable, &["pack", "table"], 0..=1, &["json", "rule-pack", "profile"]),
    (Command::PackDocument, &["pack", "document"], 1..=1, &["out", "check", "cases", "profile"]),
    (Command::Schema, &["schema"], 1..=1, &["rule-pack"]),
];

/// Reads the arguments, without the program's name.
///
/// # Errors
/// What is wrong and what to do, for standard error.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut asked = Asked {
        command: Command::Help,
        operands: Vec::new(),
        json: false,
        lines: false,
        on: None,
        rule_pack: None,
        profile: None,
        stage: Stage::Submit,
        family: false,
        cases: Vec::new(),
        out: None,
        check: false,
    };
    let mut given: Vec<String> = Vec::new();
    while let Some(argument) = parser.next().map_err(explained)? {
        if let Long(name) = argument {
            given.push(name.to_owned());
        }
        match argument {
            Long("json") => asked.json = true,
            Long("lines") => asked.lines = true,
            Long("family") => asked.family = true,
            Long("check") => asked.check = true,
            Long("on") => asked.on = Some(date(&parser.value().map_err(explained)?)?),
            Long("rule-pack") => asked.rule_pack = Some(parser.value().map_err(explained)?),
            Long("profile") => asked.profile = Some(parser.value().map_err(explained)?),
            Long("stage") => asked.stage = stage(&parser.value().map_err(explained)?)?,
            Long("out") => asked.out = Some(parser.value().map_err(explained)?.into()),
            Long("cases") => asked.cases.push(parser.value().map_err(explained)?.into()),
            Long("help") | Short('h') => return Ok(asked),
            Long("version") => return Ok(Asked { command: Command::Version, ..asked }),
            Value(word) => asked.operands.push(word),
            other => return Err(explained(other.unexpected())),
        }
    }
    named(asked, &given)
}

/// Finds the command in the words.
fn named(mut asked: Asked, given: &[String]) -> Result<Asked, String> {
    let word =
        |at: usize| asked.operands.get(at).and_then(|word| word.to_str()).unwrap_or_default().to_owned();
    match word(0).as_str() {
        "" if asked.operands.is_empty() && given.is_empty() => {
            return Err("say what to do".to_owned());
        }
        "help" => return Ok(asked),
        _ => {}
    }
    let row =
        TABLE.iter().find(|(_, words, ..)| words.iter().enumerate().all(|(at, name)| word(at) == *name));
    let Some((command, words, takes, options)) = row else {
        return Err(match (word(0).as_str(), word(1).as_str()) {
            ("pack", _) => "after `pack`, say check, diff, table or document".to_owned(),
            (other, _) => format!("there is no command `{}`", crate::source::plain(other)),
        });
    };
    asked.command = *command;
    asked.operands.drain(..words.len());
    let name = words.join(" ");
    if let Some(option) = given.iter().find(|option| !options.contains(&option.as_str())) {
        return Err(format!("`{name}` has no option --{option}"));
    }
    if !takes.contains(&asked.operands.len()) {
        return Err(match command {
            Command::PackDiff => "`pack diff` needs two files: the old rule pack and the new one".to_owned(),
            Command::Schema => "`schema` needs one of rule-pack, record or vignette".to_owned(),
            Command::PackTable => "`pack table` takes one rule, or none for all".to_owned(),
            _ => format!("`{name}` needs one file"),
        });
    }
    if asked.operands.is_empty() && *takes.end() == MANY {
        if !asked.lines {
            return Err(format!("`{name}` needs a file, or - for standard input"));
        }
        asked.operands.push("-".into());
    }
    let twice = asked.operands.iter().filter(|operand| *operand == "-").count() > 1;
    if twice {
        return Err("standard input can be read only once: give - once".to_owned());
    }
    if *command == Command::PackDocument && asked.out.is_none() {
        return Err("`pack document` needs --out and a folder".to_owned());
    }
    if asked.family && (asked.json || asked.lines) {
        return Err("--family is for people to read: leave --json and --lines out".to_owned());
    }
    Ok(asked)
}

fn explained(error: lexopt::Error) -> String {
    crate::source::plain(&error.to_string())
}

fn date(value: &OsString) -> Result<Date, String> {
    value.to_str().and_then(parse_day).ok_or_else(|| "--on needs a day such as 2026-11-23".to_owned())
}

fn stage(value: &OsString) -> Result<Stage, String> {
    match value.to_str() {
        Some("edit") => Ok(Stage::Editing),
        Some("section") => Ok(Stage::Section),
        Some("submit") => Ok(Stage::Submit),
        _ => Err("--stage needs one of edit, section or submit".to_owned()),
    }
}
