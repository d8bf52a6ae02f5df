//! What went of the urgent actions, where the banner was, until somebody has read it: which action, since when, and which
//! answer was changed, with a link to it.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::not_sure;
use crate::components::{QuestionLink, redrawn};
use crate::form::{Form, use_form};
use crate::io::clock;
use crate::state::{self, Certainty, Event, Focus};

/// How long something has been gone when that is said: a date that is typed again passes through many others.
const PAUSE: Duration = Duration::from_millis(1_000);

#[component]
pub(super) fn Gone() -> impl IntoView {
    let form = use_form();
    let shown = settled(form);
    redrawn(move || {
        let gone = shown.get();
        (!gone.is_empty()).then(|| {
            let groups = gone.chunk_by(|one, next| one.because == next.because);
            let groups = groups.map(|group| view! { <Group gone=group.to_vec()/> }.into_any()).collect_view();
            let read = move |_| {
                form.dispatch(Event::GoneRead(clock::time()));
                form.focus_on(Focus::Heading);
            };
            view! {
                <section class="ca-urgent ca-gone" aria-labelledby="gone">
                    <h2 class="ca-urgent__heading" id="gone" tabindex="-1">{form.text("gone.heading")}</h2>
                    <p>{form.text("gone.about")}</p>
                    {groups}
                    {(!form.peek(|state| state.read_only)).then(|| view! {
                        <button
                            type="button"
                            class="govuk-button govuk-button--secondary ca-urgent__acknowledge"
                            on:click=read
                        >
                            {form.text("gone.read")}
                        </button>
                    }.into_any())}
                </section>
            }
            .into_any()
        })
    })
}

/// What went for one reason.
#[component]
fn Group(gone: Vec<state::Gone>) -> impl IntoView {
    let form = use_form();
    let because = gone.first().map(|gone| gone.because.clone()).unwrap_or_default();
    let items = gone.iter().map(|gone| {
        let text = in_words(form, gone);
        view! { <li class="ca-urgent__went">{text}</li> }.into_any()
    });
    let items = items.collect_view();
    view! {
        <ul class="govuk-list govuk-list--bullet">{items}</ul>
        <WhyGone because/>
    }
}

/// The questions whose answers were changed, each with a link.
#[component]
pub(crate) fn WhyGone(because: Vec<String>) -> impl IntoView {
    let form = use_form();
    if because.is_empty() {
        return view! { <p>{form.text("gone.because_time")}</p> }.into_any();
    }
    let links =
        because.into_iter().map(|path| view! { <li><QuestionLink path/></li> }.into_any()).collect_view();
    view! {
        <p class="ca-urgent__line">{form.text("gone.because")}</p>
        <ul class="govuk-list">{links}</ul>
    }
    .into_any()
}

/// What became of an action, in words.
pub(crate) fn in_words(form: Form, gone: &state::Gone) -> String {
    let standards = form.standards();
    let action = standards.pack.action(&gone.action);
    let action = action.map_or_else(
        || gone.action.clone(),
        |action| match gone.was {
            Certainty::Certain => action.action.clone(),
            Certainty::NotSure => not_sure(form, action),
        },
    );
    let key = if gone.now.is_some() { "gone.less" } else { "gone.none" };
    form.filled(key, &[("action", &action)])
}

/// What went, once it has been gone for a moment; at once where there is less to say. It is announced then.
fn settled(form: Form) -> Memo<Vec<state::Gone>> {
    let now = Memo::new(move |_| {
        form.with(|state| {
            let gone = state.record.iter().flat_map(|record| record.urgency.unread());
            let mut ordered: Vec<state::Gone> = Vec::new();
            for gone in gone {
                let at = ordered.partition_point(|other| other.because <= gone.because);
                ordered.insert(at, gone.clone());
            }
            ordered
        })
    });
    let settled = RwSignal::new(now.get_untracked());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    Effect::new(move |before: Option<Vec<state::Gone>>| {
        let found = now.get();
        stop();
        let is_news = found.iter().any(|gone| !settled.with_untracked(|settled| settled.contains(gone)));
        if before.is_none() || !is_news {
            settled.set(found.clone());
        } else {
            let say = move || {
                // Where the family has come in since, this is not drawn any more, and nothing of it may be said.
                let Some(gone) = now.try_get_untracked().filter(|_| !form.with_family.get_untracked()) else {
                    return;
                };
                let said = gone.last().map(|gone| in_words(form, gone));
                settled.set(gone);
                form.announce(&said.unwrap_or_default());
            };
            timer.set_value(set_timeout_with_handle(say, PAUSE).ok());
        }
        found
    });
    // What is no longer news is never shown, whatever the timer does.
    Memo::new(move |_| {
        let gone = settled.get();
        gone.into_iter().filter(|gone| now.with(|now| now.contains(gone))).collect()
    })
}
