//! The built form as files (B15): right types, right caching, compressed copies, and never HTML for a missing file.

use std::fs;

use crate::{app::App, wire::send};

const HASHED: &str = "common-assessment-7a64d09c10318e21";

async fn with_files() -> App {
    let app = App::start().await;
    let dist = app.assets();
    fs::create_dir(&dist).expect("a folder");
    let files = [
        ("index.html", "<!doctype html>"),
        ("common-assessment.js", "export {}"),
        (&format!("{HASHED}.js"), "export {}"),
        (&format!("{HASHED}_bg.wasm"), "\0asm"),
        (&format!("{HASHED}_bg.wasm.br"), "compressed"),
        ("style-0123456789abcdef.css", "a{}"),
    ];
    for (name, content) in files {
        fs::write(dist.join(name), content).expect("a file");
    }
    fs::write(dist.parent().expect("a folder").join("secret.txt"), "secret").expect("a file");
    app
}

#[tokio::test]
async fn files_have_their_types_and_only_hashed_names_are_cached_b15() {
    let app = with_files().await;
    let permanently = "public, max-age=31536000, immutable";
    let cases = [
        ("/".to_owned(), "text/html; charset=utf-8", "no-cache"),
        ("/index.html".to_owned(), "text/html; charset=utf-8", "no-cache"),
        ("/common-assessment.js".to_owned(), "text/javascript; charset=utf-8", "no-cache"),
        (format!("/{HASHED}.js"), "text/javascript; charset=utf-8", permanently),
        (format!("/{HASHED}_bg.wasm"), "application/wasm", permanently),
        ("/style-0123456789abcdef.css".to_owned(), "text/css; charset=utf-8", permanently),
    ];
    for (path, kind, rule) in cases {
        let reply = app.client.get(&path).await;
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!((reply.header("content-type"), reply.header("cache-control")), (kind, rule), "{path}");
    }
}

#[tokio::test]
async fn compressed_files_go_to_browsers_that_can_read_them() {
    let app = with_files().await;
    let path = format!("/{HASHED}_bg.wasm");
    let compressed = send(app.client.request("GET", &path).header("accept-encoding", "br, gzip")).await;
    assert_eq!((compressed.header("content-encoding"), compressed.text.as_str()), ("br", "compressed"));
    assert_eq!(compressed.header("content-type"), "application/wasm");
    assert!(compressed.header("vary").contains("accept-encoding"));
    let plain = send(app.client.request("GET", &path)).await;
    assert_eq!((plain.header("content-encoding"), plain.text.as_str()), ("", "\0asm"));
}

#[tokio::test]
async fn what_is_missing_is_404_and_never_a_page_b15() {
    let app = with_files().await;
    let paths = [
        "/missing.js",
        "/common-assessment-0000000000000000_bg.wasm",
        "/some/page",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/api",
        "/api/v1",
        "/api/v1/nothing",
        "/api/v1/assessments/",
    ];
    for path in paths {
        app.client.get(path).await.refused(404, "not-found");
    }
    let raw =
        app.client.raw(b"GET /../secret.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await;
    assert!(raw.starts_with("HTTP/1.1 4"), "{raw}");
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    let app = with_files().await;
    let date = app.client.get("/index.html").await.header("last-modified").to_owned();
    let again = send(app.client.request("GET", "/index.html").header("if-modified-since", date)).await;
    assert_eq!((again.status, again.text.as_str(), again.header("cache-control")), (304, "", "no-cache"));
}

#[tokio::test]
async fn a_server_without_the_built_form_says_how_to_build_it() {
    let app = App::start().await;
    let reply = app.client.get("/").await;
    assert_eq!((reply.status, reply.header("content-type")), (503, "text/plain; charset=utf-8"));
    assert!(reply.text.contains("cargo xtask run"));
}
