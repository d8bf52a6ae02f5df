//! `GET` and `POST /api/v1/people/{id}/families`: who belongs to the families of a person, and changing that.

use assessment_api::{
    family::{
        Families, Family, FamilyChange, Member, MemberRecord, NewFamilyMember, Proposal, Related,
        SharedParent,
    },
    path,
    person::MatchReason,
    problem::{ProblemDetails, ProblemItem},
};
use assessment_people::{
    access::Sight,
    family::{self, Relationship},
    id::{FamilyId, PersonId},
    protection::Protection,
    who,
};
use axum::{
    Json,
    extract::{Path, State},
    http::header::ETAG,
    response::{IntoResponse, Response},
};

use super::{asking, person_id, reason};
use crate::{
    body::JsonBody,
    caller::Caller,
    drafts::Expected,
    episodes::Shown,
    error::ApiError,
    people::{self, FamiliesShown, FamilyShown, Joining, Signal},
    respond::etag,
    routes::episodes::AccessReason,
    state::AppState,
};

/// The most people, relationships or memberships in one change.
const MAX_CHANGES: usize = 30;

/// The longest name, in characters.
const LONGEST_NAME: usize = 200;

/// Read the families of a person
///
/// Anyone who may not know of somebody's record gets the same answer as if that record did not belong to the family.
#[utoipa::path(
    get,
    operation_id = "read_families",
    path = path::PERSON_FAMILIES,
    params(
        ("id" = String, Path, description = "Their id, or that of a record that became part of theirs."),
        ("Access-Reason" = Option<String>, Header, description = "Why you look, percent-encoded UTF-8. It is kept."),
    ),
    responses(
        (status = 200, description = "What the caller may see; `ETag` changes when that changes.", body = Families),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "May not, or needs a reason.", body = ProblemDetails, content_type = "application/problem+json"),
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
    answer(&people::families(&*state.store, &asking, id, answers).await?)
}

