//! The second guard: what the roles and row-level security refuse when the SQL is wrong, or somebody else's.

use assessment_server::drafts::{Expected, save};
use sqlx::{AssertSqlSafe, Executor as _, PgConnection};

use super::Postgres;
use crate::store::{
    Harness as _,
    contract::{
        actor, assessment, content, draft_id, episodes, lists, moment,
        people::{add, person},
        submit,
    },
};

const TABLES: [&str; 4] = ["assessments", "idempotency_keys", "draft_revisions", "audit"];

/// A store with one of everything of `practitioner-1`'s.
async fn filled() -> Postgres {
    let harness = Postgres::new().await;
    let store = harness.store();
    submit(&*store, &actor(), "k", &assessment(1)).await.expect("stored");
    save(&*store, &actor(), draft_id(1), Expected::Nothing, &content(1), moment(1)).await.expect("saved");
    harness
}

async fn rows(connection: &mut PgConnection, table: &str) -> i64 {
    let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
    sqlx::query_scalar(sql).fetch_one(connection).await.expect("a number")
}

#[tokio::test]
async fn a_connection_that_names_no_actor_reads_nothing_not_even_as_the_owner_b41() {
    let harness = filled().await;
    for role in ["caf_server", "caf_owner"] {
        let mut connection = harness.database.look_as(role).await;
        for table in TABLES {
            assert_eq!(rows(&mut connection, table).await, 0, "{role} {table}");
        }
        for (who, found) in [("practitioner-2", false), ("", false), ("practitioner-1", true)] {
            let name = sqlx::query("SELECT set_config('app.actor', $1, false)").bind(who);
            connection.execute(name).await.expect("an actor");
            for table in TABLES {
                assert_eq!(rows(&mut connection, table).await > 0, found, "{role} {who} {table}");
            }
        }
    }
}

#[tokio::test]
async fn a_connection_that_names_nobody_finds_no_people_b41() {
    let harness = filled().await;
    add(&*harness.store(), &person(1, "Amelia", "Hart")).await;
    for role in ["caf_server", "caf_owner"] {
        let mut connection = harness.database.look_as(role).await;
        for (who, found) in [("", false), ("practitioner-2", true)] {
            let name = sqlx::query("SELECT set_config('app.actor', $1, false)").bind(who);
            connection.execute(name).await.expect("an actor");
            for table in ["people", "person_revisions", "match_keys"] {
                assert_eq!(rows(&mut connection, table).await > 0, found, "{role} {who} {table}");
            }
        }
    }
}

