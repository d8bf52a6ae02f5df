//! Everybody's own page and own list of what is due: `GET`, `PUT /api/v1/me`, `GET /api/v1/me/due`.

pub(super) mod due;
pub(super) mod read;
pub(super) mod save;

use assessment_api::own_page::{Me, OwnPage};
use axum::{
    Json,
    http::header::ETAG,
    response::{IntoResponse as _, Response},
};

use crate::{
    clock,
    respond::etag,
    staff::StaffMember,
    store::pages::{Page, StoredPage},
};

/// The page as it is answered.
fn answer(staff: StaffMember, stored: Option<StoredPage>) -> Response {
    let revision = stored.as_ref().map(|stored| etag(stored.revision));
    let saved_at = stored.as_ref().map(|stored| clock::written(stored.saved_at));
    let page = stored.map(|stored| wire(stored.page)).unwrap_or_default();
    let me = Me {
        signed_in_name: staff.name,
        organisation: staff.organisation,
        roles: staff.roles.into_iter().collect(),
        page,
        saved_at,
    };
    match revision {
        Some(revision) => ([(ETAG, revision)], Json(me)).into_response(),
        None => Json(me).into_response(),
    }
}

fn wire(page: Page) -> OwnPage {
    let Page { name, role, job_title, phone, trained_on, training_level, language } = page;
    OwnPage { name, role, job_title, phone, trained_on, training_level, language }
}

fn page(wire: OwnPage) -> Page {
    let OwnPage { name, role, job_title, phone, trained_on, training_level, language } = wire;
    Page { name, role, job_title, phone, trained_on, training_level, language }
}
