//! A backup that is put back holds all that teams wrote, on both stores (B25).

use std::{path::Path, sync::Arc, time::Duration};

use assessment_server::store::{Store, postgres::PostgresStore, sqlite::SqliteStore};
use serde_json::json;
use tempfile::TempDir;

use super::{App, Person, Team, meeting, plan, review};
use crate::{
    app::With,
    child::{run, run_with},
    postgres::Database,
};

const PATIENCE: Duration = Duration::from_secs(10);

/// Writes every sort of thing that a team can write. Gives the path of the episode.
async fn written(app: &App) -> String {
    let team = Team::new(app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    for goal in ["Mauve umbrella.", "Teal suitcase."] {
        let mut other = plan();
        other["long_term_goal"] = json!(goal);
        let _ = team.save(&team.lead, "plan/1", 1, &other).await;
    }
    assert_eq!(team.kept("plan/1").await.len(), 1);
    let kept = team.kept("plan/1").await[0]["id"].clone();
    let mut settled = plan();
    settled["long_term_goal"] = json!("Both.");
    let body = json!({ "record": super::of("plan/1", &settled), "settles": kept });
    assert_eq!(team.send(&team.lead, "plan/1", 2, body).await.status, 200);
    assert_eq!(team.complete(&team.lead, "plan/1", 3).await.status, 200);
    team.saved(&team.teacher, "meeting/1", 0, &meeting()).await;
    let sent = json!({
        "id": "5e7a3b52-0c9d-4b3e-9a53-000000000001", "revision": 1, "to": ["Priya Raman"],
    });
    let noted = team.lead.ask("POST", &team.path("meeting/1/circulations"), &[], Some(sent)).await;
    assert_eq!(noted.status, 204, "{}", noted.text);
    team.saved(&team.lead, "review/1", 0, &review()).await;
    assert_eq!(team.complete(&team.lead, "review/1", 1).await.status, 200);
    team.episode.clone()
}

/// Everything that a server says of it.
async fn read(app: &App, episode: &str) -> Vec<String> {
    let lead = Person::new(app, "health-visitor").await;
    let mut all = Vec::new();
    for rest in [
        "",
        "/team-records",
        "/team-records/plan/1",
        "/team-records/plan/1?revision=1",
        "/team-records/plan/1/kept",
        "/team-records/meeting/1",
        "/team-records/meeting/1/calendar",
        "/team-records/review/1",
        "/timeline",
    ] {
        let read = lead.get(&format!("{episode}{rest}")).await;
        assert_eq!(read.status, 200, "{rest}: {}", read.text);
        all.push(read.text);
    }
    all
}

async fn on(store: impl Store + 'static) -> App {
    App::start_with(With { store: Some(Arc::new(store)), ..With::default() }).await
}

#[tokio::test]
async fn a_backup_that_is_put_back_holds_what_teams_wrote_b25() {
    let app = App::start().await;
    let episode = written(&app).await;
    let before = read(&app, &episode).await;
    let folder = TempDir::new().expect("a folder");
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let (file, goal) = (text(&folder.path().join("a.backup")), text(&folder.path().join("b.sqlite3")));
    let (success, _, reason) = run(&["--database", &text(&app.database()), "backup", "--out", &file]).await;
    assert!(success, "{reason}");
    let (success, _, reason) = run(&["--database", &goal, "restore", &file]).await;
    assert!(success, "{reason}");
    let again = on(SqliteStore::open(Path::new(&goal), PATIENCE).await.expect("a database")).await;
    assert_eq!(read(&again, &episode).await, before);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_postgresql_that_is_put_back_holds_what_teams_wrote_b25() {
    let open = async |database: &Database| {
        let store = PostgresStore::open(&database.server(), Some(&database.owner()), PATIENCE).await;
        on(store.expect("a database")).await
    };
    let database = Database::new().await;
    let app = open(&database).await;
    let episode = written(&app).await;
    let before = read(&app, &episode).await;
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("a.dump").to_str().expect("UTF-8").to_owned();
    let all = |database: &Database| [("DATABASE_URL", String::from(database.address("postgres")))];
    let with = async |arguments: &[&str], database: &Database| {
        let [(name, value)] = all(database);
        run_with(arguments, &[(name, &value)]).await
    };
    let (success, _, reason) = with(&["backup", "--out", &file], &database).await;
    assert!(success, "{reason}");
    let other = Database::new().await;
    let (success, _, reason) = with(&["restore", &file], &other).await;
    assert!(success, "{reason}");
    assert_eq!(read(&open(&other).await, &episode).await, before);
}
