//! "Is this child known already?" The form asks it by itself as soon as it knows enough of the child, and somebody may ask it
//! at any time. It stops nothing, moves nothing and waits for nothing; what answers it is in the part of my work
//! (`pages::work`), fetched only where there is something to show. That nobody was found is said only to who pressed.

use assessment_api::path::PEOPLE_MATCHES;
use assessment_api::person::{ChildDetails, MatchQuestion, Matches};
use assessment_engine::answers::Answers;
use assessment_engine::validation::identifiers::{nhs_number, uln, upn};
use assessment_form::is_blank;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{later, work};
use crate::components::{Follow, redrawn};
use crate::form::{Form, use_form};
use crate::io::records_client::Asking;
use crate::state::Record;

/// The id of what is answered.
const ANSWER: &str = "known";
/// Milliseconds without a change of who the child is, after which it is asked: once for a name, and not at each key.
const PAUSE: u32 = 2_000;

/// An answer, or that somebody wants one.
#[derive(Clone, PartialEq)]
enum Answer {
    /// Somebody pressed, so often.
    Pressed(u32),
    /// The form asked, and this child may be known.
    Found(Matches),
}

/// The button, and what was found. Without the button only where the form found something by itself.
#[component]
pub(super) fn Known(#[prop(optional)] is_quiet: bool) -> impl IntoView {
    let form = use_form();
    let answer = RwSignal::new(None::<Answer>);
    let is_open = Memo::new(move |_| form.with(|state| state.record.as_ref().is_some_and(Record::is_open)));
    let can_ask = Memo::new(move |_| is_open.get() && can_ask(form));
    ask_by_itself(form, answer);
    let press = move |_| {
        answer.update(|answer| {
            *answer = Some(Answer::Pressed(match answer {
                Some(Answer::Pressed(times)) => *times + 1,
                _ => 1,
            }));
        });
        form.focus(ANSWER);
    };
    redrawn(move || {
        let found = answer.get();
        let is_found = matches!(found, Some(Answer::Found(_)));
        if !can_ask.get() {
            return ().into_any();
        }
        // What is found is about other records.
        if form.with_family.get() {
            return is_found.then(|| jump(form, "mode.something", None)).into_any();
        }
        let button = (!is_found && !is_quiet).then(|| {
            view! {
                <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=press>
                    {form.text("known.ask")}
                </button>
                <p class="govuk-hint">{form.text("known.about")}</p>
            }
        });
        let said = found.map(|found| {
            let matches = match found {
                Answer::Pressed(_) => None,
                Answer::Found(matches) => Some(matches),
            };
            let draw = move || later::at_once(work::draw(work::Drawn::Known(matches.clone())));
            view! {
                <div id=ANSWER tabindex="-1" role="group" aria-label=form.text("known.ask")>
                    <FromWork draw/>
                </div>
            }
        });
        view! {
            {is_found.then(|| jump(form, "known.found", Some(ANSWER)))}
            <div class="ca-no-print">
                {button}
                {said}
            </div>
        }
        .into_any()
    })
}

/// That there is something, in view wherever somebody is on the page; it leads there where it may be seen.
fn jump(form: Form, key: &'static str, to: Option<&'static str>) -> AnyView {
    let text = form.text(key);
    let said = match to {
        Some(id) => {
            view! { <Follow class="govuk-link" follow=move || form.focus(id)>{text}</Follow> }.into_any()
        }
        None => text.into_any(),
    };
    view! { <p class="govuk-inset-text ca-known ca-no-print">{said}</p> }.into_any()
}

/// Whether there is a server that may know who asks. In a portal that is known once its token was taken; on our own site the
/// server says.
fn can_ask(form: Form) -> bool {
    let is_known = || form.with(|state| state.person.is_some() && !state.no_token);
    form.own_api().is_some() || (form.is_portals() && is_known())
}

