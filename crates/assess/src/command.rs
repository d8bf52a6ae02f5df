//! The commands, and what those on records share: loading the standards, going through the files, and refusing a record
//! of which something was not understood, since the answer that is passed over could be the one that matters.

mod access;
mod batch;
mod changes;
mod check;
mod element_page;
mod evaluate;
mod explain;
mod explain_family;
mod hours;
mod index_page;
mod pack_check;
mod pack_diff;
mod pack_document;
mod pack_parts;
mod pack_table;
mod page_file;
mod required;
mod rule_page;
mod schema;
mod story;
mod truth_table;
mod what_if;
mod words;

use assessment_engine::profile::AuthorityProfile;
use assessment_engine::standards::Standards;
use assessment_rules::RulePack;
use jiff::civil::Date;

use self::page_file::PageFile;
use crate::arguments::{Command, PackCommand, Profile, Records, Stage, StandardsFiles};
use crate::exit::Exit;
use crate::input::{shown_name, text};
use crate::input_error::{InputError, Reason};
use crate::pack_file;
use crate::record::{self, Record};
use crate::terminal::Terminal;
use crate::wording::Wording;

/// What a command gives: its exit code, or what could not be read or written.
type Outcome = Result<Exit, Vec<InputError>>;

/// Carries out a command.
pub(crate) fn run(command: &Command, terminal: &mut Terminal<'_>) -> Exit {
    carry_out(command, terminal).unwrap_or_else(|errors| terminal.report(&errors))
}

fn carry_out(command: &Command, terminal: &mut Terminal<'_>) -> Outcome {
    let wording = Wording::built_in()
        .map_err(|message| InputError::new("the built-in wording", Reason::Data(message)))?;
    match command {
        Command::Check { records, stage } => on_records(records, View::Check(*stage), wording, terminal),
        Command::Evaluate { records } => on_records(records, View::Evaluate, wording, terminal),
        Command::Explain { records, family: false } => on_records(records, View::Explain, wording, terminal),
        Command::Explain { records, family: true } => on_records(records, View::Family, wording, terminal),
        Command::WhatIf { records } => on_records(records, View::WhatIf, wording, terminal),
        Command::Words { standards } => words::run(standards, &wording, terminal),
        Command::Schema { subject, rule_pack } => {
            schema::run(*subject, rule_pack.as_deref(), &wording, terminal)
        }
        Command::Required { profile, json, out, check } => {
            let file = out.as_deref().map(|path| PageFile { path, check: *check });
            required::run(profile, *json, file, &wording, terminal)
        }
        Command::Access { json, out, check } => {
            let file = out.as_deref().map(|path| PageFile { path, check: *check });
            access::run(*json, file, &wording, terminal)
        }
        Command::Pack(PackCommand::Check { file, json, profile }) => {
            pack_check::run(file, *json, profile, &wording, terminal)
        }
        Command::Pack(PackCommand::Diff { old, new, json, cases, profile }) => {
            pack_diff::run([old, new], *json, cases, profile, &wording, terminal)
        }
        Command::Pack(PackCommand::Table { rule, json, standards }) => {
            pack_table::run(rule.as_deref(), *json, standards, &wording, terminal)
        }
        Command::Pack(PackCommand::Document { file, out, check, cases, profile }) => {
            let pages = pack_document::pages(file, cases, profile, &wording, terminal)?;
            if *check {
                Ok(pack_document::compare(&pages, out, terminal))
            } else {
                pack_document::write(&pages, out, terminal)
            }
        }
    }
}

/// What is shown of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Check(Stage),
    Evaluate,
    Explain,
    Family,
    WhatIf,
}

/// What the commands on records work with.
struct Context<'a> {
    options: &'a Records,
    view: View,
    wording: Wording,
    standards: Standards,
}

/// What a command says about one record.
struct Report {
    /// For standard output.
    text: String,
    /// For standard error: what the person who runs the program has to know.
    notes: Vec<String>,
    exit: Exit,
}

impl Report {
    fn success(text: String) -> Report {
        Report { text, notes: Vec::new(), exit: Exit::Success }
    }
}

