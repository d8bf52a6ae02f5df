//! Numbers to ring. Each says when it is for, and whether anybody has checked it.

use assessment_rules::Contact;

use crate::dom::{El, View, el, nothing, p};
use crate::form::Form;

/// All contacts of the profile, for the start page.
pub(crate) fn all(form: Form) -> El {
    let contacts = form.standards().pack.contacts();
    let row = |contact: &Contact| {
        let value = el("dd").class("govuk-summary-list__value").add(ways(form, contact, "")).add(p(
            "p",
            "",
            &contact.when,
        ));
        el("div")
            .class("govuk-summary-list__row")
            .add(p("dt", "govuk-summary-list__key", &contact.name))
            .add(value)
    };
    el("dl").class("govuk-summary-list").add(contacts.iter().map(row).collect::<View>())
}

/// The number or address of a contact, whose it is, and a word where nobody has checked it. The name stands beside its
/// own number: a caveat between them would be read as that of the next one.
pub(crate) fn ways(form: Form, contact: &Contact, name: &str) -> View {
    let link = |class: &str, scheme: &str, target: &str, text: &str| {
        el("a").class(class).attr("href", &format!("{scheme}:{target}")).text(text)
    };
    let way = match (&contact.phone, &contact.email) {
        (Some(phone), _) => {
            let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            View::from(link("ca-urgent__phone", "tel", &digits, phone))
        }
        (None, Some(email)) => link("govuk-link", "mailto", email, email).into(),
        (None, None) => nothing(),
    };
    let checked = match (&contact.checked_on, contact.national) {
        (_, true) => None,
        (Some(day), _) => Some(form.filled("contact.checked", &[("date", day)])),
        (None, _) if contact.phone.is_none() => Some(form.text("contact.unchecked_address").to_owned()),
        (None, _) => Some(form.text("contact.unchecked").to_owned()),
    };
    way.and(crate::dom::text(&format!(" {name} ")))
        .and(checked.map(|text| p("span", "ca-urgent__note", &text)))
}
