//! Erasing a story that names a child after all, with everything that was written before it. It is asked once more first, since
//! nobody can bring the words back.

use assessment_api::take_up::{TakeUpStories, TakeUpStory};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::{Work, use_work};
use crate::components::redrawn;
use crate::state::work::Failure;

/// What erasing needs of a story.
#[derive(Clone)]
pub(super) struct Erasing {
    /// The address of the story.
    pub(super) at: String,
    /// The id of its box, which those of this part begin with.
    pub(super) id: String,
    /// What is typed in the box.
    pub(super) words: RwSignal<String>,
    /// The newest wording.
    pub(super) newest: RwSignal<Option<TakeUpStory>>,
    /// What was said last.
    pub(super) said: RwSignal<Option<String>>,
}

impl Erasing {
    fn say(&self, work: Work, text: String) {
        if self.said.try_set(Some(text)).is_none() {
            work.form.focus(&format!("{}.said", self.id));
        }
    }

    /// Shows a wording as the newest. Words that were typed and not saved stay in the box; those of the story do not.
    fn show(&self, story: Option<TakeUpStory>) {
        let shown = |one: &Option<TakeUpStory>| one.as_ref().map(|one| one.words.clone()).unwrap_or_default();
        let Some(before) = self.newest.try_with_untracked(shown) else { return };
        let is_typed = self.words.try_with_untracked(|words| *words != before).unwrap_or(true);
        if !is_typed {
            let _ = self.words.try_set(shown(&story));
        }
        let _ = self.newest.try_set(story);
    }

    fn run(self, work: Work) {
        let seen = self.newest.with_untracked(|one| one.as_ref().map_or(0, |one| one.revision));
        spawn_local(async move {
            let asking = work.asking(None);
            let erased = match asking.delete(&self.at, &format!("\"{seen}\"")).await {
                Ok(reply) => reply.read::<TakeUpStory>(),
                Err(Failure::Changed) => {
                    let read = asking.get(&self.at).await.and_then(|reply| reply.read::<TakeUpStories>());
                    return match read {
                        Ok(TakeUpStories { wordings }) => {
                            self.show(wordings.into_iter().next());
                            self.say(work, work.text("coordinator.take_up.story.erase.changed"));
                        }
                        Err(failure) => self.say(work, work.text(failure.key())),
                    };
                }
                Err(failure) => Err(failure),
            };
            match erased {
                Ok(story) => {
                    self.show(Some(story));
                    self.say(work, work.text("coordinator.take_up.story.erase.done"));
                }
                Err(failure) => self.say(work, work.text(failure.key())),
            }
        });
    }
}

/// A button that asks, and then erases.
#[component]
pub(super) fn Erase(
    erasing: Erasing,
    /// What the story is about, for a screen reader.
    about: String,
) -> impl IntoView {
    let work = use_work();
    let is_asked = RwSignal::new(false);
    let question = format!("{}.erase", erasing.id);
    let erasing = StoredValue::new(erasing);
    let ask = {
        let question = question.clone();
        move |_| {
            is_asked.set(true);
            work.form.focus(&question);
        }
    };
    redrawn(move || {
        let view = match is_asked.get() {
            false => view! {
                <button
                    part="button"
                    type="button"
                    class="govuk-button govuk-button--secondary"
                    on:click=ask.clone()
                >
                    {work.text("coordinator.take_up.story.erase")}
                    <span class="govuk-visually-hidden">": " {about.clone()}</span>
                </button>
            }
            .into_any(),
            true => view! {
                <div id=question.clone() tabindex="-1" class="govuk-inset-text">
                    <p>{work.text("coordinator.take_up.story.erase.ask")}</p>
                    <p>{work.text("coordinator.take_up.story.erase.for_good")}</p>
                    <div class="govuk-button-group">
                        <button
                            part="button"
                            type="button"
                            class="govuk-button govuk-button--warning"
                            on:click=move |_| {
                                is_asked.set(false);
                                erasing.with_value(|erasing| erasing.clone().run(work));
                            }
                        >
                            {work.text("coordinator.take_up.story.erase.now")}
                        </button>
                        <button
                            part="button"
                            type="button"
                            class="govuk-button govuk-button--secondary"
                            on:click=move |_| is_asked.set(false)
                        >
                            {work.text("coordinator.take_up.story.erase.keep")}
                        </button>
                    </div>
                </div>
            }
            .into_any(),
        };
        Some(view)
    })
}
