//! Access tokens of portals (B37): one that is right in everything, and each way to be wrong. The key pair is the example
//! of RFC 8037, appendix A.

mod one_mailbox;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use assessment_server::{
    actor::{Actor, Identity},
    sign_in::{
        SignIn,
        bearer::{BearerIssuer, BearerSettings},
        claims::ClaimNames,
        keys::KeySource,
        outside::Outside,
        session::SessionPolicy,
    },
    store::Store,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, crypto};
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt as _, net::TcpListener};

use super::{MovedClock, with};
use crate::{
    app::{App, With},
    database::query,
    wire::Reply,
};

/// The private key, as PKCS #8 wants it before the 32 bytes.
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
const PRIVATE: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

/// The moment at which these tests happen, in seconds since 1970.
const NOW: i64 = 1_795_424_400;
const ISSUER: &str = "https://portal.example/";

async fn portal() -> App {
    let folder = Arc::new(tempfile::TempDir::new().expect("a folder"));
    let file = key_file(&folder);
    portal_with(folder, KeySource::File(file)).await
}

pub(crate) fn key_file(folder: &tempfile::TempDir) -> std::path::PathBuf {
    let keys = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": PUBLIC, "kid": "one", "alg": "EdDSA", "use": "sig"}]});
    let file = folder.path().join("keys.json");
    std::fs::write(&file, keys.to_string()).expect("written");
    file
}

/// A portal whose keys are there.
async fn portal_with(folder: Arc<tempfile::TempDir>, keys: KeySource) -> App {
    portals(folder, vec![issuer(ISSUER, keys)], None).await
}

/// Portals with one key, on that store.
async fn portal_of(issuers: &[&str], store: Option<Arc<dyn Store>>) -> App {
    let folder = Arc::new(tempfile::TempDir::new().expect("a folder"));
    let file = key_file(&folder);
    let issuers = issuers.iter().map(|name| issuer(name, KeySource::File(file.clone()))).collect();
    portals(folder, issuers, store).await
}

pub(crate) fn issuer(name: &str, keys: KeySource) -> BearerIssuer {
    let settings = BearerSettings {
        issuer: name.to_owned(),
        audience: "common-assessment".to_owned(),
        keys,
        token_type: "at+jwt".to_owned(),
        longest_minutes: 60,
        claims: ClaimNames::default(),
    };
    BearerIssuer::new(settings, Outside::new().expect("a client"))
}

async fn portals(
    folder: Arc<tempfile::TempDir>,
    bearer: Vec<BearerIssuer>,
    store: Option<Arc<dyn Store>>,
) -> App {
    let sign_in = SignIn { provider: None, bearer, sessions: SessionPolicy::default() };
    let clock = MovedClock::at("2026-11-23T09:00:00Z");
    assert_eq!(assessment_server::clock::Clock::now(&*clock).as_second(), NOW);
    let identity = Some(Identity::SignIn(Arc::new(sign_in)));
    App::start_with(With { clock, identity, folder: Some(folder), store, ..With::default() }).await
}

pub(crate) fn header() -> Value {
    json!({"alg": "EdDSA", "typ": "at+jwt", "kid": "one"})
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": "common-assessment", "sub": "teacher-7", "iat": NOW - 10, "exp": NOW + 600,
        "name": "Priya Raman", "organisation": "school-7", "roles": ["practitioner"],
    })
}

/// A token with that header and those claims, signed with the right key whatever the header says.
pub(crate) fn signed(header: &str, claims: &str) -> String {
    let text = format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(header), BASE64_URL_SAFE_NO_PAD.encode(claims));
    let key = [&PKCS8[..], &BASE64_URL_SAFE_NO_PAD.decode(PRIVATE).expect("a key")].concat();
    let key = EncodingKey::from_ed_der(&key);
    let signature = crypto::sign(text.as_bytes(), &key, Algorithm::EdDSA).expect("signed");
    format!("{text}.{signature}")
}

async fn ask(app: &App, token: &str) -> Reply {
    with(app, "GET", "/api/v1/session", ("authorization", &format!("Bearer {token}"))).await
}

#[tokio::test]
async fn a_token_that_is_right_in_everything_is_accepted() {
    let app = portal().await;
    let reply = ask(&app, &signed(&header().to_string(), &claims().to_string())).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let session = reply.json();
    assert_eq!((session["name"].as_str(), session["via"].as_str()), (Some("Priya Raman"), Some("token")));
    app.client.get("/api/v1/session").await.refused(401, "sign-in-needed");
}

