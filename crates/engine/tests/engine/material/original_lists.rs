//! The lists that the rule pack was made from (`tests/data/`), as plain records. They are not the pack: what is read here
//! owes nothing to the engine.

use serde_json::Value;

/// Levels by their place in the order.
pub(crate) const LEVELS: [&str; 5] = ["L1", "L2", "L3", "L4a", "L4b"];
pub(crate) const L2: usize = 1;
pub(crate) const L3: usize = 2;
pub(crate) const L4A: usize = 3;
pub(crate) const L4B: usize = 4;

/// A sign or a strength as the list has it.
pub(crate) struct Sign {
    pub(crate) id: String,
    pub(crate) element: String,
    pub(crate) level: usize,
    pub(crate) concern: bool,
    pub(crate) action: Option<String>,
    pub(crate) applies: Value,
    pub(crate) modifiers: Vec<Value>,
}

/// The place of a level.
pub(crate) fn level_of(value: &Value) -> usize {
    LEVELS.iter().position(|level| value == level).unwrap()
}

/// All of them, in their order.
pub(crate) fn signs() -> Vec<Sign> {
    let list: Value = serde_json::from_str(include_str!("../../data/indicators.json")).unwrap();
    let sign = |item: &Value| Sign {
        id: item["id"].as_str().unwrap().to_owned(),
        element: item["element"].as_str().unwrap().to_owned(),
        level: level_of(&item["level"]),
        concern: item["polarity"] == "concern",
        action: item["immediate_action"].as_str().map(str::to_owned),
        applies: item["applies_age_months"].clone(),
        modifiers: item["age_modifiers"].as_array().cloned().unwrap_or_default(),
    };
    list["items"].as_array().unwrap().iter().map(sign).collect()
}

/// The codes of a child who has an allocated social worker today.
pub(crate) fn open_statuses() -> Vec<String> {
    let list: Value = serde_json::from_str(include_str!("../../data/legal_status.json")).unwrap();
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .filter(|item| item["open"] == true)
        .map(|item| item["code"].as_str().unwrap().into())
        .collect()
}
