//! Addresses and header names of the HTTP interface. Not a router: the server's table is in `assessment-server`.

/// `POST` sends an assessment; `GET` lists what was received, newest first.
pub const ASSESSMENTS: &str = "/api/v1/assessments";
/// `POST` evaluates answers that may be incomplete; nothing is stored.
pub const EVALUATIONS: &str = "/api/v1/evaluations";
/// `GET` lists drafts, last saved first. One draft stands below it, at its id.
pub const DRAFTS: &str = "/api/v1/drafts";
/// The authority profile: names, terms, contacts and clocks.
pub const PROFILE: &str = "/api/v1/profile";
/// The threshold rules with which this server evaluates.
pub const RULE_PACK: &str = "/api/v1/rule-pack";
/// Whether the server can work.
pub const HEALTH: &str = "/api/v1/health";
/// The description of this interface, OpenAPI 3.1.
pub const OPENAPI: &str = "/api/v1/openapi.json";

/// Header that makes sending an assessment safe to repeat: 1 to 128 visible ASCII characters, a new random one for each
/// assessment, the same one for each attempt to send it.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Header on every reply that names the request in the server's log. It identifies no person.
pub const REQUEST_ID: &str = "x-request-id";

/// Where one assessment is read.
#[must_use]
pub fn assessment(id: &str) -> String {
    format!("{ASSESSMENTS}/{id}")
}

/// Where one draft is saved, read and deleted. The id is a random UUID that the browser chose.
#[must_use]
pub fn draft(id: &str) -> String {
    format!("{DRAFTS}/{id}")
}
