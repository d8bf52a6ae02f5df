//! Whether what was typed is safe. Not a live region: it would speak with every word that is typed.
//!
//! While somebody types, saves come and go several times a second. The page then says "Saving" until they pause: a status
//! that changed with every save would be restless to look at, and drawing it was a tenth of what a key cost.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::components::redrawn;
use crate::form::{Form, use_form};
use crate::state::{SaveStatus, Sent};

/// How long nobody has typed when "Saved" is said.
const PAUSE: Duration = Duration::from_millis(250);

/// What the status says.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Nothing,
    Saving,
    /// At a time of day.
    Saved(String),
    Failed,
    Waiting,
    Sent,
}

fn said(form: Form) -> Said {
    form.with(|state| match (&state.save, state.record.as_ref().map(|record| &record.sent)) {
        (SaveStatus::Failed, _) => Said::Failed,
        (_, Some(Sent::Waiting(_))) => Said::Waiting,
        (_, Some(Sent::Received(_))) => Said::Sent,
        (SaveStatus::Nothing, _) => Said::Nothing,
        (SaveStatus::Saving, _) => Said::Saving,
        (SaveStatus::Saved(at), _) => Said::Saved(at.clone()),
    })
}

#[component]
pub(super) fn Status() -> impl IntoView {
    let form = use_form();
    let now = Memo::new(move |_| said(form));
    let shown = calmed(form, now);
    redrawn(move || {
        let (modifier, text) = match shown.get() {
            Said::Nothing => return None,
            Said::Saving => ("saving", form.text("save.saving")),
            Said::Saved(at) => ("saved", form.filled("save.saved", &[("time", &at)])),
            Said::Failed => ("failed", form.text("save.failed")),
            Said::Waiting => ("waiting", form.text("save.waiting")),
            Said::Sent => ("saved", form.text("save.sent")),
        };
        let class = format!("ca-child-bar__status ca-child-bar__status--{modifier}");
        Some(view! { <p class=class>{text}</p> }.into_any())
    })
}

/// The status, where "Saved" follows "Saving" only once nobody has typed for a moment. It follows from the state at every
/// moment: a timer that comes late can end the pause, and can never say "Saved" of something that is not on disk.
fn calmed(form: Form, now: Memo<Said>) -> Memo<Said> {
    let is_typing = RwSignal::new(false);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    Effect::new(move |before: Option<()>| {
        form.track_answers();
        if before.is_some() {
            stop();
            is_typing.set(true);
            timer.set_value(set_timeout_with_handle(move || is_typing.set(false), PAUSE).ok());
        }
    });
    Memo::new(move |_| match now.get() {
        Said::Saved(_) if is_typing.get() => Said::Saving,
        said => said,
    })
}
