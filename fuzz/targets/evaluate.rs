//! A record with anything typed anywhere, on any day, under the packs of two authorities: the laws hold, no answer
//! goes unmentioned, the stored record gives the same bytes, and every check runs.
#![no_main]

use assessment_engine::answers::Answers;
use assessment_engine::assessment::Assessment;
use assessment_engine::validation::{Stage, check};
use assessment_fuzz::{Choices, SECOND, STANDARDS, danger_comes_first, keeps_the_laws, sign_path};
use assessment_rules::{RulePack, evaluate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices::new(bytes);
    let (today, sign) = (choices.day(), choices.below(1_000));
    let answers = choices.record();
    let again = Answers::read(&answers.to_json()).expect("what was written can be read");
    assert!(again.unread.is_empty() && again.answers == answers, "something was lost or changed");
    for pack in [&STANDARDS.pack, &*SECOND] {
        keeps_the_laws(&answers, today, pack, sign);
        danger_comes_first(&answers, today, pack);
        nothing_is_silent(&answers, today, pack);
        let [one, other] =
            [&answers, &again.answers].map(|record| evaluate(record, today, pack).to_canonical_json());
        assert_eq!(one, other, "other bytes");
    }
    let problems = check(&answers, Stage::Submit, today, &STANDARDS);
    assert_eq!(Assessment::parse(answers, today, &STANDARDS).is_ok(), problems.is_empty());
});

/// Every yes and every unsure is a finding or is set aside.
fn nothing_is_silent(answers: &Answers, today: jiff::civil::Date, pack: &RulePack) {
    let outcome = evaluate(answers, today, pack);
    for sign in pack.indicators() {
        if matches!(answers.text(&sign_path(sign)), "yes" | "unsure") {
            let found = outcome.findings.iter().any(|finding| finding.indicator == sign.id);
            let aside = outcome.set_aside.iter().any(|aside| aside.indicator == sign.id);
            assert!(found != aside, "{} is told neither once nor at all", sign.id);
        }
    }
}