#[tokio::test]
async fn more_than_twenty_five_wrong_tokens_get_the_same_refusal_b37() {
    let app = portal().await;
    let changed = |change: &dyn Fn(&mut Value, &mut Value)| {
        let (mut header, mut claims) = (header(), claims());
        change(&mut header, &mut claims);
        signed(&header.to_string(), &claims.to_string())
    };
    let claim = |name: &'static str, value: Value| changed(&move |_, claims| claims[name] = value.clone());
    let head = |name: &'static str, value: Value| changed(&move |header, _| header[name] = value.clone());
    let without =
        |name: &'static str| changed(&move |_, claims| drop(claims.as_object_mut().map(|c| c.remove(name))));
    let good = signed(&header().to_string(), &claims().to_string());
    let hmac = |secret: &[u8]| {
        let mut header = Header::new(Algorithm::HS256);
        (header.typ, header.kid) = (Some("at+jwt".to_owned()), Some("one".to_owned()));
        jsonwebtoken::encode(&header, &claims(), &EncodingKey::from_secret(secret)).expect("a token")
    };
    let unsigned = format!("{}.", good.rsplit_once('.').map_or("", |(text, _)| text));
    let doubled = claims().to_string().replacen('{', "{\"sub\":\"other\",", 1);
    let wrong = [
        ("nothing", String::new()),
        ("one part", "abc".to_owned()),
        ("four parts", format!("{good}.x")),
        ("no signature", unsigned),
        ("alg none", head("alg", json!("none"))),
        ("alg unknown", head("alg", json!("XX256"))),
        ("alg of another family", head("alg", json!("ES256"))),
        ("a shared secret", hmac(b"secret")),
        ("the public key as a shared secret", hmac(&BASE64_URL_SAFE_NO_PAD.decode(PUBLIC).expect("a key"))),
        ("no kid", changed(&|header, _| drop(header.as_object_mut().map(|h| h.remove("kid"))))),
        ("another kid", head("kid", json!("two"))),
        ("a kid that is a path", head("kid", json!("../../etc/passwd"))),
        ("jku", head("jku", json!("https://evil.example/keys"))),
        ("x5u", head("x5u", json!("https://evil.example/cert"))),
        ("a key of its own", head("jwk", json!({"kty": "OKP", "crv": "Ed25519", "x": PUBLIC}))),
        ("a critical extension", head("crit", json!(["b64"]))),
        ("an ID token", head("typ", json!("JWT"))),
        ("no typ", changed(&|header, _| drop(header.as_object_mut().map(|h| h.remove("typ"))))),
        ("another issuer", claim("iss", json!("https://other.example/"))),
        ("an issuer without its slash", claim("iss", json!("https://portal.example"))),
        ("no issuer", without("iss")),
        ("another audience", claim("aud", json!("payroll"))),
        ("no audience", without("aud")),
        ("expired", claim("exp", json!(NOW - 61))),
        ("never expires", without("exp")),
        ("far future", claim("exp", json!(NOW + 365 * 86_400))),
        ("expiry as text", claim("exp", json!("2026-11-24"))),
        (
            "made in an hour",
            changed(&|_, claims| (claims["iat"], claims["exp"]) = (json!(NOW + 3600), json!(NOW + 4000))),
        ),
        ("not valid yet", claim("nbf", json!(NOW + 120))),
        ("not valid before a word", claim("nbf", json!("soon"))),
        ("no time of issue", without("iat")),
        ("nobody", claim("sub", json!(""))),
        ("no subject", without("sub")),
        ("a number as subject", claim("sub", json!(7))),
        ("a claim twice", signed(&header().to_string(), &doubled)),
        (
            "a header twice",
            signed(
                "{\"alg\":\"EdDSA\",\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"one\"}",
                &claims().to_string(),
            ),
        ),
        ("huge", claim("name", json!("x".repeat(9000)))),
        ("no role", claim("roles", json!([]))),
        ("a role of its own making", claim("roles", json!(["administrator"]))),
        ("no organisation", without("organisation")),
        ("a changed letter", good.replacen("eyJ", "eyK", 1)),
    ];
    assert!(wrong.len() >= 25);
    let mut bodies = std::collections::BTreeSet::new();
    for (what, token) in wrong {
        let reply = ask(&app, &token).await;
        assert_eq!((what, reply.status), (what, 401), "{}", reply.text);
        reply.refused(401, "token-refused");
        bodies.insert(reply.text);
    }
    assert_eq!(bodies.len(), 1, "every refusal is the same: {bodies:?}");
    let basic = with(&app, "GET", "/api/v1/session", ("authorization", "Basic YTpi")).await;
    basic.refused(401, "token-refused");
    assert_eq!(query(&app.database(), "SELECT id FROM practitioners").await.len(), 0);
}

