//! What becomes of a record after it was sent: notes, who leads, its end, who holds it, who must not be told, what it is part of. Each page reads the record
//! first and offers what the server says this person may do. What was typed stays until it was taken.

use assessment_api::episode::EpisodeRecord;
use assessment_api::path;
use assessment_people::access::Action;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::{Answer, asked_about};
use super::closing::{Close, Reopen};
use super::hand_over::HandOver;
use super::joining::{Apart, Join, Look};
use super::kept_out::KeptOut;
use super::lead::{StepDown, StepUp};
use super::list::{child, pressing};
use super::notes::Notes;
use super::referral::{ReferralAnswer, WrittenForm};
use super::transfer::{CancelTransfer, FinishTransfer, Transfer};
use super::{Top, Work, WorkLink, use_work};
use crate::components::{SignIn, redrawn};
use crate::io::records_client::{Asking, Reply};
use crate::state::Focus;
use crate::state::work::after::{Step, may};
use crate::state::work::{Failure, WorkPage};

/// A record as it was read last, and what became of the last attempt to change it.
#[derive(Clone, Copy)]
pub(super) struct OpenRecord {
    pub(super) work: Work,
    step: Step,
    /// Which form of the page, where it has several.
    part: StoredValue<String>,
    record: RwSignal<EpisodeRecord>,
    revision: RwSignal<String>,
    failed: RwSignal<Option<Failure>>,
    is_sending: RwSignal<bool>,
    /// A wording key: what has been done.
    done: Callback<&'static str>,
}

/// A change on its way: how it is asked for, at the address of the record, with its revision.
pub(super) type Sent = Box<dyn FnOnce(Asking, String, String) -> Answer<Reply>>;

#[component]
pub(super) fn After(step: Step, id: String) -> impl IntoView {
    let work = use_work();
    let page = WorkPage::After(step, id.clone());
    // Rises with each change, after which the record is read again.
    let round = RwSignal::new(0_u32);
    let said = RwSignal::new(None::<&'static str>);
    let done = Callback::new(move |key: &'static str| {
        said.set(Some(key));
        round.update(|round| *round += 1);
        work.form.announce(&work.text(key));
        work.form.focus_on(Focus::Heading);
    });
    // There, more can be said or changed. Elsewhere it is done, and they may not see the record any more.
    let goes_on = matches!(step, Step::Notes | Step::KeptOut);
    view! {
        <Top page/>
        {redrawn(move || said.get().map(|key| {
            let onwards = (!goes_on).then(|| view! {
                <p><WorkLink page=WorkPage::List>{work.text("work.title.list")}</WorkLink></p>
            }.into_any());
            view! { <p class="govuk-inset-text">{work.text(key)}</p> {onwards} }.into_any()
        }))}
        {redrawn(move || {
            round.track();
            if said.get_untracked().is_some() && !goes_on {
                return ().into_any();
            }
            let ask = async |asking: Asking, id: String| read(&asking, &id).await;
            asked_about(work, id.clone(), ask, move |found| form(work, step, found, done))
        })}
    }
}

/// The record and its revision.
async fn read(asking: &Asking, id: &str) -> Result<(EpisodeRecord, String), Failure> {
    let reply = asking.get(&path::episode(id)).await?;
    let revision = reply.revision.clone().unwrap_or_default();
    Ok((reply.read()?, revision))
}

