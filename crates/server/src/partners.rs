//! Partners: organisations whose portals may embed the form and ask this server from their own pages, as the settings say.
//! What a partner's origin may do is decided here once: CORS, the frame's `frame-ancestors` and the check of tokens all ask
//! this list ([ADR 0060](../../../docs/adr/0060-partners-origins-and-frames.md)).
//!
//! Not here: what somebody may see, which is `assessment_people::access`'s, and webhooks, which are [`crate::webhooks`]'.

use std::{collections::BTreeSet, sync::Arc};

use axum::http::{HeaderMap, HeaderValue, header::ORIGIN};
use serde::{Deserialize, Serialize};

use crate::{
    origin::Origin,
    webhooks::{Kind, WebhookSettings},
};

pub(crate) mod cross_origin;

/// The longest id of a partner, in characters.
const MAX_ID: usize = 40;

/// One partner, as the settings describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerSettings {
    /// What it is called in addresses: `/embed/{id}`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The origins of its portal's pages, as browsers send them: `https://portal.example`.
    pub origins: Vec<String>,
    /// The `issuer` of the `[[bearer]]` whose tokens its portal sends.
    pub issuer: String,
    /// Where its own server is told what happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<WebhookSettings>,
}

/// Why the list of partners cannot be used; says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotPartners {
    /// It would not fit into an address.
    #[error(
        "the id \"{0}\" under [[partners]] needs 1 to {MAX_ID} small letters, digits and hyphens, such as \"school\""
    )]
    Id(String),
    /// Two have it.
    #[error("two of [[partners]] have the id \"{0}\". Give each its own")]
    SameId(String),
    /// Nobody could tell who it is.
    #[error("the partner \"{0}\" needs a name, such as \"Southwick Academy\"")]
    Name(String),
    /// It could be used nowhere.
    #[error("the partner \"{0}\" needs origins, such as [\"https://portal.school.example\"]")]
    NoOrigin(String),
    /// No browser sends that.
    #[error(
        "\"{origin}\" of the partner \"{partner}\" is not an origin. Write it exactly as browsers send it: https:// and the \
         host in small letters, a port only if it is not the usual one, no path, no slash at the end and no *; http:// on \
         this machine only"
    )]
    Origin {
        /// Whose.
        partner: String,
        /// As it was written.
        origin: String,
    },
    /// A page of one would count as the other's.
    #[error(
        "the origin {0} is listed twice under [[partners]]. An origin belongs to one partner, and is named once"
    )]
    SameOrigin(String),
    /// Nobody checks its tokens.
    #[error(
        "the partner \"{partner}\" has the issuer \"{issuer}\", and no [[bearer]] has it. Add one, or correct the issuer: it \
         must be the same to the letter"
    )]
    UnknownIssuer {
        /// Whose.
        partner: String,
        /// As it was written.
        issuer: String,
    },
    /// Nobody could tell whose people they are.
    #[error(
        "two of [[partners]] have the issuer \"{0}\". Give each partner an issuer of its own, or list all origins under one \
         partner"
    )]
    SameIssuer(String),
}

/// A partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    id: String,
    name: String,
    origins: Vec<Origin>,
    issuer: String,
    kinds: BTreeSet<Kind>,
}

