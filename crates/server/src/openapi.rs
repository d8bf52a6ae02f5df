//! The OpenAPI 3.1 document, made from the route table. `docs/openapi.json` is a copy; a test keeps it up to date.

use utoipa::openapi::{InfoBuilder, LicenseBuilder};

use crate::routes;

/// The document as indented JSON with a final line break.
#[must_use]
pub fn document() -> String {
    let mut document = routes::table().split_for_parts().1;
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
