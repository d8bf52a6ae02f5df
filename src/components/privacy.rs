//! Who can see the screen: the switch, and what is said instead of what is hidden. What is hidden is worked out from the
//! sort of information each question holds (`disclosure::is_practitioners_own`).

use assessment_engine::disclosure::{OwnPart, own_part};
use leptos::prelude::*;

use super::{Follow, redrawn};
use crate::form::{Form, use_form};
use crate::state::{Event, Focus, Mode};

/// The id of the switch.
const SWITCH: &str = "privacy-switch";

/// Who can see the screen, on every page.
#[component]
pub(crate) fn PrivacyBar() -> impl IntoView {
    let form = use_form();
    let is_with = form.with_family;
    let (state, action) = (
        move || form.text(if is_with.get() { "mode.with_family" } else { "mode.on_own" }),
        move || form.text(if is_with.get() { "mode.to_own" } else { "mode.to_family" }),
    );
    let to_read = redrawn(move || is_with.get().then(|| view! { <ToRead/> }.into_any()));
    let switch = move |_| {
        form.dispatch(Event::ModeChosen(if is_with.get_untracked() {
            Mode::OnOwn
        } else {
            Mode::WithFamily
        }));
    };
    view! {
        <section class="ca-privacy ca-no-print" aria-label=form.text("mode.label")>
            <p class="ca-privacy__state">{state}</p>
            <button type="button" class="ca-privacy__switch" id=SWITCH on:click=switch>
                {action}
            </button>
            {to_read}
        </section>
    }
    .into_any()
}

/// How many things wait to be read: urgent actions that were not read or are overdue, warnings that went, and answers that
/// do not fit together.
fn to_read(form: Form) -> usize {
    let open = form.contradictions.read().iter().filter(|one| !one.is_explained).count();
    let gone = form.with(|state| state.record.as_ref().map_or(0, |record| record.urgency.unread().count()));
    open + gone + super::urgent_to_read(form)
}

/// That there is something to read, and nothing about it. A screen reader is loud in a room, so it hears no more than that.
#[component]
fn ToRead() -> impl IntoView {
    let form = use_form();
    let count = Memo::new(move |_| to_read(form));
    Effect::new(move |before: Option<usize>| {
        let count = count.get();
        if before.is_some_and(|before| count > before) {
            form.announce(&form.text("mode.something"));
        }
        count
    });
    redrawn(move || {
        let text = match count.get() {
            0 => return None,
            1 => form.text("mode.to_read_one"),
            count => form.filled("mode.to_read", &[("count", &count.to_string())]),
        };
        Some(
            view! {
                <p class="ca-privacy__read">
                    <Follow class="govuk-link" follow=move || form.focus(SWITCH)>
                        {text}
                    </Follow>
                </p>
            }
            .into_any(),
        )
    })
}

/// Says that part of a page is hidden, and shows it at a press. The stem is that of the page's questions; `None` where the
/// whole page is the practitioner's own, whatever it asks.
#[component]
pub(crate) fn OwnNote(#[prop(optional_no_strip)] stem: Option<String>) -> impl IntoView {
    let form = use_form();
    let part = stem.map_or(OwnPart::Whole, |stem| own_part(&stem));
    let key = match part {
        OwnPart::Nothing => return ().into_any(),
        OwnPart::Some => "mode.part",
        OwnPart::Whole => "mode.whole",
    };
    let show = move |_| {
        form.dispatch(Event::ModeChosen(Mode::OnOwn));
        // The button goes away.
        form.focus_on(Focus::Heading);
    };
    redrawn(move || {
        form.with_family.get().then(|| {
            view! {
                <div class="govuk-inset-text ca-no-print">
                    <p>{form.text(key)}</p>
                    <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=show>
                        {form.text("mode.to_own")}
                    </button>
                </div>
            }
            .into_any()
        })
    })
}

/// Draws something only while nobody but the practitioner can see the screen.
pub(crate) fn on_own<T: IntoAny>(draw: impl Fn() -> T + Send + 'static) -> AnyView {
    let form = use_form();
    redrawn(move || (!form.with_family.get()).then(|| draw().into_any()))
}
