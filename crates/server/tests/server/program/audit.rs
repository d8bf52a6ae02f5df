//! `assessment-server audit verify`.

use std::sync::Arc;

use sqlx::Executor as _;
use tempfile::TempDir;

use crate::{
    answers::accepted,
    child::{Program, real_today, run, run_with},
    database::look,
    postgres::Database,
};

#[tokio::test]
async fn it_prints_the_head_of_a_whole_trail_and_the_first_entry_that_is_wrong_b43() {
    let mut program = Program::start().await;
    for number in 1..=2 {
        assert_eq!(
            program.client.submit(&format!("k{number}"), accepted(real_today(), number)).await.status,
            201
        );
    }
    program.terminate().await;
    let path = program.database();
    let name = path.to_str().expect("UTF-8");
    let (success, out, reason) = run(&["--database", name, "audit", "verify"]).await;
    assert!(success, "{reason}");
    let head = out.trim().rsplit(' ').next().expect("a head").to_owned();
    assert!(out.starts_with("The audit trail is whole.") && head.starts_with("2:"), "{out}");
    let (success, _, reason) = run(&["--database", name, "audit", "verify", "--kept", &head]).await;
    assert!(success, "{reason}");

    let mut connection = look(&path).await;
    let edit = "DROP TRIGGER audit_no_update; UPDATE audit SET at_us = 0 WHERE seq = 2";
    connection.execute(sqlx::raw_sql(edit)).await.expect("an edit");
    let (success, out, reason) = run(&["--database", name, "audit", "verify"]).await;
    assert!(!success && out.is_empty());
    assert_eq!(reason, "assessment-server: the audit trail is broken: entry 2 is not as it was written\n");
    let (success, _, reason) = run(&["--database", name, "audit", "verify", "--kept", "2"]).await;
    assert!(!success && reason.contains("64 hexadecimal digits"), "{reason}");
}

#[tokio::test]
async fn on_postgresql_it_needs_a_role_that_sees_every_entry_b43() {
    let database = Database::new().await;
    let mut program = Program::start_on(&database, Arc::new(TempDir::new().expect("a folder"))).await;
    assert_eq!(program.client.submit("k", accepted(real_today(), 1)).await.status, 201);
    program.terminate().await;
    let verify = async |role| {
        let address = String::from(database.address(role));
        run_with(&["audit", "verify"], &[("DATABASE_URL", &address)]).await
    };
    for role in ["caf_server", "caf_owner"] {
        let (success, _, reason) = verify(role).await;
        assert!(!success && reason.contains("does not see every entry"), "{reason}");
    }
    let (success, out, reason) = verify("postgres").await;
    assert!(success && out.contains("Its head: 1:"), "{out}{reason}");
}
