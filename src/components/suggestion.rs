//! What the answers suggest, with reasons that can be read to a family. It suggests; people decide.

use std::sync::Arc;

use assessment_rules::{
    Finding, Headline, HeadlineKind, Level, Outcome, Prompt, Reason, Record as _, UrgentAction,
};
use leptos::prelude::*;

use super::{ChangeLink, Details, Explained, Ladder, OutOfHours, QuestionLink, RingNow, on_own};
use crate::form::{Form, use_form};
use assessment_wording::uncapitalised;

#[component]
pub(crate) fn Suggestion() -> impl IntoView {
    let form = use_form();
    on_own(move || form.outcome.get().map(|outcome| view! { <Panel outcome/> }.into_any()))
}

#[component]
fn Panel(outcome: Arc<Outcome>) -> impl IntoView {
    let form = use_form();
    let Headline { kind, code } = outcome.headline;
    let words = form.words().headline(outcome.headline_words(), code, outcome.may_be_more());
    let reassures = kind == HeadlineKind::Everyday && outcome.urgent_to_check.is_empty();
    let urgent = kind <= HeadlineKind::WorryRecorded;
    let class = if urgent { "ca-suggestion ca-suggestion--urgent" } else { "ca-suggestion" };
    let more = |text: String| view! { <p class="ca-suggestion__more">{text}</p> }.into_any();
    let number = urgent.then(|| ring(form, &outcome)).flatten();
    let prompts = outcome.prompts.iter().filter(|prompt| !is_said(**prompt, kind));
    let prompts: Vec<String> =
        prompts.map(|prompt| form.text(&format!("prompt.{}", prompt.code()))).collect();
    let text = [&words.line, " ", &words.text, " ", &prompts.join(" ")].concat();
    let certain = outcome.reasons.iter().filter(|reason| reason.result == "certain");
    // That nothing was found is no reason where something is not known.
    let certain = certain.filter(|reason| reassures || reason.suggestion != "R0");
    let reasons: Vec<AnyView> = certain.map(|found| reason(form, found).into_any()).collect();
    let (strengths, concerns): (Vec<&Finding>, Vec<&Finding>) =
        outcome.findings.iter().partition(|found| found.level == Level::L1);
    let list = |found: Vec<&Finding>| {
        found.into_iter().map(|found| finding(form, found).into_any()).collect::<Vec<AnyView>>()
    };
    let (strengths, findings) = (list(strengths), list(concerns));
    let title = match reasons.len() + findings.len() {
        1 => form.text("suggestion.why_one"),
        count => form.filled("suggestion.why", &[("count", &count.to_string())]),
    };
    let set_aside = outcome.set_aside.iter().map(|aside| {
        let (sign, why) = (sign(form, &aside.indicator), form.text(&format!("set_aside.{}", aside.because)));
        more(form.filled("suggestion.set_aside", &[("sign", &sign), ("why", &why)]))
    });
    let label = match form.standards().pack.approval() {
        None => form.text("suggestion.example"),
        Some((who, when)) => form.filled("suggestion.approved", &[("who", who), ("when", when)]),
    };
    view! {
        <section class=class aria-labelledby="suggestion">
            <h2 class="ca-suggestion__headline" id="suggestion">
                <span class="govuk-visually-hidden">{form.text("suggestion.heading")} ": "</span>
                {words.line}
            </h2>
            {more(words.text)}
            {(kind == HeadlineKind::NotEnoughKnown).then(|| links(most_helpful(&outcome)).into_any())}
            {(kind == HeadlineKind::WorryRecorded).then(|| links(worries(form)).into_any())}
            {number.map(|action| view! {
                <OutOfHours action=action.clone()/>
                <RingNow action/>
            }.into_any())}
            <Ladder results=outcome.suggestion/>
            {open(form, &outcome).map(more)}
            {prompts.into_iter().map(more).collect_view()}
            <Explained text/>
            {(!urgent).then(|| more(form.text("suggestion.decide")))}
            {(!reasons.is_empty() || !findings.is_empty()).then(|| view! {
                <Details summary=title>
                    <ol class="ca-suggestion__reasons">{reasons} {findings}</ol>
                </Details>
            }.into_any())}
            {(!strengths.is_empty()).then(|| view! {
                <Details summary=form.text("suggestion.strengths")>
                    <ul class="ca-suggestion__reasons">{strengths}</ul>
                </Details>
            }.into_any())}
            {set_aside.collect_view()}
            <p class="ca-suggestion__example">{format!("{label} {}", outcome.pack_version)}</p>
        </section>
    }
}

