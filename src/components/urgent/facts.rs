//! What else belongs to an urgent action: the answers behind it, why, who, whom to ring, and whether to tell the family.

use assessment_rules::{UrgentAction, causes};
use leptos::prelude::*;

use super::action::not_sure;
use crate::components::{AllNumbers, QuestionLink};
use crate::form::{Form, use_form};

/// The answers behind an urgent action, each with a link.
#[component]
pub(super) fn Because(action: String) -> impl IntoView {
    let form = use_form();
    let paths = Memo::new(move |_| {
        let standards = form.standards();
        form.answers(|answers| causes(answers, form.today(), &standards.pack, &action))
    });
    let item = move |path: String| {
        let key = match form.peek_answers(|answers| answers.text(&path).to_owned()).as_str() {
            "yes" => "urgent.because_yes",
            "unsure" => "urgent.because_not_sure",
            _ => "urgent.because",
        };
        view! { <li>{form.text(key)} " " <QuestionLink path/></li> }.into_any()
    };
    move || {
        let items: Vec<AnyView> = paths.get().into_iter().map(item).collect();
        view! { <ul class="govuk-list">{items}</ul> }.into_any()
    }
}

/// Why, who, whom to ring, whether to tell the family, and what the short words of all that mean.
pub(super) fn facts(form: Form, action: &UrgentAction) -> impl IntoView + use<> {
    let fact = |name: &str, value: &str| {
        (!value.is_empty()).then(|| {
            view! {
                <div class="ca-urgent__fact">
                    <dt>{name.to_owned()}</dt>
                    <dd>{value.to_owned()}</dd>
                </div>
            }
            .into_any()
        })
    };
    let telling = form.text(&format!("telling.{}", action.telling_the_family));
    let not_sure = not_sure(form, action);
    let words = form.words();
    let said = [&*action.action, &not_sure, &action.trigger, &action.who, &telling].join(" ");
    let terms = words.terms().found_in(&said).into_iter().filter_map(|index| words.terms().get(index));
    let terms = terms.map(|term| fact(&term.name, &term.meaning)).collect_view();
    let who = if action.who == "anyone" { "" } else { &action.who };
    view! {
        <dl class="ca-urgent__facts">
            {fact(&form.text("urgent.why"), &action.trigger)}
            {fact(&form.text("urgent.who"), who)}
            <div class="ca-urgent__fact">
                <dt>{form.text("urgent.ring")}</dt>
                <dd>
                    <AllNumbers contacts=action.contacts.clone()/>
                </dd>
            </div>
            {fact(&form.text("urgent.telling"), &telling)}
            {terms}
        </dl>
    }
}
