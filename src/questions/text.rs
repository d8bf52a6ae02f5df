//! Typed text: one line or several. Nothing is cut off at a limit: what is too long is kept and flagged.

use assessment_engine::answers::{Edit, Node};
use assessment_engine::catalogue::Kind;
use leptos::prelude::*;

use super::Asked;
use crate::form::Form;

/// One line.
pub(super) fn line(form: Form, asked: Asked) -> AnyView {
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
    let typed = move |event| form.answer(&path, Edit::Text(event_target_value(&event)));
    view! {
        <div class=asked.group_class()>
            <label class="govuk-label govuk-label--s" for=asked.path.clone()>{asked.label.clone()}</label>
            {asked.hint_view()}
            {asked.error_view(form)}
            <input class=format!("govuk-input{width}{wrong}") id=asked.path.clone() name=asked.path.clone() type="text"
                inputmode=mode autocomplete=autocomplete(&asked.path) spellcheck="false" prop:value=value
                aria-describedby=asked.described_by() on:input=typed/>
            {counter(form, &asked)}
        </div>
    }
    .into_any()
}

/// Several lines, or one answer on each line.
pub(super) fn lines(form: Form, asked: Asked) -> AnyView {
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
    // The two halves of a box are as large as each other.
    let half = matches!(asked.question.name, "strengths" | "needs") && asked.path.starts_with("elements.");
    let class =
        if half { format!("{} ca-box__half", asked.group_class()) } else { asked.group_class().to_owned() };
    let label = if half { "govuk-label govuk-label--m" } else { "govuk-label govuk-label--s" };
    let path = asked.path.clone();
    let typed = move |event| {
        let text = event_target_value(&event);
        let edit = match (is_list, text.is_empty()) {
            (false, _) => Edit::Text(text),
            (true, true) => Edit::List(Vec::new()),
            (true, false) => Edit::List(text.split('\n').map(str::to_owned).collect()),
        };
        form.answer(&path, edit);
    };
    view! {
        <div class=class>
            <label class=label for=asked.path.clone()>{asked.label.clone()}</label>
            {asked.hint_view()}
            {asked.error_view(form)}
            <textarea class=format!("govuk-textarea{wrong}") id=asked.path.clone() name=asked.path.clone() rows=rows
                autocomplete="off" prop:value=value aria-describedby=asked.described_by() on:input=typed></textarea>
            {counter(form, &asked)}
        </div>
    }
    .into_any()
}

/// How many characters are left, once three quarters are used.
fn counter(form: Form, asked: &Asked) -> Option<AnyView> {
    let max = usize::from(asked.question.max);
    if max == 0 || matches!(asked.question.kind, Kind::Lines | Kind::Phones) || max < 100 {
        return None;
    }
    let path = asked.path.clone();
    let used = Memo::new(move |_| {
        let used = form.text_at(&path).chars().count();
        (used * 4 >= max * 3).then_some(used)
    });
    Some(
        (move || {
            used.get().map(|used| {
                let (class, key, count) = if used > max {
                    ("govuk-character-count__message govuk-error-message", "count.over", used - max)
                } else {
                    ("govuk-character-count__message govuk-hint", "count.left", max - used)
                };
                view! { <p class=class>{form.filled(key, &[("count", &count.to_string())])}</p> }
            })
        })
        .into_any(),
    )
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
