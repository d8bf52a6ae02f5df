//! The arguments. Each command has only the options that it uses, so a misspelt or misplaced one is refused
//! and never passed over.

use assessment_form::parse_day;
use std::ffi::OsString;
use std::path::PathBuf;

use assessment_engine::validation;
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

const AFTER_HELP: &str = "\
Exit codes:
  0  done, and nothing was found
  1  something was found: problems, breaches, changes, or words that are not for the family yet
  2  the arguments are wrong, and nothing was done
  3  something could not be read or written; the rest was done

It suggests; people decide. If a child is in danger now, ring 999.";

/// Records and rule packs of the Common Assessment, on the command line
#[derive(Debug, Parser)]
#[command(name = "assess", version, arg_required_else_help = false, after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what is wrong with records
    Check {
        #[command(flatten)]
        records: Records,
        /// How much is checked
        #[arg(long, value_enum, default_value_t = Stage::Submit)]
        stage: Stage,
    },
    /// Say what the answers suggest, what is urgent, and why
    Evaluate {
        #[command(flatten)]
        records: Records,
    },
    /// Say of every rule whether it fired, and why
    Explain {
        #[command(flatten)]
        records: Records,
        /// Say it in plain English for the family
        #[arg(long, conflicts_with_all = ["json", "lines"])]
        family: bool,
    },
    /// Find the fewest answers that would raise or lower the suggestion
    WhatIf {
        #[command(flatten)]
        records: Records,
    },
    /// Say which answers must be given before a record can be sent, when and why
    Required {
        #[command(flatten)]
        profile: Profile,
        /// Print JSON for programs
        #[arg(long, conflicts_with = "out")]
        json: bool,
        /// Write the page to this file
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Compare with what is there, and write nothing
        #[arg(long, requires = "out")]
        check: bool,
    },
    /// Say who may see and do what
    Access {
        /// Print JSON for programs
        #[arg(long, conflicts_with = "out")]
        json: bool,
        /// Write the page to this file
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Compare with what is there, and write nothing
        #[arg(long, requires = "out")]
        check: bool,
    },
    /// Check, compare and document rule packs: see `assess pack help`
    #[command(subcommand, arg_required_else_help = false)]
    Pack(PackCommand),
    /// Say how hard the words are that people read, and what in them is to be put right
    Words {
        #[command(flatten)]
        standards: StandardsFiles,
    },
    /// Print a JSON Schema (2020-12)
    Schema {
        /// What it describes
        #[arg(value_enum)]
        subject: Subject,
        /// The rule pack whose indicators a record may have
        #[arg(long, value_name = "FILE")]
        rule_pack: Option<OsString>,
    },
}

/// What to do with rule packs.
#[derive(Debug, Subcommand)]
#[command(arg_required_else_help = false)]
pub(crate) enum PackCommand {
    /// Say whether a rule pack may be used, with a story for each breach
    Check {
        /// The rule pack
        file: OsString,
        /// Print JSON for programs
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        profile: Profile,
    },
    /// Say which parts change, which stored cases change, and from when
    Diff {
        /// The rule pack of today
        old: OsString,
        /// The new one
        new: OsString,
        /// Print JSON for programs
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        cases: Cases,
        #[command(flatten)]
        profile: Profile,
    },
    /// Print truth tables as Markdown
    Table {
        /// The id of one rule; every rule without it
        rule: Option<String>,
        /// Print JSON for programs
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        standards: StandardsFiles,
    },
    /// Write the pages for signing off
    Document {
        /// The rule pack
        file: OsString,
        /// The folder to write to
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Compare with what is there, and write nothing
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        cases: Cases,
        #[command(flatten)]
        profile: Profile,
    },
}

/// Which records, on which day, by which rules, and for whom the result is.
#[derive(Debug, Clone, Args)]
pub(crate) struct Records {
    /// Records, written cases, vignettes, or lists of them; - is standard input
    #[arg(value_name = "FILE", required_unless_present = "lines", default_value_if("lines", "true", "-"))]
    pub(crate) files: Vec<OsString>,
    /// Print one line of JSON for each record
    #[arg(long)]
    pub(crate) json: bool,
    /// Read JSON lines and print JSON lines, in the same order
    #[arg(long)]
    pub(crate) lines: bool,
    /// As of this day; otherwise the record's own day, otherwise today in England
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) standards: StandardsFiles,
}

impl Records {
    /// Whether the result is JSON.
    pub(crate) fn for_programs(&self) -> bool {
        self.json || self.lines
    }
}

/// Rules and local terms other than those built in.
#[derive(Debug, Clone, Args)]
pub(crate) struct StandardsFiles {
    /// A rule pack other than the built-in example
    #[arg(long, value_name = "FILE")]
    pub(crate) rule_pack: Option<OsString>,
    #[command(flatten)]
    pub(crate) profile: Profile,
}

/// Local terms other than those built in.
#[derive(Debug, Clone, Args)]
pub(crate) struct Profile {
    /// The profile of the authority whose rule pack it is
    #[arg(long, value_name = "FILE")]
    pub(crate) profile: Option<OsString>,
}

/// Stored cases.
#[derive(Debug, Clone, Args)]
pub(crate) struct Cases {
    /// Stored cases, a file or a folder of them; may be given several times
    #[arg(long, value_name = "FILE-OR-FOLDER")]
    pub(crate) cases: Vec<PathBuf>,
}

/// How much of a record is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// What is checked while somebody types
    Edit,
    /// What is checked at the end of a section
    Section,
    /// Everything
    Submit,
}

impl Stage {
    /// The word for it, as typed and as printed.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Stage::Edit => "edit",
            Stage::Section => "section",
            Stage::Submit => "submit",
        }
    }
}

impl From<Stage> for validation::Stage {
    fn from(stage: Stage) -> validation::Stage {
        match stage {
            Stage::Edit => validation::Stage::Editing,
            Stage::Section => validation::Stage::Section,
            Stage::Submit => validation::Stage::Submit,
        }
    }
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// A rule pack
    RulePack,
    /// A record, as the form sends it
    Record,
    /// A vignette, or a list of them
    Vignette,
}

/// Reads the arguments, without the program's name.
///
/// # Errors
/// What is wrong and what to do; also the help and the version, which belong on standard output.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, clap::Error> {
    let given: Vec<OsString> = arguments.into_iter().collect();
    let parsed = Arguments::try_parse_from(std::iter::once(OsString::from("assess")).chain(given.clone()))?;
    if given.iter().filter(|word| *word == "-").count() > 1 {
        let message = "standard input can be read only once: give - once\n";
        return Err(clap::Error::raw(ErrorKind::ArgumentConflict, message));
    }
    Ok(parsed)
}

fn day(value: &str) -> Result<Date, &'static str> {
    parse_day(value).ok_or("a day such as 2026-11-23 is needed")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_of_the_arguments_is_consistent() {
        Arguments::command().debug_assert();
    }
}
