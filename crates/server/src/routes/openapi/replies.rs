//! What every operation may answer whatever it does, and the headers of answers: said once, so that no operation can forget
//! it.

use assessment_api::problem::MEDIA_TYPE;
use serde_json::Value;
use utoipa::openapi::{
    Content, Header, HeaderBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder,
    SchemaFormat, Type, extensions::Extensions, path::Operation,
};

use super::operations;

/// What nobody needs to sign in for.
pub(super) const PUBLIC: [&str; 9] = [
    "read_profile",
    "read_rule_pack",
    "read_health",
    "read_openapi",
    "begin_sign_in",
    "finish_sign_in",
    "list_demo_people",
    "open_demo_session",
    "end_session",
];

/// Which operations can meet a refusal.
enum Meets {
    /// All but these.
    AllBut(&'static [&'static str]),
    /// Those that take a body.
    Body,
    /// Those that name a revision.
    Revision,
}

/// Refusals that do not depend on what an operation does: status, what it means, and who can meet it.
const REFUSALS: &[(&str, &str, Meets)] = &[
    (
        "401",
        "Nobody is signed in, the session has ended, or the token is not accepted.",
        Meets::AllBut(&PUBLIC),
    ),
    (
        "400",
        "The server does not speak the version in `Common-Assessment-Contract`; the answer says which ones it speaks.",
        Meets::AllBut(&[]),
    ),
    ("403", "The person of the token has been shut out.", Meets::AllBut(&PUBLIC)),
    ("408", "The body took too long.", Meets::Body),
    ("413", "The body is larger than 1 MiB.", Meets::Body),
    ("415", "The body is not `application/json`.", Meets::Body),
    ("421", "With the demo identity: the request is for another host than this machine.", Meets::AllBut(&[])),
    ("428", "No `If-Match`, or `If-None-Match` where that is possible.", Meets::Revision),
    (
        "429",
        "Too many requests of this person, or of nobody in particular from this address.",
        Meets::AllBut(&["read_health"]),
    ),
    ("500", "Something went wrong in the server. Nothing of the request was stored.", Meets::AllBut(&[])),
    ("503", "The database does not answer, or the server is about to stop.", Meets::AllBut(&[])),
];

/// Answers that always have the revision of what they show, as operation and status.
const TAGGED: &[(&str, &str)] = &[
    ("read_draft", "200"),
    ("save_draft", "200"),
    ("save_draft", "201"),
    ("delete_draft", "200"),
    ("read_episode", "200"),
    ("list_members", "200"),
    ("invite_member", "201"),
    ("end_membership", "204"),
    ("add_note", "201"),
    ("read_team_record", "200"),
    ("save_team_record", "200"),
    ("close_episode", "204"),
    ("reopen_episode", "204"),
    ("hand_over_episode", "204"),
    ("merge_episode", "204"),
    ("undo_episode_merge", "204"),
    ("look_at_amendments", "204"),
    ("exclude_from_episode", "204"),
    ("lift_exclusion", "204"),
    ("refer_episode", "204"),
    ("write_referral", "204"),
    ("take_back_written_referral", "204"),
    ("answer_referral", "204"),
    ("step_up_episode", "204"),
    ("step_down_episode", "204"),
    ("begin_transfer", "204"),
    ("cancel_transfer", "204"),
    ("finish_transfer", "204"),
    ("read_person", "200"),
    ("save_own_page", "200"),
    ("write_take_up_story", "200"),
    ("erase_take_up_story", "200"),
    ("read_profile", "200"),
    ("read_profile", "304"),
    ("read_rule_pack", "200"),
    ("read_rule_pack", "304"),
    ("read_openapi", "200"),
    ("read_openapi", "304"),
    ("read_draft", "410"),
    ("delete_draft", "410"),
];

/// Completes every operation. What is the same everywhere is in the document once.
pub(super) fn complete(document: &mut OpenApi) {
    if let Some(components) = &mut document.components {
        let shared = REFUSALS.iter().map(|(status, description, _)| {
            let details = Content::new(Some(Ref::from_schema_name("ProblemDetails")));
            let mut refusal =
                ResponseBuilder::new().description(*description).content(MEDIA_TYPE, details).build();
            headers("", status, &mut refusal);
            (name(status), refusal.into())
        });
        components.responses.extend(shared);
    }
    for (_, operation) in operations(document) {
        refusals(operation);
        let id = operation.operation_id.clone().unwrap_or_default();
        for (status, response) in &mut operation.responses.responses {
            if let RefOr::T(response) = response {
                headers(&id, status, response);
            }
        }
    }
}

/// The name of a refusal that operations share.
fn name(status: &str) -> String {
    format!("Refused{status}")
}

fn refusals(operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    let has_body = operation.request_body.is_some();
    let mut parameters = operation.parameters.iter().flatten();
    let names_revision = parameters.any(|one| matches!(one, RefOr::T(one) if one.name == "If-Match"));
    for (status, _, meets) in REFUSALS {
        let is_met = match meets {
            Meets::AllBut(spared) => !spared.contains(&id.as_str()),
            Meets::Body => has_body,
            Meets::Revision => names_revision,
        };
        if is_met {
            let shared = Ref::new(format!("#/components/responses/{}", name(status)));
            operation.responses.responses.entry((*status).to_owned()).or_insert_with(|| shared.into());
        }
    }
}

fn headers(id: &str, status: &str, response: &mut Response) {
    let mut add = |name: &str, header: Header| {
        response.headers.insert(name.to_owned(), header.into());
    };
    add("X-Request-Id", always(text("Names the request in the server's log.", Some("uuid"))));
    let spoken = "The versions of the contract between component and server that are spoken here.";
    add("Common-Assessment-Contract", always(text(spoken, None)));
    if TAGGED.contains(&(id, status)) {
        add("ETag", always(text("The revision, in quotes.", None)));
    }
    match status {
        "401" => add("WWW-Authenticate", always(text("`Bearer`.", None))),
        "409" if id == "submit_assessment" => add("Retry-After", seconds()),
        "409" if id == "save_team_record" => {
            add("ETag", text("The revision of the record, if it was kept.", None))
        }
        "429" | "503" => add("Retry-After", always(seconds())),
        // Somebody who has no page yet has no revision to name.
        "412" if id == "save_own_page" => add("ETag", text("The revision now, if there is a page.", None)),
        "412" if id == "write_take_up_story" => add("ETag", text("The revision now, if there is one.", None)),
        "412" => add("ETag", always(text("The revision now, in quotes.", None))),
        "200" if id == "read_own_page" => {
            add("ETag", text("The revision, in quotes, if there is a page.", None))
        }
        "200" if id == "read_take_up_story" => {
            add("ETag", text("The revision, in quotes, if anything was ever written.", None))
        }
        "201" if id == "submit_assessment" => {
            add("Location", always(text("The address of the assessment.", None)))
        }
        "303" => add("Location", always(text("Where to go.", None))),
        "204" if id == "open_demo_session" => add("Set-Cookie", always(text("The session.", None))),
        _ => {}
    }
}

fn text(description: &str, format: Option<&str>) -> Header {
    let format = format.map(|format| SchemaFormat::Custom(format.to_owned()));
    let schema = ObjectBuilder::new().schema_type(Type::String).format(format);
    HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
}

fn seconds() -> Header {
    let schema = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
    HeaderBuilder::new()
        .schema(Some(schema))
        .description(Some("Seconds after which a repeat makes sense."))
        .build()
}

/// A header that is never left out.
fn always(mut header: Header) -> Header {
    header.extensions = Some(Extensions::from_iter([("required", Value::Bool(true))]));
    header
}
