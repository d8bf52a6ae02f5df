//! The urgent banner: what to do now, by when, whom to ring, and whether to tell the family. It stands on every page,
//! can be acknowledged, and is never gone while its answer stands.

use assessment_rules::UrgentAction;

use super::contacts;
use crate::dom::{El, View, el, flag, hidden, live, memo, p};
use crate::form::Form;
use crate::io::clock;
use crate::state::Event;

/// The banner, with "Check now" under it for answers that are not sure.
pub(crate) fn urgent(form: Form) -> View {
    let key = memo(move || {
        let codes =
            form.outcome().map(|outcome| outcome.urgent.join(" ") + "?" + &outcome.urgent_to_check.join(" "));
        let (read, read_only) = form.with(|state| {
            (state.record.as_ref().map_or(0, |record| record.acknowledged.len()), flag(state.read_only))
        });
        format!("{} {read} {read_only}", codes.unwrap_or_default())
    });
    live(key, move || {
        let Some(outcome) = form.peek_outcome() else { return crate::dom::nothing() };
        let now = banner(form, "urgent", &outcome.urgent, false);
        let check = banner(form, "urgent-check", &outcome.urgent_to_check, true);
        View::from(now).and(check)
    })
}

fn banner(form: Form, id: &str, codes: &[String], check: bool) -> Option<El> {
    if codes.is_empty() {
        return None;
    }
    let read = form
        .peek(|state| state.record.as_ref().map(|record| record.acknowledged.clone()).unwrap_or_default());
    let items: View = codes.iter().filter_map(|code| item(form, code, read.get(code), check)).collect();
    let (class, heading) = if check {
        ("ca-urgent ca-urgent--check", "urgent.check_heading")
    } else {
        ("ca-urgent", "urgent.heading")
    };
    Some(
        el("section")
            .class(class)
            .attr("aria-labelledby", id)
            .add(form.say("h2", "ca-urgent__heading", heading).attr("id", id).attr("tabindex", "-1"))
            .add(check.then(|| form.say("p", "", "urgent.check_about")))
            .add(el("ul").class("ca-urgent__list").add(items)),
    )
}

fn item(form: Form, code: &str, read_at: Option<&String>, check: bool) -> Option<El> {
    let action = form.standards().pack.action(code)?;
    let id = format!("urgent-{code}");
    let lead =
        if check { &form.filled("urgent.if_so", &[("action", &action.action)]) } else { &action.action };
    let trigger = hidden(&format!(": {}", action.trigger));
    let first = action.contacts.first().and_then(|id| form.standards().pack.contact(id));
    let (class, summary) = match read_at {
        Some(time) => {
            ("ca-urgent__item ca-urgent__item--read", &*form.filled("urgent.read_at", &[("time", time)]))
        }
        None => ("ca-urgent__item", form.text("urgent.more")),
    };
    let acknowledge = (read_at.is_none() && form.peek(|state| !state.read_only)).then(|| {
        let (code, id) = (code.to_owned(), id.clone());
        let acknowledge = move || {
            form.dispatch(Event::Acknowledged(code.clone(), clock::time()));
            form.focus(&id);
        };
        let class = "govuk-button govuk-button--secondary ca-urgent__acknowledge";
        form.button(class, "urgent.acknowledge", acknowledge).add(hidden(&format!(": {}", action.trigger)))
    });
    // A warning not to tell somebody stands in view until it was read.
    let usual = ["tell_family_unless_risk", "tell_family", "do_not_delay", "n/a"]
        .contains(&&*action.telling_the_family);
    let telling = (read_at.is_none() && !usual)
        .then(|| form.say("p", "ca-urgent__line", &format!("telling.{}", action.telling_the_family)));
    let summary = el("summary")
        .class("govuk-details__summary")
        .attr("id", &id)
        .add(p("span", "govuk-details__summary-text", summary).add(trigger));
    Some(
        el("li")
            .class(class)
            .add(p("p", "ca-urgent__action", lead))
            .add(
                el("p")
                    .class("ca-urgent__line")
                    .add(p(
                        "strong",
                        "ca-urgent__when",
                        &form.filled("urgent.by", &[("deadline", &action.deadline)]),
                    ))
                    .add(first.map(|contact| contacts::ways(form, contact, &contact.name))),
            )
            .add(telling)
            .add(
                el("details")
                    .class("govuk-details ca-urgent__more")
                    .add(summary)
                    .add(el("div").class("govuk-details__text").add(facts(form, action))),
            )
            .add(acknowledge),
    )
}

fn facts(form: Form, action: &UrgentAction) -> El {
    let fact = |key: &str, value: &str| {
        let both = || el("div").class("ca-urgent__fact").add(form.say("dt", "", key)).add(p("dd", "", value));
        (!value.is_empty()).then(both)
    };
    let known = action.contacts.iter().filter_map(|id| form.standards().pack.contact(id));
    let ring: View =
        known.map(|contact| el("div").add(contacts::ways(form, contact, &contact.name))).collect();
    let telling = form.text(&format!("telling.{}", action.telling_the_family));
    let who = if action.who == "anyone" { "" } else { &action.who };
    el("dl")
        .class("ca-urgent__facts")
        .add(fact("urgent.why", &action.trigger))
        .add(fact("urgent.who", who))
        .add(
            el("div").class("ca-urgent__fact").add(form.say("dt", "", "urgent.ring")).add(el("dd").add(ring)),
        )
        .add(fact("urgent.telling", telling))
}
