//! Who is signed in, as the server says it, and the invented people of the demo.

use serde::{Deserialize, Serialize};

/// Reply to `GET /session` and `POST /session`: who is asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The name to show, as the provider gives it.
    pub name: String,
    /// The organisation for which they act.
    pub organisation: String,
    /// What they may act as: codes such as `practitioner` or `eh_coordinator`.
    pub roles: Vec<String>,
    /// How they are known: `demo`, `session` or `token`.
    pub via: Via,
    /// Tells one person who signs in from another, in every session of theirs, and says nothing about them: 32 hexadecimal
    /// digits. Absent where everybody is the invented practitioner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_digest: Option<String>,
    /// The server's time now, RFC 3339, so that a device with a wrong clock can tell how long is left. Absent without a
    /// session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<String>,
    /// When they are signed out if nothing happens until then, RFC 3339. Reading this does not move it. Absent without a
    /// session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_until: Option<String>,
    /// When they are signed out in any case, RFC 3339. Absent without a session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<String>,
}

/// How the server knows who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// By nothing: everybody on this machine is the invented practitioner.
    Demo,
    /// By the cookie of a session.
    Session,
    /// By an access token that a portal sent along.
    Token,
}

/// An invented person of the demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoPerson {
    /// Names the person in `POST /demo/session`.
    pub code: String,
    /// Their invented name.
    pub name: String,
    /// Their invented organisation.
    pub organisation: String,
    /// Their roles, by code.
    pub roles: Vec<String>,
}

/// Request of `POST /demo/session`: act as this person from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDemoSession {
    /// The person's code.
    pub person: String,
}

/// Why somebody who came back from the sign-in page is not signed in. The server sends the browser to the form with it in
/// the address's fragment, which no server and no log sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSignedIn {
    /// Their account has no role or no organisation here.
    NoAccess,
    /// They have been shut out here.
    Disabled,
    /// They gave up, or the provider's answer was not accepted.
    Refused,
}

impl NotSignedIn {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NoAccess, Self::Disabled, Self::Refused];

    /// The form's page that says so.
    #[must_use]
    pub const fn page(self) -> &'static str {
        match self {
            Self::NoAccess => "/#/sign-in/no-access",
            Self::Disabled => "/#/sign-in/disabled",
            Self::Refused => "/#/sign-in/refused",
        }
    }

    /// The one that a fragment says, with its `#`.
    #[must_use]
    pub fn of_fragment(fragment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.page().strip_prefix('/') == Some(fragment))
    }
}

#[cfg(test)]
mod tests {
    use super::NotSignedIn;

    #[test]
    fn what_the_server_writes_is_what_the_form_reads() {
        for why in NotSignedIn::ALL {
            let (path, fragment) = why.page().split_at(1);
            assert_eq!((path, NotSignedIn::of_fragment(fragment)), ("/", Some(why)));
        }
        assert_eq!(NotSignedIn::of_fragment(""), None);
        assert_eq!(NotSignedIn::of_fragment("#/sign-in/other"), None);
    }
}
