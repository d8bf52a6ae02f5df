//! What would change the suggestion, for a record with anything typed anywhere: each way that is named leads
//! where it says, never in the other direction.
#![no_main]

use assessment_engine::answers::{Answers, Node};
use assessment_form::Edit;
use assessment_fuzz::{Choices, SECOND, STANDARDS};
use assessment_rules::{Step, Way, evaluate, what_if};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices::new(bytes);
    let pack = if choices.byte() & 1 == 0 { &STANDARDS.pack } else { &*SECOND };
    let today = choices.day();
    let answers = choices.record();
    let step = |answers: &Answers| evaluate(answers, today, pack).suggestion.certain.step();
    let now = step(&answers);
    let found = what_if(&answers, today, pack);
    assert_eq!(found.now, now.code());
    assert!(now == Step::R5 || !found.raise.is_empty(), "danger now always raises");
    // One of many is enough: they are made alike.
    for (ways, up) in [(&found.raise, true), (&found.lower, false)] {
        let Some(way) = ways.get(bytes.len() % ways.len().max(1)) else { continue };
        let then = step(&with(&answers, way));
        assert_eq!(then.code(), way.leads_to);
        assert!(if up { then > now } else { then < now }, "a way that leads in the other direction");
    }
});

fn with(answers: &Answers, way: &Way) -> Answers {
    let mut changed = answers.clone();
    for change in &way.changes {
        let list = matches!(changed.node(&change.path), Some(Node::List(_)));
        let edit = if list { Edit::List(vec![change.to.clone()]) } else { Edit::Text(change.to.clone()) };
        changed.apply(&change.path, edit).expect("a path of the form");
    }
    changed
}
