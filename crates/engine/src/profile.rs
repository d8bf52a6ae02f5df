//! An authority's profile: its name and terms, and which rule pack it uses. Its contacts are in the rule pack, since
//! urgent actions name them and both are signed off together.

use std::collections::BTreeMap;

use assessment_form::is_blank;
use assessment_rules::RulePack;
use strict_json::{Fields, read_data};

use crate::required::{self, RequiredSet};

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
    /// What this authority requires besides what the form does. It can only add.
    pub required: Vec<ProfileRequirement>,
}

/// An answer that an authority requires although the form does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRequirement {
    /// The question's path; `[]` is any row.
    pub question: String,
    /// Why, for the practitioner who is asked for it.
    pub because: String,
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
        let profile = AuthorityProfile::read(json)?;
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

    /// Reads a profile by itself, for what needs no rules.
    ///
    /// # Errors
    /// What is wrong and where, in words for the person who edits the profile.
    pub fn read(json: &str) -> Result<AuthorityProfile, Vec<String>> {
        read_data(json, profile).map_err(|wrong| wrong.iter().map(ToString::to_string).collect())
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
    // The server's: `crate::areas`, and how long records are kept.
    all.skip("areas");
    all.skip("retention");
    // The team's: its clocks, and whether it has money to spend.
    all.skip("team");
    let mut required: Vec<ProfileRequirement> = Vec::new();
    all.optional_list("required", &mut |given| {
        let more = ProfileRequirement { question: given.text("question"), because: given.text("because") };
        if let Some(why) = why_not(&more, &required) {
            given.wrong("question", why);
        }
        if is_blank(&more.because) {
            given.wrong("because", "say in a few words why it is required");
        }
        required.push(more);
    });
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
        required,
    }
}

/// Why a profile cannot require this.
fn why_not(more: &ProfileRequirement, others: &[ProfileRequirement]) -> Option<&'static str> {
    let form = RequiredSet::of_the_form().as_ref().ok()?;
    let is_forms = || form.all().iter().any(|one| one.questions == [more.question.as_str()]);
    match required::refused(&more.question) {
        Some(why) => Some(why),
        None if others.iter().any(|other| other.question == more.question) => {
            Some("a question is named twice")
        }
        None if is_forms() => Some("the form requires it already"),
        None => None,
    }
}
