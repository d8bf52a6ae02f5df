//! What the text of members looks like that came with take-up and outcomes.

use super::{
    Shape,
    Shape::{Day, Matching, OneOf},
};

const MEASURES: Shape = OneOf(&[
    "started",
    "completed",
    "first_meeting",
    "plan_agreed",
    "reviewed",
    "closed",
    "outcome",
    "barrier",
]);
const SPLITS: Shape = OneOf(&[
    "month",
    "cluster",
    "agency",
    "lead_agency",
    "need",
    "reason",
    "written_up",
    "child_change",
    "parent_change",
    "practitioner_change",
]);

/// As [`super::SHAPES`].
#[rustfmt::skip]
pub(super) const SHAPES: &[(&str, &str, Shape)] = &[
    ("TakeUpQuarter", "quarter", Matching("^[0-9]{4}-Q[1-4]$")),
    ("TakeUpQuarter", "from", Day),
    ("TakeUpQuarter", "to", Day),
    ("TakeUpMeasure", "measure", MEASURES),
    ("TakeUpTable", "split", SPLITS),
];
