//! One entry of the log: what was to be done, and the questions about what came of it. "It was just now" is one press.

use assessment_engine::answers::{Answers, Question, UrgentLogEntry};
use assessment_form::{Edit, Group, PartialDate, WrittenDate};
use leptos::prelude::*;

use crate::components::redrawn;
use crate::form::{Form, use_form};
use crate::questions::Ask;
use crate::state::Record;

/// What is known already and is not asked.
const KNOWN: [&str; 3] = ["action", "what", "certainty"];
/// The question before which the time of day is one press.
const DAY: &str = "done_on";

#[component]
pub(super) fn Entry(row: usize) -> impl IntoView {
    let form = use_form();
    let path = format!("urgent_log[{row}]");
    let what = form.text_at(format!("{path}.what"));
    let is_fixed = Memo::new(move |_| {
        form.with(|state| state.record.as_ref().is_some_and(|record| is_sent(record, row)))
    });
    let content = redrawn({
        let path = path.clone();
        move || if is_fixed.get() { sent(form, row) } else { questions(form, row, path.clone()) }
    });
    let heading_id = path.clone();
    view! {
        <div class="ca-group" role="group" aria-labelledby=path>
            <h2 class="ca-group__heading" id=heading_id tabindex="-1">{what}</h2>
            {content}
        </div>
    }
}

/// Whether an entry was in what was sent.
fn is_sent(record: &Record, row: usize) -> bool {
    !record.is_open() && row < record.log_sent
}

/// An entry that was sent, in words.
fn sent(form: Form, row: usize) -> AnyView {
    let today = form.moment.get_untracked().local.date();
    let entry = form.peek_answers(|answers| answers.urgent_log.get(row).cloned()).unwrap_or_default();
    view! {
        <p>{form.words().logged(&entry, today)}</p>
        <p class="ca-typed" dir="auto">{entry.said}</p>
        <p>{form.text("log.sent_entry")}</p>
    }
    .into_any()
}

fn questions(form: Form, row: usize, path: String) -> AnyView {
    let entry: &'static dyn Group<assessment_engine::answers::Caf> = blank();
    let code = form.peek_answers(|answers| {
        answers.urgent_log.get(row).map(|entry| entry.action.clone()).unwrap_or_default()
    });
    let telling = form.standards().pack.action(&code).map(|action| {
        let text = form.text(&format!("telling.{}", action.telling_the_family));
        view! { <p>{text}</p> }.into_any()
    });
    let group = entry.key();
    let asked = entry.questions().iter().filter(|question| !KNOWN.contains(&question.name));
    let asked = asked.map(|question: &'static Question| {
        let now = (question.name == DAY).then(|| view! { <JustNow row/> }.into_any());
        view! {
            {now}
            <Ask stem=path.clone() group_key=group question/>
        }
        .into_any()
    });
    let asked = asked.collect_view();
    view! {
        {telling}
        {asked}
        <Remove row/>
    }
    .into_any()
}

/// An entry in which nothing was written, for walking over its questions.
fn blank() -> &'static UrgentLogEntry {
    static BLANK: std::sync::LazyLock<UrgentLogEntry> = std::sync::LazyLock::new(UrgentLogEntry::default);
    &BLANK
}

/// Writes down that it was just now.
#[component]
fn JustNow(row: usize) -> impl IntoView {
    let form = use_form();
    let now = move |_| {
        let local = form.moment.get_untracked().local;
        let day = WrittenDate::from_iso(&PartialDate::Day(local.date()).to_string()).unwrap_or_default();
        form.answer(format!("urgent_log[{row}].{DAY}"), Edit::Date(day));
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        form.answer(format!("urgent_log[{row}].done_at"), Edit::Text(time));
        form.focus(&format!("urgent_log[{row}].spoke_to"));
    };
    view! {
        <button
            part="button"
            type="button"
            class="govuk-button govuk-button--secondary ca-no-print"
            disabled=form.is_locked
            on:click=now
        >
            {form.text("log.now")}
        </button>
    }
}

/// Takes an entry away; one in which something was written only after a second press.
#[component]
fn Remove(row: usize) -> impl IntoView {
    let form = use_form();
    let is_asked = RwSignal::new(false);
    let id = format!("urgent_log[{row}].remove");
    let text = move || form.text(if is_asked.get() { "log.remove_now" } else { "log.remove" });
    let remove = move |_| {
        let is_empty =
            form.peek_answers(|answers: &Answers| answers.urgent_log.get(row).is_none_or(is_empty));
        if is_empty || is_asked.get_untracked() {
            form.answer("urgent_log", Edit::RemoveRow(row));
            form.announce(&form.text("log.removed"));
        } else {
            is_asked.set(true);
        }
    };
    view! {
        <button
            part="button"
            type="button"
            class="govuk-button govuk-button--secondary ca-no-print"
            id=id
            disabled=form.is_locked
            on:click=remove
            on:blur=move |_| is_asked.set(false)
        >
            {text}
        </button>
    }
}

/// Whether nothing was written but what was known when the entry began.
fn is_empty(entry: &UrgentLogEntry) -> bool {
    let began = UrgentLogEntry {
        action: entry.action.clone(),
        what: entry.what.clone(),
        certainty: entry.certainty.clone(),
        ..UrgentLogEntry::default()
    };
    *entry == began
}
