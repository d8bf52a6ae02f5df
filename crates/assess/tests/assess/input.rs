//! Bad input: whatever is in a file, the program names the file and the place, says what to do, and never panics. An input
//! that once was bad stays in these tests.

use crate::program::{LEEDS, file, root, run, run_with};

const ON_RECORDS: [&[&str]; 4] = [&["check"], &["evaluate"], &["explain", "--family"], &["what-if"]];

/// What it is, its bytes, and the place that the error must name.
fn bad() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let whole = std::fs::read(root().join("tests/cases/unborn-baby.json")).unwrap();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("{}".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    vec![
        ("not JSON", b"{\n danger_now: no}".to_vec(), ":2: "),
        ("nothing", Vec::new(), ":1: "),
        ("white space", b" \n\n".to_vec(), ":3: "),
        ("a byte order mark", [b"\xef\xbb\xbf".to_vec(), b"{}".to_vec()].concat(), ":1: "),
        ("UTF-16", utf16, ":"),
        ("another encoding", b"{\n\"danger_now\": \"\xe9\"}".to_vec(), ":2: "),
        ("cut off", whole[..whole.len() / 2].to_vec(), ":"),
        ("something after the end", [whole.clone(), b"{}".to_vec()].concat(), ":"),
        ("a name twice", b"{\"danger_now\":\"yes\",\n\"danger_now\":\"no\"}".to_vec(), ":2: danger_now: "),
        ("a list in a record", b"{\"answers\": []}".to_vec(), ":1: answers: "),
        ("a number", b"7".to_vec(), ":1: "),
        ("a list of numbers", b"[{},\n7]".to_vec(), ":2: [1]: "),
        ("an empty list", b"[]".to_vec(), ":1: "),
        ("no such day", b"{\"answers\":{},\n\"today\":\"2026-02-30\"}".to_vec(), ":2: today: "),
        ("a day that is a number", b"{\"answers\":{},\"on\":20261123}".to_vec(), ":1: on: "),
        ("a rule pack", std::fs::read(root().join(LEEDS)).unwrap(), ":1: "),
        ("a profile", std::fs::read(root().join("crates/engine/data/profiles/leeds.json")).unwrap(), ":1: "),
        ("too deep", [vec![b'\n'], b"[".repeat(65), b"]".repeat(65)].concat(), ":2: "),
        ("very deep", b"{\"a\":".repeat(100_000), ":1: "),
        ("a string without an end", [b"{\"danger_now\":\"".to_vec(), b"x".repeat(100)].concat(), ":1: "),
        ("a huge record", huge(), ":"),
        ("a huge record in a list", [b"[".to_vec(), huge(), b"]".to_vec()].concat(), ":1: [0]: "),
        ("a huge number", b"{\"danger_now\": 1e999}".to_vec(), ":1: "),
        ("half a letter", b"{\"danger_now\": \"\\ud800\"}".to_vec(), ":1: "),
    ]
}

fn huge() -> Vec<u8> {
    [b"{\"voices\":{\"child_view\":\"".to_vec(), b"x".repeat(1 << 20), b"\"}}".to_vec()].concat()
}

#[test]
fn bad_records_are_reported_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    for (what, bytes, place) in bad() {
        let name = file(&folder, "bad.json", &bytes);
        for command in ON_RECORDS {
            let done = run(&[command, &[&name]].concat());
            assert_eq!((done.code, done.out.as_str()), (3, ""), "{what}: {}", done.errors);
            let begins = format!("assess: {name}{place}");
            assert!(done.errors.starts_with(&begins), "{what}: {}", done.errors);
            assert!(done.errors.lines().count() == 1 && done.errors.len() < 500, "{what}: {}", done.errors);
        }
        let done = run_with(&["evaluate", "-"], &bytes);
        assert_eq!(done.code, 3, "{what} on standard input");
        assert!(
            done.errors.starts_with(&format!("assess: standard input{place}")),
            "{what}: {}",
            done.errors
        );
    }
}

