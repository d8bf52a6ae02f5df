//! Talking HTTP to a server under test: a plain client, and a raw socket for what no client would send.

use std::net::SocketAddr;

use assessment_server::sign_in::outside::choose_cryptography;
use reqwest::{Method, RequestBuilder, header::HeaderMap};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::described;

/// A client of one server.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) address: SocketAddr,
    http: reqwest::Client,
}

/// A whole reply.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Asserts a refusal: its status, its code, and that it is problem details.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.json()["code"].as_str()), (status, Some(code)), "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json()["status"], status);
    }

    /// The paths and codes of a refusal, as `path code`.
    pub(crate) fn problems(&self) -> Vec<String> {
        let json = self.json();
        let problems = json["problems"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        problems.iter().map(|one| format!("{} {}", text(&one["path"]), text(&one["code"]))).collect()
    }
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        choose_cryptography();
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { address, http }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method: Method = method.parse().expect("a method");
        self.http.request(method, format!("http://{}{path}", self.address))
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        send(self.request("GET", path)).await
    }

    pub(crate) fn submission(&self, key: &str, body: impl Into<Vec<u8>>) -> RequestBuilder {
        self.request("POST", "/api/v1/assessments")
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(body.into())
    }

    pub(crate) async fn submit(&self, key: &str, body: impl Into<Vec<u8>>) -> Reply {
        send(self.submission(key, body)).await
    }

    pub(crate) async fn save(&self, id: &str, condition: (&str, &str), body: impl Into<Vec<u8>>) -> Reply {
        let request = self.request("PUT", &format!("/api/v1/drafts/{id}"));
        send(
            request
                .header("content-type", "application/json")
                .header(condition.0, condition.1)
                .body(body.into()),
        )
        .await
    }

    /// Sends bytes as they are, then ends the sending side; gives everything that comes back until the server closes.
    pub(crate) async fn raw(&self, bytes: &[u8]) -> String {
        let mut socket = TcpStream::connect(self.address).await.expect("a connection");
        socket.write_all(bytes).await.expect("sent");
        socket.shutdown().await.expect("half closed");
        let mut reply = Vec::new();
        // A reset after the reply does not matter.
        let _ = socket.read_to_end(&mut reply).await;
        String::from_utf8_lossy(&reply).into_owned()
    }

    /// Sends bytes and goes away without reading.
    pub(crate) async fn hang_up_after(&self, bytes: &[u8]) {
        let mut socket = TcpStream::connect(self.address).await.expect("a connection");
        let _ = socket.write_all(bytes).await;
    }
}

/// A submission as it is sent: head and body.
pub(crate) fn raw_submission(key: &str, body: &str) -> Vec<u8> {
    format!(
        "POST /api/v1/assessments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Idempotency-Key: {key}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

pub(crate) async fn send(request: RequestBuilder) -> Reply {
    try_send(request).await.expect("a reply")
}

pub(crate) async fn try_send(request: RequestBuilder) -> Result<Reply, reqwest::Error> {
    let (client, request) = request.build_split();
    let request = request?;
    let method = request.method().to_string();
    let response = client.execute(request).await?;
    // Where a redirect led to another place, the reply is that place's.
    let path = response.url().path().to_owned();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let reply = Reply { status, headers, text: response.text().await? };
    described::check(&method, &path, &reply);
    Ok(reply)
}
