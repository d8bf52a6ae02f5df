//! What the controls ask of a record of the team. They are the assessment's own controls; see `questions::Questionnaire`.

use assessment_engine::code_lists::Code;
use assessment_engine::validation::{Problem, ProblemCode};
use assessment_form::{Edit, Group, Node, is_blank};
use assessment_team::{Scope, Team, TeamRecord, hints};
use assessment_wording::{filled, uncapitalised};
use leptos::prelude::*;

use super::open::Open;
use super::people::reference_beside;
use crate::components::redrawn;
use crate::questions::{AnyQuestion, Asks, Offered, Questionnaire, Value};

/// The field of a row that tells it from the others.
const ID: &str = "id";

impl Open {
    /// What the questions of its page belong to.
    pub(super) fn questionnaire(self) -> Questionnaire {
        let problems = self.problems();
        Questionnaire::new(self, self.is_locked, Memo::new(move |_| problems.get()))
    }

    /// Whether a question is asked, here and now.
    fn is_asked(self, path: &str, question: &'static assessment_team::Question) -> bool {
        self.answers(|record| question.is_asked(&scope(record, path, self.uses_budget())))
    }
}

/// What the condition on the question at a path looks at.
fn scope<'a>(record: &'a TeamRecord, path: &str, uses_budget: bool) -> Scope<'a> {
    let rows = path.split('[').skip(1).filter_map(|rest| rest.split(']').next()?.parse().ok());
    rows.fold(Scope::of(record, uses_budget), |scope, row| {
        <Team as assessment_form::Form>::in_row(&scope, row)
    })
}

/// The group at a path; the record itself at the empty one.
pub(super) fn group<'a>(record: &'a TeamRecord, path: &str) -> Option<&'a dyn Group<Team>> {
    match path {
        "" => Some(record.group()),
        _ => match record.node(path)? {
            Node::Group(group) => Some(group),
            _ => None,
        },
    }
}

/// The wording key of the rows at a path: that of one row.
pub(super) fn row_key(record: &TeamRecord, path: &str) -> Option<&'static str> {
    let mut with_row = record.clone();
    with_row.apply(path, Edit::AddRow).ok()?;
    match with_row.node(path)? {
        Node::Rows(rows) => rows.row(0).map(|row| row.key()),
        _ => None,
    }
}

/// Whether nothing was typed at a place. What the program fills in itself was not typed.
pub(super) fn is_untyped(node: Node<'_, Team>) -> bool {
    match node {
        Node::Group(group) => {
            let mut typed = group.questions().iter().enumerate().filter(|(_, question)| question.name != ID);
            typed.all(|(index, _)| group.get(index).is_none_or(is_untyped))
        }
        node => node.is_blank(),
    }
}

