//! Typed text: one line or several. Nothing is cut off at a limit: what is too long is kept and flagged.

use assessment_form::typed::{has_hidden, length, without_hidden};
use assessment_form::{Edit, Kind, is_blank};
use gloo_timers::callback::Timeout;
use leptos::ev::Event;
use leptos::prelude::*;

use super::offers::Offers;
use super::typed::typed;
use super::wrapper::Labelled;
use super::{AnyQuestion, Field, Value, use_questionnaire};
use crate::components::redrawn;
use crate::form::{settled, use_form};

/// One line.
#[component]
pub(super) fn TextInput(field: Field) -> impl IntoView {
    let asking = use_questionnaire();
    let (mode, width) = match field.question.kind {
        Kind::Email => ("email", ""),
        Kind::Phone => ("tel", " govuk-input--width-20"),
        Kind::NhsNumber | Kind::Uln => ("numeric", " govuk-input--width-10"),
        Kind::Score => ("numeric", " govuk-input--width-2"),
        Kind::Money => ("decimal", " govuk-input--width-10"),
        Kind::Time | Kind::Age => ("text", " govuk-input--width-10"),
        Kind::Postcode => ("text", " govuk-input--width-10"),
        Kind::Upn | Kind::Uci | Kind::Reference => ("text", " govuk-input--width-20"),
        _ => ("text", ""),
    };
    let value = asking.text_at(&field.path);
    let type_in = {
        let path = field.path.clone();
        // A password manager and dictation may say only that the value has changed; after typing that says nothing new.
        move |event: Event| {
            let new = typed(&event).filter(|text| value.with_untracked(|value| value != text));
            if let Some(text) = new {
                asking.answer(&path, Edit::Text(text));
            }
        }
    };
    view! {
        <Labelled field=field.clone()>
            <input
                class=format!("govuk-input{width}")
                class:govuk-input--error=field.has_error
                type="text"
                dir="auto"
                inputmode=mode
                autocomplete=autocomplete(&field.path)
                spellcheck="false"
                id=field.path.clone()
                name=field.path.clone()
                readonly=asking.is_locked
                aria-describedby=field.described_by
                aria-invalid=move || field.has_error.get().then_some("true")
                prop:value=value
                on:input=type_in.clone()
                on:change=type_in
            />
            <HiddenMarks field=field.clone() value/>
            <OnPaper path=field.path.clone() value/>
            <Offers field=field.clone() value/>
            <CharacterCount field value/>
        </Labelled>
    }
}

/// Several lines, or one answer on each line.
#[component]
pub(super) fn TextArea(field: Field) -> impl IntoView {
    let asking = use_questionnaire();
    let is_list = field.question.kind != Kind::Multiline;
    let rows = match (is_list, field.question.max) {
        (true, _) => "2",
        (false, 0..=500) => "3",
        (false, 501..=2000) => "5",
        (false, _) => "8",
    };
    let value = settled(Memo::new({
        let path = field.path.clone();
        move |_| match asking.asks().value(&path) {
            Value::List(items) => items.join("\n"),
            Value::Text(text) => text,
            _ => String::new(),
        }
    }));
    let type_in = {
        let path = field.path.clone();
        move |event: Event| {
            let Some(text) = typed(&event) else { return };
            // A text area gives each line break as one character, whatever was stored.
            if value.with_untracked(|value| value.replace("\r\n", "\n") != text) {
                asking.answer(&path, edit(is_list, text));
            }
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
                dir="auto"
                rows=rows
                autocomplete="off"
                id=field.path.clone()
                name=field.path.clone()
                readonly=asking.is_locked
                aria-describedby=field.described_by
                aria-invalid=move || field.has_error.get().then_some("true")
                prop:value=value
                on:input=type_in.clone()
                on:change=type_in
            />
            <HiddenMarks field=field.clone() value/>
            <OnPaper path=field.path.clone() value/>
            <CharacterCount field value/>
        </Labelled>
    }
}

/// What was typed, as one answer or as one on each line.
fn edit(is_list: bool, text: String) -> Edit {
    match (is_list, text.is_empty()) {
        (false, _) => Edit::Text(text),
        (true, true) => Edit::List(Vec::new()),
        (true, false) => Edit::List(text.split('\n').map(str::to_owned).collect()),
    }
}

/// The offer to take marks that cannot be seen out of a name: they come with copying, and nobody can find them to delete.
#[component]
fn HiddenMarks(field: Field, value: Memo<String>) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    let is_list = field.question.kind == Kind::Lines;
    let has_marks = Memo::new(move |_| value.with(|text| text.split('\n').any(has_hidden)));
    (is_list || field.question.kind == Kind::Text).then(|| {
        redrawn(move || {
            let path = field.path.clone();
            let remove = move |_| {
                let text: Vec<_> =
                    value.with_untracked(|text| text.split('\n').map(without_hidden).collect());
                asking.answer(&path, edit(is_list, text.join("\n")));
                form.focus(&path);
            };
            let about = format!(" {}", field.label);
            (has_marks.get() && !asking.is_locked.get()).then(|| {
                view! {
                    <div class="govuk-inset-text ca-no-print">
                        <p>{form.text("hidden.found")}</p>
                        <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=remove>
                            {form.text("hidden.remove")}
                            <span class="govuk-visually-hidden">{about}</span>
                        </button>
                    </div>
                }
                .into_any()
            })
        })
    })
}

