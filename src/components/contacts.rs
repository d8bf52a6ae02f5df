//! Numbers to ring: the one that answers now first, with its hours, and whether anybody has checked it. Which one that is
//! follows from the rule pack and the time (`assessment_rules::LineUp`); here it is only shown.

use assessment_rules::{Answering, Contact, LineUp, OpeningHours, Openness, UrgentAction};
use leptos::prelude::*;

use super::Explained;
use crate::form::{Form, use_form};

/// All contacts of the authority, for the start page.
#[component]
pub(crate) fn Contacts() -> impl IntoView {
    let form = use_form();
    let all = form.all_lined_up();
    let doubt = Memo::new(move |_| {
        let standards = form.standards();
        standards.pack.time_doubt(standards.local_time(form.now.get()))
    });
    let note = move || {
        let text = form.words().time_doubt(doubt.get()?, form.now.get());
        Some(view! { <p class="ca-urgent__line"><strong>{text}</strong></p> }.into_any())
    };
    view! {
        {note}
        <dl class="govuk-summary-list" data-numbers="">
            {each(all, |contact, openness| {
                view! {
                    <div class="govuk-summary-list__row">
                        <dt class="govuk-summary-list__key">{contact.name.clone()}</dt>
                        <dd class="govuk-summary-list__value">
                            <Ways contact=contact.clone() openness name=""/>
                            <p>{contact.when.clone()}</p>
                            <Explained text=[&contact.name, " ", &contact.when].concat()/>
                        </dd>
                    </div>
                }
                .into_any()
            })}
        </dl>
    }
}

/// What applies while the office is closed. It comes before the action, which may name the closed office.
#[component]
pub(crate) fn OutOfHours(action: UrgentAction) -> impl IntoView {
    let form = use_form();
    let line_up = form.line_up(action.contacts.clone());
    let words = Memo::new(move |_| {
        line_up.with(|line_up| form.standards().pack.out_of_hours_words(&action, line_up).map(str::to_owned))
    });
    move || {
        words.get().map(|text| {
            view! { <p class="ca-urgent__line ca-urgent__out-of-hours"><strong>{text}</strong></p> }
                .into_any()
        })
    }
}

/// What of an urgent action must be in view: whom to ring now. Children come before the first number, on its line.
#[component]
pub(crate) fn RingNow(action: UrgentAction, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let form = use_form();
    let line_up = form.line_up(action.contacts.clone());
    let first = Memo::new(move |_| line_up.with(|line_up| line_up.first.clone()));
    Effect::new(move |before: Option<String>| {
        let (id, text) = line_up.with(|line_up| announced(form, line_up)).unwrap_or_default();
        if before.is_some_and(|before| before != id) {
            form.announce(&text);
        }
        id
    });
    let is_certain = move || {
        first.with(|first| matches!(first.first(), Some(Answering { openness: Openness::Open { .. }, .. })))
    };
    let line = |text: String| view! { <p class="ca-urgent__line"><strong>{text}</strong></p> }.into_any();
    view! {
        <p class="ca-urgent__line" class:ca-urgent__line--answered=is_certain data-numbers="">
            {children.map(|children| children())}
            {each(first, |contact, openness| {
                let name = contact.name.clone();
                view! { <span class="ca-urgent__number"><Ways contact openness name/></span> }.into_any()
            })}
        </p>
        {move || notes(form, line_up).into_iter().map(line).collect_view()}
    }
}

/// All contacts of an urgent action, the one to ring now first.
#[component]
pub(crate) fn AllNumbers(contacts: Vec<String>) -> impl IntoView {
    let form = use_form();
    let line_up = form.line_up(contacts);
    let all =
        Memo::new(move |_| line_up.with(|LineUp { first, others, .. }| [first.as_slice(), others].concat()));
    view! {
        <div data-numbers="">
            {each(all, |contact, openness| {
                let name = contact.name.clone();
                view! { <div><Ways contact openness name/></div> }.into_any()
            })}
        </div>
    }
}

/// The number or address of a contact, whose it is, whether somebody answers now, and a note where nobody has checked it.
/// The name is beside its own number: a note between them would be read as that of the next one.
#[component]
fn Ways(contact: Contact, openness: Memo<Option<Openness>>, #[prop(into)] name: String) -> impl IntoView {
    let form = use_form();
    let note = unchecked(form, &contact);
    let is_always = contact.hours == OpeningHours::Always;
    let hours = contact.phone.is_some().then_some(move || match openness.get() {
        Some(_) if is_always => form.text("hours.always"),
        Some(openness) => form.words().openness(openness, form.now.get()),
        None => String::new(),
    });
    let way = match (contact.phone, contact.email) {
        (Some(phone), _) => {
            let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            Some(view! { <a class="ca-urgent__phone" href=format!("tel:{digits}")>{phone}</a> }.into_any())
        }
        (None, Some(email)) => Some(
            view! { <a class="govuk-link" href=format!("mailto:{email}")>{email.clone()}</a> }.into_any(),
        ),
        (None, None) => None,
    };
    view! {
        {way}
        {format!(" {name} ")}
        {hours.map(|text| view! {
            <span class="ca-urgent__hours" class:ca-urgent__hours--always=is_always>{text}</span>
        }.into_any())}
        {note.map(|text| view! { <span class="ca-urgent__note">{text}</span> }.into_any())}
    }
}

/// Draws each contact of a list; its number stays the same element when others come before it or its hours change.
fn each(all: Memo<Vec<Answering>>, draw: fn(Contact, Memo<Option<Openness>>) -> AnyView) -> AnyView {
    view! {
        <For
            each=move || all.get()
            key=|answering| answering.contact.id.clone()
            children=move |Answering { contact, .. }| {
                let openness = openness_of(all, &contact);
                draw(contact, openness)
            }
        />
    }
    .into_any()
}

/// Follows one contact of a list through time, so that its number stays where it is when only its hours change.
fn openness_of(all: Memo<Vec<Answering>>, contact: &Contact) -> Memo<Option<Openness>> {
    let id = contact.id.clone();
    Memo::new(move |_| {
        let of_it = |answering: &&Answering| answering.contact.id == id;
        all.with(|all| all.iter().find(of_it).map(|answering| answering.openness))
    })
}

/// The contact to ring first, and what is said when another one was first a minute ago.
fn announced(form: Form, line_up: &LineUp) -> Option<(String, String)> {
    let Contact { id, name, phone, .. } = &line_up.first.first()?.contact;
    let phone = phone.as_deref().unwrap_or_default();
    Some((id.clone(), form.filled("hours.changed", &[("name", name), ("phone", phone)])))
}

/// What must be said beside the numbers: that the device's date may be wrong, and to go on to the next number.
fn notes(form: Form, line_up: Memo<LineUp>) -> Vec<String> {
    line_up.with(|line_up| {
        let doubt = line_up.doubt.map(|doubt| form.words().time_doubt(doubt, form.now.get()));
        let is_unknown =
            matches!(line_up.first.first().map(|first| first.openness), Some(Openness::Unknown(_)));
        let next = (is_unknown && line_up.first.len() > 1).then(|| form.text("hours.next"));
        doubt.into_iter().chain(next).collect()
    })
}

fn unchecked(form: Form, contact: &Contact) -> Option<String> {
    match (&contact.checked_on, contact.national) {
        (_, true) => None,
        (Some(day), _) => Some(form.filled("contact.checked", &[("date", day)])),
        (None, _) if contact.phone.is_none() => Some(form.text("contact.unchecked_address")),
        (None, _) => Some(form.text("contact.unchecked")),
    }
}
