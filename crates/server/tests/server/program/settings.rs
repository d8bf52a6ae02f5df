//! Settings from arguments, environment and file: which wins, and what is said in one line when one is refused.

use std::fs;

use tempfile::TempDir;

use super::starting::refusal;
use crate::child::{Program, command, run_with};

/// Runs the program with settings that it must refuse. Gives the reason, which is one line.
async fn refused(arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let (success, out, reason) = run_with(arguments, variables).await;
    assert!(!success && out.is_empty(), "{arguments:?} {variables:?} was accepted: {out}");
    assert!(reason.starts_with("assessment-server: "), "{reason}");
    assert_eq!(reason.lines().count(), 1, "{reason}");
    reason
}

/// A settings file in a folder of its own.
fn file(text: &str) -> (TempDir, String) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("settings.toml");
    fs::write(&path, text).expect("a file");
    (folder, path.display().to_string())
}

#[tokio::test]
async fn the_demo_identity_is_for_this_machine_only() {
    for address in ["0.0.0.0:0", "192.0.2.1:8080", "[::]:0", "[2001:db8::1]:8080"] {
        let reason = refusal(&["--demo-identity", "--listen", address]).await;
        assert!(reason.contains("Listen on 127.0.0.1"), "{reason}");
    }
}

#[tokio::test]
async fn without_the_demo_identity_somebody_must_be_able_to_sign_in() {
    for arguments in [&["--listen", "127.0.0.1:0"][..], &["--listen", "0.0.0.0:0"], &[]] {
        let reason = refusal(arguments).await;
        assert!(reason.contains("nobody could sign in"), "{reason}");
    }
}

#[tokio::test]
async fn arguments_that_are_not_understood_are_named() {
    for (arguments, part) in [
        (&["--demo"][..], "--demo"),
        (&["--listen"], "--listen"),
        (&["--listen", "8080"], "127.0.0.1:8080"),
        (&["--log", "loud"], "--log"),
        (&["extra"], "extra"),
    ] {
        let reason = refusal(arguments).await;
        assert!(reason.contains(part), "{reason}");
    }
}

const ADDRESS: &str = "an address and a port, such as 127.0.0.1:8080";
const DATE: &str = "a date such as 2026-11-23";
const LEVEL: &str = "one of error, warn, info, debug or trace";
const FLAG: &str = "true or false";
const PATH: &str = "the path of a file or folder";

