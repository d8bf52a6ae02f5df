//! The laws, tried: each on every record of the space, with every change of one answer, and with the child one limit of age
//! younger.

use super::super::concern::{Mark, View};
use super::super::pack::DANGER_ACTION;
use super::super::{Headline, HeadlineKind, Step, Suggestions, evaluate};
use super::imagined::Situation;
use super::space::Space;
use super::{Found, Matter, Witness};

pub(super) fn look(space: &Space<'_>, found: &mut Found) {
    for situation in space.situations() {
        let mut view = situation.view(space.pack);
        let records = space.records(&view);
        danger(space, &situation, &mut view, &records, found);
        if situation.is_in_danger() {
            // Everything gives R5 there, so nothing else can be seen.
            continue;
        }
        harm(space, &situation, &mut view, &records, found);
        more_concern(space, &situation, &mut view, &records, found);
        answers_to_blanks(space, &situation, &mut view, &records, found);
        younger(space, &situation, &mut view, &records, found);
    }
    actions(space, found);
}

/// The headline, with and without a serious worry that is written elsewhere.
fn headlines(results: &Suggestions) -> [HeadlineKind; 2] {
    [false, true].map(|worry| Headline::of(results, worry).kind)
}

/// R4 and R5, certain or possible, always come with something to do.
fn harm(
    space: &Space<'_>,
    situation: &Situation,
    view: &mut View<'_>,
    records: &[Vec<usize>],
    found: &mut Found,
) {
    for record in records {
        for mark in [Mark::Yes, Mark::Unsure] {
            view.set(record, Mark::No);
            for at in record {
                view.mark(*at, mark);
            }
            found.tried.changes += 1;
            let evaluated = view.evaluation();
            let possible = evaluated.suggestions.possible.step();
            if possible < Step::R4 {
                continue;
            }
            let urgent = view.urgent_actions(&evaluated, false);
            let certain = evaluated.suggestions.certain.step() >= Step::R4;
            if urgent.now.is_empty() && (certain || urgent.to_check.is_empty()) {
                let about = record.iter().map(|at| indicator(space, *at)).collect();
                found.breach(Matter::HarmWithoutAction, about, || {
                    space.witness(situation, record, possible, possible)
                });
            }
        }
    }
}

fn certain(view: &View<'_>) -> Step {
    view.certain_step()
}

fn indicator(space: &Space<'_>, at: usize) -> String {
    space.pack.indicators().get(at).map(|indicator| indicator.id.clone()).unwrap_or_default()
}

fn indicator_path(space: &Space<'_>, at: usize) -> String {
    space.pack.indicators().get(at).map(|indicator| space.pack.path_of(indicator)).unwrap_or_default()
}

/// One more indicator never lowers what is certain. The other two results are the same function of a larger set.
fn more_concern(
    space: &Space<'_>,
    situation: &Situation,
    view: &mut View<'_>,
    records: &[Vec<usize>],
    found: &mut Found,
) {
    let offers = space.offers(view);
    for record in records {
        view.set(record, Mark::No);
        let before = certain(view);
        for at in &space.further(view, record, &offers) {
            found.tried.changes += 1;
            let mark = view.mark(*at, Mark::Yes);
            let after = certain(view);
            view.mark(*at, mark);
            if after < before {
                found.breach(Matter::MoreConcernLowers, vec![indicator(space, *at)], || Witness {
                    change: Some((indicator_path(space, *at), "yes".to_owned())),
                    ..space.witness(situation, record, before, after)
                });
            }
        }
    }
}

