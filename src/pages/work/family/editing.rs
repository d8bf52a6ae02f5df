//! Changing the family of a child: one change at a time is sent, and what became of it is said in the form that it came from. Where
//! somebody else was first, the families are read again, with what is different, and nothing that was typed or chosen goes.

use std::collections::BTreeSet;

use assessment_api::family::{Families, FamilyChange};
use assessment_api::problem::ProblemItem;
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::adding::{Key, key};
use super::changed::changes;
use super::{Doing, name_of};
use crate::components::{Follow, SignIn, redrawn};
use crate::io::records_client::{Follows, Refused, Reply};
use crate::pages::work::Work;
use crate::pages::work::fields::error_summary;
use crate::state::Focus;
use crate::state::work::Failure;

/// The id of the box that says what is wrong.
const SUMMARY: &str = "work.family.problems";

pub(super) fn read(reply: Reply) -> Result<(Families, String), Failure> {
    let tag = reply.revision.clone().unwrap_or_default();
    Ok((reply.read()?, tag))
}

/// A line of what is sent: how its paths begin, its field on the page, and what it is about.
pub(super) struct Line {
    pub(super) path: String,
    pub(super) field: String,
    pub(super) about: String,
}

impl Line {
    pub(super) fn of(path: &str, field: &str, about: &str) -> Self {
        Self { path: path.to_owned(), field: field.to_owned(), about: about.to_owned() }
    }
}

/// Why a change was not taken.
#[derive(Debug, Clone, PartialEq)]
struct NotTaken {
    /// The form that it came from.
    form: &'static str,
    failure: Failure,
    /// Whether the attempt before may have been saved, whose answer did not come.
    may_be_saved: bool,
    /// What is wrong with it: the field, what that is about, and the words.
    wrong: Vec<(String, String, String)>,
}

/// The families as they were read last, and what became of the last attempt to change them.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    pub(super) work: Work,
    /// The episode, and the address of the families.
    at: StoredValue<(String, String)>,
    pub(super) families: RwSignal<Families>,
    tag: RwSignal<String>,
    not_taken: RwSignal<Option<NotTaken>>,
    /// As they were before somebody else changed them.
    was: RwSignal<Option<Families>>,
    is_sending: RwSignal<bool>,
    /// Whether an attempt may have been saved whose answer did not come.
    may_be_saved: RwSignal<bool>,
    /// Those among the proposed who are ticked, by [`Key`]. No typed field: names of records are not kept on the
    /// device. It stays while the families are read again.
    pub(super) ticked: RwSignal<BTreeSet<Key>>,
    /// What is done instead of adding somebody, once somebody has pressed.
    pub(super) doing: RwSignal<Option<Doing>>,
}

impl Editing {
    pub(super) fn new(work: Work, episode: String, at: String, families: Families, tag: String) -> Self {
        Self {
            work,
            at: StoredValue::new((episode, at)),
            families: RwSignal::new(families),
            tag: RwSignal::new(tag),
            not_taken: RwSignal::new(None),
            was: RwSignal::new(None),
            is_sending: RwSignal::new(false),
            may_be_saved: RwSignal::new(false),
            ticked: RwSignal::new(BTreeSet::new()),
            doing: RwSignal::new(None),
        }
    }

    /// What is typed into one field of this page. It stays until it was taken.
    pub(super) fn field(self, name: &str) -> RwSignal<String> {
        self.work.field(&[&*self.stem(), name].concat())
    }

    fn stem(self) -> String {
        self.at.with_value(|(episode, _)| format!("family.{episode}."))
    }

    /// The name of the child.
    pub(super) fn child(self) -> String {
        self.families.with_untracked(|families| name_of(self.work, families, &families.person))
    }

    /// Begins something else, which has a field of that id.
    pub(super) fn begin(self, doing: Doing, field: &str) {
        self.not_taken.set(None);
        self.doing.set(Some(doing));
        self.work.form.focus(field);
    }

    /// Leaves everything as it is.
    pub(super) fn stop(self) {
        self.not_taken.set(None);
        self.doing.set(None);
        self.work.form.focus_on(Focus::Heading);
    }

    /// Sends a change from the form of that name, in which these fields are. `lines` says where each part of it is on the page.
    pub(super) fn send(self, form: &'static str, change: FamilyChange, fields: &[&str], lines: Vec<Line>) {
        if self.is_sending.get_untracked() {
            return;
        }
        self.is_sending.set(true);
        self.not_taken.set(None);
        let (episode, at) = self.at.get_value();
        let (asking, tag) = (self.work.asking(Some(&episode)), self.tag.get_untracked());
        let stem = self.stem();
        let typed: Vec<_> = fields.iter().map(|name| self.work.sending(&[&*stem, *name].concat())).collect();
        spawn_local(async move {
            let sent = asking.change(Method::POST, &at, Some(&change), Follows::Revision(&tag)).await;
            let was_lost = self.may_be_saved.try_get_untracked().unwrap_or_default();
            let mut may_be_saved = false;
            let refused = match sent {
                Ok(reply) => match read(reply) {
                    Ok((families, tag)) => {
                        typed.into_iter().for_each(|one| one.taken());
                        self.taken(families, tag);
                        None
                    }
                    Err(failure) => {
                        may_be_saved = true;
                        Some(Refused::from(failure))
                    }
                },
                Err(Refused { failure: Failure::Changed, .. }) => {
                    match asking.get(&at).await.and_then(read) {
                        Ok((families, tag)) => {
                            let _ = self.was.try_set(self.families.try_get_untracked());
                            let _ = self.tag.try_set(tag);
                            let _ = self.families.try_set(families);
                            Some(Failure::Changed.into())
                        }
                        Err(failure) => {
                            may_be_saved = was_lost;
                            Some(failure.into())
                        }
                    }
                }
                Err(refused) => {
                    may_be_saved = was_lost || matches!(refused.failure, Failure::Offline | Failure::Trouble);
                    Some(refused)
                }
            };
            let _ = self.is_sending.try_set(false);
            let _ = self.may_be_saved.try_set(may_be_saved);
            let not_taken = refused.map(|refused| self.not_taken(form, refused, was_lost, &lines));
            let is_wrong = not_taken.as_ref().is_some_and(|one| !one.wrong.is_empty());
            let is_gone = self.not_taken.try_set(not_taken).is_some();
            if is_wrong && !is_gone {
                self.work.form.focus(SUMMARY);
            }
        });
    }

