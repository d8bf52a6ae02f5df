//! The people of a record, where a name is asked: one press fills in the name and what goes with it. Anybody else is typed
//! as before. Whom a question offers is its form's to say (`Asks::offered`).

use assessment_engine::answers::Detail;
use assessment_form::is_blank;
use leptos::prelude::*;

use super::{Field, Offered, use_questionnaire};
use crate::components::redrawn;
use crate::form::{Form, use_form};

/// The most people who are offered at once: a longer list is slower to read than a name is to type.
const MAX_OFFERED: usize = 12;

/// Under a name: offered while it is blank, or was when it was drawn. Nothing goes away while somebody types.
#[component]
pub(super) fn Offers(field: Field, value: Memo<String>) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    matches!(field.question.holds, Some(Detail::Name(_))).then(|| {
        let is_offered = RwSignal::new(false);
        Effect::new(move |_| {
            if is_blank(&value.read()) {
                is_offered.set(true);
            }
        });
        let path = field.path.clone();
        let people = Memo::new({
            let path = path.clone();
            move |_| match is_offered.get() && !asking.is_locked.get() {
                true => asking.asks().offered(&path, false),
                false => Vec::new(),
            }
        });
        let label = form.maybe_text(&format!("{}.pick", field.key)).map(|_| format!("{}.pick", field.key));
        let press = Callback::new(move |one: Offered| {
            is_offered.set(false);
            asking.asks().take(&path, &one, false);
            form.announce(&form.filled("offers.picked", &[("name", &one.name)]));
        });
        let about = form.text("offers.label");
        buttons(form, people, (label.unwrap_or_else(|| "offers.name".to_owned()), about), press)
    })
}

/// Under rows of people: each press adds one.
#[component]
pub(super) fn OffersToAdd(field: Field, max: u16) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    let rows = field.path.clone();
    let count = asking.rows_at(&rows);
    let people = Memo::new({
        let rows = rows.clone();
        move |_| match count.get() < usize::from(max) && !asking.is_locked.get() {
            true => asking.asks().offered(&rows, true),
            false => Vec::new(),
        }
    });
    let name = format!("{}.pick", field.question.name);
    let label = form.maybe_text(&name).map_or_else(|| "offers.add".to_owned(), |_| name);
    let press = Callback::new(move |one: Offered| {
        asking.asks().take(&rows, &one, true);
        form.announce(&form.filled("offers.added", &[("name", &one.name)]));
    });
    let about = format!("{}.offers", asking.asks().rows_key(&field.path, field.question.name));
    let about = asking.asks().text(&about).unwrap_or_else(|| form.text("offers.label"));
    buttons(form, people, (label, about), press)
}

/// The buttons: `label` is the wording key of each, `about` says what they are.
fn buttons(
    form: Form,
    people: Memo<Vec<Offered>>,
    (label, about): (String, String),
    press: Callback<Offered>,
) -> AnyView {
    redrawn(move || {
        let people = people.get();
        (!people.is_empty()).then(|| {
            let buttons = people.into_iter().take(MAX_OFFERED).map(|one| {
                let text = form.filled(&label, &[("name", &one.name)]);
                let who = one.who.as_ref().map(|who| format!(" ({who})"));
                view! {
                    <button
                        type="button"
                        class="ca-press"
                        on:click=move |_| press.run(one.clone())
                    >
                        {text}
                        {who}
                    </button>
                }
                .into_any()
            });
            view! {
                <div class="ca-offers ca-no-print" role="group" aria-label=about.clone()>
                    {buttons.collect_view()}
                </div>
            }
            .into_any()
        })
    })
    .into_any()
}
