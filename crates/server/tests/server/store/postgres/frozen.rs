//! A database that neither answers nor hangs up, as when a network cable is pulled: nobody waits without end, nothing is
//! stored in part, and all is well once it answers again.

use std::time::{Duration, Instant};

use assessment_server::store::{Store as _, StoreError, audit::AuditAction, postgres::PostgresStore};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{UnixListener, UnixStream},
    sync::watch,
};

use super::Postgres;
use crate::{
    postgres::SOCKET,
    store::{
        Harness as _,
        contract::{actor, assessment, draft_id, moment, submit},
    },
};

const PATIENCE: Duration = Duration::from_secs(2);

/// Passes on what comes until it is frozen; holds it back until it is not.
async fn pass_on(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut frozen: watch::Receiver<bool>,
) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if frozen.wait_for(|frozen| !frozen).await.is_err() || to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_does_not_answer_is_given_up_and_taken_up_again() {
    let Postgres { store, database } = Postgres::new().await;
    store.close().await;
    let folder = TempDir::new().expect("a folder");
    let listener = UnixListener::bind(folder.path().join(SOCKET)).expect("a socket");
    let (freeze, frozen) = watch::channel(false);
    let socket = database.socket();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = UnixStream::connect(&socket).await.expect("the server");
            let ((from_client, to_client), (from_server, to_server)) =
                (client.into_split(), server.into_split());
            tokio::spawn(pass_on(from_client, to_server, frozen.clone()));
            tokio::spawn(pass_on(from_server, to_client, frozen.clone()));
        }
    });
    let address = database.address_in(folder.path(), "caf_server");
    let store = PostgresStore::open(&address, None, PATIENCE).await.expect("opens");
    submit(&store, &actor(), "before", &assessment(1)).await.expect("stored");

    let mut unit = store.begin().await.expect("a unit of work");
    unit.assessments().add(&actor(), &assessment(2)).await.expect("added");
    freeze.send_replace(true);
    let began = Instant::now();
    let action = AuditAction::DraftSaved(draft_id(1));
    let refused = unit.save(&actor(), action, moment(1)).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    let refused = submit(&store, &actor(), "meanwhile", &assessment(3)).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert!(store.ping().await.is_err());
    assert!(began.elapsed() < PATIENCE * 5, "{:?}", began.elapsed());

    freeze.send_replace(false);
    submit(&store, &actor(), "after", &assessment(4)).await.expect("stored");
    for table in ["SELECT count(*) FROM assessments", "SELECT count(*) FROM audit"] {
        assert_eq!(database.count(table).await, 2, "{table}");
    }
}
