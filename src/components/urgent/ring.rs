//! The numbers of actions that were read, beside the banner's heading: they stay in view when the actions themselves are
//! one line each. Not those of unread actions, which have their own below them.

use assessment_rules::{Answering, Openness};
use leptos::prelude::*;

use super::{Shown, shown, urgent_codes};
use crate::components::redrawn;
use crate::form::{Form, use_form};
use crate::state::Certainty;

#[component]
pub(super) fn Ring(codes: Memo<Vec<String>>, certainty: Certainty) -> impl IntoView {
    let form = use_form();
    let numbers = Memo::new(move |_| numbers(form, &codes.get(), certainty));
    let label = redrawn(move || {
        let is_any = numbers.with(|numbers| !numbers.is_empty());
        is_any.then(|| {
            view! { <span class="ca-urgent__whose">{format!("{} ", form.text("urgent.ring_now"))}</span> }
                .into_any()
        })
    });
    view! {
        <p class="ca-urgent__ring" data-numbers="">
            {label}
            <For each=move || numbers.get() key=|(phone, _)| phone.clone() let((phone, name))>
                {number(phone, name)}
            </For>
        </p>
    }
}

fn number(phone: String, name: String) -> AnyView {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    view! {
        <a class="ca-urgent__phone" href=format!("tel:{digits}")>
            {phone}
            <span class="ca-urgent__whose">{format!(" {name}")}</span>
        </a>
    }
    .into_any()
}

/// The numbers that answer now, each once; both where nobody can say which one does.
fn numbers(form: Form, codes: &[String], certainty: Certainty) -> Vec<(String, String)> {
    let standards = form.standards();
    let time = standards.local_time(form.now.get());
    // Those of the first banner are in view there.
    let before = match certainty {
        Certainty::Certain => Vec::new(),
        Certainty::NotSure => numbers(form, &urgent_codes(form, Certainty::Certain), Certainty::Certain),
    };
    let mut numbers: Vec<(String, String)> = Vec::new();
    for code in codes {
        let is_read = matches!(shown(form, code, certainty), Shown::Read(_));
        let Some(action) = standards.pack.action(code).filter(|_| is_read) else { continue };
        let first = standards.pack.line_up(&action.contacts, time).first;
        let answers = |one: &Answering| matches!(one.openness, Openness::Open { .. });
        let most = if first.first().is_some_and(answers) { 1 } else { first.len() };
        for Answering { contact, .. } in first.into_iter().take(most) {
            let Some(phone) = contact.phone else { continue };
            if !before.iter().chain(&numbers).any(|(other, _)| *other == phone) {
                numbers.push((phone, contact.name));
            }
        }
    }
    numbers
}
