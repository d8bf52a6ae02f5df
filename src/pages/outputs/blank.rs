//! The blank pack: every question of the catalogue with space to write, for when there is no device or no power.

use assessment_engine::answers::blank_record;
use assessment_engine::answers::{Scope, Visit};
use assessment_engine::disclosure::Audience;
use assessment_form::Kind;
use leptos::prelude::*;

use super::preview::Head;
use super::terms::ShortWords;
use crate::components::Contacts;
use crate::form::{Form, use_form};

/// The most options that are printed; of a longer list the answer is written down.
const MAX_OPTIONS: usize = 12;

/// What the form fills in by itself, and what only old records answer.
const OF_THE_FORM: [(&str, &[&str]); 4] = [
    ("conclusions", &["explained"]),
    ("record", &["linked_records"]),
    ("urgent_log", &["action", "certainty"]),
    ("consent", &["status", "given_by", "competence", "withdrawn_on", "withdrawn_by", "signatories"]),
];

#[component]
pub(super) fn BlankPack() -> impl IntoView {
    let form = use_form();
    let (questions, text) = questions(form);
    view! {
        <article class="ca-output ca-output--blank" aria-labelledby="output.document">
            <Head audience=Audience::BlankPack/>
            <h2 class="govuk-heading-l" id="output.document" tabindex="-1">
                {form.filled("outputs.title.blank", &[("name", "")])}
            </h2>
            <p>{form.text("outputs.blank.about")}</p>
            <Contacts/>
            {questions}
            <ShortWords text/>
        </article>
    }
}

/// All questions, whatever they depend on: nobody knows yet which will be asked. And their words, as one text.
fn questions(form: Form) -> (Vec<AnyView>, String) {
    let Some(outcome) = form.outcome.get_untracked() else { return Default::default() };
    let (record, facts) = (blank_record(), form.facts());
    let mut views = Vec::new();
    let contacts = form.standards().pack.contacts().iter().map(|contact| contact.name.clone()).collect();
    let mut texts: Vec<String> = contacts;
    let mut part = None;
    record.walk(&Scope::of(&record, &facts, &outcome), &mut |visit| {
        // On paper nobody contradicts what is typed elsewhere, and one status for everybody is only in old records.
        let (group, name) = (visit.group.key(), visit.question.name);
        if OF_THE_FORM.iter().any(|(key, names)| *key == group && names.contains(&name)) {
            return false;
        }
        let path = visit.path();
        if visit.group.key() == "record" && visit.question.name != "danger_now" {
            let title = form.text(&format!("section.{}", visit.question.name));
            views.push(view! { <h3 class="govuk-heading-m ca-output__section">{title}</h3> }.into_any());
        }
        let here = form.part_of(&path).filter(|_| !matches!(visit.question.kind, Kind::Rows(_)));
        if here != part {
            views.extend(
                here.clone().map(|title| view! { <h4 class="govuk-heading-s">{title}</h4> }.into_any()),
            );
            part = here;
        }
        let run = form.maybe_text(&format!("heading.{}.{}", visit.group.key(), visit.question.name));
        views.extend(run.map(|title| view! { <h4 class="govuk-heading-s">{title}</h4> }.into_any()));
        views.push(question(form, visit));
        texts.extend(printed(form, visit));
        true
    });
    (views, texts.join(". "))
}

/// The words of a question, its options and its indicators.
fn printed(form: Form, visit: &Visit<'_, '_>) -> Vec<String> {
    let standards = form.standards();
    let (kind, name) = (visit.question.kind, visit.question.name);
    let label =
        form.words().label(&format!("{}.{name}", visit.group.key()), kind, name, &standards).to_owned();
    let more: Vec<String> = match kind {
        Kind::Choice(list) | Kind::Choices(list) => printed_options(form, list).unwrap_or_default(),
        Kind::Indicators => {
            let asked = standards.pack.asked_of(visit.around(), form.today());
            asked.map(|indicator| indicator.text.clone()).collect()
        }
        _ => Vec::new(),
    };
    std::iter::once(label).chain(more).collect()
}

/// The labels of a list that is short enough to be printed.
fn printed_options(form: Form, list: &str) -> Option<Vec<String>> {
    let standards = form.standards();
    let options = standards.lists.list(list);
    (options.len() <= MAX_OPTIONS).then(|| options.iter().map(|option| option.label.clone()).collect())
}

fn question(form: Form, visit: &Visit<'_, '_>) -> AnyView {
    let standards = form.standards();
    let (group, kind, name) = (visit.group.key(), visit.question.kind, visit.question.name);
    let boxes = |labels: Vec<String>| {
        let items = labels
            .into_iter()
            .map(|label| view! { <li><span class="ca-output__box"></span>{label}</li> }.into_any());
        view! { <ul class="ca-output__boxes">{items.collect_view()}</ul> }.into_any()
    };
    let space = |lines: usize| {
        let lines = (0..lines).map(|_| view! { <div class="ca-output__rule"></div> }.into_any());
        lines.collect_view().into_any()
    };
    let answer = match kind {
        Kind::Group if matches!(group, "record" | "elements") => return ().into_any(),
        Kind::Rows(_) if group == "record" => return ().into_any(),
        Kind::Group | Kind::Rows(_) => ().into_any(),
        Kind::Indicators => {
            let lines = standards.pack.asked_of(visit.around(), form.today()).map(|indicator| {
                view! {
                    <div class="ca-output__line">
                        <dt class="ca-output__label">{indicator.text.clone()}</dt>
                        <dd class="ca-output__value">{boxes(printed_options(form, "mark").unwrap_or_default())}</dd>
                    </div>
                }
                .into_any()
            });
            view! { <dl class="ca-output__lines">{lines.collect_view()}</dl> }.into_any()
        }
        Kind::Choice(list) | Kind::Choices(list) => {
            printed_options(form, list).map_or_else(|| space(1), boxes)
        }
        Kind::Multiline => space(match visit.question.max {
            0..=500 => 2,
            501..=2000 => 4,
            _ => 7,
        }),
        Kind::Lines | Kind::Phones => space(2),
        _ => space(1),
    };
    let label = form.words().label(&format!("{group}.{name}"), kind, name, &standards).to_owned();
    let is_short = !matches!(kind, Kind::Group | Kind::Rows(_) | Kind::Indicators | Kind::Multiline);
    let class =
        if is_short { "ca-output__question ca-output__question--short" } else { "ca-output__question" };
    view! {
        <div class=class>
            <p class="ca-output__label">{label}</p>
            {answer}
        </div>
    }
    .into_any()
}
