//! Check answers: everything that was answered, as it will be sent, with a link back to each; then sending.

use assessment_engine::answers::Facts;
use assessment_engine::answers::Node;
use assessment_engine::answers::Scope;
use assessment_form::Kind;

use super::{back, heading, tasks};
use crate::components::{error_summary, suggestion};
use crate::dom::{El, View, anchor, el, hidden, nothing, p};
use crate::form::Form;
use crate::io::clock;
use crate::questions::shown;
use crate::state::{Event, Place, Sent};
use crate::words::uncapitalised;

/// One line: a question and its answer in words.
struct Line {
    path: String,
    section: &'static str,
    /// The box or the row in which it stands.
    place: Option<String>,
    label: String,
    value: String,
    asked: bool,
}

pub(super) fn check(form: Form) -> View {
    let lines = lines(form);
    let sections: View = assessment_engine::sections::sections()
        .into_iter()
        .map(|section| {
            let mine: Vec<&Line> =
                lines.iter().filter(|line| line.asked && line.section == section).collect();
            let content =
                if mine.is_empty() { form.say("p", "", "check.nothing").into() } else { lists(form, &mine) };
            View::from(form.say("h2", "govuk-heading-m", &format!("section.{section}"))).and(content)
        })
        .collect();
    let kept: Vec<&Line> = lines.iter().filter(|line| !line.asked).collect();
    let kept = (!kept.is_empty()).then(|| {
        View::from(form.say("h2", "govuk-heading-m", "check.kept_heading"))
            .and(form.say("p", "", "check.kept"))
            .and(lists(form, &kept))
    });
    View::from(back(form, Place::Tasks))
        .and(error_summary::error_summary(form))
        .and(heading("govuk-heading-l", form.text("title.check")))
        .and(sections)
        .and(kept)
        .and(suggestion::suggestion(form))
        .and(sending(form))
        .and(tasks::to_list(form))
}

/// A list for each box and for each row, under its name; what stands in neither has a list of its own.
fn lists(form: Form, lines: &[&Line]) -> View {
    let groups = lines.chunk_by(|one, next| one.place == next.place);
    groups
        .map(|group| {
            let place = group.first().and_then(|line| line.place.as_ref());
            let rows: View = group.iter().map(|line| row(form, line)).collect();
            View::from(place.map(|place| p("h3", "govuk-heading-s", place)))
                .and(el("dl").class("govuk-summary-list").add(rows))
        })
        .collect()
}

/// The button, or where the record stands after it was pressed.
fn sending(form: Form) -> View {
    if form.peek(|state| state.read_only) {
        return nothing();
    }
    let (sent, reason) = form.peek(|state| {
        (state.record.as_ref().map(|record| record.sent.clone()).unwrap_or_default(), state.not_sent_because)
    });
    match sent {
        Sent::Received(receipt) => {
            p("p", "govuk-inset-text", &form.filled("drafts.sent", &[("reference", &receipt.reference)]))
                .into()
        }
        Sent::Waiting { .. } => {
            waiting(form, if reason.is_empty() { "submit.waiting" } else { reason }).into()
        }
        Sent::No => {
            let send = move || form.dispatch(Event::Submitted(clock::random_id()));
            View::from(form.say("h2", "govuk-heading-m", "submit.heading"))
                .and(form.say("p", "", "submit.about"))
                .and(form.button("govuk-button", "submit.button", send))
        }
    }
}

fn waiting(form: Form, why: &str) -> El {
    let busy = move || form.with(|state| state.sending);
    let again = el("button")
        .attr("type", "button")
        .class("govuk-button")
        .on("click", move |_| form.dispatch(Event::Retried))
        .live_attr("disabled", move || crate::dom::flag(busy()))
        .live_text(move || form.text(if busy() { "submit.sending" } else { "submit.again" }).to_owned());
    el("div")
        .class("govuk-notification-banner")
        .attr("role", "region")
        .attr("aria-labelledby", "waiting")
        .add(
            el("div").class("govuk-notification-banner__header").add(
                form.say("h2", "govuk-notification-banner__title", "submit.waiting_heading")
                    .attr("id", "waiting"),
            ),
        )
        .add(
            el("div")
                .class("govuk-notification-banner__content")
                .add(form.say("p", "govuk-notification-banner__heading", why))
                .add(form.say("p", "", "submit.safe"))
                .add(again),
        )
}

fn lines(form: Form) -> Vec<Line> {
    let Some(outcome) = form.peek_outcome() else { return Vec::new() };
    let mut lines = Vec::new();
    form.peek_answers(|answers| {
        let facts = Facts::of(answers, clock::today());
        let scope = Scope::of(answers, &facts, &outcome);
        let mut section = "pre_assessment_checklist";
        answers.walk(&scope, &mut |visit| {
            let path = visit.path();
            if visit.group.key() == "record" {
                section = visit.question.name;
            }
            let key = format!("{}.{}", visit.group.key(), visit.question.name);
            let label = form.words().label(&key, visit.question.kind, visit.question.name, form.standards());
            match (visit.question.kind, visit.node) {
                (Kind::Group | Kind::Rows(_), _) => {}
                (Kind::Indicators, Node::Marks(marks)) => {
                    for (id, mark) in marks {
                        let sign = form.standards().pack.indicator(id);
                        let text = sign.map_or(id.as_str(), |sign| &sign.text);
                        lines.push(Line {
                            path: format!("{path}.{id}"),
                            section,
                            place: form.place_of(&path),
                            label: text.to_owned(),
                            value: shown::code(form, "mark", mark),
                            asked: visit.asked,
                        });
                    }
                }
                (kind, node) => {
                    let value = shown::answer(form, kind, node);
                    if !value.trim().is_empty() {
                        let (place, label) = (form.place_of(&path), label.to_owned());
                        lines.push(Line { path, section, place, label, value, asked: visit.asked });
                    }
                }
            }
            true
        });
    });
    lines
}

fn row(form: Form, line: &Line) -> El {
    let open = form.peek(|state| state.record.as_ref().is_some_and(|record| record.is_open()));
    let path = line.path.clone();
    let change = (open && line.asked).then(|| {
        let place =
            line.place.as_ref().map(|place| format!(", {}", uncapitalised(place))).unwrap_or_default();
        let link = anchor("govuk-link", form.text("check.change"), move || form.change(&path))
            .add(hidden(&format!(" {}{place}", uncapitalised(&line.label))));
        el("dd").class("govuk-summary-list__actions ca-no-print").add(link)
    });
    el("div")
        .class("govuk-summary-list__row")
        .add(p("dt", "govuk-summary-list__key", &line.label))
        .add(p("dd", "govuk-summary-list__value ca-typed", &line.value))
        .add(change)
}
