//! The commands, and what those on records share: loading the standards, walking over the files, and refusing a record of
//! which something was not understood, since an answer that is passed over could be the one that matters.

mod batch;
mod check;
mod document;
mod evaluate;
mod explain;
mod family;
mod pack_check;
mod pack_diff;
mod pages;
mod parts;
mod rule_page;
mod schema;
mod sections;
mod table;
mod what_if;

use assessment_engine::profile::AuthorityProfile;
use assessment_engine::standards::Standards;
use assessment_rules::RulePack;
use jiff::civil::Date;

use crate::arguments::{Asked, Command};
use crate::exit::{Exit, Wrong};
use crate::pack_file;
use crate::record::{self, Record};
use crate::source::text;
use crate::terminal::Terminal;
use crate::words::Words;

/// Carries out a command.
pub(crate) fn run(asked: &Asked, terminal: &mut Terminal<'_>) -> Exit {
    let words = match Words::built_in() {
        Ok(words) => words,
        Err(message) => return terminal.complain(&[Wrong::new("the built-in words", message)]),
    };
    match asked.command {
        Command::Check => on_records(asked, words, terminal, check::show),
        Command::Evaluate => on_records(asked, words, terminal, evaluate::show),
        Command::Explain if asked.family => on_records(asked, words, terminal, family::show),
        Command::Explain => on_records(asked, words, terminal, explain::show),
        Command::WhatIf => on_records(asked, words, terminal, what_if::show),
        Command::PackCheck => pack_check::run(asked, &words, terminal),
        Command::PackDiff => pack_diff::run(asked, &words, terminal),
        Command::PackTable => table::run(asked, &words, terminal),
        Command::PackDocument => document::run(asked, &words, terminal),
        Command::Schema => schema::run(asked, &words, terminal),
        Command::Help | Command::Version => Exit::Fine,
    }
}

/// What the commands on records work with.
pub(crate) struct Desk<'a> {
    asked: &'a Asked,
    words: &'a Words,
    standards: Standards,
}

impl Desk<'_> {
    fn pack(&self) -> &RulePack {
        &self.standards.pack
    }
}

/// What a command says about one record.
pub(crate) struct Shown {
    /// On standard output.
    text: String,
    /// For whoever runs the program, on standard error.
    aside: Vec<String>,
    exit: Exit,
}

impl Shown {
    fn fine(text: String) -> Shown {
        Shown { text, aside: Vec::new(), exit: Exit::Fine }
    }
}

type Show = fn(&Record, Date, &Desk<'_>) -> Shown;

fn on_records(asked: &Asked, words: Words, terminal: &mut Terminal<'_>, show: Show) -> Exit {
    let standards = match standards(asked, terminal) {
        Ok(standards) => standards,
        Err(wrong) => return terminal.complain(&wrong),
    };
    let words = words.with_front_door(standards.profile.front_door());
    let desk = Desk { asked, words: &words, standards };
    let mut exit = Exit::Fine;
    for file in &asked.operands {
        if asked.lines {
            exit = exit.and(batch::run(file, &desk, terminal, show));
            continue;
        }
        match record::read(terminal, file) {
            Ok(records) => {
                for record in records {
                    exit = exit.and(one(&record, &desk, terminal, show));
                }
            }
            Err(wrong) => exit = exit.and(terminal.complain(&wrong)),
        }
    }
    exit
}

fn one(record: &Record, desk: &Desk<'_>, terminal: &mut Terminal<'_>, show: Show) -> Exit {
    if let Some(wrong) = refusal(record, desk) {
        return terminal.complain(&wrong);
    }
    let day = record.day(desk.asked.on, terminal.today);
    if let Some(note) = not_in_force(desk, day) {
        terminal.tell(&format!("{}: {note}", record.title()));
    }
    let shown = show(record, day, desk);
    terminal.say(&shown.text);
    if !shown.aside.is_empty() {
        terminal.flush();
    }
    shown.aside.iter().for_each(|line| terminal.tell(line));
    shown.exit
}

/// Why nothing is worked out for a record. `check` lists the same places among its problems.
fn refusal(record: &Record, desk: &Desk<'_>) -> Option<Vec<Wrong>> {
    if desk.asked.command == Command::Check || record.unread.is_empty() {
        return None;
    }
    let mended = |wrong: &Wrong| {
        let why = not_read(&wrong.message);
        Wrong { message: format!("{why}. Nothing is worked out until it is mended"), ..wrong.clone() }
    };
    Some(record.unread.iter().map(mended).collect())
}

/// What was not understood in a record, by code.
fn not_read(code: &str) -> &'static str {
    match code {
        "unknown-question" => "the form has no such question: correct the name, or take it out",
        "too-many-rows" => "there are more rows than a record may have: take some out",
        _ => "this is not the kind of answer that the question takes: text, a list, a date or an object",
    }
}

fn not_in_force(desk: &Desk<'_>, day: Date) -> Option<String> {
    let pack = desk.pack();
    let used = pack.day(day);
    (used != day).then(|| {
        let words = desk.words;
        let (version, day, used) = (pack.version(), words.day(day), words.day(used));
        format!("the rule pack {version} is not in force on {day}. Its rules of {used} were used")
    })
}

/// The rules and the profile that were asked for.
fn standards(asked: &Asked, terminal: &mut Terminal<'_>) -> Result<Standards, Vec<Wrong>> {
    let rules = pack_file::accepted(terminal, asked.rule_pack.as_deref())?;
    let (file, profile) = profile_for(asked, &rules.pack, terminal)?;
    Standards::load(&rules.text, &profile).map_err(|lines| {
        let one = |line: &String| Wrong::new(&file, line.strip_prefix("profile: ").unwrap_or(line));
        lines.iter().map(one).collect()
    })
}

/// The profile that was asked for, and what it is called. Without one, the built-in profile where it is for this pack; else one
/// that says no more than which pack it is for, since what records are checked against is in the pack.
fn profile_for(
    asked: &Asked,
    pack: &RulePack,
    terminal: &mut Terminal<'_>,
) -> Result<(String, String), Vec<Wrong>> {
    if let Some(name) = asked.profile.as_deref() {
        return Ok((crate::source::shown(name), text(terminal, name).map_err(|wrong| vec![wrong])?));
    }
    let built_in = AuthorityProfile::built_in();
    let usual = if AuthorityProfile::load(built_in, pack).is_ok() {
        built_in.to_owned()
    } else {
        serde_json::json!({
            "id": "none", "version": "0", "name": "", "organisation": "", "rule_pack": pack.id(),
            "time_zone": "Europe/London", "terms": {},
        })
        .to_string()
    };
    Ok(("the profile".to_owned(), usual))
}

/// The words for what is said of a pack, with the name that the authority of the profile has for its front door.
fn words_for(
    asked: &Asked,
    words: &Words,
    pack: &RulePack,
    terminal: &mut Terminal<'_>,
) -> Result<Words, Vec<Wrong>> {
    let (file, profile) = profile_for(asked, pack, terminal)?;
    let profile = AuthorityProfile::load(&profile, pack)
        .map_err(|lines| lines.iter().map(|line| Wrong::new(&file, line)).collect::<Vec<_>>())?;
    Ok(words.clone().with_front_door(profile.front_door()))
}
