//! One urgent action: in full until it was read, then one line that opens.

use assessment_rules::UrgentAction;
use leptos::prelude::*;

use super::clock::{Clock, DueTag};
use super::facts::{Because, facts};
use super::log::{LogButton, Logged};
use super::{Shown, shown};
use crate::components::{OutOfHours, RingNow, redrawn};
use crate::form::{Form, use_form};
use crate::io::clock;
use crate::state::{Certainty, Event};

/// Something that is usual to do needs no warning in view.
const USUAL: [&str; 4] = ["tell_family_unless_risk", "tell_family", "do_not_delay", "n/a"];

/// What to do where the answer is not sure. Without words of the action's own: no proof is needed, ask no more, speak to
/// the safeguarding lead.
pub(crate) fn not_sure(form: Form, action: &UrgentAction) -> String {
    action.not_sure.clone().unwrap_or_else(|| form.text("urgent.not_sure"))
}

/// An action as it is drawn.
#[derive(Clone)]
struct Drawn {
    code: String,
    action: UrgentAction,
    certainty: Certainty,
    /// What to do.
    lead: String,
    /// The id of what opens.
    id: String,
    /// What screen reader users hear after words that several actions have.
    trigger: String,
}

#[component]
pub(super) fn Action(code: String, action: UrgentAction, certainty: Certainty) -> impl IntoView {
    let form = use_form();
    let lead = match certainty {
        Certainty::Certain => action.action.clone(),
        Certainty::NotSure => not_sure(form, &action),
    };
    let drawn = Drawn {
        id: format!("urgent-{code}"),
        trigger: format!(": {}", action.trigger),
        code,
        action,
        certainty,
        lead,
    };
    let shown = Memo::new({
        let code = drawn.code.clone();
        move |_| shown(form, &code, certainty)
    });
    let is_read = move || shown.with(|shown| *shown != Shown::Unread);
    let content = redrawn(move || match shown.get() {
        Shown::Unread => unread(form, drawn.clone()),
        Shown::Read(time) => {
            let about = form.filled("urgent.read_at", &[("time", &time)]);
            let due = view! { <DueTag code=drawn.code.clone() certainty/> }.into_any();
            let short = view! { <span class="ca-urgent__short">{drawn.lead.clone()}</span> }.into_any();
            line(form, drawn.clone(), (short, due), Some(about))
        }
        Shown::Done => {
            let code = drawn.code.clone();
            let done = Memo::new(move |_| done(form, &code, certainty));
            let short = view! { <span class="ca-urgent__short">{done}</span> }.into_any();
            line(form, drawn.clone(), (short, ().into_any()), None)
        }
    });
    view! { <li class="ca-urgent__item" class:ca-urgent__item--read=is_read>{content}</li> }
}

/// What was done, in words.
fn done(form: Form, code: &str, certainty: Certainty) -> String {
    let today = form.moment.get().local.date();
    form.with(|state| {
        let record = state.record.as_ref()?;
        let entry = record.urgency.done(&record.answers, code, certainty)?;
        Some(form.words().logged(entry, today))
    })
    .unwrap_or_default()
}

/// Action, deadline, number and the warning, all in view.
fn unread(form: Form, drawn: Drawn) -> AnyView {
    let Drawn { code, action, certainty, lead, id, trigger } = drawn;
    // A warning not to tell somebody is in view until it was read.
    let warning = (!USUAL.contains(&action.telling_the_family.as_str())).then(|| {
        let text = form.text(&format!("telling.{}", action.telling_the_family));
        view! { <p class="ca-urgent__line">{text}</p> }.into_any()
    });
    let read_only = Memo::new(move |_| form.with(|state| state.read_only));
    let acknowledge = redrawn({
        let (code, id, trigger) = (code.clone(), id.clone(), trigger.clone());
        move || {
            let (code, id, trigger) = (code.clone(), id.clone(), trigger.clone());
            (!read_only.get()).then(|| {
                let acknowledge = move |_| {
                    let (action, time) = (code.clone(), clock::time());
                    form.dispatch(Event::Acknowledged { action, certainty, time });
                    form.focus(&id);
                };
                view! {
                    <button
                        type="button"
                        class="govuk-button govuk-button--secondary ca-urgent__acknowledge"
                        on:click=acknowledge
                    >
                        {form.text("urgent.acknowledge")}
                        <span class="govuk-visually-hidden">{trigger}</span>
                    </button>
                }
                .into_any()
            })
        }
    });
    let by_when = form.filled("urgent.by", &[("deadline", &action.deadline)]);
    view! {
        <OutOfHours action=action.clone()/>
        <p class="ca-urgent__action">{lead}</p>
        <RingNow action=action.clone()>
            <strong class="ca-urgent__when">{by_when}</strong>
        </RingNow>
        <Clock code=code.clone() certainty is_short=true/>
        {warning}
        <Logged code=code.clone() certainty/>
        <details class="govuk-details ca-urgent__more">
            <summary class="govuk-details__summary" id=id>
                <span class="govuk-details__summary-text">
                    {form.text("urgent.more")}
                    <span class="govuk-visually-hidden">{trigger.clone()}</span>
                </span>
            </summary>
            <div class="govuk-details__text">
                // On a narrow screen the page's own heading needs the room.
                <span class="ca-urgent__narrow">
                    <LogButton code=code.clone() certainty about=trigger.clone()/>
                </span>
                <Because action=code.clone()/>
                {facts(form, &action)}
            </div>
        </details>
        {acknowledge}
        <span class="ca-urgent__wide">
            <LogButton code certainty about=trigger/>
        </span>
    }
    .into_any()
}

/// One line, which opens to everything. `about` says when it was read.
fn line(form: Form, drawn: Drawn, (short, due): (AnyView, AnyView), about: Option<String>) -> AnyView {
    let Drawn { code, action, certainty, lead, id, trigger } = drawn;
    let by_when = form.filled("urgent.by", &[("deadline", &action.deadline)]);
    view! {
        <details class="ca-urgent__more ca-urgent__one">
            <summary class="ca-urgent__line-up" id=id>
                {short}
                " "
                {due}
            </summary>
            <div class="govuk-details__text">
                <OutOfHours action=action.clone()/>
                <p class="ca-urgent__action">{lead}</p>
                <RingNow action=action.clone()>
                    <strong class="ca-urgent__when">{by_when}</strong>
                </RingNow>
                <Clock code=code.clone() certainty/>
                <p class="ca-urgent__line">{about}</p>
                <Logged code=code.clone() certainty/>
                <LogButton code=code.clone() certainty about=trigger/>
                <Because action=code/>
                {facts(form, &action)}
            </div>
        </details>
    }
    .into_any()
}
