//! What speaks against making a document, and what to think of first. A blocked document is made only with a reason, and
//! the reason is kept.

use assessment_engine::disclosure::{Audience, Block, Caution, Choices};
use assessment_engine::reasons::is_reason;
use leptos::prelude::*;

use super::disclosure;
use super::sheet::Sheet;
use crate::form::{Form, use_form};
use crate::state::Event;

const ID: &str = "output.reason";

#[component]
pub(super) fn Blocked(audience: Audience, sheet: Memo<Sheet>, choices: RwSignal<Choices>) -> impl IntoView {
    let form = use_form();
    let blocks = Memo::new(move |_| sheet.with(|sheet| sheet.blocks.clone()));
    let typed = RwSignal::new(String::new());
    let has_error = RwSignal::new(false);
    move || {
        let blocks = blocks.get();
        if blocks.is_empty() {
            return None;
        }
        let reasons = blocks.iter().map(|block| view! { <li>{block_text(form, *block)}</li> }.into_any());
        let reasons = reasons.collect_view();
        let can_go_ahead = !blocks.contains(&Block::Nobody);
        let audience = audience.clone();
        let go_ahead = move |_| {
            let reason = typed.get_untracked();
            has_error.set(!is_reason(&reason));
            if is_reason(&reason) {
                form.dispatch(Event::Disclosed(disclosure(form, &audience, reason.clone())));
                choices.update(|choices| choices.reason = reason);
                form.focus("output.document");
            } else {
                form.focus(ID);
            }
        };
        let error = move || {
            has_error.get().then(|| {
                view! {
                    <p class="govuk-error-message" id="output.reason-error">
                        <span class="govuk-visually-hidden">{form.text("error.prefix")}</span>
                        {form.text("outputs.block.no_reason")}
                    </p>
                }
                .into_any()
            })
        };
        let described = move || has_error.get().then_some("output.reason-error");
        let ask = can_go_ahead.then(|| {
            view! {
            <div class="govuk-form-group" class:govuk-form-group--error=has_error>
                <label class="govuk-label govuk-label--s" for=ID>{form.text("outputs.block.reason")}</label>
                {error}
                <textarea
                    class="govuk-textarea"
                    id=ID
                    rows="3"
                    autocomplete="off"
                    aria-describedby=described
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </div>
            <button part="button" type="button" class="govuk-button govuk-button--warning" on:click=go_ahead>
                {form.text("outputs.block.go_ahead")}
            </button>
        }.into_any()
        });
        let reason = Memo::new(move |_| choices.with(|choices| choices.reason.clone()));
        let asked = move || reason.with(String::is_empty);
        let went_ahead = move || {
            (!asked()).then(|| {
                view! { <p>{form.filled("outputs.block.went_ahead", &[("reason", &reason.get())])}</p> }
                    .into_any()
            })
        };
        let heading = if matches!(blocks.first(), Some(Block::NotAgreed)) {
            "outputs.block.heading_agreement"
        } else {
            "outputs.block.heading"
        };
        Some(
            view! {
                <section class="ca-urgent" aria-labelledby="output-blocked" data-block="">
                    <h2 class="ca-urgent__heading" id="output-blocked">{form.text(heading)}</h2>
                    <ul class="govuk-list govuk-list--bullet">{reasons}</ul>
                    {went_ahead}
                    <div hidden=move || !asked()>{ask}</div>
                </section>
            }
            .into_any(),
        )
    }
}

fn block_text(form: Form, block: Block) -> String {
    match block {
        Block::Telling(telling) => form.text(&format!("telling.{}", telling.code())),
        Block::KeptFrom => form.text("outputs.block.kept_from"),
        Block::NotAgreed => form.text("outputs.block.not_agreed"),
        Block::Nobody => form.text("outputs.block.nobody"),
    }
}

/// What to think of before handing it over.
#[component]
pub(super) fn Cautions(sheet: Memo<Sheet>) -> impl IntoView {
    let form = use_form();
    let cautions = Memo::new(move |_| sheet.with(|sheet| sheet.cautions.clone()));
    move || {
        let lines = cautions.get().into_iter().map(|caution| {
            let text = match caution {
                Caution::Telling(telling) => form.text(&format!("telling.{}", telling.code())),
                Caution::SomebodyKeptFrom => form.text("outputs.caution.somebody_kept_from"),
                Caution::NotSaidWhetherKept => form.text("outputs.caution.not_said"),
                Caution::Exclusions => {
                    let who = form.peek_answers(|answers| answers.consent.exclusions.clone());
                    form.filled("outputs.caution.exclusions", &[("who", who.trim())])
                }
                Caution::PeopleDiffer => form.text("outputs.caution.people_differ"),
                Caution::Limits => {
                    let limits = form.peek_answers(|answers| {
                        let people = answers.consent.people.iter();
                        let people = people.filter(|person| person.says == "agrees_partly");
                        people.map(|person| person.limits.trim().to_owned()).collect::<Vec<_>>().join(" ")
                    });
                    form.filled("outputs.caution.limits", &[("limits", &limits)])
                }
                Caution::NoAgreement => form.text("outputs.caution.no_agreement"),
            };
            view! { <p class="govuk-inset-text">{text}</p> }.into_any()
        });
        lines.collect_view()
    }
}
