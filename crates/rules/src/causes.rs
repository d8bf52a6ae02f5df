//! Which answers call for an urgent action, so that it can be said beside the action. It says nothing about whether the
//! action is urgent: see `urgent`.

use jiff::civil::Date;

use super::concern::{Set, View};
use super::pack::{DANGER_ACTION, HARM_ACTION, WORKER_ACTION};
use super::source::Effect;
use super::{Record, RulePack};

/// The paths of the answers that call for an urgent action, whether certain or not, in the order of the form's rules:
/// danger now, indicators, other answers, and worries that are written elsewhere.
#[must_use]
pub fn causes(record: &dyn Record, today: Date, pack: &RulePack, action: &str) -> Vec<String> {
    let view = View::new(record, today, pack);
    let evaluated = view.evaluation();
    let mut paths = Vec::new();
    let vocabulary = pack.vocabulary();
    if let Some(danger) = vocabulary.danger.filter(|_| action == DANGER_ACTION)
        && record.codes(danger).iter().any(|code| code == "yes" || code == "unsure")
    {
        paths.push(vocabulary.path(danger).to_owned());
    }
    let [_, possible, _] = &evaluated.levels;
    for (at, (indicator, concern)) in pack.indicators().iter().zip(&view.concerns).enumerate() {
        let counts = view.counts(at, Set::Possible) || concern.is_answered_outside_its_age();
        let level = possible.levels.get(at).copied().flatten().unwrap_or(indicator.level);
        if counts && indicator.action_at(level) == Some(action) {
            paths.push(pack.path_of(indicator));
        }
    }
    for (_, rule, test) in view.rules() {
        let is_it = match &rule.effect {
            Effect::Urgent(code) => code == action,
            Effect::Instead(code) => code == action && action == WORKER_ACTION,
            _ => false,
        };
        if is_it {
            paths.extend(view.because(test, Set::Possible, evaluated.known()));
        }
    }
    if action == HARM_ACTION {
        paths.extend(record.serious_worries().into_iter().map(str::to_owned));
    }
    paths.dedup();
    paths
}
