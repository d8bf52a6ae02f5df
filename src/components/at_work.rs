//! What somebody who has signed in sees of their session: the button that locks the form, the warning before the session
//! ends, and the page that is shown instead of the form while it is locked. Nothing of it says anything about anybody.

use leptos::ev::Event as DomEvent;
use leptos::html::Dialog;
use leptos::prelude::*;

use super::{Contacts, PortalNotice, SignIn, redrawn};
use crate::form::use_form;
use crate::form::watch::{Warning, Watch};
use crate::state::{SaveStatus, Whose, said_at};

/// The ids of the warning's heading and text.
const HEADING: &str = "lock.heading";
const LEFT: &str = "lock.left";

/// Everything about the session; nothing where people do not sign in on this site.
#[component]
pub(crate) fn AtWork() -> impl IntoView {
    let form = use_form();
    let Some(watch) = Watch::start(form) else { return view! { <PortalLock/> }.into_any() };
    let can_lock = Memo::new(move |_| {
        form.with(|state| state.person.is_some() && state.locked.is_none() && !state.privacy.is_blank)
    });
    let is_shut = Memo::new(move |_| form.with(|state| state.locked.is_some()));
    view! {
        {redrawn(move || can_lock.get().then(|| view! { <LockButton watch/> }.into_any()))}
        <Warned watch/>
        {redrawn(move || is_shut.get().then(|| view! { <LockPage/> }.into_any()))}
    }
    .into_any()
}

/// Where a portal signs its people in: asks whose token it gives, and shows the page of a form that is locked.
#[component]
fn PortalLock() -> impl IntoView {
    let form = use_form();
    let has_token = Memo::new(move |_| form.with(|state| !state.no_token));
    Effect::new(move |_| {
        if has_token.get() && !form.is_shut() {
            form.ask_who();
        }
    });
    let is_shut = Memo::new(move |_| form.with(|state| state.locked.is_some()));
    redrawn(move || is_shut.get().then(|| view! { <LockPage/> }.into_any()))
}

/// On every page, before everything else.
#[component]
fn LockButton(watch: Watch) -> impl IntoView {
    let form = use_form();
    view! {
        <div class="ca-lock ca-no-print">
            <button
                type="button"
                class="ca-privacy__switch"
                id="lock.now"
                // The focus stays where somebody wants to come back to.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| watch.lock()
            >
                {form.text("lock.now")}
                <span class="govuk-visually-hidden">{form.text("lock.key")}</span>
            </button>
        </div>
    }
}

/// The warning. It takes the focus, and the browser gives it back.
#[component]
fn Warned(watch: Watch) -> impl IntoView {
    let form = use_form();
    let dialog = NodeRef::<Dialog>::new();
    let is_open = Memo::new(move |_| watch.warned.get().is_some());
    // The last one stays in the dialog while that closes.
    let warning = Memo::new(move |before: Option<&Warning>| {
        watch.warned.get().or(before.copied()).unwrap_or(Warning { seconds: 120, can_stay: true })
    });
    let can_stay = Memo::new(move |_| warning.get().can_stay);
    let said = Memo::new(move |_| said_at(warning.get().seconds));
    let left = move || {
        let left = form.text(&format!("lock.left.{}", said.get()));
        form.filled(if can_stay.get() { "lock.soon" } else { "lock.ends" }, &[("left", &left)])
    };
    // A screen reader reads the text when the dialog opens; what changes after that is said once.
    let again = move || if said.get() == 120 { String::new() } else { left() };
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match is_open.get() {
            true if !dialog.open() => drop(dialog.show_modal()),
            true => {}
            false => dialog.close(),
        }
    });
    let escape = move |event: DomEvent| {
        event.prevent_default();
        watch.stay();
    };
    let (heading, stay) = (
        move || form.text(if can_stay.get() { "lock.there" } else { "lock.over" }),
        move || form.text(if can_stay.get() { "lock.stay" } else { "lock.until" }),
    );
    view! {
        <dialog
            class="ca-dialog ca-no-print"
            aria-labelledby=HEADING
            aria-describedby=LEFT
            node_ref=dialog
            on:cancel=escape
        >
            <h2 class="govuk-heading-m" id=HEADING>{heading}</h2>
            <div id=LEFT>
                <p><strong>{left}</strong></p>
                <p>{form.text("lock.nothing_lost")}</p>
            </div>
            <p class="govuk-visually-hidden" role="status">{again}</p>
            <div class="govuk-button-group">
                <button type="button" class="govuk-button" on:click=move |_| watch.stay()>
                    {stay}
                </button>
                <button
                    type="button"
                    class="govuk-button govuk-button--secondary"
                    on:click=move |_| watch.lock()
                >
                    {form.text("lock.now")}
                </button>
            </div>
        </dialog>
    }
}

/// Instead of the form. The numbers to ring stay in reach.
#[component]
fn LockPage() -> impl IntoView {
    let form = use_form();
    let is_kept = Memo::new(move |_| form.with(|state| !state.is_unsaved()));
    let failed = Memo::new(move |_| form.with(|state| state.save == SaveStatus::Failed));
    form.focus_on(crate::state::Focus::Heading);
    let locked = Memo::new(move |_| {
        form.with(|state| {
            let locked = state.locked.as_ref();
            (locked.is_some_and(|one| one.whose == Whose::Unknown), locked.and_then(|one| one.not_opened))
        })
    });
    let text = move || {
        form.text(match (locked.get(), failed.get()) {
            ((true, _), true) => "lock.unknown.unsaved",
            ((true, _), false) => "lock.unknown",
            (_, true) => "lock.unsaved",
            (_, false) => "lock.safe",
        })
    };
    view! {
        <div class="ca-page">
            <h1 class="govuk-heading-l" tabindex="-1">{form.text("title.locked")}</h1>
            <p>{text}</p>
            {redrawn(move || match form.is_portals() {
                // Nobody can open it.
                true if locked.get().0 => ().into_any(),
                true => view! {
                    <PortalNotice/>
                    {locked.get().1.map(|why| view! {
                        <p class="govuk-inset-text" role="alert">{form.text(why)}</p>
                    })}
                    <button type="button" class="govuk-button" on:click=move |_| form.unlock()>
                        {form.text("portal.carry_on")}
                    </button>
                }
                .into_any(),
                false => view! { <SignIn text="sign_in.again" beside={!is_kept.get()}/> }.into_any(),
            })}
            <p><strong>{form.text("mode.danger")}</strong></p>
            <h2 class="govuk-heading-m">{form.text("help.heading")}</h2>
            <Contacts/>
        </div>
    }
}