/// An answer to a blank never takes certain down, and never takes what is not ruled out up.
fn answers_to_blanks(
    space: &Space<'_>,
    situation: &Situation,
    view: &mut View<'_>,
    records: &[Vec<usize>],
    found: &mut Found,
) {
    let asked: Vec<usize> = view.in_play().map(|(at, _)| at).collect();
    for record in records.iter().filter(|record| record.len() <= 1) {
        view.set(record, Mark::Blank);
        let results = view.evaluation().suggestions;
        let [before, _, furthest] = results.all().map(|result| result.step());
        for at in asked.iter().filter(|at| !record.contains(at)) {
            for to in [Mark::No, Mark::Unsure, Mark::Yes] {
                found.tried.changes += 1;
                let mark = view.mark(*at, to);
                let results_after = view.evaluation().suggestions;
                let [after, _, further] = results_after.all().map(|result| result.step());
                view.mark(*at, mark);
                if after < before || further > furthest {
                    found.breach(Matter::AnswerReverses, vec![indicator(space, *at)], || Witness {
                        change: Some((indicator_path(space, *at), "yes".to_owned())),
                        ..space.witness(situation, record, before, after)
                    });
                }
                let lower = headlines(&results_after)
                    .iter()
                    .zip(headlines(&results))
                    .any(|(after, before)| *after > before);
                if to != Mark::No && lower {
                    found.breach(Matter::HeadlineFalls, vec![indicator(space, *at)], || Witness {
                        change: Some((indicator_path(space, *at), "yes".to_owned())),
                        ..space.witness(situation, record, before, after)
                    });
                }
            }
        }
    }
}

/// The same answers about a child one limit of age younger never give less, where each indicator is still asked.
fn younger(
    space: &Space<'_>,
    situation: &Situation,
    view: &mut View<'_>,
    records: &[Vec<usize>],
    found: &mut Found,
) {
    let place = situation.age.and_then(|age| space.ages.iter().position(|other| *other == age));
    let Some(age) = place.and_then(|place| space.ages.get(place.checked_sub(1)?)) else { return };
    let other = Situation::new(space.pack, situation.day, Some(*age), situation.given.clone());
    let mut other_view = other.view(space.pack);
    for record in
        records.iter().filter(|record| record.iter().all(|at| other_view.is_asked(*at))).collect::<Vec<_>>()
    {
        found.tried.changes += 1;
        view.set(record, Mark::No);
        other_view.set(record, Mark::No);
        let (before, after) = (certain(view), certain(&other_view));
        if after < before {
            let about = record.iter().map(|at| indicator(space, *at)).collect();
            found.breach(Matter::YoungerIsSafer, about, || Witness {
                change: Some(("age_months".to_owned(), age.to_string())),
                ..space.witness(situation, record, before, after)
            });
        }
    }
}

/// Danger now always gives R5, whatever else is answered.
fn danger(
    space: &Space<'_>,
    situation: &Situation,
    view: &mut View<'_>,
    records: &[Vec<usize>],
    found: &mut Found,
) {
    if !situation.is_in_danger() {
        return;
    }
    for record in records {
        view.set(record, Mark::No);
        let step = certain(view);
        if step != Step::R5 {
            found.breach(Matter::UrgentIsNotFirst, vec![DANGER_ACTION.to_owned()], || {
                space.witness(situation, record, step, step)
            });
        }
    }
}

/// An indicator with an urgent action brings it, at every age at which it is asked.
fn actions(space: &Space<'_>, found: &mut Found) {
    for situation in space.situations().filter(|situation| situation.given.iter().all(|(_, to)| to != "yes"))
    {
        let view = situation.view(space.pack);
        for (at, indicator) in space.pack.indicators().iter().enumerate().filter(|(at, _)| view.is_asked(*at))
        {
            let Some(action) = &indicator.action else { continue };
            found.tried.changes += 1;
            let mut record = situation.record.clone();
            record.mark(space.pack, at, "yes");
            let outcome = evaluate(&record, situation.day, space.pack);
            if !outcome.urgent.contains(action) {
                let step = outcome.suggestion.certain.step();
                found.breach(Matter::UrgentIsNotFirst, vec![indicator.id.clone()], || {
                    space.witness(&situation, &[at], step, step)
                });
            }
        }
    }
}