#[tokio::test]
async fn a_connection_finds_the_page_of_whom_it_names_and_no_other_b41() {
    let harness = filled().await;
    lists::add(&*harness.store()).await;
    for role in ["caf_server", "caf_owner"] {
        let mut connection = harness.database.look_as(role).await;
        // The program counts what all of them say; anyone who signs in finds their own.
        connection
            .execute(
                "SELECT set_config('app.actor', 'system', false), set_config('app.authority', 'yes', false), \
                 set_config('app.person', '', false)",
            )
            .await
            .expect("the program");
        assert!(rows(&mut connection, "own_pages").await > 0, "{role}");
        for (who, found) in [("", false), ("two", false), ("coordinator", true)] {
            let key = format!("person\nhttps://issuer.example\n{who}");
            let settings = "SELECT set_config('app.actor', 'practitioner-2', false), \
                set_config('app.authority', 'yes', false), set_config('app.person', $1, false)";
            connection.execute(sqlx::query(settings).bind(key)).await.expect("somebody");
            assert_eq!(rows(&mut connection, "own_pages").await > 0, found, "{role} {who}");
        }
    }
    let mut connection = harness.database.look_as("caf_server").await;
    for sql in [
        "UPDATE own_pages SET revision = 7",
        "DELETE FROM own_pages",
        "DELETE FROM episode_places",
        "UPDATE practitioner_names SET name = ''",
        "UPDATE take_up_quarters SET document = '{}'",
        "DELETE FROM take_up_quarters",
        "UPDATE take_up_stories SET document = '{}'",
        "DELETE FROM take_up_stories",
        "DELETE FROM families",
        "DELETE FROM family_members",
        "DELETE FROM family_related",
    ] {
        let refused = connection.execute(sql).await.expect_err(sql).to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn the_actor_of_one_transaction_is_forgotten_before_the_next_b41() {
    let harness = filled().await;
    // The pool hands the same connections out again; none may still act for somebody.
    let mut connection = harness.database.look_as("caf_server").await;
    for end in ["COMMIT", "ROLLBACK"] {
        connection.execute("BEGIN").await.expect("begun");
        connection.execute("SELECT set_config('app.actor', 'practitioner-1', true)").await.expect("an actor");
        assert_eq!(rows(&mut connection, "assessments").await, 1);
        connection.execute(end).await.expect("ended");
        assert_eq!(rows(&mut connection, "assessments").await, 0, "{end}");
    }
}

#[tokio::test]
async fn the_role_that_serves_can_read_and_add_its_actor_s_rows_and_nothing_else_b41() {
    let harness = filled().await;
    let mut connection = harness.database.look_as("caf_server").await;
    connection.execute("SET app.actor = 'practitioner-1'").await.expect("an actor");
    let people =
        ["people", "person_revisions", "person_merges", "person_merges_undone", "people_not_the_same"];
    let kept =
        ["legal_holds", "legal_holds_lifted", "subject_access_requests", "subject_access_closed", "erased"];
    for table in TABLES.into_iter().chain(["draft_ids", "audit_chain"]).chain(people).chain(kept) {
        for sql in [
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table} CASCADE"),
            format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"),
            format!("ALTER TABLE {table} DISABLE TRIGGER ALL"),
            format!("DROP TABLE {table} CASCADE"),
        ] {
            let refused = connection.execute(AssertSqlSafe(sql.clone())).await.expect_err(&sql).to_string();
            assert!(
                refused.contains("permission denied") || refused.contains("must be owner"),
                "{sql}: {refused}"
            );
        }
    }
    for sql in [
        "UPDATE assessments SET answers = '{}'",
        "DELETE FROM _sqlx_migrations",
        "CREATE TABLE another (a int)",
        "SET ROLE caf_owner",
        "SET session_replication_role = replica",
    ] {
        let refused = connection.execute(sql).await.expect_err(sql).to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
    let forged = "INSERT INTO person_revisions (person, revision, actor, at_us, document) \
        VALUES ('x', 1, 'practitioner-2', 0, '{}')";
    let refused = connection.execute(forged).await.expect_err("forged").to_string();
    assert!(refused.contains("row-level security"), "{refused}");
    // An entry in another person's name is refused by the policy, whatever the SQL says.
    let forged = "INSERT INTO audit (at_us, actor, action, subject_kind, subject_id) \
        VALUES (0, 'practitioner-2', 'draft-saved', 'draft', 'x')";
    let refused = connection.execute(forged).await.expect_err("forged").to_string();
    assert!(refused.contains("row-level security"), "{refused}");
}

#[tokio::test]
async fn the_role_that_serves_erases_nothing_by_itself_whatever_it_sets_b41() {
    let harness = filled().await;
    episodes::add(&*harness.store()).await;
    let mut connection = harness.database.look_as("caf_server").await;
    let settings =
        "SELECT set_config('app.erasing', 'yes', false), set_config('app.actor', 'practitioner-2', false)";
    connection.execute(settings).await.expect("set");
    for table in TABLES.into_iter().chain(["episodes", "versions", "grants"]) {
        let shown = rows(&mut connection, table).await;
        // The entry about the episode is theirs.
        assert_eq!(shown, i64::from(table == "audit"), "{table}: the setting shows nothing more");
    }
    connection.execute("SELECT set_config('app.authority', 'yes', false)").await.expect("set");
    for sql in [
        "DELETE FROM episodes",
        "DELETE FROM people",
        "INSERT INTO erased (kind, id, why, erased_on, erased_us, actor, versions, people) \
         VALUES ('episode', 'x', 'due', '2026-11-23', 0, 'practitioner-2', '[]', '[]')",
    ] {
        let refused = connection.execute(sql).await.expect_err(sql).to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
    connection.execute("SELECT set_config('app.actor', '', false)").await.expect("set");
    let erase =
        "SELECT erase_episode('00000000-0000-0000-0000-000000000001', '{}', 'due', NULL, '2026-11-23', 0)";
    let refused = connection.execute(erase).await.expect_err("nobody acts").to_string();
    assert!(refused.contains("nobody is acting"), "{refused}");
}

#[tokio::test]
async fn a_connection_finds_the_episodes_that_concern_whom_it_names_and_no_others_b41() {
    let harness = filled().await;
    episodes::add(&*harness.store()).await;
    let own = "person\nhttps://issuer.example\none";
    for role in ["caf_server", "caf_owner"] {
        let mut connection = harness.database.look_as(role).await;
        for (setting, value, found) in [
            ("app.person", "", false),
            ("app.person", "person\nhttps://issuer.example\ntwo", false),
            // A person whose name is that of an organisation is not the organisation.
            ("app.person", "North", false),
            ("app.organisation", "organisation\nSouth", false),
            ("app.authority", "no", false),
            ("app.person", own, true),
            ("app.organisation", "organisation\nNorth", true),
            ("app.authority", "yes", true),
        ] {
            connection.execute("RESET ALL").await.expect("nobody");
            let name = sqlx::query("SELECT set_config($1, $2, false)").bind(setting).bind(value);
            connection.execute(name).await.expect("somebody");
            // The record is another actor's; it is shown because its episode is.
            let team =
                ["team_revisions", "team_kept", "team_settled", "team_completions", "team_circulations"];
            let tables = [
                "episodes",
                "episode_revisions",
                "versions",
                "grants",
                "assessments",
                "notes",
                "sent_referrals",
            ];
            for table in tables.into_iter().chain(team) {
                assert_eq!(rows(&mut connection, table).await > 0, found, "{role} {setting} {value} {table}");
            }
            assert_eq!(rows(&mut connection, "idempotency_keys").await, 0);
        }
    }
    let mut connection = harness.database.look_as("caf_server").await;
    connection.execute("SELECT set_config('app.authority', 'yes', false)").await.expect("everybody");
    for sql in [
        "DELETE FROM episodes",
        "UPDATE episode_revisions SET revision = 7",
        "UPDATE versions SET number = 7",
        "UPDATE grants SET revision = 7",
        "DELETE FROM grants",
        "UPDATE access_reasons SET words = ''",
        "UPDATE notes SET document = '{}'",
        "DELETE FROM notes",
        "UPDATE sent_referrals SET document = '{}'",
        "DELETE FROM sent_referrals",
        "UPDATE team_revisions SET answers = '{}'",
        "DELETE FROM team_revisions",
        "DELETE FROM team_kept",
        "DELETE FROM team_settled",
        "DELETE FROM team_completions",
        "DELETE FROM team_circulations",
    ] {
        let refused = connection.execute(sql).await.expect_err(sql).to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
}
