//! "Do I need to refer?": danger, age, and the few indicators that decide, on one page, with what they suggest. It works on
//! a record like any other, so that nothing is typed twice if a CAF follows. Which indicators decide is the engine's.

mod themes;

use assessment_engine::answers::{Answers, Caf};
use assessment_engine::code_lists::Code;
use assessment_engine::refer::{self, AGE};
use assessment_form::{Group, Kind};
use assessment_rules::{Age, Indicator};
use leptos::prelude::*;

use super::title_of;
use crate::components::{
    BackLink, CarriedOver, Contacts, Details, ErrorSummary, Follow, OwnNote, PageLink, Suggestion, on_own,
    redrawn,
};
use crate::form::{Form, use_form};
use crate::questions::{FirstQuestion, RadiosOf};
use crate::state::Page;
use themes::Themes;

/// The id of what the answers suggest.
const RESULT: &str = "refer-result";

#[component]
pub(super) fn Refer() -> impl IntoView {
    let form = use_form();
    let heading = Memo::new(move |_| title_of(form, &Page::Refer));
    view! {
        <BackLink page=Page::Start/>
        <ErrorSummary/>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{heading}</h1>
        <OwnNote stem=None/>
        {on_own(|| view! { <Check/> }.into_any())}
    }
}

#[component]
fn Check() -> impl IntoView {
    let form = use_form();
    view! {
        <div class="ca-refer">
            <p class="ca-measure">{form.text("refer.about")}</p>
            <FirstQuestion name="danger_now"/>
            <CarriedOver section="identifying_details".to_owned()/>
            <AgeQuestion/>
            <Themes/>
            <SoFar/>
            <div id=RESULT tabindex="-1">
                <Suggestion/>
            </div>
            <NoneFound/>
            <Details summary=form.text("refer.numbers")>
                <Contacts/>
            </Details>
            <p class="ca-measure">{form.text("refer.carry_on_about")}</p>
            <div class="govuk-button-group ca-no-print">
                <button part="button" type="button" class="govuk-button" on:click=move |_| form.go(Page::Tasks)>
                    {form.text("refer.carry_on")}
                </button>
                <PageLink class="govuk-link" page=Page::Start>{form.text("back.start")}</PageLink>
            </div>
        </div>
    }
}

/// A rough age, where no date says more.
#[component]
fn AgeQuestion() -> impl IntoView {
    let form = use_form();
    let is_dated = Memo::new(move |_| form.answers(refer::is_dated));
    redrawn(move || {
        if is_dated.get() {
            return Some(view! { <p class="ca-measure">{form.text("refer.age_known")}</p> }.into_any());
        }
        let group: &dyn Group<Caf> = &Answers::blank().identifying_details;
        let question = group.questions().iter().find(|question| AGE.ends_with(question.name))?;
        let options = options(form, question.kind)?;
        Some(view! { <RadiosOf path=AGE group_key=group.key() question options/> }.into_any())
    })
}

fn options(form: Form, kind: Kind) -> Option<Vec<Code>> {
    match kind {
        Kind::Choice(list) => Some(form.standards().lists.list(list).to_vec()),
        _ => None,
    }
}

/// Which age the indicators are for; `None` until it is answered.
fn age_asked(form: Form) -> Option<Age> {
    form.answers(refer::is_age_answered).then(|| form.facts().age)
}

/// The headline in one line, in view and announced while somebody answers; the whole of it is below.
#[component]
fn SoFar() -> impl IntoView {
    let form = use_form();
    let line = Memo::new(move |_| {
        form.outcome.get().map(|outcome| {
            let code = outcome.headline.code;
            form.words().headline(outcome.headline_words(), code, outcome.may_be_more()).line
        })
    });
    view! {
        <div class="ca-refer__so-far ca-no-print">
            <p role="status">
                <span>{form.text("refer.so_far")} ": "</span>
                <strong>{line}</strong>
            </p>
            <Follow class="govuk-link" follow=move || form.focus(RESULT)>{form.text("refer.why")}</Follow>
        </div>
    }
}

/// Where everything was answered with no: what that means, and what it does not.
#[component]
fn NoneFound() -> impl IntoView {
    let form = use_form();
    let is_none = Memo::new(move |_| {
        let is_asked = age_asked(form).is_some();
        form.answers(|answers| {
            let standards = form.standards();
            let is_no = |indicator: &&Indicator| answers.text(&standards.pack.path_of(indicator)) == "no";
            is_asked
                && answers.danger_now == "no"
                && refer::themes(answers, form.today(), &standards.pack)
                    .iter()
                    .all(|theme| theme.indicators.iter().all(is_no))
        })
    });
    redrawn(move || {
        is_none
            .get()
            .then(|| view! { <p class="govuk-inset-text">{form.text("refer.none_found")}</p> }.into_any())
    })
}