#[test]
fn files_that_cannot_be_read_are_reported_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere.json");
    for name in [folder.path(), nowhere.as_path()] {
        let name = name.to_str().unwrap();
        for arguments in [
            vec!["check", name],
            vec!["evaluate", name],
            vec!["evaluate", "--lines", name],
            vec!["evaluate", "--rule-pack", name, "tests/cases/unborn-baby.json"],
            vec!["evaluate", "--profile", name, "tests/cases/unborn-baby.json"],
            vec!["pack", "check", name],
            vec!["pack", "diff", LEEDS, name],
            vec!["pack", "document", name, "--out", "nowhere"],
            vec!["pack", "table", "--rule-pack", name],
            vec!["pack", "diff", LEEDS, LEEDS, "--cases", name],
        ] {
            let done = run(&arguments);
            assert_eq!(done.code, 3, "{arguments:?}: {}", done.errors);
            assert!(done.errors.contains(name), "{arguments:?}: {}", done.errors);
        }
    }
}

/// A file of more than 16 MiB is not even parsed.
#[test]
fn a_file_that_is_too_long_is_refused() {
    let done = run_with(&["evaluate", "-"], &b" ".repeat((16 << 20) + 1));
    assert_eq!(done.code, 3);
    assert!(done.errors.contains("16 MiB"), "{}", done.errors);
}

/// A list of a million numbers is refused in a few lines.
#[test]
fn a_list_of_nothing_but_mistakes_is_reported_briefly() {
    let done = run_with(&["evaluate", "-"], format!("[7{}]", ",7".repeat(1_000_000)).as_bytes());
    assert_eq!((done.code, done.errors.lines().count()), (3, 51));
    assert!(done.errors.contains("999951 more"), "{}", done.errors.lines().last().unwrap());
}

/// Bad rule packs: unreadable is 3; readable and wrong is 1 for `check`, since it was checked.
#[test]
fn bad_packs_are_reported_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    for (what, bytes, _) in bad().into_iter().filter(|(what, ..)| *what != "a rule pack") {
        let name = file(&folder, "pack.json", &bytes);
        let done = run(&["pack", "check", &name]);
        assert!(matches!(done.code, 1 | 3), "{what}: {}", done.code);
        let said = [done.errors.as_str(), &done.out].concat();
        assert!(said.contains(&name), "{what}: {said}");
        for arguments in [
            vec!["pack", "diff", LEEDS, &name],
            vec!["pack", "table", "--rule-pack", &name],
            vec!["pack", "document", &name, "--out", "nowhere"],
            vec!["evaluate", "--rule-pack", &name, "tests/cases/unborn-baby.json"],
            vec!["schema", "record", "--rule-pack", &name],
        ] {
            let done = run(&arguments);
            assert_eq!((done.code, done.out.as_str()), (3, ""), "{what}: {arguments:?}");
            assert!(done.errors.contains(&name), "{what}: {}", done.errors);
        }
    }
    assert!(!root().join("nowhere").exists());
    let done = run(&["pack", "check", "tests/cases/unborn-baby.json"]);
    assert!(done.code == 3 && done.errors.contains("unborn-baby.json:1: "), "{}", done.errors);
}

/// Nothing in a record moves the terminal's cursor, and no error repeats what was typed.
#[test]
fn nothing_from_a_file_reaches_the_terminal_raw() {
    let record = b"{\"id\": \"a\\u001b[2Jb\", \"answers\": {\"danger_now\": \"no\", \"Rosie\\u001b\": \"Rosie was hit\"}}";
    for arguments in [&["check", "-"][..], &["evaluate", "-"]] {
        let done = run_with(arguments, record);
        let said = done.out + &done.errors;
        assert!(!said.contains('\u{1b}') && !said.contains("was hit"), "{said:?}");
    }
}
