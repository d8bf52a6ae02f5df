//! The only module that calls the engine: it reads the answers, checks them and evaluates them.
//!
//! What the browser found counts for nothing here. Only paths and codes leave this module, never a value.

use assessment_api::{
    assessment::{Headline, OpenContradiction, Shown, Suggestion},
    problem::ProblemItem,
};
use assessment_engine::agreement::{beyond_refusal, superseded};
use assessment_engine::answers::Answers;
use assessment_engine::areas::Areas;
use assessment_engine::assessment::Assessment;
use assessment_engine::code_lists::CodeLists;
use assessment_engine::contradictions::contradictions;
use assessment_engine::not_recorded::not_recorded;
use assessment_engine::profile::AuthorityProfile;
use assessment_engine::rule_packs;
use assessment_engine::standards::Standards;
use assessment_engine::{FIRST_FORM_VERSION, FORM_VERSION, SECOND_FORM_VERSION};
use assessment_form::Unread;
use assessment_people::{retention::Periods, take_up::Threshold};
use assessment_rules::{BankHolidays, Outcome, evaluate};
use assessment_team::{TeamSettings, clocks::ends_early};
use jiff::civil::Date;
use strict_json::{Limits, Reason};

use crate::{
    episodes::{ClockRules, threshold},
    retention,
    submission::WITHHELD,
    team::TeamRules,
};

/// The engine with a rule pack and an authority's profile.
pub struct Evaluator {
    standards: Standards,
    areas: Areas,
    team_lists: CodeLists,
    team: TeamSettings,
    pack_json: String,
    profile_json: String,
    periods: Periods,
    threshold: Threshold,
}

/// A complete, consistent assessment and what the engine found.
pub(crate) struct Evaluation {
    /// The headline.
    pub(crate) headline: Headline,
    /// The parts that a practitioner acts on.
    pub(crate) evaluated: Shown,
    /// The whole outcome with its reasons, canonical JSON.
    pub(crate) outcome: String,
    /// Paths of answers that are expected and blank.
    pub(crate) not_recorded: Vec<String>,
    /// Answers that cannot both be right, without a reason.
    pub(crate) contradictions: Vec<OpenContradiction>,
    /// The child's name as it is said; `None` if none was given.
    pub(crate) child_name: Option<String>,
    /// The answers that were evaluated.
    pub(crate) answers: Answers,
}

impl Evaluator {
    /// Loads a rule pack and a profile; `None` takes the built-in one.
    ///
    /// # Errors
    /// One line for each mistake, saying where it is.
    pub fn new(pack: Option<&str>, profile: Option<&str>) -> Result<Self, Vec<String>> {
        let (pack, profile) =
            (pack.unwrap_or(rule_packs::built_in()), profile.unwrap_or(AuthorityProfile::built_in()));
        for (what, json) in [("rule pack", pack), ("profile", profile)] {
            strict_json::check(json.as_bytes(), &Limits { bytes: usize::MAX, ..Limits::default() })
                .map_err(|refused| vec![not_json(what, &refused)])?;
        }
        let standards = Standards::load(pack, profile)?;
        let periods = retention::periods(profile).map_err(|wrong| vec![wrong])?;
        let threshold = threshold(profile).map_err(|wrong| vec![wrong])?;
        let areas = Areas::read(profile)?;
        let team_lists = assessment_team::lists(&standards).map_err(|wrong| vec![wrong])?;
        let team = TeamSettings::read(profile)?;
        let (pack_json, profile_json) = (pack.to_owned(), profile.to_owned());
        Ok(Self { standards, areas, team_lists, team, pack_json, profile_json, periods, threshold })
    }

    /// How long records are kept, by the profile.
    #[must_use]
    pub fn periods(&self) -> Periods {
        self.periods
    }

    /// Smaller numbers than this are hidden in take-up, by the profile.
    pub(crate) fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// The rule pack, exactly as it was given.
    #[must_use]
    pub fn pack_json(&self) -> &str {
        &self.pack_json
    }

