//! My work: records that were sent. Its pages and their words are a part of the program of their own, fetched when it is
//! opened (decision record 0044): nobody needs them to fill in the form.

mod access_log;
mod after;
mod amend;
pub(super) mod asked;
pub(super) mod choices;
mod closing;
mod compare;
mod demo;
mod desk;
pub(super) mod episode;
mod family;
pub(super) mod fields;
mod hand_over;
mod invite;
mod joining;
mod kept_out;
mod known;
mod lead;
pub(super) mod list;
pub(super) mod log_day;
mod notes;
mod organisation;
mod overtaken;
mod own;
mod owners;
mod pictures;
mod referral;
pub(super) mod search;
mod settling;
mod team;
mod transfer;
mod typed_fields;
mod urgent;
mod version;

use std::collections::BTreeMap;
use std::sync::Arc;

use assessment_api::person::Matches;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::components::{BackLink, PageLink, redrawn};
use crate::form::work::PartWords;
use crate::form::{Form, use_form};
use crate::io::records_client::Asking;
use crate::state::coordinator::{CoordinatorPage, RegisterFilter};
use crate::state::team::TeamPage;
use crate::state::work::typed_fields::{Fields, QUESTION, aside};
use crate::state::work::{Asked, Failure, WorkPage};
use crate::state::{Focus, Page};
use crate::words::Words;
use typed_fields::{Sending, TypedFields};
pub(super) use urgent::urgent as urgent_in;
pub(super) use version::{read as read_version, versions};

/// What is in the part. One function draws all of it: each such function would have to be fetched by itself.
pub(super) enum Drawn {
    /// A page of my work.
    Page,
    /// Whether the child of the open record is known already; with the answer where the form has it.
    Known(Option<Matches>),
    /// The way on where someone else has sent a version meanwhile.
    Overtaken,
}

#[wasm_split(work, fallible, preload(fetch_part))]
pub(super) fn draw(what: Drawn) -> Result<AnyView, SplitLoaderError> {
    Ok(match what {
        Drawn::Page => {
            let draw = Box::new(|| view! { <Pages/> }.into_any());
            view! { <WithWords heading=Some("title.work") draw/> }.into_any()
        }
        Drawn::Known(found) => {
            let draw = Box::new(move || {
                let found = found.clone();
                view! { <known::KnownAlready found/> }.into_any()
            });
            view! { <WithWords heading=None draw/> }.into_any()
        }
        Drawn::Overtaken => {
            let draw = Box::new(|| view! { <overtaken::Overtaken/> }.into_any());
            view! { <WithWords heading=None draw/> }.into_any()
        }
    })
}

/// What the pages of my work share, as long as one of them is open.
#[derive(Clone, Copy)]
pub(super) struct Work {
    pub(super) form: Form,
    /// Those of my work, and those of the coordinator's pages once they are here.
    words: StoredValue<Vec<Arc<Words>>>,
    /// Why somebody opens a record that asks for a reason, by its episode. Never kept longer than these pages are open: the
    /// next person at this desk gives their own.
    reasons: StoredValue<BTreeMap<String, String>>,
    /// What is typed and not used yet.
    typed_fields: TypedFields,
    /// Which part of the register was looked at last, for those who come back to it.
    pub(super) register: StoredValue<RegisterFilter>,
}

pub(super) fn use_work() -> Work {
    expect_context()
}

impl Work {
    /// One text, of these pages or of the form. Blank once these pages are closed: an answer of the server may come later.
    pub(super) fn text(self, key: &str) -> String {
        self.own(key, |words| words.text(key).to_owned(), || self.form.text(key))
    }

    /// One text with placeholders.
    pub(super) fn filled(self, key: &str, values: &[(&str, &str)]) -> String {
        self.own(key, |words| words.fill(key, values), || self.form.text(key))
    }

    /// A text under a code of the server's; what this program does not know is shown as it is.
    pub(super) fn code(self, stem: &str, code: &str) -> String {
        let key = [stem, code].concat();
        self.own(&key, |words| words.text(&key).to_owned(), || code.to_owned())
    }

