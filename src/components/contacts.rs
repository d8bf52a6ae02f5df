//! Numbers to ring. Each says when it is for, and whether anybody has checked it.

use assessment_rules::Contact;
use leptos::prelude::*;

use crate::form::{Form, use_form};

/// All contacts of the profile, for the start page.
#[component]
pub(crate) fn Contacts() -> impl IntoView {
    let standards = use_form().standards();
    let rows = standards.pack.contacts().iter().map(|contact| {
        view! {
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{contact.name.clone()}</dt>
                <dd class="govuk-summary-list__value">
                    <Ways contact=contact.clone() name=""/>
                    <p>{contact.when.clone()}</p>
                </dd>
            </div>
        }
        .into_any()
    });
    view! { <dl class="govuk-summary-list">{rows.collect_view()}</dl> }
}

/// The number or address of a contact, whose it is, and a note where nobody has checked it. The name is beside its own
/// number: a note between them would be read as that of the next one.
#[component]
pub(crate) fn Ways(contact: Contact, #[prop(into)] name: String) -> impl IntoView {
    let note = unchecked(use_form(), &contact);
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
        {note.map(|text| view! { <span class="ca-urgent__note">{text}</span> }.into_any())}
    }
}

fn unchecked(form: Form, contact: &Contact) -> Option<String> {
    match (&contact.checked_on, contact.national) {
        (_, true) => None,
        (Some(day), _) => Some(form.filled("contact.checked", &[("date", day)])),
        (None, _) if contact.phone.is_none() => Some(form.text("contact.unchecked_address")),
        (None, _) => Some(form.text("contact.unchecked")),
    }
}
