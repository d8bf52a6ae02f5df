//! The story behind a number: the newest wording beside the chart of its measure, who wrote it and when, the earlier wordings, and
//! a box to write the next one. What was typed stays in the box until the server has it, whatever happens.

use assessment_api::path::TAKE_UP_STORY;
use assessment_api::take_up::{Figure, NewTakeUpStory, TakeUp as Found, TakeUpStories, TakeUpStory};
use assessment_people::take_up::MAX_STORY;
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::super::work::asked::{answer, asked, more};
use super::super::super::work::fields::LongText;
use super::super::{Work, told, use_work};
use super::erase_story::{Erase, Erasing};
use super::quarter_name;
use crate::components::{Details, redrawn};
use crate::io::clock;
use crate::io::records_client::{Follows, Refused};
use crate::state::take_up::find;
use crate::state::work::Failure;

/// The stories behind one measure, the newest quarter first. Quarters without one are folded away, but for the newest.
#[component]
pub(super) fn Stories(found: Found, measure: String) -> impl IntoView {
    let work = use_work();
    let of = |quarter: &assessment_api::take_up::TakeUpQuarter| {
        let one = find(quarter, &measure).filter(|one| matches!(one.total, Figure::Number { .. }))?;
        let about =
            About { quarter: quarter.quarter.clone(), from: quarter.from.clone(), measure: measure.clone() };
        Some((about, one.story.clone()))
    };
    let newest = found.quarters.last().map(|one| one.quarter.clone());
    let all = found.quarters.iter().rev().filter_map(of);
    let (shown, rest): (Vec<_>, Vec<_>) = all.partition(|(about, story)| {
        Some(&about.quarter) == newest.as_ref() || story.as_ref().is_some_and(|one| !one.words.is_empty())
    });
    let draw = |all: Vec<(About, Option<TakeUpStory>)>| {
        let each = |(about, story)| view! { <StoryOf about story/> }.into_any();
        all.into_iter().map(each).collect_view()
    };
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <div class="ca-story-others">
                <Details summary=work.text("coordinator.take_up.story.others")>{draw(rest)}</Details>
            </div>
        }
        .into_any()
    });
    view! {
        {draw(shown)}
        {rest}
    }
}

/// Which number it is about.
#[derive(Debug, Clone)]
struct About {
    /// Such as `2026-Q3`.
    quarter: String,
    /// Its first day.
    from: String,
    measure: String,
}

impl About {
    /// The address of the story.
    fn at(&self) -> String {
        TAKE_UP_STORY.replace("{quarter}", &self.quarter).replace("{measure}", &self.measure)
    }

    /// The id of the box, and the name under which what is typed is kept.
    fn id(&self) -> String {
        format!("coordinator.story.{}.{}", self.quarter, self.measure)
    }
}

