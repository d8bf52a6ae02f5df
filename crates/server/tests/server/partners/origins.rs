//! What pages of other origins may ask (B36): a partner's exactly, with a token of that partner's and without cookies, and
//! nobody else's.

use assessment_server::partners::Partners;

use super::{Portals, SCHOOL, SCHOOL_PAGE, TRUST, TRUST_PAGE, partners};
use crate::{
    answers::{accepted, fixed_today},
    app::{App, With},
    sign_in::sign_in,
    wire::{Reply, send},
};

/// Origins that look like the school's portal and are not.
const WRONG: [&str; 24] = [
    "null",
    "*",
    "",
    "https://portal.school.example/",
    "https://portal.school.example.",
    "https://portal.school.example:443",
    "https://portal.school.example:8443",
    "https://portal.school.example.evil.example",
    "https://portal.school.example@evil.example",
    "https://portal.school.exampl",
    "https://portal.school.examplee",
    "https://evil-portal.school.example",
    "https://evil.portal.school.example",
    "https://school.example",
    "https://Portal.school.example",
    "HTTPS://portal.school.example",
    "http://portal.school.example",
    "ws://portal.school.example",
    "https://xn--portl-lra.school.example",
    "https://portal%2eschool.example",
    "https://portal.school.example https://portal.trust.example",
    "https://portal.school.example, https://portal.trust.example",
    "http://127.0.0.1",
    "http://localhost:5173",
];

const PREFLIGHT: [(&str, &str); 2] =
    [("access-control-request-method", "PUT"), ("access-control-request-headers", "authorization")];

async fn files(portals: &Portals) {
    let dist = portals.app.assets();
    std::fs::create_dir(&dist).expect("a folder");
    for name in ["common-assessment.js", "common-assessment-1234abcd.css", "index.html", "embed.html"] {
        std::fs::write(dist.join(name), "x").expect("a file");
    }
}

fn allowed(reply: &Reply) -> Option<&str> {
    reply.headers.get("access-control-allow-origin").and_then(|value| value.to_str().ok())
}

#[tokio::test]
async fn a_page_that_is_no_partner_s_is_told_nothing_b36() {
    let portals = Portals::new().await;
    files(&portals).await;
    let token = portals.teacher();
    for origin in WRONG {
        for path in ["/api/v1/session", "/api/v1/episodes", "/api/v1/nothing", "/common-assessment.js"] {
            let asked = portals.ask("GET", path, &[("origin", origin), ("authorization", &token)]).await;
            let before = [[("origin", origin)].as_slice(), &PREFLIGHT].concat();
            let asked_before = portals.ask("OPTIONS", path, &before).await;
            for reply in [asked, asked_before] {
                assert_eq!(allowed(&reply), None, "{origin} {path}");
                assert!(reply.headers.get("access-control-allow-credentials").is_none(), "{origin} {path}");
            }
        }
        // No browser sends an empty one: a program does, with a token and without a page.
        if !origin.is_empty() {
            let body = accepted(fixed_today(), 1);
            let request = portals.app.client.submission("k", body).header("authorization", &token);
            send(request.header("origin", origin)).await.refused(403, "cross-site");
        }
    }
}

#[tokio::test]
async fn a_partner_s_page_reads_and_writes_with_a_token_b36() {
    let portals = Portals::new().await;
    files(&portals).await;
    let token = portals.teacher();
    for origin in [SCHOOL_PAGE, "http://127.0.0.1:5173"] {
        let before = [[("origin", origin)].as_slice(), &PREFLIGHT].concat();
        let answer = portals.ask("OPTIONS", "/api/v1/assessments", &before).await;
        assert_eq!((answer.status, allowed(&answer)), (200, Some(origin)));
        let sent = answer.header("access-control-allow-headers").to_lowercase();
        for name in [
            "authorization",
            "content-type",
            "if-match",
            "if-none-match",
            "idempotency-key",
            "sent-by",
            "access-reason",
            "common-assessment-contract",
        ] {
            assert!(sent.split(',').any(|one| one.trim() == name), "{name}: {sent}");
        }
        for method in ["GET", "POST", "PUT", "DELETE"] {
            assert!(answer.header("access-control-allow-methods").contains(method));
        }
        let read =
            portals.ask("GET", "/api/v1/session", &[("origin", origin), ("authorization", &token)]).await;
        assert_eq!((read.status, allowed(&read)), (200, Some(origin)));
        let shown = read.header("access-control-expose-headers").to_lowercase();
        for name in ["etag", "location", "retry-after", "x-request-id", "common-assessment-contract"] {
            assert!(shown.split(',').any(|one| one.trim() == name), "{name}: {shown}");
        }
        for reply in [&answer, &read] {
            assert!(reply.headers.get("access-control-allow-credentials").is_none(), "no cookies");
            let varies = reply.headers.get_all("vary").iter().filter_map(|value| value.to_str().ok());
            assert!(varies.collect::<Vec<_>>().join(",").to_lowercase().contains("origin"));
        }
        let request = portals.app.client.submission(origin, accepted(fixed_today(), 1));
        let request = request.header("authorization", &token).header("origin", origin);
        let stored = send(request.header("sec-fetch-site", "cross-site")).await;
        assert_eq!((stored.status, allowed(&stored)), (201, Some(origin)), "{}", stored.text);
        // A refusal can be read, or nobody could say what to do.
        let refused = portals.ask("GET", "/api/v1/episodes", &[("origin", origin)]).await;
        refused.refused(401, "sign-in-needed");
        assert_eq!(allowed(&refused), Some(origin));
    }
}