    /// The profile, exactly as it was given.
    #[must_use]
    pub fn profile_json(&self) -> &str {
        &self.profile_json
    }

    /// Whether a list of codes has that one.
    pub(crate) fn offers(&self, list: &str, code: &str) -> bool {
        self.standards.lists.find(list, code).is_some()
    }

    /// The bank holidays that deadlines skip.
    pub(crate) fn bank_holidays(&self) -> &BankHolidays {
        &self.standards.bank_holidays
    }

    /// The last day for which bank holidays are known, where a clock that begins on that day would reach past it.
    #[must_use]
    pub fn bank_holidays_end_soon(&self, today: Date) -> Option<Date> {
        ends_early(&self.team.timescales, &self.standards.bank_holidays, today)
    }

    /// The areas that the profile names.
    pub(crate) fn areas(&self) -> &Areas {
        &self.areas
    }

    /// What versions are evaluated with.
    pub(crate) fn standards(&self) -> &Standards {
        &self.standards
    }

    /// The options of a team's records, and whether the authority gives lead professionals money to spend.
    pub(crate) fn team_rules(&self) -> TeamRules<'_> {
        TeamRules { lists: &self.team_lists, uses_budget: self.team.uses_budget }
    }

    /// By what clocks run.
    pub(crate) fn clock_rules(&self) -> ClockRules<'_> {
        ClockRules { timescales: &self.team.timescales, bank_holidays: &self.standards.bank_holidays }
    }

    /// The version of the rule pack.
    #[must_use]
    pub fn pack_version(&self) -> String {
        self.standards.pack.version()
    }

    /// The version of the form that this server serves.
    #[must_use]
    pub fn form_version() -> &'static str {
        FORM_VERSION
    }

    /// Whether this server accepts that version: its own, and those before, whose bodies may have waited on a device.
    #[must_use]
    pub fn accepts(form_version: &str) -> bool {
        [FIRST_FORM_VERSION, SECOND_FORM_VERSION, FORM_VERSION].contains(&form_version)
    }

    /// The answers that belong to an agreement that no longer holds, of answers that were accepted once.
    pub(crate) fn superseded(answers: &str) -> Vec<String> {
        Answers::read(answers).map(|reading| superseded(&reading.answers)).unwrap_or_default()
    }

    /// Of answers that were accepted once: those that are expected on that day and blank, and those that cannot both be
    /// right.
    pub(crate) fn left_open(&self, answers: &str, day: Date) -> (Vec<String>, Vec<OpenContradiction>) {
        let open = |answers: &Answers| {
            let outcome = evaluate(answers, day, &self.standards.pack);
            let blank = not_recorded(answers, day, &self.standards, &outcome).paths();
            (blank, open_contradictions(answers, day, &outcome))
        };
        Answers::read(answers).map(|reading| open(&reading.answers)).unwrap_or_default()
    }

    /// Reads and evaluates answers that may be incomplete. Gives the outcome as canonical JSON.
    ///
    /// # Errors
    /// Whatever no question takes.
    pub(crate) fn evaluate(&self, answers: &str, today: Date) -> Result<String, Vec<ProblemItem>> {
        Ok(evaluate(&read(answers)?, today, &self.standards.pack).to_canonical_json())
    }

    /// Reads and evaluates answers that must be a complete assessment on that day.
    ///
    /// # Errors
    /// Whatever no question takes; if there is none, every problem of the form, in form order. What does not belong to
    /// the record of a refusal is refused there: the family did not agree that it is sent.
    pub(crate) fn assess(
        &self,
        form_version: &str,
        answers: &str,
        today: Date,
    ) -> Result<Evaluation, Vec<ProblemItem>> {
        let answers = read(answers)?;
        let beyond = beyond_refusal(&answers);
        if !beyond.is_empty() {
            return Err(beyond.iter().map(|path| problem(path, NOT_IN_REFUSAL)).collect());
        }
        if form_version == FIRST_FORM_VERSION {
            let later = asked_later(&answers);
            if !later.is_empty() {
                return Err(later.iter().map(|path| problem(path, "unknown-question")).collect());
            }
        }
        let parsed = match form_version {
            FORM_VERSION => Assessment::parse(answers, today, &self.standards),
            earlier => Assessment::parse_earlier_version(answers, earlier, today, &self.standards),
        };
        let assessment = parsed.map_err(|problems| {
            problems.iter().map(|found| problem(&found.path, found.code.as_str())).collect::<Vec<_>>()
        })?;
        let outcome = evaluate(assessment.answers(), today, &self.standards.pack);
        let headline = Headline {
            kind: outcome.headline.kind.code().to_owned(),
            code: outcome.headline.code.to_owned(),
        };
        let code = |suggestion: assessment_rules::Suggestion| suggestion.code().to_owned();
        Ok(Evaluation {
            evaluated: Shown {
                pack_version: outcome.pack_version.clone(),
                suggestion: Suggestion {
                    certain: code(outcome.suggestion.certain),
                    possible: code(outcome.suggestion.possible),
                    not_ruled_out: code(outcome.suggestion.not_ruled_out),
                },
                urgent: outcome.urgent.clone(),
                urgent_to_check: Some(outcome.urgent_to_check.clone()),
                headline: Some(headline.clone()),
            },
            headline,
            not_recorded: not_recorded(assessment.answers(), today, &self.standards, &outcome).paths(),
            contradictions: open_contradictions(assessment.answers(), today, &outcome),
            outcome: outcome.to_canonical_json(),
            child_name: Some(assessment.child_name()).filter(|name| !name.is_empty()),
            answers: assessment.answers().clone(),
        })
    }
}