#[component]
fn StoryOf(about: About, story: Option<TakeUpStory>) -> impl IntoView {
    let work = use_work();
    let (id, at) = (about.id(), about.at());
    let quarter = quarter_name(work, &about.from);
    let title = work.code("coordinator.take_up.", &about.measure);
    let words = work.field_from(&id, story.as_ref().map_or("", |one| &one.words));
    let newest = RwSignal::new(story);
    let (is_opened, is_pressed) = (RwSignal::new(false), RwSignal::new(false));
    let said = RwSignal::new(None::<String>);
    let is_as_it_was = move || words.with(|words| newest.with(|one| *words == current(one)));
    // What somebody had typed before a lock or a reload is shown again.
    let is_writing = Memo::new(move |_| is_opened.get() || !is_as_it_was());
    let wrong = Signal::derive(move || {
        let is_too_long = words.with(|words| words.chars().count()) > MAX_STORY;
        let has_none = newest.with(|one| current(one).is_empty());
        match (is_pressed.get(), words.with(|words| words.trim().is_empty()) && has_none, is_too_long) {
            (true, true, _) => Some(work.text("coordinator.take_up.story.needed")),
            (true, _, true) => Some(work.text("coordinator.take_up.story.long")),
            _ => None,
        }
    });
    let save = Saving { about: about.clone(), words, newest, is_opened, is_pressed, said };
    let save = StoredValue::new(save);
    let erasing = Erasing { at: at.clone(), id: id.clone(), words, newest, said };
    let spoken = format!("{title}, {quarter}");
    let erase = {
        let (erasing, spoken) = (erasing.clone(), spoken.clone());
        move || {
            let has_words = newest.with(|one| !current(one).is_empty());
            let (erasing, about) = (erasing.clone(), spoken.clone());
            has_words.then(|| view! { <Erase erasing about/> }.into_any())
        }
    };
    let (button, label) = (title.clone(), quarter.clone());
    let write = {
        let (id, title) = (id.clone(), title.clone());
        move || {
            if !is_writing.get() {
                let key = match newest.with(|one| current(one).is_empty()) {
                    true => "coordinator.take_up.story.write",
                    false => "coordinator.take_up.story.change",
                };
                let id = id.clone();
                let open = move |_| {
                    said.set(None);
                    is_opened.set(true);
                    work.form.focus(&id);
                };
                return view! {
                    <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=open>
                        {work.text(key)}
                        <span class="govuk-visually-hidden">": " {button.clone()} ", " {label.clone()}</span>
                    </button>
                }
                .into_any();
            }
            let leave = move |_| {
                newest.with_untracked(|one| words.set(current(one)));
                is_pressed.set(false);
                is_opened.set(false);
            };
            view! {
                <LongText
                    id=id.clone()
                    label=work.filled("coordinator.take_up.story.label", &[("title", &title)])
                    hint=work.text("coordinator.take_up.story.hint")
                    value=words
                    error=wrong
                    max=None
                />
                <div class="govuk-button-group">
                    <button
                        part="button"
                        type="button"
                        class="govuk-button"
                        on:click=move |_| match wrong_now(wrong, is_pressed) {
                            true => save.with_value(|save| work.form.focus(&save.about.id())),
                            false => save.with_value(|save| save.clone().run(work)),
                        }
                    >
                        {work.text("coordinator.take_up.story.save")}
                    </button>
                    <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=leave>
                        {work.text("coordinator.take_up.story.leave")}
                    </button>
                </div>
            }
            .into_any()
        }
    };
    let (said_id, earlier_id) = (format!("{id}.said"), format!("{id}.earlier"));
    let before = move || {
        let has_earlier = newest.with(|one| one.as_ref().is_some_and(|one| one.revision > 1));
        let (erasing, spoken, id) = (erasing.clone(), spoken.clone(), earlier_id.clone());
        has_earlier.then(|| {
            more(work, "coordinator.take_up.story.earlier", id, move || {
                earlier(work, erasing.clone(), spoken.clone())
            })
        })
    };
    view! {
        <div class="ca-story" class:ca-no-print=move || newest.with(|one| current(one).is_empty())>
            <h3 class="govuk-heading-s">
                {work.filled("coordinator.take_up.story.of", &[("quarter", &quarter)])}
            </h3>
            {redrawn(move || Some(newest.with(|one| wording(work, one.as_ref()))))}
            <div class="ca-no-print">
                {redrawn(move || said.get().map(|text| told(&said_id, text)))}
                {redrawn(move || Some(write()))}
                {redrawn(erase)}
                {redrawn(before)}
            </div>
        </div>
    }
}

/// The words as they are; blank where there are none.
fn current(story: &Option<TakeUpStory>) -> String {
    story.as_ref().map(|one| one.words.clone()).unwrap_or_default()
}

/// Whether what is typed cannot be saved; says so from now on.
fn wrong_now(wrong: Signal<Option<String>>, is_pressed: RwSignal<bool>) -> bool {
    is_pressed.set(true);
    wrong.with_untracked(Option::is_some)
}

