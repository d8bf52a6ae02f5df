//! My work: which of its pages is shown, what was asked of the server, and what became of it. Pure; asking is in
//! `io::records_client`, and everything here belongs to a part of the program of its own (decision record 0044).

pub mod after;
pub mod member;
pub mod typed_fields;

use std::fmt;

use after::Step;
use assessment_api::episode::{EpisodeShown, VersionSummary};
use assessment_engine::answers::Answers;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use strict_json::from_value;

use super::coordinator::CoordinatorPage;
use super::team::TeamPage;

/// What begins the text of a coordinator's page.
const COORDINATOR: &str = "coordinator.";
/// What begins the text of a page of the team around the child.
const TOGETHER: &str = "together.";

/// A page of my work. Ids and numbers only: the browser's history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum WorkPage {
    /// My episodes and those of my organisation.
    #[default]
    List,
    /// Looking for a child.
    Search,
    /// One episode.
    Episode(String),
    /// One version of it.
    Version(String, u32),
    /// What differs between a version and the one before.
    Compare(String, u32),
    /// A correction of a version, or a new one, is to begin.
    Amend(String, u32),
    /// Who has seen it.
    Log(String),
    /// Its team.
    Team(String),
    /// The family of its child.
    Family(String),
    /// Something to do about it.
    After(Step, String),
    /// What somebody has written about themselves.
    Own,
    /// One of the coordinator's pages, which are a part of the program of their own.
    Coordinator(CoordinatorPage),
    /// One of the pages of the team around the child, which are a part of the program of their own.
    Together(TeamPage),
}

impl WorkPage {
    /// Reads a page as [`Display`](fmt::Display) writes it. Anything else is the list.
    #[must_use]
    pub fn parse(text: &str) -> WorkPage {
        if let Some(rest) = text.strip_prefix(COORDINATOR) {
            return CoordinatorPage::parse(rest).map_or(WorkPage::List, WorkPage::Coordinator);
        }
        if let Some(rest) = text.strip_prefix(TOGETHER) {
            return TeamPage::parse(rest).map_or(WorkPage::List, WorkPage::Together);
        }
        let mut parts = text.splitn(3, '.');
        let (kind, id) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default().to_owned());
        let number = parts.next().and_then(|number| number.parse().ok());
        match (kind, id.is_empty(), number) {
            ("search", ..) => WorkPage::Search,
            ("own", ..) => WorkPage::Own,
            ("episode", false, None) => WorkPage::Episode(id),
            ("log", false, None) => WorkPage::Log(id),
            ("team", false, None) => WorkPage::Team(id),
            ("families", false, None) => WorkPage::Family(id),
            ("version", false, Some(number)) => WorkPage::Version(id, number),
            ("compare", false, Some(number)) => WorkPage::Compare(id, number),
            ("amend", false, Some(number)) => WorkPage::Amend(id, number),
            (name, false, None) => Step::parse(name).map_or(WorkPage::List, |step| WorkPage::After(step, id)),
            _ => WorkPage::List,
        }
    }

    /// The name of the page for its title: never with an id.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            WorkPage::List => "list",
            WorkPage::Search => "search",
            WorkPage::Episode(_) => "episode",
            WorkPage::Version(..) => "version",
            WorkPage::Compare(..) => "compare",
            WorkPage::Amend(..) => "amend",
            WorkPage::Log(_) => "log",
            WorkPage::Team(_) => "team",
            WorkPage::Family(_) => "families",
            WorkPage::After(step, _) => step.name(),
            WorkPage::Own => "own",
            WorkPage::Coordinator(page) => page.name(),
            WorkPage::Together(page) => page.name(),
        }
    }

    /// The episode that it is about.
    #[must_use]
    pub fn episode(&self) -> Option<&str> {
        match self {
            WorkPage::List | WorkPage::Search | WorkPage::Own | WorkPage::Coordinator(_) => None,
            WorkPage::Episode(id)
            | WorkPage::Version(id, _)
            | WorkPage::Compare(id, _)
            | WorkPage::Amend(id, _)
            | WorkPage::Log(id)
            | WorkPage::Team(id)
            | WorkPage::Family(id)
            | WorkPage::After(_, id) => Some(id),
            WorkPage::Together(page) => Some(page.episode()),
        }
    }
}

