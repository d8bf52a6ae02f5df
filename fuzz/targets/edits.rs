//! Any string as a path, and every kind of edit at it: it is made or refused, and a refusal changes nothing.
//! The last line is what is typed; the lines before it are paths.
#![no_main]

use assessment_engine::answers::{Answers, Node};
use assessment_form::{Edit, Path, WrittenDate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (paths, typed) = text.rsplit_once('\n').unwrap_or((text, "x"));
    let mut answers = Answers::default();
    // Enough for edits to meet one another, and few enough for each try to be quick.
    for path in paths.split('\n').take(24) {
        let written = WrittenDate { day: typed.to_owned(), month: typed.to_owned(), year: typed.to_owned() };
        for edit in [
            Edit::AddRow,
            Edit::Text(typed.to_owned()),
            Edit::List(vec![typed.to_owned(), String::new()]),
            Edit::Date(written),
            Edit::RemoveRow(typed.len()),
        ] {
            let before = answers.clone();
            if answers.apply(path, edit.clone()).is_err() {
                assert_eq!(answers, before, "a refused edit changed something");
                continue;
            }
            assert!(Path::parse(path).is_some(), "an edit at what is no path");
            match (edit, answers.node(path)) {
                (Edit::Text(new), Some(Node::Text(text))) => assert_eq!(*text, new),
                (Edit::List(new), Some(Node::List(items))) => assert_eq!(*items, new),
                (Edit::Date(new), Some(Node::Date(date))) => assert_eq!(*date, new),
                (Edit::AddRow | Edit::RemoveRow(_), Some(Node::Rows(_))) => {}
                // Taking a mark back leaves no mark.
                (Edit::Text(new), None) => assert!(new.is_empty()),
                _ => panic!("the edit is not where it was made"),
            }
        }
    }
    let again = Answers::read(&answers.to_json()).expect("what was written can be read");
    assert!(again.unread.is_empty() && again.answers == answers, "something was lost or changed");
});
