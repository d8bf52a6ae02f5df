//! `GET /api/v1/openapi.json`: the description of this interface, OpenAPI 3.1, made from the route table. `docs/openapi.json`
//! is a copy; a test keeps it up to date.

use assessment_api::{path, problem::MEDIA_TYPE};
use axum::{
    body::Body,
    http::{HeaderMap, Response},
};
use utoipa::openapi::{
    Content, HeaderBuilder, InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi, Ref, ResponseBuilder, Type,
};

use crate::revalidate;

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

/// What anyone may ask without signing in. Everything else can be answered with 401.
const PUBLIC: [&str; 8] = [
    path::PROFILE,
    path::RULE_PACK,
    path::HEALTH,
    path::OPENAPI,
    path::SIGN_IN,
    path::SIGN_IN_CALLBACK,
    path::DEMO_PEOPLE,
    path::DEMO_SESSION,
];

/// Adds the answer for somebody who is not signed in, once for all operations, so that no operation can forget it.
fn sign_in_needed(document: &mut OpenApi) {
    let refusal = Content::new(Some(Ref::from_schema_name("ProblemDetails")));
    let shut_out = ResponseBuilder::new()
        .description("The person of the token has been shut out.")
        .content(MEDIA_TYPE, refusal.clone())
        .build();
    let refusal = ResponseBuilder::new()
        .description("Nobody is signed in, the session has ended, or the token is not accepted.")
        .content(MEDIA_TYPE, refusal)
        .build();
    for (address, item) in &mut document.paths.paths {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete];
        for operation in operations.into_iter().flatten().filter(|_| !PUBLIC.contains(&address.as_str())) {
            let responses = &mut operation.responses.responses;
            responses.entry("401".to_owned()).or_insert_with(|| refusal.clone().into());
            responses.entry("403".to_owned()).or_insert_with(|| shut_out.clone().into());
        }
    }
}

/// Adds the answer for somebody who asks too often, to everything but health.
fn too_many(document: &mut OpenApi) {
    let refusal = Content::new(Some(Ref::from_schema_name("ProblemDetails")));
    let wait = HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1))))
        .description(Some("Seconds after which a repeat makes sense."))
        .build();
    let refusal = ResponseBuilder::new()
        .description("Too many requests of this person, or of nobody in particular from this address.")
        .header("Retry-After", wait)
        .content(MEDIA_TYPE, refusal)
        .build();
    for (_, item) in document.paths.paths.iter_mut().filter(|(address, _)| *address != path::HEALTH) {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.entry("429".to_owned()).or_insert_with(|| refusal.clone().into());
        }
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
             with question paths and codes, never values. Every reply carries `X-Request-Id`. With the demo identity, a \
             request for another host than this machine is answered with 421.",
        ))
        .license(Some(LicenseBuilder::new().name("MIT").build()))
        .build();
    sign_in_needed(&mut document);
    too_many(&mut document);
    let mut json = document.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}
