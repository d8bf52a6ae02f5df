//! `GET /api/v1/openapi.json`: the description of this interface, OpenAPI 3.1, made from the route table. `docs/openapi.json`
//! is a copy; a test keeps it up to date.

mod answers;
mod examples;
mod formats;
mod links;
mod replies;

use assessment_api::path;
use axum::{
    body::Body,
    http::{HeaderMap, Response},
};
use serde_json::json;
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

/// A question about a child is about one that is stored, or about one that is described.
fn either_child_or_person(document: &mut OpenApi) {
    let question = document.components.as_mut().and_then(|all| all.schemas.get_mut("MatchQuestion"));
    if let Some(RefOr::T(Schema::Object(question))) = question {
        let (child, person) = (json!({ "type": "object" }), json!({ "type": "string" }));
        let either = json!([
            { "required": ["child"], "properties": { "child": child, "person": { "type": "null" } } },
            { "required": ["person"], "properties": { "person": person, "child": { "type": "null" } } },
        ]);
        question.extensions = Some(Extensions::from_iter([("oneOf", either)]));
    }
}

/// Whom the demo knows is in a file of the server.
fn people_of_the_demo(document: &mut OpenApi) {
    let wanted = document.components.as_mut().and_then(|all| all.schemas.get_mut("NewDemoSession"));
    if let Some(RefOr::T(Schema::Object(wanted))) = wanted
        && let Some(RefOr::T(Schema::Object(person))) = wanted.properties.get_mut("person")
    {
        person.enum_values = Some(demo::people().iter().map(|one| one.code.clone().into()).collect());
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
             ignore those that you do not know; a request with a member that is not described is refused.",
        ))
        .license(Some(LicenseBuilder::new().name("MIT").build()))
        .build();
    answers::describe(&mut document);
    formats::describe(&mut document);
    either_child_or_person(&mut document);
    people_of_the_demo(&mut document);
    security(&mut document);
    replies::complete(&mut document);
    links::add(&mut document);
    examples::add(&mut document);
    let mut json = document.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}