    fn taken(self, families: Families, tag: String) {
        let _ = self.was.try_set(None);
        let _ = self.doing.try_set(None);
        // Who was added is proposed no longer; who is proposed again some day is not ticked then.
        let offered: BTreeSet<Key> = families.proposals.iter().map(key).collect();
        let _ = self.ticked.try_update(|ticked| ticked.retain(|one| offered.contains(one)));
        let _ = self.tag.try_set(tag);
        // Somebody who has gone to another page is left there.
        if self.families.try_set(families).is_none() {
            self.work.form.announce(&self.work.text("work.family.added"));
            self.work.form.focus_on(Focus::Heading);
        }
    }

    fn not_taken(self, form: &'static str, refused: Refused, may_be_saved: bool, lines: &[Line]) -> NotTaken {
        let said = |problem: &ProblemItem| {
            // The longest that fits: `add[1].name` before `add[1]`.
            let fits = lines.iter().filter(|line| problem.path.starts_with(&*line.path));
            let line = fits.max_by_key(|line| line.path.len()).or(lines.first())?;
            let own = self.work.maybe_text(&["work.family.wrong.", &*problem.code].concat());
            let words = own.unwrap_or_else(|| self.work.text("work.family.wrong"));
            Some((line.field.clone(), line.about.clone(), words))
        };
        let problems = refused.details.iter().flat_map(|details| &details.problems);
        NotTaken { form, failure: refused.failure, may_be_saved, wrong: problems.filter_map(said).collect() }
    }

    /// What the server says of a field.
    pub(super) fn wrong(self, field: &str) -> Option<String> {
        let words =
            |one: &NotTaken| one.wrong.iter().find(|(of, ..)| of == field).map(|(.., words)| words.clone());
        self.not_taken.with(|not_taken| not_taken.as_ref().and_then(words))
    }

    /// What is wrong with a field: blank where it must not be, once somebody has pressed, or what the server says.
    pub(super) fn error(
        self,
        field: &'static str,
        is_pressed: RwSignal<bool>,
        value: RwSignal<String>,
        key: &'static str,
    ) -> Signal<Option<String>> {
        let is_blank = move || value.with(|value| value.trim().is_empty());
        let needed = move || (is_pressed.get() && is_blank()).then(|| self.work.text(key));
        Signal::derive(move || needed().or_else(|| self.wrong(field)))
    }

    /// Why the last attempt was not taken: each line of it that is wrong, or what somebody else has changed.
    fn refusal(self, form: &'static str) -> AnyView {
        redrawn(move || {
            let NotTaken { failure, may_be_saved, wrong, .. } =
                self.not_taken.get().filter(|one| one.form == form)?;
            let work = self.work;
            if !wrong.is_empty() {
                let items = wrong.into_iter().map(|(field, about, words)| {
                    let text = format!("{}: {words}", about.trim_end_matches('?'));
                    view! { <li><Follow follow=move || work.form.focus(&field)><bdi>{text}</bdi></Follow></li> }
                        .into_any()
                });
                return Some(error_summary(work.form, SUMMARY, items.collect()));
            }
            let key = match failure {
                Failure::Changed if may_be_saved => "work.family.changed.perhaps",
                Failure::Changed => "work.family.changed",
                Failure::NotFound => "work.family.not_found",
                other => other.key(),
            };
            // In another window: this one has words that are nowhere else.
            let sign_in = (failure == Failure::SignIn)
                .then(|| view! { <SignIn text="sign_in.again" beside=true/> }.into_any());
            let was = self.was.get().filter(|_| failure == Failure::Changed);
            let changed = was.map(|was| self.families.with(|now| changes(work, &was, now)));
            Some(
                view! {
                    <div class="govuk-inset-text">
                        <p role="alert">{work.text(key)}</p>
                        {changed}
                        {sign_in}
                    </div>
                }
                .into_any(),
            )
        })
    }

    /// The button of the form of that name.
    pub(super) fn button(
        self,
        form: &'static str,
        key: &'static str,
        press: impl Fn() + Send + Sync + 'static,
    ) -> AnyView {
        view! {
            {self.refusal(form)}
            <button
                part="button"
                type="button"
                class="govuk-button"
                aria-disabled=move || self.is_sending.get().then_some("true")
                on:click=move |_| press()
            >
                {self.work.text(key)}
            </button>
        }
        .into_any()
    }

    /// The button that leaves everything as it is.
    pub(super) fn stop_button(self) -> AnyView {
        view! {
            " "
            <button
                part="button"
                type="button"
                class="govuk-button govuk-button--secondary"
                on:click=move |_| self.stop()
            >
                {self.work.text("work.family.stop")}
            </button>
        }
        .into_any()
    }
}
