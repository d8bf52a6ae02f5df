//! That answers of a section came from a brother's or sister's record, until somebody says that they were checked.

use leptos::prelude::*;

use super::redrawn;
use crate::form::use_form;
use crate::state::{Event, Record};

#[component]
pub(crate) fn CarriedOver(section: String) -> impl IntoView {
    let form = use_form();
    let from = Memo::new({
        let section = section.clone();
        move |_| {
            form.with(|state| {
                let carried =
                    state.record.as_ref().filter(|record| Record::is_open(record))?.carried.as_ref()?;
                carried.is_in(&section).then(|| carried.from.clone())
            })
        }
    });
    redrawn(move || {
        let section = section.clone();
        from.get().map(|from| {
            // That another child has a record is not for everybody who may look on.
            let text = match from.is_empty() || form.with_family.get() {
                true => form.text("carried.from_another"),
                false => form.filled("carried.from", &[("name", &from)]),
            };
            let checked = move |_| form.dispatch(Event::CarriedChecked(section.clone()));
            view! {
                <div class="govuk-inset-text ca-no-print">
                    <p>{text}</p>
                    <button type="button" class="ca-press" disabled=form.is_locked on:click=checked>
                        {form.text("carried.check")}
                    </button>
                </div>
            }
            .into_any()
        })
    })
}
