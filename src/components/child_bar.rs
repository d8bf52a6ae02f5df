//! Whose record this is and whether it is safe, in view on every page.

use leptos::prelude::GetUntracked;

use crate::dom::{El, anchor, el, live, memo, nothing, p};
use crate::form::Form;
use crate::state::{SaveStatus, Sent};

pub(crate) fn child_bar(form: Form) -> El {
    let name = move || {
        let name = form.with(|state| state.record.as_ref().map(|record| record.name()).unwrap_or_default());
        if name.is_empty() { form.text("child.new").to_owned() } else { name }
    };
    let birth = memo(move || {
        form.with(|state| {
            let Some(record) = &state.record else { return String::new() };
            let child = &record.answers.identifying_details;
            let dob = child.dob.partial().map(|date| ("child.born", date));
            let date = dob.or_else(|| child.edd.partial().map(|date| ("child.expected", date)));
            date.map(|(key, date)| form.filled(key, &[("date", &form.words().date(date))]))
                .unwrap_or_default()
        })
    });
    let reference = memo(move || {
        form.with(|state| match state.record.as_ref().map(|record| &record.sent) {
            Some(Sent::Received(receipt)) => receipt.reference.clone(),
            _ => String::new(),
        })
    });
    let detail = move |text: String| {
        if text.is_empty() { nothing() } else { p("span", "ca-child-bar__detail", &text).into() }
    };
    let who = el("p")
        .class("ca-child-bar__who")
        .add(el("strong").class("ca-child-bar__name").live_text(name))
        .text(" ")
        .add(live(birth, move || detail(birth.get_untracked())))
        .text(" ")
        .add(live(reference, move || detail(reference.get_untracked())));
    let status = memo(move || {
        form.with(|state| {
            let sent = state.record.as_ref().map(|record| &record.sent);
            match (&state.save, sent) {
                (SaveStatus::Failed, _) => format!("failed {}", form.text("save.failed")),
                (_, Some(Sent::Waiting { .. })) => format!("waiting {}", form.text("save.waiting")),
                (_, Some(Sent::Received(_))) => format!("saved {}", form.text("save.sent")),
                (SaveStatus::Nothing, _) => String::new(),
                (SaveStatus::Saving, _) => format!("saving {}", form.text("save.saving")),
                (SaveStatus::Saved(at), _) => format!("saved {}", form.filled("save.saved", &[("time", at)])),
            }
        })
    });
    // The banner stands at the top of the page; whoever is far below it must see at once that it is there.
    let urgent = memo(move || {
        let read = form.with(|state| state.record.as_ref().map(|record| record.acknowledged.clone()));
        let read = read.unwrap_or_default();
        let unread = form
            .outcome()
            .map(|outcome| outcome.urgent.iter().filter(|code| !read.contains_key(*code)).count());
        unread.filter(|count| *count > 0).map(|count| count.to_string()).unwrap_or_default()
    });
    let jump = el("div").attr("role", "alert").live(urgent, move || match urgent.get_untracked().as_str() {
        "" => nothing(),
        count => {
            let text = form.filled("urgent.jump", &[("count", count)]);
            anchor("ca-child-bar__urgent", &text, move || form.focus("urgent")).into()
        }
    });
    el("section").class("ca-child-bar").attr("aria-label", form.text("child.bar")).add(who).add(jump).live(
        status,
        move || match status.get_untracked().split_once(' ') {
            Some((modifier, text)) => {
                p("p", &format!("ca-child-bar__status ca-child-bar__status--{modifier}"), text).into()
            }
            None => nothing(),
        },
    )
}
