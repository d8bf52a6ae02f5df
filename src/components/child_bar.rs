//! Whose record this is and whether it is safe, in view on every page.

mod status;

use leptos::prelude::*;

use super::file::OpenRecordAsFile;
use super::urgent::{is_overdue, is_unread, urgent_codes};
use super::{Follow, not_sure, on_own, redrawn};
use crate::form::{Form, use_form};
use crate::state::{Certainty, Sent};
use status::Status;

#[component]
pub(crate) fn ChildBar() -> impl IntoView {
    let form = use_form();
    let name = Memo::new(move |_| {
        let name = form.answers(assessment_engine::answers::child_name);
        if name.is_empty() { form.text("child.new") } else { name }
    });
    let birth = Memo::new(move |_| birth(form));
    let reference = Memo::new(move |_| {
        form.with(|state| match state.record.as_ref().map(|record| &record.sent) {
            Some(Sent::Received(receipt)) => Some(receipt.reference.clone()),
            _ => None,
        })
    });
    let detail = |text: Memo<Option<String>>| {
        redrawn(move || {
            text.get().map(|text| view! { <span class="ca-child-bar__detail">{text}</span> }.into_any())
        })
    };
    view! {
        <section class="ca-child-bar" aria-label=form.text("child.bar")>
            <p class="ca-child-bar__who">
                <strong class="ca-child-bar__name" dir="auto">{name}</strong>
                " "
                {detail(birth)}
                " "
                {detail(reference)}
            </p>
            {on_own(|| view! { <UnreadUrgent/> }.into_any())}
            <Status/>
            <OpenRecordAsFile/>
        </section>
    }
}

/// Date of birth, or the expected date.
fn birth(form: Form) -> Option<String> {
    form.answers(|answers| {
        let child = &answers.identifying_details;
        let born = child.dob.partial().map(|date| ("child.born", date));
        let (key, date) = born.or_else(|| child.edd.partial().map(|date| ("child.expected", date)))?;
        Some(form.filled(key, &[("date", &form.words().date(date))]))
    })
}

/// The way to the urgent banner, from wherever somebody is on the page, until every action was read. It says the action
/// and not a count: it is announced, and may be all that somebody hears.
#[component]
fn UnreadUrgent() -> impl IntoView {
    view! {
        <div class="ca-child-bar__jumps">
            <Unread certainty=Certainty::Certain class="ca-child-bar__urgent" target="urgent" jump="urgent.jump"/>
            <Unread
                certainty=Certainty::NotSure
                class="ca-child-bar__urgent ca-child-bar__urgent--check"
                target="urgent-check"
                jump="urgent.check_jump"
            />
        </div>
    }
}

#[component]
fn Unread(
    certainty: Certainty,
    class: &'static str,
    target: &'static str,
    jump: &'static str,
) -> impl IntoView {
    let form = use_form();
    let said = Memo::new(move |_| {
        let unread = unread(form, certainty);
        let action = form.standards().pack.action(unread.first()?).cloned()?;
        let action = match certainty {
            Certainty::Certain => action.action,
            Certainty::NotSure => not_sure(form, &action),
        };
        let action = first_sentence(&action);
        Some(match unread.len() {
            1 => form.filled(jump, &[("action", action)]),
            count => form
                .filled(&format!("{jump}_more"), &[("action", action), ("count", &(count - 1).to_string())]),
        })
    });
    view! {
        <div role="alert">
            {redrawn(move || said.get().map(|text| view! {
                <Follow class=class follow=move || form.focus(target)>
                    {text}
                </Follow>
            }.into_any()))}
        </div>
    }
}

/// How many urgent actions nobody has read, or nobody has done in time.
pub(crate) fn urgent_to_read(form: Form) -> usize {
    let count = |certainty| {
        let codes = urgent_codes(form, certainty);
        let is_open = |code: &&String| is_unread(form, code, certainty) || is_overdue(form, code, certainty);
        codes.iter().filter(is_open).count()
    };
    count(Certainty::Certain) + count(Certainty::NotSure)
}

/// The urgent actions of one certainty that nobody has read or done.
fn unread(form: Form, certainty: Certainty) -> Vec<String> {
    let codes = urgent_codes(form, certainty);
    codes.into_iter().filter(|code| is_unread(form, code, certainty)).collect()
}

/// What to do first is in the first sentence of an action.
fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}
