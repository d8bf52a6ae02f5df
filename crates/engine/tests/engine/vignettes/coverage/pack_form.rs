//! How a pack writes down what must be shown on both sides: the only place here that knows. It reads the names that
//! conditions have had so far; what it does not know it says, so that a new kind of condition cannot go unshown.

use serde_json::Value;

/// What raises a sign.
pub(super) enum Raises {
    /// A born child below so many months.
    Below(u32),
    /// A child who is not born yet.
    Unborn,
    /// One of these disabilities.
    Disability(Vec<String>),
    /// One of these other signs.
    Signs(Vec<String>),
    /// Something that cannot be shown yet.
    Unknown(String),
}

/// An urgent action that comes with signs at some ages: from so many months and below so many.
pub(super) struct ActionOfAge {
    pub(super) action: String,
    pub(super) from: u32,
    pub(super) below: u32,
    pub(super) signs: Vec<String>,
}

pub(super) fn months(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|months| u32::try_from(months).ok())
}

fn texts(value: &Value) -> Option<Vec<String>> {
    let list = value.as_array()?;
    list.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

/// What a condition `when` of a sign asks for.
pub(super) fn raises(when: &Value) -> Raises {
    let keys: Vec<&str> = when.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    let read = match keys[..] {
        ["below_months"] => months(&when["below_months"]).map(Raises::Below),
        ["born"] if when["born"].as_object().is_some_and(|ages| ages.len() == 1) => {
            months(&when["born"]["below"]).map(Raises::Below)
        }
        ["unborn"] if when["unborn"] == true => Some(Raises::Unborn),
        ["disability"] => when["disability"].as_str().map(|code| Raises::Disability(vec![code.to_owned()])),
        ["is", "question"] | ["question", "is"] if when["question"] == "identifying_details.disability" => {
            texts(&when["is"]).map(Raises::Disability)
        }
        ["any_of"] => texts(&when["any_of"]).map(Raises::Signs),
        ["signs"] => texts(&when["signs"]).map(Raises::Signs),
        _ => None,
    };
    read.unwrap_or_else(|| Raises::Unknown(when.to_string()))
}

/// Urgent actions that come with signs at some ages.
///
/// # Errors
/// One line for each that cannot be shown yet.
pub(super) fn actions_of_age(pack: &Value) -> Vec<Result<ActionOfAge, String>> {
    let list = |part: &str| pack[part].as_array().cloned().unwrap_or_default();
    let entries = list("also").into_iter().map(|also| {
        let (ages, signs) = (also["when"].clone(), also["any_of"].clone());
        action_of_age(&also["action"], &ages, &signs)
    });
    let rules = list("rules").into_iter().filter(|rule| rule["urgent"].is_string()).map(|rule| {
        let parts = rule["when"]["all"].as_array().cloned().unwrap_or_default();
        let part = |name: &str| parts.iter().find_map(|part| part.get(name)).cloned().unwrap_or_default();
        action_of_age(&rule["urgent"], &part("born"), &part("signs"))
    });
    entries.chain(rules).collect()
}

fn action_of_age(action: &Value, ages: &Value, signs: &Value) -> Result<ActionOfAge, String> {
    let action = action.as_str().unwrap_or_default().to_owned();
    match (months(&ages["from"]), months(&ages["below"]), texts(signs)) {
        (Some(from), Some(below), Some(signs)) => Ok(ActionOfAge { action, from, below, signs }),
        _ => Err(format!("{action}: nobody can tell what shows it: say so in pack_form.rs")),
    }
}

/// The codes of social work that is open, by RU-10.
pub(super) fn open_statuses(pack: &Value) -> Vec<String> {
    let rule = pack["rules"].as_array().into_iter().flatten().find(|rule| rule["id"] == "RU-10");
    rule.and_then(|rule| texts(&rule["legal_status"]).or_else(|| texts(&rule["when"]["is"])))
        .unwrap_or_default()
}
