//! Urgent actions as time goes on: since when they are known, what went and why, and the log of what was done.

use std::sync::Arc;

use assessment_engine::answers::{Answers, URGENT_LOG};
use assessment_form::Edit;
use assessment_rules::{causes, evaluate};

use super::{Context, changed, go};
use crate::state::{Certainty, Effect, Event, Focus, FormState, Page};

/// What an event may change about urgent actions: the path of a question, or nothing but the time.
pub(super) fn watched(event: &Event) -> Option<Option<String>> {
    match event {
        Event::Answered(path, _) => Some(Some(path.clone())),
        Event::AnsweredTogether(edits, _) => Some(edits.first().map(|(path, _)| path.clone())),
        Event::MarkedNotDiscussed => Some(Some("elements".to_owned())),
        Event::Opened { .. } | Event::TimePassed => Some(None),
        _ => None,
    }
}

/// Looks at the urgent actions after an event. A record that can only be read here is watched where it can be changed.
pub(super) fn watch(state: &mut FormState, because: Option<&str>, context: &Context<'_>) -> Vec<Effect> {
    let Some(record) = state.record.as_mut().filter(|_| !state.read_only) else { return Vec::new() };
    let pack = &context.standards.pack;
    let outcome = evaluate(&record.answers, context.today, pack);
    let mut is_new = record.urgency.look(&outcome, because, context.now);
    let answers = &record.answers;
    if !answers.urgent_log.is_empty() {
        let causes = |action: &str| causes(answers, context.today, pack, action);
        is_new |= record.urgency.look_at_log(answers, causes, context.now);
    }
    context.evaluated.set(Some(Arc::new(outcome)));
    // An answer has made a new revision of the record already.
    if is_new && because.is_none() { changed(state) } else { Vec::new() }
}

/// Begins an entry of the log and goes to it. One that was begun and says nothing yet is taken up again.
pub(super) fn begin_entry(
    state: &mut FormState,
    action: String,
    certainty: Certainty,
    what: String,
    context: &Context<'_>,
) -> Vec<Effect> {
    let can_log = state.can_log();
    let from = state.page.clone();
    let Some(record) = state.record.as_mut().filter(|_| can_log) else { return Vec::new() };
    let first = if record.is_open() { 0 } else { record.log_sent };
    let code = code(certainty);
    let begun = record.answers.urgent_log.iter().enumerate().skip(first).find(|(_, entry)| {
        entry.action == action
            && entry.certainty == code
            && entry.result.is_empty()
            && entry.done_on.is_blank()
    });
    let row = match begun {
        Some((row, _)) => row,
        None => {
            let row = record.answers.urgent_log.len();
            if fill(
                &mut record.answers,
                row,
                [("action", action), ("certainty", code.to_owned()), ("what", what)],
            )
            .is_none()
            {
                return Vec::new();
            }
            row
        }
    };
    let mut effects = changed(state);
    let log = Page::Section(URGENT_LOG.to_owned());
    if from != log {
        state.log_from = Some(from);
        effects.extend(go(state, log, context).into_iter().filter(|effect| !is_focus(effect)));
    }
    effects.dedup();
    effects.push(Effect::Move(Focus::Id(format!("{URGENT_LOG}[{row}]"))));
    effects
}

/// Adds a row with what is known of it. `None` where there is no room for another.
fn fill<const N: usize>(answers: &mut Answers, row: usize, texts: [(&str, String); N]) -> Option<()> {
    answers.apply(URGENT_LOG, Edit::AddRow).ok()?;
    for (name, text) in texts {
        answers.apply(&format!("{URGENT_LOG}[{row}].{name}"), Edit::Text(text)).ok()?;
    }
    Some(())
}

/// The answer under which an action is shown, as the log has it.
fn code(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "yes",
        Certainty::NotSure => "unsure",
    }
}

fn is_focus(effect: &Effect) -> bool {
    matches!(effect, Effect::Move(_))
}

/// Where the log is left to: the page from which somebody came.
pub(super) fn leave_log(state: &mut FormState) -> Page {
    state.log_from.take().unwrap_or(Page::Tasks)
}

/// Notes that the practitioner has read what went.
pub(super) fn gone_read(state: &mut FormState, time: &str) -> Vec<Effect> {
    let Some(record) = state.record.as_mut().filter(|_| !state.read_only) else { return Vec::new() };
    if record.urgency.read(time) { changed(state) } else { Vec::new() }
}
