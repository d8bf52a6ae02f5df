//! Rules: gaps, rules that never hold or never decide, suggestions that nothing leads to, and parts that never apply.

use std::collections::{BTreeMap, BTreeSet};

use super::super::concern::{Mark, Set};
use super::super::holds::{Known, Test};
use super::super::source::Effect;
use super::super::{RulePack, Step};
use super::imagined::{Given, Situation};
use super::space::{Space, visit};
use super::{Found, Matter};

pub(super) fn look(space: &Space<'_>, found: &mut Found) {
    let pack = space.pack;
    let (mut deciding, mut holding, mut steps) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut asked, mut raising) = (BTreeSet::new(), BTreeSet::new());
    for situation in space.situations() {
        found.tried.situations += 1;
        let mut view = situation.view(pack);
        asked.extend(view.in_play().map(|(at, _)| at));
        for (at, _) in view.in_play().collect::<Vec<_>>() {
            // With everything else answered yes, whatever can raise this indicator does.
            view.set(&[at], Mark::Yes);
            let tests = pack.parts.raised.get(at).map_or(&[][..], Vec::as_slice);
            let held = tests.iter().enumerate().filter(|(_, test)| {
                test.holds(Set::Certain, &view, Known { levels: None, suggestions: None })
            });
            raising.extend(held.map(|(nth, _)| (at, nth)));
        }
        for indicators in space.records(&view) {
            found.tried.records += 1;
            view.set(&indicators, Mark::No);
            let evaluated = view.evaluation();
            let [(decided, step), ..] = evaluated.steps;
            let Some(decided) = decided else {
                found.breach(Matter::Gap, vec![situation.day.to_string()], || {
                    space.witness(&situation, &indicators, step, step)
                });
                continue;
            };
            deciding.insert(decided);
            steps.insert(step);
            let held = view.rules().filter(|(_, _, test)| test.holds(Set::Certain, &view, evaluated.known()));
            holding.extend(held.map(|(at, ..)| at));
        }
    }
    for step in Step::ALL.into_iter().filter(|step| !steps.contains(step)) {
        found.remark(Matter::Unreachable, vec![step.code().to_owned()]);
    }
    let mut about: BTreeMap<usize, Matter> = BTreeMap::new();
    for (at, rule) in pack.rules().iter().enumerate() {
        let matter = match rule.effect {
            Effect::Principle => continue,
            Effect::Gives(_) if deciding.contains(&at) => continue,
            Effect::Gives(_) if holding.contains(&at) => Matter::NeverDecides,
            _ if holding.contains(&at) || holds_somewhere(space, at) => continue,
            _ => Matter::NeverHolds,
        };
        about.insert(at, matter);
    }
    for (at, matter) in about {
        found.remark(matter, pack.rules().get(at).map(|rule| rule.id.clone()).into_iter().collect());
    }
    for (at, indicator) in pack.indicators().iter().enumerate().filter(|(_, indicator)| !indicator.strength) {
        if !asked.contains(&at) {
            found.remark(Matter::NeverAsked, vec![indicator.id.clone()]);
            continue;
        }
        for nth in (0..indicator.raised.len()).filter(|nth| !raising.contains(&(at, *nth))) {
            found.remark(Matter::NeverRaises, vec![indicator.id.clone(), nth.to_string()]);
        }
    }
}

/// Whether a rule that reads answers of its own holds for some record: tried at every age, with what it reads answered so
/// that it counts, one option after the other.
fn holds_somewhere(space: &Space<'_>, at: usize) -> bool {
    let Some(test) = space.pack.parts.rules.get(at) else { return false };
    let mut options: Vec<Given> = Vec::new();
    let mut indicators = Vec::new();
    visit(test, &mut |part| match part {
        Test::Answer { question, is, .. } => options.extend(is.first().map(|is| (*question, is.clone()))),
        Test::Indicators { members, .. } | Test::Alone(members) => indicators.extend(members.iter().copied()),
        _ => {}
    });
    // All at once, and each by itself: a rule may ask for several, or for one of several.
    let each = options.iter().map(|option| vec![option.clone()]);
    let given: Vec<Vec<Given>> = [options.clone(), Vec::new()].into_iter().chain(each).collect();
    let tries = |day, age| {
        given
            .iter()
            .any(|given| held(space, at, &Situation::new(space.pack, day, age, given.clone()), &indicators))
    };
    space
        .days
        .iter()
        .any(|day| space.ages.iter().map(|age| Some(*age)).chain([None]).any(|age| tries(*day, age)))
}

fn held(space: &Space<'_>, rule: usize, situation: &Situation, indicators: &[usize]) -> bool {
    let pack: &RulePack = space.pack;
    let mut view = situation.view(pack);
    let mut records = space.records(&view);
    let with: Vec<Vec<usize>> =
        records.iter().map(|record| record.iter().chain(indicators).copied().collect()).collect();
    records.extend(with);
    records.extend(indicators.iter().map(|indicator| vec![*indicator]));
    records.iter().any(|record| {
        view.set(record, Mark::No);
        let evaluated = view.evaluation();
        view.rules().any(|(at, _, test)| at == rule && test.holds(Set::Certain, &view, evaluated.known()))
    })
}
