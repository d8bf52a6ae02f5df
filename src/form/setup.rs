//! What a form is made from: what the element was told, read once and checked here. Nothing later asks the element again.

use assessment_engine::profile::AuthorityProfile;
use assessment_engine::standards::Standards;
use js_sys::{Error as JsError, Function};
use serde_json::{Map, Value};
use strict_json::{Limits, read};
use web_sys::HtmlElement;

use crate::Options;
use crate::io::device;
use crate::io::local_draft::Drafts;
use crate::io::memory::Memory;
use crate::state::Opening;
use crate::words::Words;

/// What a form is made from.
pub(crate) struct FormSetup {
    pub(super) host: HtmlElement,
    pub(super) api: String,
    /// The loader's function that gives a portal's token.
    pub(super) token: Option<Function>,
    pub(super) words: Words,
    pub(super) standards: Standards,
    pub(super) profile: String,
    pub(super) are_rules_others: bool,
    pub(super) part_words: Option<Function>,
    pub(super) portal: Portal,
}

/// How the form behaves on the page around it.
pub(super) struct Portal {
    /// Whether its pages go into the browser's history.
    pub(super) is_paged: bool,
    pub(super) drafts: Drafts,
    /// Whether the page lets records be on this device, also where the browser keeps none: then they can be files.
    pub(super) may_be_file: bool,
    pub(super) memory: Memory,
    /// What it opens first.
    pub(super) opening: Opening,
    /// Whether the server is being asked who gives the portal's tokens.
    pub(super) asks_who: bool,
    /// Whether it has to be asked once more: the portal has set another callback meanwhile.
    pub(super) asks_again: bool,
}

impl FormSetup {
    /// Reads what the element was told. Rules that this program does not know are not used: those that are built in are,
    /// and every page says that they may be another authority's.
    ///
    /// # Errors
    /// When the words cannot be read; when the page wants another authority's rules than its server has (`profile`); when it
    /// asks for a mode that there is not (`mode`) or does not say which assessment to open (`assessment`). The name of the error is what the element reports.
    pub(crate) fn new(host: HtmlElement, options: &Options) -> Result<FormSetup, JsError> {
        let rules = options.pack().zip(options.profile());
        let is_known = options.unknown() != Some(true);
        let (standards, profile, are_rules_others) =
            standards(rules, is_known).ok_or_else(|| JsError::new("the built-in rules cannot be read"))?;
        if options.authority().is_some_and(|wanted| wanted != standards.profile.id) {
            return Err(because("profile", "the server has another profile"));
        }
        let opening =
            Opening::parse(options.mode().as_deref(), options.assessment().as_deref()).map_err(|wrong| {
                because(wrong.name(), "no such mode, or no assessment is named that it needs")
            })?;
        let memory = options.memory();
        let drafts = match options.keeps_drafts() && device::has_database() {
            true => Drafts::Device,
            false => Drafts::PageOnly(memory.clone()),
        };
        if drafts.is_device() {
            device::allow();
        }
        let (front_door, own) = (standards.profile.front_door(), &standards.profile.terms);
        let words = Words::read(&options.words(), front_door)
            .map_err(|wrong| JsError::new(&format!("the words cannot be read: {wrong}")))?;
        let words = if drafts.is_device() { words } else { words.page_only() };
        Ok(FormSetup {
            host,
            api: options.api(),
            token: options.token(),
            words: words.with_terms(front_door, own),
            standards,
            profile,
            are_rules_others,
            part_words: options.part_words(),
            portal: Portal {
                is_paged: options.is_paged(),
                drafts,
                may_be_file: options.may_be_file(),
                memory,
                opening,
                asks_who: false,
                asks_again: false,
            },
        })
    }
}

/// Fields by path, as a portal gives them. `None` where it is no object.
pub(crate) fn fields(text: &str) -> Option<Map<String, Value>> {
    match read(text.as_bytes(), &Limits::DEPTH_ONLY).ok()? {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}

/// An error that the element reports under this name.
fn because(name: &str, message: &str) -> JsError {
    let error = JsError::new(message);
    error.set_name(name);
    error
}

/// The rules of the backend, or those built in, with their profile, and whether they may be another authority's.
fn standards(rules: Option<(String, String)>, is_known: bool) -> Option<(Standards, String, bool)> {
    let was_given = rules.is_some();
    let given = rules.and_then(|(pack, profile)| Some((Standards::load(&pack, &profile).ok()?, profile)));
    match given {
        Some((standards, profile)) => Some((standards, profile, false)),
        None => {
            let profile = AuthorityProfile::built_in().to_owned();
            Standards::built_in().ok().map(|standards| (standards, profile, was_given || !is_known))
        }
    }
}

#[cfg(test)]
mod tests {
    use assessment_engine::rule_packs;

    use super::*;

    /// Another authority's numbers are never shown without a word.
    #[test]
    fn rules_that_cannot_be_read_are_replaced_and_that_is_said() {
        let good = (rule_packs::built_in().to_owned(), AuthorityProfile::built_in().to_owned());
        let bad = (good.0.replace("rule-pack/1", "rule-pack/9"), good.1.clone());
        for (rules, is_known, expected) in [
            (None, true, false),
            (Some(good.clone()), true, false),
            (Some(good), false, false),
            (Some(bad), true, true),
            (Some((String::new(), String::new())), true, true),
            (None, false, true),
        ] {
            let found = standards(rules, is_known);
            assert_eq!(found.map(|(_, _, are_others)| are_others), Some(expected));
        }
    }
}
