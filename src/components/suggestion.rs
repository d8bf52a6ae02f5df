//! What the answers suggest, with reasons that can be read to a family. It suggests; people decide.

use assessment_engine::threshold::{Finding, Outcome, Reason};
use leptos::prelude::*;

use crate::form::Form;

pub(crate) fn suggestion(form: Form) -> AnyView {
    (move || form.outcome.with(|outcome| outcome.as_ref().map(|outcome| panel(form, outcome)))).into_any()
}

fn panel(form: Form, outcome: &Outcome) -> AnyView {
    let code = outcome.suggestion.certain.code();
    let urgent = matches!(code, "R4" | "R5");
    let class = if urgent { "ca-suggestion ca-suggestion--urgent" } else { "ca-suggestion" };
    let possible = outcome.suggestion.possible.code();
    let further = (possible != code).then(|| {
        let what = form.text(&format!("suggestion.{possible}"));
        view! { <p class="ca-suggestion__more">{form.filled("suggestion.possible", &[("suggestion", &what)])}</p> }
    });
    let open = (outcome.suggestion.not_ruled_out.step() > outcome.suggestion.possible.step()).then(|| {
        let count = outcome.settles.len().to_string();
        view! { <p class="ca-suggestion__more">{form.filled("suggestion.open", &[("count", &count)])}</p> }
    });
    let prompts = outcome
        .prompts
        .iter()
        .map(|prompt| view! { <p class="ca-suggestion__more">{form.text(&format!("prompt.{}", prompt.code()))}</p> })
        .collect_view();
    let mut reasons: Vec<AnyView> = outcome
        .reasons
        .iter()
        .filter(|reason| reason.result == "certain")
        .map(|found| reason(form, found))
        .collect();
    reasons.extend(outcome.findings.iter().map(|found| finding(form, found)));
    let title = form.filled("suggestion.why", &[("count", &reasons.len().to_string())]);
    let aside = outcome
        .set_aside
        .iter()
        .map(|aside| {
            let text = sign(form, &aside.indicator);
            let why = form.text(&format!("set_aside.{}", aside.because));
            view! { <p class="ca-suggestion__more">{form.filled("suggestion.set_aside", &[("sign", &text), ("why", &why)])}</p> }
        })
        .collect_view();
    let (label, version) = form.standards(|standards| {
        let label = match standards.pack.approval() {
            None => form.text("suggestion.example"),
            Some((who, when)) => form.filled("suggestion.approved", &[("who", who), ("when", when)]),
        };
        (label, outcome.pack_version.clone())
    });
    view! {
        <section class=class aria-labelledby="suggestion">
            <h2 class="ca-suggestion__heading" id="suggestion">{form.text("suggestion.heading")}</h2>
            <p class="ca-suggestion__sentence">{form.text(&format!("suggestion.{code}"))}</p>
            <p class="ca-suggestion__more">{form.text(&format!("suggestion.{code}.text"))}</p>
            {further} {open} {prompts}
            <p class="ca-suggestion__more">{form.text("suggestion.decide")}</p>
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{title}</span></summary>
                <div class="govuk-details__text"><ol class="ca-suggestion__reasons">{reasons}</ol></div>
            </details>
            {aside}
            <p class="ca-suggestion__example">{label}" "{version}</p>
        </section>
    }
    .into_any()
}

/// A rule that led to the suggestion.
fn reason(form: Form, reason: &Reason) -> AnyView {
    let text = form.text(&format!("reason.{}", reason.rule));
    let references = form.standards(|standards| {
        let rule = standards.pack.rule(reason.rule)?;
        Some(
            rule.references
                .iter()
                .filter_map(|id| standards.pack.reference(id))
                .collect::<Vec<_>>()
                .join("; "),
        )
    });
    let source =
        form.filled("suggestion.rule", &[("rule", reason.rule), ("source", &references.unwrap_or_default())]);
    view! {
        <li class="ca-suggestion__reason"><p>{text}</p><p class="ca-suggestion__source">{source}</p></li>
    }
    .into_any()
}

/// A sign that counts, with its box and what raised it.
fn finding(form: Form, finding: &Finding) -> AnyView {
    let element =
        form.standards(|s| s.framework.element(&finding.element).map(|element| element.label.clone()));
    let raised: Vec<String> = finding.raised_by.iter().map(|raised| raised_words(form, raised)).collect();
    let raised = (!raised.is_empty()).then(|| view! { <p>{raised.join(" ")}</p> });
    let key = if finding.answer == "unsure" { "suggestion.finding_unsure" } else { "suggestion.finding" };
    let level = form.text(&format!("level.{:?}", finding.level));
    let path = format!("elements.{}.indicators.{}", finding.element, finding.indicator);
    let label = element.unwrap_or_default();
    let open = form.peek(|state| state.record.as_ref().is_some_and(|record| record.is_open()));
    let source = form.filled("suggestion.sign", &[("id", &finding.indicator), ("level", &level)]);
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        form.change(&path);
    };
    view! {
        <li class="ca-suggestion__reason">
            <p>{form.filled(key, &[("sign", &sign(form, &finding.indicator))])}</p>
            {raised}
            <p class="ca-suggestion__source">
                {source}" "
                {if open { view! { <a class="govuk-link" href="#" on:click=go>{label}</a> }.into_any() } else { label.into_any() }}
            </p>
        </li>
    }
    .into_any()
}

fn raised_words(form: Form, raised: &str) -> String {
    match raised.split_once(':') {
        Some(("below_months", months)) => {
            let months: u32 = months.parse().unwrap_or_default();
            if months >= 24 && months % 12 == 0 {
                form.filled("raised.below_years", &[("value", &(months / 12).to_string())])
            } else {
                form.filled("raised.below_months", &[("value", &months.to_string())])
            }
        }
        Some(("disability", _)) => form.text("raised.disability"),
        _ if raised == "unborn" || raised == "alone" => form.text(&format!("raised.{raised}")),
        _ => form.filled("raised.indicator", &[("sign", &sign(form, raised))]),
    }
}

/// The words of a sign.
fn sign(form: Form, id: &str) -> String {
    form.standards(|standards| {
        let found = standards.pack.indicators().iter().find(|indicator| indicator.id == id);
        found.map_or_else(|| id.to_owned(), |indicator| indicator.text.clone())
    })
}
