//! The floor that no pack may remove or weaken: danger now, indicators of significant harm, every urgent action, and the rules
//! that are marked as fixed. The built-in pack is the floor; any other pack is compared with it.

use super::Level;
use super::check::Findings;
use super::names::first_gap;
use super::pack::PackProblem;
use super::source::{Ages, Dated, Indicator, Source, UrgentAction};

/// Every place in which `pack` has less than `floor`.
pub(super) fn check(pack: &Source, floor: &Source) -> Vec<PackProblem> {
    let mut found = Findings::default();
    for rule in floor.rules.iter().filter(|rule| rule.fixed) {
        let same = |other: &&super::Rule| {
            other.id == rule.id && other.when == rule.when && other.effect == rule.effect && other.fixed
        };
        let kept: Vec<&Dated> = pack.rules.iter().filter(same).map(|rule| &rule.dated).collect();
        always(&mut found, "rules", &rule.id, &kept, pack);
    }
    for action in &floor.actions {
        let kept = pack.actions.iter().filter(|other| other.id == action.id);
        let kept =
            kept.filter(|other| no_weaker(other, action, pack, floor)).map(|action| &action.dated).collect();
        always(&mut found, "actions", &action.id, &kept, pack);
    }
    for indicator in floor.indicators.iter().filter(|indicator| is_floor(indicator)) {
        let kept = pack.indicators.iter().filter(|other| other.id == indicator.id);
        let kept =
            kept.filter(|other| no_lower(other, indicator)).map(|indicator| &indicator.dated).collect();
        always(&mut found, "indicators", &indicator.id, &kept, pack);
    }
    found.problems
}

fn always(found: &mut Findings, list: &str, id: &str, kept: &Vec<&Dated>, pack: &Source) {
    if let Some(day) = first_gap(kept, &pack.dated, &pack.dated) {
        found.at("", 0, "");
        let message = [
            "`",
            id,
            "` belongs to the floor that every pack keeps: on ",
            &day.to_string(),
            " it is missing, or weaker than in the built-in pack",
        ];
        found.add(list, &message.concat());
    }
}

/// An indicator that can reach the level of protection, or that calls for an urgent action.
fn is_floor(indicator: &Indicator) -> bool {
    indicator.level == Level::L4b
        || indicator.action.is_some()
        || indicator.raised.iter().any(|raised| raised.to == Level::L4b)
}

fn no_weaker(other: &UrgentAction, floor: &UrgentAction, pack: &Source, built_in: &Source) -> bool {
    let hours = |source: &Source, action: &UrgentAction| {
        let scale = source.time_scales.iter().find(|scale| scale.id == action.time_scale);
        scale.and_then(|scale| scale.hours).unwrap_or(u32::MAX)
    };
    let national = |number: &&String| {
        let is = |contact: &&super::source::Contact| contact.id == **number && contact.national;
        built_in.contacts.iter().any(|contact| is(&contact))
    };
    hours(pack, other) <= hours(built_in, floor)
        && other.telling_the_family == floor.telling_the_family
        && floor.contacts.iter().filter(national).all(|number| other.contacts.contains(number))
}

fn no_lower(other: &Indicator, floor: &Indicator) -> bool {
    // An indicator that is the only concern may be lowered only as far as the floor lowers it.
    let alone = |indicator: &Indicator| indicator.alone.unwrap_or(indicator.level);
    other.level >= floor.level
        && alone(other) >= alone(floor)
        && other.element == floor.element
        && other.action == floor.action
        && no_narrower(other.applies.as_ref(), floor.applies.as_ref())
        && floor.raised.iter().all(|raised| {
            other.level >= raised.to
                || other.raised.iter().any(|own| own.when == raised.when && own.to >= raised.to)
        })
}

/// Whether every child to whom the floor's indicator applies is still asked.
fn no_narrower(other: Option<&Ages>, floor: Option<&Ages>) -> bool {
    let (Some(other), Some(floor)) = (other, floor) else { return other.is_none() };
    let below = |ages: &Ages| ages.below.unwrap_or(u32::MAX);
    let disabled = |ages: &Ages| ages.below_if_disabled.unwrap_or(below(ages));
    let unborn = |ages: &Ages| ages.from.is_none();
    other.from.unwrap_or(0) <= floor.from.unwrap_or(0)
        && below(other) >= below(floor)
        && disabled(other) >= disabled(floor)
        && (unborn(other) || !unborn(floor))
        && (!other.unborn_only || floor.unborn_only)
}
