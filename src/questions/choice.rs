//! Options: radios for a few, a list for many, checkboxes where several may hold. Each can be taken back.

use assessment_engine::answers::{Answers, Node};
use assessment_engine::code_lists::Code;
use assessment_form::Edit;
use leptos::prelude::{GetUntracked, Memo, With};

use super::Asked;
use crate::dom::{El, View, el, flag, hidden, is_ticked, live, memo, nothing, p, typed};
use crate::form::Form;

/// The most options that are shown as radios.
const MOST_RADIOS: usize = 7;

/// One option.
pub(super) fn one(form: Form, asked: &Asked, list: &str) -> El {
    let options = form.standards().lists.list(list);
    if options.len() > MOST_RADIOS { select(form, asked, options) } else { radios(form, asked, options) }
}

fn radios(form: Form, asked: &Asked, options: &[Code]) -> El {
    let inline = options.iter().map(|option| option.label.len()).sum::<usize>() <= 20;
    let class = if inline { "govuk-radios govuk-radios--inline" } else { "govuk-radios" };
    let content = View::from(el("div").class(class).add(radio_items(form, &asked.path, options))).and(clear(
        form,
        &asked.path,
        asked.label,
    ));
    asked.under_legend(form, content)
}

/// The radios of a question. The first has the question's own id, so that a link from the summary leads to it.
pub(super) fn radio_items(form: Form, path: &str, options: &[Code]) -> View {
    let value = watched(form, path);
    let item = |(at, option): (usize, &Code)| {
        let id = if at == 0 { path.to_owned() } else { format!("{path}.{}", option.code) };
        let (target, code, checked) = (path.to_owned(), option.code.clone(), option.code.clone());
        let input = el("input")
            .class("govuk-radios__input")
            .attr("type", "radio")
            .attr("name", path)
            .attr("id", &id)
            .attr("value", &option.code)
            .maybe("disabled", form.unchangeable())
            .live_checked(move || value.with(|value| *value == checked))
            .on("change", move |_| form.answer(&target, Edit::Text(code.clone())));
        el("div")
            .class("govuk-radios__item")
            .add(input)
            .add(p("label", "govuk-label govuk-radios__label", &option.label).attr("for", &id))
    };
    options.iter().enumerate().map(item).collect()
}

/// Takes an answer back. Unknown is an answer too, and a slip of the hand must not stay.
pub(super) fn clear(form: Form, path: &str, label: &str) -> View {
    let (watched_path, path, label) = (path.to_owned(), path.to_owned(), label.to_owned());
    let has_answer = memo(move || flag(!form.text_at(&watched_path).is_empty()));
    live(has_answer, move || {
        let path = path.clone();
        let take_back = move || {
            form.answer(&path, Edit::Text(String::new()));
            form.focus(&path);
        };
        let shown = !has_answer.get_untracked().is_empty() && form.can_change();
        let clear = || form.button("ca-indicator__clear ca-no-print", "clear", take_back);
        if shown { clear().add(hidden(&format!(": {label}"))).into() } else { nothing() }
    })
}

fn select(form: Form, asked: &Asked, options: &[Code]) -> El {
    let current = form.peek_answers(|answers| answers.text(&asked.path).to_owned());
    let path = asked.path.clone();
    let item = |option: &Code| p("option", "", &option.label).attr("value", &option.code);
    let mut groups: Vec<(Option<&String>, View)> = Vec::new();
    for option in options {
        let group = option.group.as_ref();
        match groups.iter_mut().find(|(other, _)| *other == group) {
            Some((_, view)) => *view = std::mem::replace(view, nothing()).and(item(option)),
            None => groups.push((group, item(option).into())),
        }
    }
    let grouped = |(group, view): (Option<&String>, View)| match group {
        Some(group) => el("optgroup").attr("label", group).add(view).into(),
        None => view,
    };
    let groups: View = groups.into_iter().map(grouped).collect();
    // A code that is no longer offered stays, and is shown as it is.
    let unknown = (!current.is_empty() && options.iter().all(|option| option.code != current))
        .then(|| p("option", "", &current).attr("value", &current));
    let wrong = if asked.error.is_some() { "govuk-select govuk-select--error" } else { "govuk-select" };
    let select = el("select")
        .class(wrong)
        .attr("id", &asked.path)
        .attr("name", &asked.path)
        .attr("autocomplete", "off")
        .maybe("disabled", asked.unchangeable)
        .maybe("aria-describedby", asked.described_by().as_deref())
        .add(form.say("option", "", "choose").attr("value", ""))
        .add(unknown)
        .add(groups)
        .value(&current)
        .on("change", move |event| form.answer(&path, Edit::Text(typed(&event))));
    asked.labelled(form, "govuk-label govuk-label--s", select)
}

/// Several options.
pub(super) fn several(form: Form, asked: &Asked, list: &str) -> El {
    let options = form.standards().lists.list(list);
    let item = |(at, option): (usize, &Code)| {
        let id = if at == 0 { asked.path.clone() } else { format!("{}.{}", asked.path, option.code) };
        let (path, code) = (asked.path.clone(), option.code.clone());
        let (watched, checked) = (asked.path.clone(), option.code.clone());
        let hint_id = format!("{id}-option");
        let toggle = move |ticked: bool| {
            let mut codes = form.peek_answers(|answers| codes(answers, &path));
            codes.retain(|other| *other != code);
            if ticked {
                codes.push(code.clone());
            }
            form.answer(&path, Edit::List(codes));
        };
        let input = el("input")
            .class("govuk-checkboxes__input")
            .attr("type", "checkbox")
            .attr("name", &asked.path)
            .attr("id", &id)
            .attr("value", &option.code)
            .maybe("disabled", asked.unchangeable)
            .maybe("aria-describedby", option.hint.as_ref().map(|_| hint_id.as_str()))
            .live_checked(move || {
                form.with(|state| {
                    state
                        .record
                        .as_ref()
                        .is_some_and(|record| codes(&record.answers, &watched).contains(&checked))
                })
            })
            .on("change", move |event| toggle(is_ticked(&event)));
        let hint = option.hint.as_ref();
        let hint = hint.map(|hint| p("div", "govuk-hint govuk-checkboxes__hint", hint).attr("id", &hint_id));
        el("div")
            .class("govuk-checkboxes__item")
            .add(input)
            .add(p("label", "govuk-label govuk-checkboxes__label", &option.label).attr("for", &id))
            .add(hint)
    };
    let items: View = options.iter().enumerate().map(item).collect();
    let class =
        if options.len() > 8 { "govuk-checkboxes govuk-checkboxes--small" } else { "govuk-checkboxes" };
    asked.under_legend(form, el("div").class(class).add(items))
}

fn codes(answers: &Answers, path: &str) -> Vec<String> {
    match answers.node(path) {
        Some(Node::List(codes)) => codes.clone(),
        _ => Vec::new(),
    }
}

/// The code at a path, told when it changes.
fn watched(form: Form, path: &str) -> Memo<String> {
    let path = path.to_owned();
    memo(move || form.text_at(&path))
}
