//! Random records for the built-in pack, from a seed. How they are made up: see `random`.

use std::sync::LazyLock;

use assessment_engine::answers::Answers;
use assessment_engine::date::Date;
use assessment_engine::threshold::RulePack;

use super::random::Random;

/// The built-in pack.
pub(crate) static PACK: LazyLock<RulePack> = LazyLock::new(|| RulePack::load(RulePack::built_in()).unwrap());

/// The record of a seed, and the day on which to look at it.
pub(crate) fn record(seed: u64) -> (Answers, Date) {
    let ids: Vec<(&str, &str)> =
        PACK.indicators().iter().map(|i| (i.element.as_str(), i.id.as_str())).collect();
    let mut random = Random::new(seed);
    let today = random.today();
    let reading = Answers::from_value(&random.record(&ids, today)).unwrap();
    (reading.answers, Date::parse(&today.to_string()).unwrap())
}
