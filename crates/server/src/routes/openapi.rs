//! `GET /api/v1/openapi.json`: the description of this interface, OpenAPI 3.1, made from the route table. `docs/openapi.json`
//! is a copy; a test keeps it up to date.

mod answers;
mod examples;
mod formats;
mod links;
mod patterns;
mod replies;

use std::collections::BTreeMap;

use assessment_api::path;
use assessment_people::episode::ClosureReason;
use axum::{
    body::Body,
    http::{HeaderMap, Response},
};
use serde_json::{Value, json};
use utoipa::openapi::{
    InfoBuilder, LicenseBuilder, OpenApi, RefOr, Schema,
    extensions::Extensions,
    path::Operation,
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
};

use crate::{
    revalidate,
    sign_in::{demo, session},
};

/// Read this description
#[utoipa::path(
    get,
    operation_id = "read_openapi",
    path = path::OPENAPI,
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the copy you have.")),
    responses(
        (status = 200, description = "OpenAPI 3.1.", body = Object),
        (status = 304, description = "Your copy is current."),
    )
)]
pub(crate) async fn openapi(headers: HeaderMap) -> Response<Body> {
    revalidate::document(document(), &headers)
}

/// Every operation with its address.
fn operations(document: &mut OpenApi) -> impl Iterator<Item = (&String, &mut Operation)> {
    document.paths.paths.iter_mut().flat_map(|(address, item)| {
        let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        let address: &String = address;
        all.into_iter().flatten().map(move |operation| (address, operation))
    })
}

/// How somebody shows who they are: a portal by a token, a browser by the cookie of its session.
fn security(document: &mut OpenApi) {
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("An access token of a portal that the server's settings name."))
        .build();
    let session =
        ApiKeyValue::with_description(session::COOKIE, "Set by signing in; scripts cannot read it.");
    if let Some(components) = &mut document.components {
        components.add_security_scheme("token", SecurityScheme::Http(token));
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    }
    let none: [&str; 0] = [];
    let either = ["token", "session"].map(|name| SecurityRequirement::new(name, none));
    document.security = Some(either.to_vec());
    for (_, operation) in operations(document) {
        if operation.operation_id.as_deref().is_some_and(|id| replies::PUBLIC.contains(&id)) {
            operation.security = Some(Vec::new());
        }
    }
}

/// Of these members exactly one is given.
fn one_of(document: &mut OpenApi, schema: &str, members: &[(&str, &str)]) {
    let found = document.components.as_mut().and_then(|all| all.schemas.get_mut(schema));
    if let Some(RefOr::T(Schema::Object(object))) = found {
        let only = |wanted: &str| {
            let kinds =
                members.iter().map(|(name, kind)| (*name, if *name == wanted { *kind } else { "null" }));
            let members: BTreeMap<&str, Value> =
                kinds.map(|(name, kind)| (name, json!({ "type": kind }))).collect();
            json!({ "required": [wanted], "properties": members })
        };
        let each: Vec<Value> = members.iter().map(|(name, _)| only(name)).collect();
        object.extensions = Some(Extensions::from_iter([("oneOf", Value::Array(each))]));
    }
}

/// A member that is one of these codes.
fn codes<'a>(document: &mut OpenApi, schema: &str, member: &str, codes: impl Iterator<Item = &'a str>) {
    let found = document.components.as_mut().and_then(|all| all.schemas.get_mut(schema));
    if let Some(RefOr::T(Schema::Object(object))) = found
        && let Some(RefOr::T(Schema::Object(member))) = object.properties.get_mut(member)
    {
        member.enum_values = Some(codes.map(Value::from).collect());
    }
}

/// The document as indented JSON with a final line break.
#[must_use]
pub fn document() -> String {
    let mut document = super::table().split_for_parts().1;
    document.info = InfoBuilder::new()
        .title("Common Assessment")
        .version("1")
        .description(Some(
            "Send, read back and draft assessments of children's needs. Refusals are RFC 9457 problem details \
             with question paths and codes, never values. Every reply carries `X-Request-Id`. Replies may gain members, so \
             ignore those that you do not know; a request with a member that is not described is refused. A request may say with \
             `Common-Assessment-Contract` which version of this contract it means; `1` if it does not.",
        ))
        .license(Some(LicenseBuilder::new().name("MIT").build()))
        .build();
    answers::describe(&mut document);
    formats::describe(&mut document);
    one_of(&mut document, "MatchQuestion", &[("child", "object"), ("person", "string")]);
    one_of(
        &mut document,
        "Excluded",
        &[("person", "object"), ("member", "string"), ("organisation", "string")],
    );
    codes(&mut document, "NewDemoSession", "person", demo::people().iter().map(|one| one.code.as_str()));
    codes(&mut document, "NewClosure", "reason", ClosureReason::ALL.iter().map(|one| one.code()));
    security(&mut document);
    replies::complete(&mut document);
    links::add(&mut document);
    examples::add(&mut document);
    let mut json = document.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}
