//! The three results as one picture: a ladder from everyday services to 999, with what is certain, what is possible and
//! how far nothing is ruled out. The same is said in words beside it.

use assessment_rules::{Step, Suggestions};
use leptos::prelude::*;

use crate::form::{Form, use_form};

#[component]
pub(crate) fn Ladder(results: Suggestions) -> impl IntoView {
    let form = use_form();
    let [certain, possible, open] = results.all().map(|result| result.step());
    let rungs = Step::ALL.into_iter().rev().map(|step| {
        let mark = if step == certain {
            "ca-ladder__mark ca-ladder__mark--certain"
        } else if step == possible {
            "ca-ladder__mark ca-ladder__mark--possible"
        } else {
            "ca-ladder__mark"
        };
        let is_open = step > certain && step <= open;
        let label = form.text(&format!("ladder.{}", step.code()));
        view! {
            <li class="ca-ladder__rung" class:ca-ladder__rung--open=is_open>
                <span class=mark></span>
                {label}
            </li>
        }
        .into_any()
    });
    view! {
        <ol class="ca-ladder" aria-hidden="true">{rungs.collect_view()}</ol>
        <ul class="ca-ladder__words">{words(form, certain, possible, open)}</ul>
    }
}

/// The same in words; a result that says nothing new is left out.
fn words(form: Form, certain: Step, possible: Step, open: Step) -> impl IntoView + use<> {
    let word = |kind: &'static str, step: Step| {
        let step = form.text(&format!("ladder.{}", step.code()));
        let mark = format!("ca-ladder__mark ca-ladder__mark--{kind}");
        view! {
            <li>
                <span class=mark aria-hidden="true"></span>
                {form.filled(&format!("ladder.{kind}"), &[("step", &step)])}
            </li>
        }
        .into_any()
    };
    [
        Some(word("certain", certain)),
        (possible > certain).then(|| word("possible", possible)),
        (open > possible).then(|| word("open", open)),
    ]
    .into_iter()
    .flatten()
    .collect_view()
}