/// What the form would still ask about.
fn open_contradictions(answers: &Answers, day: Date, outcome: &Outcome) -> Vec<OpenContradiction> {
    let all = contradictions(answers, day, outcome).into_iter();
    let open = all.filter(|one| !one.is_explained);
    open.map(|one| OpenContradiction { matter: one.matter.code().to_owned(), places: one.places.to_vec() })
        .collect()
}

/// Reads answers and refuses whatever no question takes.
fn read(answers: &str) -> Result<Answers, Vec<ProblemItem>> {
    let reading = Answers::read(answers).map_err(|_| vec![problem("answers", "wrong-kind")])?;
    if reading.unread.is_empty() {
        return Ok(reading.answers);
    }
    Err(unread(&reading.unread))
}

/// What no question takes, as problems.
pub(crate) fn unread(found: &[Unread]) -> Vec<ProblemItem> {
    let problems = found.iter().map(|unread| problem(&unread.path, unread.code.as_str()));
    problems.take(MAX_PROBLEMS).collect()
}

/// The questions of a later version that a body of the first one answers: it did not have them, and what it need not
/// answer must not be a way round what the later one asks.
fn asked_later(answers: &Answers) -> Vec<&'static str> {
    let later = ["consent.sought", "consent.people", "sharing"];
    let is_answered = |path: &&str| answers.node(path).is_some_and(|node| !node.is_blank());
    later.into_iter().filter(is_answered).collect()
}

/// An answer that is sent although only the refusal is to be recorded.
const NOT_IN_REFUSAL: &str = "not-in-refusal-record";

/// How many problems one refusal names. A hostile body could cause very many.
const MAX_PROBLEMS: usize = 500;

/// A document that cannot be read, in one line with its place.
fn not_json(what: &str, refused: &strict_json::Refused) -> String {
    let line =
        format!("{what}, line {}, column {}: it is not valid JSON: {refused}", refused.line, refused.column);
    match &refused.reason {
        Reason::RepeatedName { path } => format!("{line} (`{path}`)"),
        _ => line,
    }
}

fn problem(path: &str, code: &str) -> ProblemItem {
    ProblemItem::new(printable(path), code)
}

/// A path without any name that cannot be ours: a submission may use anything as a name, even a person's.
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
