//! Typed text: one line or several. Nothing is cut off at a limit: what is too long is kept and flagged.

use assessment_engine::answers::Node;
use assessment_form::Edit;
use assessment_form::Kind;
use leptos::prelude::GetUntracked;

use super::Asked;
use crate::dom::{El, View, el, live, memo, nothing, p, typed};
use crate::form::Form;

/// One line.
pub(super) fn line(form: Form, asked: &Asked) -> El {
    let (mode, width) = match asked.question.kind {
        Kind::Email => ("email", ""),
        Kind::Phone => ("tel", " govuk-input--width-20"),
        Kind::NhsNumber | Kind::Uln => ("numeric", " govuk-input--width-10"),
        Kind::Score => ("numeric", " govuk-input--width-2"),
        Kind::Time => ("text", " govuk-input--width-5"),
        Kind::Postcode => ("text", " govuk-input--width-10"),
        Kind::Upn | Kind::Uci | Kind::Reference => ("text", " govuk-input--width-20"),
        _ => ("text", ""),
    };
    let wrong = if asked.error.is_some() { " govuk-input--error" } else { "" };
    let value = form.peek_answers(|answers| answers.text(&asked.path).to_owned());
    let path = asked.path.clone();
    let input = el("input")
        .class(&format!("govuk-input{width}{wrong}"))
        .attr("type", "text")
        .attr("inputmode", mode)
        .attr("autocomplete", autocomplete(&asked.path))
        .attr("spellcheck", "false")
        .on("input", move |event| form.answer(&path, Edit::Text(typed(&event))));
    let input = named(input, asked).value(&value);
    asked.labelled(form, "govuk-label govuk-label--s", View::from(input).and(counter(form, asked)))
}

/// Several lines, or one answer on each line.
pub(super) fn lines(form: Form, asked: &Asked) -> El {
    let is_list = asked.question.kind != Kind::Multiline;
    let value = form.peek_answers(|answers| match answers.node(&asked.path) {
        Some(Node::List(items)) => items.join("\n"),
        Some(Node::Text(text)) => text.clone(),
        _ => String::new(),
    });
    let wrong = if asked.error.is_some() { " govuk-textarea--error" } else { "" };
    let rows = match (is_list, asked.question.max) {
        (true, _) => "2",
        (false, 0..=500) => "3",
        (false, 501..=2000) => "5",
        (false, _) => "8",
    };
    let path = asked.path.clone();
    let area = el("textarea")
        .class(&format!("govuk-textarea{wrong}"))
        .attr("rows", rows)
        .attr("autocomplete", "off")
        .on("input", move |event| {
            let text = typed(&event);
            let edit = match (is_list, text.is_empty()) {
                (false, _) => Edit::Text(text),
                (true, true) => Edit::List(Vec::new()),
                (true, false) => Edit::List(text.split('\n').map(str::to_owned).collect()),
            };
            form.answer(&path, edit);
        });
    let area = View::from(named(area, asked).value(&value)).and(counter(form, asked));
    // The two halves of a box are as large as each other.
    if matches!(asked.question.name, "strengths" | "needs") && asked.path.starts_with("elements.") {
        let class = format!("{} ca-box__half", asked.group_class());
        asked.labelled(form, "govuk-label govuk-label--m", area).attr("class", &class)
    } else {
        asked.labelled(form, "govuk-label govuk-label--s", area)
    }
}

/// Id, name and description of a control.
fn named(control: El, asked: &Asked) -> El {
    control
        .attr("id", &asked.path)
        .attr("name", &asked.path)
        .maybe("readonly", asked.unchangeable)
        .maybe("aria-describedby", asked.described_by().as_deref())
}

/// How many characters are left, once three quarters are used.
fn counter(form: Form, asked: &Asked) -> View {
    let max = usize::from(asked.question.max);
    if matches!(asked.question.kind, Kind::Lines | Kind::Phones) || max < 100 {
        return nothing();
    }
    let path = asked.path.clone();
    let message = memo(move || {
        let used = form.text_at(&path).chars().count();
        let (class, key, count) = if used > max {
            ("govuk-error-message", "count.over", used - max)
        } else if used * 4 >= max * 3 {
            ("govuk-hint", "count.left", max - used)
        } else {
            return String::new();
        };
        format!("{class} {}", form.filled(key, &[("count", &count.to_string())]))
    });
    live(message, move || match message.get_untracked().split_once(' ') {
        Some((class, text)) => p("p", &format!("govuk-character-count__message {class}"), text).into(),
        None => nothing(),
    })
}

/// Browsers fill in what the practitioner says of themselves, and nothing about the family.
fn autocomplete(path: &str) -> &'static str {
    match path {
        "assessor.name" => "name",
        "assessor.organisation" => "organization",
        "assessor.phone" => "tel",
        "assessor.email" => "email",
        _ => "off",
    }
}
