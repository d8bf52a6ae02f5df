//! `--check-config`: everything that is wrong, at once.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::child::run_with;

async fn check(text: &str, folder: &Path, variables: &[(&str, &str)]) -> (bool, String, String) {
    let path = folder.join("settings.toml");
    fs::write(&path, text).expect("a file");
    run_with(&["--settings", path.to_str().expect("UTF-8"), "--check-config"], variables).await
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once() {
    let folder = TempDir::new().expect("a folder");
    let text = r#"
listen = 8080
prot = 1
public_url = "http://caf.example"
traces = "collector"
operator_listen = "9464"
trusted_proxies = ["10.0.0.0/99"]
rule_pack = "/nowhere/pack.json"
assets = "/nowhere/dist"
database = "hush.sqlite3"

[sign_in]
issuer = "http://login.example/"
client_id = "caf"
client_secret_file = "/nowhere/secret"
realm = "x"

[sessions]
idle_minutes = 4

[limits]
requests_a_minute = 0

[[partners]]
id = "School"
name = "Southwick Academy"
origins = ["https://portal.school.example/"]
issuer = "https://login.school.example/"

[partners.webhook]
url = "http://portal.school.example/webhook"
secret_file = "/nowhere/hook"
kinds = ["episode.closed"]
"#;
    let variables = [("ASSESSMENT_SERVER_LOG", "loud"), ("DATABASE_URL", "mysql://a:hush@b/c")];
    let (success, out, said) = check(text, folder.path(), &variables).await;
    assert!(!success && out.is_empty(), "{out}");
    for part in [
        "`listen` in",
        "`prot` in",
        "public_url needs an address that starts with https://",
        "traces needs an address",
        "`operator_listen` in",
        "`trusted_proxies` in",
        "cannot read /nowhere/pack.json",
        "there is no built form in /nowhere/dist",
        "sign_in.issuer needs an address that starts with https://",
        "cannot read /nowhere/secret",
        "realm",
        "idle_minutes from 5 to 60",
        "requests_a_minute",
        "the id \"School\" under [[partners]]",
        "\"https://portal.school.example/\" of the partner \"School\" is not an origin",
        "and no [[bearer]] has it",
        "partners.webhook.url needs an address that starts with https://",
        "cannot read /nowhere/hook",
        "ASSESSMENT_SERVER_LOG needs one of error",
        "DATABASE_URL needs",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.lines().all(|line| line.starts_with("assessment-server: ")), "{said}");
    assert_eq!(said.lines().count(), 20, "each is said once: {said}");
    assert!(!said.contains("hush") && !said.contains("nobody could sign in"), "{said}");
}

#[tokio::test]
async fn settings_that_are_right_are_said_to_be_and_nothing_is_opened() {
    let folder = TempDir::new().expect("a folder");
    let assets = folder.path().join("dist");
    fs::create_dir(&assets).expect("a folder");
    fs::write(assets.join("index.html"), "").expect("a file");
    let database = folder.path().join("a.sqlite3");
    let text = format!(
        "demo_identity = true\nassets = \"{}\"\ndatabase = \"{}\"\ntrusted_proxies = \"10.0.0.0/8, 192.0.2.1\"\n\
         drain_seconds = 5\ntraces = \"http://127.0.0.1:4318/v1/traces\"\n[limits]\nlook_ups_a_day = 500\n",
        assets.display(),
        database.display()
    );
    let (success, out, said) = check(&text, folder.path(), &[]).await;
    assert!(success, "{said}");
    assert_eq!(out, "The settings are right.\n");
    assert!(!database.exists());
    let variables = [("ASSESSMENT_SERVER_OPERATOR_LISTEN", "127.0.0.1:8080")];
    let (success, _, said) = check(&text, folder.path(), &variables).await;
    assert!(!success && said.contains("an address of its own"), "{said}");
}

/// What is wrong with them on another machine is only what is not there.
#[tokio::test]
async fn the_settings_to_start_from_are_understood() {
    let folder = TempDir::new().expect("a folder");
    let text = include_str!("../../../../../deploy/settings.toml");
    let (_, _, said) = check(text, folder.path(), &[]).await;
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].contains("cannot read /run/secrets/client_secret"), "{said}");
    assert!(lines[1].contains("there is no built form"), "{said}");
}

#[tokio::test]
async fn a_file_that_is_not_toml_is_said_to_be_none() {
    let folder = TempDir::new().expect("a folder");
    let (success, _, said) = check("listen = ", folder.path(), &[]).await;
    assert!(!success && said.contains("is not TOML at line 1"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}
