//! What the text of members looks like that came with take-up and outcomes.

use super::{
    Shape,
    Shape::{Day, Integer, Matching, OneOf, Words},
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
    "trained",
    "training_not_recorded",
]);
const SPLITS: Shape = OneOf(&[
    "month",
    "cluster",
    "agency",
    "lead_agency",
    "need",
    "reason",
    "barrier",
    "written_up",
    "child_change",
    "parent_change",
    "practitioner_change",
]);

const QUARTER: Shape = Matching("^[0-9]{4}-Q[1-4]$");

/// As [`super::SHAPES`].
#[rustfmt::skip]
pub(super) const SHAPES: &[(&str, &str, Shape)] = &[
    ("TakeUpQuarter", "quarter", QUARTER),
    ("TakeUpQuarter", "from", Day),
    ("TakeUpQuarter", "to", Day),
    ("TakeUpMeasure", "measure", MEASURES),
    ("TakeUpTable", "split", SPLITS),
    ("TakeUpStory", "revision", Integer),
    ("NewTakeUpStory", "words", Words(2000)),
    ("read_take_up_story", "quarter", QUARTER),
    ("read_take_up_story", "measure", MEASURES),
    ("write_take_up_story", "quarter", QUARTER),
    ("write_take_up_story", "measure", MEASURES),
    ("write_take_up_story", "If-None-Match", OneOf(&["*"])),
    ("erase_take_up_story", "quarter", QUARTER),
    ("erase_take_up_story", "measure", MEASURES),
];
