//! One record of a team: a plan, a meeting or a review, read from JSON and written to it. Revisions, authors and times are
//! the store's; they are no answers.

use std::fmt;

use assessment_form::{self as form, Edit, Group, ReadError, UnknownPath, Unread};
use serde_json::{Map, Value};
use strict_json::Limits;

use crate::{Found, Meeting, Node, Plan, Review, Scope, Team, Visit};

/// The member of a record's JSON that names the version of its form.
const FORM_VERSION: &str = "form_version";

/// What sort of record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// The plan. An episode has one.
    Plan,
    /// A meeting of the team.
    Meeting,
    /// A review of the plan.
    Review,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: [RecordKind; 3] = [RecordKind::Plan, RecordKind::Meeting, RecordKind::Review];

    /// Its code, as it is stored and as addresses have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            RecordKind::Plan => "plan",
            RecordKind::Meeting => "meeting",
            RecordKind::Review => "review",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The version of its form. A change that an older reader would misread gets a new one.
    #[must_use]
    pub fn form_version(self) -> &'static str {
        match self {
            RecordKind::Plan => "plan-2026.1",
            RecordKind::Meeting => "meeting-2026.1",
            RecordKind::Review => "review-2026.1",
        }
    }

    /// The number of the form's section that it is: what somebody is let into is given by number.
    #[must_use]
    pub fn section(self) -> u8 {
        match self {
            RecordKind::Plan => 9,
            RecordKind::Review => 13,
            RecordKind::Meeting => 14,
        }
    }
}

/// One record. Everything in it is optional and exactly as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamRecord {
    /// See [`Plan`].
    Plan(Box<Plan>),
    /// See [`Meeting`].
    Meeting(Box<Meeting>),
    /// See [`Review`].
    Review(Box<Review>),
}

/// What reading gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What was understood.
    pub record: TeamRecord,
    /// What was not, ordered by name at each depth.
    pub unread: Vec<Unread>,
}

/// Why a text is no record of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRead {
    /// It is no JSON object.
    NotAnswers(ReadError),
    /// It does not say which version of the form it was written with, or names one that this program does not know.
    FormVersion,
}

impl fmt::Display for NotRead {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotRead::NotAnswers(error) => error.fmt(out),
            NotRead::FormVersion => out.write_str(
                "`form_version` is missing, or was made by a newer program: load the page again, then save again",
            ),
        }
    }
}

impl std::error::Error for NotRead {}

impl From<ReadError> for NotRead {
    fn from(error: ReadError) -> NotRead {
        NotRead::NotAnswers(error)
    }
}

impl TeamRecord {
    /// A record of a kind in which nothing was answered.
    #[must_use]
    pub fn blank(kind: RecordKind) -> TeamRecord {
        match kind {
            RecordKind::Plan => TeamRecord::Plan(Box::default()),
            RecordKind::Meeting => TeamRecord::Meeting(Box::default()),
            RecordKind::Review => TeamRecord::Review(Box::default()),
        }
    }

    /// What sort of record it is.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        match self {
            TeamRecord::Plan(_) => RecordKind::Plan,
            TeamRecord::Meeting(_) => RecordKind::Meeting,
            TeamRecord::Review(_) => RecordKind::Review,
        }
    }

    /// Reads a record from JSON text.
    ///
    /// # Errors
    /// [`NotRead`].
    pub fn read(kind: RecordKind, text: &str) -> Result<Reading, NotRead> {
        let value = strict_json::read(text.as_bytes(), &Limits::DEPTH_ONLY)
            .map_err(|refused| ReadError::NotJson { line: refused.line, column: refused.column })?;
        TeamRecord::from_value(kind, value)
    }

    /// Reads a record from JSON that has been parsed already.
    ///
    /// # Errors
    /// [`NotRead`].
    pub fn from_value(kind: RecordKind, value: Value) -> Result<Reading, NotRead> {
        let Value::Object(mut members) = value else { return Err(ReadError::NotAnObject.into()) };
        let version = members.remove(FORM_VERSION);
        if version.as_ref().and_then(Value::as_str) != Some(kind.form_version()) {
            return Err(NotRead::FormVersion);
        }
        let mut record = TeamRecord::blank(kind);
        let unread = form::read::<Team>(record.group_mut(), &Value::Object(members))?;
        Ok(Reading { record, unread })
    }

    /// The record as JSON; blank answers are left out.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let answers = serde_json::to_value(Node::Group(self.group()));
        let mut members = match answers {
            Ok(Value::Object(members)) => members,
            _ => Map::new(),
        };
        members.insert(FORM_VERSION.to_owned(), self.kind().form_version().into());
        Value::Object(members)
    }

    /// The record as JSON text. The same answers give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.to_value().to_string()
    }

    /// The answers, to walk over.
    #[must_use]
    pub fn group(&self) -> &dyn Group<Team> {
        match self {
            TeamRecord::Plan(plan) => &**plan,
            TeamRecord::Meeting(meeting) => &**meeting,
            TeamRecord::Review(review) => &**review,
        }
    }

    /// The answers, to change.
    pub fn group_mut(&mut self) -> &mut dyn Group<Team> {
        match self {
            TeamRecord::Plan(plan) => &mut **plan,
            TeamRecord::Meeting(meeting) => &mut **meeting,
            TeamRecord::Review(review) => &mut **review,
        }
    }

    /// Makes one change. Touches only that place.
    ///
    /// # Errors
    /// [`UnknownPath`] when there is no such question or it takes another kind of answer.
    pub fn apply(&mut self, path: &str, edit: Edit) -> Result<(), UnknownPath> {
        form::apply::<Team>(self.group_mut(), path, edit)
    }

    /// What is at a path.
    #[must_use]
    pub fn node(&self, path: &str) -> Option<Node<'_>> {
        form::node_at::<Team>(self.group(), path)
    }

    /// The question that a path leads to, with its answer. `None` when there is no such question or no such row.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Found<'_>> {
        form::find::<Team>(self.group(), path)
    }

    /// The text at a path; empty when there is none.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        match self.node(path) {
            Some(Node::Text(text)) => text,
            _ => "",
        }
    }

    /// Calls `visit` for every question, in form order: a group before what is in it. Returning `false` for a group or
    /// a repeating group skips what is in it.
    pub fn walk<'a>(&'a self, scope: &Scope<'a>, visit: &mut dyn FnMut(&Visit<'_, 'a>) -> bool) {
        form::walk::<Team>(self.group(), scope, visit);
    }
}
