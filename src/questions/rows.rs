//! Rows that can be added and removed. Removing one that holds something asks first.

use assessment_engine::answers::{Edit, Node};
use leptos::prelude::*;

use super::{Asked, fields};
use crate::form::Form;

pub(super) fn rows(form: Form, asked: Asked, most: u16) -> AnyView {
    // Adding and removing draw the page anew, so the rows are counted once.
    let count = form.peek_answers(|answers| match answers.node(&asked.path) {
        Some(Node::Rows(rows)) => rows.len(),
        _ => 0,
    });
    // The wording of rows is keyed by the group that a row is.
    let stem =
        if asked.key.starts_with("record.") { asked.question.name.to_owned() } else { row_key(&asked) };
    let items = (0..count).map(|index| row(form, &asked, &stem, index)).collect_view();
    let full = count >= usize::from(most);
    let path = asked.path.clone();
    let add = move |_| form.answer(&path, Edit::AddRow);
    let top = asked.key.starts_with("record.");
    let heading = (!top).then(|| view! { <h2 class="govuk-heading-m">{asked.label.clone()}</h2> });
    view! {
        <div class=asked.group_class()>
            {heading}
            {asked.hint_view()}
            {asked.error_view(form)}
            {items}
            <button type="button" class="govuk-button govuk-button--secondary ca-no-print" disabled=full
                id=format!("{}.add", asked.path) on:click=add>
                {form.text(&format!("{stem}.add"))}
            </button>
            // The error summary leads to the question's own id.
            <span id=asked.path.clone() tabindex="-1"></span>
        </div>
    }
    .into_any()
}

fn row_key(asked: &Asked) -> String {
    asked.question.name.to_owned()
}

fn row(form: Form, asked: &Asked, stem: &str, index: usize) -> AnyView {
    let path = format!("{}[{index}]", asked.path);
    let heading = format!("{} {}", form.text(&format!("{stem}.row")), index + 1);
    let confirming = RwSignal::new(false);
    let (group, at) = (asked.path.clone(), path.clone());
    let remove = move || form.answer(&group, Edit::RemoveRow(index));
    let remove_now = remove.clone();
    let ask = move |_| {
        let blank = form.peek_answers(|answers| answers.node(&at).is_none_or(|node| node.is_blank()));
        if blank {
            remove();
        } else {
            confirming.set(true);
            form.focus(&format!("{at}.confirm"));
        }
    };
    let (confirm_id, keep_id) = (format!("{path}.confirm"), format!("{path}.remove"));
    let question = form.filled("rows.confirm", &[("row", &crate::words::uncapitalised(&heading))]);
    let confirm = move || {
        let (remove, keep_id) = (remove_now.clone(), keep_id.clone());
        let keep = move |_| {
            confirming.set(false);
            form.focus(&keep_id);
        };
        confirming.get().then(|| {
            view! {
                <div class="govuk-inset-text" role="group" aria-label=question.clone()>
                    <p id=confirm_id.clone() tabindex="-1">{question.clone()}</p>
                    <div class="govuk-button-group">
                        <button type="button" class="govuk-button govuk-button--warning" on:click=move |_| remove()>
                            {form.text("rows.remove_now")}
                        </button>
                        <button type="button" class="govuk-button govuk-button--secondary" on:click=keep>
                            {form.text("rows.keep")}
                        </button>
                    </div>
                </div>
            }
        })
    };
    view! {
        <div class="ca-group" role="group" aria-labelledby=path.clone()>
            <div class="ca-group__header">
                <h2 class="ca-group__heading" id=path.clone() tabindex="-1">{heading.clone()}</h2>
                <button type="button" class="govuk-button govuk-button--secondary ca-group__remove ca-no-print"
                    id=format!("{path}.remove") on:click=ask>
                    {form.text("rows.remove")}<span class="govuk-visually-hidden">" "{crate::words::uncapitalised(&heading)}</span>
                </button>
            </div>
            {confirm}
            {fields(form, &path, |_| None)}
        </div>
    }
    .into_any()
}
