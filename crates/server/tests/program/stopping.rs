//! Asked to stop, the program finishes what it has begun, and then ends well (B90).

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    answers::accepted,
    child::{Program, real_today},
    database::{assert_sound, count},
    wire::raw_submission,
};

#[tokio::test]
async fn a_request_that_has_begun_is_finished_b90() {
    let mut program = Program::start().await;
    let whole = raw_submission("k", &accepted(real_today(), 1));
    let (begun, rest) = whole.split_at(whole.len() - 100);
    let mut socket = TcpStream::connect(program.client.address).await.expect("a connection");
    socket.write_all(begun).await.expect("sent");
    // A reply on another connection shows that the server has read on; then it is told to stop.
    assert_eq!(program.client.get("/api/v1/health").await.status, 200);

    let (address, database, _folder) = (program.client.address, program.database(), program.folder());
    let stopping = tokio::spawn(async move { program.terminate().await });
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    socket.write_all(rest).await.expect("sent");
    let mut reply = String::new();
    socket.read_to_string(&mut reply).await.expect("a reply");
    assert!(reply.starts_with("HTTP/1.1 201 "), "{reply}");
    assert!(stopping.await.expect("no panic").success());
    assert!(!database.with_extension("sqlite3-wal").exists(), "the database is closed tidily");
    assert_eq!(count(&database, "SELECT count(*) FROM assessments").await, 1);
    assert_sound(&database).await;
}
