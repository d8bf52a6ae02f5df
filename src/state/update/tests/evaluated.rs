//! The outcome that an update hands on, so that nobody evaluates the rules again for the same answers.

use assessment_rules::evaluate;

use super::*;

impl Bench {
    /// Called after each event of every test: what was evaluated on the way is the outcome of the answers that are left.
    pub(super) fn check_evaluated(&self, context: &Context<'_>) {
        if let Some(outcome) = context.evaluated.take() {
            assert_eq!(*outcome, evaluate(&self.record().answers, context.today, &self.standards.pack));
        }
    }
}

/// Whether an event has the rules evaluated.
fn is_evaluated(bench: &mut Bench, event: Event) -> bool {
    let context = Context::new(bench.now, &bench.standards);
    update(&mut bench.state, event, &context);
    context.evaluated.take().is_some()
}

#[test]
fn a_key_has_the_rules_evaluated_once_and_hands_on_the_outcome() {
    let mut bench = Bench::open();
    let typed = Event::Answered("elements.identity.needs".into(), Edit::Text("T".into()));
    assert!(is_evaluated(&mut bench, typed));
}

#[test]
fn an_event_that_changes_no_answer_has_nothing_evaluated() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "no");
    let revision = bench.record().revision;
    for event in [
        Event::Saved("r1".into(), revision, "14:03".into()),
        Event::ModeChosen(crate::state::Mode::OnOwn),
        Event::Went(Page::Tasks),
    ] {
        assert!(!is_evaluated(&mut bench, event));
    }
}
