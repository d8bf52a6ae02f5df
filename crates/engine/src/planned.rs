//! Planned dates that have passed. Not a problem: it stops nothing, and is shown wherever the date is.

use jiff::civil::Date;

use crate::answers::{Answers, Node};

/// That a planned date has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// The action that was to be done by then is not said to be done.
    Overdue,
    /// The day has passed, and nobody can say from the record whether what was planned took place.
    Passed,
}

impl Passed {
    /// The code, as wording keys name it: `overdue` or `passed`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Passed::Overdue => "overdue",
            Passed::Passed => "passed",
        }
    }
}

/// Whether the planned date at this path has passed. `None` for a date that is still to come or cannot be read, and for an
/// action that is done or no longer needed.
#[must_use]
pub fn passed(answers: &Answers, path: &str, today: Date) -> Option<Passed> {
    let Some(Node::Date(date)) = answers.node(path) else { return None };
    date.whole().filter(|day| *day < today)?;
    let (stem, _) = path.rsplit_once('.')?;
    match answers.text(&format!("{stem}.status")) {
        "done" | "no_longer_needed" => None,
        _ if stem.ends_with(']') => Some(Passed::Overdue),
        _ => Some(Passed::Passed),
    }
}

/// The paths of the dates of the actions that are overdue, in form order.
#[must_use]
pub fn overdue(answers: &Answers, today: Date) -> Vec<String> {
    let rows = 0..answers.agreed_actions.actions.len();
    let dates = rows.map(|row| format!("agreed_actions.actions[{row}].by_when"));
    dates.filter(|path| passed(answers, path, today) == Some(Passed::Overdue)).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test says what must exist")]
mod tests {
    use assessment_form::{Edit, WrittenDate, parse_day};

    use super::*;

    #[test]
    fn f2_an_action_is_overdue_from_the_day_after_until_it_is_done() {
        let path = "agreed_actions.actions[0].by_when";
        let mut answers = Answers::default();
        answers.apply("agreed_actions.actions", Edit::AddRow).unwrap();
        let date = |day: &str| Edit::Date(WrittenDate::from_iso(day).unwrap());
        answers.apply("agreed_actions.review_date", date("2026-11-22")).unwrap();
        let today = parse_day("2026-11-23").unwrap();
        assert_eq!(passed(&answers, path, today), None, "nothing was planned");
        assert_eq!(passed(&answers, "agreed_actions.review_date", today), Some(Passed::Passed));
        for (day, status, expected) in [
            ("2026-11-22", "", Some(Passed::Overdue)),
            ("2026-11-22", "in_progress", Some(Passed::Overdue)),
            ("2025-01-01", "blocked", Some(Passed::Overdue)),
            ("2026-11-22", "done", None),
            ("2026-11-22", "no_longer_needed", None),
            ("2026-11-23", "", None),
            ("2026-11-24", "not_started", None),
            ("2026-11", "", None),
        ] {
            answers.apply(path, date(day)).unwrap();
            answers.apply("agreed_actions.actions[0].status", Edit::Text(status.to_owned())).unwrap();
            assert_eq!(passed(&answers, path, today), expected, "{day} {status}");
            let paths: &[&str] = if expected.is_some() { &[path] } else { &[] };
            assert_eq!(overdue(&answers, today), paths, "{day} {status}");
        }
    }
}