/// Asks whenever who the child is has changed, and is enough to ask. Only somebody who may be the child is an answer: anything
/// else, a server that cannot be reached and somebody who is signed out among it, is silence.
fn ask_by_itself(form: Form, answer: RwSignal<Option<Answer>>) {
    let who = Memo::new(move |_| {
        // A correction is of a child who is known.
        let is_new = |record: &Record| record.is_open() && record.episode.is_none();
        // A child's details go nowhere before somebody is known.
        let is_known = form.with(|state| state.person.is_some());
        let is_wanted =
            is_known && form.with(|state| state.record.as_ref().is_some_and(is_new)) && can_ask(form);
        is_wanted.then(|| form.answers(enough)).flatten()
    });
    let due = StoredValue::new_local(None::<Timeout>);
    let silence = move || {
        if answer.with_untracked(|answer| matches!(answer, Some(Answer::Found(_)))) {
            answer.set(None);
        }
    };
    // That nobody was found was said of the details as they were.
    let all = Memo::new(move |_| form.answers(details));
    Effect::new(move |before: Option<()>| {
        all.track();
        if before.is_some() && answer.with_untracked(|answer| matches!(answer, Some(Answer::Pressed(_)))) {
            answer.set(None);
        }
    });
    Effect::new(move |_| {
        let Some(child) = who.get() else {
            due.set_value(None);
            return silence();
        };
        let ask = async move {
            let whole = form.peek_answers(details);
            let question = MatchQuestion { child: Some(whole), ..MatchQuestion::default() };
            let asking = Asking { api: form.api(), reason: None };
            let reply = asking.post(PEOPLE_MATCHES, &question, None).await;
            // Other details, another page, or nobody there by now.
            if who.try_get_untracked().flatten().as_ref() != Some(&child) || form.is_shut() {
                return;
            }
            let found = reply.and_then(|reply| reply.read::<Matches>()).ok();
            let Some(found) = found.filter(|found| !is_nobody(found)) else { return silence() };
            let found = Some(Answer::Found(found));
            if answer.with_untracked(|answer| *answer != found) {
                // A screen reader is loud in a room.
                let is_seen = form.with_family.get_untracked();
                form.announce(&form.text(if is_seen { "mode.something" } else { "known.found" }));
                answer.set(found);
            }
        };
        // The one before it is dropped, and no longer due.
        due.set_value(Some(Timeout::new(PAUSE, move || spawn_local(ask))));
    });
}

/// Whether nobody was found, of whom anything may be known.
pub(super) fn is_nobody(found: &Matches) -> bool {
    found.people.is_empty() && found.ask.is_empty() && !found.more_with_reason
}

/// Who the child is, where that is enough to ask: a name with the day of birth, or a number that can be one.
fn enough(answers: &Answers) -> Option<ChildDetails> {
    let child = &answers.identifying_details;
    let is_named = !is_blank(&child.given_names) || !is_blank(&child.family_name);
    let is_numbered = nhs_number(&child.nhs_number).or_else(|| upn(&child.upn)).or_else(|| uln(&child.uln));
    let is_enough = (is_named && child.dob.whole().is_some()) || is_numbered.is_some();
    let who = || ChildDetails {
        address: Vec::new(),
        postcode: String::new(),
        phones: Vec::new(),
        ..details(answers)
    };
    is_enough.then(who)
}

/// What is known of the child so far.
pub(super) fn details(answers: &Answers) -> ChildDetails {
    let child = &answers.identifying_details;
    let address = &child.address;
    let blank = |text: &&String| !is_blank(text);
    let lines = [&address.line_1, &address.line_2, &address.town].into_iter().filter(blank).cloned();
    let names = [&child.preferred_name].into_iter().chain(&child.also_known_as).filter(blank);
    ChildDetails {
        given_names: child.given_names.clone(),
        family_name: child.family_name.clone(),
        other_names: names.take(10).cloned().collect(),
        born: child.dob.partial().map(|born| born.to_string()).unwrap_or_default(),
        born_estimated: child.dob_estimated == "yes",
        nhs_number: child.nhs_number.clone(),
        upn: child.upn.clone(),
        uln: child.uln.clone(),
        reference: String::new(),
        address: lines.collect(),
        postcode: address.postcode.clone(),
        phones: child.phones.iter().filter(blank).take(10).cloned().collect(),
    }
}

/// Something of the part of my work on a page of a record, fetched where it is not there yet.
#[component]
pub(super) fn FromWork(draw: impl Fn() -> Option<AnyView> + Send + 'static) -> impl IntoView {
    let form = use_form();
    let is_here = RwSignal::new(None::<bool>);
    spawn_local(async move {
        let fetched = work::fetch_part().await.is_ok();
        let _ = is_here.try_set(Some(fetched));
    });
    redrawn(move || match is_here.get() {
        None => view! { <p role="status">{form.text("later.fetching")}</p> }.into_any(),
        Some(is_here) => is_here
            .then(&draw)
            .flatten()
            .unwrap_or_else(|| view! { <p role="alert">{form.text("later.missing")}</p> }.into_any()),
    })
}
