//! Where something stands, in words: the box or the row that a path leads into, and what is wrong there.

use assessment_engine::validation::Problem;

use super::Form;

impl Form {
    /// The box or the row that a path leads into: `General health`, `Parent or carer 2`. `None` where the words of the question
    /// alone tell.
    pub(crate) fn place_of(self, path: &str) -> Option<String> {
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
        self.peek_answers(|answers| self.words().problem(problem, answers, self.standards()))
    }

    /// The same for the error summary, with the box or the row.
    pub(crate) fn problem_with_place(self, problem: &Problem) -> String {
        let text = self.problem(problem);
        match self.place_of(&problem.path) {
            Some(place) => format!("{place}: {text}"),
            None => text,
        }
    }
}
