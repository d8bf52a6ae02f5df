//! `GET /api/v1/openapi.json`: the description of this interface, OpenAPI 3.1, made from the route table. `docs/openapi.json`
//! is a copy; a test keeps it up to date.

use assessment_api::path;
use axum::{
    body::Body,
    http::{HeaderMap, Response},
};
use utoipa::openapi::{InfoBuilder, LicenseBuilder};

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
    let mut json = document.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}
