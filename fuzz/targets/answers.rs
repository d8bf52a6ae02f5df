//! Any string as a record: it is read or refused, what is read is written back exactly, and every check runs on it.
#![no_main]

use assessment_engine::answers::{
    Answers,
    agreement::{Sending, is_recorded, sending},
};
use assessment_engine::assessment::Assessment;
use assessment_engine::validation::{Stage, check};
use assessment_fuzz::{STANDARDS, keeps_the_laws};
use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today = Date::new(2026, 11, 23).expect("a day");
    let Ok(reading) = Answers::read(text) else { return };
    for unread in &reading.unread {
        assert!(unread.path.is_ascii(), "a foreign name is repeated as it came");
    }
    let json = reading.answers.to_json();
    let again = Answers::read(&json).expect("what was written can be read");
    assert!(again.unread.is_empty(), "what was written is not understood");
    assert_eq!(again.answers, reading.answers, "something was lost or changed");
    assert_eq!(again.answers.to_json(), json, "other bytes");
    keeps_the_laws(&reading.answers, today, &STANDARDS.pack, text.len());
    let [editing, section, submit] = [Stage::Editing, Stage::Section, Stage::Submit]
        .map(|stage| check(&reading.answers, stage, today, &STANDARDS));
    assert!(editing.iter().all(|problem| section.contains(problem)), "a problem is gone at the later stage");
    // Of a family that says no, only that leaves the device; what is wrong with the rest stops nothing.
    let leaves = |path: &str| sending(&reading.answers) != Sending::RefusalOnly || is_recorded(path);
    let mut leaving = section.iter().filter(|problem| leaves(&problem.path));
    assert!(leaving.all(|problem| submit.contains(problem)), "a problem is gone at the later stage");
    assert_eq!(Assessment::parse(reading.answers, today, &STANDARDS).is_ok(), submit.is_empty());
});