impl fmt::Display for WorkPage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let WorkPage::Coordinator(page) = self {
            return write!(out, "{COORDINATOR}{page}");
        }
        if let WorkPage::Together(page) = self {
            return write!(out, "{TOGETHER}{page}");
        }
        out.write_str(self.name())?;
        match self {
            WorkPage::List
            | WorkPage::Search
            | WorkPage::Own
            | WorkPage::Coordinator(_)
            | WorkPage::Together(_) => Ok(()),
            WorkPage::Version(id, number) | WorkPage::Compare(id, number) | WorkPage::Amend(id, number) => {
                write!(out, ".{id}.{number}")
            }
            WorkPage::Episode(id)
            | WorkPage::Log(id)
            | WorkPage::Team(id)
            | WorkPage::Family(id)
            | WorkPage::After(_, id) => {
                write!(out, ".{id}")
            }
        }
    }
}

/// What was asked of the server.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked<T> {
    /// It has not answered yet.
    Asking,
    /// Its answer.
    Here(T),
    /// There is none, and why.
    Failed(Failure),
}

/// Why the server gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It cannot be reached.
    Offline,
    /// Somebody has to sign in, or sign in again.
    SignIn,
    /// A portal signs its people in, and has to do so again.
    Portal,
    /// They may not.
    Forbidden,
    /// There is nothing that they may see.
    NotFound,
    /// It opens with a reason that is kept.
    ReasonNeeded,
    /// Not as things are: somebody else has changed the record meanwhile, for example.
    NotNow,
    /// Somebody else has changed the record since it was read.
    Changed,
    /// Not as things are, and these words say why: a wording key of [`LAWS`].
    Law(&'static str),
    /// What was sent cannot be taken.
    Refused,
    /// The server has a problem, or its answer cannot be read.
    Trouble,
}

/// The refusals that have words of their own: the key ends with the server's code.
const LAWS: &[&str] = &[
    "work.law.address-inside",
    "work.law.address-unknown",
    "work.law.holds-it",
    "work.law.holds-it-already",
    "work.law.merged",
    "work.law.must-not-be-told",
    "work.law.no-referral",
    "work.law.not-agreed",
    "work.law.not-excluded",
    "work.law.not-in-sight",
    "work.law.not-stepped-up",
    "work.law.not-transferring",
    "work.law.other-child",
    "work.law.referral-not-accepted",
    "work.law.referral-waits",
    "work.law.social-care-leads",
    "work.law.still-open",
    "work.law.too-late",
    "work.law.transfer-under-way",
    "work.law.unknown-organisation",
    "work.law.yourself",
];

impl Failure {
    /// What a refusal means, by its status and its code.
    #[must_use]
    pub fn of(status: u16, code: Option<&str>) -> Failure {
        let law = LAWS.iter().copied().find(|key| code.is_some() && key.strip_prefix("work.law.") == code);
        if let Some(key) = law {
            return Failure::Law(key);
        }
        match (status, code) {
            (401, _) => Failure::SignIn,
            (403, Some("reason-needed")) => Failure::ReasonNeeded,
            (403, _) => Failure::Forbidden,
            (404, _) => Failure::NotFound,
            (409, _) => Failure::NotNow,
            (412, _) => Failure::Changed,
            (400 | 422, _) => Failure::Refused,
            _ => Failure::Trouble,
        }
    }

    /// The wording key of what is said.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Failure::Offline => "work.failed.offline",
            Failure::SignIn => "work.failed.sign_in",
            Failure::Portal => "portal.no_token",
            Failure::Forbidden => "work.failed.forbidden",
            Failure::NotFound => "work.failed.not_found",
            Failure::ReasonNeeded => "work.failed.reason",
            Failure::NotNow => "work.failed.not_now",
            Failure::Changed => "work.failed.changed",
            Failure::Law(key) => key,
            Failure::Refused => "work.failed.refused",
            Failure::Trouble => "work.failed.trouble",
        }
    }
}

/// A version as somebody may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Which, by whom and why.
    pub version: VersionSummary,
    /// The reference to quote.
    pub reference: String,
    /// Whether all answers are here. Otherwise absent is not blank.
    pub whole: bool,
    /// The answers that may be seen.
    pub answers: Answers,
}

impl Version {
    /// Reads the reply of the server.
    #[must_use]
    pub fn read(reply: &Value) -> Option<Version> {
        #[derive(Deserialize)]
        struct Rest {
            version: VersionSummary,
            reference: String,
            whole: bool,
        }
        let Rest { version, reference, whole } = from_value(reply).ok()?;
        let reading = Answers::from_value(reply.get("answers")?).ok()?;
        // What a newer form sent and this one cannot read is absent here, too.
        let whole = whole && reading.unread.is_empty();
        Some(Version { version, reference, whole, answers: reading.answers })
    }
}

