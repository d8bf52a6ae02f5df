//! `GET /api/v1/openapi.json`: the description of this interface.

use assessment_api::path;
use axum::{
    body::Body,
    http::{HeaderMap, Response},
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
    revalidate::document(crate::openapi::document(), &headers)
}
