//! `assess pack check`: whether a rule pack may be used. What the engine refuses is named by line; what the search finds is
//! told as a story; what was tried and what was not is said. It may take a minute or two.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use assessment_rules::{Breach, Proof, RulePack, prove};
use serde_json::json;

use super::parts::story;
use super::words_for;
use crate::arguments::Asked;
use crate::conditions::Reader;
use crate::exit::{Exit, Wrong};
use crate::pack_file::{self, PackFile};
use crate::terminal::Terminal;
use crate::words::{Words, capitalised};

/// How often progress is told.
const EVERY: Duration = Duration::from_secs(5);

pub(super) fn run(asked: &Asked, words: &Words, terminal: &mut Terminal<'_>) -> Exit {
    let Some(name) = asked.operands.first() else { return Exit::WrongUse };
    let unchecked = match pack_file::read(terminal, Some(name)) {
        Ok(unchecked) => unchecked,
        Err(wrong) => return terminal.complain(&wrong),
    };
    let file = match unchecked.draft() {
        Ok(file) => file,
        Err(wrong) => return refused(&wrong, asked, terminal),
    };
    let words = &match words_for(asked, words, &file.pack, terminal) {
        Ok(words) => words,
        Err(wrong) => return terminal.complain(&wrong),
    };
    terminal.tell(&format!(
        "assess: searching {} for gaps and breaches; this may take a minute or two",
        file.pack.version()
    ));
    let proof = proven(&file.pack, terminal);
    if asked.json {
        let proof_json = serde_json::to_value(&proof).unwrap_or_default();
        terminal.say(&json!({"may_be_used": proof.holds(), "proof": proof_json}).to_string());
    } else {
        report(&proof, &file, words).iter().for_each(|line| terminal.say(line));
    }
    Exit::found(!proof.holds())
}

/// A pack whose form, names or days are wrong: nothing can be searched.
fn refused(wrong: &[Wrong], asked: &Asked, terminal: &mut Terminal<'_>) -> Exit {
    if asked.json {
        let one = |wrong: &Wrong| json!({"line": wrong.line, "place": wrong.path, "message": wrong.message});
        let refused: Vec<_> = wrong.iter().map(one).collect();
        terminal.say(&json!({"may_be_used": false, "refused": refused}).to_string());
    } else {
        wrong.iter().for_each(|wrong| terminal.say(&wrong.to_string()));
        terminal.say(&format!("It may NOT be used: {} to mend first.", counted(wrong.len(), "place")));
    }
    Exit::Found
}

/// Searches, and says now and then that it still does.
fn proven(pack: &RulePack, terminal: &mut Terminal<'_>) -> Proof {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let (done, waiting) = mpsc::channel();
        let search = scope.spawn(move || {
            let proof = prove(pack);
            let _ = done.send(());
            proof
        });
        while waiting.recv_timeout(EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
            terminal.tell(&format!("assess: still searching, {} seconds so far", begun.elapsed().as_secs()));
        }
        // A panic of the search is a mistake of ours and goes on as one.
        search.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn report(proof: &Proof, file: &PackFile, words: &Words) -> Vec<String> {
    let mut lines = vec![format!("{} ({})", file.pack.title(), proof.pack_version)];
    lines.push(match file.pack.approval() {
        Some((who, when)) => format!("Approved by {who} on {when}."),
        None => "Nobody has approved it: it is an example.".to_owned(),
    });
    lines.push(String::new());
    let reader = Reader { words, pack: &file.pack };
    if !proof.places.is_empty() {
        lines.push("Places that break a law, or are weaker than the floor".to_owned());
        for (place, message) in &proof.places {
            let line = file.line(place).map(|line| format!(":{line}")).unwrap_or_default();
            lines.push(format!("  {}{line}: {place}: {message}", file.file));
        }
        lines.push(String::new());
    }
    for (heading, found) in [("Breaches", &proof.breaches), ("For its author to look at", &proof.remarks)] {
        if found.is_empty() {
            continue;
        }
        lines.push(heading.to_owned());
        found.iter().for_each(|breach| lines.extend(told(breach, reader)));
        lines.push(String::new());
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
        left => lines.extend(left.iter().map(|code| words.get(&["not-covered.", code].concat()))),
    }
    lines.push(String::new());
    lines.push(if proof.holds() {
        "It may be used.".to_owned()
    } else {
        format!(
            "It may NOT be used: {} to mend first.",
            counted(proof.places.len() + proof.breaches.len(), "thing")
        )
    });
    lines
}

/// A breach with its story.
fn told(breach: &Breach, reader: Reader<'_>) -> Vec<String> {
    let matter = serde_json::to_value(breach.matter).ok();
    let code = matter.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    let words = reader.words.get(&["matter.", code].concat());
    let about = breach.about.join(", ");
    let mut lines = vec![match about.as_str() {
        "" => format!("  {}", capitalised(&words)),
        about => format!("  {about}: {words}"),
    }];
    lines.extend(breach.witness.iter().map(|witness| format!("    {}", story(witness, reader))));
    lines
}

/// `1 day`, `2 days`.
pub(super) fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
