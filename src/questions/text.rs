//! Typed text: one line or several. Nothing is cut off at a limit: what is too long is kept and flagged.

use assessment_engine::answers::Node;
use assessment_form::Edit;
use assessment_form::{Kind, is_blank};
use leptos::prelude::*;

use super::Field;
use super::offers::Offers;
use super::typed::typed;
use super::wrapper::Labelled;
use crate::components::redrawn;
use crate::form::use_form;

/// One line.
#[component]
pub(super) fn TextInput(field: Field) -> impl IntoView {
    let form = use_form();
    let (mode, width) = match field.question.kind {
        Kind::Email => ("email", ""),
        Kind::Phone => ("tel", " govuk-input--width-20"),
        Kind::NhsNumber | Kind::Uln => ("numeric", " govuk-input--width-10"),
        Kind::Score => ("numeric", " govuk-input--width-2"),
        Kind::Time => ("text", " govuk-input--width-5"),
        Kind::Postcode => ("text", " govuk-input--width-10"),
        Kind::Upn | Kind::Uci | Kind::Reference => ("text", " govuk-input--width-20"),
        _ => ("text", ""),
    };
    let value = form.text_at(field.path.clone());
    let type_in = {
        let path = field.path.clone();
        move |event| {
            if let Some(text) = typed(&event) {
                form.answer(path.as_str(), Edit::Text(text));
            }
        }
    };
    view! {
        <Labelled field=field.clone()>
            <input
                class=format!("govuk-input{width}")
                class:govuk-input--error=field.has_error
                type="text"
                inputmode=mode
                autocomplete=autocomplete(&field.path)
                spellcheck="false"
                id=field.path.clone()
                name=field.path.clone()
                readonly=form.is_locked
                aria-describedby=field.described_by
                prop:value=value
                on:input=type_in
            />
            <OnPaper path=field.path.clone() value/>
            <Offers field=field.clone() value/>
            <CharacterCount field value/>
        </Labelled>
    }
}

/// Several lines, or one answer on each line.
#[component]
pub(super) fn TextArea(field: Field) -> impl IntoView {
    let form = use_form();
    let is_list = field.question.kind != Kind::Multiline;
    let rows = match (is_list, field.question.max) {
        (true, _) => "2",
        (false, 0..=500) => "3",
        (false, 501..=2000) => "5",
        (false, _) => "8",
    };
    let value = Memo::new({
        let path = field.path.clone();
        move |_| {
            form.answers(|answers| match answers.node(&path) {
                Some(Node::List(items)) => items.join("\n"),
                Some(Node::Text(text)) => text.clone(),
                _ => String::new(),
            })
        }
    });
    let type_in = {
        let path = field.path.clone();
        move |event| {
            let Some(text) = typed(&event) else { return };
            let edit = match (is_list, text.is_empty()) {
                (false, _) => Edit::Text(text),
                (true, true) => Edit::List(Vec::new()),
                (true, false) => Edit::List(text.split('\n').map(str::to_owned).collect()),
            };
            form.answer(path.as_str(), edit);
        }
    };
    // The two halves of an element are as large as each other.
    let is_half = matches!(field.question.name, "strengths" | "needs") && field.path.starts_with("elements.");
    let (size, class) = if is_half { ("govuk-label--m", "ca-box__half") } else { ("govuk-label--s", "") };
    // Leptos leaves a comment where children would be. In a text area that counts as content, and tools that check
    // contrast then cannot tell what it shows.
    let area = NodeRef::<leptos::html::Textarea>::new();
    area.on_load(|area| area.set_text_content(None));
    view! {
        <Labelled field=field.clone() size class>
            <textarea
                node_ref=area
                class="govuk-textarea"
                class:govuk-textarea--error=field.has_error
                rows=rows
                autocomplete="off"
                id=field.path.clone()
                name=field.path.clone()
                readonly=form.is_locked
                aria-describedby=field.described_by
                prop:value=value
                on:input=type_in
            />
            <OnPaper path=field.path.clone() value/>
            <CharacterCount field value/>
        </Labelled>
    }
}

/// What is printed instead of the control: every word, or "withheld" for a protected address, which the screen says.
#[component]
fn OnPaper(path: String, value: Memo<String>) -> impl IntoView {
    let form = use_form();
    let is_hidden = Memo::new(move |_| !is_blank(&value.read()) && form.is_hidden_on_paper(&path));
    let on_paper = move || if is_hidden.get() { form.text("protected.paper") } else { value.get() };
    let note = move || {
        is_hidden.get().then(|| view! { <p class="ca-protected">{form.text("protected")}</p> }.into_any())
    };
    view! {
        <div class="ca-on-paper">{on_paper}</div>
        {note}
    }
}

/// How many characters are left, once three quarters are used.
#[component]
fn CharacterCount(field: Field, value: Memo<String>) -> impl IntoView {
    let form = use_form();
    let max = usize::from(field.question.max);
    let is_counted = max >= 100 && !matches!(field.question.kind, Kind::Lines | Kind::Phones);
    is_counted.then(|| {
        let message = Memo::new(move |_| {
            let used = value.read().chars().count();
            let (class, key, count) = if used > max {
                ("govuk-error-message", "count.over", used - max)
            } else if used * 4 >= max * 3 {
                ("govuk-hint", "count.left", max - used)
            } else {
                return None;
            };
            Some((class, form.filled(key, &[("count", &count.to_string())])))
        });
        redrawn(move || {
            message.get().map(|(class, text)| {
                view! { <p class=format!("govuk-character-count__message {class}")>{text}</p> }.into_any()
            })
        })
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
