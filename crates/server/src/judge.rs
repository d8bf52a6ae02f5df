//! The one place where the engine is called: read the answers, check them, evaluate them.
//!
//! The browser's word counts for nothing here. Only paths and codes leave this module, never a value.

use assessment_api::{
    assessment::{Shown, Suggestion},
    problem::ProblemItem,
};
use assessment_engine::FORM_VERSION;
use assessment_engine::answers::Answers;
use assessment_engine::assessment::Assessment;
use assessment_engine::profile::AuthorityProfile;
use assessment_engine::rule_packs;
use assessment_engine::standards::Standards;
use assessment_rules::evaluate;
use jiff::civil;
use jiff::civil::Date;

use crate::{strict_json, submission::WITHHELD};

/// The engine with its rules and the authority's profile.
pub struct Judge {
    standards: Standards,
    pack_json: String,
    profile_json: String,
}

/// What the engine found.
pub(crate) struct Judged {
    /// The parts that a practitioner acts on.
    pub(crate) evaluated: Shown,
    /// The whole outcome with its reasons, canonical JSON.
    pub(crate) outcome: String,
    /// The child's name as one would say it; `None` where none was given.
    pub(crate) child_name: Option<String>,
}

impl Judge {
    /// Loads threshold rules and a profile; `None` stands for what comes with the program.
    ///
    /// # Errors
    /// One line for each thing that is wrong, naming the place.
    pub fn new(pack: Option<&str>, profile: Option<&str>) -> Result<Self, Vec<String>> {
        let (pack, profile) =
            (pack.unwrap_or(rule_packs::built_in()), profile.unwrap_or(AuthorityProfile::built_in()));
        for (what, json) in [("rule pack", pack), ("profile", profile)] {
            strict_json::check(json.as_bytes()).map_err(|_| {
                vec![format!("{what}: it is not valid JSON, or an object names a member twice")]
            })?;
        }
        let standards = Standards::load(pack, profile)?;
        Ok(Self { standards, pack_json: pack.to_owned(), profile_json: profile.to_owned() })
    }

    /// The rules, as they were given.
    #[must_use]
    pub fn pack_json(&self) -> &str {
        &self.pack_json
    }

    /// The profile, as it was given.
    #[must_use]
    pub fn profile_json(&self) -> &str {
        &self.profile_json
    }

    /// The rules' version.
    #[must_use]
    pub fn pack_version(&self) -> String {
        self.standards.pack.version()
    }

    /// The version of the form that this server accepts.
    #[must_use]
    pub fn form_version() -> &'static str {
        FORM_VERSION
    }

    /// Reads and evaluates answers that may be incomplete; the outcome in canonical form.
    ///
    /// # Errors
    /// What no question takes.
    pub(crate) fn evaluate(&self, answers: &str, today: Date) -> Result<String, Vec<ProblemItem>> {
        Ok(evaluate(&read(answers)?, today, &self.standards.pack).to_canonical_json())
    }

    /// Reads, checks and evaluates answers on that day.
    ///
    /// # Errors
    /// Everything that is wrong: what no question takes, or else what the form's checks find, in form order.
    pub(crate) fn judge(&self, answers: &str, today: civil::Date) -> Result<Judged, Vec<ProblemItem>> {
        let today = engine_date(today).ok_or_else(|| vec![problem("answers", "no-date")])?;
        let assessment = Assessment::parse(read(answers)?, today, &self.standards).map_err(|problems| {
            problems.iter().map(|found| problem(&found.path, found.code.as_str())).collect::<Vec<_>>()
        })?;
        let outcome = evaluate(assessment.answers(), today, &self.standards.pack);
        let code = |suggestion: assessment_rules::Suggestion| suggestion.code().to_owned();
        Ok(Judged {
            evaluated: Shown {
                pack_version: outcome.pack_version.clone(),
                suggestion: Suggestion {
                    certain: code(outcome.suggestion.certain),
                    possible: code(outcome.suggestion.possible),
                    not_ruled_out: code(outcome.suggestion.not_ruled_out),
                },
                urgent: outcome.urgent.clone(),
            },
            outcome: outcome.to_canonical_json(),
            child_name: Some(assessment.child_name()).filter(|name| !name.is_empty()),
        })
    }
}

/// Reads answers; what no question takes is refused.
fn read(answers: &str) -> Result<Answers, Vec<ProblemItem>> {
    let reading = Answers::read(answers).map_err(|_| vec![problem("answers", "wrong-kind")])?;
    if reading.unread.is_empty() {
        return Ok(reading.answers);
    }
    let unread = reading.unread.iter().map(|unread| problem(&unread.path, unread.code.as_str()));
    Err(unread.take(MOST).collect())
}

/// How many problems one refusal names. Nobody mends more at once, and a hostile body could make very many.
const MOST: usize = 500;

fn problem(path: &str, code: &str) -> ProblemItem {
    ProblemItem { path: printable(path), code: code.to_owned() }
}

/// A path with every name that cannot be ours left out: a submission may use anything as a name, a person's too.
fn printable(path: &str) -> String {
    let segments = path.split('.').map(|segment| if is_ours(segment) { segment } else { WITHHELD });
    segments.collect::<Vec<_>>().join(".")
}

/// Question names are `snake_case`, perhaps with a row's index; indicators are like `SL-201`.
fn is_ours(segment: &str) -> bool {
    let question = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_[]".contains(&byte);
    let indicator = || {
        segment.split_once('-').is_some_and(|(element, number)| {
            element.len() == 2
                && element.bytes().all(|byte| byte.is_ascii_uppercase())
                && number.len() == 3
                && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    segment.len() <= 60 && (segment.bytes().all(question) || indicator())
}

pub(crate) fn engine_date(date: civil::Date) -> Option<Date> {
    Some(date)
}