impl Context<'_> {
    fn pack(&self) -> &RulePack {
        &self.standards.pack
    }

    fn report(&self, record: &Record, day: Date) -> Report {
        match self.view {
            View::Check(stage) => check::report(record, day, stage, self),
            View::Evaluate => evaluate::report(record, day, self),
            View::Explain => explain::report(record, day, self),
            View::Family => explain_family::report(record, day, self),
            View::WhatIf => what_if::report(record, day, self),
        }
    }

    /// Why nothing may be worked out for a record. `check` lists the same places among its problems.
    fn refusals(&self, record: &Record) -> Vec<InputError> {
        match self.view {
            View::Check(_) => Vec::new(),
            _ => record.refusals(),
        }
    }

    /// That the pack is not in force on a day, and which day's rules are used instead.
    fn not_in_force(&self, day: Date) -> Option<String> {
        let (pack, used) = (self.pack(), self.pack().day(day));
        (used != day).then(|| {
            let (version, day, used) = (pack.version(), self.wording.day(day), self.wording.day(used));
            format!("the rule pack {version} is not in force on {day}. Its rules of {used} were used")
        })
    }
}

fn on_records(options: &Records, view: View, wording: Wording, terminal: &mut Terminal<'_>) -> Outcome {
    let standards = standards(&options.standards, terminal)?;
    let wording = wording.with_front_door(standards.profile.front_door());
    let context = Context { options, view, wording, standards };
    let mut exit = Exit::Success;
    for file in &options.files {
        let done = if options.lines {
            batch::run(file, &context, terminal)
        } else {
            record::read(terminal, file).map(|records| {
                let each = records.iter().map(|record| one(record, &context, terminal));
                each.fold(Exit::Success, Exit::and)
            })
        };
        exit = exit.and(done.unwrap_or_else(|errors| terminal.report(&errors)));
    }
    Ok(exit)
}

fn one(record: &Record, context: &Context<'_>, terminal: &mut Terminal<'_>) -> Exit {
    let refusals = context.refusals(record);
    if !refusals.is_empty() {
        return terminal.report(&refusals);
    }
    let day = record.day(context.options.on, terminal.today);
    if let Some(note) = context.not_in_force(day) {
        terminal.note(&format!("{}: {note}", record.title()));
    }
    let report = context.report(record, day);
    terminal.print(&report.text);
    if !report.notes.is_empty() {
        terminal.flush();
    }
    report.notes.iter().for_each(|line| terminal.note(line));
    report.exit
}

/// The rules and the profile that were asked for.
fn standards(files: &StandardsFiles, terminal: &mut Terminal<'_>) -> Result<Standards, Vec<InputError>> {
    let rules = pack_file::accepted(terminal, files.rule_pack.as_deref())?;
    let (file, profile) = profile_for(&files.profile, &rules.pack, terminal)?;
    Standards::load(&rules.text, &profile).map_err(|messages| {
        let plain = |message: &String| message.strip_prefix("profile: ").unwrap_or(message).to_owned();
        profile_errors(&file, messages.iter().map(plain))
    })
}

fn profile_errors(file: &str, messages: impl IntoIterator<Item = String>) -> Vec<InputError> {
    messages.into_iter().map(|message| InputError::new(file, Reason::Data(message))).collect()
}

/// The profile that was asked for, and what it is called. Without one, the built-in profile if it is for this pack;
/// otherwise one that says only which pack it is for, since what records are checked against is in the pack.
fn profile_for(
    profile: &Profile,
    pack: &RulePack,
    terminal: &mut Terminal<'_>,
) -> Result<(String, String), InputError> {
    if let Some(name) = profile.profile.as_deref() {
        return Ok((shown_name(name), text(terminal, name)?));
    }
    let built_in = AuthorityProfile::built_in();
    let text = if AuthorityProfile::load(built_in, pack).is_ok() {
        built_in.to_owned()
    } else {
        serde_json::json!({
            "id": "none", "version": "0", "name": "", "organisation": "", "rule_pack": pack.id(),
            "time_zone": "Europe/London", "terms": {},
        })
        .to_string()
    };
    Ok(("the profile".to_owned(), text))
}

/// The wording for what is said of a pack, with the name that the authority of the profile has for its front door.
fn wording_for(
    profile: &Profile,
    pack: &RulePack,
    wording: &Wording,
    terminal: &mut Terminal<'_>,
) -> Result<Wording, Vec<InputError>> {
    let (file, text) = profile_for(profile, pack, terminal)?;
    let profile = AuthorityProfile::load(&text, pack).map_err(|messages| profile_errors(&file, messages))?;
    Ok(wording.clone().with_front_door(profile.front_door()))
}