fn form(
    work: Work,
    step: Step,
    (record, revision): (EpisodeRecord, String),
    done: Callback<&'static str>,
) -> AnyView {
    let name = child(work, &record.shown);
    let name = view! { <h2 class="govuk-heading-m"><bdi>{name}</bdi></h2> }.into_any();
    if !step.is_offered(&record) {
        return view! { {name} <p class="govuk-inset-text">{work.text("work.after.not_now")}</p> }.into_any();
    }
    let (failed, is_sending) = (RwSignal::new(None), RwSignal::new(false));
    let (record, revision) = (RwSignal::new(record), RwSignal::new(revision));
    let part = StoredValue::default();
    let held = OpenRecord { work, step, part, record, revision, failed, is_sending, done };
    let form = match step {
        Step::Notes => view! { <Notes held/> }.into_any(),
        Step::Written => view! { <WrittenForm held/> }.into_any(),
        Step::Answer => view! { <ReferralAnswer held/> }.into_any(),
        Step::StepUp => view! { <StepUp held/> }.into_any(),
        Step::StepDown => view! { <StepDown held/> }.into_any(),
        Step::Transfer => view! { <Transfer held/> }.into_any(),
        Step::CancelTransfer => view! { <CancelTransfer held/> }.into_any(),
        Step::FinishTransfer => view! { <FinishTransfer held/> }.into_any(),
        Step::HandOver => view! { <HandOver held/> }.into_any(),
        Step::KeptOut => view! { <KeptOut held/> }.into_any(),
        Step::Close => view! { <Close held/> }.into_any(),
        Step::Reopen => view! { <Reopen held/> }.into_any(),
        Step::Look => view! { <Look held/> }.into_any(),
        Step::Join => view! { <Join held/> }.into_any(),
        Step::Apart => view! { <Apart held/> }.into_any(),
    };
    view! { {name} {form} }.into_any()
}

impl OpenRecord {
    /// The record as it was when the page was drawn.
    pub(super) fn record(self) -> EpisodeRecord {
        self.record.get_untracked()
    }

    /// Whether this person may do that now.
    pub(super) fn may(self, action: Action) -> bool {
        self.record.with_untracked(|record| may(record, action))
    }

    /// What is typed into one field, blank at first. It outlives a lock and a look elsewhere, until it is sent.
    pub(super) fn field(self, name: &str) -> RwSignal<String> {
        self.work.typed_fields.field(&[&*self.stem(), name].concat(), "")
    }

    /// The same, for one form of several: sending one leaves what is typed into the others.
    pub(super) fn part(self, part: &str) -> OpenRecord {
        OpenRecord { part: StoredValue::new(part.to_owned()), ..self }
    }

    fn stem(self) -> String {
        let part = self.part.get_value();
        self.record.with_untracked(|record| format!("{}.{}.{part}.", self.step.name(), record.id))
    }

    /// What must not be overlooked about the record, as it was read last.
    pub(super) fn pressing(self) -> Option<String> {
        self.record.with(|record| pressing(self.work, &record.shown))
    }

    /// What is said of a field that is needed and blank, once somebody has pressed.
    pub(super) fn needed(
        self,
        is_pressed: RwSignal<bool>,
        value: RwSignal<String>,
        key: &'static str,
    ) -> Signal<Option<String>> {
        Signal::derive(move || (is_pressed.get() && is_blank(value)).then(|| self.work.text(key)))
    }

    /// Whether nothing is blank. The focus goes to the first field that is.
    pub(super) fn is_filled_in(
        self,
        is_pressed: RwSignal<bool>,
        fields: &[(RwSignal<String>, &str)],
    ) -> bool {
        is_pressed.set(true);
        let blank = fields.iter().find(|(value, _)| typed(*value).is_none());
        if let Some((_, id)) = blank {
            self.work.form.focus(id);
        }
        blank.is_none()
    }

