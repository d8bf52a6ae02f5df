//! Standard output that is closed early, or cannot be written.

use std::io::Read as _;

use crate::program::{case, command, file};

/// No message, and the exit code that it would have been.
#[test]
fn a_reader_that_leaves_is_no_error() {
    let mut last = case("tests/cases/unborn-baby.json");
    last["answers"]["spy"] = 1.into();
    let folder = tempfile::tempdir().unwrap();
    let many: Vec<_> = std::iter::repeat_n(last, 100).collect();
    let name = file(&folder, "many.json", serde_json::Value::from(many).to_string());
    for (arguments, code) in [(vec!["schema", "record"], 0), (vec!["check", "--json", &name], 1)] {
        let mut child = command(&arguments).spawn().unwrap();
        drop(child.stdout.take());
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert_eq!((child.wait().unwrap().code(), errors.as_str()), (Some(code), ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(&["schema", "rule-pack"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("could not be written"));
}
