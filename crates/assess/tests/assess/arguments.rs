//! The arguments: what is refused, and the help.

use crate::program::{LEEDS, run};

#[test]
fn wrong_use_is_refused_and_says_where_help_is() {
    for arguments in [
        &[][..],
        &["judge"],
        &["check"],
        &["evaluate", "--stage", "submit", "a.json"],
        &["check", "--stage", "soon", "a.json"],
        &["evaluate", "--on", "tomorrow", "a.json"],
        &["evaluate", "--frighten", "a.json"],
        &["evaluate", "-", "-"],
        &["explain", "--family", "--json", "a.json"],
        &["pack"],
        &["pack", "sign"],
        &["pack", "check"],
        &["pack", "diff", LEEDS],
        &["pack", "table", "RU-99"],
        &["pack", "document", LEEDS],
        &["schema"],
        &["schema", "cat"],
    ] {
        let done = run(arguments);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{arguments:?}: {}", done.errors);
        assert!(done.errors.starts_with("assess: "), "{arguments:?}: {}", done.errors);
    }
}

/// An option that a command does not use is refused, not passed over; so is one that is given twice.
#[test]
fn misplaced_and_repeated_options_are_refused() {
    for arguments in [
        &["what-if", "--family", "a.json"][..],
        &["pack", "check", LEEDS, "--rule-pack", LEEDS],
        &["schema", "record", "--profile", "a.json"],
        &["evaluate", "--on", "2026-01-01", "--on", "2026-01-02", "a.json"],
        &["evaluate", "--js", "a.json"],
        &["eval", "a.json"],
        &["evaluate", "--json=no", "a.json"],
        &["evaluate", "--rule-pack", "-", "-"],
    ] {
        let done = run(arguments);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{arguments:?}: {}", done.errors);
    }
}

#[test]
fn a_control_character_in_an_argument_does_not_reach_the_terminal() {
    let done = run(&["evaluate", "--\u{1b}[2J", "a.json"]);
    assert_eq!(done.code, 2);
    assert!(!done.errors.contains('\u{1b}'), "{:?}", done.errors);
}

#[test]
fn help_covers_every_command() {
    let help = run(&["help"]);
    assert_eq!((help.code, help.errors.as_str()), (0, ""));
    for command in ["check", "evaluate", "explain", "what-if", "pack", "schema"] {
        assert!(help.out.lines().any(|line| line.starts_with(&format!("  {command} "))), "{command}");
    }
    for command in [
        &["check"][..],
        &["evaluate"],
        &["explain"],
        &["what-if"],
        &["pack", "check"],
        &["pack", "diff"],
        &["pack", "table"],
        &["pack", "document"],
        &["schema"],
    ] {
        let own = run(&[command, &["--help"]].concat());
        let usage = format!("Usage: assess {} ", command.join(" "));
        assert!(own.code == 0 && own.out.contains(&usage), "{command:?}: {}", own.out);
    }
    assert_eq!(run(&["--help"]).out, help.out);
    assert!(run(&["--version"]).out.starts_with("assess "));
}
