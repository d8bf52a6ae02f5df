//! Rows that can be added and removed. Removing one that holds something asks first.

use assessment_engine::answers::Node;
use assessment_form::Edit;
use leptos::prelude::{Get, GetUntracked, RwSignal, Set};

use super::{Asked, fields};
use crate::dom::{El, View, el, hidden, live, memo, nothing, p};
use crate::form::Form;
use crate::words::uncapitalised;

pub(super) fn rows(form: Form, asked: &Asked, most: u16) -> El {
    // Adding and removing draw the page anew, so the rows are counted once.
    let count = form.peek_answers(|answers| match answers.node(&asked.path) {
        Some(Node::Rows(rows)) => rows.len(),
        _ => 0,
    });
    let stem = asked.question.name;
    let items: View = (0..count).map(|index| row(form, asked, index)).collect();
    let path = asked.path.clone();
    let add = form
        .button("govuk-button govuk-button--secondary ca-no-print", &format!("{stem}.add"), move || {
            form.answer(&path, Edit::AddRow)
        })
        .attr("id", &format!("{}.add", asked.path))
        .maybe("disabled", (count >= usize::from(most)).then_some("").or(asked.unchangeable));
    // The page's own heading names a section that is rows; elsewhere they have a heading of their own.
    let heading = (!asked.key.starts_with("record.")).then(|| p("h2", "govuk-heading-m", asked.label));
    el("div")
        .class(asked.group_class())
        // The error summary leads to the question's own id.
        .add(
            el("div")
                .attr("id", &asked.path)
                .attr("tabindex", "-1")
                .add(heading)
                .add(asked.hint_view())
                .add(asked.error_view(form)),
        )
        .add(items)
        .add(add)
}

fn row(form: Form, asked: &Asked, index: usize) -> El {
    let path = format!("{}[{index}]", asked.path);
    let heading = format!("{} {}", form.text(&format!("{}.row", asked.question.name)), index + 1);
    let name = uncapitalised(&heading);
    // Not empty while the removal is being confirmed.
    let confirming = RwSignal::new(String::new());
    let (group, at) = (asked.path.clone(), path.clone());
    let ask = move || {
        let blank = form.peek_answers(|answers| answers.node(&at).is_none_or(|node| node.is_blank()));
        if blank {
            form.answer(&group, Edit::RemoveRow(index));
        } else {
            confirming.set(at.clone());
            form.focus(&format!("{at}.confirm"));
        }
    };
    let remove = form
        .button("govuk-button govuk-button--secondary ca-group__remove ca-no-print", "rows.remove", ask)
        .add(hidden(&format!(" {name}")))
        .attr("id", &format!("{path}.remove"))
        .maybe("disabled", asked.unchangeable);
    let question = form.filled("rows.confirm", &[("row", &name)]);
    let group = asked.path.clone();
    el("div")
        .class("ca-group")
        .attr("role", "group")
        .attr("aria-labelledby", &path)
        .add(
            el("div")
                .class("ca-group__header")
                .add(p("h2", "ca-group__heading", &heading).attr("id", &path).attr("tabindex", "-1"))
                .add(remove),
        )
        .add(live(memo(move || confirming.get()), move || {
            let at = confirming.get_untracked();
            if at.is_empty() {
                nothing()
            } else {
                confirm(form, &group, index, &at, &question, confirming).into()
            }
        }))
        .add(fields(form, &path, &|_| nothing()))
}

/// "Remove it? What you typed there will be gone."
fn confirm(
    form: Form,
    group: &str,
    index: usize,
    at: &str,
    question: &str,
    confirming: RwSignal<String>,
) -> El {
    let (group, remove_id) = (group.to_owned(), format!("{at}.remove"));
    let remove = move || form.answer(&group, Edit::RemoveRow(index));
    let keep = move || {
        confirming.set(String::new());
        form.focus(&remove_id);
    };
    let buttons = el("div")
        .class("govuk-button-group")
        .add(form.button("govuk-button govuk-button--warning", "rows.remove_now", remove))
        .add(form.button("govuk-button govuk-button--secondary", "rows.keep", keep));
    el("div")
        .class("govuk-inset-text")
        .attr("role", "group")
        .attr("aria-label", question)
        .add(p("p", "", question).attr("id", &format!("{at}.confirm")).attr("tabindex", "-1"))
        .add(buttons)
}
