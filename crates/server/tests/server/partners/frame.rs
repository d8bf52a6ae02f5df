//! `GET /embed/{partner}`: the page that a partner's portal frames (B32, B36).

use assessment_server::{Needs, PAGES, headers::CONTENT_SECURITY_POLICY};

use super::Portals;

const PAGE: &str =
    "<!doctype html>\n<meta charset=\"utf-8\">\n<meta name=\"portal-origins\" content=\"\">\n<p>x</p>\n";

async fn with_page() -> Portals {
    let portals = Portals::new().await;
    std::fs::create_dir(portals.app.assets()).expect("a folder");
    std::fs::write(portals.app.assets().join("embed.html"), PAGE).expect("a file");
    portals
}

#[tokio::test]
async fn a_partner_s_portal_may_frame_it_and_nobody_else_b32_b36() {
    let portals = with_page().await;
    for (partner, origins) in [
        ("school", "https://portal.school.example http://127.0.0.1:5173"),
        ("trust", "https://portal.trust.example"),
    ] {
        let reply = portals.app.client.get(&format!("/embed/{partner}")).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        let (rest, _) = CONTENT_SECURITY_POLICY.split_once("frame-ancestors").expect("a policy");
        assert_eq!(reply.header("content-security-policy"), format!("{rest}frame-ancestors {origins}"));
        for word in ["unsafe-inline", "'unsafe-eval'", "*", "data:"] {
            assert!(!reply.header("content-security-policy").contains(word), "{word}");
        }
        assert!(reply.headers.get("x-frame-options").is_none());
        let page = PAGE.replace("content=\"\"", &format!("content=\"{origins}\""));
        assert_eq!(reply.text, page);
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    for nobody in ["/embed/council", "/embed/School", "/embed/%73chool%20", "/embed/", "/embed"] {
        portals.app.client.get(nobody).await.refused(404, "not-found");
    }
    // The file itself is framed by nobody, and takes no portal's word.
    let bare = portals.app.client.get("/embed.html").await;
    assert_eq!((bare.status, bare.text.as_str()), (200, PAGE));
    assert_eq!(bare.header("content-security-policy"), CONTENT_SECURITY_POLICY);
    assert_eq!(portals.ask("POST", "/embed/school", &[]).await.status, 405);
}

#[tokio::test]
async fn a_form_that_is_not_built_is_said_to_be() {
    let portals = Portals::new().await;
    for page in [None, Some("<p>no place for origins</p>")] {
        if let Some(page) = page {
            std::fs::create_dir(portals.app.assets()).expect("a folder");
            std::fs::write(portals.app.assets().join("embed.html"), page).expect("a file");
        }
        let reply = portals.app.client.get("/embed/school").await;
        assert_eq!(reply.status, 503);
        assert!(reply.text.contains("has not been built"), "{}", reply.text);
        assert_eq!(reply.header("content-security-policy"), CONTENT_SECURITY_POLICY);
    }
}

#[test]
fn every_page_says_what_it_needs_b39() {
    let source = include_str!("../../../src/routes.rs");
    let pages = source.split_once("fn pages()").and_then(|(_, rest)| rest.split_once("\n}")).expect("pages");
    assert_eq!(pages.0.matches(".route(").count(), PAGES.len(), "a page without a line in PAGES");
    assert!(PAGES.iter().all(|(_, needs)| *needs == Needs::Nothing));
}
