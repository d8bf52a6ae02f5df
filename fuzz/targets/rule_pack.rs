//! Any string as a rule pack: it is refused with places, or it evaluates. A pack that is accepted keeps the laws.
#![no_main]

use assessment_engine::answers::Answers;
use assessment_engine::rule_packs;
use assessment_fuzz::keeps_the_laws;
use assessment_rules::{evaluate, explain};
use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let loaded = rule_packs::load(text);
    let draft = match rule_packs::draft(text) {
        Ok(draft) => draft,
        Err(problems) => {
            assert!(!problems.is_empty() && loaded.is_err(), "refused without a problem");
            assert!(problems.iter().all(|problem| !problem.message.is_empty()));
            return;
        }
    };
    let today = Date::new(2026, 11, 23).expect("a day");
    let blank = Answers::blank();
    assert_eq!(evaluate(blank, today, &draft), evaluate(blank, today, &draft));
    let _ = explain(blank, today, &draft);
    match loaded {
        Ok(pack) => keeps_the_laws(blank, today, &pack, text.len()),
        Err(_) => assert!(!draft.law_problems().is_empty() || !draft.floor_problems().is_empty()),
    }
});