/// Whether what was promised for a day should have been done by now.
#[must_use]
pub fn is_overdue(shown: &EpisodeShown, today: Date) -> bool {
    let day = shown.due_on.as_deref().and_then(assessment_form::parse_day);
    let has_ended = matches!(shown.state.as_str(), "closed" | "merged" | "declined");
    day.is_some_and(|day| day < today) && !has_ended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_my_work_is_read_as_it_was_written_and_anything_else_is_the_list() {
        let id = || "2f1c0a3e-0000-4000-8000-000000000001".to_owned();
        for page in [
            WorkPage::List,
            WorkPage::Search,
            WorkPage::Episode(id()),
            WorkPage::Version(id(), 2),
            WorkPage::Compare(id(), 3),
            WorkPage::Amend(id(), 1),
            WorkPage::Log(id()),
            WorkPage::Team(id()),
            WorkPage::Family(id()),
            WorkPage::Own,
            WorkPage::Coordinator(CoordinatorPage::Register),
            WorkPage::Coordinator(CoordinatorPage::Pair(id(), id())),
            WorkPage::Together(TeamPage::Plan(id())),
            WorkPage::Together(TeamPage::Meeting(id(), 2)),
        ]
        .into_iter()
        .chain(Step::ALL.map(|step| WorkPage::After(step, id())))
        {
            assert_eq!(WorkPage::parse(&page.to_string()), page);
        }
        for text in [
            "",
            "episode",
            "episode.",
            "version.x",
            "version.x.y",
            "later",
            "compare..2",
            "coordinator.",
            "coordinator.x",
            "together.",
            "together.plan.",
        ] {
            assert_eq!(WorkPage::parse(text), WorkPage::List, "{text}");
        }
    }

    #[test]
    fn each_refusal_has_a_meaning_of_its_own() {
        for (status, code, meant) in [
            (401, Some("session-ended"), Failure::SignIn),
            (403, Some("reason-needed"), Failure::ReasonNeeded),
            (403, Some("forbidden"), Failure::Forbidden),
            (404, Some("not-found"), Failure::NotFound),
            (409, Some("not-now"), Failure::NotNow),
            (409, Some("referral-waits"), Failure::Law("work.law.referral-waits")),
            (409, None, Failure::NotNow),
            (412, Some("stale-revision"), Failure::Changed),
            (422, Some("wrong-shape"), Failure::Refused),
            (503, None, Failure::Trouble),
        ] {
            assert_eq!(Failure::of(status, code), meant, "{status}");
        }
    }

    #[test]
    fn something_is_overdue_from_the_day_after_and_not_once_the_record_is_closed() {
        let shown = |state: &str, due: &str| EpisodeShown {
            reference: String::new(),
            child_name: None,
            state: state.to_owned(),
            holder: String::new(),
            mine: true,
            urgent: false,
            headline: None,
            due_on: Some(due.to_owned()),
            changed_at: String::new(),
        };
        let today = jiff::civil::date(2026, 11, 23);
        assert!(is_overdue(&shown("shared", "2026-11-22"), today));
        assert!(!is_overdue(&shown("shared", "2026-11-23"), today));
        assert!(!is_overdue(&shown("closed", "2026-11-22"), today));
        assert!(!is_overdue(&shown("shared", "no day"), today));
    }

    #[test]
    fn a_version_with_fewer_answers_is_read_and_says_so() {
        let newer = r#"{"version":{"id":"a","number":1,"sent":{"name":null,"organisation":"School","at":"2026-11-23T10:00:00.000Z"},
            "form_version":"f","pack_version":"p","kind":"first","reason":null,"started_from":null},
            "reference":"CAF-1","whole":true,"answers":{"danger_now":"no"},"superseded":[]}"#;
        for (reply, whole) in
            [(newer.to_owned(), true), (newer.replace("danger_now", "of_a_newer_form"), false)]
        {
            let value: Value = serde_json::from_str(&reply).unwrap_or_default();
            assert_eq!(Version::read(&value).map(|version| version.whole), Some(whole), "{reply}");
        }
        let reply = r#"{"version":{"id":"a","number":1,"sent":{"name":null,"organisation":"School","at":"2026-11-23T10:00:00.000Z"},
            "form_version":"f","pack_version":"p","kind":"first","reason":null,"started_from":null},
            "reference":"CAF-1","whole":false,"answers":{"identifying_details":{"family_name":"Moss"}},"superseded":[]}"#;
        let value: Value = serde_json::from_str(reply).unwrap_or_default();
        let read = Version::read(&value);
        assert!(read.as_ref().is_some_and(|version| !version.whole));
        assert_eq!(
            read.map(|version| version.answers.identifying_details.family_name),
            Some("Moss".to_owned())
        );
        assert_eq!(Version::read(&Value::Null), None);
    }
}
