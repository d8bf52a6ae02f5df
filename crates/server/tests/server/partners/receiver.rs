//! A partner's server under test: takes webhooks, badly if that is asked for, and checks them by a reading of the convention
//! that shares nothing with the server's.

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// How it answers a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// With that status.
    Status(u16),
    /// With a redirect to itself.
    Redirect,
    /// Never, until the other side gives up.
    Hang,
    /// With "taken", when the other side has given up.
    Late,
    /// By closing the connection.
    Close,
}

/// What it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    pub(crate) fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    /// Whether the secret signed it.
    pub(crate) fn is_signed_with(&self, secret: &[u8]) -> bool {
        let signed = format!("{}.{}.{}", self.id(), self.headers["webhook-timestamp"], self.body);
        let signature = BASE64_STANDARD.encode(hmac_sha256(secret, signed.as_bytes()));
        self.headers["webhook-signature"].split(' ').any(|one| one == format!("v1,{signature}"))
    }
}

/// RFC 2104, written down once more.
fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    assert!(key.len() <= 64);
    let padded = |byte: u8| -> Vec<u8> {
        (0..64).map(|index| key.get(index).copied().unwrap_or_default() ^ byte).collect()
    };
    let inner = Sha256::digest([padded(0x36), message.to_vec()].concat());
    Sha256::digest([padded(0x5c), inner.to_vec()].concat()).to_vec()
}

/// The server.
pub(crate) struct Receiver {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    received: Vec<Received>,
    /// The next answers; 204 when there are no more.
    answers: VecDeque<Answer>,
}

impl Receiver {
    pub(crate) async fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let state =
            Arc::new(Mutex::new(State { received: Vec::new(), answers: answers.into_iter().collect() }));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, Arc::clone(&shared), address));
            }
        });
        Self { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/webhook", self.address)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic before")
    }

    /// Answers every request with 204 from now on.
    pub(crate) fn recover(&self) {
        self.state().answers.clear();
    }

    /// Everything that came so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.state().received.clone()
    }
}

async fn serve(mut socket: TcpStream, state: Arc<Mutex<State>>, address: SocketAddr) {
    while let Some(received) = request(&mut socket).await {
        let answer = {
            let mut state = state.lock().expect("no panic before");
            state.received.push(received);
            state.answers.pop_front().unwrap_or(Answer::Status(204))
        };
        let head = match answer {
            Answer::Status(status) => format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\n\r\n"),
            Answer::Redirect => {
                format!("HTTP/1.1 307 x\r\nlocation: http://{address}/elsewhere\r\ncontent-length: 0\r\n\r\n")
            }
            Answer::Hang => {
                // Ends when the other side has given up.
                let _ = timeout(Duration::from_secs(30), socket.read_u8()).await;
                return;
            }
            Answer::Late => {
                let _ = timeout(Duration::from_millis(600), std::future::pending::<()>()).await;
                "HTTP/1.1 200 x\r\ncontent-length: 0\r\n\r\n".to_owned()
            }
            Answer::Close => return,
        };
        if socket.write_all(head.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn request(socket: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        bytes.push(socket.read_u8().await.ok()?);
        if bytes.ends_with(b"\r\n\r\n") {
            break String::from_utf8_lossy(&bytes).into_owned();
        }
    };
    let headers: BTreeMap<String, String> = end
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
    socket.read_exact(&mut body).await.ok()?;
    Some(Received { headers, body: String::from_utf8_lossy(&body).into_owned() })
}
