//! Small wrong changes of a rule pack: a number one off, an entry or a condition lost. Knows nothing of what the parts
//! mean, so that it does not matter how a pack writes its conditions down.

use serde_json::Value;

/// The parts of a pack that decide something, and not only how it reads.
const DECIDING: [&str; 3] = ["indicators", "also", "rules"];
/// What is inside them and decides nothing.
const TELLING: [&str; 10] =
    ["because", "confidence", "fixed", "id", "name", "note", "rationale", "references", "text", "then"];

/// One change: where, and the pack with it.
pub(crate) struct Change {
    /// The place, such as `indicators.BC-202.raised.0.when.below_months`, and what was done.
    pub(crate) what: String,
    /// The changed pack.
    pub(crate) pack: Value,
}

/// Every such change of `pack`.
pub(crate) fn all(pack: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    for part in DECIDING {
        let mut at = vec![Step::Key(part.to_owned())];
        walk(pack, &mut at, &pack[part], &mut changes);
    }
    changes
}

#[derive(Clone)]
enum Step {
    Key(String),
    Item(usize, String),
}

fn walk(pack: &Value, at: &mut Vec<Step>, value: &Value, changes: &mut Vec<Change>) {
    match value {
        Value::Number(number) => {
            for by in [-1, 1] {
                let changed = number.as_i64().map(|number| Value::from(number + by));
                changes.push(change(pack, at, changed, &format!("{by:+}")));
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields.iter().filter(|(name, _)| !TELLING.contains(&name.as_str())) {
                at.push(Step::Key(name.clone()));
                // A sign always has a box and a level: without them the pack does not load.
                if at.len() > 2 && !matches!(name.as_str(), "element" | "level" | "strength" | "to") {
                    changes.push(change(pack, at, None, "lost"));
                }
                walk(pack, at, field, changes);
                at.pop();
            }
        }
        Value::Array(items) => {
            for (nth, item) in items.iter().enumerate() {
                let name = item["id"].as_str().or(item.as_str()).map_or(nth.to_string(), str::to_owned);
                at.push(Step::Item(nth, name));
                // Whole signs and rules are not lost here: loading speaks of that.
                if at.len() > 2 {
                    changes.push(change(pack, at, None, "lost"));
                }
                walk(pack, at, item, changes);
                at.pop();
            }
        }
        _ => {}
    }
}

fn change(pack: &Value, at: &[Step], to: Option<Value>, how: &str) -> Change {
    let mut changed = pack.clone();
    if let Some((last, above)) = at.split_last() {
        let place = above.iter().fold(&mut changed, |place, step| match step {
            Step::Key(name) => &mut place[name],
            Step::Item(nth, _) => &mut place[nth],
        });
        match (last, to) {
            (Step::Key(name), Some(to)) => place[name] = to,
            (Step::Item(nth, _), Some(to)) => place[nth] = to,
            (Step::Key(name), None) => drop(place.as_object_mut().and_then(|fields| fields.remove(name))),
            (Step::Item(nth, _), None) => drop(place.as_array_mut().map(|items| items.remove(*nth))),
        }
    }
    let names = at.iter().map(|step| match step {
        Step::Key(name) | Step::Item(_, name) => name.as_str(),
    });
    Change { what: format!("{} {how}", names.collect::<Vec<_>>().join(".")), pack: changed }
}
