//! Whose record this is and whether it is safe, in view on every page.

mod status;

use leptos::prelude::*;

use super::{Follow, redrawn};
use crate::form::{Form, use_form};
use crate::state::{Certainty, Sent};
use status::Status;

#[component]
pub(crate) fn ChildBar() -> impl IntoView {
    let form = use_form();
    let name = Memo::new(move |_| {
        let name = form.answers(assessment_engine::assessment::child_name);
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
                <strong class="ca-child-bar__name">{name}</strong>
                " "
                {detail(birth)}
                " "
                {detail(reference)}
            </p>
            <UnreadUrgent/>
            <Status/>
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

/// The way to the urgent banner, from wherever somebody is on the page, until every action was read.
#[component]
fn UnreadUrgent() -> impl IntoView {
    let form = use_form();
    let unread = Memo::new(move |_| {
        let Some(outcome) = form.outcome.get() else { return 0 };
        form.with(|state| {
            let read = state.record.as_ref().map(|record| &record.acknowledged);
            let is_unread =
                |code: &&String| read.is_none_or(|read| read.time(code, Certainty::Certain).is_none());
            outcome.urgent.iter().filter(is_unread).count()
        })
    });
    view! {
        <div role="alert">
            {redrawn(move || {
                (unread.get() > 0).then(|| view! {
                    <Follow class="ca-child-bar__urgent" follow=move || form.focus("urgent")>
                        {form.filled("urgent.jump", &[("count", &unread.get().to_string())])}
                    </Follow>
                }.into_any())
            })}
        </div>
    }
}
