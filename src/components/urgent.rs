//! The urgent banner: what to do now, by when, whom to ring, and whether to tell the family. It stands on every page,
//! can be acknowledged, and is never gone while its answer stands.

use assessment_engine::threshold::UrgentAction;

use super::contacts;
use crate::dom::{El, View, button, el, hidden, live, memo, p};
use crate::form::Form;
use crate::io::clock;
use crate::state::Event;

/// The banner, with "Check now" under it for answers that are not sure.
pub(crate) fn urgent(form: Form) -> View {
    let key = memo(move || {
        let codes =
            form.with_outcome(|outcome| outcome.urgent.join(" ") + "?" + &outcome.urgent_to_check.join(" "));
        let read = form.with(|state| state.record.as_ref().map_or(0, |record| record.acknowledged.len()));
        format!("{} {read}", codes.unwrap_or_default())
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
    let action = form.standards(|standards| standards.pack.action(code).cloned())?;
    let id = format!("urgent-{code}");
    let lead = if check {
        form.filled("urgent.if_so", &[("action", &action.action)])
    } else {
        action.action.clone()
    };
    let lead = p("p", "ca-urgent__action", &lead);
    let facts = facts(form, &action);
    let trigger = hidden(&format!(": {}", action.trigger));
    Some(match read_at {
        Some(time) => {
            let first =
                form.standards(|s| action.contacts.first().and_then(|id| s.pack.contact(id).cloned()));
            let read = form.filled("urgent.read_at", &[("time", time)]);
            let summary = el("summary")
                .class("govuk-details__summary")
                .attr("id", &id)
                .add(p("span", "govuk-details__summary-text", &read).add(trigger));
            el("li")
                .class("ca-urgent__item ca-urgent__item--acknowledged")
                .add(lead)
                .add(first.map(|contact| el("p").add(contacts::ways(form, &contact, &contact.name))))
                .add(
                    el("details")
                        .class("govuk-details ca-urgent__more")
                        .add(summary)
                        .add(el("div").class("govuk-details__text").add(facts)),
                )
        }
        None => {
            let code = code.to_owned();
            let acknowledge = move || {
                form.dispatch(Event::Acknowledged(code.clone(), clock::time()));
                form.focus(&id);
            };
            let class = "govuk-button govuk-button--secondary ca-urgent__acknowledge";
            el("li")
                .class("ca-urgent__item")
                .add(lead)
                .add(facts)
                .add(button(class, &form.text("urgent.acknowledge"), acknowledge).add(trigger))
        }
    })
}

fn facts(form: Form, action: &UrgentAction) -> El {
    let fact = |key: &str, value: &str| {
        let both = || el("div").class("ca-urgent__fact").add(form.say("dt", "", key)).add(p("dd", "", value));
        (!value.is_empty()).then(both)
    };
    let ring: View = form.standards(|standards| {
        let known = action.contacts.iter().filter_map(|id| standards.pack.contact(id));
        known.map(|contact| el("div").add(contacts::ways(form, contact, &contact.name))).collect()
    });
    let telling = form.text(&format!("telling.{}", action.telling_the_family));
    let who = if action.who == "anyone" { "" } else { &action.who };
    el("dl")
        .class("ca-urgent__facts")
        .add(fact("urgent.why", &action.trigger))
        .add(fact("urgent.when", &action.deadline))
        .add(fact("urgent.who", who))
        .add(
            el("div").class("ca-urgent__fact").add(form.say("dt", "", "urgent.ring")).add(el("dd").add(ring)),
        )
        .add(fact("urgent.telling", &telling))
}
