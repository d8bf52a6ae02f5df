//! What the answers suggest, with reasons that can be read to a family. It suggests; people decide.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use assessment_rules::{Finding, Outcome, Reason};

use crate::dom::{El, View, anchor, el, live, memo, p};
use crate::form::Form;
use crate::pages::details;
use crate::words::uncapitalised;

pub(crate) fn suggestion(form: Form) -> View {
    // The outcome is passed on only when it changes, so counting its changes is as good as comparing it.
    let changes = AtomicU32::new(0);
    let key =
        memo(move || form.outcome().map(|_| changes.fetch_add(1, Relaxed).to_string()).unwrap_or_default());
    live(key, move || form.peek_outcome().map(|outcome| panel(form, &outcome)).into())
}

fn panel(form: Form, outcome: &Outcome) -> El {
    let code = outcome.suggestion.certain.code();
    let urgent = matches!(code, "R4" | "R5");
    let class = if urgent { "ca-suggestion ca-suggestion--urgent" } else { "ca-suggestion" };
    let more = |text: &str| p("p", "ca-suggestion__more", text);
    let possible = outcome.suggestion.possible.code();
    let further = (possible != code).then(|| {
        let what = uncapitalised(form.text(&format!("suggestion.{possible}")));
        more(&form.filled("suggestion.possible", &[("suggestion", &what)]))
    });
    let open =
        (outcome.suggestion.not_ruled_out.step() > outcome.suggestion.possible.step()).then(|| match outcome
            .settles
            .len()
        {
            1 => more(form.text("suggestion.open_one")),
            count => more(&form.filled("suggestion.open", &[("count", &count.to_string())])),
        });
    let prompts: View =
        outcome.prompts.iter().map(|prompt| more(form.text(&format!("prompt.{}", prompt.code())))).collect();
    let certain = outcome.reasons.iter().filter(|reason| reason.result == "certain");
    let mut reasons: Vec<El> = certain.map(|found| reason(form, found)).collect();
    // Strengths are shown beside concerns, never taken off them.
    reasons.extend(outcome.findings.iter().map(|found| finding(form, found)));
    let title = match reasons.len() {
        1 => form.text("suggestion.why_one").to_owned(),
        count => form.filled("suggestion.why", &[("count", &count.to_string())]),
    };
    let aside: View = outcome
        .set_aside
        .iter()
        .map(|aside| {
            let why = form.text(&format!("set_aside.{}", aside.because));
            more(
                &form.filled("suggestion.set_aside", &[("sign", sign(form, &aside.indicator)), ("why", why)]),
            )
        })
        .collect();
    let label = match form.standards().pack.approval() {
        None => form.text("suggestion.example").to_owned(),
        Some((who, when)) => form.filled("suggestion.approved", &[("who", who), ("when", when)]),
    };
    el("section")
        .class(class)
        .attr("aria-labelledby", "suggestion")
        .add(form.say("h2", "ca-suggestion__heading", "suggestion.heading").attr("id", "suggestion"))
        .add(form.say("p", "ca-suggestion__sentence", &format!("suggestion.{code}")))
        .add(more(form.text(&format!("suggestion.{code}.text"))))
        .add(further)
        .add(open)
        .add(prompts)
        .add((!urgent).then(|| more(form.text("suggestion.decide"))))
        .add(details(&title, el("ol").class("ca-suggestion__reasons").add(reasons)))
        .add(aside)
        .add(p("p", "ca-suggestion__example", &format!("{label} {}", outcome.pack_version)))
}

/// A rule that led to the suggestion.
fn reason(form: Form, reason: &Reason) -> El {
    let pack = &form.standards().pack;
    let (words, references) = match pack.rule(&reason.rule) {
        Some(rule) => {
            (rule.family.as_str(), rule.references.iter().filter_map(|id| pack.reference(id)).collect())
        }
        None => ("", Vec::new()),
    };
    let references = references.join("; ");
    let source = form.filled("suggestion.rule", &[("rule", &reason.rule), ("source", &references)]);
    el("li").class("ca-suggestion__reason").add(p("p", "", words)).add(p(
        "p",
        "ca-suggestion__source",
        &source,
    ))
}

/// A sign that counts, with its box and what raised it.
fn finding(form: Form, finding: &Finding) -> El {
    let element = form.standards().framework.element(&finding.element);
    let element = element.map_or("", |element| &element.label);
    let raised: Vec<String> = finding.raised_by.iter().map(|raised| raised_words(form, raised)).collect();
    let raised = (!raised.is_empty()).then(|| p("p", "", &raised.join(" ")));
    let key = if finding.answer == "unsure" { "suggestion.finding_unsure" } else { "suggestion.finding" };
    let level = uncapitalised(form.text(&format!("level.{}", finding.level.code())));
    let path = format!("elements.{}.indicators.{}", finding.element, finding.indicator);
    let source = form.filled("suggestion.sign", &[("id", &finding.indicator), ("level", &level)]);
    let open = form.peek(|state| state.record.as_ref().is_some_and(|record| record.is_open()));
    let place =
        if open { anchor("govuk-link", element, move || form.change(&path)) } else { p("span", "", element) };
    el("li")
        .class("ca-suggestion__reason")
        .add(p("p", "", &form.filled(key, &[("sign", sign(form, &finding.indicator))])))
        .add(raised)
        .add(p("p", "ca-suggestion__source", &format!("{source} ")).add(place))
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
        Some(("disability", _)) => form.text("raised.disability").to_owned(),
        _ if raised == "unborn" || raised == "alone" => form.text(&format!("raised.{raised}")).to_owned(),
        _ => form.filled("raised.indicator", &[("sign", sign(form, raised))]),
    }
}

/// The words of a sign.
fn sign(form: Form, id: &str) -> &str {
    form.standards().pack.indicator(id).map_or(id, |indicator| &indicator.text)
}
