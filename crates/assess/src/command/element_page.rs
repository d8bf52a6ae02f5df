//! The page of one element: its indicators and strengths, each with level, ages, urgent action, days and sources.

use assessment_rules::{Ages, Indicator};

use super::index_page::{approval, days, sources};
use crate::pack_wording::PackWording;
use crate::wording::Wording;
use assessment_wording::uncapitalised;

/// The file name of an element's page.
pub(super) fn file_name(id: &str) -> String {
    format!("element-{id}.md")
}

/// The page.
pub(super) fn page(id: &str, pack_wording: PackWording<'_>) -> Vec<String> {
    let PackWording { wording, pack } = pack_wording;
    let mut lines = vec![format!("# {}", wording.element(id))];
    lines.push(format!("Rule pack {}.", pack.version()));
    for (heading, strength) in [("## Indicators", false), ("## Strengths", true)] {
        lines.extend([String::new(), heading.to_owned(), String::new()]);
        let indicators = pack.indicators_of(id).filter(|indicator| indicator.strength == strength);
        indicators.for_each(|one| lines.extend(indicator(one, pack_wording)));
    }
    lines
}

fn indicator(indicator: &Indicator, pack_wording: PackWording<'_>) -> Vec<String> {
    let PackWording { wording, pack } = pack_wording;
    let mut lines = vec![format!("### {} {}", indicator.id, indicator.text), String::new()];
    lines.push(format!("- Level: {}", wording.level(indicator.level.code())));
    lines.push(format!("- Ages: {}", ages(indicator.applies.as_ref(), wording)));
    for raised in &indicator.raised {
        let when = pack_wording.lines(&raised.when).into_iter().map(|(_, line)| line);
        let (to, when) = (wording.level(raised.to.code()), when.collect::<Vec<_>>().join(" "));
        lines.push(format!("- Raised to {to} when {when} ({})", uncapitalised(&raised.because)));
    }
    if let Some(alone) = indicator.alone {
        lines.push(format!("- If no other indicator counts: {}", wording.level(alone.code())));
    }
    if let Some(id) = &indicator.action {
        let trigger = pack.action(id).map_or("", |action| action.trigger.as_str());
        lines.push(format!("- Urgent action: [{id}](index.md#urgent-actions) {trigger}"));
    }
    lines.extend(indicator.note.iter().map(|note| format!("- Note: {note}")));
    lines.push(format!("- In force {}", days(&indicator.dated, pack_wording)));
    if indicator.dated.approved_by.is_some() {
        lines.push(format!("- {}", approval(&indicator.dated, pack_wording)));
    }
    lines.push(format!("- How well sourced: {}", indicator.confidence));
    lines.extend(sources(&indicator.references, pack_wording).map(|title| format!("- Source: {title}")));
    lines.push(String::new());
    lines
}

fn ages(ages: Option<&Ages>, wording: &Wording) -> String {
    let Some(ages) = ages else { return "all, and before birth".to_owned() };
    if ages.unborn_only {
        return "only before birth".to_owned();
    }
    let mut limits = Vec::new();
    limits.extend(ages.from.map(|from| format!("{} or older", wording.age(from))));
    limits.extend(ages.below.map(|below| format!("younger than {}", wording.age(below))));
    limits.extend(
        ages.below_if_disabled.map(|below| format!("a disabled child: younger than {}", wording.age(below))),
    );
    if ages.from.is_none() {
        limits.push("also before birth".to_owned());
    }
    limits.join("; ")
}
