//! Random records for the built-in pack, from a seed. How they are made up: see `random`.

use assessment_engine::rule_packs;
use assessment_form::parse_day;
use std::sync::LazyLock;

use assessment_engine::answers::Answers;
use assessment_rules::RulePack;
use jiff::civil::Date;

use crate::material::random::Random;

/// The built-in pack.
pub(crate) static PACK: LazyLock<RulePack> =
    LazyLock::new(|| rule_packs::load(rule_packs::built_in()).unwrap());

/// The record of a seed, and the day on which to look at it.
pub(crate) fn record(seed: u64) -> (Answers, Date) {
    let ids: Vec<(&str, &str)> =
        PACK.indicators().iter().map(|i| (i.element.as_str(), i.id.as_str())).collect();
    let mut random = Random::new(seed);
    let today = random.today();
    let reading = Answers::from_value(&random.record(&ids, today)).unwrap();
    (reading.answers, parse_day(&today.to_string()).unwrap())
}
