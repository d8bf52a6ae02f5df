//! `GET /api/v1/people/{id}`: what is known of a person. An old id leads to the record that has everything now.

use assessment_api::{
    path,
    person::{MergedNote, PersonName, PersonNumber, PersonPhone, PersonRecord},
    problem::ProblemDetails,
};
use assessment_people::{
    id::PersonId,
    person::{Identifier, NameKind, Phone, SafeToRing, System},
};
use axum::{
    Json,
    extract::{Path, State},
    http::header::ETAG,
    response::{IntoResponse, Response},
};

use super::{asking, born, joined, person_id, shown_name, written};
use crate::{
    caller::Caller,
    error::ApiError,
    people::{self, Read},
    respond::etag,
    routes::episodes::AccessReason,
    state::AppState,
};

/// Read what is known of a person
#[utoipa::path(
    get,
    operation_id = "read_person",
    path = path::PERSON,
    params(
        ("id" = String, Path, description = "Their id, or that of a record that became part of theirs."),
        ("Access-Reason" = Option<String>, Header, description = "Why you look, percent-encoded UTF-8. It is kept."),
    ),
    responses(
        (status = 200, description = "What the caller may read; `ETag` is the revision.", body = PersonRecord),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Needs a reason.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No such person, or none that the caller may know of.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    reason: AccessReason,
) -> Result<Response, ApiError> {
    state.operations.look_up(&caller.actor)?;
    let id = person_id(&id)?;
    let asking = asking(&state, &caller, reason.given().cloned()).await?;
    let read = people::read(&*state.store, &asking, id).await?;
    let revision = etag(read.stored.revision);
    Ok(([(ETAG, revision)], Json(record(id, read))).into_response())
}

fn record(asked: PersonId, read: Read) -> PersonRecord {
    let person = &read.stored.person;
    let lead = read.merges.lead(asked);
    let merged = lead.through.first().map(|merge| MergedNote {
        from: asked.to_string(),
        on: merge.on.to_string(),
        by: merge.by.clone(),
        words: lead.to_string(),
    });
    let record = PersonRecord {
        id: person.id.to_string(),
        names: shown_name(person).map(|name| named(name.kind, written(name))).into_iter().collect(),
        born: Vec::new(),
        numbers: Vec::new(),
        addresses: Vec::new(),
        phones: Vec::new(),
        gps: Vec::new(),
        notes: Vec::new(),
        held_by: read.held_by.iter().map(|one| one.code().to_owned()).collect(),
        episodes: read.episodes.iter().map(ToString::to_string).collect(),
        merged,
        merges: read.merges.all().filter(|merge| merge.involves(person.id)).map(joined).collect(),
    };
    // Whose record it is may be known of one that is kept more closely than they may read; nothing else of it.
    if !read.sight.shows(person.protection.level) {
        return record;
    }
    let shown = shown_name(person);
    // An earlier name is looked for, and told to nobody who does not know it already.
    let others = person.names.iter().filter(|name| Some(*name) != shown && name.kind != NameKind::Former);
    let names = shown.into_iter().chain(others).map(|name| named(name.kind, written(name))).collect();
    let addresses = person.addresses.iter().filter(|address| read.sight.shows(address.protection.level));
    let lines = addresses.map(|address| {
        let lines = address.lines.iter().chain([&address.postcode]).filter(|line| !line.trim().is_empty());
        lines.cloned().collect()
    });
    PersonRecord {
        names,
        born: person.births().filter_map(born).collect(),
        numbers: person.identifiers.iter().map(number).collect(),
        addresses: lines.collect(),
        phones: person.phones.all().map(phone).collect(),
        gps: person.gp.iter().chain(&person.other_gps).map(|gp| gp.written.clone()).collect(),
        notes: person.notes.iter().map(|note| note.text.clone()).collect(),
        ..record
    }
}

fn named(kind: NameKind, name: String) -> PersonName {
    let kind = match kind {
        NameKind::Usual => "usual",
        NameKind::Legal => "legal",
        NameKind::Former => "former",
        NameKind::Alias => "alias",
    };
    PersonName { kind: kind.to_owned(), name }
}

fn number(one: &Identifier) -> PersonNumber {
    let system = match one.system() {
        System::NhsNumber => "nhs-number",
        System::Upn => "upn",
        System::Uln => "uln",
        System::Uci => "uci",
        System::Reference => "reference",
    };
    PersonNumber { system: system.to_owned(), value: one.value().to_owned() }
}

fn phone(one: &Phone) -> PersonPhone {
    let safe = match one.safe {
        SafeToRing::NotSaid => "not-said",
        SafeToRing::Safe => "safe",
        SafeToRing::NotSafe => "not-safe",
    };
    PersonPhone { number: one.written.clone(), safe: safe.to_owned() }
}
