//! Requests from other sites' pages, and for other names of this machine (B50).

use crate::{
    answers::{accepted, fixed_today},
    app::App,
    database::count,
    wire::send,
};

#[tokio::test]
async fn another_site_s_page_cannot_write_b50() {
    let app = App::start().await;
    let own = format!("http://{}", app.client.address);
    let refused: [&[(&str, &str)]; 8] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", &own)],
        &[("origin", "https://example.org")],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1")],
        &[("origin", "http://127.0.0.1.example.org")],
        &[("origin", "http://localhost:1")],
    ];
    for headers in refused {
        for method in ["POST", "PUT", "DELETE"] {
            let path = if method == "POST" {
                "/api/v1/assessments"
            } else {
                "/api/v1/drafts/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f"
            };
            let mut request = app
                .client
                .request(method, path)
                .header("content-type", "application/json")
                .header("idempotency-key", "k")
                .header("if-none-match", "*")
                .body(accepted(fixed_today(), 1));
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            send(request).await.refused(403, "cross-site");
        }
    }
    let rows = "SELECT (SELECT count(*) FROM assessments) + (SELECT count(*) FROM draft_revisions)";
    assert_eq!(count(&app.database(), rows).await, 0);
}

#[tokio::test]
async fn our_own_page_can_write() {
    let app = App::start().await;
    let own = format!("http://{}", app.client.address);
    let allowed: [&[(&str, &str)]; 3] =
        [&[("sec-fetch-site", "same-origin"), ("origin", &own)], &[("origin", &own)], &[]];
    for (number, headers) in allowed.into_iter().enumerate() {
        let mut request = app.client.submission(&format!("k{number}"), accepted(fixed_today(), 1));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        assert_eq!(send(request).await.status, 201);
    }
}

#[tokio::test]
async fn a_method_cannot_be_smuggled_in_b50() {
    let app = App::start().await;
    for name in ["x-http-method-override", "x-method-override"] {
        let request = app.client.request("GET", "/api/v1/assessments").header(name, "POST");
        assert_eq!(send(request).await.status, 200);
    }
    let reply = send(app.client.request("GET", "/api/v1/assessments?_method=DELETE")).await;
    reply.refused(400, "bad-query");
}

#[tokio::test]
async fn another_name_for_this_machine_is_refused() {
    let app = App::start().await;
    let port = app.client.address.port();
    for host in ["example.org", "127.0.0.1.example.org", "localhost.example.org", "0.0.0.0", "192.168.0.1"] {
        for host in [host.to_owned(), format!("{host}:{port}")] {
            let request = app.client.request("GET", "/api/v1/assessments").header("host", host);
            send(request).await.refused(421, "wrong-host");
        }
    }
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        let request =
            app.client.request("GET", "/api/v1/assessments").header("host", format!("{host}:{port}"));
        assert_eq!(send(request).await.status, 200, "{host}");
    }
    let without = app.client.raw(b"GET /api/v1/health HTTP/1.0\r\n\r\n").await;
    assert!(without.starts_with("HTTP/1.0 421 "), "{without}");
    let absolute = app
        .client
        .raw(b"GET http://example.org/api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .await;
    assert!(absolute.starts_with("HTTP/1.1 421 "), "{absolute}");
}