/// A wording, with who wrote it and when.
fn wording(work: Work, story: Option<&TakeUpStory>) -> AnyView {
    let Some(TakeUpStory { words, said, .. }) = story else {
        return view! { <p>{work.text("coordinator.take_up.story.none")}</p> }.into_any();
    };
    let by = said.name.clone().unwrap_or_else(|| work.text("work.somebody"));
    let by = [by, said.organisation.clone()];
    let by = by.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let values = [("name", &*by), ("when", &*clock::in_words(&said.at))];
    let (text, key) = match words.is_empty() {
        true => (None, "coordinator.take_up.story.taken_away"),
        false => (Some(words.clone()), "coordinator.take_up.story.by"),
    };
    view! {
        {text.map(|text| view! { <p class="ca-typed" dir="auto">{text}</p> }.into_any())}
        <p class="govuk-hint" dir="auto">{work.filled(key, &values)}</p>
    }
    .into_any()
}

/// Every wording but the newest, which is above. Where that took the story away they can still be erased.
fn earlier(work: Work, erasing: Erasing, about: String) -> AnyView {
    let at = erasing.at.clone();
    let ask = move || {
        let (asking, at) = (work.asking(None), at.clone());
        answer(async move { asking.get(&at).await?.read::<TakeUpStories>() })
    };
    asked(work, None, ask, move |TakeUpStories { wordings }| {
        if wordings.len() < 2 {
            return view! { <p>{work.text("coordinator.take_up.story.erase.nothing")}</p> }.into_any();
        }
        let is_taken_away = wordings.first().is_some_and(|one| one.words.is_empty());
        let (erasing, about) = (erasing.clone(), about.clone());
        let erase = is_taken_away.then(|| view! { <Erase erasing about/> }.into_any());
        let rows =
            wordings.iter().skip(1).map(|one| view! { <li>{wording(work, Some(one))}</li> }.into_any());
        view! {
            <p><strong>{work.text("coordinator.take_up.story.before")}</strong></p>
            <ul class="govuk-list">{rows.collect_view()}</ul>
            {erase}
        }
        .into_any()
    })
}

/// What saving needs.
#[derive(Clone)]
struct Saving {
    about: About,
    words: RwSignal<String>,
    newest: RwSignal<Option<TakeUpStory>>,
    is_opened: RwSignal<bool>,
    is_pressed: RwSignal<bool>,
    said: RwSignal<Option<String>>,
}

impl Saving {
    /// Sends what is typed as the wording that follows the one that is shown.
    fn run(self, work: Work) {
        let (id, at) = (self.about.id(), self.about.at());
        let typed = work.sending(&id);
        let new = NewTakeUpStory { words: self.words.get_untracked() };
        let follows =
            self.newest.with_untracked(|one| one.as_ref().map(|one| format!("\"{}\"", one.revision)));
        spawn_local(async move {
            let follows = follows.as_deref().map_or(Follows::Nothing, Follows::Revision);
            let asking = work.asking(None);
            let saved = match asking.change(Method::PUT, &at, Some(&new), follows).await {
                Ok(reply) => reply.read::<TakeUpStory>(),
                Err(Refused { failure: Failure::Changed, .. }) => {
                    let theirs = asking.get(&at).await.and_then(|reply| reply.read::<TakeUpStories>());
                    return self.overtaken(work, theirs);
                }
                Err(refused) => Err(refused.failure),
            };
            match saved {
                Ok(story) => {
                    typed.taken();
                    let words = story.words.clone();
                    // The page may be another one by now.
                    if self.newest.try_set(Some(story)).is_some() {
                        return;
                    }
                    let _ = work.field_from(&id, &words);
                    self.is_pressed.set(false);
                    self.is_opened.set(false);
                    self.say(work, work.text("coordinator.take_up.story.saved"));
                }
                Err(failure) => self.say(work, work.text(failure.key())),
            }
        });
    }

    /// Shows what somebody else has saved meanwhile. What was typed stays in the box.
    fn overtaken(self, work: Work, theirs: Result<TakeUpStories, Failure>) {
        match theirs {
            Ok(TakeUpStories { wordings }) => {
                let _ = self.is_opened.try_set(true);
                if self.newest.try_set(wordings.into_iter().next()).is_none() {
                    self.say(work, work.text("coordinator.take_up.story.overtaken"));
                }
            }
            Err(failure) => self.say(work, work.text(failure.key())),
        }
    }

    fn say(&self, work: Work, text: String) {
        if self.said.try_set(Some(text)).is_none() {
            work.form.focus(&format!("{}.said", self.about.id()));
        }
    }
}
