//! A record of the team on the server: where it is, reading it and saving it. What is typed meanwhile is `open`'s.

use assessment_api::path;
use assessment_api::team::{NewTeamRevision, TeamRecordList};
use assessment_team::RecordKind;
use gloo_net::http::Method;
use serde_json::Value;

use super::kept_versions::KeptVersion;
use crate::io::records_client::{Asking, Follows, Reply};
use crate::state::team::open_record::Save;
use crate::state::team::read::Read;
use crate::state::work::Failure;

/// Which record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct At {
    pub(super) episode: String,
    pub(super) kind: RecordKind,
    pub(super) number: u32,
}

impl At {
    /// Its address.
    pub(super) fn path(&self) -> String {
        path::team_record(&self.episode, self.kind.code(), self.number)
    }

    /// What the names begin with under which this device keeps what was typed into it.
    pub(super) fn kept_under(&self) -> String {
        format!("team.{}.{}.{}.", self.episode, self.kind.code(), self.number)
    }
}

/// What became of a save.
pub(super) enum Put {
    /// It is in the record, which is this now, with what others wrote.
    Saved(Box<Read>),
    /// The server keeps it beside the record, under this id: somebody decides.
    KeptBeside(String),
}

/// Saves a record. 412 is for a first save where somebody else has begun that record.
pub(super) async fn put(
    asking: &Asking,
    at: &At,
    save: Save,
    reason: Option<String>,
    settles: Option<String>,
) -> Result<Put, Failure> {
    let record = save.answers.to_value();
    let body = NewTeamRevision { record, left_out: save.left_out, reason, settles };
    let revision = format!("\"{}\"", save.revision);
    match asking.change(Method::PUT, &at.path(), Some(&body), Follows::Revision(&revision)).await {
        Ok(reply) => understood(at, &reply).map(|read| Put::Saved(Box::new(read))),
        Err(refused) => {
            let id = refused.body.pointer("/kept/id").and_then(Value::as_str);
            id.map(|id| Put::KeptBeside(id.to_owned())).ok_or(refused.failure)
        }
    }
}

/// The list of records of the team.
pub(super) async fn team_records(asking: &Asking, episode: &str) -> Result<TeamRecordList, Failure> {
    asking.get(&format!("{}/team-records", path::episode(episode))).await?.read()
}

/// The number that the next record of that kind gets.
pub(super) async fn next_number(asking: &Asking, at: &At) -> Result<u32, Failure> {
    let list = team_records(asking, &at.episode).await?;
    let numbers = list.records.iter().filter(|one| one.kind == at.kind.code()).map(|one| one.number);
    Ok(numbers.max().unwrap_or_default() + 1)
}

/// Reads a record; an older revision where one is named.
pub(super) async fn get(asking: &Asking, at: &At, revision: Option<u32>) -> Result<Read, Failure> {
    let path = match revision {
        Some(revision) => format!("{}?revision={revision}", at.path()),
        None => at.path(),
    };
    understood(at, &asking.get(&path).await?)
}

fn understood(at: &At, reply: &Reply) -> Result<Read, Failure> {
    Read::of(at.kind, &reply.body).ok_or(Failure::Trouble)
}

/// The record as it is now, and what is kept beside it.
pub(super) async fn beside(asking: &Asking, at: &At) -> Result<(Read, Vec<KeptVersion>), Failure> {
    let read = get(asking, at, None).await?;
    Ok((read, unsettled(asking, at).await?))
}

/// What is kept beside a record and waits for a decision.
pub(super) async fn unsettled(asking: &Asking, at: &At) -> Result<Vec<KeptVersion>, Failure> {
    let reply = asking.get(&format!("{}/kept", at.path())).await?;
    KeptVersion::all(asking, at, &reply).await
}
