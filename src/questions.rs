//! Questions on a page: one control for each kind, chosen by the catalogue row. No question is named here.

mod choice;
mod date;
mod indicators;
mod rows;
pub(crate) mod shown;
mod text;

use assessment_engine::answers::Caf;
use assessment_engine::answers::Question;
use assessment_engine::answers::{Answers, Node};
use assessment_form::Group;
use assessment_form::Kind;
use leptos::prelude::GetUntracked;

use crate::dom::{El, View, el, flag, hidden, live, memo, nothing, p};
use crate::form::Form;

/// What a control needs to know of its question.
#[derive(Clone)]
pub(crate) struct Asked {
    /// The path, which is also the control's id.
    pub(crate) path: String,
    /// The stem of the wording keys.
    pub(crate) key: String,
    /// The catalogue row.
    pub(crate) question: &'static Question,
    /// The label.
    pub(crate) label: &'static str,
    /// The hint, where there is one.
    pub(crate) hint: Option<&'static str>,
    /// The problem that is shown at the question, in words.
    pub(crate) error: Option<String>,
    /// Value of an attribute that is there while nothing can be changed.
    pub(crate) unchangeable: Option<&'static str>,
}

impl Asked {
    fn new(form: Form, path: String, group_key: &str, question: &'static Question) -> Asked {
        let key = format!("{group_key}.{}", question.name);
        let label = form.words().label(&key, question.kind, question.name, form.standards());
        let hint = form.maybe_text(&format!("{key}.hint"));
        let error = error_at(form, &path);
        Asked { path, key, question, label, hint, error, unchangeable: form.unchangeable() }
    }

    /// The ids of hint and error, for `aria-describedby`.
    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.path));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.path));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The hint's element.
    pub(crate) fn hint_view(&self) -> Option<El> {
        let hint = self.hint?;
        Some(p("div", "govuk-hint", hint).attr("id", &format!("{}-hint", self.path)))
    }

    /// The error's element.
    pub(crate) fn error_view(&self, form: Form) -> Option<El> {
        error_message(form, self.error.as_deref()?, &self.path).into()
    }

    /// A form group around a control that has a label of its own.
    pub(crate) fn labelled(&self, form: Form, label_class: &str, control: impl Into<View>) -> El {
        el("div")
            .class(self.group_class())
            .add(p("label", label_class, self.label).attr("for", &self.path))
            .add(self.hint_view())
            .add(self.error_view(form))
            .add(control)
    }

    /// A form group around several controls, under a legend.
    pub(crate) fn under_legend(&self, form: Form, controls: impl Into<View>) -> El {
        let fieldset = el("fieldset")
            .class("govuk-fieldset")
            .maybe("aria-describedby", self.described_by().as_deref())
            .add(p("legend", "govuk-fieldset__legend govuk-fieldset__legend--s", self.label))
            .add(self.hint_view())
            .add(self.error_view(form))
            .add(controls);
        el("div").class(self.group_class()).add(fieldset)
    }

    /// The class of the form group.
    pub(crate) fn group_class(&self) -> &'static str {
        if self.error.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" }
    }
}

/// The problem shown at a path, in words.
fn error_at(form: Form, path: &str) -> Option<String> {
    let problem = form.peek(|state| state.problems.iter().find(|problem| problem.path == path).cloned())?;
    Some(form.problem(&problem))
}

/// An error at a question.
pub(crate) fn error_message(form: Form, text: &str, path: &str) -> El {
    el("p")
        .class("govuk-error-message")
        .attr("id", &format!("{path}-error"))
        .add(hidden(form.text("error.prefix")))
        .text(text)
}

/// One question at the top of a record: the first question, or a section that is a repeating group.
pub(crate) fn top_level(form: Form, name: &str) -> View {
    let record: &dyn Group<Caf> = Answers::blank();
    let found = record.position(name).and_then(|index| record.questions().get(index));
    found.map(|row| question(form, "", record.key(), row)).into()
}

/// All questions of the group at `stem`. `before` may put something in front of a question.
pub(crate) fn fields(form: Form, stem: &str, before: &dyn Fn(&str) -> View) -> View {
    let found = form.peek_answers(|answers| match answers.node(stem) {
        Some(Node::Group(group)) => Some((group.key(), group.questions())),
        _ => None,
    });
    let Some((key, questions)) = found else { return nothing() };
    // A sub-heading stands before the first question of its run that is asked.
    let mut waiting = None;
    let mut view = nothing();
    for row in questions {
        let path = join(stem, row.name);
        if let Some(text) = form.maybe_text(&format!("heading.{key}.{}", row.name)) {
            waiting = Some(text);
        }
        if form.is_asked_now(&path, row)
            && let Some(text) = waiting.take()
        {
            view = view.and(p("h2", "govuk-heading-m", text));
        }
        view = view.and(before(&path)).and(question(form, stem, key, row));
    }
    view
}

fn join(stem: &str, name: &str) -> String {
    if stem.is_empty() { name.to_owned() } else { format!("{stem}.{name}") }
}

/// One question below `stem`, shown while it is asked.
pub(crate) fn question(form: Form, stem: &str, group_key: &'static str, row: &'static Question) -> View {
    let path = join(stem, row.name);
    if row.asked.is_none() {
        return control(form, path, group_key, row);
    }
    let watched = path.clone();
    let asked = memo(move || flag(form.is_asked(&watched, row)));
    live(asked, move || {
        if asked.get_untracked().is_empty() { nothing() } else { control(form, path.clone(), group_key, row) }
    })
}

fn control(form: Form, path: String, group_key: &str, row: &'static Question) -> View {
    let asked = Asked::new(form, path, group_key, row);
    match row.kind {
        Kind::Group => group(form, &asked).into(),
        Kind::Rows(most) => rows::rows(form, &asked, most).into(),
        Kind::Indicators => indicators::indicators(form, &asked),
        Kind::Choice(list) => choice::one(form, &asked, list).into(),
        Kind::Choices(list) => choice::several(form, &asked, list).into(),
        Kind::PastDate | Kind::BirthDate | Kind::ComingDate | Kind::AnyDate => {
            date::date(form, &asked).into()
        }
        Kind::Multiline | Kind::Lines | Kind::Phones => text::lines(form, &asked).into(),
        Kind::Text
        | Kind::Time
        | Kind::Score
        | Kind::NhsNumber
        | Kind::Upn
        | Kind::Uln
        | Kind::Uci
        | Kind::Postcode
        | Kind::Phone
        | Kind::Email
        | Kind::Reference => text::line(form, &asked).into(),
    }
}

/// A struct of further questions, under one legend.
fn group(form: Form, asked: &Asked) -> El {
    el("fieldset")
        .class("govuk-fieldset ca-nested")
        .maybe("aria-describedby", asked.described_by().as_deref())
        .add(p("legend", "govuk-fieldset__legend govuk-fieldset__legend--m", asked.label))
        .add(asked.hint_view())
        .add(fields(form, &asked.path, &|_| nothing()))
}