    /// A text of the words that have one under this key, else `other`. Blank once these pages are closed.
    fn own(self, key: &str, take: impl FnOnce(&Words) -> String, other: impl FnOnce() -> String) -> String {
        let found = self.words.try_with_value(|all| {
            all.iter().find(|words| words.get(key).is_some()).map_or_else(other, |words| take(words))
        });
        found.unwrap_or_default()
    }

    /// The text of a field by its name, kept for the person who types it until it was used; see [`typed_fields`].
    pub(super) fn field(self, name: &str) -> RwSignal<String> {
        self.typed_fields.field(name, "")
    }

    /// The same, with what is in it before anybody types.
    pub(super) fn field_from(self, name: &str, first: &str) -> RwSignal<String> {
        self.typed_fields.field(name, first)
    }

    /// What is in that field was used.
    pub(super) fn used(self, name: &str) {
        self.typed_fields.used(name);
    }

    /// What is in that field is on its way to the server.
    pub(super) fn sending(self, name: &str) -> Sending {
        self.typed_fields.sending(|one| one == name)
    }

    /// A text that not every key has, of these pages or of the form.
    pub(super) fn maybe_text(self, key: &str) -> Option<String> {
        let own = |all: &Vec<Arc<Words>>| all.iter().find_map(|words| words.get(key).map(str::to_owned));
        self.words.try_with_value(own).flatten().or_else(|| self.form.maybe_text(key))
    }

    /// What somebody typed into the field of that name in another window, to be shown beside it.
    pub(super) fn aside_of(self, name: &str) -> AnyView {
        let name = aside(name);
        redrawn(move || {
            let text = self.typed_fields.asides().remove(&name)?;
            Some(in_another_window(self, name.clone(), text))
        })
    }

    /// What is kept, for the person who typed it, under names that begin so: here and on the device.
    pub(super) async fn kept_under(self, stem: &str) -> Fields {
        self.typed_fields.under(stem).await
    }

    /// These texts were used.
    pub(super) fn spent(self, texts: Fields) {
        self.typed_fields.spent(texts).taken();
    }

    /// How the server is asked about an episode, or about nothing in particular.
    pub(super) fn asking(self, episode: Option<&str>) -> Asking {
        let reason =
            episode.and_then(|id| self.reasons.try_with_value(|reasons| reasons.get(id).cloned()).flatten());
        Asking { api: self.form.api(), reason }
    }
}

/// The words first, and then what needs them. `heading` is that of a page, which has to be there at once.
#[component]
fn WithWords(heading: Option<&'static str>, draw: Box<dyn Fn() -> AnyView + Send>) -> impl IntoView {
    let form = use_form();
    let words = RwSignal::new(Asked::<Arc<Words>>::Asking);
    let ask = move |_| {
        words.set(Asked::Asking);
        spawn_local(async move {
            let found = form.words_of(PartWords::Work).await;
            let found = found.map_or(Asked::Failed(Failure::Offline), |words| Asked::Here(Arc::new(words)));
            // The page may be another one by now. A heading that comes with the words is another one, too.
            if words.try_set(found).is_none() && heading.is_some() {
                form.focus_on(Focus::Heading);
            }
        });
    };
    ask(());
    let top = move || {
        heading.map(|key| {
            view! {
                <BackLink page=Page::Start/>
                <h1 part="heading" class="govuk-heading-l" tabindex="-1">{form.text(key)}</h1>
            }
            .into_any()
        })
    };
    redrawn(move || match words.get() {
        Asked::Here(words) => {
            let reasons = StoredValue::new(BTreeMap::new());
            let (words, register) = (StoredValue::new(vec![words]), StoredValue::default());
            provide_context(Work { form, words, reasons, typed_fields: TypedFields::begin(form), register });
            draw()
        }
        Asked::Asking => view! {
            {top()}
            <p role="status">{form.text("later.fetching")}</p>
        }
        .into_any(),
        Asked::Failed(_) => view! {
            {top()}
            <p role="alert">{form.text("later.missing")}</p>
            <button part="button" type="button" class="govuk-button" on:click=move |_| ask(())>
                {form.text("later.again")}
            </button>
        }
        .into_any(),
    })
}

