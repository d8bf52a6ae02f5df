//! An authority's profile: its name and terms, and which rule pack it uses. Its contacts are in the rule pack, since
//! urgent actions name them and both are signed off together.

use std::collections::BTreeMap;

use assessment_form::is_blank;
use assessment_rules::RulePack;
use strict_json::{Fields, read_data};

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
    pub terms: BTreeMap<String, String>,
}

impl AuthorityProfile {
    /// The example profile that is built in, so that telephone numbers work without a network.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../data/profiles/leeds.json")
    }

    /// Reads a profile and checks it against a rule pack.
    ///
    /// # Errors
    /// What is wrong and where, in words for the person who edits the profile.
    pub fn load(json: &str, pack: &RulePack) -> Result<AuthorityProfile, Vec<String>> {
        let profile = read_data(json, profile)
            .map_err(|wrong| wrong.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        if profile.rule_pack == pack.id() {
            Ok(profile)
        } else {
            Err(vec![
                [
                    "rule_pack: this profile is for the rule pack `",
                    &profile.rule_pack,
                    "`, and the one that was given is `",
                    pack.id(),
                    "`",
                ]
                .concat(),
            ])
        }
    }

    /// What replaces `%{front_door}` in texts: the name of the authority's way in to children's social care. People
    /// are told to phone it, so another authority's name would do harm.
    #[must_use]
    pub fn front_door(&self) -> &str {
        let name = self.terms.get("front_door").filter(|name| !is_blank(name));
        name.map_or("children's social care", String::as_str)
    }

    /// A local term; empty when the profile has none.
    #[must_use]
    pub fn term(&self, key: &str) -> &str {
        self.terms.get(key).map_or("", String::as_str)
    }
}

fn profile(all: &Fields<'_>) -> AuthorityProfile {
    let mut terms = BTreeMap::new();
    all.group("terms", &mut |given| terms = given.every_text());
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
    }
}