/// What is printed instead of the control: every word, or "withheld" for a protected address, which the screen says.
#[component]
fn OnPaper(path: String, value: Memo<String>) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    let is_hidden = Memo::new(move |_| !is_blank(&value.read()) && asking.asks().is_hidden_on_paper(&path));
    let on_paper = move || if is_hidden.get() { form.text("protected.paper") } else { value.get() };
    let note = move || {
        is_hidden.get().then(|| view! { <p class="ca-protected">{form.text("protected")}</p> }.into_any())
    };
    view! {
        <div class="ca-on-paper" dir="auto">{on_paper}</div>
        {note}
    }
}

/// Milliseconds without typing after which the count is said.
const PAUSE: u32 = 1_000;

/// How many characters are left, once three quarters are used. It is part of the field's description, and said when
/// somebody pauses.
#[component]
fn CharacterCount(field: Field, value: Memo<String>) -> impl IntoView {
    let form = use_form();
    let max = usize::from(field.question.max);
    is_counted(&field.question).then(|| {
        let message = Memo::new(move |_| {
            let used = length(&value.read());
            let (class, key, count) = if used > max {
                ("govuk-error-message", "count.over", used - max)
            } else if max >= MIN_COUNTED && used * 4 >= max * 3 {
                ("govuk-hint", "count.left", max - used)
            } else {
                return None;
            };
            Some((class, form.filled(key, &[("count", &count.to_string())])))
        });
        let pause = StoredValue::new_local(None::<Timeout>);
        Effect::new(move |before: Option<()>| {
            let said = message.get().map(|(_, text)| text);
            // Not when the page is drawn: then it is only read with the field.
            pause.set_value(
                said.filter(|_| before.is_some())
                    .map(|text| Timeout::new(PAUSE, move || form.announce(&text))),
            );
        });
        let id = count_id(&field.path);
        let shown = redrawn(move || {
            message.get().map(|(class, text)| {
                view! { <p class=format!("govuk-character-count__message {class}")>{text}</p> }.into_any()
            })
        });
        view! { <div id=id>{shown}</div> }
    })
}

/// The lowest limit that is worth a count before it is passed.
const MIN_COUNTED: usize = 100;

/// Whether characters are counted at a question.
pub(super) fn is_counted(question: &AnyQuestion) -> bool {
    question.max > 0 && matches!(question.kind, Kind::Text | Kind::Multiline)
}

/// The id of the count.
pub(super) fn count_id(path: &str) -> String {
    format!("{path}-count")
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
