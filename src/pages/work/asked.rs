//! A part of a page that comes from the server: what is shown while it is asked for, its answer, or why there is none and
//! what to do.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::demo::Demo;
use super::fields::LongText;
use super::{Work, use_work};
use crate::components::{SignIn, redrawn};
use crate::io::records_client::Asking;
use crate::state::work::{Asked, Failure, WorkPage};
use crate::state::{Focus, Page};

/// An answer of the server that is on its way.
pub(in crate::pages) type Answer<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// The same, of what asks.
pub(in crate::pages) fn answer<T>(asking: impl Future<Output = Result<T, Failure>> + 'static) -> Answer<T> {
    Box::pin(asking)
}

/// The id of the field for a reason.
const REASON: &str = "work.reason";

/// Asks now, and draws the answer. `episode` is the one that it is about.
pub(in crate::pages) fn asked<T: Clone + Send + Sync + 'static>(
    work: Work,
    episode: Option<String>,
    ask: impl Fn() -> Answer<T> + Send + Sync + 'static,
    draw: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView {
    let answer = RwSignal::new(Asked::Asking);
    let begin = Callback::new(move |is_again: bool| {
        answer.set(Asked::Asking);
        let asking = ask();
        spawn_local(async move {
            let found = asking.await.map_or_else(Asked::Failed, Asked::Here);
            // The page may be another one by now. The button that asked again is gone.
            if answer.try_set(found).is_none() && is_again {
                work.form.focus_on(Focus::Heading);
            }
        });
    });
    begin.run(false);
    redrawn(move || match answer.get() {
        Asked::Asking => view! { <p role="status">{work.text("work.asking")}</p> }.into_any(),
        Asked::Here(found) => draw(found),
        Asked::Failed(failure) => {
            view! { <Failed failure episode=episode.clone() again=move || begin.run(true)/> }.into_any()
        }
    })
}

/// The same, of an episode: with what asks in the name of the reason that was given for it, and its id.
pub(in crate::pages) fn asked_about<T: Clone + Send + Sync + 'static, F>(
    work: Work,
    episode: String,
    ask: impl Fn(Asking, String) -> F + Send + Sync + 'static,
    draw: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView
where
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let id = episode.clone();
    asked(work, Some(episode), move || answer(ask(work.asking(Some(&id)), id.clone())), draw)
}

/// The next page of a list, at a press. The focus goes to it, since the button goes away. `id` is its own on the page.
pub(in crate::pages) fn more(
    work: Work,
    key: &'static str,
    id: String,
    next: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let is_asked = RwSignal::new(false);
    redrawn(move || {
        if is_asked.get() {
            return view! { <div id=id.clone() tabindex="-1">{next()}</div> }.into_any();
        }
        let id = id.clone();
        let press = move |_| {
            is_asked.set(true);
            work.form.focus(&id);
        };
        view! {
            <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=press>
                {work.text(key)}
            </button>
        }
        .into_any()
    })
}

/// Why there is nothing to show, and the way on.
#[component]
pub(in crate::pages) fn Failed(
    failure: Failure,
    /// The episode that it is about.
    #[prop(optional_no_strip)]
    episode: Option<String>,
    #[prop(into)] again: Callback<()>,
) -> impl IntoView {
    let work = use_work();
    // The list shows the people of the demo itself.
    let has_demo = work.form.peek(|state| match &state.page {
        Page::Work(at) => WorkPage::parse(at) == WorkPage::List,
        _ => false,
    });
    let said = work.text(failure.key());
    let try_again = move || {
        view! {
            <button part="button" type="button" class="govuk-button" on:click=move |_| again.run(())>
                {work.text("later.again")}
            </button>
        }
        .into_any()
    };
    match (failure, episode) {
        (Failure::ReasonNeeded, Some(episode)) => view! { <Reason episode again/> }.into_any(),
        (Failure::SignIn, _) => view! {
            <div class="govuk-inset-text" role="alert">
                <p>{said}</p>
                <SignIn text="sign_in.again"/>
            </div>
            {(!has_demo).then(|| view! { <Demo/> })}
        }
        .into_any(),
        (Failure::Forbidden | Failure::NotFound, _) => {
            view! { <p class="govuk-inset-text" role="alert">{said}</p> }.into_any()
        }
        _ => view! {
            <p class="govuk-inset-text" role="alert">{said}</p>
            {try_again()}
        }
        .into_any(),
    }
}

/// Asks why somebody opens a record outside their own work, and says that the answer is kept.
#[component]
fn Reason(episode: String, again: Callback<()>) -> impl IntoView {
    let work = use_work();
    let name = format!("reason.{episode}");
    let reason = work.typed_fields.field(&name, "");
    let is_missing = RwSignal::new(false);
    let error = Signal::derive(move || is_missing.get().then(|| work.text("work.reason.needed")));
    let open = move |_| {
        let given = reason.get_untracked().trim().to_owned();
        if given.is_empty() {
            is_missing.set(true);
            return work.form.focus(REASON);
        }
        work.typed_fields.used(&name);
        work.reasons.update_value(|reasons| {
            reasons.insert(episode.clone(), given);
        });
        again.run(());
    };
    view! {
        <p class="govuk-inset-text" role="status">{work.text(Failure::ReasonNeeded.key())}</p>
        <LongText
            id=REASON
            label=work.text("work.reason.label")
            hint=work.text("work.reason.hint")
            value=reason
            error
        />
        <button part="button" type="button" class="govuk-button" on:click=open>{work.text("work.reason.open")}</button>
    }
}
