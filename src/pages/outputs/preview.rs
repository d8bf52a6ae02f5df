//! The preview, which is what is printed: the head is on every page of paper, and what is left out is not on it.

use assessment_engine::disclosure::{Audience, Choices, Offer};
use assessment_form::is_blank;
use leptos::prelude::*;

use super::sheet::{Row, Sheet, name_of};
use super::terms::ShortWords;
use super::tick::{mark, tick};
use crate::components::{AllNumbers, TrianglePicture, redrawn};
use crate::form::{Form, use_form};
use crate::io::clock;
use crate::state::{Record, Sent};

#[component]
pub(super) fn Preview(
    audience: Audience,
    sheet: Memo<Sheet>,
    choices: RwSignal<Choices>,
    is_large: RwSignal<bool>,
) -> impl IntoView {
    let form = use_form();
    let kind = audience.kind();
    let is_script = audience == Audience::CallScript;
    let is_contact = audience == Audience::ContactForm;
    let lines = move || {
        sheet.with(|sheet| {
            let parts =
                sheet.rows.chunk_by(|one, next| (&one.section, &one.part) == (&next.section, &next.part));
            let mut section = "";
            let mut views = Vec::new();
            for rows in parts {
                let Some(first) = rows.first() else { continue };
                if rows.iter().all(|row| !is_in_preview(row)) {
                    continue;
                }
                let is_printed = |rows: &[Row]| rows.iter().any(is_printed);
                let heading = (first.section != section).then(|| {
                    section = &first.section;
                    let all: Vec<Row> =
                        sheet.rows.iter().filter(|row| row.section == first.section).cloned().collect();
                    let class =
                        if is_printed(&all) { "govuk-heading-m" } else { "govuk-heading-m ca-no-print" };
                    view! { <h3 class=class>{first.section.clone()}</h3> }.into_any()
                });
                let part = first.part.clone().map(|part| {
                    let class =
                        if is_printed(rows) { "govuk-heading-s" } else { "govuk-heading-s ca-no-print" };
                    view! { <h4 class=class>{part}</h4> }.into_any()
                });
                let lines = rows.iter().filter(|row| is_in_preview(row)).map(|row| line(form, row, choices));
                views.push(
                    view! { {heading} {part} <dl class="ca-output__lines">{lines.collect_view()}</dl> }
                        .into_any(),
                );
            }
            views
        })
    };
    let title = form.filled(&format!("outputs.title.{kind}"), &[("name", &name_of(form, &audience))]);
    let first = is_script.then(|| view! { <Ring sheet/> }.into_any());
    let urgent = {
        let codes = sheet.with_untracked(|sheet| sheet.urgent.clone());
        let standards = form.standards();
        let actions: Vec<AnyView> = codes
            .iter()
            .filter_map(|code| standards.pack.action(code))
            .map(|action| view! { <li>{action.trigger.clone()}</li> }.into_any())
            .collect();
        (!actions.is_empty()).then(|| {
            view! {
                <h3 class="govuk-heading-m">{form.text("outputs.urgent")}</h3>
                <ul class="govuk-list govuk-list--bullet">{actions}</ul>
            }
            .into_any()
        })
    };
    // The script is one page, and is read to people who know the words.
    let short_words = move || {
        (!is_script).then(|| {
            let text = sheet.with(|sheet| printed(form, sheet));
            view! { <ShortWords text/> }.into_any()
        })
    };
    let gaps = move || {
        let gaps = sheet.with(|sheet| sheet.gaps.clone());
        (!gaps.is_empty()).then(|| {
            let gaps = gaps.into_iter().map(|gap| view! { <li>{gap}</li> }.into_any());
            view! {
                <h3 class="govuk-heading-m">{form.text("gap.heading")}</h3>
                <ul class="govuk-list govuk-list--bullet">{gaps.collect_view()}</ul>
            }
            .into_any()
        })
    };
    let last = if is_script {
        view! { <WriteDown/> }.into_any()
    } else {
        view! { <p>{form.text("outputs.not_everything")}</p> }.into_any()
    };
    view! {
        <article
            class="ca-output"
            class:ca-output--large=is_large
            class:ca-output--script=is_script
            class:ca-output--contact=is_contact
            aria-labelledby="output.document"
        >
            <Head audience/>
            <h2 class="govuk-heading-l" id="output.document" tabindex="-1">{title}</h2>
            {first}
            {urgent}
            <Summary sheet/>
            {lines}
            {gaps}
            {last}
            {short_words}
        </article>
    }
}

/// Everything that is printed, as one text.
fn printed(form: Form, sheet: &Sheet) -> String {
    let standards = form.standards();
    let mut texts: Vec<&str> = Vec::new();
    for row in sheet.rows.iter().filter(|row| is_printed(row)) {
        texts.extend([&*row.section, row.part.as_deref().unwrap_or_default(), &row.label]);
        texts.extend(row.value.as_deref().ok());
    }
    texts.extend(sheet.gaps.iter().map(|gap| &**gap));
    let urgent = sheet.urgent.iter().filter_map(|code| standards.pack.action(code));
    texts.extend(urgent.map(|action| &*action.trigger));
    texts.join(". ")
}

