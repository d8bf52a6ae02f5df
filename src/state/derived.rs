//! What follows from the answers. Computed when asked for, never stored.

use assessment_engine::answers::Answers;
use assessment_engine::validation::Problem;

/// How far a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionStatus {
    /// Nothing was typed, and something is needed.
    NotStarted,
    /// Something was typed, something is missing.
    Started,
    /// So many of the answers have to be put right.
    Problems(usize),
    /// Nothing is missing.
    Completed,
    /// Nothing is missing that stops sending, and something is not recorded.
    Enough,
    /// Nothing was typed and nothing is needed.
    Optional,
}

/// The problems of one section or element, by the stem of its paths.
#[must_use]
pub(super) fn section_problems(problems: &[Problem], stem: &str) -> Vec<Problem> {
    problems.iter().filter(|problem| is_within(&problem.path, stem)).cloned().collect()
}

fn is_within(path: &str, stem: &str) -> bool {
    path.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// How far a section or element is. `problems` are those of submission.
#[must_use]
pub fn section_status(answers: &Answers, problems: &[Problem], stem: &str) -> SectionStatus {
    let blank = answers.node(stem).is_none_or(|node| node.is_blank());
    let within = || problems.iter().filter(|problem| is_within(&problem.path, stem));
    let missing = |problem: &&Problem| problem.code.is_missing();
    let wrong = within().filter(|problem| !missing(problem)).count();
    match (blank, within().next().is_some()) {
        (true, true) => SectionStatus::NotStarted,
        (true, false) => SectionStatus::Optional,
        (false, _) if wrong > 0 => SectionStatus::Problems(wrong),
        (false, true) => SectionStatus::Started,
        (false, false) => SectionStatus::Completed,
    }
}
