//! What the family said, person by person, and who will receive the record: read before anything is sent.

use assessment_engine::agreement::{Agreement, Capacity, Person, Says, State, agreement, question};
use assessment_engine::answers::{Answers, OTHER_SERVICE};
use assessment_form::is_blank;
use leptos::prelude::*;

use crate::components::{ChangeLink, redrawn};
use crate::form::{Form, use_form};
use crate::questions::shown;
use crate::state::Record;

/// Who will receive it, from the authority's profile.
#[component]
pub(super) fn Receiver() -> impl IntoView {
    let form = use_form();
    let standards = form.standards();
    let term = |key: &str| Some(standards.profile.term(key)).filter(|text| !is_blank(text));
    let receiver = term("receiver").map_or_else(
        || form.filled("before.receiver.default", &[("name", &standards.profile.name)]),
        str::to_owned,
    );
    let readers = term("receiver_readers").map_or_else(
        || form.text("before.receiver.ask"),
        |readers| form.filled("before.receiver.readers", &[("readers", readers)]),
    );
    view! {
        <h3 class="govuk-heading-s">{form.text("before.receiver")}</h3>
        <p>{form.filled("before.receiver.about", &[("receiver", &receiver)])} " " {readers}</p>
        <p>{form.text("before.receiver.not_services")}</p>
    }
}

/// What the family said.
#[component]
pub(super) fn Family() -> impl IntoView {
    let form = use_form();
    let said = Memo::new(move |_| {
        form.answers(|answers| {
            let agreement = agreement(answers);
            (agreement.state, people(form, answers, &agreement), notes(form, answers, &agreement))
        })
    });
    redrawn(move || said_by(form, said.get()))
}

fn said_by(form: Form, (state, lines, notes): (State, Vec<String>, Vec<String>)) -> AnyView {
    let can_change =
        form.peek(|state| state.record.as_ref().is_some_and(Record::is_open) && !state.read_only);
    let list = |lines: Vec<String>| lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any());
    let lines = (!lines.is_empty()).then(|| {
        view! { <ul class="govuk-list govuk-list--bullet">{list(lines).collect_view()}</ul> }.into_any()
    });
    let notes = notes.into_iter().map(|note| view! { <p>{note}</p> }.into_any()).collect_view();
    let change = can_change.then(|| {
        view! {
            <p class="ca-no-print">
                <ChangeLink path=form.peek_answers(question)>{form.text("before.change")}</ChangeLink>
            </p>
        }
        .into_any()
    });
    view! {
        <h3 class="govuk-heading-s">{form.text("before.agreed")}</h3>
        <p>{form.text(&format!("before.agreed.{}", state.code()))}</p>
        {lines}
        {notes}
        {change}
    }
    .into_any()
}

fn people(form: Form, answers: &Answers, agreement: &Agreement<'_>) -> Vec<String> {
    let mut lines: Vec<String> = agreement.people.iter().map(|person| line(form, person)).collect();
    if !is_blank(&answers.consent.status) && is_blank(&answers.consent.sought) {
        let says = shown::code(form, "consent_status", &answers.consent.status);
        lines.push(form.filled("before.person.status", &[("says", &says)]));
    }
    lines
}

fn line(form: Form, person: &Person<'_>) -> String {
    let typed = person.typed;
    let or = |text: String, key: &str| if is_blank(&text) { form.text(key) } else { text };
    let name = or(typed.name.trim().to_owned(), "before.person.unnamed");
    let who = or(shown::code(form, "who_consents", &typed.who), "before.person.unknown");
    let says = or(shown::code(form, "person_says", &typed.says), "before.person.unknown");
    let day = if person.says.is_no() { &typed.refused_on } else { &typed.agreed_on };
    let day = day.partial().filter(|_| person.says != Says::Nothing).map(|day| form.words().date(day));
    let values = [("name", &*name), ("who", &who), ("says", &says)];
    let mut line = match day {
        Some(day) => form.filled("before.person.on", &[values[0], values[1], values[2], ("day", &day)]),
        None => form.filled("before.person", &values),
    };
    if person.says == Says::AgreesPartly && !is_blank(&typed.limits) {
        let limits = form.filled("before.person.limits", &[("limits", typed.limits.trim())]);
        line = format!("{line}. {limits}");
    }
    line
}

/// A service that may share; where "other" is ticked, who is named beside it.
fn ticked(form: Form, other: &str, code: &str) -> String {
    if code == OTHER_SERVICE && !is_blank(other) {
        return other.trim().to_owned();
    }
    shown::service(form, code)
}

/// What the law says of the young people, and what sharing was agreed.
fn notes(form: Form, answers: &Answers, agreement: &Agreement<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for person in agreement.people.iter().filter(|person| person.says != Says::Nothing) {
        let key = match (person.capacity, person.typed.who.as_str()) {
            (Capacity::CompetentUnderSixteen, _) => "before.law.competent",
            (Capacity::SixteenOrOver, _) => "before.law.sixteen",
            (Capacity::View, "young_person_competent") => "before.law.not_shown",
            _ => continue,
        };
        let name = person.typed.name.trim();
        let name = if name.is_empty() { form.text("before.person.unnamed") } else { name.to_owned() };
        notes.push(form.filled(key, &[("name", &name)]));
    }
    let consent = &answers.consent;
    if agreement.shares() {
        let services: Vec<String> =
            consent.services.iter().map(|code| ticked(form, &consent.services_other, code)).collect();
        notes.push(form.filled("before.share.yes", &[("services", &services.join(", "))]));
    } else if agreement.state.is_agreed() && consent.share == "no" {
        notes.push(form.text("before.share.no"));
    }
    if !is_blank(&consent.exclusions) {
        notes.push(form.filled("before.exclusions", &[("who", consent.exclusions.trim())]));
    }
    notes
}