#[tokio::test]
async fn a_clock_that_is_a_minute_off_is_forgiven_b37() {
    let app = portal().await;
    for (name, at) in [("exp", NOW - 59), ("iat", NOW + 59), ("nbf", NOW + 59)] {
        let mut claims = claims();
        claims[name] = json!(at);
        assert_eq!(
            ask(&app, &signed(&header().to_string(), &claims.to_string())).await.status,
            200,
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_person_is_an_issuer_and_a_subject_and_never_a_mail_address() {
    let app = portal().await;
    let acting = |sub: &'static str, mail: &'static str| {
        let mut claims = claims();
        (claims["sub"], claims["email"]) = (json!(sub), json!(mail));
        signed(&header().to_string(), &claims.to_string())
    };
    let path = "/api/v1/drafts/0b5c0f2e-6f5c-4b36-9c62-3f4f9f1d2a10";
    let read = async |token: String| {
        with(&app, "GET", path, ("authorization", &format!("Bearer {token}"))).await.status
    };
    let save = app.client.request("PUT", path).header("content-type", "application/json");
    let bearer = format!("Bearer {}", acting("1", "head@school.example"));
    let save = save.header("if-none-match", "*").header("authorization", bearer);
    assert_eq!(crate::wire::send(save.body("{\"form_version\":\"caf-2026.3\"}")).await.status, 201);
    assert_eq!(read(acting("1", "married-name@school.example")).await, 200);
    assert_eq!(read(acting("2", "head@school.example")).await, 404);
    assert_eq!(
        query(&app.database(), "SELECT subject FROM practitioners ORDER BY subject").await,
        ["1", "2"]
    );
}

#[tokio::test]
async fn somebody_who_is_shut_out_is_refused_with_a_token_that_is_still_good_b37() {
    let app = portal().await;
    let token = signed(&header().to_string(), &claims().to_string());
    assert_eq!(ask(&app, &token).await.status, 200);
    let id = query(&app.database(), "SELECT id FROM practitioners").await.remove(0);
    let id = uuid::Uuid::parse_str(&id).expect("an id");
    let by = Actor::new("coordinator");
    let shut = async |out| {
        let done = app.store.sessions().set_disabled(&by, id, out, None, jiff::Timestamp::UNIX_EPOCH).await;
        done.expect("stored").expect("known");
    };
    shut(true).await;
    let refused = ask(&app, &token).await;
    refused.refused(403, "shut-out");
    assert!(refused.text.contains("ask the early help coordinator"), "{}", refused.text);
    shut(false).await;
    assert_eq!(ask(&app, &token).await.status, 200);
}

#[tokio::test]
async fn a_role_is_what_the_last_sign_in_says_and_is_never_remembered_a17() {
    let app = portal().await;
    let token = |roles: Value| {
        let mut claims = claims();
        claims["roles"] = roles;
        signed(&header().to_string(), &claims.to_string())
    };
    let staff = async |token: &str| {
        with(&app, "GET", "/api/v1/staff", ("authorization", &format!("Bearer {token}"))).await
    };
    let coordinator = token(json!(["eh_coordinator", "practitioner"]));
    assert_eq!(staff(&coordinator).await.status, 200);
    // The role was taken away at the portal. The same person comes again.
    staff(&token(json!(["practitioner"]))).await.refused(403, "forbidden");
    staff(&token(json!([]))).await.refused(401, "token-refused");
    assert_eq!(query(&app.database(), "SELECT count(*) || '' FROM practitioners").await, ["1"]);
}

/// A portal that is away must not hold up everybody who comes with a token: each would wait for it.
#[tokio::test]
async fn keys_that_cannot_be_read_are_not_asked_for_again_at_once_b37() {
    let away = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let keys = KeySource::Url(format!("http://{}/keys", away.local_addr().expect("an address")));
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = away.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            let reply = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = socket.write_all(reply).await;
        }
    });
    let app = portal_with(Arc::new(tempfile::TempDir::new().expect("a folder")), keys).await;
    let token = signed(&header().to_string(), &claims().to_string());
    for _ in 0..5 {
        ask(&app, &token).await.refused(401, "token-refused");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}
