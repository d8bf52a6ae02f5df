//! Check answers: everything that was answered, as it will be sent, with a link back to each; then sending.

mod choice;
mod family;
mod lines;
mod sending;

use assessment_engine::answers::{LINKED_RECORDS, URGENT_LOG};
use assessment_engine::disclosure::{OwnPart, own_part};
use assessment_engine::sections;
use leptos::prelude::*;

use crate::components::{BackLink, ErrorSummary, Follow, OwnNote, PageLink, Suggestion, TasksLink, redrawn};
use crate::form::{Form, use_form};
use crate::questions::{Contradictions, OldReasons};
use crate::state::{Page, Record};
use assessment_wording::uncapitalised;
use lines::{Line, lines};
use sending::Sending;

#[component]
pub(super) fn Check() -> impl IntoView {
    let form = use_form();
    view! {
        <BackLink page=Page::Tasks/>
        <ErrorSummary/>
        <h1 class="govuk-heading-l" tabindex="-1">{form.text("title.check")}</h1>
        <OwnNote stem=Some("conclusions".to_owned())/>
        <Contradictions is_before_sending=true/>
        <OldReasons/>
        {redrawn(move || answered(form))}
        <Suggestion/>
        <Sending/>
        <p class="ca-no-print">
            <PageLink class="govuk-link" page=Page::Outputs>{form.text("title.outputs")}</PageLink>
        </p>
        <TasksLink/>
    }
}

/// Every answer, by section; no section that is all the practitioner's own while the family looks on. The lines are made
/// once: what is answered on this page is not among them while it can be.
fn answered(form: Form) -> AnyView {
    let lines = lines(form);
    // The log of urgent actions is not asked for, so a blank one is not said to be blank.
    let has_lines = |section: &str| lines.iter().any(|line| line.section == section);
    let is_shown = |section: &&str| {
        (![URGENT_LOG, LINKED_RECORDS].contains(section) || has_lines(section))
            && (!form.with_family.get() || own_part(section) != OwnPart::Whole)
    };
    let all = sections::sections().into_iter().filter(is_shown).map(|section| {
        let mine: Vec<Line> =
            lines.iter().filter(|line| line.is_asked && line.section == section).cloned().collect();
        let content = if mine.is_empty() {
            view! { <p>{form.text("check.nothing")}</p> }.into_any()
        } else {
            view! { <Lists lines=mine/> }.into_any()
        };
        view! {
            <h2 class="govuk-heading-m">{form.text(&format!("section.{section}"))}</h2>
            {content}
        }
        .into_any()
    });
    let all = all.collect_view();
    let kept: Vec<Line> = lines.iter().filter(|line| !line.is_asked).cloned().collect();
    let kept = (!kept.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">{form.text("check.kept_heading")}</h2>
            <p>{form.text("check.kept")}</p>
            <Lists lines=kept/>
        }
        .into_any()
    });
    // While the record is open, the decision is asked beside the button.
    let is_open = form.peek(|state| state.record.as_ref().is_some_and(Record::is_open));
    let decided: Vec<Line> =
        lines.iter().filter(|line| line.section == "sharing" && line.is_asked && !is_open).cloned().collect();
    let decided = (!decided.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">{form.text("section.sharing")}</h2>
            <Lists lines=decided/>
        }
        .into_any()
    });
    view! {
        {all}
        {kept}
        {decided}
    }
    .into_any()
}

/// A list for each element and for each row, under its name; what belongs to neither has a list of its own.
#[component]
fn Lists(lines: Vec<Line>) -> impl IntoView {
    let groups = lines.chunk_by(|one, next| one.part == next.part).map(|group| {
        let part = group.first().and_then(|line| line.part.clone());
        let rows = group.iter().map(|line| view! { <Row line=line.clone()/> }.into_any()).collect_view();
        view! {
            {part.map(|part| view! { <h3 class="govuk-heading-s">{part}</h3> }.into_any())}
            <dl class="govuk-summary-list">{rows}</dl>
        }
        .into_any()
    });
    groups.collect_view()
}

#[component]
fn Row(line: Line) -> impl IntoView {
    let form = use_form();
    let is_open = Memo::new(move |_| form.with(|state| state.record.as_ref().is_some_and(Record::is_open)));
    let part = line.part.as_ref().map(|part| format!(", {}", uncapitalised(part))).unwrap_or_default();
    let about = format!(" {}{part}", uncapitalised(&line.label));
    let is_hidden = form.is_hidden_on_paper(&line.path);
    let (path, is_asked) = (line.path, line.is_asked);
    let change = move || {
        (is_open.get() && is_asked).then(|| {
            let (path, about) = (path.clone(), about.clone());
            view! {
                <dd class="govuk-summary-list__actions ca-no-print">
                    <Follow class="govuk-link" follow=move || form.change(&path)>
                        {form.text("check.change")}
                        <span class="govuk-visually-hidden">{about}</span>
                    </Follow>
                </dd>
            }
            .into_any()
        })
    };
    let value = if is_hidden {
        view! {
            <span class="ca-no-print">{line.value}</span>
            <span class="ca-on-paper">{form.text("protected.paper")}</span>
            <p class="ca-protected">{form.text("protected")}</p>
        }
        .into_any()
    } else {
        line.value.into_any()
    };
    let superseded = line.superseded.map(|why| view! { <p class="ca-superseded">{why}</p> }.into_any());
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{line.label}</dt>
            <dd class="govuk-summary-list__value ca-typed">
                {value}
                {superseded}
            </dd>
            {change}
        </div>
    }
}
