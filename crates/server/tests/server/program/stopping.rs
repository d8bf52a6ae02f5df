//! Asked to stop, the program finishes what it has begun, then exits with success (B90).

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
    let body = accepted(real_today(), 1);
    let whole = String::from_utf8(raw_submission("k", &body)).expect("UTF-8");
    let head =
        whole.replace(&body, "").replacen("\r\n", "\r\nExpect: 100-continue\r\nConnection: close\r\n", 1);
    let mut socket = TcpStream::connect(program.client.address).await.expect("a connection");
    socket.write_all(head.as_bytes()).await.expect("sent");
    // The server asks for the body: it has begun. Then it is told to stop.
    let asked = "HTTP/1.1 100 Continue\r\n\r\n";
    let mut interim = vec![0; asked.len()];
    socket.read_exact(&mut interim).await.expect("a reply");
    assert_eq!(interim, asked.as_bytes());

    let (address, database, _folder) = (program.client.address, program.database(), program.folder());
    let stopping = tokio::spawn(async move { program.terminate().await });
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    socket.write_all(body.as_bytes()).await.expect("sent");
    let mut reply = String::new();
    socket.read_to_string(&mut reply).await.expect("a reply");
    assert!(reply.starts_with("HTTP/1.1 201 "), "{reply}");
    assert!(stopping.await.expect("no panic").success());
    assert!(!database.with_extension("sqlite3-wal").exists(), "the database is closed tidily");
    assert_eq!(count(&database, "SELECT count(*) FROM assessments").await, 1);
    assert_sound(&database).await;
}

#[tokio::test]
async fn told_to_stop_at_once_it_exits_with_success_b90() {
    for _ in 0..10 {
        let mut program = Program::start().await;
        assert!(program.terminate().await.success());
    }
}
