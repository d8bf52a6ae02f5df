//! Parts of pages that are not questions.

mod blank_screen;
mod carried_over;
mod child_bar;
mod contacts;
mod details;
mod error_summary;
mod ladder;
mod other_rules;
mod other_window;
mod own_details;
mod page_link;
mod privacy;
mod question_link;
mod redrawn;
mod suggestion;
mod task;
mod triangle;
mod urgent;

pub(crate) use blank_screen::{BlankButton, BlankPage};
pub(crate) use carried_over::CarriedOver;
pub(crate) use child_bar::{ChildBar, urgent_to_read};
pub(crate) use contacts::{AllNumbers, Contacts, OutOfHours, RingNow};
pub(crate) use details::Details;
pub(crate) use error_summary::{ErrorSummary, WayBackToProblems, problems_in_words};
pub(crate) use ladder::Ladder;
pub(crate) use other_rules::OtherRules;
pub(crate) use other_window::OtherWindow;
pub(crate) use own_details::{OwnDetails, RememberedHere};
pub(crate) use page_link::{BackLink, Column, Follow, PageLink, TasksLink};
pub(crate) use privacy::{OwnNote, PrivacyBar, on_own};
pub(crate) use question_link::QuestionLink;
pub(crate) use redrawn::redrawn;
pub(crate) use suggestion::Suggestion;
pub(crate) use task::{StatusTag, Task};
pub(crate) use triangle::{SignIcons, Triangle, TriangleKey, TrianglePicture};
pub(crate) use urgent::{LogButton, Urgent, WhyGone, gone_in_words, not_sure, urgent_codes};