/// Whom to ring, where the headline says to: the first urgent action, certain or to be checked.
fn ring(form: Form, outcome: &Outcome) -> Option<UrgentAction> {
    let first = outcome.urgent.first().or(outcome.urgent_to_check.first())?;
    form.standards().pack.action(first).cloned()
}

/// Whether the headline says already what the prompt says.
fn is_said(prompt: Prompt, kind: HeadlineKind) -> bool {
    match prompt {
        Prompt::SeriousWorryRecorded => kind == HeadlineKind::WorryRecorded,
        Prompt::PossibleIsHigher => matches!(kind, HeadlineKind::CheckFirst | HeadlineKind::MayBe),
        _ => false,
    }
}

/// The answers that would help most, where not enough is known.
fn most_helpful(outcome: &Outcome) -> Vec<String> {
    outcome.settles.iter().take(3).cloned().collect()
}

/// Where a serious worry is written.
fn worries(form: Form) -> Vec<String> {
    form.answers(|answers| answers.serious_worries().into_iter().map(str::to_owned).collect())
}

/// Questions, each a link to its place.
fn links(paths: Vec<String>) -> impl IntoView + use<> {
    let links = paths.into_iter().map(|path| view! { <li><QuestionLink path/></li> }.into_any());
    view! { <ul class="govuk-list govuk-list--bullet">{links.collect_view()}</ul> }
}

/// How many blank answers could still change it.
fn open(form: Form, outcome: &Outcome) -> Option<String> {
    let suggestion = &outcome.suggestion;
    (suggestion.not_ruled_out.step() > suggestion.possible.step()).then(|| match outcome.settles.len() {
        1 => form.text("suggestion.open_one"),
        count => form.filled("suggestion.open", &[("count", &count.to_string())]),
    })
}

/// A rule that led to the suggestion.
fn reason(form: Form, reason: &Reason) -> impl IntoView + use<> {
    let standards = form.standards();
    let pack = &standards.pack;
    let rule = pack.rule(&reason.rule);
    let words = rule.map(|rule| rule.family.clone()).unwrap_or_default();
    let references: Vec<&str> = rule
        .map(|rule| rule.references.iter().filter_map(|id| pack.reference(id)).collect())
        .unwrap_or_default();
    let source =
        form.filled("suggestion.rule", &[("rule", &reason.rule), ("source", &references.join("; "))]);
    view! {
        <li class="ca-suggestion__reason">
            <p>{words}</p>
            <p class="ca-suggestion__source">{source}</p>
        </li>
    }
}

/// An indicator that counts, with its element and what raised it.
fn finding(form: Form, finding: &Finding) -> impl IntoView + use<> {
    let standards = form.standards();
    let element = standards.framework.element(&finding.element);
    let element = element.map(|element| element.label.clone()).unwrap_or_default();
    let raised: Vec<String> = finding.raised_by.iter().map(|raised| raised_words(form, raised)).collect();
    let raised = (!raised.is_empty()).then(|| view! { <p>{raised.join(" ")}</p> }.into_any());
    let key = if finding.answer == "unsure" { "suggestion.finding_unsure" } else { "suggestion.finding" };
    let level = uncapitalised(&form.text(&format!("level.{}", finding.level.code())));
    let path = format!("elements.{}.indicators.{}", finding.element, finding.indicator);
    let source = form.filled("suggestion.sign", &[("id", &finding.indicator), ("level", &level)]);
    let is_open = form.peek(|state| state.record.as_ref().is_some_and(|record| record.is_open()));
    let place = if is_open {
        view! { <ChangeLink path>{element}</ChangeLink> }.into_any()
    } else {
        view! { <span>{element}</span> }.into_any()
    };
    view! {
        <li class="ca-suggestion__reason">
            <p>{form.filled(key, &[("sign", &sign(form, &finding.indicator))])}</p>
            {raised}
            <p class="ca-suggestion__source">{format!("{source} ")} {place}</p>
        </li>
    }
}

fn raised_words(form: Form, raised: &str) -> String {
    match raised.split_once(':') {
        Some(("below_months", months)) => {
            let months: u32 = months.parse().unwrap_or_default();
            let (key, value) = if months >= 24 && months.is_multiple_of(12) {
                ("raised.below_years", months / 12)
            } else {
                ("raised.below_months", months)
            };
            form.filled(key, &[("value", &value.to_string())])
        }
        Some(("disability", _)) => form.text("raised.disability"),
        _ if raised == "unborn" || raised == "alone" => form.text(&format!("raised.{raised}")),
        _ => form.filled("raised.indicator", &[("sign", &sign(form, raised))]),
    }
}

/// The words of an indicator.
fn sign(form: Form, id: &str) -> String {
    form.standards().pack.indicator(id).map_or_else(|| id.to_owned(), |indicator| indicator.text.clone())
}
