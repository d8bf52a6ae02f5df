//! Records of the team as the server gives them. Pure.

use assessment_api::team::{CirculationShown, TeamRecordSummary};
use assessment_team::{RecordKind, TeamRecord};
use serde::Deserialize;
use serde_json::Value;
use strict_json::from_value;

/// A record as somebody may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Which, by whom, how far.
    pub summary: TeamRecordSummary,
    /// The answers that may be seen.
    pub record: TeamRecord,
    /// Whether this program understood all of it. What it did not is not written back, so nobody changes it here.
    pub is_whole: bool,
    /// Who was sent the minutes.
    pub circulations: Vec<CirculationShown>,
}

impl Read {
    /// Reads the reply of the server.
    #[must_use]
    pub fn of(kind: RecordKind, reply: &Value) -> Option<Read> {
        #[derive(Deserialize)]
        struct Rest {
            summary: TeamRecordSummary,
            #[serde(default)]
            circulations: Vec<CirculationShown>,
        }
        let Rest { summary, circulations } = from_value(reply).ok()?;
        let reading = TeamRecord::from_value(kind, reply.get("record")?.clone()).ok()?;
        Some(Read { summary, record: reading.record, is_whole: reading.unread.is_empty(), circulations })
    }
}