/// Change a family
///
/// All of it or nothing. Somebody comes to a family with a record only where you may change the families of that record too,
/// and being in one opens no record to anybody.
#[utoipa::path(
    post,
    operation_id = "change_family",
    path = path::PERSON_FAMILIES,
    params(
        ("id" = String, Path, description = "The id of one of the family."),
        ("If-Match" = String, Header, description = "What you saw, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why you look, percent-encoded UTF-8. It is kept."),
    ),
    request_body = FamilyChange,
    responses(
        (status = 200, description = "The families as they are now; `ETag` as of reading them.", body = Families),
        (status = 400, description = "Not JSON, or conditions or a reason that are not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "May not change it, needs a reason, or from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No such person or family, or none that the caller may know of.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "Changed elsewhere since; `ETag` is of what there is to see now.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not a change, or one that cannot be: `problems` says what.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    expected: Expected,
    reason: AccessReason,
    body: JsonBody,
) -> Result<Response, ApiError> {
    state.operations.look_up(&caller.actor)?;
    let id = person_id(&id)?;
    let wanted: FamilyChange = super::shape(&body, "add")?;
    let change = parsed(&wanted)?;
    let Expected::Revision(seen) = expected else { return Err(ApiError::precondition_missing()) };
    let asking = asking(&state, &caller, reason.given().cloned()).await?;
    people::change_family(&*state.store, &asking, id, seen, &change).await?;
    answer(&people::families(&*state.store, &asking, id, answers).await?)
}

/// What of a version's answers may be shown.
fn answers(answers: &str, sight: Sight) -> Option<String> {
    Shown::of(answers, sight).map(|shown| shown.answers)
}

/// What is asked for, read once.
fn parsed(wanted: &FamilyChange) -> Result<people::FamilyChange, ApiError> {
    let mut reading = Reading(Vec::new());
    let lengths = [
        ("add", wanted.add.len()),
        ("relate", wanted.relate.len()),
        ("unrelate", wanted.unrelate.len()),
        ("leave", wanted.leave.len()),
        ("protect", wanted.protect.len()),
    ];
    for (member, _) in lengths.into_iter().filter(|(_, length)| *length > MAX_CHANGES) {
        reading.problem(member.to_owned(), "too-many");
    }
    // An id of nobody is answered like that of somebody who must not be known of.
    let family = wanted.family.as_deref().map(|id| FamilyId::parse(id).ok_or_else(ApiError::not_found));
    let because = reason(wanted.reason.as_deref())?;
    let add: Vec<Joining> =
        wanted.add.iter().enumerate().filter_map(|(at, one)| reading.joining(one, at)).collect();
    let change = people::FamilyChange {
        family: family.transpose()?,
        add,
        relate: reading.all_related(&wanted.relate, "relate"),
        unrelate: reading.all_related(&wanted.unrelate, "unrelate"),
        leave: wanted
            .leave
            .iter()
            .enumerate()
            .filter_map(|(at, id)| reading.id(id, || format!("leave[{at}]")))
            .collect(),
        protect: wanted
            .protect
            .iter()
            .enumerate()
            .filter_map(|(at, one)| {
                let member = reading.id(&one.member, || format!("protect[{at}].member"));
                let level = reading.protection(&one.protection, || format!("protect[{at}].protection"));
                Some((member?, level?))
            })
            .collect(),
        because: because.as_ref().map(who::Reason::words).map(str::to_owned),
    };
    if reading.0.is_empty() { Ok(change) } else { Err(ApiError::wrong_shape(reading.0)) }
}

/// What is wrong with a change, by path.
struct Reading(Vec<ProblemItem>);

impl Reading {
    fn problem(&mut self, path: String, code: &'static str) {
        self.0.push(ProblemItem::new(path, code));
    }

    fn id(&mut self, text: &str, path: impl Fn() -> String) -> Option<PersonId> {
        let id = PersonId::parse(text);
        if id.is_none() {
            self.problem(path(), "not-a-member");
        }
        id
    }

    fn relationship(&mut self, code: &str, path: impl Fn() -> String) -> Option<Relationship> {
        let found = Relationship::ALL.iter().find(|one| one.code() == code);
        if found.is_none() {
            self.problem(path(), "unknown-code");
        }
        found.copied()
    }

    fn protection(&mut self, code: &str, path: impl Fn() -> String) -> Option<Protection> {
        let found = Protection::ALL.into_iter().find(|one| level(*one) == code);
        if found.is_none() {
            self.problem(path(), "unknown-code");
        }
        found
    }

    fn name(&mut self, name: &str, path: impl Fn() -> String) -> Option<String> {
        let name = name.trim();
        let code = if assessment_form::is_blank(name) {
            "missing"
        } else if name.chars().nth(LONGEST_NAME).is_some() {
            "too-long"
        } else if name.chars().any(char::is_control) {
            "hidden-characters"
        } else {
            return Some(name.to_owned());
        };
        self.problem(path(), code);
        None
    }

    fn all_related(&mut self, all: &[Related], member: &str) -> Vec<family::Related> {
        let one = |(at, one): (usize, &Related)| {
            let person = self.id(&one.person, || format!("{member}[{at}].person"));
            let relationship =
                self.relationship(&one.relationship, || format!("{member}[{at}].relationship"));
            let to = self.id(&one.to, || format!("{member}[{at}].to"));
            Some(family::Related { person: person?, relationship: relationship?, to: to? })
        };
        all.iter().enumerate().filter_map(one).collect()
    }

    fn joining(&mut self, one: &NewFamilyMember, at: usize) -> Option<Joining> {
        let relationship = self.relationship(&one.relationship, || format!("add[{at}].relationship"));
        let protection = match &one.protection {
            Some(code) => Some(self.protection(code, || format!("add[{at}].protection"))?),
            None => None,
        };
        // An id that nobody has is looked for like any other.
        let record = match &one.record {
            Some(id) => Some(self.id(id, || format!("add[{at}].record"))?),
            None => None,
        };
        let name = match record {
            Some(_) => String::new(),
            None => self.name(&one.name, || format!("add[{at}].name"))?,
        };
        let instead_of = match &one.instead_of {
            Some(id) => Some(self.id(id, || format!("add[{at}].instead_of"))?),
            None => None,
        };
        if one.shared_parents.len() > MAX_CHANGES {
            self.problem(format!("add[{at}].shared_parents"), "too-many");
        }
        let parent = |(number, one): (usize, &SharedParent)| {
            let path = format!("add[{at}].shared_parents[{number}]");
            let name = self.name(&one.name, || format!("{path}.name"));
            let relationship = self.relationship(&one.relationship, || format!("{path}.relationship"));
            Some((name?, relationship?))
        };
        let shared_parents = one.shared_parents.iter().enumerate().filter_map(parent).collect();
        Some(Joining { name, record, relationship: relationship?, protection, instead_of, shared_parents })
    }
}

fn answer(shown: &FamiliesShown) -> Result<Response, ApiError> {
    let tag = etag(shown.tag()?);
    let body = Families {
        person: shown.of.to_string(),
        name: shown.name.clone(),
        families: shown.families.iter().map(|one| family(shown, one)).collect(),
        may_change: shown.may_change,
        proposals: shown.proposals.iter().map(proposal).collect(),
    };
    Ok(([(ETAG, tag)], Json(body)).into_response())
}

fn family(all: &FamiliesShown, one: &FamilyShown) -> Family {
    let siblings = one.seen.siblings();
    let member = |(id, protection): (&PersonId, &Protection)| {
        let record = one.records.get(id);
        let own = (*id == all.of).then_some(all.name.as_ref()).flatten();
        let named = one.seen.family.named().get(id).map(|named| &named.name);
        Member {
            id: id.to_string(),
            name: own.or(named).or(record.and_then(|record| record.name.as_ref())).cloned(),
            protection: level(*protection).to_owned(),
            sibling: siblings.iter().any(|sibling| sibling.person == *id),
            record: record.map(|record| MemberRecord {
                readable: record.readable,
                episodes: record.episodes.iter().map(ToString::to_string).collect(),
                held_by: record.held_by.iter().map(|one| one.code().to_owned()).collect(),
            }),
        }
    };
    let related = one.seen.family.related().iter().map(|related| Related {
        person: related.person.to_string(),
        relationship: related.relationship.code().to_owned(),
        to: related.to.to_string(),
    });
    Family {
        id: one.seen.family.id().to_string(),
        members: one.seen.family.members().iter().map(member).collect(),
        related: related.collect(),
    }
}

fn proposal(one: &people::Proposal) -> Proposal {
    let shared = |(name, relationship): &(String, Relationship)| SharedParent {
        name: name.clone(),
        relationship: relationship.code().to_owned(),
    };
    Proposal {
        name: one.name.clone(),
        relationship: one.relationship.code().to_owned(),
        reasons: one.signals.iter().map(|signal| said(*signal)).collect(),
        record: one.record.map(|id| id.to_string()),
        instead_of: one.instead_of.map(|id| id.to_string()),
        shared_parents: one.shared_parents.iter().map(shared).collect(),
    }
}

fn said(signal: Signal) -> MatchReason {
    let (code, words) = match signal {
        Signal::NamedHere => ("named-here", "This record names them"),
        Signal::NamedThere => ("named-there", "Their record names this child as a brother or sister"),
        Signal::SameParent => ("same-parent", "Both records name the same parent"),
        Signal::SameAddress => ("same-address", "The address is the same"),
    };
    MatchReason { code: code.to_owned(), words: words.to_owned() }
}

/// How closely a membership is kept, as it is said.
fn level(protection: Protection) -> &'static str {
    match protection {
        Protection::Ordinary => "ordinary",
        Protection::Confidential => "confidential",
        Protection::Shielded => "shielded",
    }
}