impl Asks for Open {
    fn group(&self, path: &str) -> Option<(&'static str, Vec<AnyQuestion>)> {
        let (key, questions) =
            self.peek(|record| group(record, path).map(|group| (group.key(), group.questions())))?;
        let open = *self;
        let at = |question: &'static assessment_team::Question| {
            let place =
                if path.is_empty() { question.name.to_owned() } else { format!("{path}.{}", question.name) };
            let shown = question.asked.map(|_| Memo::new(move |_| open.is_asked(&place, question)));
            AnyQuestion {
                name: question.name,
                kind: question.kind,
                max: question.max,
                shown,
                holds: question.holds.map(|held| held.detail),
                of_assessment: None,
            }
        };
        Some((key, questions.iter().map(at).collect()))
    }

    fn value(&self, path: &str) -> Value {
        self.answers(|record| record.node(path).into())
    }

    fn is_blank(&self, path: &str) -> bool {
        self.answers(|record| record.node(path).is_none_or(is_untyped))
    }

    fn answer(&self, path: &str, edit: Edit) {
        let rows = || match self.asks_value(path) {
            Value::Rows(count) => count,
            _ => 0,
        };
        let focus = match edit {
            Edit::AddRow => Some(format!("{path}[{}]", rows())),
            Edit::RemoveRow(_) => Some(format!("{path}.add")),
            _ => None,
        };
        let mut edits = vec![(path.to_owned(), edit)];
        if matches!(edits.first(), Some((_, Edit::Text(_)))) {
            // Who was picked before is not who is typed now.
            let beside = self.peek(|record| reference_beside(record, path));
            edits.extend(beside.map(|at| (at, Edit::Text(String::new()))));
        }
        self.edit_all(edits);
        if let Some(id) = focus {
            self.work.form.focus(&id);
        }
    }

    fn text(&self, key: &str) -> Option<String> {
        self.work.maybe_text(key)
    }

    fn label(&self, key: &str, _question: AnyQuestion) -> String {
        self.work.text(key)
    }

    fn rows_key(&self, path: &str, name: &'static str) -> String {
        self.peek(|record| row_key(record, path)).unwrap_or(name).to_owned()
    }

    fn row_about(&self, path: &str) -> Option<String> {
        self.answers(|record| match record {
            TeamRecord::Review(_) if path.starts_with("outcomes[") => {
                Some(record.text(&format!("{path}.outcome")).to_owned())
            }
            TeamRecord::Review(_) if path.starts_with("actions[") => {
                let [action, who] = ["action", "who"].map(|name| record.text(&format!("{path}.{name}")));
                let parts = [action.to_owned(), self.name_said(who)];
                Some(parts.into_iter().filter(|part| !is_blank(part)).collect::<Vec<_>>().join(". "))
            }
            TeamRecord::Plan(_) if path.contains(".actions[") => {
                let who = record.text(&format!("{path}.who"));
                self.has_left(who).then(|| self.name_said(who))
            }
            _ => None,
        })
    }

    fn has_own_rows(&self, path: &str) -> bool {
        // They are the plan's.
        self.peek(|record| matches!(record, TeamRecord::Review(_))) && matches!(path, "outcomes" | "actions")
    }

    fn options(&self, list: &'static str) -> Vec<Code> {
        self.lists.with_value(|lists| lists.list(list).to_vec())
    }

    fn problem(&self, problem: &Problem) -> String {
        let found = self.peek(|record| {
            let found = record.find(&problem.path)?;
            Some((found.key(), found.question.name))
        });
        let Some((key, _)) = found else { return self.work.text("problem.elsewhere") };
        if matches!(problem.code, ProblemCode::Needed | ProblemCode::NeededRow)
            && let Some(text) = self.work.maybe_text(&format!("{key}.needed"))
        {
            return text;
        }
        let label = self.work.text(&key);
        let max = problem.max.map(|max| max.to_string()).unwrap_or_default();
        let template = self.work.text(&format!("problem.{}", problem.code.as_str()));
        let label = if template.starts_with("%{label}") { label } else { uncapitalised(&label) };
        filled(&template, &[("label", &label), ("max", &max)])
    }

    fn problems_at_the_end(&self) -> Vec<Problem> {
        self.problems_now()
    }

    fn offered(&self, path: &str, adds: bool) -> Vec<Offered> {
        Open::offered(*self, path, adds)
    }

    fn take(&self, path: &str, offered: &Offered, adds: bool) {
        Open::take(*self, path, offered.place, adds);
    }

    fn below(&self, path: &str) -> Option<AnyView> {
        self.peek(|record| record.as_plan().is_some()).then(|| hint(*self, path.to_owned()))
    }

    fn passed(&self, path: &str) -> Option<&'static str> {
        let today = self.work.form.moment.get().local.date();
        self.answers(|record| {
            let Some(Node::Date(date)) = record.node(path) else { return None };
            date.whole().filter(|day| *day < today)?;
            let (stem, _) = path.rsplit_once('.')?;
            let status = record.text(&format!("{stem}.status"));
            match status {
                "done" | "no_longer_needed" => None,
                _ => Some(if stem.ends_with(']') { "overdue" } else { "passed" }),
            }
        })
    }
}

/// What would make a plan easier to carry out, under the answer that it is about. It stops nothing.
fn hint(open: Open, path: String) -> AnyView {
    let said = Memo::new(move |_| {
        open.answers(|record| {
            let plan = record.as_plan()?;
            hints(plan).into_iter().find(|hint| hint.path == path).map(|hint| hint.code)
        })
    });
    redrawn(move || {
        let text = open.work.text(&format!("team.hint.{}", said.get()?.as_str()));
        Some(view! { <p class="govuk-inset-text">{text}</p> }.into_any())
    })
}

impl Open {
    fn asks_value(self, path: &str) -> Value {
        self.peek(|record| record.node(path).into())
    }
}
