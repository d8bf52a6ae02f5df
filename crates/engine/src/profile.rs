//! An authority's profile: its name, terms and contacts. Data with the day each number was checked; the emergency
//! numbers are always there.

use crate::json::{self, Fields};
use crate::texts::Texts;
use crate::threshold::RulePack;

/// A checked profile.
#[derive(Debug, Clone)]
pub struct AuthorityProfile {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The authority's name.
    pub name: String,
    /// Whose profile it is.
    pub organisation: String,
    /// The rule pack that it uses.
    pub rule_pack: String,
    /// Who approved it; `None` for an example.
    pub approved_by: Option<String>,
    /// When, as `2026-11-23`.
    pub approved_on: Option<String>,
    /// The time zone in which its days begin.
    pub time_zone: String,
    /// Local terms, by key.
    pub terms: Texts,
    /// Whom to contact, the most urgent first.
    pub contacts: Vec<Contact>,
}

/// Somebody to contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The code that urgent actions name.
    pub id: String,
    /// Who it is.
    pub name: String,
    /// A phone number, as one would dial it.
    pub phone: Option<String>,
    /// An email address.
    pub email: Option<String>,
    /// When to use it.
    pub when: String,
    /// The day on which somebody last checked it, as `2026-11-23`; `None` is shown as unchecked.
    pub checked_on: Option<String>,
    /// A national number that needs no local check: 999, 101.
    pub national: bool,
}

impl AuthorityProfile {
    /// The example profile that is built in, so that numbers are there without a network.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../data/profiles/leeds.json")
    }

    /// Reads a profile and checks it against a rule pack.
    ///
    /// # Errors
    /// What is wrong and where, in words for whoever edits the profile.
    pub fn load(json: &str, pack: &RulePack) -> Result<AuthorityProfile, Vec<String>> {
        let profile = json::read(json, profile)
            .map_err(|wrong| wrong.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        let mut wrong = Vec::new();
        for number in ["999", "101"] {
            if !profile.contacts.iter().any(|contact| contact.phone.as_deref() == Some(number)) {
                wrong.push(format!("contacts: {number} must always be there"));
            }
        }
        for (index, contact) in profile.contacts.iter().enumerate() {
            if contact.phone.is_none() && contact.email.is_none() {
                wrong.push(format!(
                    "contacts[{index}] ({}): a phone number or an email is needed",
                    contact.id
                ));
            }
            if profile.contacts.iter().take(index).any(|other| other.id == contact.id) {
                wrong.push(format!("contacts[{index}] ({}): this id is there twice", contact.id));
            }
        }
        for action in pack.actions() {
            for id in &action.contacts {
                if profile.contact(id).is_none() {
                    wrong.push(format!("contacts: `{id}` is missing, and {} sends people to it", action.id));
                }
            }
        }
        if wrong.is_empty() { Ok(profile) } else { Err(wrong) }
    }

    /// The profile that is built in, without words for what could be wrong with it.
    pub(crate) fn ready() -> Option<AuthorityProfile> {
        json::read_packed(include_str!(concat!(env!("OUT_DIR"), "/profile")), profile)
    }

    /// A contact by its code.
    #[must_use]
    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.id == id)
    }

    /// A local term; empty when the profile has none.
    #[must_use]
    pub fn term(&self, key: &str) -> &str {
        self.terms.get(key).map_or("", String::as_str)
    }
}

fn profile(all: &Fields<'_>) -> AuthorityProfile {
    let mut terms = Texts::default();
    all.group("terms", &mut |given| terms = given.every_text());
    let mut contacts = Vec::new();
    all.list("contacts", &mut |contact| contacts.push(self::contact(contact)));
    AuthorityProfile {
        id: all.text("id"),
        version: all.text("version"),
        name: all.text("name"),
        organisation: all.text("organisation"),
        rule_pack: all.text("rule_pack"),
        approved_by: all.optional_text("approved_by"),
        approved_on: all.optional_text("approved_on"),
        time_zone: all.text("time_zone"),
        terms,
        contacts,
    }
}

fn contact(of: &Fields<'_>) -> Contact {
    Contact {
        id: of.text("id"),
        name: of.text("name"),
        phone: of.optional_text("phone"),
        email: of.optional_text("email"),
        when: of.text("when"),
        checked_on: of.optional_text("checked_on"),
        national: of.optional_flag("national"),
    }
}