    /// Sends a change; `taken` is what has been done then. Where somebody else was first, the record is read again, and
    /// nothing that was typed goes. The page, or my work as a whole, may be closed by the time the answer comes.
    pub(super) fn send(self, change: Sent, because: Option<String>, taken: &'static str) {
        // A second press while the first is on its way is not a second change.
        if self.is_sending.get_untracked() {
            return;
        }
        self.is_sending.set(true);
        self.failed.set(None);
        let (id, stem) = (self.record.with_untracked(|record| record.id.clone()), self.stem());
        let asking = self.work.asking(Some(&id));
        let reason = because.or_else(|| asking.reason.clone());
        let typed = self.work.typed_fields.sending(|name| name.starts_with(&stem));
        let sent =
            change(Asking { reason, ..asking.clone() }, path::episode(&id), self.revision.get_untracked());
        spawn_local(async move {
            let mut failed = match sent.await {
                Ok(_) => {
                    typed.taken();
                    self.done.try_run(taken);
                    return;
                }
                Err(failure) => failure,
            };
            if failed == Failure::Changed {
                match read(&asking, &id).await {
                    Ok((record, revision)) => {
                        let _ = self.record.try_set(record);
                        let _ = self.revision.try_set(revision);
                    }
                    Err(failure) => failed = failure,
                }
            }
            let _ = self.is_sending.try_set(false);
            let _ = self.failed.try_set(Some(failed));
        });
    }

    /// Why the last attempt was not taken. After somebody else's change, with the record as it is now.
    pub(super) fn refusal(self) -> AnyView {
        redrawn(move || {
            let failure = self.failed.get()?;
            let work = self.work;
            let key = match failure {
                Failure::Changed => "work.after.changed",
                other => other.key(),
            };
            // In another window: this one has words that are nowhere else.
            let sign_in = (failure == Failure::SignIn)
                .then(|| view! { <SignIn text="sign_in.again" beside=true/> }.into_any());
            let now = (failure == Failure::Changed).then(|| {
                let record = self.record.get();
                let gone = (!self.step.is_offered(&record))
                    .then(|| view! { <p>{work.text("work.after.not_now")}</p> }.into_any());
                let facts = super::episode::facts(work, &record);
                view! { {gone} <dl class="govuk-summary-list">{facts}</dl> }.into_any()
            });
            Some(
                view! {
                    <div class="govuk-inset-text">
                        <p role="alert">{work.text(key)}</p>
                        {sign_in}
                        {now}
                    </div>
                }
                .into_any(),
            )
        })
    }

    /// The button. `is_ready` is asked first, and goes to what is missing. Where there is something to think about
    /// (`again`), that is said, and a second press sends.
    pub(super) fn button(
        self,
        key: &'static str,
        again: Signal<Option<String>>,
        is_ready: impl Fn() -> bool + Send + Sync + 'static,
        send: impl Fn() + Send + Sync + 'static,
    ) -> AnyView {
        let work = self.work;
        let is_asked = RwSignal::new(false);
        let asks = Memo::new(move |_| again.get().filter(|_| is_asked.get()));
        let press = move |event: MouseEvent| {
            // The second half of a double-click is no answer to what the first has asked.
            if event.detail() > 1 || !is_ready() {
                return;
            }
            if again.with_untracked(Option::is_some) && !is_asked.get_untracked() {
                return is_asked.set(true);
            }
            send();
        };
        let label = move || match asks.with(Option::is_some) {
            true => work.text("work.after.sure"),
            false => work.text(key),
        };
        view! {
            {redrawn(move || asks.get().map(|text| {
                view! { <p class="govuk-inset-text" role="alert">{text}</p> }.into_any()
            }))}
            {self.refusal()}
            <button
                part="button"
                type="button"
                class="govuk-button"
                class:govuk-button--warning=move || asks.with(Option::is_some)
                aria-disabled=move || self.is_sending.get().then_some("true")
                on:click=press
            >
                {label}
            </button>
        }
        .into_any()
    }
}

/// Whether a field has no words in it.
fn is_blank(value: RwSignal<String>) -> bool {
    value.with(|value| !value.chars().any(char::is_alphanumeric))
}

/// The words of a field, without what is around them; `None` where there are none.
pub(super) fn typed(value: RwSignal<String>) -> Option<String> {
    let words = value.with_untracked(|value| value.trim().to_owned());
    words.chars().any(char::is_alphanumeric).then_some(words)
}
