//! Numbers to ring. Each says when it is for, and whether anybody has checked it.

use assessment_engine::profile::Contact;
use leptos::prelude::*;

use crate::form::Form;

/// All contacts of the profile, for the start page.
pub(crate) fn all(form: Form) -> AnyView {
    let contacts = form.standards(|standards| standards.profile.contacts.clone());
    let rows = contacts
        .iter()
        .map(|contact| {
            view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{contact.name.clone()}</dt>
                    <dd class="govuk-summary-list__value">
                        {ways(form, contact)}
                        <p>{contact.when.clone()}</p>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
}

/// The number or address of a contact, with a word where nobody has checked it.
pub(crate) fn ways(form: Form, contact: &Contact) -> AnyView {
    let phone = contact.phone.clone().map(|phone| {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! { <a class="ca-urgent__phone" href=format!("tel:{digits}")>{phone.clone()}</a>" " }
    });
    let email = contact.email.clone().filter(|_| contact.phone.is_none()).map(|email| {
        view! { <a class="govuk-link" href=format!("mailto:{email}")>{email.clone()}</a>" " }
    });
    let checked = match (&contact.checked_on, contact.national) {
        (_, true) => None,
        (Some(day), _) => Some(form.filled("contact.checked", &[("date", day)])),
        (None, _) => Some(form.text("contact.unchecked")),
    };
    let checked = checked.map(|text| view! { <span class="ca-urgent__note">{text}</span> });
    view! { {phone}{email}{checked} }.into_any()
}
