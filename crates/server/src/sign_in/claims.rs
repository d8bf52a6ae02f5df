//! What a provider or a portal says about a person, read into a [`StaffMember`]. Which claim holds what is configured: no
//! two authorities name their groups alike.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::staff::StaffMember;

/// Which claims say what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    /// The claim with the name to show.
    pub name: String,
    /// The claim with the organisation's code.
    pub organisation: String,
    /// The claim with the roles or groups: a text or a list of texts.
    pub roles: String,
    /// From the provider's roles or groups to ours. Without any, the provider's are taken as they are. Whatever is not
    /// one of ours afterwards counts as nothing.
    pub role_values: BTreeMap<String, String>,
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self {
            name: "name".to_owned(),
            organisation: "organisation".to_owned(),
            roles: "roles".to_owned(),
            role_values: BTreeMap::new(),
        }
    }
}

/// Why somebody who is known may still not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAccess {
    /// None of their roles or groups is one of ours.
    #[error("no role")]
    NoRole,
    /// The provider does not say for which organisation they act.
    #[error("no organisation")]
    NoOrganisation,
}

/// Every role that somebody can have here; `app_roles` of the domain's code lists.
pub const ROLES: [&str; 8] = [
    "practitioner",
    "lead_professional",
    "tac_member",
    "safeguarding_lead",
    "eh_coordinator",
    "duty_advice",
    "family_viewer",
    "auditor",
];

/// The longest name or organisation that is taken over, in characters. Longer ones are cut.
const MAX_LENGTH: usize = 200;

impl ClaimNames {
    /// Reads a person.
    ///
    /// # Errors
    /// If they have no role here, or no organisation.
    pub fn read(
        &self,
        issuer: &str,
        subject: &str,
        claims: &Map<String, Value>,
    ) -> Result<StaffMember, NoAccess> {
        let roles = self.roles(claims.get(&self.roles));
        if roles.is_empty() {
            return Err(NoAccess::NoRole);
        }
        let organisation = text(claims.get(&self.organisation)).ok_or(NoAccess::NoOrganisation)?;
        let name = text(claims.get(&self.name)).unwrap_or_else(|| "Unnamed".to_owned());
        Ok(StaffMember { issuer: issuer.to_owned(), subject: subject.to_owned(), name, organisation, roles })
    }

    fn roles(&self, claim: Option<&Value>) -> BTreeSet<String> {
        let said: Vec<&str> = match claim {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let ours = said.into_iter().filter_map(|value| match self.role_values.is_empty() {
            true => Some(value),
            false => self.role_values.get(value).map(String::as_str),
        });
        ours.filter(|role| ROLES.contains(role)).map(str::to_owned).collect()
    }
}

fn text(claim: Option<&Value>) -> Option<String> {
    let text = claim?.as_str()?.trim();
    (!text.is_empty()).then(|| text.chars().filter(|c| !c.is_control()).take(MAX_LENGTH).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(names: &ClaimNames, claims: &Value) -> Result<StaffMember, NoAccess> {
        names.read("https://login.example", "1", claims.as_object().unwrap_or(&Map::new()))
    }

    #[test]
    fn groups_become_roles_only_as_configured() {
        let names = ClaimNames {
            roles: "groups".to_owned(),
            role_values: BTreeMap::from([("CAF-Users".to_owned(), "practitioner".to_owned())]),
            ..ClaimNames::default()
        };
        let one = read(&names, &json!({"groups": "CAF-Users", "organisation": "school-1", "name": " Ada "}));
        let one = one.expect("a person");
        assert_eq!((one.name.as_str(), one.roles.len()), ("Ada", 1));
        for groups in [json!(["practitioner"]), json!(["caf-users"]), json!([1]), json!({}), json!(null)] {
            let refused = read(&names, &json!({"groups": groups, "organisation": "school-1"}));
            assert_eq!(refused, Err(NoAccess::NoRole), "{groups}");
        }
    }

    #[test]
    fn without_a_table_only_our_own_roles_count() {
        let claims = json!({"roles": ["auditor", "root", "Practitioner"], "organisation": "council"});
        let one = read(&ClaimNames::default(), &claims).expect("a person");
        assert_eq!(one.roles.into_iter().collect::<Vec<_>>(), ["auditor"]);
    }

    #[test]
    fn nobody_acts_for_no_organisation() {
        for organisation in [json!(null), json!(""), json!("  "), json!(7)] {
            let refused =
                read(&ClaimNames::default(), &json!({"roles": "auditor", "organisation": organisation}));
            assert_eq!(refused, Err(NoAccess::NoOrganisation));
        }
    }

    #[test]
    fn a_mail_address_is_nobodys_identity() {
        let claims = json!({"roles": "auditor", "organisation": "x", "email": "head@school.example"});
        let one = read(&ClaimNames::default(), &claims).expect("a person");
        assert!(!format!("{one:?}").contains("head@"));
    }
}