/// The triangle of what this document says, where it says anything of an element.
#[component]
fn Summary(sheet: Memo<Sheet>) -> impl IntoView {
    let form = use_form();
    let states = Memo::new(move |_| sheet.with(|sheet| sheet.triangle.clone()));
    let is_shown = Memo::new(move |_| !states.read().is_empty());
    redrawn(move || {
        is_shown.get().then(|| {
            view! {
                <h3 class="govuk-heading-m">{form.text("triangle.heading")}</h3>
                <TrianglePicture states is_linked=false/>
            }
            .into_any()
        })
    })
}

/// On every page: the marking, the reference, for whom, who made it and when.
#[component]
pub(super) fn Head(audience: Audience) -> impl IntoView {
    let form = use_form();
    let kind = audience.kind();
    let reference = form.peek(|state| state.record.as_ref().map(reference)).unwrap_or_default();
    let reference = match reference {
        Reference::Sent(reference) => reference,
        Reference::Draft(id) => form.filled("outputs.draft", &[("id", &id)]),
    };
    let by = form.peek_answers(|answers| {
        let parts = [answers.assessor.name.trim(), answers.assessor.organisation.trim()];
        parts.into_iter().filter(|part| !is_blank(part)).collect::<Vec<_>>().join(", ")
    });
    let by = if by.is_empty() { form.text("outputs.nobody") } else { by };
    let values = [
        ("reference", &*reference),
        ("name", &*name_of(form, &audience)),
        ("by", &by),
        ("at", &clock::now_in_words()),
    ];
    view! {
        <div class="ca-output__head">
            <p class="ca-output__marking">{form.text(&format!("outputs.marking.{kind}"))}</p>
            <p class="ca-output__made">{form.filled(&format!("outputs.made.{kind}"), &values)}</p>
        </div>
    }
}

/// What a document is known by.
enum Reference {
    /// The server's.
    Sent(String),
    /// The beginning of the record's random id.
    Draft(String),
}

impl Default for Reference {
    fn default() -> Reference {
        Reference::Draft(String::new())
    }
}

fn reference(record: &Record) -> Reference {
    match &record.sent {
        Sent::Received(receipt) => Reference::Sent(receipt.reference.clone()),
        Sent::No | Sent::Waiting(_) => {
            Reference::Draft(record.id.chars().take(8).map(|letter| letter.to_ascii_uppercase()).collect())
        }
    }
}

/// Whether the preview has a line for it: what goes, what was left out by hand, and what the paper says is withheld.
fn is_in_preview(row: &Row) -> bool {
    row.offer == Offer::In || is_printed(row)
}

fn is_printed(row: &Row) -> bool {
    row.value.as_ref().err().is_none_or(|reason| reason.is_marked())
}

fn line(form: Form, row: &Row, choices: RwSignal<Choices>) -> AnyView {
    let value = match &row.value {
        Ok(text) => text.clone(),
        Err(reason) if reason.is_marked() => form.text("outputs.withheld"),
        Err(_) => form.text("outputs.left_out"),
    };
    let class =
        if is_printed(row) { "ca-output__line" } else { "ca-output__line ca-output__line--out ca-no-print" };
    let term = if row.offer == Offer::In {
        let (id, path, is_in) = (format!("out.{}", row.path), row.path.clone(), row.value.is_ok());
        let set = Callback::new({
            let id = id.clone();
            move |is_on: bool| {
                choices.update(|choices| mark(&mut choices.left_out, &path, !is_on));
                // The lines are drawn again.
                form.focus(&id);
            }
        });
        tick(id, row.label.clone(), Memo::new(move |_| is_in), set)
    } else {
        view! { <span>{row.label.clone()}</span> }.into_any()
    };
    view! {
        <div class=class>
            <dt class="ca-output__label">{term}</dt>
            <dd class="ca-output__value ca-typed" dir="auto">{value}</dd>
        </div>
    }
    .into_any()
}

/// Whom to ring, and how to begin.
#[component]
fn Ring(sheet: Memo<Sheet>) -> impl IntoView {
    let form = use_form();
    let standards = form.standards();
    let code = sheet.with_untracked(|sheet| sheet.urgent.first().cloned());
    // Without an urgent action: as for a child who may be suffering significant harm.
    let action =
        code.and_then(|code| standards.pack.action(&code)).or_else(|| standards.pack.action("IA-02"));
    let numbers = action.map(|action| action.contacts.clone()).unwrap_or_default();
    view! {
        <AllNumbers contacts=numbers/>
        <p>{form.text("outputs.call.say")}</p>
    }
}

/// Space for what the other side says.
#[component]
fn WriteDown() -> impl IntoView {
    let form = use_form();
    let lines = ["who", "when", "advice", "reference"].map(|name| {
        view! {
            <div class="ca-output__line">
                <dt class="ca-output__label">{form.text(&format!("outputs.call.write.{name}"))}</dt>
                <dd class="ca-output__value ca-output__space"></dd>
            </div>
        }
        .into_any()
    });
    view! {
        <h3 class="govuk-heading-m">{form.text("outputs.call.write")}</h3>
        <dl class="ca-output__lines">{lines.collect_view()}</dl>
    }
}
