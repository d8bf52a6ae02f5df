//! What the text of members and parameters looks like that came with the team around the child: its records, who has the lead,
//! and another council.

use super::{
    STATES, Shape,
    Shape::{Day, Id, Matching, OneOf, RandomId, Words},
};
use crate::routes::openapi::patterns::{BASE, NAME};

pub(super) const STAGES: Shape = OneOf(&[
    "enquiry",
    "consent_pending",
    "drafting",
    "shared",
    "tac_scheduled",
    "plan_active",
    "in_review",
    "declined",
]);
const RECORDS: Shape = OneOf(&["plan", "meeting", "review"]);

/// As [`super::SHAPES`].
#[rustfmt::skip]
pub(super) const SHAPES: &[(&str, &str, Shape)] = &[
    ("save_team_record", "If-Match", Matching(BASE)),
    ("save_team_record", "kind", RECORDS),
    ("read_team_record", "kind", RECORDS),
    ("complete_team_record", "kind", RECORDS),
    ("list_kept_team_versions", "kind", RECORDS),
    ("NewHandover", "why", Words(1000)),
    ("NewHandover", "still_needed", Words(1000)),
    ("NewTransfer", "to", Matching(NAME)),
    ("NewTransfer", "words", Words(1000)),
    ("CancelledTransfer", "reason", Words(1000)),
    ("FinishedTransfer", "accepted", Words(1000)),
    ("NotWritten", "reason", Words(1000)),
    ("SentPart", "heading", Words(8000)),
    ("SentLine", "label", Words(8000)),
    ("SentLine", "value", Words(8000)),
    ("OpenItemShown", "kind", OneOf(&["action", "meeting", "clock"])),
    ("OpenItemShown", "id", Matching("^[A-Za-z0-9_-]{1,64}$")),
    ("SettledItem", "kind", OneOf(&["action", "meeting", "clock"])),
    ("SettledItem", "id", Matching("^[A-Za-z0-9_-]{1,64}$")),
    ("SettledItem", "becomes", OneOf(&["done", "ended", "passed_on"])),
    ("ReferralClockShown", "now", OneOf(&["wait", "ring", "escalate"])),
    ("ReferralClockShown", "write_is", OneOf(&["later", "soon", "today", "overdue", "done"])),
    ("ReferralClockShown", "answer_is", OneOf(&["later", "soon", "today", "overdue"])),
    ("NewTeamRevision", "reason", Words(1000)),
    ("NewTeamRevision", "settles", RandomId),
    ("NewCirculation", "id", RandomId),
    ("NewCirculation", "to", Words(140)),
    ("NewCirculation", "sent_on", Day),
    ("TeamRecordSummary", "kind", RECORDS),
    ("KeptTeamVersion", "id", RandomId),
    ("KeptTeamVersion", "why", OneOf(&["clash", "closed"])),
    ("Completed", "state", STATES),
    ("CirculationShown", "id", RandomId),
    ("DueEntry", "urgency", OneOf(&["later", "soon", "today", "overdue", "hard"])),
    ("TimelineEntry", "status", OneOf(&["done", "passed", "cancelled", "later", "soon", "today", "overdue", "hard"])),
    ("*", "bank_holidays_known_until", Day),
    ("*", "moved_from", Day),
    ("ProposedNeed", "worry", OneOf(&["yes", "unsure"])),
    ("ProposedAction", "by_when", Day),
    ("Timeline", "today", Day),
    ("DueList", "today", Day),
    ("DueList", "next", Id),
];