/// The page that somebody is at.
#[component]
fn Pages() -> impl IntoView {
    let work = use_work();
    let at = Memo::new(move |before: Option<&WorkPage>| {
        work.form.with(|state| match &state.page {
            Page::Work(at) => WorkPage::parse(at),
            // Another page is about to be drawn.
            _ => before.cloned().unwrap_or_default(),
        })
    });
    Effect::new(move |_| work.form.tell_title(&work.text(&["work.title.", at.get().name()].concat())));
    redrawn(move || match at.get() {
        WorkPage::List => view! { <list::List/> }.into_any(),
        WorkPage::Search => view! { <search::Search/> }.into_any(),
        WorkPage::Episode(id) => view! { <episode::Episode id/> }.into_any(),
        WorkPage::Version(id, number) => view! { <version::ReadVersion id number/> }.into_any(),
        WorkPage::Compare(id, number) => view! { <compare::Compare id number/> }.into_any(),
        WorkPage::Amend(id, number) => view! { <amend::Amend id number/> }.into_any(),
        WorkPage::Log(id) => view! { <access_log::Log id/> }.into_any(),
        WorkPage::Team(id) => view! { <team::Team id/> }.into_any(),
        WorkPage::Family(id) => view! { <family::Family id/> }.into_any(),
        WorkPage::After(step, id) => view! { <after::After step id/> }.into_any(),
        WorkPage::Own => view! { <own::Own/> }.into_any(),
        WorkPage::Coordinator(page) => view! { <desk::Coordinator page/> }.into_any(),
        WorkPage::Together(page) => view! { <desk::Together page/> }.into_any(),
    })
}

/// What somebody typed into the same field in another window. Nothing is put together for them.
fn asides(work: Work) -> AnyView {
    redrawn(move || {
        let all = work.typed_fields.asides().into_iter();
        let all = all.filter(|(name, _)| !name.starts_with(QUESTION));
        all.map(|(name, text)| in_another_window(work, name, text)).collect_view().into_any()
    })
    .into_any()
}

/// The words of another window in one field.
fn in_another_window(work: Work, name: String, text: String) -> AnyView {
    view! {
        <div class="govuk-inset-text ca-no-print">
            <p role="alert">{work.text("work.aside")}</p>
            <p class="ca-typed" dir="auto">{text}</p>
            <button type="button" class="ca-press" on:click=move |_| work.typed_fields.drop_aside(&name)>
                {work.text("work.aside.drop")}
            </button>
        </div>
    }
    .into_any()
}

/// The way back, and the heading: at once, since the focus goes there. What a page is about comes below it.
#[component]
fn Top(page: WorkPage) -> impl IntoView {
    let work = use_work();
    let (above, key) = match (&page, page.episode()) {
        (WorkPage::Coordinator(CoordinatorPage::Pair(..) | CoordinatorPage::Person(_)), _) => {
            (WorkPage::Coordinator(CoordinatorPage::Duplicates), "work.title.duplicates")
        }
        (WorkPage::Together(page), _) if page.above().is_some() => {
            let key = match page {
                TeamPage::Meeting(..) => "work.title.meetings",
                TeamPage::Copies(..) => "work.title.meeting",
                _ => "work.title.reviews",
            };
            (page.above().map_or(WorkPage::List, WorkPage::Together), key)
        }
        (WorkPage::Episode(_) | WorkPage::List | WorkPage::Search, _) | (_, None) => {
            (WorkPage::List, "work.back.list")
        }
        (_, Some(id)) => (WorkPage::Episode(id.to_owned()), "work.back.episode"),
    };
    view! {
        <WorkLink class="govuk-back-link ca-no-print" page=above>{work.text(key)}</WorkLink>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{work.text(&["work.title.", page.name()].concat())}</h1>
        {asides(work)}
    }
}

/// A link to a page of my work.
#[component]
pub(super) fn WorkLink(
    #[prop(default = "govuk-link")] class: &'static str,
    page: WorkPage,
    children: Children,
) -> impl IntoView {
    view! { <PageLink class page=Page::Work(page.to_string())>{children()}</PageLink> }
}