impl Partner {
    /// What it is called in addresses.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The issuer of its portal's tokens.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether its own server is told that.
    #[must_use]
    pub fn is_told(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Its origins.
    pub(crate) fn each_origin(&self) -> impl Iterator<Item = &Origin> {
        self.origins.iter()
    }

    /// Its origins with a space between, as `frame-ancestors` and the frame take them.
    #[must_use]
    pub fn origins(&self) -> String {
        let all: Vec<&str> = self.origins.iter().map(Origin::as_str).collect();
        all.join(" ")
    }
}

/// Every partner. No origin, id or issuer belongs to two. Copies share it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Partners(Arc<[Partner]>);

impl Partners {
    /// Reads what the settings say. `issuers` are those of every `[[bearer]]`.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn read(settings: &[PartnerSettings], issuers: &[&str]) -> Result<Self, Vec<NotPartners>> {
        let mut faults = Vec::new();
        let (mut ids, mut taken, mut told) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut all = Vec::new();
        for one in settings {
            let id = || one.id.clone();
            let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            if one.id.is_empty() || one.id.len() > MAX_ID || !one.id.bytes().all(fits) {
                faults.push(NotPartners::Id(id()));
            } else if !ids.insert(&one.id) {
                faults.push(NotPartners::SameId(id()));
            }
            if one.name.trim().is_empty() {
                faults.push(NotPartners::Name(id()));
            }
            if !issuers.contains(&one.issuer.as_str()) {
                faults.push(NotPartners::UnknownIssuer { partner: id(), issuer: one.issuer.clone() });
            } else if !told.insert(&one.issuer) {
                faults.push(NotPartners::SameIssuer(one.issuer.clone()));
            }
            if one.origins.is_empty() {
                faults.push(NotPartners::NoOrigin(id()));
            }
            let mut origins = Vec::new();
            for text in &one.origins {
                match Origin::parse(text) {
                    None => faults.push(NotPartners::Origin { partner: id(), origin: text.clone() }),
                    Some(_) if !taken.insert(text) => faults.push(NotPartners::SameOrigin(text.clone())),
                    Some(origin) => origins.push(origin),
                }
            }
            all.push(Partner {
                id: id(),
                name: one.name.trim().to_owned(),
                origins,
                issuer: one.issuer.clone(),
                kinds: one.webhook.iter().flat_map(|webhook| webhook.kinds.iter().copied()).collect(),
            });
        }
        if faults.is_empty() { Ok(Self(all.into())) } else { Err(faults) }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Partner> {
        self.0.iter()
    }

    /// The one that is called so in addresses.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Partner> {
        self.iter().find(|one| one.id == id)
    }

    /// The one whose people that issuer vouches for.
    #[must_use]
    pub fn of_issuer(&self, issuer: &str) -> Option<&Partner> {
        self.iter().find(|one| one.issuer == issuer)
    }

    /// The one that a page belongs to: byte by byte, for anything looser lets a neighbour in.
    #[must_use]
    pub fn of_origin(&self, origin: &HeaderValue) -> Option<&Partner> {
        self.iter().find(|one| one.origins.iter().any(|known| known.as_str().as_bytes() == origin.as_bytes()))
    }

    /// Whether a request may bring a token of that issuer: from a partner's page only its own.
    pub(crate) fn may_bring(&self, headers: &HeaderMap, issuer: &str) -> bool {
        let page = headers.get(ORIGIN).and_then(|origin| self.of_origin(origin));
        page.is_none_or(|partner| partner.issuer == issuer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school() -> PartnerSettings {
        PartnerSettings {
            id: "school".to_owned(),
            name: "Southwick Academy".to_owned(),
            origins: vec!["https://portal.school.example".to_owned()],
            issuer: "https://login.school.example/".to_owned(),
            webhook: None,
        }
    }

    /// A change to a second partner, and what is wrong with the list then.
    type Case = (fn(&mut PartnerSettings), &'static str);

    #[test]
    fn every_mistake_is_named_with_what_to_do() {
        let issuers = ["https://login.school.example/", "https://login.trust.example/"];
        let trust = || PartnerSettings {
            id: "trust".to_owned(),
            name: "Meadow Trust".to_owned(),
            origins: vec!["https://portal.trust.example".to_owned()],
            issuer: issuers[1].to_owned(),
            ..school()
        };
        let cases: [Case; 9] = [
            (|one| one.id = "Trust".to_owned(), "small letters"),
            (|one| one.id = String::new(), "small letters"),
            (|one| one.id = "school".to_owned(), "the id \"school\""),
            (|one| one.name = " ".to_owned(), "needs a name"),
            (|one| one.origins = Vec::new(), "needs origins"),
            (|one| one.origins[0].push('/'), "is not an origin"),
            (|one| one.origins = school().origins, "is listed twice"),
            (|one| one.issuer.push('x'), "no [[bearer]] has it"),
            (|one| one.issuer = school().issuer, "an issuer of its own"),
        ];
        for (change, part) in cases {
            let mut second = trust();
            change(&mut second);
            let faults = Partners::read(&[school(), second], &issuers).expect_err(part);
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(faults.iter().any(|fault| fault.to_string().contains(part)), "{part}: {faults:?}");
        }
        let partners = Partners::read(&[school(), trust()], &issuers).expect("right");
        assert_eq!(partners.find("trust").map(Partner::name), Some("Meadow Trust"));
        assert_eq!(partners.of_issuer(issuers[0]).map(Partner::id), Some("school"));
    }
}
