//! `assess pack check`: whether a rule pack may be used. What the engine refuses is named by line; what the search finds is
//! told as a story; it says what was tried and what was not. It may take a minute or two.

use std::ffi::OsStr;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use assessment_rules::{Breach, Proof, RulePack, prove};
use serde_json::json;

use super::story::story;
use super::{Outcome, wording_for};
use crate::arguments::Profile;
use crate::exit::Exit;
use crate::input_error::InputError;
use crate::pack_file::{self, PackFile};
use crate::pack_wording::PackWording;
use crate::terminal::Terminal;
use crate::wording::{Wording, counted};
use assessment_wording::capitalised;

/// How often progress is reported.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(5);

pub(super) fn run(
    name: &OsStr,
    json: bool,
    profile: &Profile,
    wording: &Wording,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    let file = match pack_file::read(terminal, Some(name))?.draft() {
        Ok(file) => file,
        Err(errors) => return Ok(refused(&errors, json, terminal)),
    };
    let wording = wording_for(profile, &file.pack, wording, terminal)?;
    terminal.note(&format!(
        "assess: searching {} for gaps and breaches; this may take a minute or two",
        file.pack.version()
    ));
    let proof = search(&file.pack, terminal);
    if json {
        terminal.print(&json!({"may_be_used": proof.holds(), "proof": proof}).to_string());
    } else {
        report(&proof, &file, &wording).iter().for_each(|line| terminal.print(line));
    }
    Ok(Exit::found(!proof.holds()))
}

/// A pack whose structure, names or days are wrong: nothing can be searched.
fn refused(errors: &[InputError], json: bool, terminal: &mut Terminal<'_>) -> Exit {
    if json {
        let one = |error: &InputError| json!({"line": error.line, "place": error.path, "message": error.reason.to_string()});
        let refused: Vec<_> = errors.iter().map(one).collect();
        terminal.print(&json!({"may_be_used": false, "refused": refused}).to_string());
    } else {
        errors.iter().for_each(|error| terminal.print(&error.to_string()));
        terminal.print(&may_not_be_used(errors.len()));
    }
    Exit::Found
}

fn may_not_be_used(faults: usize) -> String {
    format!("It may NOT be used: {} to fix first.", counted(faults, "fault"))
}

/// Searches, and reports now and then that it still does.
fn search(pack: &RulePack, terminal: &mut Terminal<'_>) -> Proof {
    let started = Instant::now();
    std::thread::scope(|scope| {
        let (done, waiting) = mpsc::channel();
        let search = scope.spawn(move || {
            let proof = prove(pack);
            let _ = done.send(());
            proof
        });
        while waiting.recv_timeout(PROGRESS_INTERVAL) == Err(mpsc::RecvTimeoutError::Timeout) {
            let seconds = started.elapsed().as_secs();
            terminal.note(&format!("assess: still searching, {seconds} seconds so far"));
        }
        // A panic of the search is a bug of ours and goes on as one.
        search.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn report(proof: &Proof, file: &PackFile, wording: &Wording) -> Vec<String> {
    let mut lines = vec![format!("{} ({})", file.pack.title(), proof.pack_version)];
    lines.push(match file.pack.approval() {
        Some((who, when)) => format!("Approved by {who} on {when}."),
        None => "Nobody has approved it: it is an example.".to_owned(),
    });
    lines.push(String::new());
    if !proof.places.is_empty() {
        lines.push("Places that break a law, or are weaker than the floor".to_owned());
        for (place, message) in &proof.places {
            lines.push(format!("  {}:{}: {place}: {message}", file.file, file.line(place)));
        }
        lines.push(String::new());
    }
    let pack_wording = PackWording { wording, pack: &file.pack };
    for (heading, found) in [("Breaches", &proof.breaches), ("For its author to look at", &proof.remarks)] {
        if !found.is_empty() {
            lines.push(heading.to_owned());
            found.iter().for_each(|breach| lines.extend(with_story(breach, pack_wording)));
            lines.push(String::new());
        }
    }
    let tried = proof.tried;
    lines.push(format!(
        "Tried: {}, {}, {}, {} and {}.",
        counted(tried.days, "day"),
        counted(tried.ages, "age"),
        counted(tried.situations, "situation"),
        counted(tried.records, "record"),
        counted(tried.changes, "change"),
    ));
    match proof.not_covered.as_slice() {
        [] => lines.push("Nothing that the rules can tell apart was left out.".to_owned()),
        left_out => lines.extend(left_out.iter().map(|code| wording.of("not-covered.", code))),
    }
    lines.push(String::new());
    lines.push(match proof.holds() {
        true => "It may be used.".to_owned(),
        false => may_not_be_used(proof.places.len() + proof.breaches.len()),
    });
    lines
}

fn with_story(breach: &Breach, pack_wording: PackWording<'_>) -> Vec<String> {
    let matter = serde_json::to_value(breach.matter).ok();
    let code = matter.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    let words = pack_wording.wording.of("matter.", code);
    let mut lines = vec![match breach.about.join(", ").as_str() {
        "" => format!("  {}", capitalised(&words)),
        about => format!("  {about}: {words}"),
    }];
    lines.extend(breach.witness.iter().map(|witness| format!("    {}", story(witness, pack_wording))));
    lines
}
