//! The pages. Each is a component; what is on every page is here.

mod check;
mod coordinator;
mod danger;
mod element;
mod elements;
mod gaps;
mod known;
mod later;
mod outputs;
mod receipt;
mod refer;
mod refusal;
mod section;
mod sibling;
mod start;
mod tasks;
mod team;
mod urgent_log;
mod work;

use assessment_engine::answers::URGENT_LOG;
use assessment_engine::disclosure::{OwnPart, own_part};
use assessment_rules::Suggestions;
use leptos::prelude::*;

use crate::components::{
    BackLink, BlankButton, BlankPage, ChildBar, Claims, Locked, OtherRules, OtherWindow, OwnNote,
    PortalNotice, PrivacyBar, TasksLink, Urgent, redrawn,
};
use crate::form::{Form, use_form};
use crate::questions::{NewContradictions, Questionnaire};
use crate::state::{Page, Record, Sent};

/// The page that the form is at, with what is on every page.
#[component]
pub(crate) fn CurrentPage() -> impl IntoView {
    let form = use_form();
    provide_context(Claims::new());
    provide_context(Questionnaire::of_assessment(form));
    let has_record = Memo::new(move |_| form.with(|state| state.record.is_some()));
    // A page is drawn again when another page or another record is opened, never while typing.
    // The pages of my work share what was asked for, so they change by themselves.
    let shown = Memo::new(move |_| {
        let page = |page: &Page| match page {
            Page::Work(_) => Page::Work(String::new()),
            page => page.clone(),
        };
        form.with(|state| (page(&state.page), state.opened))
    });
    // On paper everything but the document is hidden there.
    let is_outputs = Memo::new(move |_| form.with(|state| state.page == Page::Outputs));
    let is_shut = Memo::new(move |_| form.with(|state| state.locked.is_some()));
    let is_blank = Memo::new(move |_| form.with(|state| state.privacy.is_blank));
    let title = Memo::new(move |_| match (is_shut.get(), is_blank.get()) {
        (true, _) => form.text("title.locked"),
        (false, true) => form.text("title.blank"),
        (false, false) => title(form),
    });
    provide_context(later::Here::fetch());
    Effect::new(move |_| form.tell_title(&title.get()));
    // Never which: a portal may not know.
    Effect::new(move |before: Option<Option<Suggestions>>| {
        let now = form.outcome.get().map(|outcome| outcome.suggestion);
        if before.is_some_and(|before| before != now) {
            form.tell_outcome();
        }
        now
    });
    let whole = move || {
        view! {
            <div
                class="ca-page"
                class:ca-page--outputs=is_outputs
                class:ca-page--blank=is_blank
                prop:inert=is_blank
                aria-hidden=move || is_blank.get().then_some("true")
            >
                <BlankButton/>
                <PrivacyBar/>
                {redrawn(move || has_record.get().then(|| view! { <ChildBar/> }.into_any()))}
                <div class="govuk-visually-hidden" role="status" data-announce=""></div>
                {redrawn(move || has_record.get().then(|| view! { <Urgent/> }.into_any()))}
                <PortalNotice/>
                <OtherRules/>
                <OtherWindow/>
                <Locked/>
                <NewContradictions/>
                {redrawn(move || content(shown.get().0))}
            </div>
            {redrawn(move || is_blank.get().then(|| view! { <BlankPage/> }.into_any()))}
        }
    };
    // Of a form that is locked nothing is on the page, for whatever reads the page.
    view! {
        {later::at_work()}
        {redrawn(move || (!is_shut.get()).then(|| whole().into_any()))}
    }
}

fn content(page: Page) -> AnyView {
    match page {
        Page::Start => view! { <start::Start/> }.into_any(),
        Page::Danger => view! { <danger::Danger/> }.into_any(),
        Page::Refer => view! { <refer::Refer/> }.into_any(),
        Page::Section(name) if name == URGENT_LOG => own_page("mode.title", Page::Tasks, || {
            view! { <later::Later page=Page::Section(URGENT_LOG.to_owned())/> }.into_any()
        }),
        Page::Sibling => {
            own_page("mode.title", Page::Tasks, || view! { <later::Later page=Page::Sibling/> }.into_any())
        }
        // Who said no is not for the next person who sees the screen.
        Page::Refusal => {
            own_page("mode.title", Page::Tasks, || view! { <later::Later page=Page::Refusal/> }.into_any())
        }
        // Copies for social care have everything in them, and what is kept out of a copy says why.
        Page::Outputs => {
            own_page("title.outputs", Page::Tasks, || view! { <later::Later page=Page::Outputs/> }.into_any())
        }
        // Other families' children.
        Page::Work(_) => own_page("title.work", Page::Start, || {
            view! { <later::Later page=Page::Work(String::new())/> }.into_any()
        }),
        page => view! { <later::Later page/> }.into_any(),
    }
}

/// A page that is the practitioner's own as a whole. `above` is the page above it.
fn own_page(title: &'static str, above: Page, draw: fn() -> AnyView) -> AnyView {
    let form = use_form();
    redrawn(move || {
        if !form.with_family.get() {
            return draw();
        }
        view! {
            <BackLink page=above.clone()/>
            <h1 part="heading" class="govuk-heading-l" tabindex="-1">{form.text(title)}</h1>
            <OwnNote stem=None/>
            {(above == Page::Tasks).then(|| view! { <TasksLink/> }.into_any())}
        }
        .into_any()
    })
}

/// What the page is called. Never with the child's name: titles go into the browser's history.
fn title(form: Form) -> String {
    let (page, has_problems) =
        form.with(|state| (state.page.clone(), state.problems_here().next().is_some()));
    let name = title_of(form, &page);
    if has_problems { form.filled("title.error", &[("title", &name)]) } else { name }
}

/// Whether the server has the record.
fn is_sent(form: Form) -> bool {
    let is_received = |record: &Record| matches!(record.sent, Sent::Received(_));
    form.with(|state| state.record.as_ref().is_some_and(is_received))
}

/// The name of a page.
fn title_of(form: Form, page: &Page) -> String {
    match page {
        // What a section that is all the practitioner's own is about is not for the family either.
        Page::Section(name) if form.with_family.get() && own_part(name) == OwnPart::Whole => {
            form.text("mode.title")
        }
        Page::Refusal | Page::Refer | Page::Work(_) if form.with_family.get() => form.text("mode.title"),
        Page::Work(_) => form.text("title.work"),
        Page::Check if is_sent(form) => form.text("title.check.sent"),
        Page::Section(name) => form.text(&format!("section.{name}")),
        Page::Element(id) => {
            let standards = form.standards();
            standards.framework.element(id).map(|element| element.label.clone()).unwrap_or_default()
        }
        page => form.text(&format!("title.{page}")),
    }
}
