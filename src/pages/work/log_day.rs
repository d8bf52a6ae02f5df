//! One day of a log: choosing it, and the log as it is drawn for it. Blank boxes are every day.

use assessment_form::WrittenDate;
use leptos::prelude::*;

use super::Work;
use super::choices::DateBoxes;
use crate::components::{Details, redrawn};

/// The id of the boxes.
const DAY: &str = "work.log.day";

/// What `draw` makes of every day, and of one once it was chosen: as `2026-11-23`.
pub(in crate::pages) fn of_day(
    work: Work,
    draw: impl Fn(Option<String>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let (typed, wanted) = (RwSignal::new(WrittenDate::default()), RwSignal::new(None::<String>));
    let is_wrong = RwSignal::new(false);
    let error = Signal::derive(move || is_wrong.get().then(|| work.text("work.log.day.wrong")));
    let show = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (day, is_blank) = typed.with_untracked(|typed| (typed.whole(), typed.is_blank()));
        is_wrong.set(day.is_none() && !is_blank);
        if is_wrong.get_untracked() {
            return work.form.focus(DAY);
        }
        wanted.set(day.map(|day| day.to_string()));
    };
    view! {
        <Details summary=work.text("work.log.day")>
            <form novalidate=true on:submit=show>
                <DateBoxes
                    id=DAY
                    legend=work.text("work.log.day.legend")
                    hint=work.text("work.log.day.hint")
                    value=typed
                    error
                />
                <button part="button" type="submit" class="govuk-button govuk-button--secondary">
                    {work.text("work.log.day.show")}
                </button>
            </form>
        </Details>
        {redrawn(move || draw(wanted.get()))}
    }
    .into_any()
}

/// What is added to the address of a log for a day, and for what comes before an entry.
pub(in crate::pages) fn query(day: Option<&str>, before: Option<u64>) -> String {
    let day = day.map(|day| format!("&from={day}&to={day}")).unwrap_or_default();
    before.map(|before| format!("{day}&before={before}")).unwrap_or(day)
}
