//! What an edit changes besides the answer itself: problems follow their rows, and an element that has something in it was
//! talked about.

use assessment_engine::answers::Answers;
use assessment_engine::validation::Problem;
use assessment_form::Edit;

/// Problems follow their rows: those of the row that was removed go, and those of later rows move up.
pub(super) fn follow_rows(problems: &mut Vec<Problem>, path: &str, removed: usize) {
    problems.retain_mut(|problem| {
        let row = problem.path.strip_prefix(path).and_then(|rest| rest.strip_prefix('[')?.split_once(']'));
        let Some((row, rest)) = row.and_then(|(row, rest)| Some((row.parse::<usize>().ok()?, rest))) else {
            // Of the rows as a whole: their number has changed.
            return problem.path != path;
        };
        if row > removed {
            problem.path = format!("{path}[{}]{rest}", row - 1);
        }
        row != removed
    });
}

/// An element that was marked as not talked about, and now has something in it, was talked about.
pub(super) fn take_back_not_discussed(answers: &mut Answers, path: &str) {
    let id = path.strip_prefix("elements.").and_then(|rest| rest.split('.').next());
    let Some(id) = id.filter(|_| !path.ends_with(".status")) else { return };
    let is_marked = answers.elements.get(id).is_some_and(|element| {
        element.status == "not_discussed" && assessment_engine::not_recorded::is_discussed(element)
    });
    if is_marked {
        // The path is an element's own status, so it exists.
        let _ = answers.apply(&format!("elements.{id}.status"), Edit::Text(String::new()));
    }
}

#[cfg(test)]
mod tests {
    use assessment_engine::validation::ProblemCode;

    use super::*;

    #[test]
    fn p4_errors_follow_their_rows() {
        let paths = ["a", "a[0].name", "a[1].name", "a[2].name", "a[10].b[1].name", "ab[2].name", "c"];
        let mut problems: Vec<Problem> =
            paths.map(|path| Problem::new(path, ProblemCode::Needed)).into_iter().collect();
        follow_rows(&mut problems, "a", 1);
        let left: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(left, ["a[0].name", "a[1].name", "a[9].b[1].name", "ab[2].name", "c"]);
    }
}