#[tokio::test]
async fn an_argument_that_cannot_be_right_is_named_with_what_it_needs() {
    for (arguments, name, needs) in [
        (["--listen", "8080"], "--listen", ADDRESS),
        (["--listen", "localhost:8080"], "--listen", ADDRESS),
        (["--listen", "127.0.0.1:99999"], "--listen", ADDRESS),
        (["--today", "tomorrow"], "--today", DATE),
        (["--today", "2026-02-30"], "--today", DATE),
        (["--log", "loud"], "--log", LEVEL),
    ] {
        let reason = refused(&arguments, &[]).await;
        assert!(reason.contains(&format!("{name} needs {needs}")), "{reason}");
    }
    for (arguments, part) in [
        (&["--demo"][..], "--demo-identity"),
        (&["--demo-identity=yes"], "--demo-identity"),
        (&["--listen"], "--listen"),
        (&["extra"], "extra"),
    ] {
        let reason = refused(arguments, &[]).await;
        assert!(reason.contains(part) && reason.contains("See --help."), "{reason}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_path_that_is_not_utf_8_is_refused_plainly() {
    use std::os::unix::ffi::OsStrExt as _;
    let output = command(&["--demo-identity", "--database"])
        .arg(std::ffi::OsStr::from_bytes(b"/nowhere/\xff.sqlite3"))
        .output()
        .await
        .expect("the program runs");
    let reason = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && reason.contains("UTF-8"), "{reason}");
    assert_eq!(reason.lines().count(), 1, "{reason}");
}

#[tokio::test]
async fn a_variable_that_cannot_be_right_is_named_with_what_it_needs() {
    for (name, value, needs) in [
        ("ASSESSMENT_SERVER_LISTEN", "8080", ADDRESS),
        ("ASSESSMENT_SERVER_TODAY", "2026-02-30", DATE),
        ("ASSESSMENT_SERVER_LOG", "loud", LEVEL),
        ("ASSESSMENT_SERVER_DEMO_IDENTITY", "perhaps", FLAG),
        ("ASSESSMENT_SERVER_DATABASE", "7", PATH),
        ("ASSESSMENT_SERVER_ASSETS", "7", PATH),
        ("ASSESSMENT_SERVER_PROFILE", "7", PATH),
        ("ASSESSMENT_SERVER_RULE_PACK", "7", PATH),
    ] {
        let reason = refused(&[], &[(name, value)]).await;
        assert!(reason.contains(&format!("{name} needs {needs}")), "{reason}");
    }
    let reason = refused(&[], &[("ASSESSMENT_SERVER_PORT", "8080")]).await;
    assert!(reason.contains("ASSESSMENT_SERVER_PORT is not a setting"), "{reason}");
}

#[tokio::test]
async fn a_line_of_the_file_that_cannot_be_right_is_named_with_file_and_need() {
    for (line, key, needs) in [
        ("listen = 8080", "listen", ADDRESS),
        ("today = 2026-11-23", "today", DATE),
        ("log = \"loud\"", "log", LEVEL),
        ("demo_identity = \"yes\"", "demo_identity", FLAG),
        ("database = 7", "database", PATH),
        ("assets = [\"dist\"]", "assets", PATH),
        ("profile = true", "profile", PATH),
        ("rule_pack = 7", "rule_pack", PATH),
        ("[today]\nyear = 2026", "today", DATE),
    ] {
        let (_folder, path) = file(line);
        let reason = refused(&["--settings", &path], &[]).await;
        assert!(reason.contains(&format!("`{key}` in {path} needs {needs}")), "{reason}");
    }
    let (_folder, path) = file("listen = 8080");
    assert!(refused(&["--settings", &path], &[]).await.contains(", in quotes."), "as TOML wants it");
    let (_folder, path) = file("prot = 1");
    let reason = refused(&["--settings", &path], &[]).await;
    assert!(reason.contains(&format!("`prot` in {path} is not a setting")), "{reason}");
    let (_folder, path) = file("log = \"warn\"\nlisten = ");
    let reason = refused(&["--settings", &path], &[]).await;
    assert!(reason.contains(&format!("{path} is not TOML at line 2")), "{reason}");
}

#[tokio::test]
async fn a_settings_file_that_cannot_be_read_is_named() {
    for path in ["/nowhere/settings.toml", "/"] {
        for (arguments, variables) in
            [(vec!["--settings", path], vec![]), (vec![], vec![("ASSESSMENT_SERVER_SETTINGS", path)])]
        {
            let reason = refused(&arguments, &variables).await;
            assert!(reason.contains(&format!("cannot read {path}: th")), "{reason}");
            assert!(reason.contains("--settings"), "{reason}");
        }
    }
}

#[tokio::test]
async fn the_demo_identity_stays_on_this_machine_wherever_it_is_set() {
    let (_folder, path) = file("demo_identity = true\nlisten = \"0.0.0.0:0\"");
    for (arguments, variables) in [
        (vec!["--settings", &path], vec![]),
        (vec!["--demo-identity"], vec![("ASSESSMENT_SERVER_LISTEN", "0.0.0.0:0")]),
        (vec!["--listen", "0.0.0.0:0"], vec![("ASSESSMENT_SERVER_DEMO_IDENTITY", "true")]),
    ] {
        let reason = refused(&arguments, &variables).await;
        assert!(reason.contains("Listen on 127.0.0.1"), "{reason}");
    }
}

#[tokio::test]
async fn arguments_win_over_variables_and_variables_over_the_file() {
    let (folder, path) =
        file("demo_identity = true\nlisten = \"0.0.0.0:0\"\nlog = \"trace\"\ntoday = \"2027-01-31\"");
    let folder = std::sync::Arc::new(folder);
    let mut command = command(&["--settings", &path, "--listen", "127.0.0.1:0"]);
    command.env("ASSESSMENT_SERVER_LISTEN", "192.0.2.1:1").env("ASSESSMENT_SERVER_LOG", "error");
    command.env("ASSESSMENT_SERVER_DATABASE", folder.path().join("a.sqlite3"));
    let program = Program::spawn(folder, command).await;
    let answers = serde_json::json!({ "form_version": "caf-2026.3", "answers": {} });
    let request = program.client.request("POST", "/api/v1/evaluations");
    let request = request.header("content-type", "application/json").body(answers.to_string());
    let outcome = crate::wire::send(request).await.json();
    assert_eq!(outcome["as_of"], "2027-01-31", "from the file");
    assert_eq!(program.log(), "", "only errors are logged: the variable wins");
    assert!(program.folder().path().join("a.sqlite3").exists(), "from the variable");
}

#[tokio::test]
async fn help_names_every_setting() {
    let (success, help, _) = run_with(&["--help"], &[]).await;
    assert!(success);
    for name in [
        "demo-identity",
        "listen",
        "database",
        "database-owner",
        "assets",
        "profile",
        "rule-pack",
        "today",
        "log",
        "public-url",
        "operator-listen",
        "traces",
        "trusted-proxies",
        "drain-seconds",
        "check-config",
        "settings",
    ] {
        assert!(help.contains(&format!("--{name}")), "{help}");
    }
    let (_, short, _) = run_with(&["-h"], &[]).await;
    assert_eq!(short, help);
}

/// Nothing listens on that port.
const NOBODY: &str = "postgres://somebody:hush@127.0.0.1:1/records";

#[tokio::test]
async fn an_address_chooses_postgresql_wherever_it_is_set_and_the_server_s_own_setting_wins() {
    let (_folder, path) = file("demo_identity = true\nlisten = \"127.0.0.1:0\"\ndatabase = \"a.sqlite3\"");
    let elsewhere = NOBODY.replace("records", "others");
    for (arguments, variables) in [
        (vec!["--database", NOBODY], vec![("DATABASE_URL", &*elsewhere)]),
        (vec![], vec![("ASSESSMENT_SERVER_DATABASE", NOBODY), ("DATABASE_URL", &elsewhere)]),
        (vec![], vec![("DATABASE_URL", NOBODY)]),
    ] {
        let mut all = vec!["--settings", &path];
        all.extend(arguments);
        let reason = refused(&all, &variables).await;
        assert!(reason.contains("records at 127.0.0.1:1 as somebody: it cannot be reached"), "{reason}");
        assert!(!reason.contains("hush"), "{reason}");
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_right_is_refused_without_showing_it() {
    const OWNER: &str = "an address such as postgres://owner@localhost/assessments";
    for (arguments, variables, setting, needs) in [
        (vec!["--database", "mysql://a:hush@b/c"], vec![], "--database", "the path of a file or folder"),
        (
            vec!["--database", "postgres://a:hush@b"],
            vec![],
            "--database",
            "or an address such as postgres://",
        ),
        (vec!["--database-owner", "hush.sqlite3"], vec![], "--database-owner", OWNER),
        (vec![], vec![("DATABASE_URL", "mysql://a:hush@b/c")], "DATABASE_URL", OWNER),
        (
            vec![],
            vec![("ASSESSMENT_SERVER_DATABASE_OWNER", "hush")],
            "ASSESSMENT_SERVER_DATABASE_OWNER",
            OWNER,
        ),
    ] {
        let reason = refused(&arguments, &variables).await;
        assert!(reason.contains(&format!("{setting} needs ")) && reason.contains(needs), "{reason}");
        assert!(!reason.contains("hush"), "{reason}");
    }
    let reason = refused(&["--database-owner", NOBODY], &[]).await;
    assert!(reason.contains("--database-owner is for PostgreSQL") && !reason.contains("hush"), "{reason}");
}

/// Settings with which people sign in. `more` comes before the first table.
/// A portal whose tokens are accepted, and a partner with these lines besides.
fn portal(more: &str) -> String {
    format!(
        "listen = \"127.0.0.1:0\"\n[[bearer]]\nissuer = \"https://portal.example/\"\naudience = \"caf\"\n\
         keys = {{ file = \"keys.json\" }}\n[[partners]]\nid = \"school\"\nname = \"S\"\n\
         issuer = \"https://portal.example/\"\n{more}\n"
    )
}

fn signing_in(more: &str) -> String {
    format!(
        "{more}\nlisten = \"127.0.0.1:0\"\n[sign_in]\nissuer = \"https://login.example/\"\nclient_id = \"caf\"\n"
    )
}

#[tokio::test]
async fn sign_in_is_refused_where_it_would_not_be_safe() {
    let public = "public_url = \"https://caf.example\"";
    let bearer = "[[bearer]]\nissuer = \"https://portal.example/\"\naudience = \"caf\"\n";
    for (text, part) in [
        (signing_in(""), "needs public_url"),
        (
            signing_in("public_url = \"http://caf.example\""),
            "public_url needs an address that starts with https://",
        ),
        (signing_in("public_url = \"caf.example\""), "public_url needs an address that starts with https://"),
        (signing_in(public).replace("https://login", "http://login"), "sign_in.issuer needs an address"),
        (signing_in(&format!("{public}\ntoday = \"2026-11-23\"")), "--today is for the demo only"),
        (signing_in(&format!("{public}\ndemo_identity = true")), "--demo-identity lets everyone in"),
        (signing_in(public) + "[sessions]\nidle_minutes = 4\n", "idle_minutes from 5 to 60"),
        (signing_in(public) + "[sessions]\nlongest_hours = 25\n", "longest_hours from 1 to 24"),
        (signing_in(public) + "[sessions]\nidle_minutes = \"long\"\n", "sessions.idle_minutes"),
        (signing_in(public) + "realm = \"x\"\n", "realm"),
        (
            format!("{bearer}keys = {{ url = \"http://portal.example/keys\" }}\n"),
            "bearer.keys.url needs an address",
        ),
        (format!("{bearer}keys = \"keys.json\"\n"), "bearer"),
        (
            portal("origins = [\"https://*.example\"]"),
            "\"https://*.example\" of the partner \"school\" is not",
        ),
        (portal("origins = \"https://portal.example\""), "partners"),
        (
            portal(
                "origins = []\n[partners.webhook]\nurl = \"https://a.example\"\nsecret_file = \"x\"\nkinds = [\"episode.shielded\"]",
            ),
            "partners",
        ),
        (
            portal(
                "origins = [\"https://a.example\"]\n[[partners]]\nid = \"trust\"\nname = \"T\"\norigins = [\"https://a.example\"]\nissuer = \"https://portal.example/\"",
            ),
            "an issuer of its own",
        ),
    ] {
        let (_folder, path) = file(&text);
        let reason = refused(&["--settings", &path], &[]).await;
        assert!(reason.contains(part), "{text}\n{reason}");
    }
}

#[test]
fn the_table_in_the_documents_is_made_from_the_program() {
    const COMMAND: &str =
        "UPDATE_SETTINGS=1 cargo nextest run -p assessment-server the_table_in_the_documents";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations.md");
    let text = fs::read_to_string(&path).expect("docs/operations.md").replace("\r\n", "\n");
    let table = assessment_server::settings::described::table();
    let head = table.lines().next().expect("a head");
    let (before, rest) = text.split_once(head).expect("the table");
    let after = rest.split_once("\n\n").map(|(_, after)| after).unwrap_or_default();
    let made = format!("{before}{table}\n{after}");
    if std::env::var_os("UPDATE_SETTINGS").is_some() {
        fs::write(&path, &made).expect("docs/operations.md can be written");
    } else {
        assert!(text == made, "the settings in docs/operations.md are not the program's. Run: {COMMAND}");
    }
}

/// The program takes the example of docs/operations.md, and goes on to the database.
#[tokio::test]
async fn the_settings_in_the_documents_are_understood() {
    let text = include_str!("../../../../../docs/operations.md");
    let example =
        text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let (_folder, path) = file(&format!("listen = \"127.0.0.1:0\"\n{example}"));
    let reason = refused(&["--settings", &path, "--database", "/dev/null/x"], &[]).await;
    assert!(reason.contains("cannot write the database"), "{reason}");
}
