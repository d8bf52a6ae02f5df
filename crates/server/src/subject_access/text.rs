//! The same record as text to read and print. What a person has not decided about is said to be missing, and why is not said.

use std::fmt::Write as _;

use assessment_api::subject_access::{SubjectAnswer, SubjectEpisode, SubjectRecord};

use super::TO_BE_DECIDED;

/// The record as text. Writing to a `String` cannot fail.
pub(super) fn written(record: &SubjectRecord) -> String {
    let mut text = String::from("What is held about the child\n============================\n\n");
    let _ = writeln!(text, "Asked for on {}. Made {}.\n", record.received_on, record.made_at);
    let _ =
        writeln!(text, "Where it says \"{TO_BE_DECIDED}\", somebody still has to find out whether it may be");
    let _ = writeln!(
        text,
        "given: it is about another person, or it is kept from somebody for the child's safety.\n"
    );
    let _ = writeln!(text, "Notes that people wrote and why they decided something are not in this copy.");
    let _ = writeln!(text, "{TO_BE_DECIDED} about each, if there are any.\n");
    answers(&mut text, &record.child);
    for episode in &record.episodes {
        one(&mut text, episode);
    }
    text
}

fn one(text: &mut String, episode: &SubjectEpisode) {
    let title = format!("Record {}", episode.reference);
    let _ = writeln!(text, "\n{title}\n{}", "-".repeat(title.chars().count()));
    let _ = writeln!(text, "It is held by {}. State: {}.", episode.holder, episode.state.replace('_', " "));
    for version in &episode.versions {
        let _ =
            writeln!(text, "\nVersion {}, sent {} by {}\n", version.number, version.sent_at, version.sent_by);
        answers(text, &version.answers);
    }
    let _ = writeln!(text, "\nWho was let into it");
    for member in &episode.team {
        let organisation = member.organisation.as_deref().unwrap_or("a member of the family");
        let _ =
            writeln!(text, "  {organisation}, as {}, from {}", member.role.replace('_', " "), member.from);
    }
    let _ = writeln!(text, "\nWho has seen or changed it");
    for look in &episode.seen_by {
        let name = look.name.as_deref().unwrap_or("somebody");
        let organisation = look.organisation.as_deref().unwrap_or("no organisation given");
        let _ = writeln!(text, "  {}  {name} ({organisation}): {}", look.at, look.action.replace('-', " "));
    }
}

fn answers(text: &mut String, all: &[SubjectAnswer]) {
    for one in all {
        let question = one.question.replace('_', " ").replace('.', ": ");
        match &one.answer {
            Some(answer) => {
                // A further line is set in, so that no answer looks like a heading or another answer.
                let _ = writeln!(text, "  {question} = {}", answer.replace('\n', "\n      "));
            }
            None => {
                let _ = writeln!(text, "  {question} = {TO_BE_DECIDED}");
            }
        }
    }
}
