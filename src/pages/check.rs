//! Check answers: the headline, what is still open, and sending; then everything that was answered, folded by section,
//! as it will be sent, with a link back to each.

mod amends;
pub(super) mod choice;
mod family;
mod lines;
mod open;
pub(super) mod sending;

use assessment_engine::answers::{LINKED_RECORDS, URGENT_LOG};
use assessment_engine::disclosure::{OwnPart, own_part};
use assessment_engine::sections;
use leptos::prelude::*;

use crate::components::{
    BackLink, ChangeLink, ErrorSummary, OwnNote, PageLink, Suggestion, TasksLink, redrawn,
};
use crate::form::{Form, use_form};
use crate::pages::known::Known;
use crate::pages::{gaps, title_of};
use crate::questions::{Contradictions, OldReasons};
use crate::state::{Page, Record};
use amends::Amends;
use assessment_wording::uncapitalised;
use lines::lines;
pub(super) use lines::{Line, lines_of};
use open::Open;
use sending::{Sending, Waiting};

#[component]
pub(super) fn Check() -> impl IntoView {
    let form = use_form();
    let heading = Memo::new(move |_| title_of(form, &Page::Check));
    view! {
        <BackLink page=Page::Tasks/>
        <ErrorSummary/>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{heading}</h1>
        <Waiting/>
        <Amends/>
        <Suggestion/>
        <Open/>
        <OwnNote stem=Some("conclusions".to_owned())/>
        <Contradictions is_before_sending=true/>
        <OldReasons/>
        <Sending/>
        // It comes seconds later, and moves neither the suggestion nor the button under a finger.
        <Known is_quiet=true/>
        {answers(form)}
        <p class="ca-no-print">
            <PageLink class="govuk-link" page=Page::Outputs>{form.text("title.outputs")}</PageLink>
        </p>
        <TasksLink/>
    }
}

/// The answers, folded by section: on the screen one opens what one wants to see, on paper everything is there.
fn answers(form: Form) -> impl IntoView {
    let is_all_shown = RwSignal::new(false);
    let label =
        move || form.text(if is_all_shown.get() { "check.answers.fold" } else { "check.answers.show" });
    view! {
        <h2 class="govuk-heading-m">{form.text("check.answers")}</h2>
        <button
            part="button"
            type="button"
            class="govuk-button govuk-button--secondary ca-no-print"
            id="answers.show"
            on:click=move |_| is_all_shown.update(|is_shown| *is_shown = !*is_shown)
        >
            {label}
        </button>
        {redrawn(move || answered(form, is_all_shown))}
    }
}

/// Every answer, by section; no section that is all the practitioner's own while the family looks on. The lines are made
/// once: what is answered on this page is not among them while it can be.
fn answered(form: Form, is_all_shown: RwSignal<bool>) -> AnyView {
    let lines = lines(form);
    let gaps = untrack(|| gaps::found(form));
    // The log of urgent actions is not asked for, so a blank one is not said to be blank.
    let has_lines = |section: &str| lines.iter().any(|line| line.section == section);
    let is_shown = |section: &&str| {
        (![URGENT_LOG, LINKED_RECORDS].contains(section) || has_lines(section))
            && (!form.with_family.get() || own_part(section) != OwnPart::Whole)
    };
    let folded = |name: String, mine: Vec<Line>, gaps: Vec<String>| {
        view! { <Folded name lines=mine gaps is_all_shown/> }.into_any()
    };
    let mut nothing = Vec::new();
    let all = sections::sections().into_iter().filter(is_shown).filter_map(|section| {
        let name = form.text(&format!("section.{section}"));
        let mine: Vec<Line> =
            lines.iter().filter(|line| line.is_asked && line.section == section).cloned().collect();
        if mine.is_empty() {
            nothing.push(name);
            return None;
        }
        let mine_too = gaps.gaps.iter().filter(|gap| gap.section == section);
        let mut said: Vec<String> = mine_too.map(|gap| gaps::line(form, gap)).collect();
        if section == "elements" {
            said.extend(gaps::not_discussed(form, &gaps.not_discussed));
        }
        Some(folded(name, mine, said))
    });
    let all: Vec<AnyView> = all.collect();
    let nothing = (!nothing.is_empty()).then(|| {
        let text = form.filled("check.nothing_in", &[("sections", &nothing.join("; "))]);
        view! { <p>{text}</p> }.into_any()
    });
    let kept: Vec<Line> = lines.iter().filter(|line| !line.is_asked).cloned().collect();
    let kept = (!kept.is_empty())
        .then(|| folded(form.text("check.kept_heading"), kept, vec![form.text("check.kept")]));
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
        {nothing}
        {kept}
        {decided}
    }
    .into_any()
}

/// One section: how much was answered, and inside what was, and what is not recorded.
#[component]
pub(super) fn Folded(
    name: String,
    lines: Vec<Line>,
    gaps: Vec<String>,
    is_all_shown: RwSignal<bool>,
) -> impl IntoView {
    let form = use_form();
    let key = if lines.len() == 1 { "check.section_one" } else { "check.section" };
    let summary = form.filled(key, &[("section", &name), ("count", &lines.len().to_string())]);
    let gaps = gaps.into_iter().map(|gap| view! { <p class="ca-gap">{gap}</p> }.into_any());
    // What no longer holds, and what should have been done by now, is not to be missed.
    let is_marked = lines.iter().any(|line| line.superseded.is_some() || line.is_overdue);
    view! {
        <details class="govuk-details ca-folded" prop:open=move || is_marked || is_all_shown.get()>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary}</span>
            </summary>
            <div class="ca-folded__answers">
                <Lists lines/>
                {gaps.collect_view()}
            </div>
        </details>
    }
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
    let (path, is_asked, is_hidden) = (line.path, line.is_asked, line.is_hidden);
    let change = move || {
        (is_open.get() && is_asked).then(|| {
            let (path, about) = (path.clone(), about.clone());
            view! {
                <dd class="govuk-summary-list__actions ca-no-print">
                    <ChangeLink path>
                        {form.text("check.change")}
                        <span class="govuk-visually-hidden">{about}</span>
                    </ChangeLink>
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
    let note = line.note.map(|note| view! { <p class="ca-superseded" dir="ltr">{note}</p> }.into_any());
    let superseded = line.superseded.map(|why| view! { <p class="ca-superseded">{why}</p> }.into_any());
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{line.label}</dt>
            <dd class="govuk-summary-list__value ca-typed" dir="auto">
                {value}
                {note}
                {superseded}
            </dd>
            {change}
        </div>
    }
}
