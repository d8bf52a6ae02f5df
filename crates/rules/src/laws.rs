//! The laws of the threshold rules, as far as the shape of a pack can break them. Every pack that is accepted keeps them
//! by its form alone: nothing here is tried out. That the form really is enough is shown by searching, in `proof`.
//!
//! 1. A rule that gives more comes before one that gives less, so that more concern never leads to an earlier rule
//!    that gives less.
//! 2. What gives a suggestion or raises a level holds no `not` and no `alone`, so that a further concern can only make
//!    more of it hold.
//! 3. It does not ask that a child is old enough, so that a younger child never comes out as safer.
//! 4. A question in it says what counts as unsure, so that what is unknown is never taken for a "no".
//! 5. On every day, the last rule always holds, so that there is no record without a suggestion.

use jiff::civil::Date;

use super::Step;
use super::check::Findings;
use super::condition::Condition;
use super::pack::PackProblem;
use super::source::{Effect, Source};

/// Every way in which the form of `pack` could break a law, with its place.
pub(super) fn check(pack: &Source) -> Vec<PackProblem> {
    let mut found = Findings::default();
    for (index, rule) in pack.rules.iter().enumerate() {
        if matches!(rule.effect, Effect::Gives(_)) {
            found.at("rules", index, &rule.id);
            form(&mut found, &rule.when, true);
        }
    }
    for (index, indicator) in pack.indicators.iter().enumerate() {
        for (nth, raised) in indicator.raised.iter().enumerate() {
            found.at("indicators", index, &indicator.id);
            found.place.push_str(&format!(".raised[{nth}]"));
            form(&mut found, &raised.when, false);
        }
    }
    for day in days(pack) {
        order(pack, day, &mut found);
    }
    found.problems
}

fn form(found: &mut Findings, condition: &Condition, gives: bool) {
    condition.visit(&mut |part, _| match part {
        Condition::Not(_) => {
            found.add("when.not", "a further concern could lower the result: say it without `not`")
        }
        Condition::Alone(_) => {
            found.add("when.alone", "a further concern could lower the result: `alone` is for prompts only");
        }
        Condition::Born { from: Some(_), .. } => {
            found.add(
                "when.born.from",
                "a younger child could come out as safer: only `below` can raise a result",
            );
        }
        Condition::Answer { unsure: None, .. } if gives => {
            found.add(
                "when.unsure",
                "name the options that say \"not sure\", or give `[]`: unknown is never \"no\"",
            );
        }
        _ => {}
    });
}

/// The days on which anything begins, and the days after which anything ends: between them nothing changes.
pub(super) fn days(pack: &Source) -> Vec<Date> {
    let all = pack.rules.iter().map(|rule| &rule.dated);
    let all = all.chain(pack.actions.iter().map(|action| &action.dated));
    let all = all.chain(pack.indicators.iter().map(|indicator| &indicator.dated));
    let ends = |dated: &super::source::Dated| [dated.from, dated.to.and_then(|last| last.tomorrow().ok())];
    let mut days: Vec<Date> = Vec::new();
    for day in all.flat_map(ends).chain([pack.dated.from]).flatten().filter(|day| pack.dated.covers(*day)) {
        if let Err(at) = days.binary_search(&day) {
            days.insert(at, day);
        }
    }
    days
}

fn order(pack: &Source, day: Date, found: &mut Findings) {
    let mut lowest: Option<Step> = None;
    let mut ended = false;
    for (index, rule) in pack.rules.iter().enumerate().filter(|(_, rule)| rule.dated.covers(day)) {
        let Effect::Gives(step) = rule.effect else { continue };
        found.at("rules", index, &rule.id);
        if lowest.is_some_and(|lowest| step > lowest) {
            found.add("gives", "it gives more than a rule before it, which could hide it: move it up");
        }
        if ended {
            found.add("", "it comes after a rule that always holds, so it is never reached");
        }
        lowest = Some(step);
        ended |= rule.when == Condition::Always;
    }
    if !ended {
        found.at("", 0, "");
        let message = [
            "on ",
            &day.to_string(),
            " the last rule must be `{\"always\": true}`, or some records get no suggestion",
        ];
        found.add("rules", &message.concat());
    }
}
