//! Problems in words, and where they are: the element or the row that a path leads into.

use assessment_engine::validation::{Problem, Stage, check_with};
use leptos::prelude::*;

use super::Form;

impl Form {
    /// What sending the record now would find, tracked.
    pub(crate) fn problems_of_submission(self) -> Vec<Problem> {
        let Some(outcome) = self.outcome.get() else { return Vec::new() };
        self.answers(|answers| check_with(answers, Stage::Submit, self.today(), &self.standards(), &outcome))
    }

    /// The element or the row that a path leads into: `General health`, `Parent or carer 2`. `None` where the words of
    /// the question alone say it.
    pub(crate) fn part_of(self, path: &str) -> Option<String> {
        if let Some(rest) = path.strip_prefix("elements.") {
            let id = rest.split('.').next().unwrap_or_default();
            return self.standards().framework.element(id).map(|element| element.label.clone());
        }
        let (group, rest) = path.split_once('[')?;
        let row: usize = rest.split(']').next()?.parse().ok()?;
        let name = self.text(&format!("{}.row", group.rsplit('.').next().unwrap_or(group)));
        Some(format!("{name} {}", row + 1))
    }

    /// What is wrong, in words.
    pub(crate) fn problem(self, problem: &Problem) -> String {
        self.peek_answers(|answers| self.words().problem(problem, answers, &self.standards()))
    }

    /// Goes to the question of a problem; of a date, to the box at fault. The day has the question's own id.
    pub(crate) fn put_right(self, problem: &Problem) {
        match problem.code.date_part() {
            Some(part) if part != "day" => self.change_at(&problem.path, &format!("{}.{part}", problem.path)),
            _ => self.change(&problem.path),
        }
    }

    /// The same for the error summary, with the element or the row.
    pub(crate) fn problem_with_part(self, problem: &Problem) -> String {
        let text = self.problem(problem);
        match self.part_of(&problem.path) {
            Some(part) => format!("{part}: {text}"),
            None => text,
        }
    }
}
