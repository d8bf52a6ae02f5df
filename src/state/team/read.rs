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
    /// Paths of answers that are there and that may not be seen. They are absent, which is not blank.
    pub left_out: Vec<String>,
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
            left_out: Vec<String>,
            #[serde(default)]
            circulations: Vec<CirculationShown>,
        }
        let Rest { summary, left_out, circulations } = from_value(reply).ok()?;
        let reading = TeamRecord::from_value(kind, reply.get("record")?.clone()).ok()?;
        let (record, is_whole) = (reading.record, reading.unread.is_empty());
        Some(Read { summary, record, left_out, is_whole, circulations })
    }

    /// What may be seen of it.
    #[must_use]
    pub fn seen(self) -> Seen {
        Seen { record: self.record, left_out: self.left_out }
    }
}

/// What somebody sees of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The answers.
    pub record: TeamRecord,
    /// Paths of answers that are there and that they do not see. A save gives them back, so that nothing unseen is taken away.
    pub left_out: Vec<String>,
}

/// All of it.
impl From<TeamRecord> for Seen {
    fn from(record: TeamRecord) -> Seen {
        Seen { record, left_out: Vec::new() }
    }
}
