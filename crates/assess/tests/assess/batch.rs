//! `--lines`: JSON lines in and out, in the same order, whatever the lines hold.

use std::io::{BufRead as _, BufReader, Write as _};

use serde_json::{Value, json};

use crate::program::{case, cases, command, file, run, run_with};

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_line_has_its_result_in_its_place() {
    let too_long = format!("{{\"voices\":{{\"child_view\":\"{}\"}}}}", "x".repeat(1 << 20));
    let mut input = Vec::new();
    for line in [
        "{\"danger_now\":\"yes\"}".as_bytes(),
        b"{\"danger_now\":",
        b"{\"answers\":{\"danger_now\":\"no\"},\"today\":\"2026-11-23\"}\r",
        b"",
        b"[{}]",
        too_long.as_bytes(),
        b"{\"danger_now\":\"\xe9\"}",
        b"{\"danger_now\":\"no\",\"danger_now\":\"yes\"}",
        b"{\"answers\":{\"spy\":1}}",
        b"7",
        b"{\"danger_now\":\"unsure\"}",
    ] {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    input.pop();
    for arguments in [&["evaluate", "--lines", "-"][..], &["evaluate", "--lines"]] {
        let done = run_with(arguments, &input);
        assert_eq!(done.code, 3);
        let found: Vec<Value> = lines(&done.out)
            .into_iter()
            .map(|line| {
                if line["error"].is_null() {
                    line["suggestion"].clone()
                } else {
                    line["error"]["line"].clone()
                }
            })
            .collect();
        let three = |certain, possible, rest| json!({"certain": certain, "possible": possible, "not_ruled_out": rest});
        let expected = [
            three("R5", "R5", "R5"),
            json!(2),
            three("R0", "R0", "R5"),
            json!(4),
            json!(5),
            json!(6),
            json!(7),
            json!(8),
            json!(9),
            json!(10),
            three("R0", "R5", "R5"),
        ];
        assert_eq!(found[0..2], expected[0..2]);
        assert_eq!(found[3..10], expected[3..10], "{}", done.out);
        assert_eq!((&found[2]["certain"], found[10]["possible"].as_str()), (&json!("R0"), Some("R5")));
        assert_eq!(found.len(), expected.len());
    }
}

#[test]
fn every_command_on_records_takes_lines() {
    let mut input = String::new();
    for name in cases() {
        let case = case(&name);
        input.push_str(&json!({"answers": case["answers"], "today": case["today"]}).to_string());
        input.push('\n');
    }
    for (command, code) in [("check", 0), ("evaluate", 0), ("explain", 0), ("what-if", 0)] {
        let done = run_with(&[command, "--lines"], input.as_bytes());
        assert_eq!((done.code, done.errors.as_str()), (code, ""), "{command}");
        let alone: String = cases().iter().map(|name| run(&[command, "--json", name]).out).collect();
        if command == "check" {
            // The title of a record is its place, which differs.
            let problems =
                |out: &str| lines(out).into_iter().map(|line| line["problems"].clone()).collect::<Vec<_>>();
            assert_eq!(problems(&done.out), problems(&alone));
        } else {
            assert_eq!(done.out, alone, "{command}");
        }
    }
    let done = run_with(&["check", "--lines"], b"{}\n");
    assert_eq!((done.code, &done.json()["record"]), (1, &json!("line 1")));
    // That the rules are not in force is said once, not for each line.
    let done = run_with(&["evaluate", "--lines", "--on", "2020-01-01"], b"{}\n{}\n{}\n");
    assert_eq!(
        (done.code, done.out.lines().count(), done.errors.lines().count()),
        (0, 3, 1),
        "{}",
        done.errors
    );
    let folder = tempfile::tempdir().unwrap();
    let name = file(&folder, "records.jsonl", input);
    assert_eq!(lines(&run(&["evaluate", "--lines", &name]).out).len(), cases().len());
    assert_eq!(run_with(&["evaluate", "--lines"], b"").out, "");
}

/// Each result comes at once: a program may wait for it before it writes the next line.
#[test]
fn a_program_can_write_a_line_and_wait_for_its_result() {
    let mut child = command(&["evaluate", "--lines"]).spawn().unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for (answer, suggestion) in [("no", "R0"), ("yes", "R5"), ("no", "R0")] {
        writeln!(to, "{{\"danger_now\":\"{answer}\"}}").unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        let outcome: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(outcome["suggestion"]["certain"], suggestion);
    }
    drop(to);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn it_stops_when_nobody_reads_any_more() {
    let mut child = command(&["evaluate", "--lines"]).spawn().unwrap();
    drop(child.stdout.take());
    let mut to = child.stdin.take().unwrap();
    while writeln!(to, "{{}}").is_ok() {}
    assert_eq!(child.wait().unwrap().code(), Some(3));
}
