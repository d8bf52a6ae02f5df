//! Rows that can be added and removed. Removing one that holds something asks first.

use assessment_engine::disclosure::is_one_persons;
use assessment_form::Edit;
use leptos::prelude::*;

use super::offers::OffersToAdd;
use super::wrapper::{ErrorMessage, Hint};
use super::{Field, Questions, use_questionnaire};
use crate::components::redrawn;
use crate::form::use_form;
use assessment_wording::uncapitalised;

#[component]
pub(super) fn Rows(field: Field, max: u16) -> impl IntoView {
    let asking = use_questionnaire();
    let count = asking.rows_at(&field.path);
    let is_one_persons = field.question.of_assessment.is_some_and(|question| is_one_persons("", question));
    let (error, offering) = (field.error, field.clone());
    let words = asking.asks().rows_key(&field.path, field.question.name);
    let row = asking.asks().text(&format!("{words}.row")).unwrap_or_default();
    let (id, row_path, add_path) = (field.path.clone(), field.path.clone(), field.path.clone());
    let is_full = move || count.get() >= usize::from(max);
    let add = (!asking.asks().has_own_rows(&field.path)).then(|| {
        view! {
            <button
                part="button"
                type="button"
                class="govuk-button govuk-button--secondary ca-no-print"
                id=format!("{add_path}.add")
                disabled=move || is_full() || asking.is_locked.get()
                on:click=move |_| asking.answer(&add_path, Edit::AddRow)
            >
                {asking.asks().text(&format!("{words}.add"))}
            </button>
        }
        .into_any()
    });
    // The page's own heading names a section that is rows; elsewhere they have a heading of their own.
    let heading = (!field.key.starts_with("record."))
        .then(|| view! { <h2 class="govuk-heading-m">{field.label.clone()}</h2> }.into_any());
    view! {
        <div class="govuk-form-group" class:govuk-form-group--error=field.has_error>
            // The error summary leads to the question's own id.
            <div id=id tabindex="-1">
                {heading}
                <Hint field=field.clone()/>
                <ErrorMessage path=field.path.clone() error/>
            </div>
            <For each=move || 0..count.get() key=|index| *index let(index)>
                <Row group=row_path.clone() index name=row.clone() folds=(count, is_one_persons)/>
            </For>
            <OffersToAdd field=offering max/>
            {add}
        </div>
    }
}

#[component]
fn Row(
    group: String,
    index: usize,
    /// What a row is called.
    name: String,
    /// How many rows there are, and whether each holds what one person said.
    folds: (Memo<usize>, bool),
) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    let path = format!("{group}[{index}]");
    let heading = format!("{name} {}", index + 1);
    let name = uncapitalised(&heading);
    let question = form.filled("rows.confirm", &[("row", &name)]);
    let is_confirming = RwSignal::new(false);
    let remove = Callback::new({
        let group = group.clone();
        move |()| {
            // The rows after this one move up, and what is shown here is then another.
            is_confirming.set(false);
            asking.answer(&group, Edit::RemoveRow(index));
        }
    });
    let ask = {
        let path = path.clone();
        move |_| {
            if untrack(|| asking.asks().is_blank(&path)) {
                remove.run(());
            } else {
                is_confirming.set(true);
                form.focus(&format!("{path}.confirm"));
            }
        }
    };
    let confirm = {
        let path = path.clone();
        redrawn(move || {
            is_confirming.get().then(|| {
                let (path, question) = (path.clone(), question.clone());
                view! { <Confirm path question remove is_confirming/> }.into_any()
            })
        })
    };
    // What is written is not for the next person who is asked: it folds when the family comes to the screen, when the page
    // is opened before them, and when a row is added for somebody else. Not while it is typed.
    let is_folded = Memo::new({
        let path = path.clone();
        move |_| {
            let _ = folds.0.get();
            let is_written = || untrack(|| !asking.asks().is_blank(&path));
            folds.1 && form.with_family.get() && is_written()
        }
    });
    let questions = {
        let path = path.clone();
        redrawn(move || match is_folded.get() {
            true => view! { <p>{form.text("mode.folded")}</p> }.into_any(),
            false => view! { <Questions stem=path.clone()/> }.into_any(),
        })
    };
    let about = {
        let path = path.clone();
        move || {
            asking
                .asks()
                .row_about(&path)
                .map(|about| view! { <p class="ca-typed" dir="auto">{about}</p> }.into_any())
        }
    };
    let (group_id, heading_id, remove_id) = (path.clone(), path.clone(), format!("{path}.remove"));
    let remove = (!asking.asks().has_own_rows(&group)).then(|| {
        view! {
            <button
                part="button"
                type="button"
                class="govuk-button govuk-button--secondary ca-group__remove ca-no-print"
                id=remove_id
                style:display=move || is_folded.get().then_some("none")
                disabled=asking.is_locked
                on:click=ask
            >
                {form.text("rows.remove")}
                <span class="govuk-visually-hidden">{format!(" {name}")}</span>
            </button>
        }
        .into_any()
    });
    view! {
        <div class="ca-group" role="group" aria-labelledby=group_id>
            <div class="ca-group__header">
                <h2 class="ca-group__heading" id=heading_id tabindex="-1">{heading}</h2>
                {remove}
            </div>
            {redrawn(about)}
            {confirm}
            {questions}
        </div>
    }
}

/// "Remove it? What you typed there will be gone."
#[component]
fn Confirm(
    path: String,
    question: String,
    remove: Callback<()>,
    is_confirming: RwSignal<bool>,
) -> impl IntoView {
    let form = use_form();
    let (id, label) = (format!("{path}.confirm"), question.clone());
    let keep = move |_| {
        is_confirming.set(false);
        form.focus(&format!("{path}.remove"));
    };
    view! {
        <div class="govuk-inset-text" role="group" aria-label=label>
            <p id=id tabindex="-1">{question}</p>
            <div class="govuk-button-group">
                <button
                    part="button"
                    type="button"
                    class="govuk-button govuk-button--warning"
                    on:click=move |_| remove.run(())
                >
                    {form.text("rows.remove_now")}
                </button>
                <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=keep>
                    {form.text("rows.keep")}
                </button>
            </div>
        </div>
    }
}