#[tokio::test]
async fn built_files_can_be_loaded_by_partners_and_pages_cannot_be_read_b36() {
    let portals = Portals::new().await;
    files(&portals).await;
    for path in ["/common-assessment.js", "/common-assessment-1234abcd.css"] {
        let reply = portals.ask("GET", path, &[("origin", SCHOOL_PAGE)]).await;
        assert_eq!((reply.status, allowed(&reply)), (200, Some(SCHOOL_PAGE)), "{path}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin", "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        // Without asking for it by name, a cache must not give it to somebody else.
        let plain = portals.app.client.get(path).await;
        assert_eq!(allowed(&plain), None);
        let mut varies = plain.headers.get_all("vary").iter().filter_map(|value| value.to_str().ok());
        assert!(varies.any(|names| names.contains("origin")), "{path}");
    }
    for path in ["/", "/index.html", "/embed.html", "/embed/school"] {
        let reply = portals.ask("GET", path, &[("origin", SCHOOL_PAGE)]).await;
        assert_eq!(allowed(&reply), None, "{path}");
    }
    assert_eq!(
        portals.app.client.get("/index.html").await.header("cross-origin-resource-policy"),
        "same-origin"
    );
}

#[tokio::test]
async fn without_partners_nothing_is_open() {
    let app = App::start_with(With { partners: Partners::default(), ..With::default() }).await;
    std::fs::create_dir(app.assets()).expect("a folder");
    std::fs::write(app.assets().join("common-assessment.js"), "x").expect("a file");
    for path in ["/api/v1/session", "/common-assessment.js"] {
        let reply = send(app.client.request("GET", path).header("origin", SCHOOL_PAGE)).await;
        assert_eq!(allowed(&reply), None);
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin");
    }
    app.client.get("/embed/school").await.refused(404, "not-found");
}

#[tokio::test]
async fn a_token_of_another_partner_is_refused_like_any_bad_token_b37() {
    let portals = Portals::new().await;
    let (school, other) = (portals.teacher(), portals.token(TRUST, "nurse-1", "trust", "practitioner"));
    let council = portals.coordinator();
    let ask = async |origin: &str, token: &str| {
        portals.ask("GET", "/api/v1/session", &[("origin", origin), ("authorization", token)]).await
    };
    let bad = ask(SCHOOL_PAGE, "Bearer nonsense").await;
    bad.refused(401, "token-refused");
    for (origin, token) in
        [(SCHOOL_PAGE, &other), (SCHOOL_PAGE, &council), (TRUST_PAGE, &school), (TRUST_PAGE, &council)]
    {
        let refused = ask(origin, token).await;
        assert_eq!((refused.status, &refused.text), (bad.status, &bad.text), "{origin}");
        assert_eq!(refused.header("www-authenticate"), bad.header("www-authenticate"));
    }
    for (origin, token) in [(SCHOOL_PAGE, &school), (TRUST_PAGE, &other)] {
        assert_eq!(ask(origin, token).await.status, 200, "{origin}");
    }
    // From no page: a portal's own server, or our page in a frame.
    for token in [&school, &other, &council] {
        assert_eq!(portals.ask("GET", "/api/v1/session", &[("authorization", token)]).await.status, 200);
    }
    // The right page, and a token that was made for somebody else.
    let now = 1_795_424_400;
    let claims = serde_json::json!({
        "iss": SCHOOL, "aud": "another-service", "sub": "teacher-7", "iat": now - 10, "exp": now + 600,
        "name": "Priya Raman", "organisation": "school-7", "roles": ["practitioner"],
    });
    let header = crate::sign_in::tokens::header().to_string();
    let wrong = format!("Bearer {}", crate::sign_in::tokens::signed(&header, &claims.to_string()));
    assert_eq!(ask(SCHOOL_PAGE, &wrong).await.text, bad.text);
}

#[tokio::test]
async fn a_cookie_counts_on_our_own_pages_only_b36() {
    let app = App::start_with(With { partners: partners(), ..With::default() }).await;
    let cookie = sign_in(&app, "coordinator").await;
    let own = format!("http://{}", app.client.address);
    let ask = async |origin: Option<&str>, cookie: Option<&str>| {
        let mut request = app.client.request("GET", "/api/v1/session");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        send(request).await.json()
    };
    let without = ask(None, None).await;
    let with = ask(None, Some(&cookie)).await;
    assert_ne!(with, without);
    assert_eq!(ask(Some(&own), Some(&cookie)).await, with);
    for origin in [SCHOOL_PAGE, TRUST_PAGE].into_iter().chain(WRONG) {
        assert_eq!(ask(Some(origin), Some(&cookie)).await, without, "{origin}");
    }
}
