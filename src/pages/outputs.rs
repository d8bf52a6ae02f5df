//! Copies and forms: for whom, a preview that is exactly what is printed, and what stays out. What goes is decided by the
//! engine's `disclosure`; this page only shows it.

mod blank;
mod blocked;
mod kept_out;
mod preview;
mod sheet;
mod terms;
mod tick;

use assessment_engine::disclosure::{Audience, Choices, audiences};
use assessment_engine::reasons::is_reason;
use leptos::prelude::*;

use crate::components::{BackLink, Column, TasksLink};
use crate::form::{Form, use_form};
use crate::io::{clock, host};
use crate::state::{Disclosure, Event, Page};
use blank::BlankPack;
use blocked::{Blocked, Cautions};
use kept_out::KeptOut;
pub(super) use kept_out::groups as kept_out_groups;
use preview::Preview;
use sheet::sheet;
pub(super) use sheet::{Row, name_of, rows};
pub(super) use tick::{mark, tick};

#[component]
pub(super) fn Outputs() -> impl IntoView {
    let form = use_form();
    let chosen = RwSignal::new(None::<Audience>);
    view! {
        <div class="ca-outputs">
            <BackLink page=Page::Tasks/>
            <h1 part="heading" class="govuk-heading-l" tabindex="-1">{form.text("title.outputs")}</h1>
            <Column>
                <p>{form.text("outputs.about")}</p>
                <Choose chosen/>
            </Column>
            {move || chosen.get().map(|audience| view! { <Made audience/> }.into_any())}
            <Log/>
            <TasksLink/>
        </div>
    }
}

/// For whom it is.
#[component]
fn Choose(chosen: RwSignal<Option<Audience>>) -> impl IntoView {
    let form = use_form();
    let items = form.peek_answers(audiences).into_iter().map(|audience| {
        let id = format!("output.{audience}");
        let label = form
            .filled(&format!("outputs.choose.{}", audience.kind()), &[("name", &name_of(form, &audience))]);
        let is_chosen = {
            let audience = audience.clone();
            move || chosen.read().as_ref() == Some(&audience)
        };
        view! {
            <div class="govuk-radios__item">
                <input
                    class="govuk-radios__input"
                    type="radio"
                    name="output"
                    id=id.clone()
                    prop:checked=is_chosen
                    on:change=move |_| chosen.set(Some(audience.clone()))
                />
                <label class="govuk-label govuk-radios__label" for=id>{label}</label>
            </div>
        }
        .into_any()
    });
    view! {
        <div class="govuk-form-group">
            <fieldset class="govuk-fieldset">
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                    {form.text("outputs.choose")}
                </legend>
                <div class="govuk-radios">{items.collect_view()}</div>
            </fieldset>
        </div>
    }
}

/// The document for one audience.
#[component]
fn Made(audience: Audience) -> impl IntoView {
    let form = use_form();
    let choices = RwSignal::new(Choices::default());
    let is_large = RwSignal::new(false);
    let sheet = Memo::new({
        let audience = audience.clone();
        move |_| sheet(form, &audience, &choices.read())
    });
    let is_made =
        Memo::new(move |_| sheet.with(|sheet| sheet.blocks.is_empty()) || is_reason(&choices.read().reason));
    let is_short = Memo::new(move |_| choices.with(|choices| choices.is_short));
    let is_family = audience.is_family();
    let large = move || {
        (is_family && is_made.get()).then(|| {
            let set = Callback::new(move |on| is_large.set(on));
            let is_on = Memo::new(move |_| is_large.get());
            let set_short = Callback::new(move |on| choices.update(|choices| choices.is_short = on));
            view! {
                <div>
                    {tick("output.short".to_owned(), form.text("outputs.short"), is_short, set_short)}
                    {tick("output.large".to_owned(), form.text("outputs.large"), is_on, set)}
                </div>
            }
            .into_any()
        })
    };
    let document = {
        let audience = audience.clone();
        move || {
            let audience = audience.clone();
            is_made.get().then(|| match audience {
                Audience::BlankPack => view! { <BlankPack/> }.into_any(),
                audience => view! { <Preview audience sheet choices is_large/> }.into_any(),
            })
        }
    };
    let print = {
        let audience = audience.clone();
        move || {
            let audience = audience.clone();
            let print = move |_| {
                let reason = choices.with_untracked(|choices| choices.reason.clone());
                form.dispatch(Event::Disclosed(disclosure(form, &audience, reason)));
                form.with_host(host::print);
            };
            is_made.get().then(|| {
                view! {
                    <button part="button" type="button" class="govuk-button" id="output.print" on:click=print>
                        {form.text("outputs.print")}
                    </button>
                }
                .into_any()
            })
        }
    };
    let kept_out = {
        let audience = audience.clone();
        move || {
            // Drawn again for the short summary, which leaves other things out.
            let _ = is_short.get();
            is_made.get().then(|| view! { <KeptOut audience=audience.clone() choices/> }.into_any())
        }
    };
    view! {
        <div class="ca-made">
            <Blocked audience sheet choices/>
            <Cautions sheet/>
            {large}
            {document}
            {print}
            {kept_out}
        </div>
    }
}

/// What is noted about a document that was made now.
fn disclosure(form: Form, audience: &Audience, reason: String) -> Disclosure {
    let audience_key = format!("outputs.choose.{}", audience.kind());
    Disclosure {
        audience: audience.to_string(),
        name: form.filled(&audience_key, &[("name", &name_of(form, audience))]),
        at: clock::now_in_words(),
        reason,
    }
}

/// What was made before.
#[component]
fn Log() -> impl IntoView {
    let form = use_form();
    let made = Memo::new(move |_| {
        form.with(|state| state.record.as_ref().map(|record| record.disclosures.clone()).unwrap_or_default())
    });
    move || {
        (!made.read().is_empty()).then(|| {
            let lines = made.get().into_iter().rev().map(|made| {
                let values = [("name", &*made.name), ("at", &made.at), ("reason", &made.reason)];
                let key = if made.reason.is_empty() { "outputs.log.line" } else { "outputs.log.reason" };
                view! { <li>{form.filled(key, &values)}</li> }.into_any()
            });
            view! {
                <h2 class="govuk-heading-m">{form.text("outputs.log")}</h2>
                <ul class="govuk-list govuk-list--bullet">{lines.collect_view()}</ul>
            }
            .into_any()
        })
    }
}
