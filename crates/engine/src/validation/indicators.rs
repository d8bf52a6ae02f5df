//! The indicators of each element, found once for a whole check: going through the pack for each element, or for each mark, costs
//! more than all other checks together. It is made for each check, so it can never belong to another pack.

use assessment_rules::{Indicator, RulePack};

/// Runs of indicators that follow each other in the pack and belong to one element.
pub(super) struct Indicators<'a>(Vec<(&'a str, &'a [Indicator])>);

impl<'a> Indicators<'a> {
    pub(super) fn of(pack: &'a RulePack) -> Indicators<'a> {
        let mut runs = Vec::with_capacity(19);
        for run in pack.indicators().chunk_by(|one, next| one.element == next.element) {
            if let Some(first) = run.first() {
                runs.push((first.element.as_str(), run));
            }
        }
        Indicators(runs)
    }

    /// The indicators of one element, in list order.
    pub(super) fn of_element<'s>(&'s self, id: &'s str) -> impl Iterator<Item = &'a Indicator> + 's {
        self.0.iter().filter(move |(element, _)| *element == id).flat_map(|(_, run)| run.iter())
    }
}
